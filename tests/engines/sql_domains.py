"""Whole domains as tables: every combination of ratings under many allowed plans, rows with faults behind them.

What "every combination" is where a rating is not a level: of a scale of numbers all its whole numbers, of a second
rating its least, its middle and its greatest; numbers on a scale are drawn in tenths besides. Where these make more
than 20,000 for one plan (by night 400,000), every combination of levels is tried and the other ratings are drawn for
each. Where levels alone make more, 5,000 are drawn, beside tables of fewer members that are whole. What a plan brings
itself is tried in all numbers and kinds, the fewest first.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from fractions import Fraction
from functools import cache
from math import prod

import numpy as np

from engines.sql_tables import RATING, Arrays, shipped
from engines.test_columnar import DrawFor
from nights import NIGHTLY, at_depth
from sespms_rules.engines.columnar.columns import MemberColumns, StageColumns
from sespms_rules.engines.columnar.masks import Array, Truth, simple
from sespms_rules.engines.columnar.values import Value, of_column
from sespms_rules.engines.reference.admission import admit
from sespms_rules.engines.reference.admitted_appraisal import Case
from sespms_rules.engines.sql.table import OwnMember
from sespms_rules.foundation.resources import policy_names
from sespms_rules.foundation.values import Frozen
from sespms_rules.program import ir
from sespms_rules.program.rating import Appraisal, Rated
from systems import amended_by

PLANS = at_depth(20, 50)
"""Under how many plans of a policy its domain is walked."""

FEW = 20_000
MOST = 400_000 if NIGHTLY else FEW
"""How many combinations of one plan are all tried."""

DRAWN = 5_000
"""How many are drawn for one plan where there are more."""

PLANS_OF_MANY = 2
"""For how many plans more than a few combinations are tried, or drawn."""

SCALED = 20_000
"""How many rows of numbers on scales are drawn in tenths."""

NONE = -30_000
"""Stands in an array for an empty cell."""

TENTHS = 10
_FAULTS = (NONE, 0, -1, 2, 6, 37, 101)
_NAMES = ("Safety", "Permits", "Outreach", "Staff", "Budget", "Training", "Records", "Fleet")


class Cell(Frozen):
    """A column of a table: its name, the denominator of its numbers, and the numerators to try."""

    column: str
    denominator: int
    choices: tuple[int, ...]


class Node(Frozen):
    """A member of a plan and the columns it stands in; `inner` are its requirements, where its level comes of them."""

    name: str
    named: bool
    critical: bool
    rating: Cell | None
    weight: Cell | None
    further: tuple[tuple[str, Cell], ...]
    inner: tuple[Node, ...]


class Table(Frozen):
    """Rows to rate: arrays of numerators by the names of columns, and who the members of all its plans are.

    `plans` is how many plans are in it, `sound` how many of its rows have no fault, `whole` whether every
    combination of levels is among these.
    """

    program: ir.Program
    own: tuple[OwnMember, ...]
    nodes: tuple[Node, ...]
    arrays: Arrays
    plans: int
    sound: int
    whole: bool

    @property
    def rows(self) -> int:
        """How many rows there are."""
        return len(next(iter(self.arrays.values())))

    @property
    def decimals(self) -> int:
        """How many decimals its columns may have."""
        return int(any(cell.denominator > 1 for cell in cells(self.nodes)))


# ---- every shipped program -------------------------------------------------------------------------


@cache
def programs() -> dict[str, ir.Program]:
    """The program of every system that is shipped, and what each shipped amendment makes of its system."""
    found = {f"{name}: {each.name}": each for name in (*RATING, *policy_names("shapes")) for each in shipped(name)}
    for name in policy_names("what-if"):
        found |= {f"{name}: {each}": program for each, program in amended_by(name)}
    # Facts are no members, and a table does not say which plans have an element: tests/facts and test_some_plans.py.
    return {name: each for name, each in found.items() if not each.facts and not _has_optional(each)}


def _has_optional(program: ir.Program) -> bool:
    """Whether some plans only have some of the elements that the policy names."""
    return any(member.optional for stage in stages(program.summary) for member in stage.members)


def stages(stage: ir.Stage) -> Iterator[ir.Stage]:
    """A derivation and those of its members."""
    yield stage
    for member in stage.members:
        if member.stage is not None:
            yield from stages(member.stage)


# ---- members and their columns ---------------------------------------------------------------------


def nodes_of(stage: ir.Stage, own: Sequence[OwnMember], path: tuple[str, ...] = ()) -> tuple[Node, ...]:
    """The members that plans have, the policy's first, then those they bring."""
    levels = ir.LevelScale(tuple(level for level, _ in stage.points))
    brought = [ir.Member(each.path[-1], each.critical, levels, None) for each in own if each.path[:-1] == path]
    named = [_node(stage, each, own, path, named=True) for each in stage.members]
    return (*named, *(_node(stage, each, own, path, named=False) for each in brought))


def _node(stage: ir.Stage, member: ir.Member, own: Sequence[OwnMember], path: tuple[str, ...], *, named: bool) -> Node:
    written = " / ".join((*path, member.name))
    rating: Cell | None = None
    inner: tuple[Node, ...] = ()
    if member.stage is not None:
        inner = nodes_of(member.stage, own, (*path, member.name))
    elif isinstance(member.scale, ir.NumberScale):
        low, high = int(member.scale.low), int(member.scale.high)
        rating = Cell(f"{written} rating", TENTHS, tuple(range(low * TENTHS, high * TENTHS + 1, TENTHS)))
    else:
        empty = (NONE,) if stage.unrated else ()
        rating = Cell(f"{written} level", 1, (*member.scale.levels, *empty))
    further = tuple((each.name, Cell(f"{written} {each.name}", TENTHS, _three(each))) for each in stage.further)
    weight = Cell(f"{written} weight", 1, ()) if stage.weighted else None
    return Node(member.name, named, member.critical, rating, weight, further, inner)


def _three(further: ir.Further) -> tuple[int, ...]:
    three = [further.low * TENTHS, (further.low + further.high) / 2 * TENTHS, further.high * TENTHS]
    assert all(each.denominator == 1 for each in three), further
    return tuple(map(int, three))


def cells(nodes: Sequence[Node]) -> Iterator[Cell]:
    """All columns of members."""
    for node in nodes:
        yield from (cell for cell in (node.rating, node.weight, *(cell for _, cell in node.further)) if cell)
        yield from cells(node.inner)


def appraisal(table: Table, row: int) -> Appraisal:
    """A row as an appraisal."""

    def number(cell: Cell | None) -> Fraction | None:
        if cell is None:
            return None
        top = int(table.arrays[cell.column][row])
        return None if top == NONE else _fraction(top, cell.denominator)

    def rated(node: Node) -> Rated:
        given = ((name, number(cell)) for name, cell in node.further)
        further = tuple((name, value) for name, value in given if value is not None)
        return Rated(
            node.name, number(node.rating), number(node.weight), further, tuple(map(rated, node.inner)), node.critical
        )

    return Appraisal(str(row), tuple(map(rated, table.nodes)))


_fraction = cache(Fraction)


def columns_of(nodes: Sequence[Node], arrays: Arrays) -> StageColumns:
    """A table as the columnar engine takes it."""

    def value(cell: Cell | None) -> tuple[Value | None, Truth]:
        if cell is None:
            return None, False
        column: Array = arrays[cell.column]
        there = simple(column != NONE)
        if there is False:
            return None, False
        return of_column(np.where(column == NONE, column.max(), column), cell.denominator), there

    def member(node: Node) -> MemberColumns:
        further = ((name, *value(cell)) for name, cell in node.further)
        return MemberColumns(
            *value(node.rating),
            *value(node.weight),
            tuple((name, found, where) for name, found, where in further if found is not None),
            critical=node.critical,
            inner=columns_of(node.inner, arrays) if node.rating is None else None,
        )

    made = [(node.named, member(node)) for node in nodes]
    return StageColumns(tuple(each for named, each in made if named), tuple(each for named, each in made if not named))


# ---- plans -----------------------------------------------------------------------------------------


def layouts(program: ir.Program) -> Iterator[tuple[OwnMember, ...]]:
    """What plans may bring, the fewest first: elements of kinds there may be, and requirements; not all are allowed."""
    choices = []
    if program.summary.open:
        least = 0 if program.summary.members else 1
        kinds = tuple(critical for critical in (True, False) if program.summary.may_bring(critical=critical))
        choices.append([own for count in range(least, 9) for own in _brought((), count, kinds)])
    nests = (member.name for member in program.summary.members if member.stage is not None and member.stage.open)
    choices += [[own for count in range(1, 6) for own in _brought((name,), count, (True,))] for name in nests]
    found = [tuple(itertools.chain(*each)) for each in itertools.product(*choices)]
    yield from sorted(found, key=len)


def _brought(path: tuple[str, ...], count: int, kinds: tuple[bool, ...]) -> Iterator[tuple[OwnMember, ...]]:
    for each in itertools.product(kinds, repeat=count):
        yield tuple(OwnMember((*path, name), critical) for name, critical in zip(_NAMES, each, strict=False))


def _plans(program: ir.Program, nodes: tuple[Node, ...], count: int, draw: DrawFor) -> list[dict[str, int]]:
    """Weights that the policy admits, drawn at random: each plan by its columns. None where no plan is allowed."""
    best = {cell.column: np.array([cell.choices[0]]) for cell in cells(nodes) if cell.choices}
    weighted = any(not cell.choices for cell in cells(nodes))
    found: dict[tuple[int, ...], dict[str, int]] = {}
    for tried in range(6_000 if weighted else 1):
        near = found and draw.chance(0.5)
        plan = _moved(found, draw) if near else dict(_weights(program.summary, nodes, draw))
        arrays = best | {name: np.array([weight]) for name, weight in plan.items()}
        row = Table(program, (), nodes, arrays, 1, 1, True)
        if isinstance(admit(program, appraisal(row, 0)), Case):
            found.setdefault(tuple(plan.values()), plan)
        if len(found) == count or (not found and tried > 400):
            break
    return list(found.values())


def _moved(found: dict[tuple[int, ...], dict[str, int]], draw: DrawFor) -> dict[str, int]:
    """A plan found before with some weight taken from one member and given to another."""
    plan = dict(draw.random.choice(list(found.values())))
    giver, taker = (draw.random.choice(list(plan)) for _ in range(2))
    by = draw.random.choice((1, 2, 5, 7, 10))
    plan[giver] -= by
    plan[taker] += by
    return plan


def _weights(stage: ir.Stage, nodes: Sequence[Node], draw: DrawFor) -> Iterator[tuple[str, int]]:
    members = [ir.Member(node.name, node.critical, ir.LevelScale((1,)), None) for node in nodes]
    policy = {member.name: member for member in stage.members}
    for node, weight in zip(nodes, draw.weights(stage, members), strict=True):
        if node.weight is not None and weight is not None:
            yield node.weight.column, int(weight)
        inner = policy[node.name].stage if node.named else None
        if inner is not None:
            yield from _weights(inner, node.inner, draw)


# ---- tables ----------------------------------------------------------------------------------------


@cache
def tables(name: str, plans: int = PLANS) -> tuple[Table, ...]:
    """The whole domain of a shipped program under so many plans (or all it has, where these are fewer).

    A table holds the plans of the same members. Many small layouts with their weights make up the number.
    """
    program = programs()[name]
    draw = DrawFor(sum(map(ord, name)))
    # Weights, or elements of the plan's own, make many plans of few members; else it takes more requirements.
    may_end = program.summary.open or any(each.weighted for each in stages(program.summary))
    legal: list[tuple[tuple[OwnMember, ...], tuple[Node, ...], list[dict[str, int]]]] = []
    for own in layouts(program):
        nodes = nodes_of(program.summary, own)
        if prod(_sizes(_rated(nodes))) > MOST and len(legal) > 2 and may_end:
            break
        found = _plans(program, nodes, plans, draw)
        if found:
            legal.append((own, nodes, found))
        if len(legal) == plans:
            break
    assert legal, f"no plan the policy allows was found for {name}"
    of_few = [prod(_sizes(_levels(nodes))) <= FEW for _, nodes, _ in legal]
    each = -(-plans // max(1, sum(of_few)))
    return tuple(
        _table(program, own, nodes, found[: each if few else PLANS_OF_MANY], draw)
        for (own, nodes, found), few in zip(legal, of_few, strict=True)
    )


def _rated(nodes: Sequence[Node]) -> list[Cell]:
    return [cell for cell in cells(nodes) if cell.choices]


def _levels(nodes: Sequence[Node]) -> list[Cell]:
    return [cell for cell in _rated(nodes) if cell.column.endswith(" level")]


def _sizes(rated: Sequence[Cell]) -> list[int]:
    return [len(cell.choices) for cell in rated]


def _table(
    program: ir.Program, own: tuple[OwnMember, ...], nodes: tuple[Node, ...], plans: list[dict[str, int]], draw: DrawFor
) -> Table:
    random = np.random.default_rng(draw.random.randrange(1 << 30))
    rated, levels = _rated(nodes), _levels(nodes)
    whole = rated if prod(_sizes(rated)) <= MOST else levels if prod(_sizes(levels)) <= MOST else []
    every = np.array(list(itertools.product(*(cell.choices for cell in whole))), dtype=np.int16)
    drawn = len(every) if whole else DRAWN
    by_cell = {cell.column: column for cell, column in zip(whole, every.T, strict=True)}
    by_cell |= {
        cell.column: random.choice(cell.choices, drawn).astype(np.int16) for cell in rated if cell.column not in by_cell
    }
    vectors = np.stack([by_cell[cell.column] for cell in rated], axis=1)
    scales = [cell for cell in rated if cell.column.endswith(" rating")]
    if scales:
        tenths = np.stack([random.integers(min(c.choices), max(c.choices) + 1, SCALED) for c in rated], axis=1)
        vectors = np.concatenate([vectors, tenths.astype(np.int16)])
    arrays: Arrays = {c.column: np.tile(column, len(plans)) for c, column in zip(rated, vectors.T, strict=True)}
    for column in plans[0]:
        arrays[column] = np.repeat(np.array([plan[column] for plan in plans], dtype=np.int16), len(vectors))
    sound = len(vectors) * len(plans)
    return Table(program, own, nodes, _with_faults(arrays, nodes, random, sound), len(plans), sound, bool(whole))


def _with_faults(arrays: Arrays, nodes: Sequence[Node], random: np.random.Generator, sound: int) -> Arrays:
    """The same, and behind it rows with one or two cells that are empty or hold something else."""
    rows = max(200, sound // 50)
    picked = random.integers(0, sound, rows)
    faulty = {name: column[picked].copy() for name, column in arrays.items()}
    every = list(cells(nodes))
    for row in range(rows):
        for place in random.choice(len(every), random.integers(1, 3)):
            number = _FAULTS[random.integers(len(_FAULTS))]
            scale = 1 if number == NONE else every[place].denominator
            faulty[every[place].column][row] = number * scale
    return {name: np.concatenate([column, faulty[name]]) for name, column in arrays.items()}
