"""A picture with its numbers: what it shows in words, its drawing, and the same numbers as a table."""

from __future__ import annotations

from collections.abc import Sequence

from sespms_rules.foundation.values import Frozen, field
from sespms_rules.reports.charts.drawing import text
from sespms_rules.reports.findings.html_markup import Markup, element, joined, lines, table

WIDTH = 720
"""How wide every drawing is, in its own units."""

_MARK_HEIGHT = 24


class Picture(Frozen):
    """One picture: `svg` is a drawing, `headings` and `table` are its numbers, row by row.

    `identity` is a word that no other picture of a page has; `says` tells in a sentence what is seen; `marked` is
    a remark that stands in the picture and above the table, such as that a roster is synthetic. `content` is what is
    drawn, `height` how high that is, in the drawing's own units.
    """

    identity: str
    title: str
    says: str
    svg: Markup
    headings: tuple[str, ...]
    table: tuple[tuple[str, ...], ...]
    marked: str = field(default="")
    content: Markup = field(default=Markup(""))
    height: int = field(default=0)


def drawn(
    words: tuple[str, str, str],
    content: Sequence[Markup],
    height: int,
    numbers: tuple[tuple[str, ...], Sequence[tuple[str, ...]]],
    marked: str = "",
) -> Picture:
    """Make a picture from its parts: `words` are identity, title and what is seen, `numbers` headings and rows."""
    identity, title, says = words
    said = f"{says} {marked}".strip()
    if marked:
        content = [*content, text((WIDTH - 4, height + 16), marked, "remark", "end")]
        height += _MARK_HEIGHT
    whole = lines(*content)
    svg = element(
        "svg",
        element("title", title, id=f"{identity}-title"),
        element("desc", said, id=f"{identity}-desc"),
        whole,
        viewBox=f"0 0 {WIDTH} {height}",
        role="img",
        aria_labelledby=f"{identity}-title",
        aria_describedby=f"{identity}-desc",
        class_="picture",
    )
    headings, rows = numbers
    return Picture(identity, title, says, svg, headings, tuple(rows), marked, whole, height)


def figure(picture: Picture, below: Markup | None = None) -> Markup:
    """The picture and its table, as a part of a page. Both can be scrolled sideways where the window is narrow.

    `below` stands between them, such as what the picture can be kept as.
    """
    caption = f"{picture.title}: the same numbers as a table"
    numbers = table(caption, picture.headings, list(picture.table))
    said = joined(element("strong", picture.title), ". ", picture.says)
    return element(
        "figure",
        element("figcaption", said, element("em", f" {picture.marked}") if picture.marked else ""),
        element("div", picture.svg, class_="wide", tabindex="0", role="group", aria_label=f"Picture: {picture.title}"),
        below or "",
        element(
            "div", numbers, class_="wide numbers", tabindex="0", role="group", aria_label=f"Table: {picture.title}"
        ),
    )
