"""A missing rating that counts as a level is told, with an appraisal that is rated by it; what is left out is not."""

from __future__ import annotations

from fractions import Fraction

import pytest

from sespms_rules.engines.reference import rate
from sespms_rules.foundation.diagnostic import Diagnostic, Severity
from sespms_rules.foundation.source import Source
from sespms_rules.pipeline import compile_source
from sespms_rules.program.rating import Appraisal, Rated
from trials.trying import BANDS, LEVELS, OVERRIDE

LINES = f"  score is the average of points\n{BANDS}{OVERRIDE}"
NAMED = 'critical element "People"\n\ncritical element "Results"\n\ncritical element "Stewardship"\n\n'


def policy(unrated: str, elements: str = NAMED, system: str = "  has exactly 3 critical elements\n") -> str:
    return f'system "Example Buoy Office"\n{system}\n{elements}{LEVELS}\nsummary rating\n{unrated}{LINES}'


def told(text: str) -> list[Diagnostic]:
    found = compile_source(Source("buoys.sespms", text)).diagnostics
    assert not [each for each in found if each.severity is Severity.ERROR]
    return [each for each in found if each.code in ("SES286", "SES266")]


@pytest.mark.case("rows that nobody rated")
@pytest.mark.parametrize(
    ("level", "rated", "ends"),
    [
        (3, 2, "makes the summary rating level 3, above all that was rated"),
        (5, 4, "makes the summary rating level 5, above all that was rated"),
        (1, 5, "makes the summary rating level 1, below all that was rated"),
    ],
)
def test_what_nobody_rated_counts_as_a_level(level: int, rated: int, ends: str) -> None:
    text = policy(f"  unrated elements count as level {level}\n")
    (one,) = told(text)
    assert (one.code, one.severity, one.citations) == ("SES286", Severity.WARNING, ("5 CFR 430.308(b)",))
    assert one.message.endswith(ends)
    assert f"`People` rated {rated}, `Results` not rated" in one.message
    (system,) = compile_source(Source("buoys.sespms", text)).programs.values()
    shown = Appraisal("shown", (Rated("People", Fraction(rated)), Rated("Results", None), Rated("Stewardship", None)))
    assert f"level {rate(system, shown, trace=False).level}" in ends


ONLY_MIXTURES = """  level 1 when every element is below level 3
  level 2 when at least {count} elements are at level 2 or better
  level 3 when at least 1 element is at level 2 or better
"""


@pytest.mark.case("rows that nobody rated")
@pytest.mark.parametrize(("count", "elements"), [(3, 4), (4, 5), (3, 5)])
def test_what_only_a_mixture_gets_is_told_too(count: int, elements: int) -> None:
    """Two of the lines fit nearly every appraisal; a level is given where one is at the top and two at the bottom."""
    names = "".join(
        f'critical element "{name}"\n\n' for name in ("Locks", "Banks", "Barges", "Gates", "Weirs")[:elements]
    )
    text = (
        f'system "Example Canal Office"\n  has exactly {elements} critical elements\n\n{names}{LEVELS}\n'
        f"summary rating\n  unrated elements count as level 2\n{ONLY_MIXTURES.format(count=count)}"
    )
    found = compile_source(Source("canals.sespms", text)).diagnostics
    (one,) = [each for each in found if each.code == "SES286"]
    assert "`Locks` rated 5" in one.message
    assert one.message.endswith("makes the summary rating level 3")


def test_a_plan_that_names_no_element() -> None:
    (one,) = told(policy("  unrated critical elements count as level 3\n", ""))
    assert "a plan with 3 elements, 1 of them rated 2 and 2 not rated makes" in one.message
    assert "`unrated critical elements stop the rating`" in one.help


def test_requirements_of_an_element() -> None:
    block = 'critical element "People"\n  has exactly 3 requirements\n  requirements are rated\n'
    block += "  unrated requirements count as level 3\n" + LINES.replace("  any critical", "  any").replace(
        "any element", "any requirement"
    )
    (one,) = told(policy("", block + '\ncritical element "Results"\n\n', "  has exactly 2 critical elements\n"))
    assert "makes `People` level 3, above all that was rated" in one.message
    assert "`unrated requirements are left out`" in one.help


@pytest.mark.parametrize("line", ["  unrated elements stop the rating\n", "  unrated elements are left out\n", ""])
def test_nothing_is_told_where_nothing_is_filled_in(line: str) -> None:
    assert told(policy(line)) == []


def test_outside_the_service_it_is_a_note_and_no_law_is_named() -> None:
    system = "  is outside the Senior Executive Service\n  has exactly 3 critical elements\n"
    (one,) = told(policy("  unrated elements count as level 3\n", system=system))
    assert (one.severity, one.citations) == (Severity.NOTE, ())


def test_it_can_be_accepted() -> None:
    system = '  has exactly 3 critical elements\n  accepts SES286 because "The pilot asks for it."\n'
    (one,) = told(policy("  unrated elements count as level 3\n", system=system))
    assert one.severity is Severity.NOTE


def test_what_counts_as_a_level_is_not_taken_for_left_out() -> None:
    lines = "  unrated critical elements count as level 3\n  unrated noncritical elements are left out\n"
    assert [each.code for each in told(policy(lines))] == ["SES286"]


@pytest.mark.parametrize("said", ["score 0", "a score of zero", "zero", "0 points", "nothing", "0"])
def test_a_score_for_what_nobody_rated_is_led_to_what_can_be_said(said: str) -> None:
    (one,) = compile_source(Source("buoys.sespms", policy(f"  unrated elements count as {said}\n"))).diagnostics
    assert "`unrated elements stop the rating`, or `unrated elements are left out`" in one.help
    assert "level 0" not in one.help
