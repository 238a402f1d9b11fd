"""Where sentences and phrases stand in a system: what every check reads by."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from fractions import Fraction
from typing import TypeVar

from sespms_rules.model import Part, Stated, System
from sespms_rules.syntax.nodes import Node, Sentence
from sespms_rules.syntax.words import PartKind

_S = TypeVar("_S", bound=Sentence)
_N = TypeVar("_N", bound=Node)


def parts_of(system: System) -> tuple[Part, ...]:
    """The head and all parts of a system, each once."""
    listed = {(part.kind, part.name) for part in system.parts}
    others = tuple(element.part for element in system.elements if (element.part.kind, element.part.name) not in listed)
    return (system.head, *system.parts, *others)


def sentences_of(system: System) -> Iterator[tuple[Part, Sentence]]:
    """Every sentence of a system with its part; scenarios are examples and not among them."""
    for part in parts_of(system):
        for stated in part.sentences:
            yield part, stated.sentence


def chosen(sentences: Iterable[Stated], kind: type[_S]) -> tuple[_S, ...]:
    """The sentences of one class, in order."""
    return tuple(each.sentence for each in sentences if isinstance(each.sentence, kind))


def under(system: System, part: PartKind, kind: type[_S]) -> tuple[_S, ...]:
    """The sentences of one class in an unnamed part."""
    return chosen(system.sentences(part), kind)


def within(node: object, kind: type[_N]) -> Iterator[_N]:
    """Every node of a class inside another (itself included), in the order of the text."""
    if isinstance(node, kind):
        yield node
    if isinstance(node, tuple):
        for item in node:
            yield from within(item, kind)
    elif isinstance(node, Node):
        for name in node._fields:
            if name != "span":
                yield from within(getattr(node, name), kind)


def number(value: Fraction) -> str:
    """A number as people write it: `474.5`; as a fraction, `13/3`, where its decimals do not end."""
    rest = value.denominator
    for prime in (2, 5):
        while rest % prime == 0:
            rest //= prime
    if rest != 1:
        return str(value)
    places = 0
    while value.denominator != 1 and (value * 10**places).denominator != 1:
        places += 1
    digits = f"{abs(value) * 10**places}".rjust(places + 1, "0")
    sign = "-" if value < 0 else ""
    return f"{sign}{digits[:-places]}.{digits[-places:]}" if places else f"{sign}{digits}"


def listed(words: Iterable[str], joined_by: str = "and") -> str:
    """Words in a row as people say them: `5, 4 and 3`."""
    items = list(words)
    return " ".join([", ".join(items[:-1]), joined_by, items[-1]]) if len(items) > 1 else "".join(items)


def is_named(part: Part) -> str:
    """What a part is called in a message: `critical element "Results Driven"`."""
    return f'{part.kind.value} "{part.name}"' if part.name else part.kind.value


__all__ = ["chosen", "is_named", "listed", "number", "parts_of", "sentences_of", "under", "within"]
