"""Ids that name nobody, and ids that only look so: what is rated and what never is. All of them are invented."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from cli.running import put
from rosters.every_engine import in_every_way, program_of
from rosters.office_rosters import WEIGHED
from sespms_rules.cli import rating_in_sql
from sespms_rules.records.reading.border import opaque
from sespms_rules.rosters.files import read_roster

PROGRAM = program_of(WEIGHED)
LINE = "id,Leading People weight,Leading People level,Results Driven weight,Results Driven level\n"
NOBODY = [
    "Agency average", "Average score", "Avg.", "Mode", "Max", "Min", "Std Dev", "Std. Dev.", "N = 6", "n=6",
    "Subtotal HQ", "HQ total", "HQ Total:", "Total executives: 6", "*Note", "Example", "Example row", "SAMPLE",
    "weight", "Points", "Vacant", "TBD", "n/a", "ID", "Mean", "Median", "Count", "Grand Total", "Source: OPM",
    "Note: x", "Total", "Totals:", "Subtotal", "Average of all", "Prepared by HR", "HQ-total", "Sub-total",
    "Max score", "Agency mean", "Minimum:", "Min = 3", "Vacant - HQ", "#N/A", "--", "Position 4 (vacant)",
    "Total (6)", "Average level 3.5", "Count: 6", "Sum of weights", "Executive ID", "* Notes:", "Example 1",
    "Total, HQ", "HQ  total", "N  =  6", "HQ\u00a0total", "Grand  Total",
    "* Rated by PRB", "** not rated: on detail", "*Ratings are pending",
    "Ｔｏｔａｌ", "\u0422otal", "Tot\u0430l", "“Total”", "'Total'", "«Average»", "ｎ／ａ", "–", "—", "…", "・",
    "(none)", "§", "'",
    "* Denotes an acting executive", "*from the Board", "* Weights (of 2026)",
]  # fmt: skip
SOMEBODY = [
    "E-101", "max01", "TOTALLY", "Min, J.", "Totality", "T-1", "Sumner", "Meany", "Counts-1", "Noteworthy",
    "Max Weber", "Sample, J.", "total-7", "A-total-1", "example-1", "N-6", "n", "e-1", "00012", "12", "-1",
    "=A1", "@x", "TRUE", "p,1", "1E", "na-1", "Region 10", "executive 1", "unit-3", "id-7", "Mode, K.",
    "Jane Mean", "sample-1", "Executive 7", "SAMPLER", "Idris", "Noone", "TBD-1x", "names", "Counts",
    "total.jane@x.gov", "M. Ode", "Max B.", "Sum Kin", "MAX-1", "min_2", "Max  Planck",
    "合計-1", "O'Total", "'E-102", "\u0422-101", "(E-101)",
    "*E-101", "* Jane Mean", "* E-7", "*by-1", "Rated by PRB", "** Offord",
]  # fmt: skip


@pytest.fixture(autouse=True)
def long_from_the_start(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let SQL rate every file as it lies."""
    monkeypatch.setattr(rating_in_sql, "CONFIRMED_LINES", 0)


def _rated(path: Path) -> list[tuple[str, int | None, list[str]]]:
    (_, wanted), *others = in_every_way(path, PROGRAM)
    assert all(found == wanted for _, found in others)
    return [(row["id"], row["level"], row["refused"]) for row in wanted]


def test_what_names_nobody_is_never_rated(tmp_path: Path) -> None:
    rows = "".join(f'"{key}",40,4,60,5\n' for key in NOBODY)
    assert _rated(put(tmp_path, "r.csv", LINE + rows)) == [(key, None, ["SES648"]) for key in NOBODY]


def test_an_id_that_merely_looks_so_is_rated(tmp_path: Path) -> None:
    rows = "".join(f'"{key}",40,4,60,5\n' for key in SOMEBODY)
    assert _rated(put(tmp_path, "r.csv", LINE + rows)) == [(key, 5, []) for key in SOMEBODY]


@pytest.mark.parametrize("cells", ["", ",", ",,,,", ",,n/a,?,x", ",40,4,60,5,stray"])
@pytest.mark.parametrize("key", ["Total executives: 6", "*Note", "Vacant", "ID"])
def test_a_row_of_nobody_is_told_once_whatever_its_cells(tmp_path: Path, key: str, cells: str) -> None:
    roster = put(tmp_path, "r.csv", f"{LINE}p-1,40,4,60,5\n{key}{cells}\n")
    assert _rated(roster) == [("p-1", 5, []), (key, None, ["SES648"])]


def test_a_second_total_is_not_said_to_repeat_one_that_is_rated(tmp_path: Path) -> None:
    roster = put(tmp_path, "r.csv", f"{LINE}Total,40,4,60,5\np-1,40,4,60,5\nTotal,40,4,60,5\n")
    assert [each[2] for each in _rated(roster)] == [["SES648"], [], ["SES648"]]


def test_a_record_of_nobody_is_told_once(tmp_path: Path) -> None:
    records = put(tmp_path, "r.json", json.dumps([{"id": "HQ total", "elements": {"Other": {"level": "x"}}}]))
    (row,) = read_roster(records, PROGRAM).rows
    assert [each.code for each in row.refusals] == ["SES648"]
    (refusal,) = row.refusals
    assert refusal.message == "record 1: `HQ total` is not an executive: it reads as a total or a statistic"
    assert refusal.help == "remove the row; if it is an executive, give the row another id, such as a number"


SHORTENED = [
    "1.2E+15",
    "1,2E+15",
    "1E5",
    "1.23457e15",
    "\uff11.2E+15",
    "1.2\uff25+15",
    "1.2\u200bE+15",
    "'1.2E+15",
    "1.2\u0415+15",
]


def test_a_number_that_a_spreadsheet_shortened_is_no_id(tmp_path: Path) -> None:
    """Many executives may share it; wide figures, signs nobody sees and look-alike letters change nothing."""
    rows = "".join(f'"{key}",40,4,60,5\n' for key in SHORTENED)
    assert _rated(put(tmp_path, "r.csv", LINE + rows)) == [(key, None, ["SES651"]) for key in SHORTENED]
    for key in SHORTENED:
        with pytest.raises(ValueError, match="a spreadsheet shortened"):
            opaque(key)
