"""The columnar engine against the reference: shipped policies, shapes, and programs drawn at random."""

from __future__ import annotations

import itertools
import random
from collections import Counter
from collections.abc import Iterator
from fractions import Fraction
from functools import cache
from typing import Any

import numpy as np
import pytest

from engines.test_agreement import ELEMENTS, appraisal, boundary_plans, expected, inner_plans
from nights import NIGHTLY, at_depth
from random_programs import LEVELS, Draw
from sespms_rules.engines.columnar import engine as columnar
from sespms_rules.engines.columnar.engine import ColumnarEngine, ColumnarError, ColumnsTooLargeError, NotInColumnsError
from sespms_rules.engines.columnar.values import Value
from sespms_rules.engines.lifted.derivation import derived
from sespms_rules.engines.reference import engine as reference
from sespms_rules.engines.reference.admission import own_scale
from sespms_rules.foundation.interval import Interval
from sespms_rules.foundation.resources import policy_names
from sespms_rules.foundation.traversal import walk
from sespms_rules.foundation.values import replace
from sespms_rules.program import ir
from sespms_rules.program.rating import Appraisal, Outcome, Rated, Rating
from shapes import OWN, programs, spoiled
from systems import compiled, program_of, systems_of

OPM = "agencies/opm_basic.sespms"


def answer(rating: Rating) -> tuple[object, ...]:
    """What both engines must agree on; refusals by their codes, as sets."""
    if rating.outcome is Outcome.REFUSED:
        return (rating.outcome, frozenset(refusal.code for refusal in rating.refused))
    return (rating.outcome, rating.score, rating.level, rating.term, rating.values, rating.reported, rating.asked)


def differences(program: ir.Program, cases: list[Appraisal], engine: ColumnarEngine | None = None) -> list[Appraisal]:
    """The appraisals that the engines answer differently."""
    return unlike(program, cases, (engine or ColumnarEngine(program)).rate(cases))


def unlike(program: ir.Program, cases: list[Appraisal], got: list[Rating]) -> list[Appraisal]:
    """The appraisals that the reference answers otherwise."""
    assert len(got) == len(cases)
    return [
        case
        for case, rating in zip(cases, got, strict=True)
        if answer(rating) != answer(reference.rate(program, case, trace=False))
    ]


MANY = at_depth(5_000, 20_000)
"""How many appraisals are drawn of each shape, one in ten of them with something wrong."""

BY_DAY = 4
"""Of how many appraisals drawn by the thousand the reference rates one by day, beside those of `walked_by_day`."""


def walked_by_day(program: ir.Program, got: list[Rating]) -> list[int]:
    """The places of what the reference rates by day, where the engine rates all: every fourth, and more by kind.

    All whose score is a number that the policy names, such as the end of a range, where a wrong line gives another
    level; and the first of each way to end, of each set of refusals, and of each value that is such a number.
    """
    named = {each.value for each in walk(program) if isinstance(each, ir.Constant)}
    named |= {end for each in walk(program) if isinstance(each, Interval) for end in (each.low, each.high) if end}
    kinds: set[object] = set()
    walked = []
    for place, rating in enumerate(got):
        on_end = {(name, value) for name, value in rating.values if value in named}
        found = {kind(rating), *on_end}
        if place % BY_DAY == 0 or rating.score in named or not found <= kinds:
            walked.append(place)
        kinds |= found
    return walked


def kind(rating: Rating) -> tuple[object, ...]:
    """What sets ratings apart, apart from their numbers."""
    return (rating.outcome, rating.level, rating.term, frozenset(refusal.code for refusal in rating.refused))


# ---- appraisals drawn for any program --------------------------------------------------------------


fraction = cache(Fraction)


class DrawFor(Draw):
    """Draws appraisals for a program that it did not draw: other members, missing ratings, all kinds of weights.

    A member that is rated alike twice is the same object, so that appraisals made alike are told by their members.
    """

    def __init__(self, seed: int) -> None:
        super().__init__(seed)
        self._made: dict[tuple[object, ...], Rated] = {}

    def _rated(self, *fields: Any) -> Rated:
        name, rating, weight, further, inner, critical = fields
        further_key = tuple((each, value.as_integer_ratio()) for each, value in further)
        key = (name, _ratio(rating), _ratio(weight), further_key, tuple(map(id, inner)), critical)
        made = self._made.get(key)
        if made is None:
            made = self._made[key] = Rated(name, rating, weight, further, inner, critical)
        return made

    def appraisal(self, program: ir.Program) -> Appraisal:
        return Appraisal("drawn", self.members_of(program.summary), facts=self.known(program))

    def members_of(self, stage: ir.Stage) -> tuple[Rated, ...]:
        own = [f"own {number}" for number in range(self.random.randint(0 if stage.members else 1, 4))]
        levels = own_scale(stage)
        others = [ir.Member(name, self.chance(0.6), levels, None) for name in own] if stage.open else []
        members = [*stage.members, *others]
        weights = self.weights(stage, members)
        return tuple(self.drawn(*each, stage) for each in zip(members, weights, strict=True))

    def weights(self, stage: ir.Stage, members: list[ir.Member]) -> list[Fraction | None]:
        if not stage.weighted:
            return [None] * len(members)
        total = next((limit.total for limit in stage.limits if isinstance(limit, ir.WeightTotal)), Fraction(100))
        parts = [self.random.randint(1, 6) for _ in members]
        whole, among = total.numerator, total.denominator * sum(parts)
        weights = [fraction(whole * part // among) for part in parts]
        heaviest = next((limit.name for limit in stage.limits if isinstance(limit, ir.NoneAbove)), None)
        at = next((number for number, each in enumerate(members) if each.name == heaviest), -1)
        if weights:
            weights[at] += total - sum(weights)
        return [weight if weight > 0 else fraction(1) for weight in weights]

    def drawn(self, member: ir.Member, weight: Fraction | None, stage: ir.Stage) -> Rated:
        if isinstance(member.scale, ir.NumberScale):
            low, high = member.scale.low, member.scale.high
            rating = low + (high - low) * fraction(self.random.randint(0, 60), 60)
        else:
            rating = fraction(self.random.choice(member.scale.levels))
        further = tuple((each.name, self.between(each.low, each.high)) for each in stage.further)
        critical = member.critical
        if member.stage is not None:
            return self._rated(member.name, None, weight, further, self.members_of(member.stage), critical)
        missing = self.chance(0.05)
        return self._rated(member.name, None if missing else rating, weight, () if missing else further, (), critical)

    def between(self, low: Fraction, high: Fraction) -> Fraction:
        return low + (high - low) * fraction(self.random.randint(0, 4), 4)


def _ratio(number: Fraction | None) -> tuple[int, int] | None:
    return None if number is None else number.as_integer_ratio()


def each_once(cases: list[Appraisal]) -> list[Appraisal]:
    """The appraisals without those that an earlier one says word for word: of few members there are few."""
    return list({tuple(map(id, case.elements)): case for case in cases}.values())


def drawn_for(program: ir.Program, count: int) -> list[Appraisal]:
    draw = DrawFor(sum(map(ord, program.name)))
    return [draw.appraisal(program) for _ in range(count)]


def with_faults(program: ir.Program, sound: list[Appraisal], count: int) -> list[Appraisal]:
    """These appraisals, and `count` made from them that have something wrong."""
    return [*sound, *spoiled(program, lambda _: iter(sound * 40), count)]


RATING = [
    name for folder in ("agencies", "beyond-ses", "examples", "lessons", "what-if") for name in policy_names(folder)
]


# ---- shipped policies ------------------------------------------------------------------------------


@pytest.mark.differential
def test_opm_2012_over_every_combination_of_levels_under_many_plans() -> None:
    engine = ColumnarEngine(program_of(OPM))
    combinations = list(itertools.product((1, 2, 3, 4, 5), repeat=5))
    plans = (boundary_plans() + inner_plans(16))[:: at_depth(4, 1)]
    assert len(plans) == at_depth(100, 400)
    levels = np.array(combinations * len(plans), dtype=np.int8)
    weights = np.repeat(np.array(plans, dtype=np.int8), len(combinations), axis=0)
    result = engine.rate_columns(
        engine.columns(dict(zip(ELEMENTS, levels.T, strict=True)), dict(zip(ELEMENTS, weights.T, strict=True)))
    )
    wanted = [expected(plan, each) for plan in plans for each in combinations]
    assert result.level.tolist() == [level for _, level in wanted]
    assert result.score_numerator.tolist() == [score * int(result.score_denominator) for score, _ in wanted]
    assert not result.codes.any()
    assert result.scored.all()


@pytest.mark.differential
def test_opm_2012_by_appraisals_agrees_with_the_reference_under_fifty_plans() -> None:
    combinations = list(itertools.product((1, 2, 3, 4, 5), repeat=5))
    plans = (boundary_plans() + inner_plans(16))[::8]
    assert len(plans) >= 50
    cases = [appraisal(plan, combinations[number % 3125]) for plan in plans for number in range(0, 3125 * 7, 41)]
    assert differences(program_of(OPM), cases) == []


@pytest.mark.differential
@pytest.mark.parametrize("name", RATING)
def test_every_shipped_policy_agrees(name: str) -> None:
    # A lesson may hold a system with a mistake, which has no program.
    assert systems_of(name) or not compiled(name).policy.systems or name.startswith("lessons/")
    for _, program in systems_of(name):
        assert differences(program, with_faults(program, drawn_for(program, 400), 200)) == []


@pytest.mark.differential
@pytest.mark.slow
@pytest.mark.parametrize("program", programs().values(), ids=programs())
def test_many_appraisals_of_each_shape_agree(program: ir.Program) -> None:
    cases = with_faults(program, drawn_for(program, MANY * 9 // 10), MANY // 10)
    engine = ColumnarEngine(program)
    assert len(cases) == MANY
    once = each_once(cases)
    got = engine.rate(once)
    walked = range(len(once)) if NIGHTLY else walked_by_day(program, got)
    assert unlike(program, [once[place] for place in walked], [got[place] for place in walked]) == []
    assert engine.by_reference == 0


@pytest.mark.differential
@pytest.mark.slow
def test_many_appraisals_of_the_maritime_commission_agree() -> None:
    program = program_of("examples/maritime_commission.sespms")
    sound = drawn_for(program, MANY * 9 // 10)
    outcomes = Counter(reference.rate(program, case, trace=False).outcome for case in sound[:500])
    assert outcomes[Outcome.RATED] > 50, outcomes
    cases = with_faults(program, sound, MANY // 10)
    got = ColumnarEngine(program).rate(cases)
    walked = range(len(cases)) if NIGHTLY else walked_by_day(program, got)
    assert unlike(program, [cases[place] for place in walked], [got[place] for place in walked]) == []


@pytest.mark.parametrize(
    ("system", "ends"),
    [("Shape 01, weighted sum", "300 400"), ("Shape 14, adjusted before averaging", "2.5 3.5 4.5")],
)
def test_a_day_meets_every_kind_of_rating_and_every_score_on_an_end(system: str, ends: str) -> None:
    program = programs()[system]
    got = ColumnarEngine(program).rate(with_faults(program, drawn_for(program, 3_000), 300))
    walked = [got[place] for place in walked_by_day(program, got)]
    assert {kind(each) for each in walked} == {kind(each) for each in got}
    for end in map(Fraction, ends.split()):
        on_it = [each for each in got if each.score == end]
        assert on_it == [each for each in walked if each.score == end] != []
    assert len(walked) < len(got) / 2


@pytest.mark.parametrize("system", programs())
def test_the_shapes_refuse_alike(system: str) -> None:
    program = programs()[system]
    assert differences(program, with_faults(program, drawn_for(program, 150), 300)) == []


# ---- programs drawn at random ----------------------------------------------------------------------


def with_limits(draw: Draw, program: ir.Program) -> ir.Program:
    """The program with limits on its plans and room for members of each plan's own."""
    stage = program.summary
    names = tuple(member.name for member in stage.members)
    low = Fraction(draw.random.randint(1, 30), draw.random.choice((1, 2)))
    limits: list[ir.Limit] = [ir.MemberCount(ir.Kind.ELEMENT, 1, 5), ir.MemberCount(ir.Kind.CRITICAL, 1, None)]
    if stage.weighted:
        limits += [ir.NoneAbove(draw.random.choice(names)), ir.WeightTotal(Fraction(100)), ir.WholeWeights()]
        limits += [ir.WeightRange(names[:1], (), low, low + 40), ir.WeightRange(None, names[:1], low, None)]
    chosen = tuple(draw.random.sample(limits, draw.random.randint(0, len(limits))))
    if program.facts and stage.weighted:
        of_some = (
            ir.WeightRange(names[:1], (), low, None),
            ir.WeightRange(None, (), None, low),
            ir.NoneAbove(names[0]),
        )
        chosen += tuple(ir.LimitWhen(draw.of_a_fact(), each) for each in of_some)
    return replace(program, summary=replace(stage, limits=chosen, open=draw.chance(0.5)))


def drawn_programs(seeds: range) -> Iterator[tuple[ir.Program, list[Appraisal]]]:
    for seed in seeds:
        draw = Draw(seed, facts=True)
        program = draw.program()
        cases = [draw.appraisal(program) for _ in range(20)]
        yield program, cases
        limited = with_limits(draw, program)
        sound = [*cases, *(DrawFor(seed).appraisal(limited) for _ in range(20))]
        yield limited, with_faults(limited, sound, 40)


@pytest.mark.differential
@pytest.mark.parametrize("first", range(0, 200, 50))
def test_drawn_programs_agree(first: int) -> None:
    codes: Counter[str] = Counter()
    alone = 0
    for program, cases in drawn_programs(range(first, first + 50)):
        engine = ColumnarEngine(program)
        got = engine.rate(cases)
        assert unlike(program, cases, got) == []
        alone += engine.by_reference
        codes.update(refusal.code for rating in got for refusal in rating.refused)
    # Otherwise the reference would only be compared with itself.
    assert alone == 0
    assert set(codes) >= {f"SES6{code:02}" for code in range(1, 19)}, codes


@pytest.mark.parametrize("broken", ["slip", "edge", "code"])
def test_a_planted_difference_is_caught(broken: str, monkeypatch: pytest.MonkeyPatch) -> None:
    program = program_of(OPM)
    cases = [appraisal((10, 10, 10, 10, 60), each) for each in itertools.product((1, 2, 3, 4, 5), repeat=5)]
    cases += [appraisal((10, 10, 10, 10, 59), (3, 3, 3, 3, 3))]
    assert differences(program, cases) == []
    planted = program
    if broken == "slip":
        planted = replace(program, summary=replace(program.summary, overrides=()))
    elif broken == "edge":
        real = derived

        def derived_late(*asked: Any) -> Any:
            found = real(*asked)
            score = found.formulas.score
            assert score is not None
            level = found.level.numerator
            assert not isinstance(level, int)
            level[score.numerator == 400] = 3
            return found

        monkeypatch.setattr(columnar, "derived", derived_late)
    else:
        limits = tuple(limit for limit in program.summary.limits if not isinstance(limit, ir.WeightTotal))
        planted = replace(program, summary=replace(program.summary, limits=limits))
    assert differences(program, cases, ColumnarEngine(planted)) != []


# ---- arrays ----------------------------------------------------------------------------------------


def opm_arrays(rows: int) -> tuple[dict[str, np.ndarray], dict[str, np.ndarray]]:
    draw = np.random.default_rng(2012)
    light = draw.integers(5, 21, (4, rows)).astype(np.int16)
    weights = [*light, 100 - light.sum(axis=0, dtype=np.int16)]
    ratings = {name: draw.integers(0, 7, rows).astype(np.uint8) for name in ELEMENTS}
    return ratings, dict(zip(ELEMENTS, weights, strict=True))


def test_arrays_and_appraisals_get_the_same_answers(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(columnar, "ROWS", 700)
    monkeypatch.setattr(columnar, "BLOCK", 300)
    engine = ColumnarEngine(program_of(OPM))
    ratings, weights = opm_arrays(2_000)
    result = engine.rate_columns(engine.columns(ratings, weights))
    cases = [
        Appraisal(
            "one", tuple(Rated(n, Fraction(int(ratings[n][row])), Fraction(int(weights[n][row]))) for n in ELEMENTS)
        )
        for row in range(2_000)
    ]
    # In arrays 0 says "not rated"; as a rating 0 is out of range.
    cases = [
        replace(case, elements=tuple(replace(each, rating=each.rating or None) for each in case.elements))
        for case in cases
    ]
    for row, rating in enumerate(engine.rate(cases)):
        assert [each.code for each in result.refusals(row)] == [refusal.code for refusal in rating.refused]
        assert (int(result.level[row]) or None, result.score(row)) == (rating.level, rating.score)
    assert {0, 1} == set(result.outcome.tolist())


def test_no_column_holds_a_float(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(AssertionError, match="float64"):
        Value(np.zeros(3), 1, (0, 0, 1))
    engine = ColumnarEngine(program_of(OPM))
    result = engine.rate_columns(engine.columns(*opm_arrays(100)))
    for column in (result.outcome, result.level, result.score_numerator, result.scored, result.codes):
        assert column.dtype.kind in "ib"


def test_floats_missing_elements_and_arrays_of_two_lengths_are_named() -> None:
    engine = ColumnarEngine(program_of(OPM))
    ratings, weights = opm_arrays(10)
    with pytest.raises(TypeError, match="float64"):
        engine.columns({**ratings, ELEMENTS[0]: np.ones(10)}, weights)
    with pytest.raises(ColumnarError) as missing:
        engine.columns({ELEMENTS[0]: ratings[ELEMENTS[0]]}, weights)
    assert missing.value.message == "there is no array of ratings for `Leading People`"
    with pytest.raises(ColumnarError, match="an array for `Diving`"):
        engine.columns({**ratings, "Diving": ratings[ELEMENTS[0]]}, weights)
    with pytest.raises(ColumnarError, match="`9` and `10` rows"):
        engine.rate_columns(engine.columns({**ratings, ELEMENTS[0]: ratings[ELEMENTS[0]][:9]}, weights))


def test_arrays_of_requirements_and_of_what_plans_bring() -> None:
    program = programs()["Shape 10, nested derivation"]
    (nest,) = (member.name for member in program.summary.members if member.stage)
    plain = [member.name for member in program.summary.members if not member.stage]
    combinations = np.array(list(itertools.product((1, 3, 4, 5), repeat=len(plain) + 2)), dtype=np.int16)
    keys = [*plain, f"{nest} / Safety", f"{nest} / Permits"]
    ratings = dict(zip(keys, combinations.T, strict=True))
    weights = {key: np.full(len(combinations), 50) for key in keys[-2:]}
    engine = ColumnarEngine(program)
    result = engine.rate_columns(engine.columns(ratings, weights))
    for row, levels in enumerate(combinations.tolist()):
        inner = tuple(Rated(name, Fraction(level), Fraction(50)) for name, level in zip(OWN, levels[-2:], strict=False))
        rated = {name: Rated(name, Fraction(level)) for name, level in zip(plain, levels, strict=False)}
        rated[nest] = Rated(nest, requirements=inner)
        case = Appraisal("one", tuple(rated[member.name] for member in program.summary.members))
        wanted = reference.rate(program, case, trace=False)
        assert (int(result.level[row]), result.score(row)) == (wanted.level, wanted.score)


# ---- limits of columns -----------------------------------------------------------------------------


def average_of_products(levels: int) -> ir.Program:
    """A program whose score multiplies a member's rating by itself several times."""
    body: ir.Expression = ir.Own(ir.Take.POINTS)
    for _ in range(levels):
        body = ir.Product(body, ir.Own(ir.Take.POINTS))
    everyone = ir.Group(ir.Kind.ELEMENT)
    score = ir.ScoreDefinition(ir.Aggregate(ir.Aggregation.AVERAGE, body, False, everyone))
    scale = ir.NumberScale(Fraction(0), Fraction(10**9))
    rows = (ir.Row(ir.All(()), ir.ToLevel(3)),)
    stage = ir.Stage(
        "summary",
        ir.Kind.ELEMENT,
        (ir.Member("A", True, scale, None), ir.Member("B", True, scale, None)),
        False,
        tuple((level, Fraction(level)) for level in LEVELS),
        False,
        (),
        (),
        (),
        (score,),
        ir.HitPolicy.FIRST,
        (),
        rows,
        (),
    )
    return ir.Program("large", stage, (), ())


def test_what_64_bits_cannot_hold_is_rated_by_the_reference_and_said_so() -> None:
    program = average_of_products(2)
    large, small = (tuple(Rated(name, Fraction(number)) for name in "AB") for number in (9 * 10**8, 7))
    cases = [Appraisal("large", large), *(Appraisal("small", small) for _ in range(999))]
    engine = ColumnarEngine(program)
    ratings = engine.rate(cases)
    assert 1 <= engine.by_reference <= 64
    assert ratings[0].engine == "reference"
    assert ratings[0].score == (9 * 10**8) ** 3
    assert Counter(rating.engine for rating in ratings)["columnar"] >= 936
    assert {rating.score for rating in ratings[1:]} == {Fraction(343)}
    with pytest.raises(ColumnsTooLargeError, match="more than 64 bits"):
        engine.rate_columns(engine.columns({name: np.array([9 * 10**8, 1]) for name in "AB"}))


@pytest.mark.differential
@pytest.mark.parametrize("seed", range(40))
def test_numbers_of_every_size_are_exact_or_left_to_the_reference(seed: int) -> None:
    """Nothing wraps: large ratings and weights with odd denominators, in blocks of a few rows each."""
    draw = Draw(seed)
    program = draw.program()
    large = [draw.appraisal(program) for _ in range(40)]
    sizes = (1, 10, 10**3, 10**6, 10**9, 10**12)

    def grown(rated: Rated) -> Rated:
        weight = rated.weight and Fraction(
            draw.random.randint(1, draw.random.choice(sizes)), draw.random.choice((1, 7))
        )
        rating = rated.rating
        if rating is not None and draw.chance(0.5):
            rating = rating - Fraction(draw.random.randint(0, 9), draw.random.choice((10, 11, 13, 1001)))
        inner = tuple(map(grown, rated.requirements))
        return replace(rated, rating=rating, weight=weight, requirements=inner)

    cases = [Appraisal("one", tuple(map(grown, case.elements))) for case in large]
    assert differences(program, cases) == []


def test_thirds_of_a_rating_stay_exact() -> None:
    program = average_of_products(0)
    draw = random.Random(3)
    cases = [
        Appraisal(
            "one", tuple(Rated(name, Fraction(draw.randint(0, 3000), draw.choice((1, 3, 7, 11)))) for name in "AB")
        )
        for _ in range(500)
    ]
    assert differences(program, cases) == []


def test_a_table_without_a_line_and_words_of_a_table_agree() -> None:
    program = average_of_products(0)
    code = ir.Definition("code", ir.LookUp("pay", ir.TheScore()))
    third = ir.Definition("third", ir.LookUp("thirds", ir.TheScore()))
    end, no_end = Fraction(5), None
    low = ir.TableRow(Interval(no_end, False, end, True), "low")
    high = ir.TableRow(Interval(end, False, no_end, True), "high")
    pay = ir.Table("pay", (low, high), None)
    thirds = ir.Table("thirds", (ir.TableRow(Interval(Fraction(1), True, end, False), Fraction(1, 3)),), None)
    stage = program.summary
    stage = replace(stage, definitions=(*stage.definitions, code, third), reported=("code",))
    program = replace(program, summary=stage, tables=(pay, thirds))
    cases = [Appraisal("one", tuple(Rated(name, Fraction(n, 4)) for name in "AB")) for n in range(40)]
    ratings = ColumnarEngine(program).rate(cases)
    assert {refusal.code for rating in ratings for refusal in rating.refused} == {"SES620"}
    assert ratings[8].reported == (("code", "low"),)
    assert dict(ratings[8].values)["third"] == Fraction(1, 3)
    assert differences(program, cases) == []


def test_a_policy_that_speaks_of_what_each_plan_brings_is_refused_by_name() -> None:
    program = program_of(OPM)
    named = ir.NoneAbove("Diving")
    stage = replace(program.summary, open=True, limits=(*program.summary.limits, named))
    with pytest.raises(NotInColumnsError) as refused:
        ColumnarEngine(replace(program, summary=stage))
    assert "speaks of `Diving`" in refused.value.message


def test_no_appraisals_give_no_ratings() -> None:
    assert ColumnarEngine(program_of(OPM)).rate([]) == []
