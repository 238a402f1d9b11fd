"""What reading a roster gives, and the codes of what can be wrong with one."""

from __future__ import annotations

from collections.abc import Iterator

from sespms_rules.foundation.diagnostic import Diagnostic, Finding, error, warning
from sespms_rules.foundation.values import Frozen, field
from sespms_rules.program.rating import Appraisal, Refusal

UNKNOWN_COLUMN = warning("SES631", "unknown-column")
MISSING_COLUMN = error("SES632", "missing-column")
REPEATED_COLUMN = error("SES633", "repeated-column")
MISSING_ID = error("SES634", "missing-id")
REPEATED_ID = error("SES635", "repeated-id")
NOT_A_NUMBER = error("SES636", "not-a-number")
UNKNOWN_APPOINTMENT = error("SES637", "unknown-appointment")
ROW_OF_OTHER_LENGTH = error("SES638", "row-of-other-length")
BROKEN_TABLE = error("SES639", "broken-table")
CONTRADICTING_CELLS = error("SES640", "contradicting-cells")
COLUMN_OF_NO_ELEMENT = error("SES641", "column-of-no-element")
UNKNOWN_KEY = warning("SES642", "unknown-key")
NOT_A_RECORD = error("SES643", "not-a-record")
NOT_YES_OR_NO = error("SES644", "not-yes-or-no")
UNKNOWN_ELEMENT_KEY = error("SES645", "unknown-element-key")

APPOINTMENTS = ("career", "noncareer", "limited term", "limited emergency")
"""How an executive can be appointed, in the words of the language."""


class RosterRow(Frozen, often=True):
    """One row (or JSON record): its number, and the appraisal it holds or why it holds none.

    `number` is what a spreadsheet shows beside the row (the heading is row 1), or the record's place in a JSON
    list counted from 1. `id` is empty where the row gives none. `refusals` is empty exactly when `appraisal` is set.
    """

    number: int
    id: str
    appraisal: Appraisal | None
    refusals: tuple[Refusal, ...] = field(default=())


class Roster(Frozen):
    """All rows of a roster, in order, and the findings about the file as a whole."""

    rows: tuple[RosterRow, ...]
    findings: tuple[Diagnostic, ...]


class OpenRoster(Frozen):
    """A roster whose rows are read as they are asked for, once; `lines` is at least about how many there are.

    There are no rows where a finding is an error: then no row could be understood.
    """

    rows: Iterator[RosterRow]
    findings: tuple[Diagnostic, ...] = field(default=())
    lines: int = field(default=0)


def refused(finding: Finding, where: str, says: str, help: str = "", about: str | None = None) -> Refusal:
    """Make the refusal of a row; `where` names row and column."""
    return Refusal(finding.code, finding.name, f"{where}: {says}", help, about)
