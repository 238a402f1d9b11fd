"""Where sentences and phrases stand in a system: what every check reads by."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from fractions import Fraction
from typing import Any, TypeVar

from sespms_rules.foundation.values import cache_by_identity
from sespms_rules.language.model import Part, Stated, System
from sespms_rules.language.syntax.nodes import Node, Sentence
from sespms_rules.language.syntax.words import PartKind

_S = TypeVar("_S", bound=Sentence)
_N = TypeVar("_N", bound=Node)

_SYSTEMS, _PARTS, _SENTENCES = 64, 2_048, 16_384
"""Of how many systems, parts and sentences it is kept what stands in them; an amendment leaves most as they were."""


_FEW = 12
"""So many nodes are gone over for each class; more are first told apart by their own classes."""


class _Inside:
    """Nodes in the order of the text; those of one class are gathered when they are first asked for."""

    __slots__ = ("_exactly", "_of", "nodes")

    def __init__(self, nodes: tuple[Node, ...]) -> None:
        self.nodes = nodes
        self._of: dict[type, tuple[Any, ...]] = {}
        self._exactly: dict[type, list[Any]] | None = None

    def of(self, kind: type[_N]) -> tuple[_N, ...]:
        """Those of one class."""
        found = self._of.get(kind)
        if found is None:
            found = self._of[kind] = self._found(kind)
        return found

    def _found(self, kind: type[_N]) -> tuple[_N, ...]:
        if len(self.nodes) <= _FEW:
            return tuple([node for node in self.nodes if isinstance(node, kind)])
        if self._exactly is None:
            self._exactly = {}
            for node in self.nodes:
                self._exactly.setdefault(type(node), []).append(node)
        several = [own for own in self._exactly if issubclass(own, kind)]
        if len(several) > 1:  # they stand between one another
            return tuple([node for node in self.nodes if isinstance(node, kind)])
        return tuple(self._exactly[several[0]]) if several else ()


@cache_by_identity(_SYSTEMS)
def parts_of(system: System) -> tuple[Part, ...]:
    """The head and all parts of a system, each once."""
    listed = {(part.kind, part.name) for part in system.parts}
    others = tuple(element.part for element in system.elements if (element.part.kind, element.part.name) not in listed)
    return (system.head, *system.parts, *others)


@cache_by_identity(_SYSTEMS)
def sentences_of(system: System) -> tuple[tuple[Part, Sentence], ...]:
    """Every sentence of a system with its part; scenarios are examples and not among them."""
    return tuple([(part, stated.sentence) for part in parts_of(system) for stated in part.sentences])


def chosen(sentences: Iterable[Stated], kind: type[_S]) -> tuple[_S, ...]:
    """The sentences of one class, in order."""
    if isinstance(sentences, tuple):
        return _said(sentences).of(kind)
    return tuple(each.sentence for each in sentences if isinstance(each.sentence, kind))


@cache_by_identity(_PARTS)
def _said(sentences: tuple[Stated, ...]) -> _Inside:
    return _Inside(tuple([each.sentence for each in sentences]))


def stated_of(sentences: tuple[Stated, ...], kind: type[Sentence]) -> tuple[Stated, ...]:
    """The same with where each comes from."""
    known = _stated(sentences)
    found = known.get(kind)
    if found is None:
        found = known[kind] = tuple([each for each in sentences if isinstance(each.sentence, kind)])
    return found


@cache_by_identity(_PARTS)
def _stated(sentences: tuple[Stated, ...]) -> dict[type[Sentence], tuple[Stated, ...]]:
    """What was asked of some sentences before, by the class that was asked for; nothing at first."""
    del sentences
    return {}


def under(system: System, part: PartKind, kind: type[_S]) -> tuple[_S, ...]:
    """The sentences of one class in an unnamed part."""
    return chosen(system.sentences(part), kind)


def everywhere(system: System, kind: type[_N]) -> Iterator[_N]:
    """Every node of a class in the sentences of a system, in the order of the text; scenarios apart."""
    for part in parts_of(system):
        yield from _within_all(part.sentences).of(kind)


@cache_by_identity(_PARTS)
def _within_all(sentences: tuple[Stated, ...]) -> _Inside:
    return _Inside(tuple([node for each in sentences for node in _within_one(each.sentence).nodes]))


def within(node: object, kind: type[_N]) -> Iterator[_N]:
    """Every node of a class inside another (itself included), in the order of the text."""
    if isinstance(node, Sentence):
        return iter(_within_one(node).of(kind))
    return (each for each in _walked(node) if isinstance(each, kind))


@cache_by_identity(_SENTENCES)
def _within_one(sentence: Sentence) -> _Inside:
    return _Inside(tuple(_walked(sentence)))


def _walked(node: object) -> Iterator[Node]:
    if isinstance(node, Node):
        yield node
        for name in node._fields:
            if name != "span":
                value = getattr(node, name)
                if isinstance(value, Node | tuple):
                    yield from _walked(value)
    elif isinstance(node, tuple):
        for item in node:
            yield from _walked(item)


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


def is_named(part: Part) -> str:
    """What a part is called in a message: `critical element "Results Driven"`."""
    return f'{part.kind.value} "{part.name}"' if part.name else part.kind.value


__all__ = ["chosen", "everywhere", "is_named", "number", "parts_of", "sentences_of", "stated_of", "under", "within"]
