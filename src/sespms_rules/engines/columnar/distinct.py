"""Which of the distinct rows met so far each row of some columns is: a dictionary for many keys at once.

A key is a row of words of 64 bits, as many in each. A row is looked for where its words say that it may stand, and is
compared whole, so that two rows have one number only where they are alike in every bit.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from sespms_rules.engines.columnar.masks import Array

_FIRST = 1_024
"""How many rows are numbered one by one at first; most of the others are known then."""

_BY, _THEN_BY = np.uint64(0x9E3779B97F4A7C15), np.uint64(0xD6E8FEB86659FD93)
"""Odd numbers without a pattern, by which words are spread over the places there are."""

_HALF = np.uint64(32)
_ALL_BITS = (1 << 64) - 1
_BITS = 10


def spread(words: Sequence[Array]) -> Array:
    """A number of 64 bits for each row, of which the upper bits depend on all of its words."""
    found: Array = words[0] * _BY
    for word in words[1:]:
        found ^= found >> _HALF
        found ^= word
        found *= _THEN_BY
    found ^= found >> _HALF
    found *= _BY
    return found


def spread_one(words: Sequence[int]) -> int:
    """The same for one row, whose words are whole numbers below 2 ** 64."""
    found = words[0] * int(_BY) & _ALL_BITS
    for word in words[1:]:
        found = ((found ^ found >> 32) ^ word) * int(_THEN_BY) & _ALL_BITS
    return (found ^ found >> 32) * int(_BY) & _ALL_BITS


class DistinctRows:
    """The distinct rows of some columns, numbered from 0 in the order in which they were met first."""

    def __init__(self, width: int) -> None:
        """`width` is how many words a row has."""
        self._known = [np.zeros(1, dtype=np.uint64) for _ in range(width)]
        self._bits = _BITS
        self._places = np.full(1 << _BITS, -1, dtype=np.int32)
        self._count = 0

    def __len__(self) -> int:
        return self._count

    def codes(self, words: Sequence[Array]) -> tuple[Array, list[int]]:
        """The number of each row, and the places of those that were not known before, each where it stands first."""
        hashes = spread(words)
        codes = self._found(words, hashes)
        new: list[int] = []
        some = _FIRST
        while len(unknown := np.flatnonzero(codes < 0)):
            new += self._learn(words, unknown[:some])
            codes[unknown] = self._found([each[unknown] for each in words], hashes[unknown])
            some *= 4
        return codes, new

    def _found(self, words: Sequence[Array], hashes: Array) -> Array:
        """The number of each row, -1 where it is not known."""
        at = (hashes >> np.uint64(64 - self._bits)).astype(np.int64)
        codes: Array = self._places[at]
        left = np.flatnonzero(self._differ(words, codes))
        at = at[left]
        while len(left):
            at = (at + 1) & (len(self._places) - 1)
            here = self._places[at]
            codes[left] = here
            on = self._differ([each[left] for each in words], here)
            left, at = left[on], at[on]
        return codes

    def _differ(self, words: Sequence[Array], codes: Array) -> Array:
        """Where another row stands than the one that is looked for."""
        alike = self._known[0][codes] == words[0]
        for known, word in zip(self._known[1:], words[1:], strict=True):
            alike &= known[codes] == word
        made: Array = ~alike & (codes >= 0)
        return made

    # ---- rows that are new -----------------------------------------------------------------------

    def _learn(self, words: Sequence[Array], places: Array) -> list[int]:
        """Number the rows of these places, none of which is known; return where each distinct one stands first."""
        rows = zip(*(each[places].tolist() for each in words), strict=True)
        firsts: dict[tuple[int, ...], int] = {}
        for place, row in zip(places.tolist(), rows, strict=True):
            firsts.setdefault(row, place)
        found = list(firsts.values())
        end = self._count + len(found)
        while end > len(self._known[0]):
            self._known = [np.concatenate([each, np.zeros_like(each)]) for each in self._known]
        for known, word in zip(self._known, words, strict=True):
            known[self._count : end] = word[found]
        first, self._count = self._count, end
        if 3 * end > len(self._places):
            while 3 * end > len(self._places) >> 1:
                self._bits += 1
                self._places = np.full(1 << self._bits, -1, dtype=np.int32)
            first = 0
        self._put_in(first)
        return found

    def _put_in(self, first: int) -> None:
        """Give places to the rows from this number on."""
        hashes = spread([each[first : self._count] for each in self._known])
        places, most = self._places, len(self._places) - 1
        for code, at in enumerate((hashes >> np.uint64(64 - self._bits)).tolist(), first):
            while places[at] >= 0:
                at = (at + 1) & most
            places[at] = code
