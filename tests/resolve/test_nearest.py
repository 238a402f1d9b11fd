"""What someone probably meant: names that are near, and names that are only spelled otherwise."""

from __future__ import annotations

import pytest

from sespms_rules.foundation.source import Source, Span
from sespms_rules.foundation.spelling import backticked, is_spelling, likeness, nearest_name

NAMES = ("Leading People", "Results Driven", "Group A")


@pytest.mark.parametrize(
    ("name", "near"),
    [
        ("Leeding People", "Leading People"),
        ("results driven", "Results Driven"),
        ("Group B", "Group A"),
        ("Vision", None),
        ("", None),
        ("Results Driven", None),  # a name that was not found is not offered again
    ],
)
def test_the_nearest_name_is_offered(name: str, near: str | None) -> None:
    assert nearest_name(name, NAMES) == near


@pytest.mark.parametrize(
    ("name", "other", "same"),
    [
        ("Results Driven", "Results Drivn", True),
        ("Results Driven", "Results-Driven", True),
        ("Results Driven", "RESULTS  driven", True),
        ("Department", "Departmant", True),
        ("Award", "Awards", True),
        ("Results Driven", "Results Driven", False),
        ("Competency group A", "Competency group B", False),
        ("Objective 1", "Objective 2", False),
        ("Objective 2026", "Objective 2027", False),
        ("Competencies, part II", "Competencies, part III", False),
        ("Book VIII", "Book XVIII", False),
        ("Leading People", "Leading Change", False),
        ("Career awards", "Noncareer awards", False),
        ("Leading People", "Leading People and Change", False),
    ],
)
def test_only_a_spelling_is_changed_without_asking(name: str, other: str, same: bool) -> None:
    assert is_spelling(name, other) is same
    assert is_spelling(other, name) is same


def test_likeness_is_exact_and_even_handed() -> None:
    assert likeness("abc", "ABC") == 1
    assert likeness("abcd", "abxy") == likeness("abxy", "abcd")
    assert likeness("", "a") == 0


def test_names_are_joined_as_one_says_them() -> None:
    assert backticked(["a"]) == "`a`"
    assert backticked(["a", "b", "c"]) == "`a`, `b` and `c`"


def test_wording_over_several_lines_is_not_respelled() -> None:
    from sespms_rules.language.resolution.nearest import respelled

    source = Source("policy.sespms", '"a\nb" "Result"')
    assert respelled("a b", "a c", Span(source, 0, 5)) == ()
    (fix,) = respelled("Result", "Results", Span(source, 6, 14))
    assert (fix.replacement, fix.sure) == ('"Results"', True)
