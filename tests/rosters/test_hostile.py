"""Rosters made to be read otherwise than they are: the named file and nothing else, once, within bounds.

Each kind of attack stands beside siblings of its own. All files are invented.
"""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
import threading
import zipfile
from fractions import Fraction
from pathlib import Path
from typing import Any

import duckdb
import pytest
from openpyxl.styles import Font
from openpyxl.worksheet.worksheet import Worksheet

from cli.running import HEADINGS, ROOT, SMALL, data, put, run
from rosters.every_engine import from_file, in_every_way, program_of
from rosters.programs import SCALED, TWO
from sespms_rules.cli import rating_in_sql
from sespms_rules.engines.confirmed import ENGINES
from sespms_rules.language.parsing.reading import UnreadableFileError
from sespms_rules.rosters.files import open_roster, read_roster
from sespms_rules.rosters.files.lines import rows_of
from sespms_rules.rosters.files.opening import RosterFile
from workbooks import workbook

PROGRAM = program_of(SMALL)
GOOD, OTHER = "p-1,40,5,60,5\n", "p-1,40,2,60,2\n"
LONG_LINES = 10_001


@pytest.fixture
def long_from_the_start(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let SQL rate every file as it lies."""
    monkeypatch.setattr(rating_in_sql, "CONFIRMED_LINES", 0)


def parquet(path: Path, select: str) -> Path:
    """A Parquet file with the rows of a query, written under another name first: this one may be a pattern."""
    made = path.parent.parent / "made.parquet" if path.parent.name else path
    duckdb.execute(f"COPY ({select}) TO '{made}' (FORMAT parquet)")
    return made.rename(path)


def rows_as_parquet(level: int) -> str:
    return (
        f'SELECT \'p-1\' AS id, 40 AS "Leading People weight", {level} AS "Leading People level",'
        f' 60 AS "Results Driven weight", {level} AS "Results Driven level"'
    )


def levels(path: Path) -> list[int | None]:
    """The level of the one row, in every way of rating."""
    return [rows[0]["level"] for _, rows in in_every_way(path, PROGRAM)]


# ---- the named file and nothing else ---------------------------------------------------------------


@pytest.mark.attack("names as patterns")
@pytest.mark.usefixtures("long_from_the_start")
@pytest.mark.parametrize(
    ("named", "beside"), [("r[1].csv", "r1.csv"), ("r*.csv", "rr.csv"), ("r?.csv", "r1.csv"), ("{a,b}.csv", "a.csv")]
)
def test_a_name_is_no_pattern(tmp_path: Path, named: str, beside: str) -> None:
    (tmp_path / "in").mkdir()
    put(tmp_path / "in", beside, HEADINGS + OTHER)
    assert set(levels(put(tmp_path / "in", named, HEADINGS + GOOD))) == {5}
    inside = tmp_path / "in"
    parquet(inside / beside.replace("csv", "parquet"), rows_as_parquet(2))
    assert set(levels(parquet(inside / named.replace("csv", "parquet"), rows_as_parquet(5)))) == {5}


@pytest.mark.attack("names as patterns")
@pytest.mark.usefixtures("long_from_the_start")
def test_a_name_is_no_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    home = tmp_path / "home"
    home.mkdir()
    put(home, "r.csv", HEADINGS + OTHER)
    (tmp_path / "work" / "~").mkdir(parents=True)
    put(tmp_path / "work" / "~", "r.csv", HEADINGS + GOOD)
    monkeypatch.setenv("HOME", str(home))
    monkeypatch.chdir(tmp_path / "work")
    assert set(levels(Path("~/r.csv"))) == {5}


@pytest.mark.attack("folders as columns")
@pytest.mark.usefixtures("long_from_the_start")
@pytest.mark.parametrize("folder", ["Results Driven level=2", "id=zz", "unit=North", "line=5", "k2=1", "rowid=9"])
def test_a_folder_is_no_column(tmp_path: Path, folder: str) -> None:
    (tmp_path / folder).mkdir()
    assert set(levels(put(tmp_path / folder, "r.csv", HEADINGS + GOOD))) == {5}
    made = parquet(tmp_path / folder / "r.parquet", rows_as_parquet(5))
    assert [rows[0]["id"] for _, rows in in_every_way(made, PROGRAM)] == ["p-1"] * 6
    assert set(levels(made)) == {5}


def test_quotation_marks_in_a_name_end_no_text(tmp_path: Path) -> None:
    made = parquet(tmp_path / "r' OR '1.parquet", rows_as_parquet(5))
    assert read_roster(made, PROGRAM).rows[0].id == "p-1"


# ---- opened once, a file, within bounds ------------------------------------------------------------


@pytest.mark.attack("replaced while read")
def test_a_roster_replaced_while_it_is_read_is_read_as_it_was(tmp_path: Path) -> None:
    roster = put(tmp_path, "r.csv", HEADINGS + "".join(f"p-{n},40,5,60,5\n" for n in range(5_000)))
    opened = open_roster(roster, PROGRAM)
    put(tmp_path, "other.csv", HEADINGS + "".join(f"q-{n},40,2,60,2\n" for n in range(5_000))).replace(roster)
    assert {row.id[0] for row in opened.rows} == {"p"}


@pytest.mark.attack("replaced while read")
def test_a_long_roster_changed_while_it_is_read_is_an_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from sespms_rules.rosters.files import opening

    monkeypatch.setattr(opening, "MOST_IN_MEMORY", 10_000)
    roster = put(tmp_path, "r.csv", HEADINGS + "".join(f"p-{n},40,5,60,5\n" for n in range(20_000)))
    opened = open_roster(roster, PROGRAM)
    with roster.open("a", encoding="utf-8") as file:
        file.write(OTHER)
    with pytest.raises(UnreadableFileError, match="was changed while it was read"):
        list(opened.rows)


@pytest.mark.attack("replaced while read")
@pytest.mark.parametrize("ending", [".xlsx", ".json", ".parquet"])
def test_another_file_of_the_same_name_is_not_the_roster(tmp_path: Path, ending: str) -> None:
    """Between the headings and the rows the name stands for another file; the one that was opened is rated."""

    def made(name: str, level: int) -> Path:
        path = tmp_path / f"{name}{ending}"
        if ending == ".parquet":
            return parquet(path, rows_as_parquet(level))
        if ending == ".xlsx":
            return workbook(path, tuple(HEADINGS.strip().split(",")), ("p-1", 40, level, 60, level))
        names = (("Leading People", 40), ("Results Driven", 60))
        elements = {name: {"level": level, "weight": weight} for name, weight in names}
        return put(tmp_path, path.name, json.dumps([{"id": "p-1", "elements": elements}]))

    roster, other = made("r", 5), made("other", 2)
    opened = open_roster(roster, PROGRAM)
    other.replace(roster)
    (row,) = opened.rows
    assert row.appraisal is not None
    assert {each.rating for each in row.appraisal.elements} == {5}


@pytest.mark.attack("replaced while read")
def test_a_parquet_file_changed_while_it_is_read_is_an_error(tmp_path: Path) -> None:
    file = RosterFile(parquet(tmp_path / "r.parquet", rows_as_parquet(5)))
    assert file.for_library
    os.utime(file.path, ns=(1, 1))
    with pytest.raises(UnreadableFileError, match="was changed while it was read"):
        file.check_unchanged()


@pytest.mark.attack("not regular files")
def test_what_is_no_file_is_named(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.csv")
    for path, kind in ((Path("/dev/zero"), "a device"), (tmp_path / "pipe.csv", "a named pipe")):
        with pytest.raises(UnreadableFileError) as fault:
            read_roster(path, PROGRAM)
        assert fault.value.message.startswith(f"`{path}` is {kind}; a roster is read from a file")
    link = tmp_path / "link.csv"
    link.symlink_to("/dev/zero")
    with pytest.raises(UnreadableFileError, match="is a device"):
        read_roster(link, PROGRAM)


def _through_a_pipe(content: bytes) -> Any:
    receiving, sending = os.pipe()

    def write() -> None:
        with os.fdopen(sending, "wb") as file:
            try:
                for at in range(0, len(content), 1 << 16):
                    file.write(content[at : at + (1 << 16)])
            except BrokenPipeError:
                pass

    writer = threading.Thread(target=write)
    writer.start()
    try:
        return read_roster(Path(f"/dev/fd/{receiving}"), PROGRAM)
    finally:
        os.close(receiving)
        writer.join()


@pytest.mark.attack("not regular files")
def test_a_pipe_is_read_up_to_its_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    from sespms_rules.rosters.files import opening

    assert _through_a_pipe((HEADINGS + GOOD).encode()).rows[0].id == "p-1"
    with pytest.raises(UnreadableFileError, match="cannot be read as Parquet"):
        _through_a_pipe(b"PAR1 and more")
    monkeypatch.setattr(opening, "MOST_IN_MEMORY", 100_000)
    with pytest.raises(UnreadableFileError, match="has more than 100,000 bytes"):
        _through_a_pipe(b"x" * 400_000)


@pytest.mark.parametrize("engine", ENGINES)
def test_a_pipe_is_rated_by_every_engine(tmp_path: Path, engine: str) -> None:
    policy = str(put(tmp_path, "p.sespms", SMALL))
    result = subprocess.run(
        [sys.executable, "-m", "sespms_rules", "rate", policy, "/dev/stdin", "--engine", engine],
        input=HEADINGS + GOOD,
        capture_output=True,
        text=True,
        env=os.environ | {"PYTHONPATH": str(ROOT / "src")},
        check=False,
    )
    assert "1 row: 1 rated" in result.stdout, result.stderr


def _within(roster: Path, megabytes: int, seconds: int) -> subprocess.CompletedProcess[str]:
    """Rate a roster in a process of its own that may take so much memory and processor time."""

    def limit() -> None:
        resource.setrlimit(resource.RLIMIT_AS, (megabytes << 20, megabytes << 20))
        resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))

    policy = put(roster.parent, "policy.sespms", SMALL)
    return subprocess.run(
        [sys.executable, "-m", "sespms_rules", "rate", str(policy), str(roster)],
        capture_output=True,
        text=True,
        preexec_fn=limit,
        env=os.environ | {"PYTHONPATH": str(ROOT / "src")},
        check=False,
    )


def _far_corner(sheet: Worksheet) -> None:
    sheet["XFD1048576"].font = Font(bold=True)


def _bold_column(sheet: Worksheet) -> None:
    for row in range(1, 20_000):
        sheet.cell(row, 9).font = Font(bold=True)


@pytest.mark.case("one cell far below")
@pytest.mark.attack("empty cells")
@pytest.mark.parametrize("change", [_far_corner, _bold_column])
def test_empty_cells_cost_nothing(tmp_path: Path, change: Any) -> None:
    cells = [tuple(HEADINGS.strip().split(",")), ("p-1", 40, 5, 60, 5)]
    result = _within(workbook(tmp_path / "r.xlsx", *cells, change=change), 1_500, 60)
    assert "1 row: 1 rated" in result.stdout, result.stderr


@pytest.mark.case("one cell far below")
@pytest.mark.attack("empty cells")
@pytest.mark.parametrize("engine", ["columnar", "sql"])
@pytest.mark.parametrize("row", [3, 20_000, 1_048_576])
def test_a_row_far_below_makes_no_long_roster(tmp_path: Path, engine: str, row: int) -> None:
    def below(sheet: Worksheet) -> None:
        for column, value in zip("ABCDE", ("p-2", 40, 1, 60, 1), strict=True):
            sheet[f"{column}{row}"].value = value

    cells = [tuple(HEADINGS.strip().split(",")), ("p-1", 40, 5, 60, 5)]
    roster = workbook(tmp_path / "r.xlsx", *cells, change=below)
    result = run("rate", put(tmp_path, "p.sespms", SMALL), str(roster), "--engine", engine)
    assert "2 rows: 2 rated" in result.stdout
    assert "rosters of at most" not in result.output


def _with_part(path: Path, part: str, text: str) -> Path:
    """A workbook in which one part has another text."""
    workbook(path, tuple(HEADINGS.strip().split(",")), ("p-1", 40, 5, 60, 5))
    with zipfile.ZipFile(path) as given:
        parts = {name: given.read(name) for name in given.namelist()}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in (parts | {part: text.encode()}).items():
            made.writestr(name, content)
    return path


SHEET, STRINGS = "xl/worksheets/sheet1.xml", "xl/sharedStrings.xml"


@pytest.mark.attack("empty cells")
@pytest.mark.parametrize(
    ("part", "text", "says"),
    [
        (SHEET, f"<worksheet>{'<row/>' * 200_000}</worksheet>", "unpacks to more than 1,000,000 bytes"),
        (SHEET, "<a>" * 2_000, "is nested more than 100 levels deep"),
        (SHEET, f"<worksheet><row>{'<c><v>1</v></c>' * 40_000}</row></worksheet>", "has more than 16,384 columns"),
        (STRINGS, f"<sst>{'<si><t>x</t></si>' * 21_000}</sst>", "has more than 20,000 cells"),
        (STRINGS, f"<sst><si><t>{'x' * 40_000}</t></si></sst>", "has a cell of more than 32,767 characters"),
    ],
)
def test_a_workbook_that_swells_up(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, part: str, text: str, says: str
) -> None:
    from sespms_rules.rosters.files.workbook import parts

    monkeypatch.setattr(parts, "MOST_UNPACKED", 1_000_000)
    monkeypatch.setattr(parts, "MOST_CELLS", 20_000)
    with pytest.raises(UnreadableFileError) as fault:
        read_roster(_with_part(tmp_path / "r.xlsx", part, text), PROGRAM)
    assert says in fault.value.message


def _attributes(number: int) -> str:
    return " ".join(f'a{each}=""' for each in range(number))


@pytest.mark.attack("endless tags")
@pytest.mark.parametrize(
    ("part", "text", "says"),
    [
        (SHEET, f"<worksheet {_attributes(150_000)}/>", "has a tag or a text of more than 1,000,000 bytes"),
        (SHEET, f"<worksheet>{f'<row {_attributes(2_000)}/>' * 55}</worksheet>", "has more than 100,000 elements"),
        (STRINGS, f"<sst {_attributes(150_000)}/>", "has a tag or a text of more than 1,000,000 bytes"),
        (STRINGS, f"<sst><si><t>{'x' * 1_100_000}</t></si></sst>", "has a tag or a text of more than 1,000,000 bytes"),
    ],
)
def test_a_tag_or_a_text_that_goes_on_and_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, part: str, text: str, says: str
) -> None:
    from sespms_rules.rosters.files.workbook import parts

    monkeypatch.setattr(parts, "MOST_ELEMENTS", 100_000)
    with pytest.raises(UnreadableFileError) as fault:
        read_roster(_with_part(tmp_path / "r.xlsx", part, text), PROGRAM)
    assert says in fault.value.message


@pytest.mark.attack("empty cells")
def test_empty_rows_of_a_sheet_are_let_go_of(tmp_path: Path) -> None:
    path = _with_part(tmp_path / "r.xlsx", SHEET, f"<worksheet>{'<row/>' * 300_000}</worksheet>")
    result = _within(path, 700, 60)
    assert "nothing stands on the visible sheets" in result.stderr


_KEYS = ", ".join(f'"k{number}": 1' for number in range(20_000))
_ELEMENTS = '{"Leading People": {"level": 5, "weight": 40}, "Results Driven": {"level": 5, "weight": 60}}'


@pytest.mark.attack("keys of JSON")
@pytest.mark.parametrize(
    ("record", "says"),
    [
        (f'"elements": {_ELEMENTS}, "note": {{{_KEYS}, {_KEYS}}}', "is given twice"),
        (f'"elements": {_ELEMENTS}, {_KEYS}, {_KEYS}', "is given twice"),
        (f'"elements": {{{_KEYS}, {_KEYS}}}', "is given twice"),
        (f'"elements": {{{_KEYS}}}', "SES"),
        (f'"elements": {_ELEMENTS}, {_KEYS}', "SES"),
        (f'"elements": {_ELEMENTS}, "note": {{{_KEYS.replace(": 1", ": {}")}}}', "SES"),
    ],
    ids=["twice in a note", "twice in the record", "elements twice", "elements", "keys of the record", "records"],
)
def test_keys_of_json_cost_time_that_grows_with_their_number(tmp_path: Path, record: str, says: str) -> None:
    result = _within(put(tmp_path, "r.json", f'[{{"id": "p-1", {record}}}]'), 1_500, 30)
    assert result.returncode in (0, 1, 2)
    assert says in result.stdout + result.stderr
    assert says != "is given twice" or "more things are wrong with it" in result.stdout


@pytest.mark.attack("faults of libraries")
@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("[" * 980 + "]" * 980, "is nested too deeply: more than 20 levels"),
        ("[" + "0," * 2_000_001 + "0]", "holds more than 2,000,000 values"),
        ('["' + '\\"' * 500_000, "is not JSON"),
        (f'[{{"id": "p-1", "{"k" * 5_000_000}": 1}}]', "holds a key of more than 32,767 characters"),
    ],
    ids=["deep", "many values", "a text without an end", "a key without an end"],
)
def test_json_is_read_within_bounds(tmp_path: Path, text: str, says: str) -> None:
    result = _within(put(tmp_path, "r.json", text), 1_500, 30)
    assert result.returncode == 2
    assert says in result.stderr


@pytest.mark.parametrize("line", ['a","b\n', '"\n', '""x\n', '"a,b\n,\n', ",".join(['"'] * 30) + "\n"])
def test_quotation_marks_cost_time_that_grows_with_their_number(tmp_path: Path, line: str) -> None:
    result = _within(put(tmp_path, "r.csv", HEADINGS + GOOD + line * (30_000 // len(line))), 3_000, 60)
    assert result.returncode in (0, 1)
    assert "1 rated" in result.stdout


# ---- one reading of a row --------------------------------------------------------------------------


@pytest.mark.attack("one id twice")
@pytest.mark.usefixtures("long_from_the_start")
@pytest.mark.parametrize(
    "twice",
    ["p-1,40,2,60,2,", '"p-1",40,2,60,2', "\u00a0p-1,40,2,60,2", "p-1\u200b,40,2,60,2", "p-1 ,40,2,60", "p-1,x,2,60,2"],
)
def test_an_id_is_rated_once_however_its_rows_are_written(tmp_path: Path, twice: str) -> None:
    for rows in (f"{GOOD}{twice}\n", f"{twice}\n{GOOD}"):
        roster = put(tmp_path, "r.csv", HEADINGS + rows + "p-2,40,3,60,3\n")
        (_, wanted), *others = in_every_way(roster, PROGRAM)
        assert "SES635" in wanted[1]["refused"]
        assert all(found == wanted for _, found in others)
        assert len(others) == 5


@pytest.mark.attack("broken rows")
@pytest.mark.usefixtures("long_from_the_start")
@pytest.mark.parametrize("row", ['p-1,"40"x,4,60,5', 'p-1,"40,4,60,5', '"p-1"",40,4,60,5', 'p-1,40,4,60,"5" '])
def test_a_broken_row_never_stops_the_next(tmp_path: Path, row: str) -> None:
    roster = put(tmp_path, "r.csv", HEADINGS + f"{row}\np-2,40,4,60,5\np-3,40,4,60,5\n")
    for way, rows in in_every_way(roster, PROGRAM):
        assert [each["row"] for each in rows] == [2, 3, 4], way
        assert [each["refused"] for each in rows] == [["SES639"], [], []]


@pytest.mark.attack("broken rows")
def test_one_row_never_takes_the_ratings_of_the_next(tmp_path: Path) -> None:
    """Two rows with a quotation mark too many each would else be one row, with the ratings of the second."""
    headings = HEADINGS.replace("id,", "id,unit,")
    roster = put(tmp_path, "r.csv", headings + 'p-1,"Ports,40,1,60,1\np-2,North",40,5,60,5\np-3,x,40,4,60,4\n')
    rows = read_roster(roster, PROGRAM).rows
    assert [(row.id, row.appraisal is None) for row in rows] == [("p-1", True), ("p-2", False), ("p-3", False)]


@pytest.mark.attack("broken rows")
def test_a_row_too_long_is_refused_and_the_next_is_read(tmp_path: Path) -> None:
    roster = put(
        tmp_path,
        "r.csv",
        HEADINGS + f"p-1,{'4' * 1_100_000},4,60,5\np-2,{'4' * 40_000},4,60,5\n{GOOD[:2]}3,40,4,60,5\n",
    )
    for _, rows in in_every_way(roster, PROGRAM):
        assert [each["refused"] for each in rows] == [["SES639"], ["SES639"], []]


@pytest.mark.usefixtures("long_from_the_start")
@pytest.mark.parametrize("blank", ["\u00a0", "\u2003", "\ufeff", "\u200b", "\t", "\x1c", "\x85", "\u3000"])
def test_every_kind_of_white_space_is_none(tmp_path: Path, blank: str) -> None:
    headings = HEADINGS.strip() + f",{blank}\n"
    roster = put(
        tmp_path, "r.csv", headings + f"{blank}p-1,40{blank},{blank}5,60,5,{blank}\n{blank},,,,,\np-2,40,4,60,4,\n"
    )
    for _, rows in in_every_way(roster, PROGRAM):
        assert [(each["id"], each["level"]) for each in rows] == [("p-1", 5), ("p-2", 4)]


# ---- numbers, columns and ids of Parquet -----------------------------------------------------------


@pytest.mark.attack("numbers that stand near")
@pytest.mark.parametrize(
    ("number", "kind", "found"),
    [
        ("90.99999999999999", "DOUBLE", None),
        ("91.0", "DOUBLE", "91"),
        ("90.3", "DOUBLE", "90.3"),
        ("90.5::DOUBLE - 0.1::DOUBLE - 0.1::DOUBLE", "DOUBLE", None),
        ("90.3", "FLOAT", "90.3"),
        ("90.30001", "FLOAT", None),
        ("90.30", "DECIMAL(9,4)", "90.3"),
        ("'nan'", "DOUBLE", None),
    ],
)
def test_a_binary_number_of_parquet_is_taken_as_one_of_a_workbook(
    tmp_path: Path, number: str, kind: str, found: str | None
) -> None:
    made = parquet(tmp_path / "r.parquet", f"SELECT 'p-1' AS id, CAST({number} AS {kind}) AS \"Results rating\"")
    (row,) = read_roster(made, SCALED).rows
    if found is None:
        assert [each.code for each in row.refusals] == ["SES636"]
    else:
        assert row.appraisal is not None
        assert row.appraisal.elements[0].rating == Fraction(found)


@pytest.mark.parametrize(
    ("key", "kind"),
    [
        ("1.5::DOUBLE", "binary numbers"),
        ("TRUE", "yes and no"),
        ("DATE '2026-03-04'", "dates"),
    ],
)
def test_a_column_of_ids_that_is_no_text_stops_a_parquet_roster(tmp_path: Path, key: str, kind: str) -> None:
    made = parquet(tmp_path / "r.parquet", rows_as_parquet(5).replace("'p-1'", key))
    roster = read_roster(made, PROGRAM)
    assert [each.code for each in roster.findings] == ["SES651"]
    assert kind in roster.findings[0].message
    assert roster.rows == ()


@pytest.mark.attack("columns twice")
@pytest.mark.parametrize(
    "heading",
    [
        "RESULTS DRIVEN  level",
        "results driven LEVEL",
        "Results Driven level ",
        "Results\u00a0Driven level",
        "ID",
        " id",
    ],
    ids=ascii,
)
def test_a_column_given_twice_in_parquet_is_refused_as_in_csv(tmp_path: Path, heading: str) -> None:
    # DuckDB itself would call a second column of one name otherwise.
    stands_for_it = "x" * len(heading.encode())
    made = parquet(tmp_path / "r.parquet", rows_as_parquet(5) + f', 1 AS "{stands_for_it}"')
    made.write_bytes(made.read_bytes().replace(stands_for_it.encode(), heading.encode()))
    found = [each.code for each in read_roster(made, PROGRAM).findings]
    text = put(tmp_path, "r.csv", HEADINGS.replace("\n", f",{heading}\n") + GOOD.replace("\n", ",1\n"))
    assert found == [each.code for each in read_roster(text, PROGRAM).findings] == ["SES633"]


@pytest.mark.attack("faults of libraries")
def test_damaged_data_of_parquet_is_said_in_a_sentence(tmp_path: Path) -> None:
    made = parquet(tmp_path / "r.parquet", rows_as_parquet(5) + " FROM range(20000)")
    content = bytearray(made.read_bytes())
    content[40:400] = os.urandom(360)
    made.write_bytes(bytes(content))
    for engine in ENGINES:
        result = run("rate", put(tmp_path, "p.sespms", SMALL), made, "--engine", engine)
        assert "fault of the program" not in result.output
        assert result.exit_code in (1, 2)


# ---- JSON ------------------------------------------------------------------------------------------


@pytest.mark.attack("faults of libraries")
@pytest.mark.parametrize("where", ["level", "id", "key", "unit"])
def test_half_a_letter_costs_its_record_and_no_other(tmp_path: Path, where: str) -> None:
    good = {"Leading People": {"level": 5, "weight": 40}, "Results Driven": {"level": 5, "weight": 60}}
    bad: dict[str, Any] = {"id": "p-1", "elements": json.loads(json.dumps(good))}
    match where:
        case "level":
            bad["elements"]["Leading People"]["level"] = "\ud800"
        case "key":
            bad["elements"]["\udfff"] = 3
        case _:
            bad[where] = "x\udc00"
    roster = put(tmp_path, "r.json", json.dumps([bad, {"id": "p-2", "elements": good}]))
    found, status = data("rate", put(tmp_path, "p.sespms", SMALL), roster)
    assert status == 1
    assert [each["refused"] for each in found["ratings"]] == [["SES643"], []]


def test_a_row_is_split_as_spreadsheets_split_it() -> None:
    import csv
    import io
    import random

    draw = random.Random(4)
    read = 0
    for _ in range(4_000):
        text = "".join(draw.choice('a",\n""b \r') for _ in range(draw.randint(0, 25)))
        try:
            wanted = [row or [""] for row in csv.reader(io.StringIO(text, newline=""), strict=True)]
        except csv.Error:
            continue
        read += 1
        assert [row.cells for row in rows_of(io.StringIO(text, newline=""), ",")] == wanted, repr(text)
    assert read > 1_000


def test_sql_from_the_file_takes_most_rosters(tmp_path: Path, long_from_the_start: None) -> None:
    assert from_file(put(tmp_path, "r.csv", HEADINGS + GOOD), PROGRAM) is not None
    assert TWO.summary.members
