"""Synthetic rosters: admitted by the policy, exactly as published, the same for a seed, and marked in every row."""

from __future__ import annotations

import io
from collections import Counter
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as some

from sespms_rules.engines.reference.admission import admit
from sespms_rules.engines.reference.engine import rate
from sespms_rules.foundation.resources import policy_names
from sespms_rules.language.model import System
from sespms_rules.program.ir import Program
from sespms_rules.program.rating import Appraisal
from sespms_rules.reports.workbook import Sheet, write_table
from sespms_rules.rosters.files import open_roster
from sespms_rules.rosters.population.synthetic import MARK, UNIT, synthetic_remark
from sespms_rules.rosters.synthetic import (
    Cohort,
    CohortError,
    Published,
    allocated,
    make_cohort,
    published,
    published_distributions,
    roster_table,
)
from systems import systems_of

OPM = "agencies/opm_basic.sespms"
SIXTY = {5: 12, 4: 12, 3: 12, 2: 12, 1: 12}


@pytest.fixture(scope="module")
def opm() -> tuple[System, Program]:
    """OPM's system of 2012."""
    return systems_of(OPM)[0]


@pytest.fixture(scope="module")
def governmentwide(opm: tuple[System, Program]) -> Cohort:
    """As many as were published for fiscal year 2016."""
    return make_cohort(*opm, allocated(published("fy2016"), 6701), 1)


def _text(program: Program, cohort: Cohort) -> str:
    file = io.StringIO()
    write_table(Sheet("Roster", *roster_table(program, cohort.appraisals)), file)
    return file.getvalue()


def test_the_published_distribution_comes_out_exactly(opm: tuple[System, Program], governmentwide: Cohort) -> None:
    levels = Counter(rate(opm[1], each, trace=False).level for each in governmentwide.appraisals)
    assert levels == {5: 3464, 4: 2727, 3: 482, 2: 15, 1: 13}
    assert governmentwide.levels == governmentwide.meant
    assert governmentwide.unreached == ()


def test_every_row_says_that_it_is_synthetic(opm: tuple[System, Program], governmentwide: Cohort) -> None:
    rows = _text(opm[1], governmentwide).splitlines()[1:]
    assert len(rows) == 6701
    assert all(row.startswith(MARK) and f",{UNIT}," in row for row in rows)
    assert synthetic_remark(governmentwide.appraisals) == "Synthetic roster: every executive in it is invented."
    mixed = (*governmentwide.appraisals[:2], Appraisal("A-1", ()))
    assert synthetic_remark(mixed) == "Partly synthetic roster: 2 of 3 executives in it are invented."
    assert synthetic_remark(mixed[2:]) == ""


def test_plans_differ_and_are_all_legal(opm: tuple[System, Program], governmentwide: Cohort) -> None:
    plans = {tuple(each.weight for each in appraisal.elements) for appraisal in governmentwide.appraisals}
    assert len(plans) >= 100
    assert not any(isinstance(admit(opm[1], each), tuple) for each in governmentwide.appraisals[:500])


def test_the_same_seed_gives_the_same_roster_and_another_another(opm: tuple[System, Program]) -> None:
    meant = allocated(published("fy2016"), 40)
    first, again, other = (_text(opm[1], make_cohort(*opm, meant, seed)) for seed in (7, 7, 8))
    assert first == again
    assert first != other


FROZEN = [
    "synthetic-000001,career,Synthetic,7,5,13,5,16,4,17,5,47,5",
    "synthetic-000002,career,Synthetic,11,3,8,4,23,3,24,3,34,3",
]


def test_a_roster_is_the_same_on_every_machine(opm: tuple[System, Program]) -> None:
    text = _text(opm[1], make_cohort(*opm, {5: 1, 3: 1}, 3))
    assert text.splitlines()[1:] == FROZEN


@pytest.mark.parametrize("name", [*policy_names("agencies"), *policy_names("shapes")])
def test_a_roster_for_any_shipped_policy_is_read_and_rated(name: str, tmp_path: Path) -> None:
    for number, (system, program) in enumerate(systems_of(name)):
        if not (program.summary.rows or program.summary.overrides):
            with pytest.raises(CohortError, match="derives no summary level"):
                make_cohort(system, program, SIXTY, 1)
            continue
        cohort = make_cohort(system, program, SIXTY, 1)
        path = tmp_path / f"{number}.csv"
        path.write_text(_text(program, cohort), encoding="utf-8", newline="")
        opened = open_roster(path, program)
        assert opened.findings == (), "every heading is one that is read"
        rows = list(opened.rows)
        assert [row.appraisal for row in rows] == list(cohort.appraisals), "what is written is what is read"
        levels = Counter(rate(program, each, trace=False).level for each in cohort.appraisals)
        assert sorted(levels.items(), reverse=True) == [pair for pair in cohort.levels if pair[1]]
        if cohort.levels != cohort.meant:
            assert cohort.unreached, "who has another level than was meant is told"


def test_a_level_that_a_policy_cannot_give_is_told_and_the_nearest_is_given() -> None:
    system, program = systems_of("shapes/shape_06_points_of_their_own.sespms")[0]
    cohort = make_cohort(system, program, {5: 3, 1: 2}, 1)
    assert len(cohort.appraisals) == 5
    given = dict(cohort.levels)
    for level in cohort.unreached:
        assert given[level] == 0
    assert sum(given.values()) == 5


# ---- distributions ---------------------------------------------------------------------------------


def test_each_distribution_has_its_source_and_how_sure_it_is() -> None:
    for each in published_distributions():
        assert each.source.startswith("https://")
        assert each.provenance in ("confirmed", "partly confirmed", "unconfirmed")
        assert len(each.remark.split()) >= 5
        whole = sum(number for _, number in each.levels)
        assert each.total == whole if each.counts else whole == 100
    assert published("fy2016").total == 6701


@given(some.integers(0, 30_000), some.sampled_from(published_distributions()))
def test_each_level_gets_its_share_but_for_less_than_one(executives: int, distribution: Published) -> None:
    whole = sum(number for _, number in distribution.levels)
    parted = allocated(distribution, executives)
    assert sum(parted.values()) == executives
    for level, number in distribution.levels:
        assert abs(parted[level] - Fraction(number * executives, whole)) < 1


def test_counts_are_given_back_as_they_are() -> None:
    assert allocated(published("fy2016"), 6701) == {5: 3464, 4: 2727, 3: 482, 2: 15, 1: 13}
    assert allocated(published("fy2016"), 10) == {5: 5, 4: 4, 3: 1, 2: 0, 1: 0}
