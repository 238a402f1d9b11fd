"""A stage of a program as decision tables for durable-rules, and the facts they read.

Each comparison of a condition becomes one test of a whole-number fact. The number behind a fact is exact; it is
handed over doubled, and odd where it lies between two whole numbers (docs/decisions/0006), so that no comparison
changes.
"""

from __future__ import annotations

import operator
from collections.abc import Callable
from functools import reduce
from math import lcm

from sespms_rules.engines.durable.closures import Compiled, Compiler, Number
from sespms_rules.engines.durable.comparisons import Quantity, atoms, exclude_each_other
from sespms_rules.engines.durable.member_values import Frame, NoAnswer
from sespms_rules.engines.durable.tables import Relation, Row, Table, Test
from sespms_rules.engines.refusals import RefusalKind
from sespms_rules.foundation.values import Frozen
from sespms_rules.program import ir
from sespms_rules.program.arithmetic import Exact

NO_ROW = "none"
"""The key of the row that always fits: no row of the policy does."""


def embedded(value: Exact, scale: int) -> int:
    """Return a whole number that stands to doubled, scaled edges as `value` stands to the edges."""
    units, rest = divmod(value.numerator * scale, value.denominator)
    return 2 * units + (1 if rest else 0)


class Facts:
    """The facts of one table: each distinct quantity once, with the scale that makes its edges whole."""

    def __init__(self, rows: tuple[ir.Row, ...], compiler: Compiler) -> None:
        edges: dict[Quantity, list[int]] = {}
        for row in rows:
            for quantity, _, edge in atoms(row.condition):
                edges.setdefault(quantity, []).append(edge.denominator)
        self._scales = {quantity: reduce(lcm, found) for quantity, found in edges.items()}
        self._names = {quantity: f"fact{number}" for number, quantity in enumerate(edges, start=1)}
        self._work: list[tuple[str, Number, int]] = [
            (name, compiler.fact(quantity), self._scales[quantity]) for quantity, name in self._names.items()
        ]

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the facts, in order."""
        return tuple(self._names.values())

    def row(self, key: str, row: ir.Row) -> Row:
        """Return a row of the policy as a row of the table."""
        return Row(key, tuple(self._test(*atom) for atom in atoms(row.condition)))

    def _test(self, quantity: Quantity, relation: ir.Relation, edge: Exact) -> Test:
        scaled = edge * self._scales[quantity]
        return Test(self._names[quantity], _RELATIONS[relation], 2 * scaled.numerator)

    def of(self, frame: Frame) -> tuple[dict[str, int], dict[str, RefusalKind]]:
        """Work out the facts of one appraisal, 0 for those that have no value; return these with why."""
        facts: dict[str, int] = {}
        failed: dict[str, RefusalKind] = {}
        for name, work, scale in self._work:
            try:
                facts[name] = embedded(work(frame, None), scale)
            except NoAnswer as none:
                facts[name] = 0
                failed[name] = none.kind
        return facts, failed


_RELATIONS: dict[ir.Relation, Relation] = {
    ir.Relation.AT_LEAST: ">=",
    ir.Relation.AT_MOST: "<=",
    ir.Relation.MORE: ">",
    ir.Relation.LESS: "<",
    ir.Relation.EQUAL: "==",
}


_HOLDS: dict[Relation, Callable[[int, int], bool]] = {
    ">=": operator.ge,
    "<=": operator.le,
    ">": operator.gt,
    "<": operator.lt,
    "==": operator.eq,
    "!=": operator.ne,
}


class Decision(Frozen):
    """A table of the engine, how its facts are worked out, and the policy's row behind each key."""

    table: Table
    facts: Facts
    rows: dict[str, ir.Row]

    def refuse_what_failed(self, facts: dict[str, int], failed: dict[str, RefusalKind], *, every: bool) -> None:
        """Raise NoAnswer where a row that is read asks for a fact without a value.

        Rows are read in order up to the first that holds, or `every` one save those behind a row that gives
        `not rated`; within a row, tests are read up to the first that does not hold.
        """
        for row in self.table.rows[:-1]:
            for test in row.tests:
                if test.fact in failed:
                    raise NoAnswer(failed[test.fact])
                if not _HOLDS[test.relation](facts[test.fact], test.number):
                    break
            else:
                if not every or isinstance(self.rows[row.key].outcome, ir.ToNotRated):
                    return


def decision(name: str, rows: tuple[tuple[str, ir.Row], ...], compiler: Compiler) -> Decision:
    """Make a decision table of keyed rows, read in order; the last row of the table says that none fits."""
    facts = Facts(tuple(row for _, row in rows), compiler)
    made = tuple(facts.row(key, row) for key, row in rows)
    return Decision(Table(name, facts.names, (*made, Row(NO_ROW, ()))), facts, dict(rows))


class StageTables:
    """What the engine needs of one stage: its definitions, overrides, rows and questions, and its members' stages.

    Overrides are read lowest level first, because the lower level holds where two fit. Under the unique hit policy rows
    that give `not rated` are read before the others, and `later` holds, for a row, a table of the rows behind it that
    might fit as well: if one does, the appraisal is refused.
    """

    def __init__(self, stage: ir.Stage, path: str, compiler: Compiler) -> None:
        self.stage = stage
        self.definitions: list[tuple[ir.Definition | ir.ScoreDefinition, Compiled]] = [
            (definition, compiler.expression(definition.expression)) for definition in stage.definitions
        ]
        unique = stage.hit_policy is ir.HitPolicy.UNIQUE
        numbered = [(f"row{number}", row) for number, row in enumerate(stage.rows, start=1)]
        keyed = tuple(sorted(numbered, key=_level_rows_last) if unique else numbered)
        lowest_first = sorted(stage.overrides, key=level_of)
        overrides = tuple((f"override{number}", row) for number, row in enumerate(lowest_first, start=1))
        self.overrides = decision(f"{path} overrides", overrides, compiler) if overrides else None
        capped = tuple((f"cap{number}", row) for number, row in enumerate(sorted(stage.caps, key=level_of), start=1))
        self.caps = decision(f"{path} caps", capped, compiler) if capped else None
        self.rows = decision(f"{path} rows", keyed, compiler) if keyed else None
        self.questions = [
            (question, None if question.condition is None else compiler.condition(question.condition))
            for question in stage.questions
        ]
        self.later: dict[str, Decision] = {}
        for number, (key, row) in enumerate(keyed, start=1):
            also = [later for later in keyed[number:] if not exclude_each_other(row.condition, later[1].condition)]
            if unique and also and isinstance(row.outcome, ir.ToLevel):
                self.later[key] = decision(f"{path} rows behind {key}", tuple(also), compiler)
        self.members = {
            member.name: StageTables(member.stage, f"{path}, {member.name}", compiler)
            for member in stage.members
            if member.stage is not None
        }

    def tables(self) -> tuple[Table, ...]:
        """All tables of the stage and of its members' stages."""
        own = [made.table for made in (self.overrides, self.rows, self.caps, *self.later.values()) if made is not None]
        return tuple(own) + tuple(table for member in self.members.values() for table in member.tables())


def level_of(row: ir.Row) -> int:
    """The level of an override or a cap, which always have one; 0 for a row that gives `not rated`."""
    return row.outcome.level if isinstance(row.outcome, ir.ToLevel) else 0


def _level_rows_last(keyed: tuple[str, ir.Row]) -> bool:
    return isinstance(keyed[1].outcome, ir.ToLevel)
