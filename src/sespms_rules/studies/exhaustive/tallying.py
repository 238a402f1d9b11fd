"""ir.Program -> how many appraisals end at each level, by each line, with each weakest element, in each refusal.

Exact numbers over every plan the policy allows and every rating, from the walk and the columnar engine.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sespms_rules.engines.columnar import (
    NOT_RATED,
    RATED,
    REFUSED,
    ColumnarEngine,
    ColumnResult,
    ColumnsTooLargeError,
    NotInColumnsError,
)
from sespms_rules.foundation.values import Frozen, field, replace
from sespms_rules.program import ir
from sespms_rules.program.rating import Appraisal
from sespms_rules.studies.exhaustive.joint import joint_stages
from sespms_rules.studies.exhaustive.kinds_block import BlockOfKinds
from sespms_rules.studies.exhaustive.running_totals import kinds_of
from sespms_rules.studies.exhaustive.sufficient_statistics import Unobservable
from sespms_rules.studies.exhaustive.walk import MOST_ROWS, Block, Domain, NotWalkable, domain, walk

Array = NDArray[Any]
_ABOVE_ALL = 6


class LineTally(Frozen):
    """A line that gives a level, and how many appraisals it decides. A line that gives `not rated` has no count."""

    row: ir.Row
    override: bool
    level: int
    cases: int
    is_cap: bool = field(default=False)


class WeakestTally(Frozen):
    """How many appraisals get a level with their weakest element at another, and one of them."""

    level: int
    weakest: int
    cases: int
    example: Appraisal


class RefusalTally(Frozen):
    """How many appraisals a code refuses, and one of them."""

    code: str
    cases: int
    example: Appraisal


class ChangeTally(Frozen):
    """How many appraisals get one level here and another there, and one of them."""

    here: int
    there: int
    cases: int
    example: Appraisal


class Tally(Frozen):
    """All appraisals of a program, told apart.

    `weakest` is by the weakest critical element that is rated, and empty where an element is derived from requirements;
    where some plan has noncritical elements too, `among_critical` says so. `changes` are the appraisals that another
    program gives another level, where one was given. `unrated_lines` are those that end in "not rated", `not_rated`
    times together. `in_order` says that the first line that fits is taken.
    """

    domain: Domain
    levels: tuple[tuple[int, int], ...]
    not_rated: int
    lines: tuple[LineTally, ...]
    refusals: tuple[RefusalTally, ...]
    weakest: tuple[WeakestTally, ...]
    changes: tuple[ChangeTally, ...] = field(default=())
    unrated_lines: tuple[ir.Row, ...] = field(default=())
    among_critical: bool = field(default=False)
    in_order: bool = field(default=False)


def tally(program: ir.Program, *, against: ir.Program | None = None, limit: int = MOST_ROWS) -> Tally:
    """Count every appraisal of a program; `against` is another program to check each level against.

    Raises `NotWalkable` where they cannot all be walked through.
    """
    try:
        counting = _Counting(program, against)
        try:
            blocks = walk(program, limit=limit)
        except NotWalkable as fault:
            return _by_kinds(counting, program, against, fault)
        for block in blocks:
            counting.add(block)
    except (NotInColumnsError, ColumnsTooLargeError) as fault:
        raise NotWalkable(f"the policy cannot be counted: {fault.message}", "ask for a proof instead") from None
    return counting.tally(domain(program))


def _by_kinds(counting: _Counting, program: ir.Program, against: ir.Program | None, too_many: NotWalkable) -> Tally:
    """Count the kinds of appraisals where there are too many appraisals; raise `too_many` where that cannot be done."""
    if program.facts:
        raise too_many
    total = Domain(0, 0, 0)
    try:
        for shape in joint_stages((program, *([] if against is None else [against]))):
            block = BlockOfKinds(shape, kinds_of(shape, by_lowest=True))
            total = block.added_to(total)
            if block.rows:
                counting.add(block)
    except (Unobservable, NotWalkable):
        raise too_many from None
    return counting.tally(total)


class _Counting:
    """Adds up block after block. A first row that shows something is kept as its example."""

    def __init__(self, program: ir.Program, against: ir.Program | None) -> None:
        self.program = program
        self.lines = tuple(_lines(program.summary))
        late = "TheLevel(" in repr(program.summary.definitions)
        self.by_line = ColumnarEngine(numbered_by_line(program))
        self.by_level = ColumnarEngine(program) if late or program.summary.caps else None
        self.other = ColumnarEngine(against) if against is not None and against is not program else None
        self.cases = [0] * (len(self.lines) + 1)
        self.nested = any(member.stage is not None for member in program.summary.members)
        self._known: tuple[Array | None, Array] = (None, np.zeros(0, dtype=np.int8))
        self.among_critical = False
        self.not_rated = 0
        self.refused: Counter[str] = Counter()
        self.weakest: Counter[tuple[int, int]] = Counter()
        self.changed: Counter[tuple[int, int]] = Counter()
        self.examples: dict[tuple[object, ...], Appraisal] = {}

    def add(self, block: Block | BlockOfKinds) -> None:
        """Rate a block and add what it stands for."""
        result = self.by_line.rate_columns(block.columns)
        line = result.level
        if self.by_level is not None:  # what is worked out behind the level may refuse it after all
            result = self.by_level.rate_columns(block.columns)
            line = np.where(result.outcome == RATED, self._capped(line, result.level), line.dtype.type(0))
        self._refusals(block, result)
        self._lines(block, line)
        if self.other is not None:
            self._changes(block, line, self.other.rate_columns(block.columns))

    def _capped(self, line: Array, level: Array) -> Array:
        """The number of the cap that lowered the level of a line, where one did; else that of the line."""
        if not self.program.summary.caps:
            return line
        given = np.array([0, *(each.level for each in self.lines)], dtype=np.int8)[line]
        found = line
        for number, each in enumerate(self.lines, start=1):
            if each.is_cap:
                found = np.where((level < given) & (level == each.level), line.dtype.type(number), found)
        return found

    def _refusals(self, block: Block | BlockOfKinds, result: ColumnResult) -> None:
        self.not_rated += block.count(result.outcome == NOT_RATED)
        if not (result.outcome == REFUSED).any():
            return
        for bits in np.unique(result.codes).tolist():
            truth = result.codes == bits
            for code in (f"SES6{number:02}" for number in range(1, 22) if bits >> number & 1):
                self.refused[code] += block.count(truth)
                self._keep(("refused", code), block, truth)

    def _lines(self, block: Block | BlockOfKinds, line: Array) -> None:
        """Count by line and weakest element at once; small numbers in one column are quick to compare."""
        both = line * np.int8(8) + self._lowest(block) if len(self.lines) < 15 else line.astype(np.int16) * 8
        for number, each in enumerate(self.lines, start=1):
            for weakest in range(6):
                truth = both == number * 8 + weakest
                cases = block.count(truth)
                if not cases:
                    continue
                self.cases[number] += cases
                if weakest:
                    self.weakest[each.level, weakest] += cases
                    self._keep(("weakest", each.level, weakest), block, truth)

    def _lowest(self, block: Block | BlockOfKinds) -> Array | np.int8:
        """The lowest rating given in each row; 0 where none was, or an element is derived from requirements."""
        if self.nested:
            return np.int8(0)
        ratings, critical = block.ratings(), block.critical
        columns = [ratings[name] for name in critical]
        self.among_critical |= len(columns) < len(ratings)
        if not columns:
            return np.int8(0)
        if self._known[0] is not columns[0]:  # blocks share their columns of ratings
            self._known = (columns[0], lowest_given(columns))
        return self._known[1]

    def _changes(self, block: Block | BlockOfKinds, line: Array, other: ColumnResult) -> None:
        here = np.array([0, *(each.level for each in self.lines)], dtype=np.int8)[line]
        moved = (here != other.level) & (here > 0) & (other.level > 0)
        for pair in np.unique(here[moved].astype(np.int16) * 8 + other.level[moved]).tolist():
            truth = moved & (here == pair // 8) & (other.level == pair % 8)
            self.changed[pair // 8, pair % 8] += block.count(truth)
            self._keep(("changed", pair // 8, pair % 8), block, truth)

    def _keep(self, key: tuple[object, ...], block: Block | BlockOfKinds, truth: Array) -> None:
        if key not in self.examples:
            self.examples[key] = block.appraisal(int(np.flatnonzero(truth)[0]))

    def tally(self, covered: Domain) -> Tally:
        """All that was added, of so many appraisals."""
        lines = tuple(replace(each, cases=self.cases[place]) for place, each in enumerate(self.lines, start=1))
        known = sorted({level for level, _ in self.program.summary.points} | {each.level for each in lines})
        levels = tuple((level, sum(each.cases for each in lines if each.level == level)) for level in reversed(known))
        refusals = (RefusalTally(code, cases, self.examples["refused", code]) for code, cases in self.refused.items())
        return Tally(
            covered,
            levels,
            self.not_rated,
            lines,
            tuple(sorted(refusals, key=lambda each: each.code)),
            tuple(
                WeakestTally(*key, cases, self.examples["weakest", *key])
                for key, cases in sorted(self.weakest.items(), key=lambda each: (-each[0][0], each[0][1]))
            ),
            tuple(
                ChangeTally(*key, cases, self.examples["changed", *key]) for key, cases in sorted(self.changed.items())
            ),
            unrated_lines(self.program.summary),
            self.among_critical,
            self.program.summary.hit_policy is ir.HitPolicy.FIRST,
        )


def lowest_given(columns: Sequence[Array]) -> Array:
    """The lowest of the ratings of each row, where 0 is an element that is not rated; 0 where none is rated."""
    lowest: Array = np.minimum.reduce([np.where(each == 0, each.dtype.type(_ABOVE_ALL), each) for each in columns])
    found: Array = np.where(lowest == _ABOVE_ALL, lowest.dtype.type(0), lowest)
    return found


# ---- which line decides --------------------------------------------------------------------------


def _lines(stage: ir.Stage) -> Iterator[LineTally]:
    """The lines that give a level: overrides as they are read, the lowest level first, then the others, then caps."""
    overrides = [row for row in stage.overrides if isinstance(row.outcome, ir.ToLevel)]
    for row in sorted(overrides, key=_given):
        yield LineTally(row, True, _given(row), 0)
    for row in stage.rows:
        if isinstance(row.outcome, ir.ToLevel):
            yield LineTally(row, False, row.outcome.level, 0)
    for row in stage.caps:
        yield LineTally(row, False, _given(row), 0, is_cap=True)


def unrated_lines(stage: ir.Stage) -> tuple[ir.Row, ...]:
    """The lines that end an appraisal as not rated."""
    return tuple(row for row in (*stage.overrides, *stage.rows) if isinstance(row.outcome, ir.ToNotRated))


def _given(row: ir.Row) -> int:
    return row.outcome.level if isinstance(row.outcome, ir.ToLevel) else 0


def numbered_by_line(program: ir.Program) -> ir.Program:
    """The program with the number of each line, as `_lines` has them, in the place of the level it gives.

    Values that are worked out behind the level, which no line can read, become 0.
    """
    stage = program.summary
    numbers = {id(each.row): number for number, each in enumerate(_lines(stage), start=1)}

    def numbered(rows: tuple[ir.Row, ...]) -> tuple[ir.Row, ...]:
        return tuple(replace(row, outcome=ir.ToLevel(numbers[id(row)])) if id(row) in numbers else row for row in rows)

    nothing = ir.Constant(stage.points[0][1] * 0) if stage.points else None
    late: set[str] = set()
    definitions: list[ir.Definition | ir.ScoreDefinition] = []
    for each in stage.definitions:
        said = repr(each.expression)
        waits = "TheLevel(" in said or any(f"name={name!r}" in said for name in late)
        if waits and nothing is not None and isinstance(each, ir.Definition):
            late.add(each.name)
            definitions.append(ir.Definition(each.name, nothing, each.origin))
        else:
            definitions.append(each)
    summary = replace(
        stage,
        overrides=numbered(stage.overrides),
        rows=numbered(stage.rows),
        definitions=tuple(definitions),
        caps=(),  # a cap compares levels, and here are numbers of lines in their place
    )
    return replace(program, summary=summary)
