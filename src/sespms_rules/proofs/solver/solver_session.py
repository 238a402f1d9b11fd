"""Questions to the solver within bounds of work and memory: nothing answers one, or the most readable appraisals do.

Work is counted in the solver's own unit, never in time: the same is settled on a busy machine and on a quiet one.
"""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from time import monotonic_ns

import z3

from sespms_rules.foundation.values import Frozen
from sespms_rules.proofs.solver.logic import Formula, NotEncodable
from sespms_rules.proofs.solver.question import Question
from sespms_rules.proofs.solver.smtlib import question_text
from sespms_rules.proofs.solver.witness import Search, Shown, readable, shown_by, work_counted

_NARROWING = 750_000
"""How much each attempt to make what is shown more readable may cost: about half a second.

Not a time, so that the same appraisal is shown on a busy machine.
"""

_SHARE = 8
"""A question that only spares others may take this part of the work."""

MEGABYTES = 1_000
"""The memory that the solver may take; what needs more is undecided."""


class TimeIsUpError(Exception):
    """The limit of work was hit."""


class AskedFor(StrEnum):
    """What a question to the solver is for, in words."""

    ALLOWED = "whether any plan keeps the limits"
    BREAKS = "whether an appraisal breaks it"
    SPARES = "whether it can be broken in a part; if it cannot, no whole appraisal is asked about"
    REACHES = "whether an appraisal gets the level"


class Exchange(Frozen):
    """What the solver was asked, as SMT-LIB 2, and what it answered: `sat`, `unsat` or `unknown`.

    `text` is empty where the question is too long to be written down.
    """

    purpose: AskedFor
    text: str
    answer: str


class Work:
    """What questions may cost together, in the solver's own unit; `left` is what remains.

    Not a time, so that the same is settled on a busy machine. `ABOUT_A_SECOND` takes about one on a quiet one.
    """

    ABOUT_A_SECOND = 3_000_000

    def __init__(self, left: int = ABOUT_A_SECOND) -> None:
        self.left = left

    def check(self, solver: z3.Solver, most: int) -> z3.CheckSatResult:
        """Let a solver answer for at most so much work, and count what it cost."""
        before = _counted()
        solver.set("rlimit", most)
        result = solver.check()
        self.left -= work_counted(solver) - before
        return result


def _counted() -> int:
    """Where the solver's count stands: it counts on from one question to the next, whoever asks."""
    first = z3.Solver()
    first.check()
    return work_counted(first)


class Asking:
    """Asks the solver; all questions together may cost `seconds` of work, and no more than half of what `work` has.

    Half, so that one hard guarantee leaves something for those behind it.
    """

    def __init__(self, seconds: int, work: Work | None = None, *, keeps: bool = False) -> None:
        self.seconds = seconds
        self.exchanges: list[Exchange] | None = [] if keeps else None
        self.work = Work(seconds * Work.ABOUT_A_SECOND) if work is None else work
        self._kept = 0 if work is None else work.left // 2
        self._began = monotonic_ns()

    @property
    def milliseconds(self) -> int:
        """How long it has taken so far; nothing is decided by it."""
        return (monotonic_ns() - self._began) // 10**6

    def model(self, granted: Sequence[Formula], purpose: AskedFor = AskedFor.ALLOWED, share: int = 1) -> Search | None:
        """Something that keeps all that is granted, to be narrowed further; None where nothing does.

        `share` is the part of the work that it may take, where it may not take all that is left.

        Raises TimeIsUpError, and NotEncodable where the solver gives up for another reason.
        """
        if self.exchanges is None:
            return self._model(granted, share)
        answer = "unknown"
        try:
            found = self._model(granted, share)
            answer = "unsat" if found is None else "sat"
        finally:
            self.exchanges.append(Exchange(purpose, _text(granted), answer))
        return found

    def _model(self, granted: Sequence[Formula], share: int) -> Search | None:
        if any(each is False for each in granted):
            return None
        allowed = min(self.work.left - self._kept, self.seconds * Work.ABOUT_A_SECOND // share)
        if allowed <= 0:
            raise TimeIsUpError
        solver = z3.Solver()
        solver.set("max_memory", MEGABYTES)
        solver.set("ctrl_c", False)  # it would end this question alone, and the report would go on as if nothing was
        solver.add(*(each for each in granted if each is not True))
        result = self.work.check(solver, allowed)
        if result == z3.unknown:
            reason = solver.reason_unknown()
            if "memory" in reason:
                raise NotEncodable(f"the solver would need more than the {MEGABYTES:,} megabytes that it may take")
            if "resource" in reason or "cancel" in reason:
                raise TimeIsUpError
            raise NotEncodable(f"the solver gave up ({reason})")
        if result == z3.unsat:
            return None
        solver.set("rlimit", _NARROWING)  # what is less readable is an answer all the same
        search = Search(solver)
        search.model = solver.model()
        return search

    def answer(self, question: Question) -> tuple[Shown, ...]:
        """The most readable appraisals for which it happens; none where it cannot."""
        search = self.model((*question.granted, question.against), AskedFor.BREAKS)
        return () if search is None else readable(search, question)

    def any_answer(self, question: Question) -> tuple[Shown, ...]:
        """Some appraisal for which it happens, as the solver finds it: soon, and not made readable."""
        search = self.model((*question.granted, question.against), AskedFor.REACHES)
        return () if search is None else (shown_by(search, question.sides[0]),)

    def never(self, question: Question) -> bool:
        """Whether it cannot happen, told soon: where the solver would take long, it counts as open.

        Raises NotEncodable where the solver gives up.
        """
        try:
            return self.model((*question.granted, question.against), AskedFor.SPARES, _SHARE) is None
        except TimeIsUpError:
            return False


def _text(granted: Sequence[Formula]) -> str:
    try:
        return question_text(granted)
    except NotEncodable:
        return ""


def time_limit(seconds: int, work: Work | None = None) -> str:
    """That the limit of work was hit, in words."""
    if work is not None:
        return "it is not settled within the work that `check` does for all guarantees, about a second of the solver's"
    return f"the work limit of {seconds} second{'' if seconds == 1 else 's'} was hit"
