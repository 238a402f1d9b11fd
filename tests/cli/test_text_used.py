"""Which text rates: as it is written, under an amendment that is named, or under those in force on a day."""

from __future__ import annotations

from pathlib import Path

import pytest

from cli.running import OPM, ROOT, data, put, run

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

amendment "A higher bar"
  amends "Invented agency"
  in force from 2026-04-01 to 2026-12-31

summary rating
  strike score at least 3 is level 3
  insert score at least 4 is level 3
  strike score at least 2 and below 3 is level 2
  insert score at least 2 and below 4 is level 2

amendment "Nobody fails"
  amends "Invented agency"

summary rating
  strike score below 2 is level 1
  insert score below 2 is level 2
"""
ROSTER = "id,Results level\ninvented-01,3\ninvented-02,1\n"


@pytest.fixture
def policy(tmp_path: Path) -> Path:
    """A policy whose own file holds a dated amendment and one without a day."""
    return put(tmp_path, "policy.sespms", SYSTEM)


@pytest.fixture
def roster(tmp_path: Path) -> Path:
    """Two invented executives, one at each end."""
    return put(tmp_path, "roster.csv", ROSTER)


def levels(*arguments: str | Path) -> list[object]:
    """The levels that `rate` gives."""
    found, _ = data("rate", *arguments)
    return [each["level"] for each in found["ratings"]]


@pytest.mark.case("amendments in force")
@pytest.mark.parametrize(
    ("options", "given"),
    [
        ((), [3, 1]),
        (("--as-of", "2026-03-31"), [3, 1]),
        (("--as-of", "2026-04-01"), [2, 1]),
        (("--as-of", "2026-12-31"), [2, 1]),
        (("--as-of", "2027-01-01"), [3, 1]),
        (("--with", "A higher bar"), [2, 1]),
        (("--with", "Nobody fails"), [3, 2]),
        (("--with", "A higher bar+Nobody fails"), [2, 2]),
        (("--as-of", "2026-05-01", "--with", "Nobody fails"), [2, 2]),
    ],
)
@pytest.mark.parametrize("engine", ["durable", "reference", "columnar", "sql"])
def test_the_text_that_is_asked_for_rates(
    policy: Path, roster: Path, engine: str, options: tuple[str, ...], given: list[int]
) -> None:
    assert levels(policy, roster, "--engine", engine, *options) == given


@pytest.mark.case("amendments in force")
def test_what_is_applied_and_what_is_left_out_is_told(policy: Path, roster: Path) -> None:
    plain = run("rate", policy, roster).stdout
    assert "`A higher bar`, in force from 2026-04-01, is not applied: no day was named" in plain
    assert "--as-of 2026-04-01" in plain
    on_the_day = run("rate", policy, roster, "--as-of", "2026-05-01").stdout
    assert "`A higher bar` is applied: it is in force on 2026-05-01" in on_the_day
    named = run("rate", policy, roster, "--with", "Nobody fails").stdout
    assert "`Nobody fails` is applied: it was named" in named
    assert "`A higher bar`, in force from 2026-04-01, is not applied" in named
    assert "SES403" in run("rate", policy, roster, "--format", "csv").stderr


@pytest.mark.case("amendments in force")
@pytest.mark.parametrize(
    "arguments",
    [
        ["impact", "policy", "roster"],
        ["sweep", "policy", "roster", "--vary", "points of level 3 from 3 to 4 by 1"],
        ["count", "policy"],
        ["cohort", "policy", "--executives", "2", "--distribution", "3=1,1=1"],
        ["prove", "policy", "--guarantee", "every level can be reached"],
        ["explain", "policy", "roster", "--id", "invented-01"],
        ["sql", "policy"],
    ],
    ids=lambda arguments: arguments[0],
)
def test_every_command_says_that_an_amendment_is_not_applied(policy: Path, roster: Path, arguments: list[str]) -> None:
    places = {"policy": policy, "roster": roster}
    told = run(*(places.get(each, each) for each in arguments)).output
    assert "`A higher bar`, in force from 2026-04-01, is not applied: no day was named" in told
    assert '`--as-of 2026-04-01` applies what is in force on that day, `--with "A higher bar"` this amendment' in told


@pytest.mark.case("amendments in force")
def test_explain_and_sql_use_the_same_text(policy: Path, roster: Path) -> None:
    found, _ = data("explain", policy, roster, "--id", "invented-01", "--as-of", "2026-05-01")
    assert found["level"] == 2
    assert "SES403" in [each["code"] for each in found["findings"]]
    plain, amended = run("sql", policy), run("sql", policy, "--with", "A higher bar")
    assert plain.stdout != amended.stdout
    assert "is not applied" in plain.stderr
    assert "is applied: it was named" in amended.stderr


def test_an_amendment_that_breaks_the_system_rates_nobody(policy: Path, roster: Path, tmp_path: Path) -> None:
    broken = put(
        tmp_path,
        "broken.sespms",
        'amendment "Broken"\n  amends "Invented agency"\n\nsummary rating\n  strike score at least 9 is level 3\n',
    )
    result = run("rate", policy, roster, "--with", broken)
    assert result.exit_code == 1
    assert "SES104" in result.stdout
    assert "invented-01" not in result.stdout


@pytest.mark.parametrize(
    ("options", "says"),
    [
        (("--with", "No such"), "there is no amendment `No such`"),
        (("--with", "A higher bar", "--with", "Nobody fails"), "one text is used at a time"),
        (("--as-of", "soon"), "`soon` is no day"),
    ],
)
def test_what_cannot_be_meant_is_refused(policy: Path, roster: Path, options: tuple[str, ...], says: str) -> None:
    result = run("rate", policy, roster, *options)
    assert result.exit_code == 2
    assert says in result.stderr


def test_a_scenario_says_itself_under_which_text_it_is() -> None:
    result = run("explain", OPM, "--scenario", "OPM's published example", "--as-of", "2026-05-01")
    assert result.exit_code == 2
    assert "a scenario says itself" in result.stderr


def test_an_amendment_in_a_file_of_its_own_is_used_where_it_is_named() -> None:
    raised = str(ROOT / "policies" / "what-if" / "raise_the_bar.sespms")
    result = run("rate", OPM, str(ROOT / "examples" / "roster.csv"), "--with", raised)
    assert "`Raise the bar for Outstanding` is applied: it was named" in result.stdout
