"""A zip that a stranger packed -> its files, bounded before and while each is unpacked; nothing is written to a disk.

Rosters and forms in Excel, descriptions in Word and bags are zips. A few kilobytes of one can stand for gigabytes, name
one file twice, point at a file of the reader's own, or be packed so that unpacking takes the memory of the machine.
Each is refused here, in words that stand behind the name of the file.
"""

from __future__ import annotations

import io
import lzma
import stat
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import IO, BinaryIO, Final

_END_OF_DIRECTORY: Final = b"PK\x05\x06"
_READ_OTHERWISE: Final = "in it, so that another program may read another file than this one"
_SHORTEST_END, _LONGEST_COMMENT = 22, 65_535
_LONGEST_ENTRY: Final = 1_000
"""Bytes that one file may take in the directory of a zip, on the average."""
_ENCRYPTED: Final = 0x1
_SHOWN: Final = 200
RAISED_BY_ZIPS: Final = (
    EOFError,
    IndexError,
    KeyError,
    NotImplementedError,
    OSError,
    OverflowError,
    RuntimeError,
    ValueError,
    lzma.LZMAError,
    zipfile.BadZipFile,
    zlib.error,
)
"""What the libraries raise for a zip that is damaged, cut, or of no kind that they know."""


class PackedFileError(Exception):
    """What is wrong with a zip: `message` stands behind the name of the file."""

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


class DamagedPackError(PackedFileError):
    """A file that is no zip, or one that is cut or damaged."""

    def __init__(self) -> None:
        super().__init__("is no zip that can be read, or it is damaged")


class LockedPackError(PackedFileError):
    """A zip of which a file is encrypted."""

    def __init__(self, name: str) -> None:
        super().__init__(f"is protected by a password: `{shown(name)}` in it is encrypted")


class Unpacked:
    """The files of a zip. Raises PackedFileError for one that is hostile or damaged, when it is opened and when read.

    At most `most_files` files are read, and at most `most_bytes` bytes are unpacked in all; `called` is what messages
    call a file of it. `entries` are the files by their names in small letters.
    """

    def __init__(self, file: BinaryIO, *, most_files: int, most_bytes: int, called: str = "file") -> None:
        self._left = self._most_bytes = most_bytes
        self._called = called
        with damage_told():
            self._refuse_many(file, most_files)
            self._zip = zipfile.ZipFile(file)
            entries = self._zip.infolist()
        if len(entries) > most_files:
            raise self._too_many(most_files)
        if min((each.header_offset for each in entries), default=0) > 0:
            raise PackedFileError(f"holds something before the zip {_READ_OTHERWISE}")
        kept: dict[str, zipfile.ZipInfo] = {}
        for each in entries:
            self._refuse_unfit(each)
            if each.filename.casefold() in kept:
                says = f"holds the {called} `{shown(each.filename)}` twice, and which is meant cannot be told"
                raise PackedFileError(says)
            kept[each.filename.casefold()] = each
        if sum(each.file_size for each in entries) > most_bytes:
            raise self._too_large()
        self.entries: Mapping[str, zipfile.ZipInfo] = kept

    def _refuse_many(self, file: BinaryIO, most: int) -> None:
        """Refuse by the number of files that the end of the zip tells, before its directory is read."""
        size = file.seek(0, io.SEEK_END)
        file.seek(max(0, size - _SHORTEST_END - _LONGEST_COMMENT))
        end = file.read()
        at = end.rfind(_END_OF_DIRECTORY)
        if at < 0 or at + _SHORTEST_END > len(end):
            raise DamagedPackError
        comment = int.from_bytes(end[at + _SHORTEST_END - 2 : at + _SHORTEST_END], "little")
        if at + _SHORTEST_END + comment != len(end):
            raise PackedFileError(f"holds something behind the zip {_READ_OTHERWISE}")
        count, length = (int.from_bytes(end[at + begin : at + begin + n], "little") for begin, n in ((10, 2), (12, 4)))
        if count > most or length > most * _LONGEST_ENTRY:
            raise self._too_many(most)

    def _refuse_unfit(self, entry: zipfile.ZipInfo) -> None:
        """Refuse what is no plain file, lies elsewhere, or is unpacked in a way that has no bound."""
        name = shown(entry.filename)
        kind = stat.S_IFMT(entry.external_attr >> 16)
        if entry.filename.startswith(("/", "\\")) or ".." in entry.filename.replace("\\", "/").split("/"):
            raise PackedFileError(f"holds `{name}`, which leads out of it")
        if kind == stat.S_IFLNK:
            raise PackedFileError(f"holds `{name}`, which is a link, and links are not followed")
        if kind not in (0, stat.S_IFREG, stat.S_IFDIR):
            raise PackedFileError(f"holds `{name}`, which is no plain file")
        if entry.flag_bits & _ENCRYPTED:
            raise LockedPackError(entry.filename)
        if entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise PackedFileError(f"holds `{name}`, which is packed in a way that is not read")

    def _too_many(self, most: int) -> PackedFileError:
        return PackedFileError(f"holds more than {most:,} {self._called}s")

    def _too_large(self) -> PackedFileError:
        return PackedFileError(f"unpacks to more than {self._most_bytes:,} bytes")

    def named(self, name: str) -> bool:
        """Whether there is a file of this name; capitals do not count."""
        return name.casefold() in self.entries

    @contextmanager
    def opened(self, name: str) -> Iterator[CountedStream]:
        """A file of the zip, open to be read piece by piece; what is read is counted, whatever the zip says of it.

        Raises KeyError for a name of none.
        """
        entry = self.entries[name.casefold()]
        with damage_told():
            stream = self._zip.open(entry)
        with stream:
            yield CountedStream(stream, self)

    def read(self, name: str) -> bytes:
        """A file of the zip, whole."""
        with self.opened(name) as stream:
            return stream.read(self._left + 1)

    def take(self, size: int) -> None:
        """Count bytes that were unpacked."""
        self._left -= size
        if self._left < 0:
            raise self._too_large()


class CountedStream:
    """A file of a zip being unpacked, whose bytes are counted."""

    def __init__(self, stream: IO[bytes], among: Unpacked) -> None:
        self._stream = stream
        self._among = among

    def read(self, size: int = -1) -> bytes:
        """The next bytes, at most `size`."""
        with damage_told():
            piece = self._stream.read(size)
        self._among.take(len(piece))
        return piece


def shown(name: str) -> str:
    """The name of a file in a zip as a message can show it."""
    return "".join(each if each.isprintable() else "?" for each in name[:_SHOWN])


@contextmanager
def damage_told() -> Iterator[None]:
    """Turn what the libraries raise for a damaged zip into DamagedPackError."""
    try:
        yield
    except RAISED_BY_ZIPS:
        raise DamagedPackError from None
