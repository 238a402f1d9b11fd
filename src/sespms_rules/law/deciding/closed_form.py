"""Arguments that cover every appraisal of the commonest derivation without trying any.

They speak of a score that is the sum of points times weight over all elements, with weights of one fixed total, read
by rows that ask for nothing but the score, with overrides that ask how some elements are rated. Then every score
lies between the points of the lowest and of the highest rating times the total, and the rows are looked at
at one score from every stretch in which none of them begins or ends.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from fractions import Fraction
from math import floor

from sespms_rules.foundation.values import Frozen, cache_by_identity
from sespms_rules.language.model import System
from sespms_rules.language.syntax.derivation import LevelCap, Override
from sespms_rules.language.syntax.limits import AtLevel, Level
from sespms_rules.language.syntax.nodes import Sentence
from sespms_rules.language.syntax.proof import Bounded, Gives, Monotone, TotalRating
from sespms_rules.language.syntax.words import PartKind, Quantifier
from sespms_rules.program import ir
from sespms_rules.program.linear_form import asks_the_score_alone, score_form
from sespms_rules.program.members import is_everyone
from sespms_rules.program.traversal import apart

_RELATIONS = {
    ir.Relation.AT_LEAST: lambda left, right: left >= right,
    ir.Relation.AT_MOST: lambda left, right: left <= right,
    ir.Relation.MORE: lambda left, right: left > right,
    ir.Relation.LESS: lambda left, right: left < right,
    ir.Relation.EQUAL: lambda left, right: left == right,
}


class Weighed(Frozen):
    """A derivation of the commonest kind: points by level, the total, whether every score is whole."""

    points: tuple[tuple[int, Fraction], ...]
    total: Fraction
    whole: bool
    rows: tuple[ir.Row, ...]
    low_overrides: tuple[tuple[frozenset[int], int], ...]
    """Overrides that hold when any element is at one of these levels, and the level they give."""


def argument(system: System, program: ir.Program, asked: Sentence) -> str | None:
    """Why a guarantee holds of every appraisal; None where no argument here covers it."""
    if isinstance(asked, Gives):
        said = _by_override(system, asked)
        if said:
            return said
    weighed = _weighed(program)
    if weighed is None:
        return None
    match asked:
        case TotalRating():
            return _total(weighed)
        case Monotone():
            return _monotone(weighed)
        case Bounded():
            return _bounded(weighed)
        case Gives():
            return _uniform(weighed, asked)
    return None


def _by_override(system: System, asked: Gives) -> str | None:
    """A line that overrides everything says the same, and no other one could give a lower level."""
    stated = [each.sentence for each in system.sentences(PartKind.RATING)]
    lines = [each for each in stated if isinstance(each, Override)]
    caps = [each for each in stated if isinstance(each, LevelCap)]
    if not isinstance(asked.level, Level):
        return None
    same = [each for each in lines if each.phrases == asked.phrases and each.level == asked.level]
    others = [each.level for each in lines] + [each.level for each in caps]
    lower = [each for each in others if isinstance(each, Level) and each.number.value < asked.level.number.value]
    return "the system says it in a line that overrides all others" if same and not lower else None


# ---- the shape -----------------------------------------------------------------------------------


@cache_by_identity(64)
def _weighed(program: ir.Program) -> Weighed | None:
    stage = program.summary
    total = [each.total for each in stage.limits if isinstance(each, ir.WeightTotal)]
    levels = {each.scale.levels for each in stage.members if isinstance(each.scale, ir.LevelScale)}
    plain = all(each.stage is None and isinstance(each.scale, ir.LevelScale) for each in stage.members)
    if any(each.optional for each in stage.members):
        return None
    if len(total) != 1 or not plain or stage.further or stage.hit_policy is not ir.HitPolicy.UNIQUE:
        return None
    if any(rule.what is not ir.Unrated.STOP for rule in stage.unrated) or len(stage.definitions) != 1:
        return None
    if not _sums_points(stage):
        return None
    if not all(asks_the_score_alone(row.condition) and isinstance(row.outcome, ir.ToLevel) for row in stage.rows):
        return None
    known = tuple(level for level, _ in stage.points)
    reachable = frozenset(known if stage.open or not levels else ()).union(*levels)
    overrides = [_low_override(row, known, stage) for row in stage.overrides]
    if None in overrides or not stage.rows or stage.caps:
        return None
    points = tuple((level, value) for level, value in stage.points if level in reachable)
    whole = any(isinstance(each, ir.WholeWeights) for each in stage.limits)
    whole = whole and all(value.denominator == 1 for _, value in points)
    return Weighed(points, total[0], whole, stage.rows, tuple(each for each in overrides if each is not None))


def _sums_points(stage: ir.Stage) -> bool:
    """Whether the score is the sum of points times weight over all elements, and nothing else."""
    form = score_form(stage)
    if form is None or form.constant or True in form.by_levels or len(form.shares) != 1:
        return False
    ((share, factor),) = form.shares
    return factor == 1 and share.by_weight and not share.average and is_everyone(share.members, stage)


def _low_override(row: ir.Row, known: tuple[int, ...], stage: ir.Stage) -> tuple[frozenset[int], int] | None:
    """The levels and the outcome of `any element at level 1 makes the rating level 1`; None for other lines."""
    condition = row.condition
    if not isinstance(condition, ir.NumberThat) or (condition.low, condition.high) != (1, None):
        return None
    if not is_everyone(condition.members, stage) or not isinstance(row.outcome, ir.ToLevel):
        return None
    level = condition.test.level
    if level is None or condition.test.kind not in (ir.TestKind.AT, ir.TestKind.BELOW):
        return None
    at = condition.test.kind is ir.TestKind.AT
    return frozenset(each for each in known if (each == level if at else each < level)), row.outcome.level


# ---- the arguments -------------------------------------------------------------------------------


def _left(weighed: Weighed) -> list[tuple[int, Fraction]]:
    """Levels and points of elements that no override speaks of."""
    taken = frozenset[int]().union(*(levels for levels, _ in weighed.low_overrides))
    return [(level, value) for level, value in weighed.points if level not in taken]


def _scores(weighed: Weighed) -> Iterator[Fraction]:
    """Scores in rising order, one at least from each stretch in which no row begins or ends.

    Where every score is whole, the first whole score of each stretch; else every end and one score between any two.
    """
    ends = [value * weighed.total for _, value in _left(weighed)]
    low, high = min(ends), max(ends)
    constants = {each for row in weighed.rows for each in _constants(row.condition) if low < each < high}
    turns = sorted({low, high, *constants})
    if weighed.whole and weighed.total.denominator == 1:
        whole = {each for each in turns if each.denominator == 1} | {Fraction(floor(each) + 1) for each in turns}
        yield from sorted(each for each in whole if low <= each <= high)
        return
    for place, turn in enumerate(turns):
        yield turn
        if place + 1 < len(turns):
            yield (turn + turns[place + 1]) / 2


def _constants(condition: ir.Condition) -> Iterator[Fraction]:
    for part in apart(condition):
        if isinstance(part, ir.Compare) and isinstance(part.right, ir.Constant):
            yield part.right.value


def _levels(weighed: Weighed, score: Fraction) -> list[int]:
    """The levels of the rows that a score fits."""
    return [
        row.outcome.level for row in weighed.rows if isinstance(row.outcome, ir.ToLevel) and _fits(row.condition, score)
    ]


def _fits(condition: ir.Condition, score: Fraction) -> bool:
    ends = _ends(condition)
    return ends is not None and all(relation(score, value) for relation, value in ends)


@cache_by_identity(256)
def _ends(condition: ir.Condition) -> list[tuple[Callable[[Fraction, Fraction], object], Fraction]] | None:
    """What a condition asks of the score; None where it asks something else too."""
    found = []
    for part in apart(condition):
        if not (isinstance(part, ir.Compare) and isinstance(part.right, ir.Constant)):
            return None
        found.append((_RELATIONS[part.relation], part.right.value))
    return found


@cache_by_identity(64)
def _is_total(weighed: Weighed) -> bool:
    return bool(_left(weighed)) and all(len(_levels(weighed, score)) == 1 for score in _scores(weighed))


def _total(weighed: Weighed) -> str | None:
    if not _is_total(weighed):
        return None
    return "each score that can occur fits exactly one line, and where a line overrides the score its level holds"


@cache_by_identity(64)
def _rises(weighed: Weighed) -> bool:
    """Whether a better rating never lowers the score, nor a higher score the level, nor leaving an override."""
    points = sorted(weighed.points)
    by_level = [value for _, value in points]
    by_score = [_levels(weighed, score)[0] for score in _scores(weighed)] if _is_total(weighed) else []
    lowest = points[0][0] if points else 0
    floors = all(levels == frozenset(range(lowest, max(levels) + 1)) for levels, _ in weighed.low_overrides if levels)
    given = [level for _, level in weighed.low_overrides]
    return (
        bool(by_score)
        and by_level == sorted(by_level)
        and by_score == sorted(by_score)
        and floors
        and all(level <= by_score[0] for level in given)
    )


def _monotone(weighed: Weighed) -> str | None:
    if not _rises(weighed):
        return None
    return (
        "points rise with the rating, lines with the score, and leaving a line that overrides it cannot lower the level"
    )


def _bounded(weighed: Weighed) -> str | None:
    """All elements at one level get that level, and the level rises with the ratings; overrides name their own."""
    if not _rises(weighed):
        return None
    alike = all(_levels(weighed, value * weighed.total) == [level] for level, value in _left(weighed))
    named = all(levels == frozenset({level}) for levels, level in weighed.low_overrides)
    if not (alike and named):
        return None
    return "elements all at one level get that level, and the level rises with the ratings"


def _uniform(weighed: Weighed, asked: Gives) -> str | None:
    """`every critical element at level 3 gives level 3`: the score is the points of level 3 times the total."""
    if len(asked.phrases.parts) != 1 or not isinstance(asked.level, Level):
        return None
    phrase = asked.phrases.parts[0]
    place = phrase.place
    if phrase.quantity is not Quantifier.EVERY or not isinstance(place, AtLevel) or not isinstance(place.level, Level):
        return None
    at = int(place.level.number.value)
    value = dict(_left(weighed)).get(at)
    if value is None or _levels(weighed, value * weighed.total) != [int(asked.level.number.value)]:
        return None
    return (
        f"with all elements at level {at} the score is the points of that level times the total, whatever the weights"
    )
