"""A picture -> a file of its own: the drawing with its title, in plain colours, and below it what it rests on."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence

from sespms_rules.reports.charts.drawing import LETTER, text
from sespms_rules.reports.charts.picture import WIDTH, Picture
from sespms_rules.reports.charts.style import ON_ITS_OWN
from sespms_rules.reports.findings.html_markup import Markup, element, lines

_HEAD, _LINE = 30, 17


def alone(picture: Picture, foot: Sequence[str]) -> tuple[str, int, int]:
    """The picture as an SVG file, with its width and height in units; `foot` are lines that stand below the drawing."""
    told = [part for each in foot for part in textwrap.wrap(each, WIDTH // (LETTER - 1), break_on_hyphens=False)]
    end = _HEAD + picture.height
    height = end + _LINE * len(told) + 10
    below = [text((8, end + _LINE * place), each, "soft small") for place, each in enumerate(told, 1)]
    content = (
        element("title", picture.title),
        element("desc", f"{picture.says} {picture.marked}".strip()),
        element("style", Markup(ON_ITS_OWN)),
        element("rect", width=str(WIDTH), height=str(height), class_="ground"),
        text((8, 20), picture.title, "strong"),
        element("g", picture.content, transform=f"translate(0 {_HEAD})"),
        lines(*below),
    )
    svg = element(
        "svg",
        lines(*content),
        xmlns="http://www.w3.org/2000/svg",
        viewBox=f"0 0 {WIDTH} {height}",
        width=str(WIDTH),
        height=str(height),
        role="img",
    )
    return f"{svg}\n", WIDTH, height
