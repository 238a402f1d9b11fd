"""A roster with a total below it: every study counts executives alone, and tells the other rows in the same words."""

from __future__ import annotations

from pathlib import Path

import pytest

from cli.running import SMALL, data, put, run
from sespms_rules.rosters.files import NOBODY_NOT_COUNTED

HEADINGS = "id,unit,appointment,Leading People weight,Leading People level,Results Driven weight,Results Driven level\n"
ROWS = "A,Ports,career,50,5,50,4\nB,Ports,career,50,4,50,4\n"
CAPPED = SMALL + "\ndistribution\n  at most 50% of career executives at level 5\n"
VARY = ("--vary", "cut of level 5 from 450 to 460 by 10")


@pytest.fixture(params=["Total,,,,,,", "HQ total,,,50,4,50,4", "Vacant,Ports,career,50,5,50,5"])
def roster(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """Two executives, and a row that is nobody."""
    return put(tmp_path, "r.csv", HEADINGS + ROWS + request.param + "\n")


def test_each_study_counts_two_and_tells_of_one(tmp_path: Path, roster: Path) -> None:
    policy = put(tmp_path, "p.sespms", SMALL)
    impact, sweep = run("impact", policy, roster), run("sweep", policy, roster, *VARY)
    for each in (impact, sweep):
        assert f"{NOBODY_NOT_COUNTED}: 1" in each.stdout
        assert "2 executives" in each.stdout
        assert "could not be read" not in each.stdout
    assert "not given" not in impact.stdout
    assert "efused" not in impact.stdout
    assert impact.exit_code == run("rate", policy, roster).exit_code == 1


def test_the_data_of_each_study_says_the_same(tmp_path: Path, roster: Path) -> None:
    policy = put(tmp_path, "p.sespms", SMALL)
    impact, _ = data("impact", policy, roster)
    sweep, _ = data("sweep", policy, roster, *VARY)
    assert (impact["rows"], impact["not_executives"]) == (2, 1)
    assert (sweep["executives"], sweep["not_executives"], sweep["unread_rows"]) == (2, 1, 0)


def test_no_limit_counts_them(tmp_path: Path, roster: Path) -> None:
    policy = put(tmp_path, "p.sespms", CAPPED)
    impact = run("impact", policy, roster, "--details").stdout
    assert "Limits over the population" in impact
    assert "the roster does not say" not in impact
    assert "whose appraisal was refused" not in impact
    page = run("sweep", policy, roster, *VARY, "--format", "html").stdout
    assert f"{NOBODY_NOT_COUNTED.capitalize()}: 1." in page


def test_an_executive_whose_row_is_wrong_is_still_one(tmp_path: Path) -> None:
    policy = put(tmp_path, "p.sespms", SMALL)
    roster = put(tmp_path, "r.csv", HEADINGS + ROWS + "C,Ports,career,50,goood,50,4\n")
    impact, sweep = run("impact", policy, roster).stdout, run("sweep", policy, roster, *VARY).stdout
    assert "3 executives" in impact
    assert "whose row cannot be read or whom the system is not for: 1" in sweep
    assert NOBODY_NOT_COUNTED not in impact + sweep
