"""Whom a system is for: a row of a unit that it leaves out, or of an appointment it does not cover, is not rated."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from fractions import Fraction

from sespms_rules.foundation.patterns import late
from sespms_rules.foundation.spelling import listed, nearest_name
from sespms_rules.foundation.values import replace
from sespms_rules.program.ir import Program
from sespms_rules.program.rating import Appraisal, Refusal
from sespms_rules.rosters.files.blanks import tidy
from sespms_rules.rosters.files.rows import NOT_COVERED, RosterRow, refused

_SMALL = frozenset({"and", "for", "of", "the"})
_SAY_LITTLE = _SMALL | {"agency", "bureau", "department", "division", "office"}
_LONG = 6
_SLIP = Fraction(85, 100)
_BETWEEN = late(r"[^\w]+")
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
    """Units that a system covers, each with one that it leaves out and that may be meant by it.

    So is one whose name holds every word of the other's but `office` and the small ones (`Inspector General`), its
    initials (`OIG Audits`); a long word may have a slip of the pen.
    """
    left_out = {tidy(unit): (unit, frozenset(_words(unit)), _initials(unit)) for unit, _ in program.left_out}
    others = (unit for unit in units if tidy(unit) not in left_out) if left_out else ()
    for unit in others:
        words, initials = frozenset(_words(unit)), _initials(unit)
        for written, named, short in left_out.values():
            telling = named - _SAY_LITTLE
            holds = bool(telling) and all(_stands_in(word, words) for word in telling)
            if holds or short & words or initials & named:
                yield unit, written
                break


def _stands_in(word: str, words: Collection[str]) -> bool:
    """Whether a word is there, a long one with a slip of the pen perhaps: `Eastern` is not `Western`, nor `1` `2`."""
    like = (each for each in words if each[0] == word[0]) if len(word) >= _LONG else ()
    return word in words or nearest_name(word, like, _SLIP) is not None


def _initials(unit: str) -> set[str]:
    """What a name is shortened to, with the word `office` or without; empty for a single word."""
    words = [word for word in _words(unit) if word not in _SMALL]
    telling = [word for word in words if word not in _SAY_LITTLE]
    return {"".join(word[0] for word in each) for each in (words, telling) if len(each) > 1}


def _words(unit: str) -> list[str]:
    """The words of a name in small letters, without the stops of initials."""
    return [word for word in _BETWEEN.split(tidy(unit).replace(".", "")) if word]


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
