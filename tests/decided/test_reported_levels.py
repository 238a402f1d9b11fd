"""Policies that were reported with the level they gave, or gave nobody: what is told, and what comes of them today."""

from __future__ import annotations

from fractions import Fraction
from functools import cache

import pytest

from sespms_rules.engines.reference.engine import rate
from sespms_rules.foundation.diagnostic import Diagnostic
from sespms_rules.foundation.source import Source
from sespms_rules.pipeline import compile_source
from sespms_rules.program.ir import Program
from sespms_rules.program.rating import Appraisal, Rated
from sespms_rules.proofs.solver import ExactlyOneLevel, Prover, Reached, Status
from sespms_rules.studies.exhaustive import tally

LEVELS = """levels
  level 5 "Outstanding"               5 points
  level 4 "Exceeds Fully Successful"  4 points
  level 3 "Fully Successful"          3 points
  level 2 "Minimally Satisfactory"    2 points
  level 1 "Unsatisfactory"            1 point

"""
OVERRIDE = "  any critical element at level 1 makes the rating level 1\n"
LEFT_OUT = "  unrated elements are left out\n"
AVERAGE = "  score is the average of points\n"
PEOPLE, RESULTS, STEWARDSHIP = ELEMENTS = ("Leading People", "Results", "Stewardship")
NAMED = "  has exactly 3 critical elements\n\n" + "".join(f'critical element "{each}"\n\n' for each in ELEMENTS)
WEIGHTS = "weights\n  total 100\n  are whole numbers\n  all at least 5\n\n"


def ranges(*scores: str) -> str:
    """Lines for these scores, the best level first."""
    return "".join(f"  score {each} is level {5 - place}\n" for place, each in enumerate(scores))


PLAIN = ranges(
    "at least 4.5",
    "at least 3.5 and below 4.5",
    "at least 2.5 and below 3.5",
    "at least 1.5 and below 2.5",
    "below 1.5",
)
QUARTERS = ranges("4.5 to 5", "3.5 to 4.25", "2.5 to 3.25", "1.5 to 2.25", "1 to 1.25")
HUNDREDS = ranges("450 to 500", "350 to 449", "250 to 349", "150 to 249", "below 150")
UNNAMED = "  has exactly 4 critical elements\n\n"


def read(plan: str, rating: str) -> tuple[list[Diagnostic], Program | None]:
    """What is found in an invented office's policy, and its program where it has one."""
    text = f'system "Example Ferry Office"\n{plan}{rating}'
    made = compile_source(Source("ferries.sespms", text))
    return list(made.diagnostics), next(iter(made.programs.values()), None)


@cache
def program_of(plan: str, rating: str) -> Program:
    program = read(plan, rating)[1]
    assert program is not None
    return program


def codes(found: list[Diagnostic]) -> set[str]:
    return {each.code for each in found}


def rated(program: Program, *levels: int | None, weights: tuple[int, ...] = ()) -> tuple[Fraction | None, int | None]:
    """Score and level of an executive whose elements are rated so."""
    names = [each.name for each in program.summary.members] or [f"Element {number}" for number in range(len(levels))]
    elements = tuple(
        Rated(name, None if level is None else Fraction(level), Fraction(weights[place]) if weights else None)
        for place, (name, level) in enumerate(zip(names, levels, strict=True))
    )
    found = rate(program, Appraisal("one", elements))
    return found.score, found.level


# ---- gaps ------------------------------------------------------------------------------------------

GOALS = (
    'critical element "Goals"\n  has exactly 4 requirements\n  requirements are rated\n'
    "  unrated requirements are left out\n" + AVERAGE + QUARTERS + '\ncritical element "People"\n\n'
)
PATTERNS = """  level 5 when every element is at level 5
  level 4 when at least 2 elements are at level 4 or better and no element is below level 3
  level 3 when at least 3 elements are at level 3 or better
  level 2 when at least 3 elements are below level 3
"""
PAY = '  "pay" is the "Pay" for score\n  also report "pay"\n\ntable "Pay"\n'
PAY += "  4.5 to 5 gives 10%\n  3.5 to 4.25 gives 5%\n  below 3.5 gives 0%\n"
GAPS = {
    "of a score": (UNNAMED + LEVELS, "summary rating\n" + LEFT_OUT + AVERAGE + QUARTERS + OVERRIDE, "SES214", 84),
    "of patterns": (UNNAMED + LEVELS, "summary rating\n" + LEFT_OUT + PATTERNS + OVERRIDE, "SES245", 282),
    "inside an element": (
        "  has exactly 2 critical elements\n\n" + GOALS + LEVELS,
        "summary rating\n" + AVERAGE + PLAIN,
        "SES214",
        840,
    ),
    "of a table": (UNNAMED + LEVELS, "summary rating\n" + LEFT_OUT + AVERAGE + PLAIN + OVERRIDE + PAY, "SES227", 24),
}


@pytest.mark.case("gaps that the partly rated meet")
@pytest.mark.parametrize(("plan", "rating", "code", "count"), GAPS.values(), ids=GAPS)
def test_check_finds_the_gap_that_counting_counts(plan: str, rating: str, code: str, count: int) -> None:
    found, program = read(plan, rating)
    assert code in codes(found)
    assert program is not None
    refused = {each.code: each.cases for each in tally(program).refusals}
    assert refused["SES620" if code == "SES227" else "SES612"] == count
    assert Prover(program).prove(ExactlyOneLevel()).status is Status.REFUTED


@pytest.mark.case("gaps that the partly rated meet")
@pytest.mark.parametrize(
    ("levels", "level"), [((5, 4, 4, None), None), ((5, 4, None, None), 5), ((4, 4, 4, 5), 4), ((5, 5, 4, None), 5)]
)
def test_an_executive_in_the_gap_gets_no_level(levels: tuple[int | None, ...], level: int | None) -> None:
    assert rated(program_of(*GAPS["of a score"][:2]), *levels)[1] == level


# ---- sums, shares, bands ---------------------------------------------------------------------------

SUM = "summary rating\n" + LEFT_OUT + "  score is the sum of points times weight\n" + HUNDREDS + OVERRIDE
THREES = ranges("14 to 15", "11 to 13", "8 to 10", "5 to 7", "below 5")
PLAIN_SUM = "summary rating\n" + LEFT_OUT + "  score is the sum of points\n" + THREES + OVERRIDE


@pytest.mark.case("left out of a sum")
@pytest.mark.parametrize(
    ("weights", "rating", "levels", "score", "level"),
    [
        (WEIGHTS, SUM, (5, 5, None), 350, 4),
        ("", PLAIN_SUM, (5, 5, None), 10, 3),
        ("", PLAIN_SUM, (None, None, 5), 5, 2),
    ],
)
def test_the_best_in_all_that_was_rated_is_lower_and_it_is_told(
    weights: str, rating: str, levels: tuple[int | None, ...], score: int, level: int
) -> None:
    plan = NAMED + LEVELS + weights
    (one,) = [each for each in read(plan, rating)[0] if each.code == "SES266"]
    assert rated(program_of(plan, rating), *levels, weights=(30, 40, 30) if weights else ()) == (score, level)
    (fix,) = one.fixes
    over_the_rated = rating.replace(fix.span.text, fix.replacement)
    assert rated(program_of(plan, over_the_rated), *levels, weights=(30, 40, 30) if weights else ())[1] == 5


@pytest.mark.case("bands out of reach")
@pytest.mark.parametrize(
    ("plan", "rating", "most"),
    [
        (
            NAMED + LEVELS + WEIGHTS,
            "summary rating\n  score is the sum of points times weight\n"
            + HUNDREDS.replace("450 to 500", "501 to 700").replace("350 to 449", "350 to 500")
            + OVERRIDE,
            "500",
        ),
        (NAMED + LEVELS, "summary rating\n" + AVERAGE + PLAIN.replace("4.5", "5.1") + OVERRIDE, "5"),
    ],
)
def test_check_and_prove_say_the_same_of_a_level_that_nobody_gets(plan: str, rating: str, most: str) -> None:
    found, program = read(plan, rating)
    assert [(each.code, each.message) for each in found] == [("SES218", "no appraisal gets level 5, `Outstanding`")]
    assert found[0].help.startswith(f"no score is above `{most}`; let its line take scores up to there")
    assert program is not None
    assert Prover(program).prove(Reached((5, 4, 3, 2, 1))).status is Status.REFUTED
    assert dict(tally(program).levels)[5] == 0


@pytest.mark.case("shares of more than the whole")
@pytest.mark.parametrize(
    ("shares", "total", "score", "level"), [((70, 15, 30), 115, "4.6", 5), ((40, 40, 30), 110, "4.4", 4)]
)
def test_fours_alone_reach_more_than_four_and_it_is_told(
    shares: tuple[int, ...], total: int, score: str, level: int
) -> None:
    parts = " + ".join(f'{share}% of the points of "{name}"' for share, name in zip(shares, ELEMENTS, strict=True))
    plan, rating = NAMED + LEVELS, f"summary rating\n  score is {parts}\n{PLAIN}{OVERRIDE}"
    (one,) = [each for each in read(plan, rating)[0] if each.code == "SES267"]
    assert one.message.startswith(f"the shares total `{total}%`, not `100%`")
    assert rated(program_of(plan, rating), 4, 4, 4) == (Fraction(score), level)


# ---- what nothing reads ----------------------------------------------------------------------------

TWO = (
    f'summary rating\n  score is 40% of the points of "{PEOPLE}" + 60% of the points of "{RESULTS}"\n{PLAIN}{OVERRIDE}'
)
ALSO = "  each element is also rated"


@pytest.mark.case("what nothing reads")
def test_an_element_that_moves_no_score() -> None:
    found, program = read(NAMED + LEVELS, TWO)
    assert [each.message for each in found] == [
        f"`{STEWARDSHIP}` cannot move the score: only `{OVERRIDE.strip()}` reads it"
    ]
    assert program is not None
    assert rated(program, 5, 5, 2) == rated(program, 5, 5, 5) == (5, 5)
    assert rated(program, 5, 5, 1) == (5, 1)


@pytest.mark.case("what nothing reads")
@pytest.mark.parametrize(
    ("plan", "table", "told"),
    [
        (
            NAMED.replace(f'"{RESULTS}"\n', f'"{RESULTS}"\n{ALSO} "difficulty" from 0 to 1\n'),
            "",
            "nothing reads the additional rating `difficulty`",
        ),
        (NAMED, '\ntable "Award"\n  level 5 gives 10%\n  otherwise gives 0%\n', "nothing reads the table `Award`"),
    ],
)
def test_a_rating_or_a_table_that_moves_nothing(plan: str, table: str, told: str) -> None:
    found, _ = read(plan + LEVELS, "summary rating\n" + AVERAGE + PLAIN + OVERRIDE + table)
    assert [(each.code, each.message) for each in found] == [("SES269", told)]


@pytest.mark.case("rounded twice")
def test_a_mean_of_4_point_45_is_5_by_way_of_4_point_5() -> None:
    plan = "  has exactly 4 critical elements\n\n" + "".join(f'critical element "{each}"\n\n' for each in "ABCD")
    twice = '  "raw" is the average of points by weight rounded half up to 1 decimal\n'
    whole = ranges(*(f"exactly {level}" for level in (5, 4, 3, 2, 1))) + OVERRIDE
    rating = f'summary rating\n{twice}  score is "raw" rounded half up to whole numbers\n{whole}'
    found, program = read(plan + LEVELS + WEIGHTS, rating)
    (one,) = found
    assert (one.code, one.message) == (
        "SES246",
        "rounding twice changes a level: rounded once, the score gives level 4, and rounded before as well, level 5",
    )
    assert "`A` weight 35 rated 5, `B` weight 5 rated 5, `C` weight 5 rated 5 and `D` weight 55 rated 4" in one.help
    assert program is not None
    assert rated(program, 5, 5, 5, 4, weights=(35, 5, 5, 55)) == (5, 5)
    once = program_of(plan + LEVELS + WEIGHTS, rating.replace(" rounded half up to 1 decimal", ""))
    assert rated(once, 5, 5, 5, 4, weights=(35, 5, 5, 55)) == (4, 4)
