"""Formulas over members: sums and averages, counts and shares, and what is taken of one element."""

from __future__ import annotations

from fractions import Fraction
from typing import assert_never

from sespms_rules.foundation.line_edits import instead
from sespms_rules.foundation.source import Span
from sespms_rules.language.syntax.formula import (
    AggregateOf,
    AttributeOf,
    MeasuredTimesWeight,
    MeasureWord,
    Named,
    NumberOf,
    OfNames,
    OfNoun,
    ShareOf,
)
from sespms_rules.language.syntax.limits import AtLevel, AtOrBetter, BelowLevel, IsNotRated, IsRated, Place
from sespms_rules.language.syntax.nodes import Quoted
from sespms_rules.language.syntax.words import Aggregation, Attribute, Measured
from sespms_rules.program import ir
from sespms_rules.program.lowering.findings import CONTRADICTING_WORDS, MISPLACED_MEASURE, NO_SUCH_RATING
from sespms_rules.program.lowering.kinds import (
    Typed,
    ValueKind,
    aggregated,
    averaged_by_weight,
    made,
    multiplied,
    unknown,
)
from sespms_rules.program.lowering.names import element_named, value_of_each
from sespms_rules.program.lowering.scope import MemberFacts, Scope

_TAKES = {
    Measured.POINTS: ir.Take.POINTS,
    Measured.LEVELS: ir.Take.LEVEL,
    Measured.SCORES: ir.Take.SCORE,
    Measured.WEIGHTS: ir.Take.WEIGHT,
    Attribute.POINTS: ir.Take.POINTS,
    Attribute.LEVEL: ir.Take.LEVEL,
    Attribute.SCORE: ir.Take.SCORE,
    Attribute.WEIGHT: ir.Take.WEIGHT,
}

OverMembers = AggregateOf | NumberOf | ShareOf | AttributeOf


def over_members(node: OverMembers, scope: Scope) -> Typed:
    """The value of a formula over members."""
    match node:
        case AggregateOf():
            return _aggregate(node, scope)
        case NumberOf():
            return _number_of(node, scope)
        case ShareOf():
            return _share_of(node, scope)
        case AttributeOf():
            return _attribute(node, scope)
        case _:
            assert_never(node)


# ---- sums, averages, lowest, highest ----------------------------------------------------------------


def _aggregate(node: AggregateOf, scope: Scope) -> Typed:
    members = _members(node.members, scope)
    if members is None:
        return unknown(node.span)
    body = _body(node.measure, members, scope)
    by_weight = node.by_weight is not None
    if node.by_weight is not None:
        scope.reads_weights = True
        if node.aggregation is not Aggregation.AVERAGE:
            message = f"`by weight` belongs to an average, and this is the {node.aggregation.value}"
            help = "for a sum say `the sum of points times weight`; otherwise leave out `by weight`"
            scope.find(MISPLACED_MEASURE, node.by_weight.span, message, help)
            return unknown(node.span)
        kind = averaged_by_weight(body, node.span, scope.findings)
    else:
        kind = aggregated(body, scope.findings)
    aggregation = ir.Aggregation(node.aggregation.value)
    return made(ir.Aggregate(aggregation, body.expression, by_weight, members), kind, node.span, (body,))


def _members(written: OfNoun | OfNames | None, scope: Scope) -> ir.Members | None:
    """The members that are meant; without a word, all of the block."""
    match written:
        case None:
            return ir.Group(scope.stage.kind)
        case OfNoun(noun=noun, span=span):
            kind = scope.kind_of(noun, span)
            return None if kind is None else ir.Group(kind)
        case OfNames(names=names):
            return _names(names, scope)
        case _:
            assert_never(written)


def _names(names: tuple[Quoted, ...], scope: Scope) -> ir.Names | None:
    found: dict[str, MemberFacts | None] = {}
    for name in names:
        if name.text in found:
            message = f"`{name.text}` is named twice"
            scope.find(CONTRADICTING_WORDS, name.span, message, "name each element once")
            found[name.text] = None
        else:
            found[name.text] = element_named(name, scope)
    return None if None in found.values() else ir.Names(tuple(found))


def _body(measure: MeasureWord | Named | MeasuredTimesWeight, members: ir.Members, scope: Scope) -> Typed:
    """What is taken of each member."""
    match measure:
        case MeasureWord():
            return _measure(measure, members, scope)
        case Named(name=name):
            return value_of_each(name, scope)
        case MeasuredTimesWeight(measure=inner, span=span):
            left = _body(inner, members, scope)
            end = Span(span.source, span.end - len("weight"), span.end)
            scope.reads_weights = True
            right = Typed(ir.Own(ir.Take.WEIGHT), ValueKind.WEIGHTED, end)
            kind = multiplied(left, right, span, scope.findings)
            return made(ir.Product(left.expression, right.expression), kind, span, (left, right))
        case _:
            assert_never(measure)


def _measure(measure: MeasureWord, members: ir.Members, scope: Scope) -> Typed:
    take = _TAKES[measure.word]
    expression = ir.Own(take)
    match take:
        case ir.Take.WEIGHT:
            scope.reads_weights = True
            return Typed(expression, ValueKind.WEIGHTED, measure.span)
        case ir.Take.SCORE:
            return _scores(measure, members, scope)
        case ir.Take.LEVEL:
            able = have_levels(members, measure.span, scope)
            return Typed(expression, ValueKind.POINTS, measure.span) if able else unknown(measure.span)
        case ir.Take.POINTS:
            able = have_points(members, measure.span, scope)
            return Typed(expression, ValueKind.POINTS, measure.span) if able else unknown(measure.span)
        case _:
            assert_never(take)


def _scores(measure: MeasureWord, members: ir.Members, scope: Scope) -> Typed:
    facts = scope.of_kind(members)
    without = next((each for each in facts if each.score is None), None)
    if without is not None:
        message = f"`{without.name}` has no score"
        help = "only an element with a formula for its score, or one rated on a scale, has one; say `points`"
        scope.find(NO_SUCH_RATING, measure.span, message, help)
        return unknown(measure.span)
    if isinstance(members, ir.Group) and (scope.stage.open or not facts):
        word = scope.member_word
        message = f"{'an' if word == 'element' else 'a'} {word} that the plan itself names has no score"
        scope.find(NO_SUCH_RATING, measure.span, message, "say `points`")
        return unknown(measure.span)
    kind = max((each.score for each in facts if each.score is not None), default=ValueKind.POINTS)
    through = next((each.through for each in facts if each.score is kind), ())
    return Typed(ir.Own(ir.Take.SCORE), kind, measure.span, through=through)


def have_levels(members: ir.Members, span: Span, scope: Scope) -> bool:
    """Say whether each of the members is rated by a level; if not, add a finding."""
    without = next((each for each in scope.of_kind(members) if not each.has_level), None)
    if without is None:
        return True
    if without.on_scale:
        message = f"`{without.name}` is rated by a number on a scale and has no level"
        scope.find(NO_SUCH_RATING, span, message, "compare its points, or leave it out by naming the others")
    else:
        _no_level(without, "level", span, scope)
    return False


def have_points(members: ir.Members, span: Span, scope: Scope) -> bool:
    """Say whether each of the members has points, from a scale or a level; if not, add a finding."""
    without = next((each for each in scope.of_kind(members) if not each.on_scale and not each.has_level), None)
    if without is not None:
        _no_level(without, "points", span, scope)
    return without is None


def _no_level(member: MemberFacts, wanted: str, span: Span, scope: Scope) -> None:
    message = f"`{member.name}` has no {wanted}, because its own block gives no level"
    help = f'give its block lines such as `score at least 4 is level 4`, or read `the score of "{member.name}"`'
    scope.find(NO_SUCH_RATING, span, message, help)


# ---- counts and shares ------------------------------------------------------------------------------


def test_of(place: Place, members: ir.Members, scope: Scope) -> ir.MemberTest | None:
    """The question a place asks of each member; None, with a finding, where it cannot be asked."""
    match place:
        case IsRated():
            return ir.MemberTest(ir.TestKind.RATED)
        case IsNotRated():
            return ir.MemberTest(ir.TestKind.NOT_RATED)
        case AtLevel(level=word):
            kind = ir.TestKind.AT
        case AtOrBetter(level=word):
            kind = ir.TestKind.AT_OR_BETTER
        case BelowLevel(level=word):
            kind = ir.TestKind.BELOW
        case _:
            assert_never(place)
    level = scope.level(word)
    able = have_levels(members, place.span, scope)
    return ir.MemberTest(kind, level) if able and level is not None else None


def _number_of(node: NumberOf, scope: Scope) -> Typed:
    kind = scope.kind_of(node.noun, node.span)
    if kind is None:
        return unknown(node.span)
    members = ir.Group(kind)
    if node.place is None:
        least = Fraction(scope.fewest(kind))
        return made(ir.CountOf(members, None), ValueKind.POINTS, node.span, (), least=least)
    test = test_of(node.place, members, scope)
    if test is None:
        return unknown(node.span)
    return made(ir.CountOf(members, test), ValueKind.POINTS, node.span, (), least=Fraction(0))


def _share_of(node: ShareOf, scope: Scope) -> Typed:
    kind = scope.kind_of(node.noun, node.span)
    if kind is None:
        return unknown(node.span)
    members = ir.Group(kind)
    test = test_of(node.place, members, scope)
    if test is None:
        return unknown(node.span)
    return made(ir.ShareOf(members, test), ValueKind.POINTS, node.span, (), least=Fraction(0))


# ---- one element ------------------------------------------------------------------------------------


def _attribute(node: AttributeOf, scope: Scope) -> Typed:
    member = element_named(node.name, scope)
    if member is None:
        return unknown(node.span)
    take = _TAKES[node.attribute]
    expression = ir.OfMember(take, member.name)
    match take:
        case ir.Take.POINTS:
            able = have_points(ir.Names((member.name,)), node.span, scope)
            return Typed(expression, ValueKind.POINTS, node.span) if able else unknown(node.span)
        case ir.Take.WEIGHT:
            scope.reads_weights = True
            return Typed(expression, ValueKind.WEIGHTED, node.span)
        case ir.Take.LEVEL:
            able = have_levels(ir.Names((member.name,)), node.span, scope)
            return Typed(expression, ValueKind.POINTS, node.span) if able else unknown(node.span)
        case ir.Take.SCORE:
            return _score_of(member, node.span, expression, scope)
        case _:
            assert_never(take)


def _score_of(member: MemberFacts, span: Span, expression: ir.Expression, scope: Scope) -> Typed:
    if member.score is None:
        message = f"`{member.name}` has no score"
        help = (
            "only an element with a formula for its score, or one rated on a scale, has one: give its block a line "
            f'`score is …`, or say `the points of "{member.name}"`'
        )
        has_points = span.text.startswith("the score of ") and (member.on_scale or member.has_level)
        fixes = (instead(span, f'the points of "{member.name}"'),) if has_points else ()
        scope.find(NO_SUCH_RATING, span, message, help, fixes)
        return unknown(span)
    return Typed(expression, member.score, span, through=member.through)
