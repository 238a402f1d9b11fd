"""A text x a change of a field of its form -> the edit that carries it out; nothing else of the text is touched.

A form is no second model of a policy: each field is a place in the text (`analysis.parts`), and to fill it in is to put
other words there. What the language would not read in that place is refused before anything is changed.
"""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import sha256
from typing import Final

from sespms_rules.authoring.analysis.document import Field, PartShown, SentenceShown
from sespms_rules.authoring.analysis.parts import parts_of
from sespms_rules.authoring.edits import Edit, edited
from sespms_rules.foundation.diagnostic import Severity
from sespms_rules.foundation.source import Source
from sespms_rules.foundation.spelling import backticked
from sespms_rules.foundation.values import Frozen
from sespms_rules.language.parsing import parse_with_choices

FILLED_IN: Final = ("number", "day", "wording", "code", "choice")
"""The kinds of field that a form offers; wording of several lines is written in the text."""

_HELP: Final = {
    "number": "Write a number, such as `475` or `2.5`.",
    "day": "Write a day with its year first, such as `2026-10-01`.",
    "wording": "Write plain words in one line, without quotation marks.",
    "code": "Write it as it stands elsewhere in the text.",
}


class Change(Frozen):
    """A field that is filled in: its part, sentence and place among the fields, each counted from 0.

    `mark` is that of the sentence which the form showed (`mark_of`), `was` the value in it, `now` the one that was
    typed. A place alone would name another sentence once a line was added above it.
    """

    part: int
    sentence: int
    field: int
    mark: str
    was: str
    now: str


class FilledIn(Frozen):
    """The edit that fills a field in, the text with it carried out, and the mark that the sentence has then."""

    edit: Edit
    text: str
    mark: str


class NotFilledInError(Exception):
    """A value that was not put into the text: `message` says why in one plain sentence, `help` what to do."""

    def __init__(self, message: str, help: str) -> None:
        super().__init__(message)
        self.message = message
        self.help = help


def mark_of(text: str, part: PartShown, sentence: SentenceShown) -> str:
    """What tells a sentence from others: 12 hexadecimal digits of its part and its words, however they are laid out."""
    words = " ".join(text[sentence.place.start : sentence.place.end].split())
    return sha256(f"{part.kind}\0{part.name}\0{words}".encode()).hexdigest()[:12]


def filled_in(source: Source, change: Change) -> FilledIn:
    """What a change of the form of a text means. Raises NotFilledInError where nothing can be put in."""
    parts, faults = _read(source)
    before = _sentence(parts, change.part, change.sentence)
    place = _field(before, change)
    is_shown = before is not None and mark_of(source.text, parts[change.part], before) == change.mark
    if before is None or place is None or place.value != change.was or not is_shown:
        raise NotFilledInError(
            f"`{change.now}` was not put in: `{change.was}` no longer stands where the form shows it",
            "The text was changed there meanwhile; look at the form anew.",
        )
    now = " ".join(change.now.split())
    edit = Edit(place.place.start, place.place.end, f'"{now}"' if place.kind == "wording" else now)
    text = edited(source.text, [edit])
    made, more = _read(Source(source.name, text))
    after = _sentence(made, change.part, change.sentence)
    value = _field(after, change)
    if after is None or value is None or value.value != now or more > faults or not _alike(before, after, change.field):
        words = " ".join(source.text[before.place.start : before.place.end].split())
        raise NotFilledInError(f"`{now}` cannot stand in the place of `{change.was}` in `{words}`", _help(place))
    return FilledIn(edit, text, mark_of(text, made[change.part], after))


def _read(source: Source) -> tuple[tuple[PartShown, ...], int]:
    """The parts of a text, and how many errors there are in its words: a day that no calendar has is one."""
    document, found, choices = parse_with_choices(source)
    return parts_of(document, choices), sum(each.severity is Severity.ERROR for each in found)


def _sentence(parts: Sequence[PartShown], part: int, sentence: int) -> SentenceShown | None:
    found = parts[part] if 0 <= part < len(parts) else None
    return found.sentences[sentence] if found and 0 <= sentence < len(found.sentences) else None


def _field(sentence: SentenceShown | None, change: Change) -> Field | None:
    fields = sentence.fields if sentence else ()
    return fields[change.field] if 0 <= change.field < len(fields) else None


def _alike(before: SentenceShown, after: SentenceShown, changed: int) -> bool:
    """Whether a sentence says the same but for one field: it is of the same kind and holds the same other values."""

    def rest(sentence: SentenceShown) -> list[str]:
        return [each.value for place, each in enumerate(sentence.fields) if place != changed]

    return (before.kind, before.edit, before.authority) == (after.kind, after.edit, after.authority) and (
        rest(before) == rest(after)
    )


def _help(field: Field) -> str:
    return f"Write one of {backticked(field.choices)}." if field.choices else _HELP[field.kind]
