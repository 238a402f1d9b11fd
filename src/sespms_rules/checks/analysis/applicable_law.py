"""Which provisions a system is judged by, and what a finding weighs where they do not apply.

The levels, standards and equivalents of 5 CFR 430.305(a) hold since 2015-10-26 (80 FR 57693). A system is judged by
the day of the edition it follows; where it names none, by its effective day; where it states no day, by today's law.
A system of before has a year to conform (430.301(c)), unless it is OPM's basic system of 2012.
A system that says it is outside the Senior Executive Service is not judged by them at all.
"""

from __future__ import annotations

import datetime

from sespms_rules.checks.analysis.sentences import under
from sespms_rules.foundation.diagnostic import Diagnostic, Severity
from sespms_rules.foundation.values import replace
from sespms_rules.language.model import System
from sespms_rules.language.syntax.nodes import Day
from sespms_rules.language.syntax.system import Effective, Follows, OutsideService
from sespms_rules.language.syntax.words import PartKind

SYSTEM_STANDARDS = "5 CFR 430.305(a)"
_SUBPART = "5 CFR part 430, subpart C"
_FIRST_DAY = datetime.date(2015, 10, 26)
_LAST_DAY_OF_SAVINGS = datetime.date(2016, 10, 26)
_NOT_SAVED = "OPM basic system 2012"

DERIVATION_CODES = frozenset({"SES214", "SES245"})
"""Appraisals without a level. Where no law asks for a level for each, they are a warning: the rating is refused."""


def is_outside_service(system: System) -> bool:
    """Whether a system says that it is not for senior executives."""
    return bool(under(system, PartKind.SYSTEM, OutsideService))


def has_system_standards(system: System) -> bool:
    """Whether the standards of 5 CFR 430.305(a) are the measure of a system."""
    if is_outside_service(system):
        return False
    follows = under(system, PartKind.SYSTEM, Follows)
    days = [each.as_of for each in follows if each.baseline.text == _SUBPART and isinstance(each.as_of, Day)]
    effective = [each.day for each in under(system, PartKind.SYSTEM, Effective) if isinstance(each.day, Day)]
    day = max((each.value for each in days or effective), default=datetime.date.max)
    saved = bool(effective) and effective[0].value < _FIRST_DAY and day <= _LAST_DAY_OF_SAVINGS
    if saved and all(each.baseline.text != _NOT_SAVED for each in follows):
        return False
    return day >= _FIRST_DAY


def with_law_in_force(system: System, finding: Diagnostic) -> Diagnostic:
    """A finding without the provisions that are not the system's measure, and no graver than it is without them."""
    if has_system_standards(system):
        return finding
    citations = tuple(each for each in finding.citations if not each.startswith(SYSTEM_STANDARDS))
    severity = Severity.WARNING if finding.code in DERIVATION_CODES else finding.severity
    return replace(finding, citations=citations, severity=severity)
