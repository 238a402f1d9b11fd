"""What an author asks at a line: how an example's rating comes about, and whether a guarantee holds."""

from __future__ import annotations

from sespms_rules.api import Policy, prove
from sespms_rules.api import explained as explanation_of
from sespms_rules.checks.scenarios import appraisal_of
from sespms_rules.foundation.request import RequestError
from sespms_rules.pipeline import Compilation, program_for


def explained(compilation: Compilation, scenario: str) -> str:
    """The derivation of the rating of a scenario, step by step, or in a sentence why there is none."""
    for system in compilation.policy.systems:
        for each in system.scenarios:
            if each.name == scenario:
                program = program_for(compilation, system.name, each.amendment)
                if program is None:
                    return f"`{scenario}` cannot be rated: the policy has errors"
                return explanation_of(program, appraisal_of(each)).as_text()
    return f"there is no scenario `{scenario}` in this text"


def proved(compilation: Compilation, guarantee: str) -> str:
    """Whether a guarantee holds of every appraisal that each system of the text allows, in a few sentences."""
    try:
        found = prove(Policy(compilation), guarantee)
    except RequestError as fault:
        return str(fault)
    return "\n".join(f"{each.system}: {one.status.value}: {one.why}" for each in found for one in each.verdicts)
