"""The words for levels that a policy has -> the level that a cell of a roster means, or what to write instead."""

from __future__ import annotations

import re
from fractions import Fraction

from sespms_rules.foundation.patterns import late
from sespms_rules.foundation.spelling import did_you_mean, nearest_name, shortened
from sespms_rules.language.syntax.words import FederalLevel
from sespms_rules.program.ir import Program
from sespms_rules.program.numbered_terms import doubtful_numbers, level_alone
from sespms_rules.rosters.files.blanks import tidy, trimmed
from sespms_rules.rosters.files.numbers import NumberFault

_OF_THE_LAW = frozenset(level.value for level in FederalLevel)
_MOST_DIGITS = 4
_LONGEST_TERM = 60
MOST_USED = 1_000
"""How many different words for levels are noted in a roster."""
_NUMBER_BESIDE = (
    late(r"(?:l|lv|lvl|lev|level)[ .:#-]{0,3}(?P<number>[0-9])", re.ASCII | re.IGNORECASE),
    late(r"(?:level )?(?P<number>[0-9]) {0,3}[-\u2013\u2014:=(.,] {0,3}(?P<term>[^()]{1,60})\)?", re.IGNORECASE),
    late(r"(?P<term>[^()]{1,60}?) {0,3}[-\u2013\u2014:=(,] {0,3}(?:level )?(?P<number>[0-9])\)?", re.IGNORECASE),
)
"""A level's number with a letter before it, or with a term beside it."""
_MARKED = late(
    "(?P<before>[*\u2020\u2021\u00a7\u00b6#^]{0,3}) ?(?:level )?(?P<number>[0-9]) {0,3}"
    "(?P<mark>(?:[*\u2020\u2021\u00a7\u00b6#^\u00b9\u00b2\u00b3\u2070-\u2079]{1,3}"
    r"|[(\[](?:note |fn )?(?:[0-9]{1,2}|[a-z*])[)\]])?)",
    re.IGNORECASE,
)
"""A level's number with the mark of a note before or behind it."""


def no_level(text: str) -> str:
    """What is wrong with a text that stands where a level does."""
    return f"`{text}` is neither a number nor the term of a level"


class LevelWords:
    """The words for levels that the policy has: its own terms, `level` before a number, and both (`4 - Exceeds`).

    A number and a term in one cell are read where they name one level. What else stands beside a number is not.
    `used` are those that were read so far, with the level each stands for, up to `MOST_USED` of them.
    """

    def __init__(self, program: Program) -> None:
        numbers: dict[str, set[int]] = {}
        for number, term in program.terms:
            numbers.setdefault(tidy(term), set()).add(number)
        self._terms = tuple(dict.fromkeys(term for _, term in program.terms))
        self._levels = {words: found.pop() for words, found in numbers.items() if len(found) == 1}
        self._numbers = frozenset(number for number, _ in program.terms)
        self._doubtful = doubtful_numbers(program.terms)
        self.used: dict[str, int] = {}

    def level(self, text: str) -> int | None:
        """The level that a text names; None where it names none, or more than one."""
        words = tidy(text)
        if (plain := self._plain(words)) is not None:
            return plain
        beside = self._number_beside(words)
        # One of each: the first figure of `4.4 - Exceeds` is beside a number that is no level.
        return beside[0] if beside is not None and beside[1] and beside[0] == self._plain(beside[1]) else None

    def _plain(self, words: str) -> int | None:
        """The level that words name by its term or by its number, and by nothing beside that."""
        if (own := self._levels.get(words)) is not None:
            return own
        number = words.removeprefix("level ")
        if number != words and number.isascii() and number.isdecimal() and len(number) < _MOST_DIGITS:
            return int(number)
        return self._levels.get(number)

    def reads_as_one(self, text: str) -> bool:
        """Whether a text that names no level here reads as one: the regulation's term, or the first words of a term.

        Initials do not: `MS` is a degree and a state too.
        """
        words = tidy(text)
        return words in _OF_THE_LAW or any(tidy(each).startswith(f"{words} ") for each in self._terms)

    def is_term(self, text: str) -> bool:
        """Whether a text is the whole term of a level, of the policy or the regulation, and holds no figure."""
        words = tidy(text)
        whole = words in _OF_THE_LAW or any(words == tidy(each) for each in self._terms)
        return whole and not any(sign.isdigit() for sign in words)

    def may_be_short(self, text: str) -> bool:
        """Whether a text may be the initials of a term, of the policy or the regulation, or its first letter."""
        terms = _OF_THE_LAW.union(map(tidy, self._terms))
        if len(text) == 1:
            return any(tidy(each).startswith(tidy(text)) for each in terms)
        return shortened(text, terms) is not None

    def instead(self, text: str, besides: str = "") -> str:
        """What to write for a text that names no level; `besides` is said behind it, where it is no slip of a term."""
        short = self.beside(text) or self.short_for(text)
        near = nearest_name(text, self._terms) if short is None and len(text) <= _LONGEST_TERM else None
        if near is not None and any(each.isdigit() and each not in near for each in text):
            near = None  # no slip of a term: the figure beside it may be what is meant
        plain = "write the level as a number, such as `4`, or as its term"
        if self._doubtful:
            plain = "write the term of the level, or its number as `Level 4`"
        return did_you_mean(near, f"{short or plain}{besides}")

    def short_for(self, text: str) -> str | None:
        """What a text may be short for: a term of which it is the initials, the first letter or the first words."""
        initial = [each for each in self._terms if len(text) == 1 and each.casefold().startswith(text.casefold())]
        term = initial[0] if len(initial) == 1 else shortened(text, self._terms)
        level = None if term is None else self.level(term)
        return None if level is None else f"write `{self._alone(level)}` if `{text}` stands for `{term}`"

    def beside(self, text: str) -> str | None:
        """What to write for a text that names a level by its number with something beside it (`4 - Exc.`, `4*`)."""
        if (marked := _MARKED.fullmatch(text)) and (mark := marked["mark"] or marked["before"]):
            number = int(marked["number"])
            known = number in self._numbers
            return (
                f"write `{self._alone(number)}` if the note at `{mark}` leaves level {number} as it is"
                if known
                else None
            )
        found = self._number_beside(text)
        if found is None:
            return None
        number, term = found
        named = (self._short(term) if (level := self._plain(tidy(term))) is None else level) if term else number
        if named is None:
            return None
        if named != number:
            return f"it names level {number} and, by `{term}`, level {named}: write the one that is meant"
        return f"write `{self._alone(number)}` if level {number} is meant"

    def _number_beside(self, text: str) -> tuple[int, str] | None:
        """The number of a level and the term beside it, empty where a letter stands there; None for other texts."""
        found = next((each for pattern in _NUMBER_BESIDE if (each := pattern.fullmatch(text))), None)
        if found is None or (number := int(found["number"])) not in self._numbers:
            return None
        return number, found.groupdict().get("term") or ""

    def _short(self, text: str) -> int | None:
        """The level for whose term a text is short; None where it is short for none, or may be for several."""
        term = shortened(text, self._terms)
        return None if term is None else self.level(term)

    def read(self, text: str) -> Fraction | None:
        """The level that a text names, which is then one that was used."""
        level = self.level(text)
        if level is None:
            return None
        if len(self.used) < MOST_USED:
            self.used.setdefault(text, level)
        return Fraction(level)

    def doubt(self, value: Fraction) -> NumberFault | None:
        """Why a number alone may be another level than its own: it stands in the term of that one (`Tier 1`)."""
        other, term = self._doubtful.get(int(value), (0, "")) if value.denominator == 1 else (0, "")
        if not other:
            return None
        number = int(value)
        says = f"`{number}` is the number of level {number}, and stands in `{term}`, the term of level {other}"
        return NumberFault(says, f"write `Level {number}` or `{term}`, whichever is meant")

    def _alone(self, level: int) -> str:
        return level_alone(level, self._doubtful)

    def number(self, value: object) -> object:
        """The level that a text names, as digits; any other value as it is."""
        level = self.read(trimmed(value)) if isinstance(value, str) else None
        return value if level is None else str(level)
