"""`sespms sweep`: tables, goals, data and a page that withholds what would tell of a few people."""

from __future__ import annotations

import csv
import json
import re
from pathlib import Path

import pytest

from cli.running import BROKEN, HEADINGS, OPM, SMALL, put, run


@pytest.fixture
def roster(tmp_path: Path) -> Path:
    """Invented executives under the small policy: four close to the cut of level 5, many elsewhere."""
    rows = [f"A-{number},50,4,50,5\n" for number in range(4)]  # 450: level 5
    rows += [f"B-{number},50,5,50,5\n" for number in range(30)]
    rows += [f"C-{number},50,4,50,4\n" for number in range(40)]
    rows += [f"D-{number},50,3,50,3\n" for number in range(12)]
    return put(tmp_path, "roster.csv", HEADINGS + "".join(rows))


@pytest.fixture
def small(tmp_path: Path) -> Path:
    """The small policy in a file."""
    return put(tmp_path, "small.sespms", SMALL)


VARY = ("--vary", "cut of level 5 from 450 to 452")


def test_a_sweep_is_a_table_with_the_variant_of_now(small: Path, roster: Path) -> None:
    result = run("sweep", small, roster, *VARY)
    assert result.exit_code == 0
    lines = result.stdout.splitlines()
    assert lines[0] == "Invented agency: 86 executives, 3 variants"
    assert lines[1] == "cut of level 5, now 450"
    table = [line.split() for line in lines[4:]]
    assert table[0] == ["450", "34", "40", "12", "0", "0", "0", "0", "now"]
    assert table[1] == ["451", "30", "44", "12", "0", "0", "0", "4"]


def test_a_goal_names_the_change_its_sentences_and_what_else_it_does(small: Path, roster: Path) -> None:
    result = run("sweep", small, roster, *VARY, "--until", "at most 30 executives at level 5")
    assert result.exit_code == 0
    assert "the least change that meets it is cut of level 5: 451" in result.stdout
    assert "then 30 of 86 (34.9 %)" in result.stdout
    assert "`score 450 to 500 is level 5` would be `score 451 to 500 is level 5`" in result.stdout
    assert "`score 350 to 449 is level 4` would be `score 350 to 450 is level 4`" in result.stdout
    assert "0 rated higher, 4 rated lower" in result.stdout
    assert "level 5 to level 4: 4" in result.stdout


def test_a_goal_out_of_reach_ends_with_code_1(small: Path, roster: Path) -> None:
    result = run("sweep", small, roster, *VARY, "--until", "at most 1 percent at level 5")
    assert result.exit_code == 1
    assert "none of the variants tried meets it" in result.stdout
    assert "the nearest of those tried is cut of level 5: 451, 30 of 86 (34.9 %), 30 too many" in result.stdout


@pytest.mark.case("least changes")
def test_a_change_that_brings_nothing_is_not_called_the_nearest(small: Path, roster: Path) -> None:
    result = run("sweep", small, roster, *VARY, "--until", "at least 97 percent at level 5")
    assert result.exit_code == 1
    assert "and none of them comes nearer to it than the policy is now" in result.stdout
    assert "the nearest" not in result.stdout


@pytest.mark.case("least changes")
def test_the_least_change_is_looked_for_between_the_values_tried_too(small: Path, roster: Path) -> None:
    result = run("sweep", small, roster, "--vary", "cut of level 5 over 450, 490", "--until", "at most 35% at level 5")
    assert "the least change that meets it is cut of level 5: 451\n" in result.stdout
    points = ("--vary", "points of level 4 over 3, 4", "--until", "at most 35% at level 5")
    assert "the least change that meets it, of those tried, is points" in run("sweep", small, roster, *points).stdout


@pytest.mark.case("variants that check refuses")
def test_a_variant_that_check_refuses_is_never_proposed(small: Path, roster: Path) -> None:
    """A cut of level 4 above the end of its own line would leave that line with no score."""
    wanted = ("--vary", "cut of level 4 from 350 to 460 by 10", "--until", "at most 40 percent at level 4 or above")
    result = run("sweep", small, roster, *wanted)
    assert result.exit_code == 0
    assert "the least change that meets it is cut of level 4: 401" in result.stdout
    above = ("--vary", "cut of level 4 over 350, 450", "--until", "at most 40 percent at level 4 or above")
    grid = json.loads(run("sweep", small, roster, *above, "--format", "json").stdout)["goal"]
    assert [each["code"] for each in grid["passed_over"]] == ["SES217"]
    assert grid["least_change"] is None
    told = run("sweep", small, roster, *above)
    assert told.exit_code == 1
    assert "passed over: cut of level 4: 450; `check` refuses it, SES217" in told.stdout


def test_what_is_proposed_does_what_was_said_when_it_is_tried(small: Path, roster: Path, tmp_path: Path) -> None:
    wanted = (*VARY, "--until", "at most 30 executives at level 5", "--format", "json")
    text = json.loads(run("sweep", small, roster, *wanted).stdout)["goal"]["amendment"]
    amendment = put(tmp_path, "found.sespms", text)
    result = run("impact", small, roster, "--with", amendment, "--format", "json")
    assert result.exit_code == 0
    (change,) = json.loads(result.stdout)["amendments"]
    assert change["directions"]["lower"] == 4
    assert change["directions"]["higher"] == 0


def test_a_goal_that_is_met_needs_nothing(small: Path, roster: Path) -> None:
    result = run("sweep", small, roster, *VARY, "--until", "at least 1 percent at level 5")
    assert result.exit_code == 0
    assert "it is met now; nothing has to change" in result.stdout


def test_data_holds_every_count_and_numbers_as_text(small: Path, roster: Path) -> None:
    data = json.loads(
        run("sweep", small, roster, *VARY, "--until", "at most 30 executives at level 5", "--format", "json").stdout
    )
    assert data["schema"] == "sespms-sweep/1"
    assert data["figures"] == [{"name": "cut of level 5", "now": "450"}]
    assert [each["settings"]["cut of level 5"] for each in data["variants"]] == ["450", "451", "452"]
    assert data["variants"][1]["counts"]["level 5"] == 30
    assert data["variants"][1]["lower"] == 4
    assert data["goal"]["least_change"]["settings"] == {"cut of level 5": "451"}
    assert data["goal"]["moves"] == [{"from": "level 5", "to": "level 4", "count": 4}]


def test_csv_has_a_row_a_variant(small: Path, roster: Path, tmp_path: Path) -> None:
    file = tmp_path / "sweep.csv"
    assert run("sweep", small, roster, *VARY, "--format", "csv", "--output", file).exit_code == 0
    rows = list(csv.DictReader(file.read_text(encoding="utf-8").splitlines()))
    assert [row["level 5"] for row in rows] == ["34", "30", "30"]


def test_a_page_withholds_variants_that_would_tell_of_a_few(small: Path, roster: Path) -> None:
    asked = (*VARY, "--until", "at most 30 executives at level 5", "--format", "html")
    shared, full = (run("sweep", small, roster, *asked, *more).stdout for more in ((), ("--full",)))
    assert "Variants that are not shown: 2." in shared
    numbers = set(re.findall(r"<td>(\d+)</td>", shared))
    assert "34" in numbers
    assert not {"30", "44", "4"} & numbers, "30 and 44 beside 34 and 40 would tell of four executives"
    assert {"30", "44", "34", "4"} <= set(re.findall(r"<td>(\d+)</td>", full))
    assert "Who moves is not shown" in shared
    assert "<svg" in shared
    assert "<script" not in shared


def test_a_page_of_a_synthetic_roster_says_so_in_every_picture(small: Path, tmp_path: Path) -> None:
    made = tmp_path / "made.csv"
    assert run("cohort", small, "--executives", "900", "--output", made).exit_code == 0
    goal = ("--until", "at most 45 percent at level 5", "--format", "html", "--full")
    text = run("sweep", small, made, "--vary", "cut of level 5 over 450, 490", *goal).stdout
    pictures = re.findall(r"<svg.*?</svg>", text, re.DOTALL)
    assert len(pictures) == 2
    assert all("Synthetic roster: every executive in it is invented." in each for each in pictures)
    assert 'class="notice">Synthetic roster' in text


def test_several_figures_and_roundings_have_pages_too(small: Path, roster: Path, tmp_path: Path) -> None:
    several = run(
        "sweep", small, roster, *VARY, "--vary", "points of level 4 over 4, 4.5", "--format", "html", "--full"
    ).stdout
    assert "Counts at each level, a row a variant" in several
    rounding = SMALL.replace("points times weight", "points times weight rounded half up to whole numbers")
    policy = put(tmp_path, "rounds.sespms", rounding)
    bars = run("sweep", policy, roster, "--vary", "rounding over half up, down and up", "--format", "html")
    assert "half up (now)" in bars.stdout


def test_only_those_so_appointed_are_counted(small: Path, tmp_path: Path) -> None:
    rows = "A-1,career,50,5,50,5\nA-2,noncareer,50,5,50,5\n"
    roster = put(tmp_path, "roster.csv", HEADINGS.replace("id,", "id,appointment,") + rows)
    assert "1 executive, 3 variants" in run("sweep", small, roster, *VARY, "--only", "career").stdout
    none = run("sweep", small, roster, *VARY, "--only", "limited term")
    assert none.exit_code == 2
    assert "there is nobody to count" in none.output


def test_rows_that_cannot_be_read_are_counted_as_refused(small: Path, tmp_path: Path) -> None:
    roster = put(tmp_path, "roster.csv", HEADINGS + "A-1,50,5,50,5\nA-2,50,goood,50,5\n")
    told = run("sweep", small, roster, *VARY).stdout
    assert "executives refused under every variant, whose row cannot be read or whom the system is not for: 1" in told
    assert "2 executives, 3 variants" in told


def test_without_words_it_says_what_can_be_varied(small: Path, roster: Path) -> None:
    result = run("sweep", small, roster)
    assert result.exit_code == 2
    assert "cut of level 5, now 450" in result.output
    assert "points of level 1, now 1" in result.output


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("--vary", "the weather from 1 to 2"), "no one `the weather`"),
        ((*VARY, "--until", "as many as can be"), "not a goal this command knows"),
        ((*VARY, *VARY), "varied twice"),
    ],
)
def test_what_is_not_understood_is_said_with_code_2(
    small: Path, roster: Path, arguments: tuple[str, ...], says: str
) -> None:
    result = run("sweep", small, roster, *arguments)
    assert result.exit_code == 2
    assert says in result.output


def test_a_policy_or_roster_with_errors_is_not_swept(small: Path, roster: Path, tmp_path: Path) -> None:
    broken = run("sweep", put(tmp_path, "broken.sespms", BROKEN), roster, *VARY)
    assert broken.exit_code == 1
    assert "SES" in broken.output
    bad = run("sweep", small, put(tmp_path, "bad.csv", "id,Results\nA,4\n"), *VARY)
    assert bad.exit_code == 2
    assert "SES632" in bad.output


# ---- cohort ----------------------------------------------------------------------------------------


def test_a_cohort_is_written_rated_and_told(tmp_path: Path) -> None:
    made = tmp_path / "made.csv"
    result = run("cohort", OPM, "--executives", "100", "--seed", "3", "--output", made)
    assert result.exit_code == 0
    assert (
        "100 synthetic executives by fy2016, seed 3: level 5 52, level 4 41, level 3 7, level 2 0, level 1 0"
        in result.stderr
    )
    assert "partly confirmed" in result.stderr
    ratings = json.loads(run("rate", OPM, made, "--format", "json").stdout)["ratings"]
    assert [sum(each["level"] == level for each in ratings) for level in (5, 4, 3)] == [52, 41, 7]
    assert all(each["id"].startswith("synthetic-") for each in ratings)


def test_a_cohort_says_what_it_rests_on_and_takes_what_is_asked(tmp_path: Path) -> None:
    made = tmp_path / "made.csv"
    asked = ("--executives", "40", "--weight", "Results Driven=50", "--unit", "North", "--unit", "South")
    result = run("cohort", OPM, *asked, "--provenance", "--output", made)
    assert result.exit_code == 0, result.output
    assert "This report rests on sespms" in result.stderr
    assert "opm_basic.sespms" in result.stderr
    rows = made.read_text(encoding="utf-8").splitlines()[1:]
    assert len(rows) == 40
    assert {row.split(",")[2] for row in rows} == {"Synthetic North", "Synthetic South"}
    assert {row.split(",")[-2] for row in rows} == {"50"}


@pytest.mark.parametrize(
    ("option", "says"),
    [
        (("--weight", "Results Driven"), "is not a name and a number; write it like `Results=40`"),
        (("--weight", "Results Driven=1e1"), "is not a number written in plain digits; write `10`"),
        (("--weight", "Results Drivn=40"), "did you mean `Results Driven`?"),
        (("--additional", "effort=1"), "has no additional rating `effort`"),
        (("--unit", " "), "a unit needs a name"),
        (("--law", "nowhere"), "`nowhere` is no folder"),
    ],
)
def test_what_a_cohort_cannot_have_is_a_usage_error(option: tuple[str, str], says: str) -> None:
    result = run("cohort", OPM, "--executives", "3", *option)
    assert result.exit_code == 2
    assert says in " ".join(result.output.split())


def test_distributions_are_listed_and_others_refused() -> None:
    listed = run("cohort", "--list")
    assert listed.exit_code == 0
    assert "fy2016: FY 2016" in listed.stdout
    assert "https://" in listed.stdout
    wrong = run("cohort", OPM, "--distribution", "fy1999")
    assert wrong.exit_code == 2
    assert "there are `fy2016`" in wrong.output
    shares = run("cohort", OPM, "--distribution", "fy2015")
    assert shares.exit_code == 2
    assert "say how many with `--executives`" in shares.output


def test_a_policy_that_gives_no_level_has_no_cohort(tmp_path: Path) -> None:
    opm = Path(OPM).with_name("opm_2025.sespms")
    result = run("cohort", opm, "--executives", "3")
    assert result.exit_code == 2
    assert "derives no summary level" in result.output
