"""What an amendment would do to the executives of a roster: who moves, why, and what follows.

Policy + amendments + roster -> Impact. Ratings come from the columnar engine, reasons from the reference engine.
`report_text`, `report_json` and `report_html` write it; `sharing` takes out of it what a few people could be known by.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sespms_rules.foundation.faces import face
from sespms_rules.studies.impact.assessing import WHOLE, Impact, assess
from sespms_rules.studies.impact.rows import Roster
from sespms_rules.studies.variants import Variant, as_it_is, under

if TYPE_CHECKING:
    from sespms_rules.studies.impact.law import distribution_in_law
    from sespms_rules.studies.impact.phrases import Told
    from sespms_rules.studies.impact.reasons import EnginesDisagreeError
    from sespms_rules.studies.impact.report_html import as_html
    from sespms_rules.studies.impact.report_json import SCHEMA, as_data
    from sespms_rules.studies.impact.reporting import sheet_of
    from sespms_rules.studies.impact.sharing import shared_data, shared_sheet
    from sespms_rules.studies.impact.sheet import as_text
    from sespms_rules.studies.impact.tabular import moves_sheet, people_sheet
else:
    __getattr__ = face(
        __name__,
        {
            "EnginesDisagreeError": "reasons",
            "SCHEMA": "report_json",
            "Told": "phrases",
            "as_data": "report_json",
            "as_html": "report_html",
            "as_text": "sheet",
            "distribution_in_law": "law",
            "moves_sheet": "tabular",
            "people_sheet": "tabular",
            "shared_data": "sharing",
            "shared_sheet": "sharing",
            "sheet_of": "reporting",
        },
    )

__all__ = [
    "SCHEMA",
    "WHOLE",
    "EnginesDisagreeError",
    "Impact",
    "Roster",
    "Told",
    "Variant",
    "as_data",
    "as_html",
    "as_it_is",
    "as_text",
    "assess",
    "distribution_in_law",
    "moves_sheet",
    "people_sheet",
    "shared_data",
    "shared_sheet",
    "sheet_of",
    "under",
]
