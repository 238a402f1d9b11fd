"""Whether words have the color of what is behind them, so that nobody sees them on the page.

White words on white paper are as good as hidden. Words in white on a dark ground, as headings of tables often are, are
seen: what is behind words is asked of the run, its paragraph, its cell, its table and their styles, from near to far.
Where it is a pattern, a box, or the style of some rows of a table, it is not known, and the words count as seen.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import cache
from typing import Any, Final

from docx.oxml.ns import qn

from sespms_rules.documents.word_signs import TEXT_BOX, said_in

UNSEEN: Final = (
    "it has words in the color of the page behind them, or smaller than anyone can read, so that nobody sees them; take"
    " them out in Word, or show them as the others"
)
"""Why words are not taken that stand in a document and are not seen."""

_PAPER: Final = "FFFFFF"
_NEAR: Final = 24
"""Of 255: colors that are apart by less in red, green and blue alike are not told apart on paper."""

_LEAST_SIZE: Final = 4
"""In halves of a point: nobody reads letters of two points."""

_NUMBER: Final = re.compile(r"[0-9A-Fa-f]{6}")
_LOOK: Final = qn("w:rPr")
_GROUNDS: Final = {qn("w:p"): qn("w:pPr"), qn("w:tc"): qn("w:tcPr"), qn("w:tbl"): qn("w:tblPr")}
_STYLES: Final = {qn("w:p"): ("paragraph", "w:pStyle"), qn("w:tbl"): ("table", "w:tblStyle")}
_TABLE: Final = qn("w:tbl")
_OF_ROWS: Final = f"{qn('w:tblStylePr')}//{qn('w:shd')}"


class Colors:
    """The colors of a document; `chain` gives a style with those it is based on, `of_all` is what all words have."""

    def __init__(self, chain: Callable[[str, str], Iterator[Any]], of_all: Any) -> None:
        self._chain = cache(lambda kind, name: tuple(chain(kind, name)))
        self._of_all = of_all

    def is_unseen(self, run: Any) -> bool:
        """Whether a run (`w:r`) has words that nobody sees for their color or their size."""
        looks = list(self._looks(run))
        color, size = _first(looks, "w:color"), _first(looks, "w:sz")
        if size.isdecimal() and int(size) <= _LEAST_SIZE:
            return bool(said_in(run))
        if _NUMBER.fullmatch(color) is None:
            return False
        behind = self._behind(run, looks)
        return behind is not None and _is_near(color, behind) and bool(said_in(run))

    def _looks(self, run: Any) -> Iterator[Any]:
        """What says how a run looks, from near to far: it, its style, those of its paragraph and table, and of all."""
        look = run.find(_LOOK)
        yield look
        yield from (style.find(_LOOK) for style in self._chain("character", _value(look, "w:rStyle")))
        for each in run.iterancestors():
            yield from (style.find(_LOOK) for style in self._styles_of(each))
            if each.tag in (TEXT_BOX, _TABLE):
                break
        yield self._of_all

    def _styles_of(self, element: Any) -> tuple[Any, ...]:
        """The style that a paragraph or a table names, with those it is based on; empty for anything else."""
        if element.tag not in _STYLES:
            return ()
        kind, named = _STYLES[element.tag]
        return self._chain(kind, _value(element.find(_GROUNDS[element.tag]), named))

    def _behind(self, run: Any, looks: list[Any]) -> str | None:
        """The color behind a run; None where it is not known."""
        if _first(looks, "w:highlight") not in ("", "none", "white"):
            return None
        grounds = [_shade(each) for each in looks]
        for each in run.iterancestors():
            if each.tag == TEXT_BOX:
                return None
            styles = self._styles_of(each)
            if any(_is_ground(one) for style in styles for one in style.iterfind(_OF_ROWS)):
                return None
            held = (each, *styles) if each.tag in _GROUNDS else ()
            grounds += [_shade(one.find(_GROUNDS[each.tag])) for one in held]
            grounds += [_shade(style.find(qn("w:tcPr"))) for style in styles]
        return next((each for each in grounds if each != ""), _PAPER)


def _value(look: Any, name: str) -> str:
    found = None if look is None else look.find(qn(name))
    return "" if found is None else str(found.get(qn("w:val"), ""))


def _first(looks: list[Any], name: str) -> str:
    return next((value for each in looks if (value := _value(each, name))), "")


def _shade(look: Any) -> str | None:
    """The ground that something says it has; empty where it says none, None for a pattern."""
    found = None if look is None else look.find(qn("w:shd"))
    if found is None:
        return ""
    kind, fill = found.get(qn("w:val"), "clear"), found.get(qn("w:fill"), "auto")
    if kind == "solid":
        fill = found.get(qn("w:color"), "auto")
    elif kind not in ("clear", "nil"):
        return None
    return fill if _NUMBER.fullmatch(fill) else ""


def _is_ground(shade: Any) -> bool:
    fill = shade.get(qn("w:fill"), "auto")
    return shade.get(qn("w:val"), "clear") not in ("clear", "nil") or (
        _NUMBER.fullmatch(fill) is not None and not _is_near(fill, _PAPER)
    )


def _is_near(one: str, other: str) -> bool:
    pairs = ((int(one[place : place + 2], 16), int(other[place : place + 2], 16)) for place in (0, 2, 4))
    return all(abs(first - second) <= _NEAR for first, second in pairs)
