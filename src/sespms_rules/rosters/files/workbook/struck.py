"""Rows and cells of a sheet through which a line goes: whoever drew it meant that they no longer hold."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from sespms_rules.foundation.spelling import backticked
from sespms_rules.program.rating import Refusal
from sespms_rules.rosters.files.rows import STRUCK_THROUGH, refused

_MOST_NAMED: Final = 10
_AWAY: Final = "delete the row if it no longer belongs there; if it does, take the strikethrough off"
_OVER: Final = "write what holds, and take the strikethrough off"
_COLUMN: Final = "delete the column if it no longer holds; if it does, take the strikethrough off its heading"


def told_struck(number: int, cells: Sequence[str], headings: Sequence[str], filled: int) -> tuple[Refusal, ...]:
    """Refuse row `number` for its struck cells and those below struck headings, both by heading.

    `filled` is how many of its cells hold something that is read. Nothing is refused where nothing is struck.
    """
    where = f"row {number}"
    if filled and len(cells) == filled:
        return (refused(STRUCK_THROUGH, where, "it is struck through", _AWAY),)
    found = []
    if cells:
        verb = "is" if len(cells) == 1 else "are"
        found.append(refused(STRUCK_THROUGH, where, f"what stands under {_some(cells)} {verb} struck through", _OVER))
    if headings:
        which = "the heading" if len(headings) == 1 else "the headings"
        verb = "is" if len(headings) == 1 else "are"
        found.append(refused(STRUCK_THROUGH, where, f"{which} {_some(headings)} {verb} struck through", _COLUMN))
    return tuple(found)


def _some(headings: Sequence[str]) -> str:
    more = len(headings) - _MOST_NAMED
    return backticked(headings[:_MOST_NAMED]) + (f" and {more} more" if more > 0 else "")
