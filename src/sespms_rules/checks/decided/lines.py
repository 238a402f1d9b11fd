"""Lines that decide no appraisal that can come, and levels that none gets."""

from __future__ import annotations

from collections.abc import Iterator

from sespms_rules.checks import ses218_level_never_given, ses220_line_never_read
from sespms_rules.checks.analysis.levels import declared, term
from sespms_rules.checks.decided.deciding import Decision, Why
from sespms_rules.checks.decided.score_ranges import range_of_score
from sespms_rules.checks.decided.telling import in_backticks
from sespms_rules.checks.decided.variants import bare
from sespms_rules.engines.refusals import RefusalKind
from sespms_rules.foundation.diagnostic import Diagnostic, Label, Severity
from sespms_rules.foundation.values import replace
from sespms_rules.language.model import System
from sespms_rules.program.bands import split_band
from sespms_rules.program.ir import Row, ToLevel, ToNotRated

_TOLD = frozenset({"SES220", "SES222"})
"""Who has told of a line already, by its words alone, does not tell again."""

_LINE = "a line that gives it, such as `level {} when …`"

_NO_MATTER = frozenset({RefusalKind.NOT_RATED.code, RefusalKind.NO_LINE_FITS.code})
"""Refusals that keep no line from deciding: no line fits those appraisals."""


def check(system: System, decisions: tuple[Decision, ...], before: tuple[Diagnostic, ...]) -> Iterator[Diagnostic]:
    """Tell each level of the summary that a line gives and no appraisal gets, and each line that decides none.

    A line that lines before it leave nothing for is an error; one that overrides, or its own words, keep from deciding
    is a note; a safeguard, which gives what they give, is not told. Where a level is never given at all, that is told.
    """
    for decision in decisions:
        if any(rating.refused[0].code not in _NO_MATTER for _, rating in decision.gaps):
            continue  # what is refused may be what the line is for: one mistake is told once
        unread = dict(decision.dead)
        never = decision.never if decision.member is None else frozenset()
        for number, definition in declared(system).items():
            if number in never:
                lines = [row for row in unread if _level(row) == number and row.origin.span.text]
                is_said = any(_level(row) == number for row in decision.program.summary.rows)
                help = _what_keeps([unread[row] for row in lines]) if is_said else f"add {_LINE.format(number)}"
                words = term(definition)
                yield ses218_level_never_given.FINDING.at(
                    definition.level.span,
                    f"no appraisal gets level {number}" + (f", `{words}`" if words else ""),
                    help=_where_scores_are(decision, lines) or help,
                    labels=tuple(Label(row.origin.span, "no appraisal is decided by this line") for row in lines),
                )
        told = [each.span for each in before if each.code in _TOLD]
        for row, why in decision.dead:
            span = row.origin.span
            if any(each.source is span.source and span.start <= each.start < span.end for each in told):
                continue
            if span.text and not why.harmless and (why.hidden or _level(row) not in never):
                yield _never_read(row, why)


def _where_scores_are(decision: Decision, lines: list[Row]) -> str:
    """To which scores lines are to be moved that lie above or below all there are; empty where they do not.

    Scores are meant that an appraisal has, whether an override decides it or not: where one does, no line is at fault.
    """
    score = range_of_score(bare(decision.program))
    bands = [split_band(row.condition)[0] for row in lines]
    if score is None or score.low == score.high or not bands:
        return ""
    if all(band and band.low is not None and band.low >= score.high and not band.holds(score.high) for band in bands):
        ends = f"no score is above {in_backticks(score.high)}"
        return f"{ends}; let its line take scores up to there, and the line below it end before them"
    if all(band and band.high is not None and band.high <= score.low and not band.holds(score.low) for band in bands):
        ends = f"no score is below {in_backticks(score.low)}"
        return f"{ends}; let its line take scores from there on, and the line above it begin after them"
    return ""


def _level(row: Row) -> int | None:
    return row.outcome.level if isinstance(row.outcome, ToLevel) else None


def _what_keeps(whys: list[Why]) -> str:
    """What to look at for a level that its lines never come to give."""
    if any(each.hidden for each in whys):
        return "move its line up: the lines above it take every appraisal that it is for"
    if any(each.overridden for each in whys):
        return "wherever its line fits, a line that makes the rating a level holds; see whether that is meant so wide"
    return "no appraisal comes to what its line asks for; change the line or the formula, so that some do"


def _never_read(row: Row, why: Why) -> Diagnostic:
    finding, span = ses220_line_never_read.FINDING, row.origin.span
    if why.hidden:
        message = "this line is never read, because the lines above it take every appraisal it could"
        return finding.at(span, message, help="move it up, or take it out")
    by = (
        "wherever it fits, another line that makes the rating a level holds"
        if why.overridden
        else "no appraisal fits it"
    )
    if why.overridden and isinstance(row.outcome, ToNotRated):
        # Whom it was to keep from being rated is rated after all: more than a note.
        help = "move it above the lines that give a level, if whom it names is not to be rated; else take it out"
        return replace(finding.at(span, f"this line decides no appraisal: {by}", help=help), severity=Severity.WARNING)
    help = "no rating depends on it; see whether it says what is meant, or take it out"
    return replace(finding.at(span, f"this line decides no appraisal: {by}", help=help), severity=Severity.NOTE)
