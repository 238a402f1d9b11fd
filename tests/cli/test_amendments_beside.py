"""Amendments side by side and together: every study takes all that are named, tells them apart, or refuses them."""

from __future__ import annotations

import csv
import io
from pathlib import Path
from typing import Any

import pytest

from cli.running import data, put, run

SYSTEM = """system "Invented agency"
  is outside the Senior Executive Service
  has exactly 1 critical element

critical element "Results"

levels
  level 3 "Good"  3 points
  level 2 "Fair"  2 points
  level 1 "Poor"  1 point

summary rating
  score is the average of points
  score at least 3 is level 3
  score at least 2 and below 3 is level 2
  score below 2 is level 1

guarantees
  every critical element at level 3 gives level 3
"""
# Three ratings are possible; the first of these turns level 3 into level 2, the other level 1 into level 2.
HIGHER = """amendment "{name}"
  amends "Invented agency"
  {day}

summary rating
  strike score at least 3 is level 3
  insert score at least 4 is level 3
  strike score at least 2 and below 3 is level 2
  insert score at least 2 and below 4 is level 2
"""
KINDER = """amendment "{name}"
  amends "Invented agency"

summary rating
  strike score below 2 is level 1
  insert score below 2 is level 2
"""
ROSTER = "id,Results level\ninvented-01,3\ninvented-02,1\n"


@pytest.fixture
def here(tmp_path: Path) -> Path:
    """A folder with a policy, a roster and amendments, two of them of one name in files of one name."""
    put(tmp_path, "policy.sespms", SYSTEM)
    put(tmp_path, "roster.csv", ROSTER)
    put(tmp_path, "higher.sespms", HIGHER.format(name="My proposal", day=""))
    put(tmp_path, "kinder.sespms", KINDER.format(name="My proposal"))
    put(tmp_path, "named.sespms", KINDER.format(name="Nobody fails"))
    for folder, text in (
        ("one", HIGHER.format(name="My proposal", day="")),
        ("two", KINDER.format(name="My proposal")),
    ):
        (tmp_path / folder).mkdir()
        put(tmp_path / folder, "change.sespms", text)
    return tmp_path


def beside(*names: str | Path) -> list[str]:
    """An option `--with` for each name."""
    return [part for name in names for part in ("--with", str(name))]


def moves(found: Any) -> dict[str, int]:
    """How many move under each amendment of an impact."""
    return {each["amendment"]: sum(one["count"] for one in each["moves"]) for each in found["amendments"]}


# ---- told apart --------------------------------------------------------------------------------------


@pytest.mark.case("amendments of one name")
def test_two_of_one_name_are_both_told_by_their_files(here: Path) -> None:
    asked = beside(here / "higher.sespms", here / "kinder.sespms")
    found, code = data("impact", here / "policy.sespms", here / "roster.csv", *asked)
    assert code == 0
    assert moves(found) == {"My proposal (higher.sespms)": 1, "My proposal (kinder.sespms)": 1}


@pytest.mark.case("amendments of one name")
def test_files_of_one_name_are_told_by_their_folders(here: Path) -> None:
    one, two = here / "one" / "change.sespms", here / "two" / "change.sespms"
    found, _ = data("impact", here / "policy.sespms", here / "roster.csv", *beside(one, two))
    assert moves(found) == {f"My proposal ({one})": 1, f"My proposal ({two})": 1}


@pytest.mark.case("amendments of one name")
def test_two_of_one_name_can_be_set_together(here: Path) -> None:
    asked = beside(f"{here / 'higher.sespms'}+{here / 'kinder.sespms'}", here / "named.sespms")
    found, _ = data("impact", here / "policy.sespms", here / "roster.csv", *asked)
    assert moves(found) == {"My proposal (higher.sespms) + My proposal (kinder.sespms)": 2, "Nobody fails": 1}


@pytest.mark.case("options named twice")
@pytest.mark.parametrize("command", ["impact", "sweep", "count", "prove", "compare", "rate"])
def test_one_amendment_twice_is_refused(here: Path, command: str) -> None:
    roster = [here / "roster.csv"] if command in ("impact", "sweep", "rate") else []
    vary = ["--vary", "points of level 3 over 3, 4"] if command == "sweep" else []
    for asked in (
        beside(here / "named.sespms", here / "named.sespms"),
        beside(f"{here / 'named.sespms'}+Nobody fails"),
    ):
        result = run(command, here / "policy.sespms", *roster, *vary, *asked)
        assert result.exit_code == 2
        assert "`Nobody fails` is named twice" in result.stderr


@pytest.mark.parametrize("name", ["+named.sespms", "named.sespms+", "a++b"])
def test_a_plus_with_nothing_beside_it_is_refused(here: Path, name: str) -> None:
    result = run("impact", here / "policy.sespms", here / "roster.csv", "--with", name)
    assert result.exit_code == 2
    assert "names nothing before or after a `+`" in result.stderr


def test_a_file_or_an_amendment_may_have_a_plus_in_its_name(here: Path) -> None:
    put(here, "a+b.sespms", KINDER.format(name="Fewer + kinder"))
    for name in (str(here / "a+b.sespms"), "Fewer + kinder"):
        found, code = data("impact", here / "policy.sespms", here / "roster.csv", "--with", name)
        assert (code, moves(found)) == (0, {"Fewer + kinder": 1})


# ---- every study -------------------------------------------------------------------------------------


def test_count_counts_each_and_both_together(here: Path) -> None:
    higher, kinder = here / "higher.sespms", here / "kinder.sespms"
    asked = beside(higher, kinder, f"{higher}+{kinder}")
    found, code = data("count", here / "policy.sespms", *asked)
    assert code == 0
    counted = [[each["cases"] for each in one["levels"]] for one in found["systems"]]
    assert counted == [[0, 2, 1], [1, 2, 0], [0, 3, 0]]
    assert found["systems"][2]["amendment"] == "My proposal (higher.sespms) + My proposal (kinder.sespms)"
    assert 'under amendment "My proposal (kinder.sespms)"' in run("count", here / "policy.sespms", *asked).stdout
    plain, _ = data("count", here / "policy.sespms")
    assert [each["amendment"] for each in plain["systems"]] == [None]


def test_prove_proves_under_each(here: Path) -> None:
    asked = beside(here / "higher.sespms", here / "named.sespms")
    found, code = data(
        "prove", here / "policy.sespms", *asked, "--guarantee", "every critical element at level 3 gives level 3"
    )
    assert code == 1
    told = [(each["amendment"], each["verdict"]) for each in found["verdicts"]]
    assert told == [("My proposal", "refuted"), ("Nobody fails", "proved")]
    assert (
        'system "Invented agency" under amendment "Nobody fails"' in run("prove", here / "policy.sespms", *asked).stdout
    )


def test_compare_compares_each_with_the_text_as_it_is(here: Path) -> None:
    higher, kinder = here / "higher.sespms", here / "named.sespms"
    found, code = data("compare", here / "policy.sespms", *beside(higher, kinder, f"{higher}+{kinder}"))
    assert code == 0
    told = [(each["new"]["amendment"], each["verdict"]) for each in found["comparisons"]]
    assert told == [
        ("My proposal", "stricter"),
        ("Nobody fails", "looser"),
        ("My proposal + Nobody fails", "incomparable"),
    ]


def test_sweep_sweeps_each(here: Path) -> None:
    asked = ("sweep", here / "policy.sespms", here / "roster.csv", "--vary", "points of level 3 over 3, 4")
    higher, kinder = here / "higher.sespms", here / "named.sespms"
    found, code = data(*asked, *beside(higher, kinder))
    assert code == 0
    now = {each["amendment"]: [each["now"][f"level {level}"] for level in (3, 2, 1)] for each in found["texts"]}
    assert now == {"My proposal": [0, 1, 1], "Nobody fails": [1, 1, 0]}
    rows = list(csv.DictReader(io.StringIO(run(*asked, *beside(higher, kinder), "--format", "csv").stdout)))
    assert [(each["amendment"], each["level 3"]) for each in rows] == [
        ("My proposal", "0"),
        ("My proposal", "1"),
        ("Nobody fails", "1"),
        ("Nobody fails", "1"),
    ]
    assert run(*asked, *beside(higher, kinder), "--format", "html").exit_code == 2


def test_a_broken_one_of_two_together_carries_nothing_out_by_halves(here: Path) -> None:
    broken = put(here, "broken.sespms", KINDER.format(name="Broken").replace("strike", "strik"))
    for command, more in (("impact", [here / "roster.csv"]), ("count", []), ("prove", []), ("compare", [])):
        found, code = data(command, here / "policy.sespms", *more, "--with", f"{here / 'named.sespms'}+{broken}")
        assert code == 1, command
        assert any(each["severity"] == "error" for each in found["findings"]), command
        assert not any(found.get(each) for each in ("amendments", "systems", "verdicts")), command


# ---- which of those in force are applied ------------------------------------------------------------


@pytest.mark.parametrize(
    ("options", "says", "level_3"),
    [
        ((), "is not applied: no day was named", 1),
        (("--as-of", "2026-05-01"), "is applied: it is in force on 2026-05-01", 0),
        (("--as-of", "2026-03-31"), "is not applied: it is not in force on 2026-03-31", 1),
        (("--with", "A higher bar"), "is tried beside the text that is used", 1),
        (("--as-of", "2026-05-01", "--with", "A higher bar"), "is applied: it is in force on 2026-05-01", 0),
    ],
)
def test_impact_tells_what_of_the_file_is_in_force(
    tmp_path: Path, options: tuple[str, ...], says: str, level_3: int
) -> None:
    dated = HIGHER.format(name="A higher bar", day="in force from 2026-04-01")
    policy = put(tmp_path, "policy.sespms", f"{SYSTEM}\n{dated}")
    roster = put(tmp_path, "roster.csv", ROSTER)
    found, code = data("impact", policy, roster, *options)
    assert code == 0
    (told,) = [each["message"] for each in found["findings"] if each["code"] == "SES403"]
    assert says in told
    (now,) = [each["count"] for each in found["before"]["distribution"] if each["state"] == 3]
    assert now == level_3
    for command in (
        ("count", policy),
        ("prove", policy),
        ("sweep", policy, roster, "--vary", "points of level 3 over 3, 4"),
    ):
        result = run(*command, *options)
        assert "SES403" in result.output, command


def test_a_text_whose_day_breaks_it_is_not_studied(tmp_path: Path) -> None:
    broken = HIGHER.format(name="Gone", day="in force from 2026-04-01").replace("score at least 3", "score at least 9")
    policy, roster = put(tmp_path, "policy.sespms", f"{SYSTEM}\n{broken}"), put(tmp_path, "roster.csv", ROSTER)
    found, code = data("impact", policy, roster, "--as-of", "2026-05-01")
    assert code == 1
    assert "before" not in found
    assert run("prove", policy, "--as-of", "2026-05-01").exit_code == 1
