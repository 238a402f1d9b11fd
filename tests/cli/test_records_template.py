"""`sespms records template`: a form that another library reads, and that `cycle` reads back when it is filled in."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path
from typing import Any

import openpyxl
import pypdf
import pytest
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from cli.running import BROKEN, OPM, SMALL, run
from records.invented_years import COLUMNS, ELEMENTS, InventedYear, Row, rows_of, written
from sespms_rules.records.reading import record_columns
from sespms_rules.records.vocabulary import ACTS, ROLES
from sespms_rules.reports.workbook import MOST_SIGNS_OF_A_NOTE, Guide, Sheet, write_workbook

WORDS = "words to choose from"


def _template(folder: Path, policy: str | Path = OPM) -> Path:
    file = folder / "year.xlsx"
    result = run("records", "template", policy, "--output", file)
    assert (result.exit_code, result.output) == (0, "")
    return file


def _offered(book: openpyxl.Workbook, table: str, heading: str) -> list[str]:
    """The words of the drop-down of a column, looked up where it says that they stand."""
    sheet = book[table]
    (letter,) = [each.column_letter for each in sheet[1] if each.value == heading]
    (rule,) = [
        each
        for each in sheet.data_validations.dataValidation
        if each.type == "list" and str(each.sqref) == f"{letter}2:{letter}1048576"
    ]
    name, _, cells = rule.formula1.partition("!")
    assert name == f"'{WORDS}'"
    return [str(cell.value) for (cell,) in book[WORDS][cells.replace("$", "")]]


def test_each_drop_down_offers_the_words_of_the_language_or_of_the_policy(tmp_path: Path) -> None:
    book = openpyxl.load_workbook(_template(tmp_path))
    assert _offered(book, "acts", "act") == list(ACTS)
    assert _offered(book, "acts", "role") == list(ROLES)
    assert _offered(book, "acts", "level") == ["5", "4", "3", "2", "1"]
    assert _offered(book, "acts", "about") == _offered(book, "plans", "element") == list(ELEMENTS)
    assert "noncareer" in _offered(book, "executives", "appointment")
    (tmp_path / "small.sespms").write_text(SMALL, encoding="utf-8")
    small = openpyxl.load_workbook(_template(tmp_path, tmp_path / "small.sespms"))
    assert _offered(small, "plans", "element") == ["Leading People", "Results Driven"]


def test_it_has_the_columns_that_are_read_each_with_a_note_at_its_heading_and_its_cells(tmp_path: Path) -> None:
    book = openpyxl.load_workbook(_template(tmp_path))
    assert book.sheetnames == [*record_columns(), WORDS]
    for name, columns in record_columns().items():
        sheet = book[name]
        assert [each.value for each in sheet[1]] == list(columns)
        assert sheet.max_row == 1
        notes = {str(each.sqref): each for each in sheet.data_validations.dataValidation}
        for place, heading in enumerate(sheet[1], 1):
            letter = get_column_letter(place)
            at, below = notes[f"{letter}1"], notes[f"{letter}2:{letter}1048576"]
            assert at.prompt == below.prompt
            assert 0 < len(at.prompt) <= MOST_SIGNS_OF_A_NOTE
            assert at.promptTitle == heading.value
            assert at.showInputMessage
            assert below.showInputMessage
        assert set(sheet.column_dimensions) == {get_column_letter(place) for place in range(1, len(columns) + 1)}


def test_each_column_shows_its_heading_and_the_words_to_choose_from(tmp_path: Path) -> None:
    """All columns of the acts are printed on one page: what none of them needs makes the others too small to read."""
    book = openpyxl.load_workbook(_template(tmp_path))
    for name, columns in record_columns().items():
        widths = [book[name].column_dimensions[get_column_letter(place)].width for place in range(1, len(columns) + 1)]
        for heading, width in zip(columns, widths, strict=True):
            words = _offered(book, name, heading) if heading in ("act", "role", "appointment", "about") else []
            assert width > max(map(len, [heading, *words]))
        assert sum(widths) < 300


def _fill(sheet: Worksheet, rows: list[Row]) -> None:
    headings = [str(each.value) for each in sheet[1]]
    for row in rows:
        assert set(row) <= set(headings)
        sheet.append([row.get(heading) or None for heading in headings])


def _judged(records: Path) -> dict[str, Any]:
    result = run("cycle", OPM, records, "--as-of", "2027-01-31", "--format", "json")
    document: dict[str, Any] = json.loads(result.stdout)
    return document


def test_filled_in_it_is_judged_as_the_same_records_in_a_folder(tmp_path: Path) -> None:
    late = InventedYear("E-102")
    late.the("plan")["day"] = "2025-10-20"
    years = [InventedYear("E-101"), late]
    years[0].facts.append({"executive": "E-101", "fact": "position type", "value": "general"})
    file = _template(tmp_path)
    book = openpyxl.load_workbook(file)
    for name, rows in rows_of(years).items():
        _fill(book[name], rows)
    book.save(file)
    filled, folder = _judged(file), _judged(written(tmp_path / "year", years))
    assert [each["code"] for one in filled["executives"] for each in one["findings"]] == ["SES709"]
    assert filled["findings"] == []
    assert filled["duties"] == folder["duties"]
    assert set(COLUMNS) == set(record_columns())


def test_it_is_printed_across_with_its_headings_on_each_page(tmp_path: Path) -> None:
    book = openpyxl.load_workbook(_template(tmp_path))
    for sheet in book.worksheets:
        fitted = sheet.sheet_properties.pageSetUpPr
        assert fitted is not None
        assert (sheet.page_setup.orientation, fitted.fitToPage) == ("landscape", True)
        assert (sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight) == (1, 0)
        assert sheet.print_title_rows == "$1:$1"
    words = book[WORDS]
    for number, column in enumerate(words.iter_cols(values_only=True), 1):
        width = words.column_dimensions[get_column_letter(number)].width
        assert width > max(len(str(each)) for each in column if each is not None)


@pytest.mark.skipif(shutil.which("localc") is None, reason="LibreOffice Calc is not installed here")
def test_libreoffice_prints_each_table_on_one_page(tmp_path: Path) -> None:
    """All columns stand on one page; on 15 pages nobody could tell which columns belong together."""
    made = _template(tmp_path)
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    command = ["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", str(tmp_path), str(made)]
    subprocess.run(command, check=True, capture_output=True, timeout=280)
    pages = pypdf.PdfReader(tmp_path / "year.pdf").pages
    heads = [each.extract_text().split()[0] for each in pages]
    tables = list(record_columns())
    assert heads[: len(tables)] == tables
    assert set(heads[len(tables) :]) == {"words"}
    for page, (name, columns) in zip(pages, record_columns().items(), strict=False):
        text = page.extract_text().split()
        assert [each for column in columns for each in column.split() if each not in text] == [], name


def test_empty_it_holds_nobody_and_is_no_fault(tmp_path: Path) -> None:
    document = _judged(_template(tmp_path))
    assert (document["executives"], document["findings"]) == ([], [])


@pytest.mark.parametrize(
    ("text", "output", "code", "says"),
    [
        (SMALL, "year.csv", 2, "does not end in `.xlsx`"),
        (BROKEN, "year.xlsx", 1, "totl"),
        (SMALL + SMALL.replace("Invented", "Another"), "year.xlsx", 2, "name one with --system"),
    ],
)
def test_what_gives_no_form_is_told_and_leaves_no_file(
    text: str, output: str, code: int, says: str, tmp_path: Path
) -> None:
    (tmp_path / "policy.sespms").write_text(text, encoding="utf-8")
    result = run("records", "template", tmp_path / "policy.sespms", "--output", tmp_path / output)
    assert result.exit_code == code
    assert says in result.output
    assert not (tmp_path / output).exists()


def test_a_note_longer_than_a_spreadsheet_shows_is_refused(tmp_path: Path) -> None:
    sheet = Sheet("acts", ("act",), (), (Guide("x" * (MOST_SIGNS_OF_A_NOTE + 1), None),))
    with (tmp_path / "x.xlsx").open("wb") as file, pytest.raises(ValueError, match="255 characters"):
        write_workbook([sheet], file)


FACTS = """facts
  "position type" is one of "general" or "scientific professional"
  "days served" is a whole number from 0 to 366

levels
"""


def test_facts_and_additional_ratings_are_chosen_from_the_names_of_the_policy(tmp_path: Path) -> None:
    """A number may stand in `value` too, so the spreadsheet asks about it and does not refuse it."""
    policy = SMALL[: SMALL.index("\nscenario")].replace("levels\n", FACTS, 1)
    policy = policy.replace(
        "summary rating\n", 'summary rating\n  each element is also rated "difficulty" from 0 to 1\n', 1
    )
    (tmp_path / "small.sespms").write_text(policy, encoding="utf-8")
    book = openpyxl.load_workbook(_template(tmp_path, tmp_path / "small.sespms"))
    assert _offered(book, "facts", "fact") == ["position type", "days served"]
    assert _offered(book, "facts", "value") == ["general", "scientific professional"]
    assert _offered(book, "acts", "additional rating") == ["difficulty"]
    assert _offered(book, "plans", "critical") == ["yes", "no"]
    rules = {str(each.sqref): each for each in book["facts"].data_validations.dataValidation if each.type == "list"}
    assert [each.errorStyle for each in rules.values()] == [None, "warning"]
    plain = openpyxl.load_workbook(_template(tmp_path))
    notes = {str(each.sqref): each.prompt for each in plain["facts"].data_validations.dataValidation}
    assert notes["B1"].endswith("; this policy has none")
