"""A system and amendments of it -> programs: the policy as it is, and as each amendment would make it."""

from __future__ import annotations

from collections.abc import Iterable

from sespms_rules.checks import accepted, check_system
from sespms_rules.checks.by_trial import try_out
from sespms_rules.foundation.diagnostic import Diagnostic, Severity
from sespms_rules.foundation.values import Frozen, field
from sespms_rules.language.model import Amendment, System
from sespms_rules.language.resolution import amended
from sespms_rules.language.syntax.baselines import Because
from sespms_rules.language.syntax.nodes import Prose, Quoted
from sespms_rules.program.ir import Program
from sespms_rules.program.lowering import lower

Findings = tuple[Diagnostic, ...]


class Variant(Frozen):
    """A system with what it computes: as it is, or under the amendment of which `name` is the name.

    `program` is None where the amended system has errors; then `findings` holds them. `because` is what the amendment
    gives as its reason.
    """

    name: str | None
    system: System
    program: Program | None
    findings: Findings = field(default=())
    because: str = field(default="")


def as_it_is(system: System, program: Program) -> Variant:
    """The policy before any amendment; its findings have been told where it was compiled."""
    return Variant(None, system, program)


def under(base: Variant, amendments: Iterable[Amendment], *, try_it_out: bool = True) -> tuple[Variant, ...]:
    """Carry out each amendment alone on the system, and find what is wrong with the result and was not before.

    Every error is found. With `try_it_out` so are the warnings that only trying appraisals out shows; they keep
    nothing from being run.
    """
    before: set[Diagnostic] = set()
    made = []
    for amendment in amendments:
        changed, broken = amended(base.system, amendment)
        program, found = (None, ()) if _any_error(broken) else _judged(changed, try_it_out=try_it_out)
        if found and not before:
            before = set(_judged(base.system, try_it_out=try_it_out)[1])
        new = tuple(each for each in found if each not in before)
        made.append(Variant(amendment.name, changed, program, (*broken, *new), _reason(amendment)))
    return tuple(made)


def _judged(system: System, *, try_it_out: bool) -> tuple[Program | None, Findings]:
    """Check and lower a system; a program is given only where neither finds an error."""
    program, lowered = lower(system)
    found = (*check_system(system), *accepted(system, lowered))
    if program is None or _any_error(found):
        return None, found
    return program, (*found, *try_out(system, program)) if try_it_out else found


def _any_error(found: Findings) -> bool:
    return any(each.severity is Severity.ERROR for each in found)


def _reason(amendment: Amendment) -> str:
    for each in amendment.head.sentences:
        if isinstance(each.sentence, Because) and isinstance(each.sentence.text, Quoted | Prose):
            return " ".join(each.sentence.text.text.split())
    return ""
