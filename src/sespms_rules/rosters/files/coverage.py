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
    return iter(rows) if not says_for_whom(program) else map(Coverage(program, kind).of, rows)


class Coverage:
    """Whom a program is for; `kind` is what a row of the roster is called: `row` or `record`."""

    def __init__(self, program: Program, kind: str) -> None:
        self._units = {tidy(unit): (unit, reason) for unit, reason in program.left_out}
        self._program = program
        self._kind = kind

    def of(self, row: RosterRow) -> RosterRow:
        """The row, with a refusal in place of its appraisal where the system is not for this executive."""
        if row.appraisal is None:
            return row
        found = _refusal(row.appraisal, self._units, self._program, f"{self._kind} {row.number}")
        return row if found is None else replace(row, appraisal=None, refusals=(found,))

    def covers(self, appointment: str | None, unit: str | None) -> bool:
        """Whether the system is for an executive of this appointment and unit."""
        return _refusal(Appraisal("", (), appointment, unit), self._units, self._program, "") is None


def units_like_those_left_out(units: Iterable[str], program: Program) -> Iterator[tuple[str, str]]:
    """Units that a system covers, each with one that it leaves out and that may be meant by it."""
    if not program.left_out:
        return
    from sespms_rules.rosters.files.offices import NamedOffice

    left_out = {tidy(unit): (unit, NamedOffice(unit)) for unit, _ in program.left_out}
    for unit in units:
        if tidy(unit) in left_out:
            continue
        found = next((written for written, office in left_out.values() if office.may_be(unit)), None)
        if found is not None:
            yield unit, found


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
