"""OPM's 2012 system over the invented roster in examples/, worked out by hand row by row.

A score is the sum of points times weight. With every weight 20 it is 20 times the sum of the levels; with weights 10,
10, 10, 10 and 60 it is 10 times the sum of the first four and 60 times the last. The shipped amendment moves the edge
of level 5 from 475 to 485.
"""

from __future__ import annotations

from collections import Counter
from fractions import Fraction

import pytest

from impact.assessed import COMMISSION, amendments, cells, impact_of
from sespms_rules.program.rating import Outcome
from sespms_rules.rosters.population.cohort_rules import Standing
from sespms_rules.rosters.population.level_distribution import State
from sespms_rules.studies.impact.comparing import Direction

REFUSED = Outcome.REFUSED

# Number, levels, score, level before, level after.
BY_HAND: tuple[tuple[int, str, int | None, State, State], ...] = (
    (1, "5 5 5 5 5 by 20: 20 × 25", 500, 5, 5),
    (2, "5 5 5 5 4 by 20: 20 × 24", 480, 5, 4),
    (3, "5 5 5 4 5 by 20", 480, 5, 4),
    (4, "5 5 4 5 5 by 20, noncareer", 480, 5, 4),
    (5, "5 5 4 4 5 by 20: 20 × 23", 460, 4, 4),
    (6, "4 5 5 5 by 10, 5 by 60: 190 + 300", 490, 5, 5),
    (7, "3 5 5 5 by 10, 5 by 60: 180 + 300", 480, 5, 4),
    (8, "5 5 5 5 by 10, 4 by 60: 200 + 240", 440, 4, 4),
    (9, "4 4 4 4 4 by 20", 400, 4, 4),
    (10, "4 4 4 4 3 by 20: 20 × 19", 380, 3, 3),
    (11, "3 3 3 3 3 by 20", 300, 3, 3),
    (12, "2 3 4 3 4 by 20: 20 × 16", 320, 3, 3),
    (13, "3 3 3 2 3 by 20: 20 × 14", 280, 2, 2),
    (14, "5 5 5 5 1 by 20: level 1 has no points, 20 × 20; one element at level 1 decides", 400, 1, 1),
    (15, "an element without a level", None, REFUSED, REFUSED),
    (16, "Results Driven weighs 10, less than 20", None, REFUSED, REFUSED),
    (17, "5 5 5 5 4 by 20, inspector general", 480, 5, 4),
    (18, "5 5 5 5 5 by 20, inspector general", 500, 5, 5),
    (19, "4 4 4 4 4 by 20, inspector general", 400, 4, 4),
    (20, "3 3 3 3 3 by 20, inspector general", 300, 3, 3),
    (21, "3 3 3 3 4 by 20, inspector general", 320, 3, 3),
)

BAR = amendments("what-if/raise_the_bar.sespms")
CAP = amendments("what-if/state_the_cap.sespms")


@pytest.mark.parametrize("row", BY_HAND, ids=lambda row: row[1])
def test_each_row_is_where_it_was_worked_out_to_be(row: tuple[int, str, int | None, State, State]) -> None:
    number, _, score, before, after = row
    impact = impact_of(COMMISSION, *BAR)
    first, second = impact.before, impact.comparisons[0].case
    assert first is not None
    assert second is not None
    place = number - 1
    assert first.answers.reading.rows[place].id == f"invented-{number:02}"
    assert (first.answers.states[place], second.answers.states[place]) == (before, after)
    assert first.answers.score(place) == second.answers.score(place) == (None if score is None else Fraction(score))


def test_the_transition_matrix() -> None:
    assert cells(impact_of(COMMISSION, *BAR)) == {
        (5, 5): 3,
        (5, 4): 5,
        (4, 4): 4,
        (3, 3): 5,
        (2, 2): 1,
        (1, 1): 1,
        (REFUSED, REFUSED): 2,
    }
    assert cells(impact_of(COMMISSION, *BAR)) == Counter((before, after) for *_, before, after in BY_HAND)


def test_the_distributions() -> None:
    impact = impact_of(COMMISSION, *BAR)
    before, after = impact.before, impact.comparisons[0].case
    assert before is not None
    assert after is not None
    assert before.whole.levels == ((5, 8), (4, 4), (3, 5), (2, 1), (1, 1))
    assert after.whole.levels == ((5, 3), (4, 9), (3, 5), (2, 1), (1, 1))
    assert (before.whole.refused, after.whole.refused, after.whole.total) == (2, 2, 21)
    assert before.whole.share(5) == Fraction(8, 19)
    harbors = dict(before.units)["Harbors"], dict(after.units)["Harbors"]
    assert [each.levels[:2] for each in harbors] == [((5, 4), (4, 1)), ((5, 1), (4, 4))]


def test_who_moves_and_by_which_lines() -> None:
    (comparison,) = impact_of(COMMISSION, *BAR).comparisons
    assert (comparison.count(Direction.LOWER), comparison.count(Direction.HIGHER)) == (5, 0)
    assert comparison.count(Direction.SAME) == 16
    (move,) = comparison.moves
    assert [place + 1 for place in move.places] == [2, 3, 4, 7, 17]
    (reason,) = move.reasons
    assert reason.before.words == "score 475 to 500 is level 5"
    assert reason.before.file.endswith("opm_basic.sespms")
    assert reason.after.words == "score 400 to 484 is level 4"


def test_the_cap_over_the_agency_and_over_its_inspector_general() -> None:
    (comparison,) = impact_of(COMMISSION, *CAP).comparisons
    assert comparison.case is not None
    assert comparison.moves == ()  # a cap changes no rating
    agency, office = comparison.case.limits
    # Career, rated, outside the inspector general: 1, 2, 3, 5, 6, 7, 8, 9, 11, 12, 13, 14. 30 percent of 12 is 3.6.
    assert [row - 1 for row in agency.verdict.counted] == [1, 2, 3, 5, 6, 7, 8, 9, 11, 12, 13, 14]
    assert [row - 1 for row in agency.verdict.reached] == [1, 2, 3, 5, 6, 7, 8, 9]
    assert agency.verdict.standing is Standing.EXCEEDED
    assert (agency.verdict.most, agency.verdict.beyond) == (Fraction(3), Fraction(5))
    # 8 falls to 380 with Results Driven at 3, 9 to 380 with any element at 3; 14 rises when its 1 becomes a 2: 440.
    assert agency.out is not None
    assert agency.into is not None
    assert ([place + 1 for place in agency.out], [place + 1 for place in agency.into]) == ([8, 9], [14])
    # 17, 18, 19 of five. 30 percent of 5 is 1.5.
    assert (office.verdict.standing, office.verdict.beyond) == (Standing.EXCEEDED, Fraction(2))
    assert [row - 1 for row in office.verdict.reached] == [17, 18, 19]


def test_the_margins_before() -> None:
    before = impact_of(COMMISSION).before
    assert before is not None
    assert before.margins is not None
    found = {
        each.level: ([place + 1 for place in each.higher], [place + 1 for place in each.lower])
        for each in before.margins
    }
    # An element of weight 20 is worth 20 points a level, one of weight 10 ten, Results Driven at 60 sixty; a level 2
    # that becomes a level 1 decides the whole rating.
    assert found == {
        5: ([], [2, 3, 4, 6, 7, 17]),
        4: ([5, 8], [8, 9, 19]),
        3: ([10], [11, 12, 20]),
        2: ([13], [13]),
        1: ([14], []),
    }


def test_what_follows_from_the_levels() -> None:
    before = impact_of(COMMISSION).before
    assert before is not None
    found = {each.words.split(" under ")[0]: [place + 1 for place in each.places] for each in before.follows}
    rated = [number for number, *_, level in BY_HAND if level is not REFUSED]
    # Noncareer and limited term executives get no performance award; those below level 3 get none and no increase.
    assert found == {
        "level 2 requires improvement plan": [13],
        "below level 3 bars performance award": [13, 14],
        "level 1 requires reassignment, transfer or removal": [14],
        "level 1 twice in 5 years requires removal": [14],
        "below level 3 twice in 3 years requires removal": [13, 14],
        "may get a performance award by level and appointment": [n for n in rated if n not in (4, 10, 13, 14)],
        "may get a pay increase by level and appointment": [n for n in rated if n not in (13, 14)],
    }


def test_plans_that_no_longer_keep_the_limits_are_refused_and_counted() -> None:
    (comparison,) = impact_of(COMMISSION, *amendments("what-if/weigh_results_more.sespms")).comparisons
    # Only 6, 7 and 8 give Results Driven 60.
    assert comparison.case is not None
    assert [place + 1 for place, state in enumerate(comparison.case.answers.states) if state is not REFUSED] == [
        6,
        7,
        8,
    ]
    assert comparison.count(Direction.OTHER) == 16
    assert {reason.after.codes for move in comparison.moves for reason in move.reasons} == {("SES604",)}


def test_a_weakness_that_was_masked() -> None:
    (comparison,) = impact_of(COMMISSION, *amendments("what-if/no_masked_weakness.sespms")).comparisons
    (move,) = comparison.moves
    assert (move.before, move.after, [place + 1 for place in move.places]) == (3, 2, [12])
    assert move.reasons[0].after.words == "any critical element below level 3 makes the rating level 2"
