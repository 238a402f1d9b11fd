"""What checks ask of a system: its lines, levels, weights, plans and scores, each read in one place."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sespms_rules.foundation.faces import face

if TYPE_CHECKING:
    from sespms_rules.checks.analysis.applicable_law import is_outside_service
    from sespms_rules.checks.analysis.days_of_law import (
        JudgedDays,
        Period,
        effective_day,
        judged_days,
        used_from,
    )
    from sespms_rules.checks.analysis.decision_rows import Line, derivations
    from sespms_rules.checks.analysis.declarations import (
        Lack,
        contradictions,
        how_to_add,
        lacks,
        lacks_in_element,
        levels_of,
        minimum_beyond_period,
    )
    from sespms_rules.checks.analysis.denials import denied
    from sespms_rules.checks.analysis.durations import fewest_days, length
    from sespms_rules.checks.analysis.gap_search import example, gaps
    from sespms_rules.checks.analysis.intervals import Interval, of_range, uncovered
    from sespms_rules.checks.analysis.names import looks
    from sespms_rules.checks.analysis.sentences import (
        chosen,
        everywhere,
        is_named,
        parts_of,
        stated_of,
        under,
        within,
    )
    from sespms_rules.checks.analysis.step_order import (
        COPY,
        PUBLICATION,
        Distance,
        Point,
        distances,
        in_circle,
        stated_distances,
    )
    from sespms_rules.checks.analysis.weights import (
        WeightLimits,
        WeightRules,
        element_counts,
        noncritical_counts,
        weight_rules,
    )
    from sespms_rules.checks.analysis.weights_by_facts import case_of, weight_cases
    from sespms_rules.checks.analysis.wording import folded_wording, says_nothing
else:
    __getattr__ = face(
        __name__,
        {
            "COPY": "step_order",
            "Distance": "step_order",
            "Interval": "intervals",
            "JudgedDays": "days_of_law",
            "Lack": "declarations",
            "Line": "decision_rows",
            "PUBLICATION": "step_order",
            "Period": "days_of_law",
            "Point": "step_order",
            "WeightLimits": "weights",
            "WeightRules": "weights",
            "case_of": "weights_by_facts",
            "chosen": "sentences",
            "contradictions": "declarations",
            "denied": "denials",
            "derivations": "decision_rows",
            "distances": "step_order",
            "effective_day": "days_of_law",
            "element_counts": "weights",
            "how_to_add": "declarations",
            "noncritical_counts": "weights",
            "everywhere": "sentences",
            "example": "gap_search",
            "fewest_days": "durations",
            "folded_wording": "wording",
            "gaps": "gap_search",
            "in_circle": "step_order",
            "is_named": "sentences",
            "is_outside_service": "applicable_law",
            "judged_days": "days_of_law",
            "lacks": "declarations",
            "lacks_in_element": "declarations",
            "length": "durations",
            "levels_of": "declarations",
            "looks": "names",
            "minimum_beyond_period": "declarations",
            "of_range": "intervals",
            "parts_of": "sentences",
            "says_nothing": "wording",
            "stated_distances": "step_order",
            "stated_of": "sentences",
            "uncovered": "intervals",
            "under": "sentences",
            "used_from": "days_of_law",
            "weight_cases": "weights_by_facts",
            "weight_rules": "weights",
            "within": "sentences",
        },
    )

__all__ = [
    "COPY",
    "PUBLICATION",
    "Distance",
    "Interval",
    "JudgedDays",
    "Lack",
    "Line",
    "Period",
    "Point",
    "WeightLimits",
    "WeightRules",
    "case_of",
    "chosen",
    "contradictions",
    "denied",
    "derivations",
    "distances",
    "effective_day",
    "element_counts",
    "everywhere",
    "example",
    "fewest_days",
    "folded_wording",
    "gaps",
    "how_to_add",
    "in_circle",
    "is_named",
    "is_outside_service",
    "judged_days",
    "lacks",
    "lacks_in_element",
    "length",
    "levels_of",
    "looks",
    "minimum_beyond_period",
    "noncritical_counts",
    "of_range",
    "parts_of",
    "says_nothing",
    "stated_distances",
    "stated_of",
    "uncovered",
    "under",
    "used_from",
    "weight_cases",
    "weight_rules",
    "within",
]
