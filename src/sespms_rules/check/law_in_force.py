"""Which provisions a system can be held to, by the first day of its text.

The levels, standards and equivalents of 5 CFR 430.305(a) hold since 2015-10-26 (80 FR 57693); a system that says it
was effective before is not measured by them. A system that states no day is read as one of today.
"""

from __future__ import annotations

import datetime

from sespms_rules.check.reading_sentences import under
from sespms_rules.diagnostic import Diagnostic
from sespms_rules.frozen import replace
from sespms_rules.model import System
from sespms_rules.syntax.nodes import Day
from sespms_rules.syntax.system import Effective
from sespms_rules.syntax.words import PartKind

SYSTEM_STANDARDS = "5 CFR 430.305(a)"
_FIRST_DAY = datetime.date(2015, 10, 26)


def has_system_standards(system: System) -> bool:
    """Whether the standards of 5 CFR 430.305(a) were in force when a system began."""
    days = [sentence.day for sentence in under(system, PartKind.SYSTEM, Effective)]
    return all(not isinstance(day, Day) or day.value >= _FIRST_DAY for day in days)


def with_law_in_force(system: System, finding: Diagnostic) -> Diagnostic:
    """A finding without the provisions that came later than the system."""
    if has_system_standards(system):
        return finding
    citations = tuple(each for each in finding.citations if not each.startswith(SYSTEM_STANDARDS))
    return replace(finding, citations=citations)
