"""Two systems that rate alike can report different values beside the level, and `compare` says so."""

from __future__ import annotations

import pytest

from compared import WORKSHOP, compared
from engines.test_without_level import TEXT
from sespms_rules.studies.comparison import Judgement, as_data, as_text, sheet_of

BONUS = """
table "Bonus"
  450 to 500 gives {high}
  350 to 449 gives {middle}
  otherwise gives {low}

summary rating
"""
LOOK_UP = """summary rating
  score is the sum of points times weight
"""


def paying(high: str = "8%", middle: str = "5%", low: str = "0", more: str = "") -> str:
    """The workshop with a table of payouts by score."""
    table = BONUS.format(high=high, middle=middle, low=low)
    reported = f'  "bonus" is the "Bonus" for score\n  also report "bonus"\n{more}'
    return WORKSHOP.replace("\nsummary rating\n", table).replace(LOOK_UP, LOOK_UP + reported)


@pytest.mark.parametrize(
    ("old", "new", "before", "after"),
    [
        (paying(), paying(middle="6%"), "0.05", "0.06"),
        (paying('"A"', '"B"', '"C"'), paying('"A"', '"D"', '"C"'), "B", "D"),
        (paying(low="0"), paying(low="1%"), "0", "0.01"),
    ],
    ids=["a number", "a word", "what is left over"],
)
def test_a_payout_that_differs_is_shown_by_an_appraisal(old: str, new: str, before: str, after: str) -> None:
    found = compared(old, new)
    (value,) = found.reported
    assert found.judgement is Judgement.SAME
    assert (value.name, value.differs) == ("bonus", True)
    assert value.witness is not None
    assert value.witness.before.level == value.witness.after.level
    told = as_text(found)
    assert "gets the same level under both; what is reported beside the level differs: `bonus`" in told
    assert f"for example: {before} at level" in told
    assert f"{after} at level" in told
    assert "changed, and moves nobody to another level" in told
    data = as_data(found)["reported"]
    assert [(each["name"], each["differs"]) for each in data] == [("bonus", True)]
    assert next(row[-1] for row in sheet_of([found]).rows) == "differ"


def test_payouts_that_are_written_otherwise_and_are_the_same_are_proved_the_same() -> None:
    old = paying().replace("350 to 449 gives 5%", "350 to 399 gives 5%\n  400 to 449 gives 5%")
    found = compared(old, paying())
    assert [each.differs for each in found.reported] == [False]
    assert "reported beside the level" not in as_text(found)
    assert next(row[-1] for row in sheet_of([found]).rows) == "same"


def test_a_value_that_only_one_system_reports_is_named() -> None:
    found = compared(WORKSHOP, paying())
    assert "`bonus`, reported beside the level: only the new system reports it" in as_text(found)
    assert as_data(found)["reported"] == [
        {"name": "bonus", "differs": True, "why": "only the new system reports it", "witness": None}
    ]


def test_where_nothing_is_reported_nothing_is_said() -> None:
    assert (
        compared(WORKSHOP, WORKSHOP.replace("350 to 449", "340 to 449").replace("250 to 349", "250 to 339")).reported
        == ()
    )


def test_systems_without_a_level_are_never_said_to_report_the_same() -> None:
    found = compared(TEXT, TEXT.replace("10% of", "20% of"))
    assert {each.name: each.differs for each in found.reported} == {"credit": None, "share": None}
    assert "whether `share`, reported beside the level, would be another is undecided: " in as_text(found)
    assert {each.differs for each in compared(TEXT, TEXT).reported} == {False}
