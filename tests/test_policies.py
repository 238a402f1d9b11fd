"""Every shipped policy: laid out as the formatter would, no finding but those it announces, every scenario passes."""

from __future__ import annotations

import re

import pytest

from sespms_rules.foundation.diagnostic import Severity
from sespms_rules.foundation.resources import policy_names
from sespms_rules.language.formatter import format_policy
from systems import compiled, source_of, systems_of

NAMES = policy_names()
ANNOUNCED = re.compile(r"^# Finding: (SES\d{3}) ([a-z-]+)$", re.MULTILINE)


@pytest.mark.parametrize("name", NAMES)
def test_it_has_the_findings_it_announces_and_no_others(name: str) -> None:
    announced = set(ANNOUNCED.findall(source_of(name).text))
    found = {(each.code, each.name): each.severity for each in compiled(name).diagnostics}
    assert {said for said, severity in found.items() if severity is not Severity.NOTE} <= announced
    assert announced <= found.keys(), "a finding that is announced must be found; a note may be announced"
    assert announced or not name.startswith("lessons/"), "a lesson announces the finding it must produce"


@pytest.mark.parametrize("name", NAMES)
def test_its_programs_are_those_that_other_tests_are_given(name: str) -> None:
    assert {system.name: program for system, program in systems_of(name)} == compiled(name).programs


@pytest.mark.parametrize("name", NAMES)
def test_it_is_laid_out_as_the_formatter_would(name: str) -> None:
    source = source_of(name)
    assert format_policy(source).text == source.text


@pytest.mark.parametrize("name", NAMES)
def test_its_scenarios_pass(name: str) -> None:
    results = compiled(name).scenarios
    assert [result for result in results if not result.passed] == []
    if name.startswith("agencies/"):
        assert results, "a real system brings its published examples"


def test_opm_publishes_one_example() -> None:
    (published,) = (
        result for result in compiled("agencies/opm_basic.sespms").scenarios if result.name == "OPM's published example"
    )
    assert published.rating is not None
    assert (published.rating.score, published.rating.level) == (400, 4)


def test_the_invented_say_that_they_are_invented() -> None:
    for name in NAMES:
        if name.startswith(("examples/", "lessons/")):
            head = source_of(name).text[:900]
            assert "invented" in head, f"{name} must say that its agency is invented"
