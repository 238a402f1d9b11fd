"""Which rows a policy admits, in columns: the ratings on their scales, the plan within its limits (602 to 617).

What has to do with names (601, 614, and second ratings the policy does not define) is found where the columns are
made. Refusals are sets, one bit for each code, so that a row carries all of its reasons.
"""

from __future__ import annotations

from fractions import Fraction
from functools import reduce
from typing import assert_never

import numpy as np

from sespms_rules.engines.columnar.columns import MemberColumns, StageColumns
from sespms_rules.engines.columnar.formulas import number_of
from sespms_rules.engines.columnar.masks import Codes, Truth, bits_where, both, either, joined, negated, with_bit
from sespms_rules.engines.columnar.members import Member
from sespms_rules.engines.columnar.values import Value, choose, compared, constant, sum_of, type_for, whole
from sespms_rules.program import ir

_TOTAL, _OUTWEIGHED, _FLOOR, _CEILING, _WHOLE, _NO_WEIGHT, _NOT_RATED, _SCALE, _MISSING, _COUNT = range(2, 12)
_FURTHER, _UNUSED, _NOT_POSITIVE = 15, 16, 17
_SPECIFIC_FIRST = (ir.Kind.CRITICAL, ir.Kind.NONCRITICAL, ir.Kind.REQUIREMENT, ir.Kind.ELEMENT)


def rule_for(stage: ir.Stage, critical: bool) -> ir.UnratedRule | None:
    """What a policy says of a missing rating; what it says of critical elements goes before the rest."""
    mine = (ir.Kind.CRITICAL if critical else ir.Kind.NONCRITICAL, stage.kind)
    fitting = [rule for rule in stage.unrated if rule.kind in mine]
    return min(fitting, key=lambda rule: _SPECIFIC_FIRST.index(rule.kind), default=None)


class Admission:
    """The members of one stage made ready, and the refusals met on the way in `bits`.

    Members may be used only for rows without a refusal. `inner` holds the admission of each one's requirements,
    `policy_of` what the policy says of it (None for those that only some plans have).
    """

    def __init__(self, stage: ir.Stage, columns: StageColumns) -> None:
        self.stage = stage
        self.bits: Codes = columns.found
        self.members: list[Member] = []
        self.inner: list[Admission | None] = []
        self.policy_of: list[ir.Member | None] = [*stage.members, *(None for _ in columns.others)]
        for given, policy in zip((*columns.named, *columns.others), self.policy_of, strict=True):
            critical = policy.critical if policy else given.critical
            member = Member(policy.name if policy else None, given.present, critical)
            self.members.append(member)
            if policy is not None:
                self._refuse(negated(given.present), _MISSING)
            self.inner.append(self._nested(member, given, policy.stage) if policy and policy.stage else None)
            if self.inner[-1] is None:
                self._rating(member, given, policy)
            self._further(member, given, policy)
            member.weight, member.weighed = given.weight, given.weighed
        self._weights()
        self._limits()

    def _refuse(self, truth: Truth, code: int) -> None:
        self.bits = with_bit(self.bits, truth, code)

    # ---- ratings ---------------------------------------------------------------------------------

    def _nested(self, member: Member, given: MemberColumns, stage: ir.Stage) -> Admission:
        inner = Admission(stage, given.inner or StageColumns(()))
        self.bits = joined(self.bits, bits_where(member.present, inner.bits))
        self._refuse(both(member.present, given.rated), _SCALE)
        return inner

    def _rating(self, member: Member, given: MemberColumns, policy: ir.Member | None) -> None:
        scale = policy.scale if policy else ir.LevelScale(tuple(level for level, _ in self.stage.points))
        rating = given.rating or constant(0)
        there = both(member.present, given.rated)
        if isinstance(scale, ir.NumberScale):
            fits = _within(rating, scale.low, scale.high)
            member.number, member.numbered = rating, both(there, fits)
        else:
            fits = _on_levels(rating, scale.levels)
            member.level = _level(rating, both(there, fits), scale.levels)
        self._refuse(both(there, negated(fits)), _SCALE)
        member.rated = given.rated
        member.counts = either(negated(member.present), given.rated)
        self._unrated(member, both(member.present, negated(given.rated)), isinstance(scale, ir.NumberScale))

    def _unrated(self, member: Member, missing: Truth, scaled: bool) -> None:
        """Settle missing ratings, which may be by another rule where the element is not critical."""
        if missing is False:
            return
        for critical, where in ((True, member.critical), (False, negated(member.critical))):
            rule, concerned = rule_for(self.stage, critical), both(missing, where)
            if rule is not None and rule.what is ir.Unrated.LEFT_OUT:
                continue
            if rule is None or rule.what is ir.Unrated.STOP or scaled or rule.level is None:
                self._refuse(concerned, _NOT_RATED)
            else:
                member.level = choose(concerned, constant(rule.level), member.level)
                member.counts = either(member.counts, concerned)

    def _further(self, member: Member, given: MemberColumns, policy: ir.Member | None) -> None:
        there: dict[str, tuple[Value, Truth]] = {name: (value, where) for name, value, where in given.further}
        derived = policy is not None and policy.stage is not None
        has_level = compared(member.level, ir.Relation.MORE, constant(0))
        counts: Truth = True if derived else either(member.numbered, has_level)
        for rule in self.stage.further:
            value, where = there.get(rule.name, (constant(rule.low), False))
            outside = both(where, negated(_within(value, rule.low, rule.high)))
            missing = both(counts, negated(where))
            self._refuse(both(member.present, either(outside, missing)), _FURTHER)
            member.further[rule.name] = value

    # ---- plans -----------------------------------------------------------------------------------

    def _weights(self) -> None:
        """Weights that are missing, not used, or not more than 0; `_valid` says where each member's can be used."""
        self._valid: list[Truth] = []
        for member in self.members:
            weighs = both(member.present, member.weighed)
            positive = compared(_weight(member), ir.Relation.MORE, constant(0))
            self._valid.append(both(weighs, positive))
            if not self.stage.weighted:
                self._refuse(weighs, _UNUSED)
            else:
                self._refuse(both(member.present, negated(member.weighed)), _NO_WEIGHT)
                self._refuse(both(weighs, negated(positive)), _NOT_POSITIVE)

    def _limits(self) -> None:
        missing = number_of([negated(each.present) for each in self.members if each.name is not None])
        there = number_of([each.present for each in self.members])
        for limit in self.stage.limits:
            match limit:
                case ir.WeightTotal():
                    self._total(limit)
                case ir.WholeWeights():
                    self._whole()
                case ir.WeightRange():
                    self._range(limit)
                case ir.NoneAbove():
                    self._none_above(limit)
                case ir.MemberCount():
                    self._count(limit, missing)
                case _:
                    assert_never(limit)
        nobody = compared(sum_of(there, missing), ir.Relation.EQUAL, constant(0))
        self._refuse(nobody, _COUNT)

    def _total(self, limit: ir.WeightTotal) -> None:
        if not self.stage.weighted:
            return
        whole_plan: Truth = True
        for member, valid in zip(self.members, self._valid, strict=True):
            needless = False if member.name is not None else negated(member.present)
            whole_plan = both(whole_plan, either(valid, needless))
        parts = [choose(valid, _weight(each), constant(0)) for each, valid in self._weighing()]
        total = reduce(sum_of, parts, constant(0)) if len(parts) < 2 else reduce(sum_of, parts)
        right = compared(total, ir.Relation.EQUAL, constant(limit.total))
        self._refuse(both(whole_plan, negated(right)), _TOTAL)

    def _weighing(self) -> list[tuple[Member, Truth]]:
        return list(zip(self.members, self._valid, strict=True))

    def _whole(self) -> None:
        for member, valid in self._weighing():
            weight = _weight(member)
            if isinstance(weight.denominator, int) and weight.denominator == 1:
                continue
            broken = np.not_equal(np.remainder(weight.numerator, weight.denominator), 0)
            self._refuse(both(valid, broken if isinstance(broken, np.ndarray) else bool(broken)), _WHOLE)

    def _range(self, limit: ir.WeightRange) -> None:
        for member, valid in self._weighing():
            named = member.name is not None and member.name in (limit.names or limit.save)
            if named is not (limit.names is not None):
                continue
            weight = _weight(member)
            below: Truth = False
            if limit.low is not None:
                below = both(valid, compared(weight, ir.Relation.LESS, constant(limit.low)))
                self._refuse(below, _FLOOR)
            if limit.high is not None:
                above = both(valid, compared(weight, ir.Relation.MORE, constant(limit.high)))
                self._refuse(both(above, negated(below)), _CEILING)

    def _none_above(self, limit: ir.NoneAbove) -> None:
        pairs = self._weighing()
        for top, usable in (each for each in pairs if each[0].name == limit.name):
            for member, valid in (each for each in pairs if each[0] is not top):
                heavier = compared(_weight(member), ir.Relation.MORE, _weight(top))
                self._refuse(both(both(usable, valid), heavier), _OUTWEIGHED)

    def _count(self, limit: ir.MemberCount, missing: Value) -> None:
        """Too few, save where those that are missing make up for it and have been refused by name; or too many."""
        truths = [each.present for each in self.members]
        if limit.kind in (ir.Kind.CRITICAL, ir.Kind.NONCRITICAL):
            wanted = limit.kind is ir.Kind.CRITICAL
            truths = [both(each.present, each.critical if wanted else negated(each.critical)) for each in self.members]
        found = number_of(truths)
        if limit.low is not None:
            self._refuse(compared(sum_of(found, missing), ir.Relation.LESS, constant(limit.low)), _COUNT)
        if limit.high is not None:
            self._refuse(compared(found, ir.Relation.MORE, constant(limit.high)), _COUNT)


def _weight(member: Member) -> Value:
    return member.weight or constant(1)


def _within(value: Value, low: Fraction, high: Fraction) -> Truth:
    above = compared(value, ir.Relation.AT_LEAST, constant(low))
    return both(above, compared(value, ir.Relation.AT_MOST, constant(high)))


def _on_levels(rating: Value, levels: tuple[int, ...]) -> Truth:
    few = isinstance(rating.denominator, int) and rating.denominator == 1 and rating.high - rating.low < len(levels)
    if few and all(each in levels for each in range(rating.low, rating.high + 1)):
        return True
    fits: Truth = False
    for level in levels:
        fits = either(fits, compared(rating, ir.Relation.EQUAL, constant(level)))
    return fits


def _level(rating: Value, usable: Truth, levels: tuple[int, ...]) -> Value:
    """Ratings as levels; 0 where they are of no use."""
    kind = type_for(*levels)
    if isinstance(rating.denominator, int) and rating.denominator == 1 and usable is True:
        column = rating.numerator
        return whole(column if isinstance(column, int) else column.astype(kind, copy=False), rating.low, rating.high)
    if usable is False or not levels:
        return constant(0)
    found = rating.numerator // rating.denominator
    if isinstance(found, int) or isinstance(usable, bool):
        found = np.asarray(found)
    return whole(np.where(usable, found, 0).astype(kind), 0, max(levels))
