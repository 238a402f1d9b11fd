"""What changed between two editions, requirement by requirement, and what it changes for a system."""

from __future__ import annotations

import datetime
from enum import StrEnum

from sespms_rules.foundation.values import Frozen
from sespms_rules.language.model import Baseline, Requirement, System
from sespms_rules.law.asking import asked_by_part
from sespms_rules.law.comparing import Compute
from sespms_rules.law.editions import days_of, why_unaffected
from sespms_rules.law.judging import Decide, JudgingContext, judge
from sespms_rules.law.verdict import Ruling, Verdict, VerdictKind


class ChangeKind(StrEnum):
    """What became of a requirement."""

    NEW = "new"
    GONE = "gone"
    CHANGED = "changed"


class Difference(Frozen):
    """A requirement that differs: the sentences that are gone and those that are new, in their words."""

    citation: str
    title: str
    kind: ChangeKind
    gone: tuple[str, ...]
    new: tuple[str, ...]


class Turn(Frozen):
    """A requirement whose verdict on a system differs under two editions; None where an edition lacks it."""

    citation: str
    before: Verdict | None
    after: Verdict | None


def differences(before: Baseline, after: Baseline) -> tuple[Difference, ...]:
    """The requirements that differ, in the order of the later edition, those that are gone behind them.

    Two sentences are the same when they say the same; where they stand and how they are laid out does not count.
    """
    earlier = {each.citation: each for each in before.requirements}
    later = {each.citation: each for each in after.requirements}
    found = [_difference(earlier.get(citation), requirement) for citation, requirement in later.items()]
    found += [_difference(requirement, None) for citation, requirement in earlier.items() if citation not in later]
    return tuple(each for each in found if each is not None)


def _difference(before: Requirement | None, after: Requirement | None) -> Difference | None:
    said = before.sentences if before else ()
    says = after.sentences if after else ()
    gone = tuple(each.origin.span.words for each in said if all(each.sentence != other.sentence for other in says))
    new = tuple(each.origin.span.words for each in says if all(each.sentence != other.sentence for other in said))
    stated = after or before
    if stated is None or (before is not None and after is not None and not gone and not new):
        return None
    kind = ChangeKind.NEW if before is None else ChangeKind.GONE if after is None else ChangeKind.CHANGED
    return Difference(stated.citation, stated.title, kind, gone, new)


def verdicts_under(
    system: System, edition: Baseline, day: datetime.date | None, decide: Decide, compute: Compute
) -> dict[str, Verdict]:
    """How a system stands to each requirement of one edition on a day, whatever edition it follows; by citation."""
    bench = JudgingContext(system, edition, day, decide, asked_by_part(edition), compute)
    return {requirement.citation: judge(bench, requirement) for requirement in edition.requirements}


def turns(system: System, before: Baseline, after: Baseline, decide: Decide, compute: Compute) -> tuple[Turn, ...]:
    """The requirements whose verdict on a system turns from one edition to the other; none where neither binds it.

    Both are asked on one day, the first of the younger, so that what turns is the law and not the day.
    """
    if why_unaffected(system, before) and why_unaffected(system, after):
        return ()
    day = max((first for each in (before, after) if (first := days_of(each.head.sentences)[0])), default=None)
    earlier = verdicts_under(system, before, day, decide, compute)
    later = verdicts_under(system, after, day, decide, compute)
    return tuple(
        Turn(citation, earlier.get(citation), later.get(citation))
        for citation in dict.fromkeys((*later, *earlier))
        if _kind(earlier.get(citation)) != _kind(later.get(citation))
    )


def _kind(verdict: Verdict | None) -> object:
    """How a requirement stands, and what it asks of a person: another question is to be answered anew."""
    return verdict and (verdict.kind, verdict.fails, tuple(each.asked for each in verdict.rulings if _is_asked(each)))


def _is_asked(ruling: Ruling) -> bool:
    return ruling.kind is VerdictKind.NEEDS_PERSON
