"""The cells of one row -> the elements of an appraisal, with a refusal for each cell that says nothing clear."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction
from functools import lru_cache

from sespms_rules.foundation.no_rating import NOT_APPLICABLE, NOT_IN_PLAN, NOT_RATED
from sespms_rules.foundation.origin import exact
from sespms_rules.foundation.values import Frozen, field, replace
from sespms_rules.program.ir import Kind, LevelScale, Program, Stage, WeightTotal
from sespms_rules.program.rating import Rated, Refusal
from sespms_rules.rosters.files.blanks import tidy, trimmed
from sespms_rules.rosters.files.columns import CRITICAL, RATING, WEIGHT, Column, Layout
from sespms_rules.rosters.files.level_words import LevelWords, no_level
from sespms_rules.rosters.files.numbers import ANY_NUMBER, read_number, share_of_a_whole
from sespms_rules.rosters.files.rows import CONTRADICTING_CELLS, NOT_A_NUMBER, NOT_YES_OR_NO, refused

_YES_AND_NO = {"yes": True, "no": False}


class Place(Frozen):
    """A column by its index in a row and its heading."""

    index: int
    heading: str


class MemberColumns(Frozen):
    """The columns of one element or requirement; `requirements` those of what it is worked out from.

    `on_levels` says that it is rated on levels, which have words, and not on a scale of numbers. `declared` is
    whether the policy says that the element is critical; None where it does not name the element.
    """

    name: str
    rating: Place | None
    weight: Place | None
    critical: Place | None
    further: tuple[tuple[str, Place], ...]
    requirements: tuple[MemberColumns, ...]
    is_critical: bool
    on_levels: bool
    declared: bool | None = field(default=None)
    total: Fraction | None = field(default=None)


def members_of(layout: Layout, program: Program) -> tuple[MemberColumns, ...]:
    """Gather the columns of each element: first the policy's own in its order, then others as they stand."""
    named = [element.name for element in program.summary.members]
    critical = {element.name: element.critical for element in program.summary.members}
    columns = [each for each in layout.columns if each[1].path]
    names = dict.fromkeys(named) | {tidy(column.path[0]): None for _, column in columns}
    by_tidy = {tidy(name): name for name in named}
    firsts: dict[str, str] = {}
    for name in names:
        first = next((column.path[0] for _, column in columns if tidy(column.path[0]) == tidy(name)), name)
        firsts.setdefault(tidy(name), by_tidy.get(tidy(name), first))
    scales = _number_scales(program)
    inner = {element.name: element.stage for element in program.summary.members}
    return tuple(
        _with_totals(
            replace(_gathered(key, 0, columns, critical.get(name), scales), name=name), program.summary, inner.get(name)
        )
        for key, name in firsts.items()
        if _has(key, columns)
    )


def _with_totals(columns: MemberColumns, stage: Stage, inner: Stage | None) -> MemberColumns:
    """The same with what the weights of elements total, and those of its requirements."""
    below = tuple(replace(each, total=_total(inner)) for each in columns.requirements)
    return replace(columns, total=_total(stage), requirements=below)


def _total(stage: Stage | None) -> Fraction | None:
    totals = [each.total for each in stage.limits if isinstance(each, WeightTotal)] if stage else []
    return totals[0] if len(totals) == 1 else None


def _number_scales(program: Program) -> frozenset[tuple[str, ...]]:
    """The paths of the elements and requirements that are rated on a scale of numbers."""
    found: list[tuple[str, ...]] = []
    for element in program.summary.members:
        inner = element.stage.members if element.stage else ()
        found += [(element.name,)] if not isinstance(element.scale, LevelScale) else []
        found += [(element.name, each.name) for each in inner if not isinstance(each.scale, LevelScale)]
    return frozenset(found)


def _has(key: str, columns: Sequence[tuple[int, Column]]) -> bool:
    return any(tidy(column.path[0]) == key for _, column in columns)


def _gathered(
    key: str,
    depth: int,
    columns: Sequence[tuple[int, Column]],
    declared: bool | None,
    scales: frozenset[tuple[str, ...]],
) -> MemberColumns:
    """The columns whose path has `key` at `depth`; the name is as the first of them writes it."""
    inside = [each for each in columns if len(each[1].path) > depth and tidy(each[1].path[depth]) == key]
    own = [(Place(index, column.heading), column) for index, column in inside if len(column.path) == depth + 1]
    below = [each for each in inside if len(each[1].path) > depth + 1]
    keys = dict.fromkeys(tidy(column.path[depth + 1]) for _, column in below)

    def place(holds: str) -> Place | None:
        return next((place for place, column in own if column.holds == holds and not column.further), None)

    return MemberColumns(
        inside[0][1].path[depth],
        place(RATING),
        place(WEIGHT),
        place(CRITICAL),
        tuple((column.holds, place) for place, column in own if column.further),
        tuple(_gathered(each, depth + 1, below, declared, scales) for each in keys),
        declared is not False or depth > 0,
        inside[0][1].path[: depth + 1] not in scales,
        declared,
    )


_MOST_READ = 4_096
"""How many readings of a member are remembered."""
_LONGEST_READ = 1_000
"""Of cells with more characters together nothing is remembered."""


class MemberReader:
    """Reads the cells of one member; cells that were read before are not read again.

    A million rows hold few different pairs of weight and level, so that most rows cost one look-up an element. Whoever
    remembers them himself, and has to know which words were read in each, says `remembers=False`.
    """

    def __init__(self, columns: MemberColumns, words: LevelWords, *, remembers: bool = True) -> None:
        self._columns = columns
        self.name = columns.name
        self._below = tuple(MemberReader(each, words, remembers=remembers) for each in columns.requirements)
        self._words = words
        places = [columns.rating, columns.weight, columns.critical, *(place for _, place in columns.further)]
        self._indices = tuple(place.index for place in places if place)
        self.indices: tuple[int, ...] = self._indices + tuple(i for each in self._below for i in each.indices)
        self._remembers = remembers
        self._read = lru_cache(maxsize=_MOST_READ)(self._read_cells)
        self._as_written: dict[tuple[str, ...], tuple[Rated | None, tuple[Refusal, ...]]] = {}

    def read(self, cell: Callable[[int], str]) -> tuple[Rated | None, tuple[Refusal, ...]]:
        """Return the member, None where it is not in this plan, and what is wrong (without naming the row).

        `cell` gives the text of a cell of the row by its index.
        """
        written = tuple([cell(index) for index in self.indices])
        found = self._as_written.get(written)
        if found is None:
            if not self._remembers or sum(map(len, written)) > _LONGEST_READ:
                return self._read_cells(tuple(map(trimmed, written)))
            found = self._read(tuple(map(trimmed, written)))
            if len(self._as_written) < _MOST_READ:
                self._as_written[written] = found
        return found

    def _read_cells(self, cells: tuple[str, ...]) -> tuple[Rated | None, tuple[Refusal, ...]]:
        row = dict(zip(self.indices, cells, strict=True))
        faults: list[Refusal] = []
        requirements = []
        for reader in self._below:
            rated, wrong = reader.read(row.__getitem__)
            faults += wrong
            requirements += [rated] if rated else []
        here = {tidy(row[index]) for index in self._indices}
        left_out = NOT_IN_PLAN in here or (bool(self._below) and not requirements and not faults)
        if left_out:
            whole = not requirements and here <= {NOT_IN_PLAN, ""}
            return None, tuple(faults) if whole else (*faults, self._contradiction())
        columns = self._columns
        rating = self._number(columns.rating, row, faults, rating=True)
        weight = self._number(columns.weight, row, faults)
        further = [(name, self._number(place, row, faults, rating=True)) for name, place in columns.further]
        given = tuple((name, value) for name, value in further if value is not None)
        critical = self._yes(columns.critical, row, faults)
        return Rated(columns.name, rating, weight, given, tuple(requirements), critical), tuple(faults)

    def _contradiction(self) -> Refusal:
        name = self._columns.name
        says = f"some say `{NOT_IN_PLAN}` and others hold a value"
        return refused(
            CONTRADICTING_CELLS, f"columns of `{name}`", says, f"empty the others, or replace `{NOT_IN_PLAN}`", name
        )

    def _number(
        self, place: Place | None, row: dict[int, str], faults: list[Refusal], *, rating: bool = False
    ) -> Fraction | None:
        if place is None:
            return None
        text = row[place.index]
        if not text or (rating and tidy(text) == NOT_RATED):
            return None
        value = read_number(text)
        on_levels = place is self._columns.rating and self._columns.on_levels
        doubt = self._words.doubt(value) if on_levels and isinstance(value, Fraction) else None
        if doubt is not None:
            faults.append(
                refused(NOT_A_NUMBER, f"column `{place.heading}`", doubt.says, doubt.help, self._columns.name)
            )
            return None
        if isinstance(value, Fraction):
            return value
        if on_levels:
            level = self._words.read(text)
            if level is not None:
                return level
        named = self._words.level(text) if place is self._columns.rating else None
        told = self._cure(place, text, value.help)
        help = told if named is None else f"write `{named}`"
        if tidy(text) in NOT_APPLICABLE:
            help = f"write `{NOT_IN_PLAN}` where the plan does not have it" + (
                "; leave it empty for not rated" if rating else ""
            )
        elif place is self._columns.rating and help == ANY_NUMBER:
            empty = "; leave it empty for not rated"
            help = self._words.instead(text, empty) if on_levels else f"{help}{empty}"
        says = no_level(text) if on_levels and told == ANY_NUMBER else value.says
        faults.append(refused(NOT_A_NUMBER, f"column `{place.heading}`", says, help, self._columns.name))
        return None

    def _cure(self, place: Place, text: str, help: str) -> str:
        """What to write for a share: a weight by what the weights total (`25%` of a total of 1 is 0.25), no level."""
        # `4/5` is a level out of five, or two levels; the fraction that it would be is neither. Nor is that of `4,5`.
        on_levels = place is self._columns.rating and self._columns.on_levels
        if on_levels and (any(sign in text for sign in "/,") or text.endswith("%")):
            return ANY_NUMBER
        share, total = share_of_a_whole(text), self._columns.total
        if share is None or total is None or place is not self._columns.weight:
            return help
        written = exact(share * total)
        return help if "/" in written else f"write `{written}`, as the weights total `{exact(total)}`"

    def _yes(self, place: Place | None, row: dict[int, str], faults: list[Refusal]) -> bool:
        if place is None:
            return self._columns.is_critical
        text = tidy(row[place.index])
        said = _YES_AND_NO.get(text) if text else self._columns.is_critical
        if said is None:
            says = f"`{row[place.index]}` does not say whether the element is critical"
            faults.append(refused(NOT_YES_OR_NO, f"column `{place.heading}`", says, "write `yes` or `no`"))
        elif self._columns.declared is not None:
            if text and said is not self._columns.declared:
                faults.append(self._not_as_declared(place, row[place.index]))
            return self._columns.is_critical
        return said is not False

    def _not_as_declared(self, place: Place, text: str) -> Refusal:
        sort = (Kind.CRITICAL if self._columns.declared else Kind.NONCRITICAL).value
        name = self._columns.name
        says = f"it says `{text}` of `{name}`, which the policy names among its {sort}s"
        help = "empty the cell, or correct it; what is critical is for the policy to say"
        return refused(CONTRADICTING_CELLS, f"column `{place.heading}`", says, help, name)
