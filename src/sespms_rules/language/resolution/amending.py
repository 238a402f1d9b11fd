"""Amendments: from their chapter to the model, and carried out on a system or an edition."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial

from sespms_rules.foundation.diagnostic import Diagnostic
from sespms_rules.foundation.origin import Origin
from sespms_rules.foundation.values import cache_by_identity, replace
from sespms_rules.language.model import Amendment, Baseline, Change, Stated, System
from sespms_rules.language.resolution.assembling import (
    edition_of,
    part_of,
    passages_of,
    passages_of_edition,
    scenario_of,
    system_of,
)
from sespms_rules.language.resolution.chapters import Chapter, called
from sespms_rules.language.resolution.faults import faults_of_edition, faults_of_system
from sespms_rules.language.resolution.finding_locations import each_once, told_here, without
from sespms_rules.language.resolution.findings import NOTHING_TO_AMEND, NOTHING_TO_STRIKE, OUT_OF_PLACE
from sespms_rules.language.resolution.passages import Alteration, Passage, alter, stated
from sespms_rules.language.syntax.baselines import Amends
from sespms_rules.language.syntax.nodes import Block, PartName, Quoted, StrikePart
from sespms_rules.language.syntax.words import Edit, PartKind

Findings = tuple[Diagnostic, ...]
_OF_RULES = (PartKind.REQUIREMENT, PartKind.LIST)


@cache_by_identity(512)
def amendment_of(chapter: Chapter) -> Amendment | None:
    """Make an amendment of its chapter; None where it does not say what it amends."""
    amends = [line.sentence for line in chapter.head.lines if isinstance(line.sentence, Amends)]
    if not amends:
        return None
    head = Passage(chapter.head.heading, tuple(stated(line, chapter.name) for line in chapter.head.lines))
    changes = tuple(_change(block, chapter.name) for block in chapter.blocks)
    scenarios = tuple(scenario_of(block, chapter.name, under=chapter.name) for block in chapter.scenarios)
    origin = Origin(chapter.head.heading.span)
    return Amendment(chapter.name, amends[0].name.text, part_of(head), changes, scenarios, origin)


def _change(block: Block | StrikePart, of: str) -> Change:
    if isinstance(block, StrikePart):
        return Change(block.part, (), (), struck_whole=True)
    struck, inserted = (
        tuple(stated(line, of) for line in block.lines if line.edit is edit) for edit in (Edit.STRIKE, Edit.INSERT)
    )
    return Change(block.heading, struck, inserted, struck_whole=False)


def amended(system: System, amendment: Amendment) -> tuple[System, Findings]:
    """Carry an amendment out on a system.

    The copy is marked with the amendment's name and has the scenarios that name it, the amendment's own and the
    system's. Findings: what the amendment strikes and the system does not say, what is said twice by it, and what
    the change breaks elsewhere, told in the amendment. An amendment of another text changes nothing and says so.
    """
    if amendment.amends != system.name:
        return system, (_of_another(amendment, system.name),)
    misplaced, changes = _in_place(amendment, of_rules=False)
    text, missing = alter(passages_of(system), changes, of=system.name, own=_own(amendment))
    heading = PartName(PartKind.SYSTEM, Quoted(system.name), span=system.origin.span)
    scenarios = tuple(each for each in (*system.scenarios, *amendment.scenarios) if each.amendment == amendment.name)
    result = system_of(heading, system.bases, text, scenarios, amendment.name)
    brought = without(faults_of_system(result, amendment.name), partial(_faults_before, system))
    return result, each_once((*misplaced, *missing, *told_here(brought, amendment.origin.span)))


def carried_out(system: System, amendments: Iterable[Amendment]) -> tuple[System, Findings]:
    """Carry amendments out one after another; what is wrong with each is found on what those before it make."""
    found: Findings = ()
    for each in amendments:
        system, told = _carrying_out(system)(each)
        found += told
    return system, found


@cache_by_identity(512)
def _carrying_out(system: System) -> Callable[[Amendment], tuple[System, Findings]]:
    """Carry one amendment out, each once: of a file each is tried behind all those before it, which are tried, too."""
    return cache_by_identity(64)(partial(amended, system))


def led_on(found: Diagnostic, made: Amendment, others: Iterable[Amendment], *, in_text: bool = False) -> Diagnostic:
    """The finding on a sentence that cannot be struck, led to the amendment that inserts it, where one does.

    To strike what the text says instead would keep this one from being carried out behind the other. `in_text` says
    that it stands in the file of the text, all of which is judged.
    """
    if found.code != NOTHING_TO_STRIKE.code:
        return found
    struck = next((each for one in made.changes for each in one.struck if each.origin.span == found.span), None)
    other = next((each for each in others if struck and each.name != made.name and _inserts(each, struck)), None)
    if other is None:
        return found
    says = f"`{other.name}` inserts it, and an amendment changes the text as it is written"
    cure = f'name both, as in `--with "{other.name}+{made.name}"`'
    if in_text:
        cure = f"write into the text what `{other.name}` changes, or keep this one in a file of its own and {cure}"
    return replace(found, help=f"{says}; {cure}", fixes=(), labels=())


def _inserts(amendment: Amendment, sought: Stated) -> bool:
    return any(each.sentence == sought.sentence for one in amendment.changes for each in one.inserted)


@cache_by_identity(16)
def _faults_before(system: System) -> Findings:
    """What is wrong with a system already; its scenarios are run before the change only."""
    return tuple(faults_of_system(replace(system, scenarios=()), system.name))


def amended_edition(edition: Baseline, amendment: Amendment) -> tuple[Baseline, Findings]:
    """Carry an amendment out on an edition of a baseline or an overlay; findings as for a system."""
    if amendment.amends != edition.name:
        return edition, (_of_another(amendment, edition.name),)
    misplaced, changes = _in_place(amendment, of_rules=True)
    text, missing = alter(passages_of_edition(edition), changes, of=edition.name, own=_own(amendment))
    result = edition_of(text[0].heading, text)
    brought = without(faults_of_edition(result, amendment.name), partial(faults_of_edition, edition, edition.name))
    return result, each_once((*misplaced, *missing, *told_here(brought, amendment.origin.span)))


def _own(amendment: Amendment) -> str | None:
    """The name under which its own sentences are known; None where it is called as the text it amends."""
    return amendment.name if amendment.name != amendment.amends else None


def _of_another(amendment: Amendment, name: str) -> Diagnostic:
    return NOTHING_TO_AMEND.at(
        amendment.origin.span,
        f"the amendment `{amendment.name}` amends `{amendment.amends}`, not `{name}`",
        help=f"carry it out on `{amendment.amends}`",
    )


def _in_place(amendment: Amendment, *, of_rules: bool) -> tuple[Findings, tuple[Alteration, ...]]:
    """The changes line by line in the order of the text, without those of parts the amended text cannot have."""
    kind = "an edition of rules" if of_rules else "a system"
    cure = "name a requirement or a list" if of_rules else "name a part of the system, such as `weights`"
    misplaced, made = [], []
    for change in amendment.changes:
        if (change.part.kind in _OF_RULES) is not of_rules:
            message = f"`{called(change.part)}` cannot be amended in `{amendment.amends}`, which is {kind}"
            misplaced.append(OUT_OF_PLACE.at(change.part.span, message, help=cure))
            continue
        edits = [(Edit.STRIKE, each) for each in change.struck] + [(Edit.INSERT, each) for each in change.inserted]
        edits.sort(key=lambda edit: edit[1].origin.span.start)
        made.append(Alteration(change.part, tuple(edits), change.struck_whole))
    return tuple(misplaced), tuple(made)
