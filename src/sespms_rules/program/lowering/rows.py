"""Rows and overrides: from a score, or from a condition, to a level."""

from __future__ import annotations

from collections.abc import Sequence
from typing import assert_never

from sespms_rules.foundation.line_edits import if_chosen, line_above
from sespms_rules.foundation.source import Span
from sespms_rules.foundation.values import Frozen
from sespms_rules.language.model import Stated
from sespms_rules.language.syntax.derivation import Band, FirstFits, LevelCap, Override, Row, RowOtherwise
from sespms_rules.language.syntax.formula import (
    NotRated,
    Outcome,
    ScoreRange,
)
from sespms_rules.program import ir
from sespms_rules.program.lowering.conditions import NEVER_MIND, all_of, conditions
from sespms_rules.program.lowering.findings import MISPLACED_LEVEL, NO_SCORE, OTHERWISE_WITHOUT_ORDER
from sespms_rules.program.lowering.kinds import TypedCondition, ValueKind
from sespms_rules.program.lowering.ranges import interval_of
from sespms_rules.program.lowering.scope import Scope

RowSentence = Band | Row | RowOtherwise


class Rows(Frozen):
    """How a stage comes to a level; overrides and caps stand lower level first."""

    hit_policy: ir.HitPolicy
    overrides: tuple[ir.Row, ...]
    rows: tuple[ir.Row, ...]
    caps: tuple[ir.Row, ...]


def rows(sentences: Sequence[Stated], scope: Scope, outcomes: tuple[int, ...]) -> Rows:
    """Read the rows of a block; `outcomes` are the levels it may give."""
    first_fits = any(isinstance(stated.sentence, FirstFits) for stated in sentences)
    overrides: list[ir.Row] = []
    caps: list[ir.Row] = []
    found: list[ir.Row] = []
    written: list[Stated] = []
    for stated in sentences:
        sentence = stated.sentence
        if isinstance(sentence, Override):
            overrides += _override(sentence, stated, scope, outcomes)
        elif isinstance(sentence, LevelCap):
            caps += _override(sentence, stated, scope, outcomes)
        elif isinstance(sentence, RowSentence):
            found += _row(sentence, stated, scope, outcomes)
            written.append(stated)
    if not first_fits and len(written) > 1:
        _refuse_otherwise(written, scope)
    _need_a_score(written, scope)
    policy = ir.HitPolicy.FIRST if first_fits else ir.HitPolicy.UNIQUE
    return Rows(policy, _lowest_first(overrides), tuple(found), _lowest_first(caps))


def _lowest_first(rows: list[ir.Row]) -> tuple[ir.Row, ...]:
    return tuple(sorted(rows, key=lambda row: row.outcome.level if isinstance(row.outcome, ir.ToLevel) else 0))


def _override(node: Override | LevelCap, stated: Stated, scope: Scope, outcomes: tuple[int, ...]) -> list[ir.Row]:
    condition = conditions(node.phrases, scope)
    level = scope.level(node.level, outcomes)
    return [] if level is None else [ir.Row(condition.condition, ir.ToLevel(level), stated.origin)]


def _row(node: RowSentence, stated: Stated, scope: Scope, outcomes: tuple[int, ...]) -> list[ir.Row]:
    match node:
        case Band(score_range=score_range, floor=floor):
            parts = _range(score_range, scope)
            condition = all_of((parts,)) if floor is None else all_of((parts, conditions(floor, scope)))
        case Row(conditions=written):
            condition = conditions(written, scope)
        case RowOtherwise():
            condition = TypedCondition(ir.All(()), ValueKind.FIXED)
        case _:
            assert_never(node)
    if condition.level_at is not None:
        message = "a line that gives the level cannot depend on the level"
        help = "let the condition read the score or a value that needs no level"
        scope.find(MISPLACED_LEVEL, condition.level_at, message, help)
    outcome = _outcome(node.outcome, scope, outcomes)
    return [] if outcome is None else [ir.Row(condition.condition, outcome, stated.origin)]


def _outcome(node: Outcome, scope: Scope, outcomes: tuple[int, ...]) -> ir.ToLevel | ir.ToNotRated | None:
    if isinstance(node, NotRated):
        return ir.ToNotRated()
    level = scope.level(node, outcomes)
    return None if level is None else ir.ToLevel(level)


def _range(node: ScoreRange, scope: Scope) -> TypedCondition:
    """The scores of a band; even a ratio may be compared with fixed numbers."""
    if scope.score is None:
        return NEVER_MIND
    return TypedCondition(ir.Within(ir.TheScore(), interval_of(node)), ValueKind.FIXED)


def _need_a_score(written: Sequence[Stated], scope: Scope) -> None:
    """Lines that read a score need one: said once, at the first of them."""
    bands = [stated.sentence for stated in written if isinstance(stated.sentence, Band)]
    if scope.score_at is not None or not bands:
        return
    lines = "this line gives" if len(bands) == 1 else f"{len(bands)} lines, of which this is the first, give"
    scope.find(
        NO_SCORE,
        bands[0].score_range.span,
        f"{lines} a level for a score, and {scope.stage.title} has no score",
        "say how it is worked out, for instance `score is the average of points`",
        (if_chosen(line_above(bands[0].span, "score is the average of points")),),
    )


_IN_ORDER = "take the first line that fits"


def _begins(span: Span) -> int:
    return span.start


def _refuse_otherwise(written: Sequence[Stated], scope: Scope) -> None:
    """`otherwise` fits every appraisal, so beside other lines it needs an order in which lines are read."""
    for stated in written:
        if isinstance(stated.sentence, RowOtherwise):
            span = stated.sentence.span
            message = f"`{span.text}` speaks of the lines above it, but the lines are not read in order"
            help = "add `take the first line that fits` above the lines, or say when this line fits"
            first = min(
                (each.sentence.span for each in written if each.sentence.span.source is span.source), key=_begins
            )
            scope.find(OTHERWISE_WITHOUT_ORDER, span, message, help, (line_above(first, _IN_ORDER),))
