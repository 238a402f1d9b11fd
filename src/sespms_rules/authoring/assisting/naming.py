"""Names in texts: what they are the name of, where they are declared, and everywhere they are used."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from sespms_rules.foundation.source import Span
from sespms_rules.foundation.traversal import walk
from sespms_rules.foundation.values import Frozen
from sespms_rules.language.syntax.baselines import Amends
from sespms_rules.language.syntax.elements import Competencies, LevelDefinition
from sespms_rules.language.syntax.nodes import Block, Document, Line, PartName, Quoted, StrikePart
from sespms_rules.language.syntax.proof import WithAmendment
from sespms_rules.language.syntax.system import Adapts, Follows, LeavesOut
from sespms_rules.language.syntax.words import PartKind

VALUE, TERM = "name", "level"
_OF_PARTS = {
    PartKind.CRITICAL_ELEMENT: VALUE,
    PartKind.NONCRITICAL_ELEMENT: VALUE,
    PartKind.BASELINE: "edition",
    PartKind.OVERLAY: "edition",
}
_OF_SENTENCES: dict[type[Frozen], str] = {
    Adapts: "provision",
    Amends: "system",
    Competencies: "competency",
    Follows: "edition",
    LeavesOut: "left out",
    LevelDefinition: TERM,
    WithAmendment: "amendment",
}


class NamedAt(Frozen):
    """A name where it stands: what it is the name of, its words, its place with the quotation marks.

    `of` is `name` for elements and values of formulas, `level` for the term of a level, else the kind of the head or
    part. `declares` is true in a heading.
    """

    of: str
    text: str
    span: Span
    declares: bool


def names_in(document: Document) -> Iterator[NamedAt]:
    """Every name in a document, in its order; wording that an agency writes as it likes is none."""
    for block in document.blocks:
        if isinstance(block, StrikePart):
            yield from _of_part(block.part, declares=False)
            continue
        yield from _of_part(block.heading, declares=True)
        for line in block.lines:
            yield from _of_line(line)


def _of_part(part: PartName, *, declares: bool) -> Iterator[NamedAt]:
    of = _OF_PARTS.get(part.kind, part.kind.value)
    if part.name is not None:
        yield NamedAt(of, part.name.text, part.name.span, declares)
    if part.second is not None and part.kind is PartKind.SYSTEM:
        yield NamedAt(of, part.second.text, part.second.span, False)


def _of_line(line: Line) -> Iterator[NamedAt]:
    of = _OF_SENTENCES.get(type(line.sentence), VALUE)
    declares = isinstance(line.sentence, LevelDefinition)
    for owner in walk(line.sentence):
        if isinstance(owner, PartName):
            yield from _of_part(owner, declares=False)
        elif not isinstance(owner, Quoted):
            yield from (NamedAt(of, each.text, each.span, declares) for each in _names(owner))


def _names(owner: Frozen) -> Iterator[Quoted]:
    """The names that a value holds itself: its wording in quotes, where it is declared to be no free text."""
    for name, declared in _declared(owner):
        held = getattr(owner, name)
        for each in held if isinstance(held, tuple) else (held,):
            if isinstance(each, Quoted) and "Text" not in declared:
                yield each


def _declared(owner: Frozen) -> Iterator[tuple[str, str]]:
    for kind in reversed(type(owner).__mro__):
        yield from ((name, str(note)) for name, note in vars(kind).get("__annotations__", {}).items() if name != "span")


def name_at(document: Document, at: int) -> NamedAt | None:
    """The name that stands at a character, or None."""
    return next((each for each in names_in(document) if each.span.start <= at <= each.span.end), None)


def occurrences(wanted: NamedAt, documents: Iterable[Document]) -> tuple[NamedAt, ...]:
    """Everywhere in some documents that name is used for the same kind of thing, by document and place."""
    return tuple(
        each
        for document in documents
        for each in names_in(document)
        if each.of == wanted.of and each.text == wanted.text
    )


def declared(wanted: NamedAt, documents: Iterable[Document]) -> Span | None:
    """Where a name is declared: the heading that bears it, in the first document that has one."""
    return next((each.span for each in occurrences(wanted, documents) if each.declares), None)


def struck_from(document: Document, at: int, bases: Iterable[Document]) -> Span | None:
    """Where the sentence stands that the line at a character strikes out of a text it rests on."""
    for block in document.blocks:
        for line in block.lines if isinstance(block, Block) else ():
            if line.edit is not None and line.span.start <= at <= line.span.end:
                found = (_same(each, block, line) for base in bases for each in base.blocks)
                return next((each for each in found if each is not None), None)
    return None


def _same(block: Block | StrikePart, own: Block | StrikePart, line: Line) -> Span | None:
    if not isinstance(block, Block) or not isinstance(own, Block) or block.heading.kind is not own.heading.kind:
        return None
    return next((each.sentence.span for each in block.lines if each.sentence == line.sentence), None)
