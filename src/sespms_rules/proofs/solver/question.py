"""What the solver is asked: something that must not happen to an appraisal, or to two under one plan."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cached_property

from sespms_rules.foundation.values import Frozen, field
from sespms_rules.program.facts import GivenFacts
from sespms_rules.program.ir import Program
from sespms_rules.proofs.solver.encoding import Derived, derived
from sespms_rules.proofs.solver.inputs import Input, Unknowns
from sespms_rules.proofs.solver.logic import Formula


class Side(Frozen):
    """One appraisal of a question: its unknowns, what is known of the executive or the unit, and how it ends."""

    members: tuple[Input, ...]
    derived: Derived
    facts: GivenFacts = field(default=())


class Question(Frozen):
    """What must not happen (`against`) to the appraisals in `sides`; all that is granted is in `granted`."""

    sides: tuple[Side, ...]
    granted: tuple[Formula, ...]
    against: Formula


class Shortcut(Frozen):
    """Questions that need not be asked where none of the `steps` can happen.

    The steps speak of less than a whole appraisal, and of more than there is, so that one of them can happen where
    none of the questions can; then these are asked.
    """

    steps: Callable[[], Iterator[Question]]
    questions: Callable[[], Iterator[Question]]


class Subject:
    """What questions are about: a program, and the unknowns of an appraisal under a plan of one shape.

    The program reads no facts: it is as it is for those of whom `facts` are known.
    """

    def __init__(self, program: Program, asked: Unknowns, facts: GivenFacts = ()) -> None:
        self.program = program
        self.facts = facts
        self.asked = asked

    @cached_property
    def side(self) -> Side:
        """The appraisal with its derivation, written down once whatever is asked of it."""
        return self.side_of(self.asked.members)

    def side_of(self, members: tuple[Input, ...]) -> Side:
        """Another appraisal under the same plan, with its derivation."""
        return Side(members, derived(self.program, members), self.facts)

    def question(self, against: Formula, *sides: Side) -> Question:
        """What must not happen to the appraisal, or to those in `sides`."""
        about = sides or (self.side,)
        granted = (each for side in about for each in side.derived.side)
        return Question(about, (*self.asked.admitted, *granted), against)
