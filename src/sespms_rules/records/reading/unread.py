"""What is known of a row that could not be read: whose it is and of what, as far as that can be told."""

from __future__ import annotations

from typing import Final

from sespms_rules.foundation.spelling import nearest_name
from sespms_rules.records.findings import RecordPlace
from sespms_rules.records.reading.border import UnreadCellError, opaque
from sespms_rules.records.reading.rows import UnreadRow
from sespms_rules.records.vocabulary import ACTS, act_of
from sespms_rules.rosters.files import PlainRow, trimmed

_OF_A_PART: Final = ("element", "about", "requirement", "additional rating")
"""What a row names of a part, from the element on."""


def unread_row(name: str, place: RecordPlace, whose: dict[str, str]) -> UnreadRow:
    """A row of a table that was set aside, by its cells as text."""
    executive = harmless(whose.get("executive") or whose.get("id") or "")
    act = whose.get("act", "")
    told = (shown(act), bool(whose.get("corrects")), bool(whose.get("amount")))
    element = next((said for label in _OF_A_PART if (said := whose.get(label, ""))), "")
    more = (harmless(whose.get("session", "")), element, nearest_name(trimmed(act), ACTS) or "")
    return UnreadRow(name, place, executive, *told, *more)


def not_apart(name: str, place: RecordPlace, row: PlainRow, layout: dict[int, str]) -> UnreadRow:
    """A row whose cells cannot be told apart, or are not what they seem."""
    if row.refusals and len(row.cells) > max(layout):
        return unread_row(name, place, {label: row.cells[index] for index, label in layout.items()})
    known = {} if row.refusals else _in_their_places(row.cells, layout)
    executive, act = harmless(known.get("executive", "")), shown(known.get("act", ""))
    return UnreadRow(name, place, executive, act, apart=False)


def _in_their_places(cells: list[str], layout: dict[int, str]) -> dict[str, str]:
    """The cells of a row with too few or too many that stand in their places all the same.

    Where an act stands in the place of the act, what went wrong is to the right of it: a cell too many or too few to
    the left would have moved it.
    """
    place = next((index for index, label in layout.items() if label == "act"), len(cells))
    if place >= len(cells) or not shown(cells[place]):
        return {}
    return {label: cells[index] for index, label in layout.items() if index <= place}


def harmless(text: str) -> str:
    """An id that may be repeated in a message; empty for one that may be a person's own."""
    try:
        return opaque(text)
    except UnreadCellError:
        return ""


def shown(text: str) -> str:
    """The act that a text names; empty for none."""
    return act_of(text) or ""
