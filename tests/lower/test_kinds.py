"""The typing rule: what may be multiplied, divided, compared and rounded."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from sespms_rules.foundation.diagnostic import Diagnostic
from sespms_rules.program.ir import Program

Lower = Callable[[str], tuple[Program | None, tuple[Diagnostic, ...]]]

TOTAL = "  total 100\n"
NO_TOTAL = "  all at least 5\n"
EXACT = '  "A" exactly 30\n  "B" exactly 20\n'

NAMES = """  "fixed" is 4
  "points" is the average of points
  "weighted" is the sum of points times weight
  "through" is 2 * "weighted"
"""


def system(weights: str, lines: str) -> str:
    return f"""system "Invented Kinds"
  has 3 to 4 critical elements
critical element "A"
critical element "B"
critical element "C"
weights
{weights}
summary rating
{NAMES}  {lines}
"""


ALLOWED = [
    'score is 40% of 30% of "weighted" / 100',
    'score is "points" * "points" * "fixed"',
    'score is "points" * "weighted" + "fixed" - the weight of "A"',
    'score is the larger of "points", "weighted" and 3',
    'score is "weighted" when "points" is more than "weighted" otherwise 3',
    'score is "points" / "fixed"',
    'score is "points" / (3 - 1)',
    'score is "points" / -2',
    'score is "points" / the number of elements',
    'score is "points" / the number of critical elements',
    'score is "points" / (the number of noncritical elements + 1)',
    '"n" is the number of elements at level 5 but no less than 1\n  score is "points" / "n"',
    '"n" is the larger of "fixed" and 2 rounded up to whole numbers\n  score is "points" / "n"',
    '"n" is 2 when "points" is at least 3 otherwise 3\n  score is "points" / "n"',
    '"x" of each element is points * 2\n  score is the sum of "x" times weight',
    '"x" of each element is weight * 2\n  score is the sum of "x"',
    "score is the average of weights",
]


@pytest.mark.parametrize("lines", ALLOWED)
def test_what_stays_linear_in_the_weights_is_allowed(lowered: Lower, lines: str) -> None:
    made, found = lowered(system(TOTAL, lines))
    assert [(each.code, each.message) for each in found] == []
    assert made is not None


# A product of two values that depend on the weights: the words underlined, and both sides.
PRODUCTS = [
    ('score is "weighted" * the weight of "A"', '"weighted" * the weight of "A"', '"weighted"', 'the weight of "A"'),
    ('score is "through" * "weighted"', '"through" * "weighted"', '"through"', '"weighted"'),
    ("score is the sum of weights times weight", "weights times weight", "weights", "weight"),
    ('"x" of each element is weight\n  score is the sum of "x" times weight', '"x" times weight', '"x"', "weight"),
    ('"x" of each element is weight * "through"', 'weight * "through"', "weight", '"through"'),
    (
        'score is 3 when "weighted" is at least 300 otherwise 2\n  "y" is score * the weight of "B"',
        'score * the weight of "B"',
        "score",
        'the weight of "B"',
    ),
]


@pytest.mark.parametrize(("lines", "words", "left", "right"), PRODUCTS)
def test_two_values_that_depend_on_the_weights_are_not_multiplied(
    lowered: Lower, lines: str, words: str, left: str, right: str
) -> None:
    made, found = lowered(system(TOTAL, lines))
    assert made is None
    (finding,) = found
    assert finding.code == "SES131"
    assert finding.span.text == words
    assert f"`{left}`" in finding.message
    assert f"`{right}`" in finding.message
    assert [label.span.text for label in finding.labels] == [left, right]


def test_a_refused_product_names_the_way_to_the_weights(lowered: Lower) -> None:
    _, found = lowered(system(TOTAL, 'score is "through" * the weight of "A"'))
    assert found[0].help.startswith(
        '`"through"` reads the weights through `weighted`, and `the weight of "A"` reads the weights; '
    )


def test_a_mean_by_weight_of_what_depends_on_the_weights_is_refused(lowered: Lower) -> None:
    _, found = lowered(system(TOTAL, "score is the average of weights by weight"))
    assert [(each.code, each.span.text) for each in found] == [("SES131", "the average of weights by weight")]


DIVISIONS = [
    ('"points" / "weighted"', '"weighted"', "depends on the weights"),
    ('"points" / the sum of weights', "the sum of weights", "depends on the weights"),
    ('"points" / 0', "0", "is zero"),
    ('"points" / ("fixed" - 4)', '"fixed" - 4', "is zero"),
    ('"points" / the number of noncritical elements', "the number of noncritical elements", "can be zero"),
    ('"points" / the number of elements at level 5', "the number of elements at level 5", "can be zero"),
    ('"points" / "points"', '"points"', "can be zero"),
    ('"points" / (the number of elements - 3)', "the number of elements - 3", "can be zero"),
]


@pytest.mark.parametrize(("formula", "words", "said"), DIVISIONS)
def test_nothing_is_divided_by_what_can_be_zero_or_depends_on_the_weights(
    lowered: Lower, formula: str, words: str, said: str
) -> None:
    made, found = lowered(system(TOTAL, f"score is {formula}"))
    assert made is None
    assert [(each.code, each.span.text) for each in found] == [("SES132", words)]
    assert said in found[0].message


def test_limits_speak_of_plans_so_a_count_may_be_divided_by_where_ratings_are_left_out(lowered: Lower) -> None:
    lines = 'unrated elements are left out\n  score is "points" / the number of elements'
    assert lowered(system(TOTAL, lines))[1] == ()


BY_WEIGHT = "the average of points by weight"


@pytest.mark.parametrize(
    "lines",
    [
        f"score is {BY_WEIGHT}",
        f'"r" is {BY_WEIGHT}\n  score is "r"',
        f'"r" is {BY_WEIGHT}\n  also report "r"\n  level 5 when "r" is at least 4',
        f"score is {BY_WEIGHT}\n  score 4 to 5 is level 5\n  level 3 when score is less than 4",
        f'score is {BY_WEIGHT}\n  "t" is the "T" for score\n  "u" is "t" + 1\n  also report "u"',
        f'"r" is {BY_WEIGHT}\n  score is 3 when "r" is at least "fixed" otherwise 2',
    ],
)
def test_a_ratio_may_be_the_score_a_key_or_stand_beside_a_fixed_number(lowered: Lower, lines: str) -> None:
    made, found = lowered(system(NO_TOTAL, lines) + 'table "T"\n  otherwise gives 1\n')
    assert [(each.code, each.message) for each in found] == []
    assert made is not None


@pytest.mark.parametrize(
    "formula",
    [
        f"{BY_WEIGHT} rounded half up to 2 decimals",
        f"{BY_WEIGHT} + 1",
        f"2 * ({BY_WEIGHT}) - 1",
        f"50% of {BY_WEIGHT}",
        f"{BY_WEIGHT} / 2",
        f"{BY_WEIGHT} but no more than 5 rounded half even to 1 decimal",
    ],
)
def test_a_ratio_is_rounded_and_reckoned_with_fixed_numbers(lowered: Lower, formula: str) -> None:
    """Pro-rating by days and weights taken anew need it: what is compared with fixed numbers can be proved."""
    for lines in (f"score is {formula}", f'"r" is {formula}\n  score is "r" rounded up to whole numbers'):
        made, found = lowered(system(NO_TOTAL, lines))
        assert [(each.code, each.message) for each in found] == []
        assert made is not None


@pytest.mark.parametrize(
    "lines",
    [
        f"score is {BY_WEIGHT} + the number of elements at level 5",
        f'"r" is {BY_WEIGHT}\n  score is the larger of "r" and "points"',
        f'"r" is {BY_WEIGHT}\n  level 5 when "r" is at least "points"',
        f'score is {BY_WEIGHT}\n  level 5 when "points" is at least score',
        f'score is {BY_WEIGHT} when "points" is at least 3 otherwise 2',
        f'"x" of each element is {BY_WEIGHT}\n  score is the sum of "x"',
        f'score is 70% of {BY_WEIGHT} of "A" and "B" + 30% of the points of "C"',
        f'score is 70% of {BY_WEIGHT} of "A" and "B" + 30% of {BY_WEIGHT} of "A" and "C"',
        f'when nothing is rated "r" is 0\n  "r" is {BY_WEIGHT}\n  score is "r"',
    ],
)
@pytest.mark.parametrize("weights", [NO_TOTAL, TOTAL])
@pytest.mark.parametrize("unrated", ["", "unrated elements are left out\n  "])
def test_a_mean_by_weight_stands_in_any_formula(lowered: Lower, weights: str, unrated: str, lines: str) -> None:
    made, found = lowered(system(weights, unrated + lines))
    assert [(each.code, each.message) for each in found] == []
    assert made is not None


ON_WEIGHTS = [
    (f"score is 2 / ({BY_WEIGHT})", "SES132", BY_WEIGHT),
    (f'score is ({BY_WEIGHT}) * "weighted"', "SES131", f'({BY_WEIGHT}) * "weighted"'),
    (f'"r" is {BY_WEIGHT}\n  score is "r" * "r"', "SES131", '"r" * "r"'),
]


@pytest.mark.parametrize(("lines", "code", "words"), ON_WEIGHTS)
def test_it_depends_on_the_weights_whatever_they_total(lowered: Lower, lines: str, code: str, words: str) -> None:
    for weights in (NO_TOTAL, TOTAL):
        made, found = lowered(system(weights, lines))
        assert made is None
        assert [(each.code, each.span.text) for each in found] == [(code, words)]


NESTED = """system "Invented Nesting"
critical element "Tasks"
  requirements are rated
  {weights}
  score is {score}
  score at least 3 is level 3
weights
  total 100
summary rating
  score is {summary}
"""


@pytest.mark.parametrize(
    ("weights", "score", "summary", "code"),
    [
        ("requirement weights total 100", "the sum of points times weight", 'the score of "Tasks" / 100', None),
        (
            "requirement weights total 100",
            "the sum of points times weight",
            'the score of "Tasks" * the weight of "Tasks"',
            "SES131",
        ),
        ("requirement weights total 100", "the sum of points times weight", "the sum of scores times weight", "SES131"),
        ("requirement weights total 100", "the sum of points times weight", "the sum of points times weight", None),
        ("requirement weights total 100", BY_WEIGHT, 'the score of "Tasks" + 1', None),
        ("requirement weights are whole numbers", BY_WEIGHT, 'the score of "Tasks" + the number of elements', None),
        ("requirement weights are whole numbers", BY_WEIGHT, "the sum of scores times weight", "SES131"),
        ("requirement weights are whole numbers", BY_WEIGHT, 'the score of "Tasks"', None),
        ("requirement weights are whole numbers", "the average of points", "the sum of scores times weight", None),
    ],
)
def test_the_score_of_an_element_keeps_what_it_depends_on(
    lowered: Lower, weights: str, score: str, summary: str, code: str | None
) -> None:
    made, found = lowered(NESTED.format(weights=weights, score=score, summary=summary))
    assert [each.code for each in found] == ([code] if code else [])
    assert (made is None) == bool(code)
