"""A policy and a published distribution -> a roster of invented executives who follow it.

Every row is marked as synthetic. The same policy, number and seed give the same roster.
"""

from __future__ import annotations

from sespms_rules.rosters.synthetic.asked import Asked, CohortError
from sespms_rules.rosters.synthetic.making import Cohort, make_cohort
from sespms_rules.rosters.synthetic.published import (
    Published,
    allocated,
    own_distribution,
    published,
    published_distributions,
)
from sespms_rules.rosters.synthetic.writing import roster_table

__all__ = [
    "Asked",
    "Cohort",
    "CohortError",
    "Published",
    "allocated",
    "make_cohort",
    "own_distribution",
    "published",
    "published_distributions",
    "roster_table",
]
