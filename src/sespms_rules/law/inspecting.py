"""Guarantees that reading the description decides: counts, different standards, what elements evaluate.

Where plans bring elements of their own, a description alone cannot settle what holds of every element; that is
then a question for a person, never a pass.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from sespms_rules.checks.analysis import (
    chosen,
    element_counts,
    folded_wording,
    says_nothing,
)
from sespms_rules.foundation.source import Span
from sespms_rules.foundation.values import Frozen, field
from sespms_rules.language.model import Baseline, Element, Level, Stated, System
from sespms_rules.language.syntax.baselines import ListItem
from sespms_rules.language.syntax.elements import Competencies, Evaluates, RequirementCount, RequiresText, Standard
from sespms_rules.language.syntax.limits import Limit, level_number, limit_ends
from sespms_rules.language.syntax.nodes import AnyWording, Sentence
from sespms_rules.language.syntax.proof import EachCounted, EvaluatesSome, Noninterference, StandardsDiffer
from sespms_rules.language.syntax.words import CountedThing, FederalLevel, Noun, PartKind, Quantifier
from sespms_rules.law.verdict import VerdictKind


class Conclusion(Frozen):
    """What was found of a guarantee, why, on which lines, and what to write where it does not hold."""

    kind: VerdictKind
    why: str
    evidence: tuple[Span, ...] = field(default=(), compare=False)
    cure: str = field(default="")


def inspect(system: System, editions: tuple[Baseline, ...], asked: Sentence) -> Conclusion | None:
    """Decide a guarantee by reading the system; None for one that speaks of what is derived from ratings.

    `editions` hold the lists that a guarantee may name.
    """
    match asked:
        case Noninterference():
            return Conclusion(
                VerdictKind.PROVED,
                "no sentence of the language lets the derivation of one rating read another executive's appraisal",
            )
        case StandardsDiffer():
            return _standards_differ(system)
        case EvaluatesSome():
            return _evaluates(system, asked)
        case EachCounted():
            return _counted(system, editions, asked)
    return None


def _all_named(system: System) -> bool:
    """Whether a plan has no critical elements but those the system names."""
    _, most = element_counts(system)
    named = sum(element.critical for element in system.elements)
    return bool(system.elements) and most is not None and most <= named


# ---- standards -----------------------------------------------------------------------------------


def _standards(system: System) -> tuple[Stated, ...]:
    return tuple(each for each in system.sentences(PartKind.STANDARDS) if isinstance(each.sentence, Standard))


def _standards_differ(system: System) -> Conclusion:
    """No two levels have one wording, in the system's standards and in those of each element."""
    own = (tuple(each for each in one.part.sentences if isinstance(each.sentence, Standard)) for one in system.elements)
    groups, terms = [_standards(system), *own], _terms(system)
    if not any(groups):
        return Conclusion(
            VerdictKind.REFUTED, "the system has no standards", cure="state a standard for each level under `standards`"
        )
    for group in groups:
        first: dict[str, Stated] = {}
        for each in group:
            words = _words(each, terms)
            if words is None:
                why = f"the standard of level {_number(each)} only holds the place of one"
                cure = "say what the level asks for"
                return Conclusion(VerdictKind.REFUTED, why, (each.origin.span,), cure)
            earlier = first.setdefault(words, each)
            if words and earlier is not each:
                places = (earlier.origin.span, each.origin.span)
                return Conclusion(
                    VerdictKind.REFUTED, "two levels have the same standard", places, "reword one of the two"
                )
    return Conclusion(
        VerdictKind.PROVED, "no two standards are worded alike", _spans(each for group in groups for each in group)
    )


def _terms(system: System) -> frozenset[str]:
    """The agency's own words for its levels, folded."""
    return frozenset(folded_wording(each.term) for each in system.levels)


def _words(stated: Stated, terms: frozenset[str]) -> str | None:
    """The words of a standard as they are compared; empty for a hole, None where it says nothing."""
    text = stated.sentence.text if isinstance(stated.sentence, Standard) else AnyWording()
    if isinstance(text, AnyWording):
        return ""
    return None if says_nothing(text, terms) else folded_wording(text.text)


# ---- what elements evaluate ----------------------------------------------------------------------


def _evaluates(system: System, asked: EvaluatesSome) -> Conclusion:
    members = [
        each
        for each in system.elements
        if asked.noun is Noun.ELEMENT or each.critical is (asked.noun is Noun.CRITICAL_ELEMENT)
    ]
    told = {each.name: [one for one in each.part.sentences if _judges(one, asked)] for each in members}
    count = sum(bool(lines) for lines in told.values())
    evidence = _spans(one for lines in told.values() for one in lines)
    holds, certain = _quantity(asked, count, len(members))
    if holds and not all(_quantity(asked, *each)[0] for each in _in_some_plans(members, told)):
        why = "it depends on elements that only some plans have"
        cure = f"put `evaluates {asked.matter}` under an element that every plan has"
        return Conclusion(VerdictKind.REFUTED, why, evidence, cure)
    if holds and (certain or _all_named(system)):
        return Conclusion(VerdictKind.PROVED, f"{_elements(count)} it", evidence)
    if not _all_named(system):
        why = f"{_elements(count)} it among those the system names; the plans may have others"
        return Conclusion(
            VerdictKind.NEEDS_PERSON, why, evidence, f"name the elements, and put `evaluates {asked.matter}` under one"
        )
    return Conclusion(
        VerdictKind.REFUTED,
        f"{_elements(count)} it",
        evidence,
        f"put `evaluates {asked.matter}` under the element that does",
    )


def _in_some_plans(members: list[Element], told: dict[str, list[Stated]]) -> Iterator[tuple[int, int]]:
    """How many elements judge it, of how many: in plans without any optional element, and with either sort of them."""
    required = [each for each in members if not each.in_some_plans]
    for kept in ((), (True,), (False,)):
        plan = [*required, *(each for each in members if each.in_some_plans and bool(told[each.name]) in kept)]
        yield sum(bool(told[each.name]) for each in plan), len(plan)


def _judges(stated: Stated, asked: EvaluatesSome) -> bool:
    return isinstance(stated.sentence, Evaluates) and asked.matter in stated.sentence.matters


def _quantity(asked: EvaluatesSome, count: int, members: int) -> tuple[bool, bool]:
    """Whether the count is within what is asked, and whether further elements could not undo it."""
    match asked.quantity:
        case Quantifier.ANY:
            return count >= 1, True
        case Quantifier.NO:
            return count == 0, False
        case Quantifier.EVERY:
            return count == members > 0, False
        case Quantifier.MAJORITY:
            return 2 * count > members, False
        case Quantifier.HALF:
            return 2 * count >= members > 0, False
        case limit:
            return _within(limit, count), limit_ends(limit)[1] is None


def _elements(count: int) -> str:
    number = {0: "no element", 1: "1 element"}.get(count, f"{count} elements")
    return f"{number} {'evaluates' if count < 2 else 'evaluate'}"


# ---- counts --------------------------------------------------------------------------------------


def _counted(system: System, editions: tuple[Baseline, ...], asked: EachCounted) -> Conclusion | None:
    match asked.thing, asked.counted:
        case CountedThing.LEVEL, CountedThing.STANDARD:
            return _standards_of_levels(system, asked)
        case CountedThing.FEDERAL_LEVEL, CountedThing.LEVEL:
            return _levels_of_federal(system, asked)
        case CountedThing.LEVEL, CountedThing.FEDERAL_LEVEL:
            return _federal_of_levels(system, asked)
        case CountedThing.CRITICAL_ELEMENT, CountedThing.COMPETENCY:
            return _competencies(system, editions, asked)
        case CountedThing.CRITICAL_ELEMENT, CountedThing.REQUIREMENT:
            return _of_elements(system, asked, _requirements)
    return None


def _standards_of_levels(system: System, asked: EachCounted) -> Conclusion:
    if not system.levels:
        return Conclusion(VerdictKind.REFUTED, "the system defines no levels", cure="define its levels under `levels`")
    terms = _terms(system)
    standards = tuple(each for each in _standards(system) if _words(each, terms) is not None)
    for level in system.levels:
        count = sum(_number(each) == level.number for each in standards)
        if not standards:
            count = min((_own_standards(each, level.number) for each in system.elements), default=0)
        if not _within(asked.limit, count):
            why = f"level {level.number} has {_amount(count, 'standard')}"
            cure = (
                f'put `level {level.number} means "…"` under `standards`' if count == 0 else "leave one standard for it"
            )
            return Conclusion(VerdictKind.REFUTED, why, (level.origin.span,), cure)
    return Conclusion(VerdictKind.PROVED, "every level of the system has its standard", _spans(standards))


def _own_standards(element: Element, level: int) -> int:
    return sum(_number(each) == level for each in element.part.sentences)


def _number(stated: Stated) -> int | None:
    """The level that a standard is of; None for any other sentence."""
    return level_number(stated.sentence.level) if isinstance(stated.sentence, Standard) else None


def _federal(level: Level) -> FederalLevel | None:
    """The federal level a level is equivalent to: as stated, or by bearing the regulation's own name."""
    if level.federal is not None:
        return level.federal
    name = " ".join(level.term.casefold().split())
    return next((federal for federal in FederalLevel if federal.value == name), None)


def _levels_of_federal(system: System, asked: EachCounted) -> Conclusion:
    for federal in FederalLevel:
        found = [level for level in system.levels if _federal(level) is federal]
        if not _within(asked.limit, len(found)):
            verb = "is" if len(found) <= 1 else "are"
            why = f"{_amount(len(found), 'level')} of the system {verb} equivalent to {federal}"
            cure = f"end the line of one level with `equivalent to {federal}`"
            return Conclusion(VerdictKind.REFUTED, why, tuple(level.origin.span for level in found), cure)
    return Conclusion(
        VerdictKind.PROVED,
        "each of the five federal levels has its level",
        tuple(each.origin.span for each in system.levels),
    )


def _federal_of_levels(system: System, asked: EachCounted) -> Conclusion:
    if not system.levels:
        return Conclusion(VerdictKind.REFUTED, "the system defines no levels", cure="define its levels under `levels`")
    for level in system.levels:
        if not _within(asked.limit, int(_federal(level) is not None)):
            why = f"level {level.number} is said to be equivalent to no federal level"
            cure = f"end the line of level {level.number} with `equivalent to …`"
            return Conclusion(VerdictKind.REFUTED, why, (level.origin.span,), cure)
    return Conclusion(
        VerdictKind.PROVED,
        "each level says which federal level it is equivalent to, or bears its name",
        tuple(each.origin.span for each in system.levels),
    )


def _competencies(system: System, editions: tuple[Baseline, ...], asked: EachCounted) -> Conclusion | None:
    known: set[str] | None = None
    if asked.source is not None:
        lists = [part for edition in editions for part in edition.lists if part.name == asked.source.text]
        if not lists:
            return Conclusion(VerdictKind.UNDECIDED, f"there is no list `{asked.source.text}` to look them up in")
        items = [each for part in lists for each in chosen(part.sentences, ListItem)]
        known = {text.text for item in items for text in (item.name, *item.items)}

    def count(element: Element) -> tuple[int, tuple[Stated, ...]]:
        lines = tuple(each for each in element.part.sentences if isinstance(each.sentence, Competencies))
        names = {name.text for each in chosen(lines, Competencies) for name in each.names}
        return len(names if known is None else names & known), lines

    return _of_elements(system, asked, count)


def _requirements(element: Element) -> tuple[int, tuple[Stated, ...]]:
    """How many requirements an element has: those it states, or the least that its plans must have."""
    lines = tuple(each for each in element.part.sentences if isinstance(each.sentence, RequiresText | RequirementCount))
    least = [limit_ends(each.limit)[0] for each in chosen(lines, RequirementCount)]
    stated = len(chosen(lines, RequiresText))
    return max([stated, *(int(low) for low in least if low is not None)]), lines


def _of_elements(
    system: System, asked: EachCounted, count: Callable[[Element], tuple[int, tuple[Stated, ...]]]
) -> Conclusion:
    """A count for each critical element; the plan's own elements are a person's question."""
    what = asked.counted.value
    evidence: list[Stated] = []
    for element in (each for each in system.elements if each.critical):
        found, lines = count(element)
        evidence += lines
        if not _within(asked.limit, found):
            why = f"`{element.name}` has {_amount(found, what)} of those asked for"
            wanted = 'based on "…"' if asked.counted is CountedThing.COMPETENCY else 'requires "…"'
            cure = f'put `{wanted}` under `critical element "{element.name}"`'
            return Conclusion(VerdictKind.REFUTED, why, (element.origin.span, *_spans(lines)), cure)
    if not _all_named(system):
        why = "the plans may have elements that the system does not name"
        return Conclusion(
            VerdictKind.NEEDS_PERSON,
            why,
            _spans(evidence),
            f"look at the elements of the plans: does each have {what}?",
        )
    return Conclusion(VerdictKind.PROVED, "every critical element of the system has it", _spans(evidence))


def _within(limit: Limit, count: int) -> bool:
    low, high = limit_ends(limit)
    return (low is None or count >= low) and (high is None or count <= high)


def _amount(count: int, what: str) -> str:
    plural = "competencies" if what == "competency" else f"{what}s"
    return f"no {what}" if count == 0 else f"1 {what}" if count == 1 else f"{count} {plural}"


def _spans(stated: Iterable[Stated]) -> tuple[Span, ...]:
    return tuple(each.origin.span for each in stated)


__all__ = ["Conclusion", "inspect"]
