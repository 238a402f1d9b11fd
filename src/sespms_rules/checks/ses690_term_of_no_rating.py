"""A term that a roster reads as no rating."""

from __future__ import annotations

from collections.abc import Iterator

from sespms_rules.checks.analysis.levels import definitions, term
from sespms_rules.foundation.diagnostic import Diagnostic, error
from sespms_rules.foundation.no_rating import is_no_rating
from sespms_rules.language.model import System

FINDING = error("SES690", "term-of-no-rating")


def check(system: System) -> Iterator[Diagnostic]:
    """Find levels whose term says that there is no rating: `level 3 "Not Rated"`, `level 2 "N/A"`."""
    for definition in definitions(system):
        words = term(definition)
        if words is not None and is_no_rating(words):
            says = (
                f"the term of {definition.level.span.text}, `{words}`, is what a roster says where there is no rating: "
                f"a cell of `{words}` could be either"
            )
            help = "give the level a term that says how the work was done"
            yield FINDING.at(definition.label.span, says, help=help)
