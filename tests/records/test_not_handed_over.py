"""What was not handed over was not left undone: a table that is missed, an executive whose own row cannot be read."""

from __future__ import annotations

from pathlib import Path

import pytest

from records.invented_years import InventedYear, Row, rows_of, written
from records.judging import judged_by_opm
from sespms_rules.foundation.diagnostic import Severity
from sespms_rules.records.cycle import Cycle

BOTH = ("E-101", "E-102")


def _written(folder: Path, *years: InventedYear) -> Path:
    return written(folder, list(years) or [InventedYear(key) for key in BOTH])


def _changed(folder: Path, table: str, old: str, new: str) -> Path:
    file = folder / f"{table}.csv"
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), encoding="utf-8")
    return folder


def _told(cycle: Cycle) -> list[str]:
    return [f"{each.code} {each.place.number} {each.message}" for each in cycle.every_finding]


@pytest.mark.parametrize("table", ["acts", "sessions"])
def test_without_a_table_nobody_is_judged_and_nothing_is_broken(tmp_path: Path, table: str) -> None:
    folder = _written(tmp_path / "year")
    (folder / f"{table}.csv").unlink()
    cycle = judged_by_opm(folder)
    assert cycle.executives == ()
    assert cycle.unjudged == dict.fromkeys(BOTH, f"the table `{table}`")
    (found,) = cycle.every_finding
    assert found.severity is Severity.ERROR
    assert f"no table `{table}`" in found.message
    assert f"`{table}.csv`" in found.help


@pytest.mark.parametrize("table", ["acts", "plans", "sessions"])
def test_a_table_that_cannot_be_read_is_none_that_says_nothing(tmp_path: Path, table: str) -> None:
    column = {"acts": "day", "plans": "element", "sessions": "appointment"}[table]
    folder = _changed(_written(tmp_path / "year"), table, f",{column}", ",something else")
    cycle = judged_by_opm(folder)
    assert cycle.executives == ()
    assert set(cycle.unjudged.values()) == {f"the table `{table}`"}
    assert any(f"has no column `{column}`" in each.message for each in cycle.findings)


def test_without_sessions_who_names_none_is_judged(tmp_path: Path) -> None:
    alone = InventedYear("E-101")
    alone.without("board recommendation")
    folder = _written(tmp_path / "year", alone, InventedYear("E-102"))
    (folder / "sessions.csv").unlink()
    cycle = judged_by_opm(folder)
    assert [each.id for each in cycle.executives] == ["E-101"]
    assert cycle.unjudged == {"E-102": "the table `sessions`"}


def test_an_empty_table_of_acts_says_that_nothing_was_done(tmp_path: Path) -> None:
    folder = _written(tmp_path / "year")
    acts = folder / "acts.csv"
    acts.write_text(acts.read_text(encoding="utf-8").partition("\n")[0] + "\n", encoding="utf-8")
    cycle = judged_by_opm(folder)
    assert [each.id for each in cycle.executives] == [*BOTH]
    assert all(each.findings for each in cycle.executives)


def test_of_an_executive_whose_row_is_at_fault_that_row_alone_is_told(tmp_path: Path) -> None:
    folder = _changed(_written(tmp_path / "year"), "executives", "200000.00", '"200,000.00"')
    cycle = judged_by_opm(folder)
    assert [each.id for each in cycle.executives] == ["E-102"]
    assert cycle.unjudged == {"E-101": "one row of the table `executives` that can be read"}
    assert _told(cycle) == ["SES703 2 `200,000.00` is not a number written in plain digits"]


def test_two_days_of_an_executive_that_cannot_both_be_true_are_told_alone(tmp_path: Path) -> None:
    executive = InventedYear("E-101")
    executive.executive |= {"entered": "2026-02-01", "left": "2026-01-01"}
    cycle = judged_by_opm(_written(tmp_path / "year", executive, InventedYear("E-102")))
    assert list(cycle.unjudged) == ["E-101"]
    assert _told(cycle) == ["SES707 2 the executive left on 2026-01-01, before entering on 2026-02-01"]


def test_an_id_that_differs_in_capitals_alone_is_told_with_both_rows(tmp_path: Path) -> None:
    year = InventedYear("E-101")
    for act in year.acts:
        act["executive"] = "e-101"
    cycle = judged_by_opm(_written(tmp_path / "year", year))
    (found,) = cycle.every_finding
    assert (found.code, found.severity, found.place.number) == ("SES665", Severity.WARNING, 3)
    assert found.message == "`e-101` is written `E-101` in row 2 of `executives.csv`; they are read as one"
    assert cycle.executives[0].findings == ()


@pytest.mark.parametrize("spelled", ["e-101", "\u2019E-101", "E\u2013101"])
def test_who_stands_in_a_row_that_cannot_be_read_is_known_however_the_id_is_spelled(
    spelled: str, tmp_path: Path
) -> None:
    year = InventedYear("E-101")
    year.executive |= {"id": spelled, "appointment": "carreer"}
    cycle = judged_by_opm(_written(tmp_path / "year", year, InventedYear("E-102")))
    assert [each.code for each in cycle.findings] == ["SES703"]  # and not that there is no executive `E-101`
    assert len(cycle.unjudged) == 1


def test_a_day_as_a_spreadsheet_counts_it_is_told_as_a_day(tmp_path: Path) -> None:
    cycle = judged_by_opm(_changed(_written(tmp_path / "year"), "acts", "2026-04-14", "46126"))
    found = next(each for each in cycle.findings if each.code == "SES703")
    assert (found.place.number, found.message) == (5, "`46126` is not a day")
    assert found.help == "if a spreadsheet counted it from 1900 on, as most do, write `2026-04-14`"


def _further(**more: str) -> Row:
    rating = {"executive": "E-101", "act": "initial rating", "day": "2026-10-20", "role": "rating official"}
    return rating | {"about": "Leading Change", "additional rating": "difficulty", "value": "3"} | more


def test_an_additional_rating_that_the_policy_does_not_ask_for_is_told_by_its_row(tmp_path: Path) -> None:
    rows = rows_of([InventedYear("E-101")])
    year = InventedYear("E-101")
    year.acts.append(_further())
    cycle = judged_by_opm(_written(tmp_path / "year", year))
    found = next(each for each in cycle.findings if each.column == "additional rating")
    assert (found.code, found.place.number) == ("SES706", len(rows["acts"]) + 2)
    assert "difficulty" not in found.message  # it may be a person's own
    assert "of an element like this" in found.message
