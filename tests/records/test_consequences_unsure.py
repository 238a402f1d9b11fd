"""What ratings lead to where a row on record does not count: nothing is claimed or denied which that row could turn."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from cli.running import OPM, run
from records.invented_years import InventedYear, written


def _with_ratings(*ratings: tuple[int, str], key: str = "E-101") -> InventedYear:
    """A year that ends with fiscal year 2026, and annual ratings of the years that are named."""
    year = InventedYear(key)
    year.without("annual rating")
    for rating_year, level in ratings:
        row = year.add("annual rating", f"{rating_year}-12-01", "appointing authority", level=level)
        row["period end"] = f"{rating_year}-09-30"
    return year


def _found(folder: Path, *years: InventedYear) -> dict[str, Any]:
    result = run("consequences", OPM, written(folder, list(years)), "--as-of", "2027-01-31", "--format", "json")
    assert result.exit_code == 1, result.output
    document: dict[str, Any] = json.loads(result.stdout)
    return document


def _one(folder: Path, year: InventedYear) -> dict[str, Any]:
    one: dict[str, Any] = _found(folder, year)["executives"][0]
    return one


@pytest.mark.parametrize("levels", [("2", "x", "4"), ("x", "3", "2"), ("2", "3", "x")])
def test_a_rating_that_cannot_be_read_leaves_each_consequence_unsure(levels: tuple[str, ...], tmp_path: Path) -> None:
    one = _one(tmp_path, _with_ratings(*zip((2024, 2025, 2026), levels, strict=True)))
    assert len(one["ratings"]) == 2
    assert one["consequences"]
    for each in (one, *one["consequences"]):
        assert [said.partition(" ")[2].partition(" ")[2] for said in each["not_sure"]] == [
            "names `annual rating` and does not count"
        ]


def test_what_must_follow_may_stand_in_a_row_that_cannot_be_read(tmp_path: Path) -> None:
    year = _with_ratings((2024, "2"), (2026, "2"))
    year.add("removal", "2027-13-01")
    one = _one(tmp_path, year)
    removals = [each for each in one["consequences"] if each["what"] == "removal"]
    assert removals
    assert all("names `removal` and does not count" in each["not_sure"][0] for each in removals)
    others = [each for each in one["consequences"] if each["what"] != "removal"]
    assert others
    assert not any(each["not_sure"] for each in others)


def test_what_is_on_record_may_be_corrected_by_a_row_that_cannot_be_read(tmp_path: Path) -> None:
    year = _with_ratings((2026, "2"))
    done = year.add("improvement plan", "2026-12-10")
    done["number"] = "A-900"
    year.add("improvement plan", "2026-12-40")["corrects"] = "A-900"
    plans = [each for each in _one(tmp_path, year)["consequences"] if each["what"] == "improvement plan"]
    assert [each["on_record"] for each in plans] == [True]
    assert "does not count" in plans[0]["not_sure"][0]


def test_a_row_of_an_act_that_cannot_be_told_may_be_a_rating(tmp_path: Path) -> None:
    year = _with_ratings((2026, "4"))
    year.add("xyzzy", "2026-12-10")
    one = _one(tmp_path, year)
    assert all("may be any act, and cannot be read" in each["not_sure"][0] for each in (one, *one["consequences"]))


def test_a_row_of_nobody_concerns_everyone(tmp_path: Path) -> None:
    first, second = _with_ratings((2026, "4")), _with_ratings((2026, "3"), key="E-102")
    first.add("annual rating", "2025-12-01", "appointing authority", level="2")["executive"] = "Ann Example"
    executives = _found(tmp_path, first, second)["executives"]
    assert len(executives) == 2
    for each in executives:
        assert "names `annual rating`, and whose it is cannot be told" in each["not_sure"][0]


def test_a_day_to_wait_from_may_be_missing(tmp_path: Path) -> None:
    year = _with_ratings((2026, "4"))
    year.add("a new agency head", "2027-02-30", "the President", person="", document="")
    one = _one(tmp_path, year)
    assert any("names `a new agency head`" in each for each in one["not_sure"])
    assert not any(each["not_sure"] for each in one["consequences"])


def test_what_can_turn_nothing_leaves_nothing_unsure(tmp_path: Path) -> None:
    year = _with_ratings((2024, "2"), (2026, "2"))
    year.add("progress review", "2026-02-30", "rating official")
    one = _one(tmp_path, year)
    assert not any(each["not_sure"] for each in (one, *one["consequences"]))


def test_who_cannot_be_judged_is_named(tmp_path: Path) -> None:
    other = _with_ratings((2026, "3"), key="E-102")
    other.executive["basic pay"] = "200,000.00"
    folder = written(tmp_path, [_with_ratings((2026, "4")), other])
    text = run("consequences", OPM, folder, "--as-of", "2027-01-31").stdout
    wanting = "one row of the table `executives` that can be read"
    assert text.endswith(f"\n\nnot judged for want of {wanting}: E-102\n")
    document = _found(tmp_path, _with_ratings((2026, "4")), other)
    assert document["executives_not_judged"] == [{"id": "E-102", "for_want_of": wanting}]


def test_text_says_it_beside_each(tmp_path: Path) -> None:
    folder = written(tmp_path, [_with_ratings((2025, "4"), (2026, "x"))])
    text = run("consequences", OPM, folder, "--as-of", "2027-01-31").stdout
    assert "does not count, so a rating or a consequence may be missing here\n  allows: performance award" in text
    assert "    rests on: level 4 in 2025\n    not known for sure: row " in text


@pytest.mark.parametrize(("levels", "code"), [(("3", "9"), "SES744"), (("9", "3"), "SES744"), (("1", ""), "SES745")])
def test_a_level_that_there_is_not_leads_to_nothing_and_is_told(
    levels: tuple[str, str], code: str, tmp_path: Path
) -> None:
    document = _found(tmp_path, _with_ratings(*zip((2025, 2026), levels, strict=True)))
    assert code in {each["code"] for each in document["findings"]}
    (one,) = document["executives"]
    assert None in {each["level"] for each in one["ratings"]}
    assert all(
        "names `annual rating` and does not count" in each["not_sure"][0] for each in (one, *one["consequences"])
    )


def test_a_rating_of_a_period_that_has_not_ended_leads_to_nothing(tmp_path: Path) -> None:
    year = _with_ratings((2026, "1"))
    year.add("annual rating", "2026-12-20", "appointing authority", level="1")["period end"] = "2030-09-30"
    document = _found(tmp_path, year)
    (finding,) = document["findings"]
    assert finding["message"].endswith("it is for a period to 2030-09-30, which had not ended on 2026-12-20")
    (one,) = document["executives"]
    assert [each["year"] for each in one["ratings"]] == [2026]
    assert one["not_sure"]
