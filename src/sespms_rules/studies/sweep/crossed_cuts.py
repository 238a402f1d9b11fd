"""Why a variant refuses executives who are rated now: mostly cuts that cross, so that two lines fit a score or none."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import pairwise
from typing import Any

import numpy as np

from sespms_rules.engines import reference
from sespms_rules.engines.columnar import REFUSED, ColumnarEngine, ColumnarError, TooLargeError, of_appraisals
from sespms_rules.foundation.origin import exact
from sespms_rules.foundation.values import Frozen
from sespms_rules.program import ir
from sespms_rules.program.rating import Appraisal, Outcome, Refusal
from sespms_rules.studies.sweep.parameters import Cut, Figure, Setting, figures_of, setting_text
from sespms_rules.studies.sweep.sweeping import Sweep, variant

MOST_TOLD = 3
"""How many variants are told of one by one; the others refuse too, and the table says how many."""

_NO_LINE, _TWO_LINES = "SES612", "SES613"


class NewlyRefused(Frozen):
    """A variant by its number, how many it refuses who are not refused now, why the first of them is, and what to do.

    `not_rated` is how many of them are `not rated` now, and so have no level to lose.
    """

    variant: int
    executives: int
    not_rated: int
    refusal: Refusal
    score: Fraction | None
    fix: str

    @property
    def why(self) -> str:
        """What stands in the way of a level, in the words of the variant."""
        says = {
            _TWO_LINES: "two lines of the policy then fit one score",
            _NO_LINE: "no line of the policy then fits the score",
        }.get(self.refusal.code, self.refusal.message)
        at = f", such as {exact(self.score)}" if self.score is not None and self.refusal.code in _CROSSED else ""
        return f"{says}{at} ({self.refusal.code} {self.refusal.name})"


_CROSSED = (_NO_LINE, _TWO_LINES)


def newly_refused(made: Sweep, appraisals: Sequence[Appraisal]) -> tuple[tuple[NewlyRefused, ...], int]:
    """Why the first variants refuse anyone who is not refused now, and how many variants do."""
    place = made.states.index(Outcome.REFUSED)
    unrated = made.states.index(Outcome.NOT_RATED) if Outcome.NOT_RATED in made.states else None
    counts = made.moves[:, :place, place].sum(axis=1)
    refusing = np.flatnonzero(counts).tolist()
    found: list[NewlyRefused] = []
    for number in refusing[:MOST_TOLD]:
        program = variant(made.program, made.figures, made.settings[number])
        appraisal = appraisals[_first(made.program, program, appraisals)]
        rating = reference.rate(program, appraisal, trace=False)
        refusal = rating.refused[0]
        fix = _fix(made, made.settings[number], refusal) if refusal.code in _CROSSED else refusal.help
        without = 0 if unrated is None else int(made.moves[number, unrated, place])
        found.append(NewlyRefused(number, int(counts[number]), without, refusal, rating.score, fix))
    return tuple(found), len(refusing)


def _first(now: ir.Program, then: ir.Program, appraisals: Sequence[Appraisal]) -> int:
    """The place of the first who is refused then and is not refused now."""
    try:
        columns = of_appraisals(now, appraisals)
        first, second = (ColumnarEngine(each).rate_columns(columns).outcome for each in (now, then))
        return int(np.flatnonzero((first != REFUSED) & (second == REFUSED))[0])
    except (ColumnarError, TooLargeError):
        return next(place for place, each in enumerate(appraisals) if _is_refused(then, each, now))


def _is_refused(then: ir.Program, appraisal: Appraisal, now: ir.Program) -> bool:
    ends = [reference.rate(each, appraisal, trace=False).outcome for each in (then, now)]
    return ends[0] is Outcome.REFUSED and ends[1] is not Outcome.REFUSED


def _fix(made: Sweep, values: Sequence[Setting], refusal: Refusal) -> str:
    """Between which values each cut that has crossed a neighbor stays in order; where none has, what else helps."""
    at = {each.name: each.now for each in figures_of(made.program)}
    at |= {figure.name: value for figure, value in zip(made.figures, values, strict=True)}
    cuts = [(each, at[each.name]) for each in figures_of(made.program) if isinstance(each.part, Cut)]
    varied = {each.name for each in made.figures}
    crossed = [
        _between(cuts, place)
        for place, (each, _) in enumerate(cuts)
        if each.name in varied and not all(_in_order(*pair) for pair in pairwise(cuts[max(place - 1, 0) : place + 2]))
    ]
    if crossed:
        return "; ".join(crossed)
    if refusal.code == _NO_LINE:
        return "write the lines with `at least` and `below`, so that no score falls between two of them"
    return refusal.help


def _in_order(better: tuple[Figure, Setting], worse: tuple[Figure, Setting]) -> bool:
    """Whether the cut of the better level is above that of the worse."""
    return isinstance(better[1], Fraction) and isinstance(worse[1], Fraction) and better[1] > worse[1]


def _between(cuts: Sequence[tuple[Figure, Setting]], place: int) -> str:
    """`keep the cut of level 4 above 250, the cut of level 3, and below 450, the cut of level 5`."""
    figure = cuts[place][0]
    above, below = cuts[place - 1] if place else None, cuts[place + 1] if place + 1 < len(cuts) else None
    parts = [
        f"{word} {setting_text(each[1])}, the {each[0].name}"
        for word, each in (("above", below), ("below", above))
        if each is not None
    ]
    return f"keep the {figure.name} {', and '.join(parts)}" if parts else ""


def as_data(found: NewlyRefused, made: Sweep) -> dict[str, Any]:
    """One variant for JSON."""
    values = zip(made.figures, made.settings[found.variant], strict=True)
    return {
        "settings": {figure.name: setting_text(value) for figure, value in values},
        "executives": found.executives,
        "code": found.refusal.code,
        "name": found.refusal.name,
        "why": found.why,
        "fix": found.fix,
    }


def _now(found: NewlyRefused) -> str:
    """What those whom a variant refuses are now: `rated now`, or how many of them are not."""
    if not found.not_rated:
        return "rated now"
    if found.not_rated == found.executives:
        return "`not rated` now"
    return f"rated now, or `not rated` ({found.not_rated:,} of them),"


def told(found: Sequence[NewlyRefused], variants: int, said: Sequence[tuple[str, Sequence[str]]]) -> Iterator[str]:
    """The lines of a text: each variant with its settings and sentences as `said`, then how many there are more."""
    for each, (settings, sentences) in zip(found, said, strict=True):
        now = _now(each)
        who = f"1 executive who is {now} is" if each.executives == 1 else f"{each.executives:,} {now} are"
        yield f"{settings}: {who} refused: {each.why}"
        yield from (f"  {one}" for one in sentences)
        yield f"  fix: {each.fix}"
    if variants > len(found):
        yield f"and so under {variants - len(found):,} more of the variants"
