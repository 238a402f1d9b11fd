"""Columns of numpy as an algebra (engines/lifted/algebra.py), and what was handed in of each member as its facts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction

import numpy as np

from sespms_rules.engines.columnar import masks, values
from sespms_rules.engines.columnar.columns import MemberColumns, StageColumns
from sespms_rules.engines.columnar.levels import levels_where, on_levels, points_of
from sespms_rules.engines.columnar.masks import Array, Codes, Truth
from sespms_rules.engines.columnar.searching import searched
from sespms_rules.engines.columnar.values import Value, type_for
from sespms_rules.engines.lifted.algebra import OPEN, WAITS, Algebra, Reasons
from sespms_rules.engines.refusals import RefusalKind
from sespms_rules.program.ir import Fact, Relation, Stage


class ColumnAlgebra(Algebra[Array, Codes, Value, Array]):
    """Truths, codes and numbers as columns of `rows` rows, or one Python value where all rows agree."""

    def __init__(self, rows: int) -> None:
        self.rows = rows

    # ---- truths ----------------------------------------------------------------------------------

    both = staticmethod(masks.both)
    either = staticmethod(masks.either)
    negated = staticmethod(masks.negated)
    anywhere = staticmethod(masks.anywhere)
    kept = staticmethod(masks.simple)

    # ---- codes -----------------------------------------------------------------------------------

    def always(self, code: int) -> Codes:
        """One number for all rows."""
        return code

    where = staticmethod(masks.code_where)

    def beside(self, choices: Sequence[tuple[Truth, int]]) -> Codes:
        """Choice by choice, where there is no code yet."""
        found: Codes = 0
        for truth, code in choices:
            found = masks.first_code(found, masks.code_where(truth, code))
        return found

    first = staticmethod(masks.first_code)
    has = staticmethod(masks.has_code)
    is_code = staticmethod(masks.is_code)

    def may_be(self, codes: Codes, code: int) -> bool:
        """By looking at the rows."""
        return masks.anywhere(masks.is_code(codes, code))

    def kept_codes(self, codes: Codes) -> Codes:
        """A column is ready as it is."""
        return codes

    def each_code(self, codes: Codes) -> Iterator[tuple[int, Truth]]:
        """Those that occur; raises AssertionError where something still waits for the level."""
        found = {codes} if isinstance(codes, int) else set(np.flatnonzero(np.bincount(codes)).tolist())
        if WAITS in found:
            raise AssertionError("a value asks for the level where the level depends on it")
        return ((code, masks.is_code(codes, code)) for code in sorted(found - {0}))

    # ---- numbers ---------------------------------------------------------------------------------

    def constant(self, number: Fraction | int, failed: Codes | None = None) -> Value:
        """One numerator and one denominator for all rows."""
        return values.constant(number, 0 if failed is None else failed)

    def over(self, numerator: int, denominator: int) -> Value:
        """The same, not reduced."""
        return Value(numerator, denominator, (numerator, numerator, denominator))

    def word(self, place: int) -> Value:
        """One place for all rows."""
        return Value(0, 1, (0, 0, 1), word=place)

    def is_word(self, value: Value) -> bool:
        """By the column of places."""
        return value.word is not None

    def failed(self, value: Value) -> Codes:
        """The column of codes."""
        return value.failed

    def failing(self, value: Value, codes: Codes) -> Value:
        """The same columns beside other codes."""
        return value.failing(codes)

    plus = staticmethod(values.sum_of)
    minus = staticmethod(values.difference_of)
    times = staticmethod(values.product_of)
    quotient = staticmethod(values.quotient_of)
    rounded = staticmethod(values.rounded)
    choose = staticmethod(values.choose)
    searched = staticmethod(searched)
    compared = staticmethod(values.compared)

    def number_of(self, truths: Sequence[Truth]) -> Value:
        """By adding columns of truths in the narrowest integers."""
        kind = type_for(len(truths))
        always = sum(truth is True for truth in truths)
        columns = [truth for truth in truths if not isinstance(truth, bool)]
        if not columns:
            return values.constant(always)
        total = columns[0].astype(kind) + kind(always)
        for column in columns[1:]:
            np.add(total, column, out=total, casting="unsafe")
        return values.whole(total, always, len(columns) + always)

    def folded(self, value: Value) -> Value:
        """As one number where all rows have the same: plans whose weights total 100 divide by 100."""
        column = value.numerator
        if isinstance(column, int) or not isinstance(value.denominator, int):
            return value
        low, high = int(column.min()), int(column.max())
        return Value(low if low == high else column, value.denominator, (low, high, value.largest), value.failed)

    def not_whole(self, value: Value) -> Truth:
        """By the rest of the division."""
        if isinstance(value.denominator, int) and value.denominator == 1:
            return False
        broken = np.not_equal(np.remainder(value.numerator, value.denominator), 0)
        return broken if isinstance(broken, np.ndarray) else bool(broken)

    def possible(self, level: Value, levels: frozenset[int]) -> frozenset[int]:
        """Those within the bounds of the column."""
        return frozenset(each for each in levels if level.low <= each <= level.high)

    points = staticmethod(points_of)

    # ---- lines -----------------------------------------------------------------------------------

    def lines(self, in_turn: Sequence[tuple[Truth, int]], apart: Sequence[tuple[Truth, int]]) -> Array:
        """By adding, in a column that begins without a line."""
        chosen = np.full(self.rows, OPEN, dtype=np.int8)
        undecided: Truth = True
        for truth, line in in_turn:
            _give(chosen, masks.both(undecided, truth), line)
            undecided = masks.both(undecided, masks.negated(truth))
        for truth, line in apart:
            _give(chosen, truth, line)
        return chosen

    def is_line(self, lines: Array, line: int) -> Truth:
        """Line by line."""
        return np.equal(lines, line)

    def level_of(self, lines: Array, failed: Codes, highest: int) -> Value:
        """The lines themselves, without those that give no level."""
        level = np.maximum(lines, 0)
        if (broken := masks.has_code(failed)) is not False:
            level[masks.as_column(broken, self.rows)] = 0
        return values.whole(level, 0, highest)


def _give(chosen: Array, where: Truth, line: int) -> None:
    """Let a line hold in rows where none does yet. Adding is many times faster than a copy under a mask."""
    if isinstance(where, bool):
        chosen += np.int8(where * (line - OPEN))
    else:
        chosen += where.view(np.int8) * np.int8(line - OPEN)


def bits_of(reasons: Reasons[Array, Codes, Value, Array]) -> Codes:
    """The reasons as sets: one bit for each code, so that bit 9 stands for SES609."""
    bits: Codes = 0
    for code, truth in reasons.by_code().items():
        bits = masks.with_bit(bits, truth, code)
    return bits


# ---- what was handed in ------------------------------------------------------------------------------


class ColumnFacts:
    """The columns of one member as facts."""

    def __init__(self, columns: MemberColumns) -> None:
        self._columns = columns
        self.present, self.critical = columns.present, columns.critical
        self.rated, self.weighed = columns.rated, columns.weighed

    def level(self, levels: tuple[int, ...]) -> tuple[Value, Truth]:
        """By comparing with each level, where the bounds do not answer."""
        rating = self._columns.rating or values.constant(0)
        fits = masks.both(self.rated, on_levels(rating, levels))
        return levels_where(rating, masks.both(self.present, fits), levels), fits

    def between(self, low: Fraction, high: Fraction) -> tuple[Value, Truth]:
        """The column of ratings."""
        rating = self._columns.rating or values.constant(0)
        return rating, masks.both(self.rated, _within(rating, low, high))

    def further(self, name: str, low: Fraction, high: Fraction) -> tuple[Value, Truth, Truth]:
        """The column of that name; where there is none, no row has it."""
        for each, value, where in self._columns.further:
            if each == name:
                return value, masks.both(where, _within(value, low, high)), where
        return values.constant(low), False, False

    def weight(self, _stage: Stage) -> tuple[Value, Truth]:
        """The column of weights; none is beyond 64 bits, or there were no column."""
        return self._columns.weight or values.constant(1), False

    def usable(self, _stage: Stage, weight: Value) -> Value:
        """The same column."""
        return weight

    def inner(self) -> StageOfColumns:
        """The columns of its requirements."""
        return StageOfColumns(self._columns.inner or StageColumns(()))


class StageOfColumns:
    """The columns of one stage as facts."""

    def __init__(self, columns: StageColumns) -> None:
        self.named = [ColumnFacts(each) for each in columns.named]
        self.others = [ColumnFacts(each) for each in columns.others]
        self._found = columns.found
        self._facts = {name: (value, given) for name, value, given in columns.facts}

    def fact(self, fact: Fact) -> tuple[Value, Truth]:
        """The column of that name; where there is none, no row has it."""
        if fact.name not in self._facts:
            return values.constant(fact.low), False
        value, given = self._facts[fact.name]
        return value, masks.both(given, _within(value, fact.low, fact.high))

    def found(self) -> Iterator[tuple[int, Truth]]:
        """Those met while the columns were made, bit by bit."""
        bits = self._found
        for code in range(1, len(RefusalKind) + 1):
            if isinstance(bits, int):
                yield code, bool(bits >> code & 1)
            else:
                yield code, np.not_equal(np.bitwise_and(bits, 1 << code), 0)


def _within(value: Value, low: Fraction, high: Fraction) -> Truth:
    above = values.compared(value, Relation.AT_LEAST, values.constant(low))
    return masks.both(above, values.compared(value, Relation.AT_MOST, values.constant(high)))
