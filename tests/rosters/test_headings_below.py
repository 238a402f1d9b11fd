"""Blocks with headings of their own below the first: rated under the headings at the top, or not at all."""

from __future__ import annotations

import csv
import io
from pathlib import Path
from typing import Any

import pytest

from cli.running import put
from rosters.every_engine import from_file, in_every_way, program_of
from rosters.office_rosters import WEIGHED
from sespms_rules.cli import rating_in_sql
from sespms_rules.program.ir import Program
from sespms_rules.rosters.files import read_roster
from workbooks import workbook

BARE = """
system "Invented Harbor Office"
critical element "Leading People"
critical element "Results"
levels
  level 5 "Outstanding" 5 points
  level 4 "Exceeds Fully Successful" 4 points
  level 3 "Fully Successful" 3 points
  level 2 "Minimally Satisfactory" 2 points
  level 1 "Unsatisfactory" 1 point
summary rating
  score is 30% of the points of "Leading People" + 70% of the points of "Results"
  score at least 4.5 is level 5
  score at least 3.5 and below 4.5 is level 4
  score at least 2.5 and below 3.5 is level 3
  score at least 1.5 and below 2.5 is level 2
  score below 1.5 is level 1
"""
ALSO_RATED = BARE.replace("summary rating\n", 'summary rating\n  each element is also rated "difficulty" from 0 to 5\n')
TOP = "id,Leading People level,Results level\nN-1,4,5\nN-2,3,3\n"
LONG = "id,element,level,difficulty\nQ-1,Leading People,4,0\nQ-1,Results,4,1\n"
FORMS = ("csv", "xlsx", "parquet")


@pytest.fixture(autouse=True)
def long_from_the_start(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let SQL rate every file as it lies, and hand back every row but the plain ones."""
    monkeypatch.setattr(rating_in_sql, "CONFIRMED_LINES", 0)


def written(folder: Path, text: str, form: str) -> Path:
    """A table as a file of a form."""
    rows = list(csv.reader(io.StringIO(text)))
    width = max(map(len, rows))
    if form == "xlsx":
        return workbook(folder / "r.xlsx", *rows)
    if form == "csv":
        return put(folder, "r.csv", text)
    import duckdb

    even = put(folder, "even.csv", "\n".join(",".join([*row, *[""] * (width - len(row))]) for row in rows) + "\n")
    target = folder / "r.parquet"
    duckdb.sql(f"COPY (FROM read_csv('{even}', all_varchar=true, header=true)) TO '{target}' (FORMAT parquet)")
    return target


def rated(path: Path, program: Program) -> dict[str, Any]:
    """The level of each row by its id, or the codes by which it is refused; all engines say the same, in all words."""
    (_, wanted), *others = in_every_way(path, program)
    for way, found in others:
        assert found == wanted, way
    return {row["id"]: row["level"] or row["refused"] for row in wanted}


OTHERS = {
    "columns swapped": "id,Results level,Leading People level\n",
    "another word for ids": "Executive,Results level,Leading People level\n",
    "elements alone": "Executive,Results,Leading People\n",
    "in capitals": "ID,RESULTS LEVEL,LEADING PEOPLE LEVEL\n",
    "no-break spaces": "id,Results\u00a0level,Leading\u00a0People\u00a0level\n",
    "a column more": "id,unit,Leading People level,Results level\n",
    "a column more at the end": "id,Results level,Leading People level,unit\n",
    "a column less": "id,Results level\n",
    "a column renamed": "id,Leading People level,Mission level\n",
    "all renamed but the ids": "id,Ldrshp,Rslts\n",
    "ids as offices call them": "Employee ID,Ldrshp,Rslts\n",
    "other elements": "Official,Budget level,Service level\n",
    "ids in another place": "Results level,id,Leading People level\n",
    "of a long table": "id,element,level\n",
}


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("heading", OTHERS.values(), ids=OTHERS)
def test_rows_under_other_headings_are_refused(tmp_path: Path, heading: str, form: str) -> None:
    """Each block has ratings that read well under the headings at the top, and would give another level."""
    text = f"{TOP},,\nOffice of the South,,\n{heading}S-1,5,3\nS-2,5,2\n"
    if form == "parquet" and heading.count(",") > 2:
        text = text.replace(
            "id,Leading People level,Results level\n", "id,Leading People level,Results level,note\n", 1
        )
    found = rated(written(tmp_path, text, form), program_of(BARE))
    assert found["N-1"] == 5
    assert found["N-2"] == 3
    assert "SES677" in found[heading.split(",")[0].replace("\u00a0", " ")]
    assert found["S-1"] == found["S-2"] == ["SES678"]


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("heading", ["id,Leading People level,Results level", "ID,leading people level,RESULTS LEVEL"])
def test_rows_under_the_headings_at_the_top_repeated_are_rated(tmp_path: Path, heading: str, form: str) -> None:
    text = f"{TOP}Office of the South,,\n{heading}\nS-1,3,5\nS-2,2,5\n"
    found = rated(written(tmp_path, text, form), program_of(BARE))
    assert found[heading.split(",")[0]] == ["SES648"]
    assert (found["S-1"], found["S-2"]) == (4, 4)


@pytest.mark.parametrize("form", FORMS)
def test_what_follows_the_headings_at_the_top_again_is_rated(tmp_path: Path, form: str) -> None:
    swapped, top = "id,Results level,Leading People level\nS-1,5,3\n", "id,Leading People level,Results level\n"
    found = rated(
        written(tmp_path, f"{TOP}{swapped}{top}E-1,3,5\n{swapped.replace('S-1', 'S-2')}", form), program_of(BARE)
    )
    assert (found["S-1"], found["E-1"], found["S-2"]) == (["SES678"], 4, ["SES678"])


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize(
    "heading",
    ["id,element,difficulty,level", "id,Leading People level,Results level,", "Executive,Element,Difficulty,Level",
     "id,element,level,stretch"],
)  # fmt: skip
def test_a_long_table_too(tmp_path: Path, heading: str, form: str) -> None:
    text = f"{LONG}{heading}\nQ-2,Leading People,1,2\nQ-2,Results,2,1\n"
    found = rated(written(tmp_path, text, form), program_of(ALSO_RATED))
    assert found["Q-1"] == 4
    assert found[heading.split(",")[0]] == ["SES677"]
    assert set(found["Q-2"]) == {"SES678"}


def test_an_executive_with_rows_above_and_below_is_refused(tmp_path: Path) -> None:
    text = LONG.replace("Q-1,Results,4,1\n", "") + "id,element,difficulty,level\nQ-1,Results,1,4\n"
    assert rated(put(tmp_path, "r.csv", text), program_of(ALSO_RATED))["Q-1"] == ["SES678"]


def test_weights_and_levels_swapped(tmp_path: Path) -> None:
    head = "id,Leading People weight,Leading People level,Results Driven weight,Results Driven level\n"
    other = "id,Results Driven weight,Results Driven level,Leading People weight,Leading People level\n"
    found = rated(put(tmp_path, "r.csv", f"{head}p-1,40,4,60,5\n{other}p-2,60,5,40,2\n"), program_of(WEIGHED))
    assert found == {"p-1": 5, "id": ["SES677"], "p-2": ["SES678"]}


def test_labels_that_nobody_knows_are_headings_where_many_stand_in_the_place_of_figures(tmp_path: Path) -> None:
    head = "id,Leading People weight,Leading People level,Results Driven weight,Results Driven level\n"
    text = f"{head}p-1,40,4,60,5\nOfficial,Wt A,Rslts,Wt B,Ldrshp\np-2,60,5,40,2\n"
    assert rated(put(tmp_path, "r.csv", text), program_of(WEIGHED))["p-2"] == ["SES678"]


@pytest.mark.parametrize(
    "row",
    ["Weight,40,60", "p-9,Excelent,Fuly Succesful", "Smith,TBD,TBD", "Leading People,,", "Totals,Leading People,4",
     "p-8,not rated,not in plan", "p-7,Outstanding,Level 4", "id,,", "p-6,Level,4"],
)  # fmt: skip
def test_a_row_that_is_none_of_headings_refuses_no_other(tmp_path: Path, row: str) -> None:
    found = rated(put(tmp_path, "r.csv", f"{TOP}{row}\nS-1,3,5\n"), program_of(BARE))
    assert found["S-1"] == 4


def test_what_is_said(tmp_path: Path) -> None:
    roster = put(tmp_path, "r.csv", f"{TOP}id,Results level,Leading People level\nS-1,5,3\n")
    *_, heading, row = read_roster(roster, program_of(BARE)).rows
    (first,), (second,) = heading.refusals, row.refusals
    assert first.message == (
        "row 4: it holds headings that are not those at the top: `Results level` stands under `Leading People level`;"
        " the rows below it are not read"
    )
    assert first.help is not None
    assert "remove the row" not in first.help
    assert second.message == (
        "row 5: it stands under the headings of row 4, which are not those at the top, so that it is not read"
    )
    assert heading.is_nobody
    assert not row.is_nobody


def test_sql_rates_the_file_as_it_lies_and_refuses_plain_rows(tmp_path: Path) -> None:
    text = f"{TOP}id,Results level,Leading People level\n" + "".join(f"S-{each},5,3\n" for each in range(2_000))
    found = from_file(put(tmp_path, "r.csv", text), program_of(BARE))
    assert found is not None
    assert [row["refused"] for row in found[3:]] == [["SES678"]] * 2_000
