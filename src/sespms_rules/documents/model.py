"""What a document is made of before it is a page, a Word file or a PDF: headings, paragraphs, lists, tables, figures.

Texts are plain: no writer reads marks in them, so that no words of a policy can become markup. A figure always has the
words that say what is seen in it and a table with the same numbers.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator

from sespms_rules.foundation.values import Frozen, field


class Heading(Frozen):
    """A heading; `level` is 1 for a section, 2 and 3 for what stands below it. The title is none of these."""

    level: int
    text: str


class Paragraph(Frozen):
    """A paragraph. `marked` is for what must not be overlooked, such as that a text is a draft."""

    text: str
    marked: bool = field(default=False)


class Bullets(Frozen):
    """A list; `numbered` where the order counts.

    `depths` says of each item how many items it stands below, from 0; empty where none stands below another.
    """

    items: tuple[str, ...]
    numbered: bool = field(default=False)
    depths: tuple[int, ...] = field(default=())


class Bullet(Frozen):
    """An item of a list with those that stand below it."""

    text: str
    below: tuple[Bullet, ...] = field(default=())


class Verbatim(Frozen):
    """Text whose lines and spaces count, such as an example to paste into a policy."""

    text: str


class Table(Frozen):
    """A table with a caption. The first cell of each row is the heading of the row."""

    caption: str
    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


class Box(Frozen):
    """One step in a figure: its row from the top, its lane from the left, both from 0, and its words."""

    row: int
    lane: int
    words: str


class Figure(Frozen):
    """Lanes from left to right with boxes in rows below each other; an arrow leads from each row to the next.

    `says` tells what is seen; `table` holds the same, and stands below the drawing.
    """

    identity: str
    title: str
    says: str
    lanes: tuple[str, ...]
    boxes: tuple[Box, ...]
    table: Table


class PageDrawing(Frozen):
    """A picture of a page: `svg` is a drawing that stands alone, `width` and `height` are in its own units.

    As with a figure, `says` tells what is seen, and `table` holds the same numbers below it.
    """

    title: str
    says: str
    svg: str
    width: int
    height: int
    table: Table


class Blank(Frozen):
    """A place to fill in: what belongs there, and about how much room it needs in lines."""

    label: str
    lines: int = field(default=1)


TO_FILL_IN = ("Field", "To fill in")
"""The headings of a form where it stands as a table."""


class Form(Frozen):
    """Places to fill in that stand together, under one caption; `TO_FILL_IN` are its headings."""

    caption: str
    blanks: tuple[Blank, ...]


Part = Heading | Paragraph | Bullets | Verbatim | Table | Figure | PageDrawing | Form


class Document(Frozen):
    """A document. `day` is the day it speaks as of, from the policy or its reader; no document looks at the clock."""

    title: str
    subtitle: str
    parts: tuple[Part, ...]
    day: datetime.date | None = field(default=None)


def texts(document: Document) -> Iterator[str]:
    """Every text of a document in the order in which it is read, so that what two writers wrote can be compared."""
    yield document.title
    if document.subtitle:
        yield document.subtitle
    for part in document.parts:
        yield from _texts(part)


def _texts(part: Part) -> Iterator[str]:
    match part:
        case Heading() | Paragraph() | Verbatim():
            yield part.text
        case Bullets():
            yield from part.items
        case Table():
            yield from _of_table(part)
        case Figure() | PageDrawing():
            yield f"{part.title}. {part.says}"
            yield from _of_table(part.table)
        case Form():
            yield part.caption
            yield from TO_FILL_IN
            yield from (each.label for each in part.blanks)


def nested(part: Bullets) -> tuple[Bullet, ...]:
    """The items of a list, each with those that stand below it."""
    depths = part.depths or (0,) * len(part.items)
    return _below(list(zip(part.items, depths, strict=True)), 0)


def _below(items: list[tuple[str, int]], depth: int) -> tuple[Bullet, ...]:
    if not items:
        return ()
    starts = [place for place, (_, each) in enumerate(items) if each <= depth or place == 0]
    ends = [*starts[1:], len(items)]
    return tuple(
        Bullet(items[start][0], _below(items[start + 1 : end], depth + 1))
        for start, end in zip(starts, ends, strict=True)
    )


def _of_table(table: Table) -> Iterator[str]:
    yield table.caption
    yield from table.headings
    yield from (cell for row in table.rows for cell in row if cell)
