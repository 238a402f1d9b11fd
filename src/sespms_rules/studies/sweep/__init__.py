"""Figures of a policy over ranges of values -> how a population would be distributed under each variant.

`sweep` works it out exactly for cuts, points, limits on weights and roundings; `least_change` finds the smallest change
that reaches a goal, and what else it does.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sespms_rules.foundation.faces import face
from sespms_rules.studies.sweep.goals import Reached, least_change
from sespms_rules.studies.sweep.parameters import Figure, Setting, changed, figures_of, setting_text
from sespms_rules.studies.sweep.population_summary import Statistics
from sespms_rules.studies.sweep.proposal import Titled, proposed
from sespms_rules.studies.sweep.sweeping import Sweep, sweep, sweep_columns
from sespms_rules.studies.sweep.wording import (
    Aim,
    AskingError,
    Goal,
    Together,
    Varied,
    kind_of,
    read_goal,
    read_varied,
)

if TYPE_CHECKING:
    from sespms_rules.studies.sweep.report import Found, as_data, as_text, sheet_of, why_refused
    from sespms_rules.studies.sweep.seeking import THE_CAP, People, found_of, people_of
    from sespms_rules.studies.sweep.sweep_page import as_goal, as_page
else:
    __getattr__ = face(
        __name__,
        {
            "Found": "report",
            "People": "seeking",
            "THE_CAP": "seeking",
            "as_data": "report",
            "as_goal": "sweep_page",
            "as_page": "sweep_page",
            "as_text": "report",
            "found_of": "seeking",
            "people_of": "seeking",
            "sheet_of": "report",
            "why_refused": "report",
        },
    )

__all__ = [
    "THE_CAP",
    "Aim",
    "AskingError",
    "Figure",
    "Found",
    "Goal",
    "People",
    "Reached",
    "Setting",
    "Statistics",
    "Sweep",
    "Titled",
    "Together",
    "Varied",
    "as_data",
    "as_goal",
    "as_page",
    "as_text",
    "changed",
    "figures_of",
    "found_of",
    "kind_of",
    "least_change",
    "people_of",
    "proposed",
    "read_goal",
    "read_varied",
    "setting_text",
    "sheet_of",
    "sweep",
    "sweep_columns",
    "why_refused",
]
