"""A number for each of many rows, whatever holds the numbers: a list, an array, or a column that numpy works on."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Protocol


class Numbered(Protocol):
    """Whole numbers, one for each row, in order."""

    def __getitem__(self, place: int, /) -> Any:
        """The number of one row."""

    def __iter__(self) -> Iterator[Any]:
        """The numbers one by one."""

    def __len__(self) -> int:
        """How many rows there are."""
