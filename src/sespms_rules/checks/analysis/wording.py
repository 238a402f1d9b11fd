"""What a text of the author's own says: whether two say the same, and whether one says anything at all."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection
from functools import cache, lru_cache

from sespms_rules.foundation.letters import as_read
from sespms_rules.foundation.patterns import late
from sespms_rules.language.syntax.nodes import AnyWording, Text

_NOTHING = frozenset({
    "tbd", "tba", "tbc", "tbs", "tbp", "todo", "fixme", "na", "n a", "xxx", "xx", "x", "pending", "placeholder",
    "reserved",
    "to be determined", "to be announced", "to be added", "to be decided", "to be defined", "to be developed",
    "to be drafted", "to be agreed", "to be established", "to be inserted", "to be issued", "to be prepared",
    "to be set", "to be specified", "to be filled in", "to be finalized", "being drafted", "under development",
    "to be provided", "to be supplied", "to be completed", "to be written", "to be confirmed", "to follow", "to come",
    "coming soon", "insert text", "insert text here", "insert here", "text here", "your text here",
    "not yet determined",
    "not yet defined", "not applicable", "see above", "same as above",
})  # fmt: skip
"""Texts that only hold the place of a text."""

_MOST_LETTERS = 2_000
"""Of wording that is kept folded; four thousand of them are a few megabytes."""

_LIKE = r"(?:see|as|as(?:at|for|in)|like|(?:the)?sameas(?:at|for)?|identical(?:to|with)|equalto|equivalentto|cf)"
_LEVEL = r"level(?:[1-5]|one|two|three|four|five)"
_STANDARD = r"(?:(?:the)?standards?(?:of|for|at))?"
_TERMS = ("outstanding", "exceedsfullysuccessful", "fullysuccessful", "minimallysatisfactory", "unsatisfactory")
_LEVEL_ALONE = late(rf"{_LIKE}?{_STANDARD}(?:{_LEVEL}|{'|'.join(_TERMS)})")
"""A text, folded, that is no more than a level's name, or sends its reader to a level."""

_ADDED = late(rf"(?<=\w)\W*[,;:.(\u2013\u2014]{_LIKE}{_STANDARD}{_LEVEL}\W*$")
"""A level that a text ends by pointing to (`, as at level 5`); it adds nothing to what the text says."""


def folded_wording(text: str) -> str:
    """A text as it is compared: the letters that a reader sees, in one run, with blanks between numbers alone.

    Case, blanks, punctuation, the form of a letter, signs that cannot be seen (blanks since the text was read), letters
    of another script that look like Latin ones, and a level that is pointed to behind the last comma do not count.
    """
    return _folded_before(text) if len(text) <= _MOST_LETTERS else _folded(text)


@lru_cache(maxsize=4096)
def _folded_before(text: str) -> str:
    """Kept from text to text: most wording is the same at the next pause of typing, and in the next amendment."""
    return _folded(text)


def _folded(text: str) -> str:
    plain = as_read(unicodedata.normalize("NFKC", text)).casefold()
    seen = re.sub(r"(?<!\d)\s+|\s+(?!\d)", "", plain)
    if "level" in seen:
        seen = _ADDED.sub("", seen)
    return " ".join(re.sub(r"[\W_]+", "", each) for each in re.split(r"(?<=\d)[\W_]+(?=\d)", seen))


@cache
def _folded_nothing() -> frozenset[str]:
    return frozenset(folded_wording(each) for each in _NOTHING)


def says_nothing(text: Text | None, terms: Collection[str] = ()) -> bool:
    """Whether a text is missing, has no word, or only holds the place of one (`TBD`); a hole is no text.

    `terms` are the agency's own words for its levels, folded: a standard that is one of them says nothing either.
    """
    if text is None or isinstance(text, AnyWording):
        return text is None
    words = folded_wording(text.text)
    holds_a_place = words in _folded_nothing() or words.startswith("loremipsum")
    return not words or holds_a_place or words in terms or _is_level_alone(words)


def _is_level_alone(words: str) -> bool:
    return (words.endswith(_TERMS) or "level" in words) and _LEVEL_ALONE.fullmatch(words) is not None


__all__ = ["folded_wording", "says_nothing"]
