"""The places of a description: each paragraph and row with the part it stands in and the sentence it says.

They are found in the description that the policy gives now, so that a marked-up copy can be laid beside it.
"""

from __future__ import annotations

from collections.abc import Iterator
from difflib import SequenceMatcher
from fractions import Fraction

from sespms_rules.documents.marked_documents import MarkedPiece
from sespms_rules.documents.model import Document, Figure, Heading, Table, texts
from sespms_rules.documents.spoken import capital, spoken
from sespms_rules.documents.word_tables import ROW
from sespms_rules.foundation.values import Frozen, field
from sespms_rules.language.model import Part, Stated, System

_NAMED_WITH_QUOTES = " “{}”"
_MOST_PAIRS, _LOOKED_AT = 4_000, 400
"""Of how many pairs it is asked which are alike, and how many letters of each are looked at."""

_ALIKE = Fraction(1, 2)
"""From how alike two texts are, of 1, they are taken for one that was changed."""


class DescribedPlace(Frozen):
    """A paragraph or row of a description: `part` is the one it stands in, `stated` the sentence that it says.

    A place without a part is worked out from the policy, and so is one of a part without a sentence, unless it is the
    row of a table. `heads` are the headings of a row. `why` says why a change of it is not taken, where the description
    does not work it out from sentences.
    """

    text: str
    part: Part | None
    stated: Stated | None = field(default=None)
    heads: tuple[str, ...] = field(default=())
    why: str = field(default="")


_TITLE = "the title comes from the name of the system; rename the system in the policy"
_CAPTION = "it is the caption of a table, which every description has; change the rows, or the sentences they come from"
_COLUMNS = "these are the headings of a table, which every description has; change the rows below them"
_HEADING = "it is a heading that every description has; change the sentences below it"


def _why_of_heading(part: Part | None, system: System) -> str:
    """Why a changed heading is not taken: of one with a name, that the name is used elsewhere too."""
    if part is None or part is system.head:
        return _HEADING
    if part.name is None:
        return (
            f"it is the heading of the part `{part.kind.value}` and says nothing by itself; change the sentences below"
        )
    return (
        f'it names the part `{part.kind.value} "{part.name}"`, and other sentences and rosters name it too;'
        " rename it in the policy, everywhere at once"
    )


def places_of(document: Document, system: System) -> tuple[DescribedPlace, ...]:
    """The places of the description of a system, in the order in which they are read."""
    return tuple(_places(document, {_heading(each): each for each in system.parts}, system))


def _places(document: Document, parts: dict[str, Part], system: System) -> Iterator[DescribedPlace]:
    part: Part | None = None
    said: dict[str, Stated] = {}
    yield DescribedPlace(document.title, None, why=_TITLE)
    yield DescribedPlace(document.subtitle, None, why=_TITLE)
    for each in document.parts:
        if isinstance(each, Heading):
            part = parts.get(each.text, system.head if each.text == "The system" else None)
            said = {} if part is None else {spoken(part, one): one for one in part.sentences}
            yield DescribedPlace(each.text, None, why=_why_of_heading(part, system))
        elif isinstance(each, Table):
            yield DescribedPlace(each.caption, None, why=_CAPTION)
            yield from _rows(each, part)
        else:
            rows = each.table if isinstance(each, Figure) else None
            lead = list(texts(Document("", "", (each,))))[1:]
            for text in lead[:1] if rows else lead:
                yield DescribedPlace(" ".join(text.split()), part, said.get(text))
            if rows:
                yield DescribedPlace(rows.caption, None, why=_CAPTION)
                yield from _rows(rows, None)


def _rows(table: Table, part: Part | None) -> Iterator[DescribedPlace]:
    for row in (table.headings, *table.rows):
        words = tuple(" ".join(each.split()) for each in row)
        if row is table.headings:
            yield DescribedPlace(ROW.join(words), part, why=_COLUMNS)
        else:
            yield DescribedPlace(ROW.join(words), part, None, table.headings)


def _heading(part: Part) -> str:
    return capital(part.kind.value) + (_NAMED_WITH_QUOTES.format(part.name) if part.name else "")


class LaidBeside(Frozen):
    """A piece of the copy beside its place; one of both may be missing. `part` is the part that a new piece is in."""

    piece: MarkedPiece | None
    place: DescribedPlace | None
    part: Part | None


def _alike(one: str, other: str) -> Fraction:
    """How much of two texts is the same in both, of all their letters."""
    one, other = one[:_LOOKED_AT], other[:_LOOKED_AT]
    blocks = SequenceMatcher(None, one, other, autojunk=False).get_matching_blocks()
    return Fraction(2 * sum(each.size for each in blocks), max(1, len(one) + len(other)))


def laid_beside(pieces: tuple[MarkedPiece, ...], places: tuple[DescribedPlace, ...]) -> tuple[LaidBeside, ...]:
    """The pieces of a copy beside the places that they were made from, in order; every piece and place once."""
    return tuple(_beside(pieces, places))


def _beside(pieces: tuple[MarkedPiece, ...], places: tuple[DescribedPlace, ...]) -> Iterator[LaidBeside]:
    old = [each for each in pieces if each.was]
    matcher = SequenceMatcher(None, [each.text for each in places], [each.was for each in old], autojunk=False)
    beside: dict[str, DescribedPlace | None] = {}
    missing: dict[str, list[DescribedPlace]] = {}
    for _, first, last, start, end in matcher.get_opcodes():
        pairs, lost = _paired(list(places[first:last]), old[start:end])
        beside |= {piece.place: place for piece, place in pairs}
        missing.setdefault(old[end - 1].place if end else "", []).extend(lost)
    yield from (LaidBeside(None, place, place.part) for place in missing.pop("", []))
    part: Part | None = None
    for piece in pieces:
        place = beside.get(piece.place) if piece.was else None
        part = place.part if place is not None else part
        if place is not None and place.part is None and not piece.heads:
            part = None
        yield LaidBeside(piece, place, part)
        yield from (LaidBeside(None, each, each.part) for each in missing.pop(piece.place, []))


def _paired(
    places: list[DescribedPlace], pieces: list[MarkedPiece]
) -> tuple[list[tuple[MarkedPiece, DescribedPlace | None]], list[DescribedPlace]]:
    """Pieces with the places that they are most alike, in order; and the places that none is like."""
    if [each.text for each in places] == [each.was for each in pieces]:
        return list(zip(pieces, places, strict=True)), []
    made: list[tuple[MarkedPiece, DescribedPlace | None]] = []
    left, possible = list(places), len(places) * len(pieces) <= _MOST_PAIRS
    for piece in pieces:
        ratios = [_alike(each.text, piece.was) for each in left] if possible else []
        best = max(ratios, default=Fraction(0))
        place = left.pop(ratios.index(best)) if best >= _ALIKE and ratios else None
        made.append((piece, place))
    return made, left
