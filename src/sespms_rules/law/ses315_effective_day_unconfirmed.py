"""A text under review that no approval dates, and whose own effective day takes it back to law of before."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator

from sespms_rules.checks.analysis import effective_day, is_outside_service, under
from sespms_rules.foundation.diagnostic import Diagnostic, error
from sespms_rules.language.model import Baseline, System
from sespms_rules.language.syntax.system import Approved, Effective, Submitted
from sespms_rules.language.syntax.words import PartKind
from sespms_rules.law.editions import choose
from sespms_rules.law.periods import days_of
from sespms_rules.law.verdict import Conformance

FINDING = error("SES315", "effective-day-unconfirmed", "5 CFR 430.314(a)")


def found(conformance: Conformance, system: System, editions: Iterable[Baseline]) -> Iterator[Diagnostic]:
    """Find a system judged by its own word for its first day, where an edition came into force behind the days judged.

    A day that the reader names is the reader's; a system outside the service is bound by no edition.
    """
    days, own = conformance.days, effective_day(system)
    if days.named or days.day is None or own is None or is_outside_service(system):
        return
    approved, submitted = under(system, PartKind.SYSTEM, Approved), under(system, PartKind.SYSTEM, Submitted)
    if approved or submitted:
        return
    newest_law = choose(system, tuple(editions), None, datetime.date.max).chosen
    firsts = [(_first_day(each.edition), each.edition.name) for each in newest_law]
    later = [each for each in firsts if each[0] > days.day]
    if not later:
        return
    newest, name = max(later)
    (effective, *_) = under(system, PartKind.SYSTEM, Effective)
    yield FINDING.at(
        effective.span,
        f"no approval confirms that the text is in use from `{own}`, and by that day it is judged as of `{days.day}`, "
        f"before law that is newer, such as the edition of `{name}` of `{newest}`",
        help="state the day of approval or submission, such as `approved by OPM DATE`; or name the day by `--as-of`",
    )


def _first_day(edition: Baseline) -> datetime.date:
    return days_of(edition.head.sentences)[0] or datetime.date.min
