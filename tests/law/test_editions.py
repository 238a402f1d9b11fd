"""Which edition a system is checked against, and what the choice turns. All rules are invented."""

from __future__ import annotations

import pytest

from law.holding import held
from sespms_rules.law.findings import findings
from sespms_rules.law.verdict import VerdictKind

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
ASKING = (
    """
baseline "Strict rules"
  in force from 2020-01-01

requirement "Strict 1" "Training"
  must have training
  confirmed

requirement "Strict 2" "Evaluation"
  must have evaluation
  confirmed

requirement "Strict 3" "Development"
  must have development
  unconfirmed "not read"

requirement "Strict 4" "No distribution"
  must not have distribution
  confirmed
""",
)


def policy(*head: str, rest: str = "") -> str:
    return 'system "Invented agency"\n' + "".join(f"  {line}\n" for line in head) + rest


@pytest.mark.parametrize(
    ("head", "edition", "why"),
    [
        (('follows "Example rules" as of 2016-01-01', "effective 2026-01-01"), "2025-10-15", "effective day"),
        (('follows "Example rules" as of 2026-01-01', "effective 2016-01-01"), "2025-10-15", "the system follows"),
        (('follows "Example rules" as of 2016-01-01',), "2015-10-26", "the system follows"),
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


@pytest.mark.parametrize(
    ("day", "edition", "kind"), [("2016-01-01", "2015-10-26", "not met"), ("2026-01-01", "2025-10-15", "met")]
)
def test_the_law_of_its_day_binds_a_system_that_follows_nothing(day: str, edition: str, kind: str) -> None:
    found = held(policy(f"effective {day}", rest=CAP), *ALL)
    (chosen,) = found.held
    assert (chosen.baseline, str(chosen.first), found.claimed) == ("Example rules", edition, False)
    assert (str(chosen.day), chosen.why) == (day, "the effective day of the system")
    assert [each.kind.value for each in found.verdicts] == [kind]


@pytest.mark.parametrize(
    ("head", "why"),
    [
        ((), "it follows none and states no effective day"),
        (
            ("is outside the Senior Executive Service", "effective 2026-01-01"),
            "it is outside the Senior Executive Service and follows none",
        ),
        (("effective 2001-01-01",), "none that binds it is in force on its day"),
    ],
)
def test_where_no_edition_is_chosen_it_is_said_why(head: tuple[str, ...], why: str) -> None:
    found = held(policy(*head), *ALL)
    assert (found.held, found.verdicts, found.unheld) == ((), (), why)


def test_what_is_wrong_with_a_text_comes_before_the_law_it_does_not_name() -> None:
    bands = "\nsummary rating\n  score is the average of points\n  score 4 to 3 is level 5\n"
    assert held(policy("effective 2026-01-01", rest=bands), *ALL).unheld == "what is wrong with its text comes first"
    assert held(policy("effective 2026-01-01", rest=bands), *ALL, as_of="2026-01-01").held
    assert held(policy('follows "Example rules"', rest=bands), *ALL).held


def test_an_edition_can_be_named_for_a_system_that_follows_nothing() -> None:
    (asked,) = held(policy("effective 2026-01-01"), *ALL, as_of="2016-01-01").held
    assert (asked.baseline, str(asked.first)) == ("Example rules", "2015-10-26")
    (named,) = held(policy(), *ALL, baseline="State system").held
    assert named.baseline == "State system"


def test_one_finding_tells_all_that_is_missed_of_rules_that_are_not_followed() -> None:
    def codes(head: str, **named: str) -> list[tuple[str, str]]:
        found = findings(held(policy(head), *ASKING, **named))
        return [(each.code, each.severity.value) for each in found]

    assert codes("effective 2026-01-01") == [("SES304", "error")]
    assert codes('follows "Strict rules"') == [("SES302", "error")] * 2 + [("SES303", "note")]
    assert codes("effective 2026-01-01", as_of="2026-01-01") == codes('follows "Strict rules"')
    (finding,) = findings(held(policy("effective 2026-01-01"), *ASKING))
    assert "does not meet 2 of the 4 requirements" in finding.message
    assert '`follows "Strict rules" as of 2026-01-01`' in finding.help


def test_what_is_only_advised_or_unconfirmed_makes_no_system_miss_the_law() -> None:
    (mild,) = ASKING
    mild = mild.replace("must have training", "should state training: is for leaders")
    mild = mild.replace("must have evaluation", "should state evaluation: covers compliance")
    assert findings(held(policy("effective 2026-01-01"), mild)) == ()


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


# ---- two editions in force on one day, and one that was named for another ------------------------------

OLDER = FIRST.replace(" to 2025-10-14", "")
"""Nobody gave this edition a last day, as happens: from the first day of the next, both are in force."""


@pytest.mark.parametrize("order", [(OLDER, SECOND), (SECOND, OLDER)], ids=["older first", "newer first"])
@pytest.mark.parametrize(
    ("day", "edition", "kind"),
    [("2025-10-14", "2015-10-26", "not met"), ("2025-10-15", "2025-10-15", "met"), ("2026-01-01", "2025-10-15", "met")],
)
def test_of_two_editions_in_force_the_one_that_came_last_binds(
    order: tuple[str, ...], day: str, edition: str, kind: str
) -> None:
    found = held(policy('follows "Example rules"', f"effective {day}", rest=CAP), *order)
    assert [str(each.first) for each in found.held] == [edition]
    assert [each.kind.value for each in found.verdicts] == [kind]


def test_where_no_day_is_stated_the_newest_of_two_in_force_binds() -> None:
    found = held(policy('follows "Example rules"', rest=CAP), OLDER, SECOND)
    assert [str(each.first) for each in found.held] == ["2025-10-15"]


@pytest.mark.parametrize("day", ["2015-10-25", "2025-10-15"])
def test_an_edition_that_was_named_for_a_day_outside_its_own_is_not_read(day: str) -> None:
    """The command line refuses this before; whoever calls the stage must be told too."""
    found = held(policy(rest=CAP), FIRST, baseline="Example rules", as_of=day)
    assert (found.held, found.verdicts) == ((), ())
    assert [each.why for each in found.missing] == ["no edition of it is in force on that day"]


@pytest.mark.parametrize("day", ["2015-10-26", "2025-10-14"])
def test_an_edition_that_was_named_for_one_of_its_days_is_read(day: str) -> None:
    found = held(policy(rest=CAP), FIRST, baseline="Example rules", as_of=day)
    assert [str(each.day) for each in found.held] == [day]
    assert [each.kind.value for each in found.verdicts] == ["not met"]


def test_an_edition_that_was_named_without_a_day_is_read_whatever_the_days_of_the_system() -> None:
    found = held(policy("effective 2026-01-01", rest=CAP), FIRST, baseline="Example rules")
    assert [(str(each.first), each.day) for each in found.held] == [("2015-10-26", None)]
