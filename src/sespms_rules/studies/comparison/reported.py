"""Two systems -> what each reports beside the level, and whether that would be another for any appraisal."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sespms_rules.program.ir import Program
from sespms_rules.proofs.solver import Status, value_differs
from sespms_rules.studies.comparison.causes import computes, levelless
from sespms_rules.studies.comparison.result import ReportedValue, Subject
from sespms_rules.studies.comparison.witnesses import shown_with_values


def reported_values(
    old: Subject, new: Subject, program: Program, mapping: Sequence[tuple[str, str]], seconds: int
) -> tuple[ReportedValue, ...]:
    """Each value that either reports, in order. `program` is the new one with its elements under the old names.

    Raises NotComparableError where they do not rate the same elements, DisagreementError where the reference engine
    reports the same of what the solver shows.
    """
    return tuple(_values(old, new, program, mapping, seconds))


def _values(
    old: Subject, new: Subject, program: Program, mapping: Sequence[tuple[str, str]], seconds: int
) -> Iterator[ReportedValue]:
    here, there = old.program.summary.reported, program.summary.reported
    no_level = levelless(old, new)
    alike = computes(old.program) == computes(program)
    for name in dict.fromkeys((*here, *there)):
        if name not in there or name not in here:
            side = "new" if name in there else "old"
            yield ReportedValue(name, True, f"only the {side} system reports it")
        elif alike:
            yield ReportedValue(name, False)
        elif no_level:  # the solver knows no end of an appraisal but a level and `not rated`
            yield ReportedValue(name, None, no_level)
        else:
            found = value_differs(old.program, program, name, seconds=seconds)
            shown = shown_with_values(name, old, new, found.shown, mapping) if found.shown else None
            differs = {Status.PROVED: False, Status.REFUTED: True}.get(found.status)
            yield ReportedValue(name, differs, found.why if differs is None else "", shown)
