"""What an amendment would do to the executives of a roster: who moves, why, and what follows.

Policy + amendments + roster -> Impact. Ratings come from the columnar engine, reasons from the reference engine.
`report_text`, `report_json` and `report_html` write it; `sharing` takes out of it what a few people could be known by.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sespms_rules.foundation.faces import face
from sespms_rules.studies.impact.assessing import WHOLE, Case, Impact, assess
from sespms_rules.studies.impact.rows import Roster
from sespms_rules.studies.variants import Variant, as_it_is, under, variant_of

if TYPE_CHECKING:
    from sespms_rules.studies.impact.law import distribution_in_law
    from sespms_rules.studies.impact.phrases import Told, limit_said
    from sespms_rules.studies.impact.report_html import as_html, as_sections, picture_named
    from sespms_rules.studies.impact.report_json import SCHEMA, as_data
    from sespms_rules.studies.impact.reporting import headline, sheet_of
    from sespms_rules.studies.impact.sharing import shared_data, shared_sheet
    from sespms_rules.studies.impact.sheet import as_text
    from sespms_rules.studies.impact.tabular import moves_sheet, people_sheet, values_sheet
    from sespms_rules.studies.impact.years import Years, over_years
    from sespms_rules.studies.impact.years_data import years_as_data, years_as_html
    from sespms_rules.studies.impact.years_report import (
        moves_of_years,
        people_of_years,
        shared_sheet_of_years,
        sheet_of_years,
    )
else:
    __getattr__ = face(
        __name__,
        {
            "SCHEMA": "report_json",
            "Told": "phrases",
            "Years": "years",
            "as_data": "report_json",
            "as_html": "report_html",
            "as_sections": "report_html",
            "as_text": "sheet",
            "distribution_in_law": "law",
            "headline": "reporting",
            "limit_said": "phrases",
            "moves_of_years": "years_report",
            "moves_sheet": "tabular",
            "over_years": "years",
            "people_of_years": "years_report",
            "people_sheet": "tabular",
            "picture_named": "report_html",
            "shared_data": "sharing",
            "shared_sheet": "sharing",
            "shared_sheet_of_years": "years_report",
            "sheet_of": "reporting",
            "sheet_of_years": "years_report",
            "values_sheet": "tabular",
            "years_as_data": "years_data",
            "years_as_html": "years_data",
        },
    )

__all__ = [
    "SCHEMA",
    "WHOLE",
    "Case",
    "Impact",
    "Roster",
    "Told",
    "Variant",
    "Years",
    "as_data",
    "as_html",
    "as_it_is",
    "as_sections",
    "as_text",
    "assess",
    "distribution_in_law",
    "headline",
    "limit_said",
    "moves_of_years",
    "moves_sheet",
    "over_years",
    "people_of_years",
    "people_sheet",
    "picture_named",
    "shared_data",
    "shared_sheet",
    "shared_sheet_of_years",
    "sheet_of",
    "sheet_of_years",
    "under",
    "values_sheet",
    "variant_of",
    "years_as_data",
    "years_as_html",
]
