"""The numbers within the terms of levels: which level a number alone may mean that is not the level of that number.

By `level 5 "Tier 1"` a `1` in a roster is level 1 to whoever counts levels, and level 5 to whoever counts tiers.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Mapping
from typing import Final

from sespms_rules.foundation.patterns import late
from sespms_rules.foundation.values import Frozen

_WORD: Final = r"(?:level|tier|rating|grade|band|category|class|rank|group|score|lvl|l|cat|no)"
_DIGITS: Final = frozenset("0123456789")
_NUMBER: Final = r"#?\s*(?P<number>[0-9]+)(?:\.0+)?"
_ALONE: Final = late(rf"\s*(?:(?:level|lvl|l)\b[.:\s-]*|l)?{_NUMBER}[.)\s]*")
_AT_AN_END: Final = (
    late(rf"\s*(?:{_WORD}\b[.:\s-]*)?{_NUMBER}(?:\s*[-,.:;=)/(\u2010-\u2015].*|\s*)", re.DOTALL),
    late(rf".*[\s(\[,:-]{_WORD}?[.:\s-]*{_NUMBER}[)\]]?\s*", re.DOTALL),
)


class NumberInTerm(Frozen):
    """The number that a term begins or ends with; `alone` says that the term is that number and nothing else."""

    number: int
    alone: bool


def number_in_term(words: str) -> NumberInTerm | None:
    """The number of a level in the term of one (`Tier 1`, `4 - Exceeds`, `Level 1`); None where it has none."""
    # A digit of another script reads as one of ours.
    small = "".join(str(int(each)) if each.isdecimal() else each for each in words.casefold())
    if _DIGITS.isdisjoint(small):
        return None
    alone = _ALONE.fullmatch(small)
    found = alone or next((match for each in _AT_AN_END if (match := each.fullmatch(small))), None)
    if found is None or len(found["number"]) > 1 or not 1 <= (number := int(found["number"])) <= 5:
        return None
    return NumberInTerm(number, alone is not None)


def doubtful_numbers(terms: Iterable[tuple[int, str]]) -> Mapping[int, tuple[int, str]]:
    """For each number of a level that stands in the term of another one, that level and its term."""
    found: dict[int, tuple[int, str]] = {}
    known = tuple(terms)
    levels = {level for level, _ in known}
    for level, term in known:
        within = number_in_term(term)
        if within is not None and within.number != level and within.number in levels:
            found.setdefault(within.number, (level, term))
    return found


def level_alone(level: int, doubtful: Container[int]) -> str:
    """A level as a cell that holds nothing else says it, so that nobody takes it for another."""
    return f"Level {level}" if level in doubtful else str(level)
