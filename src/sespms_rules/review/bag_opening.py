"""The bytes of a bag -> its files, each with the digest that its manifests say. Whoever sent it is not trusted.

Nothing is written to a disk and nothing in a bag is run. How much there is, is found out before it is unpacked.
"""

from __future__ import annotations

import hashlib
import io
import re
import zipfile
from collections.abc import Mapping
from typing import Final

from sespms_rules.foundation.packed_files import PackedFileError, Unpacked, shown
from sespms_rules.foundation.request import RequestError
from sespms_rules.foundation.values import Frozen

MOST_PACKED: Final = 20_000_000
MOST_UNPACKED: Final = 50_000_000
MOST_FILES: Final = 500
_LONGEST_NAME: Final = 200
_MANIFEST: Final = "manifest-sha256.txt"
TAG_MANIFEST: Final = "tagmanifest-sha256.txt"
_DECLARATION: Final = b"BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"
_LINE = re.compile(r"([0-9a-f]{64})  (\S(?:.*\S)?)", re.ASCII)
_PLAIN_NAME = re.compile(r"[A-Za-z0-9 ._()+,=@&'-]+", re.ASCII)


class BagError(RequestError):
    """A bag that is not accepted: one plain sentence that says why."""


class OpenedBag(Frozen):
    """A bag that is whole. `files` are all of its files by their paths below its folder `name`."""

    name: str
    files: Mapping[str, bytes]

    @property
    def payload(self) -> dict[str, bytes]:
        """The files of the payload by their paths below `data/`."""
        return {path.removeprefix("data/"): held for path, held in self.files.items() if path.startswith("data/")}


def opened_bag(held: bytes) -> OpenedBag:
    """The files of a bag. Raises BagError for one that is too large, hostile, incomplete or changed."""
    if len(held) > MOST_PACKED:
        raise BagError(f"the bag has {len(held):,} bytes; at most {MOST_PACKED:,} are read")
    try:
        packed = Unpacked(io.BytesIO(held), most_files=MOST_FILES, most_bytes=MOST_UNPACKED)
        for each in packed.entries.values():
            _refuse_unfit_name(each)
        files = {each.filename: packed.read(each.filename) for each in packed.entries.values()}
    except PackedFileError as fault:
        raise BagError(f"the bag {fault.message}; ask for it again") from None
    names = {path.partition("/")[0] for path in files}
    if len(names) != 1 or not all("/" in path for path in files):
        raise BagError("a bag is one folder, and all of its files lie in it; this zip holds something else")
    (name,) = names
    bag = OpenedBag(name, {path.partition("/")[2]: content for path, content in files.items()})
    _refuse_unlike_manifests(bag.files)
    return bag


def _refuse_unfit_name(entry: zipfile.ZipInfo) -> None:
    """Refuse what is no plain name of a plain file."""
    name = entry.filename
    called = shown(name)
    if "\\" in name or ":" in name:
        raise BagError(f"the bag holds `{called}`, which leads out of it")
    if entry.is_dir():
        raise BagError(f"the bag holds `{called}`, which is no plain file")
    plain = all(_PLAIN_NAME.fullmatch(each) and each.strip(" .") for each in name.split("/"))
    if len(name) > _LONGEST_NAME or not plain:
        raise BagError(f"`{called}` in the bag is no plain name of a file: letters A to Z, digits and `. _ -` are")


# ---- manifests ---------------------------------------------------------------------------------------


def _refuse_unlike_manifests(files: Mapping[str, bytes]) -> None:
    """Refuse a bag whose files are not just those of its manifests, byte for byte."""
    for needed in ("bagit.txt", _MANIFEST, TAG_MANIFEST):
        if needed not in files:
            raise BagError(f"the bag has no `{needed}`, so that nothing says whether it is whole")
    if files["bagit.txt"] != _DECLARATION:
        raise BagError("`bagit.txt` does not say that this is a bag of BagIt 1.0 in UTF-8")
    for manifest in (TAG_MANIFEST, _MANIFEST):
        for path, digest in _lines(manifest, files[manifest]).items():
            if path not in files:
                raise BagError(f"`{path}` stands in `{manifest}` and is missing in the bag")
            if hashlib.sha256(files[path]).hexdigest() != digest:
                raise BagError(f"`{path}` in the bag is not what was packed: its SHA-256 is not that of `{manifest}`")
    told = {*_lines(_MANIFEST, files[_MANIFEST]), *_lines(TAG_MANIFEST, files[TAG_MANIFEST]), TAG_MANIFEST}
    for needed in ("bagit.txt", _MANIFEST):
        if needed not in told:
            raise BagError(f"`{needed}` is not in `{TAG_MANIFEST}`, so that it could be changed unseen")
    extra = next((path for path in files if path not in told and not path.startswith("signatures/")), None)
    if extra is not None:
        raise BagError(f"`{extra}` is in the bag and in no manifest; somebody added it")


def _lines(name: str, held: bytes) -> dict[str, str]:
    try:
        text = held.decode()
    except UnicodeDecodeError:
        raise BagError(f"`{name}` is no text in UTF-8") from None
    found: dict[str, str] = {}
    for number, line in enumerate(text.splitlines(), 1):
        read = _LINE.fullmatch(line)
        if read is None or read[2] in found:
            raise BagError(f"line {number} of `{name}` is no digest and path, or tells a path twice")
        found[read[2]] = read[1]
    return found
