"""Two systems may take other ratings; levels are compared for the appraisals that both take, and `compare` says so."""

from __future__ import annotations

import pytest

from compared import WORKSHOP, compared, workshop
from sespms_rules.studies.comparison import Judgement, as_data, as_text

RATING = "summary rating\n"
COUNTED = workshop((RATING, f"{RATING}  unrated elements count as level 3\n"))
FOUR_LEVELS = workshop(
    ('  level 4 "Exceeds Fully Successful"  4 points\n', ""),
    ("  score 350 to 449 is level 4\n  score 250 to 349 is level 3\n", "  score 250 to 449 is level 3\n"),
)
OF_LEVELS = ("  any critical element at level 1 makes the rating level 1\n", "")
"""An element that is rated by a number has no level to speak of."""
PLANS = 50
"""How many plans each of them allows."""


def test_a_rating_that_only_the_new_system_takes_is_no_move() -> None:
    found = compared(WORKSHOP, COUNTED)
    assert found.judgement is Judgement.SAME
    (one, other) = found.ratings.differ
    assert (one.name, one.only_old, one.only_new) == ("Leading People", (), ("left without a rating",))
    assert other.name == "Results"
    assert (found.ratings.only_old, found.ratings.only_new) == (0, PLANS * (6 * 6 - 5 * 5))
    told = as_text(found)
    assert "the two systems rate alike what both allow, but not the same ratings are possible under both: " in told
    assert "`Leading People` and `Results` can be left without a rating under the new system alone" in told
    assert "550 are possible under the new alone" in told
    # An executive who was refused is rated now: no line may say that the sentence changes nothing for anybody.
    assert "moves nobody" not in told
    assert "changed, and moves none of the appraisals that are possible under both to another level" in told


def test_the_other_way_round_it_is_the_old_system_alone() -> None:
    found = compared(COUNTED, WORKSHOP)
    assert (found.ratings.only_old, found.ratings.only_new) == (550, 0)
    assert as_data(found)["ratings"]["differ"][0] == {
        "name": "Leading People",
        "requirement_of": None,
        "only_old": ["left without a rating"],
        "only_new": [],
    }


def test_a_level_that_one_system_lacks_is_told_with_the_verdict() -> None:
    found = compared(WORKSHOP, FOUR_LEVELS)
    assert found.ratings.only_old == PLANS * (5 * 5 - 4 * 4)
    told = as_text(found)
    assert "of the 800 appraisals that are possible under both" in told
    assert "; not the same ratings are possible under both" in told
    assert "`Leading People` and `Results` can be rated level 4 under the old system alone" in told


@pytest.mark.parametrize(
    ("old", "new", "only_old", "only_new"),
    [
        ("", "  rated on levels 5, 3 and 1\n", ("level 4", "level 2"), ()),
        (
            "  rated on a scale of 1 to 5\n",
            "  rated on a scale of 0 to 5\n",
            ("any number from 1 to 5",),
            ("any number from 0 to 5",),
        ),
    ],
    ids=["levels of one element", "a range of numbers"],
)
def test_the_ratings_of_one_element_are_told(
    old: str, new: str, only_old: tuple[str, ...], only_new: tuple[str, ...]
) -> None:
    heading = 'critical element "Results"\n'
    one_text, other_text = (workshop((heading, heading + own), OF_LEVELS) for own in (old, new))
    (one,) = compared(one_text, other_text).ratings.differ
    assert one.name == "Results"
    assert (one.only_old, one.only_new) == (only_old, only_new)


@pytest.mark.parametrize(
    ("old", "new"),
    [(WORKSHOP, WORKSHOP), (WORKSHOP, workshop(("450 to 500", "460 to 500"), ("350 to 449", "350 to 459")))],
    ids=["the same", "another cut"],
)
def test_nothing_is_said_of_ratings_that_are_the_same(old: str, new: str) -> None:
    found = compared(old, new)
    assert not found.ratings.differ
    assert "ratings" not in as_text(found)
    assert as_data(found)["ratings"] == {
        "verdict": "same",
        "appraisals_only_old": None,
        "appraisals_only_new": None,
        "differ": [],
    }
