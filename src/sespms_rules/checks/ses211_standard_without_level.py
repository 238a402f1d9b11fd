"""A performance standard for a level that the system does not have."""

from __future__ import annotations

from collections.abc import Iterator

from sespms_rules.checks.analysis.levels import known_levels, level_number
from sespms_rules.checks.analysis.sentences import number, sentences_of
from sespms_rules.foundation.diagnostic import Diagnostic, error
from sespms_rules.foundation.spelling import listed
from sespms_rules.language.model import System
from sespms_rules.language.syntax.elements import Standard

FINDING = error("SES211", "standard-without-level")


def check(system: System) -> Iterator[Diagnostic]:
    """Find standards of levels that `levels` does not declare, or of none of the five."""
    known = known_levels(system)
    for _, sentence in sentences_of(system):
        if not isinstance(sentence, Standard):
            continue
        value = level_number(sentence.level)
        if value is not None and value not in known:
            yield FINDING.at(
                sentence.level.span,
                f"this is a standard for level {number(value)}, which the system does not have",
                help=f"declare the level under `levels`; declared are {listed(str(each) for each in known)}",
            )
