"""Which rows a policy admits: the ratings on their scales, the plan within its limits (602 to 617).

Rows carry all of their reasons. What has to do with names (601, 614, and additional ratings that the policy does not
define) is found where the facts are read.
"""

from __future__ import annotations

from typing import Generic, assert_never

from sespms_rules.engines.lifted.algebra import Algebra, C, L, MemberFacts, Reasons, StageFacts, T, V
from sespms_rules.engines.lifted.expressions import Formulas
from sespms_rules.engines.lifted.members import Member
from sespms_rules.engines.refusals import RefusalKind
from sespms_rules.program import ir
from sespms_rules.program.unrated_rules import rule_for

BEYOND = 0
"""In the place of a code: a weight larger than the engine reckons with."""


class Admission(Generic[T, C, V, L]):
    """The members of one stage made ready, and the `reasons` met on the way.

    Members mean something only in rows without a reason. `inner` holds the admission of each one's requirements,
    `policy_of` what the policy says of it (None for those that only some plans have). `of_all` are the facts about
    the executive or the unit that the program declares, for the summary alone; `facts` their values.
    """

    def __init__(
        self, algebra: Algebra[T, C, V, L], stage: ir.Stage, facts: StageFacts[T, V], of_all: tuple[ir.Fact, ...] = ()
    ) -> None:
        self.algebra = algebra
        self.stage = stage
        self.reasons = Reasons(algebra)
        for code, truth in facts.found():
            self.reasons.add(truth, code)
        self.facts: dict[str, V] = {}
        self._known: T | bool = True
        for fact in of_all:
            value, known = facts.fact(fact)
            between = algebra.not_whole(algebra.times(value, algebra.constant(fact.per_one)))
            usable = algebra.kept(algebra.both(known, algebra.negated(between)))
            self._refuse(algebra.negated(usable), RefusalKind.FACT)
            self._known = algebra.kept(algebra.both(self._known, usable))
            self.facts[fact.name] = value
        self.members: list[Member[T, C, V]] = []
        self.inner: list[Admission[T, C, V, L] | None] = []
        self.policy_of: list[ir.Member | None] = [*stage.members, *(None for _ in facts.others)]
        self._weights: list[V] = []
        self._valid: list[T | bool] = []
        for given, policy in zip((*facts.named, *facts.others), self.policy_of, strict=True):
            self._member(given, policy)
        self._limits()

    def _refuse(self, truth: T | bool, kind: RefusalKind) -> None:
        self.reasons.add(truth, kind.number)

    # ---- members ---------------------------------------------------------------------------------

    def _member(self, given: MemberFacts[T, V], policy: ir.Member | None) -> None:
        critical = policy.critical if policy else given.critical
        member = Member(self.algebra, policy.name if policy else None, given.present, critical)
        self.members.append(member)
        member.optional = policy is not None and policy.optional
        if policy is not None and not policy.optional:
            self._refuse(self.algebra.negated(member.present), RefusalKind.ELEMENT_MISSING)
        if policy is None and self.stage.closed_to is not None:
            critical = self.stage.closed_to is ir.Kind.CRITICAL
            shut = member.critical if critical else self.algebra.negated(member.critical)
            self._refuse(self.algebra.both(member.present, shut), RefusalKind.UNKNOWN_ELEMENT)
        inner: Admission[T, C, V, L] | None = None
        if policy is not None and policy.stage is not None:
            inner = Admission(self.algebra, policy.stage, given.inner())
            self.reasons.within(member.present, inner.reasons)
            self._refuse(self.algebra.both(member.present, given.rated), RefusalKind.LEVEL_OUT_OF_RANGE)
        else:
            self._rating(member, given, policy)
        if member.optional:
            member.counts = self.algebra.kept(self.algebra.both(member.present, member.counts))
            member.levels |= {0}
        self.inner.append(inner)
        self._further(member, given, derived=inner is not None)
        self._weight(member, given)

    def _rating(self, member: Member[T, C, V], given: MemberFacts[T, V], policy: ir.Member | None) -> None:
        algebra = self.algebra
        scale = policy.scale if policy else ir.LevelScale(tuple(level for level, _ in self.stage.points))
        scaled = isinstance(scale, ir.NumberScale)
        there = algebra.both(member.present, given.rated)
        if isinstance(scale, ir.NumberScale):
            member.number, fits = given.between(scale.low, scale.high)
            member.numbered = algebra.kept(algebra.both(member.present, fits))
        else:
            member.level, fits = given.level(scale.levels)
        self._refuse(algebra.both(there, algebra.negated(fits)), RefusalKind.LEVEL_OUT_OF_RANGE)
        member.rated = given.rated
        member.counts = algebra.kept(algebra.either(algebra.negated(member.present), member.rated))
        missing = algebra.kept(algebra.both(member.present, algebra.negated(member.rated)))
        self._unrated(member, missing, scaled=scaled)
        may_miss = member.counts is not True or scaled
        member.levels |= frozenset() if isinstance(scale, ir.NumberScale) else frozenset(scale.levels)
        member.levels -= frozenset() if may_miss else frozenset({0})

    def _unrated(self, member: Member[T, C, V], missing: T | bool, *, scaled: bool) -> None:
        """Settle missing ratings, which may be by another rule where the element is not critical."""
        algebra = self.algebra
        for critical, where in ((True, member.critical), (False, algebra.negated(member.critical))):
            rule, concerned = rule_for(self.stage, critical), algebra.kept(algebra.both(missing, where))
            if concerned is False or (rule is not None and rule.what is ir.Unrated.LEFT_OUT):
                continue
            if rule is None or rule.what is ir.Unrated.STOP or scaled or rule.level is None:
                # Such a row is refused, so that in the rows that are rated the member always counts.
                self._refuse(concerned, RefusalKind.NOT_RATED)
            else:
                member.level = algebra.choose(concerned, algebra.constant(rule.level), member.level)
                member.levels |= {rule.level}
            member.counts = True if where is True else algebra.kept(algebra.either(member.counts, concerned))

    def _further(self, member: Member[T, C, V], given: MemberFacts[T, V], *, derived: bool) -> None:
        algebra = self.algebra
        counts: T | bool = True if derived else algebra.either(member.numbered, member.at(ir.Relation.MORE, 0))
        for rule in self.stage.further:
            value, fits, there = given.further(rule.name, rule.low, rule.high)
            if rule.step is not None:
                above = algebra.minus(value, algebra.constant(rule.low))
                between = algebra.not_whole(algebra.times(above, algebra.constant(1 / rule.step)))
                fits = algebra.kept(algebra.both(fits, algebra.negated(between)))
            outside = algebra.both(there, algebra.negated(fits))
            lacking = algebra.both(counts, algebra.negated(there))
            left_out = algebra.both(algebra.negated(member.counts), there)
            wrong = algebra.any_of((outside, lacking, left_out))
            self._refuse(algebra.both(member.present, wrong), RefusalKind.FURTHER_RATING)
            member.further[rule.name] = value

    # ---- plans -----------------------------------------------------------------------------------

    def _weight(self, member: Member[T, C, V], given: MemberFacts[T, V]) -> None:
        """Weights that are missing, not used, or not more than 0; `_valid` says where each one can be compared."""
        algebra = self.algebra
        weighs = algebra.both(member.present, given.weighed)
        weight, beyond = given.weight(self.stage)
        positive = algebra.compared(weight, ir.Relation.MORE, algebra.constant(0))
        self._weights.append(weight)
        self._valid.append(algebra.kept(algebra.both(weighs, positive)))
        self.reasons.add(algebra.both(member.present, beyond), BEYOND)
        if not self.stage.weighted:
            self._refuse(weighs, RefusalKind.WEIGHT_NOT_USED)
        else:
            without = algebra.both(member.present, algebra.negated(given.weighed))
            self._refuse(without, RefusalKind.WEIGHT_MISSING)
            low = algebra.both(algebra.both(weighs, algebra.negated(positive)), algebra.negated(beyond))
            self._refuse(low, RefusalKind.WEIGHT_NOT_POSITIVE)
        member.weighed = given.weighed
        member.lacks_weight = not self.stage.weighted  # else a row without one is refused
        member.weight = given.usable(self.stage, weight)

    def _limits(self) -> None:
        algebra = self.algebra
        needed = [each for each in self.members if each.name is not None and not each.optional]
        missing = algebra.number_of([algebra.negated(each.present) for each in needed])
        there = algebra.number_of([each.present for each in self.members])
        for each in self.stage.limits:
            limit = each.limit if isinstance(each, ir.LimitWhen) else each
            where: T | bool = self._holds(each.condition) if isinstance(each, ir.LimitWhen) else True
            match limit:
                case ir.WeightTotal():
                    self._total(limit)
                case ir.WholeWeights():
                    for weight, valid in zip(self._weights, self._valid, strict=True):
                        self._refuse(algebra.both(valid, algebra.not_whole(weight)), RefusalKind.WEIGHT_NOT_WHOLE)
                case ir.WeightRange():
                    self._range(limit, where)
                case ir.NoneAbove():
                    self._none_above(limit, where)
                case ir.MemberCount():
                    self._count(limit, missing)
                case _:
                    assert_never(limit)
        everyone = algebra.plus(there, missing)
        nobody = algebra.compared(everyone, ir.Relation.EQUAL, algebra.constant(0))
        self._refuse(nobody, RefusalKind.ELEMENT_COUNT)

    def _total(self, limit: ir.WeightTotal) -> None:
        """The weights total what they must, where each member that is there has one that can be added."""
        algebra = self.algebra
        if not self.stage.weighted:
            return
        whole_plan: T | bool = True
        total: V | None = None
        for member, weight, valid in zip(self.members, self._weights, self._valid, strict=True):
            needed = member.name is not None and not member.optional
            needless = False if needed else algebra.negated(member.present)
            whole_plan = algebra.kept(algebra.both(whole_plan, algebra.either(valid, needless)))
            part = algebra.choose(valid, weight, algebra.constant(0))
            total = part if total is None else algebra.plus(total, part)
        total = algebra.constant(0) if total is None else total
        right = algebra.compared(total, ir.Relation.EQUAL, algebra.constant(limit.total))
        self._refuse(algebra.both(whole_plan, algebra.negated(right)), RefusalKind.WEIGHTS_DO_NOT_TOTAL)

    def _holds(self, condition: ir.Condition) -> T | bool:
        """Where a condition on facts holds and all of them are known."""
        formulas = Formulas(self.algebra, self.stage, [], {}, [], self.facts)
        return self.algebra.kept(self.algebra.both(self._known, formulas.holds(condition)[0]))

    def _range(self, limit: ir.WeightRange, where: T | bool) -> None:
        algebra = self.algebra
        for member, weight, valid in zip(self.members, self._weights, self._valid, strict=True):
            named = member.name is not None and member.name in (limit.names or limit.save)
            if named is not (limit.names is not None):
                continue
            below: T | bool = False
            if limit.low is not None:
                below = algebra.compared(weight, ir.Relation.LESS, algebra.constant(limit.low))
                below = algebra.both(algebra.both(where, valid), below)
                self._refuse(below, RefusalKind.WEIGHT_BELOW_FLOOR)
            if limit.high is not None:
                above = algebra.compared(weight, ir.Relation.MORE, algebra.constant(limit.high))
                above = algebra.both(algebra.both(where, algebra.both(valid, above)), algebra.negated(below))
                self._refuse(above, RefusalKind.WEIGHT_ABOVE_CEILING)

    def _none_above(self, limit: ir.NoneAbove, where: T | bool) -> None:
        algebra = self.algebra
        trios = list(zip(self.members, self._weights, self._valid, strict=True))
        for top, most, usable in (each for each in trios if each[0].name == limit.name):
            for member, weight, valid in trios:
                if member is not top:
                    heavier = algebra.compared(weight, ir.Relation.MORE, most)
                    heavier = algebra.both(algebra.both(usable, valid), heavier)
                    self._refuse(algebra.both(where, heavier), RefusalKind.OUTWEIGHED)

    def _count(self, limit: ir.MemberCount, missing: V) -> None:
        """Too few, save where those that are missing make up for it and have been refused by name; or too many."""
        algebra = self.algebra
        truths = [each.present for each in self.members]
        if limit.kind is ir.Kind.CRITICAL:
            truths = [algebra.both(each.present, each.critical) for each in self.members]
        elif limit.kind is ir.Kind.NONCRITICAL:
            truths = [algebra.both(each.present, algebra.negated(each.critical)) for each in self.members]
        found = algebra.number_of(truths)
        if limit.low is not None:
            enough = algebra.plus(found, missing)
            few = algebra.compared(enough, ir.Relation.LESS, algebra.constant(limit.low))
            self._refuse(few, RefusalKind.ELEMENT_COUNT)
        if limit.high is not None:
            many = algebra.compared(found, ir.Relation.MORE, algebra.constant(limit.high))
            self._refuse(many, RefusalKind.ELEMENT_COUNT)
