"""Formulas and values: syntax -> ir expressions with their kinds."""

from __future__ import annotations

from fractions import Fraction
from typing import assert_never

from sespms_rules.foundation.line_edits import exchanged, instead
from sespms_rules.foundation.source import Span
from sespms_rules.language.resolution import UNKNOWN_TABLE
from sespms_rules.language.syntax.formula import (
    Add,
    AggregateOf,
    AttributeOf,
    Choose,
    Constant,
    Divide,
    Expression,
    Group,
    Larger,
    Limits,
    Lookup,
    Multiply,
    Named,
    Negate,
    NoLess,
    NoMore,
    NumberOf,
    OwnPoints,
    OwnWeight,
    PercentOf,
    Precision,
    RoundToDecimals,
    RoundToHalf,
    RoundToWhole,
    ShareOf,
    Smaller,
    Subtract,
    TheLevel,
    TheScore,
    Value,
)
from sespms_rules.language.syntax.nodes import Number
from sespms_rules.program import ir
from sespms_rules.program.lowering.aggregates import over_members
from sespms_rules.program.lowering.conditions import conditions
from sespms_rules.program.lowering.findings import CONTRADICTING_WORDS, UNFIT_NUMBER
from sespms_rules.program.lowering.kinds import (
    Typed,
    ValueKind,
    divided,
    fixed,
    joined,
    looked_up,
    made,
    multiplied,
    unknown,
)
from sespms_rules.program.lowering.kinds import rounded as kind_of_rounded
from sespms_rules.program.lowering.names import atom, own, the_score, value_named
from sespms_rules.program.lowering.scope import Scope

_MOST_DECIMALS = 18
_NIL = ir.Constant(Fraction(0))

_Arithmetic = Add | Subtract | Multiply | Divide | Negate | PercentOf


def value(node: Value, scope: Scope) -> Typed:
    """The value of a formula with its endings: limits hold for all of it, and rounding comes last."""
    typed = formula(node.formula, scope)
    if node.limits is not None:
        typed = _limited(typed, node.limits, scope)
    if node.rounding is not None:
        typed = _rounded(typed, node.rounding, scope)
    return typed


def formula(node: Expression, scope: Scope) -> Typed:
    """The value of a formula."""
    match node:
        case Constant(number=number, span=span):
            return fixed(number.value, span)
        case Named(name=name):
            return value_named(name, scope)
        case TheScore(span=span):
            return the_score(span, scope)
        case OwnPoints() | OwnWeight():
            return own(node, scope)
        case Group(inside=inside):
            return formula(inside, scope)
        case AggregateOf() | NumberOf() | ShareOf() | AttributeOf():
            return over_members(node, scope)
        case Larger(operands=operands, span=span):
            return _larger(tuple(atom(each, scope) for each in operands), span, scope)
        case Smaller(operands=operands, span=span):
            return _smaller(tuple(atom(each, scope) for each in operands), span, scope)
        case Lookup():
            return _look_up(node, scope)
        case Choose():
            return _choose(node, scope)
        case Add() | Subtract() | Multiply() | Divide() | Negate() | PercentOf():
            return _arithmetic(node, scope)
        case _:
            assert_never(node)


# ---- arithmetic -------------------------------------------------------------------------------------


def _arithmetic(node: _Arithmetic, scope: Scope) -> Typed:
    match node:
        case Add():
            return _add(formula(node.left, scope), formula(node.right, scope), node.span, scope)
        case Subtract():
            return _subtract(formula(node.left, scope), formula(node.right, scope), node.span, scope)
        case Multiply():
            return _multiply(formula(node.left, scope), formula(node.right, scope), node.span, scope)
        case Divide():
            return _divide(formula(node.left, scope), formula(node.right, scope), node.span, scope)
        case PercentOf(percent=percent):
            share = fixed(percent.value / 100, percent.span)
            return _multiply(share, formula(node.operand, scope), node.span, scope)
        case Negate():
            operand = formula(node.operand, scope)
            if isinstance(operand.expression, ir.Constant) and operand.value is not None:
                return fixed(-operand.value, node.span)
            return _subtract(fixed(Fraction(0), node.span), operand, node.span, scope)
        case _:
            assert_never(node)


def _add(left: Typed, right: Typed, span: Span, scope: Scope) -> Typed:
    kind = joined((left, right), scope.findings)
    known = None if left.value is None or right.value is None else left.value + right.value
    least = None if left.least is None or right.least is None else left.least + right.least
    return made(ir.Sum(left.expression, right.expression), kind, span, (left, right), value=known, least=least)


def _subtract(left: Typed, right: Typed, span: Span, scope: Scope) -> Typed:
    kind = joined((left, right), scope.findings)
    known = None if left.value is None or right.value is None else left.value - right.value
    least = None if left.least is None or right.value is None else left.least - right.value
    return made(ir.Difference(left.expression, right.expression), kind, span, (left, right), value=known, least=least)


def _multiply(left: Typed, right: Typed, span: Span, scope: Scope) -> Typed:
    kind = multiplied(left, right, span, scope.findings)
    known = None if left.value is None or right.value is None else left.value * right.value
    least = None
    if left.least is not None and right.least is not None and min(left.least, right.least) >= 0:
        least = left.least * right.least
    return made(ir.Product(left.expression, right.expression), kind, span, (left, right), value=known, least=least)


def _divide(left: Typed, right: Typed, span: Span, scope: Scope) -> Typed:
    kind = divided(left, right, scope.findings)
    known = left.value / right.value if left.value is not None and right.value else None
    return made(ir.Quotient(left.expression, right.expression), kind, span, (left, right), value=known)


# ---- choices ----------------------------------------------------------------------------------------


def _larger(parts: tuple[Typed, ...], span: Span, scope: Scope) -> Typed:
    kind = joined(parts, scope.findings)
    values = [part.value for part in parts if part.value is not None]
    leasts = [part.least for part in parts if part.least is not None]
    known = max(values) if len(values) == len(parts) else None
    expression = ir.Largest(tuple(part.expression for part in parts))
    return made(expression, kind, span, parts, value=known, least=max(leasts, default=None))


def _smaller(parts: tuple[Typed, ...], span: Span, scope: Scope) -> Typed:
    kind = joined(parts, scope.findings)
    values = [part.value for part in parts if part.value is not None]
    leasts = [part.least for part in parts if part.least is not None]
    known = min(values) if len(values) == len(parts) else None
    least = min(leasts) if len(leasts) == len(parts) else None
    return made(ir.Smallest(tuple(part.expression for part in parts)), kind, span, parts, value=known, least=least)


def _choose(node: Choose, scope: Scope) -> Typed:
    then = formula(node.first, scope)
    condition = conditions(node.conditions, scope)
    otherwise = formula(node.otherwise, scope)
    parts = (then, condition, otherwise)
    kind = joined(parts, scope.findings)
    known = then.value if then.value == otherwise.value else None
    least = None if then.least is None or otherwise.least is None else min(then.least, otherwise.least)
    expression = ir.Choice(condition.condition, then.expression, otherwise.expression)
    return made(expression, kind, node.span, parts, value=known, least=least)


def _look_up(node: Lookup, scope: Scope) -> Typed:
    match node.key:
        case TheLevel(span=span):
            key = Typed(ir.TheLevel(), ValueKind.POINTS, span, level_at=span)
        case Named() | TheScore():
            key = atom(node.key, scope)
        case _:
            assert_never(node.key)
    name = node.table.text
    gives_words = scope.around.tables.get(name)
    if gives_words is None:
        help = f'add a block `table "{name}"` with a line for each range'
        scope.unknown(UNKNOWN_TABLE, node.table, list(scope.around.tables), f"no table is named `{name}`", help)
        return unknown(node.span)
    kind = looked_up(key, gives_words, scope.findings)
    return made(ir.LookUp(name, key.expression), kind, node.span, (key,))


# ---- endings ----------------------------------------------------------------------------------------


def _limited(typed: Typed, limits: Limits, scope: Scope) -> Typed:
    bounds = [limits.first] if limits.second is None else [limits.first, limits.second]
    ends: dict[type[NoLess | NoMore], Typed] = {}
    for bound in bounds:
        end = atom(bound.bound, scope)
        if type(bound) in ends:
            side = "lower" if isinstance(bound, NoLess) else "upper"
            message = f"two {side} limits are stated for one value"
            scope.find(CONTRADICTING_WORDS, bound.span, message, "state one limit on each side")
            return unknown(typed.span)
        ends[type(bound)] = end
        span = typed.span.to(bound.span)
        match bound:
            case NoLess():
                typed = _larger((typed, end), span, scope)
            case NoMore():
                typed = _smaller((typed, end), span, scope)
            case _:
                assert_never(bound)
    low, high = ends.get(NoLess), ends.get(NoMore)
    if low and high and low.value is not None and high.value is not None and low.value > high.value:
        message = f"no value is at least {low.span.text} and at most {high.span.text}"
        fixes = (instead(*exchanged(low.span, high.span)),) if low.span.end < high.span.start else ()
        scope.find(CONTRADICTING_WORDS, limits.span, message, "let the lower limit be below the upper one", fixes)
        return unknown(typed.span)
    return typed


def _rounded(typed: Typed, rounding: Precision, scope: Scope) -> Typed:
    match rounding:
        case RoundToDecimals(decimals=number):
            per_one = _per_one(number, scope)
        case RoundToWhole():
            per_one = 1
        case RoundToHalf():
            per_one = 2
        case _:
            assert_never(rounding)
    kind = kind_of_rounded(typed, scope.findings)
    if per_one is None:
        return unknown(typed.span)
    fits = typed.value is not None and (typed.value * per_one).denominator == 1
    least = None if typed.least is None else Fraction(int(typed.least * per_one // 1), per_one)
    expression = ir.Rounded(typed.expression, ir.Tie(rounding.tie.value), per_one)
    span = typed.span.to(rounding.span)
    return made(expression, kind, span, (typed,), value=typed.value if fits else None, least=least)


def _per_one(number: Number, scope: Scope) -> int | None:
    """How many steps of so many decimals one holds; None where there can be no such decimals, which is told."""
    if number.value.denominator == 1 and number.value <= _MOST_DECIMALS:
        return int(10**number.value)
    message = f"a value cannot be rounded to {number.text} decimals"
    help = f"write a whole number from 0 to {_MOST_DECIMALS}, or `to whole numbers`"
    scope.find(UNFIT_NUMBER, number.span, message, help)
    return None
