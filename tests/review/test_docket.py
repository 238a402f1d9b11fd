"""The state of a review, read from its entries: what an approval, its end and a notice do to each other."""

from __future__ import annotations

import datetime
from typing import Final

import pytest

from sespms_rules.review.docket import APPROVAL, COMMENT, NOTICE, RETURN, SUBMISSION, WITHDRAWAL, Case, Made

DAY: Final = datetime.date(2026, 12, 1)
KINDS: Final = {
    "pass": SUBMISSION,
    "comment": COMMENT,
    "return": RETURN,
    "approve": APPROVAL,
    "expired": APPROVAL,
    "withdraw": WITHDRAWAL,
    "notice": NOTICE,
}


def _case(steps: str) -> Case:
    made = []
    for number, each in enumerate(steps.split(), 1):
        until = {"approve": "2099-09-30", "expired": "2026-11-30"}.get(each)
        body = {"day": f"2026-11-{number:02}"} | ({"until": until} if until else {})
        made.append(Made(number, "2026-11-30T00:00:00Z", "R-1", KINDS[each], body))
    return Case("Invented agency 01", tuple(made))


@pytest.mark.parametrize(
    ("steps", "state", "move", "since", "number", "approved"),
    [
        ("pass", "received", "OPM", 1, 1, None),
        ("pass notice", "withdrawn by its agency", "agency", 2, 1, None),
        ("pass return notice", "withdrawn by its agency", "agency", 3, 1, None),
        ("pass notice pass", "received", "OPM", 3, 2, None),
        ("pass notice pass notice", "withdrawn by its agency", "agency", 4, 2, None),
        ("pass approve", "approved", "nobody", 2, 1, 1),
        ("pass approve pass", "received", "OPM", 3, 2, 1),
        ("pass approve pass comment", "under review", "OPM", 4, 2, 1),
        ("pass approve pass return", "returned", "agency", 4, 2, 1),
        ("pass approve pass notice", "approved", "nobody", 2, 1, 1),
        ("pass approve pass return notice", "approved", "nobody", 2, 1, 1),
        ("pass expired pass notice", "expired", "agency", 2, 1, 1),
        ("pass approve pass notice pass", "received", "OPM", 5, 3, 1),
        ("pass approve pass notice pass notice", "approved", "nobody", 2, 1, 1),
        ("pass return pass approve pass notice", "approved", "nobody", 4, 2, 2),
        ("pass approve pass approve pass notice", "approved", "nobody", 4, 2, 2),
        ("pass approve withdraw", "withdrawn", "agency", 3, 1, None),
        ("pass approve pass notice withdraw", "withdrawn", "agency", 5, 1, None),
        ("pass approve withdraw pass notice", "withdrawn by its agency", "agency", 5, 2, None),
        ("pass approve pass withdraw", "received", "OPM", 3, 2, None),
        ("pass approve pass comment withdraw", "under review", "OPM", 4, 2, None),
        ("pass approve pass return withdraw", "returned", "agency", 4, 2, None),
        ("pass approve pass withdraw notice", "withdrawn by its agency", "agency", 5, 2, None),
        ("pass approve pass withdraw approve", "approved", "nobody", 5, 2, 2),
    ],
)
def test_the_state_is_that_of_the_approved_pass_where_nothing_later_is_open(
    steps: str, state: str, move: str, since: int, number: int, approved: int | None
) -> None:
    case = _case(steps)
    assert (case.state(DAY).value, case.whose_move(DAY)) == (state, move)
    assert (case.stands.number, case.number) == (since, number)
    assert case.approved_pass == approved
    assert (case.approval is None) is (approved is None)


def test_an_approval_ends_on_its_day_after_a_notice_too() -> None:
    case = _case("pass expired pass notice")
    assert case.state(datetime.date(2026, 11, 30)).value == "approved"
    assert case.state(datetime.date(2026, 12, 1)).value == "expired"
