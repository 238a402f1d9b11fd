"""The engine for populations: exact integer columns, a block of appraisals at a time.

ir.Program x many Appraisals -> Ratings without traces, or arrays -> arrays. Every number is a whole numerator over a
whole denominator with proved bounds (engines/columnar/values.py); there is no float. It shares no formula with the
reference engine, so that the two confirm each other.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import numpy as np

from sespms_rules.engines.columnar.algebra import ColumnAlgebra, StageOfColumns, bits_of
from sespms_rules.engines.columnar.columns import (
    RATED,
    REFUSED,
    ColumnarError,
    ColumnResult,
    ColumnsTooLargeError,
    MemberColumns,
    NotInColumnsError,
    StageColumns,
    exact_numbers,
    one_after_another,
)
from sespms_rules.engines.columnar.gather import (
    Arrays,
    ReadMember,
    from_arrays,
    gathered_from_distinct,
    of_appraisals,
)
from sespms_rules.engines.columnar.masks import Array, Codes, as_column, both, has_code, negated
from sespms_rules.engines.columnar.scope import why_not_in_columns
from sespms_rules.engines.columnar.values import Numbers, TooLargeError, Value
from sespms_rules.engines.lifted.admission import Admission
from sespms_rules.engines.lifted.derivation import Answer, derived
from sespms_rules.engines.reference import engine as reference
from sespms_rules.engines.refusals import RefusalKind
from sespms_rules.program import ir
from sespms_rules.program.rating import Appraisal, Asked, Outcome, Rating, Refusal
from sespms_rules.program.rating import Value as Reported

__all__ = [
    "ColumnResult",
    "ColumnarEngine",
    "ColumnarError",
    "ColumnsTooLargeError",
    "MemberColumns",
    "NotInColumnsError",
    "StageColumns",
]

NAME = "columnar"
BLOCK = 65_536
"""How many appraisals are made into columns at once."""

ROWS = 262_144
"""How many rows of arrays are worked out at once: enough that the columns, not Python, take the time; little enough
that memory stays bounded, at some tens of megabytes.
"""

_SMALLEST_BLOCK = 64

_Admission = Admission[Array, Codes, Value, Array]
_Answer = Answer[Array, Codes, Value, Array]


class ColumnarEngine:
    """A program made ready for columns.

    Raises `NotInColumnsError` where the policy says something that columns cannot hold exactly. `by_reference` counts
    the appraisals whose numbers may need more than 64 bits: the reference rated these, and their ratings say so.
    """

    def __init__(self, program: ir.Program) -> None:
        why = why_not_in_columns(program)
        if why:
            raise NotInColumnsError(why, "use `--engine reference`, which rates by any policy")
        self.program = program
        self.by_reference = 0
        self._tables = {table.name: table for table in program.tables}
        results = (each for table in program.tables for each in (*(row.result for row in table.rows), table.otherwise))
        self._words = sorted({each for each in results if isinstance(each, str)})

    def close(self) -> None:
        """Nothing is held open; this is for those who use engines alike."""

    # ---- appraisals ------------------------------------------------------------------------------

    def rate(self, appraisals: Sequence[Appraisal]) -> list[Rating]:
        """Rate appraisals, in order. Refusals carry their codes; the reference engine says where and why."""
        return [
            rating
            for start in range(0, len(appraisals), BLOCK)
            for rating in self._rate_block(appraisals[start : start + BLOCK])
        ]

    def _rate_block(self, appraisals: Sequence[Appraisal]) -> Iterator[Rating]:
        """Rate a block; where a number is too large, its halves, so that few appraisals are left to the reference."""
        try:
            columns = of_appraisals(self.program, appraisals)
            result = self._block(columns, len(appraisals), values=True, questions=True)
        except TooLargeError:
            if len(appraisals) <= _SMALLEST_BLOCK:
                self.by_reference += len(appraisals)
                yield from (reference.rate(self.program, each, trace=False) for each in appraisals)
                return
            middle = len(appraisals) // 2
            yield from self._rate_block(appraisals[:middle])
            yield from self._rate_block(appraisals[middle:])
            return
        yield from self._ratings(appraisals, result)

    def _ratings(self, appraisals: Sequence[Appraisal], result: ColumnResult) -> Iterator[Rating]:
        rows = len(appraisals)
        terms = dict(self.program.terms)
        top, under = result.score_numerator, result.score_denominator
        scores = exact_numbers(Value(top, under, (0, 0, 1)), rows)
        named = [(name, self.said(value, rows), where.tolist()) for name, value, where in result.values]
        shown = set(self.program.summary.reported)
        questions = [(Asked.of(question), where.tolist()) for question, where in result.asked]
        facts = (result.outcome.tolist(), result.level.tolist(), result.scored.tolist())
        for row, (each, outcome, level, scored, score) in enumerate(zip(appraisals, *facts, scores, strict=True)):
            if outcome == REFUSED:
                refused = tuple(map(_refusal, result.refusals(row)))
                yield Rating(each.id, Outcome.REFUSED, refused=refused, engine=NAME)
                continue
            values = tuple((name, found[row]) for name, found, where in named if where[row])
            reported = tuple(pair for pair in values if pair[0] in shown) if shown else ()
            how = Outcome.RATED if outcome == RATED else Outcome.NOT_RATED
            number = level or None
            term = None if number is None else terms.get(number)
            asked = tuple(question for question, where in questions if where[row])
            yield Rating(each.id, how, score if scored else None, number, term, (), values, reported, None, NAME, asked)

    def said(self, value: Value, rows: int) -> list[Reported]:
        """A named value of each row: a number, or the code of a table."""
        return _said(value, self._words, rows)

    # ---- arrays ----------------------------------------------------------------------------------

    def columns(
        self,
        ratings: Mapping[str, Array],
        weights: Mapping[str, Array] | None = None,
        further: Mapping[tuple[str, str], Array] | None = None,
        *,
        denominator: int = 1,
        weight_denominator: int = 1,
    ) -> StageColumns:
        """Make columns from arrays of whole numbers, by the names of the elements.

        A requirement is named `element / requirement`, an additional rating `(element, name)`. Other names are those
        that only these plans have, where the policy leaves room for them. Ratings and additional ratings stand over
        `denominator`, weights over `weight_denominator`. For what is rated by a level, 0 is "not rated".
        """
        arrays = Arrays(ratings, weights or {}, further or {}, denominator, weight_denominator)
        return from_arrays(self.program.summary, arrays)

    def rate_columns(self, columns: StageColumns, *, questions: bool = False) -> ColumnResult:
        """Rate arrays, block by block; raise `ColumnsTooLargeError` where a number may need more than 64 bits.

        Named values are in the result where all rows fit one block (`ROWS`), `questions` where they are wanted.
        """
        rows = _rows(columns)
        if rows == 0:
            raise ColumnarError("the columns hold no rows", "give arrays with at least one row")
        try:
            starts = range(0, rows, ROWS)
            blocks = [columns.at(slice(start, start + ROWS)) for start in starts] if rows > ROWS else [columns]
            sizes = [min(ROWS, rows - start) for start in starts]
            return one_after_another(
                [
                    self._block(each, size, values=rows <= ROWS, questions=questions)
                    for each, size in zip(blocks, sizes, strict=True)
                ]
            )
        except TooLargeError as fault:
            raise ColumnsTooLargeError(str(fault), "use the reference engine for these appraisals") from None

    def rate_read(self, members: Sequence[ReadMember], rows: int) -> ColumnResult:
        """Rate rows whose elements were read, each distinct reading once; values and questions are in the result.

        Raises `ColumnsTooLargeError` where a number may need more than 64 bits.
        """
        try:
            columns = gathered_from_distinct(self.program.summary, members, rows)
            return self._block(columns, rows, values=True, questions=True)
        except TooLargeError as fault:
            raise ColumnsTooLargeError(str(fault), "use the reference engine for these appraisals") from None

    def _block(self, columns: StageColumns, rows: int, *, values: bool, questions: bool) -> ColumnResult:
        """Rate one block: refuse what is not admitted, and work out the rest."""
        admission = self._admission(columns, rows)
        bits = bits_of(admission.reasons)
        refused = has_code(bits)
        if refused is False or not np.any(refused):
            return self._admitted(admission, rows, values=values, questions=questions)
        admitted = np.flatnonzero(as_column(negated(refused), rows))
        codes = np.full(rows, bits, dtype=np.int32) if isinstance(bits, int) else bits.astype(np.int32)
        if not len(admitted):
            return ColumnResult(*_nothing(rows), codes)
        again = self._admission(columns.at(admitted), len(admitted))
        return _spread(self._admitted(again, len(admitted), values=values, questions=questions), admitted, codes)

    def _admission(self, columns: StageColumns, rows: int) -> _Admission:
        return Admission(ColumnAlgebra(rows), self.program.summary, StageOfColumns(columns), self.program.facts)

    def _admitted(self, admission: _Admission, rows: int, *, values: bool, questions: bool) -> ColumnResult:
        answer = derived(admission, self._tables, self._words)
        outcome = np.full(rows, RATED, dtype=np.int8)
        outcome += as_column(answer.not_rated, rows)  # NOT_RATED is the number behind RATED
        codes, level = np.zeros(rows, dtype=np.int32), _filled(answer.level.numerator, rows)
        bits = bits_of(answer.reasons)
        refused = has_code(bits)
        if refused is not False:
            codes |= bits
            outcome[as_column(refused, rows)] = REFUSED
            level = np.where(outcome == RATED, level, level.dtype.type(0))
        score = answer.formulas.score
        under: Numbers = 1
        top, scored = np.zeros(rows, dtype=np.int8), np.zeros(rows, dtype=np.bool_)
        if score is not None:
            top, under = _filled(score.numerator, rows), score.denominator
            scored = as_column(both(negated(has_code(score.failed)), negated(refused)), rows)
        kept = self._values(answer, rows) if values else ()
        asked = self._asked(answer, refused, rows) if questions else ()
        return ColumnResult(outcome, level, top, under, scored, codes, kept, asked)

    def _values(self, answer: _Answer, rows: int) -> tuple[tuple[str, Value, Array], ...]:
        names = [each.name for each in self.program.summary.definitions if isinstance(each, ir.Definition)]
        found = ((name, answer.formulas.values[name]) for name in names if name in answer.formulas.values)
        return tuple((name, value, as_column(negated(has_code(value.failed)), rows)) for name, value in found)

    def _asked(self, answer: _Answer, refused: Array | bool, rows: int) -> tuple[tuple[ir.Question, Array], ...]:
        return tuple((each, as_column(both(negated(refused), where), rows)) for each, where in answer.asked())


def _refusal(kind: RefusalKind) -> Refusal:
    says = "the policy does not let this appraisal be rated"
    return kind.because(says, "the reference engine says where and why")


def _said(value: Value, words: list[str], rows: int) -> list[Reported]:
    numbers = list(exact_numbers(value, rows))
    if value.word is None:
        return [*numbers]
    places = _filled(value.word, rows).tolist()
    return [number if place < 0 else words[place] for number, place in zip(numbers, places, strict=True)]


def _filled(column: Numbers, rows: int) -> Array:
    return np.full(rows, column, dtype=np.int64) if isinstance(column, int) else column


def _nothing(rows: int) -> tuple[Array, Array, Array, int, Array]:
    """A block of which no row is rated, without its codes."""
    empty = np.zeros(rows, dtype=np.int8)
    return empty, empty, empty, 1, np.zeros(rows, dtype=np.bool_)


def _spread(result: ColumnResult, admitted: Array, codes: Array) -> ColumnResult:
    """Put the answers of the admitted rows among the refused ones."""
    rows = len(codes)

    def spread(column: Array, filling: int = 0) -> Array:
        made = np.full(rows, filling, dtype=column.dtype)
        made[admitted] = column
        return made

    def spread_value(value: Value) -> Value:
        top, under = (_filled(each, len(admitted)) for each in (value.numerator, value.denominator))
        word = None if value.word is None else spread(_filled(value.word, len(admitted)))
        return Value(spread(top), spread(under, 1), (value.low, value.high, value.largest), word=word)

    under = result.score_denominator
    return ColumnResult(
        spread(result.outcome),
        spread(result.level),
        spread(result.score_numerator),
        under if isinstance(under, int) else spread(under, 1),
        spread(result.scored),
        codes | spread(result.codes),
        tuple((name, spread_value(value), spread(where)) for name, value, where in result.values),
        tuple((question, spread(where)) for question, where in result.asked),
    )


def _rows(columns: StageColumns) -> int:
    """How many rows the columns have: the length of the first array among them; all must be of one length."""
    lengths = set(_lengths(columns))
    if len(lengths) > 1:
        lengths_said = " and ".join(f"`{each}`" for each in sorted(lengths))
        raise ColumnarError(f"the columns have {lengths_said} rows", "give arrays of one length")
    return lengths.pop() if lengths else 0


def _lengths(columns: StageColumns) -> Iterator[int]:
    yield from (len(value.numerator) for _, value, _ in columns.facts if not isinstance(value.numerator, int))
    for member in (*columns.named, *columns.others):
        values: list[Any] = [each.numerator for each in (member.rating, member.weight) if each is not None]
        values += [value.numerator for _, value, _ in member.further]
        yield from (len(each) for each in values if not isinstance(each, int))
        if member.inner is not None:
            yield from _lengths(member.inner)
