"""Scores as columns, with a line at each cut: where a rating turns, and how many stand close to it."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from itertools import pairwise
from math import ceil

from sespms_rules.foundation.spelling import listed
from sespms_rules.foundation.values import Frozen
from sespms_rules.reports.charts.drawing import LETTER, box, filled, line, patterns, text
from sespms_rules.reports.charts.numbers import count_text, number_text, scaled, ticks
from sespms_rules.reports.charts.picture import WIDTH, Picture, drawn
from sespms_rules.reports.findings.html_markup import Markup

_HEIGHT, _STEP = 260, 20


class Cut(Frozen):
    """A line at a score, and what begins there (`level 5`)."""

    score: Fraction | int
    says: str


def histogram(
    identity: str,
    title: str,
    edges: Sequence[Fraction | int],
    counts: Sequence[int | None],
    cuts: Sequence[Cut] = (),
    marked: str = "",
    most: int = 0,
) -> Picture:
    """A column for the scores from each edge to below the next, and a labelled line at each cut.

    The last column holds its upper edge too. None is a count that is not shown. A narrower column is as high as if it
    went on to the width of the widest (`heights`). The scale reaches `most`, or further where a column does, so that
    pictures that stand beside each other can share one. Raises ValueError where the edges do not rise or there is not
    one more of them than counts.
    """
    if len(edges) != len(counts) + 1 or not counts or list(edges) != sorted(set(edges)):
        raise ValueError("columns of scores need edges that rise, one more than there are counts")
    low, whole = Fraction(edges[0]), Fraction(edges[-1]) - edges[0]
    high = heights(edges, counts)
    scale = ticks(max(most, ceil(max(high))))
    left, right = 22 + LETTER * len(count_text(scale[-1])), WIDTH - 16
    shown = [each for each in sorted(cuts, key=lambda each: each.score) if low <= each.score <= edges[-1]]
    top = 24 + _STEP * len(shown)
    floor = top + _HEIGHT

    def across(score: Fraction | int) -> int:
        return left + int((Fraction(score) - low) * (right - left) / whole)

    content: list[Markup] = [patterns(identity, (0,)), text((6, 14), _measured(edges), "soft")]
    content += _grid(scale, left, right, floor)
    for each, (start, end) in zip(high, pairwise(map(across, edges)), strict=True):
        if height := scaled(each, scale[-1], _HEIGHT):
            content.append(filled(identity, 0, (start, floor - height), (max(1, end - start - 1), height)))
    content += _cut_lines(shown, [across(each.score) for each in shown], floor)
    content += _feet(edges, [across(each) for each in edges], floor)
    return drawn(
        (identity, title, _says(edges, counts, shown)), content, floor + 50, _numbers(edges, counts, shown), marked
    )


def heights(edges: Sequence[Fraction | int], counts: Sequence[int | None]) -> list[Fraction]:
    """How high each column is: its count, where all are as wide; else as many as so dense a widest one would hold."""
    widths = [Fraction(end) - start for start, end in pairwise(edges)]
    return [(count or 0) * max(widths) / width for count, width in zip(counts, widths, strict=True)]


def _measured(edges: Sequence[Fraction | int]) -> str:
    """What the axis counts."""
    widths = {Fraction(end) - start for start, end in pairwise(edges)}
    return "executives" if len(widths) == 1 else f"executives in {number_text(max(widths))} of score"


def _grid(scale: Sequence[int], left: int, right: int, floor: int) -> list[Markup]:
    made = []
    for each in scale:
        y = floor - scaled(each, scale[-1], _HEIGHT)
        made.append(line((left, y), (right, y), "grid" if each else "axis"))
        made.append(text((left - 8, y + 5), count_text(each), "soft", "end"))
    return made


def _cut_lines(cuts: Sequence[Cut], places: list[int], floor: int) -> list[Markup]:
    """Each cut with its label on a line of its own, so that close cuts can be read."""
    made = []
    for number, (cut, x) in enumerate(zip(cuts, places, strict=True)):
        y = 34 + _STEP * number
        says = f"{cut.says} from {number_text(cut.score)}"
        side = "end" if x > WIDTH // 2 else "start"
        width = LETTER * len(says)
        made += [line((x, y - 12), (x, floor), "halo"), line((x, y - 12), (x, floor), "cut")]
        made.append(box((x - 6 - width if side == "end" else x + 4, y - 14), (width, 18), "plate"))
        made.append(text((x - 6 if side == "end" else x + 6, y), says, "strong", side))
    return made


def _feet(edges: Sequence[Fraction | int], places: list[int], floor: int) -> list[Markup]:
    feet = list(zip(edges, places, strict=True))
    apart = next(each for each in range(1, len(feet) + 1) if _stand_free(feet[::each]))
    made: list[Markup] = []
    for edge, x in feet[::apart]:
        made += [line((x, floor), (x, floor + 6), "axis"), text((x, floor + 22), number_text(edge), "", "middle")]
    made.append(text(((places[0] + places[-1]) // 2, floor + 44), "score", "soft", "middle"))
    return made


def _stand_free(feet: Sequence[tuple[Fraction | int, int]]) -> bool:
    """Whether the numbers below the columns can all be written without touching."""
    halves = [LETTER * len(number_text(edge)) // 2 for edge, _ in feet]
    gaps = (right - left for (_, left), (_, right) in pairwise(feet))
    return all(gap > before + after + LETTER for gap, before, after in zip(gaps, halves, halves[1:], strict=False))


def _range(edges: Sequence[Fraction | int], place: int) -> str:
    """The scores of a column in words."""
    below = "to" if place == len(edges) - 2 else "to below"
    return f"{number_text(edges[place])} {below} {number_text(edges[place + 1])}"


def _says(edges: Sequence[Fraction | int], counts: Sequence[int | None], cuts: Sequence[Cut]) -> str:
    known = [(count, -place) for place, count in enumerate(counts) if count]
    lines_drawn = f"Lines stand at {listed([number_text(each.score) for each in cuts])}." if cuts else ""
    if not known:
        return f"Nobody is counted. {lines_drawn}".strip()
    count, place = max(known)
    return f"Most scores of one column lie from {_range(edges, -place)}: {count_text(count)}. {lines_drawn}".strip()


def _numbers(
    edges: Sequence[Fraction | int], counts: Sequence[int | None], cuts: Sequence[Cut]
) -> tuple[tuple[str, ...], list[tuple[str, ...]]]:
    """A row a column; a cut is named at the column in which it lies."""
    rows: list[tuple[str, ...]] = []
    for place, count in enumerate(counts):
        last = place == len(counts) - 1
        inside = [
            f"{each.says} from {number_text(each.score)}"
            for each in cuts
            if edges[place] <= each.score < edges[place + 1] or (last and each.score == edges[-1])
        ]
        rows.append((_range(edges, place), count_text(count), "; ".join(inside)))
    return ("Score", "Executives", "What begins there"), rows
