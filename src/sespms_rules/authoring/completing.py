"""A draft and the law that binds it -> the draft with every sentence that the law asks for and it lacks.

What is written is the edition's own sentence, under its citation. Where the law leaves a choice (a wording, an
official, which element judges what), the sentence of OPM's basic system stands there as an example behind which the
author finds `# to decide:`. Nothing that is there already is changed or struck. The text is read and checked after
each round, so that a sentence which another one covers is never written.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache

from sespms_rules.authoring.asking import Sought, sought
from sespms_rules.authoring.edits import Edit, edited
from sespms_rules.authoring.looking import Judged
from sespms_rules.authoring.places import place_of
from sespms_rules.foundation.diagnostic import Diagnostic, Severity
from sespms_rules.foundation.request import RequestError
from sespms_rules.foundation.resources import policy_path
from sespms_rules.foundation.source import Source
from sespms_rules.foundation.values import Frozen, replace
from sespms_rules.language.formatter import format_policy
from sespms_rules.language.model import System
from sespms_rules.language.parsing import read_source
from sespms_rules.language.syntax.nodes import Block, Document
from sespms_rules.language.syntax.words import PartKind
from sespms_rules.law.verdict import Conformance, Ruling, Verdict, VerdictKind
from sespms_rules.pipeline import Compilation, compile_source

Judge = Callable[[Source], Judged]
"""A text -> what is known of it, how its system stands to the law, and all that is found."""

MODEL = "agencies/opm_basic.sespms"
_ROUNDS = 40
_UNEQUIVALENT = "SES207"
_MISSED = (VerdictKind.NOT_MET, VerdictKind.REFUTED)


class Written(Frozen):
    """A sentence that was written: where, its words, for which provision, and what is left to decide about it."""

    part: str
    words: str
    citation: str
    to_decide: str


class Completed(Frozen):
    """The completed text, what was written in the order of the law, and what is still found in it."""

    text: str
    written: tuple[Written, ...]
    findings: tuple[Diagnostic, ...]

    @property
    def has_errors(self) -> bool:
        """Whether an error is left, which only the author can settle."""
        return any(each.severity is Severity.ERROR for each in self.findings)


def completed(source: Source, judge: Judge, *, advised: bool = False) -> Completed:
    """Write into a system what the law asks of it and it does not say; with `advised` also what is only advised.

    Raises RequestError for a text that holds no single system of its own, or one with faults: what it means must be
    known before anything can be missing from it.
    """
    written, tried = list[Written](), set[str]()
    draft = _Draft(_with_its_end(source), _with_its_end(source))
    judged = judge(Source(source.name, draft.text))
    draft = replace(draft, read=_without_scenarios(judged[0].document))
    for _ in range(_ROUNDS):
        compilation, held, found = judged
        system = _system(compilation)
        wanted = [each for each in _missing(system, held, found, advised, tried) if each.key not in tried]
        if not wanted:
            break
        tried |= {each.key for each in wanted}
        draft, judged, taken = _put_in(draft, judged, wanted, judge)
        written += [Written(each.part, each.words, each.citation, each.to_decide) for each in taken]
    if not _keeps(source.text, draft.text):
        raise AssertionError("what the author wrote would be changed; nothing was written")
    laid = _as_it_was_laid_out(source, draft.text)
    return Completed(laid, tuple(written), judge(Source(source.name, laid))[2])


def _with_its_end(source: Source) -> str:
    """A text whose last line is ended, so that more can follow it."""
    return source.text if source.text.endswith("\n") else f"{source.text}\n"


def _as_it_was_laid_out(source: Source, text: str) -> str:
    """The text in the agreed layout where it was so before; else lines stand as they stood, with the ends they had."""
    whole = _with_its_end(source)
    if format_policy(Source(source.name, whole)).text == whole:
        return format_policy(Source(source.name, text)).text or text
    return text.replace("\r\n", "\n").replace("\n", "\r\n") if "\r\n" in source.text else text


def _keeps(before: str, after: str) -> bool:
    """Whether each line stands in the new text as it was, or continued, and in its order."""
    lines = iter(after.splitlines())
    return all(any(line.startswith(each.rstrip()) for line in lines) for each in before.splitlines() if each.strip())


class _Draft(Frozen):
    """A text while it is completed, and what is read of it in each round: the same places, with blanks for scenarios.

    What the law asks of a system does not hang on its scenarios; thousands of them would be run in every round.
    """

    text: str
    read: str

    def with_edits(self, edits: list[Edit]) -> _Draft:
        return _Draft(edited(self.text, edits), edited(self.read, edits))


def _without_scenarios(document: Document) -> str:
    """The text of a document with a blank in the place of each sign of a scenario; lines stay where they are."""
    text, pieces, at = document.source.text, list[str](), 0
    for block in document.blocks:
        if isinstance(block, Block) and block.heading.kind is PartKind.SCENARIO:
            blank = "".join("\n" if each == "\n" else " " for each in text[block.span.start : block.span.end])
            pieces += text[at : block.span.start], blank
            at = block.span.end
    return "".join((*pieces, text[at:]))


def _put_in(draft: _Draft, judged: Judged, wanted: list[Sought], judge: Judge) -> tuple[_Draft, Judged, list[Sought]]:
    """The draft with all that is wanted and what is known of it; `judged` is what is known of it as it stands.

    Where all cannot stand together it goes in one by one, and what contradicts is left out: two sentences of one step
    that differ in their order, say, cannot stand side by side, and the author has to choose.
    """
    name = judged[0].source.name
    together = draft.with_edits(_edits(judged[0], draft.read, wanted))
    found = judge(Source(name, together.read))
    if not _faults(found[0]):
        return together, found, wanted
    taken = []
    for each in sorted(wanted, key=lambda one: -(one.at or 0)):  # from the last place to the first: none of them moves
        more = draft.with_edits(_edits(judged[0], draft.read, [each]))
        found = judge(Source(name, more.read))
        if not _faults(found[0]):
            draft, judged = more, found
            taken.append(each)
    return draft, judged, taken


def _edits(compilation: Compilation, text: str, wanted: list[Sought]) -> list[Edit]:
    return writing(_system(compilation), text, wanted)


def writing(system: System, text: str, wanted: list[Sought]) -> list[Edit]:
    """The edits that write sentences into the text of a system, each with its note and its citation."""
    return [Edit(at, at, words) for at, words in _in_place(system, text, wanted)]


def only_system(compilation: Compilation) -> System | None:
    """The one system of a text that can be completed, None where the text is none such."""
    try:
        return _system(compilation)
    except RequestError:
        return None


def would_answer(system: System, verdict: Verdict, ruling: Ruling) -> tuple[Sought, ...]:
    """The sentences that would meet what one sentence of a requirement misses; what is only advised among them."""
    if ruling.kind not in _MISSED:
        return ()
    parts = {each.kind for each in system.parts}
    return tuple(sought(system, _model(), verdict, ruling, parts, wanted=True))


def _faults(compilation: Compilation) -> tuple[Diagnostic, ...]:
    """What keeps a text from being understood: its words, its names, and what they refer to."""
    return tuple(each for each in compilation.diagnostics if each.severity is Severity.ERROR and each.is_of_reading)


def _system(compilation: Compilation) -> System:
    """The one system of a text that stands by itself."""
    faults = _faults(compilation)
    name = compilation.source.name
    if faults:
        more = f" (and {len(faults) - 1} more)" if len(faults) > 1 else ""
        raise RequestError(f"`{name}` is not understood yet: {faults[0].message}{more}", faults)
    systems = compilation.policy.systems
    if len(systems) != 1:
        raise RequestError(f"`{name}` holds {len(systems)} systems, and one at a time is completed: one in a file")
    if systems[0].bases:
        raise RequestError(
            f"`{systems[0].name}` is based on `{systems[0].bases[0]}`: complete that one; what it says is said here too"
        )
    return systems[0]


def _missing(
    system: System, held: Conformance | None, found: tuple[Diagnostic, ...], advised: bool, tried: set[str]
) -> Iterator[Sought]:
    """What one round writes: of sentences that begin alike the longest alone, as it may cover the others.

    One that was written before and is asked for still, as where the text itself denies it, covers none of them.
    """
    equivalences = [each for each in _equivalences(found) if each.key not in tried]
    if equivalences:
        yield from equivalences  # they continue lines that stand; nothing else may move these meanwhile
        return
    longest: dict[tuple[str, str], Sought] = {}
    for each in (each for each in _asked(system, held, advised) if each.key not in tried):
        start = (each.part, " ".join(each.words.split()[:2]))
        if start not in longest or len(each.words) > len(longest[start].words):
            longest[start] = each
    written = {each.part for each in longest.values() if not each.begins}
    yield from (each for each in longest.values() if not each.begins or each.part not in written)


def _asked(system: System, held: Conformance | None, advised: bool) -> Iterator[Sought]:
    verdicts = held.verdicts if held else ()
    parts = {each.kind for each in system.parts}
    for verdict in verdicts:
        for ruling in verdict.rulings:
            if ruling.kind in _MISSED:
                binding = verdict.binding and ruling.binding
                yield from sought(system, _model(), verdict, ruling, parts, wanted=binding or advised)


def _equivalences(found: tuple[Diagnostic, ...]) -> Iterator[Sought]:
    """The federal level of a level whose term is the agency's own: its number says which, and the author confirms."""
    for each in found:
        for fix in each.fixes if each.code == _UNEQUIVALENT else ():
            words = fix.replacement.strip()
            yield Sought("levels", words, "5 CFR 430.305(a)(7)", "is this the federal level it means?", fix.span.end)


def _in_place(system: System, text: str, wanted: list[Sought]) -> Iterator[tuple[int, str]]:
    """Where each sentence goes, and the characters to put there; sentences of a part that is new come together."""
    headed = set[str]()
    for each in sorted(wanted, key=lambda one: one.order):
        note = f"  # to decide: {each.to_decide}\n" if each.to_decide else ""
        if each.at is not None:
            yield text.rfind("\n", 0, each.at) + 1, note
            yield each.at, f"  {each.words}"
            continue
        place = place_of(system, text, each.kind, each.name)
        heading = f"\n{each.part}\n" if place.is_new and each.part not in headed else ""
        headed.add(each.part)
        under = f' under "{each.citation}"' if each.citation else ""
        behind = "  # unconfirmed" if each.unconfirmed else ""
        yield place.at, f"{heading}{note}  {each.words}{under}{behind}\n"


@cache
def _model() -> System:
    """OPM's basic system, whose sentences stand as examples where the law leaves a choice."""
    path = policy_path(MODEL)
    source, _ = read_source(path, MODEL)
    return compile_source(source).policy.systems[0]
