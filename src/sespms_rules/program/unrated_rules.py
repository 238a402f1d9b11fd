"""What a policy says of a rating that is missing: asked here by checks, studies and the lifted evaluator alike.

The reference and the solver read it for themselves, on purpose.
"""

from __future__ import annotations

from sespms_rules.program.ir import Kind, Stage, UnratedRule

_SPECIFIC_FIRST = (Kind.CRITICAL, Kind.NONCRITICAL, Kind.REQUIREMENT, Kind.ELEMENT)


def rule_for(stage: Stage, critical: bool) -> UnratedRule | None:
    """What a policy says of a missing rating; what it says of critical elements goes before the rest."""
    mine = (Kind.CRITICAL if critical else Kind.NONCRITICAL, stage.kind)
    fitting = [rule for rule in stage.unrated if rule.kind in mine]
    return min(fitting, key=lambda rule: _SPECIFIC_FIRST.index(rule.kind), default=None)
