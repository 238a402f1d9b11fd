"""A rating that is missing counts as a level, so that an executive is rated on work that nobody rated."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from sespms_rules.checks.analysis.applicable_law import is_outside_service
from sespms_rules.checks.decided.coming import coming
from sespms_rules.checks.decided.deciding import Decision
from sespms_rules.checks.decided.telling import in_words, whose
from sespms_rules.engines.reference import rate
from sespms_rules.foundation.diagnostic import Diagnostic, Severity, warning
from sespms_rules.foundation.values import Frozen, replace
from sespms_rules.language.model import System
from sespms_rules.program.ir import LevelScale, Unrated, UnratedRule
from sespms_rules.program.rating import Appraisal
from sespms_rules.program.unrated_rules import rule_for

FINDING = warning("SES286", "unrated-given-a-level", "5 CFR 430.308(b)")


class _Shown(Frozen):
    """An appraisal with ratings that are missing, its level, and the lowest and highest that somebody gave."""

    appraisal: Appraisal
    level: int
    lowest: Fraction | None
    highest: Fraction | None

    @property
    def strength(self) -> tuple[int, int]:
        """How plainly it shows what the rule does: a rating raised, one lowered, any; then the fewer ratings."""
        kind = 0 if self.is_raised else 1 if self.is_lowered else 2
        return kind, sum(each.rating is not None for each in self.appraisal.elements)

    @property
    def is_raised(self) -> bool:
        """Whether the level is above all that somebody rated."""
        return self.highest is not None and self.level > self.highest

    @property
    def is_lowered(self) -> bool:
        """Whether the level is below all that somebody rated."""
        return self.lowest is not None and self.level < self.lowest


def check(system: System, decisions: tuple[Decision, ...], _before: tuple[Diagnostic, ...]) -> Iterator[Diagnostic]:
    """Find rules by which a missing rating counts as a level, with an appraisal that is rated by them.

    A note, and no provision cited, where the system is outside the Senior Executive Service.
    """
    outside = is_outside_service(system)
    for decision in decisions:
        for rule in decision.program.summary.unrated:
            if rule.what is not Unrated.COUNT_AS:
                continue
            shown = _plainest(decision, rule)
            if shown is not None:
                found = _finding(decision, rule, shown)
                yield replace(found, severity=Severity.NOTE, citations=()) if outside else found


def _plainest(decision: Decision, rule: UnratedRule) -> _Shown | None:
    """What shows the rule best among appraisals that tell of it soon; where none does, among all, as many as are tried.

    A level that only a mixture gets (one at the top, two at the bottom, one missing) is found in the second way.
    """
    for tried in coming(decision.program).in_two_goes():
        shown = min(_shown(decision, rule, tried), key=lambda each: each.strength, default=None)
        if shown is not None:
            return shown
    return None


def _shown(decision: Decision, rule: UnratedRule, tried: Iterator[Appraisal]) -> Iterator[_Shown]:
    """Appraisals in which a rating is missing that this rule fills in, another is there, and a level is given."""
    program = decision.program
    for appraisal in tried:
        missing = [each for each in appraisal.elements if each.is_missing]
        if not missing or len(missing) == len(appraisal.elements):
            continue
        if not any(rule_for(program.summary, each.critical) is rule for each in missing):
            continue
        level = rate(program, appraisal, trace=False).level
        if level is not None:
            given = _given(decision, appraisal)
            yield _Shown(appraisal, level, min(given, default=None), max(given, default=None))


def _given(decision: Decision, appraisal: Appraisal) -> list[Fraction]:
    """The levels that somebody gave; none where some are numbers or derived, which no level compares with."""
    scales = [each.scale for each in decision.program.summary.members]
    given = [each.rating for each in appraisal.elements if not each.is_missing]
    if not all(isinstance(each, LevelScale) for each in scales) or None in given:
        return []
    return [each for each in given if each is not None]


def _finding(decision: Decision, rule: UnratedRule, shown: _Shown) -> Diagnostic:
    noun = rule.kind.value
    ends = f"makes {whose(decision)} level {shown.level}"
    if shown.is_raised:
        ends += ", above all that was rated"
    elif shown.is_lowered:
        ends += ", below all that was rated"
    return FINDING.at(
        rule.origin.span,
        f"work that nobody rated counts as level {rule.level}: {in_words(decision, shown.appraisal)} {ends}",
        help=f"to rate nobody on a missing rating, write `unrated {noun}s stop the rating`; to rate on what was rated "
        f"alone, write `unrated {noun}s are left out`",
    )
