"""A distribution as bars: how many are at each level, before and after or in several cases side by side."""

from __future__ import annotations

from collections.abc import Sequence

from sespms_rules.foundation.values import Frozen
from sespms_rules.reports.charts.drawing import KINDS, LETTER, filled, line, patterns, text
from sespms_rules.reports.charts.numbers import both_text, count_text, scaled, share_text
from sespms_rules.reports.charts.picture import WIDTH, Picture, drawn
from sespms_rules.reports.findings.html_markup import Markup

_BAR, _GAP, _LEGEND = 20, 18, 34


class Series(Frozen):
    """One case: its name (`before`, `after`), and a count for each label; None is a count that is not shown.

    `total` is what shares are of: everyone, where some counts are not shown; None where shares are not shown.
    """

    name: str
    counts: tuple[int | None, ...]
    total: int | None


def of(name: str, counts: Sequence[int]) -> Series:
    """A case of which every count is known."""
    return Series(name, tuple(counts), sum(counts))


def bars(identity: str, title: str, labels: Sequence[str], cases: Sequence[Series], marked: str = "") -> Picture:
    """Bars for each label, one a case, in patterns of their own; each bar ends in its number and share.

    Raises ValueError for no labels, for no cases or more than can be told apart, or where numbers are missing.
    """
    if not labels or not 1 <= len(cases) <= KINDS or any(len(each.counts) != len(labels) for each in cases):
        raise ValueError(f"bars need labels and from 1 to {KINDS} cases with a count for each label")
    left = 16 + LETTER * max(map(len, labels))
    room = WIDTH - left - 12 - LETTER * max(len(both_text(*pair)) for each in cases for pair in _pairs(each))
    largest = max((count for each in cases for count in each.counts if count is not None), default=0)
    top = _LEGEND if len(cases) > 1 else 6
    content: list[Markup] = [patterns(identity, range(len(cases)))]
    if len(cases) > 1:
        content += _legend(identity, [each.name for each in cases], left)
    y = top
    for place, label in enumerate(labels):
        middle = y + _BAR * len(cases) // 2 + 5
        content.append(text((left - 10, middle), label, "strong", "end"))
        for kind, case in enumerate(cases):
            count = case.counts[place]
            width = scaled(count or 0, largest, room)
            if width:
                content.append(filled(identity, kind, (left, y + 1), (width, _BAR - 3)))
            content.append(text((left + width + 8, y + _BAR - 6), both_text(count, case.total)))
            y += _BAR
        y += _GAP
    content.append(line((left, top - 4), (left, y - _GAP + 4), "axis"))
    return drawn((identity, title, _says(labels, cases)), content, y - _GAP + 10, _numbers(labels, cases), marked)


def _pairs(case: Series) -> list[tuple[int | None, int | None]]:
    return [(count, case.total) for count in case.counts]


def _legend(identity: str, names: Sequence[str], left: int) -> list[Markup]:
    made, x = [], left
    for kind, name in enumerate(names):
        made += [filled(identity, kind, (x, 4), (26, 14)), text((x + 33, 16), name)]
        x += 33 + LETTER * (len(name) + 3)
    return made


def _says(labels: Sequence[str], cases: Sequence[Series]) -> str:
    """The largest group of each case, in words."""
    said = []
    for case in cases:
        known = [(count, label) for count, label in zip(case.counts, labels, strict=True) if count is not None]
        if known and max(known)[0]:
            count, label = max(known, key=lambda each: each[0])
            lead = f"{case.name[:1].upper()}{case.name[1:]}: most" if len(cases) > 1 else "Most"
            share = "" if case.total is None else f", {share_text(count, case.total)}"
            said.append(f"{lead} are at {label}: {count_text(count)}{share}.")
    return " ".join(said) or "Nobody is counted."


def _numbers(labels: Sequence[str], cases: Sequence[Series]) -> tuple[tuple[str, ...], list[tuple[str, ...]]]:
    alone = len(cases) == 1
    headings = ["Level"]
    for case in cases:
        headings += ["Executives", "Share"] if alone else [case.name, f"{case.name}, share"]
    rows = []
    for place, label in enumerate(labels):
        row = [label]
        for case in cases:
            row += [count_text(case.counts[place]), share_text(case.counts[place], case.total)]
        rows.append(tuple(row))
    if all(case.total is not None for case in cases):
        totals = ["All"]
        for case in cases:
            totals += [count_text(case.total), share_text(case.total, case.total)]
        rows.append(tuple(totals))
    return tuple(headings), rows
