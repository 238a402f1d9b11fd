"""What a head of an agency reads first cannot be taken for something else, and sums add up on the page."""

from __future__ import annotations

from pathlib import Path

import pytest

from cli.running import HEADINGS, OPM, ROOT, SMALL, put, run

COMMISSION = str(ROOT / "examples" / "harbor_commission.csv")
CAP = str(ROOT / "policies" / "what-if" / "state_the_cap.sespms")
LEAST = ('"Leading People" at least 40', '"Results Driven" at least 40')
FLOOR = f"""amendment "No light element"
  amends "Invented agency"

weights
  insert {LEAST[0]}
  insert {LEAST[1]}
"""


def said(*arguments: str | Path) -> str:
    """What a command prints, on one line."""
    return " ".join(run(*arguments).stdout.split())


@pytest.mark.case("headlines that mislead")
def test_a_rule_that_the_text_keeps_is_not_taken_for_one_that_the_roster_keeps() -> None:
    told = said("impact", OPM, COMMISSION, "--with", CAP)
    assert "at most 30% of career executives at level 4 or better`: exceeded" in told
    assert "At most 30 percent at levels 4 and 5, asked of the policy's text: met" in told


@pytest.mark.case("headlines that mislead")
def test_whoever_loses_a_level_is_counted_so_and_not_as_neither_higher_nor_lower(tmp_path: Path) -> None:
    policy, change = put(tmp_path, "p.sespms", SMALL), put(tmp_path, "a.sespms", FLOOR)
    roster = put(tmp_path, "r.csv", HEADINGS + "A,50,4,50,4\nB,30,4,70,4\nC,80,2,20,5\n")
    told = said("impact", policy, roster, "--with", change)
    assert "2 of 3 executives would be rated differently: 0 higher, 0 lower, 2 with no level any more." in told
    back = put(tmp_path, "q.sespms", SMALL.replace("whole numbers\n", f"whole numbers\n  {LEAST[0]}\n  {LEAST[1]}\n"))
    freed = put(tmp_path, "b.sespms", FLOOR.replace("insert", "strike"))
    assert "2 with a level for the first time." in said("impact", back, roster, "--with", freed)


@pytest.mark.case("headlines that mislead")
def test_a_share_says_of_whom() -> None:
    assert "share of rated" in said("impact", OPM, COMMISSION)


@pytest.mark.case("headlines that mislead")
def test_reasons_that_add_up_to_more_than_the_refused_say_why(tmp_path: Path) -> None:
    policy = put(tmp_path, "p.sespms", SMALL)
    roster = put(tmp_path, "r.csv", HEADINGS + "A,50,4,40,\nB,50,4,50,4\n")
    told = said("impact", policy, roster)
    assert "Refused, and so without a level: 1 executive; one can be refused for several reasons" in told
    one = put(tmp_path, "s.csv", HEADINGS + "A,50,4,40,4\nB,50,4,50,4\n")
    assert "Refused, and so without a level: 1 executive - " in said("impact", policy, one)


@pytest.mark.case("headlines that mislead")
def test_systems_that_do_not_allow_the_same_plans_are_not_said_to_be_alike(tmp_path: Path) -> None:
    policy, change = put(tmp_path, "p.sespms", SMALL), put(tmp_path, "a.sespms", FLOOR)
    told = said("compare", policy, "--with", change)
    assert "the two systems rate alike what both allow, but they do not allow the same plans" in told
    assert "the two systems rate alike: each of" in said("compare", policy, policy)
