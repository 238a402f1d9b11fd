"""A system and the texts that a reader trusts -> its conformance to the editions that bind it."""

from __future__ import annotations

import datetime
from collections.abc import Iterator

from sespms_rules.checks.analysis import judged_days
from sespms_rules.language.model import Baseline, System
from sespms_rules.language.resolution import Library
from sespms_rules.language.syntax.nodes import Sentence
from sespms_rules.law.asking import asked_by_part
from sespms_rules.law.comparing import Compute, nothing_computed
from sespms_rules.law.contrasting import contrasts
from sespms_rules.law.edition_index import editions_for
from sespms_rules.law.editions import Choice, Chosen, choose, follows_nothing
from sespms_rules.law.guaranteed import own_guarantees
from sespms_rules.law.inspecting import Conclusion
from sespms_rules.law.judging import Decide, JudgingContext, judge
from sespms_rules.law.verdict import Conformance, Verdict, VerdictKind


def leave_undecided(asked: Sentence) -> Conclusion:
    """What is said of a guarantee on the derivation where nothing is given that could decide it."""
    del asked
    return Conclusion(VerdictKind.UNDECIDED, "the derivation was not examined")


def conformance(
    system: System,
    law: Library,
    *,
    baseline: str | None = None,
    as_of: datetime.date | None = None,
    decide: Decide = leave_undecided,
    compute: Compute = nothing_computed,
    sound: bool = True,
) -> Conformance:
    """Check a system against the editions that bind it.

    The editions are those in `law`, the texts that the reader trusts, never in what comes with the system. `baseline`
    (a name, or the name of an edition's file) reads that one alone, `as_of` takes the editions of that day. `decide`
    settles guarantees about what is derived from ratings, and `compute` gives what a system computes; without them
    those are undecided. A system that follows nothing is checked against what binds all on its effective day, if its
    text is `sound`: faults come first.
    """
    claimed = baseline is not None or as_of is not None or not follows_nothing(system)
    editions: tuple[Baseline, ...] = ()
    choice = Choice((), (), "what is wrong with its text comes first")
    if claimed or sound:
        editions = editions_for(system, law, baseline, as_of)
        choice = choose(system, editions, baseline, as_of)
    verdicts = [verdict for each in choice.chosen for verdict in _judged(system, each, decide, compute)]
    chosen = tuple(each.edition for each in choice.chosen)
    return Conformance(
        system.name,
        tuple(each.held for each in choice.chosen),
        tuple(verdicts),
        choice.missing,
        judged_days(system, as_of),
        contrasts(system, chosen, editions),
        choice.why_none,
        claimed,
        system.origin.span,
        choice.older,
        own_guarantees(system, chosen, decide),
    )


def _judged(system: System, chosen: Chosen, decide: Decide, compute: Compute) -> Iterator[Verdict]:
    """The verdict on each requirement of one edition."""
    asked = asked_by_part(chosen.edition)
    bench = JudgingContext(system, chosen.edition, chosen.held.day, decide, asked, compute)
    return (judge(bench, requirement) for requirement in chosen.edition.requirements)
