"""Bags for tests: one of an invented system, made once, and what hostile hands make of it."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from functools import cache
from pathlib import Path

from cli.running import SMALL
from sespms_rules.records.keeping import bagged
from sespms_rules.review import Submission, opened_bag, submission_bag

NAME = "submission-small"


@cache
def small_bag(*, is_test: bool = False) -> bytes:
    """The bag of a small system, whatever is left to fix in it."""
    return submission_bag(Submission("small.sespms", {"small.sespms": SMALL.encode()}, None, is_test))[0]


def members(held: bytes) -> list[tuple[zipfile.ZipInfo, bytes]]:
    """Every member of a zip with what it holds."""
    with zipfile.ZipFile(io.BytesIO(held)) as packed:
        return [(each, packed.read(each)) for each in packed.infolist()]


def rezipped(entries: list[tuple[zipfile.ZipInfo, bytes]]) -> bytes:
    """A zip of members."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as packed:
        for entry, content in entries:
            packed.writestr(entry, content)
    return target.getvalue()


def changed(path: str, change: Callable[[bytes], bytes], held: bytes | None = None) -> bytes:
    """The small bag, or another, with a file changed and nothing put right for it."""
    entries = members(held or small_bag())
    assert f"{NAME}/{path}" in {entry.filename for entry, _ in entries}
    return rezipped([(e, change(c) if e.filename == f"{NAME}/{path}" else c) for e, c in entries])


def with_member(name: str, content: bytes = b"x", mode: int = 0o100644, held: bytes | None = None) -> bytes:
    """The small bag, or another, with a member more."""
    entry = zipfile.ZipInfo(name)
    entry.external_attr, entry.create_system = mode << 16, 3
    return rezipped([*members(held or small_bag()), (entry, content)])


def forged(change: Callable[[dict[str, bytes]], None], held: bytes | None = None) -> bytes:
    """A bag whose payload was changed and whose manifests were made anew for it."""
    opened = opened_bag(held or small_bag())
    payload = opened.payload
    change(payload)
    return bagged(opened.name, payload, {"Bagging-Software": "another hand"})


def placed(folder: Path, held: bytes, name: str = "bag.zip") -> Path:
    """A bag in a file."""
    path = folder / name
    path.write_bytes(held)
    return path
