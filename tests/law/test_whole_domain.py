"""What is said of a derivation is so: arguments and trials agree with rating every appraisal of a small domain."""

from __future__ import annotations

from fractions import Fraction
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from law.holding import document, library, requirement
from nights import at_depth
from sespms_rules.engines.reference.engine import rate
from sespms_rules.language.model import System
from sespms_rules.language.resolution import find_editions, find_system
from sespms_rules.language.syntax.nodes import Sentence
from sespms_rules.language.syntax.requirements import MustGuarantee
from sespms_rules.law.deciding import decider
from sespms_rules.law.verdict import VerdictKind
from sespms_rules.program.ir import Program
from sespms_rules.program.lowering import lower
from sespms_rules.program.rating import Appraisal, Rated

Case = tuple[tuple[int, int] | None, tuple[int, int]]
"""The weights of a plan, where it has any, and the ratings of its two elements."""

GUARANTEES = (
    "every appraisal gets exactly one level",
    "every level can be reached",
    "a better rating never lowers the result",
    "the result lies between the lowest and the highest element",
    "every critical element at level 2 gives level 2",
    "any critical element at level 1 gives level 1",
    "level 3 needs no critical element below level 2",
)
WEIGHTED = """
system "Invented agency"
  has exactly 2 critical elements

critical element "One"

critical element "Two"

levels
  level 3 "High" {points} points
  level 2 "Middle" 2 points
  level 1 "Low" 1 point

{weights}
summary rating
  score is {score}
  score at least {high} is level 3
  score at least {middle} and below {upper} is level 2
  score below {middle} is level 1
{override}"""
TOTAL = 4


def guarantee(text: str) -> Sentence:
    (edition,) = find_editions(None, document(requirement(f"must guarantee {text}")), library())
    sentence = edition.requirements[0].sentences[0].sentence
    assert isinstance(sentence, MustGuarantee)
    return sentence.guarantee


def lowered(text: str) -> tuple[System, Program]:
    system, _ = find_system("Invented agency", document(text), library())
    assert system is not None
    program, _ = lower(system)
    assert program is not None
    return system, program


def outcomes(program: Program, weighted: bool) -> dict[Case, int | None]:
    """The level of every appraisal, by weights and ratings."""
    plans = [(one, TOTAL - one) for one in range(1, TOTAL)] if weighted else [None]
    found: dict[Case, int | None] = {}
    for plan, one, two in product(plans, (1, 2, 3), (1, 2, 3)):
        ratings = one, two
        weights = [Fraction(each) for each in plan] if plan else [None, None]
        members = tuple(
            Rated(name, Fraction(rating), weight)
            for name, rating, weight in zip(("One", "Two"), ratings, weights, strict=True)
        )
        found[plan, ratings] = rate(program, Appraisal("x", members), trace=False).level
    return found


def truly(text: str, found: dict[Case, int | None]) -> bool:
    """Whether a guarantee holds of all appraisals, worked out from its words alone."""
    levels = [(ratings, level) for (_, ratings), level in found.items()]
    if text.startswith("every appraisal"):
        return None not in found.values()
    if text.startswith("every level"):
        return {1, 2, 3} <= set(found.values())
    if text.startswith("the result lies"):
        return all(level is None or min(ratings) <= level <= max(ratings) for ratings, level in levels)
    if text.startswith("every critical element at level 2"):
        return all(level == 2 for ratings, level in levels if ratings == (2, 2))
    if text.startswith("any critical element at level 1"):
        return all(level == 1 for ratings, level in levels if 1 in ratings)
    if text.startswith("level 3 needs"):
        return all(min(ratings) >= 2 for ratings, level in levels if level == 3)
    return all(
        (later := found[plan, better]) is None or level is None or later >= level
        for (plan, ratings), level in found.items()
        for better in ((ratings[0] + 1, ratings[1]), (ratings[0], ratings[1] + 1))
        if max(better) <= 3
    )


@settings(max_examples=at_depth(20, 60))
@given(
    high=st.integers(5, 12),
    middle=st.integers(4, 10),
    gap=st.integers(-1, 1),
    points=st.integers(1, 3),
    override=st.sampled_from(["", "any critical element at level 1 makes the rating level 1"]),
    weighted=st.booleans(),
)
def test_what_is_said_of_a_derivation_is_so(
    high: int, middle: int, gap: int, points: int, override: str, weighted: bool
) -> None:
    upper = max(high + gap, middle + 1)
    text = WEIGHTED.format(
        points=points,
        weights=f"weights\n  total {TOTAL}\n  are whole numbers\n" if weighted else "",
        score="the sum of points times weight" if weighted else "2 * the sum of points",
        high=high,
        middle=middle,
        upper=upper,
        override=f"  {override}\n" if override else "",
    )
    system, program = lowered(text)
    found = outcomes(program, weighted)
    decide = decider(system, program)
    for words in GUARANTEES:
        said = decide(guarantee(words))
        if said.kind is VerdictKind.PROVED:
            assert truly(words, found), (words, text)
        elif said.kind is VerdictKind.REFUTED:
            assert not truly(words, found), (words, said.why, text)
        else:
            assert weighted, "a small domain without weights is tried as a whole"
            assert said.why


def test_a_system_that_derives_no_level_has_none_proved() -> None:
    system, program = lowered('system "Invented agency"\n')
    assert decider(system, program)(guarantee(GUARANTEES[0])).kind is VerdictKind.REFUTED
    assert decider(system, None)(guarantee(GUARANTEES[0])).kind is VerdictKind.UNDECIDED


@pytest.mark.parametrize("words", GUARANTEES[:4])
def test_opms_kind_of_derivation_is_proved_whatever_the_weights(words: str) -> None:
    text = WEIGHTED.format(
        points=3,
        weights="weights\n  total 100\n  are whole numbers\n  all at least 5\n",
        score="the sum of points times weight",
        high=280,
        middle=150,
        upper=280,
        override="  any critical element at level 1 makes the rating level 1\n",
    )
    system, program = lowered(text)
    assert decider(system, program)(guarantee(words)).kind is VerdictKind.PROVED


def test_a_better_rating_that_lowers_the_result_is_shown() -> None:
    text = WEIGHTED.format(points=1, weights="", score="2 * the sum of points", high=8, middle=5, upper=8, override="")
    system, program = lowered(text)
    said = decider(system, program)(guarantee("a better rating never lowers the result"))
    assert said.kind is VerdictKind.REFUTED
    assert "gives level" in said.why


def test_plans_of_any_size_are_not_all_tried() -> None:
    text = """
        system "Invented agency"
          has at least 2 critical elements

        levels
          level 3 "High" 3 points
          level 2 "Middle" 2 points
          level 1 "Low" 1 point

        summary rating
          score is the average of points rounded half up to whole numbers
          score exactly 3 is level 3
          score exactly 2 is level 2
          score exactly 1 is level 1
        """
    system, program = lowered(text)
    said = decider(system, program)(guarantee("every appraisal gets exactly one level"))
    assert said.kind is VerdictKind.UNDECIDED
    assert said.why.startswith("plans may have any number of elements")
    bounded = decider(*lowered(text.replace("at least 2", "2 to 3")))
    assert bounded(guarantee("every appraisal gets exactly one level")).kind is VerdictKind.PROVED


def test_a_guarantee_without_a_level_is_not_decided() -> None:
    text = WEIGHTED.format(
        points=3, weights="", score="2 * the sum of points", high=10, middle=6, upper=10, override=""
    )
    said = decider(*lowered(text))(guarantee("every critical element at level 3 gives any level"))
    assert said.kind is VerdictKind.UNDECIDED
