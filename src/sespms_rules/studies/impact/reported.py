"""Two answers about one roster -> for whom a value that is reported beside the level would be another.

A payout that an amendment changes leaves every level as it was; whoever reads that nobody would be rated differently
must be told of it in the same breath.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sespms_rules.engines.columnar import ColumnarEngine, NotInColumnsError
from sespms_rules.engines.confirmed import EnginesDisagreeError
from sespms_rules.engines.reference import CompiledReference
from sespms_rules.foundation.values import Frozen
from sespms_rules.program.ir import Program
from sespms_rules.program.rating import Appraisal, Outcome, Value
from sespms_rules.reports.rating_json import value_text
from sespms_rules.rosters.population import State

Reported = Mapping[int, Mapping[str, Value]]
"""The reported values of each row, by its place and their name; rows that report nothing are not in it."""


class ValueChange(Frozen):
    """The rows for which one reported value stands for another; None: it is not reported there."""

    before: Value | None
    after: Value | None
    places: tuple[int, ...]


class ValueMoves(Frozen):
    """One reported value with everyone for whom it would be another; `kept` are those of them who keep their level."""

    name: str
    changes: tuple[ValueChange, ...]
    places: tuple[int, ...]
    kept: tuple[int, ...]


def reported_of(program: Program, places: Sequence[int], appraisals: Sequence[Appraisal]) -> Reported:
    """What a program reports of each appraisal; nothing is rated where it reports nothing."""
    if not program.summary.reported:
        return {}
    try:
        ratings = ColumnarEngine(program).rate(appraisals)
    except NotInColumnsError:
        reference = CompiledReference(program)
        ratings = [reference.rate(each) for each in appraisals]
    return {place: dict(each.reported) for place, each in zip(places, ratings, strict=True) if each.reported}


def value_moves(
    states: tuple[Sequence[State], Sequence[State]], before: Reported, after: Reported
) -> tuple[ValueMoves, ...]:
    """Each value that is reported before or after, in the order they are first met, with those for whom it changes.

    Whoever is refused before or after has no values to compare, and is told of among those who move.
    """
    found: dict[str, dict[tuple[Value | None, Value | None], list[int]]] = {}
    for place in sorted({*before, *after}):
        if Outcome.REFUSED in (states[0][place], states[1][place]):
            continue
        old, new = before.get(place, {}), after.get(place, {})
        for name in dict.fromkeys((*old, *new)):
            changes = found.setdefault(name, {})
            if old.get(name) != new.get(name):
                changes.setdefault((old.get(name), new.get(name)), []).append(place)
    return tuple(_moves_of(name, changes, states) for name, changes in found.items())


def _moves_of(
    name: str,
    changes: Mapping[tuple[Value | None, Value | None], Sequence[int]],
    states: tuple[Sequence[State], Sequence[State]],
) -> ValueMoves:
    """The changes of one value, those of most executives first."""
    by_size = sorted(changes.items(), key=lambda change: -len(change[1]))
    places = tuple(sorted(place for each in changes.values() for place in each))
    kept = tuple(place for place in places if states[0][place] == states[1][place])
    return ValueMoves(name, tuple(ValueChange(*pair, tuple(where)) for pair, where in by_size), places, kept)


def confirm_reported(program: Program, appraisals: Mapping[int, Appraisal | None], reported: Reported) -> None:
    """Have the reference engine derive what these rows report; EnginesDisagreeError where it reports another value."""
    reference = CompiledReference(program)
    for place, appraisal in appraisals.items():
        if appraisal is not None and dict(reference.rate(appraisal).reported) != dict(reported.get(place, {})):
            raise EnginesDisagreeError(
                f"the engines disagree about what is reported of `{appraisal.id}`, so nothing is reported"
            )


def changed_places(moves: Sequence[ValueMoves]) -> tuple[int, ...]:
    """Everyone for whom any reported value would be another."""
    return tuple(sorted({place for each in moves for place in each.places}))


def kept_places(moves: Sequence[ValueMoves]) -> tuple[int, ...]:
    """Those of them who keep their level, and of whom the distribution of levels therefore says nothing."""
    return tuple(sorted({place for each in moves for place in each.kept}))


def value_said(value: Value | None) -> str:
    """A reported value exactly; a word of a table as it is."""
    if value is None:
        return "nothing"
    return value_text(value)
