"""Scores that are plain sums: so much of the points of each member, with or without its weight.

Asked by all who reason about a score without rating anyone: the search for gaps, arguments that prove a guarantee, and
sweeps. Checks read the sum from the text (`checks/analysis/linear_score.py`), because a text with a fault elsewhere has
no program; everyone else reads it here from the program. The reading differs, the sum and its arithmetic do not.
"""

from __future__ import annotations

from fractions import Fraction

from sespms_rules.foundation.values import Frozen, field
from sespms_rules.program import ir
from sespms_rules.program.traversal import apart

_MOST_BITS = 4_096
"""Numbers beyond it are larger than any policy's (SES262 tells it); no sum is made of them."""

_NONE = Fraction(0)


class Share(Frozen):
    """The sum of some members' points, or their average; `by_weight`: of points times weight, or weighted by it."""

    members: ir.Members
    by_weight: bool = field(default=False)
    average: bool = field(default=False)


class LinearForm(Frozen):
    """`constant`, plus each share times its factor. A member called by name has a share of its own.

    `by_levels` says of what it is made: True of level numbers, False of points; of neither where it is a fixed number.
    """

    constant: Fraction = field(default=_NONE)
    shares: tuple[tuple[Share, Fraction], ...] = field(default=())
    by_levels: frozenset[bool] = field(default=frozenset())

    @property
    def fixed(self) -> Fraction | None:
        """The number it always is; None where it depends on an appraisal."""
        return None if any(factor for _, factor in self.shares) else self.constant


def share_of(
    aggregation: str, members: ir.Members, *, times_weight: bool, by_weight: bool, by_levels: bool
) -> LinearForm | None:
    """A sum or an average over members, of points (or levels) or of these times weight; None for anything else."""
    average = aggregation == ir.Aggregation.AVERAGE
    if not (average or aggregation == ir.Aggregation.SUM) or (times_weight and average) or (by_weight and not average):
        return None
    kind = frozenset({by_levels})
    if isinstance(members, ir.Group):
        return LinearForm(shares=((Share(members, times_weight or by_weight, average), Fraction(1)),), by_levels=kind)
    if by_weight:
        return None  # what their weights come to together is not known
    factor = Fraction(1, len(members.names)) if average else Fraction(1)
    shares = tuple((Share(ir.Names((name,)), times_weight), factor) for name in members.names)
    return LinearForm(shares=shares, by_levels=kind)


# ---- arithmetic; what is no sum stays none ---------------------------------------------------------


def scaled(form: LinearForm | None, factor: Fraction) -> LinearForm | None:
    """A sum times a number."""
    if form is None or _bits(factor) > _MOST_BITS:
        return None
    shares = tuple((share, each * factor) for share, each in form.shares)
    made = LinearForm(form.constant * factor, shares, form.by_levels)
    return made if all(_bits(each) <= _MOST_BITS for each in (made.constant, *(each for _, each in shares))) else None


def added(left: LinearForm | None, right: LinearForm | None) -> LinearForm | None:
    """The sum of two sums."""
    if left is None or right is None:
        return None
    shares = dict(left.shares)
    for share, factor in right.shares:
        shares[share] = shares.get(share, _NONE) + factor
    return LinearForm(left.constant + right.constant, tuple(shares.items()), left.by_levels | right.by_levels)


def multiplied(left: LinearForm | None, right: LinearForm | None) -> LinearForm | None:
    """A product, of which one side is a fixed number."""
    if left is None or right is None:
        return None
    for one, other in ((left, right), (right, left)):
        if one.fixed is not None:
            return scaled(other, one.fixed)
    return None


def divided(left: LinearForm | None, right: LinearForm | None) -> LinearForm | None:
    """A quotient by a fixed number that is not 0."""
    return scaled(left, 1 / right.fixed) if right is not None and right.fixed else None


def _bits(number: Fraction) -> int:
    return number.numerator.bit_length() + number.denominator.bit_length()


# ---- read from a program ---------------------------------------------------------------------------


def score_form(stage: ir.Stage) -> LinearForm | None:
    """The score of a stage as a sum; None where it has none, rounds it, or makes it in any other way.

    Names of values are followed. Points and level numbers are not added up here.
    """
    plain = all(each.stage is None for each in stage.members)
    reader = _Reader(_RATED_ITSELF if plain else _TAKES)
    for each in stage.definitions:
        if isinstance(each, ir.ScoreDefinition):
            form = reader.read(each.expression)
            return form if form is not None and len(form.by_levels) <= 1 else None
        if each.each is None:
            reader.known[each.name] = reader.read(each.expression)
    return None


_TAKES = {ir.Take.POINTS: False, ir.Take.LEVEL: True}
"""What is taken of a member, and whether that is its level number."""

_RATED_ITSELF = _TAKES | {ir.Take.SCORE: False}
"""The same of members that are rated themselves: the score of such a one is its points."""


class _Reader:
    """Reads expressions as sums, with what it has read of named values."""

    def __init__(self, takes: dict[ir.Take, bool]) -> None:
        self._takes = takes
        self.known: dict[str, LinearForm | None] = {}

    def read(self, expression: ir.Expression) -> LinearForm | None:
        """The expression as a sum; None where it is none."""
        match expression:
            case ir.Constant(value):
                return LinearForm(value)
            case ir.Named(name):
                return self.known.get(name)
            case ir.OfMember(take, name) if take in self._takes:
                whose, by_levels = ir.Names((name,)), self._takes[take]
                return share_of("sum", whose, times_weight=False, by_weight=False, by_levels=by_levels)
            case ir.Aggregate():
                return self._aggregate(expression)
            case ir.Sum(left, right):
                return added(self.read(left), self.read(right))
            case ir.Difference(left, right):
                return added(self.read(left), scaled(self.read(right), Fraction(-1)))
            case ir.Product(left, right):
                return multiplied(self.read(left), self.read(right))
            case ir.Quotient(left, right):
                return divided(self.read(left), self.read(right))
        return None

    def _aggregate(self, expression: ir.Aggregate) -> LinearForm | None:
        body, times_weight = expression.body, False
        match body:
            case ir.Product(own, ir.Own(ir.Take.WEIGHT)) | ir.Product(ir.Own(ir.Take.WEIGHT), own):
                body, times_weight = own, True
        if not isinstance(body, ir.Own) or body.take not in self._takes:
            return None
        return share_of(
            expression.aggregation,
            expression.members,
            times_weight=times_weight,
            by_weight=expression.by_weight,
            by_levels=self._takes[body.take],
        )


def asks_the_score_alone(condition: ir.Condition) -> bool:
    """Whether a line compares the score with fixed numbers and asks nothing else."""
    return all(
        isinstance(part, ir.Compare) and isinstance(part.left, ir.TheScore) and isinstance(part.right, ir.Constant)
        for part in apart(condition)
    )
