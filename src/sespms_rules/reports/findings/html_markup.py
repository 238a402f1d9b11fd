"""Text -> HTML that cannot break out of its place: every string is escaped unless it was made by `element`."""

from __future__ import annotations

from html import escape

from sespms_rules.foundation.patterns import late
from sespms_rules.foundation.source import Span
from sespms_rules.reports.findings.display import file_name, printable

_VOID = {"meta", "br"}
_SHAPES = {"path", "circle", "rect"}
"""What ends in itself in a drawing, which a browser would otherwise nest one in the other."""

_IN_BACKTICKS = late(r"`([^`]*)`")
_DATE = late(r"(\d{4}-\d{2}-\d{2})")
_QUOTED = 600


class Markup(str):
    """Text that is HTML already; only this module makes it."""

    __slots__ = ()

    def __html__(self) -> str:
        """The text itself, for templates: they escape what does not say that it is HTML."""
        return str(self)


def element(tag: str, /, *content: str, **attributes: str) -> Markup:
    """Return an element. Strings in it are escaped, `Markup` is not.

    An attribute's name ends in `_` where Python needs the word for itself, and its other `_` stand for `-`.
    """
    written = "".join(
        f' {name.rstrip("_").replace("_", "-")}="{escape(printable(value))}"' for name, value in attributes.items()
    )
    if tag in _SHAPES and not content:
        return Markup(f"<{tag}{written}/>")
    return Markup(f"<{tag}{written}>" if tag in _VOID else f"<{tag}{written}>{joined(*content)}</{tag}>")


def joined(*content: str) -> Markup:
    """Return several texts as one, each escaped unless it is HTML already."""
    return Markup("".join(each if isinstance(each, Markup) else escape(printable(each)) for each in content))


def lines(*content: Markup) -> Markup:
    """Return elements with each on a line of its own."""
    return Markup("\n".join(each for each in content if each))


def prose(text: str, *, sentence: bool = True) -> Markup:
    """Return a message: what stands in backticks becomes code; `sentence` gives it a capital and a final period."""
    words = " ".join(text.split())
    if sentence and words:
        words = words[0].upper() + words[1:] + ("" if words[-1] in ".?!" else ".")
    pieces = _IN_BACKTICKS.split(words)
    return joined(*(element("code", piece) if place % 2 else dated(piece) for place, piece in enumerate(pieces)))


def dated(text: str) -> Markup:
    """Return a text whose dates are marked as such, so that none is broken over two lines."""
    pieces = _DATE.split(text)
    return joined(*(element("time", piece) if place % 2 else piece for place, piece in enumerate(pieces)))


def table(caption: str, headings: tuple[str, ...], rows: list[tuple[str, ...]]) -> Markup:
    """Return a table with a caption; the first cell of each row is the row's heading."""
    head = element("tr", *(element("th", each, scope="col") for each in headings))
    body = [
        element("tr", element("th", first, scope="row"), *(element("td", cell) for cell in more))
        for first, *more in rows
    ]
    return element("table", element("caption", caption), element("thead", head), element("tbody", lines(*body)))


def facts(*pairs: tuple[str, str]) -> Markup:
    """Return names with their values, as a list of descriptions; pairs without a value are left out."""
    groups = [element("div", element("dt", name), element("dd", value)) for name, value in pairs if value]
    return element("dl", lines(*groups)) if groups else Markup("")


def where(span: Span, policy: str) -> str:
    """Return where words stand, `line 12`; the file is named where it is not the policy itself."""
    if not span.source.name:
        return ""
    last = span.source.position(max(span.start, span.end - 1))[0]
    place = f"line {span.line}" if last == span.line else f"lines {span.line} to {last}"
    return place if span.source.name == policy else f"{place} of {file_name(span.source.name)}"


def quoted(span: Span, policy: str) -> Markup:
    """Return the words of a policy with the line they stand on; very long ones are cut, and the cut is shown."""
    words = span.words
    shown = words if len(words) <= _QUOTED else words[: _QUOTED - 1] + "…"
    place = where(span, policy)
    return joined(element("span", place[:1].upper() + place[1:] + ":", class_="place"), " ", element("q", shown))
