"""Cut scores that could stand elsewhere: the range that is told is exact."""

from __future__ import annotations

from fractions import Fraction
from itertools import product

from hypothesis import given, settings
from hypothesis import strategies as st

from checks.checking import LEVELS, marked, of

COUNT = "  has exactly 3 critical elements"
RATING = "summary rating\n  score is the average of points\n"


def _lines(cut: str) -> str:
    return f"{RATING}  score at least {cut} is level 5\n  score below {cut} is level 3\n"


def test_a_cut_that_no_score_meets() -> None:
    (one,) = of("SES251", COUNT, LEVELS, _lines("4.4"))
    assert marked([one]) == ["4.4"]
    assert one.message == (
        "the cut score `4.4` can stand anywhere above `13/3` and up to `14/3` without changing a rating"
    )


@settings(max_examples=40)
@given(st.integers(2, 4), st.integers(0, 50))
def test_the_range_is_that_of_the_scores_there_are(count: int, tenths: int) -> None:
    cut = Fraction(tenths, 10)
    points = (5, 4, 3, 2, 0)
    scores = sorted({Fraction(sum(each), count) for each in product(points, repeat=count)})
    below = max((each for each in scores if each < cut), default=None)
    above = min((each for each in scores if each >= cut), default=None)
    found = of("SES251", f"  has exactly {count} critical elements", LEVELS, _lines(f"{tenths // 10}.{tenths % 10}"))
    movable = below is not None and above is not None and above != cut and 2 * cut != above + below
    assert len(found) == int(movable)


def test_silent_where_scores_cannot_be_listed() -> None:
    weights = "weights\n  total 100\n  are whole numbers\n"
    by_weight = _lines("4.4").replace("the average of points", "the average of points by weight")
    assert of("SES251", COUNT, LEVELS, weights, by_weight) == []
    assert of("SES251", LEVELS, _lines("4.4")) == []


def test_levels_that_an_override_takes_do_not_count() -> None:
    """With an element at level 1 the score decides nothing, so its scores leave the cut free."""
    lines = _lines("0.5") + "  any critical element at level 1 makes the rating level 1\n"
    assert of("SES251", COUNT, LEVELS, lines) == [], "no score is below the cut"
    (one,) = of("SES251", COUNT, LEVELS, _lines("0.5"))
    assert "above `0` and up to `2/3`" in one.message


def test_a_rounded_score_is_compared_as_it_is_rounded() -> None:
    lines = _lines("4.4").replace("the average of points", "the average of points rounded half up to 0 decimals")
    (one,) = of("SES251", COUNT, LEVELS, lines)
    assert "above `4` and up to `5`" in one.message
