"""What counts as nothing in a cell, and how headings and names are compared: one answer for every kind of file.

Spreadsheets, web pages and word processors leave signs that nobody sees: no-break spaces, spaces of no width, byte
order marks. Around a cell they are dropped like blanks, for a cell that looks like `4` is meant as 4.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from typing import Final

_SPACES: Final = (
    " \t\n\v\f\r\x1c\x1d\x1e\x1f\x85\xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a"
    "\u2028\u2029\u202f\u205f\u3000"
)
INVISIBLE: Final = (
    "\xad\u061c\u180e\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060\u2061\u2062\u2063\u2064"
    "\u2066\u2067\u2068\u2069\ufeff\ufff9\ufffa\ufffb"
)
"""Signs of formatting that take no room on a screen."""

BLANKS: Final = _SPACES + INVISIBLE
"""All that is dropped at both ends of a cell."""

_UNSEEN = str.maketrans(dict.fromkeys(INVISIBLE))


def trimmed(text: str) -> str:
    """A cell without the blanks and invisible signs around it."""
    return text.strip() if text.isascii() else text.strip(BLANKS)


def is_blank(cells: Iterable[str]) -> bool:
    """Whether nothing that can be seen stands in a row."""
    # What SQL hands back of a line with too few cells has absent ones.
    return not trimmed("".join(filter(None, cells)))


def seen(text: str) -> str:
    """A text as a reader sees it: one way of writing each letter with its accents, single blanks, nothing unseen."""
    if not text.isascii():
        text = unicodedata.normalize("NFC", text.translate(_UNSEEN))
    return " ".join(text.split())


def tidy(text: str) -> str:
    """A heading or name as they are compared: as it is seen, in small letters."""
    return seen(text).casefold()
