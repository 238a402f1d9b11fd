"""A picture of a page -> a drawing that stands alone, in the colors of paper.

On a page the look of a picture is said by the page, in colors that a reader chooses; a drawing in a document says its
own with each line, box and text.
"""

from __future__ import annotations

from sespms_rules.documents.page_tags import Tag
from sespms_rules.reports.findings import Markup, element, joined

_INK, _SOFT, _LINE, _PAPER = "#1b1d21", "#4a4f57", "#8a9099", "#ffffff"
_TONES = ("#0b4a9e", "#8a3b00", "#0d5c2b", "#7a1f6b", "#3d4450")
_TONE = "tone"

_LOOKS: dict[str, dict[str, str]] = {
    "soft": {"fill": _SOFT},
    "strong": {"font_weight": "600"},
    "remark": {"font_style": "italic"},
    "grid": {"fill": "none", "stroke": _LINE, "stroke_opacity": ".5", "stroke_width": "1"},
    "axis": {"fill": "none", "stroke": _SOFT, "stroke_width": "1.5"},
    "cut": {"fill": "none", "stroke": _INK, "stroke_dasharray": "6 4", "stroke_width": "2"},
    "halo": {"fill": "none", "stroke": _PAPER, "stroke_width": "6"},
    "cell": {"fill": "none", "stroke": _LINE, "stroke_width": "1"},
    "stays": {"fill": "none", "stroke": _INK, "stroke_width": "2.5"},
    "arrow": {"fill": _INK, "stroke": "none"},
    "ground": {"fill": _PAPER, "stroke": "none"},
    "plate": {"fill": _PAPER, "fill_opacity": ".85", "stroke": "none"},
    "stroke": {"fill": "none", "stroke": _TONE, "stroke_width": "2"},
    "solid": {"fill": _TONE, "stroke": "none"},
    "bar": {"stroke": _TONE, "stroke_width": "1.5"},
    "curve": {"fill": "none", "stroke": _TONE, "stroke_width": "2.5"},
    **{f"mark-{kind}": {"fill": _TONE, "stroke": _PAPER, "stroke_width": "1"} for kind in range(4)},
    "mark-4": {"fill": "none", "stroke": _TONE, "stroke_width": "2.5"},
}
"""How each class of the pictures looks; `tone` stands for the color of its kind."""

_SPELLED = {"patternunits": "patternUnits"}
_WORDS = ("title", "desc")
"""What a picture says beside its drawing: a document says it as text."""

_FONT_SIZE = "13"


def drawing(svg: Tag) -> tuple[str, int, int]:
    """The drawing as an SVG file of its own, with its width and height in units."""
    _, _, width, height = svg.attributes["viewbox"].split()
    made = element(
        "svg",
        joined(*map(_drawn, svg.content)),
        xmlns="http://www.w3.org/2000/svg",
        viewBox=f"0 0 {width} {height}",
        width=width,
        height=height,
        font_size=_FONT_SIZE,
    )
    return str(made), int(width), int(height)


def _drawn(each: Tag | str) -> Markup:
    if isinstance(each, str):
        return joined(each)
    if each.name in _WORDS:
        return Markup("")
    classes = each.attributes.get("class", "").split()
    own = {
        _SPELLED.get(name, name).replace("-", "_"): value for name, value in each.attributes.items() if name != "class"
    }
    return element(each.name, *map(_drawn, each.content), **{**_look(each.name, classes), **own})


def _look(name: str, classes: list[str]) -> dict[str, str]:
    tone = next((_TONES[int(each.removeprefix("tone-")) % len(_TONES)] for each in classes if "tone-" in each), _INK)
    look: dict[str, str] = {"fill": _INK} if name == "text" else {}
    for each in classes:
        look |= {what: tone if value == _TONE else value for what, value in _LOOKS.get(each, {}).items()}
    return look
