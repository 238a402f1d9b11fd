"""A system and what is known of it -> its official description: every part in full sentences, tables, examples, proofs.

Nothing stands in a description that was not read from the policy or worked out from it; what the policy does not say is
said to be not stated. No clock is looked at: its day is the one that was asked for, or the system's first.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator

from sespms_rules.checks.analysis import effective_day
from sespms_rules.checks.scenarios import ScenarioResult
from sespms_rules.documents import tables
from sespms_rules.documents.letters import plain
from sespms_rules.documents.model import Bullets, Document, Heading, Paragraph, Part, Table
from sespms_rules.documents.resting import rests_on
from sespms_rules.documents.spoken import capital, spoken
from sespms_rules.documents.timeline import who_does_what_when
from sespms_rules.foundation.diagnostic import Diagnostic
from sespms_rules.foundation.values import Frozen, field
from sespms_rules.language.model import Part as PartOfSystem
from sespms_rules.language.model import System
from sespms_rules.language.phrasebook import PARTS, part_of_file
from sespms_rules.language.syntax.elements import Standard
from sespms_rules.language.syntax.nodes import Quoted
from sespms_rules.language.syntax.system import Agency, Approved, Submitted
from sespms_rules.language.syntax.words import PartKind
from sespms_rules.law.provenance import Provenance
from sespms_rules.proofs.guarantees import Established

PROOFS = "What was proved"
"""The heading above the guarantees."""

_LEFT_TO_TABLES = (Standard,)
_ELEMENTS = (PartKind.CRITICAL_ELEMENT, PartKind.NONCRITICAL_ELEMENT)
_NOTHING_MORE = "Nothing more is stated of this element here."
_DRAFT = "This is a draft: the policy names no day on which the system was submitted to OPM or approved by it."


class Described(Frozen):
    """What a description is made of: a system, its examples as they came out, what was proved, and what it rests on.

    `proved` is empty where nothing was asked to be proved; `covers` says how much a proof speaks of. `as_of` is the day
    that its reader named, and `amendments` are those that were carried out. `errors` are what keeps the policy from
    passing its check, such as a rule of law that it does not meet.
    """

    system: System
    examples: tuple[ScenarioResult, ...]
    provenance: Provenance
    proved: tuple[Established, ...] = field(default=())
    covers: str = field(default="")
    as_of: datetime.date | None = field(default=None)
    amendments: tuple[str, ...] = field(default=())
    errors: tuple[Diagnostic, ...] = field(default=())


def description(of: Described) -> Document:
    """The description as a document."""
    system = of.system
    agency = next((each.sentence.name for each in system.head.sentences if isinstance(each.sentence, Agency)), None)
    whose = f"{agency.text}: " if isinstance(agency, Quoted) else ""
    day = of.as_of or effective_day(system)
    subtitle = f"{whose}description of the performance management system" + (f", as of {day}" if day else "")
    parts = (
        *_failing(of.errors),
        *_opening(of),
        *_body(system),
        *_examples(of),
        *_proofs(of),
        *rests_on(of.provenance, "description"),
    )
    return Document(system.name, subtitle, tuple(parts), day)


def _failing(errors: tuple[Diagnostic, ...]) -> Iterator[Part]:
    """What whoever signs the description must see first: that the policy it is made from does not pass."""
    if not errors:
        return
    count, them = (f"{len(errors)} errors", "They are") if len(errors) > 1 else ("1 error", "It is")
    yield Paragraph(f"The check of this policy finds {count}, so the policy does not pass. {them}:", marked=True)
    yield Bullets(tuple(f"{capital(plain(each.message))} ({each.code})." for each in errors))


def _opening(of: Described) -> Iterator[Part]:
    system = of.system
    yield Heading(1, "The system")
    if not any(isinstance(each.sentence, Submitted | Approved) for each in system.head.sentences):
        yield Paragraph(_DRAFT, marked=True)
    if of.amendments:
        yield Paragraph(f"It is described as amended by {_names(of.amendments)}.", marked=True)
    yield _sentences(system.head)
    if system.bases:
        yield Paragraph(
            f"The system is based on {_names(system.bases)}; what it takes over from there is described too."
        )


def _names(names: tuple[str, ...]) -> str:
    return ", ".join(f"“{each}”" for each in names)


def _body(system: System) -> Iterator[Part]:
    """Every part of the system, in the order in which the language is explained."""
    for kind in (each.kind for each in PARTS):
        if kind is PartKind.CRITICAL_ELEMENT and system.elements:
            yield Heading(1, "Elements")
            yield tables.elements_table(system)
        own = [each for each in system.parts if each.kind is kind and kind not in (PartKind.SYSTEM, PartKind.SCENARIO)]
        for part in own:
            yield from _part(system, part)


def _part(system: System, part: PartOfSystem) -> Iterator[Part]:
    said = _sentences(part)
    held = [*([said] if said.items else []), *(each for each in _tables(system, part) if each is not None)]
    if part.kind in _ELEMENTS:
        yield Heading(2, f"{capital(part.kind.value)} “{part.name}”")
        yield from held or [Paragraph(_NOTHING_MORE)]
        return
    yield Heading(1, capital(part.kind.value) + (f" “{part.name}”" if part.name else ""))
    yield Paragraph(f"About this part: {part_of_file(part.kind).about}.")
    yield from held
    if part.kind is PartKind.STEPS:
        yield from who_does_what_when(system)


def _tables(system: System, part: PartOfSystem) -> Iterator[Part | None]:
    match part.kind:
        case PartKind.LEVELS:
            yield tables.levels_table(system)
        case PartKind.STANDARDS:
            yield tables.standards_table(part)
        case PartKind.WEIGHTS:
            yield tables.weights_table(system)
        case PartKind.RATING:
            yield from tables.lines_of(part)
        case PartKind.TABLE:
            yield tables.policy_table(part)
        case kind if kind in _ELEMENTS:
            yield tables.standards_table(part)
            yield from tables.lines_of(part)


def _sentences(part: PartOfSystem) -> Bullets:
    """The sentences of a part that no table holds in full."""
    return Bullets(
        tuple(spoken(part, each) for each in part.sentences if not isinstance(each.sentence, _LEFT_TO_TABLES))
    )


def _examples(of: Described) -> Iterator[Part]:
    """The worked examples as the program rates them."""
    if not of.examples:
        return
    yield Heading(1, "Worked examples")
    failing = [each.name for each in of.examples if not each.passed]
    yield Paragraph(
        f"Worked examples of the policy: {len(of.examples)}. Each was rated by this text, exactly, when this was"
        " written."
    )
    if failing:
        yield Paragraph(f"These do not come out as the policy expects: {_names(tuple(failing))}.", marked=True)
    yield tables.examples_summary(of.examples)
    by_name = {each.name: each for each in of.system.scenarios}
    for each in of.examples:
        yield Heading(2, each.name)
        yield tables.example_table(by_name[each.name])
        under = by_name[each.name].amendment
        tried = f" under the amendment “{under}”" if under else ""
        yield Paragraph(f"The result{tried} is: {each.got}.")


def _proofs(of: Described) -> Iterator[Part]:
    if not of.proved:
        return
    yield Heading(1, PROOFS)
    yield Paragraph(f"{capital(of.covers)}.")
    rows = tuple(
        (capital(each.asked.words), each.status.value, _askers(each, of.system.name), capital(each.why))
        for each in of.proved
    )
    yield Table("Guarantees and what became of each", ("Guarantee", "Status", "Asked by", "Reason"), rows)


def _askers(each: Established, name: str) -> str:
    return ", ".join("the system itself" if by == name else by for by in each.asked.by)


__all__ = ["Described", "description"]
