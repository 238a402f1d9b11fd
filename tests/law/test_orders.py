"""Each order is a partial order on the sentences of its families, and being stricter never loses what was met."""

from __future__ import annotations

from itertools import permutations, product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from law.holding import satisfies

NUMBERS = st.integers(1, 6)
LIMITS = st.one_of(
    st.builds("at least {}".format, NUMBERS),
    st.builds("at most {}".format, NUMBERS),
    st.builds("exactly {}".format, NUMBERS),
    st.builds(lambda low, more: f"{low} to {low + more}", NUMBERS, st.integers(0, 3)),
)
UNITS = st.sampled_from(["days", "months", "years"])
EVENTS = st.sampled_from(["guidelines", "initial rating", "board recommendation", "period end"])


def _subset(words: list[str]) -> st.SearchStrategy[str]:
    chosen = st.lists(st.sampled_from(words), min_size=1, max_size=len(words), unique=True)
    return chosen.map(lambda some: " and ".join([", ".join(some[:-1]), some[-1]] if len(some) > 1 else some))


def _either(words: list[str]) -> st.SearchStrategy[str]:
    chosen = st.lists(st.sampled_from(words), min_size=1, max_size=len(words), unique=True)
    joiners = st.sampled_from([" and ", " or "])
    return st.builds(
        lambda some, joiner: joiner.join([", ".join(some[:-1]), some[-1]] if len(some) > 1 else some), chosen, joiners
    )


TIMINGS = st.one_of(
    st.builds("after {}".format, EVENTS),
    st.builds("before {}".format, EVENTS),
    st.builds("by {}".format, EVENTS),
    st.builds("at least {} days after {}".format, NUMBERS, EVENTS),
    st.builds("at least {} days before {}".format, NUMBERS, EVENTS),
    st.builds("within {} days after {}".format, NUMBERS, EVENTS),
    st.builds("with at least {} days after {}".format, NUMBERS, EVENTS),
)
WHEN = st.builds(
    "{}{}".format,
    st.sampled_from(["level 1", "level 2", "below level 2", "below level 3"]),
    st.sampled_from(["", " twice in 3 years", " twice in 5 years"]),
)

FAMILIES: dict[str, tuple[str, st.SearchStrategy[str]]] = {
    "number": ("performance review board", LIMITS.map("has {} members".format)),
    "number in units": ("appraisal period", st.builds("lasts {} {}".format, LIMITS, UNITS)),
    "number of times": (
        "progress review",
        st.builds(
            "happens {} times {}".format, LIMITS, st.sampled_from(["each period", "every 2 years", "every 3 years"])
        ),
    ),
    "number, longer is stricter": (
        "appraisal period",
        st.builds("has no career rating within {} {} after a new President".format, NUMBERS, UNITS),
    ),
    "number of a cap": (
        "distribution",
        st.builds(
            "{} of career executives {}".format,
            st.sampled_from(["at most 30%", "at most 20%", "at least 10%", "10% to 20%", "at most 20"]),
            st.sampled_from(["at level 4 or better", "at level 5", "at level 3 or better", "below level 3"]),
        ),
    ),
    "threshold": (
        "job changes",
        st.builds(
            "details{} are appraised in writing".format,
            st.sampled_from(["", *(f" from {n} days" for n in (30, 90, 120))]),
        ),
    ),
    "moment": ("rating steps", TIMINGS.map("annual rating by appointing authority {}".format)),
    "moment of publication": ("performance review board", TIMINGS.map("publishes appointments {}".format)),
    "moment of a copy": ("records", TIMINGS.map("are given to executive {}".format)),
    "duty list": ("evaluation", _subset(["effectiveness", "compliance"]).map("covers {}".format)),
    "duty list of factors": (
        "appraisal",
        _subset(["results", "quality", "guidelines", "timeliness"]).map("considers {}".format),
    ),
    "duty list of what a level bars": (
        "uses of results",
        st.builds("{} bars {}".format, WHEN, _subset(["performance award", "pay increase"])),
    ),
    "option list": (
        "uses of results",
        st.builds("{} requires {}".format, WHEN, _either(["reassignment", "transfer", "removal"])),
    ),
    "option list of executives": (
        "awards and pay",
        _subset(["career", "noncareer", "limited term"]).map("performance award is for {} executives only".format),
    ),
    "same": (
        "performance review board",
        st.sampled_from(
            [
                "is appointed by agency head",
                "is appointed by oversight official",
                "is appointed by appointing authority",
            ]
        ),
    ),
    "present": ("system", st.sampled_from(['purpose "One."', 'purpose "Another."'])),
    "number of a reward": (
        "awards and pay",
        st.builds(
            "performance award is {} of basic pay{}".format,
            st.sampled_from(["5% to 20%", "5% to 10%", "at most 20%", "exactly 7%"]),
            st.sampled_from(["", " at level 3 or better", " at level 5"]),
        ),
    ),
}


@pytest.mark.parametrize("name", FAMILIES)
def test_it_is_reflexive_and_transitive(name: str) -> None:
    part, lines = FAMILIES[name]

    @given(lines, lines, lines)
    def holds(one: str, two: str, three: str) -> None:
        assert satisfies(part, (one,), one), one
        for first, second, third in permutations((one, two, three)):
            if satisfies(part, (first,), second) and satisfies(part, (second,), third):
                # So strengthening a system from `second` to `first` never turns `third` from met to not met.
                assert satisfies(part, (first,), third), (first, second, third)

    holds()


@pytest.mark.parametrize(
    "name", ["number", "number in units", "moment", "threshold", "same", "option list of executives"]
)
def test_it_is_antisymmetric_up_to_saying_the_same(name: str) -> None:
    part, lines = FAMILIES[name]

    @given(lines, lines, lines)
    def holds(one: str, two: str, asked: str) -> None:
        if satisfies(part, (one,), two) and satisfies(part, (two,), one):
            assert satisfies(part, (one,), asked) == satisfies(part, (two,), asked)

    holds()


@given(LIMITS, LIMITS)
def test_number_means_that_no_number_is_let_in(said: str, asked: str) -> None:
    def allowed(limit: str) -> set[int]:
        words = limit.split()
        low, high = {
            "at": (int(words[-1]), 99) if words[1] == "least" else (0, int(words[-1])),
            "exactly": (int(words[-1]), int(words[-1])),
        }.get(words[0], (int(words[0]) if words[0].isdigit() else 0, int(words[-1])))
        return set(range(low, high + 1))

    found = satisfies("performance review board", (f"has {said} members",), f"has {asked} members")
    assert found == (allowed(said) <= allowed(asked))


@given(st.lists(TIMINGS, min_size=1, max_size=3, unique=True), TIMINGS)
def test_moments_that_satisfy_lie_where_they_are_asked(said: list[str], asked: str) -> None:
    """Soundness, by trying the days of all events: what satisfies allows no day that is not asked for."""
    line = "annual rating by appointing authority " + " and ".join(said)
    if (
        not satisfies("rating steps", (line,), f"annual rating by appointing authority {asked}")
        or "with" in asked.split()
    ):
        return
    events = ["guidelines", "initial rating", "board recommendation", "period end"]
    for days in product(range(0, 9, 2), repeat=len(events)):
        at = dict(zip(events, days, strict=True))
        for rated in range(-7, 16):
            if all(_kept(timing, rated, at) for timing in said):
                assert _kept(asked, rated, at), (said, asked, rated, at)


def _kept(timing: str, day: int, events: dict[str, int]) -> bool:
    """Whether a day keeps to a timing; `after` on the same day is told by the order of steps alone."""
    event = next(each for each in events if timing.endswith(each))
    at = events[event]
    number = next((int(word) for word in timing.split() if word.isdigit()), 0)
    if timing.startswith(("after", "with ")):
        return day >= at
    if timing.startswith(("before", "by")):
        return day <= at
    if timing.startswith("within"):
        return at <= day <= at + number
    return day >= at + number if " after " in timing else day <= at - number


@pytest.mark.parametrize(
    ("part", "said", "asked", "holds"),
    [
        ("appraisal period", "lasts at least 120 days", "lasts at least 90 days", True),
        ("appraisal period", "lasts at least 60 days", "lasts at least 90 days", False),
        # Four months have at least 120 days, three at least 89; one month has at most 31.
        ("appraisal period", "lasts at least 4 months", "lasts at least 90 days", True),
        ("appraisal period", "lasts at least 3 months", "lasts at least 90 days", False),
        ("appraisal period", "lasts at least 31 days", "lasts at least 1 month", True),
        ("appraisal period", "lasts at least 30 days", "lasts at least 1 month", False),
        ("appraisal period", "lasts at most 1 month", "lasts at most 31 days", True),
        ("appraisal period", "lasts at most 1 month", "lasts at most 30 days", False),
        ("appraisal period", "lasts at least 1 year", "lasts at least 11 months", True),
        ("progress review", "happens at least 2 times every 2 years", "happens at least 1 time each year", False),
        ("progress review", "happens at least 1 time each year", "happens at least 1 time every 2 years", True),
        (
            "job changes",
            "details from 90 days are appraised in writing",
            "details from 120 days are appraised in writing",
            True,
        ),
        (
            "job changes",
            "details from 120 days are appraised in writing",
            "details from 90 days are appraised in writing",
            False,
        ),
        ("uses of results", "level 1 requires removal", "level 1 requires reassignment, transfer or removal", True),
        ("uses of results", "level 1 requires transfer or removal", "level 1 requires removal", False),
        ("uses of results", "below level 3 requires removal", "level 2 requires removal", True),
        ("uses of results", "level 2 requires removal", "below level 3 requires removal", False),
        ("uses of results", "level 1 requires removal", "level 1 twice in 5 years requires removal", True),
        (
            "uses of results",
            "level 1 twice in 3 years requires removal",
            "level 1 twice in 5 years requires removal",
            False,
        ),
        ("rating steps", "initial rating by rating official", "initial rating by any official", True),
        ("rating steps", "initial rating by board", "initial rating by rating official", False),
        ("appraisal period", "runs January 1 to December 31", "runs any day to any day", True),
        (
            "levels",
            'level 5 "Best" 5.0 points equivalent to outstanding',
            "level 5 any name 5 points equivalent to outstanding",
            True,
        ),
        (
            "levels",
            'level 5 "Best" 4 points equivalent to outstanding',
            "level 5 any name 5 points equivalent to outstanding",
            False,
        ),
        ("summary rating", "unrated elements count as level 3", "unrated elements count as any level", True),
        ("system", "approved by OPM 2026-08-20", "approved by OPM any date", True),
        ("system", 'purpose "Ours."', "purpose any wording", True),
    ],
)
def test_what_the_orders_say(part: str, said: str, asked: str, holds: bool) -> None:
    assert satisfies(part, (said,), asked) is holds


def test_two_ratings_at_different_levels_need_a_sentence_about_both() -> None:
    apart = ("level 1 twice in 3 years requires removal", "level 2 twice in 3 years requires removal")
    asked = "below level 3 twice in 3 years requires removal"
    assert satisfies("uses of results", apart, asked) is False
    assert satisfies("uses of results", ("level 1 requires removal", "level 2 requires removal"), asked) is True


def test_lists_are_taken_over_all_lines() -> None:
    lines = ("considers results and quality", "considers timeliness")
    assert satisfies("appraisal", lines, "considers timeliness and results")
    assert satisfies("appraisal", lines, "considers timeliness and guidelines") is False


def test_the_order_of_steps_is_the_one_the_system_states() -> None:
    review = "higher-level review by higher-level official on request before board recommendation"
    asked = "higher-level review by higher-level official on request before annual rating"
    after = "annual rating by appointing authority after board recommendation"
    assert satisfies("rating steps", (review,), asked) is False
    assert satisfies("rating steps", (review, after), asked) is True
    assert satisfies("rating steps", (review, "board recommendation by board before annual rating"), asked) is True


def test_a_table_by_level_gives_the_size_of_an_award() -> None:
    table = 'table "Award"\n  level 5 gives 15%\n  level 4 gives 10%\n  level 3 gives {}\n  otherwise gives 0%\n'
    said = ('performance award is the "Award" for level', "performance award needs level 3 or better")
    asked = "performance award is 5% to 20% of basic pay"
    assert satisfies("awards and pay", said, asked, table.format("5%")) is True
    assert satisfies("awards and pay", said, asked, table.format("2%")) is False
    assert satisfies("awards and pay", said[:1], asked, table.format("5%")) is False
