"""A member as the derivation of its stage sees it, its own derivation done: the solver's counterpart of a rating."""

from __future__ import annotations

from fractions import Fraction

from sespms_rules.program.ir import MemberTest, Stage, Take, TestKind
from sespms_rules.proofs.solver.inputs import Input, Settled
from sespms_rules.proofs.solver.logic import Formula, any_of, either, negated
from sespms_rules.proofs.solver.values import Linear, Value, cases


class Present:
    """One member: `at` its levels, `counts` unless it is left out, `rated` where it has a rating of its own.

    `points` and `score` are None where it never has any; `pointless` holds where it has a level without points.
    """

    __slots__ = (
        "at",
        "counts",
        "critical",
        "name",
        "own",
        "pointless",
        "points",
        "rated",
        "score",
        "scoreless",
        "weight",
    )

    def __init__(self, one: Input, at: dict[int, Formula], rated: Formula, counts: Formula) -> None:
        self.name = one.name
        self.critical = one.of.critical
        self.at = at
        self.rated = rated
        self.counts = counts
        self.weight = one.weight
        self.points: Value | None = None
        self.score: Value | None = None
        self.pointless: Formula = True
        self.scoreless: Formula = True
        self.own: dict[str, Value | None] = {}

    def give_points(self, stage: Stage) -> None:
        """Give each level its points, as the stage says."""
        points = dict(stage.points)
        rows = [(condition, points[level]) for level, condition in self.at.items() if level in points]
        if rows:
            self.points = cases(rows)
            self.pointless = negated(any_of(condition for condition, _ in rows))

    def give_number(self, number: Value) -> None:
        """Make a number its points and its score."""
        self.points = self.score = number
        self.pointless = self.scoreless = negated(self.counts)

    @property
    def has_level(self) -> Formula:
        """Whether it is at any level."""
        return any_of(self.at.values())

    def taken(self, take: Take) -> tuple[Value | None, Formula]:
        """What is taken of it, and where it has none."""
        if take is Take.POINTS:
            return self.points, self.pointless
        if take is Take.SCORE:
            return self.score, self.scoreless
        if take is Take.LEVEL:
            rows = [(condition, Fraction(level)) for level, condition in self.at.items()]
            return (cases(rows) if rows else None), negated(self.has_level)
        return self.weight, self.weight is None

    def passes(self, test: MemberTest) -> Formula:
        """Whether it passes a test; without a level it is at none."""
        wanted = test.level or 0
        match test.kind:
            case TestKind.RATED:
                return self.rated
            case TestKind.NOT_RATED:
                return negated(self.rated)
            case TestKind.AT:
                return self.at.get(wanted, False)
            case TestKind.AT_OR_BETTER:
                return any_of(condition for level, condition in self.at.items() if level >= wanted)
            case TestKind.BELOW:
                return any_of(condition for level, condition in self.at.items() if level < wanted)


def plain(one: Input, stage: Stage) -> Present:
    """A member that is rated itself; where a missing rating counts as a level, it is at that level."""
    rated = negated(one.none)
    if one.number is not None:
        member = Present(one, {}, rated, rated)
        member.give_number(Linear(one.number))
        return member
    at = dict(one.at)
    counts = rated
    counted_as = one.rule.level if one.rule is not None else None
    if one.none is not False and counted_as is not None:
        at[counted_as] = either(at.get(counted_as, False), one.none)
        counts = True
    member = Present(one, at, rated, counts)
    member.give_points(stage)
    member.score, member.scoreless = member.points, member.pointless
    return member


def settled(one: Input, how: Settled, stage: Stage) -> Present:
    """A member whose requirements are rated, as it ended."""
    member = Present(one, dict(how.at), True, True)
    member.give_points(stage)
    if how.score is not None:
        member.score, member.scoreless = how.score, False
    return member
