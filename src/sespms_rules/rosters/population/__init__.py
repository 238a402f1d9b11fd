"""Ratings of many executives taken together: how they are distributed, and what a policy says of that.

Nothing here changes a rating. `distribution` counts levels exactly, `cohort_rules` reads the `distribution` part of a
policy over a population, `margins` finds who stands next to another level, `disclosure` withholds what a few people
could be known by.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sespms_rules.foundation.faces import face

if TYPE_CHECKING:
    from sespms_rules.rosters.population.cohort_rules import (
        CohortVerdict,
        Standing,
        cohort_verdicts,
        cohort_verdicts_by,
        inspector_general_units,
    )
    from sespms_rules.rosters.population.cohort_sentences import fits
    from sespms_rules.rosters.population.disclosure import (
        LEAST,
        KeyRefusedError,
        Pseudonyms,
        Shared,
        pseudonyms_from,
        shared,
        shared_row,
        shared_variants,
        shared_variants_apart,
    )
    from sespms_rules.rosters.population.level_distribution import (
        SAID_ROUNDING,
        Distribution,
        Executive,
        State,
        distribution,
        distributions_by,
        levels_of,
        percent,
    )
    from sespms_rules.rosters.population.level_margins import SAID_MARGIN, Margins, margins
    from sespms_rules.rosters.population.synthetic import synthetic_remark
    from sespms_rules.rosters.population.told import Told
else:
    __getattr__ = face(
        __name__,
        {
            "CohortVerdict": "cohort_rules",
            "Distribution": "level_distribution",
            "Executive": "level_distribution",
            "KeyRefusedError": "disclosure",
            "LEAST": "disclosure",
            "Margins": "level_margins",
            "Pseudonyms": "disclosure",
            "SAID_MARGIN": "level_margins",
            "SAID_ROUNDING": "level_distribution",
            "Shared": "disclosure",
            "Standing": "cohort_rules",
            "State": "level_distribution",
            "cohort_verdicts": "cohort_rules",
            "Told": "told",
            "cohort_verdicts_by": "cohort_rules",
            "distribution": "level_distribution",
            "distributions_by": "level_distribution",
            "fits": "cohort_sentences",
            "inspector_general_units": "cohort_rules",
            "levels_of": "level_distribution",
            "margins": "level_margins",
            "percent": "level_distribution",
            "pseudonyms_from": "disclosure",
            "shared": "disclosure",
            "shared_row": "disclosure",
            "shared_variants": "disclosure",
            "shared_variants_apart": "disclosure",
            "synthetic_remark": "synthetic",
        },
    )

__all__ = [
    "LEAST",
    "SAID_MARGIN",
    "SAID_ROUNDING",
    "CohortVerdict",
    "Distribution",
    "Executive",
    "KeyRefusedError",
    "Margins",
    "Pseudonyms",
    "Shared",
    "Standing",
    "State",
    "Told",
    "cohort_verdicts",
    "cohort_verdicts_by",
    "distribution",
    "distributions_by",
    "fits",
    "inspector_general_units",
    "levels_of",
    "margins",
    "percent",
    "pseudonyms_from",
    "shared",
    "shared_row",
    "shared_variants",
    "shared_variants_apart",
    "synthetic_remark",
]
