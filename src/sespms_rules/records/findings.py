"""What can be wrong with records, and what is found in them: each finding names file, row, field, act and day."""

from __future__ import annotations

import datetime

from sespms_rules.foundation.diagnostic import Finding, Severity, error, warning
from sespms_rules.foundation.values import Frozen, field

NOT_READ = warning("SES701", "record-not-read")
INCOMPLETE = error("SES702", "record-incomplete")
NOT_UNDERSTOOD = error("SES703", "record-not-understood")
PERSONAL_DATA = error("SES704", "personal-data-on-record")
REPEATED = error("SES705", "repeated-record")
POINTS_NOWHERE = error("SES706", "record-points-nowhere")
CONTRADICTING = error("SES707", "contradicting-records")
BOARD_WITHOUT_MEMBERS = error("SES708", "board-without-members")
DUTY_BROKEN = error("SES709", "duty-broken")
DUTY_BROKEN_UNCONFIRMED = warning("SES710", "unconfirmed-duty-broken")
NO_PERIOD = error("SES711", "no-appraisal-period")
ACT_BEFORE_PLAN = error("SES712", "act-before-the-plan")
CIRCLE_OF_CORRECTIONS = error("SES740", "circle-of-corrections")
CORRECTS_ANOTHER_ACT = error("SES741", "corrects-another-act")
CHANGED_ON_RECORD = error("SES719", "changed-on-record")
JUDGED_ONESELF = warning("SES742", "judged-oneself")
RATED_AGAIN = warning("SES743", "rated-again")
NO_SUCH_LEVEL = error("SES744", "no-such-level")
RATING_WITHOUT_LEVEL = error("SES745", "rating-without-level")
RATED_BEFORE_THE_END = warning("SES746", "rated-before-the-end")
INITIAL_RATING_DIFFERS = warning("SES664", "initial-rating-differs")


class RecordPlace(Frozen, often=True):
    """Where a record stands: its file, what a row is called there (`row`, `record`), and its number; 0 for none.

    `sheet` is the sheet of a workbook, or the list of a JSON object; empty where the file is one table.
    """

    file: str
    unit: str = field(default="row")
    number: int = field(default=0)
    sheet: str = field(default="")


class RecordFinding(Frozen):
    """One thing that is wrong with records. `help` is the fix; `column` is the one with the fault, where it is one.

    Of a duty `sentence` are its words and `note` what the edition notes on them; where an act is `missing`, `day` is
    since when.
    """

    code: str
    name: str
    severity: Severity
    place: RecordPlace
    message: str
    help: str
    column: str = field(default="")
    executive: str = field(default="")
    act: str = field(default="")
    day: datetime.date | None = field(default=None)
    citations: tuple[str, ...] = field(default=())
    sentence: str = field(default="")
    note: str = field(default="")
    missing: bool = field(default=False)


def of_record(
    kind: Finding,
    place: RecordPlace,
    says: str,
    help: str,
    *,
    column: str = "",
    executive: str = "",
    act: str = "",
    day: datetime.date | None = None,
) -> RecordFinding:
    """Make a finding about one record, or about a table as a whole."""
    return RecordFinding(
        kind.code, kind.name, kind.severity, place, says, help, column=column, executive=executive, act=act, day=day
    )
