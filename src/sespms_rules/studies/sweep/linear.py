"""Programs whose score is a plain sum: what each element's points are multiplied by, and what is asked of the sum.

For these a whole appraisal comes down to a few whole numbers: how much weight stands at each level. Every other program
is swept by rating each variant, which is slower and gives the same answers.
"""

from __future__ import annotations

from fractions import Fraction

from sespms_rules.foundation.values import Frozen
from sespms_rules.program import ir
from sespms_rules.program.linear_form import LinearForm, asks_the_score_alone, score_form
from sespms_rules.program.members import is_meant
from sespms_rules.program.traversal import walk


class Term(Frozen):
    """What the points of one element are multiplied by: `fixed` + `by_weight` times the element's weight."""

    fixed: Fraction
    by_weight: Fraction


class Linear(Frozen):
    """A score: the sum of each element's points times its term, and `constant`."""

    terms: tuple[Term, ...]
    constant: Fraction


def linear_score(program: ir.Program) -> Linear | None:
    """The score of a program as a plain sum; None where it is none, or where anything else decides on levels.

    Asked of the program: elements of its own rated by levels, every rating needed, one definition, the score; lines
    that compare the score with fixed numbers; overrides that ask for the levels of elements alone.
    """
    stage = program.summary
    plain = all(each.stage is None and isinstance(each.scale, ir.LevelScale) for each in stage.members)
    plain = plain and not any(each.optional for each in stage.members)
    if not plain or not stage.members or stage.open or stage.further or len(stage.definitions) != 1:
        return None
    if any(rule.what is not ir.Unrated.STOP for rule in stage.unrated) or not stage.rows or stage.caps:
        return None
    if stage.without_level:
        return None
    if not all(_asks_levels(row.condition) and isinstance(row.outcome, ir.ToLevel) for row in stage.overrides):
        return None
    if not all(asks_the_score_alone(row.condition) for row in stage.rows):
        return None
    form = score_form(stage)
    return None if form is None or True in form.by_levels else _by_member(form, stage)


def _by_member(form: LinearForm, stage: ir.Stage) -> Linear | None:
    """What the points of each member are multiplied by; None where that follows from no fixed total of weights."""
    total = next((each.total for each in stage.limits if isinstance(each, ir.WeightTotal)), None)
    fixed, by_weight = ([Fraction(0)] * len(stage.members) for _ in range(2))
    for share, factor in form.shares:
        meant = [place for place, each in enumerate(stage.members) if is_meant(each, share.members, stage)]
        if not meant:
            return None
        if share.average and not share.by_weight:
            factor /= len(meant)
        elif share.average:
            if not total or not stage.weighted or len(meant) < len(stage.members):
                return None
            factor /= total
        for place in meant:
            (by_weight if share.by_weight else fixed)[place] += factor
    return Linear(tuple(map(Term, fixed, by_weight)), form.constant)


def only_scores_decide(program: ir.Program) -> bool:
    """Whether, once overrides are read, a level hangs on the score alone, whatever that is worked out from."""
    stage = program.summary
    if any(rule.what is not ir.Unrated.STOP for rule in stage.unrated) or not stage.rows or stage.caps:
        return False
    if not any(isinstance(each, ir.ScoreDefinition) for each in stage.definitions):
        return False
    if not all(isinstance(row.outcome, ir.ToLevel) for row in stage.overrides):
        return False
    return all(asks_the_score_alone(row.condition) for row in stage.rows) and not _asks_the_level(stage.definitions)


def _asks_the_level(value: object) -> bool:
    """Whether some definition waits for the level."""
    return any(isinstance(each, ir.TheLevel) for each in walk(value))


def _asks_levels(condition: ir.Condition) -> bool:
    if isinstance(condition, ir.All):
        return all(map(_asks_levels, condition.parts))
    return isinstance(condition, ir.NumberThat | ir.EveryOne)
