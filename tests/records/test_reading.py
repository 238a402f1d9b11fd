"""Records in CSV, JSON, Excel and Parquet are one year; what is wrong with one is told, and the others are judged."""

from __future__ import annotations

import csv
import datetime
import json
from collections.abc import Callable
from pathlib import Path

import duckdb
import jsonschema
import openpyxl
import pytest

from records.invented_years import COLUMNS, InventedYear, rows_of, written
from sespms_rules.language.parsing import UnreadableFileError
from sespms_rules.language.syntax.words import Act, Role
from sespms_rules.records.reading import Year, read_year, records_schema
from sespms_rules.records.vocabulary import ACTS, ROLES

SCHEMA = Path(__file__).resolve().parents[2] / "docs" / "schemas" / "records.schema.json"
YEARS = [InventedYear("E-101"), InventedYear("E-102", level=3)]


def _as_json(folder: Path) -> Path:
    file = folder / "year.json"
    file.write_text(json.dumps(rows_of(YEARS)), encoding="utf-8")
    return file


def _as_workbook(folder: Path) -> Path:
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for name, rows in rows_of(YEARS).items():
        sheet = book.create_sheet(name)
        sheet.append(COLUMNS[name])
        for row in rows:
            sheet.append([row.get(column) for column in COLUMNS[name]])
    book.save(folder / "year.xlsx")
    return folder / "year.xlsx"


def _as_parquet(folder: Path) -> Path:
    csvs = written(folder / "csv", YEARS)
    (folder / "parquet").mkdir()
    for name in COLUMNS:
        target = folder / "parquet" / f"{name}.parquet"
        duckdb.sql(
            f"COPY (SELECT * FROM read_csv('{csvs / name}.csv', all_varchar=true)) TO '{target}' (FORMAT parquet)"
        )
    return folder / "parquet"


def _same(year: Year) -> list[tuple[object, ...]]:
    return [
        (each.executive, each.period, each.plan, [(one.act.model_dump()) for one in each.acts]) for each in year.years
    ]


@pytest.mark.parametrize("made", [_as_json, _as_workbook, _as_parquet])
def test_every_kind_of_file_holds_the_same_year(made: Callable[[Path], Path], tmp_path: Path) -> None:
    expected = read_year(written(tmp_path / "expected", YEARS))
    found = read_year(made(tmp_path))
    assert expected.findings == found.findings == ()
    assert _same(found) == _same(expected)
    assert found.sittings == expected.sittings


def test_days_and_sums_typed_into_a_sheet_are_read_as_they_are_meant(tmp_path: Path) -> None:
    book = openpyxl.load_workbook(_as_workbook(tmp_path))

    book["acts"]["D3"] = datetime.date(2025, 9, 24)
    book["executives"]["F2"] = 200000
    book["acts"].insert_rows(1, 2)
    book["acts"]["A1"] = "Acts of fiscal year 2026"
    book.save(tmp_path / "year.xlsx")
    found = read_year(tmp_path / "year.xlsx")
    assert found.findings == ()
    assert _same(found) == _same(read_year(written(tmp_path / "expected", YEARS)))


def _year_of_sheets(folder: Path, change: Callable[[openpyxl.Workbook], None]) -> Year:
    book = openpyxl.load_workbook(_as_workbook(folder))
    change(book)
    book.save(folder / "year.xlsx")
    return read_year(folder / "year.xlsx")


def test_what_a_sheet_shows_otherwise_or_not_at_all_is_told_of_records_too(tmp_path: Path) -> None:
    pay = COLUMNS["executives"].index("basic pay") + 1

    def change(book: openpyxl.Workbook) -> None:
        book["executives"].cell(2, pay, 200000.4).number_format = "0"
        book["executives"].column_dimensions["C"].hidden = True
        book["acts"].row_dimensions[4].hidden = True
        book["sessions"].cell(2, 1, datetime.date(2026, 3, 4))
        book["plans"].cell(2, COLUMNS["plans"].index("weight") + 1, 20).number_format = '"40"'
        book["plans"].cell(1, len(COLUMNS["plans"]) + 1, "of interest to nobody")
        book["plans"].cell(3, len(COLUMNS["plans"]) + 1, 1).number_format = '"other"'

    found = {(each.code, each.place.number, each.message) for each in _year_of_sheets(tmp_path, change).findings}
    assert {
        ("SES659", 2, "the cell holds `200000.4` and shows `200000`"),
        ("SES660", 0, "the column `unit` (C) is hidden and is read like the others"),
        ("SES660", 0, "row 4 is hidden or filtered out and is read like the others"),
        ("SES651", 2, "the id is the date `2026-03-04`, which a spreadsheet may have made of it"),
        ("SES659", 2, "the cell holds `20` and shows `40`"),
    } <= found
    assert not any(code == "SES659" and row == 3 for code, row, _ in found)


def test_an_id_of_records_is_the_one_that_a_sheet_shows(tmp_path: Path) -> None:
    def change(book: openpyxl.Workbook) -> None:
        for sheet in book.worksheets:
            for row in sheet.iter_rows():
                for cell in row:
                    if cell.value == "E-101":
                        cell.value = 12
                        cell.number_format = "00000"

    year = _year_of_sheets(tmp_path, change)
    assert [each.code for each in year.findings] == []
    assert [each.executive.id for each in year.years] == ["00012", "E-102"]


def test_headings_that_stand_again_in_a_table_of_records_are_no_record(tmp_path: Path) -> None:
    def change(book: openpyxl.Workbook) -> None:
        acts, facts = book["acts"], book["executives"]
        acts.insert_rows(3)
        for place, heading in enumerate(COLUMNS["acts"], 1):
            acts.cell(3, place, heading)
        facts.insert_rows(3)
        for place, heading in enumerate(["id", "unit", "appointment", "entered"], 1):
            facts.cell(3, place, heading)

    found = [(each.place.number, each.code, each.message) for each in _year_of_sheets(tmp_path, change).findings]
    assert (3, "SES703", "the headings stand here again, so that it is no record") in found
    assert (3, "SES703", "it holds headings that are not those at the top") in found
    assert (4, "SES703", "it stands under the headings of row 3, which are not those at the top") in found


def test_acts_and_roles_are_those_of_the_language() -> None:
    assert set(ACTS) >= {each.value for each in Act}
    assert set(ROLES) == {each.value for each in Role} - {"any official"}
    assert "board" not in ACTS
    assert {"removal", "performance award", "detail", "notice", "a new President", "development plan"} <= set(ACTS)


def test_the_schema_is_published_and_holds_for_a_year() -> None:
    published = json.loads(SCHEMA.read_text(encoding="utf-8"))
    assert published == json.loads(json.dumps(records_schema())), "make docs/schemas/records.schema.json again"
    jsonschema.validate(rows_of(YEARS), published)
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(rows_of(YEARS) | {"acts": [{"act": "progres review", "day": "2026-01-01"}]}, published)


# ---- what is wrong ---------------------------------------------------------------------------------


def _changed(folder: Path, name: str, change: Callable[[str], str]) -> Year:
    written(folder, YEARS)
    file = folder / f"{name}.csv"
    file.write_text(change(file.read_text(encoding="utf-8")), encoding="utf-8")
    return read_year(folder)


@pytest.mark.parametrize(
    ("name", "before", "after", "code", "says"),
    [
        ("acts", "2026-04-14", "2026-02-30", "SES703", "there is no day `2026-02-30`"),
        ("acts", "2026-04-14", "4/14/2026", "SES703", "`4/14/2026` is not a day"),
        ("acts", "2026-04-14", "", "SES702", "there is no day"),
        ("acts", "2026-04-14", "9999-12-31", "SES703", "`9999-12-31` is not between the years 1900 and 2199"),
        ("acts", "2026-04-14", "0001-01-01", "SES703", "`0001-01-01` is not between the years 1900 and 2199"),
        ("plans", "2026-09-30", "9999-12-31", "SES703", "`9999-12-31` is not between the years 1900 and 2199"),
        ("sessions", "2026-10-15", "2200-01-01", "SES703", "`2200-01-01` is not between the years 1900 and 2199"),
        ("acts", "progress review", "progres review", "SES703", "`progres review` is no act of the language"),
        ("acts", "rating official", "rater", "SES703", "what stands here is no role of the language"),
        ("executives", "career", "permanent", "SES703", "what stands here is not a kind of appointment"),
        ("executives", "career", "", "SES702", "there is no appointment"),
        ("executives", "200000.00", "200000.005", "SES703", "`200000.005` is no sum of dollars and cents"),
        ("executives", "200000.00", "-5", "SES703", "`-5` is no sum of dollars and cents"),
        ("executives", "200000.00", "5%", "SES703", "`5%` is no sum of dollars and cents"),
        ("executives", "E-101", "123-45-6789", "SES704", "looks like a social security number"),
        ("executives", "E-101", "123456789", "SES704", "looks like a social security number"),
        ("executives", "E-101", "Jane Doe 2", "SES704", "may be a person's name"),
        ("executives", "E-101", "jdoe@example.gov", "SES704", "may be a person's name"),
        ("executives", "id,", "id,SSN,", "SES704", "the column `SSN` holds personal data"),
        ("acts", "O-101", "Doe", "SES704", "may be a person's name"),
        ("acts", "board,,S-1", "board,,S-9", "SES706", "there is no session `S-9`"),
        ("acts", "Leading Change", "Leading Chance", "SES706", "the plan has no element `Leading Chance`"),
        ("acts", "act,", "deed,", "SES702", "the table `acts` has no column `act`"),
        ("plans", "2026-09-30", "2024-09-30", "SES707", "the period ends on 2024-09-30, before it starts"),
        ("sessions", "M-1", "", "SES708", "has no members"),
    ],
)
def test_each_fault_names_its_place_and_the_rest_is_read(
    tmp_path: Path, name: str, before: str, after: str, code: str, says: str
) -> None:
    count = -1 if code == "SES708" else 1

    def change(text: str) -> str:
        if code == "SES708":
            head = text.splitlines()[0]
            return f"{head}\nS-1,2026-11-16,,career,\n"
        head, _, rest = text.partition("\n")
        if before in head:
            return head.replace(before, after, 1) + "\n" + rest.replace("\nE", "\nE")
        assert before in rest
        return f"{head}\n{rest.replace(before, after, count)}"

    year = _changed(tmp_path, name, change)
    told = [each for each in year.findings if each.code == code and says in each.message]
    assert told, [each.message for each in year.findings]
    assert told[0].help
    assert told[0].place.file.endswith(f"{name}.csv")
    assert "123-45-6789" not in repr(year.findings)
    assert "Jane" not in repr(year.findings)
    if "column" not in says and name != "plans" and code != "SES708":
        assert "E-102" in {each.executive.id for each in year.years}


@pytest.mark.parametrize("personal", ["Jane Doe", "Doe 123-45-6789", "123\u201145\u20116789", "123-45-6789", "Jane"])
@pytest.mark.parametrize("column", ["act", "day", "role", "level", "amount", "document", "about", "person", "number"])
def test_no_refusal_repeats_what_may_be_a_person_s_own(personal: str, column: str, tmp_path: Path) -> None:
    one = InventedYear("E-101")
    one.add("initial rating", "2026-10-21", "rating official", about="Leading Change", level="4")[column] = personal
    year = read_year(written(tmp_path, [one]))
    assert year.findings
    for part in ("Jane", "Doe", "6789"):
        assert part not in repr([(each.message, each.help, each.executive) for each in year.findings])


@pytest.mark.parametrize(
    "spelled",
    ["e-101", "E\u2011101", "E\u2212101", "\uff25-101", "E-\u200b101", "E-101\ufe0f", "E-\u034f101", " E-101 "],
)
def test_ids_are_one_whatever_their_capitals_width_and_hyphens(spelled: str, tmp_path: Path) -> None:
    one = InventedYear("E-101")
    one.the("plan")["executive"] = spelled
    one.plan[1]["executive"] = spelled
    year = read_year(written(tmp_path, [one]))
    told = ["SES665"] if spelled == "e-101" else []  # once, for both rows
    assert [each.code for each in year.findings] == told
    assert _same(year) == _same(read_year(written(tmp_path / "expected", [InventedYear("E-101")])))


@pytest.mark.parametrize("spelled", ["\u0415-101", "\u0395-101", "E-101\u0430"])
def test_an_id_in_letters_of_another_script_is_refused(spelled: str, tmp_path: Path) -> None:
    one = InventedYear("E-101")
    one.the("progress review")["executive"] = spelled
    year = read_year(written(tmp_path, [one]))
    assert [(each.code, each.column) for each in year.findings] == [("SES703", "executive")]
    assert "letter of another script" in year.findings[0].message


@pytest.mark.parametrize(
    ("before", "after", "says"),
    [
        ("M-2,career", "M-1,noncareer", "`M-1` of `S-1` is noncareer here and career above"),
        ("M-2,career", "m-1,noncareer", "`M-1` of `S-1` is noncareer here and career above"),
        ("2026-10-15", "2026-11-17", "the notice of 2026-11-17 comes after the session `S-1` of 2026-11-16"),
        ("S-1,2026-11-16", "S-1,2029-11-16", "it rests on the session `S-1` of 2029-11-16"),
    ],
)
def test_sessions_that_contradict_themselves_or_acts_are_told(
    before: str, after: str, says: str, tmp_path: Path
) -> None:
    every = -1 if before.startswith("S-1") else 1
    year = _changed(tmp_path, "sessions", lambda text: text.replace(before, after, every))
    told = [each for each in year.findings if says in each.message]
    assert told, [each.message for each in year.findings]
    assert {each.code for each in told} == {"SES707"}


@pytest.mark.parametrize("act", ["progress review", "initial rating", "annual rating"])
def test_who_judges_their_own_work_is_told(act: str, tmp_path: Path) -> None:
    one = InventedYear("E-101")
    one.the(act)["person"] = "E\u2011101"
    year = read_year(written(tmp_path, [one]))
    assert [(each.code, each.act, each.column) for each in year.findings] == [("SES742", act, "person")]
    assert act in {each.act.act for each in year.years[0].acts}


def test_a_correction_leaves_what_it_corrects_on_record_and_counts_instead(tmp_path: Path) -> None:
    one = InventedYear("E-101")
    one.the("annual rating")["number"] = "A-9"
    one.add(
        "annual rating", "2026-12-03", "appointing authority", level="3", corrects="A-9", reason="a slip of the pen"
    )
    year = read_year(written(tmp_path, [one]))
    assert year.findings == ()
    ratings = [each.act for each in year.years[0].acts if each.act.act == "annual rating"]
    assert [(each.level, each.corrects) for each in ratings] == [(3, "A-9")]


def test_of_two_acts_that_contradict_each_other_neither_counts(tmp_path: Path) -> None:
    one = InventedYear("E-101")
    one.add("annual rating", "2026-12-01", "appointing authority", level="5")
    year = read_year(written(tmp_path, [one]))
    assert [each.code for each in year.findings] == ["SES707"]
    assert not [each for each in year.years[0].acts if each.act.act == "annual rating"]


def test_what_is_no_table_of_records_is_told(tmp_path: Path) -> None:
    written(tmp_path, YEARS)
    (tmp_path / "actz.csv").write_text("a,b\n1,2\n", encoding="utf-8")
    (tmp_path / "minutes.docx").write_bytes(b"PK")
    told = [(each.code, each.help) for each in read_year(tmp_path).findings]
    assert [code for code, _ in told] == ["SES701", "SES701"]
    assert "did you mean `acts`?" in told[0][1]


@pytest.mark.parametrize("within", [True, False])
def test_a_link_that_leads_out_of_the_folder_is_not_followed(within: bool, tmp_path: Path) -> None:
    folder = tmp_path / "year"
    folder.mkdir()
    written(folder, YEARS)
    aside = (folder if within else tmp_path) / ".acts of another"
    (folder / "acts.csv").rename(aside)
    (folder / "acts.csv").symlink_to(aside)
    year = read_year(folder)
    told = [(each.code, "leads out of the folder" in each.message) for each in year.findings]
    assert told == ([] if within else [("SES702", False), ("SES701", True)])
    assert any(each.acts for each in year.years) is within


def test_a_folder_without_tables_cannot_be_read(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFileError, match="no file stands in the folder"):
        read_year(tmp_path)
    with pytest.raises(UnreadableFileError, match="there is no file"):
        read_year(tmp_path / "nothing")
    (tmp_path / "notes.md").write_text("Notes.\n", encoding="utf-8")
    assert {each.code for each in read_year(tmp_path).findings} == {"SES702"}


def test_rows_are_counted_as_a_spreadsheet_counts_them(tmp_path: Path) -> None:
    written(tmp_path, YEARS)
    rows = list(csv.reader((tmp_path / "acts.csv").read_text(encoding="utf-8").splitlines()))
    year = read_year(tmp_path)
    for each in year.years[0].acts:
        assert rows[each.place.number - 1][2] == each.act.act


@pytest.mark.parametrize(
    ("written_so", "help"),
    [
        ("5%", "write it with at most two decimals and no sign, like `12500.00`"),
        ('"12,000"', "write `12000`"),
        ('"1,234,567.50"', "write `1234567.50`"),
    ],
)
def test_no_help_makes_another_sum_of_one(written_so: str, help: str, tmp_path: Path) -> None:
    year = _changed(tmp_path, "executives", lambda text: text.replace("200000.00", written_so, 1))
    assert help in {each.help for each in year.findings}
