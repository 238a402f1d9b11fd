"""The help for a step at another moment loses nothing that the text says, and to follow it breaks nothing else."""

from __future__ import annotations

import pytest

from sespms_rules.foundation.resources import policy_path
from sespms_rules.foundation.source import Source
from sespms_rules.language.resolution import FolderLibrary
from sespms_rules.pipeline import check_conformance, compile_source

OPM = policy_path("agencies/opm_basic.sespms").read_text(encoding="utf-8")
RESPONSE = "written response by executive with at least 7 days after initial rating"
REVIEW = 'higher-level review by higher-level official on request before board recommendation under "5 USC 4312(b)(3)"'
ASKED = "higher-level review by higher-level official on request"
INDEPENDENT = "  higher-level review is independent of initial rating\n"
ORDER = "board recommendation by board after written response"
LOOSE = {ORDER: "board recommendation by board after initial rating"}


def _helps(changes: dict[str, str]) -> list[str]:
    """What is said to do about the steps of OPM's system after some changes."""
    text = OPM
    for old, new in changes.items():
        assert old in text
        text = text.replace(old, new)
    compiled = compile_source(Source("p.sespms", text), FolderLibrary())
    cures = (each.cure for held in check_conformance(compiled) for one in held.verdicts for each in one.rulings)
    return [each for each in cures if "`rating steps`" in each]


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        (
            LOOSE | {RESPONSE: "written response by executive within 10 days after initial rating"},
            "written response by executive within 10 days after initial rating and before annual rating",
        ),
        (
            LOOSE | {RESPONSE: "written response by executive after initial rating"},
            "written response by executive after initial rating and before annual rating",
        ),
        (
            {REVIEW: f"{ASKED} before annual rating"},
            f"{ASKED} before annual rating and before board recommendation",
        ),
        (
            {REVIEW: f'{ASKED} after initial rating under "5 USC 4312(b)(3)"'},
            f'{ASKED} after initial rating and before board recommendation under "5 USC 4312(b)(3)"',
        ),
    ],
)
def test_the_help_keeps_what_the_step_says_and_one_sentence_meets_all(changes: dict[str, str], sentence: str) -> None:
    assert f"say `{sentence}` under `rating steps` instead" in _helps(changes)
    old = next(reversed(changes))
    assert _helps(changes | {old: sentence}) == []


def test_a_moment_that_contradicts_what_is_asked_is_not_joined_to_it() -> None:
    helps = _helps({REVIEW: f"{ASKED} after board recommendation"})
    assert f"say `{ASKED} before board recommendation` under `rating steps` instead" in helps


def test_that_steps_are_independent_is_said_beside_the_others() -> None:
    assert "put `higher-level review is independent of initial rating` under `rating steps`" in _helps(
        {INDEPENDENT: ""}
    )
