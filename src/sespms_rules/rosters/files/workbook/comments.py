"""Where comments and notes stand on a sheet; what they say is not read."""

from __future__ import annotations

import re
from collections.abc import Iterator
from posixpath import basename, dirname, join, normpath
from typing import Final

from sespms_rules.rosters.files.workbook.parts import Book, local
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
    folder = dirname(part)
    beside = f"{folder}/_rels/{basename(part)}.rels"
    if not book.has(beside):
        return
    for element in book.elements(beside):
        if local(element) == "Relationship" and element.get("Type", "").endswith(_KINDS):
            target = element.get("Target", "")
            whole = normpath(join(folder, target)) if target[:1] != "/" else target[1:]
            if book.has(whole):
                yield whole
