"""A picture of a page -> a drawing that stands alone, in the colors of paper.

On a page the look of a picture is said by the page, in colors that a reader chooses; a drawing in a document brings the
look along that a picture has as a file of its own.
"""

from __future__ import annotations

from sespms_rules.documents.page_tags import Tag
from sespms_rules.reports.charts import ON_ITS_OWN
from sespms_rules.reports.findings import Markup, element, joined

_SPELLED = {"patternunits": "patternUnits", "class": "class_"}
_WORDS = ("title", "desc")
"""What a picture says beside its drawing: a document says it as text."""


def drawing(svg: Tag) -> tuple[str, int, int]:
    """The drawing as an SVG file of its own, with its width and height in units."""
    _, _, width, height = svg.attributes["viewbox"].split()
    made = element(
        "svg",
        element("style", Markup(ON_ITS_OWN)),
        joined(*map(_drawn, svg.content)),
        xmlns="http://www.w3.org/2000/svg",
        viewBox=f"0 0 {width} {height}",
        width=width,
        height=height,
    )
    return str(made), int(width), int(height)


def _drawn(each: Tag | str) -> Markup:
    if isinstance(each, str):
        return joined(each)
    if each.name in _WORDS:
        return Markup("")
    spelled = {_SPELLED.get(name, name).replace("-", "_"): value for name, value in each.attributes.items()}
    return element(each.name, *map(_drawn, each.content), **spelled)
