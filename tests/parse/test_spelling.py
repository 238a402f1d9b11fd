"""The distance between spellings, against the definition worked out the slow way."""

from __future__ import annotations

from functools import cache

from hypothesis import given
from hypothesis import strategies as st

from sespms_rules.language.parsing.spelling import allowed_distance, distance, nearest

WORDS = st.text(alphabet="abc", max_size=7)


@cache
def _defined(one: str, other: str) -> int:
    if not one or not other:
        return len(one) + len(other)
    choices = [
        _defined(one[:-1], other) + 1,
        _defined(one, other[:-1]) + 1,
        _defined(one[:-1], other[:-1]) + (one[-1] != other[-1]),
    ]
    if len(one) > 1 and len(other) > 1 and one[-1] == other[-2] and one[-2] == other[-1]:
        choices.append(_defined(one[:-2], other[:-2]) + 1)
    return min(choices)


@given(WORDS, WORDS, st.integers(0, 5))
def test_distance_is_as_defined(one: str, other: str, limit: int) -> None:
    assert distance(one, other, limit) == min(_defined(one, other), limit + 1)


@given(WORDS, st.lists(WORDS, max_size=6, unique=True))
def test_nearest_are_all_those_no_other_is_nearer_than(word: str, choices: list[str]) -> None:
    apart = {each: _defined(word, each) for each in choices}
    least = min(apart.values(), default=0)
    expected = sorted(each for each in choices if apart[each] == least <= allowed_distance(word))
    assert list(nearest(word, choices)) == expected


def test_letters_of_the_other_case_are_no_distance() -> None:
    assert nearest("LASTS", ["last", "lasts"]) == ("lasts",)


def test_huge_words_are_not_compared() -> None:
    assert nearest("a" * 10_000_000, ["b" * 61, "at"]) == ()
