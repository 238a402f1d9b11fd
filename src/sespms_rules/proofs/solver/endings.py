"""ir.Program -> an appraisal that ends in some way, that none can, or that this stays open."""

from __future__ import annotations

from collections.abc import Callable

from sespms_rules.foundation.values import Frozen
from sespms_rules.program.ir import Program
from sespms_rules.program.rating import Appraisal
from sespms_rules.proofs.solver.logic import Formula, NotEncodable, any_of, both, negated
from sespms_rules.proofs.solver.question import Subject
from sespms_rules.proofs.solver.solver_session import Asking, TimeIsUpError, time_limit
from sespms_rules.proofs.solver.subjects import subjects_of


class Open(Frozen):
    """It is not known; `why` is a plain phrase."""

    why: str


class Endings:
    """How the appraisals of a program can end; all questions together may take `seconds`. `why` tells what was open."""

    def __init__(self, program: Program, seconds: int) -> None:
        self.subjects, self.left = subjects_of(program)
        self.asking = Asking(seconds)
        self.seconds = seconds
        self.why = ""

    def at_level(self, level: int) -> Appraisal | Open | None:
        """An appraisal that gets a level; None where none does."""
        return self._one(lambda about: about.side.derived.level(level))

    def not_rated(self) -> Appraisal | Open | None:
        """An appraisal that ends without a rating; None where none does."""
        return self._one(lambda about: about.side.derived.not_rated)

    def refused(self) -> Appraisal | Open | None:
        """An appraisal that the lines of the summary refuse though somebody was rated; None where there is none.

        One that the lines of an element refuse is asked of that element.
        """
        return self._one(_refused_outside)

    def _one(self, ending: Callable[[Subject], Formula]) -> Appraisal | Open | None:
        try:
            for about in self.subjects:
                shown = self.asking.answer(about.question(ending(about)))
                if shown:
                    return shown[0].appraisal
        except NotEncodable as reason:
            return self._open(f"the derivation cannot be put to the solver: {reason}")
        except TimeIsUpError:
            return self._open(time_limit(self.seconds))
        return self._open(f"not looked at: {self.left}") if self.left else None

    def _open(self, why: str) -> Open:
        self.why = why
        return Open(why)


def _refused_outside(about: Subject) -> Formula:
    derived = about.side.derived
    somebody = any_of(member.counts for member in derived.reader.members)
    return both(derived.refused, somebody, negated(any_of(derived.refused_inside)))
