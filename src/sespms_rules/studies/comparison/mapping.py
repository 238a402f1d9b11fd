"""Elements of one system under the names of another: which stands for which is said by whoever compares them."""

from __future__ import annotations

from sespms_rules.foundation.spelling import did_you_mean, nearest_name
from sespms_rules.foundation.traversal import rewrite
from sespms_rules.foundation.values import Frozen, replace
from sespms_rules.language.model import System
from sespms_rules.language.resolution import (
    ELEMENT_KINDS,
    Passage,
    passages_of,
    system_of,
)
from sespms_rules.language.syntax.nodes import PartName, Quoted
from sespms_rules.language.syntax.words import PartKind

Mapping = tuple[tuple[str, str], ...]
"""Pairs of an element of the old system and the one of the new that stands for it."""


class BadMappingError(Exception):
    """A mapping that cannot be carried out; the text says why."""


def renamed(old: System, new: System, mapping: Mapping) -> System:
    """The new system with its elements under the names of the old. Raises BadMappingError."""
    if not mapping:
        return new
    _one_to_one(mapping)
    names = {there: here for here, there in mapping}
    for here, there in mapping:
        _known(here, old, "old")
        _known(there, new, "new")
    called = [names.get(each.name, each.name) for each in new.elements]
    for name in called:
        if called.count(name) > 1:
            raise BadMappingError(
                f"the new system has an element `{name}` of its own, so that no other can stand for `{name}`"
            )
    passages = tuple(_passage(each, names) for each in passages_of(new))
    heading = PartName(PartKind.SYSTEM, Quoted(new.name), span=new.origin.span)
    return system_of(heading, new.bases, passages, new.scenarios, new.amended_by)


def _one_to_one(mapping: Mapping) -> None:
    for place, which in ((0, "old"), (1, "new")):
        names = [pair[place] for pair in mapping]
        for name in names:
            if names.count(name) > 1:
                raise BadMappingError(
                    f"`{name}` of the {which} system is mapped twice, and one element can stand only for one other"
                )


def _known(name: str, system: System, which: str) -> None:
    names = [each.name for each in system.elements]
    if name not in names:
        listed = ", ".join(f"`{each}`" for each in names)
        raise BadMappingError(
            f"the {which} system has no element `{name}`; "
            + did_you_mean(nearest_name(name, names), f"it has {listed}" if names else "it names none")
        )


def _passage(passage: Passage, names: dict[str, str]) -> Passage:
    """A passage whose sentences speak of elements by their other names."""

    def renamed(node: Frozen) -> Frozen:
        return replace(node, text=names[node.text]) if isinstance(node, Quoted) and node.text in names else node

    heading = passage.heading
    if heading.kind in ELEMENT_KINDS and heading.name is not None:
        heading = replace(heading, name=rewrite(heading.name, renamed))
    return Passage(heading, rewrite(passage.sentences, renamed))
