"""A value between two neighboring lines of a table, which `otherwise` takes."""

from __future__ import annotations

from collections.abc import Iterator

from sespms_rules.checks.analysis.intervals import is_within_a_step, low_end, of_range, uncovered
from sespms_rules.checks.analysis.sentences import chosen, parts_of
from sespms_rules.checks.decided.deciding import Solve
from sespms_rules.checks.decided.table_values import Asked, Shown, looked_up_in
from sespms_rules.checks.decided.telling import Derived, in_backticks, in_words
from sespms_rules.checks.decided.variants import inner
from sespms_rules.foundation.diagnostic import Diagnostic, Label, warning
from sespms_rules.foundation.interval import Interval
from sespms_rules.foundation.line_edits import instead
from sespms_rules.foundation.values import Frozen, replace
from sespms_rules.language.model import System
from sespms_rules.language.syntax.derivation import TableOtherwise, TableRow
from sespms_rules.language.syntax.words import PartKind
from sespms_rules.program.bands import band_words
from sespms_rules.program.ir import Member, Program

FINDING = warning("SES282", "lines-do-not-meet")


class _Of(Frozen):
    """A derivation that looks values up; `member` is the element it derives, None for the summary rating."""

    program: Program
    member: Member | None


class _Crack(Frozen):
    """The values between two neighboring lines."""

    values: Interval
    below: TableRow
    above: TableRow


def check(system: System, program: Program, solve: Solve) -> Iterator[Diagnostic]:
    """Find values that can come between two lines that are no more than one step apart, each once, with an appraisal.

    Where lines stand further apart, or values lie above or below them all, `otherwise` is what the table says of them.
    """
    for part in parts_of(system):
        rows = chosen(part.sentences, TableRow)
        if part.kind is not PartKind.TABLE or not rows or not chosen(part.sentences, TableOtherwise):
            continue
        cracks = tuple(_cracks(rows))
        asked = tuple(_asked(system, program, part.name or "", solve)) if cracks else ()
        for crack in cracks:
            shown = ((about, each.shown(crack.values)) for about, each in asked)
            found = next(((about, each) for about, each in shown if each is not None), None)
            if found is not None:
                yield _finding(part.name or "", crack, *found)


def _cracks(rows: tuple[TableRow, ...]) -> Iterator[_Crack]:
    keys = [of_range(row.score_range) for row in rows]
    gaps = [each for each in uncovered(keys) if is_within_a_step(each)]
    ending = {(each.high, each.high_in): row for each, row in zip(keys, rows, strict=True) if not each.is_empty}
    beginning = {(each.low, each.low_in): row for each, row in zip(keys, rows, strict=True) if not each.is_empty}
    for gap in sorted(gaps, key=low_end):
        below, above = ending.get((gap.low, not gap.low_in)), beginning.get((gap.high, not gap.high_in))
        if below is not None and above is not None:
            yield _Crack(gap, below, above)


def _asked(system: System, program: Program, table: str, solve: Solve) -> Iterator[tuple[Derived, Asked]]:
    derived = (each for each in program.summary.members if each.stage is not None)
    for about in (_Of(program, None), *(_Of(inner(program, member), member) for member in derived)):
        for each in looked_up_in(system, about.program, table, whole=about.member is None):
            yield about, Asked(about.program, each, solve)


def _finding(table: str, crack: _Crack, about: Derived, shown: Shown) -> Diagnostic:
    below, above = crack.below.score_range.span, crack.above.score_range.span
    value = "a value" if shown.value is None else in_backticks(shown.value)
    lower, upper = of_range(crack.below.score_range), of_range(crack.above.score_range)
    meeting = band_words(replace(lower, high=upper.low, high_in=not upper.low_in))
    line = crack.below.span.text.replace(below.text, meeting, 1)
    return FINDING.at(
        below,
        f"in the table `{table}`, {value} lies between `{below.text}` and `{above.text}`, so `otherwise` decides it",
        help=f"{in_words(about, shown.appraisal)} shows it; let the lines meet, as in `{line}`",
        labels=(Label(above, "the line for what is higher"),),
        fixes=(instead(below, meeting),),
    )
