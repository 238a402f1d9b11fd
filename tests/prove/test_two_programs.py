"""Two programs put to the solver over one appraisal: what it says of them agrees with rating every appraisal."""

from __future__ import annotations

from fractions import Fraction

import pytest

from program_pairs import legal, pair, rated_by_both
from programs import (
    PLAN_LIMITS,
    at_least,
    average,
    member,
    otherwise,
    program,
    scaled,
    score,
    weighted_sum_program,
)
from programs import stage as made_stage
from sespms_rules.engines.reference.engine import rate
from sespms_rules.foundation.values import replace
from sespms_rules.program.ir import HitPolicy, Kind, MemberCount, Program, WeightTotal
from sespms_rules.program.rating import Rating
from sespms_rules.proofs.solver import Status
from sespms_rules.proofs.solver.joint_shapes import DifferentElementsError, NotComparableError
from sespms_rules.proofs.solver.two_plans import plans_differ
from sespms_rules.proofs.solver.two_programs import TwoPrograms, Way, difference
from small_programs import every_appraisal


def happens(way: Way, old: Rating, new: Rating) -> bool:
    if way is Way.OTHERWISE:
        return (old.outcome, old.level) != (new.outcome, new.level)
    if way is Way.ONLY_OLD:
        return old.level is not None and new.level is None
    if way is Way.ONLY_NEW:
        return old.level is None and new.level is not None
    if old.level is None or new.level is None:
        return False
    return new.level > old.level if way is Way.HIGHER else new.level < old.level


@pytest.mark.parametrize("seed", range(30))
def test_the_solver_agrees_with_rating_every_appraisal_by_both(seed: int) -> None:
    old, new = pair(seed)
    rated = rated_by_both(old, new)
    both = TwoPrograms(old, new)
    for way in Way:
        verdict = both.differ(way)
        any_such = any(happens(way, *ratings) for ratings in rated.values())
        if not rated:
            assert verdict.status is Status.UNDECIDED
            continue
        assert verdict.status is (Status.REFUTED if any_such else Status.PROVED), way
        if any_such:
            here, there = verdict.shown
            assert here.appraisal == there.appraisal
            weights = tuple(int(each.weight) for each in here.appraisal.elements if each.weight is not None)
            vector = tuple(int(each.rating) for each in here.appraisal.elements if each.rating is not None)
            ratings = rated[weights, vector]
            assert happens(way, *ratings)
            assert [(each.outcome, each.level) for each in verdict.shown] == [
                (each.outcome, each.level) for each in ratings
            ]


@pytest.mark.parametrize("seed", range(30))
def test_legal_plans_are_compared_as_they_are_refused(seed: int) -> None:
    old, new = pair(seed)
    sides = {
        (legal(rate(old, appraisal, trace=False)), legal(rate(new, appraisal, trace=False)))
        for _, appraisal in every_appraisal(old.summary.weighted)
    }
    verdict = plans_differ(old, new)
    assert verdict.status is (Status.REFUTED if {(True, False), (False, True)} & sides else Status.PROVED)
    assert (verdict.only_old is not None) is ((True, False) in sides)
    assert (verdict.only_new is not None) is ((False, True) in sides)
    for plan, under in ((verdict.only_old, old), (verdict.only_new, new)):
        if plan is not None:
            at_three = tuple(replace(each, rating=Fraction(3)) for each in plan)
            other = new if under is old else old
            appraisal = replace(next(every_appraisal(True))[1], elements=at_three)
            assert legal(rate(under, appraisal, trace=False))
            assert not legal(rate(other, appraisal, trace=False))


def test_a_program_does_not_differ_from_itself() -> None:
    assert difference(weighted_sum_program(), weighted_sum_program()).status is Status.PROVED
    assert plans_differ(weighted_sum_program(), weighted_sum_program()).status is Status.PROVED


def test_members_in_another_order_are_matched_by_name() -> None:
    old = weighted_sum_program()
    turned = replace(old, summary=replace(old.summary, members=tuple(reversed(old.summary.members))))
    assert difference(old, turned).status is Status.PROVED


def test_one_direction_can_be_asked_for() -> None:
    old = weighted_sum_program()
    rows = tuple(at_least(str(cut), to) for cut, to in ((470, 5), (400, 4), (300, 3), (200, 2)))
    new = replace(old, summary=replace(old.summary, rows=rows, hit_policy=_first()))
    assert difference(old, new, higher=False).status is Status.PROVED
    verdict = difference(old, new, higher=True)
    assert verdict.status is Status.REFUTED
    assert [each.level for each in verdict.shown] == [4, 5]
    assert Fraction(470) <= (verdict.shown[0].score or 0) < 475


def _first() -> HitPolicy:
    return HitPolicy.FIRST


def _plain(*names: str, top: str = "2.5", limits: tuple[MemberCount, ...] = ()) -> Program:
    members = tuple(member(name) for name in names)
    return program(
        made_stage(score(average()), rows=(at_least(top, 3), otherwise(1)), members=members, first=True, limits=limits)
    )


def test_elements_without_a_counterpart_are_named() -> None:
    with pytest.raises(DifferentElementsError) as raised:
        difference(_plain("A", "B"), _plain("A", "C", "D"))
    assert (raised.value.only_old, raised.value.only_new) == (("B",), ("C", "D"))
    assert str(raised.value) == (
        "these systems do not rate the same elements: only the old rates `B` and only the new rates `C` and `D`"
    )


def test_an_element_rated_by_a_number_stands_for_none_rated_by_a_level() -> None:
    rows = (at_least(50, 3), otherwise(1))
    numbers = program(made_stage(score(average()), rows=rows, members=(scaled("A"),), first=True))
    with pytest.raises(NotComparableError, match="`A` is rated by levels in the old system and by numbers"):
        difference(_plain("A"), numbers)


def test_an_open_system_takes_the_elements_that_the_other_names() -> None:
    two = (MemberCount(Kind.ELEMENT, 2, 2),)
    assert difference(_plain("A", "B"), _plain(limits=two)).status is Status.PROVED
    verdict = difference(_plain(limits=two), _plain("A", "B", top="2"))
    assert verdict.status is Status.REFUTED
    assert [each.name for each in verdict.shown[0].appraisal.elements] == ["A", "B"]
    assert [
        rate(each, shown.appraisal).level
        for each, shown in zip((_plain(limits=two), _plain("A", "B", top="2")), verdict.shown, strict=True)
    ] == [each.level for each in verdict.shown]


def test_what_only_one_system_uses_is_handed_to_it_alone() -> None:
    old = weighted_sum_program()
    new = program(
        made_stage(score(average()), rows=(at_least(4, 5), otherwise(3)), members=old.summary.members, first=True)
    )
    verdict = difference(old, new)
    assert verdict.status is Status.REFUTED
    for each, shown in zip((old, new), verdict.shown, strict=True):
        assert rate(each, shown.appraisal).level == shown.level
    assert all(each.weight is None for each in verdict.shown[1].appraisal.elements)


def test_decimal_weights_that_only_one_system_allows_are_legal_plans_of_it_alone() -> None:
    old = weighted_sum_program()
    limits = tuple(each for each in old.summary.limits if type(each).__name__ != "WholeWeights")
    new = replace(old, summary=replace(old.summary, limits=limits))
    verdict = plans_differ(old, new)
    assert (verdict.status, verdict.only_old) == (Status.REFUTED, None)
    assert verdict.only_new is not None
    weights = [each.weight or Fraction(0) for each in verdict.only_new]
    assert sum(weights) == 100
    assert any(each.denominator != 1 for each in weights)
    assert difference(old, new).status is Status.PROVED  # of the plans that are allowed under both


def test_no_common_plan_is_said_and_proves_nothing() -> None:
    old = weighted_sum_program()
    limits = tuple(replace(each, total=Fraction(90)) if isinstance(each, WeightTotal) else each for each in PLAN_LIMITS)
    new = replace(old, summary=replace(old.summary, limits=limits))
    verdict = difference(old, new)
    assert verdict.status is Status.UNDECIDED
    assert "no plan is allowed under both" in verdict.why


def test_any_number_of_elements_is_said_where_not_all_are_looked_at() -> None:
    verdict = difference(_plain(), _plain())
    assert verdict.status is Status.UNDECIDED
    assert "not looked at: plans with more than" in verdict.why
