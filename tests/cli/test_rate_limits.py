"""`rate` says how the limits of a policy over its population stand, as `impact` does, and puts the ratings first."""

from __future__ import annotations

from pathlib import Path

import pytest

from cli.running import HEADINGS, OPM, SMALL, data, put, run

CAP = SMALL.replace(
    "scenario ",
    "distribution\n  at most 30% of career executives at level 4 or better\n"
    "  applies from 3 career executives\n\nscenario ",
)
HEAD = HEADINGS.strip() + ",appointment\n"
ROWS = "a-1,50,5,50,5,career\na-2,50,4,50,4,career\na-3,50,3,50,3,career\na-4,50,5,50,5,noncareer\nTotal,,,,,\n"


def files(folder: Path, rows: str = ROWS) -> tuple[Path, Path]:
    return put(folder, "policy.sespms", CAP), put(folder, "roster.csv", HEAD + rows)


@pytest.mark.parametrize("engine", ["durable", "reference", "columnar", "sql"])
@pytest.mark.parametrize(
    "rows", [ROWS, ROWS + "a-5,50,9,50,5,career\n", ROWS + "a-5,50,5,50,5,\n", "a-1,50,5,50,5,career\n"]
)
def test_rate_and_impact_say_the_same_of_a_limit(tmp_path: Path, engine: str, rows: str) -> None:
    """Met, exceeded or undecided, with the same reason and the same notes, by every engine."""
    given = files(tmp_path, rows)
    rated, _ = data("rate", *given, "--engine", engine)
    impact, _ = data("impact", *given)
    kept = ("says", "about", "verdict", "why", "notes")
    assert rated["limits"] == [{key: each[key] for key in kept} for each in impact["before"]["limits"]]
    assert rated["limits"]
    text = run("rate", *given, "--engine", engine).stdout
    (limit, *_) = rated["limits"]
    assert f"limits over the population\n- {limit['about']}, `{limit['says']}`: {limit['verdict']}; " in text


def test_a_limit_that_is_exceeded_says_by_how_many(tmp_path: Path) -> None:
    text = run("rate", *files(tmp_path)).stdout
    assert "`at most 30% of career executives at level 4 or better`: exceeded; 2 of 3 career executives" in text


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_a_table_has_no_room_for_limits_and_they_are_told_beside(tmp_path: Path, form: str) -> None:
    result = run("rate", *files(tmp_path), "--output", tmp_path / f"out.{form}")
    assert "limits over the population\n- the agency, `at most 30%" in result.stderr


def test_a_policy_without_limits_says_nothing_of_them(tmp_path: Path) -> None:
    roster = put(tmp_path, "roster.csv", HEAD + ROWS)
    policy = put(tmp_path, "policy.sespms", SMALL)
    assert "limits" not in data("rate", policy, roster)[0]
    assert "limits over" not in run("rate", policy, roster).output


def test_a_roster_too_long_to_be_held_is_said_not_to_be_measured(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from sespms_rules.cli import rating_limits

    monkeypatch.setattr(rating_limits, "MOST_MEASURED", 2)
    result = run("rate", *files(tmp_path))
    assert "limits over the population, which are not measured here; `sespms impact` does that" in result.stderr
    assert "exceeded" not in result.output


# ---- ratings first ---------------------------------------------------------------------------------


def test_ratings_stand_first_and_notes_on_the_policy_only_where_they_are_asked_for() -> None:
    roster = Path(__file__).parents[2] / "examples" / "roster.csv"
    for arguments in (("rate", OPM, roster), ("explain", OPM, roster, "--id", "invented-01")):
        text = run(*arguments).stdout
        assert text.startswith(("id ", "Basic SES Appraisal System: invented-01"))
        assert "SES248" not in text
        assert text.splitlines()[-1].endswith("notes on the policy: `--notes` shows them")
        asked = run(*arguments, "--notes").stdout
        assert "note SES248 points-without-effect" in asked
        assert asked.index("invented-01") < asked.index("SES248")
        assert "`--notes` shows" not in asked


def test_json_holds_every_note() -> None:
    roster = Path(__file__).parents[2] / "examples" / "roster.csv"
    document, _ = data("rate", OPM, roster)
    assert "SES248" in {each["code"] for each in document["findings"]}


def test_errors_still_stand_first(tmp_path: Path) -> None:
    policy, roster = put(tmp_path, "p.sespms", SMALL), put(tmp_path, "r.csv", "id,Leading People weight\na-1,50\n")
    text = run("rate", policy, roster).stdout
    assert text.startswith(str(roster))
    assert text.endswith("no row was rated, because the roster has errors\n")
