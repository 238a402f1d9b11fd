"""Formulas of a score that are sums: so much of the points of each member, with or without its weight.

These are the formulas whose gaps are decided by a search here. Any other is left to the prover.
"""

from __future__ import annotations

from fractions import Fraction

from sespms_rules.foundation.values import Frozen, field, replace
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
from sespms_rules.language.syntax.words import Aggregation, Attribute, Measured, Noun

_NONE = Fraction(0)
_MOST_DECIMALS = 12


class LinearScore(Frozen):
    """A score as a sum.

    `constant`, plus for each named member its factor times its points, plus `total` times the sum and `mean`
    times the average of all points, plus `weighted` times the sum of points times weight and `weighted_mean` times
    the average of points by weight. `by_levels` says that level numbers stand where points would. `nouns` are the
    kinds of member it speaks of.
    """

    constant: Fraction = field(default=_NONE)
    named: tuple[tuple[str, Fraction], ...] = field(default=())
    total: Fraction = field(default=_NONE)
    mean: Fraction = field(default=_NONE)
    weighted: Fraction = field(default=_NONE)
    weighted_mean: Fraction = field(default=_NONE)
    by_levels: frozenset[bool] = field(default=frozenset())
    nouns: frozenset[Noun] = field(default=frozenset())

    @property
    def weights_alone(self) -> bool:
        """Whether only sums of points times weight, and a fixed number, make the score."""
        return self.reads_weights and not self.named and not self.total and not self.mean

    def times(self, factor: Fraction) -> LinearScore:
        """Every part of the sum times a number."""
        named = tuple((name, factor * share) for name, share in self.named)
        sizes = {name: factor * getattr(self, name) for name in _SIZES}
        return replace(self, named=named, **sizes)

    def plus(self, other: LinearScore) -> LinearScore:
        """The sum of two sums."""
        named = dict(self.named)
        for name, share in other.named:
            named[name] = named.get(name, _NONE) + share
        sizes = {name: getattr(self, name) + getattr(other, name) for name in _SIZES}
        by_levels, nouns = self.by_levels | other.by_levels, self.nouns | other.nouns
        return LinearScore(named=tuple(named.items()), by_levels=by_levels, nouns=nouns, **sizes)

    @property
    def reads_weights(self) -> bool:
        """Whether weights enter it."""
        return bool(self.weighted or self.weighted_mean)


_MOST_BITS = 4_096
_SIZES = ("constant", "total", "mean", "weighted", "weighted_mean")


def linear_score(part: Part) -> tuple[LinearScore, Precision | None] | None:
    """The score of a part as a sum, and its rounding; None where it is no such sum."""
    known: dict[str, LinearScore] = {}
    for stated in part.sentences:
        sentence = stated.sentence
        if not isinstance(sentence, NamedIs | ScoreIs):
            continue
        read = None if sentence.value.limits else _read(sentence.value.formula, known)
        if isinstance(sentence, ScoreIs):
            usable = read is not None and len(read.by_levels) <= 1 and _is_usual(sentence.value.rounding)
            return (read, sentence.value.rounding) if read is not None and usable else None
        if read is not None and sentence.value.rounding is None:
            known[sentence.name.text] = read
    return None


def _is_usual(rounding: Precision | None) -> bool:
    """Whether a rounding names a whole number of decimals, and no absurd one."""
    if not isinstance(rounding, RoundToDecimals):
        return True
    return rounding.decimals.value.denominator == 1 and rounding.decimals.value <= _MOST_DECIMALS


def _read(formula: Expression, known: dict[str, LinearScore]) -> LinearScore | None:
    match formula:
        case Constant(written):
            return LinearScore(constant=written.value)
        case Group(inside):
            return _read(inside, known)
        case Negate(operand):
            return _scaled(_read(operand, known), Fraction(-1))
        case PercentOf(percent, operand):
            return _scaled(_read(operand, known), percent.value / 100)
        case Named(name):
            return known.get(name.text)
        case Add(left, right):
            return _joined(_read(left, known), _read(right, known))
        case Subtract(left, right):
            return _joined(_read(left, known), _scaled(_read(right, known), Fraction(-1)))
        case Multiply(left, right):
            return _product(_read(left, known), _read(right, known))
        case Divide(left, right):
            below = _fixed(_read(right, known))
            return _scaled(_read(left, known), 1 / below) if below else None
        case AttributeOf(attribute, name):
            return _attribute(attribute, name.text)
        case AggregateOf():
            return _aggregate(formula)
    return None


def _fixed(read: LinearScore | None) -> Fraction | None:
    """The number a formula always is; None where it depends on an appraisal."""
    if read is None or read.named or any(getattr(read, name) for name in _SIZES[1:]):
        return None
    return read.constant


def _scaled(read: LinearScore | None, factor: Fraction) -> LinearScore | None:
    """A sum times a number; None also where the numbers become larger than any policy's (SES262 tells it)."""
    if read is None or _bits(factor) > _MOST_BITS:
        return None
    made = read.times(factor)
    parts = (*(share for _, share in made.named), *(getattr(made, name) for name in _SIZES))
    return made if all(_bits(each) <= _MOST_BITS for each in parts) else None


def _bits(number: Fraction) -> int:
    return number.numerator.bit_length() + number.denominator.bit_length()


def _joined(left: LinearScore | None, right: LinearScore | None) -> LinearScore | None:
    return None if left is None or right is None else left.plus(right)


def _product(left: LinearScore | None, right: LinearScore | None) -> LinearScore | None:
    for factor, other in ((_fixed(left), right), (_fixed(right), left)):
        if factor is not None:
            return _scaled(other, factor)
    return None


def _attribute(attribute: Attribute, name: str) -> LinearScore | None:
    if attribute not in (Attribute.POINTS, Attribute.LEVEL):
        return None
    return LinearScore(named=((name, Fraction(1)),), by_levels=frozenset({attribute is Attribute.LEVEL}))


def _aggregate(formula: AggregateOf) -> LinearScore | None:
    weighted = isinstance(formula.measure, MeasuredTimesWeight)
    measure = formula.measure.measure if isinstance(formula.measure, MeasuredTimesWeight) else formula.measure
    if not isinstance(measure, MeasureWord) or measure.word not in (Measured.POINTS, Measured.LEVELS):
        return None
    by_levels = frozenset({measure.word is Measured.LEVELS})
    kind = (formula.aggregation, weighted, formula.by_weight is not None)
    if isinstance(formula.members, OfNames):
        shares = {(Aggregation.SUM, False, False): 1, (Aggregation.AVERAGE, False, False): len(formula.members.names)}
        if kind not in shares:
            return None
        share = Fraction(1, shares[kind])
        return LinearScore(named=tuple((name.text, share) for name in formula.members.names), by_levels=by_levels)
    part = _PARTS.get(kind)
    if part is None:
        return None
    nouns = frozenset({formula.members.noun}) if isinstance(formula.members, OfNoun) else frozenset[Noun]()
    return replace(LinearScore(by_levels=by_levels, nouns=nouns), **{part: Fraction(1)})


_PARTS = {
    (Aggregation.SUM, False, False): "total",
    (Aggregation.AVERAGE, False, False): "mean",
    (Aggregation.SUM, True, False): "weighted",
    (Aggregation.AVERAGE, False, True): "weighted_mean",
}
