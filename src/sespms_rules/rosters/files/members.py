"""The cells of one row -> the elements of an appraisal, with a refusal for each cell that says nothing clear."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction
from functools import lru_cache

from sespms_rules.foundation.values import Frozen
from sespms_rules.program.ir import Program
from sespms_rules.program.rating import Rated, Refusal
from sespms_rules.rosters.files.columns import CRITICAL, RATING, WEIGHT, Column, Layout, tidy
from sespms_rules.rosters.files.numbers import NumberFault, read_number
from sespms_rules.rosters.files.rows import CONTRADICTING_CELLS, NOT_A_NUMBER, NOT_YES_OR_NO, refused

NOT_IN_PLAN = "not in plan"
_NOT_RATED = ("", "not rated")
_YES_AND_NO = {"yes": True, "no": False, "": True}


class Place(Frozen):
    """A column by its index in a row and its heading."""

    index: int
    heading: str


class MemberColumns(Frozen):
    """The columns of one element or requirement; `requirements` those of what it is worked out from."""

    name: str
    rating: Place | None
    weight: Place | None
    critical: Place | None
    further: tuple[tuple[str, Place], ...]
    requirements: tuple[MemberColumns, ...]
    is_critical: bool


def members_of(layout: Layout, program: Program) -> tuple[MemberColumns, ...]:
    """Gather the columns of each element: first the policy's own in its order, then others as they stand."""
    named = [element.name for element in program.summary.members]
    critical = {element.name: element.critical for element in program.summary.members}
    columns = [each for each in layout.columns if each[1].path]
    names = dict.fromkeys(named) | {tidy(column.path[0]): None for _, column in columns}
    by_tidy = {tidy(name): name for name in named}
    firsts: dict[str, str] = {}
    for name in names:
        firsts.setdefault(tidy(name), by_tidy.get(tidy(name), name))
    return tuple(
        _gathered(key, 0, columns, critical.get(name, True)) for key, name in firsts.items() if _has(key, columns)
    )


def _has(key: str, columns: Sequence[tuple[int, Column]]) -> bool:
    return any(tidy(column.path[0]) == key for _, column in columns)


def _gathered(key: str, depth: int, columns: Sequence[tuple[int, Column]], critical: bool) -> MemberColumns:
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
        tuple(_gathered(each, depth + 1, below, True) for each in keys),
        critical,
    )


class MemberReader:
    """Reads the cells of one member; cells that were read before are not read again.

    A million rows hold few different pairs of weight and level, so that most rows cost one look-up an element.
    """

    def __init__(self, columns: MemberColumns, program: Program) -> None:
        self._columns = columns
        self._below = tuple(MemberReader(each, program) for each in columns.requirements)
        self._terms = {tidy(term): number for number, term in program.terms}
        places = [columns.rating, columns.weight, columns.critical, *(place for _, place in columns.further)]
        self._indices = tuple(place.index for place in places if place)
        self.indices: tuple[int, ...] = self._indices + tuple(i for each in self._below for i in each.indices)
        self._read = lru_cache(maxsize=4096)(self._read_cells)

    def read(self, cell: Callable[[int], str]) -> tuple[Rated | None, tuple[Refusal, ...]]:
        """Return the member, None where it is not in this plan, and what is wrong (without naming the row).

        `cell` gives the text of a cell of the row by its index.
        """
        return self._read(tuple([cell(index).strip() for index in self.indices]))

    def _read_cells(self, cells: tuple[str, ...]) -> tuple[Rated | None, tuple[Refusal, ...]]:
        row = dict(zip(self.indices, cells, strict=True))
        faults: list[Refusal] = []
        requirements = []
        for reader in self._below:
            rated, wrong = reader.read(row.__getitem__)
            faults += wrong
            requirements += [rated] if rated else []
        here = {row[index].casefold() for index in self._indices}
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
        if not text or (rating and text.casefold() in _NOT_RATED):
            return None
        value = read_number(text)
        if isinstance(value, Fraction):
            return value
        faults.append(self._not_a_number(place, text, value, rating))
        return None

    def _not_a_number(self, place: Place, text: str, fault: NumberFault, rating: bool) -> Refusal:
        level = self._terms.get(tidy(text).removeprefix("level ")) if rating else None
        if level is None and rating and tidy(text).startswith("level ") and tidy(text)[6:].isdecimal():
            level = int(tidy(text)[6:])
        help = fault.help if level is None else f"write `{level}`"
        return refused(NOT_A_NUMBER, f"column `{place.heading}`", fault.says, help, self._columns.name)

    def _yes(self, place: Place | None, row: dict[int, str], faults: list[Refusal]) -> bool:
        if place is None:
            return self._columns.is_critical
        said = _YES_AND_NO.get(row[place.index].casefold())
        if said is None:
            says = f"`{row[place.index]}` does not say whether the element is critical"
            faults.append(refused(NOT_YES_OR_NO, f"column `{place.heading}`", says, "write `yes` or `no`"))
        return said is not False
