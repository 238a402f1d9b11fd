"""Why many appraisals are refused, told once for all that the same elements refuse by themselves alone."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import repeat

from sespms_rules.engines.reference.once_admitted import Cast, Faulty, OfFacts, Refusals, Seen
from sespms_rules.program.arithmetic import Exact
from sespms_rules.program.rating import Rated

Readings = Sequence[tuple[Sequence[Rated | None], Sequence[int]]]
"""For each element, in one order, what was read of it in many appraisals, and which of that each of them has."""

_MOST_ALIKE = 65_536
"""How many sets of refusals are remembered at once."""

_Judged = dict[int, Seen | Faulty | None]


def refused_alike(admits: OfFacts, readings: Readings) -> list[Refusals | None]:
    """The refusals of each appraisal, as `admits` gives them; None where it has to be asked for itself.

    Those that the same readings refuse share one tuple. Of an appraisal that is not refused nothing is said.
    """
    count = len(readings[0][1]) if readings else 0
    first = [distinct[codes[0]] for distinct, codes in readings] if count else []
    elements = tuple([each for each in first if each is not None])
    cast = admits.cast_of(elements) if elements and len(elements) == len(readings) else None
    if cast is None:
        return [None] * count
    order = range(len(readings)) if cast.order is None else cast.order
    judged = [_judged(admits, cast, place, elements[each], readings[each]) for place, each in enumerate(order)]
    columns = [readings[each][1] for each in order]
    marks = [{code: -1 if isinstance(one, Seen) else code for code, one in each.items()} for each in judged]
    weights: Iterable[Sequence[Exact]] = repeat(())
    if admits.of_all:
        known_weights = [{code: 0 if one is None else one.weight for code, one in each.items()} for each in judged]
        looked_up = (map(each.__getitem__, codes) for each, codes in zip(known_weights, columns, strict=True))
        weights = zip(*looked_up, strict=True)
    marked = (map(each.__getitem__, codes) for each, codes in zip(marks, columns, strict=True))
    known: dict[tuple[int, ...], Refusals | None] = {}
    found: list[Refusals | None] = []
    for wrong, heavy in zip(zip(*marked, strict=True), weights, strict=False):
        if wrong not in known:
            known[wrong] = _said(cast, judged, wrong)
        refusals = known[wrong]
        found.append(refusals if refusals is None or admits.keeps(cast, heavy) else None)
    return found


def _judged(
    admits: OfFacts, cast: Cast, place: int, first: Rated, reading: tuple[Sequence[Rated | None], Sequence[int]]
) -> _Judged:
    """What the readings of an element say by themselves; None of one that is not there, or not such as the first."""
    distinct, codes = reading
    found: _Judged = {}
    for code in set(codes):
        rated = distinct[code]
        held = cast.by_identity[place].get(id(rated))
        if held is not None and held[0] is rated:
            found[code] = held[1]
        elif rated is None or rated.name != first.name or rated.critical is not first.critical:
            found[code] = None
        else:
            found[code] = admits.seen(cast, place, rated)
    return found


def _said(cast: Cast, judged: Sequence[_Judged], wrong: tuple[int, ...]) -> Refusals | None:
    """What the elements that are marked are refused for; None where that is not known of all, or nothing."""
    ones = [each[code] for each, code in zip(judged, wrong, strict=True) if code >= 0]
    faulty = tuple([one for one in ones if isinstance(one, Faulty)])
    if not faulty or len(faulty) < len(ones):
        return None
    key = tuple(map(id, faulty))  # they are held below, so that no other gets their identity
    if key not in cast.alike:
        if len(cast.alike) >= _MOST_ALIKE:
            cast.alike.clear()
        cast.alike[key] = faulty, tuple(refusal for one in faulty for refusal in one.refusals)
    return cast.alike[key][1]
