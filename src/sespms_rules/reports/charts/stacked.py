"""Distributions one below the other: a bar of one length for each unit or amendment, divided by level."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sespms_rules.reports.charts.bars import Series
from sespms_rules.reports.charts.drawing import KINDS, LETTER, box, filled, patterns, text
from sespms_rules.reports.charts.numbers import count_text, share_text
from sespms_rules.reports.charts.picture import WIDTH, Picture, drawn
from sespms_rules.reports.findings.html_markup import Markup

_BAR, _GAP, _LEGEND = 24, 8, 36
_FIRST, _LAST = 19, 10
"""So many letters of a long name are drawn, from its begin and its end; the table has it whole."""


def stacked(
    identity: str, title: str, what: str, parts: Sequence[str], rows: Sequence[Series], marked: str = ""
) -> Picture:
    """A bar for each row, as long as every other, divided into parts by how many are in each.

    `what` says what the rows are (`Unit`), `parts` name the counts of a row (`Level 5`), best first. Raises ValueError
    for no rows, for no parts or more than can be told apart, or where numbers are missing.
    """
    if not rows or not 1 <= len(parts) <= KINDS or any(len(each.counts) != len(parts) for each in rows):
        raise ValueError(f"bars that are divided need rows, and from 1 to {KINDS} parts with a count each")
    names = [_short(each.name) for each in rows]
    left = 16 + LETTER * max(map(len, names))
    room = WIDTH - left - 16 - LETTER * max(len(count_text(_total(each))) for each in rows)
    content: list[Markup] = [patterns(identity, range(len(parts)))]
    x = 8
    for kind, part in enumerate(parts):
        content += [filled(identity, kind, (x, 4), (26, 14)), text((x + 33, 16), part)]
        x += 33 + LETTER * (len(part) + 2)
    y = _LEGEND
    for name, row in zip(names, rows, strict=True):
        content.append(text((left - 10, y + _BAR - 7), name, "strong", "end"))
        content += _divided(identity, row, (left, y), room)
        content.append(text((left + room + 8, y + _BAR - 7), count_text(_total(row))))
        y += _BAR + _GAP
    headings = (what, *parts, "All")
    cells = [(each.name, *map(count_text, each.counts), count_text(_total(each))) for each in rows]
    return drawn((identity, title, _says(what, parts, rows)), content, y, (headings, cells), marked)


def _divided(identity: str, row: Series, at: tuple[int, int], room: int) -> Iterator[Markup]:
    total, before = _total(row), 0
    if not total:
        yield text((at[0], at[1] + _BAR - 7), "nobody has a level", "soft")
        return
    for kind, count in enumerate(row.counts):
        start, end = (at[0] + place * room // total for place in (before, before + (count or 0)))
        before += count or 0
        if not count:
            continue
        yield filled(identity, kind, (start, at[1]), (max(1, end - start - 1), _BAR))
        says = count_text(count)
        width = LETTER * len(says) + 6
        if width <= end - start - 4:
            middle = (start + end) // 2
            yield box((middle - width // 2, at[1] + 4), (width, _BAR - 8), "plate")
            yield text((middle, at[1] + _BAR - 7), says, "", "middle")


def _total(row: Series) -> int:
    return sum(each or 0 for each in row.counts)


def _short(name: str) -> str:
    return name if len(name) <= _FIRST + _LAST else f"{name[:_FIRST].rstrip()}…{name[-_LAST:].lstrip()}"


def _says(what: str, parts: Sequence[str], rows: Sequence[Series]) -> str:
    """Where the share of the first part is largest and where it is smallest."""
    known = [each for each in rows if _total(each)]
    if len(known) < 2:
        return f"Each bar is one {what.lower()}, divided by level."

    def share(row: Series) -> tuple[int, int]:
        return row.counts[0] or 0, _total(row)

    ordered = sorted(known, key=lambda each: (share(each)[0] * 10**9 // share(each)[1], each.name))
    low, high = (f"{each.name} ({share_text(*share(each))})" for each in (ordered[0], ordered[-1]))
    return f"The share at {parts[0]} is the largest in {high} and the smallest in {low}."
