"""ir.Program -> every change of a line that its derivation or its plans rest on."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from fractions import Fraction
from functools import partial
from types import UnionType
from typing import Any

from sespms_rules.foundation.origin import Origin, exact
from sespms_rules.foundation.values import Frozen, replace
from sespms_rules.language.model import System
from sespms_rules.language.syntax.elements import InSomePlans, RatedOnLevels, RatedOnScale
from sespms_rules.language.syntax.nodes import Sentence
from sespms_rules.program import ir
from sespms_rules.studies.mutation.changes import Change, Touches, Variant, at, instead, shifted, without
from sespms_rules.studies.mutation.of_formulas import Reading, conditions, expressions
from sespms_rules.studies.mutation.of_plans import further, limits, scales, unrated
from sespms_rules.studies.mutation.of_tables import tables

_Put = Callable[[ir.Stage], ir.Program]
"""Puts a changed stage back into the program."""


def changes_of(system: System, program: ir.Program, step: Fraction | None = None) -> Iterator[Change]:
    """Every change of a system's program; `step` is the smallest difference of two scores, where there is one."""
    steps = () if step is None else (step,)
    yield from _points(system, program)
    for member in program.summary.members:
        if member.stage is not None:
            yield from _Stage(system, member.stage, partial(_with_inner, program, member.name), steps, True).changes()
    yield from _Stage(system, program.summary, partial(_with_summary, program), steps, False).changes()
    yield from tables(program)


def _with_summary(program: ir.Program, stage: ir.Stage) -> ir.Program:
    return replace(program, summary=stage)


def _with_inner(program: ir.Program, name: str, stage: ir.Stage) -> ir.Program:
    members = tuple(replace(each, stage=stage) if each.name == name else each for each in program.summary.members)
    return replace(program, summary=replace(program.summary, members=members))


# ---- points of levels ----------------------------------------------------------------------------


def _points(system: System, program: ir.Program) -> Iterator[Change]:
    """One level worth a little more or less, wherever points are read."""
    for level in system.levels:
        for moved in shifted(level.points, ""):
            points = tuple(
                (number, moved.part if number == level.number else each) for number, each in program.summary.points
            )
            says = f"{instead(_worth(moved.part), _worth(level.points))}"
            yield Change(level.origin, says, replace(program, summary=_worthy(program.summary, points)), Touches.VALUES)


def _worth(points: Fraction) -> str:
    return f"{exact(points)} point{'' if points == 1 else 's'}"


def _worthy(stage: ir.Stage, points: tuple[tuple[int, Fraction], ...]) -> ir.Stage:
    members = tuple(
        each if each.stage is None else replace(each, stage=_worthy(each.stage, points)) for each in stage.members
    )
    return replace(stage, points=points, members=members)


# ---- one stage -----------------------------------------------------------------------------------


def _on_scales(stage: ir.Stage) -> bool:
    """Whether some member is rated by a number, whose points are not a level."""
    return any(isinstance(member.scale, ir.NumberScale) for member in stage.members)


class _Part(Frozen):
    """Lines of one kind in a stage: the field that holds them, and what a change of them can touch."""

    field: str
    touches: Touches


class _Stage:
    """The changes of the lines of one stage. `inner` says that elements above are derived from it."""

    def __init__(self, system: System, stage: ir.Stage, put: _Put, steps: tuple[Fraction, ...], inner: bool) -> None:
        self.system = system
        self.stage = stage
        self.put = put
        self.steps = steps
        self.lines = Touches.VALUES if inner else Touches.LEVELS
        self.levels = tuple(level for level, _ in stage.points)
        self.own_points = any(level != points for level, points in stage.points) or _on_scales(stage)

    def changes(self) -> Iterator[Change]:
        """All of them, in the order of the parts of a stage."""
        yield from self._limits()
        yield from self._scales()
        yield from self._in_some_plans()
        yield from self._lists("further", further)
        yield from self._lists("unrated", partial(unrated, levels=self.levels))
        yield from self._definitions()
        yield from self._rows("rows")
        yield from self._rows("overrides")
        yield from self._rows("caps")

    def _change(self, origin: Origin, says: str, touches: Touches, **parts: object) -> Change:
        return Change(origin, says, self.put(replace(self.stage, **parts)), touches)

    def _reading(self, origin: Origin) -> Reading:
        return Reading(origin.span.text, self.levels, self.steps, self.own_points)

    def _limits(self) -> Iterator[Change]:
        for place, limit in enumerate(self.stage.limits):
            for each in limits(limit):
                others = self.stage.limits
                kept = without(others, place) if each.part is None else at(others, place, each.part)
                yield self._change(limit.origin, each.says, Touches.PLANS, limits=kept)

    def _scales(self) -> Iterator[Change]:
        """Ratings that a line of the policy sets; those of elements rated on all levels are set by no line."""
        for place, member in enumerate(self.stage.members):
            origin = self._line_of(member.name, RatedOnLevels | RatedOnScale)
            if origin is None or member.stage is not None:
                continue
            for each in scales(member.scale):
                members = at(self.stage.members, place, replace(member, scale=each.part))
                yield self._change(origin, each.says, Touches.VALUES, members=members)

    def _in_some_plans(self) -> Iterator[Change]:
        """An element that only some plans have, in every plan instead."""
        for place, member in enumerate(self.stage.members):
            origin = self._line_of(member.name, InSomePlans) if member.optional else None
            if origin is not None:
                members = at(self.stage.members, place, replace(member, optional=False))
                yield self._change(origin, "the line left out", Touches.PLANS, members=members)

    def _line_of(self, name: str, sort: type[Sentence] | UnionType) -> Origin | None:
        element = next((each for each in self.system.elements if each.name == name), None)
        stated = element.part.sentences if element else ()
        return next((each.origin for each in stated if isinstance(each.sentence, sort)), None)

    def _lists(self, name: str, vary: Callable[[Any], Iterator[Variant[object]]]) -> Iterator[Change]:
        items = getattr(self.stage, name)
        for place, item in enumerate(items):
            for each in vary(item):
                yield self._change(item.origin, each.says, Touches.VALUES, **{name: at(items, place, each.part)})

    def _definitions(self) -> Iterator[Change]:
        items = self.stage.definitions
        for place, item in enumerate(items):
            for each in expressions(item.expression, self._reading(item.origin)):
                changed = replace(item, expression=each.part)
                yield self._change(item.origin, each.says, Touches.VALUES, definitions=at(items, place, changed))

    def _rows(self, name: str) -> Iterator[Change]:
        rows: tuple[ir.Row, ...] = getattr(self.stage, name)
        for place, row in enumerate(rows):
            for each in conditions(row.condition, self._reading(row.origin)):
                changed = replace(row, condition=each.part)
                yield self._change(row.origin, each.says, self.lines, **{name: at(rows, place, changed)})
            yield from self._outcomes(name, place, row)
            yield self._change(row.origin, "the line left out", self.lines, **{name: without(rows, place)})
            if name == "rows" and self.stage.hit_policy is ir.HitPolicy.FIRST and place:
                swapped = (*rows[: place - 1], row, rows[place - 1], *rows[place + 1 :])
                yield self._change(row.origin, "read before the line above it", self.lines, rows=swapped)

    def _outcomes(self, name: str, place: int, row: ir.Row) -> Iterator[Change]:
        """The line giving the next level instead, up or down."""
        if not isinstance(row.outcome, ir.ToLevel):
            return
        rows: tuple[ir.Row, ...] = getattr(self.stage, name)
        given, places = row.outcome.level, sorted(self.levels)
        near = [each for each in places if each < given][-1:] + [each for each in places if each > given][:1]
        for level in near:
            changed = at(rows, place, replace(row, outcome=ir.ToLevel(level)))
            says = instead(f"level {level}", f"level {given}")
            yield self._change(row.origin, says, self.lines, **{name: changed})
