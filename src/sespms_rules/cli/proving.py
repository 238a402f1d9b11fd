"""What is told of proofs: how much they cover, and the section of a page in HTML."""

from __future__ import annotations

from sespms_rules.language.syntax.proof import Reachable
from sespms_rules.law.verdict import VerdictKind
from sespms_rules.program.plans import Covered
from sespms_rules.proofs.guarantees import Established
from sespms_rules.proofs.solver import Status
from sespms_rules.reports.findings import (
    Markup,
    Proofs,
    Told,
    proofs,
)
from sespms_rules.studies.proving import Proved, solver

WHAT_WAS_PROVED = "What was proved"
"""The heading of the section."""

NOT_BINDING = "the system does not fail by it: it is only advised, or its rule does not bind or is unconfirmed"
"""What is said of a guarantee that is refuted without failing a system."""

DOES_NOT_RUN = (
    "the amendment leaves this text with errors, so that it would not be run; what follows is proved of it as it reads"
)
"""What is said of a text that is proved in spite of its errors."""

_KINDS = {
    Status.PROVED: VerdictKind.PROVED,
    Status.REFUTED: VerdictKind.REFUTED,
    Status.UNDECIDED: VerdictKind.UNDECIDED,
}


def coverage(found: Covered) -> str:
    """How many appraisals a proof covers, in words."""
    if found.appraisals is None:
        return "a proof covers every possible appraisal, of which there is no end or none that can be counted"
    plans = "1 plan" if found.plans == 1 else f"{found.plans or 0:,} plans"
    return f"a proof covers all {found.appraisals:,} possible appraisals under {plans}"


def as_section(results: list[Proved]) -> Markup:
    """What was proved, as a section of a page."""
    return proofs([Proofs(_named(each), _covered(each), _told(each)) for each in results], solver())


def _covered(result: Proved) -> str:
    """How much the proofs of a text cover, and that it would not be run where that is so."""
    covers = coverage(result.covered)
    return covers if result.runs else f"{DOES_NOT_RUN}; {covers}"


def _named(result: Proved) -> str:
    return result.system + (f", as amended by {result.under}" if result.under else "")


def _told(result: Proved) -> tuple[Told, ...]:
    return tuple(
        Told(
            each.asked.words,
            tuple("the system itself" if by == result.system else by for by in each.asked.by) or ("the person asking",),
            _KINDS[each.status],
            each.why if each.status is not Status.REFUTED or result.fails_by(each) else f"{each.why}; {NOT_BINDING}",
            "reading the policy" if each.inspected else f"solver, {solver()}",
            _covers(result, each),
            each.milliseconds,
            tuple(example.scenario for example in each.counterexamples if example.scenario is not None),
        )
        for each in result.verdicts
    )


def _covers(result: Proved, each: Established) -> str:
    """What one verdict speaks of."""
    if each.inspected:
        return "the text of the policy"
    if each.status is Status.UNDECIDED:
        return "nothing: it is open"
    if each.counterexamples:
        several = len(each.counterexamples) > 1
        return f"the {len(each.counterexamples)} appraisals shown below" if several else "the appraisal shown below"
    if isinstance(each.asked.sentence, Reachable) and each.status is Status.PROVED:
        return "an appraisal for each level"
    count = result.covered.appraisals
    return "every possible appraisal" if count is None else f"{count:,} appraisals"
