from __future__ import annotations

from pathlib import Path

from cli.running import BROKEN, FAILING, OPM, SMALL, data, put, run


def test_scenarios_that_pass(tmp_path: Path) -> None:
    result = run("test", put(tmp_path, "p.sespms", SMALL))
    assert result.output == "passed  As planned: score 300 and level 3\n1 scenario: 1 passed, 0 failed\n"
    assert result.exit_code == 0


def test_a_scenario_that_fails(tmp_path: Path) -> None:
    result = run("test", put(tmp_path, "p.sespms", FAILING))
    assert result.exit_code == 1
    assert "error SES501 scenario-fails" in result.output
    assert "failed  As planned: expected score 300 and level 4, got score 300 and level 3\n" in result.output
    assert result.output.endswith("1 scenario: 0 passed, 1 failed\n")


def test_a_scenario_that_is_refused_says_why_in_full(tmp_path: Path) -> None:
    result = run("test", put(tmp_path, "p.sespms", SMALL.replace("weight 50 rated 3", "weight 40 rated 3", 1)))
    assert result.exit_code == 1
    paragraphs = result.output.split("\n\n")
    (told,) = [each for each in paragraphs if each.startswith("error SES602 weights-do-not-total\n")]
    assert "\n  help: " in told
    assert "p.sespms:16:3: total 100" in told


def test_json(tmp_path: Path) -> None:
    found, code = data("test", put(tmp_path, "p.sespms", FAILING))
    assert code == 1
    assert found["schema"] == "sespms-test/1"
    assert found["scenarios"] == [
        {
            "name": "As planned",
            "passed": False,
            "expected": "score 300 and level 4",
            "got": "score 300 and level 3",
            "refused": [],
        }
    ]


def test_a_policy_with_errors_is_not_run(tmp_path: Path) -> None:
    path = put(tmp_path, "p.sespms", BROKEN)
    result = run("test", path)
    assert result.exit_code == 1
    assert result.output.endswith("no scenario was run, because the policy has errors\n")
    assert data("test", path)[0]["scenarios"] == []


def test_a_policy_without_scenarios(tmp_path: Path) -> None:
    result = run("test", put(tmp_path, "p.sespms", SMALL.partition("\nscenario")[0]))
    assert (result.output, result.exit_code) == ("there is no scenario\n", 0)


def test_the_shipped_policy_passes() -> None:
    found, code = data("test", OPM)
    assert code == 0
    assert len(found["scenarios"]) >= 4
    assert all(each["passed"] for each in found["scenarios"])
    assert any(each["refused"] for each in found["scenarios"])


def test_scenarios_under_an_amendment_are_run_on_what_it_makes(tmp_path: Path) -> None:
    amendment = (
        'amendment "Raise the bar"\n  amends "Invented agency"\n  in force from 2027-01-01\n  because "Invented."\n\n'
        "summary rating\n  strike score 450 to 500 is level 5\n  strike score 350 to 449 is level 4\n"
        "  insert score 460 to 500 is level 5\n  insert score 350 to 459 is level 4\n\n"
        'scenario "455 is level 4 now"\n  with amendment "Raise the bar"\n'
        '  "Leading People" weight 45 rated 4\n  "Results Driven" weight 55 rated 5\n'
        "  expect score 455\n  expect level 4\n"
    )
    put(tmp_path, "base.sespms", SMALL)
    path = put(tmp_path, "amendment.sespms", amendment)
    found, code = data("test", path)
    assert (code, [(each["name"], each["passed"]) for each in found["scenarios"]]) == (
        0,
        [("455 is level 4 now", True)],
    )
    put(tmp_path, "amendment.sespms", amendment.replace("expect level 4", "expect level 5"))
    assert data("test", path)[1] == 1
