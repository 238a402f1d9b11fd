"""Appraisals counted by kinds, walked through one by one, and rated one by one: three ways, one answer."""

from __future__ import annotations

from collections import Counter
from fractions import Fraction

import pytest

from program_pairs import pair, rated_by_both
from programs import (
    CRITICAL,
    ELEMENTS,
    LEFT_OUT,
    WEIGHTED_SUM,
    any_at,
    at_least,
    average,
    member,
    none_below,
    number,
    otherwise,
    program,
    rounded,
    scaled,
    score,
    stage,
    weighted_sum_program,
)
from random_programs import Draw
from sespms_rules.engines.columnar.engine import ColumnarEngine
from sespms_rules.engines.reference.engine import rate
from sespms_rules.foundation.values import replace
from sespms_rules.program import ir
from sespms_rules.program.ir import Program, ToNotRated
from sespms_rules.program.rating import Outcome, Rating
from sespms_rules.studies.comparison.counting import Counting, same_plans
from sespms_rules.studies.comparison.keys import keys_of
from sespms_rules.studies.comparison.tallying import NotTalliedError, Tallier, _walked
from sespms_rules.studies.exhaustive.sufficient_statistics import Unobservable
from small_programs import Case


def end(rating: Rating) -> int:
    if rating.level is not None:
        return rating.level
    return 0 if rating.outcome is Outcome.NOT_RATED else -1


def listed(rated: dict[Case, tuple[Rating, Rating]]) -> dict[tuple[int, int], int]:
    return dict(Counter((end(old), end(new)) for old, new in rated.values()))


@pytest.mark.parametrize("seed", range(40))
def test_kinds_hold_as_many_appraisals_as_are_listed(seed: int) -> None:
    old, new = pair(seed)
    rated = rated_by_both(old, new)
    tally = Tallier().tally((old, new))
    assert not tally.walked
    assert tally.ends == listed(rated)
    assert tally.domain.appraisals == len(rated)
    levels = [(one, two) for one, two in rated.values() if one.level and two.level and one.score != two.score]
    apart = Counter((end(one), end(two)) for one, two in levels)
    assert {ends: count for ends, count in tally.rescored.items() if min(ends) > 0} == apart


@pytest.mark.parametrize("seed", range(20))
def test_an_example_of_each_end_ends_so(seed: int) -> None:
    programs = pair(seed)
    for ends, appraisal in Tallier().tally(programs).examples.items():
        assert ends == tuple(end(rate(each, appraisal, trace=False)) for each in programs)


@pytest.mark.parametrize("seed", range(10))
def test_kinds_and_a_walk_count_alike(seed: int) -> None:
    programs = pair(seed)
    engines = [ColumnarEngine(each) for each in programs]
    walked, kinds = _walked(programs, engines, 10**6), Tallier().tally(programs)
    assert (walked.domain, walked.ends) == (kinds.domain, kinds.ends)
    assert {ends: count for ends, count in walked.rescored.items() if count} == kinds.rescored


ROWS = (at_least(4, 5), at_least(3, 3), otherwise(1))
SUM_OF_MORE = ir.Aggregate(
    ir.Aggregation.SUM,
    ir.Largest((ir.Product(ir.Own(ir.Take.LEVEL), number(2)), ir.Sum(ir.Own(ir.Take.POINTS), number("1/3")))),
    False,
    ELEMENTS,
)
FORMULAS: dict[str, ir.Expression] = {
    "average": average(),
    "rounded": rounded(average(), ir.Tie.HALF_EVEN, 1),
    "lowest": ir.Aggregate(ir.Aggregation.LOWEST, ir.Own(ir.Take.POINTS), False, ELEMENTS),
    "highest critical": ir.Aggregate(ir.Aggregation.HIGHEST, ir.Own(ir.Take.LEVEL), False, CRITICAL),
    "of one member": ir.Difference(ir.OfMember(ir.Take.POINTS, "B"), average()),
    "larger of two": ir.Quotient(SUM_OF_MORE, number(3)),
    "a share": ir.ShareOf(ELEMENTS, ir.MemberTest(ir.TestKind.AT_OR_BETTER, 4)),
    "how many": ir.CountOf(CRITICAL, ir.MemberTest(ir.TestKind.BELOW, 3)),
}


@pytest.mark.parametrize("name", FORMULAS)
def test_every_kind_of_sum_is_told_apart(name: str) -> None:
    members = (member("A"), member("B", critical=False), member("C"))
    rows = (ir.Row(none_below(2), ToNotRated()), *ROWS)
    old = program(stage(score(FORMULAS[name]), rows=ROWS, members=members, first=True))
    new = program(stage(score(FORMULAS[name]), rows=rows, members=members, first=True, overrides=(any_override(),)))
    kinds = Tallier().tally((old, new))
    walked = _walked((old, new), [ColumnarEngine(old), ColumnarEngine(new)], 10**6)
    assert not kinds.walked
    assert kinds.ends == walked.ends
    assert len(kinds.ends) > 1


def any_override() -> ir.Row:
    return ir.Row(any_at(1), ir.ToLevel(2))


def test_weighted_means_and_named_values_are_told_apart() -> None:
    old = weighted_small(average(by_weight=True), "4")
    own = ir.Definition("worth", ir.Product(ir.Own(ir.Take.POINTS), ir.Own(ir.Take.WEIGHT)), each=ELEMENTS)
    total = ir.Aggregate(ir.Aggregation.SUM, ir.OwnNamed("worth"), False, ELEMENTS)
    new = weighted_small(ir.Quotient(total, number(12)), "3.5", own)
    kinds = Tallier().tally((old, new))
    walked = _walked((old, new), [ColumnarEngine(old), ColumnarEngine(new)], 10**6)
    assert not kinds.walked
    assert kinds.ends == walked.ends
    assert kinds.rescored == {}


def weighted_small(formula: ir.Expression, cut: str, *definitions: ir.Definition) -> Program:
    limits = (ir.WeightTotal(Fraction(12)), ir.WholeWeights(), ir.NoneAbove("C"))
    members = tuple(member(name) for name in "ABC")
    rows = (at_least(cut, 5), at_least(3, 3), otherwise(1))
    return program(
        stage(*definitions, score(formula), rows=rows, members=members, weighted=True, limits=limits, first=True)
    )


def test_what_is_no_sum_is_walked_through() -> None:
    members = tuple(member(name) for name in "AB")
    inner = ir.Aggregate(ir.Aggregation.SUM, ir.Quotient(number(6), ir.Own(ir.Take.POINTS)), False, ELEMENTS)
    old = program(stage(score(inner), rows=ROWS, members=members, first=True))
    new = program(stage(score(inner), rows=(at_least(5, 5), *ROWS[1:]), members=members, first=True))
    tally = Tallier().tally((old, new))
    assert tally.walked
    assert sum(tally.ends.values()) == tally.domain.appraisals == 25
    assert all(ends == tuple(end(rate(p, one)) for p in (old, new)) for ends, one in tally.examples.items())


def test_missing_ratings_are_walked_through() -> None:
    members = tuple(member(name) for name in "AB")
    old = program(stage(score(average()), rows=ROWS, members=members, unrated=(LEFT_OUT,), first=True))
    new = replace(old, summary=replace(old.summary, rows=(at_least(5, 5), *ROWS[1:])))
    tally = Tallier().tally((old, new))
    assert tally.walked
    assert sum(tally.ends.values()) == tally.domain.appraisals == 36


def test_numbers_without_end_are_not_counted_and_that_is_said() -> None:
    one = program(stage(score(average()), rows=ROWS, members=(scaled("A"),), first=True))
    with pytest.raises(NotTalliedError, match="rated by a number"):
        Tallier().tally((one, one))


def test_more_rows_than_are_walked_are_not_counted_and_that_is_said() -> None:
    members = tuple(member(name) for name in "AB")
    inner = ir.Aggregate(ir.Aggregation.SUM, ir.Quotient(number(6), ir.Own(ir.Take.POINTS)), False, ELEMENTS)
    one = program(stage(score(inner), rows=ROWS, members=members, first=True))
    with pytest.raises(NotTalliedError, match="more than"):
        Tallier(limit=10).tally((one, one))


def drawn_pair(seed: int) -> tuple[Program, Program] | None:
    """A program drawn at random and a change of it, members rated by three levels; None where it cannot be made so."""
    drawn = Draw(seed).program()
    if drawn.summary.further or len(drawn.summary.members) > 3:
        return None
    members = tuple(replace(each, stage=None, scale=ir.LevelScale((5, 3, 1))) for each in drawn.summary.members)
    limits = (ir.WeightTotal(Fraction(5)), ir.WholeWeights()) if drawn.summary.weighted else ()
    summary = replace(drawn.summary, members=members, limits=limits, open=False, unrated=())
    changed = replace(summary, rows=(*summary.rows[1:], otherwise(3)), hit_policy=ir.HitPolicy.FIRST)
    return replace(drawn, summary=summary), replace(drawn, summary=changed)


DRAWN = [each for seed in range(120) if (each := drawn_pair(seed)) is not None]


@pytest.mark.parametrize("place", range(len(DRAWN)))
def test_programs_drawn_at_random_are_counted_as_they_are_walked(place: int) -> None:
    programs = DRAWN[place]
    engines = [ColumnarEngine(each) for each in programs]
    kinds = Tallier().tally(programs)
    walked = _walked(programs, engines, 10**6)
    assert (kinds.domain, kinds.ends) == (walked.domain, walked.ends)


def test_many_programs_drawn_at_random_read_only_sums() -> None:
    assert sum(not Tallier().tally(each).walked for each in DRAWN) >= 10


def test_what_was_listed_for_one_pair_serves_the_next() -> None:
    old = weighted_sum_program()
    counting = Counting()
    up, down = (
        replace(
            old,
            summary=replace(
                old.summary, rows=(at_least(cut, 5), at_least(400, 4), otherwise(2)), hit_policy=ir.HitPolicy.FIRST
            ),
        )
        for cut in (470, 480)
    )
    first, second = counting.counted(up, down), counting.counted(down, up)
    assert first.moves.down == second.moves.up > 0
    assert (first.moves.up, second.moves.down) == (0, 0)
    assert first.domain.appraisals == 308_358 * 3_125
    assert len(counting._tallier._listed) == 1


def test_variants_are_counted_together_as_they_are_alone() -> None:
    old, _ = pair(3)
    third = replace(old, summary=replace(old.summary, overrides=()))
    assert same_plans(old, third)
    together = Counting().together(old, [third, old])
    alone = [Counting().counted(old, each) for each in (third, old)]
    assert [each.moves for each in together] == [each.moves for each in alone]


def test_limits_in_other_words_are_other_plans() -> None:
    old = weighted_sum_program()
    assert same_plans(old, replace(old, summary=replace(old.summary, rows=())))
    assert not same_plans(old, replace(old, summary=replace(old.summary, limits=old.summary.limits[1:])))


def test_a_weight_that_one_program_does_not_read_is_handed_to_it_all_the_same() -> None:
    members = tuple(member(name) for name in "ABC")
    old = weighted_small(WEIGHTED_SUM, "48")
    new = program(stage(score(average()), rows=ROWS, members=members, first=True))
    counted = Counting().counted(old, new)
    assert counted.domain.appraisals == counted.domain.plans * 125
    assert sum(each.count for each in counted.transitions) == counted.domain.appraisals


def test_too_many_numbers_are_not_told_apart() -> None:
    huge = ir.Product(ir.Own(ir.Take.POINTS), number("1/10000019"))
    formula = ir.Aggregate(
        ir.Aggregation.SUM, ir.Sum(huge, ir.Product(ir.Own(ir.Take.WEIGHT), ir.Own(ir.Take.WEIGHT))), False, ELEMENTS
    )
    one = weighted_small(formula, "4")
    from sespms_rules.program.plans import alike_groups
    from sespms_rules.studies.exhaustive.joint import joint_stages
    from sespms_rules.studies.exhaustive.plan_tables import plan_table

    (shape,) = joint_stages([one])
    plans = plan_table(shape.limits, shape.names, alike_groups(shape.stages, shape.names))
    with pytest.raises(Unobservable):
        keys_of(shape, plans)


@pytest.mark.parametrize("seed", range(12))
def test_there_and_back_are_the_same_the_other_way_round(seed: int) -> None:
    old, new = pair(seed)
    there, back = Counting().counted(old, new), Counting().counted(new, old)
    assert (there.moves.up, there.moves.down) == (back.moves.down, back.moves.up)
    assert (there.moves.only_old, there.moves.only_new) == (back.moves.only_new, back.moves.only_old)
    assert there.rescored == back.rescored
