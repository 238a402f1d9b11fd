"""Shares of a score that total more or less than the whole."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction

from sespms_rules.foundation.diagnostic import Diagnostic, warning
from sespms_rules.foundation.origin import exact
from sespms_rules.language.model import System
from sespms_rules.program.ir import (
    Aggregate,
    Aggregation,
    Choice,
    Constant,
    Definition,
    Difference,
    Expression,
    Named,
    OfMember,
    OwnFurther,
    Product,
    Program,
    Quotient,
    Rounded,
    ScoreDefinition,
    Stage,
    Sum,
    Take,
)
from sespms_rules.program.traversal import walk

FINDING = warning("SES267", "shares-do-not-total", "5 CFR 430.305(a)(5)")

_MOST_SHARES = 200
"""As many as a text names elements; sums of sums have twice as many from value to value."""

_OTHER_SCALE = (50, 200)
"""Divided shares that total no more or no less than this, in percent, bring points to a scale of their own."""


def check(_system: System, program: Program, /) -> Iterator[Diagnostic]:
    """Find formulas that add two or more shares of ratings or values, all below one, which do not total one.

    A value that is added to others, or divided, is a part of the sum it stands in, and is judged there; a bonus beside
    it, such as an additional rating, is no share. Weights that
    are divided by a number, as in `(70 * … + 30 * …) / 100`, are shares of it, unless they come to so little or so much
    that another scale is meant, as by `/ 500`.
    """
    for stage in (program.summary, *(each.stage for each in program.summary.members if each.stage is not None)):
        yield from _of_stage(stage)


def _of_stage(stage: Stage) -> Iterator[Diagnostic]:
    known: dict[str, list[Fraction] | None] = {}
    inside = _inside_others(stage)
    for definition in stage.definitions:
        shares = _shares(definition.expression, known)
        if isinstance(definition, Definition) and definition.each is None:
            known[definition.name] = shares
            if definition.name in inside:
                continue
        if isinstance(_unrounded(definition.expression), Named):
            continue  # it was told of the value, or is told of the sum that the value stands in
        if shares is None or len(shares) < 2 or not all(0 < each < 1 for each in shares):
            continue
        total = sum(shares, Fraction(0)) * 100
        if _is_made_up_for(stage, total):
            continue
        if total != 100 and (_OTHER_SCALE[0] < total < _OTHER_SCALE[1] or not _is_divided(definition)):
            parts = " + ".join(f"{exact(each * 100)}%" for each in shares)
            yield FINDING.at(
                definition.origin.span,
                f"the shares total `{exact(total)}%`, not `100%`: {parts}",
                help="let the shares total 100%, so that equal ratings give a score equal to them",
            )


def _is_made_up_for(stage: Stage, total: Fraction) -> bool:
    """Whether the most that an additional rating can add is just what the shares lack of the highest points."""
    lacking = (1 - total / 100) * max((points for _, points in stage.points), default=Fraction(0))
    highest = {each.name: each.high for each in stage.further}
    for definition in stage.definitions if lacking > 0 else ():
        for each in walk(definition.expression):
            match each:
                case Aggregate(Aggregation.SUM, OwnFurther(name)) if lacking == highest[name] * len(stage.members):
                    return True
                case Aggregate(aggregation, OwnFurther(name)) if aggregation is not Aggregation.SUM:
                    if lacking == highest[name]:
                        return True
    return False


def _is_divided(definition: Definition | ScoreDefinition) -> bool:
    return any(isinstance(each, Quotient) for each in walk(definition.expression))


def _inside_others(stage: Stage) -> set[str]:
    """Values that a formula adds to something as they are, takes off something, or divides, by whatever name."""
    found: set[str] = set()
    for definition in reversed(stage.definitions):  # a value is read below its line alone
        whole = _unrounded(definition.expression)
        if isinstance(whole, Named) and isinstance(definition, Definition) and definition.name in found:
            found.add(whole.name)
        for each in walk(whole):
            if isinstance(each, Sum | Difference | Quotient):
                found.update(side.name for side in (each.left, each.right) if isinstance(side, Named))
    return found


def _shares(expression: Expression, known: Mapping[str, list[Fraction] | None]) -> list[Fraction] | None:
    """The factors of a sum of shares, none for a bonus; None where something else is added. `known` are of values."""
    if _is_a_bonus(expression):
        return []
    match expression:
        case Rounded(operand):
            return _shares(operand, known)
        case Named(name):
            return known.get(name)
        case Sum(left, right):
            sides = [_shares(each, known) for each in (left, right)]
            # What is added to a value that is the whole by itself is a bonus.
            if any(
                isinstance(each, Named) and sum(side or ()) == 1
                for each, side in zip((left, right), sides, strict=True)
            ):
                return None
            parts = [each for side in sides for each in side or ()]
            return None if None in sides or len(parts) > _MOST_SHARES else parts
        case Difference(left, right) if _shares(right, known) == []:
            return _shares(left, known)
        case Product(Constant(factor), measured) | Product(measured, Constant(factor)):
            return _times(measured, factor, known)
        case Quotient(measured, Constant(divisor)) if divisor:
            inner = _shares(measured, known)
            return [1 / divisor] if inner is None and _is_a_rating(measured) else _scaled(inner, 1 / divisor)
    return None


def _is_a_bonus(expression: Expression) -> bool:
    """Whether an expression reads additional ratings alone, or gives a number or nothing as a condition has it."""
    match expression:
        case Rounded(operand):
            return _is_a_bonus(operand)
        case Sum(left, right):
            return _is_a_bonus(left) and _is_a_bonus(right)
        case Choice(_, Constant(one), Constant(other)):
            return 0 in (one, other)
        case Aggregate(_, OwnFurther()):
            return True
    return False


def _unrounded(expression: Expression) -> Expression:
    while isinstance(expression, Rounded):
        expression = expression.operand
    return expression


def _times(measured: Expression, factor: Fraction, known: Mapping[str, list[Fraction] | None]) -> list[Fraction] | None:
    """A rating so many times is one share, a plain sum of ratings one for each, and a sum of shares all of them."""
    if _is_a_rating(measured):
        return [factor]
    count = _plain_sum(measured)
    return [factor] * count if count else _scaled(_shares(measured, known), factor)


def _scaled(shares: list[Fraction] | None, factor: Fraction) -> list[Fraction] | None:
    return None if shares is None else [each * factor for each in shares]


def _plain_sum(expression: Expression) -> int:
    """Of how many ratings an expression is the plain sum; 0 where it is none."""
    if isinstance(expression, Sum):
        counts = [_plain_sum(expression.left), _plain_sum(expression.right)]
        return sum(counts) if all(counts) else 0
    return int(_is_a_rating(expression))


def _is_a_rating(expression: Expression) -> bool:
    match expression:
        case OfMember(Take.POINTS | Take.SCORE | Take.LEVEL) | Named():
            return True
        case Aggregate(aggregation):
            return aggregation is not Aggregation.SUM
    return False
