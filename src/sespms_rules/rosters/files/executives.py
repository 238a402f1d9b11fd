"""Who a row speaks of: the id, once a roster, how the executive is appointed, and in which unit."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Final, Protocol

from sespms_rules.foundation.letters import as_one_id
from sespms_rules.foundation.patterns import late
from sespms_rules.foundation.spelling import did_you_mean, nearest_name
from sespms_rules.foundation.values import replace
from sespms_rules.program.rating import Refusal
from sespms_rules.rosters.files.blanks import tidy
from sespms_rules.rosters.files.not_executives import IDS_KEPT_IN_MIND, no_executive
from sespms_rules.rosters.files.rows import (
    APPOINTMENTS,
    ID_NOT_AS_SHOWN,
    MISSING_ID,
    NOT_AN_EXECUTIVE,
    REPEATED_ID,
    UNKNOWN_APPOINTMENT,
    refused,
)

_WORDS = ", ".join(f"`{word}`" for word in APPOINTMENTS[:-1]) + f" or `{APPOINTMENTS[-1]}`"

SHORTENED: Final = r"[0-9]([.,][0-9]+)?e\+?[0-9]+"
"""A long number as a spreadsheet shows it (`1.23457E+15`): nobody can tell whose it was (small letters; whole cell)."""

DIGITS_LOST: Final = "is a long number that a spreadsheet shortened, so its last digits are lost"
TYPE_IT_AGAIN: Final = "format the column as text, type the id again, and save"
_WRITE_IT_WHOLE: Final = "write all its digits, in quotation marks"
_RECORD: Final = "record"

_SHORTENED = re.compile(SHORTENED, re.ASCII)
_ZEROS_BEFORE = late(r"(?<![0-9.])0+(?=[0-9])")
_ZEROS_BEHIND = late(r"(?<=[0-9])\.0+$")


PLAIN_KEYS: Final = re.compile(
    r"(?:(?:(?!jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z][a-z_-]*+[0-9][a-z0-9_-]*+|[1-9][0-9]{0,10}+)\n)*+",
    re.ASCII | re.IGNORECASE,
)
"""Ids, each with a line end, that nobody has to look at: letters and digits that are no word, number or day.

None of them is a total or a note, none is shortened, none is changed by a spreadsheet or has to be guarded from it.
"""


class MetIds(Protocol):
    """Many ids, with the number of the row in which each stands first."""

    def first(self, key: str, number: int) -> int:
        """Take note of an id in a row; return the number of the row in which it stood first."""

    def firsts_of(self, keys: Sequence[str], numbers: Sequence[int]) -> Iterable[int]:
        """The same for many ids, in order."""


class Identities:
    """The ids met so far, and where each was met first (`row 7`, `record 3`)."""

    def __init__(self, met: dict[str, int] | None = None) -> None:
        """`met` are ids known beforehand, with the number of the row that each stands in first.

        `many` holds those of a long roster in place of texts, None where it does not.
        """
        self._met: dict[str, int] = {} if met is None else met
        self.many: MetIds | None = None

    def hold_in(self, many: MetIds) -> None:
        """Keep those of a long roster in `many`, which holds none as yet."""
        for key, number in self._met.items():
            many.first(key, number)
        self.many = many

    def _first(self, key: str, number: int) -> int:
        """Take note of an id; the number of the row or record in which it stood first."""
        return self._met.setdefault(key, number) if self.many is None else self.many.first(key, number)

    def refusal(self, key: str, number: int, where: str, kind: str) -> Refusal | None:
        """Take note of `key`, the id of row or record `number` (`kind` says which); refuse none and one met before."""
        if not key:
            return refused(MISSING_ID, where, "there is no id", "give each executive an id that no other has")
        if wrong := self.no_id(key, where):
            in_json = wrong.code == ID_NOT_AS_SHOWN.code and kind == _RECORD
            return replace(wrong, help=_WRITE_IT_WHOLE) if in_json else wrong
        first = self._first(compared(key), number)
        if first == number:
            return None
        says = f"the id `{key}` stands in {kind} {first} already"
        help = "keep one of the two, or correct the id of one; capitals do not tell ids apart"
        return refused(REPEATED_ID, where, says, help)

    def repeated(self, keys: Sequence[str], numbers: Sequence[int]) -> set[int]:
        """Take note of the ids of many rows; return the places of those that stood in another row before.

        Empty ones are passed over.
        """
        found = [*map(str.lower, keys)] if _is_plain("".join(keys)) else [compared(each) for each in keys]
        if self.many is not None:
            kept = [place for place, key in enumerate(found) if key]
            before = self.many.firsts_of([found[place] for place in kept], [numbers[place] for place in kept])
            return {place for place, first in zip(kept, before, strict=True) if first != numbers[place]}
        firsts = dict(zip(found, numbers, strict=True))
        firsts.pop("", None)
        places: set[int] = set()
        if len(firsts) == len(found) and self._met.keys().isdisjoint(firsts):
            self._met.update(firsts)
            return places
        for place, (key, number) in enumerate(zip(found, numbers, strict=True)):
            if key and self._met.setdefault(key, number) != number:
                places.add(place)
        return places

    def no_id(self, key: str, where: str) -> Refusal | None:
        """Refuse what is no id of anyone, or no longer the id it was."""
        if kind := no_executive(key):
            says = f"`{key}` is not an executive: it reads as {kind}"
            help = "remove the row; if it is an executive, give the row another id, such as a number"
            return refused(NOT_AN_EXECUTIVE, where, says, help)
        if is_shortened(key):
            return refused(ID_NOT_AS_SHOWN, where, f"the id `{key}` {DIGITS_LOST}", TYPE_IT_AGAIN)
        return None


def compared(key: str) -> str:
    """An id as ids are compared: two that look the same are the same, and capitals do not count (`as_one_id`)."""
    return key.lower() if _is_plain(key) else as_one_id(key)


@lru_cache(maxsize=IDS_KEPT_IN_MIND)
def is_shortened(key: str) -> bool:
    """Whether an id is a long number as a spreadsheet shows it, so that many executives may share it."""
    return _SHORTENED.fullmatch(compared(key)) is not None


def _is_plain(text: str) -> bool:
    """Whether of an id, or of several without blanks at their ends one behind the other, only capitals do not count."""
    if not (text.isascii() and text.isprintable()) or "  " in text or "'" in text:
        return False
    return '="' not in text and '= "' not in text


class Units:
    """The units met so far. One that is spelled in several ways is one unit, as it was spelled first."""

    def __init__(self) -> None:
        self._first: dict[str, str] = {}
        self._others: dict[str, dict[str, None]] = {}

    def unit(self, text: str) -> str | None:
        """The unit that a cell names; None where it is empty."""
        if not text:
            return None
        key = tidy(text)
        first = self._first.setdefault(key, text)
        if first != text:
            self._others.setdefault(key, {})[text] = None
        return first

    def known(self, text: str) -> str:
        """The unit that a text names, as it was spelled first; the text itself where it was not met."""
        return self._first.get(tidy(text), text)

    @property
    def all(self) -> list[str]:
        """Every unit, as it was spelled first."""
        return list(self._first.values())

    @property
    def spelled_otherwise(self) -> list[tuple[str, list[str]]]:
        """Units that were spelled in several ways: how first, and how else."""
        return [(self._first[key], list(others)) for key, others in self._others.items()]

    @property
    def apart_by_zeros(self) -> list[list[str]]:
        """Units that differ in zeros alone, as `1` and `01` do: they stay apart, for a code may have them."""
        found: dict[str, list[str]] = {}
        for key, first in self._first.items():
            found.setdefault(_ZEROS_BEHIND.sub("", _ZEROS_BEFORE.sub("", key)), []).append(first)
        return [each for each in found.values() if len(each) > 1]


def read_appointment(text: str, where: str) -> tuple[str | None, Refusal | None]:
    """Return the appointment in the words of the language, or why it is none of them; empty: not said."""
    words = tidy(text).replace("-", " ")
    words = " ".join(words.split())
    if not words:
        return None, None
    for word in APPOINTMENTS:
        if words in (word, word.replace(" ", "")) or words.replace(" ", "") == word:
            return word, None
    help = did_you_mean(nearest_name(words, APPOINTMENTS), f"write {_WORDS}, or leave it empty")
    return None, refused(UNKNOWN_APPOINTMENT, where, f"`{text.strip()}` is not a kind of appointment", help)
