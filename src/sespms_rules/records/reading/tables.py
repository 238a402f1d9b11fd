"""A folder or workbook -> validated rows of each table, and what is wrong with files, columns and cells."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from pydantic import ValidationError

from sespms_rules.foundation.diagnostic import Finding
from sespms_rules.foundation.spelling import did_you_mean, nearest_name
from sespms_rules.foundation.values import Frozen, field
from sespms_rules.language.parsing import UnreadableFileError
from sespms_rules.records.findings import (
    CONTRADICTING,
    INCOMPLETE,
    NOT_READ,
    NOT_UNDERSTOOD,
    PERSONAL_DATA,
    RecordFinding,
    RecordPlace,
    of_record,
)
from sespms_rules.records.reading.border import TABLES, UnreadCellError, columns_of, needed_columns
from sespms_rules.records.reading.rows import ReadRow, UnreadRow
from sespms_rules.records.reading.spellings import IDS, spelled_alike
from sespms_rules.records.reading.unread import harmless, not_apart, shown, unread_row
from sespms_rules.rosters.files import (
    CELL_NOT_AS_SHOWN,
    CHANGED_BY_A_RULE,
    ENDINGS,
    FORMULA,
    HIDDEN_CELLS,
    ID_NOT_AS_SHOWN,
    STRUCK_THROUGH,
    PlainRow,
    PlainTable,
    plain_tables,
    tidy,
)

_PERSONAL: Final = frozenset(
    {
        *("name", "first name", "last name", "full name", "middle name", "surname", "executive name"),
        *("ssn", "social security number", "social security", "date of birth", "birth date", "dob"),
        *("address", "home address", "email", "e-mail", "phone"),
    }
)
_NEEDED: Final = {name: needed_columns(name) for name in TABLES}
WORDS_TABLE: Final = "words to choose from"
"""The sheet of a template that holds what its drop-downs offer, and no record."""
_KNOWN: Final = frozenset(tidy(label) for name in TABLES for label in columns_of(name))
_OF_IDS: Final = frozenset(IDS)
_OF_WHOM: Final = "executives"
NEEDED_TABLES: Final = (_OF_WHOM, "acts")
MISSED: Final = frozenset({*NEEDED_TABLES, "sessions"})
"""Tables of which something is missed where they are not there; without `sessions`, who sat on a board."""
_OF_A_SHEET: Final = {each.code: each for each in (CELL_NOT_AS_SHOWN, ID_NOT_AS_SHOWN, STRUCK_THROUGH)}
"""What a sheet shows otherwise, told by the code that it has in a roster."""
_OF_NO_USE: Final = "remove the column if it is not needed"
_OR_A_FACT: Final = "; a fact that the policy reads, as a roster has it in a column, is a row of the table `facts` here"

MOST_EXECUTIVES: Final = 20_000
"""On record in one year; each is judged by every duty."""

MOST_ROWS: Final = 300_000
"""Of any one table of records."""


class RecordFile(Frozen):
    """What records were read from: a file and its SHA-256, or a register up to an entry and the digest of that."""

    name: str
    sha256: str


class ReadTables(Frozen):
    """The rows of each table, and all findings about files, columns and cells; `name` is what a report calls them.

    `files` are what they were read from, each once. `lost` are the tables that are not there or cannot be read, so that
    nobody knows what they would say, `refused` the executives whose own row was set aside, `unread` all such rows.
    `gone` are executives, in small letters, whose rows were destroyed when their time was over.
    """

    rows: dict[str, list[ReadRow]]
    findings: tuple[RecordFinding, ...]
    name: str
    files: tuple[RecordFile, ...] = field(default=())
    lost: frozenset[str] = field(default=frozenset())
    refused: frozenset[str] = field(default=frozenset())
    unread: tuple[UnreadRow, ...] = field(default=())
    gone: frozenset[str] = field(default=frozenset())


def read_tables(path: Path) -> ReadTables:
    """Read the tables of a folder, or of one workbook or JSON file.

    Raises UnreadableFileError for a path that is not there, one file that cannot be read at all, and too many rows.
    """
    return _Tables(path).read()


class _Tables:
    """Reads the tables of a path one after another, and tells what is wrong with them."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._rows: dict[str, list[ReadRow]] = {name: [] for name in TABLES}
        self._found: list[RecordFinding] = []
        self._met: dict[str, str] = {}
        self._lost: set[str] = set()
        self._refused: set[str] = set()
        self._unread: list[UnreadRow] = []

    def read(self) -> ReadTables:
        files: dict[RecordFile, None] = {}
        for table in self._tables():
            files[RecordFile(table.file, table.sha256)] = None
            self._take(table)
        for name in NEEDED_TABLES:
            if name not in self._met:
                help = f"give a file such as `{name}.csv`, or a sheet `{name}`"
                says = f"there is no table `{name}` with a row of headings"
                self._found.append(of_record(INCOMPLETE, RecordPlace(str(self._path)), says, help))
        self._lost |= MISSED.difference(self._met)
        told = (tuple(files), frozenset(self._lost), frozenset(self._refused), tuple(self._unread))
        alike = spelled_alike(self._rows, self._found)
        return ReadTables(alike, tuple(self._found), self._path.name or str(self._path), *told)

    def _take(self, table: PlainTable) -> None:
        name, place = tidy(table.name), _place_in(table)
        if name == WORDS_TABLE:
            return
        if name not in TABLES:
            help = did_you_mean(nearest_name(name, TABLES), f"the tables are {', '.join(f'`{one}`' for one in TABLES)}")
            self._found.append(of_record(NOT_READ, place, f"the table `{table.name}` is not read", help))
        elif name in self._met:
            says = f"the table `{name}` stands in `{self._met[name]}` too, and nobody can tell which counts"
            self._found.append(of_record(CONTRADICTING, place, says, "keep one of the two, or put their rows together"))
            self._lose(name)
        else:
            self._met[name] = place.sheet or table.file
            self._found += _unseen(table, place)
            known = len(self._found)
            if (read := _read(name, table, self._found, self._unread)) is None:
                self._lost.add(name)
            self._rows[name] += read or ()
            told = self._found[known:] if name == _OF_WHOM else ()
            self._refused |= {each.executive for each in told if each.executive}

    def _lose(self, name: str) -> None:
        """Let a table count as one that cannot be read."""
        self._rows[name] = []
        self._lost.add(name)
        if name == _OF_WHOM:
            self._refused = set()

    def _tables(self) -> Iterator[PlainTable]:
        if not self._path.is_dir():
            yield from plain_tables(self._path, _KNOWN, _OF_IDS)
            return
        entries = (each for each in self._path.iterdir() if each.is_file() and not each.name.startswith((".", "~$")))
        files = sorted(entries)
        within = self._path.resolve()
        for each in files:
            place = RecordPlace(str(each))
            # A folder may come from elsewhere: what it leads to was never handed over with it.
            if each.resolve().parent != within:
                says = "the file is a link that leads out of the folder, and is not read"
                self._found.append(of_record(NOT_READ, place, says, "put the file itself in its place"))
            elif each.suffix.lower() in ENDINGS:
                yield from self._of_file(each)
            elif each.suffix.lower() != ".md":
                says, help = "the file is not read: records are in CSV, Excel's .xlsx, JSON and Parquet", _SAVE_IT
                self._found.append(of_record(NOT_READ, place, says, help))
        if not files:
            raise UnreadableFileError(
                f"no file stands in the folder `{self._path}`", "name the folder with the records"
            )

    def _of_file(self, path: Path) -> tuple[PlainTable, ...]:
        """The tables of one file of a folder; where it cannot be read it is told, and the others still are."""
        try:
            return plain_tables(path, _KNOWN, _OF_IDS)
        except UnreadableFileError as fault:
            self._found.append(of_record(NOT_UNDERSTOOD, RecordPlace(str(path)), fault.message, fault.help))
            name = tidy(path.stem)
            if name in TABLES:
                self._met.setdefault(name, str(path))
                self._lose(name)
            return ()


_SAVE_IT: Final = "save it as one of these, or move it away"


def _place_in(table: PlainTable, number: int = 0) -> RecordPlace:
    return RecordPlace(table.file, table.unit, number, table.name if table.among else "")


def _unseen(table: PlainTable, place: RecordPlace) -> Iterator[RecordFinding]:
    """What is read of a sheet and nobody sees so who looks at it."""
    for each in table.hidden:
        kind = CHANGED_BY_A_RULE if each.code == CHANGED_BY_A_RULE.code else HIDDEN_CELLS
        yield of_record(kind, place, each.message, each.help or "")


def _read(name: str, table: PlainTable, found: list[RecordFinding], unread: list[UnreadRow]) -> list[ReadRow] | None:
    """The rows of a table; None where its columns cannot be told."""
    # An empty list in JSON has no columns, and a table that need not be there misses none.
    if not table.headings and name not in NEEDED_TABLES and next(table.rows, None) is None:
        return []
    layout = _laid_out(name, table, found)
    return None if layout is None else list(_rows(name, table, layout, (found, unread)))


# ---- columns ---------------------------------------------------------------------------------------


def _laid_out(name: str, table: PlainTable, found: list[RecordFinding]) -> dict[int, str] | None:
    """Which cell is which column; None where the table cannot be read."""
    columns = {tidy(label): label for label in columns_of(name)}
    place = _place_in(table, table.head)
    layout: dict[int, str] = {}
    sound = True
    for index, heading in enumerate(table.headings):
        key = _plain(heading)
        if not key:
            continue
        if key in _PERSONAL:
            says = f"the column `{heading}` holds personal data, and the table is not read"
            help = "remove the column; executives and officials stand in records by opaque ids"
            found.append(of_record(PERSONAL_DATA, place, says, help, column=heading))
            sound = False
        elif key not in columns:
            help = did_you_mean(nearest_name(key, columns), _OF_NO_USE if name != _OF_WHOM else _OF_NO_USE + _OR_A_FACT)
            found.append(of_record(NOT_READ, place, f"the column `{heading}` is not read", help, column=heading))
        elif columns[key] in layout.values():
            says = f"the column `{heading}` stands in the table twice"
            found.append(of_record(NOT_UNDERSTOOD, place, says, "keep one of the two", column=heading))
            sound = False
        else:
            layout[index] = columns[key]
    for label in _NEEDED[name]:
        if label not in layout.values():
            says = f"the table `{name}` has no column `{label}`"
            near = nearest_name(label, [each for each in table.headings if tidy(each) not in columns])
            help = f"rename `{near}` to `{label}`" if near else f"add the column `{label}`"
            found.append(of_record(INCOMPLETE, place, says, help, column=label))
            sound = False
    return layout if sound else None


# ---- rows ------------------------------------------------------------------------------------------


def _rows(
    name: str, table: PlainTable, layout: dict[int, str], told: tuple[list[RecordFinding], list[UnreadRow]]
) -> Iterator[ReadRow]:
    found, unread = told
    model = TABLES[name]
    width = len(table.headings)
    filled = [(index, label, label in _NEEDED[name]) for index, label in layout.items()]
    headings = _Headings(table.headings, layout)
    most = MOST_EXECUTIVES if name == "executives" else MOST_ROWS
    sheet = _place_in(table).sheet
    for number, row in enumerate(table.rows):
        if number == most:
            says = f"the table `{name}` in `{table.file}` has more than {most:,} rows, and no more are judged together"
            raise UnreadableFileError(says, "give the records of one agency and one period")
        place = RecordPlace(table.file, table.unit, row.number, sheet)
        if wrong := tuple(_unread(row, width)) or headings.instead_of_a_record(row):
            aside = not_apart(name, place, row, layout)
            found += (
                of_record(kind, place, says, help, executive=aside.executive, act=aside.act)
                for kind, says, help in wrong
            )
            unread += [] if wrong == _HEADINGS_AGAIN else [aside]
            continue
        cells = row.cells
        try:
            # A column that may be empty has for an empty cell what it has where the table lacks it.
            read = model.model_validate(
                {label: cells[index] for index, label, needed in filled if needed or cells[index]}
            )
        except ValidationError as fault:
            found += _faults(fault, place, cells, layout)
            unread.append(unread_row(name, place, {label: cells[index] for index, label in layout.items()}))
        else:
            yield ReadRow(place, read)


_Wrong = tuple[Finding, str, str]
_HEADINGS_AGAIN: Final = ((NOT_UNDERSTOOD, "the headings stand here again, so that it is no record", "remove the row"),)


def _unread(row: PlainRow, width: int) -> Iterator[_Wrong]:
    """Why the cells of a row cannot be told apart, or are not what they seem."""
    for each in row.refusals:
        says = each.message.partition(": ")[2] or each.message
        yield _OF_A_SHEET.get(each.code, NOT_UNDERSTOOD), says, each.help
    if not row.refusals and len(row.cells) < width:
        says = f"it has {len(row.cells)} cells where there are {width} headings"
        yield NOT_UNDERSTOOD, says, "give every column a cell"
    elif not row.refusals and any(cell.strip() for cell in row.cells[width:]):
        says = f"it has {len(row.cells)} cells where there are {width} headings"
        yield NOT_UNDERSTOOD, says, "put a cell with a comma in quotes"


_FIGURE: Final = re.compile("[0-9]")
"""What a row of headings does not have, and every id and every day has."""


class _Headings:
    """Knows a row of headings below the first, and which rows stand under others than the first."""

    def __init__(self, headings: tuple[str, ...], layout: dict[int, str]) -> None:
        self._top = {index: _plain(headings[index]) for index in layout}
        self._known = frozenset(_plain(each) for each in headings if each.strip()) | _KNOWN
        self._others = 0

    def instead_of_a_record(self, row: PlainRow) -> tuple[_Wrong, ...]:
        """Why a row holds no record: it is one of headings, or stands under others than those at the top."""
        texts = {} if any(map(_FIGURE.search, row.cells)) else self._texts(row)
        known = sum(text in self._known for text in texts.values())
        if known > 1 and 2 * known > len(texts):
            same = all(texts.get(index, "") == top for index, top in self._top.items())
            self._others = 0 if same else row.number
            if same:
                return _HEADINGS_AGAIN
            return ((NOT_UNDERSTOOD, "it holds headings that are not those at the top", _A_FILE_OF_ITS_OWN),)
        if self._others:
            says = f"it stands under the headings of row {self._others}, which are not those at the top"
            return ((NOT_UNDERSTOOD, says, _A_FILE_OF_ITS_OWN),)
        return ()

    @staticmethod
    def _texts(row: PlainRow) -> dict[int, str]:
        """What stands in which cell; nothing where a digit of any script does."""
        texts = {index: text for index, cell in enumerate(row.cells) if (text := _plain(cell))}
        return {} if any(sign.isdigit() for text in texts.values() for sign in text) else texts


_A_FILE_OF_ITS_OWN: Final = "move the columns under the headings at the top, or give the rows a table of their own"


def _plain(heading: str) -> str:
    return tidy(heading).replace("_", " ")


def _faults(
    fault: ValidationError, place: RecordPlace, cells: list[str], layout: dict[int, str]
) -> Iterator[RecordFinding]:
    whose = {label: cells[index] for index, label in layout.items()}
    for each in fault.errors(include_url=False, include_input=False):
        label = str(each["loc"][0]) if each["loc"] else ""
        unread = each.get("ctx", {}).get("error")
        if whose.get(label, "").strip().startswith(FORMULA) and label not in _NUMBERS:
            kind, says, help = NOT_UNDERSTOOD, "a formula stands here, and not what it gives", _ITS_RESULT
        elif isinstance(unread, UnreadCellError):
            kind, says, help = unread.kind, unread.says, unread.help
        else:
            kind, says, help = NOT_UNDERSTOOD, each["msg"].lower(), "correct the cell"
        executive = harmless(whose.get("executive") or whose.get("id") or "")
        yield of_record(kind, place, says, help, column=label, executive=executive, act=shown(whose.get("act", "")))


_ITS_RESULT: Final = "write what it gives, or save the file in a spreadsheet program that computes it"
_NUMBERS: Final = frozenset({"weight", "requirement weight", "level", "value", "amount", "basic pay"})
"""Columns of numbers, whose own refusal names a formula."""
