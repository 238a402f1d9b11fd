"""What ratings lead to over years: windows of years, awards by pay, waiting times, each with what it rests on."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from cli.running import OPM, run
from records.invented_years import InventedYear, written


def _with_ratings(key: str, *ratings: tuple[int, int], appointment: str = "career") -> InventedYear:
    """A year that ends with fiscal year 2026, and annual ratings of the years that are named."""
    year = InventedYear(key, appointment)
    year.without("annual rating")
    for rating_year, level in ratings:
        row = year.add("annual rating", f"{rating_year}-12-01", "appointing authority", level=str(level))
        row["period end"] = f"{rating_year}-09-30"
    return year


def _found(folder: Path, *years: InventedYear) -> dict[str, list[dict[str, Any]]]:
    result = run("consequences", OPM, written(folder, list(years)), "--as-of", "2027-01-31", "--format", "json")
    assert result.exit_code in (0, 1), result.output
    document = json.loads(result.stdout)
    assert document["schema"] == "sespms-consequences/1"
    return {each["id"]: each["consequences"] for each in document["executives"]}


def _required(consequences: list[dict[str, Any]]) -> set[str]:
    return {each["what"] for each in consequences if each["effect"] == "requires" and not each["on_record"]}


MOVE = "reassignment or transfer or removal"


@pytest.mark.parametrize(
    ("ratings", "required"),
    [
        (((2022, 1), (2026, 1)), {MOVE, "removal"}),
        (((2021, 1), (2026, 1)), {MOVE}),
        (((2024, 2), (2026, 2)), {"removal", "improvement plan"}),
        (((2023, 2), (2026, 2)), {"improvement plan"}),
        (((2025, 1), (2026, 2)), {MOVE, "removal", "improvement plan"}),
        (((2026, 1),), {MOVE}),
        (((2025, 3), (2026, 4)), set()),
    ],
)
def test_what_low_ratings_require(ratings: tuple[tuple[int, int], ...], required: set[str], tmp_path: Path) -> None:
    found = _found(tmp_path, _with_ratings("E-101", *ratings))["E-101"]
    assert _required(found) == required
    for each in found:
        if each["what"] == "removal" and each["effect"] == "requires":
            assert [(one["year"], one["level"]) for one in each["ratings"]] == list(ratings)
            laws = {one["law"] for one in each["grounds"]}
            assert laws & {"5 USC 4314(b)(3)", "5 USC 4314(b)(4)", "5 CFR 430.312(c)(2)", "5 CFR 359.501(d)"}


def test_what_was_done_is_said_to_be_on_record(tmp_path: Path) -> None:
    year = _with_ratings("E-101", (2022, 1), (2026, 1))
    year.add("removal", "2027-01-15")
    found = _found(tmp_path, year)["E-101"]
    assert _required(found) == {"placement"}
    assert {each["what"] for each in found if each["on_record"]} == {MOVE, "removal"}


def _sums(consequences: list[dict[str, Any]]) -> list[str]:
    return [each["what"] for each in consequences if each["effect"] == "bounds"]


def test_awards_by_level_pay_and_appointment(tmp_path: Path) -> None:
    unpaid = _with_ratings("E-104", (2026, 4))
    unpaid.executive["basic pay"] = ""
    odd = _with_ratings("E-105", (2026, 5))
    odd.executive["basic pay"] = "190001.37"
    found = _found(
        tmp_path,
        _with_ratings("E-101", (2026, 3)),
        _with_ratings("E-102", (2026, 2)),
        _with_ratings("E-103", (2026, 5), appointment="noncareer"),
        unpaid,
        odd,
    )
    assert _sums(found["E-101"]) == ["performance award: $10,000 to $40,000"]
    assert _sums(found["E-102"]) == ["performance award: none may be given"]
    assert _sums(found["E-103"]) == ["performance award: none may be given"]
    assert _sums(found["E-104"]) == ["performance award: no basic pay is on record"]
    assert _sums(found["E-105"]) == ["performance award: $9500.0685 to $38000.274"]
    assert {each["what"] for each in found["E-102"] if each["effect"] == "bars"} == {"performance award"}
    assert {each["what"] for each in found["E-103"] if each["effect"] == "allows"} == {"pay increase"}


def test_waiting_times_are_told_with_their_days_and_their_doubts(tmp_path: Path) -> None:
    year = _with_ratings("E-101", (2026, 4))
    year.add("a new President", "2025-01-20", "the President", person="", document="")
    year.acts[-1]["day"] = "2026-11-20"
    year.add("notice", "2027-01-04")
    found = [each for each in _found(tmp_path, year)["E-101"] if each["effect"] == "waits"]
    says = {each["what"]: each["note"] for each in found}
    blackout = next(each for each in says if "a new President" in each)
    assert "from 2026-11-20 to 2027-03-20" in blackout
    assert blackout.endswith("the first day for one is 2027-03-21")
    assert "day 120" in says[blackout]
    assert any("no removal before 2027-02-03" in each for each in says)


def test_one_executive_is_shown_in_text(tmp_path: Path) -> None:
    folder = written(tmp_path, [_with_ratings("E-101", (2025, 3), (2026, 4)), _with_ratings("E-102", (2026, 3))])
    result = run("consequences", OPM, folder, "--as-of", "2027-01-31", "--id", "E-101")
    assert result.exit_code == 0
    assert result.stdout.startswith(
        "E-101 (career): level 3 in 2025, level 4 in 2026; 1 higher than the one before\n"
        "  allows: performance award and pay increase\n"
        "    rests on: level 4 in 2026\n"
    )
    assert "E-102" not in result.stdout
    missing = run("consequences", OPM, folder, "--id", "E-999")
    assert missing.exit_code == 2
    assert "there is no executive `E-999`" in missing.output


def test_a_rating_that_cannot_be_read_is_told_and_never_passed_over(tmp_path: Path) -> None:
    year = _with_ratings("E-101", (2025, 1), (2026, 1))
    year.acts[-2]["level"] = "one"
    result = run("consequences", OPM, written(tmp_path, [year]), "--as-of", "2027-01-31")
    assert result.exit_code == 1
    assert "error SES703 record-not-understood" in result.stdout
    assert "column `level`: what stands here is no level" in result.stdout


@pytest.mark.parametrize(
    ("first", "second", "years", "is_removed"),
    [
        ("2023-12-31", "2026-09-30", [2024, 2026], True),
        ("2023-09-30", "2026-09-30", [2023, 2026], False),
        ("2022-12-31", "2025-12-31", [2023, 2026], False),
        ("2024-02-29", "2026-09-30", [2024, 2026], True),
        ("2024-10-01", "2026-09-30", [2025, 2026], True),
    ],
)
def test_a_rating_year_is_the_fiscal_year_in_which_the_period_ends(
    first: str, second: str, years: list[int], *, is_removed: bool, tmp_path: Path
) -> None:
    year = InventedYear("E-101")
    year.without("annual rating")
    for end, day in ((first, "2025-01-10"), (second, "2026-12-01")):
        year.add("annual rating", day, "appointing authority", level="2")["period end"] = end
    found = _found(tmp_path, year)["E-101"]
    plans = [each["ratings"][0]["year"] for each in found if each["what"] == "improvement plan"]
    assert plans == years
    assert ("removal" in _required(found)) == is_removed


def test_a_rating_of_an_earlier_year_that_is_given_late_is_not_the_last(tmp_path: Path) -> None:
    year = InventedYear("E-101")
    year.add("annual rating", "2026-12-20", "appointing authority", level="1")["period end"] = "2025-09-30"
    year.add("performance award", "2026-12-22", amount="20000.00")
    found = _found(tmp_path, year)["E-101"]
    assert _sums(found) == ["performance award: $10,000 to $40,000"]
    assert "bars" not in {each["effect"] for each in found}
    told = run("cycle", OPM, tmp_path, "--as-of", "2027-01-31").stdout
    assert "performance award of 2026-12-22" not in told
