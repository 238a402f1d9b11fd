"""Two systems -> Comparison: by behaviour, not by text.

The solver decides whether any appraisal can end differently, and which way; where the appraisals can be counted, every
one of them is, and the two must agree.
"""

from __future__ import annotations

from time import monotonic_ns

from sespms_rules.foundation.values import Frozen, replace
from sespms_rules.pipeline import computed
from sespms_rules.program.ir import Program
from sespms_rules.program.plans import covered
from sespms_rules.program.wording import said_of
from sespms_rules.proofs.guarantees import DisagreementError
from sespms_rules.proofs.solver import (
    NotComparableError,
    ProofResult,
    Status,
    TwoPrograms,
    Way,
    plans_differ,
)
from sespms_rules.studies.comparison.causes import attribute, changed_terms, computes, levelless
from sespms_rules.studies.comparison.counting import Counting, NotTalliedError, same_plans
from sespms_rules.studies.comparison.mapping import Mapping, renamed
from sespms_rules.studies.comparison.ratings import ratings_of_both
from sespms_rules.studies.comparison.reported import reported_values
from sespms_rules.studies.comparison.result import (
    Comparison,
    Counted,
    Judgement,
    Moves,
    Plans,
    PlansJudgement,
    Subject,
    Transition,
    Witness,
)
from sespms_rules.studies.comparison.witnesses import met_in_counting, shown_by_solver

TIME_LIMIT = 20
"""Seconds that one question to the solver may take where nothing else is said."""

MOST_IF_COUNTED = 5
"""Seconds for one question where every appraisal has been counted, so that nothing hangs on the solver alone."""

_DIRECTIONS = {Way.HIGHER: "higher", Way.LOWER: "lower", Way.ONLY_OLD: "only old", Way.ONLY_NEW: "only new"}


_SAME = ProofResult(Status.PROVED, "both compute the very same thing")


class _Found(Frozen):
    """Whether each thing happens: None where that is undecided."""

    higher: bool | None
    lower: bool | None
    only_old: bool | None
    only_new: bool | None

    @property
    def all(self) -> tuple[bool | None, ...]:
        return self.higher, self.lower, self.only_old, self.only_new


def compare(old: Subject, new: Subject, mapping: Mapping = (), seconds: int = TIME_LIMIT) -> Comparison:
    """Compare two systems that can be run.

    `mapping` says which element of the new system stands for which of the old. Raises NotComparableError where they
    do not rate the same elements, BadMappingError for a mapping that is not one to one, and DisagreementError where
    the solver, the count and the reference engine do not agree.
    """
    began = monotonic_ns()
    named_alike = renamed(old.system, new.system, mapping)
    program = new.program if named_alike is new.system else _lowered(replace(new, system=named_alike))
    counting = Counting()
    no_level = levelless(old, new)
    whole, not_counted = (None, no_level) if no_level else _counted(counting, old.program, program)
    # What can be compared at all is told even where nothing is left to ask the solver.
    both = TwoPrograms(old.program, program, seconds if whole is None else min(seconds, MOST_IF_COUNTED))
    identical = computes(old.program) == computes(program)
    known = ProofResult(Status.UNDECIDED, no_level) if no_level else _SAME if identical else None
    verdicts = {way: known or both.differ(way) for way in _DIRECTIONS}
    found = _agreed(verdicts, whole)
    witnesses = [
        witness for way, verdict in verdicts.items() if (witness := _witness(way, verdict, old, new, whole, mapping))
    ]
    return Comparison(
        old,
        new,
        mapping,
        _judgement(found),
        no_level or _why(found, verdicts),
        all(each.status is not Status.UNDECIDED for each in verdicts.values()),
        identical and not no_level,
        whole,
        not_counted,
        _plans(old.program, program, whole, seconds),
        ratings_of_both(old.program, program, None if whole is None else whole.domain.appraisals),
        tuple(witnesses),
        attribute(old, replace(new, program=program), named_alike, counting, whole, seconds),
        changed_terms(old.program, program),
        reported_values(old, new, program, mapping, seconds),
        (monotonic_ns() - began) // 10**6,
    )


def _lowered(subject: Subject) -> Program:
    program, findings = computed(subject.system)
    if program is None:
        raise NotComparableError(
            f"the new system cannot be read with its elements under other names: {findings[0].message}",
            "map whole elements only, each to the one that stands for it",
        )
    return program


def _counted(counting: Counting, old: Program, new: Program) -> tuple[Counted | None, str]:
    try:
        return counting.counted(old, new), ""
    except NotTalliedError as reason:
        return None, str(reason)


# ---- the verdict -----------------------------------------------------------------------------------


def _agreed(verdicts: dict[Way, ProofResult], whole: Counted | None) -> _Found:
    """What happens, by the solver and by the count. Raises DisagreementError where they differ."""
    solved = {way: {Status.PROVED: False, Status.REFUTED: True}.get(each.status) for way, each in verdicts.items()}
    if whole is None:
        return _Found(*solved.values())
    if whole.domain.appraisals == 0:
        return _Found(None, None, None, None)
    moves: Moves = whole.moves
    counts = dict(zip(_DIRECTIONS, (moves.up, moves.down, moves.only_old, moves.only_new), strict=True))
    for way, happens in solved.items():
        if happens is not None and happens is not (counts[way] > 0):
            raise DisagreementError(
                f"the solver and the count do not agree whether any appraisal gets {_said(way)}; neither can be trusted"
            )
    return _Found(*(counts[way] > 0 for way in _DIRECTIONS))


def _said(way: Way) -> str:
    return f"a {way.value} level" if way in (Way.HIGHER, Way.LOWER) else way.value


def _judgement(found: _Found) -> Judgement:
    if found.only_old or found.only_new or (found.higher and found.lower):
        return Judgement.INCOMPARABLE
    if any(each is None for each in found.all):
        return Judgement.UNDECIDED
    if found.higher:
        return Judgement.LOOSER
    return Judgement.STRICTER if found.lower else Judgement.SAME


def _why(found: _Found, verdicts: dict[Way, ProofResult]) -> str:
    """Why something is undecided, if anything is."""
    for way, happens in zip(verdicts, found.all, strict=True):
        if happens is None:
            return f"whether any appraisal gets {_said(way)} is undecided: {verdicts[way].why}"
    return ""


def _witness(
    way: Way, verdict: ProofResult, old: Subject, new: Subject, whole: Counted | None, mapping: Mapping
) -> Witness | None:
    """The appraisal nearest to what is usual, by the solver; where it gave up, any one that was counted."""
    direction = _DIRECTIONS[way]
    if verdict.status is Status.REFUTED:
        return shown_by_solver(direction, old, new, verdict.shown, mapping)
    if verdict.status is Status.PROVED or whole is None:
        return None
    fitting = [each for each in whole.transitions if _goes(each, way)]
    return met_in_counting(direction, old, new, max(fitting, key=lambda each: each.count), mapping) if fitting else None


def _goes(transition: Transition, way: Way) -> bool:
    rated = transition.before > 0, transition.after > 0
    match way:
        case Way.ONLY_OLD:
            return rated == (True, False)
        case Way.ONLY_NEW:
            return rated == (False, True)
        case Way.HIGHER:
            return rated == (True, True) and transition.after > transition.before
    return rated == (True, True) and transition.after < transition.before


# ---- plans -----------------------------------------------------------------------------------------


def _plans(old: Program, new: Program, whole: Counted | None, seconds: int) -> Plans:
    shared = None if whole is None else whole.domain.plans
    if same_plans(old, new):
        count = covered(old).plans if shared is None else shared
        return Plans(PlansJudgement.SAME, "both say the same of plans", count, count, count)
    counts = (covered(old).plans, covered(new).plans, shared)
    verdict = plans_differ(old, new, seconds=seconds)
    if verdict.status is Status.UNDECIDED:
        judgement = PlansJudgement.UNDECIDED
    elif verdict.only_old is not None and verdict.only_new is not None:
        judgement = PlansJudgement.INCOMPARABLE
    elif verdict.only_old is not None:
        judgement = PlansJudgement.NARROWER
    else:
        judgement = PlansJudgement.SAME if verdict.only_new is None else PlansJudgement.WIDER
    said = f"{verdict.why}, where {said_of(verdict.facts)}" if verdict.facts else verdict.why
    return Plans(judgement, said, *counts, verdict.only_old, verdict.only_new)


__all__ = ["TIME_LIMIT", "Witness", "compare"]
