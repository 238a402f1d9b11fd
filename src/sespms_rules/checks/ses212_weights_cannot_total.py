"""Limits on weights that no plan can meet."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from math import ceil, floor

from sespms_rules.checks.analysis.sentences import number
from sespms_rules.checks.analysis.weights import WeightLimits, WeightRules, weight_rules
from sespms_rules.checks.analysis.weights_by_facts import in_each_case
from sespms_rules.foundation.diagnostic import Diagnostic, Label, error
from sespms_rules.language.model import System
from sespms_rules.program.plans import fit

FINDING = error("SES212", "weights-cannot-total")


def check(system: System) -> Iterator[Diagnostic]:
    """Find a set of limits that leaves no plan, whatever number of elements it has.

    Decided exactly; silent where a plan might have more than 200 elements.
    """
    yield from in_each_case(system, _of_one_case)


def _of_one_case(system: System) -> Iterator[Diagnostic]:
    rules = weight_rules(system)
    if rules.total is None or rules.total.total.value <= 0 or _faulty_alone(rules) or not rules.counts_are_all:
        return
    total = rules.total.total.value
    plans = [plan for count in rules.counts() for plan in rules.plans(count) if plan]
    if not plans or any(fit(total, rules.whole, tuple(each.box for each in plan)) for plan in plans):
        return
    message, cure = _reason(rules, total, plans[0], plans[-1])
    labels = tuple(
        Label(sentence.span, "a limit that counts")
        for sentence in dict.fromkeys(sentence for plan in plans[:1] for each in plan for sentence in each.sentences)
    )
    yield FINDING.at(rules.total.span, message, help=cure, labels=labels)


def _faulty_alone(rules: WeightRules) -> bool:
    """Whether the limits of one element already contradict each other; that is another finding."""
    boxes = [each.box for each in (*rules.members, rules.others)]
    return any(box.high is not None and box.low > box.high for box in boxes)


def _reason(
    rules: WeightRules, total: Fraction, fewest: tuple[WeightLimits, ...], most: tuple[WeightLimits, ...]
) -> tuple[str, str]:
    """Why no weights fit, and what to do."""
    said = number(total)
    if rules.whole and total.denominator != 1:
        return f"whole-number weights cannot total `{said}`", "make the total a whole number"
    for each in fewest if rules.whole else ():
        if each.name and (_most(each, whole=True) or total) < _least(each, whole=True):
            message = f"the weights are whole numbers, and the limits of `{each.name}` allow none"
            return message, f"let `{each.name}` weigh a whole number"
    floors = sum((_least(each, rules.whole) for each in fewest), Fraction(0))
    if floors > total:
        return (
            (
                f"the lowest weights that {len(fewest)} elements may have already total `{number(floors)}`, "
                f"more than the total of `{said}`"
            ),
            "ask for less of one of them, or raise the total",
        )
    highs = [_most(each, rules.whole) for each in most]
    ceilings = sum((high for high in highs if high is not None), Fraction(0))
    if None not in highs and ceilings < total:
        return (
            (
                f"the highest weights that {len(most)} elements may have total `{number(ceilings)}`, "
                f"less than the total of `{said}`"
            ),
            "allow more for one of them, or lower the total",
        )
    return _top_reason(rules, total, fewest) or (
        f"no weights meet all these limits and total `{said}`",
        "loosen a limit; the limits are met one by one, but not together",
    )


def _top_reason(rules: WeightRules, total: Fraction, plan: tuple[WeightLimits, ...]) -> tuple[str, str] | None:
    """What keeps an element that none may be above from being the heaviest."""
    for top in (each for each in plan if each.top):
        floors = sum(_least(each, rules.whole) for each in plan if each is not top)
        high = _most(top, rules.whole)
        room = total - floors if high is None else min(total - floors, high)
        heavier = next((each for each in plan if _least(each, rules.whole) > room), None)
        if heavier is not None and heavier.name:
            return (
                (
                    f"`{heavier.name}` weighs at least `{number(_least(heavier, rules.whole))}`, but none may be above "
                    f"`{top.name}`, which can weigh at most `{number(room)}`"
                ),
                f"lower the floor of `{heavier.name}`, or let `{top.name}` weigh more",
            )
        others = [min(room, _most(each, rules.whole) or room) for each in plan if each is not top]
        if room + sum(others) < total:
            return (
                (
                    f"with none above `{top.name}`, which can weigh at most `{number(room)}`, {len(plan)} elements "
                    f"total at most `{number(room + sum(others))}`, less than the total of `{number(total)}`"
                ),
                f"let `{top.name}` weigh more, or lower the total",
            )
    return None


def _least(limits: WeightLimits, whole: bool) -> Fraction:
    low = max(limits.box.low, Fraction(0))
    return Fraction(max(1, ceil(low))) if whole else low


def _most(limits: WeightLimits, whole: bool) -> Fraction | None:
    high = limits.box.high
    return high if high is None or not whole else Fraction(floor(high))
