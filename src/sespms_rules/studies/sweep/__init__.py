"""Figures of a policy over ranges of values -> how a population would be distributed under each variant.

`sweep` works it out exactly for cuts, points, limits on weights and roundings; `least_change` finds the smallest change
that reaches a goal, and what else it does.
"""

from __future__ import annotations

from sespms_rules.studies.sweep.goals import Reached, by_single_steps, finer, least_change
from sespms_rules.studies.sweep.parameters import Figure, changed, figures_of
from sespms_rules.studies.sweep.population_summary import Statistics
from sespms_rules.studies.sweep.sweeping import Sweep, sweep, sweep_columns
from sespms_rules.studies.sweep.wording import AskingError, Goal, Varied, read_goal, read_varied

__all__ = [
    "AskingError",
    "Figure",
    "Goal",
    "Reached",
    "Statistics",
    "Sweep",
    "Varied",
    "by_single_steps",
    "changed",
    "figures_of",
    "finer",
    "least_change",
    "read_goal",
    "read_varied",
    "sweep",
    "sweep_columns",
]
