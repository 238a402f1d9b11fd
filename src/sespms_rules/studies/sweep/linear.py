"""Programs whose score is a plain sum: what each element's points are multiplied by, and what is asked of the sum.

For these a whole appraisal comes down to a few whole numbers: how much weight stands at each level. Every other program
is swept by rating each variant, which is slower and gives the same answers.
"""

from __future__ import annotations

from fractions import Fraction

from sespms_rules.foundation.values import Frozen
from sespms_rules.program import ir
from sespms_rules.program.traversal import walk
from sespms_rules.studies.sweep.parameters import parts_of


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
    if not plain or not stage.members or stage.open or stage.further or len(stage.definitions) != 1:
        return None
    if any(rule.what is not ir.Unrated.STOP for rule in stage.unrated) or not stage.rows or stage.caps:
        return None
    if not all(_asks_levels(row.condition) and isinstance(row.outcome, ir.ToLevel) for row in stage.overrides):
        return None
    if not all(_asks_score(row.condition) for row in stage.rows):
        return None
    score = stage.definitions[0]
    return _Reader(stage).read(score.expression) if isinstance(score, ir.ScoreDefinition) else None


def only_scores_decide(program: ir.Program) -> bool:
    """Whether, once overrides are read, a level hangs on the score alone, whatever that is worked out from."""
    stage = program.summary
    if any(rule.what is not ir.Unrated.STOP for rule in stage.unrated) or not stage.rows or stage.caps:
        return False
    if not any(isinstance(each, ir.ScoreDefinition) for each in stage.definitions):
        return False
    if not all(isinstance(row.outcome, ir.ToLevel) for row in stage.overrides):
        return False
    return all(_asks_score(row.condition) for row in stage.rows) and not _asks_the_level(stage.definitions)


def _asks_the_level(value: object) -> bool:
    """Whether some definition waits for the level."""
    return any(isinstance(each, ir.TheLevel) for each in walk(value))


def _asks_levels(condition: ir.Condition) -> bool:
    if isinstance(condition, ir.All):
        return all(map(_asks_levels, condition.parts))
    return isinstance(condition, ir.NumberThat | ir.EveryOne)


def _asks_score(condition: ir.Condition) -> bool:
    """Whether a line compares the score with fixed numbers and asks nothing else."""
    return all(
        isinstance(part, ir.Compare) and isinstance(part.left, ir.TheScore) and isinstance(part.right, ir.Constant)
        for part in parts_of(condition)
    )


class _Reader:
    """Reads expressions of one stage as sums."""

    def __init__(self, stage: ir.Stage) -> None:
        self._stage = stage
        totals = [each.total for each in stage.limits if isinstance(each, ir.WeightTotal)]
        self._total = totals[0] if totals and stage.weighted else None

    def read(self, expression: ir.Expression) -> Linear | None:
        """The expression as a sum; None where it is none."""
        match expression:
            case ir.Constant(value):
                return Linear(self._nothing(), value)
            case ir.OfMember(take, name) if take in (ir.Take.POINTS, ir.Take.SCORE):
                return self._of(ir.Names((name,)), Term(Fraction(1), Fraction(0)))
            case ir.Aggregate():
                return self._aggregate(expression)
            case ir.Sum(left, right):
                return _added(self.read(left), self.read(right), Fraction(1))
            case ir.Difference(left, right):
                return _added(self.read(left), self.read(right), Fraction(-1))
            case ir.Product(left, right):
                return _times(self.read(left), self.read(right))
            case ir.Quotient(left, ir.Constant(value)) if value:
                return _scaled(self.read(left), 1 / value)
            case _:
                return None

    def _nothing(self) -> tuple[Term, ...]:
        return (Term(Fraction(0), Fraction(0)),) * len(self._stage.members)

    def _of(self, members: ir.Members, term: Term) -> Linear:
        none = Term(Fraction(0), Fraction(0))
        return Linear(tuple(term if _among(each, members) else none for each in self._stage.members), Fraction(0))

    def _aggregate(self, expression: ir.Aggregate) -> Linear | None:
        members = expression.members
        count = sum(_among(each, members) for each in self._stage.members)
        if not count:
            return None
        one, none = Fraction(1), Fraction(0)
        own_points = expression.body in (ir.Own(ir.Take.POINTS), ir.Own(ir.Take.SCORE))
        weight = ir.Own(ir.Take.WEIGHT)
        products = [ir.Product(*pair) for own in _OWN for pair in ((own, weight), (weight, own))]
        if expression.aggregation is ir.Aggregation.SUM and not expression.by_weight:
            if own_points:
                return self._of(members, Term(one, none))
            return self._of(members, Term(none, one)) if expression.body in products else None
        if expression.aggregation is not ir.Aggregation.AVERAGE or not own_points:
            return None
        if not expression.by_weight:
            return self._of(members, Term(Fraction(1, count), none))
        whole = count == len(self._stage.members) and self._total
        return self._of(members, Term(none, 1 / self._total)) if whole and self._total else None


_OWN = (ir.Own(ir.Take.POINTS), ir.Own(ir.Take.SCORE))


def _among(member: ir.Member, members: ir.Members) -> bool:
    if isinstance(members, ir.Names):
        return member.name in members.names
    if members.kind is ir.Kind.CRITICAL:
        return member.critical
    return not member.critical if members.kind is ir.Kind.NONCRITICAL else True


def _added(left: Linear | None, right: Linear | None, sign: Fraction) -> Linear | None:
    if left is None or right is None:
        return None
    terms = (
        Term(one.fixed + sign * other.fixed, one.by_weight + sign * other.by_weight)
        for one, other in zip(left.terms, right.terms, strict=True)
    )
    return Linear(tuple(terms), left.constant + sign * right.constant)


def _times(left: Linear | None, right: Linear | None) -> Linear | None:
    """A product, of which one side is a fixed number."""
    if left is None or right is None:
        return None
    for one, other in ((left, right), (right, left)):
        if not any(term.fixed or term.by_weight for term in one.terms):
            return _scaled(other, one.constant)
    return None


def _scaled(linear: Linear | None, factor: Fraction) -> Linear | None:
    if linear is None:
        return None
    terms = tuple(Term(each.fixed * factor, each.by_weight * factor) for each in linear.terms)
    return Linear(terms, linear.constant * factor)
