"""The forms of a year hold what the system asks for, and what is filled in can be read."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections import Counter
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.utils import get_column_letter

from cli.running import FAILING, OPM, ROSTER, SMALL, data, put, run
from documents.described import SHIPPED
from documents.test_files import in_pdf, in_word
from sespms_rules.documents import write_roster
from sespms_rules.rosters.files import form_fields, reading
from systems import systems_of

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


SHAPES = Path(OPM).parents[1] / "shapes"
TWO = SHAPES / "shape_22_two_results.sespms"
TWO_RATED = """id,appointment,unit,Leading People level,Leading People contribution,Stewardship level,\
Stewardship contribution,Mission Results level,Mission Results contribution
x2,career,A,5,75,4,65,5,70
"""


def test_the_roster_has_a_column_for_each_additional_rating_and_is_rated_as_it_is(tmp_path: Path) -> None:
    made = tmp_path / "roster.xlsx"
    assert run("form", TWO, "--kind", "roster", "--output", made).exit_code == 0
    _filled(made, [["x2", "career", "A", 5, 75, 4, 65, 5, 70]])
    told, code = data("rate", TWO, made)
    assert code == 0, told
    expected, _ = data("rate", TWO, put(tmp_path, "r.csv", TWO_RATED))
    assert told["ratings"][0]["reported"] == expected["ratings"][0]["reported"]
    assert (told["ratings"][0]["level"], told["ratings"][0]["score"]) == (5, expected["ratings"][0]["score"])
    sheet: Any = openpyxl.load_workbook(made)["Roster"]
    rules = {str(each.sqref).split(":")[0]: each.formula1 for each in sheet.data_validations.dataValidation}
    assert rules["E2"] == "AND(VALUE(E2)>=0,VALUE(E2)<=100)"


@pytest.mark.parametrize("name", SHIPPED)
def test_the_roster_has_every_column_that_a_roster_must_have(tmp_path: Path, name: str) -> None:
    for number, (system, program) in enumerate(systems_of(name)):
        made = tmp_path / f"{number}.xlsx"
        with made.open("wb") as file:
            write_roster(system, program, file)
        sheet: Any = openpyxl.load_workbook(made)["Roster"]
        headings = [cell.value for cell in sheet[1]]
        assert len(set(headings)) == len(headings)
        assert {"id", *(each.heading for each in form_fields(program) if each.needed)} <= set(headings)


def test_a_fact_in_words_and_the_ratings_of_requirements_are_offered(tmp_path: Path) -> None:
    for policy in ("shape_27_facts", "shape_14_adjusted_before_averaging", "shape_10_nested"):
        made = tmp_path / f"{policy}.xlsx"
        assert run("form", SHAPES / f"{policy}.sespms", "--kind", "roster", "--output", made).exit_code == 0
        told, _ = data("rate", SHAPES / f"{policy}.sespms", made)
        assert [each["code"] for each in told["findings"] if each["severity"] == "error"] == []


SOME = SHAPES / "shape_28_some_plans.sespms"


def test_the_roster_lets_it_be_said_that_a_plan_does_not_have_an_element(tmp_path: Path) -> None:
    """The drop-down offers the words that `rate` reads, and there are columns for what plans bring of their own."""
    made = tmp_path / "roster.xlsx"
    done = run("form", SOME, "--kind", "roster", "--element", "Mentoring", "--output", made)
    assert done.exit_code == 0, done.output
    book = openpyxl.load_workbook(made)
    sheet = book["Roster"]
    headings = [each.value for each in sheet[1]]
    assert headings[3:] == ["Results level", "Supervision level", "Mentoring level", "Mentoring critical"]
    offered = {str(each.sqref): each.formula1 for each in sheet.data_validations.dataValidation if each.type == "list"}
    words = [[each.value for each in column if each.value] for column in book["Words"].iter_cols()]
    assert "not in plan" not in words["ABCD".index(offered["D2:D1048576"].split("$")[1])]
    for column in "EF":
        assert words["ABCD".index(offered[f"{column}2:{column}1048576"].split("$")[1])][-1] == "not in plan"
    rows = [
        ("E-101", "4", "not in plan", "5", "no"),
        ("E-102", "4", "2", "not in plan", ""),
        ("E-103", "4", "5", "3", "no"),
    ]
    for number, (key, *cells) in enumerate(rows, 2):
        sheet.cell(number, 1, key)
        for place, value in enumerate(cells, 4):
            sheet.cell(number, place, value or None)
    book.save(made)
    rated, _ = data("rate", SOME, made)
    assert [each["level"] for each in rated["ratings"]] == [4, 3, 4]


@pytest.mark.parametrize(
    ("policy", "name", "why"),
    [
        (OPM, "Mentoring", "no plan can bring the element `Mentoring`: the system leaves none to the plans"),
        (SOME, "results", "the roster has columns for the element `results` already; leave it out"),
        (SOME, "pay", "a column `pay level` would not be read as of an element; give it another name"),
        (SOME, " x", "` x` is no name of an element"),
    ],
)
def test_an_element_that_no_plan_can_bring_has_no_column(tmp_path: Path, policy: Path, name: str, why: str) -> None:
    done = run("form", policy, "--kind", "roster", "--element", name, "--output", tmp_path / "r.xlsx")
    assert done.exit_code == 2
    assert why in done.output
    assert not (tmp_path / "r.xlsx").exists()


def test_the_agreement_has_the_additional_ratings_and_what_a_roster_says_of_them(tmp_path: Path) -> None:
    found, _ = _made(tmp_path, TWO)
    assert "Contribution" in found
    of_one, _ = _made(tmp_path, TWO, put(tmp_path, "r.csv", TWO_RATED), "--id", "x2", name="one.docx")
    table = of_one[of_one.index("Ratings of the elements") :]
    assert [table[table.index(name) + 1] for name in ("Leading People", "Stewardship", "Mission Results")] == [
        *("75", "65", "70")
    ]


def test_the_agreement_holds_the_additional_ratings_of_requirements(tmp_path: Path) -> None:
    one = "Objectives / Storm plan"
    two = "Objectives / Charts"
    heads = ",".join(f"{each} {word}" for each in (one, two) for word in ("level", "contributing factor"))
    roster = put(tmp_path, "r.csv", f"id,Leading People level,{heads}\nx1,4,5,0.5,3,-1\n")
    found, _ = _made(tmp_path, SHAPES / "shape_14_adjusted_before_averaging.sespms", roster, "--id", "x1")
    table = found[found.index("Ratings of the elements") :]
    assert "Contributing factor" in table
    assert [table[table.index(each) + 1] for each in (one, two)] == ["0.5", "-1"]
    assert table.index("Objectives") < table.index(one) < table.index(two) < table.index("Total")


def test_the_agreement_has_a_place_for_each_fact(tmp_path: Path) -> None:
    found, _ = _made(tmp_path, SHAPES / "shape_27_facts.sespms")
    ((_, program),) = systems_of("shapes/shape_27_facts.sespms")
    assert program.facts
    assert {each.name[:1].upper() + each.name[1:] for each in program.facts} <= set(found)


def test_the_book_holds_what_is_reported_and_why_a_question_is_asked(tmp_path: Path) -> None:
    found, _ = _made(tmp_path, TWO, put(tmp_path, "r.csv", TWO_RATED), "--kind", "board")
    rated, _ = data("rate", TWO, tmp_path / "r.csv")
    (reported,) = rated["ratings"][0]["reported"].values()
    assert reported == "70"
    summary = found[found.index("Contribution score") : found.index("How many executives have each level")]
    assert summary[-1] == "70"
    derived = found[found.index("What the policy derives") :]
    assert derived[derived.index("contribution score") + 1] == "70"
    (question,) = [each for each in found if each.startswith("Question for the reviewer: ")]
    assert "(asked because " in question
    assert any(each.endswith(", contribution 75") for each in found)


@pytest.mark.parametrize(
    ("kind", "name"), [("agreement", "f.docx"), ("agreement", "f.html"), ("roster", "f.xlsx"), ("board", "f.pdf")]
)
def test_a_form_is_not_written_over_what_may_be_filled_in(tmp_path: Path, kind: str, name: str) -> None:
    arguments: list[str | Path] = [
        OPM,
        *([ROSTER] if kind == "board" else []),
        "--kind",
        kind,
        "--output",
        tmp_path / name,
    ]
    run("form", *arguments)
    empty = (tmp_path / name).read_bytes()
    again = run("form", *arguments)
    assert "is there already" not in again.output  # the same bytes: nothing is lost
    (tmp_path / name).write_bytes(empty + b" ")
    refused = run("form", *arguments)
    assert refused.exit_code == 2
    assert "is there already and may be filled in" in " ".join(refused.output.split())
    assert (tmp_path / name).read_bytes() == empty + b" "


def test_a_filled_in_roster_is_kept(tmp_path: Path) -> None:
    made = tmp_path / "roster.xlsx"
    assert run("form", TWO, "--kind", "roster", "--output", made).exit_code == 0
    _filled(made, [["x2", "career", "A", 5, 75, 4, 65, 5, 70]])
    filled = made.read_bytes()
    assert run("form", TWO, "--kind", "roster", "--output", made).exit_code == 2
    assert made.read_bytes() == filled


@pytest.mark.skipif(shutil.which("localc") is None, reason="LibreOffice Calc is not installed here")
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
        (
            ["--element", "X", "--output", "b.pdf"],
            "`--element` is for the empty roster; leave it out for the agreement",
        ),
        ([ROSTER, "--kind", "roster", "--output", "b.xlsx"], "leave the roster out"),
    ],
)
def test_what_cannot_be_done_is_said_and_nothing_is_written(tmp_path: Path, arguments: list[str], says: str) -> None:
    named = [str(tmp_path / each) if "." in each and each != ROSTER else each for each in arguments]
    done = run("form", OPM, *named)
    assert done.exit_code == 2
    assert says in " ".join(done.output.split())
    assert list(tmp_path.iterdir()) == []


TOLD = (
    "id,Leading People weight,Leading People level,Results Driven weight,Results Driven level,Remarks\n"
    "e1,50,Best,50,3,\nTotal,50,4,50,3,\n=5,50,3,50,3,gone\n"
)


def test_the_book_says_what_was_told_of_its_roster(tmp_path: Path) -> None:
    """Columns and rows that were left out, words that were read: whoever decides by the book must know."""
    found, _ = _made(tmp_path, put(tmp_path, "p.sespms", SMALL), put(tmp_path, "r.csv", TOLD), "--kind", "board")
    rated, _ = data("rate", tmp_path / "p.sespms", tmp_path / "r.csv")
    told = found[found.index("What was told of the roster") + 1 : found.index("Executive e1")]
    assert {each.rpartition("(")[2].rstrip(")") for each in told} == {"SES631", "SES648", "SES649"}
    assert {each["code"] for each in rated["findings"]} == {"SES631", "SES649"}
    assert "Row 3: “Total” is not an executive: it reads as a total or a statistic (SES648)" in told


@pytest.mark.parametrize("more", [["--kind", "board"], ["--id", "e1"]])
def test_what_is_told_of_a_roster_is_told_with_every_form(tmp_path: Path, more: list[str]) -> None:
    policy, roster = put(tmp_path, "p.sespms", SMALL), put(tmp_path, "r.csv", TOLD)
    done = run("form", policy, roster, *more, "--output", tmp_path / "f.html")
    assert {"SES631", "SES649"} <= set(re.findall(r"SES\d{3}", done.stderr))


def test_what_is_met_far_down_is_told_of_one_executive_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "LOOKED_AHEAD", 1)
    policy, roster = put(tmp_path, "p.sespms", SMALL), put(tmp_path, "r.csv", TOLD.replace("e1,", "e0,50,3,50,3,\ne1,"))
    told, _ = data("explain", policy, roster, "--id", "e1")
    assert {each["code"] for each in told["findings"]} >= {"SES631", "SES649"}
    done = run("form", policy, roster, "--id", "e1", "--output", tmp_path / "f.html")
    assert "SES649" in done.stderr


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


@pytest.mark.parametrize(("renamed", "told"), [("", []), ("Words", ["Mine"]), ("Totals", ["Mine"])])
def test_the_sheets_beside_our_own_form_are_known(tmp_path: Path, renamed: str, told: list[str]) -> None:
    """A sheet of another name, or with other headings, is told as before."""
    form = tmp_path / "f.xlsx"
    assert run("form", OPM, "--kind", "roster", "--output", form).exit_code == 0
    book = openpyxl.load_workbook(form)
    if renamed:
        book[renamed].title = "Mine"
    columns = [each.value for each in book["Roster"][1]]
    row = {"id": "E-101"} | {each: "4" for each in columns if str(each).endswith(" level")}
    weights = [each for each in columns if str(each).endswith(" weight")]
    row |= dict.fromkeys(weights, "20")
    for place, heading in enumerate(columns, 1):
        book["Roster"].cell(2, place).value = row.get(str(heading))
    book.save(form)
    found, _ = data("rate", OPM, form)
    said = [each["message"] for each in found["findings"] if each["code"] == "SES762"]
    assert [each.split("`")[3] for each in said] == told
