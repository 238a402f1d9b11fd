"""An empty roster to fill in: drop-downs, the range of each weight, and the total of the weights while one types.

What the roster is read by stands on its first sheet and holds no formula; the totals stand on a sheet of their own,
which reading a roster leaves alone.
"""

from __future__ import annotations

from typing import BinaryIO

from sespms_rules.checks.analysis import weight_rules
from sespms_rules.foundation.origin import exact
from sespms_rules.language.model import Element, System
from sespms_rules.program.plans import WeightBox
from sespms_rules.reports.workbook import Between, Choice, Guide, Reckoned, Sheet, column_letters, write_workbook
from sespms_rules.rosters.files import APPOINTMENTS

ROWS = 300
"""For how many executives the totals are worked out."""

_ROSTER, _WORDS, _TOTALS = "Roster", "Words", "Totals"
_ID = "an opaque id with a digit and no blank, such as E-101; no name, no social security number"


def write_roster(system: System, file: BinaryIO) -> None:
    """Write the workbook for a system."""
    levels = [str(each.number) for each in sorted(system.levels, key=lambda each: -each.number)]
    headings = ["id", "appointment", "unit"]
    guides = [Guide(_ID, None), _offered(0, len(APPOINTMENTS)), Guide("the part of the agency", None)]
    rules = weight_rules(system)
    boxes = {each.name: each.box for each in (*rules.members, rules.others)}
    weighed: list[int] = []
    for element in system.elements:
        if rules.total is not None:
            weighed.append(len(headings))
            headings.append(f"{element.name} weight")
            guides.append(_weight(boxes.get(element.name, rules.others.box)))
        headings.append(f"{element.name} level")
        guides.append(_level(element, levels))
    longest = max(len(levels), len(APPOINTMENTS))
    words = [[_at(APPOINTMENTS, place), _at(levels, place)] for place in range(longest)]
    sheets = [Sheet(_ROSTER, headings, (), guides), Sheet(_WORDS, ("appointment", "level"), words)]
    if rules.total is not None and weighed:
        sheets.append(_totals(weighed, exact(rules.total.total.value)))
    write_workbook(sheets, file)


def _at(words: tuple[str, ...] | list[str], place: int) -> str | None:
    return words[place] if place < len(words) else None


def _offered(column: int, words: int) -> Guide:
    return Guide("the kind of appointment", Choice(_WORDS, column, words, only=True))


def _level(element: Element, levels: list[str]) -> Guide:
    """The levels an element can get; where these are some of all, the note says which."""
    if element.scale is not None:
        low, high = element.scale
        return Guide(f"a number from {exact(low)} to {exact(high)}", Between(exact(low), exact(high)))
    note = f"the level of the element: {', '.join(map(str, element.levels))}; empty while it is not rated"
    return Guide(note, Choice(_WORDS, 1, len(levels), only=True))


def _weight(box: WeightBox) -> Guide:
    low = exact(box.low)
    high = None if box.high is None else exact(box.high)
    note = f"the weight of the element: at least {low}" + (f", at most {high}" if high else "")
    return Guide(note, Between(low, high))


def _totals(weighed: list[int], total: str) -> Sheet:
    """For each row of the roster its id, the sum of its weights, and whether that is right."""
    rows = []
    for number in range(2, ROWS + 2):
        cells = "+".join(f"IFERROR(VALUE({_ROSTER}!{column_letters(place)}{number}),0)" for place in weighed)
        key = f"{_ROSTER}!A{number}"
        told = f'IF({key}="","",IF({cells}={total},"right","must be {total}"))'
        rows.append([Reckoned(f'IF({key}="","",{key})'), Reckoned(f'IF({key}="","",{cells})'), Reckoned(told)])
    return Sheet(_TOTALS, ("executive", f"total of the weights (must be {total})", "is it right?"), rows)
