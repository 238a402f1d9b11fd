"""What an amendment would do to the executives of a roster: who moves, why, and what follows.

Policy + amendments + roster -> Impact. Ratings come from the columnar engine, reasons from the reference engine.
`report_text`, `report_json` and `report_html` write it; `sharing` takes out of it what a few people could be known by.
"""

from __future__ import annotations

from sespms_rules.studies.impact.assessing import WHOLE, Impact, assess
from sespms_rules.studies.impact.rows import Roster
from sespms_rules.studies.impact.variants import Variant, as_it_is, under

__all__ = ["WHOLE", "Impact", "Roster", "Variant", "as_it_is", "assess", "under"]
