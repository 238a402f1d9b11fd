"""The smallest change where there are too many to try: found by the solver, and rated before it is shown."""

from __future__ import annotations

from fractions import Fraction

from sespms_rules.engines.reference import rate
from sespms_rules.program.ir import Program, ToLevel
from sespms_rules.program.rating import Appraisal, Rated
from sespms_rules.proofs.solver import nearest
from sespms_rules.studies.explanation.changes import Change, Flip, Place, Towards, change_of, places_of

SECONDS = 5
"""How long the solver may take for one direction; an explanation is to be quick."""


class UnconfirmedError(Exception):
    """The solver's change does not have the effect that the solver says; one of the engines is wrong."""


def solved(program: Program, appraisal: Appraisal, level: int, towards: Towards, least: int, tried: int) -> Flip:
    """The smallest change of `least` ratings or more towards a higher or a lower level.

    `tried` smaller ones were tried before. Raises UnconfirmedError where the reference engine does not agree.
    """
    rows = (*program.summary.rows, *program.summary.overrides, *program.summary.caps)
    levels = {row.outcome.level for row in rows if isinstance(row.outcome, ToLevel)}
    wanted = tuple(each for each in sorted(levels) if (each > level if towards is Towards.RAISE else each < level))
    found = nearest(program, appraisal, wanted, least, SECONDS)
    if found.shown is None:
        return Flip(towards, (), not found.why, tried, True, found.why)
    change = _change(program, appraisal, found.shown.appraisal)
    if change.level not in wanted:
        raise UnconfirmedError(f"the solver says that `{change.as_text()}` alters the level from `{level}`")
    return Flip(towards, (change,), True, tried, True, "")


def _change(program: Program, before: Appraisal, after: Appraisal) -> Change:
    places = places_of(program, before)
    moves = tuple((each, to) for each in places if (to := _rating(after, each)) != each.before)
    return change_of(moves, rate(program, after, trace=False))


def _rating(appraisal: Appraisal, place: Place) -> Fraction:
    one: Rated = appraisal.elements[place.at[0]]
    for spot in place.at[1:]:
        one = one.requirements[spot]
    return place.before if one.rating is None else one.rating
