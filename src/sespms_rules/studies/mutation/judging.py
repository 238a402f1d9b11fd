"""System x ir.Program -> what became of each change: noticed, without effect, unnoticed or undecided.

A change is noticed by a scenario that no longer passes, or by a guarantee that was proved and now is refuted. It has
no effect where all appraisals were tried, or the solver proved that none ends otherwise. Everything else goes
unnoticed, with an appraisal that shows it, or is undecided; both count against the scenarios.
"""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum
from functools import cached_property

from sespms_rules.checks.scenarios import run_scenario
from sespms_rules.engines.reference import rate
from sespms_rules.foundation.source import Source
from sespms_rules.foundation.values import Frozen, field, replace
from sespms_rules.language.model import Scenario, System
from sespms_rules.language.syntax.proof import ExpectValue
from sespms_rules.program.facts import GivenFacts
from sespms_rules.program.ir import Program
from sespms_rules.program.rating import Appraisal, Rated
from sespms_rules.proofs.guarantees import Asked, DisagreementError, establish, guarantees_of
from sespms_rules.proofs.solver import NotComparableError, Status, difference, plans_differ, results_differ
from sespms_rules.studies.mutation.changes import Change, Touches
from sespms_rules.studies.mutation.nested_abstraction import seen_from_outside
from sespms_rules.studies.mutation.of_stages import changes_of
from sespms_rules.studies.mutation.trying import Tried, differ

TIME_LIMIT = 10
"""Seconds that one proof about one change may take."""


_IN_VAIN = 3
"""After so many proofs that settled nothing the solver is asked no more about changes of this system."""

_FOR_A_GUARANTEE = 2
"""Seconds for asking whether a change breaks one guarantee: many changes are asked, and most break one at once."""


class Fate(StrEnum):
    """What becomes of a change."""

    NOTICED = "noticed"
    NO_EFFECT = "no effect"
    UNNOTICED = "unnoticed"
    UNDECIDED = "undecided"


class Judged(Frozen):
    """A change and its fate: `why` names the scenario or guarantee that notices it, or says how it was decided.

    `places` are the tried appraisals that show an effect, by readability; `shown` one that the solver found.
    """

    change: Change
    fate: Fate
    why: str
    places: tuple[int, ...] = field(default=(), compare=False)
    shown: Appraisal | None = field(default=None, compare=False)


class Trial:
    """One system, its scenarios and guarantees, and the appraisals that its changes are tried on.

    Only lines of `source` are changed: those taken over from another policy are tried where they stand.
    """

    def __init__(self, system: System, program: Program, source: Source, seconds: int = TIME_LIMIT) -> None:
        self.system = system
        self.program = program
        self.source = source
        self.seconds = seconds
        self.in_vain: list[str] = []
        self.scenarios = tuple(
            each for each in system.scenarios if each.amendment is None and run_scenario(each, program).passed
        )
        self.values = tuple(dict.fromkeys((*program.summary.reported, *_expected(self.scenarios))))

    @cached_property
    def tried(self) -> Tried:
        """The appraisals and how the program rates them."""
        return Tried(self.program, self.values)

    @cached_property
    def guarantees(self) -> tuple[Asked, ...]:
        """What the policy guarantees of ratings, and what is proved of it.

        Nothing where elements are derived from requirements: to prove that anew for each change takes too long.
        """
        if any(member.stage is not None for member in self.program.summary.members):
            return ()
        found = establish(self.system, self.program, guarantees_of(self.system), seconds=self.seconds)
        return tuple(each.asked for each in found if each.status is Status.PROVED and not each.inspected)

    def changes(self) -> Iterator[Change]:
        """The changes of this system's lines in the source that make another program."""
        if not any(True for _ in self.listed()):
            return  # before any appraisal is made
        yield from filter(self._own, changes_of(self.system, self.program, self.tried.score_step()))

    def listed(self) -> Iterator[Change]:
        """The changes as far as they are known before any appraisal is made."""
        return filter(self._own, changes_of(self.system, self.program))

    def _own(self, change: Change) -> bool:
        return change.origin.span.source is self.source and change.program != self.program

    # ---- one change ------------------------------------------------------------------------------

    def noticed_by_scenario(self, change: Change) -> Judged | None:
        """The first scenario that a change makes fail, if there is one."""
        for scenario in self.scenarios:
            if not run_scenario(scenario, change.program).passed:
                return Judged(change, Fate.NOTICED, f"scenario `{scenario.name}`")
        return None

    def judge(self, change: Change) -> Judged:
        """Judge a change that no scenario notices.

        Where the solver and the reference engine disagree about one change, that one is undecided and says so.
        """
        try:
            return self._judge(change)
        except DisagreementError as fault:
            return Judged(change, Fate.UNDECIDED, f"{fault}; please report it with the policy")

    def _judge(self, change: Change) -> Judged:
        effect = self._effect(change)
        if effect.fate is not Fate.UNNOTICED:
            return effect
        broken = self._broken(change)
        return effect if broken is None else Judged(change, Fate.NOTICED, f"guarantee `{broken.words}`")

    def _effect(self, change: Change) -> Judged:
        """Whether a change has an effect, as if nothing noticed it."""
        differing = self.tried.differing(change.program)
        if differing.places:
            return Judged(change, Fate.UNNOTICED, "an appraisal that was tried ends otherwise", differing.places)
        if differing.complete:
            count = len(self.tried.appraisals.made)
            return Judged(change, Fate.NO_EFFECT, f"all {count:,} different appraisals were tried")
        outside = seen_from_outside(self.program, change.program) if change.touches is not Touches.PLANS else None
        if (
            outside is not None
            and not Tried(outside.old, self.values, outside.appraisals).differing(outside.new).places
        ):
            return Judged(change, Fate.NO_EFFECT, "all scores and levels that requirements can give were tried")
        if len(self.in_vain) >= _IN_VAIN:
            reasons = "; ".join(dict.fromkeys(self.in_vain))
            why = f"the solver was not asked, for it settled none of {_IN_VAIN} other changes: {reasons}"
            return Judged(change, Fate.UNDECIDED, why)
        try:
            found = self._proved(change)
        except NotComparableError as reason:
            return Judged(change, Fate.UNDECIDED, str(reason))
        if found.fate is Fate.UNDECIDED:
            self.in_vain.append(found.why)
        return found

    def _proved(self, change: Change) -> Judged:
        old, new = self.program, change.program
        if change.touches is Touches.PLANS:
            plans = plans_differ(old, new, seconds=self.seconds)
            plan = plans.only_old or plans.only_new
            return self._by(change, plans.status, plans.why, None if plan is None else self._rated(plan, plans.facts))
        if change.touches is Touches.LEVELS:
            verdict = difference(old, new, seconds=self.seconds)
        else:
            verdict = results_differ(old, new, self.values, seconds=self.seconds)
        shown = verdict.shown[0].appraisal if verdict.shown else None
        return self._by(change, verdict.status, verdict.why, shown)

    def _by(self, change: Change, status: Status, why: str, shown: Appraisal | None) -> Judged:
        """What a proof says. Raises DisagreementError where the reference engine sees nothing of what it shows."""
        if status is Status.REFUTED and shown is not None:
            old, new = (rate(each, shown, trace=False) for each in (self.program, change.program))
            if not differ(old, new, self.values):
                raise DisagreementError(
                    f"the solver says that an appraisal shows `{change.says}`, and the reference engine sees no"
                    " difference in it; neither can be trusted here"
                )
        fates = {Status.PROVED: Fate.NO_EFFECT, Status.REFUTED: Fate.UNNOTICED}
        return Judged(change, fates.get(status, Fate.UNDECIDED), why, (), shown)

    def _rated(self, plan: tuple[Rated, ...], facts: GivenFacts) -> Appraisal:
        """A plan with ratings, those of the most readable appraisal that was tried."""
        usual = {each.name: each for each in self.tried.appraisals.made[0].elements}
        first = self.tried.appraisals.made[0].elements[0]
        elements = tuple(_like(each, usual.get(each.name, first)) for each in plan)
        return Appraisal("suggested", elements, facts=facts)

    def _broken(self, change: Change) -> Asked | None:
        """The first guarantee that was proved and that a change breaks."""
        for asked in self.guarantees:
            limit = min(self.seconds, _FOR_A_GUARANTEE)
            (found,) = establish(self.system, change.program, (asked,), seconds=limit)
            if found.status is Status.REFUTED:
                return asked
        return None


def _like(one: Rated, usual: Rated) -> Rated:
    """A member of a plan, rated as usual."""
    if not one.requirements:
        return replace(one, rating=usual.rating, further=usual.further)
    first = usual.requirements[0]
    return replace(one, requirements=tuple(_like(each, first) for each in one.requirements), further=usual.further)


def _expected(scenarios: tuple[Scenario, ...]) -> Iterator[str]:
    """The names of the values that scenarios expect."""
    for scenario in scenarios:
        for stated in scenario.sentences:
            if isinstance(stated.sentence, ExpectValue):
                yield stated.sentence.name.text
