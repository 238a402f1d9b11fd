"""What a query reads: which column of a table holds which fact, as whole numbers.

A column of ratings or weights holds numerators over a denominator that is the same in all rows; a missing rating or
weight is a null. What a column may hold at most is part of the query: a number beyond it is never reckoned with.
"""

from __future__ import annotations

from fractions import Fraction

from sespms_rules.engines.sql.text import Number, Piece, Steps, Truth, both, case, joined, negated
from sespms_rules.engines.sql.values import Value, whole
from sespms_rules.foundation.values import Frozen, field
from sespms_rules.program import ir

HEAVIEST = 10**6
"""The largest weight that is reckoned with where the policy sets no total."""


class Cell(Frozen):
    """The name of a column, and the denominator its whole numbers stand over."""

    column: str
    denominator: int = field(default=1)


class MemberCells(Frozen):
    """Where the facts of one element or requirement stand; None where no row has one.

    `present` and `critical` are columns of 1 and 0, or the same answer in all rows.
    """

    rating: Cell | None
    weight: Cell | None = field(default=None)
    further: tuple[tuple[str, Cell], ...] = field(default=())
    present: str | bool = field(default=True)
    critical: str | bool = field(default=True)
    inner: StageCells | None = field(default=None)


class StageCells(Frozen):
    """The members of one stage: those the policy names, in its order, then others.

    `found` is a column of refusals met before, as sets of bits, and `facts` are the columns of what is said of the
    executive or the unit, by name; both for the summary alone.
    """

    named: tuple[MemberCells, ...]
    others: tuple[MemberCells, ...] = field(default=())
    found: str | None = field(default=None)
    facts: tuple[tuple[str, Cell], ...] = field(default=())


class Reader:
    """Reads columns into values that lie within their bounds in every row, whatever the columns hold."""

    def __init__(self, steps: Steps) -> None:
        self._steps = steps

    def flag(self, column: str | bool) -> Truth:
        """A column of 1 and 0 as a truth."""
        return column if isinstance(column, bool) else Piece(f"({column} = 1)")

    def given(self, cell: Cell | None) -> Truth:
        """Where a column holds a number."""
        return False if cell is None else Piece(f"({cell.column} IS NOT NULL)")

    def between(self, cell: Cell | None, low: Fraction, high: Fraction) -> tuple[Value, Truth]:
        """The numbers from `low` to `high`, and where there is one; elsewhere the number means nothing."""
        if cell is None:
            return whole(0, 0, 0), False
        least, most = -(-low * cell.denominator // 1), high * cell.denominator // 1
        if least > most:
            return whole(0, 0, 0), False
        fits = self._steps.truth(both(self.given(cell), Piece(f"({cell.column} BETWEEN {least} AND {most})")))
        number: Number = self._steps.number(case([(fits, Piece(cell.column, plain=True))], least))
        return Value(number, cell.denominator, least, most, cell.denominator), fits

    def level(self, cell: Cell | None, levels: tuple[int, ...]) -> tuple[Value, Truth]:
        """The levels of a scale, 0 where the column holds none of them, and where it does."""
        if cell is None or not levels:
            return whole(0, 0, 0), False
        scale, column = cell.denominator, Piece(cell.column, plain=True)
        row = sorted(levels)
        if scale == 1 and row == list(range(row[0], row[-1] + 1)):
            choices = [(Piece(f"{cell.column} BETWEEN {row[0]} AND {row[-1]}"), column)]
            found = case(choices, 0)
        else:
            found = case([(Piece(f"{cell.column} = {each * scale}"), each) for each in row], 0)
        number = self._steps.number(found)
        return whole(number, 0, row[-1]), joined("({} > 0)", number)

    def weight(self, cell: Cell | None, most: Fraction) -> tuple[Value, Truth]:
        """Weights up to `most` to either side of 0, and where the column holds one beyond."""
        value, fits = self.between(cell, -most, most)
        return value, both(self.given(cell), negated(fits))


def heaviest(stage: ir.Stage) -> Fraction:
    """The largest weight that is reckoned with at all."""
    totals = [2 * limit.total for limit in stage.limits if isinstance(limit, ir.WeightTotal)]
    return max(Fraction(HEAVIEST), *totals) if totals else Fraction(HEAVIEST)


def heaviest_admitted(stage: ir.Stage) -> Fraction:
    """The largest weight of a plan that the policy admits."""
    totals = [limit.total for limit in stage.limits if isinstance(limit, ir.WeightTotal)]
    return min([*totals, heaviest(stage)])
