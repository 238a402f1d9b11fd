"""ir.Program x property -> ProofResult: proved for all plans and ratings, refuted by an appraisal, or undecided.

Nothing is proved by silence: where plans of some shapes are not looked at, where no plan at all is allowed, or where
the solver gives up, the verdict is undecided and says so.
"""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum

from sespms_rules.foundation.values import Frozen, field, replace
from sespms_rules.program.ir import Program
from sespms_rules.proofs.solver.logic import NotEncodable
from sespms_rules.proofs.solver.properties import Property, Reached, questions, reaching
from sespms_rules.proofs.solver.question import Question, Shortcut, Subject
from sespms_rules.proofs.solver.solver_session import Asking, Exchange, TimeIsUpError, Work, time_limit
from sespms_rules.proofs.solver.subjects import subjects_of
from sespms_rules.proofs.solver.witness import Shown


class Status(StrEnum):
    """How a proof ended."""

    PROVED = "proved"
    REFUTED = "refuted"
    UNDECIDED = "undecided"


class ProofResult(Frozen):
    """What became of a property: `shown` are the appraisals that refute it, or that reach the levels asked for.

    `missing` are levels that nothing reaches; `why` is a plain sentence; `milliseconds` the time it took. `exchanges`
    are the questions it rests on with their answers, where they are kept.
    """

    status: Status
    why: str
    shown: tuple[Shown, ...] = field(default=())
    missing: tuple[int, ...] = field(default=())
    milliseconds: int = field(default=0, compare=False)
    exchanges: tuple[Exchange, ...] = field(default=(), compare=False)


class Prover:
    """Asks the solver about one program; `seconds` is the time limit of each property, `work` what all may cost.

    `keeps` says whether what it asks is kept, as text for other solvers.
    """

    def __init__(self, program: Program, seconds: int = 20, work: Work | None = None, *, keeps: bool = False) -> None:
        self.program = program
        self.keeps = keeps
        self.seconds = seconds
        self.work = work
        self._subjects, self._left = subjects_of(program)
        self._legal: dict[int, tuple[bool, tuple[Exchange, ...]]] = {}

    def prove(self, wanted: Property) -> ProofResult:
        """Decide one property."""
        asking = Asking(self.seconds, self.work, keeps=self.keeps)
        try:
            verdict = self._reached(wanted, asking) if isinstance(wanted, Reached) else self._never(wanted, asking)
        except NotEncodable as reason:
            verdict = ProofResult(Status.UNDECIDED, f"the derivation cannot be put to the solver: {reason}")
        except TimeIsUpError:
            verdict = ProofResult(Status.UNDECIDED, time_limit(self.seconds, self.work))
        return replace(verdict, milliseconds=asking.milliseconds, exchanges=tuple(asking.exchanges or ()))

    # ---- the two kinds of question ---------------------------------------------------------------

    def _never(self, wanted: Property, asking: Asking) -> ProofResult:
        """Something that must not happen, in plans of any shape."""
        legal = False
        for about in self._with_plans(asking):
            legal = True
            for question in questions(about, wanted):
                shown = _shown(question, asking)
                if shown:
                    return ProofResult(Status.REFUTED, "an appraisal breaks it", shown)
        if not legal and (self._subjects or not self._left):
            return ProofResult(
                Status.UNDECIDED, "no plan keeps the limits of the policy, so there is no appraisal to speak of"
            )
        if self._left:
            return ProofResult(
                Status.UNDECIDED, f"nothing breaks it in the plans looked at; not looked at: {self._left}"
            )
        return ProofResult(Status.PROVED, "it holds for every plan the policy allows and every rating")

    def _reached(self, wanted: Reached, asking: Asking) -> ProofResult:
        """Something that must happen: an appraisal for each level, in plans of some shape."""
        shown: list[Shown] = []
        missing: list[int] = []
        for level in wanted.levels:
            found = next((one for about in self._subjects if (one := asking.any_answer(reaching(about, level)))), ())
            shown += found
            missing += [] if found else [level]
        if not missing:
            return ProofResult(Status.PROVED, "an appraisal was found for each level", tuple(shown))
        told = ", ".join(map(str, missing))
        if self._left:
            why = f"no appraisal was found for level {told}; not looked at: {self._left}"
            return ProofResult(Status.UNDECIDED, why, tuple(shown), tuple(missing))
        return ProofResult(Status.REFUTED, f"no appraisal gets level {told}", tuple(shown), tuple(missing))

    def _with_plans(self, asking: Asking) -> Iterator[Subject]:
        """The shapes of which some plan is allowed; each is looked at once, whatever is proved."""
        for place, about in enumerate(self._subjects):
            if place in self._legal:
                if asking.exchanges is not None:
                    asking.exchanges += self._legal[place][1]
            else:
                legal = asking.model(about.asked.admitted) is not None
                self._legal[place] = legal, tuple((asking.exchanges or ())[-1:])
            if self._legal[place][0]:
                yield about


def _shown(question: Question | Shortcut, asking: Asking) -> tuple[Shown, ...]:
    """Appraisals for which it happens; where none of a shortcut's steps can happen, its questions are not asked."""
    if isinstance(question, Question):
        return asking.answer(question)
    if _spared(question, asking):
        return ()
    return next((shown for each in question.questions() if (shown := asking.answer(each))), ())


def _spared(shortcut: Shortcut, asking: Asking) -> bool:
    try:
        return all(asking.never(each) for each in shortcut.steps())
    except NotEncodable:
        return False
