"""Where in a text a sentence of a part goes: behind the last one of its part, or in a part of its own."""

from __future__ import annotations

from collections.abc import Iterator

from sespms_rules.foundation.values import Frozen
from sespms_rules.language.model import Part, System
from sespms_rules.language.phrasebook import PARTS
from sespms_rules.language.syntax.words import PartKind

_ORDER = {each.kind: number for number, each in enumerate(PARTS)}


class Place(Frozen):
    """The character at which a line is put in, always the first of a line; `is_new` where the part must be begun."""

    at: int
    is_new: bool


def order_of(kind: PartKind) -> int:
    """The place of a part among the parts of a file, in the order in which the language is explained."""
    return _ORDER[kind]


def _end_of_line(text: str, at: int) -> int:
    """Where the line that holds a character ends, before its line break."""
    end = text.find("\n", at)
    return len(text) if end < 0 else end


def place_of(system: System, text: str, kind: PartKind, name: str | None) -> Place:
    """Where a sentence of a part goes; a part that the system lacks comes behind the last one that goes before it."""
    part = next((each for each in _parts(system) if each.kind is kind and each.name == name), None)
    if part is not None:
        return Place(_behind(text, part), False)
    before = [each for each in _parts(system) if _ORDER[each.kind] < _ORDER[kind]]
    return Place(max(_behind(text, each) for each in before), True)


def _parts(system: System) -> Iterator[Part]:
    """The head and every part, those of elements among them."""
    yield Part(PartKind.SYSTEM, None, system.head.sentences, system.origin)
    yield from system.parts
    yield from (each.part for each in system.elements if each.part not in system.parts)


def _behind(text: str, part: Part) -> int:
    ends = [part.origin.span.end, *(each.origin.span.end for each in part.sentences)]
    return min(_end_of_line(text, max(ends)) + 1, len(text))
