"""Limits on plans: the weights an appraisal may carry, and how many members it has."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction
from typing import assert_never

from sespms_rules.foundation.diagnostic import Fix
from sespms_rules.foundation.origin import Origin, exact
from sespms_rules.foundation.patterns import late
from sespms_rules.foundation.spelling import did_you_mean, is_spelling, nearest_name
from sespms_rules.language.model import Element, Stated, System
from sespms_rules.language.resolution import respelled
from sespms_rules.language.syntax.elements import (
    RequirementCount,
    RequirementTotal,
    RequirementWhole,
    WeightAll,
    WeightNoneAbove,
    WeightOf,
    WeightOthers,
    WeightTotal,
    WeightWhole,
)
from sespms_rules.language.syntax.limits import Limit, is_percent, limit_ends
from sespms_rules.language.syntax.nodes import Quoted
from sespms_rules.language.syntax.planning import EachHas
from sespms_rules.language.syntax.system import ElementCount, NoncriticalCount
from sespms_rules.language.syntax.words import PartKind, PlanItem, PlanPart
from sespms_rules.program import ir
from sespms_rules.program.lowering.conditions import conditions
from sespms_rules.program.lowering.findings import UNFIT_NUMBER, UNKNOWN_NAME, WEIGHT_LINE_ASKS_RATINGS, Findings
from sespms_rules.program.lowering.scope import Scope, StageFacts, Surroundings
from sespms_rules.program.traversal import walk

_NUMBER = late(r"(\d+(?:\.\d+)?)(?: ?%)?")

WeightSentence = WeightTotal | WeightWhole | WeightOf | WeightAll | WeightOthers | WeightNoneAbove


def summary_limits(system: System, around: Surroundings, findings: Findings) -> tuple[ir.Limit, ...]:
    """What the `weights` part and the counts of elements admit."""
    weights = system.sentences(PartKind.WEIGHTS)
    total = next((each.sentence.total.value for each in weights if isinstance(each.sentence, WeightTotal)), None)
    own = tuple(each.sentence.name.text for each in weights if isinstance(each.sentence, WeightOf))
    found = _counts(system.head.sentences, ElementCount, ir.Kind.CRITICAL, findings)
    found += _counts(system.head.sentences, NoncriticalCount, ir.Kind.NONCRITICAL, findings)
    for stated in weights:
        if isinstance(stated.sentence, WeightSentence):
            limits = _weight(stated.sentence, stated.origin, own, total, system, findings)
            found += _where_it_holds(stated.sentence, stated.origin, limits, around, findings)
    return tuple(found)


def own_elements(system: System, *, critical: bool) -> bool:
    """Whether a plan may bring critical or noncritical elements of its own.

    It may bring those that the count admits beyond the ones that are named; where no count is stated, critical ones
    if the policy names no element at all, and no others.
    """
    sort = ElementCount if critical else NoncriticalCount
    counts = [each.sentence.limit for each in system.head.sentences if isinstance(each.sentence, sort)]
    if not counts:
        return critical and not system.elements
    named = sum(element.critical is critical for element in system.elements)
    if critical and not system.elements:
        return True
    return all(high is None or high > named for high in (limit_ends(limit)[1] for limit in counts))


def _where_it_holds(
    sentence: WeightSentence, origin: Origin, limits: list[ir.Limit], around: Surroundings, findings: Findings
) -> Iterator[ir.Limit]:
    """The limits of a sentence, for all executives or those of whom its facts are so."""
    written = None if isinstance(sentence, WeightTotal | WeightWhole) else sentence.when
    if written is None:
        yield from limits
        return
    before = len(findings)
    facts = StageFacts(ir.Kind.ELEMENT, "the part `weights`", (), False, (), ())
    condition = conditions(written, Scope(facts, around, findings)).condition
    if len(findings) == before and not all(isinstance(each, _ASKED) for each in walk(condition)):
        message = f"`{written.span.words}` asks more than facts about the executive or the unit"
        help = 'weights are agreed before anyone is rated: ask for a fact, as in `when "position type" is "general"`'
        findings.append(WEIGHT_LINE_ASKS_RATINGS.at(written.span, message, help=help))
    for each in limits:
        if isinstance(each, ir.WeightRange | ir.NoneAbove):
            yield ir.LimitWhen(condition, each, origin)


_ASKED = (ir.All, ir.Compare, ir.TheFact, ir.Constant)
"""What the condition of a limit on weights is made of."""


def requirement_limits(element: Element, system: System, findings: Findings) -> tuple[ir.Limit, ...]:
    """What an element admits of its requirements; the plan's own count of requirements holds as well."""
    found: list[ir.Limit] = _counts(element.part.sentences, RequirementCount, ir.Kind.REQUIREMENT, findings)
    if element.critical:
        plan = [each for each in system.sentences(PartKind.PLAN) if _counts_requirements(each)]
        found += _counts(plan, EachHas, ir.Kind.REQUIREMENT, findings)
    for stated in element.part.sentences:
        match stated.sentence:
            case RequirementTotal(total=total):
                found.append(ir.WeightTotal(total.value, stated.origin))
            case RequirementWhole():
                found.append(ir.WholeWeights(stated.origin))
    return tuple(found)


def limits_weights(limits: Iterable[ir.Limit]) -> bool:
    """Say whether any of the limits speaks of weights."""
    return any(not isinstance(limit, ir.MemberCount) for limit in limits)


def _counts_requirements(stated: Stated) -> bool:
    sentence = stated.sentence
    if not isinstance(sentence, EachHas):
        return False
    return sentence.part is PlanPart.CRITICAL_ELEMENT and sentence.item is PlanItem.REQUIREMENT


def _counts(
    sentences: Sequence[Stated],
    sort: type[ElementCount | NoncriticalCount | RequirementCount | EachHas],
    kind: ir.Kind,
    findings: Findings,
) -> list[ir.Limit]:
    found: list[ir.Limit] = []
    for stated in sentences:
        if not isinstance(stated.sentence, sort):
            continue
        limit = stated.sentence.limit
        low, high = limit_ends(limit)
        whole = all(end is None or end.denominator == 1 for end in (low, high))
        if is_percent(limit) or not whole:
            message = f"`{limit.span.words}` is not a whole number of {kind.value}s"
            findings.append(UNFIT_NUMBER.at(limit.span, message, help="write whole numbers without `%`"))
        else:
            ends = (None if low is None else int(low), None if high is None else int(high))
            found.append(ir.MemberCount(kind, *ends, stated.origin))
    return found


def _weight(
    node: WeightSentence,
    origin: Origin,
    own: tuple[str, ...],
    total: Fraction | None,
    system: System,
    findings: Findings,
) -> list[ir.Limit]:
    match node:
        case WeightTotal(total=stated):
            return [ir.WeightTotal(stated.value, origin)]
        case WeightWhole():
            return [ir.WholeWeights(origin)]
        case WeightOf(name=name, limit=limit):
            names = (name.text,) if _is_element(name, system, findings) else None
            return _range(names, (), limit, origin, total, findings) if names else []
        case WeightAll(limit=limit):
            return _range(None, (), limit, origin, total, findings)
        case WeightOthers(limit=limit):
            return _range(None, tuple(dict.fromkeys(own)), limit, origin, total, findings)
        case WeightNoneAbove(name=name):
            return [ir.NoneAbove(name.text, origin)] if _is_element(name, system, findings) else []
        case _:
            assert_never(node)


def _range(
    names: tuple[str, ...] | None,
    save: tuple[str, ...],
    limit: Limit,
    origin: Origin,
    total: Fraction | None,
    findings: Findings,
) -> list[ir.Limit]:
    low, high = limit_ends(limit)
    if is_percent(limit):
        message = f"`{limit.span.words}` is a share, and weights are limited by numbers"
        help, fixes = _number_for(low, high, total), _number_of(limit, total)
        findings.append(UNFIT_NUMBER.at(limit.span, message, help=help, fixes=fixes))
        return []
    return [ir.WeightRange(names, save, low, high, origin)]


def _number_for(low: Fraction | None, high: Fraction | None, total: Fraction | None) -> str:
    """What to write for a share of the weights."""
    if total is None:
        return "write the weight itself, and state what the weights total"
    ends = dict.fromkeys(end * total / 100 for end in (low, high) if end is not None)
    return f"of a total of {total} that is `{' to '.join(str(end) for end in ends)}`: write the number"


def _number_of(limit: Limit, total: Fraction | None) -> tuple[Fix, ...]:
    """The limit with each share as the number that it is of the total; none where that is no decimal number."""
    if total is None:
        return ()
    words, all_shares = limit.span.words, True
    for found in reversed(tuple(_NUMBER.finditer(words))):
        words = f"{words[: found.start()]}{exact(Fraction(found[1]) * total / 100)}{words[found.end() :]}"
        all_shares = all_shares and found[0].endswith("%")
    is_sure = all_shares or total == 100
    return () if "/" in words else (Fix(f"write `{words}`", limit.span, words, sure=is_sure),)


def _is_element(name: Quoted, system: System, findings: Findings) -> bool:
    """Say whether a limit may speak of this name.

    A plan that brings elements of its own may bring this one. Resolving has looked at systems that count their
    elements, and at misspelled names; what is left are names that no plan can have.
    """
    elements = [element.name for element in system.elements]
    counted = any(isinstance(each.sentence, ElementCount | NoncriticalCount) for each in system.head.sentences)
    if name.text in elements or counted or not elements:
        return True
    near = nearest_name(name.text, elements)
    if near and is_spelling(name.text, near):
        return True
    help = did_you_mean(near, f'add a block `critical element "{name.text}"`, or take the limit out')
    message = f"no element is named `{name.text}`"
    findings.append(UNKNOWN_NAME.at(name.span, message, help=help, fixes=respelled(name.text, near, name.span)))
    return False
