"""What is wrong with a text once its changes are made: said twice, unknown names, holes, levels that are none.

Only what needs no understanding of a formula is looked at here; lowering looks at the names inside formulas.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from sespms_rules.foundation.diagnostic import Diagnostic, Label
from sespms_rules.foundation.line_edits import line_below
from sespms_rules.foundation.source import Span
from sespms_rules.foundation.spelling import backticked, did_you_mean, is_spelling, nearest_name
from sespms_rules.language.model import Baseline, Part, Requirement, Scenario, Stated, System
from sespms_rules.language.resolution.assembling import every_sentence, level_number
from sespms_rules.language.resolution.findings import (
    CONFIDENCE_NOT_MARKED,
    NAME_USED_TWICE,
    NO_SUCH_LEVEL,
    UNKNOWN_ELEMENT_NAMED,
    UNKNOWN_TABLE,
)
from sespms_rules.language.resolution.nearest import respelled
from sespms_rules.language.resolution.placeholders import holes
from sespms_rules.language.resolution.repetition import said_twice, twice_in
from sespms_rules.language.syntax.baselines import Confirmed, PartlyConfirmed, Unconfirmed
from sespms_rules.language.syntax.elements import LevelDefinition, RatedOnLevels, WeightNoneAbove, WeightOf
from sespms_rules.language.syntax.limits import Level, limit_ends
from sespms_rules.language.syntax.nodes import Number, Quoted, Sentence
from sespms_rules.language.syntax.proof import (
    ExpectRefused,
    RatedElement,
    RatedNoncritical,
    RatedRequirement,
    WeighedElement,
)
from sespms_rules.language.syntax.system import ElementCount, NoncriticalCount
from sespms_rules.language.syntax.uses import RewardLookup
from sespms_rules.language.syntax.words import PartKind

_MARKS = Confirmed | PartlyConfirmed | Unconfirmed


def faults_of_system(system: System, own: str) -> Iterator[Diagnostic]:
    """The faults of a system's result; `own` names the text that made the last changes."""
    yield from said_twice((system.head, *system.parts), own)
    yield from _elements_of_one_name(system)
    yield from holes(every_sentence(system))
    yield from _levels(every_sentence(system))
    yield from _weights(system)
    yield from _tables(system)
    for scenario in system.scenarios:
        if scenario.amendment in (None, system.amended_by):
            yield from faults_of_scenario(system, scenario)


_NOT_COMPARED = 'unconfirmed "compare it with the text in force"'
"""The mark that is true of what nobody has marked; it never makes a system fail."""


def _last_line(requirement: Requirement) -> Span:
    sentences = requirement.sentences
    return sentences[-1].origin.span if sentences else requirement.origin.span


def faults_of_edition(edition: Baseline, own: str) -> Iterator[Diagnostic]:
    """The faults of a baseline or an overlay."""
    parts: tuple[Part | Requirement, ...] = (edition.head, *edition.lists, *edition.requirements)
    yield from said_twice(parts, own)
    for part in parts:
        yield from holes(part.sentences)
    for requirement in edition.requirements:
        if not any(isinstance(each.sentence, _MARKS) for each in requirement.sentences):
            yield CONFIDENCE_NOT_MARKED.at(
                requirement.origin.span,
                f"`{requirement.citation}` does not say how far it was compared with the law",
                help='end it with `confirmed`, `partly confirmed "…"` or `unconfirmed "…"`',
                fixes=(line_below(_last_line(requirement), _NOT_COMPARED),),
            )


# ---- elements ------------------------------------------------------------------------------------


def _elements_of_one_name(system: System) -> Iterator[Diagnostic]:
    """An element that is critical in one place and noncritical in another."""
    first: dict[str, Part] = {}
    for element in system.elements:
        earlier = first.setdefault(element.name, element.part)
        if earlier is not element.part:
            yield NAME_USED_TWICE.at(
                element.origin.span,
                f"the element `{element.name}` is called critical in one place and noncritical in another",
                help="strike one of the two, or give them different names",
                labels=(Label(earlier.origin.span, "the first"),),
            )


def _all_are_named(system: System) -> bool:
    """Whether a plan has no elements besides those the system names."""
    counts = [each.sentence.limit for each in system.head.sentences if isinstance(each.sentence, ElementCount)]
    if len(counts) != 1:
        return False
    _, most = limit_ends(counts[0])
    named = sum(element.critical for element in system.elements)
    own = any(isinstance(each.sentence, NoncriticalCount) for each in system.head.sentences)
    return most is not None and named >= most and not own


def _unknown(system: System, name: Quoted, what: str) -> Iterator[Diagnostic]:
    """A name that is none of the elements; where a plan has others of its own, only a misspelled one."""
    names = [element.name for element in system.elements]
    if not names or name.text in names:
        return
    near = nearest_name(name.text, names)
    if not _all_are_named(system) and not (near and is_spelling(name.text, near)):
        return
    cure = did_you_mean(near, f"the elements are {backticked(names)}")
    if not _all_are_named(system):
        cure += f' Or, if it is another element, give it a block of its own: `critical element "{name.text}"`'
    yield UNKNOWN_ELEMENT_NAMED.at(
        name.span,
        f"{what} `{name.text}`, which is no element of `{system.name}`",
        help=cure,
        fixes=respelled(name.text, near, name.span),
    )


def _weights(system: System) -> Iterator[Diagnostic]:
    for each in system.sentences(PartKind.WEIGHTS):
        if isinstance(each.sentence, WeightOf | WeightNoneAbove):
            yield from _unknown(system, each.sentence.name, "`weights` speaks of")


_RATES = RatedElement | RatedNoncritical | WeighedElement | RatedRequirement


def faults_of_scenario(system: System, scenario: Scenario) -> Iterator[Diagnostic]:
    """The faults of a scenario of this system; one that expects a refusal may rate what is not there, or twice."""
    refused = any(isinstance(each.sentence, ExpectRefused) for each in scenario.sentences)
    if refused:
        yield from twice_in([each for each in scenario.sentences if not isinstance(each.sentence, _RATES)], system.name)
        return
    yield from twice_in(scenario.sentences, system.name)
    for each in scenario.sentences:
        if isinstance(each.sentence, RatedElement | RatedNoncritical | WeighedElement):
            yield from _unknown(system, each.sentence.name, "the scenario rates")
            yield from _called_noncritical(system, each.sentence)
        elif isinstance(each.sentence, RatedRequirement):
            yield from _unknown(system, each.sentence.element, "the scenario rates a requirement of")


def _called_noncritical(system: System, sentence: Sentence) -> Iterator[Diagnostic]:
    """A critical element that a scenario calls noncritical."""
    if isinstance(sentence, RatedNoncritical):
        name = sentence.name
        for element in (each for each in system.elements if each.critical and each.name == name.text):
            yield UNKNOWN_ELEMENT_NAMED.at(
                name.span,
                f"the scenario calls `{name.text}` noncritical, and it is a critical element of `{system.name}`",
                help=f'begin the line with its name: `"{name.text}" rated …`',
                labels=(Label(element.origin.span, "it is declared here"),),
            )


# ---- tables and levels ---------------------------------------------------------------------------


def _tables(system: System) -> Iterator[Diagnostic]:
    names = [part.name for part in system.parts if part.kind is PartKind.TABLE and part.name]
    for each in system.sentences(PartKind.REWARDS):
        if isinstance(each.sentence, RewardLookup) and each.sentence.table.text not in names:
            table = each.sentence.table
            near = nearest_name(table.text, names)
            yield UNKNOWN_TABLE.at(
                table.span,
                f"`{system.name}` has no table `{table.text}`",
                help=did_you_mean(near, f'write the table in a block of its own: `table "{table.text}"`'),
                fixes=respelled(table.text, near, table.span),
            )


def _levels(sentences: Iterable[Stated]) -> Iterator[Diagnostic]:
    for each in sentences:
        match each.sentence:
            case LevelDefinition(level=Level(number=number)):
                yield from _no_such_level((number,))
            case RatedOnLevels(levels=numbers):
                yield from _no_such_level(numbers)


def _no_such_level(numbers: tuple[Number, ...]) -> Iterator[Diagnostic]:
    for number in numbers:
        if level_number(number) is None:
            yield NO_SUCH_LEVEL.at(
                number.span,
                f"there is no level `{number.text}`",
                help="levels are the whole numbers from 1, the lowest, to 5, the highest",
                citations=("5 CFR 430.305(a)(6)",),
            )
