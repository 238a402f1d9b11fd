"""Text as people paste it, made ready for the lexer one character by one character.

Out differs from in: curly quotes that open or close wording are straight, dashes outside wording are `-`, every
kind of blank is a space, and the last line ends. A line ends at LF or CRLF; what else may look like a line end is a
blank here, and a fault where it stands (`line_ends.py`). Because each character
becomes exactly one, a place in the result is the same place in the original, and findings quote the original.
"""

from __future__ import annotations

import re
from functools import cache

from sespms_rules.foundation.patterns import late

_BLANKS = (
    "\r\0\x1c\x1d\x1e\x1f\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000"
    # No width at all: they cannot be seen, and a name that holds one is not the name it looks like.
    "\u00ad\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060\u2066\u2067\u2068\u2069\ufeff"
)
_NO_LINE_ENDS = "\f\v\x85\u2028\u2029"
_TO_PLAIN = {ord(sign): " " for sign in _BLANKS + _NO_LINE_ENDS}

_CURLY = "\u201c\u201d\u201e\u201f\u00ab\u00bb\uff02"
_DASHES = "\u2010\u2011\u2012\u2013\u2014\u2015\u2212\ufe58\ufe63\uff0d"
_NEEDS_STRAIGHTENING = late(f"[{_CURLY}{_DASHES}]")


@cache
def _segment() -> re.Pattern[str]:
    """Wording and notes, found before single signs so that their insides are left alone.

    A curly quote inside straight ones is wording; curly ones open and close wording as straight ones do.
    """
    return re.compile(
        rf'(?P<prose>["{_CURLY}]{{3}}(?:(?!["{_CURLY}]{{3}})[\s\S])*["{_CURLY}]{{3}})'
        rf'|(?P<kept>"[^"\n]+"|\#[^\n]*)'
        rf'|(?P<curly>[{_CURLY}][^"{_CURLY}\n]+["{_CURLY}])'
        rf"|(?P<sign>[{_CURLY}{_DASHES}])"
    )


def straightened(text: str) -> str:
    """Return the text the lexer reads: as long as `text`, or one newline longer when the last line has no end."""
    if not text.isascii() or any(sign in text for sign in "\r\f\v\0\x1c\x1d\x1e\x1f"):
        text = text.translate(_TO_PLAIN)
        if _NEEDS_STRAIGHTENING.search(text):
            text = _segment().sub(_straight, text)
    return text if text.endswith("\n") else text + "\n"


def _straight(found: re.Match[str]) -> str:
    words = found.group()
    match found.lastgroup:
        case "prose":
            return f'"""{words[3:-3]}"""'
        case "curly":
            return f'"{words[1:-1]}"'
        case "sign":
            return "-" if words in _DASHES else '"'
    return words
