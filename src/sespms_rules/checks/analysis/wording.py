"""What a text of the author's own says: whether two say the same, and whether one says anything at all."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection

from sespms_rules.language.syntax.nodes import AnyWording, Text

_NOTHING = frozenset({
    "tbd", "tba", "tbc", "tbs", "tbp", "todo", "fixme", "na", "n a", "xxx", "xx", "x", "pending", "placeholder",
    "reserved",
    "to be determined", "to be announced", "to be added", "to be decided", "to be defined", "to be developed",
    "to be provided", "to be supplied", "to be completed", "to be written", "to be confirmed", "to follow", "to come",
    "coming soon", "insert text", "insert text here", "insert here", "text here", "your text here",
    "not yet determined",
    "not yet defined", "not applicable", "see above", "same as above",
})  # fmt: skip
"""Texts, folded, that only hold the place of a text."""

_LEVEL_ALONE = re.compile(
    r"(?:(?:see|as|like|same as|the same as|cf) )?(?:(?:the )?standards? (?:of|for|at) )?(?:level [1-5]"
    r"|outstanding|exceeds fully successful|fully successful|minimally satisfactory|unsatisfactory)"
)
"""A text, folded, that is no more than a level's name, or sends its reader to a level."""


def folded_wording(text: str) -> str:
    """A text as it is compared: its words alone. Case, blanks, punctuation and the form of a letter do not count."""
    plain = unicodedata.normalize("NFKC", text).casefold()
    return " ".join(re.sub(r"[^\w]+|_+", " ", plain).split())


def says_nothing(text: Text | None, terms: Collection[str] = ()) -> bool:
    """Whether a text is missing, has no word, or only holds the place of one (`TBD`); a hole is no text.

    `terms` are the agency's own words for its levels, folded: a standard that is one of them says nothing either.
    """
    if text is None or isinstance(text, AnyWording):
        return text is None
    words = folded_wording(text.text)
    holds_a_place = words in _NOTHING or words.startswith("lorem ipsum")
    return not words or holds_a_place or words in terms or bool(_LEVEL_ALONE.fullmatch(words))


__all__ = ["folded_wording", "says_nothing"]
