"""Each shape, on both engines and against a rule worked out by hand, over its whole domain.

The reference is there twice: interpreted, which defines what a policy means, and compiled.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from fractions import Fraction

import pytest

import shape_rules as rules
from engines.test_agreement import answer, by_both
from nights import at_depth
from sespms_rules.engines.durable.engine import DurableEngine
from sespms_rules.engines.reference import CompiledReference
from sespms_rules.engines.reference import engine as reference
from sespms_rules.program.rating import Appraisal, Outcome, Rated, Rating
from shapes import (
    FILES,
    OWN,
    Cases,
    Plan,
    at_the_commission,
    in_steps,
    levels,
    levels_or_none,
    levels_or_none_of,
    nested,
    on_scales,
    programs,
    some_plans,
    spoiled,
    with_contribution,
    with_factor,
    with_facts,
    with_sets,
)
from systems import compiled, program_of

pytestmark = pytest.mark.differential


@dataclass(frozen=True, slots=True)
class Domain:
    """What a shape is tried on, how much that is, and the rule that says what must come out."""

    cases: Cases
    count: int
    rule: rules.Rule


# Allowed plans: those on the edges of what is allowed, and some from the inside.
FOUR_ELEMENTS: tuple[Plan, ...] = (
    *((25, 25, 25, 25), (5, 5, 5, 85), (5, 5, 45, 45), (5, 45, 5, 45), (45, 5, 5, 45), (24, 24, 26, 26)),
    *((5, 30, 30, 35), (30, 5, 30, 35), (30, 30, 5, 35), (31, 32, 5, 32), (10, 20, 30, 40), (15, 15, 15, 55)),
    *((15, 15, 20, 50), (20, 20, 20, 40), (5, 20, 25, 50), (11, 13, 17, 59), (7, 19, 23, 51), (24, 25, 25, 26)),
)
THREE_ELEMENTS: tuple[Plan, ...] = (
    *((10, 10, 80), (10, 80, 10), (80, 10, 10), (33, 33, 34), (34, 33, 33), (30, 30, 40), (20, 10, 70), (11, 12, 77)),
    *((50, 25, 25), (25, 50, 25), (25, 25, 50), (45, 45, 10), (10, 45, 45), (45, 10, 45), (17, 29, 54), (60, 23, 17)),
)
LIMITED: tuple[Plan, ...] = (
    *((25, 30, 40, 5), (25, 5, 40, 30), (10, 10, 40, 40), (20, 20, 40, 20), (15, 17, 40, 28), (10, 30, 40, 20)),
    *((25, 15, 40, 10, 10), (10, 30, 40, 15, 5), (25, 25, 40, 5, 5), (13, 11, 40, 17, 19)),
)
REQUIREMENTS: tuple[Plan, ...] = (*((50, 50), (49, 51), (99, 1), (10, 90), (34, 33, 33), (50, 25, 25), (98, 1, 1)),)
ANY_WEIGHTS: tuple[Plan, ...] = (
    *((25, 25, 25, 25), (85, 5, 5, 5), (5, 85, 5, 5), (5, 5, 5, 85), (40, 30, 20, 10), (5, 5, 45, 45), (7, 19, 23, 51)),
)

WHOLE_SCORES = rules.cuts(("475", 5), ("400", 4), ("300", 3), ("200", 2))
HALVES = rules.averaged(rules.BY_HALVES)
PLAIN = Domain(levels(3), 125, HALVES)
AVERAGE = rules.cuts(("4.5", 5), ("3.6", 4), ("3", 3), ("2", 2))
THRESHOLD = rules.cuts(("4.3", 5), ("0", 3))
ROUNDED_DOWN = rules.cuts(("5", 5), ("4", 4), ("3", 3), ("2", 2))

DOMAINS: dict[str, Domain] = {
    "Shape 01, weighted sum": Domain(levels(4, plans=FOUR_ELEMENTS), 18 * 625, rules.summed(WHOLE_SCORES)),
    "Shape 02, the cuts of the first year": Domain(
        levels(3, plans=THREE_ELEMENTS), 16 * 125, rules.summed(WHOLE_SCORES)
    ),
    "Shape 02, the cuts of the second year": Domain(levels(3, plans=THREE_ELEMENTS), 16 * 125, rules.pay_codes),
    "Shape 03, fixed factors": Domain(on_scales, 20_000, rules.fixed_factors),
    "Shape 04, plain average": Domain(
        levels(3, 4, 5, 6), 19_500, rules.averaged(AVERAGE, lambda score: rules.half_up(score, 100))
    ),
    "Shape 05, band and floor": Domain(levels(2, 3, 4, 5), 3_900, rules.band_and_floor),
    "Shape 06, points of their own": Domain(levels(4), 375, rules.points_of_their_own),
    "Shape 07, half goes down": Domain(levels(2, 3, 4, 5), 3_900, rules.averaged(ROUNDED_DOWN, rules.half_down)),
    "Shape 08, threshold": Domain(levels(3, 4, 5, 6, 7, 8), 9_828, rules.averaged(THRESHOLD)),
    "Shape 08, threshold after rounding": Domain(
        levels(3, 4, 5, 6, 7, 8), 9_828, rules.averaged(THRESHOLD, lambda score: rules.half_up(score, 10))
    ),
    "Shape 08, threshold by counting": Domain(levels(3), 27, rules.threshold_by_counting),
    "Shape 09, majority": Domain(levels(3, 4, 5), 3_875, rules.majority),
    "Shape 10, nested derivation": Domain(nested((2, 3), plans=REQUIREMENTS), 11_875, rules.nested),
    "Shape 11, column totals": Domain(levels(5), 243, rules.column_totals),
    "Shape 12, pattern": Domain(levels(4), 625, rules.pattern),
    "Shape 13, two blocks": Domain(nested((2, 3), (3,)), 18_750, rules.two_blocks),
    "Shape 14, adjusted before averaging": Domain(with_factor, 18_000, rules.adjusted),
    "Shape 15, missing ratings are left out": Domain(levels_or_none, 1_296, rules.left_out),
    "Shape 15, missing ratings stop the rating": Domain(levels_or_none, 1_296, rules.stopping),
    "Shape 15, missing ratings count as level 3": Domain(levels_or_none, 1_296, rules.counting_as_three),
    "Shape 16, overrides": Domain(levels(4, plans=ANY_WEIGHTS), 7 * 625, rules.overrides),
    "Shape 16, another priority": Domain(levels(4, plans=ANY_WEIGHTS), 7 * 625, rules.another_priority),
    "Shape 17, limits on weights": Domain(levels(4, 5, plans=LIMITED), 16_250, rules.limits_on_weights),
    "Shape 18, people decide": PLAIN,
    "Shape 19, tables": Domain(levels(4), 625, rules.tables),
    "Shape 20, population": PLAIN,
    "Shape 21, history": Domain(levels(3), 125, rules.the_lowest),
    "Shape 22, two results": Domain(with_contribution, 20_000, rules.two_results),
    "Shape 23, the words until 2026": PLAIN,
    "Shape 23, the words from 2026": PLAIN,
    "Shape 24, before the change": Domain(at_the_commission(1), 10_000, rules.commission),
    "Shape 25, caps": Domain(
        levels(2, plans=tuple((weight, 100 - weight) for weight in range(20, 81))), 61 * 25, rules.capped
    ),
    "Shape 30, an additional rating in steps": Domain(in_steps, 225, rules.in_steps),
    "Shape 29, a result without a level": Domain(levels_or_none_of(5, 3, 1), 64, rules.without_level),
    "Shape 28, elements of some plans": Domain(some_plans, 930, rules.some_plans),
    "Shape 26, halves": Domain(levels(2, 3, 4, 5), 3_900, rules.by_halves),
    "Shape 27, facts": Domain(with_facts, 800, rules.with_facts),
    "Shape 31, weight sets": Domain(with_sets, 11 * 125, rules.with_sets),
    "Shape 24, after the change": Domain(at_the_commission(2), 10_000, rules.commission),
}

SYSTEMS = [
    pytest.param(name, marks=pytest.mark.slow if domain.count > 9_000 else ()) for name, domain in DOMAINS.items()
]


def test_there_are_31_shapes_and_each_system_has_a_domain() -> None:
    assert [name[13:15] for name in FILES] == [f"{number:02}" for number in range(1, 32)]
    assert set(programs()) == set(DOMAINS)


def everything(rating: Rating) -> tuple[object, ...]:
    """All that a rating says, what it leaves out of equality too."""
    asked = tuple((each.text, each.about, each.always, each.reason, each.origin) for each in rating.asked)
    refused = tuple((each, each.origin) for each in rating.refused)
    return (rating, rating.engine, repr(rating.trace), rating.trace, asked, refused)


@pytest.mark.parametrize("system", SYSTEMS)
def test_both_engines_and_the_rule_agree_over_the_whole_domain(system: str) -> None:
    program, domain = programs()[system], DOMAINS[system]
    made, tried = CompiledReference(program), 0
    every = at_depth(domain.count // 300 + 1, 1)
    with DurableEngine(program) as engine:
        for tried, case in enumerate(domain.cases(program), 1):
            if tried % every:
                continue
            (by_durable, by_reference), expected = by_both(engine, case), domain.rule(case)
            assert answer(by_durable) == answer(by_reference), case
            assert everything(made.rate(case, trace=False)) == everything(by_reference), case
            got = by_reference.level if by_reference.outcome is Outcome.RATED else by_reference.outcome.value
            assert got == expected.level, case
            assert expected.score is None or by_reference.score == expected.score, case
            assert expected.reported in ((), by_reference.reported), case
    assert tried == domain.count
    # Where plans are refused in the domain itself, or someone without any rating is, the interpreter has to say why.
    assert made.asked_the_interpreter < tried // every


@pytest.mark.parametrize("system", DOMAINS)
def test_both_engines_refuse_alike(system: str) -> None:
    program = programs()[system]
    codes: Counter[str] = Counter()
    with DurableEngine(program) as engine:
        for case in spoiled(program, DOMAINS[system].cases, 150):
            by_reference = reference.rate(program, case, trace=False)
            assert answer(engine.rate(case)) == answer(by_reference), case
            codes.update(refusal.code for refusal in by_reference.refused)
    assert len(codes) >= 4, codes


@pytest.mark.parametrize("system", [name for name in DOMAINS if "stop" not in name and "without" not in name])
def test_every_level_of_a_shape_can_be_reached(system: str) -> None:
    program, domain = programs()[system], DOMAINS[system]
    wanted = {level for level, _ in program.terms} - ({4, 2} if "threshold" in system else set())
    for case in domain.cases(program):
        wanted.discard(reference.rate(program, case, trace=False).level or 0)
        if not wanted:
            return
    assert wanted == set()


# ---- figures that are known from elsewhere ---------------------------------------------------------


def rated(program_name: str, *ratings: int) -> tuple[Rating, Rating]:
    """One appraisal by both engines."""
    program = programs()[program_name]
    named = tuple(member.name for member in program.summary.members) or OWN
    case = Appraisal("one", tuple(Rated(name, Fraction(each)) for name, each in zip(named, ratings, strict=False)))
    with DurableEngine(program) as engine:
        return engine.rate(case), reference.rate(program, case)


def test_95_and_88_give_90_and_four_fifths() -> None:
    for rating in rated("Shape 03, fixed factors", 95, 88):
        assert (rating.score, rating.level) == (Fraction("90.8"), 4)
    for rating in rated("Shape 03, fixed factors", 100, 85):
        assert (rating.score, rating.level) == (91, 5)


def test_four_fives_and_a_three_fit_no_line_of_the_published_form_and_fit_one_of_the_shape() -> None:
    published = program_of("beyond-ses/doi_epap_2007.sespms")
    case = Appraisal("one", tuple(Rated(f"Element {n}", Fraction(level)) for n, level in enumerate((5, 5, 5, 5, 3), 1)))
    with DurableEngine(published) as engine:
        for rating in (engine.rate(case), reference.rate(published, case)):
            assert [refusal.code for refusal in rating.refused] == ["SES612"]
    for rating in rated("Shape 05, band and floor", 5, 5, 5, 5, 3):
        assert (rating.score, rating.level) == (Fraction("4.6"), 4)


def test_4_and_3_give_level_3_under_half_down() -> None:
    for rating in rated("Shape 07, half goes down", 4, 3):
        assert (rating.score, rating.level) == (3, 3)


def test_rounding_alone_turns_five_fives_and_three_threes_from_level_3_into_level_5() -> None:
    ratings = (5, 5, 5, 5, 5, 3, 3, 3)
    for rating in rated("Shape 08, threshold", *ratings):
        assert (rating.score, rating.level) == (Fraction("4.25"), 3)
    for rating in rated("Shape 08, threshold after rounding", *ratings):
        assert (rating.score, rating.level) == (Fraction("4.3"), 5)


def test_that_is_the_only_number_of_fives_up_to_eight_where_rounding_matters() -> None:
    exact, after = programs()["Shape 08, threshold"], programs()["Shape 08, threshold after rounding"]
    differing = set()
    for case in DOMAINS["Shape 08, threshold"].cases(exact):
        if reference.rate(exact, case, trace=False).level != reference.rate(after, case, trace=False).level:
            differing.add(tuple(sorted(each.rating for each in case.elements if each.rating)))
    assert differing == {(3, 3, 3, 5, 5, 5, 5, 5)}


def test_the_threshold_and_the_count_are_one_rule_for_three_elements() -> None:
    by_mean, by_count = programs()["Shape 08, threshold"], programs()["Shape 08, threshold by counting"]
    cases = list(DOMAINS["Shape 08, threshold by counting"].cases(by_count))
    assert len(cases) == 27
    for case in cases:
        assert reference.rate(by_mean, case).level == reference.rate(by_count, case).level


@pytest.mark.parametrize("name", FILES)
def test_each_shape_has_two_scenarios_and_they_pass_on_both_engines(name: str) -> None:
    results = compiled(name).scenarios
    assert len(results) >= 2
    assert [result for result in results if not result.passed] == []
    assert [each for each in compiled(name).diagnostics if each.severity.value != "note"] == []
