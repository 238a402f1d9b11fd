"""A row on record that does not count leaves open what it may turn: it is neither held nor broken."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from records.invented_years import InventedYear, Row, written
from records.judging import judged_by_opm
from sespms_rules.records.cycle import Cycle, DutyCount, OpenDuty
from sespms_rules.records.cycle.doubtful import _awaited, _upsetting
from sespms_rules.records.obligations.form import Shape

Spoil = Callable[[InventedYear], object]
REVIEW = "each executive must have at least 1 progress review each period"
BY_START = "each plan must come by period start"
BOARD_FIRST = "each annual rating must come after board recommendation"
ONE_RATING = "each executive must have exactly 1 annual rating each period"
EVERY_ELEMENT = "each initial rating must rate every critical element"
MAJORITY = "each board for a career executive must have a career majority"
THREE = "each board must have at least 3 members"
APART = "each board must not include the executive"
ANNOUNCED = "performance review board: publishes appointments before board service"


def _cycle(folder: Path, spoil: Spoil, *for_all: Row) -> Cycle:
    year = InventedYear("E-101")
    spoil(year)
    return judged_by_opm(written(folder, [year], list(for_all)))


def _count(cycle: Cycle, words: str) -> DutyCount:
    (found,) = [each for each in cycle.duties if words in (one.sentence for one in each.obligation.grounds)]
    return found


def _open(cycle: Cycle, words: str) -> OpenDuty:
    (standing,) = cycle.executives
    (found,) = [each for each in standing.open if words in (one.sentence for one in each.obligation.grounds)]
    return found


def _state(cycle: Cycle, words: str) -> tuple[int, int, int]:
    found = _count(cycle, words)
    return found.held, found.broken, found.open


def _the(act: str, /, **changes: str) -> Spoil:
    return lambda year: year.the(act).update(changes)


def _again(act: str, day: str, /, **more: str) -> Spoil:
    """A second row of an act that does not count: nobody can tell on which day it was."""
    return lambda year: year.add(act, day, **more)


def _rating_of(year: InventedYear, element: str) -> Row:
    return next(row for row in year.acts if row.get("about") == element)


# ---- what may stand in such a row is not missing -------------------------------------------------------


@pytest.mark.parametrize(
    ("spoil", "words", "says"),
    [
        (_the("progress review", day="2026-02-30"), REVIEW, "but row 5 names one and does not count"),
        (_the("progress review", day="2025-08-01"), REVIEW, "but row 5 names one and does not count"),
        (_the("progress review", act="progres review"), REVIEW, "but row 5 names one and does not count"),
        (_the("progress review", act="a talk"), REVIEW, "but row 5 may be one, and cannot be read"),
        (_the("progress review", executive="J. Smith"), REVIEW, "row 5 names one, and whose it is cannot be told"),
        (_the("board recommendation", session="S-77"), BOARD_FIRST, "but row 13 names one and does not count"),
        (
            lambda year: _rating_of(year, "Leading Change").update(level="Top"),
            EVERY_ELEMENT,
            "`Leading Change` has no initial rating, but row 6 names one and does not count",
        ),
    ],
)
def test_what_may_stand_in_a_row_that_does_not_count_is_open(
    spoil: Spoil, words: str, says: str, tmp_path: Path
) -> None:
    cycle = _cycle(tmp_path, spoil)
    assert _state(cycle, words) == (0, 0, 1)
    found = _open(cycle, words)
    assert says in found.what
    assert found.by == ""  # it is a matter of the records, and not of who acts
    assert words not in [each.sentence for each in cycle.executives[0].findings]


def test_two_annual_ratings_leave_open_whether_there_is_one(tmp_path: Path) -> None:
    cycle = _cycle(tmp_path, _again("annual rating", "2026-12-04", role="appointing authority", level="4"))
    assert [each.code for each in cycle.findings] == ["SES707"]
    assert "no annual rating is on record yet, but row 14 names one and does not count" in _open(cycle, ONE_RATING).what


def test_both_rows_of_a_shared_number_are_named(tmp_path: Path) -> None:
    def one_number(year: InventedYear) -> None:
        year.the("development plan")["number"] = year.the("progress review")["number"] = "A-7"

    told = [each.what for each in _cycle(tmp_path, one_number).executives[0].open]
    assert any("no progress review" in each and "but row 5 names one" in each for each in told)
    assert any("no development plan" in each and "but row 4 names one" in each for each in told)


def test_an_act_for_everyone_that_does_not_count_leaves_everyones_duty_open(tmp_path: Path) -> None:
    folder = written(tmp_path, [InventedYear("E-101"), InventedYear("E-102")])
    file = folder / "acts.csv"
    file.write_text(file.read_text(encoding="utf-8").replace("2026-10-05", "2026-10-32", 1), encoding="utf-8")
    cycle = judged_by_opm(folder)
    assert _state(cycle, "each initial rating must come after guidelines") == (0, 0, 2)


def test_what_is_missing_without_any_such_row_is_broken(tmp_path: Path) -> None:
    other = InventedYear("E-102")
    other.the("progress review")["day"] = "2026-02-30"
    year = InventedYear("E-101")
    year.without("progress review")
    assert _state(judged_by_opm(written(tmp_path, [year, other])), REVIEW) == (0, 1, 1)


# ---- what such a row may break is not held -------------------------------------------------------------


@pytest.mark.parametrize(
    ("spoil", "words"),
    [
        (_again("plan", "2025-09-31", role="rating official"), BY_START),
        (_again("initial rating", "2026-10-32", level="4"), "each initial rating must be in writing"),
        (
            lambda year: (
                year.add("higher-level review", "2026-10-30", "higher-level official", person="O-3"),
                year.add("initial rating", "2026-11-31", "rating official", level="5"),
            ),
            "each higher-level review must not change the rating",
        ),
        (
            lambda year: (
                year.add("performance award", "2026-12-15", amount="20000"),
                year.add("performance award", "2026-12-15", amount="20,000"),
            ),
            "each performance award at level 3 or better must be 5% to 20% of basic pay",
        ),
    ],
)
def test_what_a_row_that_does_not_count_may_break_is_open(spoil: Spoil, words: str, tmp_path: Path) -> None:
    cycle = _cycle(tmp_path, spoil)
    assert _state(cycle, words) == (0, 0, 1)
    assert "so it cannot be told whether all is in order" in _open(cycle, words).what


def test_a_rating_that_came_too_soon_after_what_cannot_be_read_is_open(tmp_path: Path) -> None:
    president = {"act": "a new President", "day": "2026-11-31", "role": "the President"}
    words = "each annual rating for a career executive must not come within 120 days after a new President"
    known = president | {"day": "2017-01-20"}
    assert _state(_cycle(tmp_path / "known", lambda _: None, known), words) == (1, 0, 0)
    assert _state(_cycle(tmp_path / "unread", lambda _: None, known, president), words) == (0, 0, 1)


@pytest.mark.parametrize(
    ("spoil", "words"),
    [
        (_again("progress review", "2026-02-30"), REVIEW),  # there is one all the same
        (_again("receipt", "2026-02-30"), "each annual rating must be in writing"),
        (lambda year: year.acts.append(dict(year.the("annual rating"))), ONE_RATING),  # the same row twice
    ],
)
def test_what_such_a_row_cannot_break_is_held(spoil: Spoil, words: str, tmp_path: Path) -> None:
    assert _state(_cycle(tmp_path, spoil), words) == (1, 0, 0)


def test_what_is_broken_whatever_such_a_row_says_stays_broken(tmp_path: Path) -> None:
    def late_and_again(year: InventedYear) -> None:
        year.the("plan")["day"] = "2025-10-20"
        year.add("plan", "2025-09-31", "rating official")

    assert _state(_cycle(tmp_path, late_and_again), BY_START) == (0, 1, 0)


@pytest.mark.parametrize("shape", Shape.__subclasses__(), ids=lambda one: one.__name__)
def test_of_each_shape_it_is_said_what_may_turn_it(shape: type[Shape]) -> None:
    """Most shapes test what they speak of, which one more can break; those that await something say of which kind."""
    tested = {"Share", "Exclusion", "Announced", "Threshold", "Pooled", "Spaced", "PartsTested", "Barred", "Chain"}
    own = [each.dispatch(shape) is not each.dispatch(Shape) for each in (_awaited, _upsetting)]
    assert any(own) or shape.__name__ in tested


# ---- plans and the formula ------------------------------------------------------------------------------

REASONS = "rating steps: annual rating may change the rating for written reasons"


@pytest.mark.parametrize(
    ("spoil", "why"),
    [
        (lambda year: year.plan[1].update(weight="ten"), "row 3 of the plan cannot be read"),
        (lambda year: year.plan[1].update(weight="ten", executive="'E-101"), "row 3 of the plan cannot be read"),
        (
            lambda year: _rating_of(year, "Leading People").update(day="2026-10-32", executive="\u2019e-101"),
            "row 7 may rate `Leading People`, and does not count",
        ),
        (
            lambda year: _rating_of(year, "Leading People").update(day="2026-10-32"),
            "row 7 may rate `Leading People`, and does not count",
        ),
        (
            lambda year: year.add("annual rating", "2026-12-32", about="Leading People", level="5"),
            "row 15 may rate `Leading People`, and does not count",
        ),
    ],
)
def test_the_formula_is_not_run_on_part_of_what_is_on_record(spoil: Spoil, why: str, tmp_path: Path) -> None:
    """It might leave an element out, and give a level that nobody's work has."""
    cycle = _cycle(tmp_path, spoil)
    found = _open(cycle, REASONS)
    assert f"cannot be compared with what the formula gives: {why}" in found.what
    assert [each.code for each in cycle.every_finding] == ["SES703"]


@pytest.mark.parametrize(
    ("day", "expected"),
    [("2026-06-01", (1, 0, 0)), ("2026-12-01", (1, 0, 0)), ("2026-12-02", (0, 0, 1)), ("2027-02-01", (1, 0, 0))],
)
def test_a_rating_is_not_held_against_a_plan_that_was_revised_after_it(
    day: str, expected: tuple[int, int, int], tmp_path: Path
) -> None:
    """The table `plans` holds the plan as revised; a revision after the day that is asked of is none yet."""
    cycle = _cycle(tmp_path, lambda year: year.add("plan revision", day, "rating official"))
    assert _state(cycle, REASONS) == expected
    told = [each.what for each in cycle.executives[0].open]
    assert any(f"the plan was revised on {day}, after the annual rating of 2026-12-01" in each for each in told) == (
        expected == (0, 0, 1)
    )


@pytest.mark.parametrize("name", ["E-101", "e-101", "'E-101", "E\u2013101"])
def test_a_rating_of_an_element_whose_row_of_the_plan_cannot_be_read_is_of_the_plan(name: str, tmp_path: Path) -> None:
    cycle = _cycle(tmp_path, lambda year: year.plan[1].update(weight="ten", executive=name))
    assert [(each.code, each.place.number) for each in cycle.findings] == [("SES703", 3)]
    assert _state(cycle, EVERY_ELEMENT) == (0, 0, 1)


@pytest.mark.parametrize(
    ("spoil", "says", "wanting"),
    [
        (
            lambda year: year.plan[3].update({"period end": "2027-09-30"}),
            "for 2025-10-01 to 2027-09-30 here and for 2025-10-01 to 2026-09-30 in row 2, so neither counts",
            "a period",
        ),
        (
            lambda year: [row.update({"period end": "2027-09-30"}) for row in year.plan[1:]],
            "for 2025-10-01 to 2027-09-30 here and for 2025-10-01 to 2026-09-30 in row 2, so neither counts",
            "a period",
        ),
        (
            lambda year: year.plan[0].update({"period end": "2024-09-30"}),
            "the period ends on 2024-09-30, before it starts on 2025-10-01",
            "a period",
        ),
    ],
)
def test_a_plan_for_two_periods_is_for_none(spoil: Spoil, says: str, wanting: str, tmp_path: Path) -> None:
    cycle = _cycle(tmp_path, spoil)
    (found,) = cycle.every_finding
    assert (found.code, says in found.message) == ("SES707", True)
    assert cycle.executives == ()
    assert cycle.unjudged == {"E-101": wanting}


@pytest.mark.parametrize(("appointment", "code", "judged"), [("career", "SES705", 1), ("noncareer", "SES707", 0)])
def test_an_executive_who_stands_in_two_rows_is_judged_where_they_say_the_same(
    appointment: str, code: str, judged: int, tmp_path: Path
) -> None:
    folder = written(tmp_path, [InventedYear("E-101")])
    with (folder / "executives.csv").open("a", encoding="utf-8") as file:
        file.write(f"E-101,{appointment},Harbors,,,200000.00\n")
    cycle = judged_by_opm(folder)
    assert [(each.code, each.place.number) for each in cycle.every_finding] == [(code, 3)]
    assert len(cycle.executives) == judged
    assert cycle.unjudged == ({} if judged else {"E-101": "one row of the table `executives` that can be read"})


# ---- boards --------------------------------------------------------------------------------------------


def _board(folder: Path, *rows: str) -> Cycle:
    written(folder, [InventedYear("E-101")])
    lines = ["session,day,member,appointment,notice", *rows]
    (folder / "sessions.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return judged_by_opm(folder)


def _member(place: int, appointment: str = "career", notice: str = "2026-10-15", day: str = "2026-11-16") -> str:
    return f"S-1,{day},M-{place},{appointment},{notice}"


HELD, BROKEN, OPEN = (1, 0, 0), (0, 1, 0), (0, 0, 1)
UNREAD = "S-1,2026-11-16,M-9,carer,2026-10-15"
NAMELESS = "S-1,2026-11-16,,noncareer,2026-10-15"


@pytest.mark.parametrize(
    ("rows", "three", "majority", "apart", "announced"),
    [
        ([_member(1), _member(2), _member(3)], HELD, HELD, HELD, HELD),
        ([_member(1), _member(2), UNREAD], OPEN, HELD, OPEN, OPEN),
        ([_member(1), _member(2), _member(3, "noncareer"), UNREAD], HELD, OPEN, OPEN, OPEN),
        ([_member(1), _member(2), _member(3), _member(4), UNREAD], HELD, HELD, OPEN, OPEN),
        ([_member(1), UNREAD], BROKEN, OPEN, OPEN, OPEN),
        ([_member(1), *(_member(place, "noncareer") for place in (2, 3, 4)), UNREAD], HELD, BROKEN, OPEN, OPEN),
        ([_member(1), _member(2), _member(3), NAMELESS, NAMELESS, NAMELESS], HELD, OPEN, OPEN, OPEN),
        ([_member(1), _member(2), _member(3, "noncareer"), _member(3)], HELD, HELD, HELD, HELD),
        ([_member(1), _member(2, "noncareer"), _member(3, "noncareer"), _member(3)], HELD, OPEN, HELD, HELD),
        ([_member(1), _member(2), _member(3), _member(3, day="2026-11-17")], HELD, HELD, HELD, OPEN),
        ([_member(1), _member(2), _member(3, notice=""), UNREAD], HELD, HELD, OPEN, BROKEN),
        (["S-1,2026-11-16,E-101,career,2026-10-15", _member(1), UNREAD], OPEN, HELD, BROKEN, OPEN),
        ([UNREAD], OPEN, OPEN, OPEN, OPEN),
        ([NAMELESS], OPEN, OPEN, OPEN, OPEN),
        ([_member(1), _member(2), _member(3), ",2026-11-16,M-9,noncareer,2026-10-15"], HELD, HELD, OPEN, OPEN),
        ([_member(1), _member(2), _member(3), "S-2,2026-11-16,M-9,carer,2026-10-15"], HELD, HELD, HELD, HELD),
    ],
)
def test_a_member_whose_row_cannot_be_read_was_there_all_the_same(
    rows: list[str],
    three: tuple[int, int, int],
    majority: tuple[int, int, int],
    apart: tuple[int, int, int],
    announced: tuple[int, int, int],
    tmp_path: Path,
) -> None:
    """Each duty of a board is held or broken where it would be so whoever sat besides, and else open."""
    cycle = _board(tmp_path, *rows)
    found = [_state(cycle, words) for words in (THREE, MAJORITY, APART, ANNOUNCED)]
    assert found == [three, majority, apart, announced]


def test_a_row_of_a_session_that_names_nobody_is_told(tmp_path: Path) -> None:
    cycle = _board(tmp_path, _member(1), _member(2), _member(3), NAMELESS)
    (found,) = cycle.findings
    assert (found.code, found.place.number) == ("SES702", 5)
    assert found.message == "the row names no member of the session `S-1`"
    left_open = [each.what for each in cycle.executives[0].open]
    assert any("1 row of session `S-1` cannot be read, or names nobody" in each for each in left_open)


def test_a_session_without_members_is_told_once_and_breaks_nothing(tmp_path: Path) -> None:
    cycle = _board(tmp_path, NAMELESS)
    assert [(each.code, each.place.number) for each in cycle.every_finding] == [("SES708", 2)]


@pytest.mark.parametrize(
    ("more", "expected"), [((), HELD), ((UNREAD,), OPEN), (("S-1,2026-11-16,O-3,career,",), BROKEN)]
)
def test_who_may_have_sat_on_the_board_is_not_known_to_be_independent_of_it(
    more: tuple[str, ...], expected: tuple[int, int, int], tmp_path: Path
) -> None:
    year = InventedYear("E-101")
    year.add("alternative review", "2026-11-02", "higher-level official", person="O-3")
    written(tmp_path, [year])
    lines = ["session,day,member,appointment,notice", _member(1), _member(2), _member(3), *more]
    (tmp_path / "sessions.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    words = "each alternative review must be independent of board recommendation"
    assert _state(judged_by_opm(tmp_path), words) == expected
