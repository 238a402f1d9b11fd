"""What Write shows of a text: its findings with their fixes, and its outline, in which each sentence is a form."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Final

from sespms_rules.authoring.analysis import (
    Analysis,
    Field,
    Found,
    PartShown,
    Remedy,
    RequirementShown,
    SentenceShown,
    analyzed,
)
from sespms_rules.authoring.edits import Edit, difference, edited
from sespms_rules.authoring.filling import FILLED_IN, Change, mark_of
from sespms_rules.foundation.source import Source
from sespms_rules.foundation.values import Frozen, replace
from sespms_rules.language.resolution import FolderLibrary
from sespms_rules.web.frame import without_folder
from sespms_rules.web.workbench import Workbench

_WIDEST: Final = 60
"""How many letters wide a blank is at most."""


class Offer(Frozen):
    """A fix as it is shown: which one, what it is called, whether it is sure, the difference, and whom it moves."""

    number: str
    title: str
    sure: bool
    preview: str
    moves: str


class FoundShown(Frozen):
    """A finding as it is shown, with the line it stands in (0: in another file) and its fixes."""

    finding: Found
    line: int
    offers: tuple[Offer, ...]


class Blank(Frozen):
    """A field as it is shown: `name` tells which one it is and what it held when it was shown."""

    name: str
    label: str
    value: str
    choices: tuple[str, ...]
    width: int


class Piece(Frozen):
    """Words of a sentence, and the blank that follows them, if one does."""

    words: str
    blank: Blank | None


class Law(Frozen):
    """A requirement that a sentence answers."""

    citation: str
    title: str
    said: str
    law: str


class SentenceForm(Frozen):
    """A sentence as a form: its line, its words with blanks, what it says, and the law that it answers."""

    line: int
    pieces: tuple[Piece, ...]
    means: str
    law: tuple[Law, ...]


class PartForm(Frozen):
    """A part of the text: its heading, the line of that, and its sentences."""

    title: str
    line: int
    sentences: tuple[SentenceForm, ...]


class Looked(Frozen):
    """What is known of a text: the headline, each finding in its order, and its parts."""

    headline: str
    found: tuple[FoundShown, ...]
    parts: tuple[PartForm, ...]


NOT_CHECKED = Looked("Not checked", (), ())


def looked(bench: Workbench, name: str, text: str) -> Looked:
    """What `sespms check` would say of the text in the place of the file, and the form of it."""
    known = _known(bench, name, text)
    root = str(bench.folder.root)
    source = Source(name, text)
    headline = known.summary
    shown = tuple(
        FoundShown(
            _told(each, root),
            each.place.line if each.path == known.name and each.place else 0,
            tuple(_offer(source, number, fix) for number, found, fix in _fixes(known) if found is each),
        )
        for each in known.findings
    )
    return Looked(headline[:1].upper() + headline[1:], shown, tuple(_parts(known, text)))


def fix_numbered(bench: Workbench, name: str, text: str, number: str) -> tuple[str, str] | None:
    """What a fix is called and the text with it carried out; None where no fix of this text has that number."""
    found = (fix for at, _, fix in _fixes(_known(bench, name, text)) if at == number)
    fix = next(found, None)
    return None if fix is None else (fix.title, edited(text, _edits(fix)))


def change_named(name: str, now: str) -> Change | None:
    """What filling in a blank of a name means; None where nothing is changed by it. Raises ValueError for no name."""
    _, part, sentence, field, mark, was = name.split(" ", 5)
    return None if now == was else Change(int(part), int(sentence), int(field), mark, was, now)


def blank_name(part: int, sentence: int, field: int, mark: str, value: str) -> str:
    """The name of a blank: where it is, the mark of its sentence, and what it holds."""
    return f"field {part} {sentence} {field} {mark} {value}"


def _known(bench: Workbench, name: str, text: str) -> Analysis:
    path = bench.folder.root / name
    beside = FolderLibrary((), (path.parent,))
    return analyzed(Source(str(path), text), beside, _law(), ask_solver=True, count_moves=True)


@cache
def _law() -> FolderLibrary:
    """The law that comes with the program: it does not change while this runs, and is asked at each pause."""
    return FolderLibrary()


# ---- findings --------------------------------------------------------------------------------------


def _told(finding: Found, root: str) -> Found:
    return replace(finding, message=without_folder(finding.message, root), help=without_folder(finding.help, root))


def _fixes(known: Analysis) -> Iterator[tuple[str, Found, Remedy]]:
    """Each fix of this text with its finding, and its number, which tells it from any fix of another text."""
    for each in known.findings:
        for number, fix in enumerate(each.fixes):
            if each.path == known.name:
                marks = [
                    each.code,
                    str(number),
                    *(f"{edit.start}\0{edit.end}\0{edit.replacement}" for edit in _edits(fix)),
                ]
                yield hashlib.sha256("\0".join(marks).encode()).hexdigest()[:16], each, fix


def _edits(fix: Remedy) -> list[Edit]:
    return [Edit(each.place.start, each.place.end, each.replacement) for each in fix.edits]


def _offer(source: Source, number: str, fix: Remedy) -> Offer:
    unified = difference(source, edited(source.text, _edits(fix)))
    lines = (line for line in unified.splitlines() if not line.startswith(("---", "+++", "@@")))
    return Offer(number, fix.title, fix.sure, "\n".join(lines), fix.moves.said if fix.moves else "")


# ---- the outline and its form ----------------------------------------------------------------------


def _parts(known: Analysis, text: str) -> Iterator[PartForm]:
    answered = dict[int, dict[str, Law]]()
    for each in known.requirements:
        for line in _lines_answering(each, known.name):
            answered.setdefault(line, {})[each.citation] = Law(each.citation, each.title, each.said, each.law)
    for number, part in enumerate(known.parts):
        sentences = (
            _sentence(text, part, (number, place), each, answered) for place, each in enumerate(part.sentences)
        )
        yield PartForm(_title(part), part.heading.line, tuple(sentences))


def _lines_answering(each: RequirementShown, path: str) -> Iterator[int]:
    for sentence in each.sentences:
        yield from (answer.place.line for answer in sentence.answers if answer.path == path)


def _title(part: PartShown) -> str:
    return f"{part.kind} “{part.name}”" if part.name else part.kind


def _sentence(
    text: str,
    part: PartShown,
    at_place: tuple[int, int],
    sentence: SentenceShown,
    answered: Mapping[int, Mapping[str, Law]],
) -> SentenceForm:
    pieces, at = list[Piece](), sentence.place.start
    words = " ".join(text[at : sentence.place.end].split())
    mark = mark_of(text, part, sentence)
    for place, each in enumerate(sentence.fields):
        if each.kind in FILLED_IN:
            blank = _blank(blank_name(*at_place, place, mark, each.value), each, words)
            pieces.append(Piece(_plain(text[at : each.place.start]), blank))
            at = each.place.end
    pieces.append(Piece(_plain(text[at : sentence.place.end]), None))
    law = answered.get(sentence.place.line, {})
    return SentenceForm(sentence.place.line, tuple(pieces), sentence.means, tuple(law.values()))


def _plain(words: str) -> str:
    return " ".join(words.split())


def _blank(name: str, field: Field, words: str) -> Blank:
    label = f"{field.name.replace('.', ' ').replace('_', ' ')}, in: {words}"
    return Blank(name, label, field.value, field.choices, min(max(len(field.value) + 1, 4), _WIDEST))
