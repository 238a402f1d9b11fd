"""A text as passages, and its changes: `strike`, `insert`, and the plain sentences of a system based on another.

A passage is a part (or a requirement) with all its sentences, those of several blocks together. What is struck
must be there, word for word in meaning (where it stands and its authority do not count). What is added stands
where the block last struck something, so that an ordered list keeps its order, and else at the end of the part.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sespms_rules.foundation.diagnostic import Diagnostic, Fix, Label
from sespms_rules.foundation.origin import Origin
from sespms_rules.foundation.spelling import nearest_name
from sespms_rules.foundation.values import Frozen, replace
from sespms_rules.language.model import Stated
from sespms_rules.language.resolution.chapters import Chapter, called, name_of
from sespms_rules.language.resolution.findings import NOTHING_TO_STRIKE
from sespms_rules.language.resolution.nearest import nearest_sentence, said
from sespms_rules.language.syntax.nodes import Line, PartName, StrikePart
from sespms_rules.language.syntax.words import HEADS, Edit, PartKind


class Passage(Frozen):
    """A part of a text with all its sentences; `heading` is that of its first block."""

    heading: PartName
    sentences: tuple[Stated, ...]

    @property
    def key(self) -> tuple[PartKind, str]:
        """Which part it is; a head is known by its kind alone."""
        return key_of(self.heading)


class Alteration(Frozen):
    """What one block does to a part, line by line; `whole` says that the part goes altogether."""

    heading: PartName
    edits: tuple[tuple[Edit, Stated], ...]
    whole: bool


def key_of(heading: PartName) -> tuple[PartKind, str]:
    """Which part a heading speaks of; a head is known by its kind alone."""
    return heading.kind, "" if heading.kind in HEADS else name_of(heading)


def stated(line: Line, of: str) -> Stated:
    """The sentence of a line with where it stands and under what authority."""
    authority = line.authority.text if line.authority else None
    return Stated(line.sentence, of, Origin(line.sentence.span, authority))


def alterations(chapter: Chapter) -> tuple[Alteration, ...]:
    """What a text says, head first, as changes of the text it rests on; a plain sentence is one that is added."""
    made = []
    for block in (chapter.head, *chapter.blocks):
        if isinstance(block, StrikePart):
            made.append(Alteration(block.part, (), whole=True))
        else:
            edits = tuple((line.edit or Edit.INSERT, stated(line, chapter.name)) for line in block.lines)
            made.append(Alteration(block.heading, edits, whole=False))
    return tuple(made)


def alter(
    text: Sequence[Passage], changes: Iterable[Alteration], *, of: str, own: str | None
) -> tuple[tuple[Passage, ...], tuple[Diagnostic, ...]]:
    """Carry changes out on the text of `of`, in their order.

    `own` names the text that makes the changes: its own sentences cannot be struck by it (None: they can).
    """
    passages = {passage.key: passage for passage in text}
    findings: list[Diagnostic] = []
    for change in changes:
        key = key_of(change.heading)
        if change.whole:
            if passages.pop(key, None) is None:
                findings.append(_no_such_part(change.heading, tuple(passages.values()), of))
            continue
        before = passages.get(key, Passage(change.heading, ()))
        if change.heading.second and before.heading.kind not in HEADS:
            before = replace(before, heading=replace(before.heading, second=change.heading.second))
        sentences, missing = _edited(before, change, own)
        if key in passages or sentences or not change.edits or change.heading.kind in HEADS:
            passages[key] = replace(before, sentences=sentences)
        if missing:
            everything = tuple(passages.values())
            findings.extend(_not_there(each, change.heading, everything, of, own) for each in missing)
    return tuple(passages.values()), tuple(findings)


def _edited(passage: Passage, change: Alteration, own: str | None) -> tuple[tuple[Stated, ...], list[Stated]]:
    """The sentences after the edits of one block, and what could not be struck."""
    sentences = list(passage.sentences)
    missing: list[Stated] = []
    place: int | None = None
    for edit, sentence in change.edits:
        if edit is Edit.INSERT:
            at = len(sentences) if place is None else place
            sentences.insert(at, sentence)
            place = None if place is None else place + 1
            continue
        found = _index(sentences, sentence, own)
        if found is None:
            missing.append(sentence)
        else:
            del sentences[found]
            place = found
    return tuple(sentences), missing


def _index(sentences: Sequence[Stated], sought: Stated, own: str | None) -> int | None:
    places = (
        place
        for place, each in enumerate(sentences)
        if each.sentence == sought.sentence and (each.of != own or not own)
    )
    return next(places, None)


def _no_such_part(heading: PartName, passages: tuple[Passage, ...], of: str) -> Diagnostic:
    names = [name_of(each.heading) for each in passages if each.heading.kind is heading.kind]
    near = nearest_name(name_of(heading), names) if heading.name else None
    offer = f'did you mean `{heading.kind} "{near}"`?' if near else "leave the line out, or name a part that is there"
    return NOTHING_TO_STRIKE.at(heading.span, f"`{of}` has no `{called(heading)}` that could be struck", help=offer)


def _not_there(
    sought: Stated, heading: PartName, passages: tuple[Passage, ...], of: str, own: str | None
) -> Diagnostic:
    """The finding for a sentence that cannot be struck, with the one that was probably meant."""
    place = "its head" if heading.kind in HEADS else f"`{called(heading)}`"
    message = f"`{of}` does not say `{said(sought)}` in {place}"
    inside = [each for passage in passages if passage.key == key_of(heading) for each in passage.sentences]
    for passage in passages:
        for each in passage.sentences:
            if each.sentence == sought.sentence:
                return _elsewhere(sought, each, passage, message, own)
    near = nearest_sentence(sought, [each for each in inside if each.of != own])
    if near is None:
        cure = "`strike` repeats a sentence of the text it changes; there is none like it in that part"
        return NOTHING_TO_STRIKE.at(sought.origin.span, message, help=cure)
    return NOTHING_TO_STRIKE.at(
        sought.origin.span,
        message,
        help=f"`strike` repeats the whole sentence; the nearest there is `{said(near)}`",
        labels=(Label(near.origin.span, "what it does say"),),
        fixes=(Fix(f"strike `{said(near)}`", sought.origin.span, near.origin.span.text, sure=False),),
    )


def _elsewhere(sought: Stated, found: Stated, passage: Passage, message: str, own: str | None) -> Diagnostic:
    """The sentence is there, but in another part, or only in the text that would strike it."""
    if found.of == own:
        cure = "it was added by this same text; leave out both lines"
    else:
        cure = f"it stands in `{called(passage.heading)}`; strike it under that heading"
    label = Label(found.origin.span, "it stands here")
    return NOTHING_TO_STRIKE.at(sought.origin.span, message, help=cure, labels=(label,))
