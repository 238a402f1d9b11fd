"""The invented year in `examples/`: `cycle` finds the planted faults, each where it was planted, and nothing else."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest

from records.judging import judged_by_opm
from sespms_rules.records.cycle import Cycle

YEAR = Path(__file__).resolve().parents[2] / "examples" / "year_2026"

# Executive, code, and the beginning of each duty that the planted fault breaks.
PLANTED: dict[str, tuple[str, ...]] = {
    "E-102": ("performance plan: is communicated by period start",),
    "E-103": ("performance plan: is in writing",),
    "E-104": ("progress review: happens at least 1 time each period",),
    "E-105": ('rating steps: annual rating "Annual summary rating" by appointing authority',),
    "E-106": ('rating steps: annual rating "Annual summary rating" by appointing authority',),
    "E-107": ("appraisal: is in writing",),
    "E-108": ("performance review board: has a career majority",),
    "E-109": ("performance review board: has at least 3 members",),
    "E-110": ("performance review board: excludes members from their own appraisal",),
    "E-111": ("performance review board: recommends in writing",),
    "E-112": ("appraisal: rates every critical element",),
    "E-113": ('rating steps: initial rating "Initial summary rating" by rating official after guidelines',),
    "E-114": ("rating steps: higher-level review may not change the rating",),
    "E-115": ("rating steps: higher-level review is independent of initial rating",),
    "E-116": (
        "rating steps: higher-level review by higher-level official on request before board recommendation",
        "performance review board: considers guidelines, initial rating, written response, higher-level review",
    ),
    "E-117": ("rating steps: annual rating may change the rating for written reasons",),
    "E-118": ("awards and pay: performance award is 5% to 20% of basic pay",),
    "E-119": (
        "awards and pay: performance award is for career executives only",
        "each performance award for a noncareer executive must be exactly 0% of basic pay",
    ),
    "E-120": (
        "uses of results: below level 3 bars performance award",
        "each performance award below level 3 must be exactly 0% of basic pay",
    ),
    "E-121": ("job changes: details and temporary reassignments from 120 days are appraised in writing",),
    "E-122": ("rating steps: written response by executive with at least 7 days after initial rating",),
    "E-125": ("development: gives each executive a development plan",),
}
FAULTS_OF_RECORDS = {("E-114", "SES664"), ("E-114", "SES743"), ("E-123", "SES703"), ("E-124", "SES707")}
"""The initial rating of E-114 was given again after a review, and differs from what the formula gives too."""


@pytest.fixture(scope="module")
def cycle() -> Cycle:
    """The year, judged after all of it."""
    return judged_by_opm(YEAR)


def test_every_planted_fault_is_found_and_nothing_else(cycle: Cycle) -> None:
    assert len(cycle.executives) == 25
    found = {each.id: tuple(one.sentence for one in each.findings) for each in cycle.executives if each.findings}
    assert sorted(found) == sorted(PLANTED)
    for executive, sentences in PLANTED.items():
        assert len(found[executive]) == len(sentences), executive
        for sentence, begins in zip(found[executive], sentences, strict=True):
            assert sentence.startswith(begins)
    assert {(each.executive, each.code) for each in cycle.findings} == FAULTS_OF_RECORDS


def test_each_finding_says_where_when_why_and_what_to_do(cycle: Cycle) -> None:
    for executive in cycle.executives:
        for found in executive.findings:
            assert (found.code, found.executive) == ("SES709", executive.id)
            assert found.place.number > 1
            assert found.act
            assert found.day
            assert found.message
            assert found.help


def test_no_duty_fails_where_nothing_was_planted(cycle: Cycle) -> None:
    for each in cycle.duties:
        assert each.held + each.broken + each.open == each.records
        assert each.broken <= 2, each.obligation.grounds[0].sentence


def test_before_the_year_ends_what_is_missing_is_open_and_not_broken() -> None:
    early = judged_by_opm(YEAR, datetime.date(2025, 12, 1))
    by_id = {each.id: each for each in early.executives}
    assert by_id["E-104"].open[0].what == "no progress review is on record yet"
    assert by_id["E-104"].findings == ()
    assert {each.id for each in early.executives if each.findings} == {"E-102", "E-103"}
