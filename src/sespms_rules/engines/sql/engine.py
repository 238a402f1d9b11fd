"""The engine for tables that outgrow memory: the Program as one SQL query, run by DuckDB in this process.

ir.Program x appraisals -> Ratings without traces. Columns are gathered as for the columnar engine; what is worked out
of them is worked out by SQL alone, so that the engines confirm each other. For files see engines/sql/files.py.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from functools import cache, lru_cache
from typing import Any

import duckdb

from sespms_rules.engines.columnar.gather import of_appraisals
from sespms_rules.engines.columnar.values import TooLargeError
from sespms_rules.engines.reference import engine as reference
from sespms_rules.engines.refusals import kinds_in
from sespms_rules.engines.sql.given import FOUND, Given, plain_cells
from sespms_rules.engines.sql.inputs import StageCells
from sespms_rules.engines.sql.query import NOT_RATED, Query, query_of
from sespms_rules.engines.sql.text import OFFLINE, NotInSqlError
from sespms_rules.program import ir
from sespms_rules.program.rating import Appraisal, Asked, Outcome, Rating, Refusal
from sespms_rules.program.rating import Value as Reported

__all__ = ["NotInSqlError", "SqlEngine"]

NAME = "sql"
BLOCK = 65_536
"""How many appraisals are rated by one query."""

_SMALLEST_BLOCK = 1
"""One: the number that is too fine costs its own row, and the halves beside it a query each, not each row one."""
_SAYS = "the policy does not let this appraisal be rated"


@cache
def _database() -> duckdb.DuckDBPyConnection:
    """The database in memory of all engines, each with a connection of its own: nothing is kept in it.

    To make one takes longer than to rate some hundred appraisals in it, and a workbench rates again and again.
    """
    return duckdb.connect(config=OFFLINE)


class SqlEngine:
    """A program made ready for SQL.

    Raises `NotInSqlError` where the policy says something that SQL over whole numbers cannot hold exactly.
    `by_reference` counts the appraisals with numbers too large or too fine: the reference rated these.
    """

    def __init__(self, program: ir.Program) -> None:
        self.program = program
        self.by_reference = 0
        self._query = lru_cache(maxsize=64)(self._made)
        self._connection = _database().cursor()
        self._terms = dict(program.terms)
        self._query(plain_cells(program.summary, program.facts))

    def _made(self, cells: StageCells) -> Query:
        return query_of(self.program, cells)

    def rate(self, appraisals: Sequence[Appraisal]) -> list[Rating]:
        """Rate appraisals, in order. Refusals carry their codes; the reference engine says where and why."""
        return [
            rating
            for start in range(0, len(appraisals), BLOCK)
            for rating in self._block(appraisals[start : start + BLOCK])
        ]

    def _block(self, appraisals: Sequence[Appraisal]) -> Iterator[Rating]:
        """Rate a block; where its numbers are too fine together, its halves."""
        try:
            given = Given(of_appraisals(self.program, appraisals))
            query = self._query(given.cells)
        except (TooLargeError, NotInSqlError):
            if len(appraisals) <= _SMALLEST_BLOCK:
                yield from map(self._refer, appraisals)
                return
            middle = len(appraisals) // 2
            yield from self._block(appraisals[:middle])
            yield from self._block(appraisals[middle:])
            return
        for each, row in zip(appraisals, self._rows(query, given, len(appraisals)), strict=True):
            yield self._rating(query, each, row)

    def _rows(self, query: Query, given: Given, rows: int) -> list[tuple[Any, ...]]:
        """Run a query over the columns; one tuple for each row, in order."""
        result = query.result
        columns = [result.outcome, result.level, result.top, result.under, result.bits]
        columns += [FOUND if given.cells.found else "0"]
        columns += [text for _, text in result.asked]
        columns += [text for _, *texts in result.values for text in texts]
        source = "columns_given" if given.arrays else f"range({rows})"
        selects = ",\n  ".join(given.selects or ["0 AS nothing"])
        if given.arrays:
            self._connection.register("columns_given", given.arrays)
        try:
            return self._connection.execute(query.text(f"SELECT {selects}\nFROM {source}", columns)).fetchall()
        finally:
            if given.arrays:
                self._connection.unregister("columns_given")

    def _refer(self, appraisal: Appraisal) -> Rating:
        self.by_reference += 1
        return reference.rate(self.program, appraisal, trace=False)

    def _rating(self, query: Query, appraisal: Appraisal, row: tuple[Any, ...]) -> Rating:
        outcome, level, top, under, bits, found, *rest = row
        if bits & 1:
            return self._refer(appraisal)
        if bits | found:
            return Rating(appraisal.id, Outcome.REFUSED, refused=refusals_of(bits | found), engine=NAME)
        questions = query.result.asked
        asked = tuple(question for (question, _), yes in zip(questions, rest, strict=False) if yes)
        rest = rest[len(questions) :]
        values: list[tuple[str, Reported]] = []
        for number, (name, *_) in enumerate(query.result.values):
            value, over, word = rest[3 * number : 3 * number + 3]
            if over:
                values.append((name, Fraction(value, over) if word < 0 else query.words[word]))
        shown = set(self.program.summary.reported)
        reported = tuple(pair for pair in values if pair[0] in shown)
        how = Outcome.NOT_RATED if outcome == NOT_RATED else Outcome.RATED
        score = Fraction(top, under) if under else None
        term = self._terms.get(level) if level else None
        ended = (how, score, level or None, term, (), tuple(values), reported, None, NAME)
        return Rating(appraisal.id, *ended, tuple(map(Asked.of, asked)))

    def close(self) -> None:
        """Let go of the connection."""
        self._connection.close()


@lru_cache(maxsize=1024)
def refusals_of(bits: int) -> tuple[Refusal, ...]:
    """The refusals of a set of codes."""
    return tuple(kind.because(_SAYS, "the reference engine says where and why") for kind in kinds_in(bits))
