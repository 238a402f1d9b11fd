"""A long table, with a row for each element of each executive, -> a row for each executive, read as any other.

The rows of one id make one plan, wherever they stand; what an executive has no row for is not in the plan. Nothing is
put together that the table does not say: an element twice, a row without an id or an element, or rows of one id that
disagree on the unit refuse the executive whom they may be of.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import Final

from sespms_rules.foundation.diagnostic import Diagnostic
from sespms_rules.foundation.no_rating import NOT_IN_PLAN
from sespms_rules.foundation.source import Source, Span
from sespms_rules.foundation.spelling import backticked, did_you_mean, listed, nearest_name
from sespms_rules.foundation.values import Frozen, replace
from sespms_rules.language.parsing import UnreadableFileError
from sespms_rules.program.ir import Member, Program
from sespms_rules.program.rating import Refusal
from sespms_rules.rosters.files.blanks import is_blank, seen, tidy, trimmed
from sespms_rules.rosters.files.columns import ID, RATING, Column, Layout
from sespms_rules.rosters.files.executives import Identities, compared
from sespms_rules.rosters.files.headings_below import HeadingsBelow
from sespms_rules.rosters.files.limits import MOST_COLUMNS, MOST_LONG_ROWS
from sespms_rules.rosters.files.lines import TableRow
from sespms_rules.rosters.files.long_columns import ELEMENT, REQUIREMENT
from sespms_rules.rosters.files.not_elements import NAME_IT, no_element
from sespms_rules.rosters.files.row_reader import RowReader, misshapen
from sespms_rules.rosters.files.rows import (
    ELEMENT_TWICE,
    ID_IN_SEVERAL_WAYS,
    MISSING_ID,
    ROW_FOR_EACH_ELEMENT,
    ROW_OF_NO_ELEMENT,
    ROWS_APART,
    ROWS_DISAGREE,
    OpenRoster,
    RosterRow,
    refused,
)

_MOST_TOLD: Final = 5
_EVERY_ROW: Final = "write the id into every row of the executive"
_MIXED = "differs from row to row"
Path = tuple[str, ...]


class _Row(Frozen, often=True):
    """A row of the table: its number, its cells, and of which element, by its tidied path."""

    number: int
    cells: Sequence[str]
    path: Path


class _Executive:
    """The rows of one id, in the order of the file, and what is wrong with them."""

    def __init__(self, key: str, number: int) -> None:
        self.key = key
        self.numbers = [number]
        self.rows: list[_Row] = []
        self.refusals: list[Refusal] = []
        self.spelled_otherwise: tuple[int, str] | None = None

    def take(self, key: str, number: int) -> None:
        """Take note of a further row, and of the first in which the id is written in another way."""
        self.numbers.append(number)
        if key != self.key and self.spelled_otherwise is None:
            self.spelled_otherwise = number, key

    @property
    def where(self) -> str:
        """`row 2`, or `rows 2 to 6 and 9`."""
        return rows_said(self.numbers)


def rows_said(numbers: Sequence[int]) -> str:
    """Numbers of rows in a few words: `row 2`, `rows 2 to 6 and 9`."""
    stretches: list[list[int]] = []
    for each in numbers:
        if stretches and each == stretches[-1][1] + 1:
            stretches[-1][1] = each
        else:
            stretches.append([each, each])
    said = [each for first, last in stretches for each in _stretch(first, last)]
    more = len(said) - _MOST_TOLD
    said = [*said[:_MOST_TOLD], f"{more} other places"] if more > 1 else said
    return ("row " if len(numbers) == 1 else "rows ") + listed(said)


def _stretch(first: int, last: int) -> list[str]:
    """Rows that stand together: a single one, two, or from one to another."""
    return [f"{first} to {last}"] if last > first + 1 else list(dict.fromkeys([str(first), str(last)]))


def open_long(rows: Iterable[TableRow], layout: Layout, program: Program, name: str, place: Span) -> OpenRoster:
    """Read all rows of a long table and return a row for each executive, in the order of their first rows.

    `place` is where the headings stand, `name` what the roster is called. Raises UnreadableFileError for a table of too
    many rows or elements.
    """
    table = _Table(layout, program, name)
    for row in rows:
        table.take(row)
    wide, paths = table.wide_layout()
    reader = RowReader(wide, program, name)
    made = sorted((*table.alone, *table.executives(reader, paths)), key=lambda each: each.number)
    return OpenRoster(iter(made), tuple(table.findings(place)), len(made), reader.told, apart=reader.apart, long=True)


class _Table:
    """Gathers the rows of a long table by id."""

    def __init__(self, layout: Layout, program: Program, name: str) -> None:
        self._layout = layout
        self._program = program
        self._name = name
        self._at = {column.holds: index for index, column in layout.long}
        self._id = next(index for index, column in layout.columns if column.holds == ID)
        self._plan = _Plan(program)
        self._headings = HeadingsBelow(layout, program)
        self._identities = Identities()
        self._met: dict[str, _Executive] = {}
        self._last: _Executive | None = None
        self._count = 0
        self._texts: dict[str, str] = {}
        self.alone: list[RosterRow] = []
        self.paths: dict[Path, Path] = {}

    # ---- taking rows -----------------------------------------------------------------------------

    def take(self, row: TableRow) -> None:
        """Put a row to the executive whose id it has, or tell it by itself."""
        if not row.refusals and is_blank(row.cells):
            return
        self._count += 1
        if self._count > MOST_LONG_ROWS:
            says = f"`{self._name}` has a row for each element and more than {MOST_LONG_ROWS:,} of them"
            raise UnreadableFileError(says, "divide it, or give a table with a row for each executive")
        where = f"row {row.number}"
        key = trimmed(row.cells[self._id]) if self._id < len(row.cells) else ""
        if (other := self._headings.heading(row.number, row.cells)) is not None:
            self._told_of_headings(row.number, key, other)
            return
        if under := self._headings.of_row(row.number):
            row = TableRow(row.number, row.cells, (*row.refusals, *under))
        if not key:
            self._without_id(row, where)
            return
        executive = self._met.get(compared(key))
        if executive is None:
            # What is no executive's id is told of each row; an id that was met is fine.
            if wrong := self._identities.refusal(key, row.number, where, "row"):
                self.alone.append(RosterRow(row.number, key, None, (wrong,)))
                return
            executive = self._met[compared(key)] = _Executive(key, row.number)
        else:
            executive.take(key, row.number)
        self._last = executive
        self._put(row, executive, where)

    def _told_of_headings(self, number: int, key: str, other: tuple[Refusal, ...]) -> None:
        """Tell of a row of headings by itself: nobody stands in it, and it is not of the executive above it."""
        self._last = None
        same = self._identities.no_id(key, f"row {number}")
        if wrong := other or ((same,) if same else ()):
            self.alone.append(RosterRow(number, key, None, wrong))

    def _without_id(self, row: TableRow, where: str) -> None:
        """Refuse the executive above, whose row it may be: without it the plan would be another.

        Where nobody stands above, or the row says nothing of an element, it is told by itself.
        """
        above = self._last
        of_element = any(trimmed(row.cells[index]) for index, _ in self._layout.long if index < len(row.cells))
        if above is None or not (of_element or row.refusals):
            missing = refused(MISSING_ID, where, "there is no id", _EVERY_ROW)
            self.alone.append(RosterRow(row.number, "", None, row.refusals or (missing,)))
            return
        says = f"there is no id, so that it cannot be told whether the row is of `{above.key}`, who stands above it"
        found = (*row.refusals, refused(MISSING_ID, where, says, _EVERY_ROW))
        above.refusals += [replace(each, row=row.number) for each in found]

    def _put(self, row: TableRow, executive: _Executive, where: str) -> None:
        wrong = row.refusals or misshapen(row.cells, where, self._layout.width, self._layout.unnamed)
        if not wrong:
            path, fault = self._path(row.cells, where)
            wrong = (fault,) if fault else ()
            cells = [self._texts.setdefault(each, each) for each in row.cells]
            executive.rows.append(_Row(row.number, cells, tuple(map(tidy, path))))
            if not fault:
                self.paths.setdefault(tuple(map(tidy, path)), path)
        executive.refusals += [replace(each, row=row.number) for each in wrong]

    def _path(self, cells: Sequence[str], where: str) -> tuple[Path, Refusal | None]:
        """The element, and requirement, that a row is of, or why it is of none."""
        element = seen(trimmed(cells[self._at[ELEMENT]]))
        inner = self._at.get(REQUIREMENT)
        requirement = "" if inner is None else seen(trimmed(cells[inner]))
        rating = trimmed(cells[self._at[RATING]])
        path = (element, requirement) if requirement else (element,)
        return path, self._plan.refusal(path, where, rated=bool(rating) and tidy(rating) != NOT_IN_PLAN)

    # ---- the rows of executives ------------------------------------------------------------------

    def wide_layout(self) -> tuple[Layout, list[Path]]:
        """The columns of a table with a row for each executive that says the same, and the elements it has, in order.

        First stand the columns of the executive as they are, then those of each element.
        """
        if len(self.paths) * len(self._layout.long) > MOST_COLUMNS:
            says = f"`{self._name}` names more than {MOST_COLUMNS // len(self._layout.long):,} different elements"
            raise UnreadableFileError(says, "see that the column `element` holds the names of elements")
        kept = [(index, column) for index, column in self._layout.columns]
        width = self._layout.width
        columns: list[tuple[int, Column]] = [*kept]
        for tidied, path in self.paths.items():
            for _, column in self._of_element():
                if column.holds != RATING or not self._plan.is_derived(tidied):
                    columns.append((width, Column(column.holds, path, column.heading, column.further)))
                width += 1
        return Layout(tuple(columns), (), width, apart=self._layout.apart), list(self.paths)

    def _of_element(self) -> list[tuple[int, Column]]:
        """The columns that say something of an element, other than which it is."""
        return [each for each in self._layout.long if each[1].holds not in (ELEMENT, REQUIREMENT)]

    def executives(self, reader: RowReader, paths: Sequence[Path]) -> Iterator[RosterRow]:
        """A row for each executive."""
        for each in self._met.values():
            by_path = self._by_path(each)
            cells = self._own_cells(each)
            for path in paths:
                cells += self._cells(by_path, path)
            places = {path: row.number for path, row in by_path.items()}
            yield reader.executive(each.where, each.numbers[0], cells, each.refusals, places)

    def _by_path(self, executive: _Executive) -> dict[Path, _Row]:
        """The row of each element; an element that has two is a refusal of the executive."""
        found: dict[Path, _Row] = {}
        for row in executive.rows:
            first = found.setdefault(row.path, row)
            if first is not row and row.path in self.paths:
                name = " / ".join(self.paths[row.path])
                says = f"`{name}` stands twice for `{executive.key}`"
                help = "keep the row that is right; two executives need two ids"
                wrong = refused(
                    ELEMENT_TWICE, rows_said([first.number, row.number]), says, help, self.paths[row.path][-1]
                )
                executive.refusals.append(replace(wrong, row=row.number))
        for tidied in [each for each in found if len(each) == 1 and self._plan.is_derived(each)]:
            if not any(each[:1] == tidied for each in found if len(each) > 1) and tidied in self.paths:
                name = self.paths[tidied][0]
                says = f"`{name}` is worked out from its requirements, and none of them has a row"
                help = f"give a row for each requirement, or take out the row of `{name}` if the plan does not have it"
                wrong = refused(ROW_OF_NO_ELEMENT, f"row {found[tidied].number}", says, help, name)
                executive.refusals.append(replace(wrong, row=found[tidied].number))
        return found

    def _own_cells(self, executive: _Executive) -> list[str]:
        """The cells of the executive: what any of the rows says; where they differ, that is a refusal."""
        cells = [""] * self._layout.width
        cells[self._id] = executive.key
        for index, column in self._layout.columns:
            if column.holds != ID:
                cells[index] = self._agreed(executive, index, column.heading)
        for index, _ in self._layout.apart:
            if not cells[index] and index != self._id:
                said = self._said(executive, index)
                cells[index] = _MIXED if len({tidy(each) for each in said}) > 1 else next(iter(said), "")
        return cells

    def _said(self, executive: _Executive, index: int) -> dict[str, int]:
        """What the rows of an executive say in a column, each with the first row that says so."""
        said: dict[str, int] = {}
        for row in executive.rows:
            if text := trimmed(row.cells[index]):
                said.setdefault(text, row.number)
        return said

    def _agreed(self, executive: _Executive, index: int, heading: str) -> str:
        said = self._said(executive, index)
        first = next(iter(said), "")
        for text, number in said.items():
            if tidy(text) != tidy(first):
                says = f"`{heading}` is `{first}` in row {said[first]} and `{text}` in row {number}"
                help = f"write one `{heading}` for `{executive.key}`; two executives need two ids"
                wrong = refused(ROWS_DISAGREE, executive.where, says, help)
                executive.refusals.append(replace(wrong, row=number))
                break
        return first

    def _cells(self, by_path: Mapping[Path, _Row], path: Path) -> list[str]:
        row = by_path.get(path)
        columns = self._of_element()
        if row is not None:
            return [row.cells[index] for index, _ in columns]
        has_requirements = len(path) == 1 and any(each[:1] == path for each in by_path)
        return ["" if has_requirements else NOT_IN_PLAN] * len(columns)

    # ---- what is told of the whole ---------------------------------------------------------------

    def findings(self, place: Span) -> Iterator[Diagnostic]:
        """What is told of the table: that it was read as a long one, and whose rows stand apart."""
        names = [" / ".join(path) for path in self.paths.values()]
        own = [" / ".join(path) for path in self.paths.values() if not self._plan.names(path)]
        brought = f"; read as the plans' own, not named in the policy: {backticked(own)}" if own else ""
        of = f"{len(self._met):,} executive" + ("" if len(self._met) == 1 else "s")
        says = f"the roster has a row for each element: {self._count:,} rows of {of}, of {backticked(names)}{brought}"
        help = "see that these are the elements; an element without a row is not in the executive's plan"
        yield ROW_FOR_EACH_ELEMENT.at(place, says if names else says.removesuffix(", of "), help=help)
        apart = [each for each in self._met.values() if each.numbers[-1] - each.numbers[0] >= len(each.numbers)]
        if apart:
            first = apart[0]
            ids = "of one id" if len(apart) == 1 else f"of {len(apart):,} ids"
            says = (
                f"the rows {ids} do not stand together: `{first.key}` has {first.where}; they are read as one executive"
            )
            yield ROWS_APART.at(Span(Source(self._name, ""), 0, 0), says, help="see that no two executives have one id")
        for each in islice((each for each in self._met.values() if each.spelled_otherwise), _MOST_TOLD):
            number, key = each.spelled_otherwise or (0, "")
            says = f"the id `{each.key}` of row {each.numbers[0]} is written `{key}` in row {number}"
            help = "write it in one way, or give them ids that differ in more than capitals, blanks or dashes"
            at = Span(Source(self._name, ""), 0, 0)
            yield ID_IN_SEVERAL_WAYS.at(at, f"{says}; the rows are read as of one executive", help=help)


class _Plan:
    """What elements and requirements a policy lets a plan have."""

    def __init__(self, program: Program) -> None:
        self._program = program
        self._named: dict[str, Member] = {tidy(each.name): each for each in program.summary.members}

    def is_derived(self, path: Path) -> bool:
        """Whether an element is worked out from its requirements; `path` is tidied."""
        member = self._named.get(path[0]) if len(path) == 1 else None
        return member is not None and member.stage is not None

    def names(self, path: Path) -> bool:
        """Whether the policy names the element and requirement of a path."""
        member = self._named.get(tidy(path[0]))
        inner = member.stage.members if member and member.stage else ()
        return member is not None and (len(path) == 1 or tidy(path[1]) in {tidy(each.name) for each in inner})

    def refusal(self, path: Path, where: str, *, rated: bool) -> Refusal | None:
        """Why a row of this element or requirement cannot be of the plan; `rated` says that it holds a level."""
        name = path[0]
        member = self._named.get(tidy(name))
        if not name:
            return refused(ROW_OF_NO_ELEMENT, where, "it names no element", "write the element into every row")
        if member is None:
            if self._program.summary.open and len(path) == 1:
                return _reads_otherwise(name, where, "element")
            return self._unknown(path, where)
        if len(path) == 1:
            if member.stage is None or not rated:
                return None
            says = f"`{member.name}` is worked out from its requirements, and has no level of its own"
            return refused(ROW_OF_NO_ELEMENT, where, says, "empty the level, and give its requirements rows", name)
        if member.stage is None:
            says = f"`{member.name}` is rated as a whole, and has no requirement `{path[1]}`"
            return refused(ROW_OF_NO_ELEMENT, where, says, "leave the column `requirement` empty", name)
        inner = {tidy(each.name): each.name for each in member.stage.members}
        if tidy(path[1]) in inner:
            return None
        if member.stage.open:
            return _reads_otherwise(path[1], where, "requirement")
        return self._none_such(path[1], f"`{member.name}`", inner.values(), where, "requirement")

    def _unknown(self, path: Path, where: str) -> Refusal:
        names = [each.name for each in self._named.values()]
        return self._none_such(path[0], f"`{self._program.name}`", names, where, "element")

    def _none_such(self, name: str, of: str, names: Iterable[str], where: str, kind: str) -> Refusal:
        known = list(names)
        help = did_you_mean(nearest_name(name, known), f"its {kind}s are {backticked(known)}")
        return refused(ROW_OF_NO_ELEMENT, where, f"`{name}` is no {kind} of {of}", help, name)


def _reads_otherwise(name: str, where: str, what: str) -> Refusal | None:
    """Refuse a row of what the plan would bring itself and that reads as a total, a summary, pay or the like."""
    if not (kind := no_element(name)):
        return None
    help = (
        f"remove the row; if it is of {'an element' if what == 'element' else 'a requirement'} of the plan, {NAME_IT}"
    )
    return refused(ROW_OF_NO_ELEMENT, where, f"`{name}` reads as {kind}, and the policy names no {what} so", help, name)


__all__ = ["open_long", "rows_said"]
