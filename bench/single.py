"""One appraisal at a time, with the reason, beside rules engines that people use for that."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import peers
from figures import Figure, medians
from inputs import appraisals

from sespms_rules.engines.durable.engine import DurableEngine, is_available
from sespms_rules.engines.reference import engine as reference
from systems import program_of


def explained() -> list[Figure]:
    """A thousand appraisals, checked against every limit of the policy, with the line that decided each."""
    program, cases = program_of("agencies/opm_basic.sespms"), appraisals()
    zen, rules = peers.zen(cases), peers.business_rules(cases)
    told: list[tuple[str, Callable[[], list[int | None]], str]] = [
        ("reference, every step told", lambda: [reference.rate(program, case).level for case in cases], ""),
        ("reference, untold", lambda: [reference.rate(program, case, trace=False).level for case in cases], ""),
    ]
    if is_available():
        engine = DurableEngine(program)
        told.insert(0, ("durable-rules, with the line that fired", lambda: _levels(engine, cases), "3 times as fast"))
    answers = [job() for job in (zen, rules, *(job for _, job, _ in told))]
    if any(each != answers[0] for each in answers):
        raise SystemExit("the engines disagree about an appraisal")
    zen_takes, rules_take, *ours = medians([zen, rules, *(job for _, job, _ in told)], 7)
    found = []
    for (name, _, goal), own in zip(told, ours, strict=True):
        job = f"1,000 appraisals, {name}"
        found.append(Figure(job, own, "GoRules ZEN with its trace", zen_takes, goal, faster=True))
        found.append(Figure(job, own, "business-rules, which explains nothing", rules_take, faster=True))
    return found


def _levels(engine: Any, cases: list[Any]) -> list[int | None]:
    return [engine.rate(case).level for case in cases]
