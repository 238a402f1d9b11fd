"""What a system says of weights: their total, their limits element by element, and how many elements a plan has."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from sespms_rules.checks.analysis.sentences import chosen, sentences_of, under, within
from sespms_rules.foundation.values import Frozen
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
from sespms_rules.language.syntax.system import ElementCount
from sespms_rules.language.syntax.words import Attribute, Measured, PartKind
from sespms_rules.program.plans import WeightBox

Limiting = WeightOf | WeightAll | WeightOthers


class WeightLimits(Frozen):
    """The limits of one element's weight: `sentences` are those that speak of it; `name` None is any other."""

    name: str | None
    critical: bool
    sentences: tuple[Limiting, ...]
    top: bool

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
    """All that a system says of weights. `others` holds for elements that only the plan names."""

    sentences: tuple[Stated, ...]
    total: WeightTotal | None
    whole: bool
    members: tuple[WeightLimits, ...]
    others: WeightLimits
    least: int
    most: int | None

    @property
    def named_critical(self) -> int:
        """How many of the named elements are critical."""
        return sum(member.critical for member in self.members)

    def of_plan(self, critical_elements: int) -> tuple[WeightLimits, ...]:
        """The limits of every element of a plan with this many critical elements."""
        return (*self.members, *[self.others] * (critical_elements - self.named_critical))

    def counts(self) -> Iterator[int]:
        """How many critical elements a plan may have; where there is no limit, as many as can matter."""
        yield from range(self.fewest, min(self._last(), _MOST_ELEMENTS) + 1)

    @property
    def counts_are_all(self) -> bool:
        """Whether `counts` leaves none out; it stops at a number of elements that no plan comes near."""
        return self._last() <= _MOST_ELEMENTS

    def _last(self) -> int:
        return self.most if self.most is not None else self.fewest + self._enough()

    @property
    def fewest(self) -> int:
        """The fewest critical elements of a plan; those that are named are always in it."""
        return max(self.least, self.named_critical, 0 if self.members else 1)

    def _enough(self) -> int:
        """How many unnamed elements reach the total by their ceiling alone."""
        high = self.others.box.high
        total = self.total.total.value if self.total else Fraction(0)
        return int(total / high) + 1 if high else 1


_MOST_ELEMENTS = 200


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
        return WeightLimits(name, critical.get(name or "", True), (*(mine or others), *everyone), name in tops)

    least, most = element_counts(system)
    return WeightRules(
        stated,
        next(iter(chosen(stated, WeightTotal)), None),
        bool(chosen(stated, WeightWhole)),
        tuple(limits(name) for name in names),
        limits(None),
        least,
        most,
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
    named = sum(element.critical for element in system.elements)
    return (named, named) if system.elements else (1, None)


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
    return any(
        isinstance(each.measure, MeasureWord) and each.measure.word is Measured.WEIGHTS
        for each in within(sentence, AggregateOf)
    )
