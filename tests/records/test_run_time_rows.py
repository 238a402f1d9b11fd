"""Each row of the law that only records can keep or break: a record that keeps it, and one that breaks it.

The rows stand in `docs/duties-on-records.md`, those that no record is judged by with the reason. A duty for which the
law sets no day is never broken: what breaks it leaves it open.
"""

from __future__ import annotations

import datetime
import re
from pathlib import Path

import pytest

from records.invented_years import Change, InventedYear, written
from records.judging import judged_by_opm
from sespms_rules.records.cycle import Cycle

DOCS = Path(__file__).resolve().parents[2] / "docs"
LATE = datetime.date(2027, 12, 1)


def _the(act: str, **changes: str) -> Change:
    """Change the row of an act."""

    def change(year: InventedYear) -> None:
        year.the(act).update({name.replace("_", " "): value for name, value in changes.items()})

    return change


def _without(act: str) -> Change:
    return lambda year: year.without(act)


def _with(act: str, day: str, role: str = "agency head", **more: str) -> Change:
    def change(year: InventedYear) -> None:
        year.add(act, day, role, **{name.replace("_", " "): value for name, value in more.items()})

    return change


def _level(level: int, *earlier: tuple[int, int]) -> Change:
    """A last rating at a level, after ratings of earlier years."""

    def change(year: InventedYear) -> None:
        year.the("annual rating").update(level=str(level), reason="as the record shows")
        for rating_year, before in earlier:
            ends = f"{rating_year}-09-30"
            row = year.add("annual rating", f"{rating_year}-12-01", "appointing authority", level=str(before))
            row["period end"] = ends

    return change


def _late_plan(year: InventedYear) -> None:
    year.without("progress review")
    year.the("plan")["day"] = "2026-10-01"


def _changed_after_review(year: InventedYear) -> None:
    year.add("higher-level review", "2026-10-30", "higher-level official", person="O-3")
    year.add("initial rating", "2026-11-03", "rating official", level="5")


def _moved_without_a_document(year: InventedYear) -> None:
    year.add("departure appraisal", "2026-06-01", "rating official", document="")
    year.add("reassignment", "2026-06-05")


def _own_board(year: InventedYear) -> None:
    year.the("board recommendation")["session"] = "S-9"


def _removed(day: str, *, notice: str = "2026-12-10", offer: str = "2026-12-15", **more: str) -> Change:
    """A removal with all that goes before and after it."""

    def change(year: InventedYear) -> None:
        year.add("notice", notice)
        year.add("placement offer", offer)
        year.add("removal", day, **more)
        year.add("placement", "2027-03-01")

    return change


def _after_new_head(act: str, **level: str) -> Change:
    """An act soon after a new agency head; of the year before there may be a rating at level 1."""

    def change(year: InventedYear) -> None:
        if level:
            year.the("annual rating").update(level="1", reason="as the record shows")
        year.add("a new agency head", "2026-12-20", "the President", document="")
        _removed("2027-01-20")(year) if act == "removal" else year.add(act, "2027-01-20")

    return change


def _ended_early(year: InventedYear) -> None:
    year.add("early end", "2026-06-30", "rating official", document="")


def _extended(year: InventedYear) -> None:
    year.without("annual rating")
    year.add("extension", "2026-09-30", until="2026-12-31")


def _copies(*roles: str) -> Change:
    """A higher-level review, and who has a copy of it."""

    def change(year: InventedYear) -> None:
        year.add("higher-level review", "2026-10-30", "higher-level official", person="O-3", number=f"H-{year.id}")
        for role in roles:
            year.add("receipt", "2026-11-02", role, person="", document="", about=f"H-{year.id}")

    return change


def _back_again(year: InventedYear) -> None:
    _removed("2027-01-20")(year)
    year.add("reinstatement", "2027-06-01")


def _not_placed(year: InventedYear) -> None:
    _removed("2027-01-20")(year)
    year.without("placement")


def _asked_late(year: InventedYear) -> None:
    _removed("2027-01-20")(year)
    year.add("hearing request", "2027-01-06", "executive", person=year.id)


def _raised_twice(year: InventedYear) -> None:
    for day in ("2026-12-20", "2027-06-20"):
        year.add("pay increase", day, amount="1000")


def _moved(days: str) -> Change:
    def change(year: InventedYear) -> None:
        year.add("departure appraisal", "2026-12-10", "rating official")
        year.add("receipt", "2026-12-11", "gaining supervisor", about="departure appraisal", document="")
        year.add("notice", days)
        year.add("reassignment", "2026-12-20")

    return change


def _not_handed_over(year: InventedYear) -> None:
    _moved("2026-12-01")(year)
    year.acts = [row for row in year.acts if row["role"] != "gaining supervisor"]


AWARD = "each performance award at level 3 or better must be 5% to 20% of basic pay"
MAJORITY = "each board for a career executive must have a career majority"

# Row of the law -> the sentence of the edition, and what breaks it in a year that keeps every duty.
BROKEN_BY: dict[str, tuple[str, Change]] = {
    "R430.304-b-2": (
        "each executive must have at least 1 progress review each period",
        _without("progress review"),
    ),
    "R430.307": (
        "each executive must have at least 1 progress review each period",
        _the("progress review", day="2026-10-01"),
    ),
    "R430.304-b-3": ("each executive must have exactly 1 annual rating each period", _without("annual rating")),
    "R430.305-a-4": ("each executive must have exactly 1 annual rating each period", _without("annual rating")),
    "R430.304-b-4": ("each annual rating must come at least 90 days after plan", _late_plan),
    "R430.309-b": (
        "each annual rating for a career executive must not come within 120 days after a new President",
        _with("a new President", "2026-11-20", "the President", person="", document=""),
    ),
    "R430.306-a": ("each executive must have at least 1 performance plan each period", _without("plan")),
    "R430.306-b": ("each plan must come by period start", _the("plan", day="2025-10-02")),
    "R430.308-a": ("each annual rating must be in writing", _the("annual rating", document="")),
    "R4312-b-2": ("each annual rating must be in writing", _the("annual rating", document="")),
    "R430.308-b": ("each initial rating must rate every critical element", lambda year: year.acts.pop(5)),
    "R430.308-c": ("each initial rating must come after guidelines", _the("initial rating", day="2026-10-01")),
    "R4312-b-3": (
        "each higher-level review must come before annual rating",
        _with("higher-level review", "2026-12-05", "higher-level official", person="O-3"),
    ),
    "R430.309-e-1": ("each initial rating must be in writing", _the("initial rating", document="")),
    "R430.309-e-2-i": (
        "each higher-level review must come before board recommendation",
        _with("higher-level review", "2026-11-20", "higher-level official", person="O-3"),
    ),
    "R430.309-e-2-ii": ("each higher-level review must not change the rating", _changed_after_review),
    "R430.309-e-3": (
        "each board recommendation must come after initial rating",
        _the("board recommendation", day="2026-10-19", session=""),
    ),
    "R430.309-e-4": ("each annual rating must be by appointing authority", _the("annual rating", role="board")),
    "R4314-b-1-A": (
        "each annual rating must come after board recommendation",
        _the("annual rating", day="2026-11-15"),
    ),
    "R430.310-a": (
        "each initial rating must consider detail appraisal",
        _with("detail", "2026-01-05", until="2026-05-04", document=""),
    ),
    "R430.310-b": ("each departure appraisal must be in writing", _moved_without_a_document),
    "R430.311-a-1": ("each board must have at least 3 members", _the("board recommendation", session="S-3")),
    "R430.311-a-3": (MAJORITY, _the("board recommendation", session="S-2")),
    "R430.311-a-4": (
        "performance review board: publishes appointments before board service",
        _the("board recommendation", session="S-4"),
    ),
    "R5384-c-2": (MAJORITY, _the("board recommendation", session="S-2")),
    "R430.311-b-2": ("each board recommendation must be in writing", _the("board recommendation", document="")),
    "R430.311-b-3": ("each board must not include the executive", _own_board),
    "R430.312-c-1": ("each annual rating at level 1 must lead to reassignment, transfer or removal", _level(1)),
    "R430.312-c-2": (
        "each annual rating at level 1 twice in 5 years must lead to removal",
        _level(1, (2022, 1)),
    ),
    "R430.312-c-3": (
        "each annual rating below level 3 twice in 3 years must lead to removal",
        _level(2, (2024, 2)),
    ),
    "R359.501-d": (
        "each annual rating for a career executive below level 3 twice in 3 years must lead to removal",
        _level(1, (2025, 2)),
    ),
    "R359.502-a": (
        "each removal for a career executive must come at least 30 days after notice",
        _with("removal", "2027-02-01"),
    ),
    "R412.401-a": ("each executive must have at least 1 development plan", _without("development plan")),
    "R5384-career": (
        "each performance award for a noncareer executive must be exactly 0% of basic pay",
        _with("performance award", "2026-12-15", amount="20000"),
    ),
    "R5384-b-1": ("each performance award below level 3 must be exactly 0% of basic pay", lambda year: _paid(year, 2)),
    "R5384-b-2": (AWARD, _with("performance award", "2026-12-15", amount="9999.99")),
    "R5384-c-1": (
        "each performance award must come after board recommendation",
        _with("performance award", "2026-11-01", amount="20000"),
    ),
    "R430.304-b-5": ("each early end must give written reasons", _ended_early),
    "R430.305-a-8": (
        "each performance award must rest on annual rating",
        _with("performance award", "2026-12-15", amount="20000", about="A-0"),
    ),
    "R430.309-c": ("each extension must be followed by annual rating", _extended),
    "R430.309-e-2-v": (
        "each higher-level review must be given to executive, rating official and board",
        _copies("executive", "board"),
    ),
    "R430.310-c": ("each departure appraisal must be given to gaining supervisor", _not_handed_over),
    "R430.311-b-1": (
        "each board recommendation must consider written response",
        _with("written response", "2026-11-20", "executive"),
    ),
    "R359.502-b": ("each hearing request must come at least 15 days before removal", _asked_late),
    "R3592-b": (
        (
            "each removal for a career executive must not come within 120 days after a new agency head "
            "unless after annual rating at level 1"
        ),
        _after_new_head("removal"),
    ),
    "R3593": ("each removal for a career executive must not be followed by reinstatement", _back_again),
    "R3594": ("each removal for a career executive must be followed by placement", _not_placed),
    "R3395-a-2": (
        "each reassignment for a career executive must come at least 15 days after notice",
        _moved("2026-12-06"),
    ),
    "R3395-e": (
        (
            "each involuntary reassignment for a career executive must not come within 120 days "
            "after a new agency head unless after annual rating at level 1"
        ),
        _after_new_head("involuntary reassignment"),
    ),
    "R293.405-b": ("records: go with the executive", _with("transfer", "2026-12-20")),
    "R5383-c": ("each pay adjustment must come at least 12 months after pay adjustment", _raised_twice),
    "R5383-d": (
        "each pay reduction for a career executive must come at least 15 days after notice",
        _with("pay reduction", "2026-12-20", amount="1000"),
    ),
}
NO_DAY_SET = {"R430.312-c-1", "R430.312-c-2", "R430.312-c-3", "R359.501-d"}
ROWS_OF_OTHER_TESTS = {"CAP-1", "CAP-2", "CAP-3", "CAP-4", "CAP-5", "R5384-b-3", "R430.404-a-2", "POL-PAY-2025"}
"""Rows that are judged once for the agency, or that bind only who follows an edition: `test_rows_of_agency.py`."""
NO_DAY_SET |= {"R293.405-b", "R430.309-c", "R430.309-e-2-v", "R430.310-c", "R3594"}

# What keeps a row that speaks of something which no plain year holds: the same records, kept in order.
KEPT_BY: dict[str, Change] = {
    "R430.304-b-5": lambda year: year.add("early end", "2026-06-30", "rating official", reason="The unit is closed."),
    "R430.305-a-8": _with("performance award", "2026-12-15", amount="20000"),
    "R430.309-e-2-v": _copies("executive", "rating official", "board"),
    "R430.310-c": _moved("2026-12-01"),
    "R293.405-b": lambda year: (
        year.add("transfer", "2026-12-20"),
        year.add("receipt", "2026-12-22", "gaining supervisor", person="O-8", about="transfer"),
    ),
    "R3592-b": _after_new_head("removal", level="1"),
    "R3593": _removed("2027-01-20"),
    "R3395-e": _after_new_head("involuntary reassignment", level="1"),
    "R5383-c": _with("pay increase", "2026-12-20", amount="1000"),
    "R430.309-c": _with("extension", "2026-09-30", until="2026-12-31"),
    "R430.310-a": lambda year: (
        year.add("detail", "2026-01-05", until="2026-05-04", document=""),
        year.add("detail appraisal", "2026-05-06", "rating official"),
    ),
    "R430.312-c-2": lambda year: (_level(1, (2022, 1))(year), _removed("2027-01-20")(year)),
    "R430.312-c-3": lambda year: (_level(2, (2024, 2))(year), _removed("2027-01-20")(year)),
    "R359.501-d": lambda year: (_level(1, (2025, 2))(year), _removed("2027-01-20")(year)),
    "R359.502-b": lambda year: (
        _removed("2027-01-20")(year),
        year.add("hearing request", "2027-01-04", "executive", person=year.id),
    ),
    "R5384-career": _with("performance award", "2026-12-15", amount="0"),
    "R5384-b-1": lambda year: (_level(2)(year), year.add("performance award", "2026-12-15", amount="0")),
    "R5383-d": lambda year: (
        year.add("notice", "2026-12-01"),
        year.add("pay reduction", "2026-12-20", amount="1000"),
    ),
}


def test_ratings_of_earlier_years_are_no_acts_of_this_one(tmp_path: Path) -> None:
    """They count in windows of years alone: none is one rating too many, too early for the plan, or bars an award."""
    year = InventedYear("E-101")
    _level(4, (2024, 2), (2025, 3))(year)
    _with("performance award", "2026-12-15", amount="20000")(year)
    found = judged_by_opm(written(tmp_path, [year]), LATE)
    assert [each.message for each in found.every_finding] == []
    assert found.executives[0].open == ()


def test_for_who_enters_within_the_period_it_starts_on_that_day(tmp_path: Path) -> None:
    late, never = InventedYear("E-101"), InventedYear("E-102")
    for each in (late, never):
        each.executive["entered"] = "2026-02-02"
        each.the("development plan")["day"] = "2026-03-02"
        each.the("plan")["day"] = "2026-02-02"
    never.the("plan")["day"] = "2026-02-03"
    found = {each.id: each.findings for each in judged_by_opm(written(tmp_path, [late, never]), LATE).executives}
    assert found["E-101"] == ()
    assert [each.message for each in found["E-102"]] == ["it comes too late for the period start of 2026-02-02"]


def _paid(year: InventedYear, level: int) -> None:
    _level(level)(year)
    year.add("performance award", "2026-12-15", amount="20000")


def _id(row: str) -> str:
    return f"E-{200 + list(BROKEN_BY).index(row)}"


def _id_of_kept(row: str) -> str:
    return f"E-{400 + list(KEPT_BY).index(row)}"


def _appointment(row: str) -> str:
    return "noncareer" if row == "R5384-career" else "career"


@pytest.fixture(scope="module")
def cycle(tmp_path_factory: pytest.TempPathFactory) -> Cycle:
    """A year of one executive for each row, and two who keep every duty; judged late, by both evaluators."""
    years = [InventedYear("E-100"), InventedYear("E-101", "noncareer")]
    _with("performance award", "2026-12-15", amount="20000")(years[0])
    for row, (_, change) in BROKEN_BY.items():
        changed = InventedYear(_id(row), _appointment(row))
        change(changed)
        years.append(changed)
    for row, keeps in KEPT_BY.items():
        kept = InventedYear(_id_of_kept(row), _appointment(row))
        keeps(kept)
        years.append(kept)
    folder = written(tmp_path_factory.mktemp("rows"), years)
    own = f"S-9,2026-11-16,{_id('R430.311-b-3')},career,2026-10-15\n"
    others = "".join(f"S-9,2026-11-16,M-{place},career,2026-10-15\n" for place in range(3))
    file = folder / "sessions.csv"
    file.write_text(file.read_text(encoding="utf-8") + own + others, encoding="utf-8")
    return judged_by_opm(folder, LATE)


def test_a_year_can_keep_every_duty(cycle: Cycle) -> None:
    kept = [each for each in cycle.executives if each.id in ("E-100", "E-101")]
    assert [(each.findings, each.open) for each in kept] == [((), ()), ((), ())]
    assert [each.held for each in kept] == [43, 39]  # four duties are of career executives alone


@pytest.mark.parametrize("row", BROKEN_BY)
def test_each_row_has_a_record_that_keeps_it_and_one_that_breaks_it(row: str, cycle: Cycle) -> None:
    words, _ = BROKEN_BY[row]
    (duty,) = [each for each in cycle.duties if words in (one.sentence for one in each.obligation.grounds)]
    assert duty.held > 0
    (executive,) = [each for each in cycle.executives if each.id == _id(row)]
    if row in NO_DAY_SET:
        left_open = [each for each in executive.open if each.until is None]
        assert any(words in (one.sentence for one in each.obligation.grounds) for each in left_open)
        return
    grounds = {ground.sentence for ground in duty.obligation.grounds}
    told = [each for each in executive.findings if each.sentence in grounds]
    assert told, [(each.sentence, each.message) for each in executive.findings]


@pytest.mark.parametrize("row", KEPT_BY)
def test_what_keeps_a_row_breaks_and_leaves_open_nothing_of_it(row: str, cycle: Cycle) -> None:
    words, _ = BROKEN_BY[row]
    (executive,) = [each for each in cycle.executives if each.id == _id_of_kept(row)]
    told = [each.sentence for each in executive.findings]
    left_open = [one.sentence for each in executive.open for one in each.obligation.grounds]
    assert words not in (*told, *left_open)


def test_every_row_stands_in_the_docs_as_reached_or_with_the_reason_why_not() -> None:
    page = (DOCS / "duties-on-records.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| `(R[\w.-]+|CAP-\d|POL-[\w-]+)` \| ([^|]+) \| ([^|]+) \|$", page, re.MULTILINE)
    told = {row: (judged, why) for row, judged, why in rows}
    assert len(told) == len(rows) > 60
    reached = {row for row, (judged, _) in told.items() if judged.strip() != "not yet"}
    reached = {row for row in reached if "asked of a person: " not in told[row][0]}
    assert reached == set(BROKEN_BY) | ROWS_OF_OTHER_TESTS
    for row in BROKEN_BY:
        assert told[row][0].strip() == f"`{BROKEN_BY[row][0]}`"
    assert "not yet" not in {judged.strip() for judged, _ in told.values()}
    assert all(len(why.split()) >= 4 for judged, why in told.values() if judged.startswith("asked"))
    known = (DOCS / "law-coverage.md").read_text(encoding="utf-8")
    assert [row for row in told if f"`{row}`" not in known] == []
