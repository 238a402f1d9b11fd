"""The examples of every shipped system notice every change of its lines that could alter a rating."""

from __future__ import annotations

import pytest

from nights import at_depth
from sespms_rules.foundation.resources import policy_names
from sespms_rules.studies.mutation import Fate, measure
from systems import compiled

QUICK = {
    "agencies/opm_basic.sespms",
    "agencies/nasa_ses_2020.sespms",
    "beyond-ses/dod_acqdemo_quality_level.sespms",
    "examples/bureau_variant.sespms",
    "shapes/shape_06_points_of_their_own.sespms",
    "shapes/shape_12_pattern.sespms",
    "shapes/shape_18_people_decide.sespms",
    "shapes/shape_19_tables.sespms",
}
LONGEST = frozenset({"shapes/shape_27_facts.sespms", "examples/maritime_commission.sespms"})
"""Those that take half of the time of all: for the gate."""
NAMES = [name for name in policy_names() if name.split("/")[0] in ("agencies", "beyond-ses", "examples", "shapes")]


@pytest.mark.parametrize(
    "name", [name if name in QUICK else pytest.param(name, marks=pytest.mark.slow) for name in NAMES]
)
def test_every_change_that_counts_is_noticed(name: str) -> None:
    if name in at_depth(LONGEST, frozenset()):
        pytest.skip("the gate's: it takes long")
    measured = measure(compiled(name))
    left = [each for each in measured.entries if each.fate in (Fate.UNNOTICED, Fate.UNDECIDED)]
    assert [(each.origin.span.line, each.sentence, each.says, each.fate.value, each.why) for each in left] == []
    assert measured.score in (1, None)


def test_the_quick_ones_are_shipped() -> None:
    assert set(NAMES) >= QUICK | LONGEST
