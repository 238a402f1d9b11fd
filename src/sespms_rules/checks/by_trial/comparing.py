"""A program as the policy writes it beside the same program without rounding, tried on the same appraisals."""

from __future__ import annotations

from collections.abc import Callable

from sespms_rules.checks.by_trial.trial_plans import Plan
from sespms_rules.engines.reference import rate
from sespms_rules.foundation.values import Frozen, replace
from sespms_rules.program.arithmetic import rounded
from sespms_rules.program.ir import Program, Rounded, ScoreDefinition
from sespms_rules.program.rating import Appraisal, Outcome, Rated, Rating
from sespms_rules.program.traversal import rewrite


class Difference(Frozen):
    """An appraisal that rounding gives another level: rated as the policy says, and without rounding."""

    plan: Plan
    appraisal: Appraisal
    written: Rating
    unrounded: Rating


class Comparison:
    """Rates appraisals both ways until one is rated differently or the effort is spent.

    `found` is the first difference. An appraisal without a level on either side is no difference: to close a gap
    between ranges is what rounding is for. `beside` is the program to compare with, that without any rounding where
    nothing is given.
    """

    def __init__(self, program: Program, effort: int, beside: Program | None = None) -> None:
        self.written = program
        self.unrounded = without_rounding(program) if beside is None else beside
        self.left = effort
        self.found: Difference | None = None
        self._only = _only_rounding(program) if beside is None else None

    @property
    def is_over(self) -> bool:
        """Whether there is nothing left to try."""
        return self.found is not None or self.left <= 0

    def level(self, plan: Plan, appraisal: Appraisal) -> int | None:
        """The level an appraisal gets as the policy is written; a difference is noted."""
        cost = sum(map(_cost, appraisal.elements))
        self.left -= cost
        unrounded = rate(self.unrounded, appraisal, trace=False)
        only, score = self._only, unrounded.score
        if only is not None and score is not None and rounded(score, only.tie, per_one=only.per_one) == score:
            return unrounded.level
        self.left -= cost
        written = rate(self.written, appraisal, trace=False)
        both_rated = written.outcome is unrounded.outcome is Outcome.RATED
        if both_rated and written.level != unrounded.level and self.found is None:
            self.found = Difference(plan, appraisal, written, unrounded)
        return written.level

    def along(self, plan: Plan, last: int, appraisal: Callable[[int], Appraisal | None]) -> None:
        """Try a row of appraisals, numbered 0 to `last`, where the level changes from one to the next.

        The places are found by halving, so that a level that rises and falls within the row may be passed over.
        """
        known: dict[int, int | None] = {}

        def level(place: int) -> int | None:
            if place not in known:
                made = appraisal(place)
                known[place] = self.level(plan, made) if made is not None else None
            return known[place]

        waiting = [(0, last)]
        while waiting and not self.is_over:
            low, high = waiting.pop()
            if level(low) != level(high) and high - low > 1:
                middle = (low + high) // 2
                waiting += [(middle, high), (low, middle)]


def without_rounding(program: Program) -> Program:
    """The program with every rounded value taken as it is; the very same program where nothing is rounded."""
    return rewrite(program, _as_it_is)


def rounded_once(program: Program) -> Program:
    """The program with the last rounding of the score alone; the very same program where there is no other."""
    kept = [each for each in program.summary.definitions if isinstance(each, ScoreDefinition)]
    last = next((each.expression for each in kept if isinstance(each.expression, Rounded)), None)
    if last is None:
        return program
    bare = without_rounding(program)
    score = Rounded(rewrite(last.operand, _as_it_is), last.tie, last.per_one)
    made = tuple(
        replace(each, expression=score) if isinstance(each, ScoreDefinition) else each
        for each in bare.summary.definitions
    )
    once = replace(bare, summary=replace(bare.summary, definitions=made))
    return program if once == program else once


def _as_it_is(node: Frozen) -> Frozen:
    return node.operand if isinstance(node, Rounded) else node


def _only_rounding(program: Program) -> Rounded | None:
    """The rounding of the score, where it comes last and is the only one of the program."""
    for definition in program.summary.definitions:
        expression = definition.expression
        if isinstance(definition, ScoreDefinition) and isinstance(expression, Rounded):
            rest = tuple(each for each in program.summary.definitions if each is not definition)
            others = replace(program, summary=replace(program.summary, definitions=rest))
            alone = without_rounding(others) is others and rewrite(expression.operand, _as_it_is) is expression.operand
            return expression if alone else None
    return None


def _cost(rated: Rated) -> int:
    """How much work an element is; a nested one costs more than its requirements."""
    return 1 + 3 * len(rated.requirements)
