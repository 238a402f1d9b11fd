"""What many rows came to: each distinct answer made once, and the rows that have to be looked at one by one."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import Any

import numpy as np

from sespms_rules.engines.columnar.columns import NOT_RATED, ColumnResult
from sespms_rules.engines.columnar.engine import NAME, ColumnarEngine
from sespms_rules.engines.columnar.gather import ReadMember
from sespms_rules.engines.columnar.values import Numbers
from sespms_rules.program.ir import Program
from sespms_rules.program.rating import Asked, Outcome, Rating

_Found = tuple[Any, ...]


class Answers(dict[_Found, int]):
    """The distinct answers met so far, in `made`, without ids: a million rows have few."""

    def __init__(self, program: Program) -> None:
        super().__init__()
        self.made: list[Rating] = []
        self._terms = dict(program.terms)
        self._shown = frozenset(program.summary.reported)
        self._engine = ColumnarEngine(program)
        self._questions: list[Asked] = []
        self._names: list[str] = []

    def of(self, members: Sequence[ReadMember], rows: int) -> tuple[list[int], list[int]]:
        """Of each row which of the answers it has, and the places of those refused or asked about in particular.

        What the first says of the latter is of no account. Raises ColumnsTooLargeError as `ColumnarEngine.rate_read`.
        """
        result = self._engine.rate_read(members, rows)
        alone = result.codes != 0
        for question, where in result.asked:
            if question.condition is not None:
                alone |= where
        return self._kinds(result, rows), np.flatnonzero(alone).tolist()

    def _kinds(self, result: ColumnResult, rows: int) -> list[int]:
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
        self.made.append(Rating("", how, score, level or None, term, (), (), reported, None, NAME, asked))
        self[found] = len(self.made) - 1
        return self[found]


def _listed(column: Numbers, rows: int) -> list[Any]:
    return [column] * rows if isinstance(column, int) else list(column.tolist())
