"""One appraisal at a time, with the reason, beside rules engines that people use for that."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from typing import Any

import peers
from figures import Figure, medians
from goals import Goal, reached
from inputs import appraisals

from sespms_rules.engines.durable.engine import DurableEngine, why_unavailable
from sespms_rules.engines.reference import CompiledReference
from sespms_rules.engines.reference import engine as reference
from systems import program_of


def explained() -> list[Figure]:
    """A thousand appraisals, checked against every limit of the policy, with the line that decided each.

    Processor time on one core is measured: most of what ZEN takes on the clock, and half of its processor time on two
    cores, is the hand-over to a thread of its own.
    """
    cores = os.sched_getaffinity(0)
    os.sched_setaffinity(0, {max(cores)})
    try:
        return _explained()
    finally:
        os.sched_setaffinity(0, cores)


def _explained() -> list[Figure]:
    program, cases = program_of("agencies/opm_basic.sespms"), appraisals()
    zen, rules = peers.zen(cases), peers.business_rules(cases)
    compiled = CompiledReference(program)
    told: list[tuple[str, Callable[[], list[int | None]], str]] = [
        ("compiled reference, every step told", lambda: [compiled.rate(each, trace=True).level for each in cases], ""),
        ("compiled reference, untold", lambda: [compiled.rate(each).level for each in cases], ""),
        ("reference, every step told", lambda: [reference.rate(program, case).level for case in cases], ""),
        ("reference, untold", lambda: [reference.rate(program, case, trace=False).level for case in cases], ""),
    ]
    if why_unavailable() is None:
        engine = DurableEngine(program)
        told.insert(0, ("durable-rules, with the line that fired", lambda: _levels(engine, cases), ""))
    answers = [job() for job in (zen, rules, *(job for _, job, _ in told))]
    if any(each != answers[0] for each in answers):
        raise SystemExit("the engines disagree about an appraisal")
    zen_takes, rules_take, *ours = medians([zen, rules, *(job for _, job, _ in told)], 7, time.process_time)
    by_name = {name: own for (name, _, _), own in zip(told, ours, strict=True)}
    quick = by_name["compiled reference, every step told"]
    spread = "14 to 25 in runs on quiet and busy machines"
    reached(
        Goal("one appraisal, every step told, to ZEN with trace", zen_takes / quick, "times as fast", None, 10, spread)
    )
    reached(Goal("one appraisal, every step told, to business-rules", rules_take / quick, "times as fast", least=2))
    found = []
    for (name, _, goal), own in zip(told, ours, strict=True):
        job = f"1,000 appraisals, {name}"
        found.append(Figure(job, own, "GoRules ZEN with its trace", zen_takes, goal, faster=True))
        found.append(Figure(job, own, "business-rules, which explains nothing", rules_take, faster=True))
    return found


def _levels(engine: Any, cases: list[Any]) -> list[int | None]:
    return [engine.rate(case).level for case in cases]
