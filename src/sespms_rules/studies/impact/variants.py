"""A system and amendments of it -> programs: the policy as it is, and as each amendment would make it."""

from __future__ import annotations

from collections.abc import Iterable

from sespms_rules.foundation.diagnostic import Diagnostic
from sespms_rules.foundation.values import Frozen, field
from sespms_rules.language.model import Amendment, System
from sespms_rules.language.syntax.baselines import Because
from sespms_rules.language.syntax.nodes import Prose, Quoted
from sespms_rules.pipeline import Variants
from sespms_rules.program.ir import Program

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
    variants = Variants(base.system, try_it_out=try_it_out)
    made = []
    for amendment in amendments:
        changed = variants.under(amendment)
        findings = (*changed.broken, *changed.new)
        made.append(Variant(amendment.name, changed.system, changed.program, findings, _reason(amendment)))
    return tuple(made)


def _reason(amendment: Amendment) -> str:
    for each in amendment.head.sentences:
        if isinstance(each.sentence, Because) and isinstance(each.sentence.text, Quoted | Prose):
            return " ".join(each.sentence.text.text.split())
    return ""
