"""Every worked example and figure known of a real system, each with where it comes from and what shows it.

An example that a policy's scenario shows is listed in `SHOWN`: the scenario must exist, have these ratings and
weights, pass, and come to this figure. What no single scenario can show is computed in a test of its own, named in
`COMPUTED`.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from itertools import combinations_with_replacement, product

import pytest

from sespms_rules.checks import check_system
from sespms_rules.checks.scenarios import appraisal_of
from sespms_rules.engines.reference.admission import admit
from sespms_rules.engines.reference.admitted_appraisal import Case
from sespms_rules.engines.reference.engine import rate
from sespms_rules.foundation.diagnostic import Diagnostic
from sespms_rules.foundation.resources import policy_path
from sespms_rules.foundation.source import Source
from sespms_rules.foundation.values import replace
from sespms_rules.language.model import System
from sespms_rules.language.parsing import parse
from sespms_rules.language.resolution import FolderLibrary, resolve
from sespms_rules.pipeline import compile_source
from sespms_rules.program.ir import Program
from sespms_rules.program.lowering import lower
from sespms_rules.program.rating import Appraisal, Outcome, Rated, Rating
from systems import compiled

OPM, OPM_2025 = "agencies/opm_basic.sespms", "agencies/opm_2025.sespms"
DHS = "agencies/dhs_ses_2011.sespms"
DOI, DPMAP = "beyond-ses/doi_epap_2007.sespms", "beyond-ses/dod_dpmap.sespms"
ACQDEMO = "beyond-ses/dod_acqdemo_quality_level.sespms"
ROUNDED = "lessons/rounding_changes_a_level.sespms"

OPM_FAQ = "OPM's answer on how the ratings of the basic system are derived"
OPM_COMPUTED = "computed from OPM's published weights and ranges"
DHS_FORM = "computed from the factors and ranges of DHS Form 351 (10/11)"
DOI_FORM = "computed from the table of forms DI-3100 and DI-3100S (September 2007)"
PAQL = "computed from the published rule of the AcqDemo performance appraisal quality level"
DPMAP_RULE = "computed from DoD's published mean of ratings 5, 3 and 1, and the cut published for AcqDemo"
OPM_TOOL = "computed from the least weights in OPM's help pages for its tool, memorandum of 2025-02-25"


@dataclass(frozen=True, slots=True)
class Example:
    """Ratings (and weights) with what they come to; `refused` is the code where there is no rating."""

    source: str
    policy: str
    scenario: str
    ratings: tuple[int, ...]
    level: int | None = None
    score: str | None = None
    weights: tuple[int, ...] = ()
    refused: str | None = None


def fives(count: int, of: int) -> tuple[int, ...]:
    """So many ratings of 5, the others 3."""
    return (5,) * count + (3,) * (of - count)


NUMBERS = ("zero", "One", "Two", "Three", "Four", "Five", "Six", "Seven", "Eight", "Nine", "Ten")
NEEDED = {2: 2, 3: 2, 4: 3, 5: 4, 6: 4, 7: 5, 8: 6, 9: 6, 10: 7}
"""How many ratings of 5 a mean of at least 4.3 needs, the others at 3."""


def needed(count: int, of: int, *, enough: bool) -> Example:
    """The example that says whether so many ratings of 5 are enough."""
    verb = "is" if count == 1 else "are"
    said = f"{NUMBERS[count]} of {NUMBERS[of].lower()} elements at 5 {verb} {'' if enough else 'not '}enough"
    return Example(DPMAP_RULE, DPMAP, said, fives(count, of), 5 if enough else 3)


SHOWN = (
    Example(OPM_FAQ, OPM, "OPM's published example", (4, 5, 3, 4, 4), 4, "400", (10, 10, 10, 10, 60)),
    Example(
        "computed from OPM's published ranges and rule on level 1, which counts 1 point here",
        "shapes/shape_01_weighted_sum.sespms",
        "One failed element decides",
        (1, 5, 5, 5),
        1,
        "480",
        (5, 20, 25, 50),
    ),
    Example(OPM_COMPUTED, OPM, "The lower edge of the highest range", (4, 5, 5, 5, 5), 5, "475", (25, 15, 15, 15, 30)),
    Example(
        OPM_COMPUTED, OPM, "One point of weight less, one level less", (4, 5, 5, 5, 5), 4, "474", (26, 15, 15, 15, 29)
    ),
    Example(DHS_FORM, DHS, "Just below the highest range", (95, 88), 4, "90.8"),
    Example(DHS_FORM, DHS, "Exactly on the lower edge of the highest range", (100, 85), 5, "91"),
    Example(DHS_FORM, DHS, "Strong results make up for less in leadership", (90, 92), 5, "91.2"),
    Example(DHS_FORM, DHS, "Just below the second lowest range", (60, 61), 1, "60.6"),
    Example(
        DHS_FORM, DHS, "Failed in leadership, as far as the form shows, and achieved expectations", (40, 100), 3, "76"
    ),
    Example(DOI_FORM, DOI, "Three exceptional and two superior elements", (5, 5, 5, 4, 4), 5, "4.6"),
    Example(DOI_FORM, DOI, "Two exceptional and three superior elements", (5, 5, 4, 4, 4), 4, "4.4"),
    Example(DOI_FORM, DOI, "Two exceptional and three fully successful elements", (5, 5, 3, 3, 3), 4, "3.8"),
    Example(DOI_FORM, DOI, "Two superior and three fully successful elements", (4, 4, 3, 3, 3), 3, "3.4"),
    Example(DOI_FORM, DOI, "Three fully successful and two minimally successful elements", (3, 3, 3, 2, 2), 2, "2.6"),
    Example(DOI_FORM, DOI, "One unsatisfactory element", (5, 5, 5, 5, 1), 1, "4"),
    Example(
        DOI_FORM,
        DOI,
        "Four exceptional and one fully successful element fit no line",
        (5, 5, 5, 5, 3),
        score="4.6",
        refused="SES612",
    ),
    Example(PAQL, ACQDEMO, "Two factors at 5", (5, 5, 3), 5, "13/3"),
    Example(PAQL, ACQDEMO, "One factor at 5", (5, 3, 3), 3, "11/3"),
    Example(PAQL, ACQDEMO, "One factor at 1", (5, 5, 1), 1, "11/3"),
    *(needed(count, of, enough=True) for of, count in NEEDED.items()),
    *(needed(count - 1, of, enough=False) for of, count in NEEDED.items() if of != 8),
    Example(DPMAP_RULE, DPMAP, "Five of eight elements at 5: a mean of 4.25 is not enough", fives(5, 8), 3, "4.25"),
    Example(DPMAP_RULE, ROUNDED, "Five of eight at level 5, exact", fives(5, 8), 3, "4.25"),
    Example(DPMAP_RULE, ROUNDED, "Five of eight at level 5, rounded", fives(5, 8), 5, "4.3"),
    Example(
        OPM_TOOL,
        OPM_2025,
        "As much as can be on the first element; no level is known to follow",
        (4,) * 5,
        weights=(40, 15, 15, 15, 15),
        refused="SES612",
    ),
    Example(
        OPM_TOOL,
        OPM_2025,
        "More than can be on the first element leaves another too little",
        (4,) * 5,
        weights=(41, 15, 15, 15, 14),
        refused="SES604",
    ),
    Example(
        OPM_TOOL,
        OPM_2025,
        "As much as can be on another element; no level is known to follow",
        (4,) * 5,
        weights=(25, 15, 15, 15, 30),
        refused="SES612",
    ),
    Example(
        OPM_TOOL,
        OPM_2025,
        "More than can be on another element leaves the first too little",
        (4,) * 5,
        weights=(24, 15, 15, 15, 31),
        refused="SES604",
    ),
)

COMPUTED = {
    "OPM: fractional weights reach 474.5, which lies in no range": "test_fractional_weights_reach_a_score_in_no_range",
    "OPM: 480 with a failed element of weight 5": "test_a_failed_element_of_weight_5_scores_480_and_is_level_1",
    "OPM: one element at 4, level 5 up to weight 25": "test_one_element_at_4_allows_level_5_up_to_weight_25",
    "OPM: 60 points of weight are free": "test_the_least_weights_of_the_basic_system_leave_60_points",
    "DOI: 2 of 10, 6 of 20, 13 of 35, 25 of 56 without a level": "test_results_without_a_level_in_the_table_of_the_doi",
    "DOI: 5 and 2 (3.5), 4 and 2 (3) fit no line": "test_the_smallest_results_without_a_level",
    "DOI: gaps of hundredths need 22 elements": "test_gaps_between_hundredths_need_22_elements",
    "DOI: the points of a failed element decide nothing": "test_the_points_of_a_failed_element_decide_nothing",
    "AcqDemo: a mean of 4.3 is two factors at 5 and none at 1": "test_the_mean_and_the_count_agree_on_all_27_inputs",
    "DPMAP: how many ratings of 5 are needed": "test_how_many_ratings_of_5_are_needed",
    "OPM 2025: 3,876 plans, 40 and 30 at most": "test_plans_under_the_least_weights_of_2025",
}


# ---- the list ----------------------------------------------------------------------------------------


@cache
def systems(policy: str) -> tuple[System, ...]:
    """The systems of a shipped policy, also where checks find errors in them."""
    document, _ = parse(Source(policy, policy_path(policy).read_text(encoding="utf-8")))
    return resolve(document, FolderLibrary())[0].systems


def program_of(policy: str, ending: str = "") -> Program:
    """The program of the system of a policy whose name ends so."""
    (system,) = (each for each in systems(policy) if each.name.endswith(ending))
    program, findings = lower(system)
    assert program is not None, findings
    return program


@pytest.mark.parametrize("example", SHOWN, ids=lambda each: f"{each.policy.rpartition('/')[2]}: {each.scenario}")
def test_a_scenario_shows_the_example(example: Example) -> None:
    (scenario,) = (
        each for system in systems(example.policy) for each in system.scenarios if each.name == example.scenario
    )
    elements = appraisal_of(scenario).elements
    assert [each.rating for each in elements] == list(example.ratings)
    assert [each.weight for each in elements if each.weight is not None] == list(example.weights)
    (result,) = (each for each in compiled(example.policy).scenarios if each.name == example.scenario)
    assert result.passed
    assert result.rating is not None
    assert result.rating.level == example.level
    if example.score is not None:
        assert result.rating.score == Fraction(example.score)
    codes = {refusal.code for refusal in result.rating.refused}
    assert codes == ({example.refused} if example.refused else set())


def test_no_example_is_listed_twice_and_each_has_a_source() -> None:
    shown = [(each.policy, each.scenario) for each in SHOWN]
    assert len(shown) == len(set(shown))
    assert all(each.source and (each.level is None) != (each.refused is None) for each in SHOWN)


def test_what_is_computed_has_its_test() -> None:
    tests = {name for name in globals() if name.startswith("test_")}
    assert set(COMPUTED.values()) <= tests


# ---- figures that no single scenario shows -----------------------------------------------------------


def rated(program: Program, ratings: tuple[int, ...], weights: tuple[str, ...] = ()) -> Rating:
    """An appraisal of a program's elements, or of unnamed ones, rated by the reference engine."""
    names = [member.name for member in program.summary.members]
    names += [f"Element {place}" for place in range(len(names), len(ratings))]
    elements = tuple(
        Rated(name, Fraction(rating), Fraction(weights[place]) if weights else None)
        for place, (name, rating) in enumerate(zip(names, ratings, strict=True))
    )
    return rate(program, Appraisal("example", elements), trace=False)


def codes(rating: Rating) -> list[str]:
    return [refusal.code for refusal in rating.refused]


def findings(policy: str, text: str, code: str) -> list[Diagnostic]:
    return [each for each in compile_source(Source(policy, text), FolderLibrary()).diagnostics if each.code == code]


def gaps_found(text: str) -> list[Diagnostic]:
    """What the checks say of gaps in DOI's system; of 22 elements the solver takes seconds for other findings."""
    systems = resolve(parse(Source(DOI, text))[0], FolderLibrary())[0].systems
    assert systems
    return [each for system in systems for each in check_system(system) if each.code == "SES214"]


def test_fractional_weights_reach_a_score_in_no_range() -> None:
    weights = ("24.5", "10", "20", "20", "25.5")
    unruled = rated(program_of("lessons/fractional_weights.sespms"), (5, 5, 5, 5, 4), weights)
    assert (unruled.score, codes(unruled)) == (Fraction("474.5"), ["SES612"])
    assert set(codes(rated(program_of(OPM), (5, 5, 5, 5, 4), weights))) == {"SES606"}, "weights are whole numbers"


def test_a_failed_element_of_weight_5_scores_480_and_is_level_1() -> None:
    program = program_of(OPM)
    weights = ("5", "15", "15", "15", "50")
    as_stated = rated(program, (1, 5, 5, 5, 5), weights)
    assert (as_stated.score, as_stated.level) == (475, 1), "level 1 counts no points in this text, which is unconfirmed"
    points = tuple((level, Fraction(level)) for level, _ in program.summary.points)
    by_number = replace(program, summary=replace(program.summary, points=points))
    assert (rated(by_number, (1, 5, 5, 5, 5), weights).score, rated(by_number, (1, 5, 5, 5, 5), weights).level) == (
        480,
        1,
    )


def test_one_element_at_4_allows_level_5_up_to_weight_25() -> None:
    program = program_of(OPM)
    for place in range(5):
        ratings = tuple(4 if each == place else 5 for each in range(5))
        for weight in range(20, 81):
            others = 100 - weight
            rest = [others // 4 + (each < others % 4) for each in range(4)]
            weights = [*rest[:place], weight, *rest[place:]]
            if weights[4] < max(20, *weights[:4]) or min(weights[:4]) < 5:
                continue  # Results Driven weighs at least 20 and as much as any other
            rating = rated(program, ratings, tuple(map(str, weights)))
            assert rating.level == (5 if weight <= 25 else 4), (ratings, weights)


def test_the_least_weights_of_the_basic_system_leave_60_points() -> None:
    program = program_of(OPM)
    assert rated(program, (3,) * 5, ("5", "5", "5", "5", "80")).outcome is Outcome.RATED  # 20 + 60
    assert "SES604" in codes(rated(program, (3,) * 5, ("4", "5", "5", "5", "81")))


def test_results_without_a_level_in_the_table_of_the_doi() -> None:
    figures = {}
    for size, name in ((2, "2 elements"), (3, "3 elements"), (4, "4 elements"), (5, "5 elements")):
        program = program_of("lessons/doi_uncovered_profiles.sespms", name)
        sets = list(combinations_with_replacement((5, 4, 3, 2), size))
        figures[size] = (sum(codes(rated(program, each)) == ["SES612"] for each in sets), len(sets))
    assert figures == {2: (2, 10), 3: (6, 20), 4: (13, 35), 5: (25, 56)}


def test_the_smallest_results_without_a_level() -> None:
    program = program_of("lessons/doi_uncovered_profiles.sespms", "2 elements")
    for ratings, mean in (((5, 2), "3.5"), ((4, 2), "3")):
        rating = rated(program, ratings)
        assert (rating.score, codes(rating)) == (Fraction(mean), ["SES612"])


def test_gaps_between_hundredths_need_22_elements() -> None:
    published = [("4.59", "4.6"), ("3.59", "3.6"), ("2.99", "3")]
    gaps = [(Fraction(low), Fraction(high)) for low, high in published]
    first = {
        high: next(
            Fraction(total, count)
            for count in range(1, 120)
            for total in range(2 * count, 5 * count + 1)
            if low < Fraction(total, count) < high
        )
        for low, high in gaps
    }
    assert list(first.values()) == [Fraction(101, 22), Fraction(79, 22), Fraction(302, 101)]
    text = policy_path(DOI).read_text(encoding="utf-8").partition("# ---- worked examples")[0]
    said = [each.message for each in gaps_found(text.replace("has exactly 5", "has exactly 22"))]
    assert any("`101/22`" in message for message in said)
    assert gaps_found(text.replace("has exactly 5", "has exactly 21")) == []


def test_the_points_of_a_failed_element_decide_nothing() -> None:
    text = policy_path(DOI).read_text(encoding="utf-8")
    (one,) = findings(DOI, text, "SES248")
    assert one.message.startswith("the `0` points of level 1 never decide a rating")
    (opm,) = findings(OPM, policy_path(OPM).read_text(encoding="utf-8"), "SES248")
    assert opm.message == one.message


def test_the_mean_and_the_count_agree_on_all_27_inputs() -> None:
    program = program_of(ACQDEMO)
    for ratings in product((5, 3, 1), repeat=3):
        counted = 1 if 1 in ratings else 5 if ratings.count(5) >= 2 else 3
        assert rated(program, ratings).level == counted, ratings


def test_how_many_ratings_of_5_are_needed() -> None:
    program = program_of(DPMAP)
    found = {of: next(count for count in range(of + 1) if rated(program, fives(count, of)).level == 5) for of in NEEDED}
    assert found == NEEDED


def test_plans_under_the_least_weights_of_2025() -> None:
    program = program_of(OPM_2025)
    names = [member.name for member in program.summary.members]
    admitted = []
    for first in range(24, 42):
        for others in product(range(14, 32), repeat=3):
            weights = (first, *others, 100 - first - sum(others))
            if not 14 <= weights[-1] <= 31:
                continue
            elements = tuple(
                Rated(name, Fraction(3), Fraction(each)) for name, each in zip(names, weights, strict=True)
            )
            if isinstance(admit(program, Appraisal("plan", elements)), Case):
                admitted.append(weights)
    assert len(admitted) == 3_876
    assert max(weights[0] for weights in admitted) == 40
    assert [max(weights[place] for weights in admitted) for place in range(1, 5)] == [30] * 4
    assert sum(min(each) for each in zip(*admitted, strict=True)) == 85, "15 points are free"
