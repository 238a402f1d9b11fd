"""Where comments and notes stand on a sheet; what they say is not read."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from sespms_rules.rosters.files.workbook.parts import Book, local, relations_of
from sespms_rules.rosters.files.workbook.places import column

_PLACE: Final = re.compile(r"\$?([A-Z]{1,3})\$?([1-9][0-9]{0,6})")
_KINDS: Final = ("/comments", "/threadedComment")
_COMMENTS: Final = ("comment", "threadedComment")


def commented(book: Book, part: str) -> frozenset[tuple[int, int]]:
    """The row and column of each cell of a sheet at which a comment stands.

    Raises what `Book` raises where a part with comments is there and cannot be read.
    """
    found = set()
    for target in _parts_with_comments(book, part):
        for element in book.elements(target):
            place = _PLACE.match(element.get("ref", "")) if local(element) in _COMMENTS else None
            if place is not None:
                found.add((int(place[2]), column(place[1])))
    return frozenset(found)


def _parts_with_comments(book: Book, part: str) -> Iterator[str]:
    if book.has(relations_of(part)):
        yield from (each for _, each in book.related(part, _KINDS) if book.has(each))
