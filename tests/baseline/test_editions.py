"""Which edition a system is held against, and what the choice turns. All rules are invented."""

from __future__ import annotations

import pytest

from baseline.holding import held
from sespms_rules.verdict import VerdictKind

FIRST = """
baseline "Example rules"
  in force from 2015-10-26 to 2025-10-14

requirement "Example 1" "No distribution"
  must not have distribution
  confirmed
"""
SECOND = """
baseline "Example rules"
  in force from 2025-10-15
  replaces the edition of 2015-10-26

requirement "Example 2" "A distribution is allowed"
  may have distribution
  confirmed
"""
FOLLOWED = """
baseline "Common system"
  in force from 2012-01-01
  applies to systems that follow "Common system"

requirement "Common 1" "Training"
  must have training
  confirmed
"""
OVERLAY = FOLLOWED.replace("baseline", "overlay").replace("Common", "State").replace(
    '  applies to systems that follow "State system"', '  applies to executives working in "State of Example"'
)  # fmt: skip
ALL = (FIRST, SECOND, FOLLOWED, OVERLAY)
CAP = "\ndistribution\n  at most 30% of career executives at level 4 or better\n"


def policy(*head: str, rest: str = "") -> str:
    return 'system "Invented agency"\n' + "".join(f"  {line}\n" for line in head) + rest


@pytest.mark.parametrize(
    ("head", "edition", "why"),
    [
        (('follows "Example rules" as of 2016-01-01', "effective 2026-01-01"), "2015-10-26", "as of that day"),
        (('follows "Example rules"', "effective 2016-01-01"), "2015-10-26", "effective day"),
        (('follows "Example rules"', "effective 2025-10-15"), "2025-10-15", "effective day"),
        (('follows "Example rules"',), "2025-10-15", "the newest"),
    ],
)
def test_the_edition_of_a_system(head: tuple[str, ...], edition: str, why: str) -> None:
    (chosen,) = held(policy(*head), *ALL).held
    assert str(chosen.first) == edition
    assert why in chosen.why


def test_a_system_is_held_against_what_binds_all_what_it_follows_and_no_more() -> None:
    followed = held(policy('follows "Common system"', "effective 2026-01-01"), *ALL)
    assert [each.baseline for each in followed.held] == ["Example rules", "Common system"]
    named = held(policy('follows "Example rules"', 'follows "State system"'), *ALL)
    assert [each.baseline for each in named.held] == ["Example rules", "State system"]


def test_a_system_that_follows_nothing_is_held_against_nothing_unless_asked() -> None:
    assert held(policy("effective 2026-01-01"), *ALL).held == ()
    (asked,) = held(policy("effective 2026-01-01"), *ALL, as_of="2016-01-01").held
    assert (asked.baseline, str(asked.first)) == ("Example rules", "2015-10-26")
    (named,) = held(policy(), *ALL, baseline="State system").held
    assert named.baseline == "State system"


def test_a_system_outside_the_service_is_held_only_against_what_it_follows() -> None:
    outside = held(policy("is outside the Senior Executive Service", 'follows "Common system"'), *ALL)
    assert [each.baseline for each in outside.held] == ["Common system"]


def test_the_day_can_be_forced() -> None:
    (forced,) = held(policy('follows "Example rules" as of 2026-01-01'), *ALL, as_of="2020-01-01").held
    assert str(forced.first) == "2015-10-26"
    (both,) = held(policy(), *ALL, baseline="Example rules", as_of="2025-10-14").held
    assert str(both.first) == "2015-10-26"


def test_what_cannot_be_found_is_told() -> None:
    (unknown,) = held(policy('follows "Exampel rules" as of 2016-01-01'), FOLLOWED).missing
    assert (unknown.baseline, unknown.why) == ("Exampel rules", "there is no such baseline to read")
    (other_day,) = held(policy('follows "Example rules" as of 1999-01-01'), *ALL).missing
    assert other_day.why == "no edition of it is in force on that day"


def test_one_policy_fails_under_one_edition_and_passes_under_the_next() -> None:
    for day, kind in (("2016-01-01", VerdictKind.NOT_MET), ("2026-01-01", VerdictKind.MET)):
        found = held(policy(f'follows "Example rules" as of {day}', rest=CAP), *ALL)
        (verdict,) = found.verdicts
        assert verdict.kind is kind
        (why,) = found.contrast
        assert "forbidden by Example 1, in the edition of 2015-10-26" in why
        assert "allowed by Example 2, in the edition of 2025-10-15" in why
    assert held(policy('follows "Example rules"'), *ALL).contrast == ()
