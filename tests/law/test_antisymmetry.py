"""Two sentences that satisfy each other ask the same: antisymmetry of the ten orders.

An order on wordings can only be antisymmetric up to what the wordings mean. For each order the meaning is written
down here in full, apart from how the order is decided: the numbers allowed, the set listed, the distances implied,
the plans admitted, the levels given. Two wordings satisfy each other if and only if they have one meaning. The order
*present* asks for nothing but that something is said of the same thing, so that is all its meaning.
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from itertools import product

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from law.holding import satisfies
from law.test_plans import ELEMENTS, LINES, NAMES, TOTAL, keeps_to
from nights import at_depth
from sespms_rules.language.syntax.limits import (
    AtLeast,
    AtMost,
    Between,
    EachPeriod,
    EachYear,
    EveryYears,
    Exactly,
    Frequency,
    Limit,
    is_percent,
    limit_ends,
)
from sespms_rules.language.syntax.nodes import AnyName, AnyWording, Node, Number, Percent, Prose, Quoted
from sespms_rules.language.syntax.words import Role, Unit
from sespms_rules.law.orders import (
    Ends,
    at_least_as_long,
    duty_list,
    frequency,
    number,
    number_of_units,
    option_list,
    same,
    threshold,
)

NUMBERS = st.integers(0, 4).map(lambda each: Number(Fraction(each)))
SOME = settings(max_examples=max(at_depth(10, 30), settings().max_examples // 5))


def _has_room(limit: Between) -> bool:
    low, high = limit_ends(limit)
    return low is not None and high is not None and low <= high


def limits(amounts: st.SearchStrategy[Number] | st.SearchStrategy[Percent]) -> st.SearchStrategy[Limit]:
    return st.one_of(
        st.builds(AtLeast, amounts),
        st.builds(AtMost, amounts),
        st.builds(Exactly, amounts),
        st.builds(Between, amounts, amounts).filter(_has_room),
    )


LIMITS = limits(NUMBERS)
LENGTHS = st.tuples(NUMBERS.map(lambda each: each.value), st.sampled_from(Unit))
LISTS = st.lists(st.sampled_from("abcd"), min_size=1, max_size=6)


def each_other(one: object, two: object, satisfied: Callable[..., bool]) -> bool:
    return satisfied(one, two) and satisfied(two, one)


def in_units(number: Fraction | None, unit: Unit) -> Fraction | None:
    """A length in days, or in months; a year has twelve."""
    return number and number * (12 if unit is Unit.YEAR else 1)


# ---- number, threshold, time given -----------------------------------------------------------------


@given(*(2 * [limits(NUMBERS) | limits(NUMBERS.map(Percent))]))
def test_number_means_its_two_ends(one: Limit, two: Limit) -> None:
    def meaning(limit: Limit) -> tuple[bool, Ends]:
        return is_percent(limit), limit_ends(limit)

    assert each_other(one, two, number) == (meaning(one) == meaning(two))


@given(*(2 * [st.tuples(LIMITS, st.sampled_from(Unit))]))
def test_number_of_units_means_its_ends_in_days_or_in_months(one: tuple[Limit, Unit], two: tuple[Limit, Unit]) -> None:
    def meaning(limit: Limit, unit: Unit) -> list[tuple[bool, Fraction | None]]:
        # No days are no months; any other number of days is no number of months.
        return [(unit is Unit.DAY and bool(end), in_units(end, unit)) for end in limit_ends(limit)]

    assert each_other(one, two, number_of_units) == (meaning(*one) == meaning(*two))


FREQUENCIES: st.SearchStrategy[Frequency] = st.one_of(
    st.builds(EachPeriod, LIMITS),
    st.builds(EachYear, LIMITS),
    st.builds(EveryYears, LIMITS, NUMBERS.filter(lambda each: each.value > 0)),
)


@given(FREQUENCIES, FREQUENCIES)
def test_how_often_means_its_ends_in_a_run_of_years(one: Frequency, two: Frequency) -> None:
    """A period is a year. What asks for nothing, or forbids it, says so of runs of any length."""

    def meaning(each: Frequency) -> object:
        ends = limit_ends(each.limit)
        years = each.years.value if isinstance(each, EveryYears) else 1
        return ends if all(not end for end in ends) else (ends, years)

    assert each_other(one, two, frequency) == (meaning(one) == meaning(two))


@given(LENGTHS, LENGTHS)
def test_time_given_means_a_length(one: tuple[Fraction, Unit], two: tuple[Fraction, Unit]) -> None:
    def meaning(number: Fraction, unit: Unit) -> object:
        return (unit is Unit.DAY, in_units(number, unit)) if number else 0

    assert each_other(one, two, at_least_as_long) == (meaning(*one) == meaning(*two))


@given(st.none() | LENGTHS, st.none() | LENGTHS)
def test_threshold_means_a_length_or_none(one: tuple[Fraction, Unit] | None, two: tuple[Fraction, Unit] | None) -> None:
    def meaning(length: tuple[Fraction, Unit] | None) -> object:
        return length and ((length[1] is Unit.DAY, in_units(*length)) if length[0] else 0)

    assert each_other(one, two, threshold) == (meaning(one) == meaning(two))


# ---- lists, same, present --------------------------------------------------------------------------


@given(LISTS, LISTS)
def test_lists_mean_the_set_of_what_they_name(one: list[str], two: list[str]) -> None:
    for order in (duty_list, option_list):
        assert each_other(one, two, order) == (set(one) == set(two))


WORDINGS = st.sampled_from(["One", "Two", "One  Two", "One Two"])
PARTS: st.SearchStrategy[object] = st.one_of(
    WORDINGS.map(Quoted),
    WORDINGS.map(Prose),
    st.just(AnyWording()),
    st.just(AnyName()),
    st.sampled_from([Role.BOARD, Role.ANY_OFFICIAL]),
    st.sampled_from(["5", "5.0"]).map(lambda text: Number(Fraction(text), text)),
)


@given(st.tuples(PARTS, PARTS), st.tuples(PARTS, PARTS))
def test_same_means_the_words_and_the_numbers(one: tuple[object, ...], two: tuple[object, ...]) -> None:
    """A hole means itself: a word fills it, and it does not fill the place of a word."""

    def meaning(part: object) -> object:
        if isinstance(part, Quoted | Prose):
            return part.text.split()
        return type(part) if isinstance(part, Node) and not isinstance(part, Number) else part

    assert each_other(one, two, same) == ([*map(meaning, one)] == [*map(meaning, two)])


@given(st.sampled_from([5, 4]), st.sampled_from([5, 4]), WORDINGS, WORDINGS)
def test_present_means_what_it_is_about(one: int, two: int, said: str, other: str) -> None:
    first, second = f'level {one} means "{said}"', f'level {two} means "{other}"'
    found = satisfies("standards", (first,), second) is True and satisfies("standards", (second,), first) is True
    assert found == (one == two)


# ---- moment ----------------------------------------------------------------------------------------

_DAYS = range(4)
_EVENTS = ("guidelines", "initial rating")
MOMENTS = st.builds(
    str.format,
    st.sampled_from(["after {0}", "before {0}", "by {0}", "at least {1} days after {0}", "at least {1} days before {0}",
                     "within {1} days after {0}"]),
    st.sampled_from(_EVENTS),
    st.integers(1, 3),
)  # fmt: skip


def _allowed(timing: str) -> frozenset[tuple[int, ...]]:
    """Where a rating may lie: the days of two events and its own; `after` on the same day goes by the order of steps.

    Half a day stands for that order: a rating behind an event of the same day lies half a day behind it.
    """
    event = next(each for each in _EVENTS if timing.endswith(each))
    number = next((int(word) for word in timing.split() if word.isdigit()), 0)
    found = set()
    for days in product(_DAYS, repeat=len(_EVENTS)):
        at = 2 * days[_EVENTS.index(event)]
        for rated in range(-8, 16):
            word = timing.split()[0]
            kept = {
                "after": rated > at,
                "before": rated < at,
                "by": rated <= at,
                "within": at < rated <= at + 2 * number,
                "at": rated >= at + 2 * number if "after" in timing else rated <= at - 2 * number,
            }[word]
            if kept:
                found.add((*days, rated))
    return frozenset(found)


@SOME
@given(MOMENTS, MOMENTS)
def test_moment_means_the_moments_that_are_allowed(one: str, two: str) -> None:
    first, second = (f"annual rating by appointing authority {timing}" for timing in (one, two))
    found = satisfies("rating steps", (first,), second) is True and satisfies("rating steps", (second,), first) is True
    assert found == (_allowed(one) == _allowed(two)), (one, two)


# ---- plans, function -------------------------------------------------------------------------------

BLOCKS = st.lists(LINES, min_size=1, max_size=2, unique=True)


def _admitted(lines: list[str]) -> frozenset[tuple[int, ...]]:
    plans = (each for each in product(range(1, TOTAL), repeat=len(NAMES)) if sum(each) == TOTAL)
    return frozenset(
        plan for plan in plans if all(keeps_to(line, dict(zip(NAMES, plan, strict=True))) for line in lines)
    )


@SOME
@given(BLOCKS, BLOCKS)
def test_plans_mean_the_plans_that_are_admitted(one: list[str], two: list[str]) -> None:
    for lines in (one, two):
        subjects = [line.split(" at ")[0].split(" exactly")[0] for line in lines]
        assume(len(set(subjects)) == len(subjects) and bool(_admitted(lines)))

    def satisfied(said: list[str], asked: list[str]) -> bool:
        whole = (f"total {TOTAL}", "are whole numbers", *said)
        return all(satisfies("weights", whole, line, ELEMENTS) is True for line in asked)

    assert each_other(one, two, satisfied) == (_admitted(one) == _admitted(two))


CUTS = st.lists(st.sampled_from([f"{whole}.{tenth}" for whole in (1, 2, 3, 4) for tenth in (0, 4, 5)]),
                min_size=4, max_size=4, unique=True)  # fmt: skip
TWO = 'critical element "One"\n\ncritical element "Two"\n'


def _bands(cuts: list[str]) -> tuple[str, ...]:
    lowest, low, high, highest = sorted(cuts)
    return (
        "score is the average of points",
        f"score at least {highest} is level 5",
        f"score at least {high} and below {highest} is level 4",
        f"score at least {low} and below {high} is level 3",
        f"score at least {lowest} and below {low} is level 2",
        f"score below {lowest} is level 1",
    )


def _levels(cuts: list[str]) -> list[int]:
    """The level of every appraisal of two elements."""
    scores = (Fraction(one + two, 2) for one, two in product(range(1, 6), repeat=2))
    return [1 + sum(score >= Fraction(cut) for cut in cuts) for score in scores]


@SOME
@given(CUTS, CUTS)
def test_function_means_the_level_of_every_appraisal(one: list[str], two: list[str]) -> None:
    """What is not decided counts as not satisfied; it is never said to differ where every level is the same."""

    def answers(said: list[str], asked: list[str]) -> list[bool | None]:
        return [satisfies("summary rating", _bands(said), line, TWO) for line in _bands(asked)]

    def satisfied(said: list[str], asked: list[str]) -> bool:
        return all(each is True for each in answers(said, asked))

    assert satisfied(one, one)
    assert satisfied(two, two)
    if each_other(one, two, satisfied):
        assert _levels(one) == _levels(two)
    if _levels(one) == _levels(two):
        assert False not in (*answers(one, two), *answers(two, one))
