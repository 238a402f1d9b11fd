"""Passages -> model: systems with their levels and elements, and editions with their requirements.

Out differs from in: parts and requirements are told apart, levels and elements are gathered. Levels that are no
levels are left out; `faults` reports them.
"""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction

from sespms_rules.foundation.origin import Origin
from sespms_rules.language.model import Baseline, Element, Level, Part, Requirement, Scenario, Stated, System
from sespms_rules.language.resolution.chapters import name_of
from sespms_rules.language.resolution.passages import Passage, stated
from sespms_rules.language.syntax.elements import (
    InSomePlans,
    LevelDefinition,
    RatedOnLevels,
    RatedOnScale,
    RequirementsRated,
)
from sespms_rules.language.syntax.limits import Level as LevelNode
from sespms_rules.language.syntax.nodes import Block, Number, PartName, Quoted
from sespms_rules.language.syntax.proof import WithAmendment
from sespms_rules.language.syntax.words import HEADS, PartKind

FEDERAL_LEVELS = (5, 4, 3, 2, 1)
"""The levels a system has that declares none (5 CFR 430.305(a)(6))."""

ELEMENT_KINDS = (PartKind.CRITICAL_ELEMENT, PartKind.NONCRITICAL_ELEMENT)


def level_number(number: Number) -> int | None:
    """The level a number stands for; None where there is no such level."""
    value = number.value
    return int(value) if value.denominator == 1 and int(value) in FEDERAL_LEVELS else None


def part_of(passage: Passage) -> Part:
    """A passage as a part of the model; a head has no name of its own."""
    heading = passage.heading
    name = None if heading.kind in HEADS or heading.name is None else heading.name.text
    return Part(heading.kind, name, passage.sentences, Origin(heading.span))


def passages_of(system: System) -> tuple[Passage, ...]:
    """The text of a system again, head first."""
    head = PartName(PartKind.SYSTEM, Quoted(system.name), span=system.origin.span)
    return (Passage(head, system.head.sentences), *(_passage(part) for part in system.parts))


def passages_of_edition(edition: Baseline) -> tuple[Passage, ...]:
    """The text of an edition again, head first."""
    head = PartName(edition.kind, Quoted(edition.name), span=edition.origin.span)
    requirements = (
        Passage(
            PartName(PartKind.REQUIREMENT, Quoted(each.citation), Quoted(each.title), span=each.origin.span),
            each.sentences,
        )
        for each in edition.requirements
    )
    return (Passage(head, edition.head.sentences), *(_passage(part) for part in edition.lists), *requirements)


def _passage(part: Part) -> Passage:
    name = None if part.name is None else Quoted(part.name, span=part.origin.span)
    return Passage(PartName(part.kind, name, span=part.origin.span), part.sentences)


def system_of(
    heading: PartName,
    bases: tuple[str, ...],
    passages: Iterable[Passage],
    scenarios: tuple[Scenario, ...],
    amended_by: str | None = None,
) -> System:
    """Make a system of its text, head first."""
    head, *parts = (part_of(passage) for passage in passages)
    levels = tuple(level for part in parts if part.kind is PartKind.LEVELS for level in _levels(part))
    numbers = tuple(sorted({level.number for level in levels}, reverse=True)) or FEDERAL_LEVELS
    elements = tuple(_element(part, numbers) for part in parts if part.kind in ELEMENT_KINDS)
    return System(
        name_of(heading), bases, head, tuple(parts), levels, elements, scenarios, amended_by, Origin(heading.span)
    )


def _levels(part: Part) -> Iterable[Level]:
    for each in part.sentences:
        match each.sentence:
            case LevelDefinition(
                level=LevelNode(number=number), label=Quoted(text=term), points=points, federal=federal
            ):
                found = level_number(number)
                if found is not None:
                    yield Level(found, term, points.value, federal, each.origin)


def _element(part: Part, numbers: tuple[int, ...]) -> Element:
    levels, scale, requirements_rated = numbers, None, False
    for each in part.sentences:
        match each.sentence:
            case RatedOnLevels(levels=stated_levels):
                found = {level for level in map(level_number, stated_levels) if level is not None}
                levels = tuple(sorted(found, reverse=True)) or numbers
            case RatedOnScale(low=low, high=high):
                scale = _scale(low, high)
            case RequirementsRated():
                requirements_rated = True
    critical = part.kind is PartKind.CRITICAL_ELEMENT
    some = any(isinstance(each.sentence, InSomePlans) for each in part.sentences)
    return Element(part.name or "", critical, levels, scale, requirements_rated, part, part.origin, some)


def _scale(low: Number, high: Number) -> tuple[Fraction, Fraction]:
    return low.value, high.value


def scenario_of(block: Block, of: str, under: str | None = None) -> Scenario:
    """Make a scenario of its block; `under` is the amendment it stands under, if it stands under one."""
    sentences = tuple(stated(line, of) for line in block.lines)
    named = [each.sentence.name.text for each in sentences if isinstance(each.sentence, WithAmendment)]
    return Scenario(name_of(block.heading), named[0] if named else under, sentences, Origin(block.heading.span))


def edition_of(heading: PartName, passages: Iterable[Passage]) -> Baseline:
    """Make an edition of its text, head first."""
    head, *rest = passages
    requirements = tuple(_requirement(each) for each in rest if each.heading.kind is PartKind.REQUIREMENT)
    lists = tuple(part_of(each) for each in rest if each.heading.kind is PartKind.LIST)
    return Baseline(heading.kind, name_of(heading), part_of(head), requirements, lists, Origin(heading.span))


def _requirement(passage: Passage) -> Requirement:
    heading = passage.heading
    title = heading.second.text if heading.second else ""
    return Requirement(name_of(heading), title, passage.sentences, Origin(heading.span))


def every_sentence(system: System) -> tuple[Stated, ...]:
    """All sentences of a system in the order of its parts, head first, scenarios apart."""
    return tuple(each for part in (system.head, *system.parts) for each in part.sentences)
