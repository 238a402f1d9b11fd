"""Tables with a row for each element of each executive: rated as a table with a row for each executive is."""

from __future__ import annotations

import csv
import io
import random
from pathlib import Path

import pytest

from nights import NIGHTLY
from rosters.every_engine import by_engine, difference, from_file, in_every_way, program_of
from rosters.office_rosters import POLICIES, WEIGHED, long_roster, long_rows, plans, wide_rows
from rosters.programs import GOALS, OPEN, PLAIN, SCALED, leaf, program, stage
from sespms_rules.cli import rating_in_sql
from sespms_rules.language.parsing import UnreadableFileError
from sespms_rules.program.ir import Program
from sespms_rules.program.rating import Appraisal
from sespms_rules.rosters.files import members_of_plans, read_roster
from sespms_rules.rosters.files.rows import Roster
from workbooks import workbook

HEAD = "id,element,weight,level\n"


def put(folder: Path, text: str, name: str = "r.csv") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8", newline="")
    return path


def written(folder: Path, form: str, rows: list[list[str]]) -> Path:
    """Rows as a file of a form."""
    if form == "xlsx":
        return workbook(folder / "r.xlsx", *rows)
    file = io.StringIO()
    csv.writer(file).writerows(rows)
    path = put(folder, file.getvalue())
    if form == "parquet":
        import duckdb

        target = folder / "r.parquet"
        duckdb.sql(f"COPY (FROM read_csv('{path}', all_varchar=true)) TO '{target}' (FORMAT parquet)")
        return target
    return path


def found(folder: Path, text: str, rules: Program) -> Roster:
    return read_roster(put(folder, text), rules)


def said(roster: Roster) -> list[tuple[str, str, int | None]]:
    """The code, message and row of each refusal."""
    return [(each.code, each.message, each.row) for row in roster.rows for each in row.refusals]


def codes(roster: Roster) -> list[str]:
    return sorted(each.code for each in roster.findings)


# ---- the same as a table with a row for each executive ---------------------------------------------


@pytest.mark.parametrize("form", ["csv", "xlsx", "parquet"])
@pytest.mark.parametrize("name", POLICIES)
def test_both_forms_of_a_roster_are_rated_alike(tmp_path: Path, name: str, form: str) -> None:
    """Whatever the order of the rows: an element without a row is `not in plan`."""
    draw = random.Random(f"long {name} {form}")
    rules = program_of(POLICIES[name])
    for order in ("as they are", "by element", "shuffled"):
        made = plans(draw, name, 40)
        head, *rows = long_rows(made)
        if order != "as they are":
            rows.sort(key=lambda row: draw.random() if order == "shuffled" else row[1])
        long = {each["id"]: each for each in by_engine(written(tmp_path, form, [head, *rows]), rules, "reference")}
        wide = {each["id"]: each for each in by_engine(written(tmp_path, form, wide_rows(made)), rules, "reference")}
        for each in (*long.values(), *wide.values()):
            each.pop("row")
            each["reasons"].sort(key=lambda reason: reason["message"])  # told in the order of the elements
        assert long == wide
        assert {each["outcome"] for each in long.values()} >= {"rated"}


@pytest.mark.parametrize("name", POLICIES)
def test_every_engine_rates_a_long_table_alike(tmp_path: Path, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Ratings, refusals with their words, ids, rows and scores; SQL does not rate such a file as it lies."""
    monkeypatch.setattr(rating_in_sql, "CONFIRMED_LINES", 0)
    draw = random.Random(f"long tables {name}")
    rules = program_of(POLICIES[name])
    for _ in range(60 if NIGHTLY else 3):
        text = long_roster(draw, name, 400 if NIGHTLY else 60, draw.choice((0, 0.1, 0.5)))
        roster = put(tmp_path, text)
        assert difference(roster, rules) == "", text
        assert from_file(roster, rules) is None


def test_the_generator_makes_what_it_is_there_for(tmp_path: Path) -> None:
    draw = random.Random(654)
    met: set[str] = set()
    for name in POLICIES:
        rules = program_of(POLICIES[name])
        for _ in range(3):
            roster = put(tmp_path, long_roster(draw, name, 100, 0.6))
            met |= set(codes(read_roster(roster, rules)))
            _, rows = next(in_every_way(roster, rules))
            met |= {code for row in rows for code in row["refused"] or [row["outcome"]]}
    assert met >= {"SES654", "SES657", "SES631", "rated"}
    assert met >= {"SES634", "SES636", "SES638", "SES639", "SES648", "SES655", "SES656", "SES658", "SES610"}


# ---- which form it is ------------------------------------------------------------------------------


def test_the_form_that_was_read_is_told(tmp_path: Path) -> None:
    text = HEAD + "e-1,Leading People,40,4\ne-1,Results Driven,60,5\ne-2,Leading People,50,4\ne-2,Results Driven,50,4\n"
    roster = found(tmp_path, text, program_of(WEIGHED))
    (told,) = roster.findings
    assert (told.code, told.message) == (
        "SES654",
        "the roster has a row for each element: 4 rows of 2 executives, of `Leading People` and `Results Driven`",
    )
    assert [row.number for row in roster.rows] == [2, 4]


def test_a_table_of_both_forms_is_neither(tmp_path: Path) -> None:
    roster = found(tmp_path, "id,element,level,Leading People level\ne-1,Results Driven,4,5\n", program_of(WEIGHED))
    assert codes(roster) == ["SES632"]
    assert "columns of single elements too" in roster.findings[0].message
    assert roster.rows == ()


def test_a_table_of_executives_may_have_a_column_element(tmp_path: Path) -> None:
    text = "id,Leading People level,Results Driven level,element,rating\ne-1,4,5,North,ES-1\n"
    roster = found(tmp_path, text, PLAIN)
    assert codes(roster) == ["SES631", "SES631"]
    assert roster.rows[0].appraisal is not None


@pytest.mark.parametrize(("head", "code"), [("element,weight,level", "SES632"), ("id,element,level", "SES632")])
def test_a_long_table_needs_its_columns(tmp_path: Path, head: str, code: str) -> None:
    roster = found(tmp_path, head + "\na,b,c\n", program_of(WEIGHED))
    assert codes(roster) == [code]


def test_two_columns_of_levels_are_one_too_many(tmp_path: Path) -> None:
    roster = found(tmp_path, "id,element,level,weight,Rating\ne-1,Leading People,4,100,4\n", program_of(WEIGHED))
    assert codes(roster) == ["SES633"]


def test_a_policy_that_names_no_element_has_long_tables_too(tmp_path: Path) -> None:
    roster = found(tmp_path, HEAD + "e-1,Goals of the port,100,4\n", OPEN)
    assert codes(roster) == ["SES654"]
    assert roster.rows[0].appraisal is not None
    assert [each.name for each in roster.rows[0].appraisal.elements] == ["Goals of the port"]


def test_sql_in_a_warehouse_is_not_made_of_a_long_table(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFileError, match="a row for each element"):
        members_of_plans(put(tmp_path, HEAD + "e-1,Leading People,40,4\n"), program_of(WEIGHED))


# ---- what is refused -------------------------------------------------------------------------------


def test_a_row_without_an_id_refuses_the_executive_whose_it_may_be(tmp_path: Path) -> None:
    """Ids only in the first row of each executive, as a report prints them, are never guessed: own elements could
    be lost without a word."""
    text = HEAD + "e-1,Leading People,40,4\n,Results Driven,60,5\ne-2,Leading People,50,4\ne-2,Results Driven,50,4\n"
    roster = found(tmp_path, text, program_of(WEIGHED))
    assert said(roster) == [
        (
            "SES634",
            "row 3: there is no id, so that it cannot be told whether the row is of `e-1`, who stands above it",
            3,
        )
    ]
    assert [row.appraisal is not None for row in roster.rows] == [False, True]


def test_a_row_of_no_element_below_the_table_refuses_nobody_else(tmp_path: Path) -> None:
    text = "id,element,level,Remarks\ne-1,Leading People,4,\ne-1,Results Driven,5,\n,,,as of June\n"
    roster = found(tmp_path, text, PLAIN)
    assert said(roster) == [("SES634", "row 4: there is no id", None)]
    assert roster.rows[0].appraisal is not None


@pytest.mark.parametrize("second", ["60,5", "60,3", "50,5", "not in plan,not in plan"])
def test_an_element_twice_refuses_its_executive_alone(tmp_path: Path, second: str) -> None:
    text = HEAD + "e-1,Leading People,40,4\ne-1,Results Driven,60,5\ne-2,Leading People,50,4\ne-2,Results Driven,50,4\n"
    roster = found(tmp_path, text + f"e-1,RESULTS  driven,{second}\n", program_of(WEIGHED))
    assert said(roster) == [("SES655", "rows 3 and 6: `Results Driven` stands twice for `e-1`", 6)]
    assert [row.appraisal is not None for row in roster.rows] == [False, True]


def test_rows_of_one_id_that_disagree_on_the_executive_are_of_nobody(tmp_path: Path) -> None:
    head = "id,element,level,unit,appointment\n"
    text = head + "e-1,Leading People,4,Ports,\ne-1,Results Driven,5,ports ,career\n"
    roster = found(tmp_path, text, PLAIN)
    assert roster.rows[0].appraisal == Appraisal(
        "e-1", roster.rows[0].appraisal.elements if roster.rows[0].appraisal else (), "career", "Ports"
    )
    text = head + "e-1,Leading People,4,Ports,career\ne-1,Results Driven,5,Ports,noncareer\n"
    assert said(found(tmp_path, text, PLAIN)) == [
        ("SES656", "rows 2 and 3: `appointment` is `career` in row 2 and `noncareer` in row 3", 3)
    ]


def test_a_fault_of_a_cell_names_the_row_it_stands_in(tmp_path: Path) -> None:
    text = HEAD + "e-1,Leading People,40,4\ne-2,Leading People,50,4\ne-1,Results Driven,6o,five\n"
    assert said(found(tmp_path, text, program_of(WEIGHED))) == [
        ("SES636", "row 4, column `level`: `five` is neither a number nor the term of a level", 4),
        ("SES636", "row 4, column `weight`: `6o` is not a number written in plain digits", 4),
    ]


def test_a_broken_row_refuses_its_executive(tmp_path: Path) -> None:
    """Without it the plan would be another, and rated."""
    text = 'id,element,level\ne-1,Results Driven,5\ne-1,Audit,"1\ne-2,Results Driven,4\n'
    roster = found(tmp_path, text, program(stage(leaf("Results Driven"), is_open=True, weighted=False)))
    assert [(row.id, row.appraisal is not None) for row in roster.rows] == [("e-1", False), ("e-2", True)]
    assert said(roster)[0][0] == "SES639"


# ---- requirements, scales, additional ratings ------------------------------------------------------

GOAL_HEAD = "id,element,requirement,weight,level,difficulty\n"


def test_requirements_have_rows_of_their_own(tmp_path: Path) -> None:
    rows = "e-1,Leading People,,50,4,\ne-1,Goals,,50,,\ne-1,Goals,Inspect ports,60,5,1\ne-1,Goals,Train,40,3,\n"
    long = found(tmp_path, GOAL_HEAD + rows, GOALS)
    goals = ",".join(f"Goals / {name} {what}" for name in ("Inspect ports", "Train") for what in ("weight", "level"))
    head = f"id,Leading People weight,Leading People level,Goals weight,{goals},Goals / Inspect ports difficulty\n"
    wide = read_roster(put(tmp_path, head + "e-1,50,4,50,60,5,40,3,1\n", "w.csv"), GOALS)
    assert long.rows[0].appraisal == wide.rows[0].appraisal
    assert long.rows[0].appraisal is not None


@pytest.mark.parametrize(
    ("row", "says"),
    [
        (
            "e-1,Leading People,Listen,1,4,",
            "row 4: `Leading People` is rated as a whole, and has no requirement `Listen`",
        ),
        ("e-1,Goals,,50,4,", "row 4: `Goals` is worked out from its requirements, and has no level of its own"),
        ("e-1,,Train,50,4,", "row 4: it names no element"),
        ("e-1,Goal,Train,50,4,", "row 4: `Goal` is no element of `Invented agency`"),
    ],
)
def test_a_row_of_no_element_is_refused(tmp_path: Path, row: str, says: str) -> None:
    rows = f"e-1,Leading People,,50,4,\ne-1,Goals,Train,40,3,\n{row}\n"
    assert ("SES658", says, 4) in said(found(tmp_path, GOAL_HEAD + rows, GOALS))


def test_a_derived_element_without_requirements_is_told(tmp_path: Path) -> None:
    rows = "e-1,Leading People,,50,4,\ne-1,Goals,,50,,\n"
    assert said(found(tmp_path, GOAL_HEAD + rows, GOALS)) == [
        ("SES658", "row 3: `Goals` is worked out from its requirements, and none of them has a row", 3)
    ]


def test_a_scale_of_numbers_is_read_in_a_long_table(tmp_path: Path) -> None:
    roster = found(tmp_path, "id,element,rating\ne-1,Results,87.5\n", SCALED)
    assert roster.rows[0].appraisal is not None
    assert str(roster.rows[0].appraisal.elements[0].rating) == "175/2"


def test_a_table_of_too_many_rows_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from sespms_rules.rosters.files import long_table

    monkeypatch.setattr(long_table, "MOST_LONG_ROWS", 3)
    with pytest.raises(UnreadableFileError, match="more than 3 of them"):
        found(tmp_path, "id,element,level\n" + "e-1,Results Driven,4\n" * 4, PLAIN)
