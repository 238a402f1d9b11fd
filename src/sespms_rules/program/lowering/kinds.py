"""The typing rule: what each value depends on, and which operations keep every derivation linear in the weights.

A value is a fixed number, depends on ratings alone (points), or on ratings and weights (weighted, linear in the
weights, or the quotient of two such). A word from a table is a code. Two weighted values are never multiplied, and
nothing is divided by one: so for each fixed set of ratings every question about a value is piecewise linear in the
weights, and each guarantee can be decided; only means over different weights that have no fixed total, joined
in one formula, may leave one undecided.
There is one function for each family of expressions; each returns the kind of the result and adds its findings.
"""

from __future__ import annotations

from collections.abc import Sequence
from enum import IntEnum
from fractions import Fraction

from sespms_rules.foundation.diagnostic import Label
from sespms_rules.foundation.source import Span
from sespms_rules.foundation.values import Frozen, field
from sespms_rules.program import ir
from sespms_rules.program.lowering.findings import (
    CODE_IN_FORMULA,
    UNSAFE_DIVISION,
    WEIGHTS_MULTIPLIED,
    Findings,
)
from sespms_rules.program.lowering.sizes import small_enough


class ValueKind(IntEnum):
    """What a value depends on; the first three are ordered. UNKNOWN: a finding already says why."""

    FIXED = 0
    POINTS = 1
    WEIGHTED = 2
    CODE = 3
    UNKNOWN = 4


class Typed(Frozen):
    """An expression with its kind and the words it was made from.

    `value` is the number itself where it is fixed and known; `least` a number it never falls below, where one is
    known. `level_at` are the words that need the derived level, if any do. `through` are the names by which it
    depends on the weights, outermost first; none where it reads them itself.
    """

    expression: ir.Expression
    kind: ValueKind
    span: Span
    value: Fraction | None = field(default=None)
    least: Fraction | None = field(default=None)
    level_at: Span | None = field(default=None, compare=False)
    through: tuple[str, ...] = field(default=())


def unknown(span: Span) -> Typed:
    """Return what stands for a value that a finding has refused: nothing more is said about it."""
    return Typed(ir.Constant(Fraction(0)), ValueKind.UNKNOWN, span)


def fixed(value: Fraction, span: Span) -> Typed:
    """Return a fixed number."""
    return Typed(ir.Constant(value), ValueKind.FIXED, span, value=value, least=value)


def made(
    expression: ir.Expression,
    kind: ValueKind,
    span: Span,
    parts: Sequence[Typed | TypedCondition],
    *,
    value: Fraction | None = None,
    least: Fraction | None = None,
) -> Typed:
    """Return an expression made of parts: it needs the level, and depends on the weights, where a part does."""
    through = next((part.through for part in parts if part.kind is ValueKind.WEIGHTED), ())
    known = small_enough(value) if kind is ValueKind.FIXED else None
    level_at = next((part.level_at for part in parts if part.level_at), None)
    return Typed(expression, kind, span, known, known if known is not None else small_enough(least), level_at, through)


class TypedCondition(Frozen):
    """A condition with the highest kind among the values it compares."""

    condition: ir.Condition
    kind: ValueKind
    level_at: Span | None = field(default=None, compare=False)
    through: tuple[str, ...] = field(default=())


def joined(parts: Sequence[Typed | TypedCondition], findings: Findings) -> ValueKind:
    """Kind of a sum, a difference, the larger, the smaller, limits, a choice: the highest among the parts."""
    usable = [_number(part, findings) if isinstance(part, Typed) else part.kind for part in parts]
    return max(usable)


def multiplied(left: Typed, right: Typed, span: Span, findings: Findings) -> ValueKind:
    """Kind of a product: at most one side depends on the weights."""
    kind = joined((left, right), findings)
    if left.kind is ValueKind.WEIGHTED and right.kind is ValueKind.WEIGHTED:
        findings.append(
            WEIGHTS_MULTIPLIED.at(
                span,
                f"`{left.span.words}` is multiplied by `{right.span.words}`, and both depend on the weights",
                help=f"{_dependence(left)}, and {_dependence(right)}; multiply a value that depends on the weights "
                "by a fixed number or by a value of the ratings alone",
                labels=(
                    Label(left.span, "depends on the weights"),
                    Label(right.span, "depends on the weights too"),
                ),
            )
        )
        return ValueKind.UNKNOWN
    return kind


def divided(left: Typed, right: Typed, findings: Findings) -> ValueKind:
    """Kind of a quotient: the right side does not depend on the weights and is never zero."""
    kind = joined((left, right), findings)
    if kind is ValueKind.UNKNOWN:
        return kind
    said = right.span.words
    if right.kind is ValueKind.WEIGHTED:
        findings.append(
            UNSAFE_DIVISION.at(
                right.span,
                f"`{said}` depends on the weights, and nothing can be divided by a value that does",
                help=f"{_dependence(right)}; divide by a fixed number or by a count; where the weights total a fixed "
                "number, write that number",
            )
        )
        return ValueKind.UNKNOWN
    if right.value == 0 or (right.value is None and (right.least is None or right.least <= 0)):
        able = "is zero" if right.value == 0 else "can be zero"
        findings.append(
            UNSAFE_DIVISION.at(
                right.span,
                f"`{said}` {able}, and nothing can be divided by zero",
                help="divide by a fixed number other than zero, by a count that the stated limits keep above zero, "
                "or by a count that ends with `but no less than 1`",
            )
        )
        return ValueKind.UNKNOWN
    return kind


def aggregated(body: Typed, findings: Findings) -> ValueKind:
    """Kind of a sum, an average, a lowest or a highest over members: it depends on at least their ratings."""
    kind = _number(body, findings)
    return ValueKind.POINTS if kind is ValueKind.FIXED else kind


def averaged_by_weight(body: Typed, span: Span, findings: Findings) -> ValueKind:
    """Kind of an average by weight: it depends on the weights, and what it averages must not."""
    kind = _number(body, findings)
    if kind is ValueKind.WEIGHTED:
        findings.append(
            WEIGHTS_MULTIPLIED.at(
                span,
                f"`{body.span.words}` is counted by weight, and it already depends on the weights",
                help=f"{_dependence(body)}; leave out `by weight`, or average a value of the ratings alone",
            )
        )
        return ValueKind.UNKNOWN
    return kind if kind is ValueKind.UNKNOWN else ValueKind.WEIGHTED


def rounded(operand: Typed, findings: Findings) -> ValueKind:
    """Kind of a rounded value: the kind stays."""
    return _number(operand, findings)


def compared(left: Typed, right: Typed, findings: Findings) -> ValueKind:
    """Kind of a comparison: a code stands nowhere in one."""
    if ValueKind.UNKNOWN in (left.kind, right.kind):
        return ValueKind.UNKNOWN
    return joined((left, right), findings)


def looked_up(key: Typed, gives_words: bool, findings: Findings) -> ValueKind:
    """Kind of a look-up: any number is a key."""
    if key.kind is ValueKind.CODE:
        return _number(key, findings)
    if key.kind is ValueKind.UNKNOWN:
        return key.kind
    return ValueKind.CODE if gives_words else key.kind


def _number(part: Typed, findings: Findings) -> ValueKind:
    """The kind of a part that arithmetic can use; UNKNOWN, with a finding, for a code."""
    if part.kind is ValueKind.CODE:
        findings.append(
            CODE_IN_FORMULA.at(
                part.span,
                f"`{part.span.words}` is a word from a table, and words can only be reported",
                help="let the table give numbers, or take the word out of the formula",
            )
        )
        return ValueKind.UNKNOWN
    return part.kind


def _dependence(part: Typed) -> str:
    """How a part depends on the weights, in words."""
    said = part.span.words
    if said == "weight":
        return "`weight` is a weight itself"
    names = [f"`{name}`" for name in part.through if said != f'"{name}"']
    return f"`{said}` reads the weights" + (f" through {', then '.join(names)}" if names else "")
