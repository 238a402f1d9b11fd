"""Two programs x one appraisal's unknowns -> can they end differently: what a change of a policy does, asked of all.

Both programs are handed one appraisal of a plan that is allowed under both. What only one of them uses (weights,
additional ratings) is handed to that one alone. Nothing is proved by silence: plans that were not looked at, and a
time limit that was hit, make the verdict undecided.
"""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum
from itertools import chain

from sespms_rules.foundation.values import Frozen
from sespms_rules.program.facts import GivenFacts, TooManyFactsError, fact_classes, own_facts, settled
from sespms_rules.program.ir import Program, Relation
from sespms_rules.proofs.solver.encoding import Derived, derived
from sespms_rules.proofs.solver.inputs import Input, asked_of
from sespms_rules.proofs.solver.joint_shapes import Joint, Joints, joint_shapes
from sespms_rules.proofs.solver.logic import Formula, NotEncodable, any_of, both, either, negated
from sespms_rules.proofs.solver.properties import Question, Side
from sespms_rules.proofs.solver.solver_session import Asking, TimeIsUpError, time_limit
from sespms_rules.proofs.solver.solving import ProofResult, Status
from sespms_rules.proofs.solver.values import compared


class Way(StrEnum):
    """In which way two programs can end differently for one appraisal."""

    OTHERWISE = "otherwise"
    HIGHER = "higher"
    LOWER = "lower"
    ONLY_OLD = "a level under the old alone"
    ONLY_NEW = "a level under the new alone"


def difference(old: Program, new: Program, *, higher: bool | None = None, seconds: int = 20) -> ProofResult:
    """Decide whether an appraisal that is allowed under both ends differently; `higher` asks about one direction alone.

    PROVED: none does. REFUTED: `shown` is the most readable one, as each of them takes it. Raises NotComparableError
    where the two do not rate the same elements.
    """
    ways = {None: Way.OTHERWISE, True: Way.HIGHER, False: Way.LOWER}
    return TwoPrograms(old, new, seconds).differ(ways[higher])


class TwoPrograms:
    """Two programs whose elements correspond; `seconds` is the time limit of each question.

    Raises NotComparableError where the elements do not correspond.
    """

    def __init__(self, old: Program, new: Program, seconds: int = 20) -> None:
        self.old = old
        self.new = new
        self.seconds = seconds
        self.joints: list[JointCase] = []
        self.left = ""
        try:
            for each in fact_classes(old, new):
                self._looked_at(each.given)
        except TooManyFactsError as fault:
            self.left = str(fault)
        self._both: dict[int, Both | None] = {}

    def _looked_at(self, given: GivenFacts) -> None:
        """Take down both programs as they are for those of whom these facts are known."""
        old, new = settled(self.old, given), settled(self.new, given)
        shapes: Joints = joint_shapes(old, new)
        self.left = self.left or shapes.left
        self.joints += (JointCase(old, new, joint, given) for joint in shapes.joints)

    def differ(self, way: Way) -> ProofResult:
        """Decide whether the two can end differently in this way."""
        return self._timed(lambda asking: self._differ(way, asking))

    def _timed(self, decide: Callable[[Asking], ProofResult]) -> ProofResult:
        asking = Asking(self.seconds)
        try:
            verdict = decide(asking)
        except NotEncodable as reason:
            verdict = ProofResult(Status.UNDECIDED, f"the derivations cannot be put to the solver: {reason}")
        except TimeIsUpError:
            verdict = ProofResult(Status.UNDECIDED, time_limit(self.seconds))
        return ProofResult(verdict.status, verdict.why, verdict.shown, verdict.missing, asking.milliseconds)

    def _differ(self, way: Way, asking: Asking) -> ProofResult:
        legal = False
        for place, joint in enumerate(self.joints):
            given = self._given(place, joint, asking)
            if given is None:
                continue
            legal = True
            shown = asking.answer(given.question(way))
            if shown:
                return ProofResult(Status.REFUTED, "an appraisal ends differently", shown)
        if not legal and (self.joints or not self.left):
            return ProofResult(
                Status.UNDECIDED, "no plan is allowed under both systems, so there is no appraisal to compare them by"
            )
        if self.left:
            why = f"no appraisal ends differently in the plans looked at; not looked at: {self.left}"
            return ProofResult(Status.UNDECIDED, why)
        return ProofResult(Status.PROVED, "no appraisal of a plan that is allowed under both ends differently")

    def _given(self, place: int, joint: JointCase, asking: Asking) -> Both | None:
        """Both derivations of plans of one shape, written down once; None where no plan of it is allowed under both."""
        if place not in self._both:
            olds, news = asked_of(joint.shapes.old), asked_of(joint.shapes.new)
            admitted = (*olds.admitted, *news.admitted, *_same_weights(olds.members, news.members))
            legal = asking.model(admitted) is not None
            self._both[place] = self._encoded(joint, olds.members, news.members, admitted) if legal else None
        return self._both[place]

    def _encoded(
        self, joint: JointCase, olds: tuple[Input, ...], news: tuple[Input, ...], admitted: tuple[Formula, ...]
    ) -> Both:
        old = Side(olds, derived(joint.old, olds), own_facts(self.old, joint.facts))
        new = Side(news, derived(joint.new, news), own_facts(self.new, joint.facts))
        return Both(old, new, admitted)


class JointCase(Frozen):
    """Plans of one shape, and both programs as they are for those of whom `facts` are known."""

    old: Program
    new: Program
    shapes: Joint
    facts: GivenFacts


class Both(Frozen):
    """One appraisal's unknowns and how they end under each program."""

    old: Side
    new: Side
    admitted: tuple[Formula, ...]

    def question(self, way: Way) -> Question:
        """What must not happen for the two to be alike in this way."""
        old, new = self.old.derived, self.new.derived
        granted = (*self.admitted, *old.side, *new.side)
        return Question((self.old, self.new), granted, _apart(old, new, way))


def _apart(old: Derived, new: Derived, way: Way) -> Formula:
    match way:
        case Way.HIGHER:
            return _above(new, old)
        case Way.LOWER:
            return _above(old, new)
        case Way.ONLY_OLD:
            return both(old.has_level, negated(new.has_level))
        case Way.ONLY_NEW:
            return both(new.has_level, negated(old.has_level))
    alike = any_of(both(given, new.level(level)) for level, given in old.levels)
    return negated(either(alike, both(old.not_rated, new.not_rated), both(old.refused, new.refused)))


def _above(one: Derived, other: Derived) -> Formula:
    """Both give a level, and the first a higher one."""
    return any_of(
        both(given, any_of(lower for level, lower in other.levels if level < high)) for high, given in one.levels
    )


def _same_weights(olds: tuple[Input, ...], news: tuple[Input, ...]) -> tuple[Formula, ...]:
    """That a member weighs the same in both, where both weigh it.

    Ratings are the same by themselves: a member in the same place is asked about by the same unknowns.
    """
    pairs = list(zip(olds, news, strict=True))
    here = (
        compared(one.weight, Relation.EQUAL, other.weight)
        for one, other in pairs
        if one.weight is not None and other.weight is not None and one.weight != other.weight
    )
    return (*here, *chain.from_iterable(_same_weights(one.inner, other.inner) for one, other in pairs))
