"""Sentences of a system that its own text denies: of two that speak against each other neither can be built on.

The findings SES290 to SES294, SES298, SES309 and SES312 tell of the same contradictions, by the same functions.
"""

from __future__ import annotations

from collections.abc import Iterator

from sespms_rules.checks.analysis.declarations import (
    contradictions,
    lacks,
    lacks_in_element,
    minimum_beyond_period,
)
from sespms_rules.checks.analysis.judges import judged_by_themselves
from sespms_rules.checks.analysis.sentences import chosen, sentences_of, under, within
from sespms_rules.checks.analysis.step_order import circle
from sespms_rules.foundation.source import Span
from sespms_rules.foundation.spelling import backticked
from sespms_rules.foundation.values import Frozen, cache_by_identity
from sespms_rules.language.model import System
from sespms_rules.language.syntax.elements import RequirementHas
from sespms_rules.language.syntax.limits import Allowing
from sespms_rules.language.syntax.planning import EachHas, ProhibitsDistribution
from sespms_rules.language.syntax.steps import Step
from sespms_rules.language.syntax.system import Covers, OutsideService
from sespms_rules.language.syntax.uses import Bars
from sespms_rules.language.syntax.words import PartKind

_SYSTEMS = 8


class Denied(Frozen):
    """A line that the text denies; `why` says how, in words that go behind "it says so, and"."""

    span: Span
    why: str


@cache_by_identity(_SYSTEMS)
def denied(system: System) -> tuple[Denied, ...]:
    """Each line that another line, or a part beside it, speaks against; both of two, in no special order."""
    return (*_declared(system), *_consequences(system), *_others(system))


def _declared(system: System) -> Iterator[Denied]:
    for each in under(system, PartKind.PLAN, EachHas):
        if lacks(system, each):
            yield Denied(each.span, f"one of its own has no {each.item}")
    for element in system.elements:
        for has in chosen(element.part.sentences, RequirementHas):
            if lacks_in_element(element, has):
                yield Denied(has.span, f"one of its own has no {has.item}")
    beyond = minimum_beyond_period(system)
    if beyond is not None:
        yield Denied(beyond[0].span, f"the period has `{beyond[1]}` days, fewer than the minimum")


def _consequences(system: System) -> Iterator[Denied]:
    for each in contradictions(system):
        actions = backticked(str(action) for action in each.actions)
        against = f"bars {actions}" if isinstance(each.bar.sentence, Bars) else "lets the executive stay"
        yield Denied(each.line.origin.span, f"another line {against} at level {each.level}")
        yield Denied(each.bar.origin.span, f"another line has {actions} at level {each.level}")


def _others(system: System) -> Iterator[Denied]:
    for _, step in sentences_of(system):
        if isinstance(step, Step) and any(not each.number.value for each in within(step, Allowing)):
            yield Denied(step.span, "it gives no time at all")
    for line in circle(system):
        yield Denied(line.origin.span, "the order of steps that it is part of goes in a circle")
    for sentence, what in judged_by_themselves(system):
        yield Denied(sentence.span, f"by it the executive who is appraised would {what}")
    part = system.part(PartKind.DISTRIBUTION)
    for prohibits in under(system, PartKind.APPRAISAL, ProhibitsDistribution):
        if part is not None and part.sentences:
            yield Denied(prohibits.span, "the text states a distribution")
    outside = under(system, PartKind.SYSTEM, OutsideService)
    for covers in under(system, PartKind.SYSTEM, Covers) if outside else ():
        yield Denied(covers.span, "another line says that the system is outside the Senior Executive Service")
