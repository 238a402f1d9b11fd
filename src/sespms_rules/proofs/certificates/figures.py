"""ir.Program -> the figures of a certificate: what a level is derived from, where a certificate can speak of it.

That shape: elements that are all rated on levels, a score that is a sum of their points, with or without weights of a
fixed total, lines that ask for the score alone, overrides and caps that ask how elements are rated.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import Any

from sespms_rules.foundation.interval import EVERYTHING
from sespms_rules.program.bands import split_band
from sespms_rules.program.ir import (
    Aggregate,
    Aggregation,
    Condition,
    Constant,
    Definition,
    Difference,
    EveryOne,
    Group,
    HitPolicy,
    LevelScale,
    MajorityThat,
    Named,
    Names,
    NumberThat,
    OfMember,
    Own,
    Product,
    Program,
    Quotient,
    Row,
    ScoreDefinition,
    ShareThat,
    Stage,
    Sum,
    ToLevel,
    Unrated,
    WeightTotal,
    WholeWeights,
)
from sespms_rules.program.linear_form import LinearForm, Share, score_form
from sespms_rules.program.members import is_meant
from sespms_rules.program.plans import Shape, ShapeMember, shapes_of
from sespms_rules.program.traversal import members_named, walk

_WORKED_OUT = (Constant, Named, OfMember, Own, Aggregate, Sum, Difference, Product)


class NoCertificateError(Exception):
    """A program of another shape than a certificate speaks of; the text says in which way."""


def figures_of(program: Program) -> dict[str, Any]:
    """The figures of a program, as data for JSON with exact numbers as text. Raises NoCertificateError."""
    stage = program.summary
    form = _form(program)
    shapes = shapes_of(program)
    if shapes.left or not shapes.shapes:
        raise NoCertificateError("not all plans can be listed")
    total = next((each.total for each in stage.limits if isinstance(each, WeightTotal)), None)
    whole = any(isinstance(each, WholeWeights) for each in stage.limits)
    return {
        "plans": [_plan(shape, form, total) for shape in shapes.shapes],
        "points": {str(level): str(_counted(form, level, points)) for level, points in sorted(stage.points)},
        "weights": None if total is None else {"total": str(total), "whole": whole},
        "reads": "first" if stage.hit_policy is HitPolicy.FIRST else "unique",
        "overrides": [_when(row) for row in stage.overrides],
        "caps": [_when(row) for row in stage.caps],
        "lines": [_line(row) for row in stage.rows],
    }


def _form(program: Program) -> LinearForm:
    """The score as a sum, where nothing can keep it from being worked out."""
    stage = program.summary
    if program.facts:
        raise NoCertificateError("it reads facts beside the ratings")
    if not stage.derives_levels or stage.without_level or any(each.what is not Unrated.STOP for each in stage.unrated):
        raise NoCertificateError("an appraisal may end without a level")
    if any(_may_fail(each) for definition in stage.definitions for each in _formula(definition)):
        raise NoCertificateError("it works out more than a sum")
    form = score_form(stage)
    if form is None:
        raise NoCertificateError("its score is no plain sum of points")
    return form


def _formula(definition: Definition | ScoreDefinition) -> Iterator[object]:
    """Every part of the formula of a definition, the members that it is over left out."""
    if isinstance(definition, Definition) and definition.each is not None:
        raise NoCertificateError("it works out values of each element")
    parts = list(walk(definition.expression))
    if isinstance(definition, Definition) and any(
        isinstance(each, Aggregate) and each.aggregation != Aggregation.SUM for each in parts
    ):
        raise NoCertificateError("it works out more than a sum")
    return (each for each in parts if not isinstance(each, Group | Names))


def _may_fail(part: object) -> bool:
    """Whether a part of a formula is of a kind that cannot be worked out of every appraisal."""
    if isinstance(part, Quotient):
        return not isinstance(part.right, Constant) or not part.right.value
    return not isinstance(part, _WORKED_OUT)


def _counted(form: LinearForm, level: int, points: Fraction) -> Fraction:
    """What a level counts in the score: its points, or its number where the score is made of numbers of levels."""
    return Fraction(level) if form.by_levels == {True} else points


# ---- plans -----------------------------------------------------------------------------------------


def _plan(shape: Shape, form: LinearForm, total: Fraction | None) -> dict[str, Any]:
    if not members_named(shape.stage.definitions) <= {each.name for each in shape.members}:
        raise NoCertificateError("its score speaks of elements that a plan may lack")
    by_itself = {each.name: Fraction(0) for each in shape.members}
    weighted = dict(by_itself)
    for share, factor in form.shares:
        names = [each.name for each in shape.members if is_meant(each, share.members, shape.stage)]
        if not names:
            raise NoCertificateError("its score speaks of elements that a plan may lack")
        target, factor = _counting(share, factor, len(names), len(names) == len(shape.members), total)
        for name in names:
            (weighted if target else by_itself)[name] += factor
    elements = {
        each.name: {
            "critical": each.critical,
            "levels": _levels(shape.stage, each),
            "by_itself": str(by_itself[each.name]),
            "weighted": str(weighted[each.name]),
        }
        for each in shape.members
    }
    return {"constant": str(form.constant), "elements": elements}


def _counting(
    share: Share, factor: Fraction, count: int, everyone: bool, total: Fraction | None
) -> tuple[bool, Fraction]:
    """Whether a share counts points times weight, and with which factor."""
    if not share.by_weight:
        return False, factor / count if share.average else factor
    if total is None or total <= 0 or (share.average and not everyone):
        raise NoCertificateError("what the weights come to is not fixed")
    return True, factor / total if share.average else factor


def _levels(stage: Stage, member: ShapeMember) -> list[int]:
    if member.inner is not None:
        raise NoCertificateError("the requirements of an element are rated")
    if member.member is None:
        return sorted(level for level, _ in stage.points)
    if not isinstance(member.member.scale, LevelScale):
        raise NoCertificateError("an element is rated by a number")
    return sorted(member.member.scale.levels)


# ---- lines -----------------------------------------------------------------------------------------


def _given(row: Row) -> int:
    if not isinstance(row.outcome, ToLevel):
        raise NoCertificateError("an appraisal may end without a level")
    return row.outcome.level


def _line(row: Row) -> dict[str, Any]:
    band, others = split_band(row.condition)
    if others:
        raise NoCertificateError("a line asks for more than the score")
    band = EVERYTHING if band is None else band
    low, high = (None if end is None else str(end) for end in (band.low, band.high))
    return {"level": _given(row), "band": [low, band.low_in, high, band.high_in]}


def _when(row: Row) -> dict[str, Any]:
    return {"level": _given(row), "when": _condition(row.condition)}


def _condition(condition: Condition) -> dict[str, Any]:
    low: object = None
    high: object = None
    match condition:
        case NumberThat(low=low, high=high):
            kind = "number"
        case EveryOne():
            kind = "every"
        case MajorityThat():
            kind = "majority"
        case ShareThat(low=least, high=most):
            kind, low, high = "share", *(None if end is None else str(end) for end in (least, most))
        case _:
            raise NoCertificateError("an override or a cap asks for more than how elements are rated")
    of, test = condition.members, condition.test
    if test.level is None:
        raise NoCertificateError("an override or a cap asks whether elements are rated at all")
    names = of.kind.value if isinstance(of, Group) else list(of.names)
    return {"kind": kind, "of": names, "test": [test.kind.value, test.level], "low": low, "high": high}
