"""Several goals at once, and the cap of the policy itself as one: the sweep and `impact` say the same of it."""

from __future__ import annotations

from pathlib import Path

import pytest

from cli.running import HEADINGS, OPM, ROOT, SMALL, data, put, run

COMMISSION = str(ROOT / "examples" / "harbor_commission.csv")
CAP = str(ROOT / "policies" / "what-if" / "state_the_cap.sespms")
CAPPED = f"""{SMALL}
distribution
  at most 50% of career executives at level 4 or better
"""
ROWS = "".join(
    f"e{place:02},{appointment},50,{level},50,{level}\n"
    for place, (appointment, level) in enumerate(
        [("career", 5)] * 2 + [("career", 4)] * 2 + [("career", 3)] * 2 + [("noncareer", 5)] * 3
    )
)
ROSTER = HEADINGS.replace("id,", "id,appointment,") + ROWS
VARY = ("--vary", "cut of level 4 from 350 to 450 by 10")


@pytest.fixture
def here(tmp_path: Path) -> tuple[Path, Path]:
    """A policy that states a cap, and a roster in which four of six career executives stand above it."""
    return put(tmp_path, "p.sespms", CAPPED), put(tmp_path, "r.csv", ROSTER)


def goal(*arguments: str | Path) -> tuple[dict[str, object], int]:
    """What a sweep says of its goal, and its exit code."""
    found, code = data("sweep", *arguments)
    return found["goal"], code


def test_the_cap_is_a_goal(here: tuple[Path, Path]) -> None:
    policy, roster = here
    found, code = goal(policy, roster, *VARY, "--until", "the cap is kept")
    assert code == 0
    assert found["met_now"] is False
    assert found["exact"] is True
    assert found["least_change"]["settings"] == {"cut of level 4": "401"}  # type: ignore[index]
    assert "4 of 6 career executives are at level 4 or better" in " ".join(run("impact", policy, roster).stdout.split())
    told = run("sweep", policy, roster, *VARY, "--until", "The  cap is kept").stdout
    assert "now the agency: exceeded, 4 of 6 career executives are at level 4 or better" in told
    assert "then the agency: kept, 2 of 6 career executives are at level 4 or better" in told


def test_whoever_the_sweep_counts_the_cap_is_counted_over_everyone(here: tuple[Path, Path]) -> None:
    policy, roster = here
    asked = (*VARY, "--until", "the cap is kept", "--only", "noncareer")
    assert goal(policy, roster, *asked)[0]["met_now"] is False


@pytest.mark.case("options named twice")
def test_several_goals_are_all_met(here: tuple[Path, Path]) -> None:
    policy, roster = here
    few, many = "at most 6 executives at level 4 or above", "at least 5 executives at level 4 or above"
    both, code = goal(policy, roster, *VARY, "--until", few, "--until", many)
    assert code == 0
    assert both["goal"] == f"{few}; and {many}"
    assert both["least_change"]["counts"]["level 5"] == 5  # type: ignore[index]
    none, code = goal(policy, roster, *VARY, "--until", few, "--until", "at least 7 executives at level 4 or above")
    assert (none["least_change"], code) == (None, 1)


def test_a_row_that_cannot_be_read_leaves_the_cap_undecided_in_both(here: tuple[Path, Path]) -> None:
    policy, roster = here
    roster.write_text(ROSTER.replace("e03,career,50,4", "e03,career,50,9"), encoding="utf-8")
    assert "undecided" in " ".join(run("impact", policy, roster).stdout.split())
    told = run("sweep", policy, roster, *VARY, "--until", "the cap is kept").stdout
    assert "now the agency: undecided" in told


def test_the_cap_of_an_amendment_is_one(here: tuple[Path, Path]) -> None:
    vary = ("--vary", "cut of level 4 from 400 to 470 by 10")
    none = run("sweep", OPM, COMMISSION, *vary, "--until", "the cap is kept")
    assert none.exit_code == 2
    assert "states no cap that could be kept" in none.stderr
    told = run("sweep", OPM, COMMISSION, "--with", CAP, *vary, "--until", "the cap is kept").stdout
    shown = " ".join(run("impact", OPM, COMMISSION, "--with", CAP).stdout.split())
    says = "8 of 12 career executives are at level 4 or better; at most 3 may be (30% of 12 is 3.6, rounded down"
    assert says in told
    assert says in shown
