"""What a roster is read from and nobody sees so who looks at the sheet: what is hidden, ruled or commented on."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterable, Iterator, Sequence

from sespms_rules.foundation.diagnostic import Diagnostic
from sespms_rules.foundation.source import Source, Span
from sespms_rules.foundation.spelling import listed
from sespms_rules.rosters.files.rows import CHANGED_BY_A_RULE, COMMENTS_NOT_READ, HIDDEN_CELLS
from sespms_rules.rosters.files.workbook.places import Range, letters_of

_MOST_NAMED = 10
"""How many runs of rows, columns or cells a message names."""


def told_hidden(name: str, rows: Sequence[int], columns: Sequence[tuple[str, str]]) -> Iterator[Diagnostic]:
    """A finding for hidden rows of a roster (numbers, ascending), and one for hidden columns (letters and heading)."""
    place = Span(Source(name, ""), 0, 0)
    if rows:
        which = _some(_runs(rows))
        what = f"row {which} is hidden or filtered out and is" if len(rows) == 1 else ""
        what = what or f"{len(rows):,} rows are hidden or filtered out and are"
        among = "" if len(rows) == 1 else f": {which}"
        help = "show every row of the sheet, and delete those that do not belong to the roster"
        yield HIDDEN_CELLS.at(place, f"{what} read like the others{among}", help=help)
    if columns:
        which = _some([f"`{heading}` ({letters})" for letters, heading in columns])
        what = (
            f"the column {which} is hidden and is" if len(columns) == 1 else f"the columns {which} are hidden and are"
        )
        help = "show every column of the sheet, and see that it holds what is meant"
        yield HIDDEN_CELLS.at(place, f"{what} read like the others", help=help)


def told_ruled(name: str, ruled: Iterable[Range], rows: Sequence[int], columns: Sequence[int]) -> Iterator[Diagnostic]:
    """A finding where rules may be about cells that are read; `rows` are the filled ones, ascending."""
    touched: set[int] = set()
    for each in ruled:
        if any(each.left <= column <= each.right for column in columns):
            touched.update(rows[bisect_left(rows, each.top) : bisect_right(rows, each.bottom)])
            if len(touched) == len(rows):
                break
    if touched:
        first, last, count = min(touched), max(touched), len(touched)
        which = f"row {first}" if count == 1 else f"{count:,} rows, {first} to {last},"
        says = (
            f"rules of the sheet (conditional formatting) may strike through, or show in another way, what stands in"
            f" {which} and is read as it is held"
        )
        help = "look at the sheet: delete the rows that are struck through, write what holds, and take the rules off"
        yield CHANGED_BY_A_RULE.at(Span(Source(name, ""), 0, 0), says, help=help)


def told_comments(
    name: str, cells: Collection[tuple[int, int]], rows: Collection[int], width: int
) -> Iterator[Diagnostic]:
    """A finding where comments stand at cells of these rows, within a table of this width."""
    there = sorted((row, column) for row, column in cells if row in rows and column <= width)
    if there:
        which = _some([f"{letters_of(column)}{row}" for row, column in there])
        says = f"{len(there):,} cells of the roster have comments, which are not read: {which}"
        says = f"the cell {which} has a comment, which is not read" if len(there) == 1 else says
        help = "read what is said there; delete the rows that no longer belong there, and write in the cells what holds"
        yield COMMENTS_NOT_READ.at(Span(Source(name, ""), 0, 0), says, help=help)


def _some(words: Sequence[str]) -> str:
    more = len(words) - _MOST_NAMED
    return listed([*words[:_MOST_NAMED], *([f"{more:,} more"] if more > 0 else [])])


def _runs(rows: Sequence[int]) -> list[str]:
    """Numbers in ascending order -> `3`, `5 to 9`."""
    runs: list[list[int]] = []
    for number in rows:
        if runs and number == runs[-1][-1] + 1:
            runs[-1] = [runs[-1][0], number]
        else:
            runs.append([number])
    return [f"{run[0]} to {run[-1]}" if len(run) > 1 else f"{run[0]}" for run in runs]
