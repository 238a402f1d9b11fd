"""What a system says of weights: their total, their limits element by element, and how many elements a plan has."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from itertools import combinations, islice, product

from sespms_rules.checks.analysis.sentences import chosen, sentences_of, under, within
from sespms_rules.foundation.values import Frozen, field, replace
from sespms_rules.language.model import Part, Stated, System
from sespms_rules.language.syntax.elements import (
    WeightAll,
    WeightNoneAbove,
    WeightOf,
    WeightOthers,
    WeightTotal,
    WeightWhole,
)
from sespms_rules.language.syntax.formula import (
    AggregateOf,
    AttributeOf,
    ByWeight,
    MeasuredTimesWeight,
    MeasureWord,
    OwnWeight,
)
from sespms_rules.language.syntax.limits import limit_ends
from sespms_rules.language.syntax.nodes import Sentence
from sespms_rules.language.syntax.system import ElementCount, NoncriticalCount
from sespms_rules.language.syntax.words import Attribute, Measured, PartKind
from sespms_rules.program.plans import WeightBox

Limiting = WeightOf | WeightAll | WeightOthers


class WeightLimits(Frozen):
    """The limits of one element's weight: `sentences` are those that speak of it; `name` None is any other.

    `optional` says that only some plans have it.
    """

    name: str | None
    critical: bool
    sentences: tuple[Limiting, ...]
    top: bool
    optional: bool = field(default=False)

    @property
    def box(self) -> WeightBox:
        """Its lowest and highest weight, all sentences together."""
        ends = [limit_ends(sentence.limit) for sentence in self.sentences]
        lows = [low for low, _ in ends if low is not None]
        highs = [high for _, high in ends if high is not None]
        return WeightBox(max(lows, default=Fraction(0)), min(highs, default=None), self.top)

    def floor(self) -> Limiting | None:
        """The sentence that sets its lowest weight."""
        known = [each for each in self.sentences if limit_ends(each.limit)[0] is not None]
        return max(known, key=lambda each: limit_ends(each.limit)[0] or 0, default=None)

    def ceiling(self) -> Limiting | None:
        """The sentence that sets its highest weight."""
        known = [each for each in self.sentences if limit_ends(each.limit)[1] is not None]
        return min(known, key=lambda each: limit_ends(each.limit)[1] or 0, default=None)


class WeightRules(Frozen):
    """All that a system says of weights. `others` holds for elements that only the plan names.

    `least` and `most` bound the critical elements of a plan, `noncritical` the others. `brings_critical` says whether a
    plan may bring critical elements of its own, `brings_noncritical` whether others.
    """

    sentences: tuple[Stated, ...]
    total: WeightTotal | None
    whole: bool
    members: tuple[WeightLimits, ...]
    others: WeightLimits
    least: int
    most: int | None
    noncritical: tuple[int, int | None]
    brings_critical: bool
    brings_noncritical: bool

    def plans(self, critical_elements: int) -> Iterator[tuple[WeightLimits, ...]]:
        """The limits of every element of each plan with this many critical elements.

        Plans differ in which elements they do without, and in how many noncritical ones they bring; of very many that
        differ so, the first are given (`plans_are_all`).
        """
        yield from islice(self._plans(critical_elements), _MOST_PLANS)

    def _plans(self, critical_elements: int) -> Iterator[tuple[WeightLimits, ...]]:
        optional = [[each for each in self.members if each.optional and each.critical is one] for one in (True, False)]
        critical = sum(each.critical for each in self.members)
        others = len(self.members) - critical
        low, high = self.noncritical
        for without, lacking in product(*(range(len(names) + 1) for names in optional)):
            more = critical_elements - (critical - without)
            if more < 0 or (more and not self.brings_critical):
                continue  # however the absent ones are chosen
            there = others - lacking
            most = there if high is None or not self.brings_noncritical else high
            fewest = max(low, there)
            if fewest > most or (high is not None and there > high):
                continue
            absent = ((*a, *b) for a in combinations(optional[0], without) for b in combinations(optional[1], lacking))
            for gone in absent:
                members = [each for each in self.members if each not in gone]
                for noncritical in range(fewest, most + 1):
                    brought = [self.others] * more + [replace(self.others, critical=False)] * (noncritical - there)
                    if members or brought:
                        yield (*members, *brought)

    @property
    def plans_are_all(self) -> bool:
        """Whether `plans` leaves none out."""
        low, high = self.noncritical
        if high is None:
            return False
        optional = sum(each.optional for each in self.members)
        return optional < _MOST_PLANS and (high - low + 1) << optional <= _MOST_PLANS

    def counts(self) -> Iterator[int]:
        """How many critical elements a plan may have; where there is no limit, as many as can matter."""
        yield from range(self.fewest, min(self._last(), _MOST_ELEMENTS) + 1)

    @property
    def counts_are_all(self) -> bool:
        """Whether `counts` leaves none out; it stops at a number of elements that no plan comes near."""
        return self._last() <= _MOST_ELEMENTS and self.plans_are_all

    def _last(self) -> int:
        return self.most if self.most is not None else self.fewest + self._enough()

    @property
    def fewest(self) -> int:
        """The fewest critical elements of a plan; those that are named are in it, unless only some plans have them."""
        named = sum(member.critical and not member.optional for member in self.members)
        return max(self.least, named, 0 if self.members else 1)

    def _enough(self) -> int:
        """How many unnamed elements reach the total by their ceiling alone."""
        high = self.others.box.high
        total = self.total.total.value if self.total else Fraction(0)
        return int(total / high) + 1 if high else 1


_MOST_ELEMENTS = 200

_MOST_PLANS = 64
"""So many plans with one number of critical elements are looked at."""


def weight_rules(system: System) -> WeightRules:
    """Read what a system says of weights."""
    stated = system.sentences(PartKind.WEIGHTS)
    own = chosen(stated, WeightOf)
    tops = {each.name.text for each in chosen(stated, WeightNoneAbove)}
    critical = {element.name: element.critical for element in system.elements}
    spoken_of = [each.name.text for each in own] + sorted(tops)
    names = [*critical, *(name for name in dict.fromkeys(spoken_of) if name not in critical)]
    everyone, others = chosen(stated, WeightAll), chosen(stated, WeightOthers)

    def limits(name: str | None) -> WeightLimits:
        mine: tuple[Limiting, ...] = tuple(each for each in own if each.name.text == name)
        limiting = (*(mine or others), *everyone)
        return WeightLimits(name, critical.get(name or "", True), limiting, name in tops, name in optional)

    optional = {element.name for element in system.elements if element.in_some_plans}
    least, most = element_counts(system)
    fewest, largest = noncritical_counts(system)
    return WeightRules(
        stated,
        next(iter(chosen(stated, WeightTotal)), None),
        bool(chosen(stated, WeightWhole)),
        tuple(limits(name) for name in names),
        limits(None),
        least,
        most,
        (fewest, largest),
        most is None or most > sum(critical.values()),
        largest is None or largest > len(critical) - sum(critical.values()),
    )


def element_counts(system: System) -> tuple[int, int | None]:
    """The fewest and the most critical elements of a plan.

    More than the named ones are the plan's own; where the system says nothing, a plan has exactly the named ones,
    and where it names none, any number.
    """
    stated = under(system, PartKind.SYSTEM, ElementCount)
    if stated:
        low, high = limit_ends(stated[0].limit)
        return (int(low) if low is not None else 1, int(high) if high is not None else None)
    named = [element for element in system.elements if element.critical]
    required = sum(not element.in_some_plans for element in named)
    return (required, len(named)) if system.elements else (1, None)


def noncritical_counts(system: System) -> tuple[int, int | None]:
    """The fewest and the most noncritical elements of a plan: the named ones, where the system says nothing."""
    stated = under(system, PartKind.SYSTEM, NoncriticalCount)
    named = [element for element in system.elements if not element.critical]
    required = sum(not element.in_some_plans for element in named)
    if not stated:
        return required, len(named)
    low, high = limit_ends(stated[0].limit)
    return max(int(low or 0), required), None if high is None else int(high)


def weight_reader(system: System) -> tuple[Part, Sentence] | None:
    """The first sentence whose formula reads the weights of elements, and its part."""
    for part, sentence in sentences_of(system):
        if part.kind is PartKind.RATING and reads_weights(sentence):
            return part, sentence
    return None


def reads_weights(sentence: Sentence) -> bool:
    """Whether a formula in a sentence reads weights."""
    if any(True for kind in (MeasuredTimesWeight, ByWeight, OwnWeight) for _ in within(sentence, kind)):
        return True
    if any(each.attribute is Attribute.WEIGHT for each in within(sentence, AttributeOf)):
        return True
    return measures_weights(sentence)


def measures_weights(sentence: Sentence) -> bool:
    """Whether a formula in a sentence takes the weights themselves together, as in `the sum of weights`."""
    return any(
        isinstance(each.measure, MeasureWord) and each.measure.word is Measured.WEIGHTS
        for each in within(sentence, AggregateOf)
    )
