"""Programs for roster tests, made by hand: readers of rosters know nothing of policies."""

from __future__ import annotations

from fractions import Fraction

from sespms_rules.program.ir import (
    Aggregate,
    Aggregation,
    Further,
    Group,
    HitPolicy,
    Kind,
    LevelScale,
    Member,
    NumberScale,
    Own,
    Program,
    ScoreDefinition,
    Stage,
    Take,
)

LEVELS = LevelScale((5, 4, 3, 2, 1))


def stage(
    *members: Member,
    kind: Kind = Kind.ELEMENT,
    is_open: bool = False,
    weighted: bool = True,
    further: tuple[Further, ...] = (),
) -> Stage:
    score = Aggregate(Aggregation.AVERAGE, Own(Take.POINTS), weighted, Group(kind))
    points = tuple((level, Fraction(level)) for level in (5, 4, 3, 2, 1))
    parts = (points, weighted, (), (), further, (ScoreDefinition(score),), HitPolicy.UNIQUE, (), (), ())
    return Stage("summary", kind, members, is_open, *parts)


def program(summary: Stage) -> Program:
    terms = ((5, "Outstanding"), (4, "Exceeds"), (3, "Fully Successful"), (2, "Minimal"), (1, "Unsatisfactory"))
    return Program("Invented agency", summary, (), terms)


def leaf(name: str, scale: LevelScale | NumberScale = LEVELS, *, critical: bool = True) -> Member:
    return Member(name, critical, scale, None)


TWO = program(stage(leaf("Leading People"), leaf("Results Driven")))
PLAIN = program(stage(leaf("Leading People"), leaf("Results Driven"), weighted=False))
SCALED = program(stage(leaf("Results", NumberScale(Fraction(0), Fraction(100))), weighted=False))
OPEN = program(stage(leaf("Leading People", critical=False), is_open=True))
GOALS = program(
    stage(
        leaf("Leading People"),
        Member(
            "Goals",
            True,
            LEVELS,
            stage(kind=Kind.REQUIREMENT, is_open=True, further=(Further("difficulty", Fraction(-1), Fraction(1)),)),
        ),
    )
)
