"""Which rows a policy admits, in SQL: the ratings on their scales, the plan within its limits (602 to 617).

Refusals are gathered as one truth for each code, so that a row carries all of its reasons. They are asked before
anything is reckoned: a number that a policy does not admit never enters a formula.
"""

from __future__ import annotations

from typing import assert_never

from sespms_rules.engines.sql.inputs import MemberCells, Reader, StageCells, heaviest, heaviest_admitted
from sespms_rules.engines.sql.members import Member
from sespms_rules.engines.sql.text import (
    Piece,
    Steps,
    Truth,
    any_of,
    both,
    case,
    either,
    joined,
    negated,
    text_of,
)
from sespms_rules.engines.sql.values import Arithmetic, Value, constant, whole
from sespms_rules.foundation.values import replace
from sespms_rules.program import ir

BEYOND = 0
"""In the place of a code: a weight larger than the query reckons with."""

_TOTAL, _OUTWEIGHED, _FLOOR, _CEILING, _WHOLE, _NO_WEIGHT, _NOT_RATED, _SCALE, _MISSING, _COUNT = range(2, 12)
_FURTHER, _UNUSED, _NOT_POSITIVE = 15, 16, 17
_SPECIFIC_FIRST = (ir.Kind.CRITICAL, ir.Kind.NONCRITICAL, ir.Kind.REQUIREMENT, ir.Kind.ELEMENT)


def rule_for(stage: ir.Stage, critical: bool) -> ir.UnratedRule | None:
    """What a policy says of a missing rating; what it says of critical elements goes before the rest."""
    mine = (ir.Kind.CRITICAL if critical else ir.Kind.NONCRITICAL, stage.kind)
    fitting = [rule for rule in stage.unrated if rule.kind in mine]
    return min(fitting, key=lambda rule: _SPECIFIC_FIRST.index(rule.kind), default=None)


class Reasons:
    """Why rows are refused: for each code, where."""

    def __init__(self) -> None:
        self._where: dict[int, list[Truth]] = {}

    def add(self, truth: Truth, code: int) -> None:
        """Refuse rows for a reason."""
        if truth is not False:
            self._where.setdefault(code, []).append(truth)

    def within(self, truth: Truth, others: Reasons) -> None:
        """Take over reasons where something holds."""
        for code, truths in others._where.items():
            self.add(both(truth, any_of(truths)), code)

    def anywhere(self) -> Truth:
        """Where there is any reason."""
        return any_of(any_of(truths) for truths in self._where.values())

    def by_code(self, steps: Steps) -> dict[int, Truth]:
        """For each code, where it refuses."""
        return {code: steps.truth(any_of(map(steps.truth, truths))) for code, truths in sorted(self._where.items())}


class Admission:
    """The members of one stage made ready, and the `reasons` met on the way.

    Formulas on members mean something only in rows without a reason. `inner` holds the admission of each one's
    requirements, `policy_of` what the policy says of it (None for those that only some plans have).
    """

    def __init__(self, stage: ir.Stage, cells: StageCells, arithmetic: Arithmetic) -> None:
        self.stage = stage
        self.arithmetic = arithmetic
        self.reasons = Reasons()
        self.members: list[Member] = []
        self.inner: list[Admission | None] = []
        self.policy_of: list[ir.Member | None] = [*stage.members, *(None for _ in cells.others)]
        self._read = Reader(arithmetic.steps)
        self._valid: list[Truth] = []
        self._raw: list[Value] = []
        for given, policy in zip((*cells.named, *cells.others), self.policy_of, strict=True):
            self._member(given, policy)
        self._limits()

    def _refuse(self, truth: Truth, code: int) -> None:
        self.reasons.add(truth, code)

    def _truth(self, truth: Truth) -> Truth:
        return self.arithmetic.steps.truth(truth)

    # ---- members ---------------------------------------------------------------------------------

    def _member(self, given: MemberCells, policy: ir.Member | None) -> None:
        critical: Truth = policy.critical if policy else self._read.flag(given.critical)
        member = Member(policy.name if policy else None, self._read.flag(given.present), critical, self.arithmetic)
        self.members.append(member)
        if policy is not None:
            self._refuse(negated(member.present), _MISSING)
        inner = None
        if policy is not None and policy.stage is not None:
            inner = Admission(policy.stage, given.inner or StageCells(()), self.arithmetic)
            self.reasons.within(member.present, inner.reasons)
            self._refuse(both(member.present, self._read.given(given.rating)), _SCALE)
        else:
            self._rating(member, given, policy)
        self.inner.append(inner)
        self._further(member, given, derived=inner is not None)
        self._weight(member, given)

    def _rating(self, member: Member, given: MemberCells, policy: ir.Member | None) -> None:
        scale = policy.scale if policy else ir.LevelScale(tuple(level for level, _ in self.stage.points))
        there = both(member.present, self._read.given(given.rating))
        scaled = isinstance(scale, ir.NumberScale)
        if isinstance(scale, ir.NumberScale):
            member.number, fits = self._read.between(given.rating, scale.low, scale.high)
            member.numbered = self._truth(both(member.present, fits))
        else:
            member.level, fits = self._read.level(given.rating, scale.levels)
        self._refuse(both(there, negated(fits)), _SCALE)
        member.rated = self._read.given(given.rating)
        member.counts = self._truth(either(negated(member.present), member.rated))
        self._unrated(member, self._truth(both(member.present, negated(member.rated))), scaled=scaled)
        may_miss = member.counts is not True or scaled
        found = () if isinstance(scale, ir.NumberScale) else scale.levels
        member.levels |= frozenset(found)
        member.levels -= frozenset() if may_miss else frozenset({0})

    def _unrated(self, member: Member, missing: Truth, *, scaled: bool) -> None:
        """Settle missing ratings, which may be by another rule where the element is not critical."""
        for critical, where in ((True, member.critical), (False, negated(member.critical))):
            rule, concerned = rule_for(self.stage, critical), self._truth(both(missing, where))
            if concerned is False or (rule is not None and rule.what is ir.Unrated.LEFT_OUT):
                continue
            if rule is None or rule.what is ir.Unrated.STOP or scaled or rule.level is None:
                self._refuse(concerned, _NOT_RATED)
                # Such a row is refused, so that in the rows that are rated the member always counts.
                member.counts = True if where is True else self._truth(either(member.counts, concerned))
            else:
                member.level = self.arithmetic.choose(concerned, constant(rule.level), member.level)
                member.levels |= {rule.level}
                member.counts = True if where is True else self._truth(either(member.counts, concerned))

    def _further(self, member: Member, given: MemberCells, *, derived: bool) -> None:
        cells = dict(given.further)
        counts: Truth = True if derived else either(member.numbered, member.at(ir.Relation.MORE, 0))
        for rule in self.stage.further:
            cell = cells.get(rule.name)
            value, fits = self._read.between(cell, rule.low, rule.high)
            there = self._read.given(cell)
            wrong = either(both(there, negated(fits)), both(counts, negated(there)))
            self._refuse(both(member.present, wrong), _FURTHER)
            member.further[rule.name] = value

    # ---- plans -----------------------------------------------------------------------------------

    def _weight(self, member: Member, given: MemberCells) -> None:
        """Weights that are missing, not used, or not more than 0; what formulas use is bounded by what is admitted."""
        weighed = self._read.given(given.weight)
        weighs = both(member.present, weighed)
        raw, beyond = self._read.weight(given.weight, heaviest(self.stage))
        self._raw.append(raw)
        positive = self.arithmetic.compared(raw, ir.Relation.MORE, constant(0))
        self._valid.append(self._truth(both(weighs, positive)))
        self._refuse(both(member.present, beyond), BEYOND)
        if not self.stage.weighted:
            self._refuse(weighs, _UNUSED)
        else:
            self._refuse(both(member.present, negated(weighed)), _NO_WEIGHT)
            self._refuse(both(both(weighs, negated(positive)), negated(beyond)), _NOT_POSITIVE)
        member.weighed = weighed
        member.lacks_weight = not self.stage.weighted  # else a row without one is refused
        most = int(heaviest_admitted(self.stage) * raw.most)
        if most < raw.high:
            number = case([(Piece(f"{text_of(raw.top)} BETWEEN 1 AND {most}", _step(raw)), raw.top)], 1)
            member.weight = replace(raw, top=self.arithmetic.steps.number(number), low=1, high=most)
        else:
            number = case([(positive, raw.top)], 1)
            member.weight = replace(raw, top=self.arithmetic.steps.number(number), low=1, high=max(raw.high, 1))

    def _limits(self) -> None:
        missing = number_of([negated(each.present) for each in self.members if each.name is not None], self.arithmetic)
        there = number_of([each.present for each in self.members], self.arithmetic)
        for limit in self.stage.limits:
            match limit:
                case ir.WeightTotal():
                    self._total(limit)
                case ir.WholeWeights():
                    for raw, valid in zip(self._raw, self._valid, strict=True):
                        self._refuse(both(valid, self._broken(raw)), _WHOLE)
                case ir.WeightRange():
                    self._range(limit)
                case ir.NoneAbove():
                    self._none_above(limit)
                case ir.MemberCount():
                    self._count(limit, missing)
                case _:
                    assert_never(limit)
        everyone = self.arithmetic.sum_of(there, missing)
        self._refuse(self.arithmetic.compared(everyone, ir.Relation.EQUAL, constant(0)), _COUNT)

    def _broken(self, raw: Value) -> Truth:
        if raw.under == 1 or isinstance(raw.top, int):
            return False
        return self._truth(joined("({} % {} <> 0)", raw.top, raw.under))

    def _total(self, limit: ir.WeightTotal) -> None:
        if not self.stage.weighted:
            return
        whole_plan: Truth = True
        total = constant(0)
        for member, raw, valid in zip(self.members, self._raw, self._valid, strict=True):
            needless = False if member.name is not None else negated(member.present)
            whole_plan = self._truth(both(whole_plan, either(valid, needless)))
            total = self.arithmetic.sum_of(total, self.arithmetic.choose(valid, raw, constant(0)))
        right = self.arithmetic.compared(total, ir.Relation.EQUAL, constant(limit.total))
        self._refuse(both(whole_plan, negated(right)), _TOTAL)

    def _range(self, limit: ir.WeightRange) -> None:
        for member, raw, valid in zip(self.members, self._raw, self._valid, strict=True):
            named = member.name is not None and member.name in (limit.names or limit.save)
            if named is not (limit.names is not None):
                continue
            below: Truth = False
            if limit.low is not None:
                below = both(valid, self.arithmetic.compared(raw, ir.Relation.LESS, constant(limit.low)))
                self._refuse(below, _FLOOR)
            if limit.high is not None:
                above = both(valid, self.arithmetic.compared(raw, ir.Relation.MORE, constant(limit.high)))
                self._refuse(both(above, negated(below)), _CEILING)

    def _none_above(self, limit: ir.NoneAbove) -> None:
        trios = list(zip(self.members, self._raw, self._valid, strict=True))
        for top, most, usable in (each for each in trios if each[0].name == limit.name):
            for member, raw, valid in trios:
                if member is not top:
                    heavier = self.arithmetic.compared(raw, ir.Relation.MORE, most)
                    self._refuse(both(both(usable, valid), heavier), _OUTWEIGHED)

    def _count(self, limit: ir.MemberCount, missing: Value) -> None:
        """Too few, save where those that are missing make up for it and have been refused by name; or too many."""
        truths = [each.present for each in self.members]
        if limit.kind in (ir.Kind.CRITICAL, ir.Kind.NONCRITICAL):
            wanted = limit.kind is ir.Kind.CRITICAL
            truths = [both(each.present, each.critical if wanted else negated(each.critical)) for each in self.members]
        found = number_of(truths, self.arithmetic)
        if limit.low is not None:
            enough = self.arithmetic.sum_of(found, missing)
            self._refuse(self.arithmetic.compared(enough, ir.Relation.LESS, constant(limit.low)), _COUNT)
        if limit.high is not None:
            self._refuse(self.arithmetic.compared(found, ir.Relation.MORE, constant(limit.high)), _COUNT)


def _step(value: Value) -> int:
    return value.top.step if isinstance(value.top, Piece) else 0


def number_of(truths: list[Truth], arithmetic: Arithmetic) -> Value:
    """How many of these hold, row by row."""
    always = sum(truth is True for truth in truths)
    pieces = [truth for truth in truths if not isinstance(truth, bool)]
    if not pieces:
        return constant(always)
    terms = [text_of(case([(each, 1)], 0)) for each in pieces] + ([str(always)] if always else [])
    step = max(each.step for each in pieces)
    total = arithmetic.steps.number(Piece(f"({' + '.join(terms)})", step))
    return whole(total, always, always + len(pieces))
