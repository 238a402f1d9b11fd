"""Chapters -> systems and editions, with what is wrong with each.

What is wrong in a text of another file belongs to that file; whoever rests on it hears only that it has errors
(SES101, SES116), because half a text is no base for another.
"""

from __future__ import annotations

from functools import partial

from sespms_rules.foundation.diagnostic import Diagnostic, Finding, Label
from sespms_rules.foundation.values import cache_by_identity
from sespms_rules.language.model import Baseline, System
from sespms_rules.language.resolution.assembling import edition_of, scenario_of, system_of
from sespms_rules.language.resolution.basing import alone, based, bases, strikes_itself
from sespms_rules.language.resolution.chapters import Chapter, called
from sespms_rules.language.resolution.faults import faults_of_edition, faults_of_system
from sespms_rules.language.resolution.finding_locations import each_once, errors, told_here, without
from sespms_rules.language.resolution.findings import NO_USABLE_BASE, TOO_MANY_NAMED, UNKNOWN_AMENDMENT
from sespms_rules.language.resolution.nearest import respelled
from sespms_rules.language.resolution.passages import Passage
from sespms_rules.language.resolution.texts import Findings, Text, Texts
from sespms_rules.language.syntax.nodes import PartName, Quoted
from sespms_rules.language.syntax.proof import WithAmendment
from sespms_rules.language.syntax.words import PartKind

MOST_TOGETHER = 10_000
"""Sentences that the systems of a file and what its amendments make of them may have together."""


class Systems:
    """Makes systems of their texts, each once."""

    __slots__ = ("_made", "_together", "texts")

    def __init__(self, texts: Texts) -> None:
        self.texts = texts
        self._made: dict[int, tuple[Chapter, System, Findings]] = {}
        self._together = 0

    def too_much(self, heading: PartName, system: System) -> Findings:
        """Count a text that is to be worked out; the finding where it, with those before it, is more than is done.

        A system that many texts rest on is worked out with each of them. The first text is never too much.
        """
        parts = (system.head, *system.parts, *(each.part for each in system.elements))
        size = sum(len(each.sentences) for each in parts) + sum(len(each.sentences) for each in system.scenarios)
        before, self._together = self._together, self._together + size
        if not before or self._together <= MOST_TOGETHER:
            return ()
        self._together = before
        message = (
            f"`{called(heading)}`, with what it rests on and the texts before it, comes to more than"
            f" {MOST_TOGETHER:,} sentences, so it is not judged"
        )
        return (TOO_MANY_NAMED.at(heading.span, message, help="move it to a file of its own"),)

    def system(self, text: Text) -> tuple[System, Findings]:
        """Make a system of its text and the texts it is based on."""
        key = id(text.chapter)
        if key not in self._made:
            self._made[key] = (text.chapter, *self._system(text))
        _, made, findings = self._made[key]
        return made, findings

    def _system(self, text: Text) -> tuple[System, Findings]:
        chapter = text.chapter
        below, broken = bases(self.texts, text)
        if not below and broken is None:
            made, found = _by_itself(chapter)
            return made, each_once((*found, *self._amendments_named(made)))
        passages: tuple[Passage, ...] = alone(chapter)
        findings: Findings = (broken,) if broken else ()
        if broken is None:
            passages = ()
            chain = [*reversed(below), text]
            for place, each in enumerate(chain):
                passages, findings = based(passages, each.chapter, chain[place - 1].chapter if place else None)
        made = _made(chapter, tuple(base.chapter.name for base in below), passages)
        faults: Findings = tuple(faults_of_system(made, chapter.name))
        if broken is None:
            faults = self._of_this_text(text, below[0], faults)
        return made, each_once((*chapter.diagnostics, *findings, *faults, *self._amendments_named(made)))

    def _of_this_text(self, text: Text, base: Text, faults: Findings) -> Findings:
        """The faults that are not the base's own; of those in another file, only that there are some."""
        heading = text.chapter.head.heading
        made, findings = self.system(base)
        brought = told_here(without(faults, partial(faults_of_system, made, made.name)), heading.span)
        if heading.second is None or base.home is text.home:
            return brought
        return (*brought, *self.faulty(base, findings, heading.second, NO_USABLE_BASE))

    def faulty(self, base: Text, findings: Findings, named: Quoted, code: Finding) -> Findings:
        """One finding where a text that another rests on has errors: they would be errors of the other too."""
        wrong = [each for each in (*findings, *self.texts.chapters(base.home)[1]) if errors([each])]
        if not wrong:
            return ()
        return (
            code.at(
                named.span,
                f"`{named.text}` has errors of its own, so nothing can rest on it",
                help=f"check `{base.home.source.name}` and fix it first",
                labels=tuple(Label(each.span, f"{each.code} {each.name}") for each in wrong[:3]),
            ),
        )

    def _amendments_named(self, system: System) -> Findings:
        """What is wrong with the names of amendments that scenarios of a system are to be run under."""
        under = [
            each.sentence.name
            for scenario in system.scenarios
            for each in scenario.sentences
            if isinstance(each.sentence, WithAmendment)
        ]
        # Looking for names reads every policy there is, so it is done only where one is named.
        names = self.texts.names(PartKind.AMENDMENT) if under else ()
        rivals = (self.texts.rivals(PartKind.AMENDMENT, name.text, name.span) for name in under)
        unknown = (unknown_amendment(self.texts, name) for name in under if name.text not in names)
        return (*unknown, *(each for each in rivals if each is not None))


@cache_by_identity(16)
def _by_itself(chapter: Chapter) -> tuple[System, Findings]:
    """The system of a text that rests on no other, and what is wrong with it, whatever stands beside it.

    Each of many amendments in files of their own is carried out on the same text.
    """
    passages, findings = based((), chapter, None)
    made = _made(chapter, (), passages)
    faults = faults_of_system(made, chapter.name)
    return made, (*chapter.diagnostics, *findings, *strikes_itself(chapter), *faults)


def _made(chapter: Chapter, bases: tuple[str, ...], passages: tuple[Passage, ...]) -> System:
    scenarios = tuple(scenario_of(block, chapter.name) for block in chapter.scenarios)
    return system_of(chapter.head.heading, bases, passages, scenarios)


def unknown_amendment(texts: Texts, name: Quoted) -> Diagnostic:
    """The finding for an amendment that is nowhere."""
    kinds = (PartKind.AMENDMENT,)
    near = texts.nearest(kinds, name.text)
    return UNKNOWN_AMENDMENT.at(
        name.span,
        f"there is no amendment `{name.text}`",
        help=texts.advice(kinds, name.text, near),
        fixes=respelled(name.text, near, name.span),
    )


def edition(text: Text) -> tuple[Baseline, Findings]:
    """Make an edition of a baseline, or an overlay, of its text."""
    made = edition_of(text.chapter.head.heading, alone(text.chapter))
    return made, each_once((*text.chapter.diagnostics, *faults_of_edition(made, made.name)))
