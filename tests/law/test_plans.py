"""The order *plans* agrees with trying every plan of whole weights."""

from __future__ import annotations

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from law.holding import satisfies

TOTAL = 9
NAMES = ("One", "Two", "Three")
ELEMENTS = "".join(f'critical element "{name}"\n' for name in NAMES)
LIMITS = st.one_of(
    st.integers(0, 6).map("at least {}".format),
    st.integers(1, 9).map("at most {}".format),
    st.integers(1, 6).map("exactly {}".format),
)
LINES = st.one_of(
    st.builds('"{}" {}'.format, st.sampled_from(NAMES), LIMITS),
    LIMITS.map("all {}".format),
    st.sampled_from([f'none above "{name}"' for name in NAMES]),
)


def keeps_to(line: str, weights: dict[str, int]) -> bool:
    """Whether a plan keeps to a line, by reading its words."""
    if line.startswith("none above"):
        return max(weights.values()) <= weights[line.split('"')[1]]
    subject, _, limit = line.partition('" ' if line.startswith('"') else " ")
    names = [subject.strip('"')] if line.startswith('"') else list(weights)
    word, number = limit.rsplit(" ", 1)
    tests = {"at least": int.__ge__, "at most": int.__le__, "exactly": int.__eq__}
    return all(tests[word](weights[name], int(number)) for name in names)


@given(st.lists(LINES, max_size=3, unique=True), LINES)
def test_inclusion_is_decided_exactly_for_whole_weights(lines: list[str], asked: str) -> None:
    if len({line.split(" at ")[0].split(" exactly")[0] for line in lines}) < len(lines):
        return  # two limits of one element may not stand together
    plans = [
        dict(zip(NAMES, weights, strict=True))
        for weights in product(range(1, TOTAL), repeat=len(NAMES))
        if sum(weights) == TOTAL
    ]
    legal = [plan for plan in plans if all(keeps_to(line, plan) for line in lines)]
    expected = bool(legal) and all(keeps_to(asked, plan) for plan in legal)
    said = (f"total {TOTAL}", "are whole numbers", *lines)
    assert satisfies("weights", said, asked, ELEMENTS) is expected, (lines, asked)


@given(st.lists(LINES, max_size=3, unique=True), LINES)
def test_what_holds_of_all_weights_holds_of_the_whole_ones(lines: list[str], asked: str) -> None:
    if len({line.split(" at ")[0].split(" exactly")[0] for line in lines}) < len(lines):
        return
    free = satisfies("weights", (f"total {TOTAL}", *lines), asked, ELEMENTS)
    whole = satisfies("weights", (f"total {TOTAL}", "are whole numbers", *lines), asked, ELEMENTS)
    if free and whole is False:
        legal = any(
            sum(weights) == TOTAL and all(keeps_to(line, dict(zip(NAMES, weights, strict=True))) for line in lines)
            for weights in product(range(1, TOTAL), repeat=len(NAMES))
        )
        assert not legal, (lines, asked)


@pytest.mark.parametrize(
    ("said", "asked", "holds"),
    [
        (("total 100", '"One" at least 20', "all others at least 5"), "all at least 5", True),
        (("total 100", '"One" at least 20', "all others at least 4"), "all at least 5", False),
        (("total 100", "all at least 30"), "all at most 40", True),
        (("total 100", "all at least 30"), "all at most 39", False),
        (("total 100", 'none above "One"'), '"One" at least 33', True),
        (("total 100", 'none above "One"'), '"One" at least 34', False),
        (("total 100", "are whole numbers", 'none above "One"'), '"One" at least 34', True),
        (("total 100", '"One" at least 50'), 'none above "One"', True),
        (("total 100", '"One" at least 49'), 'none above "One"', False),
        (("total 100", 'none above "Two"', '"One" at least 34'), 'none above "One"', False),
        (("total 90", "all exactly 30"), "are whole numbers", True),
        (("total 91", "all at least 30"), "are whole numbers", False),
        (("total 90",), "total 100", False),
        (("total 100",), '"Four" at least 10', False),
    ],
)
def test_plans_that_are_known(said: tuple[str, ...], asked: str, holds: bool) -> None:
    assert satisfies("weights", said, asked, ELEMENTS) is holds


def test_without_a_total_the_plans_are_not_compared() -> None:
    assert satisfies("weights", ("all at least 30",), "all at least 5", ELEMENTS) is None


def test_any_number_of_elements_is_not_decided_where_it_holds() -> None:
    said = ("total 100", "all at least 5")
    assert satisfies("weights", said, "all at least 5", "") in (True, None)
    assert satisfies("weights", said, "all at least 6", "") is False
