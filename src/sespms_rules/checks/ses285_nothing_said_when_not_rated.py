"""A value that is reported beside a level, and nothing says what it is where the executive is not rated."""

from __future__ import annotations

from collections.abc import Iterator

from sespms_rules.checks.analysis.sentences import under
from sespms_rules.foundation.diagnostic import Diagnostic, note
from sespms_rules.language.model import System
from sespms_rules.language.syntax.derivation import AlsoReport, Band, Row, RowOtherwise, ValueOfNothing
from sespms_rules.language.syntax.formula import NotRated
from sespms_rules.language.syntax.words import PartKind

FINDING = note("SES285", "nothing-said-when-not-rated")


def check(system: System) -> Iterator[Diagnostic]:
    """Find reported values of a summary rating that can end as `not rated`, without a value for that."""
    lines: list[Row | RowOtherwise | Band] = [
        *under(system, PartKind.RATING, Row),
        *under(system, PartKind.RATING, RowOtherwise),
        *under(system, PartKind.RATING, Band),
    ]
    if not any(isinstance(line.outcome, NotRated) for line in lines):
        return
    said = {each.name.text for each in under(system, PartKind.RATING, ValueOfNothing)}
    for reported in under(system, PartKind.RATING, AlsoReport):
        name = reported.name.text
        if name not in said:
            yield FINDING.at(
                reported.span,
                f"an executive who is not rated has no `{name}`: it is left empty, and not said to be 0",
                help=f'nothing needs to be changed; to say it, add a line like `when nothing is rated "{name}" is 0`',
            )
