"""Limits on weights that hang on a fact: admitted, counted, compared and checked as if each case were a policy."""

from __future__ import annotations

import itertools
import random
from collections import Counter
from collections.abc import Iterator
from fractions import Fraction

import pytest

from nights import NIGHTLY
from sespms_rules.engines.columnar import ColumnarEngine
from sespms_rules.engines.confirmed import answer
from sespms_rules.engines.reference import rate
from sespms_rules.engines.sql.engine import SqlEngine
from sespms_rules.foundation.source import Source
from sespms_rules.pipeline import compile_source, computed
from sespms_rules.program.ir import Program
from sespms_rules.program.plans import covered
from sespms_rules.program.rating import Appraisal, Rated
from sespms_rules.proofs.solver import ExactlyOneLevel, Prover, Status, plans_differ
from sespms_rules.studies.comparison.counting import Counting
from sespms_rules.studies.exhaustive import tally

SEEDS = range(60 if NIGHTLY else 8)
WORDS = ("general", "special")
NAMES = ("A", "B", "C")
TOTAL = 6
LEVELS = (3, 1)

_HEAD = """system "Invented"
  is outside the Senior Executive Service

critical element "A"
critical element "B"
critical element "C"

facts
  "kind" is one of "general" or "special"
  "days" is a whole number from 0 to 2

levels
  level 3 "High"  3 points
  level 1 "Low"   1 point

summary rating
  score is the sum of points times weight
  score at least 12 is level 3
  score below 12 is level 1

weights
  total 6
  are whole numbers
"""


def drawn(seed: int) -> list[tuple[str, str]]:
    """Lines on weights, each with the words behind it that say of whom it holds."""
    draw = random.Random(seed)
    made: dict[tuple[str, str], None] = {}
    for _ in range(draw.randint(2, 4)):
        limit = draw.choice(("at least 2", "at most 3", "exactly 2", "2 to 4"))
        line = draw.choice((f'"A" {limit}', f'"B" {limit}', "all at most 4", "all others at least 2", 'none above "C"'))
        when = draw.choice(("", ' when "kind" is "general"', ' when "kind" is "special"', ' when "days" is at least 1'))
        when += draw.choice(("", ' and "days" is at most 1')) if "kind" in when else ""
        made[line, when] = None
    return list(made)


def text_of(lines: list[tuple[str, str]]) -> str:
    return _HEAD + "".join(f"  {line}{when}\n" for line, when in lines)


def program_of(text: str) -> Program | None:
    systems = compile_source(Source("drawn.sespms", text)).policy.systems
    return computed(systems[0])[0] if systems else None


def _holds(when: str, kind: str, days: int) -> bool:
    clauses = {
        '"kind" is "general"': kind == "general",
        '"kind" is "special"': kind == "special",
        '"days" is at least 1': days >= 1,
        '"days" is at most 1': days <= 1,
    }
    return all(clauses[each] for each in when.removeprefix(" when ").split(" and ") if each)


def _allowed(lines: list[tuple[str, str]], plan: tuple[int, ...], kind: str, days: int) -> bool:
    """Whether a plan keeps each line that holds; `all others` are those that no line names."""
    weights = dict(zip(NAMES, plan, strict=True))
    named = {line[1] for line, _ in lines if line.startswith('"')}
    for line, when in lines:
        if not _holds(when, kind, days):
            continue
        if line.startswith("none"):
            kept = all(each <= weights["C"] for each in plan)
        else:
            subject, limit = (line[1:2], line[4:]) if line.startswith('"') else ("", line.removeprefix("all "))
            mine = [subject] if subject else [n for n in NAMES if not (limit.startswith("others") and n in named)]
            kept = all(_within(limit.removeprefix("others "), weights[name]) for name in mine)
        if not kept:
            return False
    return True


def _within(limit: str, weight: int) -> bool:
    ends = {"at least 2": (2, 9), "at most 3": (0, 3), "at most 4": (0, 4), "exactly 2": (2, 2), "2 to 4": (2, 4)}
    low, high = ends[limit]
    return low <= weight <= high


def _cases() -> Iterator[tuple[tuple[int, ...], str, int, Appraisal]]:
    plans = [plan for plan in itertools.product(range(1, TOTAL + 1), repeat=3) if sum(plan) == TOTAL]
    for plan, kind, days, levels in itertools.product(plans, WORDS, range(3), itertools.product(LEVELS, repeat=3)):
        rated = zip(NAMES, plan, levels, strict=True)
        elements = tuple(Rated(name, Fraction(level), Fraction(weight)) for name, weight, level in rated)
        yield plan, kind, days, Appraisal("one", elements, facts=(("kind", kind), ("days", Fraction(days))))


@pytest.mark.parametrize("seed", SEEDS)
def test_plans_are_allowed_to_whom_the_lines_say_and_all_engines_agree(seed: int) -> None:
    lines = drawn(seed)
    if (program := program_of(text_of(lines))) is None:
        pytest.skip("two lines say the same thing twice")
    cases = list(_cases())
    ratings = [rate(program, each, trace=False) for *_, each in cases]
    allowed = [_allowed(lines, plan, kind, days) for plan, kind, days, _ in cases]
    assert [rating.level is not None for rating in ratings] == allowed
    everyone = [each for *_, each in cases]
    for engine in (ColumnarEngine(program), SqlEngine(program)):
        assert list(map(answer, engine.rate(everyone))) == list(map(answer, ratings))
        engine.close()
    assert covered(program).appraisals == sum(allowed)
    if any(allowed):
        found = tally(program)
        levels = Counter(rating.level for rating in ratings if rating.level is not None)
        assert found.domain.appraisals == sum(allowed)
        assert dict(found.levels) == {level: levels[level] for level in LEVELS}
        assert Prover(program).prove(ExactlyOneLevel()).status is Status.PROVED


@pytest.mark.parametrize("seed", SEEDS[::2])
def test_two_sets_are_compared_plan_by_plan(seed: int) -> None:
    texts = drawn(seed), drawn(seed + 1)
    old, new = (program_of(text_of(each)) for each in texts)
    if old is None or new is None:
        pytest.skip("two lines say the same thing twice")
    both = [[_allowed(each, plan, kind, days) for plan, kind, days, _ in _cases()] for each in texts]
    verdict = plans_differ(old, new)
    assert (verdict.only_old is not None) == any(a and not b for a, b in zip(*both, strict=True))
    assert (verdict.only_new is not None) == any(b and not a for a, b in zip(*both, strict=True))
    assert verdict.status is (Status.PROVED if both[0] == both[1] else Status.REFUTED)
    counted = Counting().counted(old, new)
    assert sum(each.count for each in counted.transitions) == sum(a and b for a, b in zip(*both, strict=True))


def test_a_fact_that_is_not_known_lets_no_line_of_some_hold() -> None:
    program = program_of(text_of([('"A" exactly 2', ' when "kind" is "general"')]))
    assert program is not None
    rated = tuple(Rated(name, Fraction(3), Fraction(weight)) for name, weight in zip(NAMES, (4, 1, 1), strict=True))
    for facts in ((("days", Fraction(1)),), (("days", Fraction(1)), ("kind", "genral")), (("kind", "general"),)):
        given = Appraisal("one", rated, facts=facts)
        expected = rate(program, given, trace=False)
        assert {each.code for each in expected.refused} == {"SES621"}
        for engine in (ColumnarEngine(program), SqlEngine(program)):
            (found,) = engine.rate([given])
            assert answer(found) == answer(expected)
            engine.close()


@pytest.mark.parametrize(
    ("lines", "code"),
    [
        ((('"A" at least 5', ' when "kind" is "general"'), ('"B" at least 3', "")), "SES212"),
        ((('"A" at least 4', ""), ('"A" at most 2', ' when "days" is at least 1')), "SES213"),
        ((('"A" exactly 2', ' when "kind" is "general"'),), "SES277"),
        ((('"A" exactly 2', " when any critical element is at level 1"),), "SES278"),
        ((('"A" exactly 2', ' when "kind" is "genral"'),), "SES275"),
    ],
)
def test_a_set_that_cannot_be_meant_is_told(lines: tuple[tuple[str, str], ...], code: str) -> None:
    found = compile_source(Source("drawn.sespms", text_of([*lines]))).diagnostics
    assert code in {each.code for each in found}, [each.message for each in found]


def test_sets_that_differ_do_not_contradict_each_other() -> None:
    lines = [('"A" exactly 2', ' when "kind" is "general"'), ('"A" exactly 4', ' when "kind" is "special"')]
    found = compile_source(Source("drawn.sespms", text_of(lines))).diagnostics
    assert not {each.code for each in found} & {"SES106", "SES212", "SES213", "SES277"}
