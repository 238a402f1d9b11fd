"""Two rows of a table for one key."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from sespms_rules.checks.analysis.intervals import Interval, of_range, sharing
from sespms_rules.checks.analysis.levels import level_number
from sespms_rules.checks.analysis.sentences import parts_of
from sespms_rules.foundation.diagnostic import Diagnostic, Fix, Label, error
from sespms_rules.foundation.line_edits import one_of_several
from sespms_rules.foundation.source import Span
from sespms_rules.language.model import Part, System
from sespms_rules.language.syntax.derivation import TableLevel, TableRow
from sespms_rules.language.syntax.formula import ClosedRange
from sespms_rules.language.syntax.words import PartKind

FINDING = error("SES228", "table-overlap")

_Keyed = TableRow | TableLevel
_NOTHING = Interval(Fraction(0), False, Fraction(0), False)


def check(system: System) -> Iterator[Diagnostic]:
    """Find rows of one table that share a key and give different results.

    A row by level shares its key with one by number: a table reads both. Two rows of one level contradict each other,
    which is told elsewhere.
    """
    for part in parts_of(system):
        said = [each.sentence for each in part.sentences] if part.kind is PartKind.TABLE else []
        rows = [each for each in said if isinstance(each, _Keyed)]
        pairs = sharing([_keys(row) for row in rows], [row.result for row in rows])
        for first, second in pairs:
            if isinstance(rows[first], TableRow) or isinstance(rows[second], TableRow):
                yield _finding(part, rows[first], rows[second])


def _keys(row: TableRow | TableLevel) -> Interval:
    if isinstance(row, TableRow):
        return of_range(row.score_range)
    level = level_number(row.level)
    return _NOTHING if level is None else Interval(level, True, level, True)


def _key(row: TableRow | TableLevel) -> Span:
    return row.score_range.span if isinstance(row, TableRow) else row.level.span


def _finding(part: Part, earlier: TableRow | TableLevel, later: TableRow | TableLevel) -> Diagnostic:
    fixes = _cures(earlier, later) if isinstance(earlier, TableRow) and isinstance(later, TableRow) else ()
    return FINDING.at(
        _key(later),
        f"two rows of the table `{part.name}` share a key, `{_key(earlier).text}` and `{_key(later).text}`, "
        "and give different results",
        help="let each key stand in one row",
        labels=(Label(_key(earlier), "the other row"),),
        fixes=tuple(fixes),
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
