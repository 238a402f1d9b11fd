"""Letters as a reader sees them: one answer for names, wordings and ids.

The table holds the Greek and Cyrillic letters that Unicode's list of confusable characters (UTS 39) gives as the same
as a Latin letter. Other scripts, and signs that are merely alike, are not in it.
"""

from __future__ import annotations

import re
import unicodedata

_LIKE_LATIN = str.maketrans(
    {
        **dict(
            zip("\u0410\u0412\u0415\u041a\u041c\u041d\u041e\u0420\u0421\u0422\u0425\u0423", "ABEKMHOPCTXY", strict=True)
        ),
        **dict(zip("\u0430\u0435\u043e\u0440\u0441\u0445\u0443", "aeopcxy", strict=True)),
        **dict(zip("\u0406\u0408\u0405\u0456\u0458\u0455\u04bb\u0501", "IJSijshd", strict=True)),
        **dict(zip("\u0391\u0392\u0395\u0396\u0397\u0399\u039a\u039c", "ABEZHIKM", strict=True)),
        **dict(zip("\u039d\u039f\u03a1\u03a4\u03a5\u03a7\u03bf\u03bd", "NOPTYXov", strict=True)),
    }
)

_UNSEEN = re.compile(
    "[\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u2800\u3164\ufe00-\ufe0f\uffa0\U000e0100-\U000e01ef]"
)
"""Signs that are drawn as nothing and that Unicode counts among letters, marks or symbols; `Cf` has the others."""


def as_read(text: str) -> str:
    """A text with Latin letters for those that look like them, and without the signs that nobody can see."""
    if text.isascii():
        return text
    return plain(text).translate(_LIKE_LATIN)


def plain(text: str) -> str:
    """A text with plain letters and figures for wide and composed ones, without the signs that nobody can see."""
    if text.isascii():
        return text
    composed = unicodedata.normalize("NFKC", _UNSEEN.sub("", text))
    return "".join(sign for sign in composed if unicodedata.category(sign) != "Cf")


def is_latin(letter: str) -> bool:
    """Whether a letter is one of A to Z, perhaps with an accent."""
    return unicodedata.name(letter, "").startswith("LATIN ")


def foreign_letters(name: str) -> tuple[tuple[str, str], ...]:
    """The Greek and Cyrillic letters of words that have Latin letters too, each with the name Unicode gives it."""
    if name.isascii():
        return ()
    found: list[tuple[str, str]] = []
    for word in name.split():
        told = [(letter, unicodedata.name(letter, "")) for letter in word if letter.isalpha()]
        foreign = [each for each in told if each[1].startswith(("GREEK ", "CYRILLIC "))]
        if foreign and any(is_latin(letter) for letter, _ in told):
            found += foreign
    return tuple(found)
