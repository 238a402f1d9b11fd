"""A register -> what is wrong with it: its chain, its head, its guards, its keys, and the file it stands in."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from sqlalchemy import Connection

from sespms_rules.foundation.json_values import json_values
from sespms_rules.foundation.values import Frozen, field
from sespms_rules.register.chain import (
    DAMAGED,
    FORMAT,
    HEAD_DIFFERS,
    KEY_MISSING,
    MISSING,
    OPENING,
    UNGUARDED,
    Chain,
    Fault,
    Head,
    fault,
)
from sespms_rules.register.database import damage, missing_guards, reading, strange_triggers
from sespms_rules.register.entry import Entry
from sespms_rules.register.kept import Register, entries_in, head_in, kept_in_spite, without_keys
from sespms_rules.register.keys import is_signed
from sespms_rules.register.places import RegisterError

MOST_FAULTS: Final = 100
_AFTER_THAT: Final = "compare it with an export or a backup made before"


class Verified(Frozen):
    """What verifying found. `register` is the digest it is known by, `reached` the number and digest of its last entry.

    `times_back` counts entries whose time is before that of the entry before: two clocks that differ, which is no
    fault. `opened` says whether sealed bodies were opened too. Of more than MOST_FAULTS faults the rest is left out.
    """

    register: str
    reached: int
    digest: str
    faults: tuple[Fault, ...]
    times_back: int = field(default=0)
    opened: bool = field(default=False)


def verified(register: Register, earlier: Head | None = None) -> Verified:
    """Read a register from its first entry to its last, opening sealed bodies where its keys are at hand.

    `earlier` is a head that was kept elsewhere: the register must reach it and still say what it said then.
    """
    chain = Chain()
    found: list[Fault] = []
    opens = register.has_keys
    try:
        with reading(register.engine, register.place) as connection:
            for each in _faults(connection, register, chain, earlier):
                found.append(each)
                if len(found) == MOST_FAULTS:
                    break
    except RegisterError as problem:
        help = "restore it from a backup, and verify that"
        found.append(fault(DAMAGED, chain.last, f"after entry {chain.last} nothing can be read: {problem}", help))
    return Verified(chain.first, chain.last, chain.digest, tuple(found), chain.times_back, opens)


def _faults(connection: Connection, register: Register, chain: Chain, earlier: Head | None) -> Iterator[Fault]:
    for told in damage(connection):
        yield fault(DAMAGED, 0, f"the file is damaged: {told}", "restore it from a backup, and verify that")
    for name in missing_guards(connection):
        says = f"the database does not guard the register any more: `{name}` is gone or was changed"
        yield fault(UNGUARDED, 0, says, "ask who changed the database, and compare the register with an export")
    for name in strange_triggers(connection):
        says = f"the database has a trigger `{name}`, which no register has: what it does is done with each entry"
        yield fault(UNGUARDED, 0, says, "ask who changed the database, and compare the register with an export")
    if earlier is not None:
        chain.mark(earlier.number)
    public = ""
    for stored in entries_in(connection):
        yield from chain.follow(stored.entry)
        if stored.entry.number == 1:
            public = public_key(stored.entry)
        if register.has_keys and stored.wrapped is not None and stored.entry.sealed:
            yield from _unopened(register, stored.entry, stored.wrapped)
    yield from of_head(chain, head_in(connection, register.place), public)
    yield from of_earlier(chain, earlier, public)
    for number in without_keys(connection, MOST_FAULTS):
        says = f"the key of entry {number} is gone, and no destruction of it is entered"
        yield fault(KEY_MISSING, number, says, "restore the table of keys from a backup")
    for number in kept_in_spite(connection, MOST_FAULTS):
        says = f"entry {number} counts as destroyed, and its key is there still"
        yield fault(KEY_MISSING, number, says, "a key was put back after the destruction; have it deleted")


def _unopened(register: Register, entry: Entry, wrapped: bytes) -> Iterator[Fault]:
    try:
        register.opened(entry, wrapped)
    except RegisterError as problem:
        yield fault(KEY_MISSING, entry.number, f"entry {entry.number} does not open: {problem}", _AFTER_THAT)


def public_key(first: Entry) -> str:
    """The public key that a first entry names; empty where it is none of a register."""
    try:
        body = json_values(first.body)
        fits = first.kind == OPENING and body["format"] == FORMAT
        return str(body["public key"]) if fits else ""
    except (ValueError, KeyError, TypeError):
        return ""


def of_head(chain: Chain, head: Head, public: str) -> Iterator[Fault]:
    """Whether the signed head is that of these entries."""
    if not is_signed(head, public):
        says = "how far the register reaches is not signed with its key"
        yield fault(HEAD_DIFFERS, head.number, says, _AFTER_THAT)
    if head.register != chain.first:
        says = "the signed head is that of another register, or the first entry was changed"
        yield fault(HEAD_DIFFERS, 1, says, _AFTER_THAT)
    if chain.last < head.number:
        gap = (
            f"entry {head.number} is"
            if chain.last + 1 == head.number
            else f"entries {chain.last + 1} to {head.number} are"
        )
        yield fault(MISSING, head.number, f"{gap} missing at the end: the register was cut", _AFTER_THAT)
    elif chain.last > head.number:
        says = f"the register was signed up to entry {head.number}, and goes on to {chain.last}"
        yield fault(HEAD_DIFFERS, chain.last, says, _AFTER_THAT)
    elif chain.digest != head.digest:
        says = f"entry {head.number} is not the one that was signed as the last"
        yield fault(HEAD_DIFFERS, head.number, says, _AFTER_THAT)


def of_earlier(chain: Chain, earlier: Head | None, public: str) -> Iterator[Fault]:
    """Whether the entries still say what they said when a head was kept elsewhere."""
    if earlier is None:
        return
    if earlier.register != chain.first or not is_signed(earlier, public):
        says = "the head that was kept elsewhere is that of another register, or this one was written anew"
        yield fault(HEAD_DIFFERS, 0, says, _AFTER_THAT)
    elif chain.last < earlier.number:
        says = f"the register ends at entry {chain.last}, and it reached {earlier.number} when the head was kept"
        yield fault(MISSING, earlier.number, says, _AFTER_THAT)
    elif chain.marked(earlier.number) != earlier.digest:
        says = f"entry {earlier.number} is not what it was when the head was kept"
        yield fault(HEAD_DIFFERS, earlier.number, says, _AFTER_THAT)
