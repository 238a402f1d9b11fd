"""`rate`, `impact` and `sweep` count one roster alike: as many executives, as many refused, and the same ones."""

from __future__ import annotations

import random
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from cli.running import data, put, run
from nights import NIGHTLY
from rosters.office_rosters import POLICIES, long_roster, office_roster
from sespms_rules.rosters.files import NOBODY_NOT_COUNTED
from sespms_rules.studies.sweep.report import UNPLACED_NOT_COUNTED, UNREAD_REFUSED

ROSTERS = 400 if NIGHTLY else 4
VARY = ("--vary", "cut of level 5 over 450")
COVERS = "  covers career and noncareer executives\n  has "
CAP = "\ndistribution\n  at most 50% of career executives at level 4 or better\n"


def _policy(folder: Path, name: str, *, limited: bool) -> Path:
    text = POLICIES[name]
    return put(folder, "p.sespms", text.replace("  has ", COVERS, 1) + CAP if limited else text)


def _by_rate(rated: dict[str, Any]) -> dict[str, list[tuple[int, str]]]:
    """The rows at each state, as `rate` tells them one by one."""
    found: dict[str, list[tuple[int, str]]] = {}
    for each in rated["ratings"]:
        state = f"level {each['level']}" if each["level"] else each["outcome"]
        if each["refused"] != ["SES648"]:
            found.setdefault(state, []).append((each["row"], each["id"]))
    return found


def _by_impact(impact: dict[str, Any]) -> dict[str, list[tuple[int, str]]]:
    """The rows at each state, as `impact --details` tells them."""
    return {
        f"level {each['state']}" if isinstance(each["state"], int) else each["state"]: [
            (row["row"], row["id"]) for row in each["rows"]
        ]
        for each in impact["before"]["distribution"]
        if each["count"]
    }


@pytest.mark.timeout(3_600)
@pytest.mark.parametrize("limited", [False, True])
@pytest.mark.parametrize("name", POLICIES)
def test_every_command_counts_a_roster_alike(tmp_path: Path, name: str, limited: bool) -> None:
    draw = random.Random(f"one count {name} {limited}")
    policy = _policy(tmp_path, name, limited=limited)
    counted = 0
    for number in range(ROSTERS):
        make = long_roster if number % 4 == 3 else office_roster
        roster = tmp_path / "r.csv"
        roster.write_text(make(draw, name, 40, draw.choice((0.1, 0.3, 0.9))), encoding="utf-8", newline="")
        rated, _ = data("rate", policy, roster)
        impact, _ = data("impact", policy, roster, "--details")
        swept = run("sweep", policy, roster, *VARY, "--format", "json")
        if not rated["ratings"] or swept.exit_code:
            assert impact.get("before") is None or "nobody to count" in swept.stderr, roster.read_text(encoding="utf-8")
            continue
        sweep, _ = data("sweep", policy, roster, *VARY)
        by_rate = _by_rate(rated)
        assert by_rate == _by_impact(impact), roster.read_text(encoding="utf-8")
        sizes = {state: len(rows) for state, rows in by_rate.items()}
        assert sizes == {state: count for state, count in sweep["now"].items() if count}
        counts = Counter(rated["counts"])
        assert counts.pop("not executives", 0) == impact["not_executives"] == sweep["not_executives"]
        assert counts.total() == impact["rows"] == sweep["executives"]
        assert counts["refused"] == sizes.get("refused", 0)
        assert rated.get("limits") == _limits(impact)
        counted += counts.total()
    assert counted


def _limits(impact: dict[str, Any]) -> list[dict[str, Any]] | None:
    """The limits as `impact` tells them, in the form of `rate`."""
    told = impact["before"].get("limits") or None
    return told and [{key: each[key] for key in ("says", "about", "verdict", "why", "notes")} for each in told]


HEADINGS = "id,unit,appointment,Leading People weight,Leading People level,Results Driven weight,Results Driven level\n"
ROWS = HEADINGS + (
    "A,Ports,career,50,5,50,5\nB,Ports,career,50,goood,50,4\nC,Ports,noncareer,50,goood,50,4\nTotal,,,,,,\n"
    "D,Ports,carer,50,5,50,4\nE,Ports,,50,3,50,3\nF,Ports,career,50,3,40,3\n"
)
"""One rated, one whom the reader refuses, one noncareer, a total, one whose appointment is no word, one without, one
whom the policy refuses."""


def test_a_sweep_of_some_appointments_counts_their_refused_too(tmp_path: Path) -> None:
    policy, roster = put(tmp_path, "p.sespms", POLICIES["weighed"]), put(tmp_path, "r.csv", ROWS)
    found, _ = data("sweep", policy, roster, *VARY, "--only", "career")
    assert (found["executives"], found["unread_rows"], found["now"]["refused"]) == (3, 1, 2)
    assert (found["unknown_appointment"], found["not_executives"]) == (2, 1)
    told = run("sweep", policy, roster, *VARY, "--only", "career").stdout
    for words, count in ((UNREAD_REFUSED, 1), (UNPLACED_NOT_COUNTED, 2), (NOBODY_NOT_COUNTED, 1)):
        assert f"{words}: {count}" in told


def test_a_page_for_others_withholds_how_few_could_not_be_read(tmp_path: Path) -> None:
    policy, roster = put(tmp_path, "p.sespms", POLICIES["weighed"]), put(tmp_path, "r.csv", ROWS)
    page = run("sweep", policy, roster, *VARY, "--format", "html").stdout
    assert f"{UNREAD_REFUSED.capitalize()}: fewer than 10." in page
    assert (
        f"{UNREAD_REFUSED.capitalize()}: 3." in run("sweep", policy, roster, *VARY, "--format", "html", "--full").stdout
    )


def test_groups_of_a_sweep_add_up_with_the_refused(tmp_path: Path) -> None:
    policy = put(tmp_path, "p.sespms", POLICIES["weighed"])
    roster = put(tmp_path, "r.csv", ROWS.replace("B,Ports", "B,Rivers"))
    found, _ = data("sweep", policy, roster, *VARY, "--by", "unit")
    (by,) = found["by"]
    assert {each["group"]: each["executives"] for each in by["groups"]} == {"Ports": 5, "Rivers": 1}
    impact, _ = data("impact", policy, roster, "--by", "unit")
    assert {each["unit"]: each["executives"] for each in impact["before"]["units"]} == {"Ports": 5, "Rivers": 1}


def test_a_limit_knows_the_appointment_of_a_refused_row(tmp_path: Path) -> None:
    """One refused is noncareer, so that a limit on career executives is not left open by that one."""
    policy = put(tmp_path, "p.sespms", POLICIES["weighed"] + CAP)
    roster = put(tmp_path, "r.csv", HEADINGS + "A,Ports,career,50,3,50,3\nC,Ports,noncareer,50,goood,50,4\n")
    for command in ("rate", "impact"):
        assert "kept" in run(command, policy, roster).stdout
    kept = run("sweep", policy, roster, *VARY, "--until", "the cap is kept").stdout
    assert "now the agency: kept, 0 of 1 career" in kept
    beyond = put(
        tmp_path,
        "r.csv",
        HEADINGS + "A,Ports,career,50,3,50,3\nB,Ports,career,x,5,50,5\nC,Ports,career,50,goood,50,4\n",
    )
    for command in ("rate", "impact"):
        assert "undecided" in run(command, policy, beyond).stdout
    assert "undecided" in run("sweep", policy, beyond, *VARY, "--until", "the cap is kept").stdout


def test_what_a_cohort_says_it_made_is_what_every_command_counts(tmp_path: Path) -> None:
    policy, roster = put(tmp_path, "p.sespms", POLICIES["weighed"]), tmp_path / "r.csv"
    made = run("cohort", policy, "--executives", "120", "--output", roster)
    assert "120 synthetic executives" in made.stderr
    rated, code = data("rate", policy, roster)
    sweep, _ = data("sweep", policy, roster, *VARY)
    impact, _ = data("impact", policy, roster, "--details")
    assert (code, rated["counts"]["rated"], sweep["executives"], impact["rows"]) == (0, 120, 120, 120)
    for state, rows in _by_rate(rated).items():
        assert f"{state} {len(rows)}" in made.stderr
        assert sweep["now"][state] == len(rows) == len(_by_impact(impact)[state])


def test_a_total_is_not_among_the_refused_of_rate(tmp_path: Path) -> None:
    policy, roster = put(tmp_path, "p.sespms", POLICIES["weighed"]), put(tmp_path, "r.csv", ROWS)
    told = run("rate", policy, roster)
    assert "6 rows: 2 rated, 0 not rated, 4 refused\n" in told.stdout
    assert f"{NOBODY_NOT_COUNTED}: 1" in told.stdout
    assert told.exit_code == 1
    rated, _ = data("rate", policy, roster)
    assert rated["counts"] == {"rated": 2, "not rated": 0, "refused": 4, "withheld": 0, "not executives": 1}


@pytest.mark.case("units spelled in several ways")
def test_what_is_found_late_in_a_long_roster_is_told_by_a_sweep(tmp_path: Path) -> None:
    """A unit that is spelled otherwise in row 2,400 is told of a long roster, as by `impact`."""
    rows = "".join(f"E{number},Ports,career,50,5,50,5\n" for number in range(2_400))
    roster = put(tmp_path, "r.csv", HEADINGS + rows + "Z,PORTS,career,50,5,50,5\n")
    policy = put(tmp_path, "p.sespms", POLICIES["weighed"])
    assert "SES653" in run("sweep", policy, roster, *VARY).stderr
