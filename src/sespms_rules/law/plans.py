"""The order *plans*: every set of weights that a system admits is admitted by what is asked, decided exactly.

All sentences on weights of the system count together. A sentence asked for is broken when some allowed plan breaks
it; such a plan is sought for each number of elements a plan may have.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from math import ceil, floor, lcm

from sespms_rules.checks.analysis import WeightLimits, WeightRules, weight_cases, weight_rules
from sespms_rules.foundation.origin import exact
from sespms_rules.foundation.values import Frozen, replace
from sespms_rules.language.model import System
from sespms_rules.language.syntax.elements import (
    WeightAll,
    WeightNoneAbove,
    WeightOf,
    WeightOthers,
    WeightTotal,
    WeightWhole,
)
from sespms_rules.language.syntax.limits import limit_ends
from sespms_rules.language.syntax.nodes import Sentence
from sespms_rules.language.syntax.words import PartKind
from sespms_rules.program.plans import WeightBox, fit
from sespms_rules.program.wording import said_of

_MOST_ELEMENTS = 24


class PlansAnswer(Frozen):
    """Whether all plans keep to the sentence (None: not decided), and why or by which weights not."""

    holds: bool | None
    why: str


def keeps(system: System, asked: Sentence, named_apart: frozenset[str]) -> PlansAnswer:
    """Compare all plans of a system with one sentence on weights.

    `named_apart` are the elements with a limit of their own in the requirement, which `all others` leaves out. Where
    the limits hang on facts about executives, the plans of all of them are compared.
    """
    if getattr(asked, "when", None) is not None:
        return _of_some(system, asked)
    cases = weight_cases(system)
    if not cases:
        return PlansAnswer(
            None, "the limits on weights could not be told apart by facts, so the plans were not compared"
        )
    answers = [(given, _keeps(case, asked, named_apart)) for given, case in cases]
    given, worst = min(answers, key=lambda each: _WORST.index(each[1].holds))
    return replace(worst, why=f"{worst.why}, where {said_of(given)}") if given and not worst.holds else worst


_WORST = (False, None, True)


def _of_some(system: System, asked: Sentence) -> PlansAnswer:
    """Compare with a sentence that holds of some: a system has it, or it is not known whose facts are meant."""
    if any(each.sentence == asked for each in system.sentences(PartKind.WEIGHTS)):
        return PlansAnswer(True, "the system says the same")
    return PlansAnswer(None, "what is asked hangs on facts about executives, and plans were not compared by these")


def _keeps(system: System, asked: Sentence, named_apart: frozenset[str]) -> PlansAnswer:
    """The same for a system whose limits hold of everyone."""
    rules = weight_rules(system)
    if not rules.sentences:
        return PlansAnswer(False, "the system says nothing of weights")
    if isinstance(asked, WeightTotal):
        return _total(rules, asked)
    if rules.total is None:
        return PlansAnswer(None, "the weights have no stated total, so the plans were not compared")
    if isinstance(asked, WeightOf | WeightNoneAbove) and all(each.name != asked.name.text for each in rules.members):
        return PlansAnswer(False, f"the system has no element `{asked.name.text}`")
    return _all_counts(rules, rules.total.total.value, asked, named_apart)


def _total(rules: WeightRules, asked: WeightTotal) -> PlansAnswer:
    if rules.total is not None and rules.total.total.value == asked.total.value:
        return PlansAnswer(True, "the weights have the same total")
    said = "no stated total" if rules.total is None else f"a total of `{exact(rules.total.total.value)}`"
    return PlansAnswer(False, f"the weights have {said}, and `{exact(asked.total.value)}` is asked")


def _all_counts(rules: WeightRules, total: Fraction, asked: Sentence, named_apart: frozenset[str]) -> PlansAnswer:
    legal = False
    for count in rules.counts():
        if count > _MOST_ELEMENTS:
            return PlansAnswer(None, f"plans of more than `{_MOST_ELEMENTS}` elements were not compared")
        for members in rules.plans(count):
            boxes = [each.box for each in members]
            if fit(total, rules.whole, boxes) is None:
                continue
            legal = True
            broken = _breaking(members, boxes, (total, rules.whole), asked, named_apart)
            if broken is not None:
                return PlansAnswer(False, f"it allows a plan in which {broken}")
    if not legal:
        return PlansAnswer(False, "no weights meet the limits that the system itself sets")
    if not rules.counts_are_all:
        return PlansAnswer(None, "there is no limit to the number of elements, so not all plans were compared")
    return PlansAnswer(True, "every plan that its weights allow keeps to it")


def _breaking(
    members: Sequence[WeightLimits],
    boxes: Sequence[WeightBox],
    sum_of: tuple[Fraction, bool],
    asked: Sentence,
    named_apart: frozenset[str],
) -> str | None:
    """The fault of a plan the policy allows that breaks what is asked; None where there is none."""
    total, whole = sum_of
    if isinstance(asked, WeightWhole):
        return None if whole else _fraction(members, boxes, total)
    if isinstance(asked, WeightOf | WeightNoneAbove) and all(each.name != asked.name.text for each in members):
        return f"there is no `{asked.name.text}`"
    if isinstance(asked, WeightNoneAbove):
        return _above(members, boxes, sum_of, asked.name.text)
    if not isinstance(asked, WeightOf | WeightAll | WeightOthers):
        raise TypeError(f"{type(asked).__name__} is no sentence on weights")
    low, high = limit_ends(asked.limit)
    ends = [end for end in (low, high) if end is not None]
    step = _step(total, boxes, ends)
    for place, member in enumerate(members):
        if isinstance(asked, WeightOf) and member.name != asked.name.text:
            continue
        if isinstance(asked, WeightOthers) and member.name in named_apart:
            continue
        for box, end, word in _outside(boxes[place], low, high, step, whole):
            if fit(total, whole, [*boxes[:place], box, *boxes[place + 1 :]]) is not None:
                return f"{_called(member)} weighs {word} than `{exact(end)}`"
    return None


def _outside(
    box: WeightBox, low: Fraction | None, high: Fraction | None, step: Fraction, whole: bool
) -> Iterator[tuple[WeightBox, Fraction, str]]:
    """The parts of a box that lie below `low` and above `high`."""
    if low is not None:
        below = Fraction(ceil(low) - 1) if whole else low - step
        yield replace(box, high=below if box.high is None else min(box.high, below)), low, "less"
    if high is not None:
        above = Fraction(floor(high) + 1) if whole else high + step
        yield replace(box, low=max(box.low, above)), high, "more"


def _step(total: Fraction, boxes: Sequence[WeightBox], ends: Sequence[Fraction]) -> Fraction:
    """A distance so small that a weight can pass an end by it if it can pass it at all.

    The extreme weights of all plans are corners of their region: sums of the limits over at most as many as there
    are elements. So an extreme differs from an end by nothing or by more than this.
    """
    given = [total, *ends, *(box.low for box in boxes), *(box.high for box in boxes if box.high is not None)]
    return Fraction(1, 2 * lcm(*(each.denominator for each in given)) * lcm(*range(1, len(boxes) + 1)))


def _fraction(members: Sequence[WeightLimits], boxes: Sequence[WeightBox], total: Fraction) -> str | None:
    """A weight that is no whole number in some plan: one that is fixed so, or one that has room to move."""
    for place, member in enumerate(members):
        found = fit(total, False, boxes)
        weight = found[place] if found else Fraction(1)
        if weight.denominator != 1:
            return f"{_called(member)} weighs `{exact(weight)}`"
        for way in (Fraction(1, 2), Fraction(-1, 2)):
            step = _step(total, boxes, ()) * way
            if _can_be(boxes, place, weight + step, total):
                return f"{_called(member)} weighs `{exact(weight + step)}`"
    return None


def _can_be(boxes: Sequence[WeightBox], place: int, weight: Fraction, total: Fraction) -> bool:
    box = boxes[place]
    if weight < box.low or (box.high is not None and weight > box.high):
        return False
    return fit(total, False, [*boxes[:place], WeightBox(weight, weight, box.top), *boxes[place + 1 :]]) is not None


def _above(
    members: Sequence[WeightLimits], boxes: Sequence[WeightBox], sum_of: tuple[Fraction, bool], name: str
) -> str | None:
    """A member that may weigh more than the one named: its lead in the plan that is best for it, worked out."""
    place = next(index for index, each in enumerate(members) if each.name == name)
    if boxes[place].top:
        return None
    ends = [_ends(box, sum_of) for box in boxes]
    tops = [index for index, box in enumerate(boxes) if box.top]
    # Where none may be above some other member, that one leads whenever any does.
    for other in tops[:1] or [index for index in range(len(boxes)) if index != place]:
        lead = _lead_of_tops(ends, place, tops, sum_of) if tops else _lead(ends, place, other, sum_of[0])
        if lead > 0:
            return f"{_called(members[other])} weighs more than `{name}`"
    return None


def _ends(box: WeightBox, sum_of: tuple[Fraction, bool]) -> tuple[Fraction, Fraction]:
    total, whole = sum_of
    high = total if box.high is None else min(box.high, total)
    return (Fraction(max(1, ceil(box.low))), Fraction(floor(high))) if whole else (max(box.low, Fraction(0)), high)


def _lead(ends: Sequence[tuple[Fraction, Fraction]], place: int, other: int, total: Fraction) -> Fraction:
    """How much `other` weighs above `place` when it gets all it can and `place` only what nobody else can take."""
    left = total - sum((low for low, _ in ends), Fraction(0))
    lead = ends[other][0] - ends[place][0]
    taken = min(left, ends[other][1] - ends[other][0])
    room = sum((high - low for index, (low, high) in enumerate(ends) if index not in (place, other)), Fraction(0))
    return lead + taken - max(left - taken - room, Fraction(0))


def _lead_of_tops(
    ends: Sequence[tuple[Fraction, Fraction]], place: int, tops: Sequence[int], sum_of: tuple[Fraction, bool]
) -> Fraction:
    """The lead over `place` of the members that none may be above, all of one weight: it grows with that weight."""
    total, whole = sum_of
    floors = sum((low for index, (low, _) in enumerate(ends) if index not in tops), Fraction(0))
    most = min([(total - floors) / len(tops), *(ends[index][1] for index in tops)])
    most = Fraction(floor(most)) if whole else most
    others = (min(high, most) for index, (_, high) in enumerate(ends) if index not in (*tops, place))
    left = total - most * len(tops) - sum(others, Fraction(0))
    return most - max(ends[place][0], left)


def _called(member: WeightLimits) -> str:
    return f"`{member.name}`" if member.name else "an element of the plan's own"
