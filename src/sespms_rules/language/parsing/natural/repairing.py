"""A sentence of which the parser reads a beginning -> the same with a synonym put in wherever it stumbles."""

from __future__ import annotations

from collections.abc import Iterator

from sespms_rules.foundation.values import Frozen
from sespms_rules.language.parsing.lexing import LAYOUT, lex
from sespms_rules.language.parsing.lookahead import follow, may_end
from sespms_rules.language.parsing.natural.synonyms import LONGEST, beginnings, is_arguable, said_as
from sespms_rules.language.parsing.vocabulary import openings
from sespms_rules.language.syntax.words import PartKind

_MOST_WORDS = 60
_MOST_TRIALS = 150
_BEFORE = 4
"""How many words before the one it stumbles at may belong to the phrase that is meant."""


class Repaired(Frozen):
    """A sentence that is read whole, and whether all that was put in can mean nothing else."""

    sentence: str
    sure: bool


class _Read(Frozen):
    """The words of a sentence, and how many of them are read; `whole` where it may end behind the last."""

    words: tuple[str, ...]
    read: int
    whole: bool

    @property
    def left(self) -> int:
        """How many words are not read."""
        return len(self.words) - self.read


def repaired(sentence: str, part: PartKind) -> Repaired | None:
    """The sentence once each stumble was repaired by a synonym; None where that leads to no whole sentence."""
    trials = [_MOST_TRIALS]
    return _search(_tried(sentence, part), part, trials, sure=True)


def _search(state: _Read, part: PartKind, trials: list[int], *, sure: bool) -> Repaired | None:
    if state.whole:
        return Repaired(_joined(state.words), sure)
    if len(state.words) > _MOST_WORDS:
        return None
    for phrase, start, end, meant in _candidates(state):
        trials[0] -= 1
        if trials[0] < 0:
            return None
        further = _tried(_joined((*state.words[:start], meant, *state.words[end:])), part)
        shorter = len(further.words) < len(state.words) and further.left == state.left
        if further.whole or further.left < state.left or shorter:
            found = _search(further, part, trials, sure=sure and not is_arguable(phrase))
            if found is not None:
                return found
    return None


def _candidates(state: _Read) -> Iterator[tuple[str, int, int, str]]:
    """Phrases at or shortly before the stumble, the nearest and longest first, with what may be put in."""
    for start in range(min(state.read, len(state.words) - 1), max(-1, state.read - _BEFORE - 1), -1):
        if state.words[start].casefold() not in beginnings():
            continue
        for end in range(min(len(state.words), start + LONGEST), max(start, state.read - 1), -1):
            phrase = " ".join(state.words[start:end])
            for meant in said_as(phrase):
                yield phrase, start, end, meant


def _tried(sentence: str, part: PartKind) -> _Read:
    stream = lex(f" {sentence}")  # indented, as a sentence is
    count = next(place for place, kind in enumerate([*stream.kinds, "$END"]) if kind in LAYOUT or kind == "$END")
    words = tuple(stream.words(place, place + 1) for place in range(count))
    stack, read = follow(openings()[part], stream.kinds[:count])
    return _Read(words, read, bool(count) and read == count and may_end(stack))


def _joined(words: tuple[str, ...]) -> str:
    text = " ".join(each for each in words if each)
    return text.replace(" ,", ",").replace(" %", "%").replace(" :", ":").replace("( ", "(").replace(" )", ")")
