"""A figure -> its drawing: lanes, boxes and arrows in whole units, so that the same figure is the same characters."""

from __future__ import annotations

import textwrap
from itertools import pairwise

from sespms_rules.documents.model import Figure
from sespms_rules.reports.charts import Picture, drawn, line, text
from sespms_rules.reports.findings import Markup, element, lines

_WIDTH = 720
_LETTER = 8
_HEAD = 64
_ROW = 82
_BOX = 60
_LINE = 17
_EDGE = 6
_NARROWEST = 136
"""How wide a box is at least: its words may reach over the edge of a narrow lane, which is empty beside it."""

ON_PAPER = (
    "text{fill:#1b1d21;font-size:13px}.strong{font-weight:600}.grid{fill:none;stroke:#8a9099;stroke-width:1}"
    ".cell{fill:#f1f3f6;stroke:#4a4f57;stroke-width:1.5}.arrow{fill:#1b1d21}.axis{fill:none;stroke:#4a4f57;stroke-width:1.5}"
)
"""The look of a drawing that stands outside a page, in plain colours that print."""


def picture(figure: Figure) -> Picture:
    """The figure as a picture of a page, with its table."""
    content, height = _content(figure)
    words = (figure.identity, figure.title, figure.says)
    return drawn(words, content, height, (figure.table.headings, list(figure.table.rows)))


def standing_alone(figure: Figure) -> tuple[str, int, int]:
    """The drawing as an SVG file of its own, with its width and height in units."""
    content, height = _content(figure)
    svg = element(
        "svg",
        element("style", Markup(ON_PAPER)),
        lines(*content),
        xmlns="http://www.w3.org/2000/svg",
        viewBox=f"0 0 {_WIDTH} {height}",
        width=str(_WIDTH),
        height=str(height),
    )
    return str(svg), _WIDTH, height


def _content(figure: Figure) -> tuple[list[Markup], int]:
    lane = _WIDTH // max(1, len(figure.lanes))
    rows = 1 + max((box.row for box in figure.boxes), default=0)
    height = _HEAD + rows * _ROW
    made: list[Markup] = []
    for place, name in enumerate(figure.lanes):
        made += _words(name.removeprefix("the "), place * lane + lane // 2, 24, lane, "strong")
        if place:
            made.append(line((place * lane, 0), (place * lane, height), "grid"))
    half = max(lane // 2, _NARROWEST // 2)
    places = [
        (min(max(box.lane * lane + lane // 2, half), _WIDTH - half), _HEAD + box.row * _ROW) for box in figure.boxes
    ]
    for (x, y), (to_x, to_y) in pairwise(places):
        made += _arrow(x, y + _BOX, to_x, to_y)
    for box, (x, y) in zip(figure.boxes, places, strict=True):
        width = max(lane - 2 * _EDGE, _NARROWEST)
        left = min(max(x - width // 2, 0), _WIDTH - width)
        made.append(element("rect", x=str(left), y=str(y), width=str(width), height=str(_BOX), rx="6", class_="cell"))
        made += _words(box.words, left + width // 2, y + 21, width - 2 * _EDGE, "")
    return made, height


def _words(words: str, x: int, y: int, width: int, class_: str) -> list[Markup]:
    """Words in the middle of a column, as many lines as they take."""
    cut = textwrap.wrap(words, max(6, width // _LETTER), break_long_words=False, break_on_hyphens=True)
    return [text((x, y + place * _LINE), each, class_, "middle") for place, each in enumerate(cut)]


def _arrow(x: int, y: int, to_x: int, to_y: int) -> list[Markup]:
    """From the foot of one box to the head of the next, by right angles."""
    middle = (y + to_y) // 2 - 2
    path = f"M{x} {y}V{middle}H{to_x}V{to_y - 5}" if x != to_x else f"M{x} {y}V{to_y - 5}"
    head = f"M{to_x - 5} {to_y - 7}h10l-5 7z"
    return [element("path", d=path, class_="axis"), element("path", d=head, class_="arrow")]
