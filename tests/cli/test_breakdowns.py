"""`--by COLUMN`: any column of a roster breaks it down, in every command that counts and every form of it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from cli.running import HEADINGS, SMALL, data, put, run
from workbooks import workbook_of

HEADING = HEADINGS.strip() + ",Grade,Pay level\n"
ROWS = (
    ("a-1", "50,5,50,5", "GS 15", "1"),
    ("a-2", "50,4,50,4", "gs 15", "2"),
    ("a-3", "50,3,50,3", "GS  9", "1"),
    ("a-4", "50,9,50,3", "GS 9", ""),  # refused, and still of grade 9
    ("a-5", "50,4,50,4", "", "3"),
    ("Total", ",,,", "", ""),
)


def policy(folder: Path) -> Path:
    return put(folder, "policy.sespms", SMALL)


def roster(folder: Path) -> Path:
    return put(folder, "roster.csv", HEADING + "".join(",".join(row) + "\n" for row in ROWS))


def in_json(folder: Path) -> Path:
    """The same roster as records."""
    records = []
    for key, cells, grade, pay in ROWS[:-1]:
        first, one, second, two = cells.split(",")
        elements = {
            "Leading People": {"weight": first, "level": one},
            "Results Driven": {"weight": second, "level": two},
        }
        records.append({"id": key, "Grade": grade, "Pay level": pay, "elements": elements})
    return put(folder, "roster.json", json.dumps(records))


def groups(by: Any) -> dict[str, dict[str | None, int]]:
    return {each["column"]: {one["group"]: one["executives"] for one in each["groups"]} for each in by}


# ---- what is read ----------------------------------------------------------------------------------


@pytest.mark.case("units spelled in several ways")
@pytest.mark.parametrize("form", ["csv", "json", "xlsx"])
def test_every_kind_of_roster_is_broken_down_alike(tmp_path: Path, form: str) -> None:
    """A refused executive stands in his group; a total in none; one value spelled in two ways is one group."""
    given = in_json(tmp_path) if form == "json" else roster(tmp_path)
    given = workbook_of(given, tmp_path / "roster.xlsx") if form == "xlsx" else given
    found, code = data("rate", policy(tmp_path), given, "--by", "grade", "--by", "PAY  level")
    assert code == 1
    assert groups(found["by"]) == {
        "Grade": {"GS 9": 2, "GS 15": 2, None: 1},
        "Pay level": {"1": 2, "2": 1, "3": 1, None: 1},
    }
    (by, _) = found["by"]
    assert by["groups"][0]["counts"] == {"5": 0, "4": 0, "3": 1, "refused": 1}
    assert not [each for each in found["findings"] if each["code"] in ("SES631", "SES641", "SES650")]
    assert [each["message"] for each in found["findings"] if each["code"] == "SES653"] == [
        "`GS 15` in the column `Grade` is also written `gs 15`, and is counted as one"
    ]


def test_what_differs_in_zeros_alone_stays_apart_and_is_told(tmp_path: Path) -> None:
    rows = [(each, each) for each in ("0", "00", "0.0", "10", "1", "01", "ES-1", "ES-01", "ES-10", "1.10", "1.1")]
    lines = "\n".join(f"r-{number},{grade},{unit},50,4,50,4" for number, (grade, unit) in enumerate(rows))
    head = "id,Grade,unit,Leading People weight,Leading People level,Results Driven weight,Results Driven level"
    found, _ = data("rate", policy(tmp_path), put(tmp_path, "zeros.csv", f"{head}\n{lines}\n"), "--by", "Grade")
    assert len(groups(found["by"])["Grade"]) == len(rows)
    assert [each["message"] for each in found["findings"] if each["code"] == "SES653"] == [
        "the units `0`, `00` and `0.0` differ in zeros alone, and are counted apart",
        "the units `1` and `01` differ in zeros alone, and are counted apart",
        "the units `ES-1` and `ES-01` differ in zeros alone, and are counted apart",
        "`0`, `00` and `0.0` in the column `Grade` differ in zeros alone, and are counted apart",
        "`1` and `01` in the column `Grade` differ in zeros alone, and are counted apart",
        "`ES-1` and `ES-01` in the column `Grade` differ in zeros alone, and are counted apart",
    ]


def test_a_column_that_is_not_there_is_refused_with_the_nearest(tmp_path: Path) -> None:
    for command in (("impact",), ("sweep", "--vary", "cut of level 5 from 440 to 460 by 10"), ("rate",)):
        result = run(command[0], policy(tmp_path), roster(tmp_path), *command[1:], "--by", "Gradee")
        assert result.exit_code == 2
        assert "no column `Gradee` to break it down by; did you mean `Grade`?" in result.stderr
        result = run(command[0], policy(tmp_path), roster(tmp_path), *command[1:], "--by", "ID")
        assert result.exit_code == 2
        assert "a breakdown by `id` would name everyone" in result.stderr


def test_two_columns_of_one_heading_are_not_told_apart(tmp_path: Path) -> None:
    given = put(tmp_path, "roster.csv", HEADINGS.strip() + ",Grade,GRADE\na-1,50,5,50,5,1,2\n")
    result = run("rate", policy(tmp_path), given, "--by", "Grade")
    assert result.exit_code == 2
    assert "has 2 columns `Grade` to break it down by; keep one of them" in result.stderr


def test_a_column_that_tells_everyone_apart_names_nobody(tmp_path: Path) -> None:
    rows = "".join(f"a-{number},50,5,50,5,Name {number}\n" for number in range(12))
    given = put(tmp_path, "roster.csv", HEADINGS.strip() + ",Name\n" + rows)
    for command in (("impact",), ("sweep", "--vary", "cut of level 5 from 440 to 460 by 10")):
        result = run(command[0], policy(tmp_path), given, *command[1:], "--by", "Name")
        assert result.exit_code == 2
        assert "each of the 12 executives has a `Name` of their own" in result.stderr
        assert "Name 3" not in result.output


def test_a_named_column_of_levels_does_not_stop_a_policy_of_own_elements(tmp_path: Path) -> None:
    """It might be an element of a plan, unless the user says that it is what he counts by."""
    policy = put(tmp_path, "own.sespms", SMALL.replace("has exactly 2 critical", "has 2 to 4 critical"))
    given = put(tmp_path, "roster.csv", HEADINGS.strip() + ",Prior\na-1,50,5,50,5,4\na-2,50,4,50,4,4\n")
    assert run("rate", policy, given).exit_code == 1
    result = run("rate", policy, given, "--by", "Prior")
    assert result.exit_code == 0, result.output
    assert "by Prior\nPrior  executives  level 5  level 4\n4      2           1        1" in result.stdout


# ---- what is written -------------------------------------------------------------------------------

CHANGE = """amendment "A higher bar"
  amends "Invented agency"

summary rating
  strike score 450 to 500 is level 5
  insert score 470 to 500 is level 5
  strike score 350 to 449 is level 4
  insert score 350 to 469 is level 4
"""


def test_impact_tells_each_group_before_and_after(tmp_path: Path) -> None:
    change = put(tmp_path, "change.sespms", CHANGE)
    arguments = ("impact", policy(tmp_path), roster(tmp_path), "--with", change, "--by", "Grade")
    text = run(*arguments).stdout
    assert "By Grade (before > after where it changes)\n" in text
    assert "  GS 9                2        0        0        1        0        0        1\n" in text
    assert "`--share` withholds counts from 1 to 9" in text
    document, _ = data(*arguments)
    assert groups(document["before"]["by"]) == {"Grade": {"GS 9": 2, "GS 15": 2, None: 1}}
    assert groups(document["amendments"][0]["after"]["by"]) == groups(document["before"]["by"])
    table = run(*arguments, "--format", "csv").stdout.splitlines()
    assert "A higher bar,Grade,GS 9,refused,refused,1" in table
    assert sum(int(line.split(",")[-1]) for line in table if line.startswith("A higher bar,Grade,")) == 5
    assert "<caption>By Grade" in run(*arguments, "--format", "html").stdout


def test_sweep_counts_each_group_under_each_variant(tmp_path: Path) -> None:
    arguments = ("sweep", policy(tmp_path), roster(tmp_path), "--vary", "cut of level 4 over 350, 420", "--by", "Grade")
    text = run(*arguments).stdout
    assert "by Grade\n" in text
    document, code = data(*arguments)
    assert code == 0
    (by,) = document["by"]
    for number, variant in enumerate(document["variants"]):
        added = [
            sum(column) for column in zip(*(each["variants"][number]["counts"] for each in by["groups"]), strict=True)
        ]
        assert added == list(variant["counts"].values())
    table = run(*arguments, "--format", "csv").stdout.splitlines()
    assert table[0].startswith("by,group,cut of level 4,level 5,")
    assert [line.split(",")[:3] for line in table[1:4]] == [
        ["all", "", "350"],
        ["all", "", "420"],
        ["Grade", "GS 9", "350"],
    ]


def test_one_breakdown_is_shared_at_a_time(tmp_path: Path) -> None:
    both = ("--by", "Grade", "--by", "Pay level")
    result = run("impact", policy(tmp_path), roster(tmp_path), "--share", *both)
    assert (result.exit_code, "share one breakdown at a time" in result.stderr) == (2, True)
    vary = ("--vary", "cut of level 4 over 350, 420")
    result = run("sweep", policy(tmp_path), roster(tmp_path), *vary, *both, "--format", "html")
    assert (result.exit_code, "a page shows one breakdown" in result.stderr) == (2, True)
    assert run("sweep", policy(tmp_path), roster(tmp_path), *vary, *both, "--format", "html", "--full").exit_code == 0


def test_a_workbook_of_ratings_has_a_sheet_for_each_breakdown(tmp_path: Path) -> None:
    import openpyxl

    out = tmp_path / "out.xlsx"
    run("rate", policy(tmp_path), roster(tmp_path), "--by", "Grade", "--by", "Pay level", "--output", out)
    made = openpyxl.load_workbook(out)
    assert made.sheetnames[:3] == ["Ratings", "Groups 1", "Groups 2"]
    assert [[cell.value for cell in row] for row in made["Groups 1"].iter_rows()][1][:2] == ["GS 9", 2]
    assert [cell.value for cell in made["Ratings"][2]][-2:] == ["GS 15", "1"]


@pytest.mark.parametrize("engine", ["durable", "reference", "columnar", "sql"])
def test_every_engine_tells_the_same_groups(tmp_path: Path, engine: str) -> None:
    found, _ = data("rate", policy(tmp_path), roster(tmp_path), "--by", "Grade", "--engine", engine)
    assert [each["groups"]["Grade"] for each in found["ratings"]] == ["GS 15", "GS 15", "GS 9", "GS 9", None, None]
