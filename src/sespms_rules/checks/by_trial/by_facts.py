"""What is found for each class of facts about the executive or the unit -> what is said of the system."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Final

from sespms_rules.checks.analysis import case_of
from sespms_rules.foundation.diagnostic import Diagnostic
from sespms_rules.foundation.values import replace
from sespms_rules.language.model import System
from sespms_rules.program.facts import GivenFacts, TooManyFactsError, fact_classes, settled
from sespms_rules.program.ir import Program
from sespms_rules.program.wording import said_of

_MOST_TRIED: Final = 24
"""For so many classes of facts a system is tried out; of more, these are spread over all."""

Find = Callable[[System, Program], Iterable[Diagnostic]]


def by_facts(system: System, program: Program, find: Find, always: frozenset[str]) -> Iterator[Diagnostic]:
    """What `find` finds of a program for those of whom some facts are known, each once.

    What it finds for some alone is told with their facts; a code of `always` is told only where it is found for all:
    that nothing reads a thing is so only if nobody's rating does.
    """
    if not program.facts:
        yield from find(system, program)
        return
    try:
        classes = fact_classes(program)
    except TooManyFactsError:
        return  # what is tried out is spoken of only where it is found
    step = -(-len(classes) // _MOST_TRIED)
    tried = classes[::step]
    found: dict[tuple[object, ...], list[tuple[GivenFacts, Diagnostic]]] = {}
    for each in tried:
        for finding in dict.fromkeys(find(case_of(system, program, each.given), settled(program, each.given))):
            key = (finding.code, finding.span.source.name, finding.span.start, finding.span.end)
            found.setdefault(key, []).append((each.given, finding))
    for cases in found.values():
        given, first = cases[0]
        for_all = len({one for one, _ in cases}) == len(tried)
        if for_all and len(tried) == len(classes) and all(each == first for _, each in cases):
            yield first
        elif first.code not in always or (for_all and len(tried) == len(classes)):
            yield replace(first, message=f"{first.message}, where {said_of(given)}")
