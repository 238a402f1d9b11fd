"""`sespms test --mutate` and `--suggest`: what goes unnoticed, what would notice it, and how it ends."""

from __future__ import annotations

from pathlib import Path

import pytest

from cli.running import BROKEN, OPM, data, put, run
from mutants.workshop import HEAD, SCENARIO
from sespms_rules.foundation.source import Source
from sespms_rules.language.parsing import parse


def test_opm_notices_every_change() -> None:
    result = run("test", OPM, "--mutate")
    assert result.output == (
        f"{OPM}: 65 changes: 62 noticed, 0 unnoticed, 0 undecided, 3 without effect (62 of 62, 100%)\n"
    )
    assert result.exit_code == 0


def test_a_change_that_goes_unnoticed_is_told_with_a_scenario(tmp_path: Path) -> None:
    result = run("test", put(tmp_path, "p.sespms", f"{HEAD}\n{SCENARIO}"), "--mutate")
    assert result.exit_code == 1
    paragraphs = result.output.split("\n\n")
    (told,) = [
        each for each in paragraphs if each.startswith("line 22, `score 50 to 60 is level 3`: 59 instead of 60\n")
    ]
    assert "  unnoticed; this scenario would notice it:\n" in told
    assert "\n      expect score 60" in told


def test_what_is_suggested_makes_everything_noticed(tmp_path: Path) -> None:
    text = f"{HEAD}\n{SCENARIO}"
    first = run("test", put(tmp_path, "p.sespms", text), "--suggest")
    assert first.exit_code == 1
    _, _, rest = first.output.partition("\n\n")
    scenarios, _, last = rest.rpartition("\n\n")
    assert "; no fewer would notice as much\n" in last
    assert scenarios.startswith("# suggested: not from a source\n# notices line ")
    second = run("test", put(tmp_path, "p.sespms", f"{text}\n{scenarios}\n"), "--suggest")
    assert second.exit_code == 0, second.output
    assert ", 100%)\n# nothing to suggest\n" in second.output
    assert run("test", tmp_path / "p.sespms").exit_code == 0


def test_all_that_is_printed_with_suggestions_can_be_pasted(tmp_path: Path) -> None:
    """What counts changes and scenarios stood above and below them as lines that no policy has."""
    text = f"{HEAD}\n{SCENARIO}"
    printed = run("test", put(tmp_path, "p.sespms", text), "--suggest").stdout
    assert " noticed, " in printed
    document, found = parse(Source("policy.sespms", f"{text}\n{printed}"))
    assert found == ()
    assert len(document.blocks) > len(parse(Source("policy.sespms", text))[0].blocks)
    assert run("test", put(tmp_path, "p.sespms", f"{text}\n{printed}")).exit_code == 0


@pytest.mark.parametrize(
    ("more", "options"),
    [
        ("", ()),
        ("", ("--mutate",)),
        (SCENARIO.replace("expect level 3", "expect level 1").replace('scenario "', 'scenario "Not so, '), ()),
        (BROKEN, ()),
    ],
)
def test_whatever_the_policy_is_what_suggestions_print_is_one(
    more: str, options: tuple[str, ...], tmp_path: Path
) -> None:
    """What is found in the policy, and why nothing is suggested, stood between the scenarios."""
    text = f"{HEAD}\n{SCENARIO}\n{more}"
    result = run("test", put(tmp_path, "p.sespms", text), "--suggest", *options)
    assert result.exit_code == 1
    assert parse(Source("policy.sespms", f"{HEAD}\n{SCENARIO}\n{result.stdout}"))[1] == ()
    assert ("an example that fails" in result.stderr) is ("Not so" in more)
    assert ("nothing was changed" in result.stderr) is (more == BROKEN)


def test_changes_as_data(tmp_path: Path) -> None:
    found, code = data("test", put(tmp_path, "p.sespms", f"{HEAD}\n{SCENARIO}"), "--mutate", "--suggest")
    assert code == 1
    assert found["schema"] == "sespms-mutation/1"
    (policy,) = found["policies"]
    assert policy["counts"]["undecided"] == 0
    assert sum(policy["counts"].values()) == len(policy["changes"])
    assert policy["score"] == {
        "noticed": policy["counts"]["noticed"],
        "of": policy["counts"]["noticed"] + policy["counts"]["unnoticed"],
    }
    unnoticed = [place for place, each in enumerate(policy["changes"]) if each["fate"] == "unnoticed"]
    suggested = policy["suggested"]
    assert sorted({place for each in suggested["scenarios"] for place in each["notices"]}) == unnoticed
    assert suggested["fewest"]
    assert suggested["at_least"] == len(suggested["scenarios"])
    (change,) = [each for each in policy["changes"] if each["change"] == "59 instead of 60"]
    assert (change["line"], change["sentence"]) == (22, "score 50 to 60 is level 3")
    assert change["scenario"].startswith('scenario "')


def test_a_policy_with_errors_is_not_changed(tmp_path: Path) -> None:
    result = run("test", put(tmp_path, "p.sespms", BROKEN), "--mutate")
    assert result.exit_code == 1
    assert result.output.endswith("nothing was changed, because the policy has errors\n")


def test_a_system_without_lines_of_its_own_has_nothing_to_change(tmp_path: Path) -> None:
    policy = 'system "Mine" based on "Basic SES Appraisal System"\n'
    result = run("test", put(tmp_path, "p.sespms", policy), "--mutate")
    assert result.output.endswith(
        "p.sespms: no line of its own has a part in a rating, so there is nothing to change\n"
    )
    assert result.exit_code == 0
