"""Which changes are made of a line, in the words they are told in; each makes another program and says so once."""

from __future__ import annotations

from collections import Counter
from functools import cache

import pytest

from sespms_rules.engines.reference.engine import rate
from sespms_rules.foundation.resources import policy_names
from sespms_rules.program.rating import Outcome
from sespms_rules.studies.mutation.appraisals import appraisals_of
from sespms_rules.studies.mutation.judging import Trial
from sespms_rules.studies.mutation.nested_abstraction import seen_from_outside
from sespms_rules.studies.mutation.trying import Tried
from systems import source_of, systems_of

SHAPES = [name for name in policy_names("shapes") if "24" not in name]


@cache
def trial_of(name: str) -> Trial:
    system, program = systems_of(name)[0]
    return Trial(system, program, source_of(name))


def changes_of(name: str, sentence: str) -> list[str]:
    """What is read in place of a sentence."""
    return [each.says for each in trial_of(name).changes() if " ".join(each.origin.span.text.split()) == sentence]


def test_a_range_is_moved_by_the_smallest_step_and_by_a_visible_one() -> None:
    assert changes_of("agencies/dhs_ses_2011.sespms", "score at least 91 is level 5") == [
        "90 instead of 91",
        "92 instead of 91",
        "90.8 instead of 91",
        "91.2 instead of 91",
        "91 itself does not count",
        "level 4 instead of level 5",
        "the line left out",
    ]


def test_a_share_moves_by_one_percent() -> None:
    says = changes_of(
        "agencies/dhs_ses_2011.sespms", 'score is 40% of the points of "Leadership" + 60% of the points of "Results"'
    )
    assert says[:4] == [
        "39% instead of 40%",
        "41% instead of 40%",
        "level numbers instead of points",
        "59% instead of 60%",
    ]
    assert says[-1] == "minus instead of plus"


def test_a_limit_is_moved_and_taken_away() -> None:
    name = "shapes/shape_17_limits_on_weights.sespms"
    assert changes_of(name, '"Mission Results" exactly 40') == [
        "39 instead of 40",
        "41 instead of 40",
        "the line left out",
    ]
    assert changes_of(name, '"Leading People" 10 to 25') == [
        "9 instead of 10",
        "11 instead of 10",
        "24 instead of 25",
        "26 instead of 25",
        "the least weight 10 left out",
        "the largest weight 25 left out",
        "the line left out",
    ]
    assert changes_of(name, 'none above "Mission Results"') == ["the line left out"]
    assert changes_of(name, "are whole numbers") == ["the line left out"]


def test_what_a_missing_rating_does_is_read_otherwise() -> None:
    name = "shapes/shape_15_missing_ratings.sespms"
    assert changes_of(name, "unrated elements are left out") == ["they stop the rating, and not: they are left out"]
    assert "2 elements" not in changes_of(name, "not rated when at most 1 element is rated")
    assert changes_of(name, "not rated when at most 1 element is rated")[:2] == [
        "no instead of at most 1",
        "at most 2 instead of at most 1",
    ]


def test_a_table_that_is_read_is_changed_row_by_row() -> None:
    name = "shapes/shape_19_tables.sespms"
    assert changes_of(name, "exactly 15 gives 3.5%") == [
        "14 instead of 15",
        "16 instead of 15",
        "2.5% instead of 3.5%",
        "4.5% instead of 3.5%",
        "the line left out",
    ]


def test_how_many_decide_is_read_otherwise() -> None:
    says = changes_of("shapes/shape_09_majority.sespms", "level 3 when every element is at level 3 or better")
    assert says[:2] == ["more than half instead of every one", "at level 3 instead of at level 3 or better"]
    assert "read before the line above it" in says


def test_rounding_is_read_otherwise() -> None:
    says = changes_of(
        "shapes/shape_07_half_goes_down.sespms", "score is the average of points rounded half down to whole numbers"
    )
    assert says == [
        "not rounded",
        "rounded half up instead of rounded half down",
        "rounded half even instead of rounded half down",
        "rounded up instead of rounded half down",
        "rounded down instead of rounded half down",
        "1 decimal instead of whole numbers",
        "the sum instead of the average",
    ]


@pytest.mark.parametrize("name", SHAPES)
def test_every_change_makes_another_program(name: str) -> None:
    trial = trial_of(name)
    programs = [each.program for each in trial.changes()]
    assert len(programs) > 20
    assert trial.program not in programs
    assert max(Counter(programs).values()) == 1


@pytest.mark.parametrize("name", ["agencies/opm_basic.sespms", "shapes/shape_10_nested.sespms"])
def test_the_appraisals_that_are_tried_reach_every_level_and_every_limit(name: str) -> None:
    program = trial_of(name).program
    tried = appraisals_of(program.summary)
    assert tried == appraisals_of(program.summary), "always the same ones"
    assert not tried.complete
    ratings = [rate(program, each, trace=False) for each in tried.made[::7] + tried.made[-1500:]]
    assert {each.level for each in ratings} >= {1, 2, 3, 4, 5}
    refused = {one.code for each in ratings if each.outcome is Outcome.REFUSED for one in each.refused}
    assert refused >= {"SES602", "SES606"}


def test_all_appraisals_are_listed_where_they_are_few() -> None:
    tried = appraisals_of(trial_of("beyond-ses/dod_acqdemo_quality_level.sespms").program.summary)
    assert tried.complete
    right = [each for each in tried.made if all(one.rating in (1, 3, 5) for one in each.elements)]
    assert len(set(right)) == 27


def test_what_has_no_effect_seen_from_outside_has_none_on_requirements() -> None:
    trial = trial_of("shapes/shape_14_adjusted_before_averaging.sespms")
    found = Counter[bool]()
    for change in trial.changes():
        seen = seen_from_outside(trial.program, change.program)
        if seen is not None:
            alike = not Tried(seen.old, trial.values, seen.appraisals).differing(seen.new).places
            found[alike] += 1
            if alike:
                assert not trial.tried.differing(change.program).places, change.says
    assert found[True] > 3
    assert found[False] > 20
