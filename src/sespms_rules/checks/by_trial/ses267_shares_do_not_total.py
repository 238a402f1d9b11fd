"""Shares of a score that total more or less than the whole."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from sespms_rules.foundation.diagnostic import Diagnostic, warning
from sespms_rules.foundation.origin import exact
from sespms_rules.language.model import System
from sespms_rules.program.ir import (
    Aggregate,
    Aggregation,
    Constant,
    Expression,
    Named,
    OfMember,
    Product,
    Program,
    Rounded,
    Stage,
    Sum,
    Take,
)

FINDING = warning("SES267", "shares-do-not-total", "5 CFR 430.305(a)(5)")


def check(_system: System, program: Program, /) -> Iterator[Diagnostic]:
    """Find formulas that add two or more shares of ratings or values, all below one, which do not total one."""
    for stage in (program.summary, *(each.stage for each in program.summary.members if each.stage is not None)):
        yield from _of_stage(stage)


def _of_stage(stage: Stage) -> Iterator[Diagnostic]:
    for definition in stage.definitions:
        shares = _shares(definition.expression)
        if shares is None or len(shares) < 2 or not all(0 < each < 1 for each in shares):
            continue
        total = sum(shares, Fraction(0)) * 100
        if total != 100:
            parts = " + ".join(f"{exact(each * 100)}%" for each in shares)
            yield FINDING.at(
                definition.origin.span,
                f"the shares total `{exact(total)}%`, not `100%`: {parts}",
                help="let the shares total 100%, so that equal ratings give a score equal to them",
            )


def _shares(expression: Expression) -> list[Fraction] | None:
    """The factors of a sum of shares; None where something else is added."""
    match expression:
        case Rounded(operand):
            return _shares(operand)
        case Sum(left, right):
            one, other = _shares(left), _shares(right)
            return None if one is None or other is None else [*one, *other]
        case Product(Constant(factor), measured) | Product(measured, Constant(factor)) if _is_a_rating(measured):
            return [factor]
    return None


def _is_a_rating(expression: Expression) -> bool:
    match expression:
        case OfMember(Take.POINTS | Take.SCORE | Take.LEVEL) | Named():
            return True
        case Aggregate(aggregation):
            return aggregation is not Aggregation.SUM
    return False
