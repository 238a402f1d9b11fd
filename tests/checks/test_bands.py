"""Checks of bands, rows and tables; gaps are compared with plans counted out one by one."""

from __future__ import annotations

from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_EVEN, Decimal
from fractions import Fraction
from itertools import product
from math import ceil, floor
from time import perf_counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from checks.checking import LEVELS, marked, of, system_of
from nights import at_depth
from sespms_rules.checks.analysis.decision_rows import derivations
from sespms_rules.checks.analysis.gap_search import Gap, gaps
from sespms_rules.checks.analysis.intervals import Interval, before_rounding, rounded, uncovered
from sespms_rules.language.syntax.formula import RoundToHalf, RoundToWhole
from sespms_rules.language.syntax.words import Tie

BANDS = ["475 to 500 is level 5", "400 to 474 is level 4", "300 to 399 is level 3", "200 to 299 is level 2"]
FIVE = "  has exactly 5 critical elements"


def rating(formula: str, *lines: str) -> str:
    return "\n  ".join(["summary rating", f"score is {formula}", *lines])


def weighted(*extra: str, whole: bool = True) -> str:
    lines = ["weights", "total 100", *(["are whole numbers"] if whole else []), "all at least 5"]
    return "\n  ".join(lines) + "\n" + rating("the sum of points times weight", *(f"score {b}" for b in BANDS), *extra)


OVERRIDE = "any critical element at level 1 makes the rating level 1"


def test_whole_weights_reach_no_score_between_whole_bands() -> None:
    assert of("SES214", FIVE, LEVELS, weighted(OVERRIDE)) == []


def test_fractional_weights_reach_a_half() -> None:
    found = of("SES214", FIVE, LEVELS, weighted(OVERRIDE, whole=False))
    messages = [each.message for each in found]
    assert "a score of `474.5` falls in no band: it lies between `400 to 474` and `475 to 500`" in messages
    assert len(found) == 3
    assert all("reaches it" in each.help for each in found)
    assert found[0].citations == ("5 CFR 430.305(a)(5)",)


def test_a_level_that_an_override_takes_reaches_nothing() -> None:
    (one,) = of("SES214", FIVE, LEVELS, weighted())
    assert one.message.endswith("the lowest begins with `200 to 299`")


def test_a_gap_between_whole_scores_is_told_with_a_plan() -> None:
    text = weighted(OVERRIDE).replace("400 to 474", "400 to 470")
    (one,) = of("SES214", FIVE, LEVELS, text)
    assert marked([one]) == ["400 to 470"]
    assert [label.span.text for label in one.labels] == ["475 to 500"]


@pytest.mark.parametrize(
    ("end", "missed"), [("400 to 473", "474"), ("400 to 472", "473"), ("401 to 474", "400"), ("402 to 474", "400")]
)
def test_a_gap_of_few_scores_is_found_to_the_last_one(end: str, missed: str) -> None:
    """A gap of exactly one score is the easiest to overlook, by an author and by a search."""
    (one,) = of("SES214", FIVE, LEVELS, weighted(OVERRIDE).replace("400 to 474", end))
    assert f"`{missed}`" in one.message or f"`{int(missed) + 1}`" in one.message
    between = "`300 to 399`" if end.endswith("474") else "`475 to 500`"
    assert between in one.message


@pytest.mark.parametrize(("first", "last"), [(1, 1), (2, 2), (3, 3), (2, 3), (3, 4), (0, 4)])
@pytest.mark.parametrize("tie", list(Tie))
def test_scores_before_rounding_are_those_that_rounding_brings_into_a_band(tie: Tie, first: int, last: int) -> None:
    """Ties go to the even number under half even: 2.5 is 2 and 3.5 is 4, so bands end differently at odd and even."""
    rounding = RoundToWhole(tie)
    raw = before_rounding(Interval(Fraction(first), True, Fraction(last), True), rounding)
    assert raw is not None
    for quarter in range(-4, 25):
        score = Fraction(quarter, 4)
        assert raw.holds(score) == (first <= by_decimal(score, tie) <= last), score


@pytest.mark.parametrize(("first", "last"), [("1", "1"), ("1.5", "2"), ("0", "2.5"), ("2", "3.5")])
@pytest.mark.parametrize("tie", list(Tie))
def test_scores_that_are_rounded_to_halves_into_a_band(tie: Tie, first: str, last: str) -> None:
    """To the nearest half is to whole numbers of what is twice as large."""
    raw = before_rounding(Interval(Fraction(first), True, Fraction(last), True), RoundToHalf(tie))
    assert raw is not None
    for eighth in range(-8, 50):
        score = Fraction(eighth, 8)
        halves = Fraction(by_decimal(2 * score, tie), 2)
        assert rounded(score, RoundToHalf(tie)) == halves
        assert raw.holds(score) == (Fraction(first) <= halves <= Fraction(last)), score


@pytest.mark.parametrize(("score", "whole"), [("2.5", 2), ("3.5", 4), ("-2.5", -2), ("2.51", 3), ("3.49", 3)])
def test_half_even_as_decimal_arithmetic_has_it(score: str, whole: int) -> None:
    assert rounded(Fraction(score), RoundToWhole(Tie.HALF_EVEN)) == whole == by_decimal(Fraction(score), Tie.HALF_EVEN)


def by_decimal(score: Fraction, tie: Tie) -> int:
    """A score rounded by Python's decimal arithmetic, which was written by others. `half up` is towards more here."""
    modes = {Tie.HALF_EVEN: ROUND_HALF_EVEN, Tie.UP: ROUND_CEILING, Tie.DOWN: ROUND_FLOOR}
    number = Decimal(score.numerator) / Decimal(score.denominator)
    if tie in modes:
        return int(number.quantize(Decimal(1), rounding=modes[tie]))
    down, up = int(number.quantize(Decimal(1), ROUND_FLOOR)), int(number.quantize(Decimal(1), ROUND_CEILING))
    if number - down == Decimal("0.5"):
        return up if tie is Tie.HALF_UP else down
    return int(number.quantize(Decimal(1), ROUND_HALF_EVEN))


def test_the_highest_scores_need_a_band_too() -> None:
    (one,) = of("SES214", FIVE, LEVELS, weighted(OVERRIDE).replace("475 to 500", "475 to 490"))
    assert one.message.endswith("the highest ends with `475 to 490`")


def test_an_average_by_weight_is_the_sum_over_the_total() -> None:
    bands = ("score at least 4.5 is level 5", "score 2 to 4.4 is level 4", OVERRIDE)
    lines = "weights\n  total 100\n  are whole numbers"
    (one,) = of("SES214", FIVE, LEVELS, lines, rating("the average of points by weight", *bands))
    assert one.message.startswith("a score of `4.4")


def test_rounding_closes_a_gap_of_hundredths() -> None:
    bands = ("score 4.5 to 5 is level 5", "score 2 to 4.49 is level 4", OVERRIDE)
    count = "  has 2 to 24 critical elements"
    assert of("SES214", count, LEVELS, rating("the average of points rounded half up to 2 decimals", *bands)) == []
    (open_one,) = of("SES214", count, LEVELS, rating("the average of points", *bands).replace("4.49", "4.4"))
    assert "`31/7`" in open_one.message
    assert "a plan with 7 elements rated" in open_one.help


def test_decimal_gaps_that_few_elements_cannot_reach_are_none() -> None:
    bands = ("score 4.6 to 5 is level 5", "score 2 to 4.59 is level 4", OVERRIDE)
    assert of("SES214", FIVE, LEVELS, rating("the average of points", *bands)) == []
    (one,) = of("SES214", FIVE.replace("5", "22"), LEVELS, rating("the average of points", *bands))
    assert "`101/22`" in one.message


def test_a_condition_that_fails_leaves_its_band_open() -> None:
    bands = (
        "score 4.6 to 5 with no element below level 4 is level 5",
        "score 2 to 4.59 is level 4",
        OVERRIDE,
    )
    (one,) = of("SES245", FIVE, LEVELS, rating("the average of points", *bands))
    assert one.message == (
        "a score of `4.6` lies in `4.6 to 5`, but the condition of that line does not hold "
        "and no other line takes the score; `1` of `56` sets of ratings that no override takes get no level in a plan "
        "with 5 elements"
    )
    assert one.help.startswith("a plan with 5 elements rated 5, 5, 5, 5 and 3 reaches it")
    assert marked([one]) == ["no element below level 4"]
    assert of("SES214", FIVE, LEVELS, rating("the average of points", *bands)) == []
    met = (*bands[1:], "level 4 when score is at least 4.6 and any element is below level 4", bands[0])
    assert of("SES245", FIVE, LEVELS, rating("the average of points", *met)) == []
    assert of("SES245", FIVE, LEVELS, weighted(whole=False)) == []


def test_numbers_on_a_scale_reach_every_score_between() -> None:
    scale = 'critical element "One"\n  rated on a scale of 0 to 100\n'
    text = scale + scale.replace("One", "Two")
    formula = '40% of the points of "One" + 60% of the points of "Two"'
    (one,) = of("SES214", text, LEVELS, rating(formula, "score 91 to 100 is level 5", "score 0 to 90 is level 4"))
    assert one.message.startswith("a score of `90.5`")
    halves = ("score at least 91 is level 5", "score below 91 is level 4")
    assert of("SES214", text, LEVELS, rating(formula, *halves)) == []


def test_names_within_a_formula_are_followed() -> None:
    elements = 'critical element "One"\ncritical element "Two"\n'
    rated = 'summary rating\n  "half" is 50% of the points of "One"\n'
    rated += '  score is ("half" + the points of "Two" / 2) * 1\n  score 3 to 5 is level 4\n  '
    (one,) = of("SES214", elements, LEVELS, rated + OVERRIDE)
    assert one.message.startswith("a score of `2.5` falls in no band")
    assert one.help.startswith("a plan with `One` rated 3 and `Two` rated 2 reaches it")


def test_what_cannot_be_searched_is_left_alone() -> None:
    bands = ("score 4 to 5 is level 5",)
    for formula in ("the lowest of points", "the average of points but no less than 1", "the number of elements"):
        assert of("SES214", FIVE, LEVELS, rating(formula, *bands)) == []
    no_total = rating("the sum of points times weight", *bands)
    assert of("SES214", FIVE, LEVELS, no_total) == []


def test_a_row_that_takes_everything_leaves_no_gap() -> None:
    bands = ("score 4 to 5 is level 5", "level 3 when score is less than 4")
    assert of("SES214", FIVE, LEVELS, rating("the average of points", *bands)) == []
    ordered = ("take the first line that fits", "score 4 to 5 is level 5", "level 3 otherwise")
    assert of("SES214", FIVE, LEVELS, rating("the average of points", *ordered)) == []
    named = ("score 4 to 5 is level 5", 'level 3 when "other" is less than 4')
    assert of("SES214", FIVE, LEVELS, rating("the average of points", *named)) == []
    pattern = ("score 4 to 5 is level 5", "level 3 when every element is below level 3")
    assert len(of("SES214", FIVE, LEVELS, rating("the average of points", *pattern))) > 0


def test_requirements_of_an_element_are_searched_too() -> None:
    block = 'critical element "One"\n  has exactly 3 requirements\n  requirements are rated\n'
    block += "  score is the average of points of requirements\n  score 4 to 5 is level 5\n  score 0 to 3.5 is level 3"
    (one,) = of("SES214", LEVELS, block)
    assert one.message.startswith("a score of `11/3`")
    assert one.help.startswith("a plan with 3 requirements rated")


def test_no_search_keeps_anyone_waiting() -> None:
    many = "\n".join(f'noncritical element "E{place}"' for place in range(60))
    heavy = 'weights\n  total 1000000000000\n  are whole numbers\n  none above "E1"\n'
    points = LEVELS.replace("4 points", "4.7 points").replace("3 points", "3.1 points")
    band = ("score 1.5 to 4999999999999 is level 5", "score exactly 0.5 is level 4")
    elements = "\n".join(f'critical element "E{place}"' for place in range(4))
    for text in (
        "  has at least 1000000 critical elements\n" + heavy + rating("the sum of points times weight", *band),
        many + "\n" + heavy + rating("the sum of points times weight", *band),
        elements + points + heavy + rating("the sum of points times weight", *band),
        "  has 1 to 1000000 critical elements\n" + LEVELS + rating("the average of points", "score 0 to 5 is level 5"),
    ):
        before = perf_counter()
        of("SES214", text)
        assert perf_counter() - before < 10


# ---- against plans counted out ------------------------------------------------------------------------


def _whole_plans(total: int, limits: list[tuple[int, int]], top: bool) -> list[tuple[int, ...]]:
    ranges = [range(max(low, 1), high + 1) for low, high in limits]
    plans = [plan for plan in product(*ranges) if sum(plan) == total]
    return [plan for plan in plans if not top or max(plan) == plan[0]]


@st.composite
def _weighted_systems(draw: st.DrawFn) -> tuple[str, bool, list[Fraction]]:
    """A small system, whether it overrides, and every score that its plans reach."""
    total = draw(st.integers(3, 10))
    count = draw(st.integers(1, 3))
    limits = [(draw(st.integers(0, 3)), draw(st.integers(2, 8))) for _ in range(count)]
    points = sorted(draw(st.lists(st.integers(0, 8), min_size=5, max_size=5)))
    top, override = draw(st.booleans()), draw(st.booleans())
    text = ['system "Invented"', *(f'critical element "E{place}"' for place in range(count)), "levels"]
    text += [f'  level {level} "T{level}" {points[level - 1]} points' for level in (5, 4, 3, 2, 1)]
    text += ["weights", f"  total {total}", "  are whole numbers"]
    text += [f'  "E{place}" {low} to {high}' for place, (low, high) in enumerate(limits)]
    text += ['  none above "E0"'] if top else []
    text += ["summary rating", "  score is the sum of points times weight"]
    cuts = sorted(draw(st.lists(st.integers(0, 70), min_size=2, max_size=6)))
    text += [f"  score {low} to {high} is level 3" for low, high in zip(cuts[::2], cuts[1::2], strict=False)]
    text += ["  any element at level 1 makes the rating level 1"] if override else []
    levels = range(2 if override else 1, 6)
    scores = {
        Fraction(sum(points[level - 1] * weight for level, weight in zip(profile, plan, strict=True)))
        for plan in _whole_plans(total, limits, top)
        for profile in product(levels, repeat=count)
    }
    taken = (range(low, high + 1) for low, high in zip(cuts[::2], cuts[1::2], strict=False))
    return "\n".join(text), override, list(scores - {Fraction(each) for band in taken for each in band})


def _gaps(text: str) -> list[Gap]:
    system = system_of(text)
    return [gap for derivation in derivations(system) for gap in gaps(system, derivation)]


@settings(max_examples=at_depth(30, 120))
@given(_weighted_systems())
def test_gaps_of_weighted_sums_are_those_that_counting_finds(case: tuple[str, bool, list[Fraction]]) -> None:
    text, _, open_scores = case
    found = _gaps(text)
    assert {gap.score for gap in found} <= set(open_scores)
    assert all(any(gap.scores.holds(score) for gap in found) for score in open_scores)


ROUNDINGS = st.sampled_from(["", *(f" rounded {tie} to 1 decimal" for tie in ("half up", "half down", "up", "down"))])
TIES = {
    "half up": lambda tenths: floor(tenths + Fraction(1, 2)),
    "half down": lambda tenths: ceil(tenths - Fraction(1, 2)),
    "up": ceil,
    "down": floor,
}


def _as_rounded(value: Fraction, words: str) -> Fraction:
    tie = words.removeprefix(" rounded ").removesuffix(" to 1 decimal")
    return Fraction(TIES[tie](value * 10), 10) if words else value


@settings(max_examples=at_depth(25, 100))
@given(
    st.integers(1, 4),
    ROUNDINGS,
    st.lists(st.integers(0, 60).map(lambda tenths: Fraction(tenths, 10)), min_size=4, max_size=4),
    st.integers(2, 5),
)
def test_gaps_of_averages_are_those_that_counting_finds(
    most: int, words: str, cuts: list[Fraction], floor_level: int
) -> None:
    first, second, third, fourth = sorted(cuts)
    text = f'system "Invented"\n  has 1 to {most} critical elements\nsummary rating\n'
    text += f"  score is the average of points{words}\n"
    text += f"  score at least {float(third)} and below {float(fourth)} is level 4\n"
    text += f"  score {float(first)} to {float(second)} with no element below level {floor_level} is level 5\n"
    open_scores = set()
    for count in range(1, most + 1):
        for levels in product(range(1, 6), repeat=count):
            score = _as_rounded(Fraction(sum(levels), count), words)
            held = min(levels) >= floor_level and first <= score <= second
            if not held and not third <= score < fourth:
                open_scores.add(score)
    found = _gaps(text)
    assert {gap.score for gap in found} <= open_scores
    assert all(any(gap.scores.holds(score) for gap in found) for score in open_scores)


# ---- other faults of lines --------------------------------------------------------------------------------


def test_the_order_of_lines_names_the_other_scores_that_it_decides() -> None:
    lines = [f"score {low} to {low + 1} is level {low}" for low in range(1, 6)]
    found = of("SES215", rating("the average of points", *lines))
    assert len(found) == 4
    assert found[0].fixes[-1].title == (
        "add `take the first line that fits`, so that `2` is level 1, "
        "and every other score that two lines take is decided by the first of them: `3`, `4`, `5`"
    )
    six = rating("the average of points", *lines, "score 6 to 7 is level 5", "score 7 to 8 is level 5")
    assert of("SES215", six)[0].fixes[-1].title.endswith("by the first of them: `3`, `4`, `5` and 2 more")


def test_bands_that_share_a_score() -> None:
    lines = ("score 4 to 5 is level 5", "score 3 to 4 is level 4")
    (one,) = of("SES215", rating("the average of points", *lines))
    assert one.message == "a score of `4` lies in two bands, `4 to 5` and `3 to 4`"
    assert of("SES215", rating("the average of points", "take the first line that fits", *lines)) == []
    half_open = ("score at least 4 is level 5", "score at least 3 and below 4 is level 4")
    assert "so that `4` is level 5, and every other score that two lines take is decided" in one.fixes[-1].title
    assert of("SES215", rating("the average of points", *half_open)) == []
    floored = ("score 4 to 5 with no element below level 3 is level 5", "score 3 to 4 is level 4")
    assert of("SES215", rating("the average of points", *floored)) == []


def test_a_band_upside_down() -> None:
    (one,) = of("SES217", rating("the average of points", "score 474 to 400 is level 4"))
    assert one.span.text == "474 to 400"
    assert one.fixes[0].replacement == "400 to 474"
    (row,) = of("SES217", 'table "Pay"\n  at least 5 and below 5 gives "A"')
    assert row.fixes == ()
    assert of("SES217", rating("the average of points", "score 4 to 4 is level 4")) == []


def test_a_level_no_line_gives() -> None:
    bands = ("score 4 to 5 is level 5", "score 0 to 3.9 is level 4", OVERRIDE)
    found = of("SES218", LEVELS, rating("the average of points", *bands))
    assert marked(found) == ["level 3", "level 2"]
    assert found[0].message == "no line of the summary rating gives level 3, `Fully Successful`"
    assert of("SES218", LEVELS, weighted(OVERRIDE)) == []


def test_a_line_that_is_never_read() -> None:
    ordered = ("take the first line that fits", "level 3 otherwise", "score 4 to 5 is level 5")
    (one,) = of("SES220", rating("the average of points", *ordered))
    assert one.span.text == "score 4 to 5 is level 5"
    hidden = ("take the first line that fits", "score 3 to 5 is level 3", "score 4 to 5 is level 5")
    assert marked(of("SES220", rating("the average of points", *hidden))) == ["score 4 to 5 is level 5"]
    floored = ("take the first line that fits", "score 3 to 5 with no element below level 3 is level 3", hidden[2])
    assert of("SES220", rating("the average of points", *floored)) == []
    rows = ("take the first line that fits", "level 4 when no element is below level 3")
    more = "level 5 when no element is below level 3 and score is at least 4"
    assert len(of("SES220", rating("the average of points", *rows, more))) == 1
    assert of("SES220", rating("the average of points", rows[0], more, rows[1])) == []


def test_a_score_without_lines() -> None:
    (one,) = of("SES221", rating("the average of points"))
    assert one.span.text == "score is the average of points"
    assert of("SES221", weighted()) == []


def test_two_overrides_on_one_condition() -> None:
    twice = ("any element at level 1 makes the rating level 1", "any element at level 1 makes the rating level 2")
    (one,) = of("SES222", rating("the average of points", *twice))
    assert one.message == "one condition makes the rating level 1 and level 2; the lower one holds"
    other = twice[1].replace("at level 1", "below level 3")
    assert of("SES222", rating("the average of points", twice[0], other)) == []


def test_a_table_by_level_that_leaves_one_out() -> None:
    table = 'table "Credit"\n  level 5 gives 20\n  level 4 gives 16\n  level 3 gives 12\n  level 2 gives 4'
    used = rating("the average of points", '"credit" is the "Credit" for level', 'also report "credit"')
    (one,) = of("SES227", LEVELS, table, used)
    assert one.message == "the table `Credit` has no row for level 1"
    assert of("SES227", LEVELS, table + "\n  otherwise gives 0", used) == []
    assert of("SES227", LEVELS, table) == []


def test_two_rows_of_a_table_for_one_key() -> None:
    (one,) = of("SES228", 'table "Pay"\n  400 to 500 gives "A"\n  300 to 400 gives "B"')
    assert one.span.text == "300 to 400"
    assert of("SES228", 'table "Pay"\n  400 to 500 gives "A"\n  300 to 399 gives "B"') == []
    assert of("SES228", 'table "Pay"\n  400 to 500 gives "A"\n  300 to 400 gives "A"') == []


def test_a_table_reads_a_level_by_its_number_too() -> None:
    used = 'summary rating\n  "pay" is the "Pay" for level'
    by_number = 'table "Pay"\n  level 5 gives 3\n  exactly 4 gives 2\n  2.5 to 3.5 gives 1\n  below 2.5 gives 0'
    assert of("SES227", LEVELS, by_number, used) == []
    (one,) = of("SES227", LEVELS, by_number.replace("  exactly 4 gives 2\n", ""), used)
    assert "has no row for level 4" in one.message
    (two,) = of("SES228", by_number + "\n  level 2 gives 1")
    assert two.message.startswith("two rows of the table `Pay` share a key, `below 2.5` and `level 2`")
    assert of("SES228", by_number + "\n  level 2 gives 0") == []


_ENDS = st.one_of(st.none(), st.integers(0, 6).map(Fraction))
_INTERVALS = st.builds(Interval, _ENDS, st.booleans(), _ENDS, st.booleans()).map(
    lambda each: Interval(
        each.low, each.low_in and each.low is not None, each.high, each.high_in and each.high is not None
    )
)


@given(st.lists(_INTERVALS, max_size=6))
def test_what_is_uncovered_is_what_no_interval_holds(covering: list[Interval]) -> None:
    left = uncovered(covering)
    for number in (Fraction(half, 4) for half in range(-4, 32)):
        assert any(each.holds(number) for each in left) is not any(each.holds(number) for each in covering)
    ends = [(each.low, each.high) for each in left]
    assert ends == sorted(ends, key=lambda each: each[0] if each[0] is not None else Fraction(-1))
