"""What is wrong with a file, a sheet or a cell is told where it stands, and what the other files hold is judged."""

from __future__ import annotations

import json
from pathlib import Path

import openpyxl
import pytest

from cli.running import OPM, run
from records.invented_years import COLUMNS, InventedYear, rows_of, written
from records.judging import judged_by_opm
from sespms_rules.records.cycle import Cycle


def _told(cycle: Cycle) -> list[tuple[str, str, str]]:
    return [(each.code, Path(each.place.file).name, each.message.rpartition("/")[2]) for each in cycle.findings]


def _year(folder: Path) -> Path:
    return written(folder, [InventedYear("E-101")])


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("facts.csv", b"", "facts.csv` is empty"),
        ("facts.json", b'[{"executive": ', "facts.json` is not JSON"),
        ("notes.xlsx", b"PK\x03\x04 and no more", "notes.xlsx` cannot be read as an Excel workbook"),
    ],
)
def test_a_file_that_cannot_be_read_is_told_and_the_others_are_judged(
    name: str, content: bytes, says: str, tmp_path: Path
) -> None:
    folder = _year(tmp_path)
    (folder / "facts.csv").unlink()
    (folder / name).write_bytes(content)
    cycle = judged_by_opm(folder)
    ((code, file, message),) = _told(cycle)
    assert (code, file) == ("SES703", name)
    assert message.startswith(says)
    assert [each.id for each in cycle.executives] == ["E-101"]


@pytest.mark.parametrize("table", ["acts", "plans", "sessions", "executives"])
def test_a_table_in_a_file_that_cannot_be_read_is_missed(table: str, tmp_path: Path) -> None:
    folder = _year(tmp_path)
    (folder / f"{table}.csv").write_bytes(b"\n")
    cycle = judged_by_opm(folder)
    assert ("SES703", f"{table}.csv", f"{table}.csv` is empty") in _told(cycle)
    assert cycle.executives == ()
    assert cycle.unjudged == ({} if table == "executives" else {"E-101": f"the table `{table}`"})


def test_of_a_table_that_stands_in_two_files_neither_counts(tmp_path: Path) -> None:
    folder = _year(tmp_path)
    (folder / "more.json").write_text(json.dumps({"acts": rows_of([InventedYear("E-101", level=3)])["acts"]}))
    cycle = judged_by_opm(folder)
    ((code, file, message),) = _told(cycle)
    assert (code, file, message) == ("SES707", "more.json", "acts.csv` too, and nobody can tell which counts")
    assert cycle.unjudged == {"E-101": "the table `acts`"}


def _workbook(folder: Path, **cells: str) -> Path:
    """A year in one workbook; some cells of `acts` are changed, by their names such as `D5`."""
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for name, rows in rows_of([InventedYear("E-101")]).items():
        sheet = book.create_sheet(name)
        sheet.append(COLUMNS[name])
        for row in rows:
            sheet.append([row.get(column) for column in COLUMNS[name]])
    for place, value in cells.items():
        book["acts"][place] = value
    book.save(folder / "year.xlsx")
    return folder / "year.xlsx"


def test_a_finding_in_a_workbook_names_the_sheet(tmp_path: Path) -> None:
    file = _workbook(tmp_path, D5="2026-02-30")
    text = run("cycle", OPM, file, "--as-of", "2027-01-31")
    assert f"{file} (acts):5: error SES703" in text.output
    data = json.loads(run("cycle", OPM, file, "--as-of", "2027-01-31", "--format", "json").stdout)
    (found,) = data["findings"]
    assert (found["sheet"], found["row"]) == ("acts", 5)
    history = run("explain", OPM, "--records", file, "--id", "E-101", "--as-of", "2027-01-31")
    assert "(year.xlsx, acts, row 4)" in history.output, history.output
    checked = run("check", OPM, "--records", file, "--as-of", "2027-01-31")
    assert "`year.xlsx` (acts) row 5" in checked.output


def test_what_is_wrong_on_one_sheet_is_not_told_of_a_row_of_another(tmp_path: Path) -> None:
    """Row 3 of `plans` has a fault, and row 3 of `acts` has none."""
    book = openpyxl.load_workbook(_workbook(tmp_path, D3="2026-02-30"))
    book["plans"]["E5"] = "ten"
    book.save(tmp_path / "year.xlsx")
    found = judged_by_opm(tmp_path / "year.xlsx").findings
    assert [(each.place.sheet, each.place.number) for each in found] == [("acts", 3), ("plans", 5)]


@pytest.mark.parametrize("cell", ["C5", "D5", "E5", "H4", "K5"])  # act, day, role, about, reason
def test_a_formula_without_its_result_is_told_as_one(cell: str, tmp_path: Path) -> None:
    cycle = judged_by_opm(_workbook(tmp_path, **{cell: '="secret"'}))
    (found,) = cycle.findings
    assert (found.code, found.place.number) == ("SES703", int(cell[1:]))
    assert found.message == "a formula stands here, and not what it gives"
    assert "secret" not in found.message + found.help
