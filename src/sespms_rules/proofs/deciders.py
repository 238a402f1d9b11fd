"""What decides a guarantee for a verdict: cheap ways first, the solver where they do not settle it.

`law` asks for verdicts and may not know of proofs; the pipeline hands it a `Deciding`, which keeps what it established
so that a report tells of the very proofs its verdicts rest on.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sespms_rules.foundation.origin import exact
from sespms_rules.language.model import Baseline, System
from sespms_rules.language.syntax.nodes import Sentence
from sespms_rules.law import Conclusion
from sespms_rules.law.deciding import decider
from sespms_rules.law.verdict import VerdictKind
from sespms_rules.program.ir import Program
from sespms_rules.program.rating import Rated
from sespms_rules.proofs.effort import Effort

if TYPE_CHECKING:
    from sespms_rules.proofs.guarantees import Counterexample, Established, Establishing
    from sespms_rules.proofs.solver import Work

_BACKSTOP = 60
"""Seconds of work after which a check gives up on one guarantee, whatever work is left."""


class Deciders:
    """What decides guarantees of several systems, each kept, so that a report can tell what its verdicts rest on."""

    def __init__(self, effort: Effort) -> None:
        self._effort = effort
        self._made: list[tuple[System, Deciding]] = []

    def __call__(self, system: System, program: Program | None) -> Deciding:
        """What decides guarantees of a system; the same again for the same system."""
        for known, deciding in self._made:
            if known is system:
                return deciding
        self._made.append((system, Deciding(system, program, self._effort)))
        return self._made[-1][1]


class Deciding:
    """Decides guarantees of one system about what it derives from ratings."""

    def __init__(self, system: System, program: Program | None, effort: Effort) -> None:
        self._cheap = decider(system, program)
        self._system = system
        self._program = program
        self._effort = effort
        self._work: Work | None = None
        self._known: dict[Sentence, Established] = {}
        self._establishing: Establishing | None = None

    def __call__(self, asked: Sentence) -> Conclusion:
        """Say whether a guarantee holds, and why; a refutation names the appraisal that breaks it.

        A thorough one asks the solver first, whose counterexamples are the most readable; it tries out what is left.
        """
        if self._program is None or not self._effort.asks_solver:
            return self._cheap(asked)
        if not self._effort.thorough:
            found = self._cheap(asked)
            if found.kind is not VerdictKind.UNDECIDED:
                return found
        from sespms_rules.proofs.guarantees import asked_by_user

        if self._establishing is None:
            self._establishing = self.establishing(self._program)
        settled = self._establishing.one(asked_by_user(asked))
        return Conclusion(VerdictKind(settled.status.value), _why(settled))

    def establishing(self, program: Program, editions: tuple[Baseline, ...] = ()) -> Establishing:
        """What establishes guarantees of the system under some editions, knowing all that is settled already."""
        from sespms_rules.proofs.guarantees import Establishing  # loads the solver, which few checks need
        from sespms_rules.proofs.solver import Work

        if self._effort.thorough:
            effort = self._effort
            return Establishing(
                self._system, program, editions, effort.seconds, None, self._known, keeps=effort.keeps_questions
            )
        if self._work is None:
            self._work = Work()
        return Establishing(self._system, program, editions, _BACKSTOP, self._work, self._known)


def _why(settled: Established) -> str:
    """Why a guarantee stands as it does, with what breaks it."""
    if not settled.counterexamples:
        return settled.why
    return "; and ".join(map(_told, settled.counterexamples))


def _told(example: Counterexample) -> str:
    rated = ", ".join(f"{each.name} {_mark(each)}" for each in example.appraisal.elements)
    level = example.rating.level
    refused = ", ".join(dict.fromkeys(each.name for each in example.rating.refused))
    return f"{rated} gives " + (f"level {level}" if level is not None else f"no level ({refused or 'not rated'})")


def _mark(one: Rated) -> str:
    if one.requirements:
        return "with " + ", ".join(f"{each.name} {_mark(each)}" for each in one.requirements)
    rating = "not rated" if one.rating is None else f"at {exact(one.rating)}"
    return rating if one.weight is None else f"{rating} (weight {exact(one.weight)})"
