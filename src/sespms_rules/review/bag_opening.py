"""The bytes of a bag -> its files, each with the digest that its manifests say. Whoever sent it is not trusted.

Nothing is written to a disk and nothing in a bag is run. How much there is, is found out before it is unpacked.
"""

from __future__ import annotations

import hashlib
import io
import re
import stat
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from typing import Final

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
_END_OF_DIRECTORY: Final = b"PK\x05\x06"
_SHORTEST_END, _COMMENT = 22, 65_535
_PLAIN_NAME = re.compile(r"[A-Za-z0-9 ._()+,=@&'-]+", re.ASCII)
_ENCRYPTED: Final = 0x1


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
    _refuse_many(held)
    try:
        with zipfile.ZipFile(io.BytesIO(held)) as packed:
            files = dict(_unpacked(packed))
    except (
        zipfile.BadZipFile,
        zlib.error,
        EOFError,
        OSError,
        RuntimeError,
        NotImplementedError,
        ValueError,
    ) as problem:
        if isinstance(problem, BagError):
            raise
        raise BagError("the bag is no zip that can be read, or it is damaged; ask for it again") from None
    names = {path.partition("/")[0] for path in files}
    if len(names) != 1 or not all("/" in path for path in files):
        raise BagError("a bag is one folder, and all of its files lie in it; this zip holds something else")
    (name,) = names
    bag = OpenedBag(name, {path.partition("/")[2]: content for path, content in files.items()})
    _refuse_unlike_manifests(bag.files)
    return bag


def _refuse_many(held: bytes) -> None:
    """Refuse a zip by the number of files that its end tells, before its directory is read."""
    at = held.rfind(_END_OF_DIRECTORY, max(0, len(held) - _SHORTEST_END - _COMMENT))
    if at < 0 or at + _SHORTEST_END > len(held):
        raise BagError("the bag is no zip that can be read, or it is damaged; ask for it again")
    count, size = int.from_bytes(held[at + 10 : at + 12], "little"), int.from_bytes(held[at + 12 : at + 16], "little")
    if count > MOST_FILES or size > MOST_FILES * 1_000:
        raise BagError(f"the bag holds more than {MOST_FILES} files; a submission has some dozens")


def _unpacked(packed: zipfile.ZipFile) -> Iterator[tuple[str, bytes]]:
    entries = packed.infolist()
    if len(entries) > MOST_FILES:
        raise BagError(f"the bag holds more than {MOST_FILES} files; a submission has some dozens")
    known: set[str] = set()
    left = MOST_UNPACKED
    for entry in entries:
        _refuse_unfit(entry)
        if entry.filename.casefold() in known:
            raise BagError(f"`{entry.filename}` stands in the bag twice")
        known.add(entry.filename.casefold())
        with packed.open(entry) as file:
            content = file.read(left + 1)  # what a zip says of sizes is not believed
        left -= len(content)
        if left < 0:
            raise BagError(f"the bag unpacks to more than {MOST_UNPACKED:,} bytes; it is not unpacked further")
        yield entry.filename, content


def _refuse_unfit(entry: zipfile.ZipInfo) -> None:
    """Refuse what is no plain file at a plain place."""
    name = entry.filename
    kind = stat.S_IFMT(entry.external_attr >> 16)
    shown = "".join(each if each.isprintable() else "?" for each in name[:_LONGEST_NAME])
    parts = name.split("/")
    if name.startswith(("/", "\\")) or ".." in parts or "\\" in name or ":" in name:
        raise BagError(f"`{shown}` in the bag leads out of it")
    if kind == stat.S_IFLNK:
        raise BagError(f"`{shown}` in the bag is a link, and links are not followed")
    if kind not in (0, stat.S_IFREG) or entry.is_dir():
        raise BagError(f"`{shown}` in the bag is no plain file")
    if len(name) > _LONGEST_NAME or not all(_PLAIN_NAME.fullmatch(each) and each.strip(" .") for each in parts):
        raise BagError(f"`{shown}` in the bag is no plain name of a file: letters A to Z, digits and `. _ -` are")
    if entry.flag_bits & _ENCRYPTED:
        raise BagError(f"`{shown}` in the bag is encrypted")
    if entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        raise BagError(f"`{shown}` in the bag is packed in a way that is not read")


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
