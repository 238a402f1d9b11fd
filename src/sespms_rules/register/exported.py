"""A register as JSON Lines, one entry a line and its signed head last; read back and verified without any database.

Each line is the canonical JSON of its entry, byte for byte, so that no byte of the file can change unnoticed.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any, BinaryIO, Final

from sespms_rules.foundation.files_read import note_read, opened_regular
from sespms_rules.foundation.json_values import json_values
from sespms_rules.register.chain import ALTERED, DAMAGED, MISSING, Chain, Fault, Head, fault
from sespms_rules.register.entry import MOST_IN_A_BODY, Entry, canonical
from sespms_rules.register.kept import Register
from sespms_rules.register.places import RegisterError
from sespms_rules.register.verifying import MOST_FAULTS, Verified, of_earlier, of_head, public_key

_LONGEST: Final = 2 * MOST_IN_A_BODY
_BEGINS: Final = b'{"about":'
_WHERE = "export the register again, and compare the two files"


def export_lines(register: Register) -> Iterator[str]:
    """The lines of an export, all of one state of the register. Sealed bodies stay sealed."""
    reached = 0
    head = register.head()
    for stored in register.entries():
        if stored.entry.number > head.number:
            break
        yield canonical({name: getattr(stored.entry, name) for name in Entry._fields}) + "\n"
        reached = stored.entry.number
    if reached != head.number:
        raise RegisterError(f"the register says that it reaches entry {head.number}, and ends at {reached}; verify it")
    yield canonical({"head": head_as_data(head)}) + "\n"


def head_as_data(head: Head) -> dict[str, Any]:
    """A head as JSON data, as it is printed and kept elsewhere."""
    return {name: getattr(head, name) for name in head._fields}


def read_head(path: Path) -> Head:
    """A head that was kept in a file. Raises RegisterError for a file that holds none."""
    try:
        note_read(path)
        with opened_regular(path) as file:
            return _head(json_values(file.read(10_000)))
    except OSError as problem:
        raise RegisterError(f"the head `{path}` cannot be read: {(problem.strerror or '').lower()}") from None
    except (ValueError, KeyError, TypeError):
        raise RegisterError(f"`{path}` holds no head of a register; `sespms register head` prints one") from None


def is_export(path: Path) -> bool:
    """Whether a file begins as an export does."""
    try:
        with opened_regular(path) as file:
            return file.read(len(_BEGINS)) == _BEGINS
    except (OSError, ValueError):
        return False


def verified_export(path: Path, earlier: Head | None = None) -> Verified:
    """Verify an export without a database. Raises RegisterError for a file that cannot be opened."""
    chain = Chain()
    if earlier is not None:
        chain.mark(earlier.number)
    found: list[Fault] = []
    try:
        note_read(path)
        with opened_regular(path) as file:
            for each in _faults(file, chain, earlier):
                found.append(each)
                if len(found) == MOST_FAULTS:
                    break
    except OSError as problem:
        raise RegisterError(f"`{path}` cannot be read: {(problem.strerror or '').lower()}") from None
    return Verified(chain.first, chain.last, chain.digest, tuple(found), chain.times_back)


def _faults(file: BinaryIO, chain: Chain, earlier: Head | None) -> Iterator[Fault]:
    public = ""
    head: Head | None = None
    number = 0
    while line := file.readline(_LONGEST):
        number += 1
        if head is not None:
            yield fault(DAMAGED, chain.last, f"line {number} stands behind the end of the register", _WHERE)
            return
        try:
            read = _read(line)
        except (ValueError, KeyError, TypeError, RecursionError):  # what is read may be too deep to be written
            yield fault(ALTERED, chain.last + 1, f"line {number} is not as it was written", _WHERE)
            continue
        if isinstance(read, Head):
            head = read
            continue
        yield from chain.follow(read)
        if read.number == 1:
            public = public_key(read)
    if head is None:
        says = f"the export ends after entry {chain.last} without its signed head: it was cut"
        yield fault(MISSING, chain.last, says, _WHERE)
    else:
        yield from of_head(chain, head, public)
    yield from of_earlier(chain, earlier, public)


def _read(line: bytes) -> Entry | Head:
    """A line as what it is. Raises ValueError, KeyError or TypeError for one that was not written so."""
    data = json_values(line)
    if canonical(data).encode() + b"\n" != line:
        raise ValueError
    if set(data) == {"head"}:
        return _head(data["head"])
    kinds = (int, str, str, str, str, str, int, bool, str, str, str)
    values = [data[name] for name in Entry._fields]
    if len(data) != len(values) or not all(type(one) is kind for one, kind in zip(values, kinds, strict=True)):
        raise ValueError
    return Entry(*values)


def _head(data: Any) -> Head:
    values = [data[name] for name in Head._fields]
    if len(data) != len(values) or not all(
        type(one) is kind for one, kind in zip(values, (str, int, str, str), strict=True)
    ):
        raise ValueError
    return Head(*values)
