"""Names in formulas: values, elements, additional ratings, the score; each by where it stands."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import assert_never

from sespms_rules.foundation.diagnostic import Fix
from sespms_rules.foundation.line_edits import instead, moved_up, one_of_several
from sespms_rules.foundation.patterns import late
from sespms_rules.foundation.source import Span
from sespms_rules.foundation.values import replace
from sespms_rules.language.syntax.formula import Atom, Named, OwnPoints, OwnWeight, TheScore
from sespms_rules.language.syntax.limits import Negative, signed_value
from sespms_rules.language.syntax.nodes import Number, Quoted
from sespms_rules.program import ir
from sespms_rules.program.lowering.facts import fact_value
from sespms_rules.program.lowering.findings import (
    DEFINED_BELOW,
    MISPLACED_MEASURE,
    NO_SCORE,
    UNKNOWN_NAME,
    WRONG_MEMBERS,
    WRONG_SORT_OF_NAME,
)
from sespms_rules.program.lowering.kinds import Typed, ValueKind, fixed, unknown
from sespms_rules.program.lowering.scope import MemberFacts, Scope

_MULTIPLIED = late(r"\b(?:the )?sum of points \*\s*$")
_EVERYONE = late(r"(?:all|each|every|any|most)(?: of)?(?: the)?(?: critical| noncritical)? elements?", re.IGNORECASE)
"""Names that nobody gives an element: wording of the language put in quotes."""


def atom(node: Atom, scope: Scope) -> Typed:
    """The value of a name, a number or `score`."""
    match node:
        case Named(name=name):
            return value_named(name, scope, alone=True)
        case TheScore(span=span):
            return the_score(span, scope)
        case Number() | Negative():
            return fixed(signed_value(node), node.span)
        case _:
            assert_never(node)


def the_score(span: Span, scope: Scope) -> Typed:
    """The score of this block, where a line above defines it."""
    if scope.score is not None:
        through = ("score", *scope.score.through) if scope.score.kind is ValueKind.WEIGHTED else ()
        return replace(scope.score, expression=ir.TheScore(), span=span, through=through)
    if scope.score_at is None:
        scope.find(
            NO_SCORE,
            span,
            f"{scope.stage.title} has no score",
            "say how it is worked out, for instance `score is the average of points`",
        )
    elif scope.score_at.start <= span.start < scope.score_at.end and scope.score_at.source is span.source:
        scope.find(NO_SCORE, span, "the score is used in its own formula", "name what is meant, or use a number")
    else:
        scope.find(
            NO_SCORE,
            span,
            "`score` is read above the line that says what it is",
            "move this line below the line `score is …`",
        )
    return unknown(span)


def _of_several(node: OwnPoints | OwnWeight) -> Iterator[Fix]:
    """What `score is points` may mean; none inside a longer formula."""
    if node.span.source.text[: node.span.start].rstrip().endswith(" is"):
        yield one_of_several(node.span, "the average of points", "so that all count alike")
        yield one_of_several(node.span, "the sum of points", "so that they are added up")


def own(node: OwnPoints | OwnWeight, scope: Scope) -> Typed:
    """`points` or `weight` of the one member at hand, inside `of each`."""
    is_weight = isinstance(node, OwnWeight)
    scope.reads_weights |= is_weight
    if not scope.inside_each:
        word = "weight" if is_weight else "points"
        help = (
            f"say `the {word} of …` for one element, `the average of {word.rstrip('s')}s` for several, or begin the "
            f"line with a name and `of each {scope.member_word} is`"
        )
        fixes = () if is_weight else tuple(_of_several(node))
        multiplied = _MULTIPLIED.search(node.span.source.text[: node.span.start]) if is_weight else None
        if multiplied is not None:
            help = "write `the sum of points times weight`: each one's points times its own weight"
            fixes = (instead(replace(node.span, start=multiplied.start()), "the sum of points times weight"),)
        message = f"`{word}` alone speaks of one {scope.member_word}, and none is at hand here"
        scope.find(MISPLACED_MEASURE, node.span, message, help, fixes)
        return unknown(node.span)
    if is_weight:
        return Typed(ir.Own(ir.Take.WEIGHT), ValueKind.WEIGHTED, node.span)
    return Typed(ir.Own(ir.Take.POINTS), ValueKind.POINTS, node.span)


def value_named(name: Quoted, scope: Scope, *, alone: bool = False) -> Typed:
    """The value a name stands for where a value is wanted; `alone` where a name can stand and no formula."""
    scope.read.add(name.text)
    if name.text in scope.values:
        found = scope.values[name.text]
        return _renamed(found, ir.Named(name.text), name)
    if name.text in scope.around.facts:
        return fact_value(name, scope.around.facts[name.text], scope)
    if scope.inside_each:
        inside = _of_member(name, scope)
        if inside is not None:
            return inside
    _not_a_value(name, scope, alone=alone)
    return unknown(name.span)


def value_of_each(name: Quoted, scope: Scope) -> Typed:
    """The value of each member that a name stands for, inside a sum or an average."""
    scope.read.add(name.text)
    found = _of_member(name, scope)
    if found is not None:
        return found
    word = scope.member_word
    if name.text in scope.values:
        message = f"`{name.text}` is one value, not a value of each {word}"
        scope.find(
            WRONG_SORT_OF_NAME, name.span, message, f'use it alone, or define it as `"{name.text}" of each {word} is …`'
        )
    elif name.text in scope.around.elements:
        message = f"`{name.text}` is an element, not a value of each {word}"
        help = f'for one element say `the points of "{name.text}"`; for several `the average of points of "…" and "…"`'
        scope.find(WRONG_SORT_OF_NAME, name.span, message, help)
    elif not _defined_below(name, scope):
        candidates = [*scope.of_each, *(further.name for further in scope.stage.further)]
        scope.unknown(
            UNKNOWN_NAME,
            name,
            candidates,
            f"no {word} has a value `{name.text}`",
            f'define it above as `"{name.text}" of each {word} is …`, or let each {word} be `also rated "{name.text}"`',
        )
    return unknown(name.span)


def element_named(name: Quoted, scope: Scope) -> MemberFacts | None:
    """The element a name stands for where an element is wanted; None, with a finding, where there is none."""
    member = scope.member(name.text)
    if member is not None:
        return member
    if name.text in scope.below or name.text in scope.values:
        scope.find(
            WRONG_SORT_OF_NAME,
            name.span,
            f"`{name.text}` is a value, not an element",
            f'use the value by its name alone, `"{name.text}"`, or name an element',
        )
    elif scope.stage.kind is ir.Kind.REQUIREMENT:
        what = "an element" if name.text in scope.around.elements else "not known to the policy"
        message = f"`{name.text}` is {what}, and {scope.stage.title} reads its own requirements only"
        help = "each plan names its requirements: speak of all `requirements`, or move the line under `summary rating`"
        scope.find(WRONG_MEMBERS, name.span, message, help)
    else:
        message = f"no element is named `{name.text}`"
        help = f'add a block `critical element "{name.text}"`'
        if _EVERYONE.fullmatch(name.text):
            help = "without quotes, say `every element is`, or `more than half of the elements are`"
        scope.unknown(UNKNOWN_NAME, name, list(scope.around.elements), message, help)
    return None


def _of_member(name: Quoted, scope: Scope) -> Typed | None:
    if scope.is_further(name.text):
        return Typed(ir.OwnFurther(name.text), ValueKind.POINTS, name.span)
    if name.text in scope.of_each:
        return _renamed(scope.of_each[name.text], ir.OwnNamed(name.text), name)
    return None


def _renamed(found: Typed, expression: ir.Expression, name: Quoted) -> Typed:
    through = (name.text, *found.through) if found.kind is ValueKind.WEIGHTED else ()
    level_at = name.span if found.level_at else None
    return replace(found, expression=expression, span=name.span, level_at=level_at, through=through)


def _defined_below(name: Quoted, scope: Scope) -> bool:
    place = scope.below.get(name.text)
    if place is None or name.text in scope.values or name.text in scope.of_each:
        return False
    if place.line == name.span.line and place.source is name.span.source:
        message, help = f"`{name.text}` is used in its own definition", "use a value that is defined above"
        fixes: tuple[Fix, ...] = ()
    else:
        message = f"`{name.text}` is used before it is defined"
        help = f"it is defined below, on line {place.line}; move that line up"
        fixes = moved_up(f"move the line of `{name.text}` up", place, name.span)
    scope.find(DEFINED_BELOW, name.span, message, help, fixes)
    return True


def _not_a_value(name: Quoted, scope: Scope, *, alone: bool) -> None:
    word = scope.member_word
    if scope.is_further(name.text) or name.text in scope.of_each:
        message = f"`{name.text}` is a value of each {word}, and one value is wanted here"
        help = f'say which is meant, for instance `the average of "{name.text}" of {word}s`'
        scope.find(WRONG_SORT_OF_NAME, name.span, message, help)
    elif name.text in scope.around.elements:
        taken = f'the points of "{name.text}"'
        help = f"say what is taken of it, for instance `{taken}`"
        fixes: tuple[Fix, ...] = (instead(name.span, taken),)
        if alone:  # no formula is read here, so what is taken of it needs a name
            help = f'write `"points of {name.text}" is {taken}` on a line above, and `"points of {name.text}"` here'
            fixes = ()
        scope.find(WRONG_SORT_OF_NAME, name.span, f"`{name.text}` is an element, not a value", help, fixes)
    elif not _defined_below(name, scope):
        candidates = [
            *scope.below,
            *scope.around.facts,
            *scope.around.elements,
            *(further.name for further in scope.stage.further),
        ]
        scope.unknown(
            UNKNOWN_NAME,
            name,
            candidates,
            f"nothing is named `{name.text}` in {scope.stage.title}",
            f'define it above, as `"{name.text}" is …`',
        )
