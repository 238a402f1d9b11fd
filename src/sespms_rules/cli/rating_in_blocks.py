"""Long rosters rated in columns: a block of rows at a time, of which only the odd ones are looked at one by one."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import Any

import numpy as np

from sespms_rules.api import rated_rows
from sespms_rules.engines.columnar import (
    NOT_RATED,
    Array,
    ColumnarEngine,
    ColumnResult,
    ColumnsTooLargeError,
    Numbers,
)
from sespms_rules.engines.confirmed import Engine
from sespms_rules.program.ir import Program
from sespms_rules.program.rating import Asked, Outcome, Rating
from sespms_rules.reports.ratings import RatedBlock
from sespms_rules.rosters.files import OpenRoster, RosterBlock

_NAME = "columnar"
_Found = tuple[Any, ...]


def rated_in_blocks(opened: OpenRoster, program: Program, engine: Engine) -> Iterator[RatedBlock]:
    """The rows of a roster that can be read in columns, in order; `engine` rates those that are looked at alone.

    A refused row is read, rated and confirmed by the reference, which says why. So is one of which a question is asked
    that is not asked of everyone.
    """
    if opened.blocks is None:
        raise ValueError("the rows of this roster can only be read one by one")
    rating = _Blocks(program, engine)
    return map(rating.block, opened.blocks())


class _Blocks:
    def __init__(self, program: Program, engine: Engine) -> None:
        self._program = program
        self._engine = engine
        self._columns = ColumnarEngine(program)
        self._answers = _Answers(program, self._columns)

    def block(self, given: RosterBlock) -> RatedBlock:
        """Rate a block."""
        rows = len(given.keys)
        try:
            result = self._columns.rate_read(given.members, rows)
        except ColumnsTooLargeError:
            alone, kinds = dict.fromkeys(range(rows)), [0] * rows
        else:
            wanted = np.flatnonzero(self._asked_of_some(result) | (result.codes != 0)).tolist()
            alone, kinds = dict.fromkeys(sorted({*wanted, *given.odd})), self._answers.kinds(result, rows)
        read = {place: given.odd[place] if place in given.odd else given.row(place) for place in alone}
        told = rated_rows(OpenRoster(iter([each for each in read.values() if each is not None])), self._engine)
        odd = {place: None if each is None else next(told) for place, each in read.items()}
        return RatedBlock(given.numbers, given.keys, kinds, self._answers.made, odd, given.plain_keys)

    def _asked_of_some(self, result: ColumnResult) -> Array:
        found = np.zeros(len(result.level), dtype=np.bool_)
        for question, where in result.asked:
            if question.condition is not None:
                found |= where
        return found


class _Answers(dict[_Found, int]):
    """The distinct answers met so far: a million rows have few."""

    def __init__(self, program: Program, engine: ColumnarEngine) -> None:
        super().__init__()
        self.made: list[Rating] = []
        self._terms = dict(program.terms)
        self._shown = frozenset(program.summary.reported)
        self._engine = engine
        self._questions: list[Asked] = []
        self._names: list[str] = []

    def kinds(self, result: ColumnResult, rows: int) -> list[int]:
        """Of each row which of the answers it has."""
        self._questions = [Asked.of(question) for question, _ in result.asked]
        shown = [each for each in result.values if each[0] in self._shown]
        self._names = [name for name, _, _ in shown]
        facts: list[list[Any]] = [
            result.outcome.tolist(),
            result.level.tolist(),
            result.scored.tolist(),
            _listed(result.score_numerator, rows),
            _listed(result.score_denominator, rows),
        ]
        facts += [where.tolist() for _, where in result.asked]
        for _, value, where in shown:
            facts += [where.tolist(), [*self._engine.said(value, rows)]]
        return list(map(self.__getitem__, zip(*facts, strict=True)))

    def __missing__(self, found: _Found) -> int:
        outcome, level, scored, top, under, *more = found
        asked = tuple(each for each, yes in zip(self._questions, more, strict=False) if yes)
        pairs = iter(more[len(self._questions) :])
        reported = tuple(
            (name, value)
            for name, (there, value) in zip(self._names, zip(pairs, pairs, strict=True), strict=True)
            if there
        )
        how = Outcome.NOT_RATED if outcome == NOT_RATED else Outcome.RATED
        score = Fraction(top, under) if scored else None
        term = self._terms.get(level)
        self.made.append(Rating("", how, score, level or None, term, (), (), reported, None, _NAME, asked))
        self[found] = len(self.made) - 1
        return self[found]


def _listed(column: Numbers, rows: int) -> list[Any]:
    return [column] * rows if isinstance(column, int) else list(column.tolist())
