"""Limits over a population: OPM's cap by hand, and everything that keeps one from being counted."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sespms_rules.foundation.source import Source
from sespms_rules.language.model import System
from sespms_rules.language.parsing import parse
from sespms_rules.language.resolution import EMPTY_LIBRARY, resolve
from sespms_rules.program.rating import Outcome
from sespms_rules.rosters.files.offices import INSPECTOR_GENERAL, NamedOffice
from sespms_rules.rosters.population.cohort_rules import (
    CohortVerdict,
    Standing,
    cohort_verdicts,
    inspector_general_units,
)
from sespms_rules.rosters.population.level_distribution import Executive, State
from systems import system_of

COMMISSION = "examples/maritime_commission.sespms"
SHAPE = "shapes/shape_20_population.sespms"
CAP = (
    "at most 30% of career executives at level 4 or better",
    "applies from 5 career executives",
    "counts the inspector general apart",
    "is rounded down to whole numbers",
    "may be waived by the President",
    "leaves the excess to appointing authority",
)


def system(*sentences: str) -> System:
    document, found = parse(Source("p", "\n  ".join(['system "Invented"\n\ndistribution', *sentences]) + "\n"))
    assert not found
    policy, _ = resolve(document, EMPTY_LIBRARY)
    return policy.systems[0]


def career(high: int, other: int, unit: str | None = None, start: int = 2) -> list[Executive]:
    states: list[State] = [*([4] * high), *([3] * other)]
    return [
        Executive(start + place, f"E-{start + place}", state, None, "career", unit)
        for place, state in enumerate(states)
    ]


def facts(*values: object) -> tuple[object, ...]:
    return values


def only(verdicts: tuple[CohortVerdict, ...]) -> CohortVerdict:
    (verdict,) = verdicts
    return verdict


# Worked by hand: 30 percent of the career executives, rounded down.
@pytest.mark.parametrize(
    ("size", "most"),
    [
        (5, 1),
        (6, 1),
        (7, 2),
        (9, 2),
        (10, 3),
        (13, 3),
        (14, 4),
        (17, 5),
        (20, 6),
        (21, 6),
        (33, 9),
        (100, 30),
        (7_349, 2_204),
    ],
)
@pytest.mark.parametrize("name", [COMMISSION, SHAPE])
def test_the_largest_number_opm_allows(size: int, most: int, name: str) -> None:
    kept = cohort_verdicts(system_of(name), career(most, size - most))[0]
    assert facts(kept.standing, kept.most, kept.beyond) == (Standing.KEPT, most, 0)
    assert (len(kept.counted), len(kept.reached)) == (size, most)
    over = cohort_verdicts(system_of(name), career(most + 1, size - most - 1))[0]
    assert facts(over.standing, over.most, over.beyond) == (Standing.EXCEEDED, most, 1)


def test_four_career_executives_are_too_few_for_the_cap() -> None:
    verdict = only(cohort_verdicts(system(*CAP), career(4, 0)))
    assert verdict.standing is Standing.NOT_APPLICABLE
    assert verdict.why == "it applies from 5 career executives, and there are 4"


def test_by_how_many_and_who() -> None:
    verdict = only(cohort_verdicts(system(*CAP), career(8, 9)))
    assert verdict.standing is Standing.EXCEEDED
    assert verdict.beyond == 3
    assert verdict.value == Fraction(8, 17)
    assert verdict.reached == tuple(range(2, 10))
    assert verdict.why == (
        "8 of 17 career executives are at level 4 or better; at most 5 may be (30% of 17 is 5.1, rounded down to a "
        "whole number): 3 too many"
    )
    assert verdict.notes[-2:] == (
        "the President may waive it; a roster does not say whether that was done",
        "the excess is left to the appointing authority; no rating is changed here",
    )


@pytest.mark.parametrize(
    ("rounding", "most"),
    [("down", 5), ("half up", 5), ("up", 6), ("half down", 5)],
)
def test_the_policy_says_how_17_executives_are_rounded(rounding: str, most: int) -> None:
    said = system("at most 30% of career executives at level 4 or better", f"is rounded {rounding} to whole numbers")
    assert only(cohort_verdicts(said, career(2, 15))).most == most


def test_half_an_executive_goes_where_the_policy_says() -> None:
    for rounding, most in (("half up", 5), ("half down", 4), ("half even", 4), ("up", 5), ("down", 4)):
        said = system("at most 30% of career executives at level 5", f"is rounded {rounding} to whole numbers")
        people = career(0, 15)
        assert only(cohort_verdicts(said, people)).most == most, rounding


def test_without_a_rounding_the_share_itself_is_the_limit() -> None:
    said = system("at most 30% of career executives at level 4 or better")
    assert only(cohort_verdicts(said, career(5, 12))).standing is Standing.KEPT
    over = only(cohort_verdicts(said, career(6, 11)))
    assert facts(over.standing, over.most, over.beyond) == (Standing.EXCEEDED, Fraction(51, 10), 1)


def test_a_noncareer_executive_is_in_neither_count() -> None:
    others = [Executive(99, "N", 5, None, "noncareer"), Executive(98, "L", 5, None, "limited term")]
    verdict = only(cohort_verdicts(system(*CAP), [*career(1, 4), *others]))
    assert facts(verdict.standing, len(verdict.counted), verdict.reached) == (Standing.KEPT, 5, (2,))


def test_the_inspector_general_is_counted_apart() -> None:
    agency = career(3, 7, "Ports")
    office = career(2, 3, "Office of Inspector General", start=50)
    first, second = cohort_verdicts(system(*CAP), [*agency, *office])
    assert facts(first.standing, first.about) == (Standing.KEPT, "the agency without the inspector general")
    assert facts(second.standing, second.beyond, second.reached) == (Standing.EXCEEDED, 1, (50, 51))
    together = only(cohort_verdicts(system(CAP[0], CAP[1], CAP[3]), [*agency, *office]))
    assert facts(together.standing, together.most, len(together.reached)) == (Standing.EXCEEDED, 4, 5)


def test_another_unit_can_be_named_as_the_inspector_general() -> None:
    people = [*career(1, 4, "Ports"), *career(0, 5, "Audit", start=50)]
    assert len(cohort_verdicts(system(*CAP), people, ("Audit",))) == 2
    verdict = only(cohort_verdicts(system(*CAP), people))
    assert "no unit of the roster is named as that office" in verdict.notes[0]


def test_names_of_the_office() -> None:
    units = ["OIG", "Ports", None, "Office of the Inspector-General", "OIG", "Investigations"]
    assert inspector_general_units(units) == ("OIG", "Office of the Inspector-General")


@pytest.mark.parametrize(
    ("unit", "surely", "perhaps"),
    [
        ("office of  INSPECTOR general", True, True),
        ("O.I.G.", True, True),
        ("Deputy Inspector General, Audits", True, True),
        ("OIG Audits", False, True),
        ("IG", False, True),
        ("Offce of Inspecter General", False, True),
        ("General Inspector", False, True),
        ("Office of General Counsel", False, False),
        ("Signal", False, False),
    ],
)
def test_whose_office_a_unit_is_is_known_by_one_meaning(unit: str, surely: bool, perhaps: bool) -> None:
    """What may be the office where it is left out may be it where it is counted apart, and is told in both."""
    office = NamedOffice(INSPECTOR_GENERAL)
    assert (office.is_named(unit), office.may_be(unit)) == (surely, perhaps)
    assert (inspector_general_units([unit]) == (unit,)) is surely
    people = [*career(1, 4, INSPECTOR_GENERAL), *career(1, 4, unit, start=50)]
    notes = [note for each in cohort_verdicts(system(*CAP), people) for note in each.notes]
    assert any(f"perhaps of that office too, and counted with the agency: `{unit}`" in each for each in notes) is (
        perhaps and not surely
    )


def test_those_without_a_level_are_told_and_not_counted() -> None:
    more = [Executive(90, "X", Outcome.NOT_RATED, None, "career"), Executive(91, "Y", Outcome.REFUSED, None, "career")]
    verdict = only(cohort_verdicts(system(*CAP), [*career(1, 4), *more]))
    assert len(verdict.counted) == 5
    assert "career executives without a rating, not counted: 1" in verdict.notes
    assert "career executives whose appraisal was refused, not counted until it is corrected: 1" in verdict.notes


def test_the_threshold_sees_executives_that_are_not_rated() -> None:
    waiting = [Executive(90, "X", Outcome.NOT_RATED, None, "career")]
    assert only(cohort_verdicts(system(*CAP), [*career(2, 2), *waiting])).standing is Standing.EXCEEDED


def test_an_unknown_appointment_that_could_turn_the_answer_leaves_it_undecided() -> None:
    unknown = [Executive(90, "X", 5)]
    turned = only(cohort_verdicts(system(*CAP), [*career(3, 7), *unknown]))
    assert turned.standing is Standing.UNDECIDED
    assert turned.why.endswith("how 1 executive is appointed is not said, and may turn this")
    same = only(cohort_verdicts(system(*CAP), [*career(2, 8), *unknown]))
    assert same.standing is Standing.KEPT
    assert "executives whose appointment the roster does not say, not counted: 1" in same.notes
    first = only(cohort_verdicts(system(*CAP), [*career(4, 0), *unknown]))
    assert first.standing is Standing.UNDECIDED


@given(
    st.integers(0, 6),
    st.integers(0, 12),
    st.lists(st.sampled_from([5, 3, Outcome.NOT_RATED]), max_size=5),
    st.sampled_from(["down", "up", "half even"]),
)
def test_a_decided_answer_holds_however_the_unknown_are_appointed(
    high: int, other: int, unknown: list[State], rounding: str
) -> None:
    said = system(CAP[0], CAP[1], f"is rounded {rounding} to whole numbers")
    known = career(high, other)
    open_ = [Executive(100 + place, f"U{place}", state) for place, state in enumerate(unknown)]
    verdict = only(cohort_verdicts(said, [*known, *open_]))
    outcomes = set()
    for chosen in range(2 ** len(open_)):
        kinds = ["career" if chosen >> place & 1 else "noncareer" for place in range(len(open_))]
        filled = [Executive(e.row, e.id, e.state, None, kind) for e, kind in zip(open_, kinds, strict=True)]
        outcomes.add(only(cohort_verdicts(said, [*known, *filled])).standing)
    if verdict.standing is Standing.UNDECIDED:
        assert len(outcomes) > 1
    else:
        assert outcomes == {verdict.standing}


def test_a_limit_on_everyone_does_not_ask_for_the_appointment() -> None:
    every = "career, noncareer, limited term and limited emergency"
    said = system(f"at most 50% of {every} executives at level 5")
    verdict = only(cohort_verdicts(said, [Executive(2, "A", 5), Executive(3, "B", 3)]))
    assert verdict.standing is Standing.KEPT
    assert verdict.why == "1 of 2 executives is at level 5; at most 1 may be (50% of 2 is 1)"


def test_a_limit_from_below() -> None:
    said = system("at least 20% of career executives below level 4", "is rounded up to whole numbers")
    verdict = only(cohort_verdicts(said, career(10, 1)))
    assert facts(verdict.standing, verdict.least, verdict.beyond) == (Standing.NOT_REACHED, 3, 2)


def test_a_limit_from_both_sides() -> None:
    said = system("20% to 30% of career executives at level 4 or better")
    assert only(cohort_verdicts(said, career(2, 8))).standing is Standing.KEPT
    assert only(cohort_verdicts(said, career(1, 9))).standing is Standing.NOT_REACHED
    assert only(cohort_verdicts(said, career(4, 6))).standing is Standing.EXCEEDED


def test_the_average_of_each_unit_is_exact() -> None:
    north = [Executive(row, str(row), 4, Fraction(11, 3), "career", "North") for row in (2, 3)]
    south = [Executive(4, "4", 3, Fraction(10, 3), "career", "South"), Executive(5, "5", 3, None, "career", "South")]
    empty = [Executive(6, "6", Outcome.REFUSED, None, "career", "West")]
    first, second, third = cohort_verdicts(system("average score at most 3.65 in each unit"), [*north, *south, *empty])
    assert facts(first.standing, first.value, first.beyond) == (Standing.EXCEEDED, Fraction(11, 3), Fraction(1, 60))
    assert facts(second.standing, second.counted) == (Standing.KEPT, (4,))
    assert third.standing is Standing.UNDECIDED  # it has a score once the refused appraisal is corrected


def test_nobody_is_rated() -> None:
    verdict = only(cohort_verdicts(system("at most 30% of career executives at level 4 or better"), []))
    assert verdict.standing is Standing.NOT_APPLICABLE


def test_a_policy_without_the_part_has_no_verdicts() -> None:
    assert cohort_verdicts(system_of("agencies/opm_basic.sespms"), career(5, 0)) == ()


# ---- what a roster leaves open ---------------------------------------------------------------------


def _as_corrected(executives: list[Executive]) -> Iterator[list[Executive]]:
    """Every roster that these may turn out to be: each appointment stated, each refused appraisal rated or not."""
    states: tuple[State, ...] = (4, 3, Outcome.NOT_RATED)
    choices = [
        [
            Executive(each.row, each.id, state, None, appointment, each.unit)
            for state in (states if each.state is Outcome.REFUSED else (each.state,))
            for appointment in (("career", "noncareer") if each.appointment is None else (each.appointment,))
        ]
        for each in executives
    ]
    yield from (list(chosen) for chosen in product(*choices))


_ANYONE = st.tuples(
    st.sampled_from((4, 4, 3, 3, 3, Outcome.NOT_RATED, Outcome.REFUSED)),
    st.sampled_from(("career", "career", "career", "noncareer", None)),
)


@pytest.mark.case("uncertainty of a limit")
@pytest.mark.parametrize(
    "sentences",
    [
        CAP,
        ("at most 30% of career, noncareer, limited term and limited emergency executives at level 4 or better",),
        ("at least 50% of career executives rated",),
        ("at least 40% of career executives at level 4 or better", "applies from 3 career executives"),
    ],
)
@given(people=st.lists(_ANYONE, min_size=1, max_size=8))
def test_a_verdict_is_given_only_where_no_correction_of_the_roster_would_change_it(
    sentences: tuple[str, ...], people: list[tuple[State, str | None]]
) -> None:
    open_ones = sum((state is Outcome.REFUSED) + (appointment is None) for state, appointment in people)
    if open_ones > 4:
        people = people[:4]
    roster = [Executive(2 + at, f"E-{at}", state, None, kind) for at, (state, kind) in enumerate(people)]
    text = system(*sentences)
    said = only(cohort_verdicts(text, roster)).standing
    possible = {only(cohort_verdicts(text, each)).standing for each in _as_corrected(roster)}
    if len(possible) == 1:
        assert said in {Standing.UNDECIDED, *possible}
    else:
        assert said is Standing.UNDECIDED


@pytest.mark.case("uncertainty of a limit")
def test_an_unknown_appointment_and_a_refused_appraisal_leave_the_same_question_open() -> None:
    nine = career(3, 6)
    unknown = only(cohort_verdicts(system(*CAP), [*nine, Executive(11, "E-11", 3, None, None)]))
    refused = only(cohort_verdicts(system(*CAP), [*nine, Executive(11, "E-11", Outcome.REFUSED, None, "career")]))
    assert unknown.standing is refused.standing is Standing.UNDECIDED
    assert refused.why.endswith("1 executive whose appraisal was refused has no level yet, and may turn this")
    sure = only(cohort_verdicts(system(*CAP), [*career(5, 5), Executive(12, "E-12", Outcome.REFUSED, None, "career")]))
    assert sure.standing is Standing.EXCEEDED


def test_the_average_of_a_unit_is_undecided_while_one_of_its_appraisals_is_refused() -> None:
    text = system("average score at most 4 in each unit")
    scored = Executive(2, "E-2", 4, Fraction(9, 2), "career", "North")
    assert only(cohort_verdicts(text, [scored])).standing is Standing.EXCEEDED
    both = only(cohort_verdicts(text, [scored, Executive(3, "E-3", Outcome.REFUSED, None, "career", "North")]))
    assert both.standing is Standing.UNDECIDED
