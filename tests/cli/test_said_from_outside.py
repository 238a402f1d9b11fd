"""What was seen from outside and is seen no more: a library's lines, a letter in two ways, a change that ends a run."""

from __future__ import annotations

import unicodedata
from pathlib import Path

import duckdb
import pytest

from cli.running import process, put, run
from compare.test_elements_amended import BASE
from nights import NIGHTLY

ROSTER = "id,Leading People level,Results level,Stewardship level\nN-1,5,5,3\n"


SWEPT = ["--vary", "cut of level 5 from 4.4 to 4.5 by 0.1"]


@pytest.mark.case("libraries that speak beside")
@pytest.mark.parametrize(
    ("command", "form", "options"),
    [
        ("rate", "csv", ["--engine", "sql"]),
        ("rate", "csv", ["--engine", "columnar"]),
        ("rate", "parquet", []),
        ("sweep", "parquet", SWEPT),
        ("explain", "parquet", ["--id", "N-1"]),
    ],
)
def test_no_library_writes_beside_the_answer(command: str, form: str, options: list[str], tmp_path: Path) -> None:
    put(tmp_path, "p.sespms", BASE)
    roster = put(tmp_path, "r.csv", ROSTER)
    if form == "parquet":
        duckdb.sql(f"COPY (SELECT * FROM read_csv('{roster}', all_varchar=true)) TO '{tmp_path / 'r.parquet'}'")
    done = process(command, tmp_path / "p.sespms", tmp_path / f"r.{form}", *options)
    assert (done.returncode, done.stderr) == (0, "")
    assert "N-1" in done.stdout or command == "sweep"


@pytest.mark.case("one letter in two ways")
def test_a_letter_with_its_accent_is_one_however_it_is_written(tmp_path: Path) -> None:
    composed, apart = (unicodedata.normalize(form, "\u00c9quit\u00e9") for form in ("NFC", "NFD"))
    assert composed != apart
    text = BASE.replace("Stewardship", composed)
    scenario = (
        f'\nscenario "one"\n  "Leading People" rated 3\n  "Results" rated 3\n  "{apart}" rated 3\n  expect level 3\n'
    )
    policy = put(tmp_path, "p.sespms", text + scenario)
    assert run("test", policy).exit_code == 0
    roster = put(tmp_path, "r.csv", ROSTER.replace("Stewardship", apart))
    assert "1 row: 1 rated" in run("rate", policy, roster).output


ACCENTED = """
scenario "Pr\u00e9cis"
  "Leading People" rated 5
  "Results" rated 5
  "\u00c9quit\u00e9" rated 3
  expect level 5

amendment "\u00c9lev\u00e9"
  amends "R\u00e9gion Buoy Office"
  in force from 2030-10-01
  because "To see."

summary rating
  strike score at least 4 is level 5
  insert score at least 4.5 is level 5
  strike score at least 2 and below 4 is level 3
  insert score at least 2 and below 4.5 is level 3
"""


@pytest.mark.case("one letter in two ways")
@pytest.mark.parametrize(
    ("command", "options"),
    [
        ("rate", ["--system", "R\u00e9gion Buoy Office"]),
        ("rate", ["--with", "\u00c9lev\u00e9"]),
        ("rate", ["--by", "D\u00e9tail"]),
        ("impact", ["--inspector-general", "C\u00f4te"]),
        ("explain", ["--id", "\u00c9-1"]),
        ("explain", ["--scenario", "Pr\u00e9cis"]),
        ("sweep", ["--vary", "points of level 5 from 5 to 6 by 1", "--system", "R\u00e9gion Buoy Office"]),
        ("cohort", ["--executives", "2", "--system", "R\u00e9gion Buoy Office", "--unit", "C\u00f4te"]),
        ("prove", ["--guarantee", "every level can be reached", "--system", "R\u00e9gion Buoy Office"]),
    ],
    ids=lambda each: each if isinstance(each, str) else each[0],
)
def test_a_name_that_is_typed_is_one_however_it_is_written(command: str, options: list[str], tmp_path: Path) -> None:
    """`there is no amendment` was said, and offered was what looked the same."""
    text = BASE.replace("Invented Buoy", "R\u00e9gion Buoy").replace("Stewardship", "\u00c9quit\u00e9")
    policy = put(tmp_path, "p.sespms", text + ACCENTED)
    roster = put(
        tmp_path,
        "r.csv",
        "id,unit,D\u00e9tail,Leading People level,Results level,\u00c9quit\u00e9 level\n\u00c9-1,C\u00f4te,x,5,5,3\n",
    )
    files = [policy] if command in ("cohort", "prove") or "--scenario" in options else [policy, roster]
    told = []
    for form in ("NFC", "NFD"):
        result = run(command, *files, *(unicodedata.normalize(form, each) for each in options))
        assert result.exit_code == 0, result.output
        told.append(result.output)
    assert told[0] == told[1]


FACTORS = """system "Invented Float Office"
  is outside the Senior Executive Service

critical element "Objectives"
  requirements are rated
  unrated requirements are left out
  not rated when no requirement is rated
  each requirement is also rated "factor" from -1 to 1
  "adjusted" of each requirement is points + "factor" but no less than 1 and no more than 5
  score is the average of "adjusted" rounded {}
  score at least 4 is level 5
  score at least 2 and below 4 is level 3
  score below 2 is level 1

summary rating
  unrated elements are left out
  not rated when no element is rated
  score is the points of "Objectives"
  score at least 4 is level 5
  score at least 2 and below 4 is level 3
  score below 2 is level 1
"""


ROUNDINGS = ["half down to whole numbers", "half even to 1 decimal", "up to whole numbers"]


@pytest.mark.parametrize("rounding", ROUNDINGS if NIGHTLY else ROUNDINGS[:1])
def test_a_change_that_no_solver_settles_ends_no_run(rounding: str, tmp_path: Path) -> None:
    policy = put(tmp_path, "p.sespms", FACTORS.format(rounding))
    told = run("test", "--mutate", policy)
    assert told.exit_code == 1  # there is no example, so that nothing is noticed
    assert "changes: 0 noticed" in told.output
    assert "disagree" not in told.output
    assert "fault of the program" not in told.output
