"""Which edition the records of an appraisal period are judged by. The rules are invented but for one test."""

from __future__ import annotations

import datetime

import pytest

from cli.running import data, run
from law.holding import library
from sespms_rules.language.resolution import FolderLibrary
from sespms_rules.law.edition_index import every_edition
from sespms_rules.law.editions import days_of
from sespms_rules.law.periods import applying, period


def edition(days: str, *head: str) -> str:
    lines = "".join(f"  {line}\n" for line in (days, *head))
    return f'baseline "Example rules"\n{lines}\nrequirement "Example 1" "Invented"\n  must have training\n  confirmed\n'


OLD = "in force from 2015-10-26 to 2025-10-14"
NEW = "in force from 2025-10-15"


def chosen(start: str, end: str, *texts: str) -> tuple[str, str] | None:
    """The first day of the edition that is chosen for a period, and why."""
    span = period(datetime.date.fromisoformat(start), datetime.date.fromisoformat(end))
    found = applying(every_edition(library(*texts)), span)
    if not found:
        return None
    (one,) = found
    return str(days_of(one.edition.head.sentences)[0]), one.why


@pytest.mark.parametrize(
    ("start", "end", "first"),
    [
        ("2024-10-01", "2025-09-30", "2015-10-26"),
        ("2024-10-15", "2025-10-14", "2015-10-26"),
        ("2025-10-01", "2026-09-30", "2025-10-15"),
        ("2015-10-25", "2016-09-30", "2015-10-26"),
        ("2014-10-01", "2015-09-30", None),
    ],
)
def test_an_edition_that_says_nothing_goes_by_the_last_day(start: str, end: str, first: str | None) -> None:
    found = chosen(start, end, edition(OLD), edition(NEW))
    assert found == (first and (first, "it is in force on the last day of the period"))


@pytest.mark.parametrize(
    ("start", "end", "first"),
    [
        ("2024-10-01", "2025-09-30", "2015-10-26"),
        ("2024-10-01", "2025-10-14", "2015-10-26"),
        ("2024-10-16", "2025-10-15", "2025-10-15"),
        ("2025-10-01", "2026-09-30", "2025-10-15"),
    ],
)
def test_the_head_may_turn_the_key_to_the_last_day(start: str, end: str, first: str) -> None:
    new = edition(NEW, "applies to appraisal periods ending from 2025-10-15")
    found = chosen(start, end, edition(OLD, "applies to appraisal periods starting from 2015-10-26"), new)
    assert found is not None
    assert found[0] == first
    assert ("end from" in found[1]) == (first == "2025-10-15")


@pytest.mark.parametrize(
    ("start", "first"), [("2025-10-20", "2015-10-26"), ("2025-12-31", "2015-10-26"), ("2026-01-01", "2025-10-15")]
)
def test_the_head_may_name_the_day_from_which_periods_start(start: str, first: str) -> None:
    old = edition("in force from 2015-10-26", "applies to appraisal periods starting from 2015-10-26")
    new = edition(NEW, "applies to appraisal periods starting from 2026-01-01")
    found = chosen(start, "2026-12-31", old, new)
    assert found is not None
    assert found[0] == first
    assert "start from" in found[1]


def test_an_edition_that_has_ended_applies_to_no_later_period() -> None:
    old = edition(OLD, "applies to appraisal periods ending from 2016-09-30")
    assert chosen("2025-10-01", "2026-09-30", old)
    assert chosen("2025-10-15", "2026-09-30", old) is None


def test_a_period_does_not_end_before_it_starts() -> None:
    day = datetime.date(2026, 1, 1)
    with pytest.raises(ValueError, match="the period ends on 2025-12-31, before it starts on 2026-01-01"):
        period(day, datetime.date(2025, 12, 31))
    assert period(day, day).end == day


def test_the_editions_that_come_with_the_program_for_fiscal_year_2026() -> None:
    span = period(datetime.date(2025, 10, 1), datetime.date(2026, 9, 30))
    found = {each.edition.name: each.why for each in applying(every_edition(FolderLibrary()), span)}
    assert found["5 CFR part 430, subpart C"] == "it applies to periods that end from 2025-10-15"
    assert found["OPM cap on high ratings"] == "it applies to periods that end from 2026-09-30"


def test_the_command_lists_them_with_the_reason() -> None:
    told, code = data("baseline", "list", "--period", "2024-10-01", "2025-09-30")
    whys = {each["id"]: each["why"] for each in told["editions"]}
    assert code == 0
    assert whys["5cfr430c-2015-10-26"] == "it applies to periods that start from 2015-10-26"
    assert not {"5cfr430c-2025-10-15", "opm-cap-fy2026"} & set(whys)
    text = run("baseline", "list", "--period", "2024-10-01", "2025-09-30").stdout
    assert "  it applies to periods that start from 2015-10-26\n" in text


@pytest.mark.parametrize(
    ("days", "said"),
    [
        (("2026-01-01", "2025-01-01"), "the period ends on 2025-01-01, before it starts on 2026-01-01"),
        (("2026-01-01", "soon"), "`soon` is no day; write it like `2025-10-15`"),
    ],
)
def test_days_that_make_no_period_are_refused(days: tuple[str, str], said: str) -> None:
    result = run("baseline", "list", "--period", *days)
    assert result.exit_code == 2
    assert said in result.stderr
