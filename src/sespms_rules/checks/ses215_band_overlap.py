"""Two bands that take the same score."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import chain, islice

from sespms_rules.checks.analysis.decision_rows import derivations
from sespms_rules.checks.analysis.intervals import Interval, of_range, sharing
from sespms_rules.checks.analysis.sentences import number
from sespms_rules.foundation.diagnostic import Diagnostic, Fix, Label, error
from sespms_rules.foundation.line_edits import line_above, one_of_several
from sespms_rules.language.model import System
from sespms_rules.language.syntax.derivation import Band
from sespms_rules.language.syntax.formula import ClosedRange
from sespms_rules.language.syntax.limits import Phrases

_IN_ORDER = "take the first line that fits"

_NAMED = 3
_MOST_NAMED_OF = 200
"""Of so many pairs none is named beside another: there may be millions."""

FINDING = error("SES215", "band-overlap", "5 CFR 430.305(a)(5)")


def check(system: System) -> Iterator[Diagnostic]:
    """Find bands with the same further condition, or none, that share a score and are not read in order."""
    for derivation in derivations(system):
        if derivation.in_order:
            continue
        bands: dict[Phrases | None, list[Band]] = {}
        for line in derivation.lines:
            if isinstance(line, Band):
                bands.setdefault(line.floor, []).append(line)
        pairs = (pair for alike in bands.values() for pair in _overlapping(alike))
        found = [*islice(pairs, _MOST_NAMED_OF)]
        few = found if len(found) < _MOST_NAMED_OF else []
        every = tuple(dict.fromkeys(_words(shared) for _, _, shared in few))
        yield from (_finding(*each, every) for each in chain(found, pairs))


def _overlapping(bands: Sequence[Band]) -> Iterator[tuple[Band, Band, Interval]]:
    """The pairs of bands that share a score, each with what they share."""
    ranges = [of_range(each.score_range) for each in bands]
    for first, second in sharing(ranges, range(len(ranges))):
        yield bands[first], bands[second], ranges[first].meet(ranges[second])


def _finding(earlier: Band, later: Band, shared: Interval, every: tuple[str, ...]) -> Diagnostic:
    return FINDING.at(
        later.score_range.span,
        f"a score of {_words(shared)} lies in two bands, `{earlier.score_range.span.text}` "
        f"and `{later.score_range.span.text}`",
        help="let each score lie in one band, or add `take the first line that fits`",
        labels=(Label(earlier.score_range.span, "the other band"),),
        fixes=tuple(_cures(earlier, later, [each for each in every if each != _words(shared)])),
    )


def _cures(earlier: Band, later: Band, others: list[str]) -> Iterator[Fix]:
    """Where two bands share the end of one alone: that end goes to the other band, or the line above decides.

    The latter decides all `others` that two bands share as well, and whatever else two lines may take.
    """
    for below, above in ((earlier, later), (later, earlier)):
        low = of_range(above.score_range).low
        match below.score_range:
            case ClosedRange(start, end) if end.value == low and start.value < end.value:
                words = f"at least {start.span.text} and below {end.span.text}"
                whose = f"so that `{end.span.text}` is {above.outcome.span.text} alone"
                yield one_of_several(below.score_range.span, words, whose)
                first = min((earlier, later), key=lambda each: each.span.start)
                told = f"so that `{end.span.text}` is {first.outcome.span.text}, {_decided(others)}"
                added = line_above(first.span, _IN_ORDER)
                yield Fix(f"{added.title}, {told}", added.span, added.replacement, sure=False, asks=True)


def _decided(others: list[str]) -> str:
    """What the order of lines decides besides; of many scores the first few are named."""
    says = "and every other score that two lines take is decided by the first of them"
    if not others:
        return says
    more = f" and {len(others) - _NAMED} more" if len(others) > _NAMED else ""
    return f"{says}: {', '.join(others[:_NAMED])}{more}"


def _words(shared: Interval) -> str:
    """The scores of an interval in words."""
    if shared.low is None:
        return f"below `{number(shared.high)}`" if shared.high is not None else "any size"
    if shared.high is None:
        return f"`{number(shared.low)}` or more"
    if shared.low == shared.high:
        return f"`{number(shared.low)}`"
    return f"`{number(shared.low)}` to `{number(shared.high)}`"
