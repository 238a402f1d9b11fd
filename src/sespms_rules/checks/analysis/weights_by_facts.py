"""A system whose limits on weights hang on facts -> the system as it is for those of whom each of them is known.

What is said of weights is then said of everybody, so that whoever reads it need not know of facts. A line that names an
element and does not hold limits nothing; the element stays one that a line names, which `all others` leaves out.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from fractions import Fraction

from sespms_rules.foundation.diagnostic import Diagnostic
from sespms_rules.foundation.values import replace
from sespms_rules.language.model import Part, Stated, System
from sespms_rules.language.syntax.elements import WeightAll, WeightNoneAbove, WeightOf, WeightOthers
from sespms_rules.language.syntax.limits import AtLeast
from sespms_rules.language.syntax.nodes import Number
from sespms_rules.language.syntax.words import PartKind
from sespms_rules.program import ir
from sespms_rules.program.facts import GivenFacts, TooManyFactsError, fact_classes, with_numbers
from sespms_rules.program.lowering import lower
from sespms_rules.program.wording import said_of

_Limiting = WeightOf | WeightAll | WeightOthers | WeightNoneAbove


def hangs_on_facts(system: System) -> bool:
    """Whether some limit on weights holds of those alone of whom a fact is so."""
    return any(_when(each) is not None for each in system.sentences(PartKind.WEIGHTS))


def _when(stated: Stated) -> object:
    return stated.sentence.when if isinstance(stated.sentence, _Limiting) else None


def weight_cases(system: System) -> tuple[tuple[GivenFacts, System], ...]:
    """The system for each class of facts that its limits on weights tell apart; itself, without facts, if none does.

    None at all where the system has errors, or tells too many apart: nothing is then said of its weights.
    """
    if not hangs_on_facts(system):
        return (((), system),)
    program, _ = lower(system)
    if program is None:
        return ()
    empty = replace(program.summary, members=(), definitions=(), overrides=(), rows=(), caps=(), questions=())
    try:
        classes = fact_classes(replace(program, summary=empty))
    except TooManyFactsError:
        return ()
    return tuple((each.given, _case(system, program, each.given)) for each in classes)


def case_of(system: System, program: ir.Program, given: GivenFacts) -> System:
    """The system for those of whom these facts are known; `program` is what it computes."""
    return _case(system, program, given) if given and hangs_on_facts(system) else system


def _case(system: System, program: ir.Program, given: GivenFacts) -> System:
    known = dict(given)
    read = {fact.name: fact.number(known[fact.name]) for fact in program.facts if fact.name in known}
    numbers = {name: number for name, number in read.items() if number is not None}
    holding = {
        each.origin.span
        for each in program.summary.limits
        if isinstance(each, ir.LimitWhen) and with_numbers(each.condition, numbers) == ir.All(())
    }
    spans = {(span.source.name, span.start) for span in holding}
    parts = tuple(
        replace(part, sentences=tuple(_kept(part, spans))) if part.kind is PartKind.WEIGHTS else part
        for part in system.parts
    )
    return replace(system, parts=parts)


def _kept(part: Part, holding: set[tuple[str, int]]) -> Iterator[Stated]:
    for stated in part.sentences:
        sentence = stated.sentence
        if not isinstance(sentence, _Limiting) or sentence.when is None:
            yield stated
        elif (stated.origin.span.source.name, stated.origin.span.start) in holding:
            yield replace(stated, sentence=replace(sentence, when=None))
        elif isinstance(sentence, WeightOf):
            nothing = AtLeast(Number(Fraction(0), "0", span=sentence.limit.span), span=sentence.limit.span)
            yield replace(stated, sentence=replace(sentence, limit=nothing, when=None))


def in_each_case(system: System, find: Callable[[System], Iterable[Diagnostic]]) -> Iterator[Diagnostic]:
    """What is found of a system in some case of its limits on weights, each place told once, with its facts."""
    met: set[tuple[str, str, int]] = set()
    for given, case in weight_cases(system):
        for finding in find(case):
            place = (finding.code, finding.span.source.name, finding.span.start)
            if place not in met:
                met.add(place)
                yield replace(finding, message=f"{finding.message}, where {said_of(given)}") if given else finding
