"""Regular expressions of all that stands in a text, made from the table of words that the parser itself uses.

They are written so that Python and Oniguruma, which editors use, read them alike. They do not know which word may stand
where: that is the analysis' business.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

from sespms_rules.language.parsing import fixed_words
from sespms_rules.language.syntax.words import Edit, PartKind

NOTE = r"#.*$"
PROSE = r'"""'
NAME = r'"[^"\n]*"'
DAY = r"\b[0-9]{4}-[0-9]{2}-[0-9]{2}\b"
CODE = r"\bSES[0-9]{3}\b"
NUMBER = r"\b[0-9]+(?:\.[0-9]+)?\b"
EDIT = rf"(?:{'|'.join(Edit)})\b(?=[ \t])"


@cache
def heading() -> str:
    """The heading of a part at the margin, without its names; the longer of two that begin alike."""
    return rf"^(?:{_either(kind.value for kind in PartKind)})(?![\w-])"


@cache
def word() -> str:
    """A word that the language has; one of the author's own is none."""
    return rf"(?<![\w-])(?:{_either(each for each in fixed_words() if each[0].isalpha())})(?![\w-])"


@cache
def sign() -> str:
    """A sign of the language, such as `%`."""
    return f"[{re.escape(''.join(sorted(each for each in fixed_words() if not each[0].isalpha())))}]"


def _either(words: Iterable[str]) -> str:
    return "|".join(
        re.escape(each).replace(r"\ ", "[ \\t]+") for each in sorted(words, key=lambda one: (-len(one), one))
    )
