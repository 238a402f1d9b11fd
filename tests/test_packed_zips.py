"""Three kinds of files are zips, and one hostile zip is refused alike by each of their readers, in the same words."""

from __future__ import annotations

import io
import struct
import zipfile
from collections.abc import Callable
from functools import cache
from pathlib import Path

import docx
import pytest

from review.bags import small_bag
from rosters.every_engine import program_of
from rosters.office_rosters import WEIGHED
from sespms_rules.documents import word_file
from sespms_rules.foundation.packed_files import PackedFileError, Unpacked
from sespms_rules.foundation.request import RequestError
from sespms_rules.language.parsing import UnreadableFileError
from sespms_rules.review import opened_bag
from sespms_rules.rosters.files import read_roster
from workbooks import workbook

Change = Callable[[bytes], bytes]


def _with(name: str, *, mode: int = 0o100644, packed: int = zipfile.ZIP_STORED, content: bytes = b"x") -> Change:
    """A zip with one file more."""

    def changed(held: bytes) -> bytes:
        made = io.BytesIO(held)
        with zipfile.ZipFile(made, "a") as target:
            folder = target.namelist()[0].split("/")[0] if "bagit" in "".join(target.namelist()) else "xl"
            entry = zipfile.ZipInfo(name.replace("FOLDER", folder))
            entry.external_attr, entry.create_system, entry.compress_type = mode << 16, 3, packed
            target.writestr(entry, content)
        return made.getvalue()

    return changed


def _locked(held: bytes) -> bytes:
    """The first file of the directory marked as encrypted."""
    at = held.index(b"PK\x01\x02")
    return held[: at + 8] + b"\x01" + held[at + 9 :]


def _claims_many(held: bytes) -> bytes:
    """The end of the zip says that it holds 65,535 files."""
    at = held.rindex(b"PK\x05\x06")
    return held[: at + 8] + struct.pack("<HH", 65_535, 65_535) + held[at + 12 :]


def _many(held: bytes) -> bytes:
    """Six thousand files more, of which the end of the zip says nothing."""
    made = io.BytesIO(held)
    with zipfile.ZipFile(made, "a") as target:
        for number in range(6_000):
            target.writestr(zipfile.ZipInfo(f"xl/{number}"), b"")
    told = made.getvalue()
    at = told.rindex(b"PK\x05\x06")
    return told[: at + 8] + struct.pack("<HH", 9, 9) + told[at + 12 :]


def _lying(held: bytes) -> bytes:
    """A file of 30 megabytes of blanks which the directory calls nine bytes long."""
    made = _with("FOLDER/bomb.xml", packed=zipfile.ZIP_DEFLATED, content=b" " * 30_000_000)(held)
    at = made.rindex(b"PK\x01\x02")
    return made[: at + 24] + struct.pack("<I", 9) + made[at + 28 :]


def _commented_wrongly(held: bytes) -> bytes:
    """The end of the zip says that its comment has two letters, and it has four."""
    return held[:-2] + b"\x02\0abcd"


HOSTILE: dict[str, tuple[Change, str]] = {
    "a link": (_with("FOLDER/l", mode=0o120777, content=b"/etc/passwd"), "is a link, and links are not followed"),
    "a pipe": (_with("FOLDER/p", mode=0o010644), "is no plain file"),
    "upward": (_with("FOLDER/../../x"), "leads out of it"),
    "upward by the other stroke": (_with("FOLDER\\..\\x"), "leads out of it"),
    "absolute": (_with("/etc/x"), "leads out of it"),
    "in bzip2": (_with("FOLDER/b", packed=zipfile.ZIP_BZIP2), "packed in a way that is not read"),
    "in LZMA": (_with("FOLDER/b", packed=zipfile.ZIP_LZMA), "packed in a way that is not read"),
    "encrypted": (_locked, "is protected by a password"),
    "many by its own word": (_claims_many, "holds more than"),
    "many": (_many, "holds more than"),
    "letters before it": (lambda held: b"\0\1\2\3" + held, "holds something before the zip in it"),
    "letters behind it": (lambda held: held + b"\n", "holds something behind the zip in it"),
    "two in one": (lambda held: held + held, "holds something before the zip in it"),
    "a comment that goes on": (_commented_wrongly, "holds something behind the zip in it"),
}


@cache
def _sound(kind: str) -> bytes:
    if kind == "bag":
        return small_bag()
    made = io.BytesIO()
    docx.Document().save(made)
    return made.getvalue()


def _refusal(kind: str, change: Change, folder: Path) -> str:
    """What the reader of a kind says of a changed file."""
    if kind == "bag":
        with pytest.raises(RequestError) as refused:
            opened_bag(change(_sound(kind)))
        return str(refused.value)
    if kind == "Word":
        (folder / "d.docx").write_bytes(change(_sound(kind)))
        with pytest.raises(RequestError) as refused:
            word_file(str(folder / "d.docx"))
        return str(refused.value)
    roster = workbook(folder / "r.xlsx", ("id", "Leading People weight", "Leading People level"), ("a", 40, 5))
    roster.write_bytes(change(roster.read_bytes()))
    with pytest.raises(UnreadableFileError) as unread:
        read_roster(roster, program_of(WEIGHED))
    return unread.value.message


@pytest.mark.attack("hostile zips")
@pytest.mark.parametrize("kind", ["bag", "Word", "workbook"])
@pytest.mark.parametrize("attack", HOSTILE)
def test_a_hostile_zip_is_refused_alike_by_every_reader(tmp_path: Path, kind: str, attack: str) -> None:
    change, says = HOSTILE[attack]
    told = _refusal(kind, change, tmp_path)
    assert says in told
    assert "\n" not in told


def test_a_zip_may_have_a_comment() -> None:
    held = _sound("Word")
    Unpacked(io.BytesIO(held[:-2] + b"\x02\0ab"), most_files=100, most_bytes=1_000_000)


@pytest.mark.attack("hostile zips")
def test_what_a_zip_says_of_its_sizes_is_not_believed() -> None:
    unpacked = Unpacked(io.BytesIO(_lying(_sound("Word"))), most_files=100, most_bytes=1_000_000)
    with pytest.raises(PackedFileError):
        unpacked.read("xl/bomb.xml")
    with unpacked.opened("word/document.xml") as stream:
        assert stream.read(5) == b"<?xml"


def test_bytes_that_were_unpacked_are_counted_over_all_files() -> None:
    held = _sound("Word")
    with zipfile.ZipFile(io.BytesIO(held)) as sound:
        together = sum(each.file_size for each in sound.infolist())
    unpacked = Unpacked(io.BytesIO(held), most_files=100, most_bytes=together)
    names = [each.filename for each in unpacked.entries.values()]
    assert sum(len(unpacked.read(each)) for each in names) == together
    with pytest.raises(PackedFileError, match=f"unpacks to more than {together:,} bytes"):
        unpacked.read("word/document.xml")
