"""What may be written next: the part that a line stands in, and the words that may follow those of a sentence."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from sespms_rules.foundation.values import Frozen
from sespms_rules.language.parsing.lexing import LAYOUT, lex
from sespms_rules.language.parsing.lookahead import acceptable, follow, may_end
from sespms_rules.language.parsing.vocabulary import openings, part_at, spelling
from sespms_rules.language.syntax.words import PartKind

_VALUES = {"STRING": "name", "PROSE": "prose", "NUMBER": "number", "DATE": "day", "CODE": "code"}


class Following(Frozen):
    """What may stand behind some words: fixed words and signs, kinds of value, and whether the sentence may end."""

    words: tuple[str, ...]
    values: frozenset[str]
    may_end: bool


NOTHING = Following((), frozenset(), False)


def part_of_line(line: str) -> PartKind | None:
    """The part that a line at the margin opens, or None; `strike levels` opens none."""
    return part_at(_kinds(line))


def what_follows(part: PartKind, sentence: str) -> Following:
    """What may follow the words of a sentence of a part; nothing where they begin none."""
    return _following(part, _kinds(sentence))


@lru_cache(maxsize=1024)
def _following(part: PartKind, kinds: Sequence[str]) -> Following:
    opening = openings().get(part)
    if opening is None:
        return NOTHING
    stack, read = follow(opening, kinds)
    if read < len(kinds):
        return NOTHING
    next_ones = acceptable(stack)
    words = sorted(spelling()[kind] for kind in next_ones if kind in spelling())
    return Following(tuple(words), frozenset(_VALUES[kind] for kind in next_ones if kind in _VALUES), may_end(stack))


def _kinds(words: str) -> tuple[str, ...]:
    return tuple(kind for kind in lex(words).kinds if kind not in LAYOUT)
