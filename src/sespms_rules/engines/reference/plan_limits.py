"""The limits a policy sets on a plan: how many members, and what they weigh (602 to 607, 611, 616, 617)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import assert_never

from sespms_rules.engines.reference.admitted_appraisal import CaseMember, Place
from sespms_rules.engines.refusals import RefusalKind
from sespms_rules.foundation.origin import exact
from sespms_rules.program.arithmetic import Exact, lean
from sespms_rules.program.ir import (
    Kind,
    LimitWhen,
    MemberCount,
    NoneAbove,
    Stage,
    WeightRange,
    WeightTotal,
    WholeWeights,
)
from sespms_rules.program.rating import Refusal

_Weights = dict[str, Exact]


def plan_refusals(stage: Stage, place: Place, members: Sequence[CaseMember], *, missing: int) -> Iterator[Refusal]:
    """Report every limit of `stage` that the members break; `missing` is how many named ones are not there."""
    if not stage.weighted:
        yield from _unused_weights(place, members)
    else:
        yield from _bad_weights(stage, place, members)
    # A limit on weights speaks of those that are there; a total only of a plan that has them all.
    weights = {each.name: each.weight for each in members if each.weight is not None and each.weight > 0}
    whole_plan = not missing and len(weights) == len(members)
    counted = False
    for limit in stage.limits:
        match limit:
            case WeightTotal():
                if whole_plan and stage.weighted:
                    yield from _total(limit, place, weights)
            case WholeWeights():
                yield from _whole(limit, place, weights)
            case WeightRange():
                yield from _range(limit, place, weights)
            case NoneAbove():
                yield from _none_above(limit, place, weights)
            case MemberCount():
                found = list(_count(limit, place, members, missing))
                counted = counted or bool(found)
                yield from found
            case LimitWhen():
                raise TypeError("a limit that holds of some was not settled before a plan is judged")
            case _:
                assert_never(limit)
    if not members and not counted and not missing:
        yield _nothing_to_rate(stage, place)


def _unused_weights(place: Place, members: Sequence[CaseMember]) -> Iterator[Refusal]:
    for member in members:
        if member.weight is not None:
            yield RefusalKind.WEIGHT_NOT_USED.because(
                f"{place.said(member.name)} has weight `{exact(member.weight)}`, but the policy uses no weights here",
                "leave the weight out",
                about=place.about(member.name),
            )


def _bad_weights(stage: Stage, place: Place, members: Sequence[CaseMember]) -> Iterator[Refusal]:
    for member in members:
        if member.weight is not None and member.weight > 0:
            continue
        said, about = place.said(member.name), place.about(member.name)
        if member.weight is None:
            text, help = f"{said} has no weight", f"give {said} its weight in the plan"
            yield RefusalKind.WEIGHT_MISSING.because(text, help, about=about, origin=stage.origin)
        else:
            yield RefusalKind.WEIGHT_NOT_POSITIVE.because(
                f"{said} has weight `{exact(member.weight)}`; a weight must be more than `0`",
                f"give {said} a weight above `0`, or take it out of the plan",
                about=about,
                origin=stage.origin,
            )


def _total(limit: WeightTotal, place: Place, weights: _Weights) -> Iterator[Refusal]:
    total = sum(weights.values())
    if total == limit.total:
        return
    gap = limit.total - total
    whose = "the weights" if place.element is None else f"the weights of the requirements of `{place.element}`"
    yield RefusalKind.WEIGHTS_DO_NOT_TOTAL.because(
        f"{whose} total `{exact(total)}`, not `{exact(limit.total)}`",
        f"{'add' if gap > 0 else 'take away'} `{exact(abs(gap))}` in all",
        about=place.element,
        origin=limit.origin,
    )


def _whole(limit: WholeWeights, place: Place, weights: _Weights) -> Iterator[Refusal]:
    for name, weight in weights.items():
        if weight.denominator != 1:
            below = weight.numerator // weight.denominator
            choice = f"`{below}` or `{below + 1}`" if below > 0 else "`1`"
            yield RefusalKind.WEIGHT_NOT_WHOLE.because(
                f"{place.said(name)} weighs `{exact(weight)}`, which is not a whole number",
                f"give it a whole weight, such as {choice}",
                about=place.about(name),
                origin=limit.origin,
            )


def _range(limit: WeightRange, place: Place, weights: _Weights) -> Iterator[Refusal]:
    names = limit.names if limit.names is not None else [name for name in weights if name not in limit.save]
    low = None if limit.low is None else lean(limit.low)
    high = None if limit.high is None else lean(limit.high)
    for name in names:
        weight = weights.get(name)
        if weight is None:
            continue
        if low is not None and weight < low:
            yield RefusalKind.WEIGHT_BELOW_FLOOR.because(
                f"{place.said(name)} weighs `{exact(weight)}`, less than `{exact(low)}`",
                f"give it {_allowed(limit)}",
                about=place.about(name),
                origin=limit.origin,
            )
        elif high is not None and weight > high:
            yield RefusalKind.WEIGHT_ABOVE_CEILING.because(
                f"{place.said(name)} weighs `{exact(weight)}`, more than `{exact(high)}`",
                f"give it {_allowed(limit)}",
                about=place.about(name),
                origin=limit.origin,
            )


def _allowed(limit: WeightRange) -> str:
    if limit.low is not None and limit.low == limit.high:
        return f"weight `{exact(limit.low)}`"
    if limit.low is not None and limit.high is not None:
        return f"a weight of `{exact(limit.low)}` to `{exact(limit.high)}`"
    end = limit.low if limit.low is not None else limit.high
    return f"a weight of at {'least' if limit.low is not None else 'most'} `{exact(end or 0)}`"


def _none_above(limit: NoneAbove, place: Place, weights: _Weights) -> Iterator[Refusal]:
    most = weights.get(limit.name)
    if most is None:
        return
    for name, weight in weights.items():
        if weight > most:
            yield RefusalKind.OUTWEIGHED.because(
                f"{place.said(name)} weighs `{exact(weight)}`, more than {place.said(limit.name)}, which weighs"
                f" `{exact(most)}`",
                f"no {place.kind} may weigh more than `{limit.name}`: give `{name}` at most `{exact(most)}`, or"
                f" `{limit.name}` at least `{exact(weight)}`",
                about=place.about(name),
                origin=limit.origin,
            )


def _count(limit: MemberCount, place: Place, members: Sequence[CaseMember], missing: int) -> Iterator[Refusal]:
    wanted = {Kind.CRITICAL: True, Kind.NONCRITICAL: False}.get(limit.kind)
    found = sum(wanted is None or member.critical is wanted for member in members)
    if limit.low is not None and found < limit.low:
        short = limit.low - found
        if short <= missing:  # those that are missing have been reported by name
            return
        help = f"add `{short}` more"
    elif limit.high is not None and found > limit.high:
        help = f"take `{found - limit.high}` out of the plan"
    else:
        return
    text = f"{place.holder} has {_counted(found, limit.kind)}; the policy {_asked(limit)}"
    yield RefusalKind.ELEMENT_COUNT.because(text, help, about=place.element, origin=limit.origin)


def _asked(limit: MemberCount) -> str:
    if limit.high == 0:
        return "lets a plan have none"
    if limit.low == limit.high:
        return f"asks for exactly `{limit.low}`"
    if limit.low is None:
        return f"asks for at most `{limit.high}`"
    return f"asks for at least `{limit.low}`" if limit.high is None else f"asks for `{limit.low}` to `{limit.high}`"


def _counted(number: int, kind: Kind) -> str:
    return f"`{number}` {kind}{'' if number == 1 else 's'}"


def _nothing_to_rate(stage: Stage, place: Place) -> Refusal:
    text = f"{place.holder} has no {stage.kind}s, so there is nothing to rate"
    return RefusalKind.ELEMENT_COUNT.because(
        text, f"give at least `1` {stage.kind}", about=place.element, origin=stage.origin
    )
