"""Two bands that take the same score."""

from __future__ import annotations

from collections.abc import Iterator

from sespms_rules.checks.analysis.decision_rows import derivations
from sespms_rules.checks.analysis.intervals import Interval, of_range, sharing
from sespms_rules.checks.analysis.sentences import number
from sespms_rules.foundation.diagnostic import Diagnostic, Label, error
from sespms_rules.language.model import System
from sespms_rules.language.syntax.derivation import Band
from sespms_rules.language.syntax.limits import Phrases

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
        for alike in bands.values():
            ranges = [of_range(each.score_range) for each in alike]
            for first, second in sharing(ranges, range(len(ranges))):
                yield _finding(alike[first], alike[second], ranges[first].meet(ranges[second]))


def _finding(earlier: Band, later: Band, shared: Interval) -> Diagnostic:
    return FINDING.at(
        later.score_range.span,
        f"a score of {_words(shared)} lies in two bands, `{earlier.score_range.span.text}` "
        f"and `{later.score_range.span.text}`",
        help="let each score lie in one band, or add `take the first line that fits`",
        labels=(Label(earlier.score_range.span, "the other band"),),
    )


def _words(shared: Interval) -> str:
    """The scores of an interval in words."""
    if shared.low is None:
        return f"below `{number(shared.high)}`" if shared.high is not None else "any size"
    if shared.high is None:
        return f"`{number(shared.low)}` or more"
    if shared.low == shared.high:
        return f"`{number(shared.low)}`"
    return f"`{number(shared.low)}` to `{number(shared.high)}`"
