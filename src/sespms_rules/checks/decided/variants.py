"""ir.Program -> programs that answer one question each: every question becomes "can this program end so?".

A line decides an appraisal where the program with that line marked ends at its mark; an override raises a rating where
the program that marks what the lines alone would give ends at that mark. So one search, and one solver, answer all.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from fractions import Fraction

from sespms_rules.engines.reference import rate
from sespms_rules.foundation.interval import Interval
from sespms_rules.foundation.values import Frozen, replace
from sespms_rules.program.ir import (
    All,
    Condition,
    Definition,
    Expression,
    HitPolicy,
    Member,
    Named,
    Program,
    Row,
    Stage,
    TheLevel,
    TheScore,
    ToLevel,
    ToNotRated,
    Within,
)
from sespms_rules.program.rating import Appraisal
from sespms_rules.program.traversal import walk

RAISED, AS_IT_IS = 9_001, 9_002
"""The marks of an override that raises a rating, and of one that does not."""

_APART = 1_000_000
"""The marks of two levels lie so far apart: further than any text has lines."""

_BEHIND_OVERRIDES = 500_000


class MarkedProgram(Frozen):
    """A program whose every line gives a level of its own, and the line and level behind each of these."""

    program: Program
    lines: tuple[tuple[int, Row], ...]
    silent: Row | None

    def level(self, mark: int) -> int:
        """The level that a line gives in the policy."""
        return mark // _APART


def inner(program: Program, member: Member) -> Program:
    """The derivation of an element from its requirements, as if it were a policy of its own."""
    stage = member.stage
    assert stage is not None  # noqa: S101 - asked of derived elements alone
    return Program(member.name, replace(stage, reported=(), questions=()), program.tables, (), facts=program.facts)


def marked(program: Program) -> MarkedProgram:
    """Let each line give a level of its own, in the order of the levels, so that the lowest override still holds.

    `silent` is the line that gives `not rated`, where there is exactly one.
    """
    stage = program.summary
    overrides = tuple(_mark(row, place) for place, row in enumerate(stage.overrides))
    rows = tuple(_mark(row, place + _BEHIND_OVERRIDES) for place, row in enumerate(stage.rows))
    made = ((new.outcome, old) for new, old in zip((*overrides, *rows), (*stage.overrides, *stage.rows), strict=True))
    lines = tuple((outcome.level, row) for outcome, row in made if isinstance(outcome, ToLevel))
    silent = [row for row in (*stage.overrides, *stage.rows) if isinstance(row.outcome, ToNotRated)]
    return MarkedProgram(_with(program, overrides, rows), lines, silent[0] if len(silent) == 1 else None)


def _mark(row: Row, place: int) -> Row:
    if isinstance(row.outcome, ToNotRated):
        return row
    return replace(row, outcome=ToLevel(row.outcome.level * _APART + place))


def raising(program: Program, override: Row) -> Program:
    """A program that ends at RAISED where an override decides and the lines alone would give a lower level."""
    return _beside(program, override, lambda row: _given(row) < _given(override))


def overriding(program: Program, override: Row, line: Row) -> Program:
    """A program that ends at RAISED where an override decides and a row alone would."""
    return _beside(program, override, lambda row: row is line)


def _beside(program: Program, override: Row, told: Callable[[Row], bool]) -> Program:
    """What the rows would give where an override decides: RAISED for those that are told of, AS_IT_IS for others."""
    stage = program.summary
    first = stage.overrides[: next(place for place, row in enumerate(stage.overrides) if row is override)]
    kept = tuple(row for row in stage.overrides if _given(row) < _given(override))
    kept += tuple(row for row in first if _given(row) == _given(override))
    rows = tuple(
        row
        if isinstance(row.outcome, ToNotRated)
        else Row(All((override.condition, row.condition)), ToLevel(RAISED if told(row) else AS_IT_IS), row.origin)
        for row in stage.rows
    )
    return _with(program, kept, rows)


def unfit(program: Program) -> Program:
    """A program that ends at RAISED where no line fits."""
    stage = program.summary
    rows = tuple(
        row if isinstance(row.outcome, ToNotRated) else replace(row, outcome=ToLevel(AS_IT_IS)) for row in stage.rows
    )
    return _first_fits(_with(program, stage.overrides, (*rows, Row(All(()), ToLevel(RAISED)))))


def fitting_both(program: Program, one: Row, other: Row) -> Program:
    """A program that ends at RAISED where two rows fit."""
    stage = program.summary
    silent = tuple(row for row in stage.rows if isinstance(row.outcome, ToNotRated))
    both = Row(All((one.condition, other.condition)), ToLevel(RAISED))
    return _first_fits(_with(program, stage.overrides, (*silent, both)))


def read_by_score(program: Program, scores: Interval) -> Program:
    """A program that ends at RAISED where its lines are read at all, and the score is one of these."""
    stage = program.summary
    unique = stage.hit_policy is HitPolicy.UNIQUE  # then a line that gives `not rated` is read before the others
    silent = tuple(row for row in stage.rows if unique and isinstance(row.outcome, ToNotRated))
    overrides = tuple(
        row if isinstance(row.outcome, ToNotRated) else replace(row, outcome=ToLevel(AS_IT_IS))
        for row in stage.overrides
    )
    wanted = Row(Within(TheScore(), scores), ToLevel(RAISED))
    return _first_fits(_with(program, overrides, (*silent, wanted, Row(All(()), ToLevel(AS_IT_IS)))))


def read_within(program: Program, condition: Condition) -> Program:
    """A program that ends at RAISED where one ends with a rating, under any of its lines, and a condition holds."""
    stage = program.summary

    def told(row: Row) -> tuple[Row, ...]:
        if isinstance(row.outcome, ToNotRated):
            return (row,)
        return (
            Row(All((row.condition, condition)), ToLevel(RAISED)),
            Row(row.condition, ToLevel(AS_IT_IS)),
        )

    unique = stage.hit_policy is HitPolicy.UNIQUE  # then a line that gives `not rated` is read before the others
    silent = tuple(row for row in stage.rows if unique and isinstance(row.outcome, ToNotRated))
    rows = tuple(each for row in stage.rows if row not in silent for each in told(row))
    if stage.without_level or not stage.rows:
        rows = (*rows, Row(condition, ToLevel(RAISED)), Row(All(()), ToLevel(AS_IT_IS)))
    made = _with(program, tuple(each for row in stage.overrides for each in told(row)), (*silent, *rows))
    return _first_fits(replace(made, summary=replace(made.summary, without_level=False)))


def asks_for_level(program: Program, expression: Expression) -> bool:
    """Whether an expression asks for the level that is derived, or for a value that does."""
    late: set[str] = set()
    for definition in program.summary.definitions:
        if isinstance(definition, Definition) and _asks(definition.expression, late):
            late.add(definition.name)
    return _asks(expression, late)


def always(program: Program) -> Program:
    """A program that refuses only where a value cannot be worked out."""
    stage = program.summary
    silent = tuple(row for row in stage.rows if isinstance(row.outcome, ToNotRated))
    made = _first_fits(_with(program, stage.overrides, (*silent, Row(All(()), ToLevel(AS_IT_IS)))))
    caps = tuple(replace(row, outcome=ToLevel(AS_IT_IS)) for row in stage.caps)  # what they ask may have no value
    return replace(made, summary=replace(made.summary, caps=caps))


def _first_fits(program: Program) -> Program:
    return replace(program, summary=replace(program.summary, hit_policy=HitPolicy.FIRST))


def may_raise(program: Program) -> Iterator[Row]:
    """The overrides that give a level above one that a line gives."""
    lowest = min((row.outcome.level for row in program.summary.rows if isinstance(row.outcome, ToLevel)), default=None)
    for row in program.summary.overrides:
        if lowest is not None and isinstance(row.outcome, ToLevel) and row.outcome.level > lowest:
            yield row


def alone(program: Program, line: Row) -> Program:
    """The program with one line alone, its level as RAISED."""
    shown = replace(line, outcome=ToLevel(RAISED))
    return _with(program, (shown,), ()) if line in program.summary.overrides else _with(program, (), (shown,))


def outdoing(program: Program, line: Row) -> Program:
    """A program that ends at RAISED where a row before this one takes what it could, and gives another outcome."""
    stage = program.summary
    before = stage.rows[: next(place for place, row in enumerate(stage.rows) if row is line)]
    rows = tuple(
        Row(All((line.condition, row.condition)), ToLevel(AS_IT_IS if row.outcome == line.outcome else RAISED))
        for row in before
    )
    return _with(program, (), rows)


def without_overrides(program: Program, shown: Row | None = None) -> Program:
    """The program without its overrides; `shown` is a row whose level is given as RAISED."""
    rows = program.summary.rows
    rows = tuple(replace(row, outcome=ToLevel(RAISED)) if row is shown else row for row in rows)
    return _with(program, (), rows)


def bare(program: Program) -> Program:
    """The program without its overrides, as it would rate: caps hold."""
    made = without_overrides(program)
    return replace(made, summary=replace(made.summary, caps=program.summary.caps))


def _given(row: Row) -> int:
    return row.outcome.level if isinstance(row.outcome, ToLevel) else 0


def _with(program: Program, overrides: tuple[Row, ...], rows: tuple[Row, ...]) -> Program:
    """A program with other lines, and without caps and the values that ask for the level: neither knows a mark."""
    stage = program.summary
    late: set[str] = set()
    kept = []
    for definition in stage.definitions:
        if isinstance(definition, Definition) and _asks(definition.expression, late):
            late.add(definition.name)
        else:
            kept.append(definition)
    made: Stage = replace(stage, overrides=overrides, rows=rows, definitions=tuple(kept), caps=())
    made = replace(made, reported=(), questions=())
    return replace(program, summary=made, terms=())


def _asks(expression: Expression, late: set[str]) -> bool:
    """Whether an expression asks for the level that is derived."""
    return any(
        isinstance(each, TheLevel) or (isinstance(each, Named) and each.name in late) for each in walk(expression)
    )


def scored(program: Program, appraisal: Appraisal) -> Fraction | None:
    """The score of an appraisal that no line takes; None where there is none."""
    always = Row(All(()), ToLevel(AS_IT_IS))
    return rate(_with(program, (), (always,)), appraisal, trace=False).score
