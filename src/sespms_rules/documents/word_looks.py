"""How Word shows the words of a run: struck through, hidden, above or below the line, by itself or by its styles.

A figure above the line is the mark of a note and no part of the number before it, and what is struck through or hidden
counts for nobody. A style shows its words so as much as a mark on the words themselves does. The end of a paragraph can
be hidden too: Word then shows it and the next as one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, Final

from docx.oxml.ns import qn

from sespms_rules.documents.word_colors import UNSEEN, Colors
from sespms_rules.documents.word_files import TooMuchError
from sespms_rules.documents.word_signs import TEXT_BOX, any_sign, said_in, within

STRUCK_BY_HAND: Final = (
    "it has words that are struck through or hidden by hand or by their style, so that nobody can tell whether they"
    " count; take them out in Word, or show them as the others"
)
"""Why words are not taken that Word shows as gone and does not track as such."""

LIFTED: Final = (
    "it has signs that are set above or below the line, such as the mark of a note, and these are no part of the word"
    " or number before them; take them out in Word, or set them on the line"
)
"""Why words are not taken that stand on another line than those around them."""

RUN_TOGETHER: Final = (
    "the end of this paragraph, or of the one before it, is hidden, so that Word shows both as one; show all marks in"
    " Word (Ctrl+Shift+8), and write them as one paragraph or as two"
)
"""Why the words of a paragraph are not taken that are shown in one with those of another."""

_GONE: Final = ("w:strike", "w:dstrike", "w:vanish", "w:specVanish")
_STRIKES_OR_HIDES: Final = range(len(_GONE))
_HIDES: Final = range(_GONE.index("w:vanish"), len(_GONE))
_OFF: Final = ("0", "false", "off", "none")
_ON_THE_LINE: Final = ("baseline", "")
_ORDINAL: Final = re.compile(r"st|nd|rd|th")
"""What Word itself lifts as it is typed behind a figure: `1st` says the same on the line."""

_MOST_BASES: Final = 100
"""Word itself follows a tenth of these."""

_RUN, _LOOK, _BASE = qn("w:r"), qn("w:rPr"), qn("w:basedOn")
_Said = tuple[str | None, ...]
_MARKS: Final = (*_GONE, "w:vertAlign", "w:position")


class Looks:
    """The styles of a document, asked how the words of a run look that stands in it."""

    def __init__(self, styles: Any) -> None:
        self._styles: dict[tuple[str, str], Any] = {}
        self._usual: dict[str, str] = {}
        self._known: dict[tuple[str, str], tuple[_Said, ...]] = {}
        for each in styles.iterchildren(qn("w:style")):
            kind, name = each.get(qn("w:type"), "paragraph"), each.get(qn("w:styleId"), "")
            self._styles[kind, name] = each
            if each.get(qn("w:default"), "0") not in _OFF:
                self._usual[kind] = name
        of_all = styles.find(f"{qn('w:docDefaults')}/{qn('w:rPrDefault')}/{_LOOK}")
        self._of_all = _said_by(of_all)
        self._colors = Colors(self._chain_of, of_all)

    def unclear_in(self, element: Any) -> str:
        """Why the words within a paragraph, a row or a table do not count as they stand; empty where they do."""
        runs = [each for each in within(element) if each.tag == _RUN]
        if any(map(self.is_struck, runs)):
            return STRUCK_BY_HAND
        if any(map(self._colors.is_unseen, runs)):
            return UNSEEN
        return LIFTED if any(map(self.is_lifted, runs)) else ""

    def end_is_hidden(self, paragraph: Any) -> bool:
        """Whether the mark at the end of a paragraph is hidden, by itself or by a style."""
        mark = paragraph.find(f"{qn('w:pPr')}/{_LOOK}")
        said = (_said_by(mark), *self._styled(paragraph, {"character": _named(mark, "w:rStyle")}))
        return self._holds(said, _HIDES)

    def shows_words(self, paragraph: Any) -> bool:
        """Whether any word of a paragraph is not hidden."""
        runs = (each for each in within(paragraph) if each.tag == _RUN and any_sign(each))
        return any(not self._holds(self._said_of(each), _HIDES) for each in runs)

    def is_struck(self, run: Any) -> bool:
        """Whether an element is a run (`w:r`) with signs that are struck through or hidden.

        What the run says of itself holds; else one of its styles is enough, since Word lets two of them undo each other
        where other programs do not.
        """
        if run.tag != _RUN or not any_sign(run):
            return False
        return self._holds(self._said_of(run), _STRIKES_OR_HIDES)

    @staticmethod
    def _holds(said: tuple[_Said, ...], marks: range) -> bool:
        own, *styled = said
        return any(
            each[mark] not in (*_OFF, None) for mark in marks for each in ([own] if own[mark] is not None else styled)
        )

    def is_lifted(self, run: Any) -> bool:
        """Whether an element is a run with signs above or below the line; what is said nearest to it holds."""
        text = said_in(run) if run.tag == _RUN else ""
        if not text:
            return False
        said = self._said_of(run)
        align, height = (next((each[mark] for each in said if each[mark] is not None), "") or "" for mark in (-2, -1))
        is_high = align == "superscript" or (align in _ON_THE_LINE and not height.startswith("-"))
        is_off = align not in _ON_THE_LINE or re.search("[1-9]", height) is not None
        return is_off and not (is_high and _ORDINAL.fullmatch(text))

    def _said_of(self, run: Any) -> tuple[_Said, ...]:
        """What is said of a run: by itself, by the styles of it, its paragraph and its table, and by the document."""
        look = run.find(_LOOK)
        return (_said_by(look), *self._styled(run, {"character": _named(look, "w:rStyle")}))

    def _styled(self, element: Any, found: dict[str, str]) -> tuple[_Said, ...]:
        """What the styles around an element say, those first that are `found` already, and the document last."""
        around = {"paragraph": qn("w:p"), "table": qn("w:tbl")}
        for each in (element, *element.iterancestors()):
            if each.tag == TEXT_BOX:
                break
            if each.tag == around["paragraph"]:
                found.setdefault("paragraph", _style_of(each, "w:pPr", "w:pStyle"))
            elif each.tag == around["table"]:
                found.setdefault("table", _style_of(each, "w:tblPr", "w:tblStyle"))
        return (*(each for kind, name in found.items() for each in self._by_style(kind, name)), self._of_all)

    def _by_style(self, kind: str, name: str) -> tuple[_Said, ...]:
        """What a style says with those it is based on, and the parts of a table style, such as its first row."""
        key = (kind, name if (kind, name) in self._styles else self._usual.get(kind, ""))
        if key not in self._known:
            chain = list(self._chain_of(*key))
            whole = [_said_by(each.find(_LOOK)) for each in chain]
            parts = [_said_by(each) for style in chain for each in style.iterfind(f"{qn('w:tblStylePr')}/{_LOOK}")]
            nearest = tuple(next((one for one in each if one is not None), None) for each in zip(*whole, strict=True))
            self._known[key] = (*parts, *((nearest,) if nearest else ()))
        return self._known[key]

    def _chain_of(self, kind: str, name: str) -> Iterator[Any]:
        """The style of a kind that is named, or the usual one, with those it is based on."""
        return self._chain(kind, name if (kind, name) in self._styles else self._usual.get(kind, ""))

    def _chain(self, kind: str, name: str) -> Iterator[Any]:
        seen = set[str]()
        while (kind, name) in self._styles and name not in seen:
            seen.add(name)
            if len(seen) > _MOST_BASES:
                says = f"has a style that rests on more than {_MOST_BASES} others, one on another"
                raise TooMuchError(f"{says}; save a copy with its text alone")
            style = self._styles[kind, name]
            yield style
            base = style.find(_BASE)
            name = "" if base is None else base.get(qn("w:val"), "")


def _style_of(element: Any, look: str, style: str) -> str:
    """The identity of the style that an element names; empty for none."""
    return _named(element.find(qn(look)), style)


def _named(look: Any, style: str) -> str:
    found = None if look is None else look.find(qn(style))
    return "" if found is None else found.get(qn("w:val"), "")


def _said_by(look: Any) -> _Said:
    """What `w:rPr` says of each mark, in the order of `_MARKS`; None where it says nothing of it."""
    found = [None if look is None else look.find(qn(mark)) for mark in _MARKS]
    return tuple(None if each is None else str(each.get(qn("w:val"), "true")) for each in found)
