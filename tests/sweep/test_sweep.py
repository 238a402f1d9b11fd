"""Sweeps: the same answers as rating every variant by itself, for every figure of every shipped policy."""

from __future__ import annotations

import random
from collections import Counter
from fractions import Fraction
from functools import cache
from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from nights import at_depth
from random_programs import Draw
from sespms_rules.engines.columnar.engine import ColumnarEngine
from sespms_rules.engines.reference.engine import rate
from sespms_rules.foundation.resources import policy_names
from sespms_rules.foundation.source import Source
from sespms_rules.foundation.values import replace
from sespms_rules.language.parsing import parse
from sespms_rules.language.resolution import EMPTY_LIBRARY, find_amendment
from sespms_rules.pipeline import Variants
from sespms_rules.program import ir
from sespms_rules.program.ir import Program
from sespms_rules.program.rating import Appraisal, Outcome
from sespms_rules.rosters.population.level_distribution import State
from sespms_rules.rosters.synthetic import CohortError, make_cohort
from sespms_rules.studies.sweep import (
    AskingError,
    Figure,
    Sweep,
    Varied,
    changed,
    figures_of,
    least_change,
    read_goal,
    read_varied,
    sweep,
)
from sespms_rules.studies.sweep.linear import linear_score, only_scores_decide
from sespms_rules.studies.sweep.parameters import Cut, Points, RoundingDecimals, RoundingTie
from sespms_rules.studies.sweep.population_summary import states_of
from sespms_rules.studies.sweep.profiles import Profiles, ProfilesTooLargeError
from sespms_rules.studies.sweep.proposal import FOUND, proposed
from systems import systems_of

OPM = "agencies/opm_basic.sespms"
MEANT = {5: 12, 4: 12, 3: 12, 2: 8, 1: 4}
STEPS = at_depth((-3, -1, 0, 2), (-8, -3, -1, 0, 1, 2, 5))
"""By how many steps a figure is moved."""


@cache
def _people(name: str, number: int) -> tuple[Appraisal, ...]:
    """Synthetic executives, and the same ones spoiled: a rating missing, a weight too high."""
    system, program = systems_of(name)[number]
    good = make_cohort(system, program, MEANT, 1).appraisals
    chance = random.Random(1)
    spoiled = []
    for each in good[:12]:
        elements = list(each.elements)
        place = chance.randrange(len(elements))
        rated = elements[place]
        weight = None if rated.weight is None else rated.weight + 1
        elements[place] = replace(rated, rating=None) if chance.randrange(2) else replace(rated, weight=weight)
        spoiled.append(replace(each, id=f"spoiled {each.id}", elements=tuple(elements)))
    return (*good, *spoiled)


def _values(figure: Figure) -> tuple[Fraction | str, ...]:
    """Some values to either side of where a figure is."""
    if isinstance(figure.part, RoundingTie):
        return tuple(each.value for each in ir.Tie)
    assert isinstance(figure.now, Fraction)
    if isinstance(figure.part, RoundingDecimals):
        return (Fraction(0), Fraction(1), Fraction(3))
    step = figure.step or Fraction(1, 4)
    return tuple(sorted({max(figure.now + step * each, Fraction(0)) for each in STEPS}))


def _by_hand(
    program: Program, appraisals: tuple[Appraisal, ...], varied: list[Varied]
) -> list[Counter[tuple[State, State]]]:
    """Every variant's program, and every executive rated by the reference under it."""

    def states(of: Program) -> list[State]:
        found = (rate(of, each, trace=False) for each in appraisals)
        return [each.outcome if each.level is None else each.level for each in found]

    now, answers = states(program), []
    for values in product(*(each.values for each in varied)):
        made = program
        for each, value in zip(varied, values, strict=True):
            made = changed(made, each.figure, value)
        answers.append(Counter(zip(now, states(made), strict=True)))
    return answers


def _found(made: Sweep) -> list[Counter[tuple[State, State]]]:
    pairs = list(product(made.states, made.states))
    return [
        Counter({pair: n for pair, n in zip(pairs, each.reshape(-1).tolist(), strict=True) if n}) for each in made.moves
    ]


SHIPPED = [
    (name, number)
    for name in (*policy_names("agencies"), *policy_names("shapes"))
    for number, (_, program) in enumerate(systems_of(name))
    if program.summary.rows
]


@pytest.mark.differential
@pytest.mark.parametrize(("name", "number"), SHIPPED)
def test_every_figure_of_every_policy_as_if_rated_by_hand(name: str, number: int) -> None:
    program = systems_of(name)[number][1]
    try:
        people = _people(name, number)
    except CohortError:
        pytest.skip("no roster can be made for it")
    for figure in figures_of(program):
        varied = [Varied(figure, _values(figure))]
        made = sweep(program, people, varied)
        assert _found(made) == _by_hand(program, people, varied), figure.name
        assert sum(made.now) == len(people)


@pytest.mark.differential
@settings(deadline=None, max_examples=at_depth(12, 40))
@given(some.integers(0, 10**9))
def test_figures_of_programs_drawn_at_random_as_if_rated_by_hand(seed: int) -> None:
    draw = Draw(seed, facts=True)
    program = draw.program()
    people = tuple(replace(draw.appraisal(program), id=f"A-{number}") for number in range(6))
    for figure in figures_of(program)[:4]:
        varied = [Varied(figure, _values(figure)[:4])]
        assert _found(sweep(program, people, varied)) == _by_hand(program, people, varied), figure.name


def test_numbers_beyond_64_bits_are_swept_all_the_same() -> None:
    program, people = systems_of(OPM)[0][1], _people(OPM, 0)[:20]
    figure = read_varied(program, "points of level 4 over 4").figure
    varied = [Varied(figure, (Fraction(4), Fraction(10**30), Fraction(1, 10**30)))]
    made = sweep(program, people, varied)
    assert made.by == "reference"
    assert _found(made) == _by_hand(program, people, varied)


def test_several_figures_at_once_as_if_rated_by_hand() -> None:
    program, people = systems_of(OPM)[0][1], _people(OPM, 0)
    words = (
        "cut of level 5 over 460, 475 and 490",
        "points of level 4 from 3.5 to 4.5 by 0.25",
        "cut of level 4 over 390, 400",
    )
    varied = [read_varied(program, each) for each in words]
    made = sweep(program, people, varied)
    assert made.by == "profiles"
    assert len(made) == 3 * 5 * 2
    assert made.settings[1] == (Fraction(460), Fraction(7, 2), Fraction(400)), "the last figure changes fastest"
    assert _found(made) == _by_hand(program, people, varied)
    mixed = [
        read_varied(program, "cut of level 5 over 470, 480"),
        read_varied(program, "least weight of results driven over 20, 30"),
    ]
    both = sweep(program, people, mixed)
    assert both.by == "columnar"
    assert _found(both) == _by_hand(program, people, mixed)


@pytest.mark.parametrize("words", ["cut of level 5 from 470 to 490", "points of level 4 from 3.5 to 4.5 by 0.05"])
def test_profiles_and_columns_agree_on_many_executives(words: str) -> None:
    """Both kernels: many variants of the same points (sorted once), and points that differ in each."""
    system, program = systems_of(OPM)[0]
    people = make_cohort(system, program, {5: 900, 4: 700, 3: 300, 2: 60, 1: 40}, 5).appraisals
    varied = [read_varied(program, words)]
    made = sweep(program, people, varied)
    for number, value in enumerate(varied[0].values):
        ratings = ColumnarEngine(changed(program, varied[0].figure, value)).rate(people)
        counted = Counter(each.level or each.outcome for each in ratings)
        counts = dict(zip(made.states, made.counts[number].tolist(), strict=True))
        assert {state: count for state, count in counts.items() if count} == counted


def test_a_planted_slip_in_the_profiles_would_be_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    program, people = systems_of(OPM)[0][1], _people(OPM, 0)
    varied = [read_varied(program, "cut of level 5 from 470 to 490")]
    true = Profiles.passing
    monkeypatch.setattr(Profiles, "passing", lambda self, points, cuts, of: true(self, points, cuts + 1, of))
    assert _found(sweep(program, people, varied)) != _by_hand(program, people, varied)


def test_which_policies_are_swept_from_profiles() -> None:
    linear = {f"{name}:{number}" for name, number in SHIPPED if linear_score(systems_of(name)[number][1]) is not None}
    assert {f"agencies/{name}.sespms:0" for name in ("nasa_ses_2020", "opm_basic", "usda_ses_2015")} <= linear
    assert "shapes/shape_04_plain_average.sespms:0" not in linear, "it rounds"
    by_score = {f"{name}:{number}" for name, number in SHIPPED if only_scores_decide(systems_of(name)[number][1])}
    assert linear | {"shapes/shape_04_plain_average.sespms:0", "agencies/dhs_ses_2011.sespms:0"} <= by_score
    for name in ("shapes/shape_04_plain_average.sespms", "agencies/dhs_ses_2011.sespms"):
        program = systems_of(name)[0][1]
        assert sweep(program, _people(name, 0), [read_varied(program, "cut of level 5 over 5")]).by == "profiles"


# ---- the kernel ------------------------------------------------------------------------------------


@settings(deadline=None)
@given(
    some.lists(some.tuples(some.integers(0, 40), some.integers(0, 40), some.integers(0, 3)), min_size=1, max_size=40),
    some.lists(some.tuples(some.integers(-9, 9), some.integers(-9, 9)), min_size=1, max_size=30),
    some.sampled_from([1, 10**5, 10**9, 10**14]),
)
def test_the_kernel_counts_as_one_counts_by_hand(
    people: list[tuple[int, int, int]], variants: list[tuple[int, int]], size: int
) -> None:
    """In each of the types: single, double, and whole numbers of 64 bits."""
    weights = np.array([each[:2] for each in people], dtype=np.int64) * size
    groups = np.array([each[2] for each in people], dtype=np.int64)
    points = np.array(variants, dtype=np.int64)
    cuts = (
        np.tile(np.array([[-5, 0, 1, 37]], dtype=np.int64) * size, (len(variants), 1))
        + np.arange(len(variants))[:, None]
    )
    found = Profiles(weights, groups, 4).passing(points, cuts)
    for variant, (one, two) in enumerate(variants):
        for place, cut in enumerate(cuts[variant].tolist()):
            for group in range(4):
                count = sum(each[2] == group and (each[0] * one + each[1] * two) * size >= cut for each in people)
                assert found[variant, place, group] == count


@settings(deadline=None)
@given(
    some.lists(some.tuples(some.integers(-40, 40), some.integers(0, 40), some.integers(0, 3)), min_size=1, max_size=40),
    some.lists(some.tuples(some.integers(-9, 9), some.integers(-9, 9)), min_size=1, max_size=3),
    some.sampled_from([1, 10**3, 10**9, 10**14]),
)
def test_many_cuts_of_the_same_scores_are_counted_as_one_by_one(
    people: list[tuple[int, int, int]], choices: list[tuple[int, int]], size: int
) -> None:
    """In the histogram of scores that lie near each other, and sorted where they lie far apart."""
    weights = np.array([each[:2] for each in people], dtype=np.int64) * size
    groups = np.array([each[2] for each in people], dtype=np.int64)
    points = np.array(choices, dtype=np.int64)
    of = np.arange(40) % len(choices)
    cuts = np.arange(-20, 20)[:, None] * np.array([[1, 7, 31]]) * size + np.array([[0, 1, -1]])
    found = Profiles(weights, groups, 4).passing(points, cuts, of)
    assert found.tolist() == Profiles(weights, groups, 4).passing(points[of], cuts).tolist()
    for variant, choice in enumerate(of.tolist()):
        one, two = choices[choice]
        scores = [(each[2], (each[0] * one + each[1] * two) * size) for each in people]
        for place, cut in enumerate(cuts[variant].tolist()):
            expected = [sum(own == group and score >= cut for own, score in scores) for group in range(4)]
            assert found[variant, place].tolist() == expected


def test_what_does_not_fit_62_bits_is_not_counted_wrongly_but_refused() -> None:
    profiles = Profiles(np.array([[1 << 40, 1]]), np.array([0]), 1)
    with pytest.raises(ProfilesTooLargeError):
        profiles.passing(np.array([[1 << 30, 1]]), np.array([[0]]))


# ---- words -----------------------------------------------------------------------------------------


@pytest.fixture
def opm() -> Program:
    """OPM's system of 2012."""
    return systems_of(OPM)[0][1]


def test_a_range_takes_steps_of_one_unless_told(opm: Program) -> None:
    varied = read_varied(opm, "Cut of  level 5 from 470 to 473")
    assert varied.values == tuple(map(Fraction, (470, 471, 472, 473)))
    assert isinstance(varied.figure.part, Cut)
    assert read_varied(opm, "points of level 4 from 4 to 4.5 by 1/4").values == (4, Fraction(17, 4), Fraction(9, 2))
    assert read_varied(opm, 'least weight of "Results Driven" over 30, 20 and 30').values == (20, 30)


def test_the_line_below_moves_with_a_cut(opm: Program) -> None:
    figure = read_varied(opm, "cut of level 5 over 480").figure
    rows = changed(opm, figure, Fraction(480)).summary.rows
    said = [str(row.condition) for row in rows[:2]]
    assert "Fraction(480, 1)" in said[0]
    assert "Fraction(479, 1)" in said[1]
    assert [row.outcome for row in rows] == [row.outcome for row in opm.summary.rows]


@pytest.mark.parametrize(
    ("words", "says"),
    [
        ("cut of level 5", "does not say what to vary over which values"),
        ("cut of level 6 from 1 to 2", "has no one `cut of level 6`"),
        ("cut of level 5 from 490 to 470", "goes over no values"),
        ("cut of level 5 from 470 to 490 by 0", "goes over no values"),
        ("cut of level 5 from 4x to 490", "`4x` in"),
        ("cut of level 5 over 474.5", "it moves by steps of `1`"),
        ("points of level 5 from 0 to 1000000", "more than 100,000"),
    ],
)
def test_what_cannot_be_varied_is_said(opm: Program, words: str, says: str) -> None:
    with pytest.raises(AskingError) as refused:
        read_varied(opm, words)
    assert says in refused.value.message
    assert refused.value.help


def test_a_figure_varied_twice_and_too_many_variants_are_refused(opm: Program) -> None:
    one = read_varied(opm, "cut of level 5 from 470 to 490")
    with pytest.raises(AskingError, match="is varied twice"):
        sweep(opm, _people(OPM, 0), [one, one])
    many = [read_varied(opm, f"points of level {level} from 1 to 2 by 1/100") for level in (2, 3, 4)]
    with pytest.raises(AskingError, match="more than 100,000"):
        sweep(opm, _people(OPM, 0), many)
    with pytest.raises(AskingError, match="nothing is varied"):
        sweep(opm, _people(OPM, 0), [])


# ---- goals -----------------------------------------------------------------------------------------

LEVELS = (5, 4, 3, 2, 1)


@pytest.mark.parametrize(
    ("words", "reached", "rated", "met"),
    [
        ("at most 30 percent at level 4 or above", 5, 17, True),
        ("at most 30 percent at level 4 or above", 6, 17, False),
        ("at most 30% level 4 or better", 6, 20, True),
        ("at least 2 executives below level 3", 1, 9, False),
        ("at least 2 executives below level 3", 2, 9, True),
    ],
)
def test_a_goal_is_met_exactly(words: str, reached: int, rated: int, met: bool) -> None:
    goal = read_goal(words, LEVELS)
    assert goal.met(reached, rated) is met
    assert (goal.beyond(reached, rated) == 0) is met


def test_the_words_of_a_goal_name_its_levels() -> None:
    assert read_goal("at most 30 percent at level 4 or above", LEVELS).levels == (5, 4)
    assert read_goal("at most 3 percent below level 3", LEVELS).levels == (2, 1)
    assert read_goal("at most 3 executives at level 5", LEVELS).levels == (5,)
    for wrong in (
        "at most 30 percent",
        "30 percent at level 4",
        "at most 3 percent at level 9",
        "at most 130 percent at level 5",
    ):
        with pytest.raises(AskingError):
            read_goal(wrong, LEVELS)


@pytest.mark.case("least changes")
def test_the_least_change_is_the_least_and_refuses_nobody(opm: Program) -> None:
    system = systems_of(OPM)[0][0]
    people = make_cohort(system, opm, {5: 500, 4: 300, 3: 150, 2: 30, 1: 20}, 2).appraisals
    made = sweep(opm, people, [read_varied(opm, "cut of level 5 from 460 to 499")])
    goal = read_goal("at most 30 percent at level 5", LEVELS)
    reached = least_change(goal, made)
    assert not reached.met_now
    assert reached.variant is not None
    cuts = [cut for (cut,) in made.settings if isinstance(cut, Fraction)]
    value = cuts[reached.variant]
    fives = {cut: int(counts[0]) for cut, counts in zip(cuts, made.counts, strict=True)}
    assert fives[value] <= 300
    assert all(count > 300 for cut, count in fives.items() if cut < value), "no smaller change does it"
    assert made.lowered(reached.variant) == 500 - fives[value]
    assert made.raised(reached.variant) == 0


def test_a_goal_out_of_reach_names_the_nearest_and_one_that_is_met_nothing(opm: Program) -> None:
    made = sweep(opm, _people(OPM, 0), [read_varied(opm, "cut of level 5 from 470 to 498 by 7")])
    fives = made.counts[:, 0].tolist()
    assert len(set(fives)) > 2
    none = least_change(read_goal("at most 0 executives at level 5", LEVELS), made)
    assert none.variant is None
    assert none.nearest == fives.index(min(fives))
    assert least_change(read_goal("at least 1 percent at level 5", LEVELS), made).met_now


@given(data=some.data())
@settings(max_examples=15)
def test_a_proposal_computes_what_its_variant_does(data: some.DataObject) -> None:
    """For figures of shipped policies: where a text is given, the amended system is the variant, or errors say why."""
    system, program = data.draw(
        some.sampled_from([each for name in policy_names("agencies") for each in systems_of(name)])
    )
    figures = figures_of(program)
    if not figures:
        return
    figure = data.draw(some.sampled_from(figures))
    if not isinstance(figure.now, Fraction):
        return
    value = figure.now + data.draw(some.integers(-30, 30)) * (figure.step or Fraction(1, 2))
    made = proposed(system, program, [figure], [value])
    if value == figure.now:
        assert made.text is None
    elif made.text is not None:
        document, faults = parse(Source("proposal", made.text))
        assert faults == ()
        amendment, _ = find_amendment(FOUND.name, document, EMPTY_LIBRARY)
        assert amendment is not None
        changed_program = Variants(system).under(amendment).program
        assert (changed_program is None) == bool(made.refused)
        if changed_program is not None:
            assert changed_program.summary == changed(program, figure, value).summary


def test_cuts_points_and_limits_of_the_basic_system_can_all_be_proposed(opm: Program) -> None:
    system = systems_of(OPM)[0][0]
    plain = [each for each in figures_of(opm) if isinstance(each.now, Fraction)]
    texts = [proposed(system, opm, [each], [each.now + 1]).text for each in plain if isinstance(each.now, Fraction)]
    assert len(texts) > 8
    assert None not in texts


@pytest.mark.case("variants that check refuses")
def test_a_variant_that_refuses_someone_rated_now_is_never_the_answer(opm: Program) -> None:
    """A cut of level 4 below that of level 3 makes two lines fit, so that appraisals are refused."""
    made = sweep(opm, _people(OPM, 0), [read_varied(opm, "cut of level 4 over 250, 280")])
    refused = made.states.index(Outcome.REFUSED)
    assert int(made.counts[:, refused].min()) > made.now[refused]
    assert least_change(read_goal("at most 0 executives at level 3", LEVELS), made).variant is None


def test_states_name_every_level_a_policy_can_give(opm: Program) -> None:
    assert states_of(opm) == (5, 4, 3, 2, 1, Outcome.NOT_RATED, Outcome.REFUSED)
    assert next(each.name for each in figures_of(opm) if isinstance(each.part, Points)) == "points of level 5"
