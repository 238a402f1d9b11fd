"""Rows of the table `sessions` -> the sittings of boards, and what of them cannot be told.

A member whose row cannot be read was there all the same: without that row nobody knows how many sat, or of which kind.
"""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Iterable
from typing import Final, Protocol

from sespms_rules.foundation.diagnostic import Finding
from sespms_rules.foundation.letters import as_one_id
from sespms_rules.records.findings import BOARD_WITHOUT_MEMBERS, CONTRADICTING, INCOMPLETE, RecordPlace
from sespms_rules.records.obligations.form import Sitting
from sespms_rules.records.reading.border import SessionRow
from sespms_rules.records.reading.rows import ReadRow, UnreadRow

_TABLE: Final = "sessions"
_NO_DAY: Final = 0
"""Before each day there is."""


class Tell(Protocol):
    """Tells what is wrong with a row: the kind of finding, the place, what it says, the fix, and the day."""

    def __call__(
        self, kind: Finding, place: RecordPlace, says: str, help: str, /, *, day: datetime.date | None
    ) -> None:
        """Tell it."""


def sittings_of(rows: Iterable[ReadRow], unread: Iterable[UnreadRow], tell: Tell) -> dict[str, Sitting]:
    """The sittings by the names of their sessions; a row that names no session may be of any."""
    found: dict[str, list[ReadRow]] = {}
    for read in rows:
        found.setdefault(read.values.session, []).append(read)
    named = Counter(each.session for each in unread if each.table == _TABLE)
    spelled = {as_one_id(name): name for name in found}
    missing: Counter[str] = Counter()
    for name, count in named.items():
        missing[spelled.setdefault(as_one_id(name), name)] += count
    of_any = missing.pop("", 0)
    sittings = {name: _Sitting(name, each, tell).sitting(of_any + missing[name]) for name, each in found.items()}
    # Of a session that stands in such rows alone nothing is known but that it was held.
    unknown = {name: Sitting(name, _NO_DAY, (), None, count, False) for name, count in missing.items()}
    return unknown | sittings


class _Sitting:
    """Puts the rows of one session together."""

    def __init__(self, name: str, reads: list[ReadRow], tell: Tell) -> None:
        self._name = name
        self._reads = reads
        self._tell = tell
        self._late: set[datetime.date] = set()

    def sitting(self, unread: int) -> Sitting:
        """The sitting; `unread` counts rows of it that could not be read."""
        members: dict[str, str] = {}
        first: SessionRow = self._reads[0].values
        for read in self._reads:
            row: SessionRow = read.values
            if row.member and members.setdefault(row.member, row.appointment) not in (row.appointment, ""):
                says = f"`{row.member}` of `{self._name}` is {row.appointment} here and {members[row.member]} above"
                says += ", so neither counts"
                self._tell(CONTRADICTING, read.place, says, "keep one of the two rows", day=row.day)
                members[row.member] = ""
            self._look_at_days(read, row, first)
        nameless = [read for read in self._reads if not read.values.member]
        if members or unread:
            for read in nameless:
                says = f"the row names no member of the session `{self._name}`"
                self._tell(INCOMPLETE, read.place, says, "write the opaque id of the member", day=read.values.day)
        else:
            says = f"the session `{self._name}` has no members on record"
            help = "give a row for each member who was there"
            self._tell(BOARD_WITHOUT_MEMBERS, self._reads[0].place, says, help, day=None)
        days = {read.values.day.toordinal() for read in self._reads}
        told = (tuple(members.items()), self._notice(), unread + len(nameless), len(days) == 1)
        return Sitting(self._name, min(days), *told)

    def _look_at_days(self, read: ReadRow, row: SessionRow, first: SessionRow) -> None:
        if row.notice and row.notice > row.day and row.notice not in self._late:
            self._late.add(row.notice)
            says = f"the notice of {row.notice} comes after the session `{self._name}` of {row.day}"
            self._tell(CONTRADICTING, read.place, says, "correct one of the two days", day=row.day)
        if row.day != first.day:
            says = f"the session `{self._name}` is on {row.day} here and on {first.day} above"
            self._tell(CONTRADICTING, read.place, says, "give each session one day", day=row.day)

    def _notice(self) -> int | None:
        """The day on which the last member was made known; None where of one who is named no day is on record."""
        notices = [read.values.notice for read in self._reads if read.values.member]
        known = [each.toordinal() for each in notices if each]
        return max(known) if known and len(known) == len(notices) else None
