"""Letters as a reader sees them: one answer for names, wordings and ids.

The table holds every Greek, Cyrillic and Armenian letter that Unicode's list of confusable characters (UTS 39) gives
as the same as a letter A to Z, as `confusable-homoglyphs` 3.3.1 of January 2024 brings the list. What it gives as a
small L because it looks like a capital I is read as that capital. Other scripts are not in it. See the decision 0110.
"""

from __future__ import annotations

import unicodedata

from sespms_rules.foundation.patterns import late

_GREEK = (
    (
        "\u037f\u0391\u0392\u0395\u0396\u0397\u0399\u039a\u039c\u039d\u039f\u03a1\u03a4\u03a5\u03a7"
        "\u03b1\u03b3\u03b9\u03bd\u03bf\u03c1\u03c3\u03c5\u03dc\u03f3\u03fa\u1d26"
    ),
    "JABEZHIKMNOPTYXayivopouFjMr",
)
_CYRILLIC = (
    (
        "\u0405\u0406\u0408\u0410\u0412\u0415\u041a\u041c\u041d\u041e\u0420\u0421\u0422\u0423\u0425\u042c"
        "\u0430\u0433\u0435\u043e\u0440\u0441\u0443\u0445\u0455\u0456\u0458\u0461\u0474\u0475\u04ae\u04af"
        "\u04bb\u04bd\u04c0\u04cf\u0501\u050c\u051b\u051c\u051d\ua647"
    ),
    "SIJABEKMHOPCTYXbareopcyxsijwVvYyheIidGqWwi",
)
_ARMENIAN = (
    "\u054d\u054f\u0555\u0561\u0563\u0566\u0570\u0578\u057c\u057d\u0581\u0584\u0585",
    "USOwqqhnnugfo",
)
_LIKE_LATIN = {
    ord(letter): latin
    for letters, like in (_GREEK, _CYRILLIC, _ARMENIAN)
    for letter, latin in zip(letters, like, strict=True)
}

_HYPHENS = "\u02d7\u06d4\u2043\u207b\u208b\u2212\u2796\u30fc\uff70"
"""What looks like a hyphen and is no dash to Unicode."""

_APOSTROPHES = "\u2018\u2019\u201b\u02bb\u02bc\u02bd\u02b9\u02c8\u2032\u00b4\u1fbd\u1fbf\uff07"

_SCRIPTS = ("GREEK ", "CYRILLIC ", "ARMENIAN ")

_UNSEEN = late("[\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u2800\u3164\ufe00-\ufe0f\uffa0\U000e0100-\U000e01ef]")
"""Signs that are drawn as nothing and that Unicode counts among letters, marks or symbols; `Cf` has the others."""


def with_plain_signs(text: str) -> str:
    """A text as `plain` gives it, with one hyphen for every dash and minus, and one apostrophe for every such mark."""
    if text.isascii():
        return text
    # Two of these marks stand apart with a blank before them where letters are taken for wide ones.
    signs = plain("".join("'" if sign in _APOSTROPHES else sign for sign in text))
    return "".join("-" if sign in _HYPHENS or unicodedata.category(sign) == "Pd" else sign for sign in signs)


_PLAIN_QUOTES = {ord(sign): '"' for sign in "\u201c\u201d\u201e\u201f"}
_GUARDS = ('="', '= "')


def as_one_id(text: str) -> str:
    """An id as ids are compared, in rosters and on record: two that give the same stand for one executive.

    What looks the same is the same: signs that nobody sees, runs of blanks, dashes, look-alike letters. Capitals do not
    count, for people type ids: whoever is `a-1` in one row and `A-1` in another would have two ratings. Neither does an
    apostrophe before it, by which a spreadsheet is told that `'00012` is a text, and which it does not show; nor do the
    signs of `="00012"` and `= "00012"`, which other programs write for the same reason.
    """
    if not text.isascii():
        text = unicodedata.normalize("NFC", as_read(with_plain_signs(text))).translate(_PLAIN_QUOTES)
    seen = " ".join(text.split()).casefold()
    while (bare := _without_guard(seen)) != seen:  # one guard may stand in another
        seen = bare
    return seen


def _without_guard(seen: str) -> str:
    if seen.startswith(_GUARDS) and seen.endswith('"') and seen.count('"') == 2:
        seen = seen[seen.index('"') + 1 : -1].strip() or seen
    return seen.lstrip("' ") or seen


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
    """The Greek, Cyrillic and Armenian letters of words that have Latin letters too, each with its name."""
    if name.isascii():
        return ()
    found: list[tuple[str, str]] = []
    for word in name.split():
        told = [(letter, unicodedata.name(letter, "")) for letter in word if letter.isalpha()]
        foreign = [each for each in told if each[1].startswith(_SCRIPTS)]
        if foreign and any(is_latin(letter) for letter, _ in told):
            found += foreign
    return tuple(found)
