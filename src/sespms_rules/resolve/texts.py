"""Chapters -> systems, editions and amendments: `based on` and `amends` carried out across files.

A text's own faults are reported with it. What is wrong in a text of another file belongs to that file; whoever
rests on it hears only that it has errors (SES112), because half a text is no base for another.
"""

from __future__ import annotations

from collections.abc import Iterable

from sespms_rules.diagnostic import Diagnostic, Label, Severity
from sespms_rules.frozen import Frozen, replace
from sespms_rules.model import Amendment, Baseline, Stated, System
from sespms_rules.resolve.amending import amended, amended_edition, amendment_of
from sespms_rules.resolve.anchoring import key, told_here, without
from sespms_rules.resolve.assembling import edition_of, scenario_of, system_of
from sespms_rules.resolve.chapters import Chapter, called, chapters, name_of
from sespms_rules.resolve.faults import faults_of_edition, faults_of_system
from sespms_rules.resolve.findings import (
    BASE_LOOP,
    BASE_NOT_FOUND,
    BASED_TOO_DEEP,
    FAULTY_BASE,
    NOTHING_TO_AMEND,
    OUT_OF_PLACE,
    SCENARIO_OF_NO_AMENDMENT,
    STRIKES_ITSELF,
    UNKNOWN_AMENDMENT,
)
from sespms_rules.resolve.library import Library
from sespms_rules.resolve.nearest import listed, nearest_name, offered, respelled
from sespms_rules.resolve.passages import Alteration, Passage, alter, alterations
from sespms_rules.syntax.baselines import Amends, InForce
from sespms_rules.syntax.nodes import Document, PartName, Quoted
from sespms_rules.syntax.proof import WithAmendment
from sespms_rules.syntax.system import Agency, Approved, Certified, Effective, Submitted
from sespms_rules.syntax.words import Edit, PartKind

MOST_BASES = 2
"""How deep texts may rest on each other: a bureau on its department, the department on a common system."""

_RULES = (PartKind.BASELINE, PartKind.OVERLAY)
_OF_RULES = (PartKind.REQUIREMENT, PartKind.LIST)

_RECORD = Submitted | Approved | Certified
"""What was decided about one text; a text based on it has not been submitted or approved by that."""

_IDENTITY = (Agency, Effective)
"""What a text based on another says of itself without striking what the other says of itself."""


Findings = tuple[Diagnostic, ...]


class Text(Frozen):
    """A chapter and the document it stands in, which is where its own base is looked for first."""

    chapter: Chapter
    home: Document


class Texts:
    """All texts that one document and a library hold, each made once."""

    __slots__ = ("_chapters", "_library", "_systems", "document")

    def __init__(self, document: Document, library: Library) -> None:
        self.document = document
        self._library = library
        self._chapters: dict[int, tuple[Document, tuple[Chapter, ...], Findings]] = {}
        self._systems: dict[int, tuple[Chapter, System, Findings]] = {}

    # ---- finding texts ---------------------------------------------------------------------------

    def chapters(self, document: Document) -> tuple[tuple[Chapter, ...], Findings]:
        """The chapters of a document, and the findings that belong to none of them."""
        if id(document) not in self._chapters:
            self._chapters[id(document)] = (document, *chapters(document))
        _, made, stray = self._chapters[id(document)]
        return made, stray

    def find(self, kind: PartKind, name: str, home: Document | None = None) -> tuple[Text, ...]:
        """The texts of a kind and name: those of the document it is asked in first, then the library's."""
        homes = [home or self.document, self.document, *self._library.documents(kind, name)]
        found: dict[int, Text] = {}
        for each in homes:
            for chapter in self.chapters(each)[0]:
                if chapter.kind is kind and chapter.name == name:
                    found.setdefault(id(chapter), Text(chapter, each))
        return tuple(found.values())

    def names(self, kind: PartKind) -> tuple[str, ...]:
        """The names of all texts of a kind, this document's first."""
        here = [chapter.name for chapter in self.chapters(self.document)[0] if chapter.kind is kind]
        return tuple(dict.fromkeys((*here, *self._library.names(kind))))

    def where(self, kind: PartKind, name: str) -> str:
        """Where a text was looked for, in a few words."""
        return self._library.where(kind, name)

    # ---- systems ---------------------------------------------------------------------------------

    def system(self, text: Text) -> tuple[System, Findings]:
        """Make a system of its text and the texts it is based on."""
        known = self._systems.get(id(text.chapter))
        if known is None:
            known = (text.chapter, *self._system(text))
            self._systems[id(text.chapter)] = known
        return known[1], known[2]

    def _system(self, text: Text) -> tuple[System, Findings]:
        chapter = text.chapter
        heading = chapter.head.heading
        bases, broken = self._bases(text)
        if broken is not None:
            return self._alone(text), each_once((*chapter.diagnostics, broken))
        passages: tuple[Passage, ...] = ()
        missing: Findings = ()
        for each, below in zip((*reversed(bases), text), (None, *reversed(bases)), strict=True):
            passages, missing = _based(passages, each.chapter, below.chapter if below else None)
        names = tuple(base.chapter.name for base in bases)
        scenarios = tuple(scenario_of(block, chapter.name) for block in chapter.scenarios)
        made = system_of(heading, names, passages, scenarios)
        faults: Findings = tuple(faults_of_system(made, chapter.name))
        if bases:
            faults = told_here(without(faults, self._faults_below(bases[0])), heading.span)
            missing = (*missing, *self._faulty(text, bases[0]))
        else:
            missing = (*missing, *_strikes_itself(chapter))
        return made, each_once((*chapter.diagnostics, *missing, *faults, *self._amendments_named(made)))

    def _faults_below(self, base: Text) -> Findings:
        """What is wrong in the text a system is based on whether or not anything is based on it."""
        made, _ = self.system(base)
        return tuple(faults_of_system(made, made.name))

    def _alone(self, text: Text) -> System:
        """What a system itself says, where the text it is based on cannot be had."""
        changes = (
            replace(change, edits=tuple(edit for edit in change.edits if edit[0] is Edit.INSERT))
            for change in alterations(text.chapter)
            if not change.whole
        )
        passages, _ = alter((), changes, of=text.chapter.name, own=None)
        scenarios = tuple(scenario_of(block, text.chapter.name) for block in text.chapter.scenarios)
        return system_of(text.chapter.head.heading, (), passages, scenarios)

    def _bases(self, text: Text) -> tuple[tuple[Text, ...], Diagnostic | None]:
        """The texts a system is based on, nearest first, or why they cannot be had."""
        chain = [text]
        while (named := chain[-1].chapter.head.heading.second) is not None:
            found = self.find(PartKind.SYSTEM, named.text, chain[-1].home)
            said_at = text.chapter.head.heading.second or named
            if not found:
                return (), self._base_not_found(chain, named, said_at)
            if any(found[0].chapter is each.chapter for each in chain):
                return (), _loop(chain, found[0], said_at)
            chain.append(found[0])
            if len(chain) > MOST_BASES + 1:
                return (), _too_deep(chain, said_at)
        return tuple(chain[1:]), None

    def _base_not_found(self, chain: list[Text], named: Quoted, said_at: Quoted) -> Diagnostic:
        names = [name for name in self.names(PartKind.SYSTEM) if name != chain[0].chapter.name]
        near = nearest_name(named.text, names)
        where = self.where(PartKind.SYSTEM, named.text)
        if len(chain) > 1:
            message = f"`{chain[-1].chapter.name}` is based on `{named.text}`, and there is no such system"
            return BASE_NOT_FOUND.at(said_at.span, message, help=f"cure `{chain[-1].chapter.name}` first; {where}")
        return BASE_NOT_FOUND.at(
            said_at.span,
            f"there is no system `{named.text}` to base `{chain[0].chapter.name}` on",
            help=offered(near, f"put the file that holds it beside this one; {where}"),
            fixes=respelled(named.text, near, said_at.span),
        )

    def _faulty(self, text: Text, base: Text) -> Findings:
        """One finding where the text of another file that this one is based on has errors of its own."""
        named = text.chapter.head.heading.second
        if named is None or base.home is text.home:
            return ()
        return self._errors_in(base, self.system(base)[1], named)

    def _errors_in(self, base: Text, findings: Findings, named: Quoted) -> Findings:
        found = [*findings, *self.chapters(base.home)[1]]
        if not errors(found):
            return ()
        first = next(each for each in found if errors([each]))
        return (
            FAULTY_BASE.at(
                named.span,
                f"`{named.text}` in `{base.home.source.name}` has errors of its own, so nothing can rest on it",
                help=f"check `{base.home.source.name}` and cure it first",
                labels=(Label(first.span, f"{first.code} {first.name}: {first.message}"),),
            ),
        )

    # ---- editions --------------------------------------------------------------------------------

    def edition(self, text: Text) -> tuple[Baseline, Findings]:
        """Make an edition of a baseline, or an overlay, of its text."""
        chapter = text.chapter
        changes = (
            replace(change, edits=tuple(edit for edit in change.edits if edit[0] is Edit.INSERT))
            for change in alterations(chapter)
        )
        passages, _ = alter((), changes, of=chapter.name, own=None)
        made = edition_of(chapter.head.heading, passages)
        return made, each_once((*chapter.diagnostics, *faults_of_edition(made, made.name)))

    # ---- amendments ------------------------------------------------------------------------------

    def amendment(self, text: Text) -> tuple[Amendment | None, Findings]:
        """Make an amendment of its text, and carry it out once to find what is wrong with it."""
        chapter = text.chapter
        made = amendment_of(chapter)
        if made is None:
            finding = NOTHING_TO_AMEND.at(
                chapter.head.heading.span,
                f"the amendment `{chapter.name}` does not say what it amends",
                help='say it below the heading: `amends "Name of the system or the baseline"`',
            )
            return None, each_once((*chapter.diagnostics, finding))
        of_none = self._scenarios_of_none(chapter)
        return made, each_once((*chapter.diagnostics, *of_none, *twice_in(made.head.sentences, made.name),
                                *holes(made.head.sentences), *self._carried_out(made)))

    def _carried_out(self, amendment: Amendment) -> Findings:
        """What is wrong with an amendment when it is carried out on the text it names."""
        amends = next(each.sentence for each in amendment.head.sentences if isinstance(each.sentence, Amends))
        systems = self.find(PartKind.SYSTEM, amends.name.text)
        if systems:
            system, findings = self.system(systems[0])
            faulty = self._faulty_target(systems[0], findings, amends)
            return faulty or amended(system, amendment)[1]
        editions = self.editions(amends.name.text)
        if not editions:
            return (self._no_such_text(amends),)
        chosen = _edition_of_day(editions, amends)
        if chosen is None:
            return (_no_such_edition(amends, editions),)
        edition, findings = self.edition(chosen)
        return self._faulty_target(chosen, findings, amends) or amended_edition(edition, amendment)[1]

    def _faulty_target(self, target: Text, findings: Findings, amends: Amends) -> Findings:
        return () if target.home is self.document else self._errors_in(target, findings, amends.name)

    def editions(self, name: str) -> tuple[Text, ...]:
        """All editions of a baseline, or the overlay, of that name."""
        return tuple(text for kind in _RULES for text in self.find(kind, name))

    def _no_such_text(self, amends: Amends) -> Diagnostic:
        kinds = (PartKind.SYSTEM, *_RULES)
        near = nearest_name(amends.name.text, [name for kind in kinds for name in self.names(kind)])
        where = self.where(PartKind.SYSTEM, amends.name.text)
        return NOTHING_TO_AMEND.at(
            amends.name.span,
            f"there is no system and no baseline `{amends.name.text}` to amend",
            help=offered(near, f"put the file that holds it beside this one; {where}"),
            fixes=respelled(amends.name.text, near, amends.name.span),
        )

    def _amendments_named(self, system: System) -> Findings:
        """Scenarios of a system that are to be run under an amendment nobody knows."""
        names = self.names(PartKind.AMENDMENT)
        return tuple(
            _unknown_amendment(stated.sentence, names, self.where(PartKind.AMENDMENT, stated.sentence.name.text))
            for scenario in system.scenarios
            for stated in scenario.sentences
            if isinstance(stated.sentence, WithAmendment) and stated.sentence.name.text not in names
        )
