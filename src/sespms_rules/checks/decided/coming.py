"""ir.Program -> appraisals that can come under it, those of partly rated executives among them.

Where only levels without weights enter, and plans are small, they can all be listed. Elsewhere they are examples:
weights at their limits, numbers at the ends and at the cuts, requirements alike or with one apart.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import chain, combinations_with_replacement, islice, product
from math import comb, prod
from typing import TypeVar

from sespms_rules.checks.decided.variants import inner
from sespms_rules.engines.reference import rate
from sespms_rules.engines.refusals import RefusalKind
from sespms_rules.foundation.interval import Interval
from sespms_rules.foundation.values import Frozen, cache_by_identity, replace
from sespms_rules.program.facts import GivenFacts, TooManyFactsError, fact_classes, settled
from sespms_rules.program.ir import (
    Constant,
    Kind,
    LevelScale,
    Member,
    NoneAbove,
    NumberScale,
    Program,
    Row,
    Stage,
    Unrated,
)
from sespms_rules.program.plans import WeightBox, allowed_weights, fit, own_members, plan_sizes, weight_ends
from sespms_rules.program.rating import Appraisal, Outcome, Rated
from sespms_rules.program.traversal import formulas_of, members_named, walk
from sespms_rules.program.unrated_rules import rule_for

_T = TypeVar("_T")

LISTED = 2_000
"""So many appraisals of a policy are rated one and all."""

TRIED = 1_200
"""So many are rated that show most things soon."""

_NUMBERS = 6
_DERIVED = 24
_WEIGHTS = 9


class Seat(Frozen):
    """A member's place in a plan: how it can be rated, best first; members of one `kind` are treated alike.

    `whole` says that there is no other way in which it can be rated.
    """

    name: str
    ways: tuple[Rated, ...]
    kind: object
    whole: bool


class Coming(Frozen):
    """What can come of one program; `left` says what there is beside it.

    `parts` are the plans for each class of facts about the executive or the unit; one without facts where there are
    none.
    """

    parts: tuple[tuple[GivenFacts, Plans], ...]
    left: str

    @property
    def count(self) -> int | None:
        """How many different appraisals there are, of those that lines tell apart; None where they cannot be listed."""
        counts = [plans.count for _, plans in self.parts]
        return None if self.left or None in counts else sum(each for each in counts if each is not None)

    def all(self) -> Iterator[Appraisal]:
        """Every appraisal, or of every plan as many as are made; those that only change places come once."""
        for given, plans in self.parts:
            yield from (_known(each, given) for each in plans.all())

    def telling(self) -> Iterator[Appraisal]:
        """Appraisals in which everyone is rated alike, and those in which one is rated otherwise, soon all kinds."""
        yield from in_turn([(_known(each, given) for each in plans.telling()) for given, plans in self.parts])

    def in_two_goes(self) -> tuple[Iterator[Appraisal], Iterator[Appraisal]]:
        """Those that show most things soon; then, for what only a mixture of ratings gets, as many of all."""
        return islice(self.telling(), TRIED), islice(self.all(), LISTED)

    def left_out(self) -> Iterator[tuple[Appraisal, Appraisal]]:
        """Everybody rated at the best, and so in all that is rated: with one member left out, or all but one."""
        yield from in_turn(
            [
                ((_known(one, given), _known(other, given)) for one, other in plans.left_out())
                for given, plans in self.parts
            ]
        )


def in_turn(several: list[Iterator[_T]]) -> Iterator[_T]:
    """One of each, then the next of each, until all are at their end."""
    while several:
        for each in tuple(several):
            try:
                yield next(each)
            except StopIteration:
                several.remove(each)


def _known(appraisal: Appraisal, given: GivenFacts) -> Appraisal:
    return replace(appraisal, facts=given) if given else appraisal


class Plans(Frozen):
    """Plans of one program that reads no facts, by their members."""

    program: Program
    plans: tuple[tuple[Seat, ...], ...]
    left: str

    @property
    def count(self) -> int | None:
        """How many different appraisals there are; None where they cannot be listed."""
        stage = self.program.summary
        if self.left or stage.weighted or any(not seat.whole for seats in self.plans for seat in seats):
            return None
        return sum(
            prod(comb(len(each[0].ways) + len(each) - 1, len(each)) for each in _groups(seats)) for seats in self.plans
        )

    def all(self) -> Iterator[Appraisal]:
        """Every appraisal, or of every plan as many as are made; those that only change places come once."""
        for seats in self.plans:
            weights = _weights(self.program.summary, seats)
            groups = _groups(seats)
            order = list(chain.from_iterable(groups))
            choices = [combinations_with_replacement(each[0].ways, len(each)) for each in groups]
            for chosen in product(*choices):
                ways = list(chain.from_iterable(chosen))
                for each in weights:
                    yield _appraisal(order, ways, each)

    def telling(self) -> Iterator[Appraisal]:
        """Appraisals in which everyone is rated alike, and those in which one is rated otherwise, soon all kinds."""
        known = _weights_known(self)
        for others in (False, True):
            for number, seats in enumerate(self.plans):
                longest = max(len(seat.ways) for seat in seats)
                if number not in known:
                    known[number] = _weights(self.program.summary, seats)
                for weights in known[number]:
                    for place in range(longest):
                        usual = [seat.ways[min(place, len(seat.ways) - 1)] for seat in seats]
                        if not others:
                            yield _appraisal(seats, usual, weights)
                            continue
                        for spot, seat in enumerate(seats):
                            for way in seat.ways:
                                yield _appraisal(seats, [*usual[:spot], way, *usual[spot + 1 :]], weights)

    def left_out(self) -> Iterator[tuple[Appraisal, Appraisal]]:
        """Everybody rated at the best, and so in all that is rated: with one member left out, or all but one."""
        for seats in self.plans:
            missing = {seat.name: _left_out_of(self.program.summary, seat) for seat in seats}
            best = [seat.ways[0] for seat in seats]
            for weights in _weights(self.program.summary, seats):
                whole = _appraisal(seats, best, weights)
                for chosen in seats:
                    one = [missing[seat.name] or seat.ways[0] if seat is chosen else seat.ways[0] for seat in seats]
                    most = [seat.ways[0] if seat is chosen else missing[seat.name] or seat.ways[0] for seat in seats]
                    for partly in (one, most):
                        if partly != best and not all(each.is_missing for each in partly):
                            yield whole, _appraisal(seats, partly, weights)


def _left_out_of(stage: Stage, seat: Seat) -> Rated | None:
    """How a member is left out; None where its missing rating does another thing, such as count as a level."""
    missing = next((way for way in seat.ways if way.is_missing), None)
    rule = None if missing is None else rule_for(stage, missing.critical)
    return missing if rule is not None and rule.what is Unrated.LEFT_OUT else None


@cache_by_identity(16)
def _weights_known(plans: Plans) -> dict[int, list[dict[str, Fraction] | None]]:
    """The weights of plans by their number, kept as they are worked out: several checks try the same plans."""
    del plans
    return {}


@cache_by_identity(16)
def coming(program: Program) -> Coming:
    """The plans of a program with the ways in which their members can be rated, for each class of facts."""
    try:
        classes = fact_classes(program)
    except TooManyFactsError as fault:
        return Coming((), str(fault))
    parts = tuple((each.given, _plans(settled(program, each.given))) for each in classes)
    return Coming(parts, next((plans.left for _, plans in parts if plans.left), ""))


def _plans(program: Program) -> Plans:
    stage = program.summary
    sizes = plan_sizes(stage)
    noun = "Requirement" if stage.kind is Kind.REQUIREMENT else "Element"
    known = {member.name: _seat(program, member) for member in stage.members}  # of plans of all sizes one and the same
    plans = []
    for size in sizes.sizes:
        named = [member.name for member in stage.members if member.name not in size.absent]
        own = own_members(stage, size, noun)
        known |= {each.name: _seat(program, each) for each in own if each.name not in known}
        members = [known[name] for name in (*named, *(each.name for each in own))]
        seats = tuple(seat for seat in members if seat.ways)
        if seats and len(seats) == len(members):
            plans.append(seats)
    return Plans(program, tuple(plans), sizes.left)


# ---- how one member can be rated -------------------------------------------------------------------


def _seat(program: Program, member: Member) -> Seat:
    stage = program.summary
    rule = rule_for(stage, member.critical)
    ways, whole = _ways(program, member)
    counted = rule is not None and rule.what is Unrated.COUNT_AS and isinstance(member.scale, LevelScale)
    if member.stage is None and (counted or (rule is not None and rule.what is Unrated.LEFT_OUT)):
        ways = [*ways, Rated(member.name, None, critical=member.critical)]
    if stage.further:
        ways, whole = [new for way in ways for new in _with_further(stage, way)], False
    apart = _told_apart(stage, member.name)
    kind = (member.critical, member.scale, member.stage is None, weight_ends(stage.limits, member.name))
    return Seat(member.name, tuple(ways), (*kind, member.name if apart or member.stage else ""), whole)


def _ways(program: Program, member: Member) -> tuple[list[Rated], bool]:
    if member.stage is not None:
        derived = inner(program, member)
        found = [
            replace(Rated(member.name, critical=member.critical), requirements=each.elements)
            for each in _of_requirements(derived)
        ]
        empty = nothing_of(program, member)
        return [*found, *([empty] if empty else [])], False
    if isinstance(member.scale, NumberScale):
        numbers = _numbers(program.summary, member.scale)
        return [Rated(member.name, number, critical=member.critical) for number in numbers], False
    levels = sorted(member.scale.levels, reverse=True)
    return [Rated(member.name, Fraction(level), critical=member.critical) for level in levels], True


def nothing_of(program: Program, member: Member) -> Rated | None:
    """An element of which nobody rated a requirement, where that refuses the executive though nobody has to rate one.

    None for an element that is then not rated, as its own lines say, and where a missing rating stops the rating.
    """
    if member.stage is None:
        return None
    derived = inner(program, member)
    rule = rule_for(derived.summary, critical=True)
    if rule is None or rule.what is not Unrated.LEFT_OUT:
        return None
    given = next(islice(coming(derived).telling(), 1), None)
    if given is None:
        return None
    parts = tuple(replace(each, rating=None, further=()) for each in given.elements)
    rating = rate(derived, replace(given, elements=parts), trace=False)
    refused = rating.outcome is Outcome.REFUSED and rating.refused[0].code == RefusalKind.NOTHING_TO_AVERAGE.code
    return replace(Rated(member.name, critical=member.critical), requirements=parts) if refused else None


def _numbers(stage: Stage, scale: NumberScale) -> list[Fraction]:
    """The ends of a scale, its middle, and the cuts that lie within it; highest first."""
    cuts = sorted({value for value in _constants(stage.rows) if scale.low < value < scale.high})
    step = max(1, len(cuts) // _NUMBERS)
    found = {scale.low, (scale.low + scale.high) / 2, scale.high, *cuts[::step]}
    return sorted(found, reverse=True)


def _of_requirements(program: Program) -> list[Appraisal]:
    """Requirements that give an element a level or leave it unrated; of each outcome a few."""
    found: list[Appraisal] = []
    met: dict[object, int] = {}
    for each in islice(coming(program).telling(), LISTED // 10):
        rating = rate(program, each, trace=False)
        key = (rating.outcome, rating.level)
        if rating.outcome is not Outcome.REFUSED and met.get(key, 0) < 3:
            met[key] = met.get(key, 0) + 1
            found.append(each)
        if len(found) >= _DERIVED:
            break
    return found


def _with_further(stage: Stage, way: Rated) -> Iterator[Rated]:
    """A way of being rated with additional ratings that change nothing, and with those at their ends."""
    if way.is_missing:
        yield way
        return
    ends = [
        sorted({Fraction(0) if each.admits(Fraction(0)) else each.low, each.low, each.high}) for each in stage.further
    ]
    for chosen in product(*ends):
        yield replace(way, further=tuple((each.name, value) for each, value in zip(stage.further, chosen, strict=True)))


def _told_apart(stage: Stage, name: str) -> bool:
    return name in members_named(formulas_of(stage)) or any(
        isinstance(limit, NoneAbove) and limit.name == name for limit in stage.limits
    )


def _constants(rows: Sequence[Row]) -> frozenset[Fraction]:
    """The numbers that lines compare with, and the ends of their ranges."""
    found: set[Fraction] = set()
    for each in walk(tuple(rows)):
        if isinstance(each, Constant):
            found.add(each.value)
        elif isinstance(each, Interval):
            found.update(end for end in (each.low, each.high) if end is not None)
    return frozenset(found)


# ---- plans -----------------------------------------------------------------------------------------


def _groups(seats: Sequence[Seat]) -> list[list[Seat]]:
    groups: dict[object, list[Seat]] = {}
    for seat in seats:
        groups.setdefault(seat.kind, []).append(seat)
    return list(groups.values())


def _appraisal(seats: Sequence[Seat], ways: Sequence[Rated], weights: dict[str, Fraction] | None) -> Appraisal:
    pairs = zip(seats, ways, strict=True)
    if weights is None:
        return Appraisal("tried out", tuple([_rated(seat.name, way, way.weight) for seat, way in pairs]))
    return Appraisal("tried out", tuple([_rated(seat.name, way, weights[seat.name]) for seat, way in pairs]))


def _rated(name: str, way: Rated, weight: Fraction | None) -> Rated:
    return Rated(name, way.rating, weight, way.further, way.requirements, way.critical)


def _weights(stage: Stage, seats: Sequence[Seat]) -> list[dict[str, Fraction] | None]:
    """Weights of a plan: as even as may be, and with each member as light and as heavy as may be."""
    if not stage.weighted:
        return [None]
    names = [seat.name for seat in seats]
    allowed = allowed_weights(stage.limits, names)
    total, whole, boxes = next(iter(allowed.totals), None), allowed.whole, allowed.boxes
    if total is None:
        return [dict(zip(names, (max(box.low, Fraction(1)) for box in boxes), strict=True))]
    kept: dict[tuple[Fraction, ...], None] = {}
    for tried in _boxes_tried(total, boxes):
        found = fit(total, whole, tried)
        if found is not None:
            kept[found] = None
        if len(kept) == _WEIGHTS:
            break
    return [dict(zip(names, each, strict=True)) for each in kept]


def _boxes_tried(total: Fraction, boxes: Sequence[WeightBox]) -> Iterator[Sequence[WeightBox]]:
    """The limits of all weights, then with one of them held as light and as heavy as it may be."""
    yield boxes
    least = [
        max(box.low, Fraction(1)) if total > len(boxes) else max(box.low, total / (10 * len(boxes))) for box in boxes
    ]
    together = sum(least)
    for place, box in enumerate(boxes):
        heavy = total - together + least[place]
        heavy = heavy if box.high is None else min(heavy, box.high)
        for weight in (least[place], heavy):
            yield (*boxes[:place], WeightBox(weight, weight, box.top), *boxes[place + 1 :])
