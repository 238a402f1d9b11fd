"""ir.Program x property -> Verdict: proved for all plans and ratings, refuted by an appraisal, or undecided and why.

Nothing is proved by silence: where plans of some shapes are not looked at, where no plan at all is legal, or where
the solver gives up, the verdict is undecided and says so.
"""

from __future__ import annotations

from enum import StrEnum
from time import monotonic_ns

import z3

from sespms_rules.frozen import Frozen, field
from sespms_rules.ir import Program
from sespms_rules.prove.inputs import Asked, asked_of
from sespms_rules.prove.logic import NotEncodable
from sespms_rules.prove.properties import Property, Question, Reached, questions, reaching
from sespms_rules.prove.shapes import shapes_of
from sespms_rules.prove.witness import Search, Shown, readable

_NARROWING = 500
"""Milliseconds for each attempt to make a counterexample more readable."""


class Status(StrEnum):
    """How a proof ended."""

    PROVED = "proved"
    REFUTED = "refuted"
    UNDECIDED = "undecided"


class Verdict(Frozen):
    """What became of a property: `shown` are the appraisals that refute it, or that reach the levels asked for.

    `missing` are levels that nothing reaches; `why` is a plain sentence; `milliseconds` the time it took.
    """

    status: Status
    why: str
    shown: tuple[Shown, ...] = field(default=())
    missing: tuple[int, ...] = field(default=())
    milliseconds: int = field(default=0, compare=False)


class _TimeIsUpError(Exception):
    """The time limit was hit."""


class Prover:
    """Asks the solver about one program; `seconds` is the time limit of each property."""

    def __init__(self, program: Program, seconds: int = 20) -> None:
        self.program = program
        self.seconds = seconds
        self._shapes = shapes_of(program)
        self._asked = tuple(asked_of(shape) for shape in self._shapes.shapes)
        self._ends = 0

    def prove(self, wanted: Property) -> Verdict:
        """Decide one property."""
        began = monotonic_ns()
        self._ends = began + self.seconds * 10**9
        try:
            verdict = self._reached(wanted) if isinstance(wanted, Reached) else self._never(wanted)
        except NotEncodable as reason:
            verdict = Verdict(Status.UNDECIDED, f"the derivation cannot be put to the solver: {reason}")
        except _TimeIsUpError:
            verdict = Verdict(
                Status.UNDECIDED, f"the time limit of {self.seconds} second{'' if self.seconds == 1 else 's'} was hit"
            )
        taken = (monotonic_ns() - began) // 10**6
        return Verdict(verdict.status, verdict.why, verdict.shown, verdict.missing, taken)

    # ---- the two kinds of question ---------------------------------------------------------------

    def _never(self, wanted: Property) -> Verdict:
        """Something that must not happen, in plans of any shape."""
        legal = False
        for asked in self._asked:
            if not self._has_plan(asked):
                continue
            legal = True
            for question in questions(self.program, asked, wanted):
                shown = self._answer(question)
                if shown:
                    return Verdict(Status.REFUTED, "an appraisal breaks it", shown)
        if not legal:
            return Verdict(
                Status.UNDECIDED, "no plan keeps the limits of the policy, so there is no appraisal to speak of"
            )
        if self._shapes.left:
            return Verdict(
                Status.UNDECIDED, f"nothing breaks it in the plans looked at; not looked at: {self._shapes.left}"
            )
        return Verdict(Status.PROVED, "it holds for every legal plan and every rating")

    def _reached(self, wanted: Reached) -> Verdict:
        """Something that must happen: an appraisal for each level, in plans of some shape."""
        shown: list[Shown] = []
        missing: list[int] = []
        for level in wanted.levels:
            found = next(
                (found for asked in self._asked if (found := self._answer(reaching(self.program, asked, level)))), ()
            )
            shown += found
            missing += [] if found else [level]
        if not missing:
            return Verdict(Status.PROVED, "an appraisal was found for each level", tuple(shown))
        told = ", ".join(map(str, missing))
        if self._shapes.left:
            why = f"no appraisal was found for level {told}; not looked at: {self._shapes.left}"
            return Verdict(Status.UNDECIDED, why, tuple(shown), tuple(missing))
        return Verdict(Status.REFUTED, f"no appraisal gets level {told}", tuple(shown), tuple(missing))

    # ---- the solver ------------------------------------------------------------------------------

    def _solver(self) -> z3.Solver:
        solver = z3.Solver()
        left = (self._ends - monotonic_ns()) // 10**6
        if left <= 0:
            raise _TimeIsUpError
        solver.set("timeout", left)
        return solver

    def _has_plan(self, asked: Asked) -> bool:
        solver = self._solver()
        solver.add(*asked.admitted)
        return bool(self._checked(solver) == z3.sat)

    def _answer(self, question: Question) -> tuple[Shown, ...]:
        """The most readable appraisals for which it happens; none where it cannot."""
        if question.against is False:
            return ()
        solver = self._solver()
        solver.add(*question.granted, question.against)
        if self._checked(solver) == z3.unsat:
            return ()
        solver.set("timeout", _NARROWING)  # an appraisal that is less readable is one all the same
        search = Search(solver)
        search.model = solver.model()
        return readable(search, question)

    def _checked(self, solver: z3.Solver) -> z3.CheckSatResult:
        result = solver.check()
        if result == z3.unknown:
            if (
                monotonic_ns() >= self._ends
                or "timeout" in solver.reason_unknown()
                or "cancel" in solver.reason_unknown()
            ):
                raise _TimeIsUpError
            raise NotEncodable(f"the solver gave up ({solver.reason_unknown()})")
        return result
