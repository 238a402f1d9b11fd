"""Ratings on record beside what the formula gives for the ratings of elements on record."""

from __future__ import annotations

from pathlib import Path

import pytest

from records.invented_years import ELEMENTS, Change, InventedYear, written
from records.judging import judged_by_opm
from sespms_rules.records.cycle import Cycle
from sespms_rules.records.findings import RecordFinding
from sespms_rules.records.obligations import Obligation


def _is_of_formula(duty: Obligation) -> bool:
    return bool(getattr(duty.shape, "derived", False))


def _judged(folder: Path, *years: InventedYear) -> Cycle:
    return judged_by_opm(written(folder, list(years)))


def _initial(cycle: Cycle) -> list[RecordFinding]:
    return [each for each in cycle.findings if each.code == "SES664"]


def _rows(year: InventedYear, act: str) -> list[dict[str, str]]:
    return [row for row in year.acts if row["act"] == act and row.get("about") in ELEMENTS]


def _states(cycle: Cycle) -> tuple[int, int, int]:
    (duty,) = [each for each in cycle.duties if _is_of_formula(each.obligation)]
    return duty.held, duty.broken, duty.open


def test_an_initial_rating_other_than_the_formula_gives_is_told_with_its_record(tmp_path: Path) -> None:
    year = InventedYear("E-101")
    year.the("initial rating")["level"] = "5"
    (found,) = _initial(_judged(tmp_path, year))
    assert found.message == "it is level 5, the formula gives level 4, and no reason is on record"
    line = (tmp_path / "acts.csv").read_text(encoding="utf-8").splitlines()[found.place.number - 1]
    assert ",initial rating," in line
    assert ",,5," in line
    assert (found.executive, found.column, str(found.day)) == ("E-101", "level", "2026-10-20")
    assert "`corrects`" in found.help


def _with_reason(year: InventedYear) -> None:
    year.the("initial rating").update(level="5", reason="as the record shows")


def _elements_raised_at_the_end(year: InventedYear) -> None:
    for name in ELEMENTS:
        year.add("annual rating", "2026-12-01", "appointing authority", about=name, level="5")
    year.the("annual rating").update(level="5")


def _rated_again(year: InventedYear) -> None:
    year.the("initial rating")["level"] = "5"
    year.add("initial rating", "2026-10-21", "rating official", level="4")


def _an_element_without_rating(year: InventedYear) -> None:
    year.the("initial rating")["level"] = "5"
    year.acts.remove(_rows(year, "initial rating")[0])


@pytest.mark.parametrize(
    "change", [_with_reason, _elements_raised_at_the_end, _rated_again, _an_element_without_rating]
)
def test_nothing_is_told_of_an_initial_rating(change: Change, tmp_path: Path) -> None:
    """It has a reason; the final ratings of elements, not its own, are others; a later one stands; no level follows."""
    year = InventedYear("E-101")
    change(year)
    assert _initial(_judged(tmp_path, year)) == []


def test_an_annual_rating_that_nothing_can_be_held_against_is_open_and_not_held(tmp_path: Path) -> None:
    kept, lacking, bare, reasoned = (InventedYear(f"E-10{place}") for place in range(1, 5))
    lacking.acts.remove(_rows(lacking, "initial rating")[4])
    for each in (bare, reasoned):
        each.acts = [row for row in each.acts if row not in _rows(each, "initial rating")]
    reasoned.the("annual rating")["reason"] = "as the record shows"
    cycle = _judged(tmp_path, kept, lacking, bare, reasoned)
    assert _states(cycle) == (2, 0, 2)
    told = {each.id: [one.what for one in each.open if _is_of_formula(one.obligation)] for each in cycle.executives}
    begins = "the annual rating of level 4 cannot be compared with what the formula gives: "
    assert told["E-101"] == told["E-104"] == []
    assert told["E-103"] == [begins + "no element has a rating on record by that day"]
    (why,) = told["E-102"]
    assert why.startswith(begins)
    assert "`Results Driven`" in why
