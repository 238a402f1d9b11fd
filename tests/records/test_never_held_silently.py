"""Records that would be held if something were assumed: each is open, broken, or told with its row."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from records.invented_years import InventedYear, written
from records.judging import judged_by_opm
from sespms_rules.cli.cycle_reports import who_is_open
from sespms_rules.records.cycle import Cycle
from sespms_rules.records.findings import RecordFinding

Spoil = Callable[[InventedYear], object]


def _cycle(folder: Path, spoil: Spoil) -> Cycle:
    year = InventedYear("E-101")
    spoil(year)
    return judged_by_opm(written(folder, [year]))


def _told(cycle: Cycle) -> list[tuple[str, str]]:
    found: list[RecordFinding] = [*cycle.findings, *(one for each in cycle.executives for one in each.findings)]
    left_open = [("open", one.what) for each in cycle.executives for one in each.open]
    return [*((each.code, each.message) for each in found), *left_open]


def _with(act: str, **more: str) -> Spoil:
    return lambda year: year.the(act).update(more)


def _period(start: str, end: str) -> Spoil:
    def spoil(year: InventedYear) -> None:
        for row in year.plan:
            row.update({"period start": start, "period end": end})

    return spoil


@pytest.mark.parametrize(
    ("spoil", "code", "says"),
    [
        (_with("annual rating", level="9", reason="as said"), "SES744", "level 9 is none of the policy's levels"),
        (_with("annual rating", level="9", reason="as said"), "open", "the annual rating has no level on record"),
        (_with("annual rating", level="", reason="as said"), "SES745", "the annual rating gives no level"),
        (_with("annual rating", level="", reason="as said"), "open", "the annual rating has no level on record"),
        (_with("board recommendation", level="9"), "SES744", "level 9"),
        (_with("initial rating", level=""), "SES745", "the initial rating gives no level"),
        (_with("annual rating", day="2026-08-01"), "SES746", "it comes before the period ends on 2026-09-30"),
        (_with("annual rating", level="Outstanding"), "SES703", "what stands here is no level"),
        (lambda year: year.add("detail", "2026-01-05", document=""), "SES709", "has no detail appraisal before it"),
        (_period("2016-10-01", "2026-09-30"), "SES709", "which is more than a year"),
        (lambda year: year.executive.update(entered="2027-03-01"), "SES707", "entered on 2027-03-01, after the period"),
        (lambda year: year.executive.update(left="2025-01-01"), "SES707", "left on 2025-01-01, before the period"),
        (lambda year: year.plan[0].update(weight="9"), "open", "the weights total `99`, not `100`"),
    ],
)
def test_it_is_told(spoil: Spoil, code: str, says: str, tmp_path: Path) -> None:
    told = _told(_cycle(tmp_path, spoil))
    assert [each for each in told if each[0] == code and says in each[1]], told


@pytest.mark.parametrize(
    "keep",
    [
        lambda year: year.add("detail", "2026-09-01", document=""),
        lambda year: year.executive.update(entered="2026-01-05"),
        lambda year: (
            year.the("annual rating").update(day="2026-08-01"),
            year.add("early end", "2026-07-31", "rating official", reason="the unit is closed"),
        ),
    ],
)
def test_what_is_in_order_is_told_of_nothing_of_the_kind(keep: Spoil, tmp_path: Path) -> None:
    codes = {code for code, _ in _told(_cycle(tmp_path, keep))}
    assert not codes & {"SES707", "SES744", "SES745", "SES746"}


@pytest.mark.parametrize("spelled", ["E-101", "e\u2011101"])
def test_a_broken_duty_names_the_row_of_such_an_act_that_does_not_count(tmp_path: Path, spelled: str) -> None:
    def late_and_again(year: InventedYear) -> None:
        year.the("plan")["day"] = "2025-10-20"
        year.add("plan", "2025-09-31", "rating official")
        year.acts[-1]["executive"] = spelled

    (standing,) = _cycle(tmp_path, late_and_again).executives
    (found,) = [each for each in standing.findings if "too late for the period start" in each.message]
    assert "names such an act too, and does not count" in found.note


def test_who_sat_on_a_board_whose_session_is_not_named_cannot_be_told(tmp_path: Path) -> None:
    cycle = _cycle(tmp_path, _with("board recommendation", session=""))
    assert cycle.every_finding == ()
    unknown = {each.obligation.grounds[0].sentence for each in cycle.executives[0].open}
    counted = {each.obligation.grounds[0].sentence: each.open for each in cycle.duties}
    for words in ("at least 3 members", "a career majority", "publishes appointments", "excludes members"):
        assert [number for sentence, number in counted.items() if words in sentence] == [1], words
    assert any("excludes members" in each for each in unknown)


@pytest.mark.parametrize("left", ["2026-05-31", "2026-10-15"])
def test_what_is_on_record_of_who_left_counts_whenever_it_was_done(left: str, tmp_path: Path) -> None:
    (standing,) = _cycle(tmp_path, lambda year: year.executive.update(left=left)).executives
    assert (standing.open, standing.findings, str(standing.left)) == ((), (), left)


def test_what_was_due_after_an_executive_left_is_open_and_says_so(tmp_path: Path) -> None:
    def left_in_may(year: InventedYear) -> None:
        year.executive["left"] = "2026-05-31"
        year.acts = [row for row in year.acts if row["day"] < "2026-04"]

    (standing,) = _cycle(tmp_path, left_in_may).executives
    assert standing.findings == ()
    assert "no progress review is on record yet" in standing.open[0].what
    assert who_is_open(standing) == "E-101, who left on 2026-05-31"


def test_a_detail_without_a_last_day_ends_when_the_executive_leaves(tmp_path: Path) -> None:
    def detailed(year: InventedYear) -> None:
        year.executive["left"] = "2026-10-15"
        year.add("detail", "2026-09-01", document="")

    (standing,) = _cycle(tmp_path, detailed).executives
    assert (standing.open, standing.findings) == ((), ())


def test_what_has_not_followed_an_act_without_a_level_names_the_act(tmp_path: Path) -> None:
    told = _told(_cycle(tmp_path, lambda year: year.add("removal", "2027-01-15")))
    assert ("open", "placement has not followed the removal of 2027-01-15") in told
