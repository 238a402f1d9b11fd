"""Expressions and conditions of a stage as formulas: what each comes to, and where it cannot be worked out.

It follows engines/reference/evaluation.py step by step: a value that cannot be worked out refuses the appraisal only
where it is asked for, so each value carries the condition under which asking for it fails.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import Any

from sespms_rules.foundation.interval import Interval
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
    TheLevel,
    TheScore,
    WeightTotal,
    Within,
)
from sespms_rules.proofs.solver.logic import Count, Formula, NotEncodable, all_of, any_of, both, either, negated
from sespms_rules.proofs.solver.members import Present
from sespms_rules.proofs.solver.rounding import Rounding, rounded
from sespms_rules.proofs.solver.steps_on_ratio import InUnits, NoLess, NoMore
from sespms_rules.proofs.solver.values import (
    ZERO,
    Cases,
    Fixed,
    Ratio,
    Stepped,
    Value,
    added,
    best_of,
    cases,
    chosen,
    compared,
    limited,
    linear,
    multiplied,
    rows_of,
    stepped,
    subtracted,
    total,
)


class NotYet(Exception):
    """A value asks for the level before there is one."""


Worked = tuple[Value | None, Formula]
"""A value (None: a code, which only reports), and where it cannot be worked out."""


class Reader:
    """Reads the expressions of one stage; `values`, `score` and `level` are filled in as they become known.

    `side` are constraints on the numbers that rounding brings in.
    """

    def __init__(self, stage: Stage, members: list[Present], tables: dict[str, Table], side: list[Formula]) -> None:
        self.stage = stage
        self.members = members
        self.tables = tables
        self.side = side
        self.roundings: list[Rounding] = []
        self.values: dict[str, Worked] = {}
        self.own_failed: dict[str, Formula] = {}
        self.score: Worked | None = None
        self.level: Value | None = None
        self.further: dict[tuple[str, str], Value] = {}

    # ---- members ---------------------------------------------------------------------------------

    def members_of(self, members: Members) -> list[Present]:
        """The members meant."""
        if not isinstance(members, Group):
            return [each for each in self.members if each.name in members.names]
        if members.kind in (Kind.ELEMENT, Kind.REQUIREMENT):
            return self.members if members.kind is self.stage.kind else []
        return [each for each in self.members if each.critical is (members.kind is Kind.CRITICAL)]

    def _passing(self, members: Members, test: MemberTest) -> tuple[Count, Count]:
        """How many members pass a test, and of how many it is asked."""
        meant = self.members_of(members)
        everyone = test.kind in (TestKind.RATED, TestKind.NOT_RATED)
        asked = [True if everyone else each.counts for each in meant]
        passed = (both(one, each.passes(test)) for one, each in zip(asked, meant, strict=True))
        return Count(passed), Count(asked)

    # ---- values ----------------------------------------------------------------------------------

    def number(self, expression: Expression, own: Present | None = None) -> tuple[Value, Formula]:
        """An expression that is a number."""
        value, fails = self.value(expression, own)
        return (ZERO if value is None else value), fails

    def value(self, expression: Expression, own: Present | None = None) -> Worked:
        """What an expression comes to. Raises NotEncodable, and NotYet where the level is asked for too early."""
        match expression:
            case Constant(number):
                return Fixed(number), False
            case Own(take):
                return _at_hand(own).taken(take)
            case OfMember(take, name):
                member = next((each for each in self.members if each.name == name), None)
                if member is None:
                    return ZERO, True  # the plan does not have it, and so refuses the appraisal
                value, fails = member.taken(take)
                return value, fails if take is Take.WEIGHT else either(fails, negated(member.counts))
            case OwnFurther(name):
                return self.further[_at_hand(own).name, name], False
            case OwnNamed(name):
                if name not in _at_hand(own).own:
                    raise NotYet
                return _at_hand(own).own[name], self.own_failed.get(name, False)
            case Named(name):
                return self._known(self.values.get(name))
            case TheScore():
                return self._known(self.score)
            case TheLevel():
                return self._known(None if self.level is None else (self.level, False))
            case Aggregate():
                return self._aggregate(expression)
            case CountOf(members, test):
                count = (
                    self._passing(members, test)[0] if test else Count(each.counts for each in self.members_of(members))
                )
                return _counted(count), False
            case ShareOf(members, test):
                return self._share(members, test)
            case Choice():
                return self._choice(expression, own)
            case LookUp(table, key):
                return self._look_up(self.tables[table], *self.number(key, own))
            case _:
                return self._arithmetic(expression, own)

    def _known(self, worked: Worked | None) -> Worked:
        if worked is None:
            raise NotYet
        return worked

    def _arithmetic(self, expression: Expression, own: Present | None) -> Worked:
        match expression:
            case Sum(left, right):
                return self._joined(added, left, right, own)
            case Difference(left, right):
                return self._joined(subtracted, left, right, own)
            case Product(left, right):
                return self._joined(multiplied, left, right, own)
            case Quotient(left, right):
                (top, one), (bottom, two) = self.number(left, own), self.number(right, own)
                value, zero = _divided(top, bottom)
                return value, either(one, two, zero)
            case Largest(operands) | Smallest(operands):
                parts = [self.number(operand, own) for operand in operands]
                if any(isinstance(value, Stepped) for value, _ in parts):
                    step = NoLess if isinstance(expression, Largest) else NoMore
                    return limited([value for value, _ in parts], step), any_of(fails for _, fails in parts)
                best = best_of([value for value, _ in parts], largest=isinstance(expression, Largest))
                return best, any_of(fails for _, fails in parts)
            case Rounded(operand, tie, per_one):
                value, fails = self.number(operand, own)
                if isinstance(value, Ratio | Stepped):
                    return stepped(value, InUnits(tie, per_one)), fails
                result, rounding = rounded(value, tie, per_one)
                if rounding is not None:
                    self.side.append(rounding.constraint)
                    self.roundings.append(rounding)
                return result, fails
        raise NotEncodable(f"it uses {type(expression).__name__}, which cannot be written as linear arithmetic")

    def _joined(self, join: Any, left: Expression, right: Expression, own: Present | None) -> Worked:
        (one, no_left), (two, no_right) = self.number(left, own), self.number(right, own)
        return join(one, two), either(no_left, no_right)

    def _choice(self, expression: Choice, own: Present | None) -> Worked:
        holds, unclear = self.holds(expression.condition, own)
        (then, no_then), (other, no_other) = self.value(expression.then, own), self.value(expression.otherwise, own)
        fails = either(unclear, both(holds, no_then), both(negated(holds), no_other))
        return (None if then is None or other is None else chosen(holds, then, other)), fails

    def _aggregate(self, aggregate: Aggregate) -> Worked:
        meant = self.members_of(aggregate.members)
        values: list[tuple[Present, Value]] = []
        fails: list[Formula] = []
        for each in meant:
            if each.counts is False:
                continue
            value, failed = self.number(aggregate.body, each)
            fails.append(both(each.counts, failed))
            values.append((each, value))
        nobody = negated(any_of(each.counts for each, _ in values))
        if aggregate.aggregation in (Aggregation.LOWEST, Aggregation.HIGHEST):
            return _extreme(values, lowest=aggregate.aggregation is Aggregation.LOWEST), either(nobody, *fails)
        if aggregate.by_weight and aggregate.aggregation is Aggregation.AVERAGE:
            return self._by_weight(values), either(nobody, *fails)
        summed = total([chosen(each.counts, value, ZERO) for each, value in values])
        if aggregate.aggregation is Aggregation.SUM:
            return summed, any_of(fails)
        count = Count(each.counts for each, _ in values)
        return _divided(summed, _counted(count))[0], either(nobody, *fails)

    def _by_weight(self, values: list[tuple[Present, Value]]) -> Value:
        if any(each.weight is None for each, _ in values):
            raise NotEncodable("it averages by weights where the plan has none")
        weighed = [(each, value, each.weight) for each, value in values if each.weight is not None]
        top = total([chosen(each.counts, multiplied(value, weight), ZERO) for each, value, weight in weighed])
        fixed = [limit.total for limit in self.stage.limits if isinstance(limit, WeightTotal)]
        if fixed and len(weighed) == len(self.members) and all(each.counts is True for each, _, _ in weighed):
            bottom: Value = Fixed(fixed[0])
        else:
            bottom = total([chosen(each.counts, weight, ZERO) for each, _, weight in weighed])
        if isinstance(bottom, Fixed):
            return _divided(top, bottom)[0]
        numbers = [number for _, value, _ in weighed for _, number in rows_of(value) or ()]
        known = all(rows_of(value) is not None for _, value, _ in weighed)
        return Ratio(linear(top), linear(bottom), (min(numbers), max(numbers)) if known else None)

    def _share(self, members: Members, test: MemberTest) -> Worked:
        passing, asked = self._passing(members, test)
        value, zero = _divided(_counted(passing), _counted(asked))
        return value, zero

    def _look_up(self, table: Table, key: Value, fails: Formula) -> Worked:
        rows: list[tuple[Formula, Fraction | str]] = []
        before: Formula = False
        for row in table.rows:
            fits = _inside(key, row.keys)
            rows.append((both(fits, negated(before)), row.result))
            before = either(before, fits)
        if table.otherwise is None:
            fails = either(fails, negated(before))
        else:
            rows.append((negated(before), table.otherwise))
        numbers = [(condition, result) for condition, result in rows if not isinstance(result, str)]
        return (cases(numbers) if len(numbers) == len(rows) and numbers else None), fails

    # ---- conditions ------------------------------------------------------------------------------

    def holds(self, condition: Condition, own: Present | None = None) -> tuple[Formula, Formula]:
        """Whether a condition holds, and where it cannot be told; what stops early asks no further."""
        match condition:
            case Compare(left, relation, right):
                (one, no_left), (two, no_right) = self.number(left, own), self.number(right, own)
                return compared(one, relation, two), either(no_left, no_right)
            case Within(expression, reach):
                value, fails = self.number(expression, own)
                if reach.only is not None:
                    return compared(value, Relation.EQUAL, Fixed(reach.only)), fails
                return _inside(value, reach), fails
            case All(parts):
                holds: Formula = True
                fails = False
                for part in parts:
                    this, unclear = self.holds(part, own)
                    fails = either(fails, both(holds, unclear))
                    holds = both(holds, this)
                return holds, fails
            case NumberThat(members, test, low, high):
                count = self._passing(members, test)[0]
                return both(count.at_least(low or 0), True if high is None else count.at_most(high)), False
            case EveryOne(members, test):
                return self._every_one(members, test), False
            case MajorityThat(members, test):
                passing, asked = self._passing(members, test)
                sizes = range(1, asked.most + 1)
                return any_of(both(asked.exactly(of), passing.at_least(of // 2 + 1)) for of in sizes), False
            case ShareThat(members, test, least, most):
                share, fails = self._share(members, test)
                ends = ((Relation.AT_LEAST, least), (Relation.AT_MOST, most))
                stated = [compared(share or ZERO, how, Fixed(end / 100)) for how, end in ends if end is not None]
                return all_of(stated), fails

    def _every_one(self, members: Members, test: MemberTest) -> Formula:
        everyone = test.kind in (TestKind.RATED, TestKind.NOT_RATED)
        return all_of(
            either(False if everyone else negated(each.counts), each.passes(test)) for each in self.members_of(members)
        )


def _at_hand(own: Present | None) -> Present:
    if own is None:
        raise TypeError("the program asks for the member at hand where there is none")
    return own


def _counted(count: Count) -> Value:
    """How many hold, as a value that is one of few whole numbers."""
    if count.certain == count.most:
        return Fixed(Fraction(count.certain))
    return cases([(count.exactly(number), Fraction(number)) for number in range(count.certain, count.most + 1)])


def _divided(top: Value, bottom: Value) -> tuple[Value, Formula]:
    """A quotient by one of few numbers, and where the divisor is 0."""
    rows = rows_of(bottom)
    if rows is None:
        raise NotEncodable("it divides by a value that can be any number")
    zero = any_of(condition for condition, number in rows if number == 0)
    left = [(condition, 1 / number) for condition, number in rows if number != 0]
    if not left:
        return ZERO, True
    inverse = Fixed(left[0][1]) if len(left) == 1 else Cases(tuple(left))
    return multiplied(top, inverse), zero


def _extreme(values: Sequence[tuple[Present, Value]], *, lowest: bool) -> Value:
    """The lowest or highest of the values of the members that count."""
    found = [rows_of(value) for _, value in values]
    if not values:
        return ZERO
    if all(rows is not None for rows in found):
        levels = [(each, rows) for (each, _), rows in zip(values, found, strict=True) if rows is not None]
        numbers = sorted({number for _, rows in levels for _, number in rows}, reverse=not lowest)
        at = {
            number: any_of(
                both(each.counts, condition) for each, rows in levels for condition, one in rows if one == number
            )
            for number in numbers
        }
        return cases(
            [
                (both(at[one], *(negated(at[better]) for better in numbers[:place])), one)
                for place, one in enumerate(numbers)
            ]
        )
    relation = Relation.LESS if lowest else Relation.MORE
    (first, best), *rest = values
    there = first.counts
    for each, value in rest:
        better = both(each.counts, either(negated(there), compared(value, relation, best)))
        best = chosen(better, value, best)
        there = either(there, each.counts)
    return best


def _inside(value: Value, asked: Interval) -> Formula:
    """That a value lies in a range."""
    parts: list[Formula] = []
    if asked.low is not None:
        parts.append(compared(value, Relation.AT_LEAST if asked.low_in else Relation.MORE, Fixed(asked.low)))
    if asked.high is not None:
        parts.append(compared(value, Relation.AT_MOST if asked.high_in else Relation.LESS, Fixed(asked.high)))
    return all_of(parts)
