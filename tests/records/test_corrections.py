"""Which acts count where records repeat, contradict or correct each other: nothing is erased without a word."""

from __future__ import annotations

import datetime
import json
from collections.abc import Callable
from pathlib import Path

import pytest

from cli.running import OPM, run
from records.invented_years import InventedYear, written
from records.judging import judged_by_opm
from sespms_rules.records.reading import Year, read_year

EARLIER = {"period end": "2025-09-30"}


def _read(folder: Path, one: InventedYear) -> Year:
    return read_year(written(folder, [one]))


def _levels(year: Year) -> list[int | None]:
    return [each.act.level for each in year.years[0].acts if each.act.act == "annual rating"]


def _twice(**more: str) -> InventedYear:
    """An executive whose rating at level 1 of the year before stands in two rows, the second as `more` says."""
    one = InventedYear("E-101")
    one.add("annual rating", "2025-12-01", "appointing authority", level="1", number="B-1", **EARLIER)
    second = {"day": "2025-12-01", "role": "appointing authority", "level": "1", "number": "B-2"} | more
    row = one.add("annual rating", second["day"], second["role"], **EARLIER)
    row.update(second)
    return one


@pytest.mark.parametrize(
    "more",
    [
        {"day": "2025-12-02"},
        {"day": "2025-12-02", "level": "4"},
        {"role": "agency head", "level": "4"},
        {"role": "agency head"},
        {"level": "2"},
        {"day": "2026-02-01", "level": ""},
    ],
)
def test_of_two_annual_ratings_of_one_period_neither_counts(more: dict[str, str], tmp_path: Path) -> None:
    one = _twice(**more)
    year = _read(tmp_path, one)
    assert [each.code for each in year.findings] == ["SES707"]
    assert "neither counts" in year.findings[0].message
    rows = {each.place.number for each in year.years[0].acts}
    named = int(year.findings[0].message.split()[1])
    assert named != year.findings[0].place.number
    assert not rows & {named, year.findings[0].place.number}
    assert _levels(year) == [4]
    result = run("consequences", OPM, tmp_path, "--as-of", "2027-01-31", "--format", "json")
    consequences = json.loads(result.stdout)["executives"][0]["consequences"]
    assert "removal" not in {each["what"] for each in consequences if each["effect"] == "requires"}


def test_a_period_named_and_the_period_of_the_plan_are_one(tmp_path: Path) -> None:
    one = InventedYear("E-101")
    one.add("annual rating", "2026-12-02", "appointing authority", level="1", **{"period end": "2026-09-30"})
    year = _read(tmp_path, one)
    assert [each.code for each in year.findings] == ["SES707"]
    assert _levels(year) == []


def test_the_same_row_twice_is_one_rating(tmp_path: Path) -> None:
    year = _read(tmp_path, _twice())
    assert [each.code for each in year.findings] == ["SES705"]
    assert _levels(year) == [1, 4]


def test_of_two_acts_with_one_number_neither_counts_nor_can_be_corrected(tmp_path: Path) -> None:
    one = _twice(number="B-1", role="agency head")
    one.add("annual rating", "2025-12-09", "appointing authority", level="3", corrects="B-1", **EARLIER)
    year = _read(tmp_path, one)
    assert [each.code for each in year.findings] == ["SES705", "SES706"]
    assert "and neither row counts" in year.findings[0].message
    assert _levels(year) == [4]


def _itself(one: InventedYear) -> None:
    one.the("annual rating").update({"number": "A-1", "corrects": "A-1"})


def _each_other(one: InventedYear) -> None:
    one.the("annual rating").update({"number": "A-1", "corrects": "A-2"})
    one.add("progress review", "2026-05-01", "rating official", number="A-2", corrects="A-1")


def _three_in_a_circle(one: InventedYear) -> None:
    one.the("annual rating").update({"number": "A-1", "corrects": "A-2"})
    one.add("annual rating", "2025-12-01", number="A-2", corrects="A-3", level="3", **EARLIER)
    one.add("annual rating", "2024-12-01", number="A-3", corrects="A-1", level="2", **{"period end": "2024-09-30"})


@pytest.mark.parametrize(
    ("change", "circle", "levels"), [(_itself, 1, [4]), (_each_other, 2, [4]), (_three_in_a_circle, 3, [2, 3, 4])]
)
def test_a_circle_of_corrections_erases_nothing(
    change: Callable[[InventedYear], None], circle: int, levels: list[int], tmp_path: Path
) -> None:
    one = InventedYear("E-101")
    change(one)
    year = _read(tmp_path, one)
    assert [each.code for each in year.findings] == ["SES740"] * circle
    assert _levels(year) == levels


@pytest.mark.parametrize(
    ("act", "role", "more", "code"),
    [
        ("development plan", "executive", {}, "SES741"),
        ("annual rating", "executive", {"level": "5"}, "SES741"),
        ("annual rating", "", {"level": "5"}, "SES741"),
        ("annual rating", "rating official", {"level": "5"}, "SES741"),
        ("annual rating", "appointing authority", {"level": "5", "session": "S-99"}, "SES706"),
        ("annual rating", "appointing authority", {"level": "5", "corrects": "A-98"}, "SES706"),
    ],
)
def test_a_correction_at_fault_is_set_aside_and_what_it_names_counts(
    act: str, role: str, more: dict[str, str], code: str, tmp_path: Path
) -> None:
    one = InventedYear("E-101")
    one.the("annual rating")["number"] = "A-9"
    one.add(act, "2026-12-03", role, **({"corrects": "A-9"} | more))
    year = _read(tmp_path, one)
    told = [each.code for each in year.findings]
    assert told == [code], [each.message for each in year.findings]
    assert _levels(year) == [4]


def test_an_act_of_another_executive_is_not_corrected(tmp_path: Path) -> None:
    one, other = InventedYear("E-101"), InventedYear("E-102")
    one.the("annual rating")["number"] = "A-9"
    other.the("annual rating")["corrects"] = "A-9"
    year = read_year(written(tmp_path, [one, other]))
    assert [each.code for each in year.findings] == ["SES706"]
    assert _levels(year) == [4]


def test_an_initial_rating_given_again_is_told_and_the_later_one_counts(tmp_path: Path) -> None:
    one = InventedYear("E-101")
    one.add("initial rating", "2026-10-21", "rating official", level="5")
    year = _read(tmp_path, one)
    assert [(each.code, each.act) for each in year.findings] == [("SES743", "initial rating")]
    assert "given on 2026-10-20" in year.findings[0].message


def test_a_rating_corrected_after_the_review_of_it_has_been_changed_after_it(tmp_path: Path) -> None:
    """Neither evaluator takes a correction for what stood all along; before the review it may be corrected."""
    for day, broken in (("2026-11-03", 1), ("2026-10-25", 0)):
        one = InventedYear("E-101")
        one.the("initial rating")["number"] = "A-9"
        one.add("higher-level review", "2026-10-30", "higher-level official", person="O-3")
        one.add("initial rating", day, "rating official", level="5", corrects="A-9", number="A-10", reason="misread")
        cycle = judged_by_opm(written(tmp_path, [one]))
        told = [each.message for each in cycle.executives[0].findings if "higher-level review" in each.act]
        assert len(told) == broken, told
        assert all("level 4 before it and level 5 after it" in each for each in told)


def test_a_correction_counts_from_its_own_day_on(tmp_path: Path) -> None:
    one = InventedYear("E-101")
    first = one.add("annual rating", "2025-12-01", "appointing authority", level="1", number="B-1", **EARLIER)
    one.add("annual rating", "2026-02-01", "appointing authority", level="4", number="B-2", corrects="B-1", **EARLIER)
    folder = written(tmp_path, [one])
    days = {"2026-01-31": "1", "2026-02-01": "4"}
    for day, level in days.items():
        year = read_year(folder, datetime.date.fromisoformat(day))
        ratings = [each.act for each in year.years[0].acts if each.act.period_end == datetime.date(2025, 9, 30)]
        assert [str(each.level) for each in ratings] == [level]
        assert bool(year.years[0].corrected) is (level == "4")
        assert year.findings == ()
    assert first["level"] == "1"
