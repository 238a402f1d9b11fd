"""Variants of the complying system, made from what the law asks: lawful ones, and ones that break one sentence of it.

A sentence that an edition asks for finds lines of the system that satisfy it. Those lines are then replaced: by none,
by the least change that breaks the sentence (`pairing.py`), by the sentence itself, by something stricter; or a line is
added that contradicts them. What each variant is held to is said with it, so that a verdict is tried both ways.
"""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum

from law.complying import COMPLYING
from law.pairing import Asked, broken, filled, nodes
from sespms_rules.foundation.source import Span
from sespms_rules.foundation.values import Frozen
from sespms_rules.language.syntax.limits import AtLeast, AtMost
from sespms_rules.language.syntax.nodes import Number
from sespms_rules.language.syntax.planning import EachHas
from sespms_rules.language.syntax.uses import Given, Requires


class Sort(StrEnum):
    """Whether a variant keeps to the sentence it was made from."""

    LAWFUL = "lawful"
    VIOLATING = "violating"


class Variant(Frozen):
    """A whole text, how it was made, and whether the sentence it was made from is still kept."""

    asked: Asked
    sort: Sort
    how: str
    text: str

    @property
    def label(self) -> str:
        """A name for reports of tests."""
        return f"{self.sort}: {self.asked.requirement.citation}: {self.how}: {self.asked.words}"


def variants(asked: Asked, evidence: tuple[Span, ...]) -> Iterator[Variant]:
    """All variants of a sentence that the complying system satisfies by these lines."""
    if len(evidence) != 1 or COMPLYING[evidence[0].start : evidence[0].end] != evidence[0].text:
        return
    (line,) = evidence
    yield Variant(asked, Sort.LAWFUL, "in its own words", _instead(line, filled(asked.words)))
    for how, words in _stricter(asked):
        yield Variant(asked, Sort.LAWFUL, how, _instead(line, filled(words)))
    for change in broken(asked):
        if change.how == "without its moment":
            continue  # the order of the other steps may bring about the moment all the same
        if isinstance(asked.sentence, Given) and asked.sentence.timing is None and None in change.wordings:
            continue  # the executive is given another copy, and any will do
        for wording in change.wordings:
            text = _instead(line, None if wording is None else filled(wording))
            if len(change.wordings) == 1 and text != COMPLYING:
                yield Variant(asked, Sort.VIOLATING, change.how, text)
    for how, text in _contradicted(asked, line):
        yield Variant(asked, Sort.VIOLATING, how, text)


def _stricter(asked: Asked) -> Iterator[tuple[str, str]]:
    """The sentence with its one limit moved inwards: what it then allows is less."""
    limits = [each for each in nodes(asked.sentence) if isinstance(each, AtLeast | AtMost)]
    numbers = [each for each in nodes(asked.sentence) if isinstance(each, Number)]
    if len(limits) != 1 or len(numbers) != 1:
        return
    by = 1 if isinstance(limits[0], AtLeast) else -1
    value = int(numbers[0].value) + by
    if value > 0:
        start = numbers[0].span.start - asked.sentence.span.start
        words = asked.words[:start] + str(value) + asked.words[start + len(numbers[0].span.text) :]
        yield f"{numbers[0].text} made {value}", words


def _contradicted(asked: Asked, line: Span) -> Iterator[tuple[str, str]]:
    """The text with the sentence left as it is, and something beside it that denies it."""
    match asked.sentence:
        case EachHas() if " toward " in COMPLYING and "goal" in asked.words:
            yield "denied by a requirement without a goal", COMPLYING.replace(' toward "Goal 2"', "", 1)
        case EachHas() if "requirement" in asked.words.split("has", 1)[1]:
            start = COMPLYING.index('  requires "Reaches')
            yield "denied by an element without one", COMPLYING[:start] + COMPLYING[COMPLYING.index("\n", start) + 1 :]
        case Requires(when=when, actions=actions):
            names = " and ".join(", ".join(str(each) for each in actions.actions).rsplit(", ", 1))
            level = "level 1" if "level 1" in when.span.text else "level 2"
            text = COMPLYING.replace("  below level 3 bars performance award\n", "", 1)
            at = text.index("  level 2 requires improvement plan\n")
            yield f"barred at {level}", f"{text[:at]}  {level} bars {names}\n{text[at:]}"


def _instead(line: Span, words: str | None) -> str:
    """The complying text with other words in place of a line; without the line for None."""
    start, end = line.start, line.end
    if words is not None:
        return COMPLYING[:start] + words + COMPLYING[end:]
    begin = COMPLYING.rindex("\n", 0, start) + 1
    return COMPLYING[:begin] + COMPLYING[COMPLYING.index("\n", end) + 1 :]


__all__ = ["Sort", "Variant", "variants"]
