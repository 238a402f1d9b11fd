"""What a text that follows nothing misses is told once, and of its amendments only what they add to it."""

from __future__ import annotations

import pytest

from sespms_rules.foundation.source import Source
from sespms_rules.pipeline import compile_source
from sespms_rules.studies.checked import checked
from trials.trying import BANDS, LEVELS, OVERRIDE

HEAD = f"""system "Example Marsh Office"
  effective 2027-01-01

critical element "Leading People"

critical element "Results Driven"

{LEVELS}
summary rating
  score is the average of points rounded half up to 1 decimal
{BANDS}{OVERRIDE}
"""
RAISED = """summary rating
  strike score at least 4.5 is level 5
  insert score at least 4.7 is level 5
  strike score at least 3.5 and below 4.5 is level 4
  insert score at least 3.5 and below 4.7 is level 4
"""
SPARED = "summary rating\n  strike any critical element at level 1 makes the rating level 1\n"
DAY = "  in force from 2028-01-01\n"


def amendment(change: str, name: str = "Change", day: str = DAY) -> str:
    return f'amendment "{name}"\n  amends "Example Marsh Office"\n{day}\n{change}\n'


def messages(*amendments: str, review: bool = False) -> list[str]:
    source = Source("policy.sespms", HEAD + "".join(amendments))
    found = checked([compile_source(source)], (), review=review).findings
    return [each.message for each in found if each.code == "SES304"]


@pytest.mark.parametrize("review", [False, True])
@pytest.mark.parametrize("day", [DAY, ""])
def test_an_amendment_that_misses_no_more_is_not_told(day: str, review: bool) -> None:
    (alone,) = messages(review=review)
    assert alone.startswith("the system does not say what it follows")
    assert messages(amendment(RAISED, day=day), review=review) == [alone]


def test_an_amendment_that_misses_more_is_told_by_its_name() -> None:
    first, second = messages(amendment(RAISED), amendment(SPARED, "Spared", DAY.replace("2028", "2029")))
    assert first.startswith("the system does not say")
    assert second.startswith("`Example Marsh Office, from 2029-01-01, as amended by Change and Spared` does not say")
