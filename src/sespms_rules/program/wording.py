"""Expressions, conditions and lines of a program in words, close to how the language writes them."""

from __future__ import annotations

from fractions import Fraction
from typing import assert_never

from sespms_rules.foundation.origin import Origin, exact
from sespms_rules.foundation.spelling import backticked, listed
from sespms_rules.program.bands import band_words, split_band
from sespms_rules.program.ir import (
    HALF,
    Aggregate,
    All,
    Choice,
    Compare,
    Condition,
    Constant,
    CountOf,
    Difference,
    EveryOne,
    Expression,
    Fact,
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
    Row,
    ShareOf,
    ShareThat,
    Smallest,
    Stage,
    Sum,
    Take,
    TestKind,
    TheFact,
    TheLevel,
    TheScore,
    ToLevel,
    Within,
)

RELATION_WORDS: dict[Relation, str] = {
    Relation.AT_LEAST: "at least",
    Relation.AT_MOST: "at most",
    Relation.MORE: "more than",
    Relation.LESS: "less than",
    Relation.EQUAL: "exactly",
}


def policy_line(origin: Origin | None) -> str:
    """Return the words of the policy that `origin` points at, its first line with single blanks; empty if none."""
    if origin is None or origin.span.start >= origin.span.end:
        return ""
    return " ".join(origin.span.text.split("\n", 1)[0].split())


def place_words(test: MemberTest) -> str:
    """A test as it follows a noun: `at level 4 or better`."""
    match test.kind:
        case TestKind.AT:
            return f"at level {test.level}"
        case TestKind.AT_OR_BETTER:
            return f"at level {test.level} or better"
        case TestKind.BELOW:
            return f"below level {test.level}"
        case TestKind.RATED | TestKind.NOT_RATED:
            return str(test.kind)
    assert_never(test.kind)


def fact_values(fact: Fact) -> str:
    """What a fact can be: `general` or `scientific`; a whole number from `0` to `366`."""
    if fact.words:
        return backticked(fact.words, "or")
    places = len(str(fact.per_one)) - 1
    what = "whole number" if not places else f"number with at most {places} decimal{'' if places == 1 else 's'}"
    return f"a {what} from `{exact(fact.low)}` to `{exact(fact.high)}`"


def said_of(given: tuple[tuple[str, Fraction | str], ...]) -> str:
    """What is known of the executive or the unit: `position type` is `general` and `days served` is `90`."""
    return listed(f"`{name}` is `{value if isinstance(value, str) else exact(value)}`" for name, value in given)


def rounding_words(rounding: Rounded) -> str:
    """How a value is rounded: `rounded half up to 2 decimals`."""
    return f"rounded {rounding.tie} to {precision_words(rounding)}"


def precision_words(rounding: Rounded) -> str:
    """To what a value is rounded: `2 decimals`, `whole numbers`, `the nearest half`."""
    decimals = rounding.decimals
    if decimals is None:
        return "the nearest half"
    return "whole numbers" if decimals == 0 else f"{decimals} decimal{'' if decimals == 1 else 's'}"


class Wording:
    """Says what the formulas of one stage say."""

    def __init__(self, stage: Stage) -> None:
        self.stage = stage

    def line(self, row: Row) -> str:
        """A row or override: the policy's own words where it has them, else words made from it."""
        return policy_line(row.origin) or self.made_line(row)

    def made_line(self, row: Row) -> str:
        """A row or override in words made from it."""
        outcome = f"level {row.outcome.level}" if isinstance(row.outcome, ToLevel) else "not rated"
        if any(row is override for override in self.stage.overrides):
            return f"{self.condition(row.condition, verb=False)} makes the rating {outcome}"
        if any(row is cap for cap in self.stage.caps):
            return f"{self.condition(row.condition, verb=False)} makes the rating no higher than {outcome}"
        band, others = split_band(row.condition)
        rest = listed(self.condition(part, verb=band is None) for part in others)
        if band is not None:
            return f"score {band_words(band)}{f' with {rest}' if rest else ''} is {outcome}"
        return f"{outcome} when {rest}" if rest else f"{outcome} otherwise"

    # ---- members ---------------------------------------------------------------------------------

    def nouns(self, members: Members, number: int = 2) -> str:
        """What the members are called, as many as there are: `critical elements`."""
        kind = members.kind if isinstance(members, Group) else self.stage.kind
        return f"{kind}{'' if number == 1 else 's'}"

    def members(self, members: Members) -> str:
        """The members meant: `critical elements`, or their names."""
        if isinstance(members, Group):
            return self.nouns(members)
        return listed(f'"{name}"' for name in members.names)

    def _of(self, members: Members) -> str:
        if isinstance(members, Group) and members.kind in (Kind.ELEMENT, Kind.REQUIREMENT):
            return ""
        return f" of {self.members(members)}"

    # ---- expressions -----------------------------------------------------------------------------

    def expression(self, expression: Expression) -> str:
        """An expression in words."""
        match expression:
            case Constant(value):
                return exact(value)
            case Named(name) | OwnFurther(name) | OwnNamed(name) | TheFact(name):
                return f'"{name}"'
            case TheScore():
                return "score"
            case TheLevel():
                return "level"
            case OfMember(take, name):
                return f'the {take} of "{name}"'
            case Own(take):
                return str(take)
            case Aggregate(aggregation, body, by_weight, members):
                weight = " by weight" if by_weight else ""
                return f"the {aggregation} of {self._plural(body)}{weight}{self._of(members)}"
            case CountOf(members, test):
                return f"the number of {self._tested(members, test)}"
            case ShareOf(members, test):
                return f"the share of {self._tested(members, test)}"
            case LookUp(table, key):
                return f'the "{table}" for {self.expression(key)}'
            case Rounded(operand):
                return f"{self.expression(operand)} {rounding_words(expression)}"
            case Choice(condition, then, otherwise):
                first, second = self.expression(then), self.expression(otherwise)
                return f"{first} when {self.condition(condition)} otherwise {second}"
            case _:
                return self._arithmetic(expression)

    def _arithmetic(self, expression: Sum | Difference | Product | Quotient | Largest | Smallest) -> str:
        match expression:
            case Largest(operands) | Smallest(operands):
                which = "larger" if isinstance(expression, Largest) else "smaller"
                return f"the {which} of {listed(self.expression(each) for each in operands)}"
            case Sum(left, right) | Difference(left, right) | Product(left, right) | Quotient(left, right):
                return joined(expression, self.expression(left), self.expression(right))
        assert_never(expression)

    def _plural(self, body: Expression) -> str:
        match body:
            case Own(take):
                return str(take) if take is Take.POINTS else f"{take}s"
            case Product(left, Own(Take.WEIGHT)):
                return f"{self._plural(left)} times weight"
            case _:
                return self.expression(body)

    def _tested(self, members: Members, test: MemberTest | None) -> str:
        return f"{self.members(members)} {place_words(test)}" if test else self.members(members)

    # ---- conditions ------------------------------------------------------------------------------

    def condition(self, condition: Condition, *, verb: bool = True) -> str:
        """A condition in words: `no element is below level 3`, or without the verb `no element below level 3`."""
        match condition:
            case Compare(TheFact(name, words), Relation.EQUAL, Constant(place)) if words:
                return f'"{name}" is "{words[int(place) - 1]}"'
            case Compare(left, relation, right):
                return f"{self.expression(left)} is {RELATION_WORDS[relation]} {self.expression(right)}"
            case Within(ends=ends):
                return listed(self.condition(end) for end in ends)
            case All(parts):
                return listed(self.condition(part, verb=verb) for part in parts) or "always"
            case NumberThat(members, _, low, high):
                who, several = self._number_that(members, low, high)
            case EveryOne(members):
                several = not isinstance(members, Group)
                who = self.members(members) if several else f"every {self.nouns(members, 1)}"
            case MajorityThat(members):
                who, several = f"more than half of the {self.members(members)}", True
            case ShareThat(members, _, low, None) if low == HALF:
                who, several = f"at least half of the {self.members(members)}", True
            case ShareThat(members, _, least, most):
                who, several = f"{limit_words(least, most, '%')} of the {self.members(members)}", True
            case _:
                assert_never(condition)
        between = " " if not verb else " are " if several else " is "
        return f"{who}{between}{place_words(condition.test)}"

    def _number_that(self, members: Members, low: int | None, high: int | None) -> tuple[str, bool]:
        """How many of what, and whether the verb stands in the plural."""
        if not isinstance(members, Group):
            names = self.members(members)
            if len(members.names) > 1:
                return f"{limit_words(low, high)} of {names}", True
            return (f"no {names}" if high == 0 else names), False
        if low == 1 and high is None:
            return f"any {self.nouns(members, 1)}", False
        if not low and high == 0:
            return f"no {self.nouns(members, 1)}", False
        last = high if high is not None else low or 0
        return f"{limit_words(low, high)} {self.nouns(members, last)}", last != 1


def limit_words(low: Fraction | int | None, high: Fraction | int | None, unit: str = "") -> str:
    """A limit in words: `at least 2`, `2 to 3`, `exactly 40%`."""
    if low is not None and low == high:
        return f"exactly {exact(low)}{unit}"
    if low is not None and high is not None:
        return f"{exact(low)}{unit} to {exact(high)}{unit}"
    if low is not None:
        return f"at least {exact(low)}{unit}"
    return "any number" if high is None else f"at most {exact(high)}{unit}"


def joined(operation: Sum | Difference | Product | Quotient, left: str, right: str) -> str:
    """Join two operands that are in words already, in parentheses where they need them."""
    match operation:
        case Sum():
            return f"{left} + {right}"
        case Difference(_, Sum() | Difference()):
            return f"{left} - ({right})"
        case Difference():
            return f"{left} - {right}"
        case Product(first, second):
            return f"{_grouped(first, left)} × {_grouped(second, right)}"
        case Quotient(first, second):
            divisor = f"({right})" if isinstance(second, Product | Quotient) else _grouped(second, right)
            return f"{_grouped(first, left)} ÷ {divisor}"
    assert_never(operation)


def _grouped(operand: Expression, words: str) -> str:
    return f"({words})" if isinstance(operand, Sum | Difference | Choice | Rounded) else words
