"""Ratings that get one level because of rounding, and would get another without it."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from sespms_rules.checks.analysis.sentences import sentences_of, within
from sespms_rules.checks.by_trial.comparing import Comparison, Difference, rounded_once, without_rounding
from sespms_rules.checks.by_trial.rows import rows
from sespms_rules.checks.by_trial.trial_plans import plans, told
from sespms_rules.foundation.diagnostic import Diagnostic, Fix, Label, warning
from sespms_rules.foundation.origin import exact
from sespms_rules.foundation.source import Span
from sespms_rules.language.model import System
from sespms_rules.language.syntax.derivation import MemberIs, NamedIs, ScoreIs
from sespms_rules.language.syntax.formula import RoundToDecimals, RoundToHalf, RoundToWhole
from sespms_rules.language.syntax.words import PartKind
from sespms_rules.program.ir import Program

FINDING = warning("SES246", "rounding-changes-a-level", "5 CFR 430.305(a)(5)")

_EFFORT = 3_500
_DECIMALS = 4


def check(system: System, program: Program) -> Iterator[Diagnostic]:
    """Find an appraisal whose level rounding changes, the smallest plan first; one is told, with both levels.

    Both ways of deriving are rated exactly, over all sets of levels of small plans without weights; where weights,
    numbers or requirements enter, along rows in which these move step by step. Silent where nothing is rounded. Where
    rounding as a whole changes nothing, rounding once is set beside rounding twice, inside an element too.
    """
    if without_rounding(program) is program:
        return
    found = _differing(system, program, Comparison(program, _EFFORT))
    if found is not None:
        yield _finding(system, program, found)
        return
    once = rounded_once(program)
    found = None if once is program else _differing(system, program, Comparison(program, _EFFORT, once))
    if found is not None:
        yield _finding_of_two(system, program, found)


def _differing(system: System, program: Program, comparison: Comparison) -> Difference | None:
    for plan in plans(system, program):
        for last, appraisal in rows(plan, program):
            comparison.along(plan, last, appraisal)
            if comparison.is_over:
                return comparison.found
    return comparison.found


def _finding_of_two(system: System, program: Program, found: Difference) -> Diagnostic:
    """That a value is rounded, and what is made of it once more."""
    first, *others = _roundings(system) or [program.summary.origin.span]
    return FINDING.at(
        first,
        f"rounding twice changes a level: rounded once, the score gives level {found.unrounded.level}, "
        f"and rounded before as well, level {found.written.level}",
        help=f"{told(found.plan, found.appraisal)} shows it; round once, at the end, or say why it is meant, as in "
        f'`accepts {FINDING.code} because "…"`',
        labels=tuple(Label(span, "this is rounded as well") for span in others),
    )


def _finding(system: System, program: Program, found: Difference) -> Diagnostic:
    written, unrounded = found.written, found.unrounded
    if written.score is None or unrounded.score is None or written.score == unrounded.score:
        said = f"level {unrounded.level} without rounding is level {written.level} with it"
    else:
        said = (
            f"a score of {_shown(unrounded.score)} is level {unrounded.level}, and rounded, "
            f"as {_shown(written.score)}, it is level {written.level}"
        )
    roundings = _roundings(system)
    first, *others = roundings or [program.summary.origin.span]
    return FINDING.at(
        first,
        f"rounding changes a level: {said}",
        help=f"{told(found.plan, found.appraisal)} shows it; leave the rounding out, or say why it is meant, as in "
        f'`accepts {FINDING.code} because "…"`',
        labels=tuple(Label(span, "this is rounded as well") for span in others),
        fixes=_unrounded(first) if len(roundings) == 1 else (),
    )


def _unrounded(rounding: Span) -> tuple[Fix, ...]:
    """Leave the one rounding out, with the word before it."""
    before = rounding.source.text[: rounding.start].rstrip()
    if not before.endswith("rounded"):
        return ()
    start = len(before.removesuffix("rounded").rstrip())
    return (Fix("leave the rounding out", Span(rounding.source, start, rounding.end), "", sure=False, asks=True),)


def _shown(score: Fraction) -> str:
    """A score in backticks; one whose decimals do not end, to a few of them."""
    if exact(score) and "/" not in exact(score):
        return f"`{exact(score)}`"
    short = Fraction(score.numerator * 10**_DECIMALS // score.denominator, 10**_DECIMALS)
    return f"about `{exact(short)}`"


def _roundings(system: System) -> list[Span]:
    """Where a derivation rounds: first in the score of the summary, then in the other sentences."""
    found: list[tuple[int, Span]] = []
    for part, sentence in sentences_of(system):
        if isinstance(sentence, ScoreIs | NamedIs | MemberIs) and sentence.value.rounding is not None:
            own = part.kind is PartKind.RATING and isinstance(sentence, ScoreIs)
            kinds = (RoundToDecimals, RoundToWhole, RoundToHalf)
            spans = (each.span for kind in kinds for each in within(sentence.value, kind))
            found += [(0 if own else 1, span) for span in spans]
    return [span for _, span in sorted(found, key=lambda each: each[0])]
