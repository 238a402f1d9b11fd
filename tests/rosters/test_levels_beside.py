"""Levels with something beside their number: read where a whole term says the same, else help names what is meant."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from rosters.every_engine import by_engine, compared, program_of
from rosters.office_rosters import WEIGHED
from rosters.programs import TWO
from sespms_rules.rosters.files import read_roster

LINE = "id,Leading People weight,Leading People level,Results Driven weight,Results Driven level\n"


def path_of(path: Path, cell: str) -> Path:
    roster = path / "r.csv"
    roster.write_text(f'{LINE}p-1,40,"{cell}",60,5\n', encoding="utf-8")
    return roster


def _help(path: Path, cell: str) -> str:
    roster = path_of(path, cell)
    (row,) = read_roster(roster, TWO).rows
    (refusal,) = row.refusals
    assert (row.appraisal, refusal.code) == (None, "SES636")
    assert f"`{cell}` is neither a number nor the term of a level" in refusal.message
    return refusal.help


WITH_ITS_TERM = (
    "4 - Exceeds", "4 \u2013 Exceeds", "4 (Exceeds)", "4: exceeds", "4=Exceeds", "Level 4 (Exceeds)", "Exceeds (4)",
    "Exceeds - 4", "Exceeds: level 4", "4 (level 4)", "LEVEL 4 \u2014  EXCEEDS",
)  # fmt: skip


@pytest.mark.parametrize("cell", WITH_ITS_TERM)
def test_a_number_beside_the_whole_term_of_its_level_is_read_and_told(tmp_path: Path, cell: str) -> None:
    roster = path_of(tmp_path, cell)
    found = read_roster(roster, TWO)
    (row,) = found.rows
    assert row.refusals == ()
    assert row.appraisal is not None
    assert row.appraisal.elements[0].rating == 4
    (told,) = [each for each in found.findings if each.code == "SES649"]
    assert f"`{cell}` as 4" in told.message


@pytest.mark.parametrize("cell", ["L4", "l 4", "Lvl 4", "L-4", "3 - Fully", "Level 3 (FS)", "Fully: 3"])
def test_the_level_that_is_meant_is_named(tmp_path: Path, cell: str) -> None:
    level = next(each for each in cell if each.isdigit())
    assert _help(tmp_path, cell) == f"write `{level}` if level {level} is meant; leave it empty for not rated"


@pytest.mark.parametrize(
    ("cell", "mark"),
    [("4*", "*"), ("4 *", "*"), ("*4", "*"), ("4\u2020", "\u2020"), ("4\u00b9", "\u00b9"), ("4 (1)", "(1)"),
     ("4 [a]", "[a]"), ("4 (note 2)", "(note 2)"), ("Level 4*", "*"), ("4**", "**")],
)  # fmt: skip
def test_the_mark_of_a_note_is_not_passed_over(tmp_path: Path, cell: str, mark: str) -> None:
    says = f"write `4` if the note at `{mark}` leaves level 4 as it is; leave it empty for not rated"
    assert _help(tmp_path, cell) == says


@pytest.mark.parametrize(
    ("given", "help"),
    [("4*", "write `4` if the note at `*` leaves level 4 as it is"), ("L4", "write `4` if level 4 is meant"),
     ("Excedes", "did you mean `Exceeds`?"), ("good", "write the level as a number, such as `4`, or as its term")],
)  # fmt: skip
def test_records_are_told_the_same(tmp_path: Path, given: str, help: str) -> None:
    roster = tmp_path / "r.json"
    elements = {
        "Leading People": {"weight": 40, "level": given},
        "Results Driven": {"weight": 60, "level": "4 - exceeds"},
    }
    roster.write_text(json.dumps([{"id": "p-1", "elements": elements}]), encoding="utf-8")
    (row,) = read_roster(roster, TWO).rows
    (refusal,) = row.refusals
    assert (refusal.code, refusal.help) == ("SES636", help)
    assert f"`{given}` is neither a number nor the term of a level" in refusal.message


@pytest.mark.parametrize("cell", ["4,5", "4,0", "4/5", "80%"])
def test_what_is_no_level_is_not_led_to_a_number_that_is_none(tmp_path: Path, cell: str) -> None:
    assert _help(tmp_path, cell).startswith("write the level as a number, such as `4`, or as its term")


def test_every_engine_reads_them_alike(tmp_path: Path) -> None:
    cells = [*WITH_ITS_TERM, "4*", "4 - Minimal", "L4", "4"]
    roster = tmp_path / "r.csv"
    lines = "".join(f'p-{place},40,"{cell}",60,5\n' for place, cell in enumerate(cells))
    roster.write_text(f"{LINE}{lines}", encoding="utf-8")
    program = program_of(WEIGHED)
    scores = [each["score"] for each in by_engine(roster, program, "reference")]
    assert scores == [*["460"] * len(WITH_ITS_TERM), None, None, None, "460"]
    assert compared(roster, program) == (len(cells), "")


@pytest.mark.parametrize(
    "cell", ["4.4 - Exceeds", "4,4 - Exceeds", "5.5: Outstanding", "4-4-Exceeds", "4 - Exceeds, 4"]
)
def test_a_number_that_goes_on_is_not_cut_to_its_first_figure(tmp_path: Path, cell: str) -> None:
    assert _help(tmp_path, cell).startswith("write the level as a number, such as `4`, or as its term")


@pytest.mark.parametrize(
    ("cell", "named", "other"), [("4 - Minimal", "Minimal", 2), ("Outstanding (4)", "Outstanding", 5)]
)
def test_two_levels_in_a_cell_are_told(tmp_path: Path, cell: str, named: str, other: int) -> None:
    says = f"it names level 4 and, by `{named}`, level {other}: write the one that is meant"
    assert says in _help(tmp_path, cell)


@pytest.mark.parametrize("cell", ["L7", "7 - Exceeds", "4 - of the board", "4 - 5 -", "G4", "4 or 5", "7*", "4+", "4-"])
def test_a_level_that_is_not_said_is_not_offered(tmp_path: Path, cell: str) -> None:
    assert "is meant" not in _help(tmp_path, cell)
