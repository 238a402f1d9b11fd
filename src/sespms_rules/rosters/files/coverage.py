"""Whom a system is for: a row of a unit that it leaves out, or of an appointment it does not cover, is not rated."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from sespms_rules.foundation.spelling import listed
from sespms_rules.foundation.values import replace
from sespms_rules.program.ir import Program
from sespms_rules.program.rating import Appraisal, Refusal
from sespms_rules.rosters.files.blanks import tidy
from sespms_rules.rosters.files.rows import NOT_COVERED, RosterRow, refused

_HELP = "take the row out of this roster, and rate it by the system that covers it"


def says_for_whom(program: Program) -> bool:
    """Whether a program is not for everyone."""
    return bool(program.left_out or program.appointments)


def of_those_covered(rows: Iterable[RosterRow], program: Program, kind: str) -> Iterator[RosterRow]:
    """The rows, with a refusal in place of each appraisal of someone whom the system is not for.

    `kind` is what a row is called: `row` or `record`.
    """
    if not says_for_whom(program):
        yield from rows
        return
    units = {tidy(unit): (unit, reason) for unit, reason in program.left_out}
    for row in rows:
        refusal = None if row.appraisal is None else _refusal(row.appraisal, units, program, f"{kind} {row.number}")
        yield row if refusal is None else replace(row, appraisal=None, refusals=(refusal,))


def _refusal(appraisal: Appraisal, units: dict[str, tuple[str, str]], program: Program, where: str) -> Refusal | None:
    found = units.get(tidy(appraisal.unit)) if appraisal.unit else None
    if found is not None:
        unit, reason = found
        why = f", because `{reason}`" if reason else ""
        return refused(NOT_COVERED, where, f"`{program.name}` leaves out the unit `{unit}`{why}", _HELP)
    kind = appraisal.appointment
    if kind is not None and program.appointments and kind not in program.appointments:
        covered = listed(program.appointments)
        return refused(
            NOT_COVERED, where, f"`{program.name}` covers {covered} executives, and this one is {kind}", _HELP
        )
    return None
