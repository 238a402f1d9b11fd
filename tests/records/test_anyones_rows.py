"""A row of which nobody can tell whose it is, or of what: what it may change is open, for everyone it may concern."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from records.invented_years import InventedYear, Row, written
from records.judging import judged_by_opm
from sespms_rules.records.cycle import Cycle

Spoil = Callable[[InventedYear], object]
REVIEW = "each executive must have at least 1 progress review each period"
BY_START = "each plan must come by period start"
BOARD_FIRST = "each annual rating must come after board recommendation"


def _state(cycle: Cycle, words: str) -> tuple[int, int, int]:
    (found,) = [each for each in cycle.duties if words in (one.sentence for one in each.obligation.grounds)]
    return found.held, found.broken, found.open


def _rating_of(year: InventedYear, element: str) -> Row:
    return next(row for row in year.acts if row.get("about") == element)


def _two(folder: Path, spoil: Spoil) -> Cycle:
    """A year of two executives whose every duty is kept, with rows spoiled that are the first one's."""
    year = InventedYear("E-101")
    spoil(year)
    return judged_by_opm(written(folder, [year, InventedYear("E-102")]))


def _with_line(folder: Path, line: str, *years: InventedYear) -> Cycle:
    """A year with one more line in the table of acts."""
    written(folder, list(years) or [InventedYear("E-101"), InventedYear("E-102")])
    with (folder / "acts.csv").open("a", encoding="utf-8") as file:
        file.write(f"{line}\n")
    return judged_by_opm(folder)


def _open_for(cycle: Cycle, says: str) -> list[str]:
    return [each.id for each in cycle.executives if any(says in one.what for one in each.open)]


@pytest.mark.parametrize(
    ("spoil", "says"),
    [
        (lambda year: year.plan[1].update(executive="J. Smith"), "row 3 of a plan cannot be read, and whose it is"),
        (
            lambda year: _rating_of(year, "Leading People").update(executive="J. Smith"),
            "row 7 may rate `Leading People`, and does not count, and whose it is cannot be told",
        ),
    ],
)
def test_part_of_an_appraisal_that_may_be_anyones_leaves_every_formula_open(
    spoil: Spoil, says: str, tmp_path: Path
) -> None:
    cycle = _two(tmp_path, spoil)
    assert _open_for(cycle, f"cannot be compared with what the formula gives: {says}") == ["E-101", "E-102"]
    (found,) = [each for each in cycle.findings if each.code == "SES704"]
    assert "whatever it may change is open for everyone" in found.note


def test_an_act_that_may_be_anyones_leaves_open_what_it_may_break(tmp_path: Path) -> None:
    cycle = _two(tmp_path, lambda year: year.add("annual rating", "2026-12-02", level="2", executive="J. Smith"))
    says = "names another annual rating, and whose it is cannot be told, so it cannot be told whether all is in order"
    assert _open_for(cycle, says) == ["E-101", "E-102"]
    assert _state(cycle, BOARD_FIRST) == (0, 0, 2)
    assert _state(cycle, REVIEW) == (2, 0, 0)  # no annual rating turns that


def test_an_act_that_cannot_be_told_leaves_open_what_it_may_break(tmp_path: Path) -> None:
    cycle = _two(tmp_path, lambda year: year.add("a talk", "2026-12-02"))
    says = "row 15 may be any act, and cannot be read, so it cannot be told whether all is in order"
    assert _open_for(cycle, says) == ["E-101"]
    assert _state(cycle, BOARD_FIRST) == (1, 0, 1)
    assert _state(cycle, REVIEW) == (2, 0, 0)  # there is one all the same


def test_a_row_of_which_nothing_can_be_told_may_be_anyones_and_any_act(tmp_path: Path) -> None:
    left = InventedYear("E-103")
    left.without("progress review")
    cycle = _with_line(tmp_path, "the rest follows", InventedYear("E-101"), left)
    assert [each.broken for each in cycle.duties if each.broken] == []
    assert _open_for(cycle, "no progress review is on record by 2026-09-30, but row 26 may be one") == ["E-103"]
    assert _open_for(cycle, "may correct any act, and cannot be read") == ["E-101", "E-103"]
    (found,) = cycle.findings
    assert (found.code, found.place.number) == ("SES703", 26)
    assert found.note == "whose row this is cannot be told, so whatever it may change is open for everyone"


@pytest.mark.parametrize("more", [",,,good, but late,,,,,,,,5", ""])
def test_a_row_with_cells_too_many_or_too_few_is_whose_it_says_up_to_the_act(more: str, tmp_path: Path) -> None:
    """Where the act stands in its place, nothing to the left of it was moved."""
    cycle = _with_line(tmp_path, f",E-101,annual rating,2026-12-02,appointing authority,O-2,,2{more}")
    (found,) = cycle.findings
    assert (found.code, found.executive, found.act, found.note) == ("SES703", "E-101", "annual rating", "")
    assert _state(cycle, BOARD_FIRST) == (1, 0, 1)
    assert _open_for(cycle, "cannot be compared with what the formula gives") == ["E-101"]


def test_a_row_whose_act_is_out_of_its_place_is_nobodys(tmp_path: Path) -> None:
    cycle = _with_line(tmp_path, "E-101,annual rating,2026-12-02")
    assert [each.executive for each in cycle.findings] == [""]
    assert _state(cycle, BOARD_FIRST) == (0, 0, 2)


@pytest.mark.parametrize(("first", "expected"), [("2025-09-24", (0, 0, 1)), ("2025-10-20", (0, 0, 1)), ("", (0, 1, 0))])
def test_a_correction_that_does_not_count_leaves_open_what_it_corrects(
    first: str, expected: tuple[int, int, int], tmp_path: Path
) -> None:
    """It may put another day in the place of one in time, and one in time in the place of a late day."""

    def corrected(year: InventedYear) -> None:
        year.the("plan").update(day=first or "2025-10-20", number="A-1")
        year.add("plan", "2025-09-31", "rating official", corrects="A-1" if first else "")

    assert _state(_two(tmp_path, corrected), BY_START) == (expected[0] + 1, *expected[1:])
