"""The inner loop for policies that are a sum: a population admitted once, and rated as often as one likes.

What is left to do for each row is a sum of products, a few comparisons, and a look at its lowest and highest level.
This is done over blocks that stay near the processor, in the narrowest integers in which nothing overflows; what they
may reach is worked out from the columns before anything is multiplied. There is no float.
"""

from __future__ import annotations

import os
from concurrent.futures import ThreadPoolExecutor
from fractions import Fraction
from itertools import pairwise
from math import gcd, lcm
from typing import Any

import numpy as np

from sespms_rules.engines.columnar.masks import Array
from sespms_rules.engines.columnar.sums import Override, Sums, cuts
from sespms_rules.engines.columnar.values import TooLargeError
from sespms_rules.program import ir

BLOCK = 131_072
"""Rows at once: enough that the columns, not Python, take the time; few enough that they stay near the processor."""

_BLOCKS_EACH = 16
"""Fewer blocks than this for each processor are done before the others have been called and stop waiting in turn."""

_HANDS = os.cpu_count() or 1

_TYPES: tuple[tuple[int, type[Any]], ...] = (
    (1 << 8, np.uint8),
    (1 << 15, np.int16),
    (1 << 31, np.int32),
    (1 << 63, np.int64),
)


class Prepared:
    """Admitted rows: for each element the worth of its level and its weight, as whole numbers without a common divisor.

    The sum of their products times `unit` is the score before rounding; it lies from `low` to `high` in every row that
    no override decides. What overrides ask of a level is asked of its `mark` in the columns `marked`. Raises
    `TooLargeError` where 64 bits may not be enough.
    """

    __slots__ = ("high", "low", "mark", "marked", "rows", "unit", "weights", "worth")

    def __init__(self, sums: Sums, levels: list[Array], weights: list[tuple[Array | int, int]]) -> None:
        self.rows = len(levels[0])
        points = dict(sums.points)
        shared = lcm(*(value.denominator for value in points.values()))
        worth = {level: int(value * shared) for level, value in points.items()}
        common = gcd(*worth.values()) or 1
        worth = {level: value // common for level, value in worth.items()}
        heavy, weight_unit = _whole(weights) if sums.weighted else ([], Fraction(1))
        self.unit = sums.factor * Fraction(common, shared) * weight_unit
        kind = _bounded(worth, heavy, len(levels))
        self.worth = [_worth(each, worth, kind) for each in levels]
        self.weights = [each.astype(kind) for each in heavy]
        # Where a better level is worth more, its worth tells it, and one column less is fetched for each element.
        told = all(worth[low] < worth[high] for low, high in pairwise(sorted(worth)))
        self.mark = worth if told else {level: level for level in worth}
        self.marked = self.worth if told else levels
        undecided = set(worth) - {each.level for each in sums.overrides if each.kind is ir.TestKind.AT}
        self.low, self.high = _reach([worth[level] for level in undecided] or [0], heavy, len(levels))


def _worth(levels: Array, worth: dict[int, int], kind: type[Any]) -> Array:
    """What each level is worth. Looking up a million small numbers in a table takes longer than these comparisons."""
    found = np.zeros(len(levels), kind)
    for level, value in worth.items():
        if value:
            found += (levels == level) * kind(value)
    return found


def _whole(weights: list[tuple[Array | int, int]]) -> tuple[list[Array], Fraction]:
    """Weights as whole numbers without a common divisor, and what one of them stands for."""
    under = lcm(*(denominator for _, denominator in weights))
    columns = []
    for weight, denominator in weights:
        column, times = np.asarray(weight), under // denominator
        if times > 1:
            if max(map(abs, _ends(column))) * times >= 1 << 63:
                raise TooLargeError
            column = column.astype(np.int64) * times
        columns.append(column)
    divisor = gcd(*map(_divisor, columns)) or 1
    if divisor > 1:
        columns = [each // each.dtype.type(divisor) for each in columns]
    return columns, Fraction(divisor, under)


_FEW = 1 << 16


def _divisor(column: Array) -> int:
    """A number that divides every number of a column: the largest, where few different ones can stand in it."""
    low, high = _ends(column)
    if low == high:
        return low
    if high - low >= _FEW or column.ndim == 0:
        return 1
    present = np.flatnonzero(np.bincount(np.subtract(column, low, dtype=np.int64)))
    return gcd(*(int(each) + low for each in present))


def _ends(column: Array) -> tuple[int, int]:
    return int(column.min()), int(column.max())


def _bounded(worth: dict[int, int], weights: list[Array], members: int) -> type[Any]:
    """The narrowest type that holds every operand, every product, and every sum on the way."""
    most = max(map(abs, worth.values()))
    reach = [most, *(max(map(abs, _ends(each))) for each in weights)]
    if min(worth.values()) < 0 or any(int(each.min()) < 0 for each in weights):
        reach.append(most * (sum(reach[1:]) if weights else members))
        types = _TYPES[1:]
    else:  # where nothing is negative, no part of a sum is more than the whole
        reach.append(most * (_totals(weights)[1] if weights else members))
        types = _TYPES
    found = next((kind for limit, kind in types if max(reach) < limit), None)
    if found is None:
        raise TooLargeError
    return found


def _reach(worth: list[int], weights: list[Array], members: int) -> tuple[int, int]:
    """Between which sums the rows lie whose levels have one of these worths."""
    if not weights:
        return min(worth) * members, max(worth) * members
    light, heavy = _totals(weights)
    ends = [a * b for a in (min(worth), max(worth)) for b in (light, heavy)]
    return min(ends), max(ends)


def _totals(weights: list[Array]) -> tuple[int, int]:
    """The least and the greatest sum of one plan's weights, whatever the order in which they are added up."""
    if any(_ends(each)[0] < 0 for each in weights):
        most = sum(max(map(abs, _ends(each))) for each in weights)
        return -most, most
    kind = next((kind for limit, kind in _TYPES if sum(_ends(each)[1] for each in weights) < limit), None)
    if kind is None:
        raise TooLargeError
    total = np.zeros(max(each.size for each in weights), kind)
    for each in weights:
        total += each.astype(kind, copy=False)
    return _ends(total)


class _Scratch:
    """Room for what is worked out on the way, taken once."""

    __slots__ = ("end", "product", "sum", "truth")

    def __init__(self, prepared: Prepared) -> None:
        kind, size = prepared.worth[0].dtype, min(BLOCK, prepared.rows)
        self.sum, self.product = np.empty(size, kind), np.empty(size, kind)
        self.end, self.truth = np.empty(size, prepared.marked[0].dtype), np.empty(size, np.bool_)


class Kernel:
    """The loop for one policy over one prepared population."""

    def __init__(self, sums: Sums, prepared: Prepared) -> None:
        self._prepared = prepared
        self._overrides = sorted(sums.overrides, key=lambda each: -each.outcome)  # the lowest level is put last
        self._base, changes = cuts(sums, prepared.unit, prepared.low, prepared.high)
        before = [self._base, *(level for _, level in changes)]
        self._steps = [(cut, level - old) for (cut, level), old in zip(changes, before, strict=False)]
        self._scale = sorted({level for level, _ in sums.points})

    def levels(self) -> Array:
        """The level of each row; 0 where the rows of the policy give none."""
        rows = self._prepared.rows
        found = np.empty(rows, np.int8)
        blocks = [slice(start, min(start + BLOCK, rows)) for start in range(0, rows, BLOCK)]
        hands = min(_HANDS, len(blocks) // _BLOCKS_EACH)
        if hands < 2:
            self._rate_all(blocks, found)
            return found
        # While numpy works on a block it lets other threads run, so that every processor takes a share.
        shares = [blocks[first::hands] for first in range(hands)]
        with ThreadPoolExecutor(hands) as pool:
            for done in [pool.submit(self._rate_all, share, found) for share in shares]:
                done.result()
        return found

    def _rate_all(self, blocks: list[slice], found: Array) -> None:
        scratch = _Scratch(self._prepared)
        for block in blocks:
            self._rate(block, found[block], scratch)

    def _rate(self, block: slice, found: Array, scratch: _Scratch) -> None:
        """Rate a block. Adding and multiplying are many times faster than a copy under a mask.

        While it is worked on, `found` holds how much each level is above the outcome of the override that comes next.
        """
        total, truth = self._total(block, scratch), scratch.truth[: len(found)]
        offset = self._overrides[0].outcome if self._overrides else 0
        first = np.int8(self._base - offset)
        if not self._steps:
            found.fill(first)
        for place, (cut, step) in enumerate(self._steps):
            np.greater_equal(total, total.dtype.type(cut), out=truth)
            ones = truth.view(np.int8)
            np.add(found if place else first, ones if step == 1 else ones * np.int8(step), out=found)
        for override in self._overrides:
            if override.outcome != offset:
                np.add(found, np.int8(offset - override.outcome), out=found)
                offset = override.outcome
            self._untouched(override, block, truth, scratch)
            np.multiply(found, truth.view(np.int8), out=found)
        if offset:
            np.add(found, np.int8(offset), out=found)

    def _total(self, block: slice, scratch: _Scratch) -> Array:
        """The sum of each row of a block."""
        prepared, size = self._prepared, block.stop - block.start
        total, product = scratch.sum[:size], scratch.product[:size]
        if not prepared.weights:
            np.copyto(total, prepared.worth[0][block])
            for worth in prepared.worth[1:]:
                np.add(total, worth[block], out=total)
            return total
        pairs = zip(prepared.worth, prepared.weights, strict=True)
        for place, (worth, weight) in enumerate(pairs):
            heavy = weight[block] if weight.ndim else weight
            if place == 0:
                np.multiply(worth[block], heavy, out=total)
            else:
                np.multiply(worth[block], heavy, out=product)
                np.add(total, product, out=total)
        return total

    def _untouched(self, override: Override, block: slice, truth: Array, scratch: _Scratch) -> None:
        """Which rows of a block an override leaves as they are."""
        columns, mark = [each[block] for each in self._prepared.marked], self._prepared.mark[override.level]
        lowest = override.kind is ir.TestKind.BELOW or override.level == self._scale[0]
        highest = override.kind is ir.TestKind.AT_OR_BETTER or override.level == self._scale[-1]
        if not (lowest or highest):
            np.not_equal(columns[0], mark, out=truth)
            for each in columns[1:]:
                truth &= each != mark
            return
        end = scratch.end[: len(truth)]
        extreme = np.maximum if override.kind is ir.TestKind.AT_OR_BETTER or not lowest else np.minimum
        extreme(columns[0], columns[-1], out=end)
        for each in columns[1:-1]:
            extreme(end, each, out=end)
        compare = {ir.TestKind.AT: np.not_equal, ir.TestKind.BELOW: np.greater_equal, ir.TestKind.AT_OR_BETTER: np.less}
        compare[override.kind](end, end.dtype.type(mark), out=truth)
