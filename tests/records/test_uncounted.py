"""A limit over everyone is not told as held over those alone who can be read."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from pathlib import Path

import pytest

from records.invented_years import InventedYear, Row, written
from records.judging import judged_by_opm
from records.test_rows_of_agency import LATE, PAY, WAIVER
from sespms_rules.records.cycle import AgencyStanding, Cycle
from sespms_rules.records.obligations import State

HELD, OPEN, BROKEN = State.HELD, State.OPEN, State.BROKEN
Spoil = Callable[[Path], None]


def _rated(*levels: int) -> list[InventedYear]:
    return [InventedYear(f"E-{place}", level=level) for place, level in enumerate(levels, 101)]


def _cycle(folder: Path, years: list[InventedYear], spoil: Spoil, *for_all: Row) -> Cycle:
    spoil(written(folder, years, list(for_all)))
    return judged_by_opm(folder, LATE)


def _agency(folder: Path, years: list[InventedYear], spoil: Spoil, *for_all: Row) -> AgencyStanding:
    (found,) = _cycle(folder, years, spoil, *for_all).agency
    return found


def _limit(found: AgencyStanding) -> tuple[State, str]:
    (one,) = found.distribution
    return one.state, one.why


def _in(table: str, change: Callable[[str], str | None], times: int = 1) -> Spoil:
    """Change the first lines of a table that a change fits; None leaves a line as it is, an empty one takes it away."""

    def spoil(folder: Path) -> None:
        file = folder / f"{table}.csv"
        head, *lines = file.read_text(encoding="utf-8").splitlines()
        kept, left = [head], times
        for line in lines:
            changed = change(line) if left else None
            left -= changed is not None
            kept += [line] if changed is None else [changed] if changed else []
        assert left == 0
        file.write_text("\n".join(kept) + "\n", encoding="utf-8")

    return spoil


def _pay(line: str) -> str:
    return line.replace("200000.00", '"200,000.00"')


def _no_id(line: str) -> str:
    return line.replace("E-1", "J. Smith 1")


def _cells(line: str) -> str:
    return line + ",one cell too many"


def _no_row(_: str) -> str:
    return ""


@pytest.mark.parametrize(("change", "count"), [(_pay, "3"), (_no_id, "up to 6"), (_cells, "up to 6"), (_no_row, "3")])
def test_who_cannot_be_read_leaves_a_limit_open_that_they_may_turn(
    tmp_path: Path, change: Callable[[str], str], count: str
) -> None:
    """Four of ten are over the limit of three; without three of the four it would be one of seven, and held.

    A row that names nobody need not be that of one of those who have acts and no row.
    """
    found = _agency(tmp_path, _rated(*[4] * 4, *[3] * 6), _in("executives", change, 3))
    state, why = _limit(found)
    assert state is OPEN
    assert f"not in this count: {count} executives whose records cannot be judged" in why
    assert found.findings == ()


def test_a_limit_is_held_where_nobody_missing_can_turn_it(tmp_path: Path) -> None:
    state, why = _limit(_agency(tmp_path, _rated(*[3] * 12), _in("executives", _pay, 1)))
    assert state is HELD
    assert why.endswith("; not in this count: 1 executive whose records cannot be judged")


def test_a_limit_is_broken_where_nobody_missing_can_mend_it(tmp_path: Path) -> None:
    found = _agency(tmp_path, _rated(*[4] * 9, 3), _in("executives", _pay, 1))
    state, why = _limit(found)
    assert (state, len(found.findings)) == (BROKEN, 1)
    assert "1 executive whose records cannot be judged" in why
    assert "1 executive whose records cannot be judged" in found.findings[0].message


def test_a_limit_that_may_apply_with_those_missing_is_not_left_out(tmp_path: Path) -> None:
    """It counts from five career executives: four can be read."""
    state, _ = _limit(_agency(tmp_path, _rated(*[4] * 6), _in("executives", _pay, 2)))
    assert state is OPEN


def test_who_is_not_judged_for_want_of_sessions_is_missing(tmp_path: Path) -> None:
    years = _rated(*[4] * 4, *[3] * 6)
    for each in years[4:]:
        each.without("board recommendation")
    state, why = _limit(_agency(tmp_path, years, lambda folder: (folder / "sessions.csv").unlink()))
    assert state is OPEN
    assert "4 executives whose records cannot be judged" in why


def _rating(line: str) -> str | None:
    return line.replace(",4,", ",four,") if "annual rating" in line else None


def _nobodys_rating(line: str) -> str | None:
    return _rating(line.replace("E-1", "J. Smith 1")) if "annual rating" in line else None


def test_a_rating_that_cannot_be_read_is_unknown(tmp_path: Path) -> None:
    state, _ = _limit(_agency(tmp_path, _rated(*[4] * 4, *[3] * 6), _in("acts", _rating)))
    assert state is OPEN


@pytest.mark.parametrize("spelled", ["E-106", "e-106", "'E-106", "E\u2011106"])
def test_a_correction_that_cannot_be_read_leaves_the_rating_unknown(tmp_path: Path, spelled: str) -> None:
    years = _rated(*[4] * 3, *[3] * 7)
    given = years[5].the("annual rating")
    given["number"] = "A-1"
    years[5].acts.append(given | {"number": "A-2", "corrects": "A-1", "level": "four", "executive": spelled})
    state, why = _limit(_agency(tmp_path, years, lambda _: None))
    assert state is OPEN
    assert "1 executive whose rating may stand in a row that is set aside" in why


def test_a_rating_of_nobody_knows_whom_leaves_every_limit_open(tmp_path: Path) -> None:
    state, why = _limit(_agency(tmp_path, _rated(*[4] * 9, 3), _in("acts", _nobodys_rating)))
    assert state is OPEN
    assert "1 row of acts that cannot be read" in why


def test_a_row_of_something_else_changes_no_limit(tmp_path: Path) -> None:
    spoil = _in("acts", lambda line: line.replace("progress review", "progres review") if "progress" in line else None)
    state, why = _limit(_agency(tmp_path, _rated(*[4] * 4, *[3] * 6), spoil))
    assert state is BROKEN
    assert "not in this count" not in why


def test_a_waiver_that_cannot_be_read_may_excuse(tmp_path: Path) -> None:
    years = _rated(*[5] * 5)
    spoil = _in("acts", lambda line: line.replace("2026-10-30", "30.10.2026") if "waiver" in line else None)
    state, why = _limit(_agency(tmp_path, years, spoil, WAIVER))
    assert state is OPEN
    assert "may hold a waiver" in why


# ---- the pool of awards ----------------------------------------------------------------------------


def _awarded(amount: str, *, count: int = 5) -> list[InventedYear]:
    years = _rated(*[5] * count)
    for each in years:
        each.add("performance award", "2026-12-15", amount=amount)
    return years


def _pool(found: AgencyStanding) -> State:
    if any("award pool" in each.sentence for each in found.findings):
        return BROKEN
    told = [each for each in found.open if "pool" in f"{each.what} {each.obligation.grounds[0].sentence}"]
    return OPEN if told else HELD


@pytest.mark.parametrize(
    ("amount", "spoil", "state"),
    [
        ("10000", None, HELD),
        ("10000", ("executives", _pay), OPEN),
        ("10000", ("acts", lambda line: line.replace("10000", '"10,000"') if "10000" in line else None), OPEN),
        ("30000", None, BROKEN),
        ("30000", ("executives", _pay), BROKEN),
        ("30000", ("acts", lambda line: line.replace("600000", '"600,000"') if "600000" in line else None), OPEN),
    ],
)
def test_a_pool_of_some_awards(
    tmp_path: Path, amount: str, spoil: tuple[str, Callable[[str], str | None]] | None, state: State
) -> None:
    """The pool is at most the larger of 60,000 and 40,000 dollars."""
    change = (lambda _: None) if spoil is None else _in(*spoil)
    found = _agency(tmp_path, _awarded(amount), change, *PAY)
    assert _pool(found) is state


def test_an_award_without_an_amount_leaves_the_pool_open(tmp_path: Path) -> None:
    years = _awarded("10000")
    years[0].the("performance award")["amount"] = ""
    found = _agency(tmp_path, years, lambda _: None, *PAY)
    assert _pool(found) is OPEN
    assert any("does not hold 1 award" in each.what for each in found.open)


def test_nothing_is_counted_as_kept_that_is_open(tmp_path: Path) -> None:
    cycle = _cycle(tmp_path, _rated(*[4] * 4, *[3] * 6), _in("executives", _pay, 3))
    caps = [each for each in cycle.sentences if each.sentence.startswith("distribution: at most 30%")]
    assert [(each.held, each.broken, each.records) for each in caps] == [(0, 0, 1)]


def test_with_nobody_to_judge_there_is_no_limit(tmp_path: Path) -> None:
    assert _cycle(tmp_path, _rated(4, 4), _in("executives", _pay, 2)).agency == ()


def test_the_day_of_a_pool_without_awards_is_that_of_the_period(tmp_path: Path) -> None:
    found = _agency(tmp_path, _rated(3, 3, 3), _in("executives", _pay, 1), *PAY)
    assert (_pool(found), found.period_end) == (OPEN, datetime.date(2026, 9, 30))
