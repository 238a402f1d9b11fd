"""The walk through all appraisals stands for each admitted appraisal exactly once."""

from __future__ import annotations

import random
from collections import Counter
from fractions import Fraction

import pytest

from nights import at_depth
from programs import (
    CRITICAL,
    ELEMENTS,
    LEFT_OUT,
    WEIGHTED_SUM,
    any_at,
    at_least,
    average,
    level,
    otherwise,
    program,
    scaled,
    score,
    stage,
    weighted_sum_program,
    when,
)
from random_programs import Draw
from sespms_rules.engines.columnar.engine import ColumnarEngine
from sespms_rules.engines.columnar.scope import why_not_in_columns
from sespms_rules.engines.reference.engine import rate
from sespms_rules.foundation.values import replace
from sespms_rules.program.ir import (
    Group,
    Kind,
    LevelScale,
    Limit,
    Member,
    MemberCount,
    Names,
    NoneAbove,
    NumberThat,
    OfMember,
    Program,
    Row,
    Stage,
    Sum,
    Take,
    ToLevel,
    WeightRange,
    WeightTotal,
    WholeWeights,
)
from sespms_rules.program.plans import alike_groups
from sespms_rules.program.rating import Outcome
from sespms_rules.studies.exhaustive.walk import Domain, NotWalkable, domain, walk
from whole_domain.enumerating import answers_by_walk, answers_one_by_one, every_appraisal, shipped

NONCRITICAL = at_depth(2, 4)
"""Up to how many noncritical members are put into the full lists: two are admitted."""

SHORT = LevelScale((3, 2, 1))
NAMES = ("A", "B", "C")


def weighed(*limits: Limit, total: int = 7, names: tuple[str, ...] = NAMES, **rest: object) -> Stage:
    """Members on three levels with whole weights, three lines by the score and one override."""
    return stage(
        score(WEIGHTED_SUM),
        members=tuple(Member(name, True, SHORT, None) for name in names),
        weighted=True,
        limits=(WeightTotal(Fraction(total)), WholeWeights(), *limits),
        rows=(at_least(17, 3), at_least(12, 2), otherwise(1)),
        first=True,
        **rest,  # type: ignore[arg-type]
    )


def names_one() -> Stage:
    """A line that asks for one member by name sets it apart."""
    row = when(NumberThat(Names(("B",)), level(1), 1, None), 1)
    made = weighed()
    return replace(made, rows=(row, *made.rows))


def names_two() -> Stage:
    """A line that asks for two members by name sets them apart from the third, not from each other."""
    row = when(NumberThat(Names(("C", "A")), level(1), 1, None), 1)
    made = weighed(WeightRange(("A",), (), Fraction(1), Fraction(3)), WeightRange(("C",), (), Fraction(1), Fraction(3)))
    return replace(made, overrides=(row,))


def adds_by_name() -> Stage:
    """A formula that names its members."""
    formula = Sum(OfMember(Take.POINTS, "A"), OfMember(Take.WEIGHT, "C"))
    return replace(weighed(), definitions=(score(formula),))


def with_requirements() -> Stage:
    """A member that is rated by requirements with weights of their own, of which a plan may bring two."""
    inner = replace(
        weighed(MemberCount(Kind.REQUIREMENT, 1, 2), total=2, names=()),
        kind=Kind.REQUIREMENT,
        name="B",
        open=True,
        points=((3, Fraction(3)), (1, Fraction(1))),
    )
    inner = replace(inner, definitions=(score(replace(WEIGHTED_SUM, members=_group(Kind.REQUIREMENT))),))
    made = weighed(names=("A", "B"), total=3)
    nested = tuple(replace(each, stage=inner) if each.name == "B" else each for each in made.members)
    return replace(made, members=nested)


def _group(kind: Kind) -> Group:
    return replace(ELEMENTS, kind=kind)


def of_their_own() -> Stage:
    """Two to four members that the plan brings, without weights."""
    rows = (at_least(3, 3), at_least(2, 2), otherwise(1))
    made = stage(score(average()), rows=rows, first=True, limits=(MemberCount(Kind.CRITICAL, 2, 4),))
    points = tuple((each, Fraction(each)) for each in (3, 2, 1))
    return replace(made, points=points, closed_to=Kind.NONCRITICAL)


def of_both_sorts() -> Stage:
    """Two or three critical members and up to two others, all of which the plan brings; a cap on the others."""
    made = of_their_own()
    limits = (MemberCount(Kind.CRITICAL, 2, 3), MemberCount(Kind.NONCRITICAL, None, 2))
    cap = Row(any_at(1, _group(Kind.NONCRITICAL)), ToLevel(2))
    return replace(made, limits=limits, closed_to=None, caps=(cap,))


def in_some_plans() -> Stage:
    """One member that every plan has, and two, one of them not critical, that only some have; two of them at least."""
    made = weighed(MemberCount(Kind.CRITICAL, 1, 2))
    members = [replace(each, optional=each.name != "A", critical=each.name != "C") for each in made.members]
    named = Row(NumberThat(Names(("C",)), level(1), 1, None), ToLevel(1))
    return replace(made, members=tuple(members), overrides=(named,))


def partly_rated() -> Stage:
    """Ratings may be missing, and one member is not critical."""
    made = weighed(unrated=(LEFT_OUT,), overrides=(Row(any_at(1, CRITICAL), ToLevel(1)),))
    return replace(made, members=(*made.members[:2], replace(made.members[2], critical=False)))


STAGES = {
    "plain": weighed(),
    "none above": weighed(NoneAbove("B"), WeightRange(("B",), (), Fraction(3), None)),
    "two tops": weighed(NoneAbove("B"), NoneAbove("C"), total=8),
    "ranges": weighed(WeightRange(None, ("A",), Fraction(2), Fraction(4))),
    "names one": names_one(),
    "names two": names_two(),
    "adds by name": adds_by_name(),
    "requirements": with_requirements(),
    "of their own": of_their_own(),
    "of both sorts": of_both_sorts(),
    "in some plans": in_some_plans(),
    "partly rated": partly_rated(),
    "no total": replace(weighed(), limits=(WholeWeights(), WeightRange(None, (), None, Fraction(3)))),
}


@pytest.mark.parametrize("name", STAGES)
def test_the_walk_is_the_full_list(name: str) -> None:
    """Counts of every answer, plans and appraisals are those of the full list."""
    made = program(STAGES[name])
    heaviest = {"requirements": 2, "in some plans": 7}.get(name, 5)
    appraisals = list(every_appraisal(made, heaviest, 4, noncritical=NONCRITICAL))
    assert appraisals
    assert answers_by_walk(made) == answers_one_by_one(made, iter(appraisals))
    found = domain(made)
    assert found.appraisals == len(appraisals)
    assert found.plans == len({_weights(each.elements) for each in appraisals})


def _weights(elements: tuple[object, ...]) -> object:
    return tuple((each.name, each.weight, _weights(each.requirements)) for each in elements)  # type: ignore[attr-defined]


def test_what_is_alike_is_told_by_the_program() -> None:
    """Members are alike unless a limit, a scale, a kind, a formula or a line sets one of them apart."""

    def groups(made: Stage, names: tuple[str, ...] = NAMES) -> tuple[tuple[int, ...], ...]:
        return alike_groups((made,), names)

    assert groups(STAGES["plain"]) == ((0, 1, 2),)
    assert groups(STAGES["none above"]) == ((0, 2), (1,))
    assert groups(STAGES["ranges"]) == ((0,), (1, 2))
    assert groups(STAGES["names one"]) == ((0, 2), (1,))
    assert groups(STAGES["names two"]) == ((0, 2), (1,))
    assert groups(STAGES["adds by name"]) == ((0,), (1,), (2,))
    assert groups(STAGES["partly rated"]) == ((0, 1), (2,))
    assert alike_groups((STAGES["plain"], STAGES["none above"]), NAMES) == ((0, 2), (1,))
    assert groups(STAGES["of their own"], ("one", "other")) == ((0, 1),)
    opm = weighted_sum_program().summary
    assert alike_groups((opm,), tuple(each.name for each in opm.members)) == ((0, 1, 2, 3), (4,))


def _drawn(seed: int) -> Program:
    """A program drawn at random, on few levels, with whole weights of a small total."""
    draw = Draw(seed)
    made = draw.program()
    return replace(made, summary=_small(made.summary, random.Random(seed)))


def _small(made: Stage, draw: random.Random) -> Stage:
    members = tuple(
        replace(each, scale=LevelScale((5, 1)), stage=_small(each.stage, draw) if each.stage else None)
        for each in made.members
    )
    limits: list[Limit] = [WeightTotal(Fraction(5)), WholeWeights()] if made.weighted else []
    if made.weighted and draw.random() < 0.4:
        limits.append(NoneAbove(draw.choice(members).name))
    return replace(made, members=members, limits=tuple(limits), further=(), open=False)


def _small_enough(made: Program) -> bool:
    """Few enough members for a full list, no additional ratings, which may be any number, and fit for columns."""
    return _leaves(made.summary) <= 4 and "OwnFurther" not in repr(made) and not why_not_in_columns(made)


def _leaves(made: Stage) -> int:
    return sum(_leaves(each.stage) if each.stage else 1 for each in made.members)


SEEDS = [seed for seed in range(120) if _small_enough(_drawn(seed))]


@pytest.mark.parametrize("seed", SEEDS)
def test_drawn_programs(seed: int) -> None:
    """Whatever a program says, the walk gives each answer as often as the full list does."""
    made = _drawn(seed)
    assert answers_by_walk(made) == answers_one_by_one(made, every_appraisal(made, 5, 0))


def test_the_drawn_programs_differ() -> None:
    """There are enough of them, and members are alike in some and not in others."""
    kept = [_drawn(seed).summary for seed in SEEDS]
    sizes = Counter(
        max(map(len, alike_groups((each,), tuple(member.name for member in each.members)))) for each in kept
    )
    assert len(kept) > 25
    assert sizes[1] > 5
    assert sizes[2] + sizes[3] + sizes[4] > 5


# ---- several programs ----------------------------------------------------------------------------


def test_two_programs_share_their_domain() -> None:
    """A walk of two programs goes through what both admit, and each gets its own columns."""
    first = program(STAGES["none above"])
    second = program(names_one())
    both = list(every_appraisal(first, 5, 0, second))
    assert 0 < len(both) < len(list(every_appraisal(second, 5)))
    assert domain(first, second).appraisals == len(both)
    assert answers_by_walk(first, second) == answers_one_by_one(first, iter(both))
    found: Counter[tuple[int, int]] = Counter()
    engines = ColumnarEngine(first), ColumnarEngine(second)
    for block in walk(first, second):
        levels = [
            engine.rate_columns(columns).level for engine, columns in zip(engines, block.for_programs, strict=True)
        ]
        for row, times in enumerate(block.times.tolist()):
            found[int(levels[0][row]), int(levels[1][row])] += times
    wanted = Counter((rate(first, each).level or 0, rate(second, each).level or 0) for each in both)
    assert found == wanted


def test_programs_with_other_members_share_what_both_admit() -> None:
    """One names members that the other lets a plan bring; one that neither brings leaves nothing."""
    named = stage(score(average()), members=tuple(Member(each, True, SHORT, None) for each in ("A", "B")))
    named = replace(named, rows=(at_least(2, 3), otherwise(1)), hit_policy=STAGES["plain"].hit_policy)
    first, second = program(named), program(of_their_own())
    both = list(every_appraisal(first, 1, 0, second))
    assert domain(first, second) == Domain(1, 9, 9)
    assert len(both) == 9
    assert answers_by_walk(second, first) == answers_one_by_one(second, iter(both))
    other = program(replace(named, members=tuple(replace(each, name=f"{each.name}2") for each in named.members)))
    assert domain(first, other) == Domain(0, 0, 0)
    assert list(walk(first, other)) == []
    assert domain(first, program(weighed(names=("A", "B")))) == Domain(0, 0, 0)


def test_a_member_in_some_plans_of_one_program_is_shared_as_far_as_the_other_has_it() -> None:
    """Under one program each plan has it, under the other some do; where the other does not know it, no plan may."""
    some, every = program(in_some_plans()), program(weighed())
    both = list(every_appraisal(some, 7, 0, every))
    assert domain(some, every).appraisals == len(both) > 0
    assert answers_by_walk(some, every) == answers_one_by_one(some, iter(both))
    without = program(weighed(names=("A", "B")))
    alike = list(every_appraisal(some, 7, 0, without))
    assert domain(some, without).appraisals == len(alike) > 0
    assert all({rated.name for rated in each.elements} == {"A", "B"} for each in alike)
    assert answers_by_walk(some, without) == answers_one_by_one(some, iter(alike))


def test_a_member_of_a_plan_s_own_may_be_one_that_is_not_in_every_plan_elsewhere() -> None:
    named = stage(score(average()), members=tuple(Member(each, True, SHORT, None) for each in ("A", "B", "C")))
    named = replace(named, rows=(at_least(2, 3), otherwise(1)), hit_policy=STAGES["plain"].hit_policy)
    optional = tuple(replace(each, optional=each.name == "C", critical=each.name != "C") for each in named.members)
    first, second = program(replace(named, members=optional)), program(of_both_sorts())
    both = list(every_appraisal(first, 1, 0, second))
    assert domain(first, second).appraisals == len(both) == 9 + 27
    assert answers_by_walk(second, first) == answers_one_by_one(second, iter(both))
    only_critical = program(of_their_own())
    assert domain(first, only_critical).appraisals == 9


# ---- blocks --------------------------------------------------------------------------------------


def test_a_row_is_an_appraisal() -> None:
    """The appraisal of a row is rated by the reference as its columns are."""
    made = program(with_requirements())
    engine = ColumnarEngine(made)
    checked = 0
    for block in walk(made):
        result = engine.rate_columns(block.columns)
        for row in range(block.rows):
            rating = rate(made, block.appraisal(row), trace=False)
            assert (rating.level or 0) == result.level[row]
            assert rating.outcome is not Outcome.REFUSED
            checked += 1
    assert checked > 20


@pytest.mark.parametrize("name", ["plain", "of their own", "requirements"])
def test_counting_is_adding_up_what_rows_stand_for(name: str) -> None:
    """The quick count of a block is the sum over its rows."""
    made = program(STAGES[name])
    engine = ColumnarEngine(made)
    for block in walk(made):
        levels = engine.rate_columns(block.columns).level
        assert len(block.times) == block.rows == len(levels)
        for wanted in (1, 2, 3):
            assert block.count(levels == wanted) == sum(block.times[levels == wanted].tolist())
        assert block.count(True) == sum(block.times.tolist())
        assert block.count(False) == 0


# ---- what cannot be walked -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("made", "why"),
    [
        (replace(weighed(), limits=(WeightTotal(Fraction(7)),)), "the weight of `A` may have fractions"),
        (replace(weighed(), limits=(WholeWeights(),)), "nothing limits the weight of `A`"),
        (stage(score(average()), rows=(otherwise(3),)), "a plan may have any number of elements"),
        (stage(score(average()), members=(scaled("A"),), rows=(otherwise(3),)), "`A` is rated by a number"),
        (replace(of_their_own(), limits=(MemberCount(Kind.CRITICAL, 1, 13),)), "`13` elements that are alike"),
    ],
)
def test_no_end_of_appraisals_is_said(made: Stage, why: str) -> None:
    """Where there is no end of appraisals the walk says why and what would help."""
    with pytest.raises(NotWalkable) as raised:
        walk(program(made))
    assert why in raised.value.why
    assert raised.value.help


def test_a_walk_that_is_too_long_is_refused_before_it_begins() -> None:
    """The limit is told with the number of rows."""
    with pytest.raises(NotWalkable, match="more than `1,000`"):
        walk(weighted_sum_program(), limit=1_000)


def test_impossible_weights_leave_no_plan() -> None:
    """Where no weights keep the limits there is nothing to walk through."""
    made = program(weighed(WeightRange(None, (), Fraction(3), None)))
    assert domain(made).appraisals == 0
    assert list(walk(made)) == []


# ---- the shipped systems -------------------------------------------------------------------------


def test_opm_2012_is_counted_to_the_last_appraisal() -> None:
    """308,358 plans by 3,125 sets of ratings, each at exactly one level."""
    made = shipped("agencies/opm_basic.sespms")
    assert domain(made) == Domain(308_358, 3_125, 963_618_750)
    engine = ColumnarEngine(made)
    counts = dict.fromkeys(range(6), 0)
    rows = 0
    for block in walk(made):
        rows += block.rows
        levels = engine.rate_columns(block.columns).level
        for wanted in counts:
            counts[wanted] += block.count(levels == wanted)
    assert counts == {0: 0, 1: 647_860_158, 2: 67_261_714, 3: 179_405_808, 4: 65_655_876, 5: 3_435_194}
    assert sum(counts.values()) == 963_618_750
    assert rows < 963_618_750 // 19


def test_opm_2025_has_fewer_plans() -> None:
    """The least weights of 2025 leave 3,876 plans, if weights are whole; that they are is not known."""
    made = shipped("agencies/opm_2025.sespms")
    whole = replace(made, summary=replace(made.summary, limits=(*made.summary.limits, WholeWeights())))
    assert domain(whole) == Domain(3_876, 3_125, 3_876 * 3_125)
    with pytest.raises(NotWalkable, match="may have fractions"):
        domain(made)
