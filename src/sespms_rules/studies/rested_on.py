"""Compilations -> every text that they rest on: what a report names and a submission holds."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sespms_rules.foundation.source import Source
from sespms_rules.language.model import Amendment, System
from sespms_rules.language.resolution import find_amendment, find_system
from sespms_rules.law.provenance import texts_of
from sespms_rules.pipeline import Compilation


def texts_rested_on(compilations: Sequence[Compilation]) -> tuple[Source, ...]:
    """Every text of a submission that counted: the policies, those their systems rest on, and what is amended."""
    named = [each.source for each in compilations]
    systems = [system for each in compilations for system in (*each.policy.systems, *amended_elsewhere(each))]
    return tuple({each.name: each for each in (*named, *texts_of(systems, _tried(compilations)))}.values())


def amended_elsewhere(compilation: Compilation) -> Iterator[System]:
    """The systems that amendments of a policy amend and that stand in another file."""
    own = {each.name for each in compilation.policy.systems}
    for name in dict.fromkeys(each.amends for each in compilation.policy.amendments):
        found = None if name in own else find_system(name, compilation.document, compilation.library)[0]
        if found is not None:
            yield found


def _tried(compilations: Sequence[Compilation]) -> Iterator[Amendment]:
    """The amendments that scenarios of systems try, and those that a reader tries."""
    for each in compilations:
        yield from (amendment for together in each.tried for amendment in together)
        scenarios = (one for system in each.policy.systems for one in system.scenarios)
        for name in dict.fromkeys(one.amendment for one in scenarios if one.amendment):
            found = find_amendment(name, each.document, each.library)[0]
            if found is not None:
                yield found
