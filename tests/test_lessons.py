"""Each known defect of real systems is found in its lesson, by the right finding, with its witness and its count.

The table says what is to be found where; nothing tells the checks. Counts are exact, over every possible appraisal.
"""

from __future__ import annotations

import datetime
from fractions import Fraction

import pytest

from sespms_rules.checks.by_trial.comparing import without_rounding
from sespms_rules.engines.columnar.engine import ColumnarEngine
from sespms_rules.engines.reference.engine import rate
from sespms_rules.foundation.resources import policy_names
from sespms_rules.foundation.source import Source
from sespms_rules.foundation.values import Frozen, replace
from sespms_rules.language.model import System
from sespms_rules.language.parsing import parse
from sespms_rules.language.resolution import FolderLibrary, resolve
from sespms_rules.pipeline import check_conformance, compile_source
from sespms_rules.program.ir import Program, WholeWeights
from sespms_rules.program.lowering import lower
from sespms_rules.program.rating import Appraisal, Rated
from sespms_rules.studies.exhaustive.findings import noticed
from sespms_rules.studies.exhaustive.joint import joint_stages
from sespms_rules.studies.exhaustive.plan_tables import plan_table
from sespms_rules.studies.exhaustive.tallying import tally
from sespms_rules.studies.exhaustive.walk import walk
from systems import compiled, source_of


class Defect(Frozen):
    """What must be found in a lesson: the code, what the message says, and the witness as the help tells it."""

    lesson: str
    code: str
    says: str
    witness: str = ""


DEFECTS = (
    Defect("doi_uncovered_profiles", "SES245", "`2` of `10` sets of ratings", "rated 5 and 2"),
    Defect("doi_uncovered_profiles", "SES245", "`6` of `20` sets of ratings"),
    Defect("doi_uncovered_profiles", "SES245", "`13` of `35` sets of ratings"),
    Defect("doi_uncovered_profiles", "SES245", "`25` of `56` sets of ratings", "rated 5, 5, 5, 5 and 3"),
    Defect("rounding_changes_a_level", "SES246", "`4.25`", "rated 5, 5, 5, 5, 5, 3, 3 and 3"),
    Defect("masked_failure", "SES247", "at a score of `72`", "`Leadership` rated 30 and `Results` rated 100"),
    Defect("fractional_weights", "SES214", "a score of `474.5` falls in no band", "weight 25.5 rated 4"),
    Defect("points_without_effect", "SES248", "the `0` points of level 1 never decide a rating"),
    Defect("doi_uncovered_profiles", "SES248", "the `0` points of level 1 never decide a rating"),
    Defect("missing_levels", "SES201", "level 4"),
    Defect("inverse_numbering", "SES206", "level 1"),
    Defect("level_term_reused", "SES205", "Successful"),
    Defect("floors_above_total", "SES212", "`110`"),
    Defect("weights_cannot_total", "SES212", "`90`"),
    Defect("cut_without_effect", "SES251", "above `11/3` and up to `13/3`", "`13/3`"),
    Defect("weaker_floor_above", "SES252", "level 5 lets an element be as low as level 2", "rated 2, 5 and 5"),
    Defect("weak_element_outweighed", "SES253", "can still be level 5, at a score of `470`", "weight 10 rated 2"),
)


def systems(name: str) -> tuple[System, ...]:
    document, _ = parse(source_of(name))
    return resolve(document, FolderLibrary())[0].systems


def program_of(name: str, system: int = 0) -> Program:
    """The program of a system, also of one with a gap."""
    made, _ = lower(systems(name)[system])
    assert made is not None
    return made


@pytest.mark.parametrize("defect", DEFECTS, ids=lambda each: f"{each.code} {each.lesson} {each.says}")
def test_the_defect_is_found_with_its_witness(defect: Defect) -> None:
    found = [each for each in compiled(f"lessons/{defect.lesson}.sespms").diagnostics if each.code == defect.code]
    assert found, f"{defect.code} is not found"
    fitting = [each for each in found if defect.says in f"{each.message} {each.help}"]
    assert fitting, [each.message for each in found]
    assert any(defect.witness in each.help for each in fitting), [each.help for each in fitting]


def test_every_lesson_stands_in_the_table_or_has_its_own_test() -> None:
    lessons = {name.removeprefix("lessons/").removesuffix(".sespms") for name in policy_names() if "lessons/" in name}
    assert {each.lesson for each in DEFECTS} <= lessons
    announced = {name for name in lessons if "# Finding: " in source_of(f"lessons/{name}.sespms").text}
    assert announced == lessons


# ---- counts --------------------------------------------------------------------------------------


@pytest.mark.parametrize(("place", "count", "of"), [(0, 2, 10), (1, 6, 20), (2, 13, 35), (3, 25, 56)])
def test_uncovered_profiles_are_counted(place: int, count: int, of: int) -> None:
    """Sets of ratings without an unsatisfactory one, whatever their order: the walk lists each once."""
    made = program_of("lessons/doi_uncovered_profiles.sespms", place)
    engine = ColumnarEngine(made)
    without, uncovered = 0, 0
    for block in walk(made):
        result = engine.rate_columns(block.columns)
        sound = sum(column == 1 for column in block.ratings().values()) == 0
        without += int(sound.sum())
        uncovered += int((sound & (result.level == 0)).sum())
    assert (uncovered, without) == (count, of)


def test_gaps_are_counted_in_appraisals_too() -> None:
    found = tally(program_of("lessons/doi_uncovered_profiles.sespms", 3))
    (gap,) = found.refusals
    assert (gap.code, gap.cases) == ("SES612", 665)
    assert rate(program_of("lessons/doi_uncovered_profiles.sespms", 3), gap.example).refused[0].code == "SES612"


def test_rounding_is_counted() -> None:
    """Only plans with eight elements are rated otherwise, in each order of five 5s and three 3s."""
    made = program_of("lessons/rounding_changes_a_level.sespms")
    (change,) = tally(made, against=without_rounding(made)).changes
    assert (change.here, change.there, change.cases) == (5, 3, 56)
    assert sorted(each.rating or 0 for each in change.example.elements) == [3, 3, 3, 5, 5, 5, 5, 5]


def test_opm_2012_leaves_outstanding_with_a_minimally_satisfactory_element() -> None:
    """405,508 of 963,618,750 appraisals; `check` tells that there are some, the tally how many."""
    name = "agencies/opm_basic.sespms"
    (note,) = (each for each in compiled(name).diagnostics if each.code == "SES253")
    assert "rated `2` the rating can still be level 5" in note.message
    found = tally(program_of(name))
    assert found.domain.appraisals == 963_618_750
    cases = {(each.level, each.weakest): each for each in found.weakest}
    assert cases[5, 2].cases == 405_508
    assert cases[5, 5].cases == 308_358, "each plan once"
    assert cases[1, 1].cases == 963_618_750 - 308_358 * 4**5
    assert rate(program_of(name), cases[5, 2].example).level == 5
    assert sum(each.cases for each in found.weakest) == found.domain.appraisals
    assert [each.cases for each in noticed(found)] == [405_508, 30_730_630]


def test_a_safeguard_decides_nothing_and_is_no_finding_of_count_or_check() -> None:
    """A line that gives what an override gives before it: it shows with no appraisals, and nothing needs to be done."""
    found = tally(program_of("lessons/points_without_effect.sespms"))
    assert found.lines[-1].cases == 0
    assert [each.says for each in noticed(found) if each.code == "SES220"] == []
    checked = compiled("lessons/points_without_effect.sespms")
    assert [each.code for each in checked.diagnostics] == ["SES248"]


def test_weaker_floors_are_counted() -> None:
    found = tally(program_of("lessons/weaker_floor_above.sespms"))
    assert {(each.level, each.weakest): each.cases for each in found.weakest}[5, 2] == 3


# ---- the same rule said twice, and edges ---------------------------------------------------------


def test_the_mean_and_the_count_agree_on_all_27() -> None:
    """A mean of at least 4.3 and "at least two at level 5" are one rule on ratings of 5, 3 and 1."""
    first, second = (program_of("lessons/cut_without_effect.sespms", place) for place in (0, 1))
    engines = ColumnarEngine(first), ColumnarEngine(second)
    cases = 0
    for block in walk(first, second):
        one, other = (
            engine.rate_columns(columns).level for engine, columns in zip(engines, block.for_programs, strict=True)
        )
        assert (one == other).all()
        cases += block.count(True)
    assert cases == 27


def test_any_cut_in_the_range_rates_alike_and_none_outside() -> None:
    """The range that SES251 tells is the whole range."""
    source = source_of("lessons/cut_without_effect.sespms")
    written = _levels(program_of("lessons/cut_without_effect.sespms"))
    for cut, alike in (("3.67", True), ("4.33", True), ("3.66", False), ("4.34", False)):
        text = source.text.replace("at least 4.3 is", f"at least {cut} is").replace("below 4.3 is", f"below {cut} is")
        document, _ = parse(Source("moved", text))
        made, _ = lower(resolve(document, FolderLibrary())[0].systems[0])
        assert made is not None
        assert (_levels(made) == written) is alike, cut


def _levels(made: Program) -> list[int]:
    (block,) = walk(made)
    return [int(level) for level in ColumnarEngine(made).rate_columns(block.columns).level]


def test_a_score_on_the_edge_gets_the_upper_level() -> None:
    """OPM at 400 and 475, DHS at 91: the edge belongs to the higher level, a hair below to the lower."""
    opm, dhs = program_of("agencies/opm_basic.sespms"), program_of("agencies/dhs_ses_2011.sespms")
    names = [each.name for each in opm.summary.members]
    for weights, ratings, score, level in (
        ((20, 20, 20, 20, 20), (4, 4, 4, 4, 4), 400, 4),
        ((25, 15, 15, 15, 30), (4, 5, 5, 5, 5), 475, 5),
        ((26, 15, 15, 15, 29), (4, 5, 5, 5, 5), 474, 4),
    ):
        rated = tuple(
            Rated(name, Fraction(rating), Fraction(weight))
            for name, rating, weight in zip(names, ratings, weights, strict=True)
        )
        found = rate(opm, Appraisal("edge", rated))
        assert (found.score, found.level) == (score, level)
    first, second = (each.name for each in dhs.summary.members)
    for pair, average, level in ((("100", "85"), "91", 5), (("95", "88"), "90.8", 4)):
        marks = tuple(Rated(name, Fraction(mark)) for name, mark in zip((first, second), pair, strict=True))
        found = rate(dhs, Appraisal("edge", marks))
        assert (found.score, found.level) == (Fraction(average), level)


def test_the_least_weights_of_2025_leave_15_points() -> None:
    """So the first element weighs 25 to 40 and any other 15 to 30."""
    made = program_of("agencies/opm_2025.sespms")
    made = replace(made, summary=replace(made.summary, limits=(*made.summary.limits, WholeWeights())))
    (shape,) = joint_stages((made,))
    table = plan_table(shape.limits, shape.names, tuple((place,) for place in range(5)))
    assert [(int(each.min()), int(each.max())) for each in table.weights] == [(25, 40), *[(15, 30)] * 4]
    assert sum(table.times.tolist()) == 3_876


# ---- what a day decides --------------------------------------------------------------------------


@pytest.mark.parametrize(("day", "forbidden"), [("2025-10-14", True), ("2025-10-15", False)])
def test_a_quota_is_forbidden_up_to_a_day_and_allowed_from_it(day: str, forbidden: bool) -> None:
    """The ban on forced distribution ended with the amendment of 2025-10-15; OPM's text with a quota added shows it."""
    text = source_of("agencies/opm_basic.sespms").text
    quota = "\ndistribution\n  at most 30% of career executives at level 4 or better\n\nguarantees\n"
    text = text.replace("\nguarantees\n", quota, 1)
    compiled = compile_source(Source("with_a_quota.sespms", text), FolderLibrary())
    (held,) = check_conformance(compiled, as_of=datetime.date.fromisoformat(day))
    (verdict,) = (each for each in held.verdicts if each.citation == "5 CFR 430.305(a)(5), distribution")
    assert verdict.fails is forbidden
    assert any("`distribution` is forbidden by 5 CFR 430.305(a)(5)" in each for each in held.contrast)
