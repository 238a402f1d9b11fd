"""A document -> one page of HTML: sections with addresses, tables with captions, pictures with words; no script."""

from __future__ import annotations

from collections.abc import Iterator

from sespms_rules.documents.drawing import picture
from sespms_rules.documents.model import (
    TO_FILL_IN,
    Bullet,
    Bullets,
    Document,
    Figure,
    Form,
    Heading,
    PageDrawing,
    Paragraph,
    Part,
    Table,
    Verbatim,
    nested,
)
from sespms_rules.reports.charts import page, section
from sespms_rules.reports.findings import Markup, element, lines, table

_FIRST = "The document"


def as_html(document: Document) -> str:
    """The whole page."""
    sections = [
        section(f"part-{number}", heading, *map(_part, parts))
        for number, (heading, parts) in enumerate(_by_heading(document), 1)
    ]
    return page(document.title, sections)


def _by_heading(document: Document) -> Iterator[tuple[str, list[Part]]]:
    """The parts below each heading of the first level; what stands before the first is put to it."""
    first: list[Part] = [Paragraph(document.subtitle)] if document.subtitle else []
    name, parts = _FIRST, first
    begun = False
    for each in document.parts:
        if isinstance(each, Heading) and each.level == 1:
            if begun:
                yield name, parts
                parts = []
            name, begun = each.text, True
        else:
            parts.append(each)
    yield name, parts


def _part(part: Part) -> Markup:
    match part:
        case Heading():
            return element(f"h{part.level + 1}", part.text)
        case Paragraph():
            return element("p", part.text, class_="notice") if part.marked else element("p", part.text)
        case Bullets():
            return _list(nested(part), "ol" if part.numbered else "ul")
        case Verbatim():
            return element("pre", element("code", part.text), tabindex="0", role="region", aria_label="Text as it is")
        case Table():
            return _table(part)
        case Figure():
            return _figure(part)
        case PageDrawing():  # whoever has a page of it shows that page
            raise TypeError("a picture that was taken from a page is shown there")
        case Form():
            return _form(part)


def _list(items: tuple[Bullet, ...], tag: str) -> Markup:
    made = (element("li", each.text, _list(each.below, "ul") if each.below else "") for each in items)
    return element(tag, lines(*made))


def _table(part: Table) -> Markup:
    made = table(part.caption, part.headings, list(part.rows))
    return element("div", made, class_="wide", tabindex="0", role="group", aria_label=f"Table: {part.caption}")


def _figure(part: Figure) -> Markup:
    said = element("figcaption", element("strong", part.title), ". ", part.says)
    drawing = element("div", picture(part).svg, class_="wide", tabindex="0", role="group", aria_label="Picture")
    return element("figure", said, drawing, _table(part.table))


def _form(part: Form) -> Markup:
    """Places to fill in on paper: a page sends nothing anywhere."""
    rows = [(each.label, lines(*(element("br") for _ in range(each.lines - 1)))) for each in part.blanks]
    return table(part.caption, TO_FILL_IN, list(rows))
