"""Long rosters rated by SQL from the file: rows in order, and what SQL cannot read told by the reader of rosters."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from functools import lru_cache
from pathlib import Path
from types import TracebackType
from typing import Self

from sespms_rules.engines.confirmed import CONFIRMED_LINES, answer, said
from sespms_rules.engines.reference import CompiledReference
from sespms_rules.engines.sql import (
    NAME,
    NOT_RATED,
    FileInSql,
    FileRow,
    NotInSqlError,
    OtherFileError,
    refusals_of,
)
from sespms_rules.foundation.diagnostic import Diagnostic
from sespms_rules.foundation.values import replace
from sespms_rules.program.ir import Program
from sespms_rules.program.rating import Appraisal, Asked, Outcome, Rating, Value
from sespms_rules.reports.ratings import RatedRow
from sespms_rules.rosters.files import (
    HandedBack,
    TableForSql,
    table_for_sql,
)

CONFIRMED_ONE_IN = 1000
"""Of how many ratings the reference confirms one; it confirms every refusal."""

_Found = tuple[Fraction | None, int | None, str | None, Outcome, tuple[tuple[str, Value], ...], tuple[Asked, ...]]


def rating_from_file(path: Path, program: Program, *, digested: bool = False) -> RatingInSql | None:
    """A long roster made ready to be rated as it lies in its file; None where it has to be read row by row.

    With `digested` the SHA-256 of the file is computed while it is open.
    """
    roster = table_for_sql(path, program)
    if roster is None or roster.rows <= CONFIRMED_LINES:
        return None
    try:
        return RatingInSql(program, roster, digested=digested)
    except OtherFileError:
        return None


class RatingInSql:
    """A roster's file being rated by SQL; open until the end of its `with` block.

    `alone` counts the rows that the reference rated alone, because some cell was not plain. Raises OtherFileError
    where the file has to be read row by row after all.
    """

    def __init__(self, program: Program, roster: TableForSql, *, digested: bool = False) -> None:
        self.alone = 0
        self._reference = CompiledReference(program)
        self.findings = roster.findings
        self._terms = dict(program.terms)
        self._handed_back = HandedBack(roster, program)
        try:
            self._file = FileInSql(program, roster.table, self._handed_back.key, every=CONFIRMED_ONE_IN)
        except NotInSqlError as fault:
            raise OtherFileError(fault.message) from None
        self.file = roster.file
        if digested:
            self.file.digest()
        self.file.check_unchanged()
        self.file.close()
        self._handed_back.know(self._file.repeated, self._file.units)
        self.rows = self._file.rows
        self._words = self._file.query.words
        self._reported = [each[0] for each in self._file.query.result.values if each[0] in program.summary.reported]
        self._questions = self._file.query.result.asked
        self._found = lru_cache(maxsize=65_536)(self._made)

    def told(self) -> tuple[Diagnostic, ...]:
        """What was found in the rows read so far and concerns the whole roster."""
        return self._handed_back.told()

    def rated(self) -> Iterator[RatedRow]:
        """The rows of the roster, rated or with the reasons why not."""
        for row in self._file:
            if row.plain and row.bits == 0 and row.cells is None:
                if under := self._handed_back.under_other_headings(row.number):
                    yield RatedRow(row.number, row.id, None, under)
                else:
                    yield RatedRow(row.number, row.id, self._rating(row))
            elif (told := self._told(row)) is not None:
                yield told

    def _rating(self, row: FileRow) -> Rating:
        found = (row.outcome, row.level, row.top, row.under, row.asked, row.values)
        score, level, term, outcome, reported, asked = self._found(*found)
        return Rating(row.id, outcome, score, level, term, (), (), reported, None, NAME, asked)

    def _made(
        self, outcome: int, level: int, top: int, under: int, asked: tuple[bool, ...], values: tuple[int, ...]
    ) -> _Found:
        score = Fraction(top, under) if under else None
        reported: list[tuple[str, Value]] = []
        for number, name in enumerate(self._reported):
            value, over, word = values[3 * number : 3 * number + 3]
            if over:
                reported.append((name, Fraction(value, over) if word < 0 else self._words[word]))
        how = Outcome.NOT_RATED if outcome == NOT_RATED else Outcome.RATED
        questions = tuple(Asked.of(each) for (each, _), yes in zip(self._questions, asked, strict=True) if yes)
        return score, level or None, self._terms.get(level), how, tuple(reported), questions

    def _told(self, row: FileRow) -> RatedRow | None:
        """A row that was handed back: read by the reader of rosters, rated by the reference, and compared with SQL."""
        read = self._handed_back.row(row.number, row.cells, row.line)
        if read is None:
            return None
        if read.appraisal is None:
            return RatedRow(read.number, read.id, None, read.refusals)
        expected = self._reference.rate(read.appraisal)
        if not row.plain or row.bits & 1:
            self.alone += 1
            return RatedRow(read.number, read.id, expected)
        return self._confirmed(row, read.appraisal, expected)

    def _confirmed(self, row: FileRow, appraisal: Appraisal, expected: Rating) -> RatedRow:
        rating = self._rating(row)
        if row.bits:
            rating = Rating(appraisal.id, Outcome.REFUSED, refused=refusals_of(row.bits), engine=NAME)
        if answer(rating) == answer(expected):
            told = replace(rating, refused=expected.refused, asked=expected.asked)
            return RatedRow(row.number, row.id, told)
        differ = (
            f"the engines disagree, so no rating is given: {NAME} says {said(rating)}, reference says {said(expected)}"
        )
        return RatedRow(row.number, row.id, withheld=differ)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, problem: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._file.close()
