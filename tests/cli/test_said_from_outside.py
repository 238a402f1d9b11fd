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
