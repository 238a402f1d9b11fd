"""Patterns that are made ready late find what they would find at once."""

from __future__ import annotations

import copy
import pickle
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nights import at_depth
from sespms_rules.checks.ses313_text_takes_back import _TAKES_BACK
from sespms_rules.foundation.patterns import AnyOf, late
from sespms_rules.law.hidden_distribution import _SUSPECT

LISTS = {"takes back": _TAKES_BACK, "distribution": _SUSPECT}
EACH = [(name, pattern) for name, several in LISTS.items() for pattern in several.patterns]


@pytest.mark.parametrize(("name", "pattern"), EACH)
def test_what_a_pattern_is_found_in_holds_its_letters(name: str, pattern: str) -> None:
    several = LISTS[name]

    @settings(max_examples=8, deadline=None, database=None)
    @given(st.from_regex(re.compile(pattern, re.IGNORECASE)))
    def holds(text: str) -> None:
        assert several.search(text) is not None

    holds()


WORDS = st.sampled_from(
    [
        *(
            "the",
            "board",
            "no more than",
            "a third",
            "one",
            "of",
            "ranks",
            "may be",
            "waived",
            "is",
            "guidance",
            "only",
        ),
        *(
            "10 %",
            "number of",
            "executives",
            "see",
            "fit",
            "fİt",
            "ſee fıt",
            "QUOTA",
            "notwithstanding",
            "this",
            "quartıle",
        ),
    ]
)


@settings(max_examples=at_depth(40, 150), deadline=None)
@given(st.lists(WORDS | st.text(max_size=4), max_size=9).map(" ".join), st.sampled_from(sorted(LISTS)))
def test_several_patterns_find_what_all_of_them_find_at_once(text: str, name: str) -> None:
    several = LISTS[name]
    at_once = re.compile("|".join(several.patterns), re.IGNORECASE).search(text)
    found = several.search(text)
    assert (found and found.span()) == (at_once and at_once.span())


def test_letters_that_a_pattern_takes_for_others_count() -> None:
    assert AnyOf({"fits": ("fits",)}).search("it fıtſ") is not None
    assert AnyOf({"fits": ("fits",)}).search("it FITS") is not None
    assert AnyOf({"fits": ("fits",)}).search("it fit") is None


def test_a_pattern_is_made_ready_when_it_is_held_against_something() -> None:
    pattern = late(r"(a)(", re.IGNORECASE)
    with pytest.raises(re.error):
        pattern.search("a")
    whole = late(r"(?P<letter>a)\d", re.IGNORECASE)
    assert whole.fullmatch("A1") is not None
    assert [each.span() for each in whole.finditer("a1 b a2")] == [(0, 2), (5, 7)]
    assert (whole.pattern, whole.groups, dict(whole.groupindex)) == (r"(?P<letter>a)\d", 1, {"letter": 1})
    assert copy.copy(late("a+")).match("aa") is not None
    assert pickle.loads(pickle.dumps(late("a+"))).match("aa") is not None
