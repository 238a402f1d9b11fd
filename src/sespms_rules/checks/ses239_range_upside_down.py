"""A range that ends below its beginning."""

from __future__ import annotations

from collections.abc import Iterator

from sespms_rules.checks.analysis.sentences import everywhere, sentences_of
from sespms_rules.foundation.diagnostic import Diagnostic, error
from sespms_rules.foundation.line_edits import instead
from sespms_rules.foundation.source import Span
from sespms_rules.language.model import System
from sespms_rules.language.syntax.elements import AlsoRated, RatedOnScale
from sespms_rules.language.syntax.limits import Between, limit_ends, signed_value
from sespms_rules.language.syntax.nodes import Day
from sespms_rules.language.syntax.system import Certified

FINDING = error("SES239", "range-upside-down")


def check(system: System) -> Iterator[Diagnostic]:
    """Find limits, scales and days that run from the larger to the smaller; bands are another finding."""
    for first, last in _upside_down(system):
        yield FINDING.at(
            first.to(last),
            f"`{first.to(last).text}` runs backwards: `{last.text}` comes before `{first.text}`",
            help="put the smaller number, or the earlier day, first",
            fixes=(instead(first.to(last), _turned(first, last)),),
        )


def _turned(first: Span, last: Span) -> str:
    """The same range with its ends exchanged."""
    between = first.source.text[first.end : last.start]
    return f"{last.text}{between}{first.text}"


def _upside_down(system: System) -> Iterator[tuple[Span, Span]]:
    for limit in everywhere(system, Between):
        least, most = limit_ends(limit)
        if least is not None and most is not None and least > most:
            yield limit.low.span, limit.high.span
    for _, sentence in sentences_of(system):
        match sentence:
            case RatedOnScale(low, high) if low.value > high.value:
                yield low.span, high.span
            case AlsoRated(_, _, low, high) if signed_value(low) > signed_value(high):
                yield low.span, high.span
            case Certified(Day() as first, Day() as last) if first.value > last.value:
                yield first.span, last.span
