"""Expressions and conditions over the members of one stage: exact rational values, and yes or no."""

from __future__ import annotations

from enum import StrEnum
from fractions import Fraction

from sespms_rules.foundation.interval import Interval
from sespms_rules.foundation.values import Frozen, field

# ---- members -------------------------------------------------------------------------------------


class Kind(StrEnum):
    """Which members of a stage are meant; the value is the singular that messages use."""

    CRITICAL = "critical element"
    NONCRITICAL = "noncritical element"
    ELEMENT = "element"
    REQUIREMENT = "requirement"


class Group(Frozen):
    """All members of a kind that the appraisal has."""

    kind: Kind


class Names(Frozen):
    """The members with these names."""

    names: tuple[str, ...]


Members = Group | Names


class TestKind(StrEnum):
    """What is asked of one member's level."""

    AT = "at"
    AT_OR_BETTER = "at or better"
    BELOW = "below"
    RATED = "rated"
    NOT_RATED = "not rated"


class MemberTest(Frozen):
    """A question about one member; `level` is None for RATED and NOT_RATED.

    RATED and NOT_RATED are asked of all members. A question about a level is asked only of members that are there
    to be counted: one that is not rated and left out is no part of "every", "more than half" or a share. One that
    counts as a level is at that level and yet NOT_RATED. A member with a number instead of a level is at no level.
    """

    kind: TestKind
    level: int | None = field(default=None)


# ---- expressions: exact rational values ----------------------------------------------------------


class Constant(Frozen):
    """A fixed number."""

    value: Fraction


class Named(Frozen):
    """A named value defined above."""

    name: str


class TheScore(Frozen):
    """The score of this stage."""


class TheLevel(Frozen):
    """The level this stage derived; only in lookups that are reported."""


class TheFact(Frozen):
    """What the appraisal says of a fact (`Program.facts`): its number, or the place of its word in `words`, from 1."""

    name: str
    words: tuple[str, ...] = field(default=())


class Take(StrEnum):
    """What is taken of a member: its points, level number, score, weight.

    The score of a member rated by a level is the points of that level; of one rated by a number, that number.
    """

    POINTS = "points"
    LEVEL = "level"
    SCORE = "score"
    WEIGHT = "weight"


class OfMember(Frozen):
    """Something taken of the member with this name."""

    take: Take
    name: str


class Own(Frozen):
    """Something taken of the member at hand (inside an aggregate or a member definition)."""

    take: Take


class OwnFurther(Frozen):
    """An additional rating of the member at hand."""

    name: str


class OwnNamed(Frozen):
    """A value defined of each member, of the member at hand."""

    name: str


class Aggregation(StrEnum):
    """How many values become one."""

    SUM = "sum"
    AVERAGE = "average"
    LOWEST = "lowest"
    HIGHEST = "highest"


class Aggregate(Frozen):
    """One value from the members' values of `body`.

    `by_weight` is for averages only: the sum of body times weight over the sum of weights. An average, a
    lowest or a highest over no members refuses the appraisal (SES618).
    """

    aggregation: Aggregation
    body: Expression
    by_weight: bool
    members: Members


class CountOf(Frozen):
    """How many members there are (those left out not counted), or how many pass a test."""

    members: Members
    test: MemberTest | None


class ShareOf(Frozen):
    """The members that pass a test over all of them, from 0 to 1; over no members it refuses (SES618)."""

    members: Members
    test: MemberTest


class Sum(Frozen):
    """left + right."""

    left: Expression
    right: Expression


class Difference(Frozen):
    """left - right."""

    left: Expression
    right: Expression


class Product(Frozen):
    """left * right."""

    left: Expression
    right: Expression


class Quotient(Frozen):
    """left / right; a zero on the right refuses the appraisal (SES619)."""

    left: Expression
    right: Expression


class Largest(Frozen):
    """The largest operand."""

    operands: tuple[Expression, ...]


class Smallest(Frozen):
    """The smallest operand."""

    operands: tuple[Expression, ...]


class Choice(Frozen):
    """`then` where the condition holds, else `otherwise`."""

    condition: Condition
    then: Expression
    otherwise: Expression


class Tie(StrEnum):
    """How a value that does not fit the precision is brought to it; toward larger or smaller numbers."""

    HALF_UP = "half up"
    HALF_DOWN = "half down"
    HALF_EVEN = "half even"
    UP = "up"
    DOWN = "down"


class Rounded(Frozen):
    """The operand in whole steps, of which one holds `per_one`: 1 for whole numbers, 2 for halves, 10 for 1 decimal."""

    operand: Expression
    tie: Tie
    per_one: int

    @property
    def decimals(self) -> int | None:
        """To how many decimals that is (0 for whole numbers); None where the steps are not such."""
        places = len(str(self.per_one)) - 1
        return places if self.per_one == 10**places else None


class LookUp(Frozen):
    """The result of the table row that holds the key; no such row refuses the appraisal (SES620)."""

    table: str
    key: Expression


Expression = (
    Constant
    | Named
    | TheScore
    | TheLevel
    | TheFact
    | OfMember
    | Own
    | OwnFurther
    | OwnNamed
    | Aggregate
    | CountOf
    | ShareOf
    | Sum
    | Difference
    | Product
    | Quotient
    | Largest
    | Smallest
    | Choice
    | Rounded
    | LookUp
)


# ---- conditions ----------------------------------------------------------------------------------


class Relation(StrEnum):
    """How the left side stands to the right."""

    AT_LEAST = ">="
    AT_MOST = "<="
    MORE = ">"
    LESS = "<"
    EQUAL = "=="


class Compare(Frozen):
    """left relation right."""

    left: Expression
    relation: Relation
    right: Expression


class Within(Frozen):
    """The expression lies in the range: how a policy writes a band of scores."""

    expression: Expression
    range: Interval

    @property
    def ends(self) -> tuple[Compare, ...]:
        """The comparisons that it comes to, the lower end first; a single number is one of them."""
        low, high, only = self.range.low, self.range.high, self.range.only
        if only is not None:
            return (Compare(self.expression, Relation.EQUAL, Constant(only)),)
        found: list[tuple[Relation, Fraction]] = []
        if low is not None:
            found.append((Relation.AT_LEAST if self.range.low_in else Relation.MORE, low))
        if high is not None:
            found.append((Relation.AT_MOST if self.range.high_in else Relation.LESS, high))
        return tuple(Compare(self.expression, relation, Constant(end)) for relation, end in found)


class NumberThat(Frozen):
    """`low` to `high` members pass the test; None: no end on that side."""

    members: Members
    test: MemberTest
    low: int | None
    high: int | None


class EveryOne(Frozen):
    """Every member passes the test (true of no members)."""

    members: Members
    test: MemberTest


class MajorityThat(Frozen):
    """More than half of the members pass the test."""

    members: Members
    test: MemberTest


class ShareThat(Frozen):
    """`low` to `high` hundredths of the members pass the test; None: no end on that side."""

    members: Members
    test: MemberTest
    low: Fraction | None
    high: Fraction | None


HALF = Fraction(50)
"""One half, in hundredths."""


class All(Frozen):
    """Every part holds; no parts: always."""

    parts: tuple[Condition, ...]


Condition = Compare | Within | NumberThat | EveryOne | MajorityThat | ShareThat | All
