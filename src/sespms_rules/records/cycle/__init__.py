"""The cycle: a year of records judged by the duties of a policy and its law, as of a day."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sespms_rules.foundation.faces import face

if TYPE_CHECKING:
    from sespms_rules.records.cycle.amiss import annual_ratings_unlike_law, without_strange_levels
    from sespms_rules.records.cycle.appraisals import appraisal_of
    from sespms_rules.records.cycle.calendar import calendar_of
    from sespms_rules.records.cycle.cases import case_of
    from sespms_rules.records.cycle.doubtful import AllAside, Aside, rows_that_may_turn, with_rating_without_level
    from sespms_rules.records.cycle.judging import AgencyStanding, Cycle, DutyCount, ExecutiveStanding, OpenDuty, judged
else:
    __getattr__ = face(
        __name__,
        {
            "AgencyStanding": "judging",
            "AllAside": "doubtful",
            "Aside": "doubtful",
            "Cycle": "judging",
            "DutyCount": "judging",
            "ExecutiveStanding": "judging",
            "OpenDuty": "judging",
            "annual_ratings_unlike_law": "amiss",
            "appraisal_of": "appraisals",
            "calendar_of": "calendar",
            "case_of": "cases",
            "judged": "judging",
            "rows_that_may_turn": "doubtful",
            "with_rating_without_level": "doubtful",
            "without_strange_levels": "amiss",
        },
    )

__all__ = [
    "AgencyStanding",
    "AllAside",
    "Aside",
    "Cycle",
    "DutyCount",
    "ExecutiveStanding",
    "OpenDuty",
    "annual_ratings_unlike_law",
    "appraisal_of",
    "calendar_of",
    "case_of",
    "judged",
    "rows_that_may_turn",
    "with_rating_without_level",
    "without_strange_levels",
]
