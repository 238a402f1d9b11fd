"""Names as a reader sees them: what capitals, blanks, composition and letters of other scripts do not tell apart.

The table holds the Greek and Cyrillic letters that Unicode's list of confusable characters (UTS 39) gives as the same
as a Latin letter. Other scripts, and signs that are merely alike, are not in it.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from typing import NamedTuple

from sespms_rules.checks.analysis.sentences import parts_of, sentences_of
from sespms_rules.foundation.source import Span
from sespms_rules.language.model import System
from sespms_rules.language.syntax.derivation import MemberIs, NamedIs
from sespms_rules.language.syntax.words import PartKind

_NAMED = (PartKind.CRITICAL_ELEMENT, PartKind.NONCRITICAL_ELEMENT, PartKind.TABLE)

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


class DeclaredName(NamedTuple):
    """A name and where it is given."""

    text: str
    span: Span


def declared_names(system: System) -> Iterator[DeclaredName]:
    """The names that a system gives: to elements and tables in their headings, and to values."""
    for part in parts_of(system):
        if part.kind in _NAMED and part.name is not None:
            yield DeclaredName(part.name, part.origin.span)
    for _, sentence in sentences_of(system):
        if isinstance(sentence, NamedIs | MemberIs):
            yield DeclaredName(sentence.name.text, sentence.name.span)


def looks(name: str) -> str:
    """What a reader sees of a name: two names with the same look are taken for one."""
    if name.isascii():
        return "".join(name.casefold().split())
    return "".join(as_read(name).casefold().split())


def as_read(text: str) -> str:
    """A text with Latin letters for those that look like them, and without the signs that nobody can see."""
    if text.isascii():
        return text
    plain = unicodedata.normalize("NFKC", _UNSEEN.sub("", text)).translate(_LIKE_LATIN)
    return "".join(sign for sign in plain if unicodedata.category(sign) != "Cf")


def foreign_letters(name: str) -> tuple[tuple[str, str], ...]:
    """The Greek and Cyrillic letters of words that have Latin letters too, each with the name Unicode gives it."""
    if name.isascii():
        return ()
    found: list[tuple[str, str]] = []
    for word in name.split():
        told = [(letter, unicodedata.name(letter, "")) for letter in word if letter.isalpha()]
        foreign = [each for each in told if each[1].startswith(("GREEK ", "CYRILLIC "))]
        if foreign and any(title.startswith("LATIN ") for _, title in told):
            found += foreign
    return tuple(found)
