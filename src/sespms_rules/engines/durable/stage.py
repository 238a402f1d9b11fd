"""A stage of a program as decision tables for durable-rules, and the facts they read.

Each comparison of a condition becomes one test of a whole-number fact. The number behind a fact is exact; it is
handed over doubled, and odd where it lies between two whole numbers (docs/decisions/0006), so that no comparison
changes.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from math import lcm
from typing import Any

from sespms_rules.engines.durable.algebra import LineAlgebra
from sespms_rules.engines.durable.comparisons import Comparison, Quantities, comparisons, exclude_each_other
from sespms_rules.engines.durable.listing import Line
from sespms_rules.engines.durable.member_values import MemberFrame, StageValues, Tables, frame_of
from sespms_rules.engines.durable.tables import Relation, Row, Table, Test
from sespms_rules.engines.lifted.algebra import WAITS
from sespms_rules.engines.reference.admitted_appraisal import CaseMember
from sespms_rules.engines.refusals import RefusalKind
from sespms_rules.foundation.values import Frozen
from sespms_rules.program import ir
from sespms_rules.program.arithmetic import Exact

NO_ROW = "none"
"""The key of the row that always fits: no row of the policy does."""

MOST_KNOWN = 65_536
"""So many members, and sets of names, are remembered at once."""

_KINDS = {kind.number: kind for kind in RefusalKind}


class NoAnswer(Exception):
    """Formulas have no value for this appraisal; `kinds` are the refusals that the reference engine gives."""

    def __init__(self, *kinds: RefusalKind) -> None:
        super().__init__(*(kind.code for kind in kinds))
        self.kinds = kinds


def no_answer(code: int) -> NoAnswer:
    """The refusal with this code; raises AssertionError where something still waits for the level."""
    if code == WAITS:
        raise AssertionError("a value asks for the level where the level depends on it")
    return NoAnswer(_KINDS[code])


def embedded(value: Exact, scale: int) -> int:
    """Return a whole number that stands to doubled, scaled edges as `value` stands to the edges."""
    units, rest = divmod(value.numerator * scale, value.denominator)
    return 2 * units + (1 if rest else 0)


_RELATIONS: dict[ir.Relation, Relation] = {
    ir.Relation.AT_LEAST: ">=",
    ir.Relation.AT_MOST: "<=",
    ir.Relation.MORE: ">",
    ir.Relation.LESS: "<",
    ir.Relation.EQUAL: "==",
}


class KeyedRow(Frozen):
    """A row of a policy under its key: the comparisons it asks for (None: it never fits), and why it may fail."""

    key: str
    row: ir.Row
    asks: tuple[Comparison, ...] | None
    fault: Line | int


class Decision:
    """A table of the engine, the policy's row behind each key, and how the facts are worked out.

    `work` takes the quantities of an appraisal, and gives a whole number for each fact of the table and then, for
    each row, the code of why it cannot be decided. `written` are the rows in the order of the policy,
    where the table has another.
    """

    def __init__(
        self, name: str, keyed: Sequence[KeyedRow], algebra: LineAlgebra, written: Sequence[ir.Row] = ()
    ) -> None:
        self.keyed = tuple(keyed)
        places = {id(row.row): place for place, row in enumerate(keyed)}
        self._read = [places[id(row)] for row in written or (each.row for each in keyed)]
        scales: dict[Line, int] = {}
        for each in (each for row in keyed for each in row.asks or ()):
            scales[each.fact] = lcm(scales.get(each.fact, 1), each.edge.denominator)
        names = {fact: f"fact{number}" for number, fact in enumerate(scales, start=1)}
        made = [
            Row(row.key, tuple(_test(names[each.fact], each, scales[each.fact]) for each in row.asks))
            for row in keyed
            if row.asks is not None
        ]
        self.names = tuple(names.values())
        self.table = Table(name, self.names, (*made, Row(NO_ROW, ())))
        self.rows = {row.key: row.row for row in keyed}
        facts = [algebra.listing.line("_embedded({}, {})", fact, scale) for fact, scale in scales.items()]
        self.work: Callable[[Sequence[Any]], tuple[int, ...]] = algebra.listing.function(
            "quantities", [*facts, *(row.fault for row in keyed)]
        )

    def refuse_what_failed(self, faults: Sequence[int], fired: str, *, every: bool) -> None:
        """Raise NoAnswer where a row that is read cannot be decided.

        Rows are read in order up to the one that the engine fired, or `every` one save those behind a row that gives
        `not rated`; overrides and caps in the order of the policy, of which the engine has the lowest first.
        """
        for place in self._read:
            row, fault = self.keyed[place], faults[place]
            if fault:
                raise no_answer(fault)
            if row.key == fired and (not every or isinstance(row.row.outcome, ir.ToNotRated)):
                return


def _test(name: str, asked: Comparison, scale: int) -> Test:
    return Test(name, _RELATIONS[asked.relation], 2 * (asked.edge * scale).numerator)


class StageTables:
    """What the engine needs of one stage: its values, its overrides, its rows, and its members' stages.

    Overrides are read lowest level first, because the lower level holds where two fit. Under the unique hit policy rows
    that give `not rated` are read before the others, and `later` holds, for a row, a table of the rows behind it that
    might fit as well: if one does, the appraisal is refused.
    """

    def __init__(self, stage: ir.Stage, path: str, tables: Tables) -> None:
        self.stage = stage
        self._tables = tables
        self._quantities = Quantities(LineAlgebra(), stage)
        self._algebra = self._quantities.algebra
        self._algebra.listing.beside["_embedded"] = embedded
        self._by_plan: dict[tuple[frozenset[str], int], StageValues] = {}
        self._by_names: dict[tuple[str, ...], StageValues] = {}
        self._frames: dict[int, tuple[CaseMember, MemberFrame]] = {}
        unique = stage.hit_policy is ir.HitPolicy.UNIQUE
        rows = self._keyed("row", stage.rows)
        if unique:
            rows.sort(key=lambda each: isinstance(each.row.outcome, ir.ToLevel))
        overrides = self._keyed("override", sorted(stage.overrides, key=level_of))
        caps = self._keyed("cap", sorted(stage.caps, key=level_of))
        self.overrides = self._decision(f"{path} overrides", overrides, stage.overrides)
        self.caps = self._decision(f"{path} caps", caps, stage.caps)
        self.rows = self._decision(f"{path} rows", rows)
        self.later: dict[str, Decision] = {}
        for number, row in enumerate(rows, start=1):
            if unique and isinstance(row.row.outcome, ir.ToLevel) and row.asks is not None:
                also = [each for each in rows[number:] if not _never_both(row.asks, each.asks)]
                if made := self._decision(f"{path} rows behind {row.key}", also):
                    self.later[row.key] = made
        self.members = {
            member.name: StageTables(member.stage, f"{path}, {member.name}", tables)
            for member in stage.members
            if member.stage is not None
        }

    def _keyed(self, what: str, rows: Sequence[ir.Row]) -> list[KeyedRow]:
        made = []
        for number, row in enumerate(rows, start=1):
            truth, fault = self._quantities.holds(row.condition)
            made.append(KeyedRow(f"{what}{number}", row, comparisons(self._algebra, truth), fault.number))
        return made

    def _decision(self, name: str, keyed: Sequence[KeyedRow], written: Sequence[ir.Row] = ()) -> Decision | None:
        return Decision(name, keyed, self._algebra, written) if keyed else None

    def values_for(self, names: tuple[str, ...]) -> StageValues:
        """How the values are worked out for plans with members of these names, in the order of the case."""
        found = self._by_names.get(names)
        if found is None:
            if len(self._by_names) > MOST_KNOWN:
                self._by_names.clear()
            absent = frozenset(each.name for each in self.stage.members if each.name not in names)
            found = self.values(absent, len(names) + len(absent) - len(self.stage.members))
            self._by_names[names] = found
        return found

    def frame(self, member: CaseMember) -> MemberFrame:
        """What a member without a stage of its own has; admission hands the same member in again and again."""
        known = self._frames.get(id(member))
        if known is not None and known[0] is member:
            return known[1]
        if len(self._frames) > MOST_KNOWN:
            self._frames.clear()
        made = frame_of(member, self.stage)
        self._frames[id(member)] = (member, made)
        return made

    def values(self, absent: frozenset[str], others: int) -> StageValues:
        """How the values are worked out for plans without the `absent` members and with so many `others`.

        They are written at the first such plan.
        """
        found = self._by_plan.get((absent, others))
        if found is None:
            found = StageValues(self.stage, self._tables, self._quantities.places, absent, others)
            self._by_plan[absent, others] = found
        return found

    def tables(self) -> tuple[Table, ...]:
        """All tables of the stage and of its members' stages."""
        own = [made.table for made in (self.overrides, self.rows, self.caps, *self.later.values()) if made is not None]
        return tuple(own) + tuple(table for member in self.members.values() for table in member.tables())


def _never_both(first: tuple[Comparison, ...], second: tuple[Comparison, ...] | None) -> bool:
    return second is None or exclude_each_other(first, second)


def level_of(row: ir.Row) -> int:
    """The level of an override or a cap, which always have one; 0 for a row that gives `not rated`."""
    return row.outcome.level if isinstance(row.outcome, ir.ToLevel) else 0
