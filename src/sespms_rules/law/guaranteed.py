"""The guarantees that a system states itself: each holds, is refuted, or is left open."""

from __future__ import annotations

from sespms_rules.language.model import Baseline, System
from sespms_rules.language.syntax.words import PartKind
from sespms_rules.law.inspecting import inspect
from sespms_rules.law.judging import Decide
from sespms_rules.law.verdict import OwnGuarantee


def own_guarantees(system: System, editions: tuple[Baseline, ...], decide: Decide) -> tuple[OwnGuarantee, ...]:
    """What becomes of each guarantee under `guarantees`; lists it names are those of the editions that are read."""
    made = []
    for stated in system.sentences(PartKind.GUARANTEES):
        asked = stated.sentence
        found = inspect(system, editions, asked) or decide(asked)
        words = stated.origin.span.words
        made.append(OwnGuarantee(words, found.kind, found.why, found.cure, stated.origin.span))
    return tuple(made)
