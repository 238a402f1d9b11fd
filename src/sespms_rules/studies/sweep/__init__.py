"""Figures of a policy over ranges of values -> how a population would be distributed under each variant.

`sweep` works it out exactly for cuts, points, limits on weights and roundings; `least_change` finds the smallest change
that reaches a goal, and what else it does.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sespms_rules.foundation.faces import face
from sespms_rules.studies.sweep.goals import Reached, by_single_steps, finer, least_change
from sespms_rules.studies.sweep.parameters import Figure, Setting, changed, figures_of, setting_text
from sespms_rules.studies.sweep.population_summary import Statistics
from sespms_rules.studies.sweep.proposal import Titled, proposed
from sespms_rules.studies.sweep.sweeping import Sweep, sweep, sweep_columns
from sespms_rules.studies.sweep.wording import Aim, AskingError, Goal, Together, Varied, read_goal, read_varied

if TYPE_CHECKING:
    from sespms_rules.studies.sweep.by_group import by_groups
    from sespms_rules.studies.sweep.crossed_cuts import newly_refused
    from sespms_rules.studies.sweep.kept import cap_is_kept
    from sespms_rules.studies.sweep.report import Found, as_data, as_text, sheet_of, why_refused
    from sespms_rules.studies.sweep.sweep_page import as_page
    from sespms_rules.studies.sweep.wording import can_vary
else:
    __getattr__ = face(
        __name__,
        {
            "Found": "report",
            "as_data": "report",
            "as_page": "sweep_page",
            "as_text": "report",
            "by_groups": "by_group",
            "can_vary": "wording",
            "cap_is_kept": "kept",
            "newly_refused": "crossed_cuts",
            "sheet_of": "report",
            "why_refused": "report",
        },
    )

__all__ = [
    "Aim",
    "AskingError",
    "Figure",
    "Found",
    "Goal",
    "Reached",
    "Setting",
    "Statistics",
    "Sweep",
    "Titled",
    "Together",
    "Varied",
    "as_data",
    "as_page",
    "as_text",
    "by_groups",
    "by_single_steps",
    "can_vary",
    "cap_is_kept",
    "changed",
    "figures_of",
    "finer",
    "least_change",
    "newly_refused",
    "proposed",
    "read_goal",
    "read_varied",
    "setting_text",
    "sheet_of",
    "sweep",
    "sweep_columns",
    "why_refused",
]
