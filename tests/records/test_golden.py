"""Golden cases of boards, windows of years, awards and waiting times, as obligations made from the law itself."""

from __future__ import annotations

import datetime
from fractions import Fraction

import pytest

from records.judging import duties_of_opm
from sespms_rules.records.obligations import Case, Event, Obligation, State, judge
from sespms_rules.records.obligations.form import Sitting

START, END = datetime.date(2025, 10, 1), datetime.date(2026, 9, 30)


def duty(words: str) -> Obligation:
    """The obligation that rests on a sentence of the law."""
    found = [each for each in duties_of_opm().obligations if any(one.sentence == words for one in each.grounds)]
    assert len(found) == 1, words
    return found[0]


def case(*events: Event, tags: str = "career", sittings: tuple[Sitting, ...] = (), pay: int | None = None) -> Case:
    """A case with these events, in their order."""
    kinds = dict.fromkeys(each.kind for each in events)
    return Case(
        "E-101",
        frozenset({tags}),
        {"period start": START.toordinal(), "period end": END.toordinal()},
        {kind: tuple(each for each in events if each.kind == kind) for kind in kinds},
        sittings={each.name: each for each in sittings},
        amounts={} if pay is None else {"basic pay": Fraction(pay)},
    )


def at(order: int, kind: str, day: str, level: int | None = None, amount: str | None = None, **more: object) -> Event:
    """An event of a day."""
    paid = None if amount is None else Fraction(amount)
    session = str(more.get("session", ""))
    year = more.get("year")
    assert year is None or isinstance(year, int)
    date = datetime.date.fromisoformat(day).toordinal()
    return Event(order, kind, date, order + 2, session=session, level=level, amount=paid, year=year)


def state(words: str, of: Case) -> State:
    """How the duty stands on a late day."""
    found = judge(duty(words), of, datetime.date(2031, 1, 1).toordinal())
    assert found is not None
    return found.state


@pytest.mark.parametrize(
    ("career", "total", "held"),
    [(2, 3, True), (2, 4, False), (3, 4, True), (3, 5, True), (3, 6, False), (4, 7, True)],
)
def test_more_than_one_half_of_a_board_is_career(career: int, total: int, held: bool) -> None:
    members = tuple((f"M-{place}", "career" if place < career else "noncareer") for place in range(total))
    sitting = Sitting("S-1", START.toordinal(), members, None)
    one = case(at(1, "board recommendation", "2026-11-16", session="S-1"), sittings=(sitting,))
    found = state("each board for a career executive must have a career majority", one)
    assert found is (State.HELD if held else State.BROKEN)
    assert state("each board must have at least 3 members", one) is State.HELD


TWO_AT_1 = "each annual rating for a career executive at level 1 twice in 5 years must lead to removal"
TWO_BELOW_3 = "each annual rating for a career executive below level 3 twice in 3 years must lead to removal"
ONE_AT_1 = "each annual rating at level 1 must lead to reassignment, transfer or removal"


def rated(*pairs: tuple[int, int]) -> Case:
    """Annual ratings: rating year and level."""
    events = (
        at(place, "annual rating", f"{year}-12-01", level, year=year) for place, (year, level) in enumerate(pairs)
    )
    return case(*events)


@pytest.mark.parametrize(
    ("words", "ratings", "due"),
    [
        (TWO_AT_1, ((2021, 1), (2025, 1)), True),
        (TWO_AT_1, ((2020, 1), (2025, 1)), False),
        (TWO_BELOW_3, ((2023, 2), (2025, 2)), True),
        (TWO_BELOW_3, ((2022, 2), (2025, 2)), False),
        (TWO_BELOW_3, ((2024, 1), (2025, 2)), True),
        (TWO_AT_1, ((2025, 1),), False),
        (ONE_AT_1, ((2025, 1),), True),
        (ONE_AT_1, ((2025, 2),), False),
        (TWO_BELOW_3, ((2023, 3), (2025, 2)), False),
    ],
)
def test_windows_of_rating_years(words: str, ratings: tuple[tuple[int, int], ...], due: bool) -> None:
    assert state(words, rated(*ratings)) is (State.OPEN if due else State.HELD)


def test_what_follows_a_rating_closes_the_duty() -> None:
    ratings = (
        at(1, "annual rating", "2021-12-01", 1, year=2021),
        at(2, "annual rating", "2025-12-01", 1, year=2025),
    )
    removed = case(*ratings, at(3, "removal", "2026-02-01"))
    moved = case(*ratings, at(3, "reassignment", "2026-02-01"))
    assert state(TWO_AT_1, removed) is State.HELD
    assert state(TWO_AT_1, moved) is State.OPEN
    assert state(ONE_AT_1, moved) is State.HELD


AWARD = "each performance award at level 3 or better must be 5% to 20% of basic pay"
NO_AWARD = "each performance award below level 3 must be exactly 0% of basic pay"
NOT_FOR = "each performance award for a noncareer executive must be exactly 0% of basic pay"


@pytest.mark.parametrize(
    ("words", "level", "amount", "held"),
    [
        (AWARD, 3, "10000", True),
        (AWARD, 3, "40000", True),
        (AWARD, 3, "9999.99", False),
        (AWARD, 5, "40000.01", False),
        (NO_AWARD, 2, "10000", False),
        (NO_AWARD, 2, "0", True),
        (NOT_FOR, 5, "10000", False),
        (NOT_FOR, 5, "0", True),
    ],
)
def test_awards_are_exact_to_the_cent(words: str, level: int, amount: str, held: bool) -> None:
    paid = case(
        at(1, "performance award", "2026-12-15", level, amount),
        tags="noncareer" if words == NOT_FOR else "career",
        pay=200_000,
    )
    assert state(words, paid) is (State.HELD if held else State.BROKEN)


def test_a_share_of_pay_that_is_not_on_record_is_never_held_and_not_broken_either() -> None:
    assert state(AWARD, case(at(1, "performance award", "2026-12-15", 4, "20000"))) is State.OPEN
    assert state(AWARD, case(at(1, "performance award", "2026-12-15", 4), pay=200_000)) is State.OPEN


@pytest.mark.parametrize(
    ("day", "held"),
    [("2025-01-19", True), ("2025-01-20", False), ("2025-05-20", False), ("2025-05-21", True)],
)
def test_no_career_rating_within_120_days_after_a_new_president(day: str, held: bool) -> None:
    words = "each annual rating for a career executive must not come within 120 days after a new President"
    events = sorted((at(1, "a new President", "2025-01-20"), at(1, "annual rating", day, 4)), key=lambda one: one.day)
    found = state(words, case(*events))
    assert found is (State.HELD if held else State.BROKEN)
    assert any("day 120" in ground.doubt for ground in duty(words).grounds), "the doubt is not told"


@pytest.mark.parametrize(("notice", "held"), [("2026-05-02", True), ("2026-05-03", False)])
def test_notice_of_a_removal_is_thirty_days(notice: str, held: bool) -> None:
    words = "each removal for a career executive must come at least 30 days after notice"
    found = state(words, case(at(1, "notice", notice), at(2, "removal", "2026-06-01")))
    assert found is (State.HELD if held else State.BROKEN)
    assert state(words, case(at(2, "removal", "2026-06-01"))) is State.BROKEN
