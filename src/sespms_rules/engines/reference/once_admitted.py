"""Admission by what is known already: what one element says is judged once, by `admission.py`, and remembered.

A roster holds few different ratings and weights of an element, and few sets of elements. Of each the interpreting
admission is asked once; left to be done for each appraisal are the limits that speak of all members together. Whatever
is refused is refused by `admission.py`, which is then asked about the whole appraisal.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from operator import getitem

from sespms_rules.engines.reference.admission import AdmissionOfStage
from sespms_rules.engines.reference.admitted_appraisal import SUMMARY_PLACE, Case, CaseMember
from sespms_rules.engines.reference.admitted_facts import AdmittedFacts, admitted_facts, limits_for
from sespms_rules.engines.reference.derivation import Derivation, members_of
from sespms_rules.engines.reference.evaluation import Present
from sespms_rules.engines.reference.formula_text import PlansAlike
from sespms_rules.engines.reference.plan_limits import plan_refusals
from sespms_rules.engines.reference.stage_text import Derive, Found, Written
from sespms_rules.foundation.values import replace
from sespms_rules.program.arithmetic import Exact, lean
from sespms_rules.program.ir import (
    Member,
    MemberCount,
    NoneAbove,
    Program,
    Stage,
    Table,
    WeightRange,
    WeightTotal,
    WholeWeights,
)
from sespms_rules.program.rating import Appraisal, Asked, Rated, Refusal, Step

_MOST_KNOWN = 65_536
"""How many readings of an element, and sets of elements, are remembered at once."""

_MOST_CASTS = 1_024
_MOST_FACTS = 64


class Seen:
    """An element as formulas see it, its own derivation done: `evaluation.Present`, read many times.

    What there is not has no attribute, so that reading it raises; `at` is its level, 0 for none. `number` tells
    readings apart, `state` all but weights. `told` is what it adds to each aggregate of its cast, once that was told.
    """

    __slots__ = (
        "at",
        "case",
        "counts",
        "further",
        "level",
        "name",
        "number",
        "points",
        "present",
        "rated",
        "score",
        "state",
        "told",
        "weight",
    )
    weight: Exact

    def __init__(self, present: Present, number: int, state: int) -> None:
        self.state = state
        self.present = present
        self.case: CaseMember = present.case
        self.name = present.name
        self.counts = present.counts
        self.rated = present.rated
        self.at = present.level or 0
        self.number = number
        self.further = dict(present.case.further)
        self.told: dict[int, tuple[str, Step, str, Exact]] = {}
        for name in ("level", "points", "score", "weight"):
            value = getattr(present, name)
            if value is not None:
                setattr(self, name, value)


class Cast:
    """A set of elements as plans have it: where each stands in the appraisal, and the shape it makes.

    `order` are the places in the appraisal, in the order of the case; None where that is how they stand. `heaviest` are
    the places of those that no other may outweigh, `alike` what sets of faulty elements are refused for. `well` are the
    readings of each that stand by themselves, by their identity, as long as `by_identity` holds them. `written` is what
    rates such plans by `derive`, once asked for, and `asked` what is asked of everyone who has one; `tell` tells of
    one, and `aggregates` are so many that it numbered.
    """

    def __init__(self, shape: PlansAlike, members: tuple[Member | None, ...], order: tuple[int, ...]) -> None:
        self.shape = shape
        self.members = members
        self.order = None if order == tuple(range(len(order))) else order
        self.known: list[dict[tuple[object, ...], Seen | Faulty | None]] = [{} for _ in members]
        self.by_identity: list[dict[int, tuple[Rated, Seen | Faulty | None]]] = [{} for _ in members]
        self.well: list[dict[int, Seen]] = [{} for _ in members]
        self.heaviest: tuple[int, ...] = ()
        self.alike: dict[tuple[int, ...], tuple[tuple[Faulty, ...], Refusals]] = {}
        self.aggregates = 0
        self.written: Written | None = None
        self.derive: Derive | None = None
        self.asked: tuple[Asked, ...] = ()
        self.tell: Callable[[Admitted, Found], Step] | None = None


class Admitted:
    """An appraisal that is admitted: its cast, its members as they are seen, and its facts.

    `states` are those of its members, once `of_states` was asked for them.
    """

    __slots__ = ("cast", "facts", "seen", "states")

    def __init__(self, cast: Cast, seen: list[Seen], facts: AdmittedFacts) -> None:
        self.cast = cast
        self.seen = seen
        self.facts = facts
        self.states: tuple[int, ...] = ()

    def of_states(self) -> tuple[int, ...]:
        """What each member has, but for weights and names."""
        self.states = tuple([each.state for each in self.seen])
        return self.states

    def case(self, stage: Stage) -> Case:
        """The same as `admit` makes it."""
        return Case(SUMMARY_PLACE, stage, tuple([each.case for each in self.seen]), self.facts)


Refusals = tuple[Refusal, ...]


class Faulty:
    """An element that is refused by itself for its ratings, in a plan that may keep to its limits."""

    __slots__ = ("refusals", "weight")

    def __init__(self, refusals: Refusals, weight: Exact) -> None:
        self.refusals = refusals
        self.weight = weight


class OnceAdmitted:
    """Admits the appraisals of a program; None stands for those of which `admission.py` has to be asked.

    Where elements are refused by themselves alone, and their plan keeps to its limits, all reasons are known.
    """

    def __init__(self, program: Program) -> None:
        self._program = program
        self._by_facts: dict[AdmittedFacts, OfFacts] = {}
        self._read: dict[tuple[tuple[str, object], ...], AdmittedFacts | None] = {}
        self.plain = OfFacts(program, ()) if not program.facts else None

    def admitted(self, appraisal: Appraisal) -> Admitted | Refusals | None:
        """Admit an appraisal, or say why it is refused; None where something else of it may be refused."""
        if self.plain is not None:
            return None if appraisal.facts else self.plain.admitted(appraisal.elements)
        facts = self._facts(appraisal)
        if facts is None:
            return None
        found = self._by_facts.get(facts)
        if found is None:
            if len(self._by_facts) >= _MOST_FACTS:
                self._by_facts.clear()
            found = self._by_facts[facts] = OfFacts(self._program, facts)
        return found.admitted(appraisal.elements)

    def _facts(self, appraisal: Appraisal) -> AdmittedFacts | None:
        if appraisal.facts not in self._read:
            if len(self._read) > _MOST_KNOWN:
                self._read.clear()
            facts, refused = admitted_facts(self._program, appraisal)
            self._read[appraisal.facts] = None if refused else facts
        return self._read[appraisal.facts]


class OfFacts:
    """The appraisals of those of whom the facts are these."""

    def __init__(self, program: Program, facts: AdmittedFacts) -> None:
        self._stage = program.summary
        self._facts = facts
        self._tables: dict[str, Table] = {table.name: table for table in program.tables}
        self._limits = limits_for(program.summary, facts)
        limits = self._limits.limits
        self._alone = replace(
            self._limits, limits=tuple(each for each in limits if isinstance(each, WeightRange | WholeWeights))
        )
        self._counts = replace(
            self._limits, limits=tuple(each for each in limits if isinstance(each, MemberCount)), weighted=False
        )
        self.of_all = self._stage.weighted and any(isinstance(each, WeightTotal | NoneAbove) for each in limits)
        self._totals = [lean(each.total) for each in limits if isinstance(each, WeightTotal)]
        self._none_above = {each.name for each in limits if isinstance(each, NoneAbove)}
        self._casts: dict[tuple[tuple[str, ...], tuple[bool, ...]], Cast | None] = {}
        self._last: Cast | None = None
        self._numbers = 0
        self._states: dict[object, int] = {}

    def admitted(self, elements: tuple[Rated, ...]) -> Admitted | Refusals | None:
        """Admit elements; what was read before, and stands as it did in the last appraisal, is looked up alone."""
        cast = self._last
        if cast is not None and len(elements) == len(cast.well):
            try:
                seen = list(map(getitem, cast.well, map(id, elements)))
            except KeyError:
                return self._admitted_anew(elements)
            return Admitted(cast, seen, self._facts) if self._fits(cast, seen) else None
        return self._admitted_anew(elements)

    def cast_of(self, elements: tuple[Rated, ...]) -> Cast | None:
        """The cast of these elements; None where something is missing, unknown, there twice, or too many or few."""
        key = tuple([each.name for each in elements]), tuple([each.critical for each in elements])
        if key not in self._casts:
            if len(self._casts) > _MOST_CASTS:
                self._casts.clear()
            self._casts[key] = self._cast(elements)
        return self._casts[key]

    def _admitted_anew(self, elements: tuple[Rated, ...]) -> Admitted | Refusals | None:
        cast = self.cast_of(elements)
        if cast is None:
            return None
        seen: list[Seen] = []
        every: list[Seen | Faulty] = []
        ordered = elements if cast.order is None else [elements[place] for place in cast.order]
        for rated, known in zip(ordered, cast.by_identity):  # noqa: B905 - as many, by the cast
            held = known.get(id(rated))
            one = held[1] if held is not None and held[0] is rated else self.seen(cast, len(every), rated)
            if one is None:
                return None
            every.append(one)
            if isinstance(one, Seen):
                seen.append(one)
        self._last = cast if cast.order is None else None
        if not self._fits(cast, every):
            return None
        if len(seen) < len(every):
            return tuple(each for one in every if isinstance(one, Faulty) for each in one.refusals)
        return Admitted(cast, seen, self._facts)

    def _fits(self, cast: Cast, seen: Sequence[Seen | Faulty]) -> bool:
        """Whether members that are well by themselves keep the limits on the weights of all together."""
        return not self.of_all or self.keeps(cast, [each.weight for each in seen])

    def keeps(self, cast: Cast, weights: Sequence[Exact]) -> bool:
        """Whether weights, each of which is well by itself, keep the limits on those of all together."""
        if not self.of_all:
            return True
        if self._totals:
            total = sum(weights)
            for wanted in self._totals:
                if total != wanted:
                    return False
        if cast.heaviest:
            most = max(weights)
            for place in cast.heaviest:
                if weights[place] < most:
                    return False
        return True

    # ---- what is found out once ------------------------------------------------------------------

    def _cast(self, elements: tuple[Rated, ...]) -> Cast | None:
        admission = AdmissionOfStage(self._stage, SUMMARY_PLACE, elements, self._facts)
        named = {member.name: member for member in self._stage.members}
        known, extra = admission.sorted(named)
        there = [member for name, member in named.items() if name in known]
        if admission.refusals or any(not each.optional and each.name not in known for each in named.values()):
            return None
        rated = [*(known[each.name] for each in there), *extra]
        members: tuple[Member | None, ...] = (*there, *(None for _ in extra))
        critical = tuple(
            each.critical if member is None else member.critical for each, member in zip(rated, members, strict=True)
        )
        bare = [
            CaseMember(each.name, sort, None, None, None, None, None, (), None)
            for each, sort in zip(rated, critical, strict=True)
        ]
        if any(True for _ in plan_refusals(self._counts, SUMMARY_PLACE, bare, missing=0)):
            return None
        places = {id(each): place for place, each in enumerate(elements)}
        shape = PlansAlike(self._stage, tuple(each.name for each in there), critical)
        made = Cast(shape, members, tuple(places[id(each)] for each in rated))
        made.heaviest = tuple(place for place, each in enumerate(rated) if each.name in self._none_above)
        return made

    def seen(self, cast: Cast, place: int, rated: Rated) -> Seen | Faulty | None:
        """What an element says, judged by itself; None where its weight is refused, or what its requirements make."""
        held = cast.by_identity[place]
        if len(held) > _MOST_KNOWN:
            held.clear()
            cast.well[place].clear()
        key = _key(rated)
        if key is None:
            found = self._judged(cast, place, rated)
        else:
            known = cast.known[place]
            if key not in known:
                if len(known) > _MOST_KNOWN:
                    known.clear()
                known[key] = self._judged(cast, place, rated)
            found = known[key]
        held[id(rated)] = (rated, found)
        if isinstance(found, Seen):
            cast.well[place][id(rated)] = found
        return found

    def _judged(self, cast: Cast, place: int, rated: Rated) -> Seen | Faulty | None:
        admission = AdmissionOfStage(self._stage, SUMMARY_PLACE, (rated,), self._facts)
        member = admission.member(rated, cast.members[place])
        # One member by itself is no whole plan, so that nothing is said of a total.
        if any(True for _ in plan_refusals(self._alone, SUMMARY_PLACE, (member,), missing=1)):
            return None
        if admission.refusals:
            return Faulty(tuple(admission.refusals), member.weight or 0)
        derivation = Derivation(Case(SUMMARY_PLACE, self._stage, (member,), self._facts), self._tables)
        (present,) = members_of(derivation, self._tables)
        if derivation.refusals:
            return None
        self._numbers += 1
        return Seen(present, self._numbers, self._state(present))

    def _state(self, present: Present) -> int:
        """A number for all that a member has but its weight and its name."""
        known = (present.level, present.number, present.points, present.score, present.rated, present.counts)
        if len(self._states) > _MOST_KNOWN:
            self._states.clear()
        # A state that is met again later may have two numbers, but never two states one.
        return self._states.setdefault((known, present.case.further, present.case.nested), self._numbers)


def _key(rated: Rated) -> tuple[object, ...] | None:
    """What tells apart readings of one element, where it is short; None: only that very reading is the same."""
    if rated.requirements or rated.further:
        return None
    rating, weight = rated.rating, rated.weight
    return (
        None if rating is None else (rating.numerator, rating.denominator),
        None if weight is None else (weight.numerator, weight.denominator),
    )
