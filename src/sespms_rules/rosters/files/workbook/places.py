"""Where cells stand: the columns of a sheet by letters and by numbers, and ranges of cells."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

_PLACE = re.compile(r"([A-Z]{1,3})([1-9][0-9]{0,6})")


class Range(NamedTuple):
    """Cells by their first and last row and column, counted from 1."""

    top: int
    bottom: int
    left: int
    right: int


def column_in(row: int, place: str | None, following: int) -> int:
    """The column of a cell in a row by its place, such as `B3`; the one that follows where the file names none.

    Raises ValueError for a place that is none, and for one in another row.
    """
    if place is None:
        return following
    found = _PLACE.fullmatch(place)
    if found is None or int(found[2]) != row:
        raise ValueError(place)
    return column(found[1])


def column(letters: str) -> int:
    """A column, counted from 1, by the letters that a sheet names it by."""
    found = 0
    for letter in letters:
        found = 26 * found + ord(letter) - ord("A") + 1
    return found


@lru_cache(maxsize=1024)
def column_of(letters: bytes) -> int:
    """The same, remembered."""
    return column(letters.decode())


def letters_of(column: int) -> str:
    """A column, counted from 1, as a sheet names it."""
    found = ""
    while column:
        column, rest = divmod(column - 1, 26)
        found = chr(ord("A") + rest) + found
    return found
