"""A population that is admitted once and rated as often as one likes."""

from __future__ import annotations

from typing import Protocol

import numpy as np

from sespms_rules.engines.columnar.algebra import ColumnAlgebra, StageOfColumns, bits_of
from sespms_rules.engines.columnar.columns import ColumnResult, StageColumns
from sespms_rules.engines.columnar.kernel import Kernel, Prepared
from sespms_rules.engines.columnar.masks import Array, as_column, has_code, negated
from sespms_rules.engines.columnar.sums import sums_of
from sespms_rules.engines.columnar.values import TooLargeError
from sespms_rules.engines.lifted.admission import Admission
from sespms_rules.program import ir


class _Engine(Protocol):
    """What a population asks of its engine."""

    program: ir.Program

    def rate_columns(self, columns: StageColumns) -> ColumnResult:
        """Rate arrays."""


class Population:
    """Columns made ready for one policy.

    `refused` says which rows the policy does not admit; `levels` rates the others. Where the policy is a sum
    (`columnar_sums`), this is done by a loop that is many times faster than `ColumnarEngine.rate_columns`, whose levels
    it gives; else by `rate_columns` itself.
    """

    def __init__(self, engine: _Engine, columns: StageColumns, rows: int) -> None:
        self._engine, self._columns = engine, columns
        self._kernel: Kernel | None = None
        self._admitted: Array | None = None
        self.rows = rows
        admission = Admission(ColumnAlgebra(rows), engine.program.summary, StageOfColumns(columns))
        refused = has_code(bits_of(admission.reasons))
        self.refused = as_column(refused, rows)
        sums = sums_of(engine.program.summary)
        if sums is None or refused is True:
            return
        if refused is not False and np.any(refused):
            self._admitted = np.flatnonzero(as_column(negated(refused), rows))
            admitted = StageOfColumns(columns.at(self._admitted))
            admission = Admission(ColumnAlgebra(len(self._admitted)), engine.program.summary, admitted)
        count = rows if self._admitted is None else len(self._admitted)
        if count == 0:
            return
        levels = [np.broadcast_to(np.asarray(each.level.numerator), count) for each in admission.members]
        weights = [(each.weight.numerator, each.weight.denominator) for each in admission.members]
        if any(not isinstance(under, int) for _, under in weights):
            return
        try:
            whole = [(top, under) for top, under in weights if isinstance(under, int)]
            self._kernel = Kernel(sums, Prepared(sums, levels, whole))
        except TooLargeError:
            return

    def levels(self) -> Array:
        """The level of each row, 0 for one without: refused, not rated, or in no line of the policy."""
        if self._kernel is None:
            return self._engine.rate_columns(self._columns).level
        found = self._kernel.levels()
        if self._admitted is None:
            return found
        spread = np.zeros(self.rows, found.dtype)
        spread[self._admitted] = found
        return spread
