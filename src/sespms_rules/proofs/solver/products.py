"""The product of a term over ratings alone and another term, as linear arithmetic."""

from __future__ import annotations

from fractions import Fraction
from functools import reduce

import z3

from sespms_rules.proofs.solver.logic import Term


def product_on_ratings(term: Term, by: Term) -> Term | None:
    """The product of a term that depends on ratings alone and another; None where the first has free numbers.

    Points of levels are ladders of `if` over numbers, so what they are multiplied by goes to each number.
    """
    if z3.is_int_value(term) or z3.is_rational_value(term):
        return by if Fraction(str(term)) == 1 else term * by
    if z3.is_to_real(term):
        return product_on_ratings(term.arg(0), by)
    if z3.is_app_of(term, z3.Z3_OP_ITE):
        then, other = product_on_ratings(term.arg(1), by), product_on_ratings(term.arg(2), by)
        return None if then is None or other is None else z3.If(term.arg(0), then, other)
    if z3.is_add(term) or z3.is_sub(term):
        parts = [product_on_ratings(each, by) for each in term.children()]
        known = [each for each in parts if each is not None]
        if len(known) < len(parts):
            return None
        return reduce(lambda one, two: one + two if z3.is_add(term) else one - two, known)
    if z3.is_mul(term) and term.num_args() == 2 and (z3.is_int_value(term.arg(0)) or z3.is_rational_value(term.arg(0))):
        inside = product_on_ratings(term.arg(1), by)
        return None if inside is None else term.arg(0) * inside
    return None
