"""The ids of a block of plain lines: decoded when they are asked for, and written with what stands behind each."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import overload

import numpy as np

from sespms_rules.foundation.numbered import Numbered
from sespms_rules.rosters.files.block_reader import WrittenKeys
from sespms_rules.rosters.files.quick_cells import Array, QuickCells

_LONG = 64
"""Texts behind an id that are longer than this are put in one by one: the others stand in rows of one width."""


class KeyColumn(WrittenKeys):
    """The ids of lines, as they stand in one column."""

    def __init__(self, cells: QuickCells, index: int, words: Sequence[Array]) -> None:
        self._cells = cells
        self._index = index
        self._words = words

    def __len__(self) -> int:
        return len(self._cells)

    @overload
    def __getitem__(self, place: int) -> str: ...

    @overload
    def __getitem__(self, place: slice) -> list[str]: ...

    def __getitem__(self, place: int | slice) -> str | list[str]:
        if isinstance(place, slice):
            return self.picked(range(*place.indices(len(self))))
        return self._cells.text(self._index, place)

    def picked(self, places: Sequence[int]) -> list[str]:
        """The ids of some rows."""
        return [each.decode("ascii") for each in self._cells.texts_of(self._words, places)] if len(places) else []

    def __iter__(self) -> Iterator[str]:
        return iter(self.with_ends([b"\n"], np.zeros(len(self), dtype=np.int32), {}).decode("ascii").split("\n")[:-1])

    def with_ends(self, ends: Sequence[bytes], codes: Numbered, instead: dict[int, bytes]) -> bytes:
        """Each id and behind it the text that its code names, one after another; by place what stands instead.

        No text holds a zero byte.
        """
        codes = np.asarray(codes, dtype=np.int64)
        sizes = np.array([len(each) for each in ends])
        if (long := codes[sizes[codes] > _LONG]).size:
            places = np.flatnonzero(sizes[codes] > _LONG).tolist()
            keys = self._cells.texts_of(self._words, places)
            instead = {
                place: key + ends[code] for place, key, code in zip(places, keys, long.tolist(), strict=True)
            } | instead
        wide = max([1, *(size for size in sizes.tolist() if size <= _LONG)])
        table = np.array([each if len(each) <= _LONG else b"" for each in ends], dtype=f"S{wide}")
        behind = table[codes].view(np.uint8).reshape(len(codes), wide)
        parts = [*(np.ascontiguousarray(each).view(np.uint8).reshape(-1, 8) for each in self._words), behind]
        made = np.concatenate(parts, axis=1)
        if not instead:
            return bytes(made[made != 0])
        places = sorted(instead)
        made[places] = 0
        starts, stops = self._cells.bounds(self._index, self._index)
        lengths = stops - starts + sizes[codes]
        lengths[places] = 0
        before = np.cumsum(lengths)[places].tolist()
        text = bytes(made[made != 0])
        pieces: list[bytes] = []
        at = 0
        for place, stop in zip(places, before, strict=True):
            pieces += (text[at:stop], instead[place])
            at = stop
        return b"".join([*pieces, text[at:]])
