"""The cells of plain lines of a CSV file, many at once: where each begins and ends, and its bytes as words.

A word is eight bytes of a cell as one number, filled with zeros behind the cell's end. A text of a roster holds no zero
byte, so that two cells have the same words only where they are the same, byte for byte.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, overload

import numpy as np
from numpy.typing import NDArray

from sespms_rules.rosters.files.limits import LONGEST_CELL
from sespms_rules.rosters.files.lines import LinesOfBytes

Array = NDArray[Any]

_WORD = 8
MOST_WORDS = 8
"""How many words cells may have that are compared in this way; a longer cell is read as a text."""

_KEPT = np.array([(1 << 8 * size) - 1 for size in range(_WORD + 1)], dtype=np.uint64)
_END, _RETURN = ord("\n"), ord("\r")


def quick_cells(chunk: str, mark: str, width: int) -> QuickCells | None:
    """The cells of a text of whole lines; None where they have to be divided line by line.

    That is where a letter is none of ASCII, a cell is quoted, or a line has not as many cells as there are headings.
    """
    if not chunk.isascii() or '"' in chunk or width < 2:
        return None
    data = chunk.encode("ascii") if chunk.endswith("\n") else f"{chunk}\n".encode("ascii")
    text = np.frombuffer(data + bytes(_WORD * MOST_WORDS), dtype=np.uint8)
    line_ends = text == _END
    marks = np.flatnonzero((text == ord(mark)) | line_ends)
    if len(marks) % width:
        return None
    ends = marks.reshape(-1, width)
    if not line_ends[ends[:, -1]].all() or np.count_nonzero(line_ends) != len(ends):
        return None
    starts = np.concatenate([[-1], ends[:-1, -1]]) + 1
    if "\r" in chunk:
        returns = text[ends[:, -1] - 1] == _RETURN
        if np.count_nonzero(text == _RETURN) != np.count_nonzero(returns):
            return None
        ends[:, -1] -= returns
    found = QuickCells(data, text, starts, ends, mark)
    return found if found.longest <= LONGEST_CELL else None


class QuickCells(LinesOfBytes):
    """Lines of as many cells as there are headings, without quotation marks, in ASCII.

    `starts` are where they begin; `ends` has a row for each line with the places behind its cells.
    """

    def __init__(self, data: bytes, text: Array, starts: Array, ends: Array, mark: str) -> None:
        self._data = data
        self._text = text
        self._starts = starts
        self._ends = ends
        self._mark = mark
        self._words: Array = np.ndarray((len(text) - _WORD,), dtype="<u8", buffer=text, strides=(1,))

    @property
    def longest(self) -> int:
        """The length of the longest line."""
        return int((self._ends[:, -1] - self._starts).max())

    def __len__(self) -> int:
        return len(self._ends)

    def _line(self, place: int) -> str:
        return self._data[int(self._starts[place]) : int(self._ends[place, -1])].decode("ascii")

    def __iter__(self) -> Iterator[list[str]]:
        return (self._line(place).split(self._mark) for place in range(len(self)))

    @overload
    def __getitem__(self, place: int) -> list[str]: ...

    @overload
    def __getitem__(self, place: slice) -> QuickCells: ...

    def __getitem__(self, place: int | slice) -> list[str] | QuickCells:
        if isinstance(place, slice):
            return QuickCells(self._data, self._text, self._starts[place], self._ends[place], self._mark)
        return self._line(place).split(self._mark)

    def all_have(self, width: int) -> bool:
        """Whether every line has so many cells."""
        return bool(self._ends.shape[1] == width)

    def columns(self, width: int) -> list[list[str]]:
        """The cells by columns, as texts."""
        first, last = int(self._starts[0]), int(self._ends[-1, -1])
        text = self._data[first:last].decode("ascii").replace("\r\n", self._mark).replace("\n", self._mark)
        cells = text.split(self._mark)
        return [cells[place::width] for place in range(width)]

    # ---- words -----------------------------------------------------------------------------------

    def bounds(self, first: int, last: int) -> tuple[Array, Array]:
        """Where the cells from one column to another begin in each line, and where they end."""
        starts = self._starts if first == 0 else self._ends[:, first - 1] + 1
        return starts, self._ends[:, last]

    def words(self, first: int, last: int) -> list[Array] | None:
        """The cells from one column to another as words, with the marks between them; None where they are too long."""
        starts, ends = self.bounds(first, last)
        sizes = ends - starts
        most = int(sizes.max())
        if most > _WORD * MOST_WORDS:
            return None
        found = []
        for before in range(0, max(most, 1), _WORD):
            kept = _KEPT[np.clip(sizes - before, 0, _WORD) if most > _WORD else sizes]
            found.append(self._words[starts + before if before else starts] & kept)
        return found

    def text(self, index: int, place: int) -> str:
        """One cell."""
        start = self._starts[place] if index == 0 else self._ends[place, index - 1] + 1
        return self._data[int(start) : int(self._ends[place, index])].decode("ascii")

    def texts_of(self, words: Sequence[Array], places: Sequence[int]) -> list[bytes]:
        """The texts that such words stand for, in some lines."""
        wide = _WORD * len(words)
        data = np.stack([each[places] for each in words], axis=1).tobytes()
        return [data[at : at + wide].rstrip(b"\0") for at in range(0, len(data), wide)]

    def texts(self, indices: Sequence[int], place: int) -> tuple[str, ...]:
        """The cells of some columns in one line."""
        cells = self[place]
        return tuple([cells[index] for index in indices])


def words_of(keys: Sequence[bytes]) -> list[Array]:
    """Texts of at most `MOST_WORDS` words as words."""
    longest = max(map(len, keys), default=1) or 1
    wide = -(-longest // _WORD)
    made = np.array(keys, dtype=f"S{wide * _WORD}").view("<u8").reshape(-1, wide)
    return [np.ascontiguousarray(made[:, place]) for place in range(wide)]
