"""Synthetic rosters: admitted by the policy, exactly as published, the same for a seed, and marked in every row."""

from __future__ import annotations

import io
from collections import Counter
from collections.abc import Sequence
from fractions import Fraction
from itertools import islice
from pathlib import Path
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as some

from cli.running import OPM as OPM_FILE
from cli.running import run
from sespms_rules.engines.reference.admission import admit
from sespms_rules.engines.reference.engine import rate
from sespms_rules.foundation.resources import policy_names
from sespms_rules.language.model import System
from sespms_rules.program.ir import Program
from sespms_rules.program.numbered_terms import doubtful_numbers
from sespms_rules.program.plans import WeightBox
from sespms_rules.program.rating import Appraisal
from sespms_rules.reports.workbook import Sheet, write_table
from sespms_rules.rosters.files import open_roster
from sespms_rules.rosters.population.synthetic import MARK, UNIT, synthetic_remark
from sespms_rules.rosters.synthetic import (
    Asked,
    Cohort,
    CohortError,
    Published,
    allocated,
    make_cohort,
    own_distribution,
    published,
    published_distributions,
    roster_table,
)
from sespms_rules.rosters.synthetic.plan_drawing import drawn_weights, interchanged, number_below
from systems import systems_of

OPM = "agencies/opm_basic.sespms"
SIXTY = {5: 12, 4: 12, 3: 12, 2: 12, 1: 12}


@pytest.fixture(scope="module")
def opm() -> tuple[System, Program]:
    """OPM's system of 2012."""
    return systems_of(OPM)[0]


@pytest.fixture(scope="module")
def governmentwide(opm: tuple[System, Program]) -> Cohort:
    """As many as were published for fiscal year 2016."""
    return make_cohort(*opm, allocated(published("fy2016"), 6701), 1)


def _text(program: Program, cohort: Cohort) -> str:
    file = io.StringIO()
    write_table(Sheet("Roster", *roster_table(program, cohort.appraisals)), file)
    return file.getvalue()


def test_the_published_distribution_comes_out_exactly(opm: tuple[System, Program], governmentwide: Cohort) -> None:
    levels = Counter(rate(opm[1], each, trace=False).level for each in governmentwide.appraisals)
    assert levels == {5: 3464, 4: 2727, 3: 482, 2: 15, 1: 13}
    assert governmentwide.levels == governmentwide.meant
    assert governmentwide.unreached == ()


def test_every_row_says_that_it_is_synthetic(opm: tuple[System, Program], governmentwide: Cohort) -> None:
    rows = _text(opm[1], governmentwide).splitlines()[1:]
    assert len(rows) == 6701
    assert all(row.startswith(MARK) and f",{UNIT}," in row for row in rows)
    assert (
        synthetic_remark([each.id for each in governmentwide.appraisals])
        == "Synthetic roster: every executive in it is invented."
    )
    mixed = (*governmentwide.appraisals[:2], Appraisal("A-1", ()))
    assert (
        synthetic_remark([each.id for each in mixed])
        == "Partly synthetic roster: 2 of 3 executives in it are invented."
    )
    assert synthetic_remark([each.id for each in mixed[2:]]) == ""


def test_plans_differ_and_are_all_legal(opm: tuple[System, Program], governmentwide: Cohort) -> None:
    plans = {tuple(each.weight for each in appraisal.elements) for appraisal in governmentwide.appraisals}
    assert len(plans) >= 100
    assert not any(isinstance(admit(opm[1], each), tuple) for each in governmentwide.appraisals[:500])


def test_the_same_seed_gives_the_same_roster_and_another_another(opm: tuple[System, Program]) -> None:
    meant = allocated(published("fy2016"), 40)
    first, again, other = (_text(opm[1], make_cohort(*opm, meant, seed)) for seed in (7, 7, 8))
    assert first == again
    assert first != other


FROZEN = [
    "synthetic-000001,career,Synthetic,10,4,8,5,22,5,23,5,37,5",
    "synthetic-000002,career,Synthetic,31,3,6,2,16,3,11,2,36,4",
]


def test_a_roster_is_the_same_on_every_machine(opm: tuple[System, Program]) -> None:
    text = _text(opm[1], make_cohort(*opm, {5: 1, 3: 1}, 3))
    assert text.splitlines()[1:] == FROZEN


@pytest.mark.parametrize("name", [*policy_names("agencies"), *policy_names("shapes")])
def test_a_roster_for_any_shipped_policy_is_read_and_rated(name: str, tmp_path: Path) -> None:
    for number, (system, program) in enumerate(systems_of(name)):
        if not (program.summary.rows or program.summary.overrides):
            with pytest.raises(CohortError, match="derives no summary level"):
                make_cohort(system, program, SIXTY, 1)
            continue
        cohort = make_cohort(system, program, SIXTY, 1)
        path = tmp_path / f"{number}.csv"
        path.write_text(_text(program, cohort), encoding="utf-8", newline="")
        opened = open_roster(path, program)
        told = {each.code for each in opened.findings}
        of_words = {"SES649"} if doubtful_numbers(program.terms) else set()  # `Level 4`, where `4` says no level
        assert told <= {"SES676", *of_words}, "every heading is one that is read; which are of the plans alone is told"
        rows = list(opened.rows)
        assert [row.appraisal for row in rows] == list(cohort.appraisals), "what is written is what is read"
        levels = Counter(rate(program, each, trace=False).level for each in cohort.appraisals)
        assert sorted(levels.items(), reverse=True) == [pair for pair in cohort.levels if pair[1]]
        if cohort.levels != cohort.meant:
            assert cohort.unreached, "who has another level than was meant is told"


def test_a_level_that_a_policy_cannot_give_is_told_and_the_nearest_is_given() -> None:
    system, program = systems_of("shapes/shape_06_points_of_their_own.sespms")[0]
    cohort = make_cohort(system, program, {5: 3, 1: 2}, 1)
    assert len(cohort.appraisals) == 5
    given = dict(cohort.levels)
    for level in cohort.unreached:
        assert given[level] == 0
    assert sum(given.values()) == 5


# ---- as the policy allows, alike for alike ---------------------------------------------------------


def _weights(cohort: Cohort, *path: str) -> list[Fraction]:
    """The weights of a member, named by element and requirement, of every executive."""
    found = []
    for each in cohort.appraisals:
        members, member = each.elements, None
        for name in path:
            member = next(one for one in members if one.name == name)
            members = member.requirements
        assert member is not None
        assert member.weight is not None
        found.append(member.weight)
    return found


def _mean(numbers: Sequence[Fraction]) -> Fraction:
    return sum(numbers, Fraction(0)) / len(numbers)


@pytest.mark.case("invented plans all alike")
def test_requirements_weigh_what_the_policy_allows_and_alike() -> None:
    cohort = make_cohort(*systems_of("shapes/shape_10_nested.sespms")[0], allocated(published("fy2016"), 600), 1)
    first, second = (_weights(cohort, "Mission Results", f"Requirement {place}") for place in (1, 2))
    assert len(set(first)) > 60, "of 99 that are allowed"
    assert abs(_mean(first) - _mean(second)) < 6
    assert min(first) < 15
    assert max(first) > 85


@pytest.mark.case("invented plans all alike")
def test_elements_that_the_policy_treats_alike_weigh_alike(governmentwide: Cohort) -> None:
    alike = ("Leading Change", "Leading People", "Business Acumen", "Building Coalitions")
    means = [_mean(_weights(governmentwide, name)) for name in alike]
    assert max(means) - min(means) < 1


@pytest.mark.case("invented plans all alike")
@pytest.mark.parametrize(("low", "high", "allowed"), [(1, 9, 9), (2, 5, 4), (3, 3, 1)])
def test_every_plan_that_is_allowed_is_as_likely(low: int, high: int, allowed: int) -> None:
    boxes = (WeightBox(Fraction(low), Fraction(high)), WeightBox(Fraction(1), None))
    first = (Fraction(high), Fraction(10 - high))
    drawn = drawn_weights(first, True, boxes, lambda weights: min(weights) > 0, Random(5))
    times = Counter(islice(drawn, 3000))
    assert len(times) == allowed
    assert all(sum(weights) == 10 for weights in times)
    assert max(times.values()) - min(times.values()) < 3000 / allowed / 2


def test_two_that_none_may_be_above_move_together() -> None:
    top, other = WeightBox(Fraction(0), None, top=True), WeightBox(Fraction(1), None)
    first = (Fraction(40), Fraction(40), Fraction(20))
    drawn = drawn_weights(first, True, (top, top, other), lambda all_: all_[2] <= all_[0] and min(all_) > 0, Random(1))
    found = set(islice(drawn, 600))
    assert {each[2] for each in found} == {Fraction(even) for even in range(2, 34, 2)}
    assert all(one == two for one, two, _ in found)


@pytest.mark.case("invented plans all alike")
@pytest.mark.parametrize(
    ("name", "rating", "low", "high"),
    [
        ("shapes/shape_22_two_results.sespms", "contribution", 0, 100),
        ("shapes/shape_14_adjusted_before_averaging.sespms", "contributing factor", -1, 1),
    ],
)
def test_additional_ratings_lie_all_over_their_range(name: str, rating: str, low: int, high: int) -> None:
    cohort = make_cohort(*systems_of(name)[0], allocated(published("fy2016"), 400), 1)
    values = [
        value
        for each in cohort.appraisals
        for member in (*each.elements, *(inner for one in each.elements for inner in one.requirements))
        for what, value in member.further
        if what == rating
    ]
    assert (min(values), max(values)) == (low, high)
    assert abs(_mean(values) - Fraction(low + high, 2)) < Fraction(high - low, 5)


def test_what_is_asked_for_holds_for_everyone(opm: tuple[System, Program]) -> None:
    asked = Asked((("Results Driven", Fraction(50)),), (), ("North", "South"))
    cohort = make_cohort(*opm, SIXTY, 1, asked)
    assert set(_weights(cohort, "Results Driven")) == {50}
    assert len(set(_weights(cohort, "Leading People"))) > 5
    assert {each.unit for each in cohort.appraisals} == {"Synthetic North", "Synthetic South"}
    both = systems_of("shapes/shape_22_two_results.sespms")[0]
    rated = make_cohort(*both, SIXTY, 1, Asked((), (("contribution", Fraction(77)),)))
    assert {value for each in rated.appraisals for one in each.elements for _, value in one.further} == {77}


@pytest.mark.parametrize(
    ("asked", "says"),
    [
        (Asked((("Results", Fraction(50)),)), "names no element `Results`"),
        (Asked((("Results Driven", Fraction(10)),)), "no plan that .* allows has `Results Driven` weight `10`"),
        (Asked((), (("effort", Fraction(1)),)), "has no additional rating `effort`"),
    ],
)
def test_what_cannot_be_is_refused(opm: tuple[System, Program], asked: Asked, says: str) -> None:
    with pytest.raises(CohortError, match=says):
        make_cohort(*opm, SIXTY, 1, asked)


# ---- distributions ---------------------------------------------------------------------------------


def test_each_distribution_has_its_source_and_how_sure_it_is() -> None:
    for each in published_distributions():
        assert each.source.startswith("https://")
        assert each.provenance in ("confirmed", "partly confirmed", "unconfirmed")
        assert len(each.remark.split()) >= 5
        whole = sum(number for _, number in each.levels)
        assert each.total == whole if each.counts else whole == 100
    assert published("fy2016").total == 6701


@given(some.integers(0, 30_000), some.sampled_from(published_distributions()))
def test_each_level_gets_its_share_but_for_less_than_one(executives: int, distribution: Published) -> None:
    whole = sum(number for _, number in distribution.levels)
    parted = allocated(distribution, executives)
    assert sum(parted.values()) == executives
    for level, number in distribution.levels:
        assert abs(parted[level] - Fraction(number * executives, whole)) < 1


def test_counts_are_given_back_as_they_are() -> None:
    assert allocated(published("fy2016"), 6701) == {5: 3464, 4: 2727, 3: 482, 2: 15, 1: 13}
    assert allocated(published("fy2016"), 10) == {5: 5, 4: 4, 3: 1, 2: 0, 1: 0}


def test_draws_take_the_bits_that_the_library_takes() -> None:
    """A roster is made anew by its seed, so that no draw may become another."""
    for end in range(1, 40):
        own, other = Random(end), Random(end)
        assert [number_below(own.getrandbits, end) for _ in range(50)] == [other.choice(range(end)) for _ in range(50)]
        weights = tuple(Fraction(each) for each in range(end))
        dealt, shuffled = interchanged(weights, (tuple(range(end)),), own), list(weights)
        other.shuffle(shuffled)
        assert dealt == tuple(shuffled)


# ---- a distribution of one's own, and appointments --------------------------------------------------


@pytest.mark.case("invented plans all alike")
def test_numbers_of_ones_own_are_counts_or_shares(opm: tuple[System, Program]) -> None:
    own = own_distribution({3: Fraction(3), 5: Fraction(2), 1: Fraction(1)})
    assert (own.name, own.total) == ("5=2,3=3,1=1", 6)
    assert dict(make_cohort(*opm, allocated(own, 6), 1).levels) == {5: 2, 3: 3, 1: 1}
    assert allocated(own, 60) == {5: 20, 3: 30, 1: 10}
    halves = own_distribution({5: Fraction(1, 2), 4: Fraction(3, 2)})
    assert (halves.total, allocated(halves, 8)) == (None, {5: 2, 4: 6})


def test_appointments_are_parted_and_the_rest_is_as_before(opm: tuple[System, Program]) -> None:
    kinds = ("career", "limited term")
    parted = make_cohort(*opm, SIXTY, 1, Asked(appointments=kinds))
    assert {each.appointment for each in parted.appraisals} == set(kinds)
    assert parted.levels == make_cohort(*opm, SIXTY, 1).levels
    assert {each.appointment for each in make_cohort(*opm, SIXTY, 1).appraisals} == {"career"}


@pytest.mark.parametrize(
    ("asked", "says"),
    [
        (("--distribution", "5"), "there is no distribution `5`"),
        (("--distribution", "5=x"), "is not a level and how many stand at it"),
        (("--distribution", "5=-1"), "is not a level and how many stand at it"),
        (("--distribution", "6=1"), "has no level `6`; its levels are"),
        (("--distribution", "5=1,level 5=2"), "level 5 is given twice"),
        (("--distribution", "5=0,4=0"), "nobody stands at any level"),
        (("--distribution", "5=0.5,4=0.5"), "say how many with `--executives`"),
        (("--distribution", "5=9000000"), "a roster is made for at most 1,000,000"),
        (("--appointment", "carer"), "did you mean `career`?"),
    ],
)
def test_what_cannot_be_asked_for_is_refused(asked: tuple[str, str], says: str) -> None:
    result = run("cohort", OPM_FILE, *asked)
    assert result.exit_code == 2
    assert says in " ".join(result.stderr.split())
