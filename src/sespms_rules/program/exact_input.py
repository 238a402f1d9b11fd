"""Appraisals that a program hands in -> the same, of exact numbers only."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from math import isfinite

from sespms_rules.foundation.request import RequestError
from sespms_rules.foundation.values import replace
from sespms_rules.program.rating import Appraisal, Rated


def exactly(appraisal: Appraisal) -> Appraisal:
    """An appraisal whose numbers are all fractions. Raises RequestError for one that is not exact."""
    return replace(appraisal, elements=tuple(_exactly(each) for each in appraisal.elements))


def _exactly(one: Rated) -> Rated:
    return replace(
        one,
        rating=_fraction(one.rating, f"the rating of `{one.name}`"),
        weight=_fraction(one.weight, f"the weight of `{one.name}`"),
        further=tuple((name, _known(value, f"`{name}` of `{one.name}`")) for name, value in one.further),
        requirements=tuple(_exactly(each) for each in one.requirements),
    )


def _fraction(value: object, what: str) -> Fraction | None:
    return None if value is None else _known(value, what)


def _known(value: object, what: str) -> Fraction:
    if isinstance(value, Fraction | int | Decimal) and not isinstance(value, bool) and isfinite(value):
        return Fraction(value)
    said = f"{value!r} (a {type(value).__name__})"
    raise RequestError(f"{what} is {said}, which is no exact number; give a whole number or a fraction")
