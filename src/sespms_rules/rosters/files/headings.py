"""Which row of a table holds the headings: the first, or the one below a title that has the headings of a roster."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from sespms_rules.foundation.diagnostic import Diagnostic
from sespms_rules.foundation.patterns import late
from sespms_rules.foundation.source import Span
from sespms_rules.rosters.files.blanks import is_blank, tidy
from sespms_rules.rosters.files.columns import ID
from sespms_rules.rosters.files.headings_told import is_of_ratings
from sespms_rules.rosters.files.other_headings import names_people, own_column
from sespms_rules.rosters.files.rows import HEADINGS_BELOW_THE_TOP

SEARCHED: Final = 30
"""In how many rows that are not blank the headings are looked for."""

_SEPARATOR = late(r'\ufeff?"?sep=(.)"?', re.IGNORECASE)


def row_of_headings(rows: Sequence[Sequence[str]], known: frozenset[str]) -> int | None:
    """The place of the row of headings among the first rows of a table; None where nothing stands in them.

    It is the first that is not blank, unless that has no `id` and a later one has more headings that are known, or more
    that most probably mean ones: below a title stands `Employee ID,Leading People` as often as `id`.
    """
    filled = [place for place, cells in enumerate(rows) if not is_blank(cells)][:SEARCHED]
    if not filled or has_ids(rows[filled[0]]):
        return filled[0] if filled else None
    found = {place: known_in(rows[place], known) for place in filled}
    alike = {place: found[place] + _alike_in(rows[place], known) for place in filled}
    return max(filled, key=lambda place: (found[place] > 1 and has_ids(rows[place]), alike[place], -place))


def has_ids(cells: Sequence[str]) -> bool:
    """Whether one of these cells is the heading of ids."""
    return any(tidy(cell) == ID for cell in cells)


def known_in(cells: Sequence[str], known: frozenset[str]) -> int:
    """How many different headings that are known stand in a row."""
    return len(known & {tidy(cell) for cell in cells})


def _alike_in(cells: Sequence[str], known: frozenset[str]) -> int:
    """How many different headings stand in a row that are not known, and most probably mean ones that are."""
    texts = {tidy(cell) for cell in cells} - known - {""}
    return sum(own_column(each) is not None or names_people(each) or is_of_ratings(each, known) for each in texts)


def stated_delimiter(first_line: str) -> str:
    """The sign that a line such as `sep=;` at the head of a file states; empty where the line is none such."""
    found = _SEPARATOR.fullmatch(first_line.rstrip("\r\n"))
    return found[1] if found else ""


def below_the_top(row: int, span: Span) -> Diagnostic:
    """Say that the headings do not stand at the top."""
    says = f"the headings stand in row {row}; what stands above them is not read"
    return HEADINGS_BELOW_THE_TOP.at(span, says, help="remove the rows above the headings if they confuse a reader")
