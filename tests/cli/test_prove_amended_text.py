"""`sespms prove` of a text that an amendment leaves with errors: the rest is proved, the errors are told above it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from cli.running import SMALL, data, put, run

STATED = "guarantees\n  every appraisal gets exactly one level\n  every level can be reached\n\nscenario "
PROVED = SMALL.replace("scenario ", STATED)
GAP = """amendment "Leaves a gap"
  amends "Invented agency"
DAYS
summary rating
  strike score 350 to 449 is level 4
  insert score 360 to 449 is level 4
"""


def verdicts(document: Any) -> dict[tuple[str | None, str], tuple[str, bool]]:
    return {
        (each["amendment"], each["guarantee"]): (each["verdict"], each["runs"])
        for each in document["verdicts"]
        if each["guarantee"].startswith("every")
    }


def test_the_rest_is_proved_where_an_amendment_leaves_a_gap(tmp_path: Path) -> None:
    policy = put(tmp_path, "policy.sespms", PROVED)
    gap = put(tmp_path, "gap.sespms", GAP.replace("DAYS", ""))
    document, code = data("prove", policy, "--with", gap)
    assert code == 1
    assert verdicts(document) == {
        ("Leaves a gap", "every appraisal gets exactly one level"): ("refuted", False),
        ("Leaves a gap", "every level can be reached"): ("proved", False),
    }
    assert "SES214" in {each["code"] for each in document["findings"]}
    text = run("prove", policy, "--with", gap).stdout
    assert text.index("error SES214 band-gap") < text.index("ATTENTION: the amendment leaves this text with errors")
    assert "expect refused SES612" in text
    page = run("prove", policy, "--with", gap, "--format", "html")
    assert "would not be run" in page.stdout
    assert "SES214" in page.stderr


def test_a_dated_amendment_of_the_file_does_not_keep_the_text_itself_from_being_proved(tmp_path: Path) -> None:
    dated = GAP.replace("DAYS", "  in force from 2026-04-01 to 2026-12-31\n")
    policy = put(tmp_path, "policy.sespms", f"{PROVED}\n{dated}")
    document, code = data("prove", policy)
    assert code == 1
    assert verdicts(document) == {
        (None, "every appraisal gets exactly one level"): ("proved", True),
        (None, "every level can be reached"): ("proved", True),
        ("Leaves a gap", "every appraisal gets exactly one level"): ("refuted", False),
        ("Leaves a gap", "every level can be reached"): ("proved", False),
    }
    on_the_day, _ = data("prove", policy, "--as-of", "2026-05-01")
    assert {runs for _, runs in verdicts(on_the_day).values()} == {False}
    before, code = data("prove", policy, "--as-of", "2026-03-01")
    assert set(verdicts(before).values()) == {("proved", True)}


@pytest.mark.parametrize(
    "change",
    [
        GAP.replace("350 to 449", "351 to 449").replace("DAYS", ""),  # strikes nothing
        GAP.replace("insert score", "insert scroe").replace("DAYS", ""),  # is not read
    ],
)
def test_what_cannot_be_carried_out_is_not_proved(tmp_path: Path, change: str) -> None:
    policy = put(tmp_path, "policy.sespms", PROVED)
    document, code = data("prove", policy, "--with", put(tmp_path, "gap.sespms", change))
    assert (code, document["verdicts"]) == (1, [])
    assert any(each["severity"] == "error" for each in document["findings"])


def test_a_system_with_a_gap_of_its_own_is_not_proved(tmp_path: Path) -> None:
    """A policy with errors is never run: `count` tells of its gap."""
    policy = put(tmp_path, "policy.sespms", PROVED.replace("350 to 449", "360 to 449"))
    document, code = data("prove", policy)
    assert (code, document["verdicts"]) == (1, [])
