"""The ids of a long roster: which of them stood in a row before, found for many rows at once and without their texts.

Each id is kept as its own words (`quick_cells.py`), so that two are taken for one only where they are one.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from sespms_rules.engines.columnar import Array, DistinctRows, spread, spread_one
from sespms_rules.rosters.files.blanks import trimmed
from sespms_rules.rosters.files.executives import PLAIN_KEYS, Identities, compared
from sespms_rules.rosters.files.quick_cells import MOST_WORDS, QuickCells, words_of
from sespms_rules.rosters.files.rows import NOT_AN_EXECUTIVE

_WORD = 8
_LONGEST = _WORD * MOST_WORDS
_BITS = 12
_MOST_SHAPES = 4_096
_MOST_MET_AGAIN = 1_000
_ZERO, _NINE = ord("0"), ord("9")

_FEW = 8
"""A block of which more than one row in so many has to be looked at for its id is read as texts."""


class ManyIds:
    """Ids with the number of the row in which each stands first; numbers are above 0."""

    def __init__(self, rows: int) -> None:
        """`rows` is about how many there will be."""
        self._bits = max(_BITS, (3 * rows // 2).bit_length())
        self._numbers: Array = np.zeros(1 << self._bits, dtype=np.int32)
        self._known: list[Array] = []
        self._count = 0
        self._long: dict[str, int] = {}
        self._met_again: dict[str, int] = {}

    def first(self, key: str, number: int) -> int:
        """Take note of an id in a row; return the number of the row in which it stood first."""
        if (before := self._met_again.get(key)) is not None:
            return before
        data = key.encode("utf-8", "surrogatepass")
        words = [int.from_bytes(data[at : at + _WORD], "little") for at in range(0, len(data), _WORD)] or [0]
        wide = len(self._known)
        if len(words) > wide or self._bits_for(1) > self._bits:
            return int(self.firsts_of([key], [number])[0])
        words += [0] * (wide - len(words))
        at = spread_one(words) >> (64 - self._bits)
        while found := self._numbers.item(at):
            if all(known.item(at) == word for known, word in zip(self._known, words, strict=True)):
                if len(self._met_again) < _MOST_MET_AGAIN:  # one id may stand in a million rows
                    self._met_again[key] = int(found)
                return int(found)
            at = (at + 1) & (len(self._numbers) - 1)
        self._numbers[at] = number
        for known, word in zip(self._known, words, strict=True):
            known[at] = word
        self._count += 1
        return number

    def firsts_of(self, keys: Sequence[str], numbers: Sequence[int]) -> Array:
        """The same for many ids as texts, in order."""
        given = np.asarray(numbers, dtype=np.int32)
        if not len(given):
            return given
        data = [each.encode("utf-8", "surrogatepass") for each in keys]
        long = [place for place, each in enumerate(data) if len(each) > _LONGEST]
        if not long:
            return self.firsts(words_of(data), given)
        short = np.array(sorted({*range(len(data))}.difference(long)), dtype=np.int64)
        found = given.copy()
        if len(short):
            found[short] = self.firsts(words_of([data[place] for place in short.tolist()]), given[short])
        for place in long:
            found[place] = self._long.setdefault(keys[place], numbers[place])
        return found

    def firsts(self, words: Sequence[Array], numbers: Array) -> Array:
        """The same for many ids as words, in order; `numbers` grow."""
        while len(self._known) < len(words):
            self._known.append(np.zeros(len(self._numbers), dtype=np.uint64))
            self._place_anew(self._bits)
        if (bits := self._bits_for(len(numbers))) > self._bits:
            self._place_anew(bits)
        full = [*words, *(np.zeros_like(words[0]) for _ in self._known[len(words) :])]
        firsts = self._put_in(full, numbers)
        self._count += int((firsts == numbers).sum())
        return firsts

    def _bits_for(self, more: int) -> int:
        """How many bits number places enough for so many ids more, a quarter of them free."""
        bits = self._bits
        while 4 * (self._count + more) > 3 << bits:
            bits += 1
        return bits

    def _place_anew(self, bits: int) -> None:
        """Give every id another place, as where it stands depends on how many words and places there are."""
        there = np.flatnonzero(self._numbers)
        numbers, words = self._numbers[there], [each[there] for each in self._known]
        in_order = np.argsort(numbers, kind="stable")
        self._bits = bits
        self._numbers = np.zeros(1 << bits, dtype=np.int32)
        self._known = [np.zeros(1 << bits, dtype=np.uint64) for _ in self._known]
        self._put_in([each[in_order] for each in words], numbers[in_order])

    def _put_in(self, words: Sequence[Array], numbers: Array) -> Array:
        """Find or make the places of ids, in order; return the number that stands in each."""
        firsts = numbers.copy()
        left = np.arange(len(numbers))
        at = (spread(words) >> np.uint64(64 - self._bits)).astype(np.int64)
        while len(left):
            here = self._numbers[at]
            empty = here == 0
            if empty.any():
                free, wanting = at[empty], left[empty]
                # Of several that want one place the first in order gets it: what is assigned last remains.
                self._numbers[free[::-1]] = numbers[wanting[::-1]]
                here = self._numbers[at]
                got = here[empty] == numbers[wanting]
                for known, word in zip(self._known, words, strict=True):
                    known[free[got]] = word[wanting[got]]
            alike = np.ones(len(at), dtype=np.bool_)
            for known, word in zip(self._known, words, strict=True):
                alike &= known[at] == word[left]
            firsts[left[alike]] = here[alike]
            on = ~alike
            left, at = left[on], (at[on] + 1) & (len(self._numbers) - 1)
        return firsts


class IdsRead(NamedTuple):
    """The ids of a block: their words, the rows of which something is to be said, and those looked at one by one.

    `of_nobody` says that some of the latter are no executive's.
    """

    words: Sequence[Array]
    odd: Array
    looked_at: Sequence[int]
    of_nobody: bool


class QuickIds:
    """Reads the ids of blocks; of a plain one nothing is to be said, wherever it does not stand twice."""

    def __init__(self, identities: Identities) -> None:
        self._identities = identities
        self._shapes = DistinctRows(1)
        self._wide = 1
        self._plain: list[bool] = []

    def read(self, cells: QuickCells, index: int, numbers: Sequence[int]) -> IdsRead | None:
        """Read and note the ids of a block; None where they have to be read as texts, and then none is noted."""
        words = cells.words(index, index)
        many = self._identities.many
        plain = None if words is None or not isinstance(many, ManyIds) else self._are_plain(words)
        if words is None or plain is None or not isinstance(many, ManyIds):
            return None
        given = np.asarray(numbers, dtype=np.int32)
        odd = ~plain
        places = np.flatnonzero(odd).tolist()
        if len(places) * _FEW > len(cells):
            return None
        if not places:
            return IdsRead(words, many.firsts(_in_small_letters(words), given) != given, [], False)
        keys = {place: trimmed(cells.text(index, place)) for place in places}
        noted = {place: compared(key).encode() for place, key in keys.items() if key}
        if any(len(each) > _LONGEST for each in noted.values()):
            return None
        there = np.ones(len(cells), dtype=np.bool_)
        there[[place for place, key in keys.items() if not key]] = False
        firsts = many.firsts(_with_others(_in_small_letters(words), noted, there), given[there])
        odd[there] |= firsts != given[there]
        wrong = (self._identities.no_id(key, "") for key in keys.values())
        nobody = any(each is not None and each.code == NOT_AN_EXECUTIVE.code for each in wrong)
        return IdsRead(words, odd, places, nobody)

    def _are_plain(self, words: Sequence[Array]) -> Array | None:
        """Which ids are plain by their shape, in which one digit stands for all; None for too many shapes."""
        if len(words) > self._wide or len(self._shapes) > _MOST_SHAPES:
            self._wide = max(self._wide, len(words))
            self._shapes, self._plain = DistinctRows(self._wide), []
        signs = np.stack(words, axis=1).view(np.uint8)
        first = signs[:, 0].copy()
        signs[(signs >= _ZERO) & (signs <= _NINE)] = _ZERO
        signs[(first > _ZERO) & (first <= _NINE), 0] = _ZERO + 1
        made = signs.view("<u8")
        shapes = [np.ascontiguousarray(made[:, place]) for place in range(made.shape[1])]
        shapes += [np.zeros_like(words[0])] * (self._wide - len(shapes))
        codes, new = self._shapes.codes(shapes)
        if len(self._shapes) > _MOST_SHAPES:
            return None
        for place in new:
            shape = signs[place].tobytes().rstrip(b"\0").decode("ascii")
            self._plain.append(PLAIN_KEYS.fullmatch(f"{shape}\n") is not None)
        plain: Array = np.array(self._plain)[codes]
        return plain


def _in_small_letters(words: Sequence[Array]) -> list[Array]:
    """Plain ids as ids are compared: capitals do not count."""
    found = []
    for word in words:
        signs = np.ascontiguousarray(word).view(np.uint8)
        capital = (signs >= ord("A")) & (signs <= ord("Z"))
        found.append((signs | capital.view(np.uint8) << 5).view(np.uint64))
    return found


def _with_others(words: Sequence[Array], others: dict[int, bytes], there: Array) -> list[Array]:
    """The words of the rows that are there, those of some of them replaced."""
    if not others:
        return [each[there] for each in words]
    instead = words_of(list(others.values()))
    wide = max(len(words), len(instead))
    empty = np.zeros_like(words[0])
    found = [each.copy() for each in (*words, *([empty] * (wide - len(words))))]
    for place, each in enumerate(found):
        each[list(others)] = instead[place] if place < len(instead) else 0
    return [each[there] for each in found]
