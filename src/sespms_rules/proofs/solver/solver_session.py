"""Questions to the solver under one time limit: no appraisal answers it, or the most readable ones that do."""

from __future__ import annotations

from collections.abc import Sequence
from time import monotonic_ns

import z3

from sespms_rules.proofs.solver.logic import Formula, NotEncodable
from sespms_rules.proofs.solver.question import Question
from sespms_rules.proofs.solver.witness import Search, Shown, readable, shown_by

_NARROWING = 750_000
"""How much each attempt to make what is shown more readable may cost, in the solver's own unit: about half a second.

Not a time, so that the same appraisal is shown on a busy machine.
"""

_SHARE = 8
"""A question that only spares others may take this part of the time."""


class TimeIsUpError(Exception):
    """The time limit was hit."""


class Work:
    """What all questions about a system may cost together, in the solver's own unit; `left` is what remains.

    Not a time, so that the same is settled on a busy machine. `ABOUT_A_SECOND` takes about one on a quiet one.
    """

    ABOUT_A_SECOND = 3_000_000

    def __init__(self, left: int = ABOUT_A_SECOND) -> None:
        self.left = left
        self._counted: int | None = None

    def spend(self, solver: z3.Solver) -> None:
        """Count what a solver has just cost; the solver itself counts on from one question to the next."""
        counted = _count(solver)
        if self._counted is not None:
            self.left -= counted - self._counted
        self._counted = counted

    def begin(self) -> None:
        """Learn where the solver's count stands before the first question."""
        if self._counted is None:
            first = z3.Solver()
            first.check()
            self._counted = _count(first)


def _count(solver: z3.Solver) -> int:
    statistics = solver.statistics()
    return int(statistics.get_key_value("rlimit count")) if "rlimit count" in statistics.keys() else 0  # noqa: SIM118 - no mapping


class Asking:
    """Asks the solver; all questions together may take `seconds`, and no more than half of what is left of `work`.

    Half, so that one hard guarantee leaves something for those behind it.
    """

    def __init__(self, seconds: int, work: Work | None = None) -> None:
        self.seconds = seconds
        self.work = work
        self._kept = 0 if work is None else work.left // 2
        self._began = monotonic_ns()

    @property
    def milliseconds(self) -> int:
        """How long it has taken so far."""
        return (monotonic_ns() - self._began) // 10**6

    def model(self, granted: Sequence[Formula], most: int | None = None) -> Search | None:
        """Something that keeps all that is granted, to be narrowed further; None where nothing does.

        `most` are the milliseconds it may take, where it may not take all that are left.

        Raises TimeIsUpError, and NotEncodable where the solver gives up for another reason.
        """
        if any(each is False for each in granted):
            return None
        solver = z3.Solver()
        left = self.seconds * 1000 - self.milliseconds
        if left <= 0:
            raise TimeIsUpError
        left = left if most is None else min(left, most)
        solver.set("timeout", left)
        solver.set("ctrl_c", False)  # it would end this question alone, and the report would go on as if nothing was
        solver.add(*(each for each in granted if each is not True))
        result = self._checked(solver)
        if result == z3.unknown:
            reason = solver.reason_unknown()
            if "timeout" in reason or "cancel" in reason:
                raise TimeIsUpError
            raise NotEncodable(f"the solver gave up ({reason})")
        if result == z3.unsat:
            return None
        solver.set("rlimit", _NARROWING)  # what is less readable is an answer all the same
        search = Search(solver)
        search.model = solver.model()
        return search

    def _checked(self, solver: z3.Solver) -> z3.CheckSatResult:
        if self.work is None:
            return solver.check()
        self.work.begin()
        allowed = self.work.left - self._kept
        if allowed <= 0:
            raise TimeIsUpError
        solver.set("rlimit", allowed)
        result = solver.check()
        self.work.spend(solver)
        return result

    def answer(self, question: Question) -> tuple[Shown, ...]:
        """The most readable appraisals for which it happens; none where it cannot."""
        if question.against is False:
            return ()
        search = self.model((*question.granted, question.against))
        return () if search is None else readable(search, question)

    def any_answer(self, question: Question) -> tuple[Shown, ...]:
        """Some appraisal for which it happens, as the solver finds it: soon, and not made readable."""
        search = None if question.against is False else self.model((*question.granted, question.against))
        return () if search is None else (shown_by(search, question.sides[0]),)

    def never(self, question: Question) -> bool:
        """Whether it cannot happen, told soon: where the solver would take long, it counts as open.

        Raises NotEncodable where the solver gives up.
        """
        if question.against is False:
            return True
        try:
            return self.model((*question.granted, question.against), self.seconds * 1000 // _SHARE) is None
        except TimeIsUpError:
            return False


def time_limit(seconds: int, work: Work | None = None) -> str:
    """That the limit of time or of work was hit, in words."""
    if work is not None:
        return "it is not settled within the work that `check` does for all guarantees, about a second of the solver's"
    return f"the time limit of {seconds} second{'' if seconds == 1 else 's'} was hit"
