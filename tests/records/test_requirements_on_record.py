"""Requirements, additional ratings and numbers on record: the formula is run on them, and nothing is assumed."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from pathlib import Path

import pytest

from records.invented_years import InventedYear, Row, written
from records.judging import judged_by_opm
from sespms_rules.program.ir import Program
from sespms_rules.records.cycle import appraisal_of
from sespms_rules.records.cycle.formula import Derived, derived_on_record
from sespms_rules.records.reading import Year, read_year
from systems import program_of

DAY = datetime.date(2027, 1, 31)
PERIOD = {"period start": "2025-10-01", "period end": "2026-09-30"}
OBJECTIVES = ("Storm plan", "Buoy repair", "Charts")
FACTOR = "contributing factor"
ADJUSTED = "shapes/shape_14_adjusted_before_averaging.sespms"
NESTED = "shapes/shape_10_nested.sespms"
STEPS = "shapes/shape_30_steps.sespms"
Spoil = Callable[[InventedYear], object]


def _year(plan: list[Row]) -> InventedYear:
    year = InventedYear("E-101")
    year.acts = [row for row in year.acts if not row.get("about")]
    year.plan = [{"executive": "E-101", **PERIOD, **row} for row in plan]
    return year


def _rate(year: InventedYear, act: str = "initial rating", **more: str) -> Row:
    return year.add(act, "2026-10-20" if act == "initial rating" else "2026-12-01", "rating official", **more)


def _adjusted() -> InventedYear:
    """Objectives: 5 + 1 is held at 5, 3 + 1 is 4, 3 stays 3, on average 4; with level 4 beside it the rating is 4."""
    year = _year(
        [{"element": "Leading People"}, *({"element": "Objectives", "requirement": one} for one in OBJECTIVES)]
    )
    _rate(year, about="Leading People", level="4")
    for name, level, factor in zip(OBJECTIVES, "533", "110", strict=True):
        _rate(year, about="Objectives", requirement=name, level=level)
        _rate(year, about="Objectives", requirement=name, value=factor, **{"additional rating": FACTOR})
    return year


def _read(folder: Path, year: InventedYear) -> Year:
    return read_year(written(folder, [year]))


def _derived(folder: Path, year: InventedYear, program: Program) -> Derived:
    return derived_on_record(_read(folder, year).years[0], program, DAY)


def test_the_formula_is_run_on_requirements_and_additional_ratings(tmp_path: Path) -> None:
    program = program_of(ADJUSTED)
    year = _adjusted()
    assert _read(tmp_path, year).findings == ()
    assert _derived(tmp_path, year, program) == Derived(4)
    _rate(year, "annual rating", about="Objectives", requirement="Buoy repair", level="1")
    assert _derived(tmp_path, year, program) == Derived(1)  # the final rating of a requirement counts


def test_requirements_have_weights_of_their_own(tmp_path: Path) -> None:
    for first, level in (("50", 5), ("49", 4)):
        year = _year(
            [
                {"element": "Leading People"},
                {"element": "Stewardship"},
                {"element": "Mission Results", "requirement": "Port inspections", "requirement weight": first},
                {"element": "Mission Results", "requirement": "Spill", "requirement weight": str(100 - int(first))},
            ]
        )
        _rate(year, about="Leading People", level="5")
        _rate(year, about="Stewardship", level="4")
        _rate(year, about="Mission Results", requirement="Port inspections", level="5")
        _rate(year, about="Mission Results", requirement="Spill", level="4")
        assert _derived(tmp_path, year, program_of(NESTED)) == Derived(level)


def test_an_element_that_the_plan_brings_has_an_additional_rating_in_steps(tmp_path: Path) -> None:
    year = _year([{"element": "Budget reform"}, {"element": "Staffing"}])
    for name, value in (("Budget reform", "0.5"), ("Staffing", "0")):
        _rate(year, about=name, level="4")
        _rate(year, about=name, value=value, **{"additional rating": "Difficulty"})
    assert _derived(tmp_path, year, program_of(STEPS)) == Derived(4)
    year.acts[-1]["value"] = "0.25"
    derived = _derived(tmp_path, year, program_of(STEPS))
    assert derived.level is None
    assert "`difficulty` `0.25`" in derived.why_none


def _no_factor(year: InventedYear) -> None:
    year.acts.pop()


def _one_unrated(year: InventedYear) -> None:
    year.acts = [row for row in year.acts if row.get("requirement") != "Charts"]


def _as_a_whole(year: InventedYear) -> None:
    _rate(year, about="Objectives", level="4")


@pytest.mark.parametrize(
    ("spoil", "why"),
    [
        (_no_factor, "`Charts` of `Objectives` has no `contributing factor`"),
        (_one_unrated, "`Charts` of `Objectives` is not rated"),
        (_as_a_whole, "`Objectives` was rated `4` as a whole, but it is rated by its requirements"),
    ],
)
def test_what_is_missing_is_never_assumed(spoil: Spoil, why: str, tmp_path: Path) -> None:
    year = _adjusted()
    spoil(year)
    derived = _derived(tmp_path, year, program_of(ADJUSTED))
    assert derived.level is None
    assert why in derived.why_none


@pytest.mark.parametrize(
    ("row", "code", "column"),
    [
        ({"about": "Objectives", "requirement": "Storm pan", "level": "1"}, "SES706", "requirement"),
        ({"requirement": "Storm plan", "level": "1"}, "SES702", "requirement"),
        ({"additional rating": FACTOR, "value": "1"}, "SES702", "additional rating"),
        ({"about": "Leading People", "additional rating": "difficulty"}, "SES702", "value"),
        ({"about": "Leading People", "additional rating": "difficulty", "level": "1"}, "SES707", "level"),
        ({"about": "Leading People", "value": "1", "level": "1"}, "SES707", "level"),
        ({"value": "4"}, "SES702", "value"),
    ],
)
def test_a_row_whose_part_cannot_be_told_is_set_aside_and_the_formula_is_not_run_without_it(
    row: Row, code: str, column: str, tmp_path: Path
) -> None:
    """What it says may have been meant for any part: without it the formula would give level 4."""
    year = _adjusted()
    assert _derived(tmp_path, year, program_of(ADJUSTED)) == Derived(4)
    _rate(year, "annual rating", **row)
    read = _read(tmp_path, year)
    assert [(each.code, each.column) for each in read.findings] == [(code, column)]
    derived = _derived(tmp_path, year, program_of(ADJUSTED))
    assert derived.level is None
    assert derived.why_none.endswith(", and does not count")


def test_rows_of_a_plan_that_differ_on_a_weight_give_none(tmp_path: Path) -> None:
    year = InventedYear("E-101")
    year.plan.append(year.plan[0] | {"weight": "50", "requirement": "Anything"})
    read = _read(tmp_path, year)
    assert [(each.code, each.place.number) for each in read.findings] == [("SES707", 7)]
    assert "`50` here and `10` in row 2" in read.findings[0].message
    assert {row.weight for row in read.years[0].plan if row.element == "Leading Change"} == {None}
    year.plan[-1]["weight"] = ""
    read = _read(tmp_path, year)
    assert read.findings == ()
    assert {row.weight for row in read.years[0].plan if row.element == "Leading Change"} == {10}


def test_a_plan_may_not_say_otherwise_than_the_policy_what_is_critical(tmp_path: Path) -> None:
    year = _adjusted()
    year.plan[0]["critical"] = "no"
    said = appraisal_of(_read(tmp_path, year).years[0], DAY, program_of(ADJUSTED))
    assert said == "the plan says of `Leading People` otherwise than the policy, by which it is a critical element"


def test_an_element_is_rated_when_all_its_requirements_are(tmp_path: Path) -> None:
    for left_out, broken in (("", 0), ("Charts", 1)):
        year = InventedYear("E-101")
        year.plan += [year.plan[0] | {"requirement": one} for one in OBJECTIVES]
        del year.plan[0]
        year.acts = [row for row in year.acts if row.get("about") != "Leading Change"]
        for name in OBJECTIVES:
            if name != left_out:
                _rate(year, about="Leading Change", requirement=name, level="4")
        (standing,) = judged_by_opm(written(tmp_path, [year])).executives
        told = [each for each in standing.findings if "Leading Change" in each.message]
        assert len(told) == broken, standing.findings


def test_a_rating_of_an_element_of_no_plan_is_no_rating_of_the_whole(tmp_path: Path) -> None:
    planned, bare = InventedYear("E-101"), InventedYear("E-102")
    bare.plan = []
    bare.acts = [row for row in bare.acts if row["act"] != "annual rating"]
    bare.add("annual rating", "2026-12-01", "appointing authority", about="Results Driven", level="4")
    cycle = judged_by_opm(written(tmp_path, [planned, bare]))
    told = [each.what for each in cycle.executives[1].open] + [each.message for each in cycle.executives[1].findings]
    assert any("no annual rating is on record" in each for each in told), told
