"""Whether a unit of a roster is an office that a policy speaks of, by its name: it surely is, or it may be."""

from __future__ import annotations

from collections.abc import Collection
from fractions import Fraction
from typing import Final

from sespms_rules.foundation.patterns import late
from sespms_rules.foundation.spelling import nearest_name
from sespms_rules.rosters.files.blanks import tidy

INSPECTOR_GENERAL: Final = "Office of Inspector General"

_SMALL = frozenset({"and", "for", "of", "the"})
_SAY_LITTLE = _SMALL | {"agency", "bureau", "department", "division", "office"}
_LONG = 6
_SLIP = Fraction(85, 100)
_BETWEEN = late(r"[^\w]+")


class NamedOffice:
    """An office by its name. What its words are, and what it is shortened to, is worked out once."""

    def __init__(self, name: str) -> None:
        words = _words(name)
        self._named = frozenset(words)
        self._telling = [word for word in words if word not in _SAY_LITTLE]
        self._whole = "".join(word[0] for word in words if word not in _SMALL)
        self._short = _initials(words)

    def is_named(self, unit: str) -> bool:
        """Whether a unit surely is the office: its name holds what tells it, word by word, or is its initials."""
        words, count = _words(unit), len(self._telling)
        if len(words) == 1 and len(self._whole) > 1 and words[0] == self._whole:
            return True
        return bool(count) and any(words[at : at + count] == self._telling for at in range(len(words) - count + 1))

    def may_be(self, unit: str) -> bool:
        """Whether a unit may be the office: its name holds, in any order, every word of the office's that tells it.

        A long word may have a slip of the pen. So may be one that holds its initials (`OIG Audits`), and an office that
        is called by the initials of the unit.
        """
        words = _words(unit)
        held = frozenset(words)
        holds = bool(self._telling) and all(_stands_in(word, held) for word in self._telling)
        return holds or bool(self._short & held or _initials(words) & self._named)


def _stands_in(word: str, words: Collection[str]) -> bool:
    """Whether a word is there, a long one with a slip of the pen perhaps: `Eastern` is not `Western`, nor `1` `2`."""
    like = (each for each in words if each[0] == word[0]) if len(word) >= _LONG else ()
    return word in words or nearest_name(word, like, _SLIP) is not None


def _initials(words: list[str]) -> set[str]:
    """What a name is shortened to, with the word `office` or without; empty for a single word."""
    named = [word for word in words if word not in _SMALL]
    telling = [word for word in named if word not in _SAY_LITTLE]
    return {"".join(word[0] for word in each) for each in (named, telling) if len(each) > 1}


def _words(name: str) -> list[str]:
    """The words of a name in small letters, without the stops of initials."""
    return [word for word in _BETWEEN.split(tidy(name).replace(".", "")) if word]
