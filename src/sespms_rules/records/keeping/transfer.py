"""What a register holds of one executive -> the bag that goes along to the gaining agency.

The records are one JSON file that `sespms cycle` and `sespms register add` read; beside it stands which entries they
come from, with their digests and the signed head, so that the losing agency's register can be compared later.
"""

from __future__ import annotations

import json
from typing import Any, Final

from sespms_rules.foundation.letters import as_one_id
from sespms_rules.records.keeping.bags import bagged
from sespms_rules.records.keeping.held import RECORD, held_in, kept_series, subject_of
from sespms_rules.records.reading import TABLES
from sespms_rules.register import Register, RegisterError, Which, head_as_data

_README: Final = """Performance records of one executive, for the agency that takes the executive on.

data/records/…json   the records of a year each; `sespms cycle POLICY FILE` reads one
data/entries.json    the entries of the register that they were taken from, and how far the register reached
manifest-sha256.txt  the SHA-256 of each file: whoever has a BagIt program can check that nothing was lost

Nothing in these files is a name or a number of a person: ids are those of the agency that sent them.
"""


def transferred(register: Register, executive: str) -> tuple[bytes, int]:
    """The bag of an executive as the bytes of a zip, and how many rows are in it.

    Raises RegisterError where nothing is on record of the executive.
    """
    payload: dict[str, bytes] = {"README.txt": _README.encode()}
    count = 0
    numbers: list[int] = []
    for series in kept_series(register):
        held = held_in(register, series)
        own = set(held.numbers_of(executive))
        rows = [each for each in held.rows.values() if each.number in own]
        if not rows:
            continue
        sittings = {as_one_id(each.cells.get("session", "")) for each in rows if each.table == "acts"}
        board = [each for each in held.rows.values() if each.table == "sessions" and _is_of(each.cells, sittings)]
        tables: dict[str, list[dict[str, str]]] = {name: [] for name in TABLES}
        for each in sorted((*rows, *board), key=lambda row: row.number):
            tables[each.table].append(each.cells)
            numbers.append(each.number)
        payload[f"records/{len(payload):02}-{_plain(series)}.json"] = _as_json(tables)
        count += len(rows)
    if not count:
        raise RegisterError(f"nothing is on record of an executive `{executive}`")
    payload["entries.json"] = _as_json(_entries(register, set(numbers)))
    info = {
        "Bagging-Software": "sespms_rules",
        "External-Description": "performance records of one executive",
        "External-Identifier": executive,
    }
    return bagged(f"records-{_plain(executive)}", payload, info), count


def _is_of(cells: dict[str, str], sittings: set[str]) -> bool:
    return as_one_id(subject_of("sessions", cells)) in sittings


def _entries(register: Register, numbers: set[int]) -> dict[str, Any]:
    entries = (each.entry for each in register.entries(Which(kind=RECORD)))
    return {
        "head": head_as_data(register.head()),
        "entries": [
            {"number": each.number, "time": each.time, "by": each.by, "series": each.series, "digest": each.digest}
            for each in entries
            if each.number in numbers
        ],
    }


def _as_json(data: Any) -> bytes:
    return (json.dumps(data, indent=1, ensure_ascii=False) + "\n").encode()


def _plain(executive: str) -> str:
    return "".join(sign if sign.isascii() and (sign.isalnum() or sign in "-_") else "_" for sign in executive)
