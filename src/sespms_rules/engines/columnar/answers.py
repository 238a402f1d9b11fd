"""What many rows came to: each distinct answer made once, and the rows that have to be looked at one by one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np

from sespms_rules.engines.columnar.columns import NOT_RATED, ColumnResult
from sespms_rules.engines.columnar.distinct import DistinctRows
from sespms_rules.engines.columnar.engine import NAME, ColumnarEngine
from sespms_rules.engines.columnar.gather import ReadMember
from sespms_rules.engines.columnar.masks import Array
from sespms_rules.engines.columnar.values import Numbers, Value
from sespms_rules.foundation.numbered import Numbered
from sespms_rules.program.ir import Program
from sespms_rules.program.rating import Asked, Outcome, Rating

_LEVELS, _SCORED, _ASKED = 2, 10, 11
"""From which bit on the level, the score and the questions stand in the first word of an answer; levels end at 100."""

_MOST_ASKED = 50
_MOST_MADE = 65_536
"""How many distinct answers are kept from block to block."""


class AnswersOfRows(NamedTuple):
    """Of each row which of the answers it has; the places of those refused or asked about in particular, and the codes
    of refusals as sets.

    What the first says of rows that are `alone` is of no account.
    """

    kinds: Array
    alone: list[int]
    codes: Array


class Answers:
    """The distinct answers met so far, in `made`, without ids: a million rows have few.

    Whoever words refusals adds the answers that they are. Where they become many, `made` is another list, which begins
    anew: what a roster keeps does not grow with how many different answers it has.
    """

    def __init__(self, program: Program) -> None:
        self.made: list[Rating] = []
        self._terms = dict(program.terms)
        self._shown = frozenset(program.summary.reported)
        self._engine = ColumnarEngine(program)
        self._distinct: dict[int, tuple[DistinctRows, list[int]]] = {}

    def of(self, members: Sequence[ReadMember], rows: int) -> AnswersOfRows:
        """The answers of rows. Raises ColumnsTooLargeError as `ColumnarEngine.rate_read`."""
        if len(self.made) > _MOST_MADE:
            self.made, self._distinct = [], {}
        result = self._engine.rate_read(members, rows)
        alone = result.codes != 0
        for question, where in result.asked:
            if question.condition is not None:
                alone |= where
        return AnswersOfRows(self._kinds(result, rows), np.flatnonzero(alone).tolist(), result.codes)

    @staticmethod
    def none(rows: int) -> Array:
        """In the place of answers where all rows are looked at alone."""
        return np.zeros(rows, dtype=np.int32)

    @staticmethod
    def picked(codes: Numbered, places: Sequence[int]) -> list[int]:
        """The codes of some rows."""
        found: list[int] = np.asarray(codes)[places].tolist()
        return found

    @staticmethod
    def counted(kinds: Array) -> list[int]:
        """How many rows have each of the answers."""
        found: list[int] = np.bincount(kinds).tolist()
        return found

    def _kinds(self, result: ColumnResult, rows: int) -> Array:
        shown = [each for each in result.values if each[0] in self._shown]
        words = [_unsigned(each, rows) for each in self._words(result, shown)]
        distinct, numbers = self._distinct.setdefault(len(words), (DistinctRows(len(words)), []))
        codes, new = distinct.codes(words)
        for place in new:
            numbers.append(len(self.made))
            self.made.append(self._rating(result, shown, place))
        return np.array(numbers, dtype=np.int32)[codes]

    @staticmethod
    def _words(result: ColumnResult, shown: Sequence[tuple[str, Value, Array]]) -> Iterator[Numbers]:
        """Columns of whole numbers by which answers are told apart."""
        first = result.outcome.astype(np.int64) + (result.level.astype(np.int64) << _LEVELS)
        first += result.scored.astype(np.int64) << _SCORED
        for place, (_, where) in enumerate(result.asked[:_MOST_ASKED]):
            first += where.astype(np.int64) << (_ASKED + place)
        yield first
        yield from (where for _, where in result.asked[_MOST_ASKED:])
        yield from (result.score_numerator, result.score_denominator)
        for _, value, where in shown:
            yield from (where, value.numerator, value.denominator, -1 if value.word is None else value.word)

    def _rating(self, result: ColumnResult, shown: Sequence[tuple[str, Value, Array]], row: int) -> Rating:
        """The answer that stands in a row."""
        how = Outcome.NOT_RATED if result.outcome[row] == NOT_RATED else Outcome.RATED
        level = int(result.level[row]) or None
        term = None if level is None else self._terms.get(level)
        there = ((name, value.at(slice(row, row + 1))) for name, value, where in shown if where[row])
        reported = tuple((name, self._engine.said(value, 1)[0]) for name, value in there)
        asked = tuple(Asked.of(question) for question, where in result.asked if where[row])
        return Rating("", how, result.score(row), level, term, (), (), reported, None, NAME, asked)


def _unsigned(column: Numbers, rows: int) -> Array:
    """Whole numbers as words."""
    if isinstance(column, int):
        return np.full(rows, column, dtype=np.int64).view(np.uint64)
    return column.astype(np.int64).view(np.uint64)
