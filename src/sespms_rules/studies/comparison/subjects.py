"""What a policy holds -> the systems to compare: one as it is written, one under an amendment."""

from __future__ import annotations

from collections.abc import Sequence

from sespms_rules.foundation.diagnostic import Severity
from sespms_rules.foundation.request import RequestError
from sespms_rules.language.model import Amendment, System
from sespms_rules.pipeline import Compilation, Variants, program_as_read
from sespms_rules.program.ir import Program
from sespms_rules.studies.amendments import amendments_named
from sespms_rules.studies.comparison.result import Subject


def as_written(compilation: Compilation, program: Program) -> Subject:
    """The system of a policy that a program was made of."""
    path = compilation.source.name
    system = next(each for each in compilation.policy.systems if each.name == program.name)
    return Subject(path, system, program, None, (path,))


def as_amended(compilation: Compilation, of: Subject, amendment: str) -> Subject:
    """A system under the amendment of a name, or under the one in a file.

    Raises RequestError where there is none, or several, or where it has errors.
    """
    found, told = amendments_named([amendment], compilation, of.system)
    errors = tuple(each for each in told if each.severity is Severity.ERROR)
    if errors:
        raise RequestError(f"`{amendment}` has errors: {errors[0].message}", errors)
    if len(found) > 1:
        listed = ", ".join(f"`{each.name}`" for each in found)
        raise RequestError(f"`{amendment}` holds several amendments; give the name of one: {listed}")
    return under(of.path, of.system, found)


def under(path: str, system: System, amendments: Sequence[Amendment], *, with_defects: bool = False) -> Subject:
    """What amendments make of a system, one after another. Raises RequestError where that has errors.

    `path` is the file that holds the system. With `with_defects` a system that can be read is compared whatever the
    checks say of it: an appraisal that it gives no level is refused, and counted so.
    """
    changed = Variants(system, try_it_out=False).under(*amendments)
    program = changed.program
    if program is None and with_defects and not any(each.severity is Severity.ERROR for each in changed.broken):
        program = program_as_read(changed.system)
    if program is None:
        errors = tuple(each for each in (*changed.broken, *changed.new) if each.severity is Severity.ERROR)
        raise RequestError(f"`{system.name}` cannot be run as amended: {errors[0].message}", errors)
    paths = (path, *dict.fromkeys(each.origin.span.source.name for each in amendments))
    name = amendments[0].name if len(amendments) == 1 else None
    return Subject(paths[-1], changed.system, program, name, paths)
