"""A pair of system texts for any sentence of a requirement: one says just what is asked, the others break it.

All are made from the words of the sentence itself, so that a new requirement has its pair without a line of code.
What is written into holes is invented.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from enum import StrEnum
from fractions import Fraction

from sespms_rules.foundation.values import Frozen
from sespms_rules.language.model import Baseline, Requirement, Stated
from sespms_rules.language.syntax.elements import WeightTotal
from sespms_rules.language.syntax.limits import After, AtLeast, AtMost, Before, Between, By, Exactly
from sespms_rules.language.syntax.nodes import Node, Number, PartName, Percent, Quotation, Sentence
from sespms_rules.language.syntax.planning import MonthDay
from sespms_rules.language.syntax.requirements import MustHave, MustNotContradict, MustNotState, MustState, ShouldState
from sespms_rules.language.syntax.steps import Step
from sespms_rules.language.syntax.uses import Given
from sespms_rules.language.syntax.words import PartKind

READ_TOGETHER = ("plans", "function")
"""Orders that read a sentence with everything else that the edition asks."""

_FILLINGS = (
    ("any date to any date", "2020-05-01 to 2022-04-30"),
    ("any day to any day", "October 1 to September 30"),
    ("any wording", '"Invented wording."'),
    ("any name", '"Invented name"'),
    ("any date", "2020-05-01"),
    ("any official", "appointing authority"),
    ("any level", "level 3"),
)
_OTHER_MOMENT = {After: ("after", "before"), Before: ("before", "after"), By: ("by", "after")}


class Asked(Frozen):
    """One `must state`, `must not state`, `must not contradict` or `should state` of a requirement of an edition."""

    file: str
    edition: Baseline
    requirement: Requirement
    stated: Stated
    quotation: Quotation

    @property
    def sentence(self) -> Sentence:
        """What is asked to be stated."""
        return self.quotation.sentence

    @property
    def words(self) -> str:
        """The words of what is asked to be stated, as the edition writes them."""
        return self.sentence.span.text

    @property
    def label(self) -> str:
        """A name for reports of tests."""
        return f"{self.file} {self.requirement.citation}: {' '.join(self.stated.origin.span.text.split())}"


class Broken(Frozen):
    """A smallest change; at least one of the wordings of it breaks the requirement (None: the sentence left out)."""

    how: str
    wordings: tuple[str | None, ...]


def all_asked(file: str, edition: Baseline) -> Iterator[Asked]:
    """Every sentence of an edition that says what a system states."""
    for requirement in edition.requirements:
        for stated in requirement.sentences:
            if isinstance(stated.sentence, MustState | ShouldState | MustNotState | MustNotContradict):
                yield Asked(file, edition, requirement, stated, stated.sentence.quotation)


# ---- the text of a system --------------------------------------------------------------------------


def system_text(asked: Asked, words: str | None) -> str:
    """A system that says `words` where the requirement asks for them, and no more than they need to be read."""
    parts: dict[str, list[str]] = {"system": []}
    if asked.sentence.strictness in READ_TOGETHER:
        for heading, line in _beside(asked):
            parts.setdefault(heading, []).extend(line)
    if words is not None:
        parts.setdefault(_heading(asked.quotation.part), []).append(filled(words))
    head = "".join(f"  {line}\n" for line in (f'follows "{asked.edition.name}"', *parts.pop("system")))
    rest = "".join(f"\n{heading}\n" + "".join(f"  {line}\n" for line in lines) for heading, lines in parts.items())
    return f'system "Invented agency"\n{head}{rest}'


def _beside(asked: Asked) -> Iterator[tuple[str, list[str]]]:
    """All else that the edition asks a system to have and to state."""
    for requirement in asked.edition.requirements:
        for stated in requirement.sentences:
            match stated.sentence:
                case MustHave(part=part):
                    yield _heading(part), []
                case MustState(quotation=quotation) if stated is not asked.stated and _is_needed(asked, quotation):
                    yield _heading(quotation.part), [filled(quotation.sentence.span.text)]


def _is_needed(asked: Asked, beside: Quotation) -> bool:
    """Weights are compared within a total; another limit beside them might bring about what is asked by itself."""
    return (
        beside.part != asked.quotation.part
        or asked.sentence.strictness != "plans"
        or isinstance(beside.sentence, WeightTotal)
    )


def _heading(named: PartName) -> str:
    if named.kind is PartKind.SYSTEM or named.name is None:
        return named.kind.value
    return f'{named.kind.value} "{named.name.text}"'


def filled(words: str) -> str:
    """The words with something invented in place of each hole."""
    for hole, filling in _FILLINGS:
        words = re.sub(rf"\b{hole}\b", filling, words)
    return words


# ---- smallest changes ------------------------------------------------------------------------------


def broken(asked: Asked) -> Iterator[Broken]:
    """The smallest changes that break a sentence that must or should be stated."""
    yield Broken("left out", (None,))
    yield from changed_numbers(asked)
    yield from _changed_lists(asked)
    yield from _changed_moments(asked)


def changed_numbers(asked: Asked) -> Iterator[Broken]:
    """Each end of a limit moved outwards by one; any other number moved by one, either way."""
    limits = [each for each in nodes(asked.sentence) if isinstance(each, AtLeast | AtMost | Exactly | Between)]
    ends: list[tuple[Number, int]] = []
    for limit in limits:
        if isinstance(limit, Between):
            ends += [(_number(limit.low), -1), (_number(limit.high), 1)]
            continue
        end = _number(limit.amount)
        ends += [(end, -1)] if not isinstance(limit, AtMost) else []
        ends += [(end, 1)] if not isinstance(limit, AtLeast) else []
    for number, by in ends:
        yield Broken(f"`{number.text}` changed by {by}", (_with_number(asked, number, by),))
    in_limits = {each.span for limit in limits for each in nodes(limit) if isinstance(each, Number)}
    days = {each.day.span for each in nodes(asked.sentence) if isinstance(each, MonthDay)}
    for each in nodes(asked.sentence):
        if isinstance(each, Number) and each.span not in in_limits:
            ways = ((1,) if each.value == 1 else (-1,)) if each.span in days else (-1, 1) if each.value > 1 else (1,)
            yield Broken(f"`{each.text}` changed by one", tuple(_with_number(asked, each, by) for by in ways))


def _changed_lists(asked: Asked) -> Iterator[Broken]:
    """A list of duties without one of its members; a choice (`or`) with one member more."""
    for members in _lists(asked.sentence):
        words = [str(each) for each in members]
        if len(words) < 2:
            continue
        *early, last = words
        joined = {word: f"{', '.join(early)} {word} {last}" for word in ("and", "or")}
        (word,) = (word for word, text in joined.items() if text in " ".join(asked.words.split()))
        text = " ".join(asked.words.split())
        if word == "or":
            further = next(str(each) for each in type(members[0]) if each not in members)
            yield Broken(f"or {further}", (text.replace(joined[word], f"{further}, {joined[word]}"),))
            continue
        for dropped in words:
            *first, end = (each for each in words if each != dropped)
            yield Broken(
                f"without {dropped}", (text.replace(joined[word], f"{', '.join(first)} and {end}" if first else end),)
            )


def _changed_moments(asked: Asked) -> Iterator[Broken]:
    """A moment on the other side of its event; a step without its moment."""
    for each in nodes(asked.sentence):
        if isinstance(each, After | Before | By):
            here, other = _OTHER_MOMENT[type(each)]
            moment = each.span.text
            assert moment.startswith(here)
            yield Broken(f"{other} and not {here}", (_replaced(asked, each, other + moment.removeprefix(here)),))
    if isinstance(asked.sentence, Step | Given):
        moments = getattr(asked.sentence, "timings", None) or getattr(asked.sentence, "timing", None)
        if moments is not None:
            yield Broken("without its moment", (_replaced(asked, moments, "").rstrip(),))


def nodes(value: object) -> Iterator[Node]:
    """All nodes inside a node, itself first."""
    if isinstance(value, Node):
        yield value
        for name in value._compared:
            yield from nodes(getattr(value, name))
    elif isinstance(value, tuple):
        for each in value:
            yield from nodes(each)


def _lists(sentence: Sentence) -> Iterator[tuple[StrEnum, ...]]:
    for node in nodes(sentence):
        for name in node._compared:
            value = getattr(node, name)
            if isinstance(value, tuple) and value and isinstance(value[0], StrEnum):
                yield value


def _number(amount: Number | Percent) -> Number:
    return amount.number if isinstance(amount, Percent) else amount


def _with_number(asked: Asked, number: Number, by: int) -> str:
    changed = number.value + by
    assert changed == Fraction(int(changed)), "numbers of requirements are whole so far"
    return _replaced(asked, number, str(int(changed)))


def _replaced(asked: Asked, node: Node, words: str) -> str:
    """The words of a sentence with those of a node inside it replaced."""
    start = asked.sentence.span.start
    text = asked.words
    return text[: node.span.start - start] + words + text[node.span.end - start :]


__all__ = ["Asked", "Broken", "all_asked", "broken", "changed_numbers", "filled", "nodes", "system_text"]
