"""Ratings as rows of a table, and as CSV of which a spreadsheet runs nothing.

What a spreadsheet would take for a formula gets an apostrophe before it, wherever the spreadsheet may see a cell begin:
at the start, and after a sign that separates cells in another country. What it would only show otherwise (`0012` as 12,
`MAR1` and `3-4` as days) is an id that other programs must find again, so it stays as it is, and is told of.
"""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from fractions import Fraction
from functools import lru_cache
from typing import Any, Protocol, TextIO

from sespms_rules.foundation.numbered import Numbered
from sespms_rules.foundation.patterns import late
from sespms_rules.foundation.values import Frozen, field, replace
from sespms_rules.program.rating import Outcome, Rating, Refusal
from sespms_rules.reports.rating_json import asked_as_data, asked_words, number_text, refusal_as_data, value_text
from sespms_rules.rosters.files import (
    FaultyCells,
    WrittenKeys,
    number_cell,
    of_nobody,
    safe_cell,
)

WITHHELD = "withheld"
"""The outcome of a row whose rating two engines disagree on."""

NO_EXECUTIVE = "not executives"
"""As what a row is counted that is no executive's."""

_MONTH = (
    "(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sep(?:t(?:ember)?)?"
    "|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)"
)
_SHOWN_OTHERWISE = late(
    r"0\d+(\.\d*)?|\d+(\.\d*)?e[+-]?\d+|\d{12,}|\d+\.(\d*0)?"  # numbers
    r"|true|false|[$€£]\d.*|\d+ ?%"
    r"|\d{1,2}:\d\d(:\d\d)?( ?[ap]m)?"  # times and days
    r"|\d{1,4}-\d{1,2}(-\d{1,4})?|\d{1,4}\.\d{1,2}\.\d{1,4}"
    rf"|(\d{{1,2}}[ -]?)?{_MONTH}[ -]?\d{{1,4}}|\d{{1,2}}[ -]?{_MONTH}",
    re.IGNORECASE,
)
_BEGIN_WITH_LETTERS = frozenset(
    ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec", "tru", "fal"]
)
"""How what begins with a letter and is shown otherwise begins."""
_SHOWN_FIRST = 3
_MOST_PIECES = 8_192
"""Of how many different faults of rows the text is kept from block to block."""
_LINE_END = "\r\n"
_STAND_IN = 987_654_321_012_345_678
"""In the place of the number of a row while the text around it is made."""


_OUTCOMES: dict[Outcome, str] = {each: each.value for each in Outcome}


class _Writer(Protocol):
    def writerow(self, row: Iterable[Any], /) -> Any:
        """Write a row."""


class RatedRow(Frozen, often=True):
    """One row of a roster with what became of it.

    Either `rating` is set, or `refused` says why the row could not be read, or `withheld` why two engines
    disagree on it. `number` is the row's (or record's) number in the roster, `groups` are those it stands in by the
    columns that were asked for.
    """

    number: int
    id: str
    rating: Rating | None = field(default=None)
    refused: tuple[Refusal, ...] = field(default=())
    withheld: str = field(default="")
    groups: tuple[str | None, ...] = field(default=())

    @property
    def is_nobody(self) -> bool:
        """Whether the row is no executive's: a total, a note, a placeholder."""
        return of_nobody(self.refused)

    @property
    def counted_as(self) -> str:
        """As what a report counts the row: its outcome, or `not executives`, so that all reports count alike."""
        return NO_EXECUTIVE if self.refused and self.is_nobody else self.outcome

    @property
    def outcome(self) -> str:
        """`rated`, `not rated`, `refused` or `withheld`."""
        if self.rating is not None:
            return _OUTCOMES[self.rating.outcome]
        return WITHHELD if self.withheld else "refused"

    @property
    def refusals(self) -> tuple[Refusal, ...]:
        """Why it is refused, by the reader of the roster or by the engine."""
        return self.rating.refused if self.rating is not None else self.refused


class RatedBlock(Frozen, often=True):
    """Many rows of a roster, in order: numbers, ids, and of each row which of the answers in `made` it has.

    `odd` are by their places the rows that have an answer of their own, None where there is no executive, and `faulty`
    those that their cells refuse. `plain_keys` says that no id but those of `odd` needs to be looked at before a
    spreadsheet opens it. `counts` says how many rows have each answer, these among them.
    """

    numbers: Sequence[int]
    keys: Sequence[str]
    kinds: Numbered
    made: list[Rating]
    odd: dict[int, RatedRow | None]
    plain_keys: bool
    counts: Sequence[int]
    faulty: Mapping[int, FaultyCells] = field(default={})

    def rows(self) -> Iterator[RatedRow]:
        """The rows one by one."""
        for place, (number, key, kind) in enumerate(zip(self.numbers, self.keys, self.kinds, strict=True)):
            if place in self.faulty:
                yield RatedRow(number, key, None, self.faulty[place].refusals(number))
            elif place not in self.odd:
                yield RatedRow(number, key, replace(self.made[kind], id=key))
            elif (row := self.odd[place]) is not None:
                yield row

    def outcomes(self) -> Counter[str]:
        """How many rows are counted as what."""
        kinds = Counter(dict(enumerate(self.counts)))
        kinds.subtract(Counter(int(self.kinds[place]) for place in (*self.odd, *self.faulty)))
        found = Counter(each.counted_as for each in self.odd.values() if each is not None)
        found["refused"] += len(self.faulty)
        for kind, number in kinds.items():
            if number:
                found[self.made[kind].outcome.value] += number
        return found


def as_data(row: RatedRow) -> dict[str, Any]:
    """One row for a JSON document; scores and other numbers are exact text."""
    rating = row.rating
    # How far a refused derivation came is no result.
    shown = rating if rating is not None and rating.outcome is not Outcome.REFUSED else None
    return {
        "id": row.id,
        "row": row.number,
        "outcome": row.outcome,
        "score": number_text(shown.score) if shown else None,
        "level": shown.level if shown else None,
        "term": shown.term if shown else None,
        "refused": [refusal.code for refusal in row.refusals],
        "reasons": [refusal_as_data(each) for each in row.refusals],
        "withheld": row.withheld or None,
        "reported": {name: value_text(value) for name, value in (shown.reported if shown else ())},
        "questions": [asked_as_data(each) for each in (shown.asked if shown else ())],
    }


class ChangedIds:
    """The ids that a spreadsheet would show otherwise than they are: how many, and the first few."""

    def __init__(self) -> None:
        self.count = 0
        self.first: list[str] = []

    def look_at(self, key: str) -> None:
        """Count an id if it is one of these."""
        if key[:1].isalpha() and key[:3].casefold() not in _BEGIN_WITH_LETTERS:
            return  # most ids, at the least cost
        if _SHOWN_OTHERWISE.fullmatch(key.strip()):
            self.count += 1
            if len(self.first) < _SHOWN_FIRST:
                self.first.append(key)

    def __bool__(self) -> bool:
        return self.count > 0


class CsvOfRatings:
    """Writes ratings as CSV, a row each in their order, with a column for each name in `reported`.

    `questions` adds one for what the reviewer is asked, `apart` one for each column that the groups are of. `changed`
    are the ids that a spreadsheet would change.
    """

    def __init__(
        self, reported: tuple[str, ...], file: TextIO, *, questions: bool = False, apart: Sequence[str] = ()
    ) -> None:
        self.changed = ChangedIds()
        self._reported = reported
        self._questions = questions
        self._file = file
        self._writer = csv.writer(file, lineterminator=_LINE_END)
        headings = ["id", "outcome", "score", "level", "term", "refused", "reasons"]
        self._writer.writerow([*headings, *(["questions"] if questions else []), *map(safe_cell, (*reported, *apart))])
        self._apart = apart
        self._ends = lru_cache(maxsize=65_536)(self._end)
        self._made: list[Rating] = []
        self._texts: list[bytes] = []
        self._pieces: dict[int, tuple[FaultyCells, list[str] | None]] = {}

    def rows(self, rows: Iterable[RatedRow]) -> None:
        """Write rows one by one."""
        for row in rows:
            self._row(row, self._writer)

    def _row(self, row: RatedRow, writer: _Writer) -> None:
        self.changed.look_at(row.id)
        rating = row.rating
        if rating is None or rating.refused or rating.asked:
            # Why someone is refused, or a question asked, is told of each executive alone.
            writer.writerow((*self._cells(row), *groups_of(row, self._apart)))
        else:
            score = None if rating.score is None else rating.score.as_integer_ratio()
            found = self._ends(rating.outcome, score, rating.level, rating.term, rating.reported)
            groups = groups_of(row, self._apart) if self._apart else ()
            writer.writerow((safe_cell(row.id), *found, *groups))

    def blocks(self, blocks: Iterable[RatedBlock]) -> None:
        """Write rows block by block."""
        for block in blocks:
            if self._apart or not block.plain_keys:
                self.rows(block.rows())
                continue
            if block.made is not self._made:
                self._made, self._texts = block.made, []
            if len(self._pieces) > _MOST_PIECES:
                self._pieces.clear()
            for rating in block.made[len(self._texts) :]:
                self._texts.append(("," + _line(self._cells(RatedRow(0, "", rating))[1:])).encode())
            instead = {place: self._alone(row) for place, row in block.odd.items()}
            instead |= self._refused(block)
            ends = self._texts or [b""]  # none is asked for where all rows are odd
            if isinstance(block.keys, WrittenKeys):
                self._file.write(block.keys.with_ends(ends, block.kinds, instead).decode())
                continue
            lines = [key.encode() + ends[kind] for key, kind in zip(block.keys, block.kinds, strict=True)]
            for place, text in instead.items():
                lines[place] = text
            self._file.write(b"".join(lines).decode())

    def _alone(self, row: RatedRow | None) -> bytes:
        """The line of one row; empty where there is no executive."""
        text = io.StringIO(newline="")
        if row is not None:
            self._row(row, csv.writer(text, lineterminator=_LINE_END))
        return text.getvalue().encode()

    def _refused(self, block: RatedBlock) -> Iterator[tuple[int, bytes]]:
        """By their places the lines of rows that their cells refuse; only id and number differ in those alike."""
        places = list(block.faulty)
        keys = block.keys
        picked = keys.picked(places) if isinstance(keys, WrittenKeys) else [keys[place] for place in places]
        for (place, cells), key in zip(block.faulty.items(), picked, strict=True):
            pieces = self._pieces.get(id(cells)) or self._in_pieces(cells)
            number = block.numbers[place]
            if pieces[1] is None:
                yield place, self._alone(RatedRow(number, key, None, cells.refusals(number)))
            else:
                yield place, (key + str(number).join(pieces[1])).encode()

    def _in_pieces(self, cells: FaultyCells) -> tuple[FaultyCells, list[str] | None]:
        """The cells behind the id of such a row, divided where its number stands; None where that is not clear."""
        text = "," + _line(self._cells(RatedRow(0, "", None, cells.refusals(_STAND_IN)))[1:])
        found = text.split(str(_STAND_IN))
        made = self._pieces[id(cells)] = (cells, found if len(found) == len(cells.faults) + 1 else None)
        return made

    def _end(self, *found: Any) -> tuple[str, ...]:
        """The cells behind the id of a row that was not refused: a million rows hold few different ones."""
        outcome, score, level, term, values = found
        score = None if score is None else Fraction(*score)
        return tuple(self._cells(RatedRow(0, "", Rating("", outcome, score, level, term, reported=values))))[1:]

    def _cells(self, row: RatedRow) -> list[str]:
        return list(_cells(as_data(row), self._reported, self._questions))


def _line(cells: Sequence[str]) -> str:
    text = io.StringIO(newline="")
    csv.writer(text, lineterminator=_LINE_END).writerow(cells)
    return text.getvalue()


def groups_of(row: RatedRow, apart: Sequence[str]) -> tuple[str, ...]:
    """The cells that say in which groups a row stands, safe in a spreadsheet; empty where it does not say."""
    return tuple(safe_cell(each or "") for each in (row.groups or [None] * len(apart)))


def _cells(data: dict[str, Any], reported: tuple[str, ...], questions: bool) -> Iterator[str]:
    yield safe_cell(data["id"])
    yield data["outcome"]
    yield number_cell(data["score"])
    yield "" if data["level"] is None else str(data["level"])
    yield safe_cell(data["term"] or "")
    yield " ".join(data["refused"])
    yield safe_cell(data["withheld"] or "; ".join(each["message"] for each in data["reasons"]))
    if questions:
        yield safe_cell("; ".join(asked_words(each) for each in data["questions"]))
    for name in reported:
        value = data["reported"].get(name)
        yield number_cell(value)
