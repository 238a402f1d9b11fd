"""Formulas and conditions as people say them: each is led in one step to the sentence that rates as was meant."""

from __future__ import annotations

import pytest

from parse.test_sentences_of_analysts import (
    BESIDE,
    BY_WEIGHT,
    CAPPED,
    FORMULA,
    PATTERN,
    Meant,
    fault_of,
    followed,
    policy_with,
    rates,
)

_BY_WEIGHT: Meant = {(4, 5): 5, (5, 4): 4, (1, 5): 3}
_OF_ONE = 'score is the rating of "Results" times 60% plus the rating of "Leading People" times 40%'
LED: tuple[tuple[str, str, Meant, bool], ...] = (
    ("score is max of points", FORMULA, {(5, 1): 5, (1, 4): 4, (2, 2): 2}, False),
    ("score is the maximum of the ratings", FORMULA, {(5, 1): 5, (1, 4): 4}, False),
    ("score is the minimum of the ratings", FORMULA, {(5, 1): 1, (3, 4): 3}, False),
    ("score is the minimum of 4 and the average of points", "  {said}\n" + CAPPED, {(5, 5): 5, (3, 4): 4}, False),
    ('score is 0.4 times "Leading People" plus 0.6 times "Results"', FORMULA, _BY_WEIGHT, False),
    (_OF_ONE, FORMULA, _BY_WEIGHT, False),
    ("the score is the sum of the weighted points", BY_WEIGHT, _BY_WEIGHT, True),
    ('level 5 when "Results" and "Leading People" are both at level 5', PATTERN, {(5, 5): 5, (5, 4): 4}, False),
    ("unrated elements get level 3", BESIDE, {(5, None): 4, (None, 5): 4}, False),
    ("unrated critical elements are assigned a level 3", BESIDE, {(5, None): 4, (None, 1): 2}, False),
)


@pytest.mark.case("sentences that analysts type")
@pytest.mark.parametrize(("said", "rating", "meant", "weighed"), LED, ids=[each[0] for each in LED])
def test_one_help_leads_to_what_was_meant(said: str, rating: str, meant: Meant, weighed: bool) -> None:
    before = policy_with(rating, said, weighed=weighed)
    assert (fault_of(before, said).help or "").startswith("write `")
    rates(followed(before, said), meant, weighed=weighed)


@pytest.mark.case("sentences that analysts type")
def test_the_rating_of_an_element_is_offered_as_its_points_and_not_put_in_unasked() -> None:
    before = policy_with(FORMULA, 'score is the rating of "Results"', weighed=False)
    (fix,) = fault_of(before, 'score is the rating of "Results"').fixes
    assert (fix.replacement, fix.sure) == ('score is the points of "Results"', False)
