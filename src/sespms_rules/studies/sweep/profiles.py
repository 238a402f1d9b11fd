"""Sufficient statistics: executives -> few profiles (how much weight stands at each level) with how many have each.

A score is then a product of whole numbers, of all profiles by all variants at once, by the machine's own matrix
product. That product counts in binary fractions; every number in it is whole and, as is made sure of before, below
2^24 or 2^53, where such fractions are exact. Where even that is not enough the product is of 64-bit whole numbers.
"""

from __future__ import annotations

from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

Array = NDArray[Any]

_SINGLE, _DOUBLE, _WHOLE = 1 << 24, 1 << 53, 1 << 62
_AT_ONCE = 1 << 18
_WORTH_SORTING = 12
"""From how many variants with the same points on it pays to sort the scores once."""


_BINS, _BINS_FOR_EACH = 1 << 16, 16
"""Scores are counted by their number where they lie no wider apart than this, and so many times the executives."""


class ProfilesTooLargeError(Exception):
    """A score may need more than 62 bits."""


class Profiles:
    """The profiles of a population: `weights` (a row a profile, a column a level), and how many of each group have it.

    A group is whoever stands at the same level now.
    """

    def __init__(self, weights: Array, groups: Array, how_many_groups: int) -> None:
        """Put together the executives that are alike; `weights` and `groups` have a row for each of them."""
        self._rows: Array = weights.astype(np.int64)
        self._groups = groups
        self.totals: Array = np.bincount(groups, minlength=how_many_groups)
        self._people = len(weights)
        self._heaviest: list[int] = np.abs(self._rows).max(axis=0, initial=0).tolist()
        self._present = np.flatnonzero(self.totals)
        self._made: dict[type[Any], tuple[Array, Array]] = {}

    @cached_property
    def _put_together(self) -> tuple[Array, Array]:
        """The different profiles, a row each, and how many of each group have it."""
        _, first, of = np.unique(_keys(self._rows), return_index=True, return_inverse=True)
        groups = len(self.totals)
        counts = np.bincount(of * groups + self._groups, minlength=len(first) * groups)
        return self._rows[first], counts.reshape(len(first), groups).astype(np.int64)

    @property
    def weights(self) -> Array:
        """The profiles: a row each, a column a level."""
        return self._put_together[0]

    @property
    def counts(self) -> Array:
        """How many of each group have each profile."""
        return self._put_together[1]

    def __len__(self) -> int:
        return len(self.weights)

    def passing(self, points: Array, cuts: Array, of: Array | None = None) -> Array:
        """How many of each group have a score of at least each cut: by variants, cuts, groups.

        `points` has a row for each variant and a column for each level, `cuts` a row for each variant; both hold whole
        numbers. With `of`, `points` has a row for each choice of them, and `of` says which each variant has. Raises
        ProfilesTooLargeError where a score may need more than 62 bits.
        """
        kind, reach = self._type(points)
        cuts = np.clip(cuts, -reach, reach)
        found = np.zeros((*cuts.shape, len(self.totals)), dtype=np.int64)
        if not self._people:
            return found
        if of is None:
            alike, of = (points[:1], np.zeros(len(points), dtype=np.int64)) if _same(points) else _distinct(points)
        else:
            alike, points = points, points[of]
        if len(points) >= _WORTH_SORTING * len(alike):
            for number, each in enumerate(alike):
                mine = np.flatnonzero(of == number) if len(alike) > 1 else slice(None)
                found[mine] = self._by_histogram(each, cuts[mine], kind)
            return found
        step = max(1, _AT_ONCE // len(self))
        above_zero = bool((self.weights >= 0).all())
        highest = self._scores(points.max(axis=0, keepdims=True), kind).max() if above_zero else reach
        reached = np.flatnonzero((cuts <= highest).any(axis=0))
        for start in range(0, len(points), step):
            part = slice(start, start + step)
            found[part, reached] = self._by_comparing(points[part], cuts[part, reached], kind)
        return found

    def _type(self, points: Array) -> tuple[type[Any], int]:
        """The type in which every sum, on the way too, is exact; and a number that no score reaches."""
        most = np.abs(points).max(axis=0).tolist()
        reach = sum(weight * point for weight, point in zip(self._heaviest, most, strict=True)) + 1
        if reach >= _WHOLE:
            raise ProfilesTooLargeError
        if max(reach, self._people) < _SINGLE:
            return np.float32, reach
        return (np.float64 if max(reach, self._people) < _DOUBLE else np.int64), reach

    def _in(self, kind: type[Any]) -> tuple[Array, Array]:
        """The weights, a column a profile, and the counts of the groups that anyone is in, in a type."""
        if kind not in self._made:
            counting = np.float64 if kind is np.int64 else kind
            counts = np.ascontiguousarray(self.counts[:, self._present], dtype=counting)
            self._made[kind] = np.ascontiguousarray(self.weights.T, dtype=kind), counts
        return self._made[kind]

    def _scores(self, points: Array, kind: type[Any]) -> Array:
        scores: Array = points.astype(kind) @ self._in(kind)[0]
        return scores

    def _by_histogram(self, points: Array, cuts: Array, kind: type[Any]) -> Array:
        """Many cuts of the same scores: count who has each score, and add up from the highest down."""
        scores = (self._rows.astype(kind) @ points.astype(kind)).astype(np.int64)
        low, groups = int(scores.min()), len(self.totals)
        span = int(scores.max()) - low + 1
        if span * groups > _BINS_FOR_EACH * self._people + _BINS:
            return self._by_sorting(points, cuts, kind)
        counted = np.bincount((scores - low) * groups + self._groups, minlength=span * groups).reshape(span, groups)
        above = np.zeros((span + 1, groups), dtype=np.int64)
        above[:-1] = np.cumsum(counted[::-1], axis=0)[::-1]
        found: Array = above[np.clip(cuts - low, 0, span)]
        return found

    def _by_sorting(self, points: Array, cuts: Array, kind: type[Any]) -> Array:
        """Many cuts of the same scores: sort these, and look each cut up."""
        scores = self._scores(points[None], kind)[0].astype(np.int64)
        order = np.argsort(scores, kind="stable")
        above = np.zeros((len(scores) + 1, self.counts.shape[1]), dtype=np.int64)
        above[:-1] = np.cumsum(self.counts[order[::-1]], axis=0)[::-1]
        found: Array = above[np.searchsorted(scores[order], cuts, side="left")]
        return found

    def _by_comparing(self, points: Array, cuts: Array, kind: type[Any]) -> Array:
        """Other scores in each variant: compare them with its cuts, and count by a product again."""
        scores = self._scores(points, kind)
        counts, present = self._in(kind)[1], self._present
        counting = counts.dtype
        ends = np.ascontiguousarray(cuts.T, dtype=kind)
        mask, passed = np.empty(scores.shape, dtype=np.bool_), np.empty(scores.shape, dtype=counting)
        sums = np.empty((cuts.shape[1], len(points), len(present)), dtype=counting)
        for end, into in zip(ends, sums, strict=True):
            np.greater_equal(scores, end[:, None], out=mask)
            np.copyto(passed, mask)
            np.matmul(passed, counts, out=into)
        found = np.zeros((*cuts.shape, self.counts.shape[1]), dtype=np.int64)
        found[:, :, present] = sums.transpose(1, 0, 2)
        return found


def _same(points: Array) -> bool:
    return bool((points == points[0]).all())


def _distinct(points: Array) -> tuple[Array, Array]:
    alike, of = np.unique(points, axis=0, return_inverse=True)
    return alike, of.reshape(-1)


def _keys(weights: Array) -> Array:
    """One number for each different row, where 62 bits hold it; else the rows as texts of bytes."""
    if not weights.size:
        return np.zeros(len(weights), dtype=np.int64)
    low = weights.min(axis=0)
    spans = [int(each) + 1 for each in (weights.max(axis=0) - low)]
    size = 1
    for span in spans:
        size *= span
    if size < _WHOLE:
        keys = np.zeros(len(weights), dtype=np.int64)
        for column, span in enumerate(spans):
            keys = keys * span + (weights[:, column] - low[column])
        return keys
    rows = np.ascontiguousarray(weights.astype(np.int64))
    return rows.view(np.dtype((np.void, rows.dtype.itemsize * rows.shape[1]))).reshape(-1)
