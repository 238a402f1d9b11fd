"""Inside an element: a higher level that asks less of the weakest requirement than a lower level does."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from itertools import islice

from sespms_rules.checks.by_trial import ses252_weaker_floor_above
from sespms_rules.checks.by_trial.ses252_weaker_floor_above import floor_of, weaker_above
from sespms_rules.checks.decided.coming import coming
from sespms_rules.checks.decided.deciding import Decision
from sespms_rules.checks.decided.telling import in_words
from sespms_rules.engines.reference import rate
from sespms_rules.foundation.diagnostic import Diagnostic, Label
from sespms_rules.language.model import System
from sespms_rules.program.ir import Row, ToLevel
from sespms_rules.program.rating import Appraisal

_TRIED = 600


def check(_system: System, decisions: tuple[Decision, ...], _before: tuple[Diagnostic, ...]) -> Iterator[Diagnostic]:
    """Find them in the lines of each derived element; requirements that are rated show each."""
    for decision in decisions:
        if decision.member is not None:
            for high, low in weaker_above(decision.program):
                shown = _shown(decision, high, low)
                if shown is not None:
                    yield _finding(decision, high, low, shown)


def _shown(decision: Decision, high: Row, low: Row) -> Appraisal | None:
    """Requirements with one below the floor of the lower level that give the higher one."""
    for appraisal in islice(coming(decision.program).telling(), _TRIED):
        weakest = min((each.rating for each in appraisal.elements if each.rating is not None), default=Fraction(9))
        if weakest < floor_of(low) and rate(decision.program, appraisal, trace=False).level == _level(high):
            return appraisal
    return None


def _level(row: Row) -> int:
    return row.outcome.level if isinstance(row.outcome, ToLevel) else 0


def _finding(decision: Decision, high: Row, low: Row, shown: Appraisal) -> Diagnostic:
    return ses252_weaker_floor_above.FINDING.at(
        high.origin.span,
        f"level {_level(high)} lets a requirement be lower than level {_level(low)} does",
        help=f"{in_words(decision, shown)} gives level {_level(high)}; ask at least as much of it: "
        f"`with no requirement below level {floor_of(low)}`",
        labels=(Label(low.origin.span, f"level {_level(low)} asks for no requirement below level {floor_of(low)}"),),
    )
