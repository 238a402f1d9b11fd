"""A text -> what is shown beside its lines: which scores a band can get, and what came of examples and guarantees."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from math import ceil, floor

from sespms_rules.authoring.analysis.analyzing import TextRead
from sespms_rules.authoring.analysis.document import Place
from sespms_rules.checks.decided import Range, range_of_score
from sespms_rules.foundation.interval import Interval
from sespms_rules.foundation.origin import exact
from sespms_rules.foundation.values import Frozen
from sespms_rules.program.bands import split_band


class Hint(Frozen):
    """A few words shown behind a character, and what they mean."""

    at: int
    words: str
    means: str


class Lens(Frozen):
    """A few words shown above a line; `asks` is `explain` or `prove`, and `name` what to explain or prove."""

    place: Place
    words: str
    asks: str
    name: str


def hints(read: TextRead) -> Iterator[Hint]:
    """Beside each line that takes scores, those that can come where no override settles the level before it."""
    source = read.compilation.source
    for program in read.compilation.programs.values():
        scores = range_of_score(program)
        for row in program.summary.rows if scores is not None else ():
            band, _ = split_band(row.condition)
            span = row.origin.span
            if band is None or scores is None or span.source is not source:
                continue
            whole = f"scores that no override settles lie from {exact(scores.low)} to {exact(scores.high)}"
            within = _within(band, scores)
            if within is None:
                yield Hint(span.end, "no score comes here", whole)
            else:
                words = f"scores {exact(within[0])} to {exact(within[1])}"
                yield Hint(span.end, words, f"{whole}; of this line from {words[7:]}")


def _within(band: Interval, scores: Range) -> tuple[Fraction, Fraction] | None:
    """The lowest and the highest score of a band that can come, as far as their range and their steps tell."""
    if not scores.meets(band):
        return None
    both = band.meet(Interval(scores.low, True, scores.high, True))
    low, high, grid = both.low or Fraction(0), both.high or Fraction(0), scores.grid
    if not grid:
        return low, high
    first, last = ceil(low / grid) * grid, floor(high / grid) * grid
    return (first + grid * (not band.holds(first)), last - grid * (not band.holds(last)))


def lenses(read: TextRead) -> Iterator[Lens]:
    """Above each example what came of it, above each guarantee what is known of it."""
    for each in read.analysis.scenarios:
        if each.place is not None:
            words = f"passes: {each.got}" if each.passed else f"fails: {each.got}, not {each.expected}"
            yield Lens(each.place, words, "explain", each.name)
    for one in read.analysis.guarantees:
        if one.place is not None:
            yield Lens(one.place, one.verdict, "prove", one.words)
