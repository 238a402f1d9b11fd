"""Cut scores that could stand elsewhere: the range that is told is exact."""

from __future__ import annotations

from fractions import Fraction
from itertools import product

from hypothesis import given, settings
from hypothesis import strategies as st

from checks.checking import LEVELS, marked
from nights import at_depth
from sespms_rules.foundation.diagnostic import Diagnostic
from sespms_rules.foundation.source import Source
from sespms_rules.pipeline import compile_source

COUNT = "  has exactly 3 critical elements"
RATING = "summary rating\n  score is the average of points\n"


def of(*fragments: str) -> list[Diagnostic]:
    """What is found of cuts in a system made of fragments."""
    text = 'system "Invented agency"\n' + "\n".join(fragments)
    return [each for each in compile_source(Source("policy.sespms", text)).diagnostics if each.code == "SES251"]


def _lines(cut: str) -> str:
    return f"{RATING}  score at least {cut} is level 5\n  score below {cut} is level 3\n"


def test_a_cut_that_no_score_meets() -> None:
    (one,) = of(COUNT, LEVELS, _lines("4.4"))
    assert marked([one]) == ["4.4"]
    assert one.message == (
        "the cut score `4.4` can stand anywhere above `13/3` and up to `14/3` without changing a rating"
    )


@settings(max_examples=at_depth(12, 40))
@given(st.integers(2, 4), st.integers(0, 50))
def test_the_range_is_that_of_the_scores_there_are(count: int, tenths: int) -> None:
    cut = Fraction(tenths, 10)
    points = (5, 4, 3, 2, 0)
    scores = sorted({Fraction(sum(each), count) for each in product(points, repeat=count)})
    below = max((each for each in scores if each < cut), default=None)
    above = min((each for each in scores if each >= cut), default=None)
    found = of(f"  has exactly {count} critical elements", LEVELS, _lines(f"{tenths // 10}.{tenths % 10}"))
    movable = below is not None and above is not None and above != cut and 2 * cut != above + below
    assert len(found) == int(movable)


WEIGHTS = "weights\n  total 100\n  are whole numbers\n"
BY_WEIGHT = "the average of points by weight"


def test_with_weights_the_scores_are_those_of_every_plan() -> None:
    """Whole weights that total 100 make every hundredth a score; what lies between two hundredths is free."""
    assert of(COUNT, LEVELS, WEIGHTS, _lines("4.4").replace("the average of points", BY_WEIGHT)) == []
    (one,) = of(COUNT, LEVELS, WEIGHTS, _lines("4.404").replace("the average of points", BY_WEIGHT))
    assert "above `4.4` and up to `4.41`" in one.message


def test_weights_in_steps_leave_cuts_free() -> None:
    """Two elements of 50 each: the score has steps of a half, whatever the digits of the cut."""
    even = "weights\n  total 100\n  all at least 50\n"
    lines = _lines("4.4").replace("the average of points", BY_WEIGHT)
    (one,) = of("  has exactly 2 critical elements", LEVELS, even, lines)
    assert "above `4` and up to `4.5`" in one.message


def test_what_is_left_out_makes_more_scores() -> None:
    """Of three rated elements none has the mean 4.5, of two that were rated some have."""
    left_out = RATING + "  unrated elements are left out\n"
    lines = _lines("4.5").replace(RATING, left_out)
    (one,) = of(COUNT, LEVELS, _lines("4.45"))
    assert "above `13/3` and up to `14/3`" in one.message
    assert of(COUNT, LEVELS, lines) == []


def test_additional_ratings_make_more_scores() -> None:
    named = "\n".join(f'critical element "E{number}"\n' for number in range(3))
    rated = named.replace("\n", '\n  each element is also rated "extra" from 0 to 1\n', 1)
    lines = _lines("4.45").replace("the average of points", 'the average of points + the average of "extra"')
    (_,) = of(COUNT, named, LEVELS, _lines("4.45"))
    assert of(COUNT, rated, LEVELS, lines) == []


def test_silent_where_plans_have_any_number_of_elements() -> None:
    assert of(LEVELS, _lines("4.4")) == []


def test_levels_that_an_override_takes_do_not_count() -> None:
    """With an element at level 1 the score decides nothing, so its scores leave the cut free."""
    lines = _lines("0.5") + "  any critical element at level 1 makes the rating level 1\n"
    assert of(COUNT, LEVELS, lines) == [], "no score is below the cut"
    (one,) = of(COUNT, LEVELS, _lines("0.5"))
    assert "above `0` and up to `2/3`" in one.message


def test_a_rounded_score_is_compared_as_it_is_rounded() -> None:
    lines = _lines("4.4").replace("the average of points", "the average of points rounded half up to 0 decimals")
    (one,) = of(COUNT, LEVELS, lines)
    assert "above `4` and up to `5`" in one.message
