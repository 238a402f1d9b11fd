"""What is on record of a year: of each executive, and of everyone."""

from __future__ import annotations

import datetime
from collections.abc import Mapping

from sespms_rules.foundation.values import Frozen, field
from sespms_rules.records.findings import RecordFinding, RecordPlace
from sespms_rules.records.obligations.form import Sitting
from sespms_rules.records.reading.acts import PlaceAnd
from sespms_rules.records.reading.border import ExecutiveRow, PlanRow
from sespms_rules.records.reading.missing import NotCounted
from sespms_rules.records.reading.rows import ReadRow, UnreadRow
from sespms_rules.records.reading.set_aside import SetAside
from sespms_rules.records.reading.tables import RecordFile


class ExecutiveYear(Frozen):
    """All that is on record of one executive for one period, acts in order of their days and rows.

    `corrected` are the acts that others correct, by their numbers: they are on record and do not count. `unclear` says
    why no appraisal can be made of what is on record, where a row of its parts does not count.
    """

    executive: ExecutiveRow
    place: RecordPlace
    period: tuple[datetime.date, datetime.date]
    plan: tuple[PlanRow, ...]
    acts: tuple[PlaceAnd, ...]
    facts: tuple[ReadRow, ...] = field(default=())
    corrected: Mapping[str, PlaceAnd] = field(default={})
    unclear: str = field(default="")


class Year(Frozen):
    """The years of all executives, the sittings of boards, the acts that concern everyone, and what is wrong.

    `unjudged` are executives who are on record and cannot be judged, each with what is wanting for it; `files` are what
    the records were read from. `not_counted` are all who are missing where everyone is counted, also those whose id
    cannot be read, `unread` the rows that were set aside as they were read, and `set_aside` what does not count of acts
    and plans.
    """

    years: tuple[ExecutiveYear, ...]
    sittings: dict[str, Sitting]
    for_all: tuple[PlaceAnd, ...]
    findings: tuple[RecordFinding, ...]
    unjudged: Mapping[str, str] = field(default={})
    files: tuple[RecordFile, ...] = field(default=())
    not_counted: tuple[NotCounted, ...] = field(default=())
    unread: tuple[UnreadRow, ...] = field(default=())
    set_aside: tuple[SetAside, ...] = field(default=())
