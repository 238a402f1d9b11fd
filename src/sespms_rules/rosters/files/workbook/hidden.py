"""Rows and columns that a sheet hides and a roster is read from: nobody who looks at the sheet sees them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sespms_rules.foundation.diagnostic import Diagnostic
from sespms_rules.foundation.source import Source, Span
from sespms_rules.foundation.spelling import listed
from sespms_rules.rosters.files.rows import HIDDEN_CELLS

_MOST_NAMED = 10
"""How many runs of rows, or columns, a message names."""


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
