"""The forms of a year hold what the system asks for, and what is filled in can be read."""

from __future__ import annotations

import shutil
import subprocess
from collections import Counter
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.utils import get_column_letter

from cli.running import FAILING, OPM, ROSTER, SMALL, data, put, run
from documents.test_files import in_pdf, in_word

PARTS = tuple(f"Part {number}." for number in range(1, 7))


def _made(folder: Path, *arguments: str | Path, name: str = "made.docx") -> tuple[list[str], int]:
    made = folder / name
    done = run("form", *arguments, "--output", made)
    assert made.exists(), done.output
    return in_word(made.read_bytes()), done.exit_code


def test_the_agreement_has_the_six_parts_of_the_form_and_the_steps_of_the_system(tmp_path: Path) -> None:
    found, code = _made(tmp_path, OPM)
    assert code == 0
    heads = [each for each in found if each.startswith("Part ")]
    assert [each[:7] for each in heads] == list(PARTS)
    for each in ("Initial rating", "Written response", "Higher-level review", "Board recommendation", "Annual rating"):
        assert each in found
    assert "Appointing authority: signature" in found
    assert found.count("Asked for by the executive: initials and date") == 2
    assert {"475 to 500", "400 to 474", "300 to 399", "200 to 299"} <= set(found)
    assert "Any critical element at level 1 makes the rating level 1." in found
    assert "The weights of a plan total 100." in found
    assert "Guidelines" not in found


def test_a_place_for_each_progress_review_that_the_system_asks_for(tmp_path: Path) -> None:
    policy = put(tmp_path, "p.sespms", SMALL + "\nprogress review\n  happens at least 4 times each period\n")
    found, _ = _made(tmp_path, policy)
    assert [each for each in found if each.startswith("Progress review ")] == [
        f"Progress review {n}" for n in range(1, 5)
    ]


def test_the_agreement_of_one_executive_holds_the_plan_and_nobody_else(tmp_path: Path) -> None:
    found, code = _made(tmp_path, OPM, ROSTER, "--id", "invented-01")
    assert code == 0
    assert {"invented-01", "career", "Harbors", "60", "100"} <= set(found)
    assert not any("invented-02" in each for each in found)
    table = found[found.index("Ratings of the elements") :]
    assert table[table.index("Leading Change") + 1] == "10"


def test_the_agreement_is_written_as_pdf_with_the_same_words(tmp_path: Path) -> None:
    words, _ = _made(tmp_path, OPM)
    assert run("form", OPM, "--output", tmp_path / "made.pdf").exit_code == 0
    shown = Counter("".join(in_pdf((tmp_path / "made.pdf").read_bytes()).split()))
    assert not Counter("".join("".join(words).split())) - shown


def test_the_book_of_the_board_says_of_each_what_rate_says(tmp_path: Path) -> None:
    found, code = _made(tmp_path, OPM, ROSTER, "--kind", "board")
    rated, _ = data("rate", OPM, ROSTER)
    assert code == 1  # two of them are refused
    rows = found[found.index("Term") + 1 :]
    for place, each in enumerate(rated["ratings"]):
        name, _, score, level, _ = rows[5 * place : 5 * place + 5]
        assert name == each["id"]
        assert score == (each["score"] or "none")
        assert level == (f"level {each['level']}" if each["level"] is not None else "refused")
        for refused in each["refused"]:
            assert any(f"({refused})" in one for one in found)
    assert found.count("What the board recommends") == len(rated["ratings"])


def test_a_filled_in_roster_is_read_and_its_totals_do_not_disturb_it(tmp_path: Path) -> None:
    made = tmp_path / "roster.xlsx"
    assert run("form", OPM, "--kind", "roster", "--output", made).exit_code == 0
    _filled(made, [["E-101", "career", "Charts", 10, 4, 10, 5, 10, 3, 10, 4, 60, 4]])
    told, code = data("rate", OPM, made)
    assert code == 0, told
    assert [(each["id"], each["score"], each["level"]) for each in told["ratings"]] == [("E-101", "400", 4)]
    assert {each["code"] for each in told["findings"] if each["severity"] != "note"} == set()


def _filled(path: Path, rows: list[list[str | int]]) -> None:
    book: Any = openpyxl.load_workbook(path)
    for number, row in enumerate(rows, 2):
        for column, value in enumerate(row, 1):
            book["Roster"].cell(number, column, str(value))
    book.save(path)


def test_the_roster_offers_the_words_and_refuses_weights_that_the_policy_does_not_allow(tmp_path: Path) -> None:
    made = tmp_path / "roster.xlsx"
    assert run("form", OPM, "--kind", "roster", "--output", made).exit_code == 0
    sheet: Any = openpyxl.load_workbook(made)["Roster"]
    headings = [cell.value for cell in sheet[1]]
    rules = {str(each.sqref).split(":")[0]: each for each in sheet.data_validations.dataValidation}
    for place, heading in enumerate(headings):
        rule = rules.get(f"{get_column_letter(place + 1)}2")
        if heading.endswith(" weight"):
            least = 20 if heading.startswith("Results") else 5
            assert rule is not None
            assert rule.type == "custom"
            letter = get_column_letter(place + 1)
            assert rule.formula1 == f"AND(VALUE({letter}2)>={least})"
        if heading.endswith(" level"):
            assert rule is not None
            assert (rule.type, rule.formula1) == ("list", "'Words'!$B$2:$B$6")


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed here")
@pytest.mark.slow
def test_the_totals_are_right_while_one_types(tmp_path: Path) -> None:
    made = tmp_path / "roster.xlsx"
    assert run("form", OPM, "--kind", "roster", "--output", made).exit_code == 0
    _filled(
        made,
        [
            ["E-1", "career", "", 10, 4, 10, 5, 10, 3, 10, 4, 60, 4],
            ["E-2", "career", "", 10, 4, 10, 5, 10, 3, 10, 4, 59, 4],
        ],
    )
    profile = f"-env:UserInstallation=file://{tmp_path / 'profile'}"
    sheet = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,3"
    subprocess.run(
        ["soffice", profile, "--headless", "--convert-to", sheet, "--outdir", str(tmp_path), str(made)],
        check=True, capture_output=True, timeout=240,
    )  # fmt: skip
    (table,) = tmp_path.glob("*Totals*.csv")
    lines = table.read_text(encoding="utf-8").splitlines()
    assert lines[1:4] == ["E-1,100,right", "E-2,99,must be 100", ",,"]


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["--kind", "roster", "--output", "r.docx"], "the roster is a workbook; give `--output FILE.xlsx`"),
        (["--output", "r.xlsx"], "the agreement is no workbook"),
        (["--kind", "board", "--output", "b.pdf"], "the book of the board needs a roster"),
        (["--id", "E-1", "--output", "b.pdf"], "give a roster and `--id ID` together"),
        ([ROSTER, "--output", "b.pdf"], "give a roster and `--id ID` together"),
        ([ROSTER, "--id", "invented-1", "--output", "b.pdf"], "there is no id `invented-1` in the roster"),
        ([ROSTER, "--kind", "board", "--id", "x", "--output", "b.pdf"], "`--id` is for the agreement"),
        ([ROSTER, "--kind", "roster", "--output", "b.xlsx"], "leave the roster out"),
    ],
)
def test_what_cannot_be_done_is_said_and_nothing_is_written(tmp_path: Path, arguments: list[str], says: str) -> None:
    named = [str(tmp_path / each) if "." in each and each != ROSTER else each for each in arguments]
    done = run("form", OPM, *named)
    assert done.exit_code == 2
    assert says in " ".join(done.output.split())
    assert list(tmp_path.iterdir()) == []


def test_a_book_of_thousands_is_refused(tmp_path: Path) -> None:
    heads = "id,Leading People weight,Leading People level,Results Driven weight,Results Driven level\n"
    rows = "".join(f"e{number},50,3,50,3\n" for number in range(1_001))
    roster = put(tmp_path, "r.csv", heads + rows)
    done = run("form", put(tmp_path, "p.sespms", SMALL), roster, "--kind", "board", "--output", tmp_path / "b.html")
    assert done.exit_code == 2
    assert "more than 1,000 executives" in done.output


def test_a_policy_with_errors_has_no_forms(tmp_path: Path) -> None:
    policy = put(tmp_path, "p.sespms", FAILING)
    assert run("form", policy, "--output", tmp_path / "f.html").exit_code == 1
    assert not (tmp_path / "f.html").exists()


@pytest.mark.parametrize("name", ["opm_2025", "dhs_ses_2011", "nasa_ses_2020", "usda_ses_2015", "opm_basic_2012"])
def test_every_agency_has_its_forms(tmp_path: Path, name: str) -> None:
    policy = Path(OPM).parent / f"{name}.sespms"
    found, code = _made(tmp_path, policy)
    assert code == 0
    assert [each[:7] for each in found if each.startswith("Part ")] == list(PARTS)
