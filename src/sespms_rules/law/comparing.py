"""What every family is compared by: the question, the answer, and the few ways in which sentences answer it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from operator import attrgetter
from typing import Any

from sespms_rules.checks.analysis import says_nothing, stated_of, within
from sespms_rules.foundation.values import Frozen, field
from sespms_rules.language.model import Part, Stated, System
from sespms_rules.language.syntax.limits import (
    AtLevel,
    AtOrBetter,
    BelowLevel,
    IsNotRated,
    IsRated,
    Place,
    level_number,
)
from sespms_rules.language.syntax.nodes import Node, Prose, Quoted, Sentence
from sespms_rules.language.syntax.words import Noun
from sespms_rules.law.orders import duty_list, same
from sespms_rules.program.ir import Program

LEVELS = frozenset({5, 4, 3, 2, 1})

Compute = Callable[[System], Program | None]
"""A system -> its program, whatever is wrong with it; None where it has none. The pipeline gives it."""


def nothing_computed(system: System) -> Program | None:
    """Stands where nothing is given that computes: what two systems derive is then not compared."""
    del system
    return None


class Question(Frozen):
    """One sentence that is asked of a part of a system.

    `beside` are all that its edition asks there; `compute` gives what a system computes (`nothing_computed`: nothing).
    """

    system: System
    part: Part | None
    asked: Sentence
    beside: tuple[Sentence, ...] = field(default=())
    compute: Compute = field(compare=False, default=nothing_computed)

    @property
    def stated(self) -> tuple[Stated, ...]:
        """The sentences of the part; none where the system has no such part."""
        return self.part.sentences if self.part else ()

    def of_kind(self, *kinds: type[Sentence]) -> tuple[Stated, ...]:
        """The sentences of the part of the asked sentence's class, or of the classes given."""
        if not kinds:
            return stated_of(self.stated, type(self.asked))
        return tuple(each for each in self.stated if isinstance(each.sentence, kinds))


class Answer(Frozen):
    """Whether it is said, at least as strictly (None: not decided), by which lines, and why if not.

    `question` is what a reviewer has to answer before it can count as said; empty where nothing is to be asked.
    `adds` is true where what is said may stay, because sentences of the kind are read together. `words` are the
    sentence that says what is asked and all that the line of evidence says already; empty where none is known.
    `cure` is what to do where what is asked is said already and something else has to be mended; empty elsewhere.
    """

    holds: bool | None
    evidence: tuple[Stated, ...] = field(default=())
    why: str = field(default="")
    question: str = field(default="")
    adds: bool = field(default=False)
    words: str = field(default="")
    cure: str = field(default="")


Family = Callable[[Question], Answer]
Pair = Callable[[Any, Any], bool]


def present(*about: str) -> Family:
    """The order *present*: a sentence of the kind is there, about the same thing, and its wording says something."""
    return one(_is_there, *about)


def _is_there(said: Sentence, asked: Sentence) -> bool:
    del asked
    text = next((each for each in within(said, Node) if isinstance(each, Quoted | Prose)), None)
    return text is None or not says_nothing(text)


def same_again(*about: str) -> Family:
    """The order *same*: a sentence is there that says the same; `about` finds what is said otherwise."""
    return one(same, *about)


def one(pair: Pair, *about: str) -> Family:
    """A sentence about the same thing (the fields `about`) that is at least as strict by `pair`."""

    def compare(question: Question) -> Answer:
        near = [each for each in question.of_kind() if _speaks_of(each.sentence, question.asked, about)]
        for each in near:
            if pair(each.sentence, question.asked):
                return Answer(True, (each,))
        return weaker(near)

    return compare


def weaker(near: list[Stated] | tuple[Stated, ...]) -> Answer:
    """The answer where what is said is not enough, or nothing is said."""
    if near:
        return Answer(False, tuple(near), "what it says is not as strict")
    return Answer(False, (), "it does not say it")


def together(listed: str) -> Family:
    """The order *duty list*: all sentences of the family together name everything in the list that is asked."""
    items = attrgetter(listed)

    def compare(question: Question) -> Answer:
        near = question.of_kind()
        asked = [_comparable(item) for item in items(question.asked)]
        known = {_comparable(item) for each in near for item in items(each.sentence)}
        if duty_list(known, asked):
            told = tuple(each for each in near if {_comparable(item) for item in items(each.sentence)} & set(asked))
            return Answer(True, told)
        lacking = ", ".join(f"`{item}`" for item in dict.fromkeys(asked) if item not in known)
        return Answer(False, near, f"its list lacks {lacking}" if near else "it does not say it", adds=True)

    return compare


def _comparable(item: object) -> str:
    """A member of a list as words: a word of the language, or the author's own name."""
    return str(getattr(item, "text", item))


def _speaks_of(said: Sentence, asked: Sentence, about: tuple[str, ...]) -> bool:
    return all(same(attrgetter(name)(said), attrgetter(name)(asked)) for name in about)


def either_way(*fields: str) -> Family:
    """Two steps that are independent of each other: named in either order, beside any others."""
    one_name, other_name = fields

    def pair(said: Sentence, asked: Sentence) -> bool:
        mine = {getattr(said, one_name), getattr(said, other_name)}
        return mine == {getattr(asked, one_name), getattr(asked, other_name)}

    def compare(question: Question) -> Answer:
        answer = one(pair)(question)
        return answer if answer.holds else Answer(False, (), "it does not say it", adds=True)

    return compare


def same_kind(system: System, said: Noun, asked: Noun) -> bool:
    """Whether two words for elements mean the same ones in this system, which may have only critical ones."""
    if said is asked:
        return True
    elements = {Noun.ELEMENT, Noun.CRITICAL_ELEMENT}
    return {said, asked} == elements and all(each.critical for each in system.elements)


def levels_at(place: Place | None) -> frozenset[int] | None:
    """The levels a place speaks of; all for no place, None where it speaks of none by number."""
    match place:
        case None | IsRated():
            return LEVELS
        case IsNotRated():
            return None
        case AtLevel(level=word) | AtOrBetter(level=word) | BelowLevel(level=word):
            number = level_number(word)
            if number is None:
                return None
            return frozenset(_where(place, number))


def _where(place: Place, number: int) -> Iterator[int]:
    for level in LEVELS:
        better = isinstance(place, AtOrBetter) and level > number
        below = isinstance(place, BelowLevel) and level < number
        if better or below or (level == number and not isinstance(place, BelowLevel)):
            yield level
