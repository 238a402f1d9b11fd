"""model.System -> ir.Program.

Out differs from in: names are resolved, every formula has its kind and keeps the typing rule, rows are conditions,
limits are numbers; no text of the policy is left but names and places. What cannot be said as a Program becomes a
finding: nothing a policy states on its derivation is dropped.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from sespms_rules.foundation.diagnostic import Diagnostic, Severity
from sespms_rules.foundation.line_edits import if_chosen, line_above
from sespms_rules.foundation.origin import exact
from sespms_rules.foundation.values import replace
from sespms_rules.language.model import Element, Level, Stated, System
from sespms_rules.language.syntax.derivation import Ask
from sespms_rules.language.syntax.elements import (
    AlsoRated,
    RatedOnScale,
    RequirementTotal,
    RequirementWhole,
)
from sespms_rules.language.syntax.limits import signed_value
from sespms_rules.language.syntax.nodes import AnyWording, Prose, Quoted
from sespms_rules.language.syntax.system import Covers, LeavesOut
from sespms_rules.language.syntax.words import Noun, PartKind
from sespms_rules.program import ir
from sespms_rules.program.lowering.facts import facts
from sespms_rules.program.lowering.findings import (
    CONTRADICTING_WORDS,
    FORMULA_WITHOUT_RATINGS,
    NAME_WITH_TWO_MEANINGS,
    UNFIT_NUMBER,
    WRONG_MEMBERS,
    Findings,
)
from sespms_rules.program.lowering.kinds import ValueKind
from sespms_rules.program.lowering.limits import own_elements, requirement_limits, summary_limits
from sespms_rules.program.lowering.scope import MemberFacts, Scope, StageFacts, Surroundings
from sespms_rules.program.lowering.sizes import oversized
from sespms_rules.program.lowering.stages import DERIVATION, Outside, stage
from sespms_rules.program.lowering.tables import gives_words, table

_DEFAULT_LEVELS = (5, 4, 3, 2, 1)


def lower(system: System) -> tuple[ir.Program | None, tuple[Diagnostic, ...]]:
    """Lower a system; the program is None where a finding says why.

    A hole is found by `resolve` (SES117) and a range that runs backwards by a check (SES239): such a system has no
    program either, and nothing is said twice.

    A system with no `summary rating` becomes a program without lines: it limits plans and derives no level.
    """
    findings = Findings()
    points = _points(system)
    levels = tuple(number for number, _ in points)
    parts = [part for part in system.parts if part.kind is PartKind.TABLE]
    tables = tuple(table(part, levels, findings) for part in parts)
    names = tuple(element.name for element in system.elements)
    declared = facts(system, findings)
    around = Surroundings(
        levels, names, {each.name: gives_words(each) for each in tables}, {each.name: each for each in declared}
    )
    members = [_member(element, system, around, points, findings) for element in system.elements]
    summary = _summary(system, members, around, points, findings)
    terms = tuple((level.number, level.term) for level in _sorted_levels(system))
    program = ir.Program(system.name, summary, tables, terms, *_for_whom(system), declared)
    if not any(finding.severity is Severity.ERROR for finding in findings):
        findings.extend(oversized(program))
    found = tuple(sorted(dict.fromkeys(findings), key=lambda finding: finding.order))
    faulty = findings.withheld or any(finding.severity is Severity.ERROR for finding in found)
    return (None if faulty else program), found


def _for_whom(system: System) -> tuple[tuple[tuple[str, str], ...], tuple[str, ...]]:
    """The units that are left out with the reasons, and the kinds of appointment that are covered."""
    said = [each.sentence for each in system.head.sentences]
    left_out = tuple((each.unit.text, _reason(each)) for each in said if isinstance(each, LeavesOut))
    covered = (kind.value for each in said if isinstance(each, Covers) for kind in each.coverages)
    return left_out, tuple(dict.fromkeys(covered))


def _reason(left_out: LeavesOut) -> str:
    return " ".join(left_out.reason.text.split()) if isinstance(left_out.reason, Quoted | Prose) else ""


# ---- levels -----------------------------------------------------------------------------------------


def _sorted_levels(system: System) -> list[Level]:
    return sorted(system.levels, key=lambda level: -level.number)


def _points(system: System) -> tuple[tuple[int, Fraction], ...]:
    """The points of each level, best first; a system that declares none counts by level number."""
    declared = tuple((level.number, level.points) for level in _sorted_levels(system))
    return declared or tuple((number, Fraction(number)) for number in _DEFAULT_LEVELS)


# ---- the summary ------------------------------------------------------------------------------------


def _summary(
    system: System,
    members: list[tuple[ir.Member, MemberFacts]],
    around: Surroundings,
    points: tuple[tuple[int, Fraction], ...],
    findings: Findings,
) -> ir.Stage:
    part = system.part(PartKind.RATING)
    critical, noncritical = (own_elements(system, critical=each) for each in (True, False))
    facts = StageFacts(
        kind=ir.Kind.ELEMENT,
        title="the summary rating",
        members=tuple(facts for _, facts in members),
        open=critical or noncritical,
        limits=summary_limits(system, around, findings),
        further=_further_of_elements(system, findings),
    )
    origin = part.origin if part else system.origin
    outside = Outside("summary rating", tuple(member for member, _ in members), points, around.levels, origin)
    made = stage(outside, part.sentences if part else (), Scope(facts, around, findings))
    closed_to = None if critical and noncritical else ir.Kind.NONCRITICAL if critical else ir.Kind.CRITICAL
    questions = (*made.questions, *_of_elements_rated_whole(system))
    return replace(made, questions=questions, closed_to=closed_to if made.open else None)


def _of_elements_rated_whole(system: System) -> Iterator[ir.Question]:
    """Questions in the blocks of elements that derive nothing; such a question can have no condition."""
    for element in system.elements:
        for stated in () if element.requirements_rated else element.part.sentences:
            sentence = stated.sentence
            if isinstance(sentence, Ask) and not isinstance(sentence.question, AnyWording):
                yield ir.Question(sentence.question.text, None, element.name, stated.origin)


# ---- elements ---------------------------------------------------------------------------------------


def _member(
    element: Element,
    system: System,
    around: Surroundings,
    points: tuple[tuple[int, Fraction], ...],
    findings: Findings,
) -> tuple[ir.Member, MemberFacts]:
    scale: ir.LevelScale | ir.NumberScale = ir.LevelScale(element.levels or around.levels)
    if element.scale is not None:
        scale = ir.NumberScale(*element.scale)
    if not element.requirements_rated:
        _refuse_formula(element, findings)
        requirement_limits(element, system, findings)  # for its findings: requirements are counted all the same
        some = element.in_some_plans
        member = ir.Member(element.name, element.critical, scale, None, element.origin, some)
        on_scale = element.scale is not None
        kind = ValueKind.POINTS if on_scale else None
        span = element.origin.span
        return member, MemberFacts(element.name, element.critical, on_scale, not on_scale, kind, (), span, some)
    _refuse_scale(element, findings)
    return _derived(element, system, around, points, findings)


def _derived(
    element: Element,
    system: System,
    around: Surroundings,
    points: tuple[tuple[int, Fraction], ...],
    findings: Findings,
) -> tuple[ir.Member, MemberFacts]:
    levels = element.levels or around.levels
    facts = StageFacts(
        kind=ir.Kind.REQUIREMENT,
        title=f"the block of `{element.name}`",
        members=(),
        open=True,
        limits=requirement_limits(element, system, findings),
        further=_further(element.part.sentences, Noun.REQUIREMENT, around, findings),
    )
    scope = Scope(facts, around, findings)
    inner = stage(Outside(element.name, (), points, levels, element.origin), element.part.sentences, scope)
    some = element.in_some_plans
    member = ir.Member(element.name, element.critical, ir.LevelScale(levels), inner, element.origin, some)
    kind = scope.score.kind if scope.score else None
    if kind is ValueKind.FIXED:
        kind = ValueKind.POINTS
    through = (element.name,) if kind is ValueKind.WEIGHTED else ()
    has_level = bool(inner.rows or inner.overrides)
    span = element.origin.span
    return member, MemberFacts(element.name, element.critical, False, has_level, kind, through, span, some)


def _refuse_formula(element: Element, findings: Findings) -> None:
    """Words on the ratings of requirements, where no requirement is rated, would mean nothing."""
    for stated in element.part.sentences:
        sentence = stated.sentence
        if isinstance(sentence, Ask) and sentence.conditions is None:
            continue
        of_requirements = isinstance(sentence, AlsoRated) and sentence.noun is Noun.REQUIREMENT
        if of_requirements or isinstance(sentence, (*DERIVATION, RequirementTotal, RequirementWhole)):
            message = f"the requirements of `{element.name}` are not rated, so this line has nothing to read"
            help = "add the line `requirements are rated`, or move this line under `summary rating`"
            fixes = (if_chosen(line_above(sentence.span, "requirements are rated")),)
            findings.append(FORMULA_WITHOUT_RATINGS.at(sentence.span, message, help=help, fixes=fixes))
            return  # the fix is the same for every further line


def _refuse_scale(element: Element, findings: Findings) -> None:
    for stated in element.part.sentences:
        if isinstance(stated.sentence, RatedOnScale):
            message = f"`{element.name}` is derived from its requirements and cannot be rated on a scale as well"
            help = "leave out the scale, or the line `requirements are rated`"
            findings.append(CONTRADICTING_WORDS.at(stated.sentence.span, message, help=help))


# ---- additional ratings --------------------------------------------------------------------------------


def _further_of_elements(system: System, findings: Findings) -> tuple[ir.Further, ...]:
    """Additional ratings of each element: stated under `summary rating`, or in the block of any of them."""
    around = Surroundings((), tuple(element.name for element in system.elements), {})
    summary = system.sentences(PartKind.RATING)
    for sentence in (each.sentence for each in summary):
        if isinstance(sentence, AlsoRated) and sentence.noun is Noun.REQUIREMENT:
            message = "the summary rating is derived from elements, and requirements are not rated here"
            help = "move the line into the block of the element whose requirements are rated, or say `each element`"
            findings.append(WRONG_MEMBERS.at(sentence.span, message, help=help))
    sentences = [*summary, *(stated for element in system.elements for stated in element.part.sentences)]
    return _further(sentences, Noun.ELEMENT, around, findings)


def _further(
    sentences: list[Stated] | tuple[Stated, ...], noun: Noun, around: Surroundings, findings: Findings
) -> tuple[ir.Further, ...]:
    found: dict[str, ir.Further] = {}
    for stated in sentences:
        sentence = stated.sentence
        if not isinstance(sentence, AlsoRated) or sentence.noun is not noun:
            continue
        name = sentence.name.text
        low, high = signed_value(sentence.low), signed_value(sentence.high)
        step = None if sentence.steps is None else sentence.steps.number.value
        further = ir.Further(name, low, high, stated.origin, step)
        if name in around.elements:
            message = f"`{name}` is already the name of an element"
            help = "give the additional rating a name of its own"
            findings.append(NAME_WITH_TWO_MEANINGS.at(sentence.name.span, message, help=help))
        elif found.get(name, further) != further:
            message = f"`{name}` is given two different ranges or steps"
            help = "state the same range wherever it is stated, or give the additional rating another name"
            findings.append(CONTRADICTING_WORDS.at(sentence.span, message, help=help))
        elif further.low > further.high:
            findings.withheld = True  # SES239
        elif sentence.steps is not None and (step == 0 or (high - low) % (step or 1) != 0):
            message = f"steps of `{exact(step or 0)}` do not lead from `{exact(low)}` to `{exact(high)}`"
            help = "let the range be a whole number of steps, and a step more than 0"
            findings.append(UNFIT_NUMBER.at(sentence.steps.span, message, help=help))
        found.setdefault(name, further)
    return tuple(found.values())
