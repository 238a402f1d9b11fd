"""An agency's own Word file -> what a document takes over of it: header, footer, page, and the font of its text.

Its body is left alone. What a header holds is copied piece by piece into the new document; what would fetch anything
from elsewhere, or could run, is refused.
"""

from __future__ import annotations

import copy
import io
import re
from collections.abc import Iterator
from typing import Any

import docx
from docx.document import Document as WordDocument
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.exceptions import OpcError
from docx.opc.packuri import PackURI
from docx.oxml.ns import qn

from sespms_rules.foundation.request import RequestError
from sespms_rules.foundation.values import Frozen

_RELATED = (qn("r:embed"), qn("r:link"), qn("r:id"), qn("r:pict"))
_TRACKED = (qn("w:ins"), qn("w:del"), qn("w:moveFrom"), qn("w:moveTo"))
_STYLED = (qn("w:pStyle"), qn("w:rStyle"), qn("w:tblStyle"))
_PLACES = (
    "header",
    "footer",
    "first_page_header",
    "first_page_footer",
    "even_page_header",
    "even_page_footer",
)
_FIELDS = frozenset(
    (
        "page",
        "numpages",
        "sectionpages",
        "section",
        "pageref",
        "date",
        "time",
        "createdate",
        "savedate",
        "printdate",
        "title",
        "subject",
        "author",
        "keywords",
        "comments",
        "company",
        "filename",
        "docproperty",
        "styleref",
        "seq",
        "symbol",
        "hyperlink",
        "if",
        "=",
    )
)
"""Fields that say something of the document itself, or lead somewhere only when a reader asks for it."""

_NAME = re.compile(r"\s*([A-Za-z]+|=)")
_ADDRESSES = ("src", "href", "althref")
"""Attributes by which an old drawing names the picture that is to be fetched."""

_NARROWEST = 3 * 914_400
"""How wide the text of a page must be at least, in units of Word: three inches."""


class Letterhead(Frozen):
    """A Word file that is safe to read, by its name."""

    name: str
    data: bytes


def put_on(made: WordDocument, letterhead: Letterhead) -> str | None:
    """Take over header, footer and page; return the name of the font that its text is in, None where it names none.

    Raises RequestError for a file that is damaged, or whose header cannot be taken over.
    """
    try:
        source = docx.Document(io.BytesIO(letterhead.data))
        _take_page(made, source, letterhead.name)
        for place in _PLACES:
            _take(made, source, place, letterhead.name)
        return _font(source)
    except (KeyError, ValueError, AttributeError, SyntaxError, IndexError, TypeError, OpcError) as fault:
        if isinstance(fault, RequestError):
            raise
        raise RequestError(f"`{letterhead.name}` is damaged; open it in Word and save it anew") from None


def _take_page(made: WordDocument, source: WordDocument, name: str) -> None:
    ours, theirs = made.sections[0], source.sections[0]
    width = (theirs.page_width or 0) - (theirs.left_margin or 0) - (theirs.right_margin or 0)
    if width < _NARROWEST:
        raise RequestError(f"the page of `{name}` leaves less than three inches for text; make its margins smaller")
    for each in (
        *("orientation", "page_width", "page_height", "left_margin", "right_margin", "top_margin", "bottom_margin"),
        *("header_distance", "footer_distance", "gutter", "different_first_page_header_footer"),
    ):
        value = getattr(theirs, each)
        if value is not None:
            setattr(ours, each, value)
    made.settings.odd_and_even_pages_header_footer = source.settings.odd_and_even_pages_header_footer


def _take(made: WordDocument, source: WordDocument, place: str, name: str) -> None:
    """Take over one header or footer, with its pictures, links and styles."""
    theirs: Any = getattr(source.sections[0], place)
    if theirs.is_linked_to_previous:
        return
    ours: Any = getattr(made.sections[0], place)
    ours.is_linked_to_previous = False
    if any(True for _ in theirs._element.iter(*_TRACKED)):
        raise RequestError(f"the {place.replace('_', ' ')} of `{name}` has tracked changes; accept or reject them")
    _refuse_what_may_fetch(theirs._element, name)
    renamed = {key: _related(ours.part, each, name, key) for key, each in sorted(theirs.part.rels.items())}
    for each in list(ours._element):
        ours._element.remove(each)
    for each in theirs._element:
        child = copy.deepcopy(each)
        for inside in child.iter():
            for attribute in _RELATED:
                if inside.get(attribute):
                    inside.set(attribute, renamed[inside.get(attribute)])
        ours._element.append(child)
    _take_styles(made, source, {each.get(qn("w:val")) for each in ours._element.iter(*_STYLED)})


def _related(part: Any, relation: Any, name: str, key: str) -> str:
    """The new identity of what a header refers to. Raises RequestError for all but pictures within and links."""
    if relation.reltype == RELATIONSHIP_TYPE.HYPERLINK and relation.is_external:
        return str(part.relate_to(relation.target_ref, relation.reltype, is_external=True))
    if relation.reltype != RELATIONSHIP_TYPE.IMAGE or relation.is_external:
        raise _holds_more(name)
    target = relation.target_part
    if not target.content_type.startswith("image/"):
        raise _holds_more(name)
    ending = str(target.partname).rsplit(".", 1)[-1]
    target.partname = PackURI(f"/word/media/{str(part.partname).split('/')[-1].split('.')[0]}-{key}.{ending}")
    return str(part.relate_to(target, relation.reltype))


def _holds_more(name: str) -> RequestError:
    return RequestError(
        f"the header or footer of `{name}` holds more than text and pictures of its own, such as a picture from"
        " elsewhere or an object; take it out in Word"
    )


def _refuse_what_may_fetch(element: Any, name: str) -> None:
    """Raise RequestError for fields by which Word fetches or starts something, and for drawings from an address."""
    for says in _fields(element):
        if says.lower() not in _FIELDS:
            which = f"the field `{says}`" if says else "a field without a name"
            raise RequestError(
                f"the header or footer of `{name}` holds {which}, by which Word may fetch or start something; take it"
                " out in Word"
            )
    for each in element.iter():
        if any(str(key).rsplit("}", 1)[-1].lower() in _ADDRESSES and value for key, value in each.attrib.items()):
            raise _holds_more(name)


def _fields(element: Any) -> Iterator[str]:
    """The names of the fields of a header, however their instructions are divided; empty for one that has none."""
    waiting: list[list[str]] = []
    for each in element.iter(qn("w:fldSimple"), qn("w:fldChar"), qn("w:instrText")):
        kind = each.get(qn("w:fldCharType"))
        if each.tag == qn("w:fldSimple"):
            yield _field(each.get(qn("w:instr"), ""))
        elif each.tag == qn("w:instrText"):
            if waiting:
                waiting[-1].append(each.text or "")
            else:
                yield _field(each.text or "")
        elif kind == "begin":
            waiting.append([])
        elif kind == "end" and waiting:
            yield _field("".join(waiting.pop()))
    yield from (_field("".join(each)) for each in waiting)


def _field(instruction: str) -> str:
    found = _NAME.match(instruction)
    return "" if found is None else found[1]


def _take_styles(made: WordDocument, source: WordDocument, wanted: set[str]) -> None:
    """The styles that a header names and the new document lacks, with those that they rest on."""
    theirs = {each.get(qn("w:styleId")): each for each in source.styles.element.iter(qn("w:style"))}
    ours = {each.get(qn("w:styleId")) for each in made.styles.element.iter(qn("w:style"))}
    for identity in sorted(_with_bases(wanted, theirs) - ours):
        style = copy.deepcopy(theirs[identity])
        for each in list(style.iter(qn("w:numPr"))):
            each.getparent().remove(each)
        made.styles.element.append(style)


def _with_bases(wanted: set[str], styles: dict[str, Any]) -> set[str]:
    found: set[str] = set()
    waiting = [each for each in wanted if each in styles]
    while waiting:
        identity = waiting.pop()
        if identity in found:
            continue
        found.add(identity)
        waiting += [each for each in _named(styles[identity]) if each in styles]
    return found


def _named(style: Any) -> Iterator[str]:
    for tag in ("w:basedOn", "w:link", "w:next"):
        for each in style.iter(qn(tag)):
            yield each.get(qn("w:val"), "")


def _font(source: WordDocument) -> str | None:
    """The font of its plain text, where it names one by itself and not by a theme."""
    normal: Any = source.styles["Normal"]
    if normal.font.name:
        return str(normal.font.name)
    for fonts in source.styles.element.findall(f"{qn('w:docDefaults')}//{qn('w:rFonts')}"):
        if fonts.get(qn("w:ascii")):
            return str(fonts.get(qn("w:ascii")))
    return None
