"""Chapters -> amendments, each carried out once on the text it names to find what is wrong with it."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from sespms_rules.foundation.diagnostic import Diagnostic, Fix, Label, Severity
from sespms_rules.foundation.line_edits import line_below
from sespms_rules.foundation.source import Span
from sespms_rules.foundation.spelling import backticked
from sespms_rules.language.model import Amendment, System
from sespms_rules.language.resolution.amending import (
    amended_edition,
    amendment_of,
    carried_out,
    led_on,
)
from sespms_rules.language.resolution.chapters import Chapter, name_of
from sespms_rules.language.resolution.finding_locations import each_once
from sespms_rules.language.resolution.findings import (
    NOTHING_TO_AMEND,
    SCENARIO_OF_NO_AMENDMENT,
)
from sespms_rules.language.resolution.in_force import behind
from sespms_rules.language.resolution.nearest import respelled
from sespms_rules.language.resolution.repetition import twice_in
from sespms_rules.language.resolution.systems import Systems, edition
from sespms_rules.language.resolution.texts import RULES, Findings, Text, Texts
from sespms_rules.language.syntax.baselines import Amends, InForce
from sespms_rules.language.syntax.nodes import Block
from sespms_rules.language.syntax.proof import WithAmendment
from sespms_rules.language.syntax.words import PartKind

_OTHERS_SEEN = 50
"""In so many amendments it is looked whether one inserts what another strikes."""


def amendment(systems: Systems, text: Text) -> tuple[Amendment | None, Findings]:
    """Make an amendment of its text; None where it does not say what it amends."""
    chapter = text.chapter
    made = amendment_of(chapter)
    if made is None:
        finding = NOTHING_TO_AMEND.at(
            chapter.head.heading.span,
            f"the amendment `{chapter.name}` does not say what it amends",
            help='say it below the heading: `amends "Name of the system or the baseline"`',
            fixes=_the_one_here(systems.texts, chapter),
        )
        return None, each_once((*chapter.diagnostics, finding))
    in_head = tuple(twice_in(made.head.sentences, made.name))
    of_none = tuple(_scenarios_of_none(chapter))
    return made, each_once((*chapter.diagnostics, *in_head, *of_none, *_carried_out(systems, text, made)))


def _the_one_here(texts: Texts, chapter: Chapter) -> tuple[Fix, ...]:
    """Name the system of the amendment's own file; none where it holds several, or none."""
    here = texts.here(PartKind.SYSTEM)
    if len(here) != 1 or here[0].chapter.head.span.source is not chapter.head.span.source:
        return ()
    return (line_below(chapter.head.heading.span, f'amends "{here[0].chapter.name}"'),)


def _carried_out(systems: Systems, text: Text, made: Amendment) -> Findings:
    """What is wrong with an amendment when it is carried out on the text it names."""
    texts = systems.texts
    amends = next(each.sentence for each in made.head.sentences if isinstance(each.sentence, Amends))
    if rivals := texts.rivals(PartKind.SYSTEM, amends.name.text, amends.name.span, text.home):
        return (rivals,)
    named = texts.find(PartKind.SYSTEM, amends.name.text, text.home)
    if named:
        system, findings = systems.system(named[0])
        faulty = () if named[0].home is text.home else systems.faulty(named[0], findings, amends.name, NOTHING_TO_AMEND)
        if unfit := faulty or systems.too_much(text.chapter.head.heading, system):
            return unfit
        others = _others_of_its_file(systems.texts, text) if named[0].home is text.home else ()
        in_text = named[0].home is texts.document
        found_here = _on_its_days(system, made, others)
        return tuple(led_on(each, made, _others(texts, made), in_text=in_text) for each in found_here)
    found = tuple(each for kind in RULES for each in texts.find(kind, amends.name.text, text.home))
    if not found:
        return (_no_such_text(texts, amends),)
    chosen = _of_day(found, amends)
    if chosen is None:
        return (_no_such_edition(amends, found),)
    rules, findings = edition(chosen)
    faulty = () if chosen.home is text.home else systems.faulty(chosen, findings, amends.name, NOTHING_TO_AMEND)
    return faulty or amended_edition(rules, made)[1]


def _others_of_its_file(texts: Texts, text: Text) -> tuple[Amendment, ...]:
    chapters = texts.chapters(text.home)[0]
    made = (amendment_of(each) for each in chapters if each.kind is PartKind.AMENDMENT)
    return tuple(each for each in made if each is not None)


def _on_its_days(system: System, made: Amendment, others: tuple[Amendment, ...]) -> Findings:
    """What is wrong with an amendment behind those that are carried out before it on the days when it is in force.

    What is wrong with those is told of them. Where they cannot be carried out, this one is on the text as written.
    """
    found: list[Diagnostic] = []
    for earlier in behind(made, others):
        changed, faults = carried_out(system, earlier)
        whole = all(each.severity is not Severity.ERROR for each in faults)
        found += carried_out(changed if whole else system, (made,))[1]
    return tuple(dict.fromkeys(found))


def _others(texts: Texts, made: Amendment) -> Iterator[Amendment]:
    """The amendments of the same text that can be seen from here, the first few by name."""
    for name in islice((each for each in texts.names(PartKind.AMENDMENT) if each != made.name), _OTHERS_SEEN):
        for text in texts.find(PartKind.AMENDMENT, name):
            other = amendment_of(text.chapter)
            if other is not None and other.amends == made.amends:
                yield other


def _no_such_text(texts: Texts, amends: Amends) -> Diagnostic:
    kinds = (PartKind.SYSTEM, *RULES)
    near = texts.nearest(kinds, amends.name.text)
    return NOTHING_TO_AMEND.at(
        amends.name.span,
        f"there is no system and no baseline `{amends.name.text}` to amend",
        help=texts.advice(kinds, amends.name.text, near),
        fixes=respelled(amends.name.text, near, amends.name.span),
    )


def _first_days(chapter: Chapter) -> tuple[str, ...]:
    """The first day an edition is in force, as text."""
    sentences = (line.sentence for line in chapter.head.lines)
    return tuple(each.first.value.isoformat() for each in sentences if isinstance(each, InForce))


def _of_day(found: tuple[Text, ...], amends: Amends) -> Text | None:
    """The edition that came into force on the day named; with no day, the latest."""
    if amends.as_of is None:
        return max(found, key=lambda each: _first_days(each.chapter))
    day = amends.as_of.value.isoformat()
    return next((each for each in found if day in _first_days(each.chapter)), None)


def _no_such_edition(amends: Amends, found: tuple[Text, ...]) -> Diagnostic:
    days = sorted({day for each in found for day in _first_days(each.chapter)})
    spoken = amends.as_of.value.isoformat() if amends.as_of else ""
    return NOTHING_TO_AMEND.at(
        amends.as_of.span if amends.as_of else amends.name.span,
        f"`{amends.name.text}` has no edition that came into force on `{spoken}`",
        help=f"its editions are those of {backticked(days)}"
        if days
        else "its edition does not say when it came into force",
    )


def _scenarios_of_none(chapter: Chapter) -> Iterator[Diagnostic]:
    """Scenarios under an amendment that do not name it."""
    for block in chapter.scenarios:
        named = [line.sentence for line in block.lines if isinstance(line.sentence, WithAmendment)]
        if not named:
            yield _names_none(block, chapter)
        elif named[0].name.text != chapter.name:
            name = named[0].name
            yield SCENARIO_OF_NO_AMENDMENT.at(
                name.span,
                f"the scenario stands under the amendment `{chapter.name}` and is to be run with `{name.text}`",
                help=f"name `{chapter.name}`, or move the scenario under `{name.text}`",
                labels=(Label(chapter.head.heading.span, "it stands under this one"),),
                fixes=respelled(name.text, chapter.name, name.span),
            )


def _names_none(block: Block, chapter: Chapter) -> Diagnostic:
    heading = block.heading
    line = f'with amendment "{chapter.name}"'
    end = Span(heading.span.source, heading.span.end, heading.span.end)
    return SCENARIO_OF_NO_AMENDMENT.at(
        heading.span,
        f"the scenario `{name_of(heading)}` stands under the amendment `{chapter.name}` and does not name it",
        help=f"begin it with `{line}`; a scenario of the text as it is today stands under its system",
        labels=(Label(chapter.head.heading.span, "it stands under this one"),),
        fixes=(Fix(f"add `{line}`", end, f"\n  {line}", sure=False),),
    )
