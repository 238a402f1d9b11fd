"""A document -> PDF/UA-1, which screen readers can read; and a drawing -> a picture of dots, for files that need one.

Texts go to the typesetter as strings of its language, never as its markup, so that no words of a policy can mean
anything to it. Fonts of the machine are left alone: those within the typesetter are embedded, so that the same document
is the same bytes everywhere. What it cannot make readable for everyone it refuses, and so do we.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable, Iterator
from itertools import zip_longest

import typst

from sespms_rules.documents.drawing import standing_alone
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
    texts,
)
from sespms_rules.foundation.request import RequestError
from sespms_rules.reports.findings import printable

_DOTS_PER_INCH = 192
_NO_DAY = datetime.date(1980, 1, 1)
"""What a file is dated that speaks of no day; a clock is never asked."""

_WIDEST, _LINE = 40, 90
"""Letters: the most that a column asks for at first, and about how many stand in a line of a table."""
_MOST_LINES_WHOLE, _LETTERS_OF_LABEL = 14, 20
"""Up to how many lines a table is kept on one page, and how many letters a line of a cell has where it is narrow."""
_DIGEST = re.compile(r"[0-9a-f]{64}")
_LONG = re.compile(r"\S{40,}")
_WHERE_BROKEN = re.compile(r".{8}(?=.)")
_OTHER_FORMATS = "write it with `--format docx` or `--format html`"
_SHOWN_AROUND = 40
_UNSHOWN = re.compile(r'the text `"(.+?)"` could not be displayed')
_SET = """
#set text(lang: "en", region: "US", size: 10.5pt, hyphenate: false)
#set page(paper: "us-letter", margin: (x: 1in, y: 0.9in), footer: context align(center, text(size: 9pt,
  "Page " + counter(page).display() + " of " + str(counter(page).final().first()))))
#set par(justify: false, leading: 0.6em, spacing: 0.9em)
#set list(spacing: 0.6em)
#set enum(spacing: 0.6em)
#set table(stroke: 0.5pt + rgb("#8a9099"), inset: 5pt, fill: (_, y) => if y == 0 { rgb("#eef0f3") })
#show table.cell.where(y: 0): strong
#show heading.where(level: 1): set block(above: 1.6em, below: 0.8em)
#show heading.where(level: 2): set block(above: 1.3em, below: 0.7em)
#show figure.where(kind: table): set figure.caption(position: top)
#show figure.where(kind: table): set block(breakable: true)
#set figure(supplement: none, numbering: none)
#show figure.caption: it => block(sticky: true, align(left, strong(it.body)))
#show figure: set align(left)
"""


def as_pdf(document: Document) -> bytes:
    """The document as PDF/UA-1. Raises RequestError for a text that the fonts cannot show."""
    return _compiled("\n".join(_source(document)), document, "pdf")


def drawing_of(figure: Figure | PageDrawing) -> tuple[str, int, int]:
    """The drawing of a figure as an SVG file of its own, with its width and height in units."""
    return standing_alone(figure) if isinstance(figure, Figure) else (figure.svg, figure.width, figure.height)


def dots_of(figure: Figure | PageDrawing) -> bytes:
    """The drawing of a figure as PNG, as wide as a page's text."""
    return as_dots(*drawing_of(figure))


def as_dots(svg: str, width: int, height: int) -> bytes:
    """An SVG file of that size as PNG, a unit of it a point. Raises RequestError for a sign that the fonts lack."""
    beyond = "".join(sorted({each for each in svg if not each.isascii()}))
    if beyond:  # a picture would show a box in the place of a sign that is missing; a PDF is refused
        _compiled(f'#set document(title: "signs")\n#par({_string(beyond)})', None, "pdf", "keep the picture as SVG")
    page = f"#set page(width: {width}pt, height: {height}pt, margin: 0pt)"
    return _compiled(f"{page}\n#image({_drawing(svg)}, width: 100%)", None, "png")


def _compiled(source: str, document: Document | None, form: str, instead: str = _OTHER_FORMATS) -> bytes:
    day = (document.day if document else None) or _NO_DAY
    at = datetime.datetime.combine(day, datetime.time(), datetime.UTC)
    text = source.encode()
    try:
        if form == "png":
            return typst.compile(text, format="png", ppi=_DOTS_PER_INCH, ignore_system_fonts=True)
        return typst.compile(text, format="pdf", ignore_system_fonts=True, pdf_standards="ua-1", timestamp=at)
    except typst.TypstError as fault:
        raise _refused(fault, instead, () if document is None else texts(document)) from None


def _refused(fault: typst.TypstError, instead: str, said: Iterable[str]) -> Exception:
    """A text that cannot be shown is the user's to mend; anything else is a defect of this module."""
    missing = list(dict.fromkeys(_UNSHOWN.findall(str(fault.diagnostic))))
    if not missing:
        return fault
    signs = ", ".join(f"`{each}`" for each in missing[:5])
    where = next((f" of “{_around(each, missing[0])}”" for each in said if missing[0] in each), "")
    return RequestError(
        f"a PDF or a PNG cannot show {signs}{where}: its fonts have no such sign, and one that is left out would be"
        f" taken for nothing; {instead}, or say it in Latin letters"
    )


def _around(text: str, sign: str) -> str:
    """The text about a sign, so that it can be found in the policy."""
    line = " ".join(text.split())
    at = line.find(sign)
    first, last = max(0, at - _SHOWN_AROUND), at + len(sign) + _SHOWN_AROUND
    return f"{'…' if first else ''}{line[first:last]}{'…' if last < len(line) else ''}"


def _source(document: Document) -> Iterator[str]:
    """The document in the typesetter's language."""
    yield f"#set document(title: {_string(document.title)}, author: {_string('sespms')}, date: none)"
    yield _SET
    yield "#title()"
    if document.subtitle:
        yield f"#par(text(size: 12pt, {_string(document.subtitle)}))"
    for part, below in zip_longest(document.parts, document.parts[1:]):
        said = _part(part)
        yield from said if not leads(part, below) else ("#block(sticky: true)[", *said, "]")


def _part(part: Part) -> Iterator[str]:
    match part:
        case Heading():
            yield f"#heading(level: {part.level}, {_string(part.text)})"
        case Paragraph(marked=True):
            yield f"#block(stroke: 1pt, inset: 6pt, width: 100%, strong({_string(part.text)}))"
        case Paragraph():
            yield f"#par({_string(part.text)})"
        case Bullets():
            yield f"#{_list(nested(part), 'enum' if part.numbered else 'list')}"
        case Verbatim():
            yield f"#raw({_string(part.text, lines=True)}, block: true)"
        case Table():
            yield _table(part)
        case Figure() | PageDrawing():
            svg, _, _ = drawing_of(part)
            yield f"#block(sticky: true)[#strong({_string(f'{part.title}. ')})#{_string(part.says)}]"
            yield f"#figure(image({_drawing(svg)}, alt: {_string(part.says)}))"
            yield _table(part.table)
        case Form():
            yield _form(part)


def leads(part: Part, below: Part | None) -> bool:
    """Whether a part is moved to the next page rather than parted from the place to fill in that stands below it."""
    return isinstance(part, Bullets | Paragraph) and isinstance(below, Form)


def _list(items: tuple[Bullet, ...], called: str) -> str:
    made = (_string(each.text) + (f" + {_list(each.below, 'list')}" if each.below else "") for each in items)
    return f"{called}({''.join(f'{each}, ' for each in made)})"


def _table(part: Table) -> str:
    columns = ", ".join(f"{share}fr" for share in shares(part))
    head = "".join(f"{_string(each)}, " for each in part.headings)
    cells = "".join(f"{_string(cell)}, " for row in part.rows for cell in row)
    table = f"table(columns: ({columns},), align: left, table.header({head}), {cells})"
    return _captioned(table, part.caption, whole=stays_whole(part))


def _form(part: Form) -> str:
    rows = "".join(f"{_string(each.label)}, box(height: {14 * each.lines}pt, width: 100%), " for each in part.blanks)
    head = f"table.header({', '.join(map(_string, TO_FILL_IN))})"
    table = f"table(columns: (1fr, 2fr), align: left, {head}, {rows})"
    return _captioned(table, part.caption, whole=stays_whole(part))


def _captioned(table: str, caption: str, *, whole: bool) -> str:
    figure = f"#figure({table}, caption: {_string(caption)}, kind: table)"
    return f"#[#show figure.where(kind: table): set block(breakable: false)\n{figure}]" if whole else figure


def stays_whole(part: Table | Form) -> bool:
    """Whether a table is so short that it is moved to the next page rather than broken at the end of one."""
    if isinstance(part, Form):
        return sum(each.lines + len(each.label) // _LETTERS_OF_LABEL for each in part.blanks) <= _MOST_LINES_WHOLE
    lines = sum(max((1 + len(cell) // _LETTERS_OF_LABEL for cell in row), default=1) for row in part.rows)
    return lines <= _MOST_LINES_WHOLE


def shares(part: Table) -> list[int]:
    """How wide the columns are beside each other: by what stands in them, none too narrow for its longest word.

    They are letters of a line: what is left of it beside the longest words is divided by how much each column asks.
    """
    columns = list(zip(part.headings, *part.rows, strict=True))
    least = [_longest_word(each) + 4 for each in columns]
    more = [max(0, min(_WIDEST, max(map(len, each))) - low) for each, low in zip(columns, least, strict=True)]
    left = _LINE - sum(least)
    if sum(more) <= left:
        return [low + one for low, one in zip(least, more, strict=True)]
    return [low + max(0, left) * one // max(1, sum(more)) for low, one in zip(least, more, strict=True)]


def _longest_word(cells: tuple[str, ...]) -> int:
    return max((len(word) for cell in cells for word in cell.split() if not _DIGEST.fullmatch(word)), default=0)


def _breakable(text: str) -> str:
    """A word longer than a line, such as a digest in a column, may be broken where the line ends."""
    return _LONG.sub(lambda found: _WHERE_BROKEN.sub("\\g<0>\u200b", found[0]), text)


def _drawing(svg: str) -> str:
    """A drawing as bytes of the typesetter, its characters as they are."""
    return f"bytes({_quoted(svg)}), format: {_quoted('svg')}"


def _string(text: str, *, lines: bool = False) -> str:
    r"""A text as a string of the typesetter: `\` and `"` are all that ends or alters one. `lines` keeps them."""
    shown = "\n".join(map(printable, text.split("\n"))) if lines else printable(text)
    return _quoted(_breakable(shown))


def _quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'
