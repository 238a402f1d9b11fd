"""Elements in some plans only: found where no plan can do without one, and where no plan has room for one."""

from __future__ import annotations

import random
from itertools import combinations, product

import pytest

from sespms_rules.foundation.diagnostic import Diagnostic
from sespms_rules.foundation.source import Source
from sespms_rules.pipeline import compile_source

TAIL = """
levels
  level 3 "High" 3 points
  level 2 "Fair" 2 points
  level 1 "Low"  1 point
{weights}
summary rating
  score is {score}
  level 3 when score is at least 2
  level 1 when score is less than 2
"""


def system(head: str, *elements: tuple[str, bool, bool], weights: str = "", facts: str = "") -> str:
    """A text of elements, each with its name, whether it is critical and whether only some plans have it."""
    lines = ['system "Example Reef Office"', "  is outside the Senior Executive Service", *head.splitlines(), ""]
    for name, critical, optional in elements:
        lines += [f'{"critical" if critical else "noncritical"} element "{name}"']
        lines += ["  is in some plans only"] if optional else []
        lines += [""]
    score = "the average of points by weight" if weights else "the average of points"
    said = f"\nweights\n{weights}" if weights else ""
    return "\n".join(lines) + facts + TAIL.format(weights=said, score=score)


def found(text: str) -> list[Diagnostic]:
    """What is told of elements in some plans only, in order."""
    told = compile_source(Source("reef.sespms", text)).diagnostics
    assert [each for each in told if each.code < "SES2"] == [], text
    return [each for each in told if each.code in ("SES280", "SES281")]


def codes(text: str) -> list[tuple[str, str]]:
    return [(each.code, each.message.split("`")[1]) for each in found(text)]


THREE = (("A", True, False), ("B", True, False), ("C", True, True))


@pytest.mark.parametrize(
    ("head", "code"),
    [
        ("  has exactly 3 critical elements", "SES280"),
        ("  has exactly 2 critical elements", "SES281"),
        ("  has at most 2 critical elements", "SES281"),
        ("  has 2 to 3 critical elements", None),
        ("  has 3 to 4 critical elements", None),  # another may be the plan's own
        ("", None),
    ],
)
def test_by_how_many_elements_a_plan_has(head: str, code: str | None) -> None:
    assert codes(system(head, *THREE)) == ([(code, "C")] if code else [])


@pytest.mark.parametrize(
    ("weights", "code"),
    [
        ("  total 100\n  are whole numbers\n  all at most 40\n", "SES280"),
        ('  total 100\n  "A" exactly 30\n  "B" at most 60\n', "SES280"),
        ("  total 100\n  all at least 40\n", "SES281"),
        ('  total 100\n  "A" at least 60\n  "B" at least 40\n', "SES281"),
        ("  total 100\n  all at most 50\n", None),
    ],
)
def test_by_what_elements_can_weigh(weights: str, code: str | None) -> None:
    head = "  has 2 to 3 critical elements"
    assert codes(system(head, *THREE, weights=weights)) == ([(code, "C")] if code else [])


def test_a_noncritical_element_by_the_count_of_its_sort() -> None:
    sorts = (("A", True, False), ("N", False, True))
    assert codes(system("  has exactly 1 critical element\n  has at most 1 noncritical element", *sorts)) == []
    for count, told in ((1, [("SES280", "N")]), (2, [])):  # of two one may be the plan's own
        head = f"  has exactly 1 critical element\n  has 1 to {count} noncritical elements"
        assert codes(system(head if count > 1 else head.replace("1 to 1", "exactly 1"), *sorts)) == told


def test_two_of_which_one_is_always_missing_are_no_fault() -> None:
    four = (("A", True, False), ("B", True, True), ("C", True, True))
    assert codes(system("  has exactly 2 critical elements", *four)) == []


def test_told_with_the_count_and_a_fix_that_takes_the_line_out() -> None:
    text = system("  has exactly 3 critical elements", *THREE)
    (one,) = found(text)
    assert one.message == "`C` is in every plan: the policy allows no plan without it"
    assert [label.span.text for label in one.labels] == ["has exactly 3 critical elements"]
    (fix,) = one.fixes
    mended = text[: fix.span.start] + fix.replacement + text[fix.span.end :]
    assert codes(mended) == []


def test_only_where_it_is_so_whatever_a_fact_is() -> None:
    facts = 'facts\n  "grade" is one of "high" or "low"\n'
    both = '  total 100\n  all at most 40 when "grade" is "high"\n  all at most 60 when "grade" is "low"\n'
    head = "  has 2 to 3 critical elements"
    assert codes(system(head, *THREE, weights=both, facts=facts)) == []
    always = '  total 100\n  all at most 40 when "grade" is "high"\n  all at most 45 when "grade" is "low"\n'
    assert codes(system(head, *THREE, weights=always, facts=facts)) == [("SES280", "C")]


@pytest.mark.parametrize("seed", range(60))
def test_as_every_plan_listed_shows(seed: int) -> None:
    draw = random.Random(seed)
    names = "ABCD"[: draw.randint(2, 4)]
    elements = [(name, draw.random() < 0.8, draw.random() < 0.6) for name in names]
    low = draw.randint(0, 3)
    high = draw.randint(max(low, 1), 4)
    others = draw.randint(0, 2)
    head = f"  has {low} to {high} critical elements\n  has at most {others} noncritical elements"
    floor, ceiling = draw.choice([(1, 8), (2, 8), (3, 8), (1, 4), (1, 3), (2, 4)])
    weights = f"  total 8\n  are whole numbers\n  all at least {floor}\n  all at most {ceiling}\n"
    limits = (low, high, others, floor, ceiling)
    plans = list(_plans(elements, *limits))
    wanted = []
    for name, _, optional in elements:
        there = {name in plan for plan in plans}
        if optional and len(there) == 1:
            wanted.append(("SES280" if there == {True} else "SES281", name))
    text = system(head, *elements, weights=weights)
    told = compile_source(Source("reef.sespms", text)).diagnostics
    if plans and not any(each.severity.name == "ERROR" for each in told):
        assert sorted(codes(text)) == sorted(wanted), text


def _plans(
    elements: list[tuple[str, bool, bool]], low: int, high: int, others: int, floor: int, ceiling: int
) -> list[set[str]]:
    """The named elements of every plan that the limits allow, by listing plans and weights."""
    made = []
    required = {name for name, _, optional in elements if not optional}
    optional = [name for name, _, some in elements if some]
    critical = {name for name, is_critical, _ in elements if is_critical}
    for size in range(len(optional) + 1):
        for chosen in combinations(optional, size):
            plan = required | set(chosen)
            # A plan brings its own only where it may have more of a sort than the policy names.
            brings = high if high > len(critical) else 0
            brings_others = others if others > len(elements) - len(critical) else 0
            for own, own_others in product(range(brings + 1), range(brings_others + 1)):
                count, rest = len(plan & critical) + own, len(plan - critical) + own_others
                members = count + rest
                weighs = members and members * floor <= 8 <= members * ceiling
                if low <= count <= high and rest <= others and weighs:
                    made.append(plan)
    return made
