"""Columns in memory -> the table that a query starts from, and where each fact stands in it."""

from __future__ import annotations

from typing import Any

from sespms_rules.engines.columnar.columns import MemberColumns, StageColumns
from sespms_rules.engines.columnar.masks import Codes, Truth, bits_where, joined
from sespms_rules.engines.columnar.values import Value
from sespms_rules.engines.sql.inputs import Cell, MemberCells, StageCells
from sespms_rules.foundation.values import replace
from sespms_rules.program import ir

FOUND = "found"


class Given:
    """The columns of a stage under names of their own: `arrays` to scan, `selects` what to make of them."""

    def __init__(self, columns: StageColumns) -> None:
        self.arrays: dict[str, Any] = {}
        self.selects: list[str] = []
        found = _found(columns)
        made = self._stage(columns, None if isinstance(found, int) and found == 0 else FOUND)
        facts = ((name, self._cell(value, given)) for name, value, given in columns.facts)
        self.cells = replace(made, facts=tuple((name, cell) for name, cell in facts if cell is not None))
        if self.cells.found is not None:
            self.selects.append(f"{self._column(FOUND, found)} AS {FOUND}")

    def _stage(self, columns: StageColumns, found: str | None = None) -> StageCells:
        named = tuple(self._member(each) for each in columns.named)
        return StageCells(named, tuple(self._member(each) for each in columns.others), found)

    def _member(self, columns: MemberColumns) -> MemberCells:
        further = ((name, self._cell(value, where)) for name, value, where in columns.further)
        return MemberCells(
            self._cell(columns.rating, columns.rated),
            self._cell(columns.weight, columns.weighed),
            tuple((name, cell) for name, cell in further if cell is not None),
            self._flag(columns.present),
            self._flag(columns.critical),
            None if columns.inner is None else self._stage(columns.inner),
        )

    def _column(self, name: str, column: Any) -> str:
        if isinstance(column, int):
            return f"CAST({column} AS BIGINT)"
        self.arrays[name] = column
        return f"CAST({name} AS BIGINT)"

    def _cell(self, value: Value | None, given: Truth) -> Cell | None:
        """A column of numerators, null where there is no number."""
        if value is None or given is False:
            return None
        if not isinstance(value.denominator, int):
            raise AssertionError("a column that was gathered stands over one denominator")
        name = f"c{len(self.selects) + 1}"
        text = self._column(name, value.numerator)
        if given is not True:
            self.arrays[f"{name}_given"] = given
            text = f"CASE WHEN {name}_given THEN {text} END"
        self.selects.append(f"{text} AS {name}")
        return Cell(name, value.denominator)

    def _flag(self, truth: Truth) -> str | bool:
        if isinstance(truth, bool):
            return truth
        name = f"c{len(self.selects) + 1}"
        self.arrays[name] = truth
        self.selects.append(f"CASE WHEN {name} THEN 1 ELSE 0 END AS {name}")
        return name


def _found(columns: StageColumns) -> Codes:
    """The refusals met while the columns were made, those of requirements among them."""
    found = columns.found
    for member in columns.named:
        if member.inner is not None:
            found = joined(found, bits_where(member.present, _found(member.inner)))
    return found


def plain_cells(stage: ir.Stage, facts: tuple[ir.Fact, ...] = ()) -> StageCells:
    """The cells of a plan that has what the policy names and no more, in whole numbers."""

    def member(each: ir.Member, path: str) -> MemberCells:
        cell = Cell(f"c{path}")
        inner = None if each.stage is None else _plain(each.stage, path)
        return MemberCells(
            None if each.stage else cell, cell, tuple((f.name, cell) for f in stage.further), inner=inner
        )

    def _plain(stage: ir.Stage, path: str) -> StageCells:
        return StageCells(tuple(member(each, f"{path}_{n}") for n, each in enumerate(stage.members)))

    return replace(_plain(stage, ""), facts=tuple((each.name, Cell(f"f{n}")) for n, each in enumerate(facts)))
