"""The elements of a paragraph of Word -> its text, and why words in it cannot be taken as they stand.

What Word shows as a blank is one, and what it shows as a hyphen too: `450` and `500` with a hyphen between them that no
line breaks at are not `450500`. What is shown and is no text, such as an equation, is told and never left out.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, Final

from docx.oxml.ns import qn

_MC: Final = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_MATH: Final = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_SOFT_HYPHEN: Final = "\N{SOFT HYPHEN}"
TEXT_BOX: Final = qn("w:txbxContent")
FALLBACK: Final = f"{_MC}Fallback"
_NO_TEXT: Final = (qn("w:pPr"), qn("w:rPr"), qn("w:sdtPr"), TEXT_BOX, FALLBACK)
"""What holds no text of the paragraph: how it looks, a box beside it, and the same once more for old programs."""

_TEXTS: Final = (qn("w:t"), qn("w:delText"))
_BLANKS: Final = (qn("w:tab"), qn("w:br"), qn("w:cr"), qn("w:ptab"))
_NOTES: Final = (qn("w:footnoteReference"), qn("w:endnoteReference"))
_UNSAID: Final = (
    (_NOTES, "it has a note, which may change what it says; write into the sentence what the note adds"),
    ((f"{_MATH}oMath",), "it has an equation, which is no text; write it in words"),
    ((qn("w:sym"),), "it has a sign of a symbol font, and nobody can tell which it is; type the sign itself"),
    ((qn("w:object"),), "it has an embedded object, which is not read; write in words what it says"),
    ((qn("w:ruby"),), "it has words set above others; write them in one line"),
)


def sign_of(element: Any) -> str | None:
    """What an element that stands for itself says; None for one that has its text in others, or none."""
    if element.tag in _TEXTS:
        return (element.text or "").replace(_SOFT_HYPHEN, "")
    if element.tag in _BLANKS:
        return " "
    return "-" if element.tag == qn("w:noBreakHyphen") else None


def is_no_text(element: Any) -> bool:
    """Whether nothing in an element is text of the paragraph it stands in."""
    return element.tag in _NO_TEXT or not isinstance(element.tag, str)


def said_in(element: Any, is_apart: Callable[[Any], bool] | None = None) -> str:
    """The text of a paragraph or a cell, with what is tracked as gone and as new; a paragraph in it ends a word.

    So does an element that `is_apart` from the words around it.
    """
    return " ".join("".join(_signs(element, is_apart)).split())


def any_sign(element: Any) -> bool:
    """Whether anything in an element is a sign of the text, a blank too."""
    return any(_signs(element, None))


def _signs(element: Any, is_apart: Callable[[Any], bool] | None) -> Iterator[str]:
    for each in element:
        if is_no_text(each):
            continue
        sign = sign_of(each)
        if sign is not None:
            yield sign
            continue
        edge = " " if is_apart is not None and is_apart(each) else ""
        yield edge
        yield from _signs(each, is_apart)
        yield " " if each.tag == qn("w:p") else edge


def unsaid_in(element: Any) -> str:
    """Why a paragraph or a table says more than its text; empty where it does not."""
    found = {each.tag for each in within(element)}
    return next((why for tags, why in _UNSAID if not found.isdisjoint(tags)), "")


def within(element: Any) -> Iterator[Any]:
    """Every element within one, without what is no text of it."""
    for each in element:
        if not is_no_text(each):
            yield each
            yield from within(each)


def text_boxes(element: Any) -> Iterator[Any]:
    """The boxes of text that hang on a paragraph, each once."""
    for each in element:
        if each.tag == TEXT_BOX:
            yield each
        elif each.tag != FALLBACK and isinstance(each.tag, str):
            yield from text_boxes(each)
