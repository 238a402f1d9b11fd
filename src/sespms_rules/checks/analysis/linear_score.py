"""Formulas of a score that are sums, read from the text: what the search for gaps decides by itself.

The sum and its arithmetic are those of `program/linear_form.py`. It is read from the text here, because a text with a
fault elsewhere has no program and its gaps are told all the same; a test holds the two readings together. Any other
formula is left to the prover.
"""

from __future__ import annotations

from fractions import Fraction

from sespms_rules.foundation.values import Frozen, field
from sespms_rules.language.model import Part
from sespms_rules.language.syntax.derivation import NamedIs, ScoreIs
from sespms_rules.language.syntax.formula import (
    Add,
    AggregateOf,
    AttributeOf,
    Constant,
    Divide,
    Expression,
    Group,
    MeasuredTimesWeight,
    MeasureWord,
    Multiply,
    Named,
    Negate,
    OfNames,
    OfNoun,
    PercentOf,
    Precision,
    RoundToDecimals,
    Subtract,
)
from sespms_rules.language.syntax.words import Attribute, Measured, PartKind
from sespms_rules.program import ir
from sespms_rules.program.linear_form import LinearForm, Share, added, divided, multiplied, scaled, share_of

_NONE = Fraction(0)
_MOST_DECIMALS = 12


class LinearScore(Frozen):
    """A score as a sum over all members, or over members that it names.

    `constant`, plus for each named member its factor times its points, plus `total` times the sum and `mean`
    times the average of all points, plus `weighted` times the sum of points times weight and `weighted_mean` times
    the average of points by weight. `by_levels` says that level numbers stand where points would. `kinds` are the
    kinds of member it speaks of.
    """

    constant: Fraction = field(default=_NONE)
    named: tuple[tuple[str, Fraction], ...] = field(default=())
    total: Fraction = field(default=_NONE)
    mean: Fraction = field(default=_NONE)
    weighted: Fraction = field(default=_NONE)
    weighted_mean: Fraction = field(default=_NONE)
    by_levels: frozenset[bool] = field(default=frozenset())
    kinds: frozenset[ir.Kind] = field(default=frozenset())

    @property
    def weights_alone(self) -> bool:
        """Whether only sums of points times weight, and a fixed number, make the score."""
        return self.reads_weights and not self.named and not self.total and not self.mean

    @property
    def reads_weights(self) -> bool:
        """Whether weights enter it."""
        return bool(self.weighted or self.weighted_mean)


def linear_score(part: Part) -> tuple[LinearScore, Precision | None] | None:
    """The score of a part as a sum, and its rounding; None where it is no such sum."""
    reader = _Reader(ir.Kind.ELEMENT if part.kind is PartKind.RATING else ir.Kind.REQUIREMENT)
    for stated in part.sentences:
        sentence = stated.sentence
        if not isinstance(sentence, NamedIs | ScoreIs):
            continue
        read = None if sentence.value.limits else reader.read(sentence.value.formula)
        if isinstance(sentence, ScoreIs):
            made = None if read is None else over_members(read)
            return (made, sentence.value.rounding) if made is not None and _is_usual(sentence.value.rounding) else None
        if sentence.value.rounding is None:
            reader.known[sentence.name.text] = read
    return None


def over_members(form: LinearForm) -> LinearScore | None:
    """A sum in the numbers that the search adds up by; None for one that weighs members by name, or mixes points."""
    if len(form.by_levels) > 1:
        return None
    named: dict[str, Fraction] = {}
    sizes = dict.fromkeys(_SIZES.values(), _NONE)
    kinds: set[ir.Kind] = set()
    for share, factor in form.shares:
        if isinstance(share.members, ir.Group):
            sizes[_SIZES[share.by_weight, share.average]] += factor
            kinds.add(share.members.kind)
        elif share.by_weight:
            return None
        else:
            named[share.members.names[0]] = factor
    return LinearScore(form.constant, tuple(named.items()), by_levels=form.by_levels, kinds=frozenset(kinds), **sizes)


_SIZES = {(False, False): "total", (False, True): "mean", (True, False): "weighted", (True, True): "weighted_mean"}
"""By weight or not, an average or not."""


def _is_usual(rounding: Precision | None) -> bool:
    """Whether a rounding names a whole number of decimals, and no absurd one."""
    if not isinstance(rounding, RoundToDecimals):
        return True
    return rounding.decimals.value.denominator == 1 and rounding.decimals.value <= _MOST_DECIMALS


class _Reader:
    """Reads the formulas of a part whose members are of one kind, with what it has read of named values."""

    def __init__(self, kind: ir.Kind) -> None:
        self._kind = kind
        self.known: dict[str, LinearForm | None] = {}

    def read(self, formula: Expression) -> LinearForm | None:
        """A formula as a sum; None where it is none."""
        match formula:
            case Constant(written):
                return LinearForm(written.value)
            case Group(inside):
                return self.read(inside)
            case Negate(operand):
                return scaled(self.read(operand), Fraction(-1))
            case PercentOf(percent, operand):
                return scaled(self.read(operand), percent.value / 100)
            case Named(name):
                return self.known.get(name.text)
            case Add(left, right):
                return added(self.read(left), self.read(right))
            case Subtract(left, right):
                return added(self.read(left), scaled(self.read(right), Fraction(-1)))
            case Multiply(left, right):
                return multiplied(self.read(left), self.read(right))
            case Divide(left, right):
                return divided(self.read(left), self.read(right))
            case AttributeOf(attribute, name) if attribute in (Attribute.POINTS, Attribute.LEVEL):
                share = Share(ir.Names((name.text,)))
                return LinearForm(_NONE, ((share, Fraction(1)),), frozenset({attribute is Attribute.LEVEL}))
            case AggregateOf():
                return self._aggregate(formula)
        return None

    def _aggregate(self, formula: AggregateOf) -> LinearForm | None:
        times_weight = isinstance(formula.measure, MeasuredTimesWeight)
        measure = formula.measure.measure if isinstance(formula.measure, MeasuredTimesWeight) else formula.measure
        if not isinstance(measure, MeasureWord) or measure.word not in (Measured.POINTS, Measured.LEVELS):
            return None
        return share_of(
            formula.aggregation,
            self._members(formula.members),
            times_weight=times_weight,
            by_weight=formula.by_weight is not None,
            by_levels=measure.word is Measured.LEVELS,
        )

    def _members(self, written: OfNoun | OfNames | None) -> ir.Members:
        """Which members a formula means; without a word, all of the part."""
        if isinstance(written, OfNames):
            return ir.Names(tuple(name.text for name in written.names))
        return ir.Group(self._kind if written is None else ir.Kind(written.noun.value))
