"""Proofs, counts, comparisons and mutation of OPM's system of 2012, within the process; no peer does any of these."""

from __future__ import annotations

import time
from collections.abc import Callable

from figures import Figure, medians
from inputs import POLICY, ROOT

from sespms_rules.cli.compare_subjects import CompareRequest, subjects
from sespms_rules.cli.policies import compile_policies
from sespms_rules.foundation.source import Source
from sespms_rules.language.parsing import parse
from sespms_rules.language.syntax.nodes import Block
from sespms_rules.proofs.guarantees import asked_by_user
from sespms_rules.studies.comparison import compare
from sespms_rules.studies.exhaustive.tallying import tally
from sespms_rules.studies.mutation import measure
from sespms_rules.studies.proving import proved

AMENDMENT = ROOT / "policies" / "what-if" / "raise_the_bar.sespms"
REFUTED = "level 5 needs every critical element at level 3 or better"
_LOOP = "adding up a million whole numbers in Python"


def _loop() -> int:
    return sum(number for number in range(1_000_000))


def whole_systems() -> list[Figure]:
    """Each beside a loop that anyone can picture, since no other tool does the job."""
    compiled = compile_policies([str(POLICY)])
    (opm,) = compiled.compilations
    (program,) = opm.programs.values()
    source = Source("bench", f'system "Asked"\nguarantees\n  {REFUTED}\n')
    block = parse(source)[0].blocks[-1]
    if not isinstance(block, Block):
        raise SystemExit("the sentence to refute cannot be read")
    asked = asked_by_user(block.lines[0].sentence)
    pairs = subjects(CompareRequest((str(POLICY),), (str(AMENDMENT),), (), ())).pairs
    if len(pairs) != 1:
        raise SystemExit("OPM's system or its amendment has errors")
    ((old, new),) = pairs
    jobs: list[tuple[str, Callable[[], object], str]] = [
        ("all guarantees of the policy and its baseline proved", lambda: proved(opm, None, 20), ""),
        ("one guarantee refuted, with its counterexample", lambda: proved(opm, asked, 20), ""),
        ("compared with its amendment", lambda: compare(old, new), ""),
        ("every possible appraisal counted", lambda: tally(program), ""),
    ]
    *taken, loop = medians([*(job for _, job, _ in jobs), _loop], 5)
    found = [Figure(name, own, _LOOP, loop, goal) for (name, _, goal), own in zip(jobs, taken, strict=True)]
    start = time.perf_counter()
    measure(opm)
    mutated = (time.perf_counter() - start) * 1000
    return [*found, Figure("mutated line by line, once", mutated, _LOOP, loop)]
