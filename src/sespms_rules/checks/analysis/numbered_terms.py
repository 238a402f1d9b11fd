"""Which level the number in a term would be taken for, where it is not the term's own."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from sespms_rules.checks.analysis.levels import definitions, is_level, level_number, term
from sespms_rules.foundation.patterns import late
from sespms_rules.foundation.values import Frozen
from sespms_rules.language.model import System
from sespms_rules.language.syntax.elements import LevelDefinition

_WORD: Final = r"(?:level|tier|rating|grade|band|category|class|rank|group|score|lvl|l|cat|no)"
_DIGITS: Final = frozenset("0123456789")
_NUMBER: Final = r"#?\s*(?P<number>[0-9]+)(?:\.0+)?"
_ALONE: Final = late(rf"\s*(?:(?:level|lvl|l)\b[.:\s-]*|l)?{_NUMBER}[.)\s]*")
_AT_AN_END: Final = (
    late(rf"\s*(?:{_WORD}\b[.:\s-]*)?{_NUMBER}(?:\s*[-,.:;=)/(\u2010-\u2015].*|\s*)", re.DOTALL),
    late(rf".*[\s(\[,:-]{_WORD}?[.:\s-]*{_NUMBER}[)\]]?\s*", re.DOTALL),
)


class NumberedTerm(Frozen):
    """The declaration of a level whose term holds the number of another; `other` is that level, declared or not.

    `alone` says that the term is that number and nothing else (`1`, `Level 1`), so that a cell of a roster that
    holds it can mean either.
    """

    definition: LevelDefinition
    level: int
    words: str
    other: int
    alone: bool


def numbered_terms(system: System) -> Iterator[NumberedTerm]:
    """The levels of a system whose terms hold the number of another level."""
    for definition in definitions(system):
        words, value = term(definition), level_number(definition.level)
        if words is None or value is None or not is_level(value):
            continue
        # A digit of another script reads as one of ours.
        small = "".join(str(int(each)) if each.isdecimal() else each for each in words.casefold())
        if _DIGITS.isdisjoint(small):
            continue
        alone = _ALONE.fullmatch(small)
        found = alone or next((match for each in _AT_AN_END if (match := each.fullmatch(small))), None)
        if found is None or len(found["number"]) > 1 or (other := int(found["number"])) == value or not 1 <= other <= 5:
            continue
        yield NumberedTerm(definition, int(value), words, other, alone is not None)
