"""A limit over a population by which nobody may have a level that the system has."""

from __future__ import annotations

from collections.abc import Iterator

from sespms_rules.checks.analysis.sentences import under
from sespms_rules.foundation.diagnostic import Diagnostic, error
from sespms_rules.foundation.line_edits import line_out_of_several
from sespms_rules.language.model import System
from sespms_rules.language.syntax.limits import AtLevel, AtOrBetter, Level, limit_ends
from sespms_rules.language.syntax.steps import Cap
from sespms_rules.language.syntax.words import PartKind

FINDING = error("SES314", "nobody-may-have-it", "5 CFR 430.305(a)(6)")


def check(system: System) -> Iterator[Diagnostic]:
    """Find limits of zero on levels of the system: the level would stand in the text and be given to no one."""
    numbers = {each.number for each in system.levels}
    for cap in under(system, PartKind.DISTRIBUTION, Cap):
        if limit_ends(cap.limit)[1] != 0 or not isinstance(cap.place, AtLevel | AtOrBetter):
            continue
        word = cap.place.level
        least = int(word.number.value) if isinstance(word, Level) else 0
        barred = sorted(
            each for each in numbers if each == least or (isinstance(cap.place, AtOrBetter) and each > least)
        )
        if barred:
            levels = " and ".join(f"level {each}" for each in barred)
            yield FINDING.at(
                cap.span,
                f"by this limit no one may be rated at {levels}, which the system has",
                help="state a share above zero, or take the limit out",
                fixes=(line_out_of_several("take the limit out", cap.span),),
            )
