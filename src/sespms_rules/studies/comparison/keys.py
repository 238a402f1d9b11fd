"""One shape of plan x what programs read of it -> a whole number for each appraisal: equal numbers end alike.

The number is a sum over the members of what each adds by its level and its weight, so that it costs one addition.
"""

from __future__ import annotations

from fractions import Fraction
from math import lcm
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sespms_rules.foundation.values import Frozen
from sespms_rules.studies.exhaustive.joint import JointMember, JointStage
from sespms_rules.studies.exhaustive.observing import observed
from sespms_rules.studies.exhaustive.plan_tables import PlanTable
from sespms_rules.studies.exhaustive.sufficient_statistics import Observation, Unobservable

Array = NDArray[Any]

MOST_KEYS = 1 << 24
"""So many different numbers are told apart at most."""

_SAFE = 1 << 40


class Keys(Frozen):
    """What each member adds to the number, plan by plan (rows) and level by level (columns); numbers go to `size`."""

    adds: tuple[Array, ...]
    size: int


class _Weights(Frozen):
    """The different weights of a member, and which of them each plan gives it."""

    different: tuple[Fraction, ...]
    places: Array


_Sum = tuple[Array, ...]
"""What each member adds to one sum: by its different weights (rows) and its levels (columns)."""


def keys_of(shape: JointStage, plans: PlanTable) -> Keys:
    """Number the appraisals of a shape. Raises Unobservable where that cannot be done exactly."""
    weights = [_weights(shape, plans, place) for place in range(len(shape.members))]
    adds = [
        np.zeros((len(each.different), len(member.levels)), dtype=np.int64) for each, member in _both(weights, shape)
    ]
    kept: list[_Sum] = []
    size = 1
    for observation in observed(shape):
        whole = _whole(shape, weights, observation)
        written = (_ranged(each, weights) for each in (whole, *(_less(whole, each) for each in kept)))
        narrow, low, span = min(written, key=lambda one: one[2])
        if span == 1:
            continue
        for add, column in zip(adds, narrow, strict=True):
            add += column * size
        adds[0] -= low * size
        kept.append(whole)
        size *= span
        if size > MOST_KEYS:
            raise Unobservable
    return Keys(tuple(add[each.places] for add, each in zip(adds, weights, strict=True)), size)


def _both(weights: list[_Weights], shape: JointStage) -> zip[tuple[_Weights, JointMember]]:
    return zip(weights, shape.members, strict=True)


def _weights(shape: JointStage, plans: PlanTable, place: int) -> _Weights:
    if not shape.weighted:
        return _Weights((Fraction(0),), np.zeros(len(plans.times), dtype=np.int64))
    found, places = np.unique(plans.weights[place], return_inverse=True)
    return _Weights(tuple(Fraction(each, plans.denominator) for each in found.tolist()), places.reshape(-1))


def _whole(shape: JointStage, weights: list[_Weights], observation: Observation) -> _Sum:
    """What each member adds to one sum, in whole numbers of one unit."""
    exact: list[list[list[Fraction]]] = []
    for each, member in _both(weights, shape):
        share = observation.of(member.name)
        none = [Fraction(0)] * len(member.levels)
        exact.append(
            [none if share is None else [share(level, one) for level in member.levels] for one in each.different]
        )
    shared = lcm(*{number.denominator for rows in exact for row in rows for number in row})
    whole = [[[int(number * shared) for number in row] for row in rows] for rows in exact]
    if any(abs(number) > _SAFE for rows in whole for row in rows for number in row):
        raise Unobservable
    return tuple(np.array(rows, dtype=np.int64) for rows in whole)


def _less(one: _Sum, other: _Sum) -> _Sum:
    """How much one sum is more than another that is told apart already; where that is little, so are its numbers."""
    return tuple(mine - theirs for mine, theirs in zip(one, other, strict=True))


def _ranged(sums: _Sum, weights: list[_Weights]) -> tuple[_Sum, int, int]:
    """A sum by its least common step, its least value in those steps, and how many values it can have."""
    step = int(np.gcd.reduce(np.concatenate([each.ravel() for each in sums])))
    if step > 1:
        sums = tuple(each // step for each in sums)
    least = sum(each.min(axis=1)[one.places] for each, one in zip(sums, weights, strict=True))
    most = sum(each.max(axis=1)[one.places] for each, one in zip(sums, weights, strict=True))
    low, high = int(np.min(least)), int(np.max(most))
    return sums, low, high - low + 1
