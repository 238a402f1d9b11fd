"""Whom a line leaves not rated and an override rates is told; where the order is said, nobody is."""

from __future__ import annotations

from fractions import Fraction

import pytest

from sespms_rules.engines.reference import rate
from sespms_rules.foundation.diagnostic import Diagnostic, Severity
from sespms_rules.foundation.source import Source
from sespms_rules.pipeline import compile_source
from sespms_rules.program.rating import Appraisal, Outcome, Rated
from trials.trying import BANDS, LEVELS, OVERRIDE

KIND = "not rated, and rated"
NAMED = 'critical element "People"\n\ncritical element "Results"\n\ncritical element "Stewardship"\n\n'
FACTS = 'facts\n  "days served" is a whole number from 0 to 366\n\n'
LEFT_OUT = "  unrated elements are left out\n"
FEW = "  not rated when at most 1 element is rated\n"


def policy(lines: str, head: str = "", facts: str = "") -> str:
    opening = f'system "Example Buoy Office"\n  has exactly 3 critical elements\n{head}\n{NAMED}'
    return f"{opening}{facts}{LEVELS}\nsummary rating\n{lines}"


def told(text: str) -> list[Diagnostic]:
    found = compile_source(Source("buoys.sespms", text)).diagnostics
    assert not [each for each in found if each.severity is Severity.ERROR]
    return [each for each in found if each.code == "SES287"]


SCORED = f"  score is the average of points\n{BANDS}"
LINE = "  level 1 when any critical element is at level 1\n"
LOWEST = "  score below 1.5 is level 1\n", ""


@pytest.mark.case(KIND)
@pytest.mark.parametrize(
    ("lines", "facts", "shown"),
    [
        (f"{LEFT_OUT}{FEW}{SCORED}{OVERRIDE}", "", "`People` rated 1, `Results` not rated and `Stewardship` not rated"),
        (f'  not rated when "days served" is less than 90\n{SCORED}{OVERRIDE}', FACTS, "where `days served` is `"),
        (f"{LEFT_OUT}  take the first line that fits\n{FEW}{SCORED}{OVERRIDE}", "", "`Results` not rated"),
    ],
)
def test_an_override_that_rates_whom_a_line_leaves_out_is_told(lines: str, facts: str, shown: str) -> None:
    (one,) = told(policy(lines, facts=facts))
    assert one.severity is Severity.WARNING
    assert one.span.text.startswith("not rated when")
    assert shown in one.message
    assert one.message.endswith("makes the summary rating level 1")
    assert [label.span.text for label in one.labels] == ["any critical element at level 1 makes the rating level 1"]


@pytest.mark.case(KIND)
@pytest.mark.parametrize(
    "lines",
    [
        f"{LEFT_OUT}  take the first line that fits\n{FEW}{LINE}{SCORED}".replace(*LOWEST),
        f"{LEFT_OUT}{FEW}{SCORED}",
        f"{LEFT_OUT}{FEW}{SCORED}  any critical element below level 3 makes the rating no higher than level 3\n",
        f"{LEFT_OUT}{FEW}{SCORED}  at least 2 elements below level 2 make the rating level 1\n",
        f"{SCORED}{OVERRIDE}",
    ],
)
def test_where_nobody_is_rated_after_all_nothing_is_told(lines: str) -> None:
    assert told(policy(lines)) == []


@pytest.mark.case(KIND)
def test_what_is_shown_is_so_and_the_fix_of_the_page_leaves_them_not_rated() -> None:
    shown = Appraisal("shown", (Rated("People", Fraction(1)), Rated("Results", None), Rated("Stewardship", None)))
    before = policy(f"{LEFT_OUT}{FEW}{SCORED}{OVERRIDE}")
    after = policy(f"{LEFT_OUT}  take the first line that fits\n{FEW}{LINE}{SCORED}".replace(*LOWEST))
    outcomes = []
    for text in (before, after):
        (program,) = compile_source(Source("buoys.sespms", text)).programs.values()
        outcomes.append(rate(program, shown, trace=False))
    assert [(each.outcome, each.level) for each in outcomes] == [(Outcome.RATED, 1), (Outcome.NOT_RATED, None)]


@pytest.mark.case(KIND)
@pytest.mark.parametrize(
    "head", ['  accepts SES287 because "It is meant."\n', "  is outside the Senior Executive Service\n"]
)
def test_accepted_or_outside_the_service_it_is_a_note(head: str) -> None:
    (one,) = told(policy(f"{LEFT_OUT}{FEW}{SCORED}{OVERRIDE}", head))
    assert one.severity is Severity.NOTE
