"""Entries of a register -> the cases of a review: each system with its passes, comments, verdicts and state.

Nothing is kept but entries: what state a system is in, who has it and since when is read from them anew each time.
"""

from __future__ import annotations

import base64
import datetime
import zlib
from collections.abc import Iterator, Mapping
from enum import StrEnum
from typing import Any, Final

from sespms_rules.foundation.spelling import did_you_mean, listed, nearest_name
from sespms_rules.foundation.values import Frozen
from sespms_rules.register import Draft, Register, RegisterError
from sespms_rules.review.bag_opening import MOST_PACKED

SUBMISSION: Final = "submission"
COMMENT: Final = "comment"
VERDICT: Final = "review verdict"
RETURN: Final = "return"
APPROVAL: Final = "approval"
WITHDRAWAL: Final = "withdrawal"
NOTICE: Final = "withdrawal by its agency"
KINDS: Final = (SUBMISSION, COMMENT, VERDICT, RETURN, APPROVAL, WITHDRAWAL, NOTICE)
LETTERS: Final = (RETURN, APPROVAL, WITHDRAWAL, NOTICE)
"""The kinds of entries that a letter to the agency goes out with."""


class State(StrEnum):
    """Where a system stands, in the words of the status table; `withdrawn` is said of an approval, by OPM."""

    RECEIVED = "received"
    UNDER_REVIEW = "under review"
    RETURNED = "returned"
    APPROVED = "approved"
    EXPIRED = "expired"
    WITHDRAWN = "withdrawn"
    WITHDRAWN_BY_AGENCY = "withdrawn by its agency"


_AFTER: Final = {
    SUBMISSION: State.RECEIVED,
    COMMENT: State.UNDER_REVIEW,
    VERDICT: State.UNDER_REVIEW,
    RETURN: State.RETURNED,
    APPROVAL: State.APPROVED,
    WITHDRAWAL: State.WITHDRAWN,
    NOTICE: State.WITHDRAWN_BY_AGENCY,
}
_MOVES: Final = {
    COMMENT: (State.RECEIVED, State.UNDER_REVIEW),
    VERDICT: (State.RECEIVED, State.UNDER_REVIEW),
    RETURN: (State.RECEIVED, State.UNDER_REVIEW),
    APPROVAL: (State.RECEIVED, State.UNDER_REVIEW),
    WITHDRAWAL: tuple(State),
    NOTICE: (State.RECEIVED, State.UNDER_REVIEW, State.RETURNED),
    SUBMISSION: (State.RETURNED, State.APPROVED, State.EXPIRED, State.WITHDRAWN, State.WITHDRAWN_BY_AGENCY),
}
"""In which states each kind of entry may follow; a withdrawal is of an approval, in whatever state a later pass is."""


class Made(Frozen):
    """An entry of a case: its number, when and by whom it was made, its kind, and what it says."""

    number: int
    time: str
    by: str
    kind: str
    body: Mapping[str, Any]

    @property
    def day(self) -> str:
        """The day that its maker dated it by; `time` is when it was entered."""
        return str(self.body["day"])


class Case(Frozen):
    """A system under review. `made` are its entries in order; the first is the submission of its first pass."""

    system: str
    made: tuple[Made, ...]

    @property
    def last(self) -> Made:
        """The entry made last."""
        return self.made[-1]

    @property
    def passes(self) -> tuple[Made, ...]:
        """The submissions, in order; the first is pass 1."""
        return tuple(each for each in self.made if each.kind == SUBMISSION)

    @property
    def approval(self) -> Made | None:
        """The approval made last, also where a later pass is under review; None where none was, or it was withdrawn."""
        found = [each for each in self.made if each.kind in (APPROVAL, WITHDRAWAL)]
        return found[-1] if found and found[-1].kind == APPROVAL else None

    @property
    def stands(self) -> Made:
        """The entry that the state is read from.

        A withdrawal of an approval leaves the review of a later pass as it is. Where the agency withdrew a later pass,
        an approval that stands is what there is.
        """
        turn = next(each for each in reversed(self.made) if each.kind != WITHDRAWAL)
        return turn if turn.kind not in (APPROVAL, NOTICE) else self.approval or self.last

    @property
    def number(self) -> int:
        """Which pass the state is of: the one that was approved, where it says that; else the last."""
        stands = self.stands
        return self._approved_pass() if stands.kind in (APPROVAL, WITHDRAWAL) else len(self.passes)

    @property
    def approved_pass(self) -> int | None:
        """Which pass the approval that stands is of; None where none stands."""
        return None if self.approval is None else self._approved_pass()

    def _approved_pass(self) -> int:
        last = next(each for each in reversed(self.made) if each.kind == APPROVAL)
        return sum(each.number < last.number for each in self.passes)

    @property
    def letter(self) -> Made | None:
        """The entry that the last letter to the agency went out with; None where none did.

        Withdrawals were entered without one at first, and entries stay as they are.
        """
        return next((each for each in reversed(self.made) if each.kind in LETTERS and "letter" in each.body), None)

    def compared_with(self, number: int) -> int:
        """The pass that a later pass is held against: the last one before it that its agency did not withdraw.

        What was withdrawn is nobody's text any more; where each one was, it is the last of them.
        """
        earlier = range(min(number - 1, len(self.passes)), 0, -1)
        return next((each for each in earlier if not self.of_pass(each, NOTICE)), number - 1)

    def of_pass(self, number: int, *kinds: str) -> tuple[Made, ...]:
        """The entries of some kinds that were made in a pass."""
        begin = self.passes[number - 1].number
        end = self.passes[number].number if number < len(self.passes) else self.last.number + 1
        return tuple(each for each in self.made if begin < each.number < end and each.kind in kinds)

    def state(self, day: datetime.date) -> State:
        """Where the system stands on a day."""
        stands = self.stands
        state = _AFTER[stands.kind]
        until = stands.body.get("until", "") if state is State.APPROVED else ""
        return State.EXPIRED if until and datetime.date.fromisoformat(until) < day else state

    def whose_move(self, day: datetime.date) -> str:
        """Who is to act next: OPM, the agency or nobody."""
        state = self.state(day)
        if state in (State.RECEIVED, State.UNDER_REVIEW):
            return "OPM"
        return "nobody" if state is State.APPROVED else "agency"


def cases(register: Register) -> dict[str, Case]:
    """Every system under review in a register by its name, in the order of their first submission.

    Raises RegisterError for a register of which entries are gone.
    """
    register.refuse_incomplete()
    found: dict[str, list[Made]] = {}
    for stored in register.entries():
        entry = stored.entry
        if entry.kind in KINDS and entry.series == series_of(entry.subject):
            body = register.body(stored)
            if body is not None:
                made = Made(entry.number, entry.time, entry.by, entry.kind, body)
                found.setdefault(entry.subject, []).append(made)
    return {name: Case(name, tuple(made)) for name, made in found.items() if made[0].kind == SUBMISSION}


def case_of(register: Register, system: str) -> Case:
    """The case of a system. Raises RegisterError where it was never submitted."""
    every = cases(register)
    if system not in every:
        told = f"it holds {listed([f'`{each}`' for each in every])}" if every else "it holds none"
        raise RegisterError(f"no system `{system}` was submitted; {did_you_mean(nearest_name(system, every), told)}")
    return every[system]


def series_of(system: str) -> str:
    """The series of a system's entries: two who write into one at once are told of each other."""
    return f"review of {system}"[:200]


def entered(
    register: Register, case: Case, kind: str, body: Mapping[str, Any], who: tuple[str, datetime.date], seen: int = 0
) -> Case:
    """A case with one more entry, made by somebody as of a day.

    `seen` is the number of the last entry that its maker has seen, 0 for all of `case`. Raises RegisterError where
    another was quicker, and where such an entry cannot follow in the state that the case is in.
    """
    by, day = who
    state = case.state(day)
    if state not in _MOVES[kind] or (kind == WITHDRAWAL and case.approval is None):
        raise RegisterError(f"`{case.system}` is {state.value} since {case.stands.day}, so no {kind} can be entered")
    draft = Draft(by, kind, {**body, "day": day.isoformat()}, series_of(case.system), case.system, case.last.number)
    register.add([draft], since=seen or case.last.number)
    return case_of(register, case.system)


# ---- bags in entries ---------------------------------------------------------------------------------


def packed(bag: bytes) -> str:
    """A bag as a text for the body of an entry."""
    return base64.b64encode(zlib.compress(bag, 9)).decode()


def unpacked(made: Made) -> bytes:
    """The bag that a submission holds, byte for byte. Raises RegisterError for one that is not there whole."""
    try:
        unpacking = zlib.decompressobj()
        held = unpacking.decompress(base64.b64decode(made.body["bag"], validate=True), MOST_PACKED + 1)
    except (KeyError, ValueError, TypeError, zlib.error):
        raise RegisterError(f"the bag in entry {made.number} does not open; verify the register") from None
    return held


def status(register: Register, day: datetime.date) -> Iterator[dict[str, str]]:
    """One row a system: its state on a day, whose move it is, since when, the pass, open comments, until when."""
    for case in cases(register).values():
        number = case.number
        approval = case.approval
        yield {
            "system": case.system,
            "state": case.state(day).value,
            "move": case.whose_move(day),
            "since": case.stands.day,
            "by": case.stands.by,
            "pass": str(number),
            "comments": str(len(case.of_pass(number, COMMENT))),
            "approved until": "" if approval is None else approval.body.get("until", "") or "withdrawn",
        }
