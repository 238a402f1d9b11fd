"""A report as headings, sentences, tables and lists, so that text and HTML say the same; and the text of it."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Sequence

from sespms_rules.foundation.values import Frozen, field
from sespms_rules.reports.findings import (
    printable,
    width,
)

_WIDTH = 110
_BETWEEN = "  "


class Table(Frozen):
    """Rows under headings. The first cell of a row names it; `plain` is how many more columns hold words."""

    caption: str
    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    plain: int = field(default=0)


class Listing(Frozen):
    """Sentences one below the other, each with those that belong to it."""

    caption: str
    items: tuple[tuple[str, tuple[str, ...]], ...]


Item = str | Table | Listing


class Section(Frozen):
    """A heading and what stands below it; `key` names the section where a picture is to be put into it."""

    heading: str
    items: tuple[Item, ...]
    key: str = field(default="")


class Sheet(Frozen):
    """A whole report: its title, its sections, the remarks at its end, and a notice that stands above everything."""

    title: str
    sections: tuple[Section, ...]
    remarks: tuple[str, ...] = field(default=())
    notice: str = field(default="")


def as_text(sheet: Sheet) -> str:
    """The report for a terminal; nothing in it can move the cursor."""
    parts = [_wrapped(sheet.title), *([_wrapped(sheet.notice)] if sheet.notice else [])]
    parts += ["\n\n".join([_heading(each.heading), *map(_item, each.items)]) for each in sheet.sections]
    parts += ["\n".join(map(_wrapped, sheet.remarks))] if sheet.remarks else []
    return "\n\n".join(parts)


def _heading(text: str) -> str:
    shown = printable(text)
    return f"{shown}\n{'-' * width(shown)}"


def _item(item: Item) -> str:
    if isinstance(item, Table):
        return "\n".join([printable(item.caption), *_table(item)])
    if isinstance(item, Listing):
        return "\n".join([*([item.caption] if item.caption else []), *_listing(item)])
    return _wrapped(item)


def _table(table: Table) -> Iterator[str]:
    rows = [tuple(map(_cell, row)) for row in (table.headings, *table.rows)]
    widths = [max(map(width, column)) for column in zip(*rows, strict=True)]
    for row in rows:
        cells = [
            cell + " " * (wide - width(cell)) if place <= table.plain else " " * (wide - width(cell)) + cell
            for place, (cell, wide) in enumerate(zip(row, widths, strict=True))
        ]
        yield f"  {_BETWEEN.join(cells)}".rstrip()


def _cell(text: str) -> str:
    return printable(text).replace("\n", " ")


def _listing(listing: Listing) -> Iterator[str]:
    for first, more in listing.items:
        yield _wrapped(first, "- ", "  ")
        for each in more:
            yield _wrapped(each, "  - ", "    ")


def _wrapped(text: str, first: str = "", more: str = "") -> str:
    lines = textwrap.wrap(printable(text), _WIDTH, initial_indent=first, subsequent_indent=more, break_on_hyphens=False)
    return "\n".join(lines)


def listing(caption: str, items: Sequence[tuple[str, Sequence[str]]]) -> tuple[Item, ...]:
    """A list, or nothing where there is nothing to list."""
    return (Listing(caption, tuple((first, tuple(more)) for first, more in items)),) if items else ()
