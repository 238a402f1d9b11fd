"""A line that no appraisal can come to."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterator
from fractions import Fraction
from operator import itemgetter

from sespms_rules.checks.analysis.decision_rows import Line, derivations
from sespms_rules.checks.analysis.intervals import Interval, low_end, of_range
from sespms_rules.foundation.diagnostic import Diagnostic, Label, error
from sespms_rules.foundation.line_edits import line_out
from sespms_rules.language.model import System
from sespms_rules.language.syntax.derivation import Band, Row, RowOtherwise
from sespms_rules.language.syntax.formula import Clause
from sespms_rules.language.syntax.limits import Phrases

FINDING = error("SES220", "line-never-read")


def check(system: System) -> Iterator[Diagnostic]:
    """Find lines behind `otherwise`, and in an ordered list lines that an earlier one leaves nothing for."""
    for derivation in derivations(system):
        above = _Above(derivation.lines)
        for line in derivation.lines:
            earlier = above.taking_all_of(line, in_order=derivation.in_order)
            if earlier is None:
                above.add(line)
                continue
            yield FINDING.at(
                line.span,
                "this line is never read, because the line above it takes every appraisal it could",
                help="move it up, or take one of the two lines out",
                labels=(Label(earlier.span, "this line comes first"),),
                fixes=(line_out("take the line out", line.span),),
            )


class _Above:
    """The lines read so far that can be read, kept so that one that takes all of another is found without trying each.

    A line that another hides need not be kept: whatever it takes, that other takes too.
    """

    def __init__(self, lines: tuple[Line, ...]) -> None:
        self._otherwise: RowOtherwise | None = None
        self._bands: dict[Phrases | None, list[tuple[tuple[bool, Fraction, bool], Band]]] = {}
        self._rows: dict[Clause | None, list[Row]] = {}
        self._asked = Counter(clause for line in lines if isinstance(line, Row) for clause in line.conditions.parts)

    def add(self, line: Line) -> None:
        """Keep a line, under what is rarest of it."""
        match line:
            case RowOtherwise():
                self._otherwise = self._otherwise or line
            case Band(score_range, floor, _) if not of_range(score_range).is_empty:
                # No band of these covers another, so that their upper ends rise with their lower ends.
                kept = self._bands.setdefault(floor, [])
                place = bisect_left(kept, low_end(of_range(score_range)), key=itemgetter(0))
                end = place
                while end < len(kept) and of_range(score_range).covers(of_range(kept[end][1].score_range)):
                    end += 1
                kept[place:end] = [(low_end(of_range(score_range)), line)]
            case Row(_, conditions):
                rarest = min(conditions.parts, key=lambda clause: self._asked[clause], default=None)
                self._rows.setdefault(rarest, []).append(line)

    def taking_all_of(self, line: Line, *, in_order: bool) -> Line | None:
        """A line above that takes every appraisal that this one could."""
        if self._otherwise is not None or not in_order:
            return self._otherwise
        match line:
            case Band(score_range, floor, _) if not of_range(score_range).is_empty:
                return next(
                    filter(
                        None, (self._band_over(of_range(score_range), each) for each in dict.fromkeys((None, floor)))
                    ),
                    None,
                )
            case Row(_, conditions):
                candidates = (row for clause in (None, *conditions.parts) for row in self._rows.get(clause, ()))
                asked = set(conditions.parts)
                return next((row for row in candidates if asked.issuperset(row.conditions.parts)), None)
        return None

    def _band_over(self, scores: Interval, floor: Phrases | None) -> Band | None:
        """The band under a condition that covers some scores: of those that begin no higher the one that ends last."""
        kept = self._bands.get(floor, [])
        place = bisect_right(kept, low_end(scores), key=itemgetter(0))
        if place and of_range(kept[place - 1][1].score_range).covers(scores):
            return kept[place - 1][1]
        return None
