"""What a policy holds -> the systems to compare: one as it is written, one under an amendment."""

from __future__ import annotations

from collections.abc import Sequence

from sespms_rules.foundation.diagnostic import Severity
from sespms_rules.foundation.request import RequestError
from sespms_rules.language.model import Amendment
from sespms_rules.pipeline import Compilation
from sespms_rules.program.ir import Program
from sespms_rules.studies.amendments import one_set
from sespms_rules.studies.comparison.result import Subject
from sespms_rules.studies.variants import Variant, as_it_is


def as_written(compilation: Compilation, program: Program) -> Subject:
    """The system of a policy that a program was made of."""
    path = compilation.source.name
    system = next(each for each in compilation.policy.systems if each.name == program.name)
    return Subject(path, system, program, None, (path,))


def as_amended(compilation: Compilation, of: Subject, amendment: str) -> Subject:
    """A system under the amendment of a name or in a file, or under `A+B` together.

    Raises RequestError where there is none, or several side by side, or where it has errors.
    """
    found, told = one_set([amendment], compilation, of.system)
    errors = tuple(each for each in told if each.severity is Severity.ERROR)
    if errors:
        raise RequestError(f"`{amendment}` has errors: {errors[0].message}", errors)
    name = " + ".join(each.name for each in found)
    return under(of.path, found, as_it_is(of.system, of.program, found), name)


def under(
    path: str, amendments: Sequence[Amendment], variant: Variant, name: str | None = None, *, with_defects: bool = False
) -> Subject:
    """What amendments made of a system, one after another. Raises RequestError where that has errors.

    `path` is the file that holds the system. With `with_defects` a system that can be read is compared whatever the
    checks say of it: an appraisal that it gives no level is refused, and counted so.
    """
    program = variant.as_read() if with_defects else variant.program
    if program is None:
        errors = tuple(each for each in variant.findings if each.severity is Severity.ERROR)
        raise RequestError(f"`{variant.system.name}` cannot be run as amended: {errors[0].message}", errors)
    paths = (path, *dict.fromkeys(each.origin.span.source.name for each in amendments))
    only = amendments[0].name if len(amendments) == 1 else None
    return Subject(
        paths[-1], variant.system, program, only, paths, name or " + ".join(each.name for each in amendments)
    )
