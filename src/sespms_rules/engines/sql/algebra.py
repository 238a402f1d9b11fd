"""Pieces of SQL as an algebra (engines/lifted/algebra.py), and the cells of each member as its facts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from math import lcm

from sespms_rules.engines.lifted.algebra import OPEN, WAITS, Algebra
from sespms_rules.engines.sql import text, values
from sespms_rules.engines.sql.inputs import MemberCells, Reader, StageCells, heaviest, heaviest_admitted
from sespms_rules.engines.sql.text import NONE, Codes, Number, Piece, Truth, case, joined, text_of
from sespms_rules.engines.sql.values import Arithmetic, Value
from sespms_rules.foundation.values import replace
from sespms_rules.program.ir import Fact, Relation, Stage


class SqlAlgebra(Arithmetic, Algebra[Piece, Codes, Value, Number]):
    """Truths, codes and numbers as pieces of a query, whose long ones become columns of `steps`."""

    # ---- truths ----------------------------------------------------------------------------------

    both = staticmethod(text.both)
    either = staticmethod(text.either)
    negated = staticmethod(text.negated)

    def anywhere(self, truth: Truth) -> bool:
        """Not known before the query runs, save where the text says never."""
        return truth is not False

    def kept(self, truth: Truth) -> Truth:
        """As a column of the query, where it is long."""
        return self.steps.truth(truth)

    # ---- codes -----------------------------------------------------------------------------------

    def always(self, code: int) -> Codes:
        """One number in the text."""
        return Codes(code, frozenset({code})) if code else NONE

    where = staticmethod(text.codes_in)

    def beside(self, choices: Sequence[tuple[Truth, int]]) -> Codes:
        """As one choice, in a column."""
        return self.steps.codes(Codes(case(choices, 0), frozenset(code for _, code in choices)))

    def first(self, one: Codes, other: Codes) -> Codes:
        """As one choice, in a column."""
        return self.steps.first_code(one, other)

    has = staticmethod(text.has_code)
    is_code = staticmethod(text.is_code)

    def may_be(self, codes: Codes, code: int) -> bool:
        """By what is known of the text."""
        return code in codes.possible

    def kept_codes(self, codes: Codes) -> Codes:
        """As a column, where it is long."""
        return self.steps.codes(codes)

    def each_code(self, codes: Codes) -> Iterator[tuple[int, Truth]]:
        """Those that the text may give."""
        return ((code, text.is_code(codes, code)) for code in sorted(codes.possible - {WAITS}))

    # ---- numbers ---------------------------------------------------------------------------------

    def constant(self, number: Fraction | int, failed: Codes | None = None) -> Value:
        """One number in the text."""
        return values.constant(number, NONE if failed is None else failed)

    def over(self, numerator: int, denominator: int) -> Value:
        """The same, not reduced."""
        return Value(numerator, denominator, numerator, numerator, denominator)

    def word(self, place: int) -> Value:
        """One place in the text."""
        return Value(0, 1, 0, 0, 1, word=place)

    def is_word(self, value: Value) -> bool:
        """By the text of its places."""
        return value.word is not None

    def failed(self, value: Value) -> Codes:
        """The text of its codes."""
        return value.failed

    def failing(self, value: Value, codes: Codes) -> Value:
        """The same texts beside other codes."""
        return replace(value, failed=codes)

    def number_of(self, truths: Sequence[Truth]) -> Value:
        """A sum of choices of 1 and 0."""
        always = sum(truth is True for truth in truths)
        pieces = [truth for truth in truths if not isinstance(truth, bool)]
        if not pieces:
            return values.constant(always)
        terms = [text_of(case([(each, 1)], 0)) for each in pieces] + ([str(always)] if always else [])
        step = max(each.step for each in pieces)
        total = self.steps.number(Piece(f"({' + '.join(terms)})", step))
        return values.whole(total, always, always + len(pieces))

    def folded(self, value: Value) -> Value:
        """Nothing is known of the rows before the query runs."""
        return value

    def not_whole(self, value: Value) -> Truth:
        """By the remainder of whole numbers."""
        if value.under == 1 or isinstance(value.top, int):
            return False
        return self.kept(joined("({} % {} <> 0)", value.top, value.under))

    def possible(self, _level: Value, levels: frozenset[int]) -> frozenset[int]:
        """All of them: nothing is known of the rows before the query runs."""
        return levels

    def points(self, level: Value, points: dict[int, Fraction]) -> Value:
        """A choice of numerators over one denominator."""
        reached = {each: worth for each, worth in points.items() if level.low <= each <= level.high}
        if not reached:
            return values.constant(0)
        if all(each == worth for each, worth in reached.items()):
            return level
        if isinstance(level.top, int):
            return values.constant(points.get(level.top, Fraction(0)))
        shared = lcm(*(worth.denominator for worth in reached.values()))
        scaled = {each: worth.numerator * (shared // worth.denominator) for each, worth in reached.items()}
        number = self.steps.number(case([(joined("{} = {}", level.top, each), top) for each, top in scaled.items()], 0))
        return Value(number, shared, min(0, *scaled.values()), max(0, *scaled.values()), shared)

    # ---- lines -----------------------------------------------------------------------------------

    def lines(self, in_turn: Sequence[tuple[Truth, int]], apart: Sequence[tuple[Truth, int]]) -> Number:
        """As one choice."""
        return self.steps.number(case([*in_turn, *apart], OPEN))

    def is_line(self, lines: Number, line: int) -> Truth:
        """A comparison."""
        return lines == line if isinstance(lines, int) else joined("({} = {})", lines, line)

    def level_of(self, lines: Number, failed: Codes, highest: int) -> Value:
        """A choice that gives the line."""
        gives: Truth = lines > 0 if isinstance(lines, int) else joined("({} > 0)", lines)
        rated = self.kept(text.both(text.negated(text.has_code(failed)), gives))
        return values.whole(self.steps.number(case([(rated, lines)], 0)), 0, highest)


# ---- what was handed in ------------------------------------------------------------------------------


class SqlFacts:
    """The cells of one member as facts. A number that the policy does not admit never enters a formula."""

    def __init__(self, cells: MemberCells, algebra: SqlAlgebra) -> None:
        self._cells = cells
        self._algebra = algebra
        self._read = Reader(algebra.steps)
        self.present, self.critical = self._read.flag(cells.present), self._read.flag(cells.critical)
        self.rated, self.weighed = self._read.given(cells.rating), self._read.given(cells.weight)

    def level(self, levels: tuple[int, ...]) -> tuple[Value, Truth]:
        """The cell, where it holds a level of the scale."""
        return self._read.level(self._cells.rating, levels)

    def between(self, low: Fraction, high: Fraction) -> tuple[Value, Truth]:
        """The cell, where it lies between."""
        return self._read.between(self._cells.rating, low, high)

    def further(self, name: str, low: Fraction, high: Fraction) -> tuple[Value, Truth, Truth]:
        """The cell of that name."""
        cell = dict(self._cells.further).get(name)
        return *self._read.between(cell, low, high), self._read.given(cell)

    def weight(self, stage: Stage) -> tuple[Value, Truth]:
        """The cell, where it is not larger than any that is reckoned with."""
        return self._read.weight(self._cells.weight, heaviest(stage))

    def usable(self, stage: Stage, weight: Value) -> Value:
        """The weight within the bounds that the policy admits, 1 elsewhere."""
        most = int(heaviest_admitted(stage) * weight.most)
        if most < weight.high:
            step = weight.top.step if isinstance(weight.top, Piece) else 0
            admitted: Truth = Piece(f"{text_of(weight.top)} BETWEEN 1 AND {most}", step)
        else:
            admitted = self._algebra.compared(weight, Relation.MORE, values.constant(0))
        top = self._algebra.steps.number(case([(admitted, weight.top)], 1))
        return replace(weight, top=top, low=1, high=most if most < weight.high else max(weight.high, 1))

    def inner(self) -> StageOfCells:
        """The cells of its requirements."""
        return StageOfCells(self._cells.inner or StageCells(()), self._algebra)


class StageOfCells:
    """The cells of one stage as facts."""

    def __init__(self, cells: StageCells, algebra: SqlAlgebra) -> None:
        self.named = [SqlFacts(each, algebra) for each in cells.named]
        self.others = [SqlFacts(each, algebra) for each in cells.others]
        self._read = Reader(algebra.steps)
        self._facts = dict(cells.facts)

    def fact(self, fact: Fact) -> tuple[Value, Truth]:
        """The cell of that name; a number outside the range never enters a formula."""
        return self._read.between(self._facts.get(fact.name), fact.low, fact.high)

    def found(self) -> Iterator[tuple[int, Truth]]:
        """None: what was found before the query stands in a column of its own (engines/sql/query.py)."""
        return iter(())
