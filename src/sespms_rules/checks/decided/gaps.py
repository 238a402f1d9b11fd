"""Appraisals that are refused by the policy's own lines: findings under the codes that name the defect."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from sespms_rules.checks import ses214_band_gap, ses215_band_overlap, ses227_table_gap, ses245_profile_without_level
from sespms_rules.checks.decided.deciding import Decision
from sespms_rules.checks.decided.telling import in_backticks, in_words, is_partly_rated, place_of, refused
from sespms_rules.checks.decided.variants import scored
from sespms_rules.engines.refusals import RefusalKind
from sespms_rules.foundation.diagnostic import Diagnostic, Label
from sespms_rules.foundation.interval import Interval
from sespms_rules.foundation.source import Span
from sespms_rules.foundation.values import Frozen
from sespms_rules.language.model import System
from sespms_rules.program.bands import split_band
from sespms_rules.program.ir import Row
from sespms_rules.program.rating import Appraisal

_BY_REFUSAL = {
    RefusalKind.TWO_LINES_FIT.code: ses215_band_overlap.FINDING,
    RefusalKind.TABLE_HAS_NO_ROW.code: ses227_table_gap.FINDING,
}
_GAPS = {ses214_band_gap.FINDING.code, ses245_profile_without_level.FINDING.code}
NO_LINE_FITS = RefusalKind.NO_LINE_FITS.code


class _Near(Frozen):
    """The band below a score and the band above it, with their lines; None where there is none."""

    below: tuple[Interval, Row] | None
    above: tuple[Interval, Row] | None


def check(_system: System, decisions: tuple[Decision, ...], before: tuple[Diagnostic, ...]) -> Iterator[Diagnostic]:
    """Tell of each derivation and each kind of refusal one appraisal that comes to it; `before` was told of it."""
    for decision in decisions:
        told = {each.code for each in before if _is_within(each.span, decision)}
        for appraisal, rating in decision.gaps:
            refusal = rating.refused[0]
            if refusal.code == NO_LINE_FITS and told.isdisjoint(_GAPS):
                yield _no_line(decision, appraisal)
            elif refusal.code in _BY_REFUSAL and _BY_REFUSAL[refusal.code].code not in told:
                yield refused(_BY_REFUSAL[refusal.code], decision, appraisal, refusal)


def _is_within(span: Span, decision: Decision) -> bool:
    """Whether something stands in a line of a derivation."""
    lines = [row.origin.span for row in decision.program.summary.rows]
    return any(each.source is span.source and each.start <= span.start and span.end <= each.end for each in lines)


def _no_line(decision: Decision, appraisal: Appraisal) -> Diagnostic:
    shown = f"{in_words(decision, appraisal)} shows it"
    left = ", and what is not rated is left out" if is_partly_rated(appraisal) else ""
    if not decision.program.summary.rows:
        return ses245_profile_without_level.FINDING.at(
            place_of(decision),
            "only overrides and caps are there, and ratings that none of them is about get no level",
            help=f"{shown}{left}; add lines that give levels, as in `level … when …`, or end with `level … otherwise`",
        )
    score = _score(decision, appraisal)
    bands = [(band, row) for band, row in _bands(decision) if band is not None]
    if score is None or any(band.holds(score) for band, _ in bands) or not bands:
        return ses245_profile_without_level.FINDING.at(
            place_of(decision),
            "no line fits some ratings, so they get no level",
            help=f"{shown}{left}; say which level such ratings get, or end with `level … otherwise`",
        )
    near = _near(bands, score)
    said = f"a score of {in_backticks(score)} falls in no band"
    labels: tuple[Label, ...] = ()
    if near.below and near.above:
        said += f": it lies between `{near.below[1].origin.span.text}` and `{near.above[1].origin.span.text}`"
        labels = (Label(near.above[1].origin.span, "the band above"),)
    at = near.below or near.above
    return ses214_band_gap.FINDING.at(
        at[1].origin.span if at else place_of(decision), said, help=f"{shown}{left}; {_way_out(near)}", labels=labels
    )


def _score(decision: Decision, appraisal: Appraisal) -> Fraction | None:
    """The score of an appraisal that no line takes."""
    return scored(decision.program, appraisal)


def _bands(decision: Decision) -> Iterator[tuple[Interval | None, Row]]:
    for row in decision.program.summary.rows:
        yield split_band(row.condition)[0], row


def _near(bands: list[tuple[Interval, Row]], score: Fraction) -> _Near:
    below = [(band, row) for band, row in bands if band.high is not None and band.high <= score]
    above = [(band, row) for band, row in bands if band.low is not None and band.low >= score]
    return _Near(
        max(below, key=lambda each: each[0].high or 0, default=None),
        min(above, key=lambda each: each[0].low or 0, default=None),
    )


def _way_out(near: _Near) -> str:
    if near.below and near.above and near.below[0].low is not None and near.above[0].low is not None:
        low, high = in_backticks(near.below[0].low)[1:-1], in_backticks(near.above[0].low)[1:-1]
        return f"let the bands meet, as in `score at least {low} and below {high}`"
    return "let a band take such scores"
