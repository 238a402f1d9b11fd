"""Entries in order -> what is wrong with them: each is read once, and no more than the last one is kept.

A fault is told at the entry where it shows. After it the chain is followed from what is written there, so that one
change is one fault and not one for every entry behind it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from sespms_rules.foundation.diagnostic import Finding, Severity, error
from sespms_rules.foundation.values import Frozen
from sespms_rules.register.entry import NOTHING_BEFORE, Entry, entry_digest

ALTERED = error("SES713", "entry-altered")
MISSING = error("SES714", "entry-missing")
HEAD_DIFFERS = error("SES715", "head-differs")
UNGUARDED = error("SES716", "register-unguarded")
KEY_MISSING = error("SES717", "key-missing")
DAMAGED = error("SES718", "register-damaged")

OPENING: Final = "opening"
FORMAT: Final = "sespms-register/1"
_TIME = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}\.[0-9]{6}Z", re.ASCII)


class Fault(Frozen):
    """One thing wrong with a register; `number` is the entry it shows at, 0 for the register as a whole."""

    code: str
    name: str
    severity: Severity
    number: int
    message: str
    help: str


class Head(Frozen):
    """How far a register reached: the number and digest of its last entry, signed with the register's key.

    `register` is the digest of the first entry, by which a register is known; `signature` is base64.
    """

    register: str
    number: int
    digest: str
    signature: str


def fault(kind: Finding, number: int, message: str, help: str) -> Fault:
    """A fault of a kind at an entry."""
    return Fault(kind.code, kind.name, kind.severity, number, message, help)


class Chain:
    """Follows entries one after another.

    `last` is the number of the last, `digest` its digest, and `first` the digest of the first.
    """

    def __init__(self) -> None:
        self.last = 0
        self.digest = NOTHING_BEFORE
        self.first = ""
        self.times_back = 0
        self._time = ""
        self._marked: dict[int, str] = {}

    def mark(self, number: int) -> None:
        """Have the digest of an entry kept that is still to come, for `marked`."""
        self._marked[number] = ""

    def marked(self, number: int) -> str:
        """The digest of an entry that was marked; empty where the entries did not reach it."""
        return self._marked[number]

    def follow(self, entry: Entry) -> Iterator[Fault]:
        """What is wrong with the next entry, and with its place behind the one before."""
        if entry.number != self.last + 1:
            yield from self._out_of_place(entry)
        elif entry.before != self.digest:
            says = f"entry {entry.number} does not follow the entry {entry.number - 1} that stands before it"
            yield fault(ALTERED, entry.number, says, _COMPARE)
        if not _TIME.fullmatch(entry.time) or entry_digest(entry) != entry.digest:
            says = f"entry {entry.number} is not what was entered: its digest does not fit its words"
            yield fault(ALTERED, entry.number, says, _COMPARE)
        self.times_back += entry.time < self._time
        self._time = entry.time
        self.last, self.digest = max(entry.number, self.last), entry.digest
        self.first = self.first or entry.digest
        if entry.number in self._marked:
            self._marked[entry.number] = entry.digest

    def _out_of_place(self, entry: Entry) -> Iterator[Fault]:
        if entry.number <= self.last:
            yield fault(ALTERED, entry.number, f"the number {entry.number} stands in the register twice", _COMPARE)
        else:
            gap = range(self.last + 1, entry.number)
            which = f"entry {gap[0]} is" if len(gap) == 1 else f"entries {gap[0]} to {gap[-1]} are"
            yield fault(MISSING, entry.number, f"{which} missing", _COMPARE)


_COMPARE: Final = "compare it with an export or a backup made before; whoever changed it had access to the database"
