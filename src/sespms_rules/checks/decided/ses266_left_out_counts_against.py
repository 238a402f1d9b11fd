"""A member that is left out and yet counts against the executive: in a sum, a count, or fixed shares."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from itertools import islice

from sespms_rules.checks.analysis.intervals import uncovered
from sespms_rules.checks.decided.coming import coming
from sespms_rules.checks.decided.deciding import NOBODY, Decision
from sespms_rules.checks.decided.telling import in_words, place_of, whose
from sespms_rules.engines.reference import rate
from sespms_rules.foundation.diagnostic import Diagnostic, Fix, warning
from sespms_rules.foundation.line_edits import instead
from sespms_rules.foundation.origin import exact
from sespms_rules.language.model import System
from sespms_rules.program.bands import split_band
from sespms_rules.program.ir import (
    Aggregate,
    Aggregation,
    Expression,
    Group,
    Kind,
    Own,
    Product,
    ScoreDefinition,
    Stage,
    Take,
    ToNotRated,
    Unrated,
    WeightTotal,
)
from sespms_rules.program.plans import plan_sizes
from sespms_rules.program.rating import Appraisal, Outcome, Rating

FINDING = warning("SES266", "left-out-counts-against", "5 CFR 430.305(a)(5)")

_TRIED = 60
_POINTS, _WEIGHT = Own(Take.POINTS), Own(Take.WEIGHT)
_OF_NOTHING = "not rated when no requirement is rated"


def check(_system: System, decisions: tuple[Decision, ...], _before: tuple[Diagnostic, ...]) -> Iterator[Diagnostic]:
    """Find executives who are rated the best in all that was rated and lower than those who are so in everything."""
    for decision in decisions:
        program = decision.program
        rule = next((each for each in program.summary.unrated if each.what is Unrated.LEFT_OUT), None)
        if rule is None:
            continue
        for whole, partly in islice(coming(program).left_out(), _TRIED):
            best, found = (rate(program, each, trace=False) for each in (whole, partly))
            if _counts_against(best, found):
                yield _finding(decision, best, found, partly)
                break


def _counts_against(best: Rating, found: Rating) -> bool:
    if best.level is None:
        return False
    if found.outcome is Outcome.REFUSED:
        return found.refused[0].code == NOBODY
    return found.level is not None and found.level < best.level


def _finding(decision: Decision, best: Rating, found: Rating, partly: Appraisal) -> Diagnostic:
    noun = "an element" if decision.member is None else "a requirement"
    rule = next(each for each in decision.program.summary.unrated if each.what is Unrated.LEFT_OUT)
    span = rule.origin.span if rule.origin.span.text else place_of(decision)
    who = whose(decision)
    ends = f"makes {who} level {found.level}" if found.level is not None else f"leaves {who} without a level"
    return FINDING.at(
        span,
        f"{noun} that is left out counts against the executive: to be rated the best in all that was rated "
        f"{ends}, and with nothing left out it is level {best.level}",
        help=f"{in_words(decision, partly)} shows it; {_instead(decision.program.summary)}",
        fixes=tuple(_anew(decision.program.summary)),
    )


def _lines_leave_room(stage: Stage) -> bool:
    """Whether scores lie between two lines, as between 474 and 475: what is not whole has no line there."""
    bands = [band for row in stage.rows if (band := split_band(row.condition)[0]) is not None]
    return any(each.low is not None and each.high is not None for each in uncovered(bands))


def _instead(stage: Stage) -> str:
    """What takes the score over what was rated alone; in the figures of the sum, where that is what there is."""
    for fix in _anew(stage):
        taken = "to take the weights anew over" if stage.weighted else "to take the sum from the average of"
        return f"{taken} what was rated, with the lines as they are, {fix.title}"
    weighted = " by weight" if stage.weighted else ""
    return f"an average is taken of what was rated, as in `score is the average of points{weighted}`"


def _anew(stage: Stage) -> Iterator[Fix]:
    """In the place of a sum, by weight or plain, the same sum over what was rated: its average so many times.

    Of nothing there is no average: an element of which nothing is rated is then not rated, and who has no element
    rated is refused anyway.
    """
    score = next((each for each in stage.definitions if isinstance(each, ScoreDefinition)), None)
    if score is None or not (times := _times(stage, score.expression)):
        return
    weighted = " by weight" if stage.weighted else ""
    rounding = " rounded half up to whole numbers" if _lines_leave_room(stage) else ""
    line, span = f"score is {exact(times)} * the average of points{weighted}{rounding}", score.origin.span
    if stage.kind is Kind.ELEMENT or any(isinstance(row.outcome, ToNotRated) for row in stage.rows):
        yield instead(span, line)
    else:
        yield Fix(f"write `{line}` and below it `{_OF_NOTHING}`", span, f"{line}\n  {_OF_NOTHING}", sure=False)


def _times(stage: Stage, score: Expression) -> Fraction | None:
    """By what an average is multiplied to be a sum again: the total of the weights, or how many members every plan has.

    None where the score is no such sum over all members, or these are more in one plan than in another.
    """
    if (
        not isinstance(score, Aggregate)
        or score.aggregation is not Aggregation.SUM
        or score.members != Group(stage.kind)
    ):
        return None
    if score.body == Product(_POINTS, _WEIGHT):
        return next((each.total for each in stage.limits if isinstance(each, WeightTotal)), None)
    sizes = plan_sizes(stage)
    counts = {len(stage.members) - len(each.absent) + each.own for each in sizes.sizes}
    return Fraction(*counts) if score.body == _POINTS and len(counts) == 1 and not sizes.left else None
