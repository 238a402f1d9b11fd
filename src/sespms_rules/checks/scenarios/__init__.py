"""Scenarios: the worked examples of a policy, run on its own program."""

from __future__ import annotations

from sespms_rules.checks.scenarios.running import (
    CANNOT_RUN,
    EXPECTS_NOTHING,
    SCENARIO_FAILS,
    UNKNOWN_VALUE,
    Amended,
    ScenarioResult,
    appraisal_of,
    run_scenario,
    run_scenarios,
)

__all__ = [
    "CANNOT_RUN",
    "EXPECTS_NOTHING",
    "SCENARIO_FAILS",
    "UNKNOWN_VALUE",
    "Amended",
    "ScenarioResult",
    "appraisal_of",
    "run_scenario",
    "run_scenarios",
]
