"""A number alone that stands in the term of another level may be either: it refuses its row, however it is read."""

from __future__ import annotations

import json
import zipfile
from io import BytesIO
from pathlib import Path

import pytest

from rosters.every_engine import by_engine, compared, program_of
from sespms_rules.documents.roster_form import write_roster
from sespms_rules.foundation.source import Source
from sespms_rules.pipeline import compile_source
from sespms_rules.program.numbered_terms import doubtful_numbers
from sespms_rules.rosters.files import read_roster
from sespms_rules.rosters.synthetic import roster_table
from workbooks import workbook

TERMS = ("Tier 5", "Tier 4", "Tier 3", "Tier 2", "Tier 1")


def policy(terms: tuple[str, ...] = TERMS) -> str:
    levels = "".join(
        f'  level {level} "{term}" {level} points\n' for level, term in reversed(list(enumerate(terms, start=1)))
    )
    return f"""system "Example Office of Tiers"
  is outside the Senior Executive Service
critical element "People"
critical element "Results"
critical element "Score"
  rated on a scale of 0 to 5
levels
{levels.replace(" 1 points", " 1 point")}
summary rating
  score is the average of points
  score at least 4.5 is level 5
  score at least 3.5 and below 4.5 is level 4
  score at least 2.5 and below 3.5 is level 3
  score at least 1.5 and below 2.5 is level 2
  score below 1.5 is level 1
"""


TOP = "id,People level,Results level,Score rating\n"
SAYS = "`1` is the number of level 1, and stands in `Tier 1`, the term of level 5"
HELP = "write `Level 1` or `Tier 1`, whichever is meant"


def csv(folder: Path, rows: str) -> Path:
    file = folder / "r.csv"
    file.write_text(TOP + rows, encoding="utf-8")
    return file


@pytest.mark.parametrize(
    ("cell", "level"),
    [("1", None), ("1.0", None), (" 2", None), ("5", None), ("3", 3), ("Tier 1", 5), ("Level 1", 1), ("tier 5", 1)],
)
def test_a_number_in_the_term_of_another_level_says_no_level(cell: str, level: int | None, tmp_path: Path) -> None:
    (row,) = read_roster(csv(tmp_path, f"N-1,{cell},3,1\n"), program_of(policy())).rows
    rated = None if row.appraisal is None else row.appraisal.elements[0].rating
    assert rated == level
    assert [each.code for each in row.refusals] == (["SES636"] if level is None else [])
    if cell == "1":
        (refusal,) = row.refusals
        assert (refusal.message.partition(": ")[2], refusal.help) == (SAYS, HELP)


@pytest.mark.parametrize("terms", [("Low", "Fair", "Good", "Fine", "Best"), ("Tier 1", "Tier 2", "Tier 3", "T4", "T5")])
def test_a_number_that_stands_in_no_other_term_is_its_level(terms: tuple[str, ...], tmp_path: Path) -> None:
    (row,) = read_roster(csv(tmp_path, "N-1,1,5,1\n"), program_of(policy(terms))).rows
    assert row.appraisal is not None
    assert [each.rating for each in row.appraisal.elements] == [1, 5, 1]


def test_every_way_of_rating_refuses_alike(tmp_path: Path) -> None:
    rows = "".join(f"N-{place},{cell},3,1\n" for place, cell in enumerate(("1", "Tier 1", "Level 1", "3", "5") * 300))
    counted, differs = compared(csv(tmp_path, rows), program_of(policy()))
    assert (counted, differs) == (1500, "")
    found = by_engine(csv(tmp_path, rows), program_of(policy()), "columnar")
    assert [each["refused"] for each in found[:5]] == [["SES636"], [], [], [], ["SES636"]]


def test_a_workbook_a_long_table_and_json_refuse_alike(tmp_path: Path) -> None:
    program = program_of(policy())
    book = workbook(tmp_path / "r.xlsx", TOP.strip().split(","), ["N-1", 1, 3, 1])
    long = tmp_path / "long.csv"
    long.write_text("id,element,level\nN-1,People,1\nN-1,Results,3\nN-1,Score,1\n", encoding="utf-8")
    for level in (1, "1", {"level": 1}, {"rating": "1"}):
        records = tmp_path / "r.json"
        one = {"id": "N-1", "elements": {"People": level, "Results": 3, "Score": 1}}
        records.write_text(json.dumps([one]), encoding="utf-8")
        for file in (book, long, records):
            (row,) = read_roster(file, program).rows
            (refusal,) = row.refusals
            assert (refusal.code, refusal.help) == ("SES636", HELP), file
            assert refusal.message.endswith(SAYS)


def test_what_the_program_writes_is_read_as_it_was_meant(tmp_path: Path) -> None:
    program = program_of(policy())
    given = read_roster(csv(tmp_path, "N-1,Level 1,Level 5,1\nN-2,Tier 2,3,5\n"), program)
    appraisals = [each.appraisal for each in given.rows if each.appraisal is not None]
    headings, rows = roster_table(program, appraisals)
    lines = [",".join("" if cell is None else str(cell) for cell in row) for row in (headings, *rows)]
    (tmp_path / "again.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    again = [each.appraisal for each in read_roster(tmp_path / "again.csv", program).rows]
    assert [each and each.elements for each in again] == [each.elements for each in appraisals]


def test_the_form_of_a_roster_offers_levels_that_are_read() -> None:
    compilation = compile_source(Source("p.sespms", policy()))
    (system,), made = compilation.policy.systems, BytesIO()
    program = compilation.programs[system.name]
    write_roster(system, program, made)
    assert doubtful_numbers(program.terms).keys() == {1, 2, 4, 5}
    with zipfile.ZipFile(made) as packed:
        written = "".join(packed.read(each).decode() for each in packed.namelist() if each.endswith(".xml"))
    assert "Level 5" in written
    assert "the level: Level 5, Level 4, 3, Level 2, Level 1;" in written


@pytest.mark.parametrize(("cell", "help"), [("L1", "write `Level 1` if level 1 is meant"), ("L3", "write `3` if")])
def test_no_help_leads_to_a_number_that_is_refused(cell: str, help: str, tmp_path: Path) -> None:
    (row,) = read_roster(csv(tmp_path, f"N-1,{cell},3,1\n"), program_of(policy())).rows
    assert row.refusals[0].help.startswith(help)
