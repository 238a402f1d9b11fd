"""Invented programs, built by hand, and appraisals for them: engines are tried without any policy text."""

from __future__ import annotations

from fractions import Fraction

from sespms_rules.foundation.interval import Interval
from sespms_rules.foundation.origin import Origin
from sespms_rules.foundation.source import Source, Span
from sespms_rules.program.ir import (
    Aggregate,
    Aggregation,
    All,
    Compare,
    Condition,
    Constant,
    Definition,
    EveryOne,
    Expression,
    Further,
    Group,
    HitPolicy,
    Kind,
    LevelScale,
    Limit,
    Member,
    Members,
    MemberTest,
    NoneAbove,
    NumberScale,
    NumberThat,
    Own,
    Product,
    Program,
    Relation,
    Rounded,
    Row,
    ScoreDefinition,
    Stage,
    Table,
    Take,
    TestKind,
    TheScore,
    Tie,
    ToLevel,
    ToNotRated,
    Unrated,
    UnratedRule,
    WeightRange,
    WeightTotal,
    WholeWeights,
    Within,
)
from sespms_rules.program.rating import Appraisal, Rated

LEVELS = (5, 4, 3, 2, 1)
POINTS = ((5, Fraction(5)), (4, Fraction(4)), (3, Fraction(3)), (2, Fraction(2)), (1, Fraction(0)))
PLAIN_POINTS = tuple((level, Fraction(level)) for level in LEVELS)
TERMS = ((5, "Outstanding"), (4, "Exceeds"), (3, "Successful"), (2, "Minimal"), (1, "Unsatisfactory"))
FIVE = ("Leading Change", "Leading People", "Business Acumen", "Building Coalitions", "Results Driven")

ELEMENTS = Group(Kind.ELEMENT)
CRITICAL = Group(Kind.CRITICAL)
REQUIREMENTS = Group(Kind.REQUIREMENT)

# The lines that the program below rests on; origins point into this text.
LINES = """\
score is the sum of points times weight
score 475 to 500 is level 5
score 400 to 474 is level 4
score 300 to 399 is level 3
score 200 to 299 is level 2
any critical element at level 1 makes the rating level 1
total 100
none above "Results Driven"
"""
TEXT = Source("invented.sespms", LINES)


def at(line: str, authority: str | None = None) -> Origin:
    """The origin that is one line of `LINES`."""
    start = LINES.index(line)
    return Origin(Span(TEXT, start, start + len(line)), authority)


def number(text: str | int) -> Constant:
    return Constant(Fraction(text))


def level(wanted: int) -> MemberTest:
    return MemberTest(TestKind.AT, wanted)


def or_better(wanted: int) -> MemberTest:
    return MemberTest(TestKind.AT_OR_BETTER, wanted)


def below(wanted: int) -> MemberTest:
    return MemberTest(TestKind.BELOW, wanted)


RATED = MemberTest(TestKind.RATED)
NOT_RATED = MemberTest(TestKind.NOT_RATED)


def any_at(wanted: int, members: Members = CRITICAL) -> Condition:
    return NumberThat(members, level(wanted), 1, None)


def none_below(wanted: int, members: Members = ELEMENTS) -> Condition:
    return NumberThat(members, below(wanted), None, 0)


def every_at(wanted: int, members: Members = ELEMENTS) -> Condition:
    return EveryOne(members, level(wanted))


def between(low: str | int, high: str | int) -> Condition:
    return Within(TheScore(), Interval(Fraction(low), True, Fraction(high), True))


def band(low: str | int, high: str | int, to: int) -> Row:
    return Row(between(low, high), ToLevel(to))


def at_least(edge: str | int, to: int) -> Row:
    return Row(Compare(TheScore(), Relation.AT_LEAST, number(edge)), ToLevel(to))


def when(condition: Condition, to: int | None) -> Row:
    return Row(condition, ToNotRated() if to is None else ToLevel(to))


def otherwise(to: int) -> Row:
    return Row(All(()), ToLevel(to))


WEIGHTED_SUM = Aggregate(Aggregation.SUM, Product(Own(Take.POINTS), Own(Take.WEIGHT)), False, ELEMENTS)


def average(members: Members = ELEMENTS, take: Take = Take.POINTS, by_weight: bool = False) -> Aggregate:
    return Aggregate(Aggregation.AVERAGE, Own(take), by_weight, members)


def rounded(expression: Expression, tie: Tie, decimals: int) -> Rounded:
    return Rounded(expression, tie, 10**decimals)


def score(expression: Expression) -> ScoreDefinition:
    return ScoreDefinition(expression)


def member(name: str, *, critical: bool = True, stage: Stage | None = None) -> Member:
    return Member(name, critical, LevelScale(LEVELS), stage)


def scaled(name: str, low: int = 0, high: int = 100) -> Member:
    return Member(name, True, NumberScale(Fraction(low), Fraction(high)), None)


def stage(
    *definitions: Definition | ScoreDefinition,
    rows: tuple[Row, ...] = (),
    members: tuple[Member, ...] = (),
    name: str = "summary rating",
    kind: Kind = Kind.ELEMENT,
    weighted: bool = False,
    limits: tuple[Limit, ...] = (),
    unrated: tuple[UnratedRule, ...] = (),
    overrides: tuple[Row, ...] = (),
    first: bool = False,
    points: tuple[tuple[int, Fraction], ...] = PLAIN_POINTS,
    further: tuple[Further, ...] = (),
    reported: tuple[str, ...] = (),
    caps: tuple[Row, ...] = (),
) -> Stage:
    """A stage; it is open to members of the plan's own where it names none."""
    policy = HitPolicy.FIRST if first else HitPolicy.UNIQUE
    return Stage(
        name,
        kind,
        members,
        not members,
        points,
        weighted,
        limits,
        unrated,
        further,
        definitions,
        policy,
        overrides,
        rows,
        reported,
        caps=caps,
    )


def program(summary: Stage, *tables: Table) -> Program:
    return Program("Invented system", summary, tables, TERMS)


LEFT_OUT = UnratedRule(Kind.ELEMENT, Unrated.LEFT_OUT, None)

PLAN_LIMITS = (
    WeightTotal(Fraction(100), at("total 100")),
    WholeWeights(),
    WeightRange(("Results Driven",), (), Fraction(20), None),
    WeightRange(None, ("Results Driven",), Fraction(5), Fraction(60)),
    NoneAbove("Results Driven", at('none above "Results Driven"')),
)


def weighted_sum_program() -> Program:
    """Five critical elements, a weighted sum, closed bands, one override: like OPM's system of 2012."""
    bands = ((475, 500, 5), (400, 474, 4), (300, 399, 3), (200, 299, 2))
    rows = tuple(
        Row(between(low, high), ToLevel(to), at(f"score {low} to {high} is level {to}")) for low, high, to in bands
    )
    formula = ScoreDefinition(WEIGHTED_SUM, at("score is the sum of points times weight", "5 CFR 430.305(a)(5)"))
    override = Row(any_at(1), ToLevel(1), at("any critical element at level 1 makes the rating level 1"))
    return program(
        stage(
            formula,
            rows=rows,
            members=tuple(member(name) for name in FIVE),
            weighted=True,
            limits=PLAN_LIMITS,
            overrides=(override,),
            points=POINTS,
        )
    )


def fraction(value: int | str | None) -> Fraction | None:
    return None if value is None else Fraction(value)


def five(levels: tuple[int | str | None, ...], weights: tuple[int | str | None, ...]) -> Appraisal:
    """An appraisal of the five elements."""
    rated = zip(FIVE, levels, weights, strict=True)
    return Appraisal("one", tuple(Rated(name, fraction(rating), fraction(weight)) for name, rating, weight in rated))


def ratings(*levels: int | str | None) -> Appraisal:
    """An appraisal of as many elements as there are levels, called A, B, C and so on."""
    return Appraisal("one", tuple(Rated(chr(65 + place), fraction(each)) for place, each in enumerate(levels)))
