"""Who moved: a square of levels before by levels after, each cell with its count and an arrow for its direction."""

from __future__ import annotations

from collections.abc import Sequence

from sespms_rules.reports.charts.drawing import LETTER, box, text
from sespms_rules.reports.charts.numbers import count_text
from sespms_rules.reports.charts.picture import WIDTH, Picture, drawn
from sespms_rules.reports.findings.html_markup import Markup, element

_CELL, _TOP = 52, 58


def matrix(
    identity: str,
    title: str,
    labels: Sequence[str],
    counts: Sequence[Sequence[int | None]],
    marked: str = "",
    *,
    ranks: Sequence[int | None] | None = None,
) -> Picture:
    """Counts by the level before (down) and after (across); None is a cell that is not shown.

    `labels` run from the best to the lowest. `ranks` say how they compare where not all are levels: a move to a
    higher rank goes up, and one from or to a label without rank (`not rated`) has no direction.
    Raises ValueError where there is not one row and one column for each label.
    """
    size = len(labels)
    if not size or len(counts) != size or any(len(row) != size for row in counts):
        raise ValueError("a matrix of movers needs labels, and a row and a column for each of them")
    order = tuple(ranks) if ranks is not None else tuple(range(size, 0, -1))
    short = [_short(each) for each in labels]
    left = 20 + LETTER * max(12, *map(len, labels))
    width = min(110, (WIDTH - left - 8) // size)
    content: list[Markup] = [
        text((left + width * size // 2, 16), "after", "soft", "middle"),
        text((left - 10, _TOP - 10), "before", "soft", "end"),
    ]
    for place, label in enumerate(short):
        content.append(text((left + width * place + width // 2, _TOP - 10), label, "strong", "middle"))
        content.append(text((left - 10, _TOP + _CELL * place + _CELL // 2 + 5), labels[place], "strong", "end"))
    stays = []
    for before, row in enumerate(counts):
        for after, count in enumerate(row):
            at = (left + width * after, _TOP + _CELL * before)
            content += _cell(at, width, count, _direction(order[before], order[after]))
            if before == after:
                stays.append(box((at[0] + 3, at[1] + 3), (width - 6, _CELL - 6), "stays"))
    height = _TOP + _CELL * size + 34
    content += [*stays, *_key(left, height - 14)]
    return drawn((identity, title, _says(order, counts)), content, height, _numbers(labels, counts), marked)


def _short(label: str) -> str:
    """`Level 5` of `Level 5, Outstanding`: columns are narrow, and the whole name stands beside the row."""
    return label.split(",", 1)[0]


def _direction(before: int | None, after: int | None) -> int:
    return 0 if before is None or after is None else (after > before) - (after < before)


def _cell(at: tuple[int, int], width: int, count: int | None, direction: int) -> list[Markup]:
    x, y = at
    middle = (x + width // 2, y + _CELL // 2 + 5)
    made = [
        box(at, (width, _CELL), "cell"),
        text(middle, count_text(count), "soft" if count == 0 else "strong", "middle"),
    ]
    if count and direction:
        made.append(_arrow((x + width - 14, y + 14), direction))
    return made


def _arrow(at: tuple[int, int], direction: int) -> Markup:
    x, y = at
    tip, foot = (y - 7, y + 5) if direction > 0 else (y + 7, y - 5)
    return element("path", d=f"M{x} {tip}L{x + 6} {foot}H{x - 6}z", class_="arrow")


def _key(left: int, y: int) -> list[Markup]:
    return [
        _arrow((left + 8, y - 4), 1),
        text((left + 22, y), "rated higher"),
        _arrow((left + 138, y - 4), -1),
        text((left + 152, y), "rated lower"),
        box((left + 262, y - 13), (16, 16), "stays"),
        text((left + 286, y), "the same level"),
    ]


def _says(order: Sequence[int | None], counts: Sequence[Sequence[int | None]]) -> str:
    """How many moved each way; without numbers where some are not shown, lest they could be worked out."""
    up = down = stayed = 0
    for before, row in enumerate(counts):
        for after, count in enumerate(row):
            if count is None:
                return "Some cells are not shown, because few executives are in them."
            way = _direction(order[before], order[after])
            up, down = up + count * (way > 0), down + count * (way < 0)
            stayed += count * (before == after)
    return f"Rated higher: {count_text(up)}. Rated lower: {count_text(down)}. At the same level: {count_text(stayed)}."


def _numbers(
    labels: Sequence[str], counts: Sequence[Sequence[int | None]]
) -> tuple[tuple[str, ...], list[tuple[str, ...]]]:
    headings = ("Before", *(f"after: {_short(each)}" for each in labels))
    rows = [(label, *map(count_text, row)) for label, row in zip(labels, counts, strict=True)]
    return headings, rows
