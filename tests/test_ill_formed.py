"""The page of formulas that are refused: each example is run, and the page shows exactly what is said of it."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from scripts_as_modules import script
from sespms_rules.foundation.diagnostic import Severity
from sespms_rules.foundation.source import Source
from sespms_rules.pipeline import compile_source

pytestmark = pytest.mark.page

ROOT = Path(__file__).resolve().parents[1]


SCRIPT = script("fill_ill_formed")
PAGE = SCRIPT.PAGE.read_text(encoding="utf-8")
EXAMPLES = SCRIPT.examples(PAGE)


def test_there_are_many_examples_and_none_is_missed() -> None:
    assert len(EXAMPLES) >= 75
    assert len(EXAMPLES) == len(re.findall(r"^### ", PAGE, re.MULTILINE))
    assert len(EXAMPLES) == len({example.title for example in EXAMPLES}) == len({each.written for each in EXAMPLES})


def test_the_policy_they_are_put_into_is_sound() -> None:
    compilation = compile_source(Source("policy.sespms", SCRIPT.sound_policy(PAGE)))
    told = {each.code for each in compilation.diagnostics if each.severity is not Severity.NOTE}
    assert told <= {"SES269"}, "its tables and values stand ready for the examples, and nothing reads them yet"
    assert compilation.programs


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example.title)
def test_the_page_shows_what_is_said(example: Any) -> None:
    written, said = example.written, example.said
    assert SCRIPT.said_of(SCRIPT.sound_policy(PAGE), written) == said
    assert re.match(r"error SES\d{3} [a-z-]+\n  \S.*\n", said)
    assert "^" in said
    assert "\n  help: " in said


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example.title)
def test_one_mistake_is_told_as_one_kind_of_mistake(example: Any) -> None:
    found = SCRIPT.found_in(SCRIPT.sound_policy(PAGE), example.written)
    assert len({each.code for each in found}) == 1
    assert all(each.severity is Severity.ERROR for each in found)


def test_every_code_on_formulas_is_shown() -> None:
    declared = (ROOT / "src" / "sespms_rules" / "program" / "lowering" / "findings.py").read_text(encoding="utf-8")
    of_formulas = set(re.findall(r'"(SES\d{3})"', declared))
    shown = set(re.findall(r"^error (SES\d{3})", PAGE, re.MULTILINE))
    assert of_formulas - shown == set()


def test_nothing_is_lost_when_an_example_is_put_in() -> None:
    policy = SCRIPT.sound_policy(PAGE)
    text, lines = SCRIPT.with_written(policy, "  score is points\n")
    changed = text.splitlines()
    assert [changed[number - 1] for number in lines] == ["  score is points"]
    assert "  score is the sum of points times weight / 100" not in changed
    assert set(policy.splitlines()) - set(changed) == {"  score is the sum of points times weight / 100"}


def test_a_part_takes_the_place_of_the_part_of_its_heading() -> None:
    text, lines = SCRIPT.with_written(SCRIPT.sound_policy(PAGE), "weights\n  total 90\n\nstandards\n")
    assert text.count("\nweights\n") == text.count("\nstandards\n") == 1
    assert "  total 100\n" not in text
    assert len(lines) == 3
