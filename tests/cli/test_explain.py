from __future__ import annotations

from pathlib import Path

import pytest

from cli.running import BROKEN, FAILING, HEADINGS, OPM, ROSTER, SMALL, data, put, run


def test_a_scenario() -> None:
    result = run("explain", OPM, "--scenario", "OPM's published example")
    assert result.exit_code == 0
    assert "score 400, level 4" in result.stdout
    assert "To lower the level takes a change of 1 rating by 1 step, in 5 ways:" in result.stdout


def test_an_executive_of_a_roster() -> None:
    found, code = data("explain", OPM, ROSTER, "--id", "invented-07")
    assert code == 0
    assert found["schema"] == "sespms-explain/1"
    assert (found["id"], found["score"], found["level"]) == ("invented-07", "475", 1)
    assert found["trace"]["steps"]


def test_one_who_is_refused(tmp_path: Path) -> None:
    result = run("explain", OPM, ROSTER, "--id", "invented-09")
    assert result.exit_code == 1
    assert "SES603" in result.stdout
    policy, roster = put(tmp_path, "p.sespms", SMALL), put(tmp_path, "r.csv", HEADINGS + "p-1,x,4,60,5\n")
    result = run("explain", policy, roster, "--id", "p-1")
    assert result.exit_code == 1
    assert f"{roster}:2: error SES636 not-a-number" in result.stdout
    found, code = data("explain", policy, roster, "--id", "p-1")
    assert (code, found["refused"], found["trace"]) == (1, ["SES636"], None)


def test_a_scenario_that_fails_is_explained_all_the_same(tmp_path: Path) -> None:
    result = run("explain", put(tmp_path, "p.sespms", FAILING), "--scenario", "As planned")
    assert result.exit_code == 1
    assert "error SES501 scenario-fails" in result.stdout
    assert "score 300, level 3" in result.stdout


def test_a_policy_with_errors_is_not_explained(tmp_path: Path) -> None:
    result = run("explain", put(tmp_path, "p.sespms", BROKEN), "--scenario", "As planned")
    assert result.exit_code == 1
    assert "1 error" in result.stdout
    assert "score 300" not in result.stdout


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        ((), "give either `--scenario NAME`, or a roster and `--id ID`"),
        ((ROSTER,), "give either `--scenario NAME`, or a roster and `--id ID`"),
        (("--id", "x"), "give either `--scenario NAME`, or a roster and `--id ID`"),
        (("--scenario", "OPM's publishd example"), "did you mean `OPM's published example`?"),
        ((ROSTER, "--id", "invented-1"), "there is no id `invented-1`"),
    ],
)
def test_what_is_asked_for_is_not_there(arguments: tuple[str, ...], says: str) -> None:
    result = run("explain", OPM, *arguments)
    assert (result.exit_code, result.stdout) == (2, "")
    assert says in result.stderr


def test_a_roster_with_errors(tmp_path: Path) -> None:
    policy, roster = put(tmp_path, "p.sespms", SMALL), put(tmp_path, "r.csv", "id,x\np,1\n")
    result = run("explain", policy, roster, "--id", "p")
    assert result.exit_code == 1
    assert "SES632" in result.stdout
    found, code = data("explain", policy, roster, "--id", "p")
    assert (code, found["trace"]) == (1, None)
    assert {each["code"] for each in found["findings"]} >= {"SES632"}
