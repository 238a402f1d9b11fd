"""Conditions: clauses joined by `and`, and the phrases that count members."""

from __future__ import annotations

from fractions import Fraction
from typing import assert_never

from sespms_rules.language.syntax.formula import (
    Clause,
    ClauseOfName,
    ClauseOfPlace,
    ClauseOfScore,
    ClauseOfWord,
    Comparison,
    Conditions,
)
from sespms_rules.language.syntax.limits import Limit, Phrase, Phrases, is_percent, limit_ends, signed_value
from sespms_rules.language.syntax.nodes import Number, Percent, Quoted
from sespms_rules.language.syntax.words import Comparator, Quantifier
from sespms_rules.program import ir
from sespms_rules.program.lowering.aggregates import test_of
from sespms_rules.program.lowering.facts import word_condition
from sespms_rules.program.lowering.findings import UNFIT_NUMBER, WRONG_SORT_OF_NAME
from sespms_rules.program.lowering.kinds import Typed, TypedCondition, ValueKind, compared
from sespms_rules.program.lowering.names import atom, element_named, the_score, value_named
from sespms_rules.program.lowering.scope import Scope

RELATIONS = {
    Comparator.AT_LEAST: ir.Relation.AT_LEAST,
    Comparator.AT_MOST: ir.Relation.AT_MOST,
    Comparator.MORE_THAN: ir.Relation.MORE,
    Comparator.LESS_THAN: ir.Relation.LESS,
    Comparator.EXACTLY: ir.Relation.EQUAL,
}

_NUMBERS_OF_LEVELS = frozenset({1, 2, 3, 4, 5})

NEVER_MIND = TypedCondition(ir.All(()), ValueKind.UNKNOWN)
"""What stands for a condition that a finding has refused."""


def conditions(node: Conditions | Phrases, scope: Scope) -> TypedCondition:
    """The condition that all the clauses hold."""
    return all_of(tuple(_clause(part, scope) for part in node.parts))


def all_of(parts: tuple[TypedCondition, ...]) -> TypedCondition:
    """One condition from several; the parts of parts are laid side by side."""
    flat: list[ir.Condition] = []
    for part in parts:
        flat += part.condition.parts if isinstance(part.condition, ir.All) else (part.condition,)
    kind = max((part.kind for part in parts), default=ValueKind.FIXED)
    level_at = next((part.level_at for part in parts if part.level_at), None)
    through = next((part.through for part in parts if part.kind is ValueKind.WEIGHTED), ())
    return TypedCondition(flat[0] if len(flat) == 1 else ir.All(tuple(flat)), kind, level_at, through)


def _clause(node: Clause, scope: Scope) -> TypedCondition:
    match node:
        case Phrase():
            return phrase(node, scope)
        case ClauseOfName(name=name, comparison=comparison):
            left = _compared_name(name, comparison, scope)
            return NEVER_MIND if left is None else _comparison(left, comparison, scope)
        case ClauseOfScore(comparison=comparison, span=span):
            score = type(span)(span.source, span.start, span.start + len("score"))
            return _comparison(the_score(score, scope), comparison, scope)
        case ClauseOfWord():
            condition = word_condition(node, scope)
            return NEVER_MIND if condition is None else TypedCondition(condition, ValueKind.FIXED)
        case ClauseOfPlace():
            return _place_of(node, scope)
        case _:
            assert_never(node)


def _compared_name(name: Quoted, comparison: Comparison, scope: Scope) -> Typed | None:
    if name.text in scope.around.elements and name.text not in scope.values:
        message = f"`{name.text}` is an element, and only values are compared"
        help = (
            f'say `"{name.text}" is {_level_meant(comparison)}`, or define a value on a line above, '
            f'`"points of {name.text}" is the points of "{name.text}"`, and put its name here'
        )
        scope.find(WRONG_SORT_OF_NAME, name.span, message, help)
        return None
    return value_named(name, scope)


def _level_meant(comparison: Comparison) -> str:
    """Where a rating stands that is compared with a number as if it were one; the number is the author's own."""
    number = comparison.operand
    value = signed_value(number) if isinstance(number, Number) else Fraction(0)
    above = comparison.comparator in (Comparator.MORE_THAN, Comparator.AT_MOST)
    level = int(value) + above if value in _NUMBERS_OF_LEVELS and int(value) + above in _NUMBERS_OF_LEVELS else "…"
    match comparison.comparator:
        case Comparator.AT_LEAST | Comparator.MORE_THAN:
            return f"at level {level} or better"
        case Comparator.AT_MOST | Comparator.LESS_THAN:
            return f"below level {level}"
        case Comparator.EXACTLY:
            return f"at level {level}"
        case _:
            assert_never(comparison.comparator)


def _comparison(left: Typed, comparison: Comparison, scope: Scope) -> TypedCondition:
    right = atom(comparison.operand, scope)
    kind = compared(left, right, scope.findings)
    condition = ir.Compare(left.expression, RELATIONS[comparison.comparator], right.expression)
    through = next((side.through for side in (left, right) if side.kind is ValueKind.WEIGHTED), ())
    return TypedCondition(condition, kind, left.level_at or right.level_at, through)


def _place_of(node: ClauseOfPlace, scope: Scope) -> TypedCondition:
    member = element_named(node.name, scope)
    if member is None:
        return NEVER_MIND
    members = ir.Names((member.name,))
    test = test_of(node.place, members, scope)
    if test is None:
        return NEVER_MIND
    # "One of one" and not "every": an element that is left out is at no level.
    return TypedCondition(ir.NumberThat(members, test, 1, None), ValueKind.POINTS)


def phrase(node: Phrase, scope: Scope) -> TypedCondition:
    """The condition that so many members of a kind are where the phrase says."""
    kind = scope.kind_of(node.noun, node.span)
    if kind is None:
        return NEVER_MIND
    members = ir.Group(kind)
    test = test_of(node.place, members, scope)
    if test is None:
        return NEVER_MIND
    condition = _quantified(node, members, test, scope)
    return NEVER_MIND if condition is None else TypedCondition(condition, ValueKind.POINTS)


def _quantified(node: Phrase, members: ir.Group, test: ir.MemberTest, scope: Scope) -> ir.Condition | None:
    if isinstance(node.quantity, Quantifier):
        return quantified(node.quantity, members, test)
    return _limited(node.quantity, members, test, scope)


def quantified(quantifier: Quantifier, members: ir.Group, test: ir.MemberTest) -> ir.Condition:
    """The condition that any, no, every, more than half or half of the members pass a test."""
    match quantifier:
        case Quantifier.ANY:
            return ir.NumberThat(members, test, 1, None)
        case Quantifier.NO:
            return ir.NumberThat(members, test, None, 0)
        case Quantifier.EVERY:
            return ir.EveryOne(members, test)
        case Quantifier.MAJORITY:
            return ir.MajorityThat(members, test)
        case Quantifier.HALF:
            return ir.ShareThat(members, test, ir.HALF, None)
    assert_never(quantifier)


def _limited(limit: Limit, members: ir.Group, test: ir.MemberTest, scope: Scope) -> ir.Condition | None:
    if is_percent(limit):
        ends = [getattr(limit, name) for name in ("amount", "low", "high") if hasattr(limit, name)]
        if not all(isinstance(end, Percent) for end in ends):
            message = f"`{limit.span.words}` mixes a count and a share"
            scope.find(UNFIT_NUMBER, limit.span, message, "write both numbers with `%`, or neither")
            return None
        low, high = limit_ends(limit)
        return ir.ShareThat(members, test, low, high)
    low, high = limit_ends(limit)
    if any(end is not None and end.denominator != 1 for end in (low, high)):
        message = f"`{limit.span.words}` is not a whole number of {scope.member_word}s"
        scope.find(UNFIT_NUMBER, limit.span, message, "write whole numbers, or a share such as `at least 50%`")
        return None
    return ir.NumberThat(members, test, _whole(low), _whole(high))


def _whole(end: Fraction | None) -> int | None:
    return None if end is None else int(end)
