"""The meaning of expressions and conditions: exact values from the members of one stage.

It words the refusals of values that cannot be worked out, and nothing else; `trace.py` asks the same evaluation again
for what it tells.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import assert_never

from sespms_rules.engines.reference.admitted_appraisal import CaseMember, Place
from sespms_rules.engines.refusals import RefusalKind, Refused
from sespms_rules.foundation.origin import exact
from sespms_rules.program.arithmetic import Exact, lean, rounded
from sespms_rules.program.ir import (
    Aggregate,
    Aggregation,
    All,
    Choice,
    Compare,
    Condition,
    Constant,
    CountOf,
    Difference,
    EveryOne,
    Expression,
    Group,
    Kind,
    Largest,
    LookUp,
    MajorityThat,
    Members,
    MemberTest,
    Named,
    NumberThat,
    OfMember,
    Own,
    OwnFurther,
    OwnNamed,
    Product,
    Quotient,
    Relation,
    Rounded,
    ShareOf,
    ShareThat,
    Smallest,
    Stage,
    Sum,
    Table,
    Take,
    TestKind,
    TheFact,
    TheLevel,
    TheScore,
    Within,
)
from sespms_rules.program.rating import Refusal

TheValue = Exact | str
"""A value: an exact number, or a code from a table."""


class LevelNotYetKnown(Exception):
    """A value asks for the level before there is one; it is worked out once there is."""


class Present:
    """A member as the stage sees it, its own derivation done.

    `counts` is False for one that is not rated and left out; `rated` is False for one without a rating of its own,
    also where it counts as a level.
    """

    __slots__ = ("case", "counts", "critical", "level", "name", "number", "own", "points", "rated", "score", "weight")

    def __init__(self, case: CaseMember) -> None:
        self.case = case
        self.name = case.name
        self.critical = case.critical
        self.level = case.level
        self.number = case.number
        self.points: Exact | None = case.number
        self.score: Exact | None = case.number
        self.rated = case.rated is not False
        self.counts = self.rated or case.level is not None
        self.weight = case.weight
        self.own: dict[str, TheValue] = {}


class Evaluation:
    """Works out the expressions of one stage; `values`, `score`, `level` are filled in as they become known."""

    __slots__ = ("facts", "failed", "level", "members", "place", "score", "stage", "tables", "values")

    def __init__(
        self,
        stage: Stage,
        place: Place,
        tables: dict[str, Table],
        members: list[Present],
        facts: dict[str, Exact],
    ) -> None:
        self.facts = facts
        self.stage = stage
        self.place = place
        self.tables = tables
        self.members = members
        self.values: dict[str, TheValue] = {}
        self.score: Exact | None = None
        self.level: int | None = None
        self.failed: dict[str | None, Refusal] = {}
        """Why a value, or the score (None), could not be worked out; asking for it refuses for that reason."""

    # ---- members ---------------------------------------------------------------------------------

    def members_of(self, members: Members) -> list[Present]:
        """Return the members meant, in the order of the stage, those left out among them."""
        if not isinstance(members, Group):
            return [each for each in self.members if each.name in members.names]
        match members.kind:
            case Kind.CRITICAL:
                return [each for each in self.members if each.critical]
            case Kind.NONCRITICAL:
                return [each for each in self.members if not each.critical]
            case Kind.ELEMENT | Kind.REQUIREMENT:
                return self.members if members.kind is self.stage.kind else []
        assert_never(members.kind)

    def counted(self, members: Members) -> list[Present]:
        """Return the members meant without those left out."""
        return [each for each in self.members_of(members) if each.counts]

    def asked(self, members: Members, test: MemberTest) -> list[Present]:
        """Return the members a test is asked of: all for RATED and NOT_RATED, else those that count."""
        if test.kind is TestKind.RATED or test.kind is TestKind.NOT_RATED:
            return self.members_of(members)
        return self.counted(members)

    def passing(self, members: Members, test: MemberTest) -> tuple[list[Present], int]:
        """Return the members that pass a test, and of how many it was asked."""
        asked = self.asked(members, test)
        return [each for each in asked if passes(each, test)], len(asked)

    def member(self, name: str) -> Present | None:
        """Return the member of this name; None where only some plans have it, and this one does not."""
        return next((each for each in self.members if each.name == name), None)

    def taken_of(self, name: str, take: Take) -> Exact:
        """Return what is taken of the member of this name; refuse where the plan does not have it."""
        member = self.member(name)
        if member is None:
            said = self.place.said(name)
            text = f"{said} is not in the plan, and the policy reads its {take}"
            help = f'the policy must say what holds for a plan without it, as in `… when "{name}" is rated otherwise …`'
            raise Refused(RefusalKind.NOT_RATED.because(text, help, about=self.place.about(name)))
        return self.taken(member, take)

    def taken(self, member: Present, take: Take) -> Exact:
        """Return what is taken of a member; refuse where it has none."""
        value: Exact | None
        if take is Take.POINTS:
            value = member.points
        elif take is Take.WEIGHT:
            value = member.weight
        elif take is Take.SCORE:
            value = member.score
        elif take is Take.LEVEL:
            value = member.level
        else:
            assert_never(take)
        if value is None:
            raise Refused(self._nothing_to_take(member, take))
        return value

    def _nothing_to_take(self, member: Present, take: Take) -> Refusal:
        said, about = self.place.said(member.name), self.place.about(member.name)
        if not member.counts:
            text = f"{said} is not rated, and the policy reads its {take}"
            return RefusalKind.NOT_RATED.because(text, f"rate {said}", about=about)
        text = f"{said} has no {take}, and the policy reads it"
        help = f"the policy must say how {said} gets a {take}, or read something else of it"
        return RefusalKind.NO_LINE_FITS.because(text, help, about=about)

    # ---- values ----------------------------------------------------------------------------------

    def number(self, expression: Expression, own: Present | None = None) -> Exact:
        """Work out an expression that must be a number; `own` is the member at hand inside "of each"."""
        # What stands in every band and in every sum is asked before anything else: this halves the time of a rating.
        if type(expression) is Constant:
            return lean(expression.value)
        if type(expression) is TheScore and self.score is not None:
            return self.score
        if type(expression) is Own:
            return self.taken(_at_hand(own), expression.take)
        if type(expression) is Product:
            product = self.number(expression.left, own) * self.number(expression.right, own)
            return product if type(product) is int else lean(product)
        value = self.value(expression, own)
        if isinstance(value, str):
            raise TypeError(f"the program reckons with the code {value!r} of a table")
        return value

    def value(self, expression: Expression, own: Present | None = None) -> TheValue:
        """Work out an expression. Raises Refused (608, 612, 618 to 620) and LevelNotYetKnown."""
        match expression:
            case Own() | Product() | Constant():
                return self.number(expression, own)  # which knows these itself
            case Aggregate():
                return self._aggregate(expression)
            case Named(name):
                return self._named(name)
            case TheScore():
                return self._the_score()
            case TheLevel():
                if self.level is None:
                    raise LevelNotYetKnown
                return self.level
            case TheFact(name):
                return self.facts[name]
            case OfMember(take, name):
                return self.taken_of(name, take)
            case OwnFurther(name):
                return next(value for further, value in _at_hand(own).case.further if further == name)
            case OwnNamed(name):
                return self._own_named(_at_hand(own), name)
            case CountOf(members, test):
                return len(self.passing(members, test)[0] if test else self.counted(members))
            case ShareOf(members, test):
                return self._share(members, test)
            case Choice(condition, then, otherwise):
                return self.value(then if self.holds(condition, own) else otherwise, own)
            case Rounded(operand, tie, per_one):
                return rounded(self.number(operand, own), tie, per_one=per_one)
            case LookUp(table, key):
                return self._look_up(table, self.number(key, own))
            case _:
                return self._arithmetic(expression, own)

    def _arithmetic(self, expression: Sum | Difference | Quotient | Largest | Smallest, own: Present | None) -> Exact:
        match expression:
            case Sum(left, right):
                return lean(self.number(left, own) + self.number(right, own))
            case Difference(left, right):
                return lean(self.number(left, own) - self.number(right, own))
            case Quotient(left, right):
                divisor = self.number(right, own)
                if divisor == 0:
                    text = f"the policy divides `{exact(self.number(left, own))}` by a value that is `0` here"
                    help = "the policy must rule this out, by a limit or by a line that comes first"
                    raise Refused(RefusalKind.DIVISION_BY_ZERO.because(text, help, about=self.place.element))
                return lean(Fraction(self.number(left, own)) / divisor)
            case Largest(operands):
                return max(self.number(operand, own) for operand in operands)
            case Smallest(operands):
                return min(self.number(operand, own) for operand in operands)
        assert_never(expression)

    def _named(self, name: str) -> TheValue:
        if name in self.values:
            return self.values[name]
        if name in self.failed:
            raise Refused(self.failed[name])
        raise LevelNotYetKnown  # what is defined above and not yet there waits for the level

    def _own_named(self, member: Present, name: str) -> TheValue:
        if name in member.own:
            return member.own[name]
        if name in self.failed:
            raise Refused(self.failed[name])
        raise LevelNotYetKnown

    def _the_score(self) -> Exact:
        if self.score is not None:
            return self.score
        if None in self.failed:
            raise Refused(self.failed[None])
        raise LevelNotYetKnown

    def _aggregate(self, aggregate: Aggregate) -> Exact:
        members = self.counted(aggregate.members)
        values = [self.number(aggregate.body, each) for each in members]
        if not values and aggregate.aggregation is not Aggregation.SUM:
            raise Refused(self._nothing(aggregate.members, f"the {aggregate.aggregation}"))
        weights = [self.taken(each, Take.WEIGHT) for each in members] if aggregate.by_weight else ()
        return aggregated(aggregate, values, weights)

    def _share(self, members: Members, test: MemberTest) -> Exact:
        passing, asked = self.passing(members, test)
        if not asked:
            raise Refused(self._nothing(members, "a share"))
        return lean(Fraction(len(passing), asked))

    def _nothing(self, members: Members, what: str) -> Refusal:
        nouns = f"{members.kind}s" if isinstance(members, Group) else f"{self.stage.kind}s named there"
        text = f"the policy takes {what} of {nouns}, and {self.place.holder} has none that are rated"
        help = f"rate at least one of the {nouns}, or let the policy say what holds without them"
        if isinstance(members, Group) and members.kind is Kind.REQUIREMENT:
            help += "; `not rated when no requirement is rated` leaves the element unrated"
        elif isinstance(members, Group) and members.kind is Kind.CRITICAL:
            help += "; `not rated when no critical element is rated` rates nobody without them"
        return RefusalKind.NOTHING_TO_AVERAGE.because(text, help, about=self.place.element)

    def _look_up(self, name: str, key: Exact) -> TheValue:
        table = self.tables[name]
        for row in table.rows:
            if row.keys.holds(key):
                return row.result if isinstance(row.result, str) else lean(row.result)
        if table.otherwise is None:
            text = f"table `{name}` has no line for `{exact(key)}`"
            raise Refused(RefusalKind.TABLE_HAS_NO_ROW.because(text, f"the policy must add a line to table `{name}`"))
        return table.otherwise if isinstance(table.otherwise, str) else lean(table.otherwise)

    # ---- conditions ------------------------------------------------------------------------------

    def holds(self, condition: Condition, own: Present | None = None) -> bool:
        """Say whether a condition holds. Raises as `value` does."""
        match condition:
            case Compare(left, relation, right):
                return compared(self.number(left, own), relation, self.number(right, own))
            case Within(expression, reach):
                return reach.holds(self.number(expression, own))
            case All(parts):
                for part in parts:  # noqa: SIM110 - `all` over a generator would cost as much again
                    if not self.holds(part, own):
                        return False
                return True
            case NumberThat(members, test, low, high):
                found = len(self.passing(members, test)[0])
                return (low is None or found >= low) and (high is None or found <= high)
            case EveryOne(members, test):
                passing, asked = self.passing(members, test)
                return len(passing) == asked
            case MajorityThat(members, test):
                passing, asked = self.passing(members, test)
                return 2 * len(passing) > asked
            case ShareThat(members, test, least, most):
                share = 100 * self._share(members, test)
                return (least is None or share >= least) and (most is None or share <= most)
        assert_never(condition)


def aggregated(aggregate: Aggregate, values: Sequence[Exact], weights: Sequence[Exact]) -> Exact:
    """Put the values of members together, of which there is one at least save for a sum; weights only if it asks so."""
    match aggregate.aggregation:
        case Aggregation.SUM:
            return lean(sum(values))
        case Aggregation.LOWEST:
            return min(values)
        case Aggregation.HIGHEST:
            return max(values)
        case Aggregation.AVERAGE if not aggregate.by_weight:
            return lean(Fraction(sum(values)) / len(values))
        case Aggregation.AVERAGE:
            total = sum(value * weight for value, weight in zip(values, weights, strict=True))
            return lean(Fraction(total) / sum(weights))  # weights are more than 0
    assert_never(aggregate.aggregation)


def passes(member: Present, test: MemberTest) -> bool:
    """Ask a test of one member; one that has no level is at none."""
    level, wanted = member.level, test.level or 0
    match test.kind:
        case TestKind.AT:
            return level == wanted
        case TestKind.AT_OR_BETTER:
            return level is not None and level >= wanted
        case TestKind.BELOW:
            return level is not None and level < wanted
        case TestKind.RATED:
            return member.rated
        case TestKind.NOT_RATED:
            return not member.rated
    assert_never(test.kind)


def compared(left: Exact, relation: Relation, right: Exact) -> bool:
    """Say whether `left relation right` is true."""
    match relation:
        case Relation.AT_LEAST:
            return left >= right
        case Relation.AT_MOST:
            return left <= right
        case Relation.MORE:
            return left > right
        case Relation.LESS:
            return left < right
        case Relation.EQUAL:
            return left == right
    assert_never(relation)


def _at_hand(own: Present | None) -> Present:
    if own is None:
        raise TypeError("the program asks for the member at hand where there is none")
    return own
