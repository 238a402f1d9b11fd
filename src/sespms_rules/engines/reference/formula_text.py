"""Formulas and conditions of one stage -> text of Python for plans of one shape; `stage_text.py` makes functions of it.

The text means what `evaluation.py` says, for an appraisal of which every value asked for is there. Where one is not,
the text raises instead of wording anything, and the interpreting reference, which says why, is asked. No word of a
policy enters the text: names are numbered, and what is known beforehand stands beside it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from fractions import Fraction
from typing import assert_never

from sespms_rules.foundation.interval import Interval
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
    Program,
    Quotient,
    Rounded,
    ShareOf,
    ShareThat,
    Smallest,
    Stage,
    Sum,
    Table,
    TestKind,
    TheFact,
    TheLevel,
    TheScore,
    Within,
)

_SHORT = 10**6
"""Whole numbers up to this size stand in the text; all else beside it."""

_ONE_BY_ONE = 8
"""So many members are written one after another; more are gone over."""

_MOST_KEYS = 65_536
"""So many keys of a table are remembered with what they give."""


class NotWritten(Exception):
    """A part of a program that is not written down as text; the interpreting reference rates instead."""


class PlansAlike:
    """What plans of one shape have in common: which of the policy's members are there, and of what sort the others are.

    `names` are the policy's own that are there, in its order; behind them stand the plan's own, of which `critical`
    says of which sort each is, as of all.
    """

    def __init__(self, stage: Stage, names: tuple[str, ...], critical: tuple[bool, ...]) -> None:
        self.stage = stage
        self.names = names
        self.critical = critical

    def places(self, members: Members) -> tuple[int, ...]:
        """The places of the members meant, those left out among them."""
        if not isinstance(members, Group):
            return tuple(place for place, name in enumerate(self.names) if name in members.names)
        every = range(len(self.critical))
        match members.kind:
            case Kind.CRITICAL:
                return tuple(place for place in every if self.critical[place])
            case Kind.NONCRITICAL:
                return tuple(place for place in every if not self.critical[place])
            case Kind.ELEMENT | Kind.REQUIREMENT:
                return tuple(every) if members.kind is self.stage.kind else ()
        assert_never(members.kind)


class Beside:
    """What stands beside the text under numbered names: numbers, tables, and the few functions that the text calls."""

    def __init__(self, program: Program) -> None:
        self.names: dict[str, object] = {
            "Fraction": Fraction,
            "rounded": rounded,
            "divided": _divided,
            "missing": _missing,
        }
        self._program = program
        self._tables: dict[str, str] = {}

    def put(self, value: object) -> str:
        """The name under which a value stands beside the text; a short whole number stands in the text itself."""
        if isinstance(value, Fraction):
            value = lean(value)
        if type(value) is int and -_SHORT < value < _SHORT:
            return f"({value})" if value < 0 else str(value)
        name = f"k{len(self.names)}"
        self.names[name] = value
        return name

    def table(self, name: str) -> str:
        """The name of the function that looks a key up in a table."""
        if name not in self._tables:
            (table,) = (each for each in self._program.tables if each.name == name)
            self._tables[name] = self.put(_looking_up(table))
        return self._tables[name]


def _divided(left: Exact, right: Exact) -> Exact:
    return lean(Fraction(left) / right)


def _missing() -> Exact:
    raise KeyError("a member that this plan does not have")


def _looking_up(table: Table) -> Callable[[Exact], Exact | str]:
    """A function from a key to what a table gives for it, which remembers keys; KeyError where it has no row."""
    known: dict[Exact, Exact | str] = {}

    def look_up(key: Exact) -> Exact | str:
        found = known.get(key)
        if found is None:
            if len(known) > _MOST_KEYS:
                known.clear()
            found = known[key] = _row_of(table, key)
        return found

    return look_up


def _row_of(table: Table, key: Exact) -> Exact | str:
    for row in table.rows:
        if row.keys.holds(key):
            return row.result if isinstance(row.result, str) else lean(row.result)
    if table.otherwise is None:
        raise KeyError(key)
    return table.otherwise if isinstance(table.otherwise, str) else lean(table.otherwise)


class FormulaText:
    """Writes the formulas of one stage for one shape; `known` are the names of values that are there by now.

    `has_score` and `has_level` say whether the score and the level are.
    """

    def __init__(self, shape: PlansAlike, beside: Beside) -> None:
        self._shape = shape
        self._beside = beside
        self._facts: dict[str, str] = {}
        self.known: dict[str, str] = {}
        self.of_each: dict[str, str] = {}
        self.has_score = False
        self.has_level = False

    def facts(self, program: Program) -> None:
        """Take note of where each fact stands among those handed in."""
        self._facts = {fact.name: f"facts[{place}][1]" for place, fact in enumerate(program.facts)}

    # ---- members ---------------------------------------------------------------------------------

    def _some(self, places: Sequence[int]) -> str:
        """The members at these places, as something to go over."""
        if len(places) == len(self._shape.critical):
            return "members"
        return f"({''.join(f'members[{place}],' for place in places)})"

    def _going_over(self, members: Members, *, numbered: bool) -> str:
        """The `for` over members, with the number of each where a value defined of each is asked for."""
        places = self._shape.places(members)
        if not numbered:
            return f"for m in {self._some(places)}"
        return f"for n, m in zip({self._beside.put(places)}, {self._some(places)})"

    def _values(self, body: str, members: Members) -> str:
        return f"[{body} {self._going_over(members, numbered='[n]' in body)} if m.counts]"

    def each(self, expression: Expression, members: Members) -> str:
        """A value of each member that counts, by the member's number."""
        return f"{{n: {self.value(expression, own=True)} {self._going_over(members, numbered=True)} if m.counts}}"

    # ---- values ----------------------------------------------------------------------------------

    def value(self, expression: Expression, *, own: bool = False) -> str:
        """A value; raises NotWritten where it needs what is not there yet."""
        match expression:
            case Constant(value):
                return self._beside.put(value)
            case Named(name):
                return self._there(self.known.get(name))
            case TheScore():
                return self._there("score" if self.has_score else None)
            case TheLevel():
                return self._there("level" if self.has_level else None)
            case TheFact(name):
                return self._facts[name]
            case OfMember(take, name):
                names = self._shape.names
                return f"members[{names.index(name)}].{take.value}" if name in names else "missing()"
            case Own(take):
                return self._own(f"m.{take.value}", own)
            case OwnFurther(name):
                return self._own(f"m.further[{self._beside.put(name)}]", own)
            case OwnNamed(name):
                return self._own(f"{self._there(self.of_each.get(name))}[n]", own)
            case Aggregate():
                return self._aggregate(expression)
            case CountOf(members, None):
                return f"len({self._values('1', members)})"
            case CountOf(members, test) if test is not None:
                return self._passing(members, test)
            case ShareOf(members, test):
                return self._share(members, test)
            case _:
                return self._worked_out(expression, own)

    def _worked_out(self, expression: Expression, own: bool) -> str:
        def part(each: Expression) -> str:
            return self.value(each, own=own)

        match expression:
            case Sum(left, right):
                return f"({part(left)} + {part(right)})"
            case Difference(left, right):
                return f"({part(left)} - {part(right)})"
            case Product(left, right):
                return f"{part(left)} * {part(right)}"
            case Quotient(left, right):
                return f"divided({part(left)}, {part(right)})"
            case Largest(operands) | Smallest(operands):
                which = "max" if isinstance(expression, Largest) else "min"
                return f"{which}([{', '.join(map(part, operands))}])"
            case Choice(condition, then, otherwise):
                return f"({part(then)} if {self.condition(condition, own=own)} else {part(otherwise)})"
            case Rounded(operand, tie, per_one):
                return f"rounded({part(operand)}, {self._beside.put(tie)}, per_one={per_one})"
            case LookUp(table, key):
                return f"{self._beside.table(table)}({part(key)})"
        raise NotWritten(type(expression).__name__)

    @staticmethod
    def _there(text: str | None) -> str:
        if text is None:
            raise NotWritten("a value that is not there yet")
        return text

    @staticmethod
    def _own(text: str, own: bool) -> str:
        if not own:
            raise NotWritten("a member at hand where there is none")
        return text

    def _aggregate(self, aggregate: Aggregate) -> str:
        body = self.value(aggregate.body, own=True)
        values = self._values(body, aggregate.members)
        match aggregate.aggregation:
            case Aggregation.SUM:
                return self._added_up(body, aggregate.members) or f"sum({values})"
            case Aggregation.LOWEST:
                return f"min({values})"
            case Aggregation.HIGHEST:
                return f"max({values})"
            case Aggregation.AVERAGE if aggregate.by_weight:
                weighed = self._values(f"({body}) * m.weight", aggregate.members)
                return f"divided(sum({weighed}), sum({self._values('m.weight', aggregate.members)}))"
            case Aggregation.AVERAGE:
                return f"divided(sum({values}), len({self._values('1', aggregate.members)}))"
        assert_never(aggregate.aggregation)

    def _added_up(self, body: str, members: Members) -> str:
        """What a few members add, one after another; empty for many, or where what one adds goes over others."""
        places = self._shape.places(members)
        if not 0 < len(places) <= _ONE_BY_ONE or " for " in body or "[n]" in body:
            return ""
        return f"({' + '.join(f'({_of(place, body)} if {_of(place, _COUNTS)} else 0)' for place in places)})"

    # ---- conditions ------------------------------------------------------------------------------

    def _one_passes(self, members: Members, test: MemberTest) -> str:
        """Whether one of a few members passes a test; empty for many."""
        places = self._shape.places(members)
        if not 0 < len(places) <= _ONE_BY_ONE:
            return ""
        return f"({' or '.join(f'({_of(place, _passes(test))})' for place in places)})"

    def _passing(self, members: Members, test: MemberTest) -> str:
        """How many members pass a test."""
        return f"len([1 {self._going_over(members, numbered=False)} if {_passes(test)}])"

    def _asked(self, members: Members, test: MemberTest) -> str:
        """Of how many members a test is asked."""
        if test.kind in (TestKind.RATED, TestKind.NOT_RATED):
            return str(len(self._shape.places(members)))
        return f"len({self._values('1', members)})"

    def _share(self, members: Members, test: MemberTest) -> str:
        return f"Fraction({self._passing(members, test)}, {self._asked(members, test)})"

    def condition(self, condition: Condition, *, own: bool = False) -> str:
        """A condition, in parentheses where it has parts."""
        match condition:
            case Compare(left, relation, right):
                first, second = self.value(left, own=own), self.value(right, own=own)
                return f"{first} {relation.value} {second}"
            case Within(expression, reach):
                return self._within(self.value(expression, own=own), reach)
            case All(parts):
                return f"({' and '.join(self.condition(part, own=own) for part in parts) or 'True'})"
            case NumberThat(members, test, 1, None) if one := self._one_passes(members, test):
                return one
            case NumberThat(members, test, low, high):
                return _between(self._passing(members, test), low, high)
            case EveryOne(members, test):
                return f"{self._passing(members, test)} == {self._asked(members, test)}"
            case MajorityThat(members, test):
                return f"2 * {self._passing(members, test)} > {self._asked(members, test)}"
            case ShareThat(members, test, least, most):
                ends = (None if end is None else self._beside.put(end) for end in (least, most))
                return _between(f"100 * {self._share(members, test)}", *ends)
        assert_never(condition)

    def _within(self, value: str, reach: Interval) -> str:
        low = "" if reach.low is None else f"{self._beside.put(reach.low)} <{'=' if reach.low_in else ''} "
        high = "" if reach.high is None else f" <{'=' if reach.high_in else ''} {self._beside.put(reach.high)}"
        return f"{low}{value}{high}" if low or high else f"({value}, True)[1]"


_COUNTS = "m.counts"


def _of(place: int, text: str) -> str:
    """A text about the member `m`, about the one at a place."""
    return re.sub(r"\bm\.", f"m{place}.", text)


def _between(value: str, low: object, high: object) -> str:
    """A value between ends that are there; it is worked out where there are none, too."""
    first = "" if low is None else f"{low} <= "
    last = "" if high is None else f" <= {high}"
    return f"{first}{value}{last}" if first or last else f"({value}, True)[1]"


def _passes(test: MemberTest) -> str:
    """A test of the member `m`; one that has no level is at 0, below all that are asked for."""
    if test.kind is TestKind.RATED:
        return "m.rated"
    if test.kind is TestKind.NOT_RATED:
        return "not m.rated"
    level = test.level
    if level is None or level < 1:
        raise NotWritten("a level that nobody is at")
    match test.kind:
        case TestKind.AT:
            return f"m.counts and m.at == {level}"
        case TestKind.AT_OR_BETTER:
            return f"m.counts and m.at >= {level}"
        case TestKind.BELOW:
            return f"m.counts and 0 < m.at < {level}"
    raise NotWritten(test.kind)
