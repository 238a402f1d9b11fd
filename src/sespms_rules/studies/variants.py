"""A system and amendments of it -> programs: the policy as it is, and as each set of amendments would make it."""

from __future__ import annotations

from collections.abc import Iterable

from sespms_rules.foundation.diagnostic import Diagnostic, Severity
from sespms_rules.foundation.values import Frozen, field
from sespms_rules.language.model import Amendment, System
from sespms_rules.language.syntax.baselines import Because
from sespms_rules.language.syntax.nodes import Prose, Quoted
from sespms_rules.pipeline import Changed, Variants, program_as_read
from sespms_rules.program.ir import Program
from sespms_rules.studies.amendments import AmendmentSet

Findings = tuple[Diagnostic, ...]


class Variant(Frozen):
    """A system with what it computes: as it is, or under the amendments of which `name` is the name.

    `program` is None where the amended system has errors; then `findings` holds them. `carried_out` says whether the
    sentences of the amendments could be. `because` is what they give as their reason; `amendments` are their names,
    those in force on the day that was named among them.
    """

    name: str | None
    system: System
    program: Program | None
    findings: Findings = field(default=())
    because: str = field(default="")
    carried_out: bool = field(default=True)
    amendments: tuple[str, ...] = field(default=())

    def as_read(self) -> Program | None:
        """What the text computes whatever the checks say of it; None where it cannot be read or carried out."""
        return self.program or (program_as_read(self.system) if self.carried_out else None)


def as_it_is(system: System, program: Program, in_force: tuple[Amendment, ...] = ()) -> Variant:
    """The policy as it is used: as written, or with the amendments in force on a day.

    The findings of the text as it is written have been told where it was compiled.
    """
    if not in_force:
        return Variant(None, system, program)
    return _made(Variants(system, try_it_out=False), None, in_force)


def under(
    system: System, sets: Iterable[AmendmentSet], in_force: tuple[Amendment, ...] = (), *, try_it_out: bool = True
) -> tuple[Variant, ...]:
    """Carry out each set alone on the system, and find what is wrong with the result and was not before.

    What is `in_force` on the day is carried out first, once. Every error is found. With `try_it_out` so are the
    warnings that only trying appraisals out shows; they keep nothing from being run.
    """
    variants = Variants(system, try_it_out=try_it_out)
    return tuple(_made(variants, each.name, _once(in_force, each.amendments)) for each in sets)


def _once(in_force: tuple[Amendment, ...], amendments: tuple[Amendment, ...]) -> tuple[Amendment, ...]:
    return (*in_force, *(each for each in amendments if each not in in_force))


def _made(variants: Variants, name: str | None, amendments: tuple[Amendment, ...]) -> Variant:
    return variant_of(name, variants.under(*amendments), amendments)


def variant_of(name: str | None, made: Changed, amendments: tuple[Amendment, ...]) -> Variant:
    """What amendments make of a system that were carried out and judged already, under a name."""
    reasons = " ".join(dict.fromkeys(reason for each in amendments if (reason := _reason(each))))
    carried_out = not any(each.severity is Severity.ERROR for each in made.broken)
    names = tuple(each.name for each in amendments)
    return Variant(name, made.system, made.program, (*made.broken, *made.new), reasons, carried_out, names)


def _reason(amendment: Amendment) -> str:
    for each in amendment.head.sentences:
        if isinstance(each.sentence, Because) and isinstance(each.sentence.text, Quoted | Prose):
            return " ".join(each.sentence.text.text.split())
    return ""
