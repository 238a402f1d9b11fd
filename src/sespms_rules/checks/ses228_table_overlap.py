"""Two rows of a table for one key."""

from __future__ import annotations

from collections.abc import Iterator

from sespms_rules.checks.analysis.intervals import of_range, sharing
from sespms_rules.checks.analysis.sentences import chosen, parts_of
from sespms_rules.foundation.diagnostic import Diagnostic, Fix, Label, error
from sespms_rules.foundation.line_edits import one_of_several
from sespms_rules.language.model import Part, System
from sespms_rules.language.syntax.derivation import TableRow
from sespms_rules.language.syntax.formula import ClosedRange
from sespms_rules.language.syntax.words import PartKind

FINDING = error("SES228", "table-overlap")


def check(system: System) -> Iterator[Diagnostic]:
    """Find rows of one table that share a key and give different results."""
    for part in parts_of(system):
        rows = chosen(part.sentences, TableRow) if part.kind is PartKind.TABLE else ()
        ranges = [of_range(row.score_range) for row in rows]
        pairs = sharing(ranges, [row.result for row in rows])
        yield from (_finding(part, rows[first], rows[second]) for first, second in pairs)


def _finding(part: Part, earlier: TableRow, later: TableRow) -> Diagnostic:
    return FINDING.at(
        later.score_range.span,
        f"two rows of the table `{part.name}` share a key, `{earlier.score_range.span.text}` "
        f"and `{later.score_range.span.text}`, and give different results",
        help="let each key stand in one row",
        labels=(Label(earlier.score_range.span, "the other row"),),
        fixes=tuple(_cures(earlier, later)),
    )


def _cures(earlier: TableRow, later: TableRow) -> Iterator[Fix]:
    """Where two rows share the end of one alone: that end goes to the row above it."""
    for below, above in ((earlier, later), (later, earlier)):
        match (below.score_range, above.score_range):
            case (ClosedRange(low, shared), ClosedRange(start, high)) if (
                low.value < shared.value == start.value < high.value
            ):
                words = f"at least {low.span.text} and below {shared.span.text}"
                meaning = f"so that `{shared.span.text}` gives {above.result.span.text} alone"
                yield one_of_several(below.score_range.span, words, meaning)
