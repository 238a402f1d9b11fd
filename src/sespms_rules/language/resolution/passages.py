"""A text as passages, and its changes: `strike`, `insert`, and the plain sentences of a system based on another.

A passage is a part (or a requirement) with all its sentences, those of several blocks together. What is struck
must be there, word for word in meaning (where it stands and its authority do not count). What is added stands
where the block last struck something, so that an ordered list keeps its order, and else at the end of the part.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from sespms_rules.foundation.diagnostic import Diagnostic, Fix, Label
from sespms_rules.foundation.origin import Origin
from sespms_rules.foundation.spelling import nearest_name
from sespms_rules.foundation.values import Frozen, replace
from sespms_rules.language.model import Stated
from sespms_rules.language.resolution.chapters import Chapter, called, name_of
from sespms_rules.language.resolution.findings import NOTHING_TO_STRIKE
from sespms_rules.language.resolution.nearest import nearest_sentence, said
from sespms_rules.language.syntax.nodes import Line, PartName, Sentence, StrikePart
from sespms_rules.language.syntax.words import HEADS, Edit, PartKind

_MOST_SOUGHT = 20
"""For so many sentences that cannot be struck it is looked up which ones were meant."""


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
    numbers: dict[Sentence, int] = {}
    passages = {passage.key: _Open(passage, own, numbers) for passage in text}
    findings: list[Diagnostic] = []
    for change in changes:
        key = key_of(change.heading)
        if change.whole:
            if passages.pop(key, None) is None:
                findings.append(_no_such_part(change.heading, _closed(passages), of))
            continue
        edited = passages.get(key) or _Open(Passage(change.heading, ()), own, numbers)
        if change.heading.second and edited.heading.kind not in HEADS:
            edited.heading = replace(edited.heading, second=change.heading.second)
        missing = edited.edit(change)
        if key in passages or edited.sentences or not change.edits or change.heading.kind in HEADS:
            passages[key] = edited
        sought = missing[: max(0, _MOST_SOUGHT - len(findings))]
        everything = _closed(passages) if sought else ()
        findings.extend(_not_there(each, change.heading, everything, of, own) for each in sought)
        findings.extend(_nowhere(each, change.heading, of) for each in missing[len(sought) :])
    return _closed(passages), tuple(findings)


class _Open:
    """A passage while it is edited; `numbers` gives each sentence that may be struck a number of its own.

    Numbers are found in a list many times as fast as sentences; they are given once something is struck here.
    """

    def __init__(self, passage: Passage, own: str | None, numbers: dict[Sentence, int]) -> None:
        self.heading = passage.heading
        self.sentences = list(passage.sentences)
        self._own = own
        self._numbers = numbers
        self._by_number: list[int | None] | None = None

    def edit(self, change: Alteration) -> list[Stated]:
        """Carry out the edits of one block; return what could not be struck."""
        missing: list[Stated] = []
        place: int | None = None
        for edit, sentence in change.edits:
            if edit is Edit.INSERT:
                self._insert(len(self.sentences) if place is None else place, sentence)
                place = None if place is None else place + 1
            elif (found := self._struck(sentence)) is None:
                missing.append(sentence)
            else:
                place = found
        return missing

    def _insert(self, at: int, sentence: Stated) -> None:
        self.sentences.insert(at, sentence)
        if self._by_number is not None:
            self._by_number.insert(at, self._number(sentence))

    def _struck(self, sought: Stated) -> int | None:
        """Strike the first sentence of these words; return where it stood, None where there is none."""
        if self._by_number is None:
            self._by_number = [self._number(each) for each in self.sentences]
        number = self._numbers.get(sought.sentence)
        if number is None or number not in self._by_number:
            return None
        place = self._by_number.index(number)
        del self.sentences[place], self._by_number[place]
        return place

    def _number(self, stated: Stated) -> int | None:
        """The number of a sentence; None for what may not be struck."""
        if self._own and stated.of == self._own:
            return None
        return self._numbers.setdefault(stated.sentence, len(self._numbers))


def _closed(passages: Mapping[tuple[PartKind, str], _Open]) -> tuple[Passage, ...]:
    return tuple(Passage(each.heading, tuple(each.sentences)) for each in passages.values())


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


def _nowhere(sought: Stated, heading: PartName, of: str) -> Diagnostic:
    """The finding for a sentence that cannot be struck, where many before it could not either."""
    place = "its head" if heading.kind in HEADS else f"`{called(heading)}`"
    message = f"`{of}` does not say `{said(sought)}` in {place}"
    return NOTHING_TO_STRIKE.at(
        sought.origin.span, message, help="`strike` repeats a sentence of the text it changes, word for word"
    )


def _elsewhere(sought: Stated, found: Stated, passage: Passage, message: str, own: str | None) -> Diagnostic:
    """The sentence is there, but in another part, or only in the text that would strike it."""
    if found.of == own:
        cure = "it was added by this same text; leave out both lines"
    else:
        cure = f"it stands in `{called(passage.heading)}`; strike it under that heading"
    label = Label(found.origin.span, "it stands here")
    return NOTHING_TO_STRIKE.at(sought.origin.span, message, help=cure, labels=(label,))
