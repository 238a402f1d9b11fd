"""Two levels with the same performance standard."""

from __future__ import annotations

from collections.abc import Iterator

from sespms_rules.checks.analysis.levels import level_number
from sespms_rules.checks.analysis.sentences import chosen, number, parts_of
from sespms_rules.checks.analysis.wording import folded_wording, says_nothing
from sespms_rules.foundation.diagnostic import Diagnostic, Label, error
from sespms_rules.language.model import System
from sespms_rules.language.syntax.elements import Standard
from sespms_rules.language.syntax.nodes import AnyWording

FINDING = error("SES210", "standard-repeated")

_DIFFERENTIATE = "5 CFR 430.305(a)(5)"


def check(system: System) -> Iterator[Diagnostic]:
    """Find standards of one part that say the same for two levels."""
    for part in parts_of(system):
        first: dict[str, Standard] = {}
        for standard in chosen(part.sentences, Standard):
            value = level_number(standard.level)
            if isinstance(standard.text, AnyWording) or value is None or says_nothing(standard.text):
                continue
            earlier = first.setdefault(folded_wording(standard.text.text), standard)
            other = level_number(earlier.level)
            if other is None or other == value:
                continue
            # What the regulation asks to be told apart are the levels from fully successful upward.
            citations = (_DIFFERENTIATE,) if min(value, other) >= 3 else ()
            yield FINDING.at(
                standard.text.span,
                f"level {number(value)} has the same standard as level {number(other)}",
                help="say what sets the better level apart",
                labels=(Label(earlier.text.span, f"the standard of level {number(other)}"),),
                citations=citations,
            )
