"""A word of a closed list where it stands -> the words of the list that may stand there instead.

The automaton is asked, so that no word is offered with which the sentence could not be read.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from sespms_rules.language.parsing.grammar import tables
from sespms_rules.language.parsing.lexing import LAYOUT, lex
from sespms_rules.language.parsing.lookahead import reads_whole
from sespms_rules.language.parsing.vocabulary import openings
from sespms_rules.language.syntax.words import PartKind, Word


@lru_cache(maxsize=4096)
def words_instead(part: PartKind, sentence: str, start: int, end: int, word: Word) -> tuple[str, ...]:
    """The words that may stand in a sentence of a part from `start` to `end`, as they are written there.

    A plural is offered where one stands; the present word comes in its place in the list.
    """
    stream = lex(sentence)
    read = [(kind, at) for kind, at in zip(stream.kinds, stream.starts, strict=True) if kind not in LAYOUT]
    kinds = tuple(kind for kind, _ in read)
    first, last = (sum(at < edge for _, at in read) for edge in (start, end))
    return _fitting(part, kinds, first, last, type(word), sentence[start:end].endswith("s"))


@lru_cache(maxsize=4096)
def _fitting(
    part: PartKind, kinds: tuple[str, ...], first: int, last: int, closed: type[Word], plural: bool
) -> tuple[str, ...]:
    opening = openings().get(part)
    if opening is None:
        return ()
    found = []
    for member in closed:
        for form in _forms(member, plural=plural):
            spelled = tuple(tables().words.get(word, "") for word in form.split())
            if all(spelled) and reads_whole(opening, (*kinds[:first], *spelled, *kinds[last:])):
                found.append(form)
                break
    return tuple(found)


def _forms(member: Word, *, plural: bool) -> Iterator[str]:
    several = f"{member.value}s"
    if plural and not member.value.endswith("s"):
        yield several
    yield member.value
    if not plural:
        yield several
