"""A roster file opened once: which kind of file it is, in which encoding, and sentences for what cannot be read.

From the headings to the last row the same open file is read, whatever happens to its name meanwhile; if its content
changes, that is an error.
"""

from __future__ import annotations

import codecs
import io
import os
import stat
import weakref
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO, TextIO

from sespms_rules.foundation.files_read import note_read
from sespms_rules.foundation.values import Frozen
from sespms_rules.language.parsing import UnreadableFileError
from sespms_rules.rosters.files.limits import MOST_BYTES, MOST_IN_MEMORY, MOST_PARTS, MOST_UNPACKED

_PIECE = 1 << 20
_SAYS = "rosters are read in CSV, Excel's .xlsx, JSON and Parquet"
CONVERT = "save it as CSV UTF-8 and give that file"
_CHECK = "check the path and the name"
_POLICY = ".sespms"
_BEHIND_IT = "name the roster; it stands behind the policy"
_OTHER_FILES = {
    ".xls": "an older Excel workbook",
    ".xlsb": "a binary Excel workbook",
    ".ods": "an OpenDocument spreadsheet",
    ".docx": "a text of Word",
    ".doc": "a text of Word",
    ".pdf": "a PDF",
    _POLICY: "a policy",
}
_OTHER_BEGINNINGS = (
    (b"PK\x03\x04", "a zipped file that is no Excel workbook"),
    (b"\xd0\xcf\x11\xe0", "an older Excel workbook, or one with a password"),
)
_WIDE_ENCODINGS = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_DESCRIPTORS = ("/dev/stdin", "/dev/fd/", "/proc/self/fd/")
_NO_FILE = {
    stat.S_ISCHR: "a device",
    stat.S_ISBLK: "a device",
    stat.S_ISSOCK: "a socket",
    stat.S_ISFIFO: "a named pipe",
}


class RosterFile:
    """A roster file, open until `close` or until nobody holds it; `name` is what messages call it by.

    `size` is how many bytes it has. What is small, or came through a pipe, is read at once and kept; anything else is
    read from the one descriptor as often as it is asked for.
    """

    def __init__(self, path: Path) -> None:
        """Open a file; raise UnreadableFileError for what is missing, forbidden, no regular file, or too large."""
        self.path = path
        self.name = str(path)
        note_read(path)
        try:
            self._descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
        except OSError as fault:
            raise unopened(path, fault) from None
        self._close = weakref.finalize(self, os.close, self._descriptor)
        self._data: bytes | None = None
        self._sha256 = ""
        self._opened_again = True
        try:
            self._first = os.fstat(self._descriptor)
            self._look()
        except OSError as fault:
            self.close()
            raise unopened(path, fault) from None
        except UnreadableFileError:
            self.close()
            raise

    def _look(self) -> None:
        mode = self._first.st_mode
        if stat.S_ISDIR(mode):
            raise UnreadableFileError(f"`{self.name}` is a folder, not a file", "name a roster file inside it")
        if stat.S_ISFIFO(mode) and self.name.startswith(_DESCRIPTORS):
            os.set_blocking(self._descriptor, True)
            self._data = self._all_of_it()
        elif not stat.S_ISREG(mode):
            kind = next((words for test, words in _NO_FILE.items() if test(mode)), "no file")
            says = f"`{self.name}` is {kind}; a roster is read from a file, or from a pipe as `/dev/stdin`"
            raise UnreadableFileError(says, "name a file")
        elif self._first.st_size > MOST_BYTES:
            raise self.too_large(MOST_BYTES)
        elif self._first.st_size <= MOST_IN_MEMORY:
            self._data = self._all_of_it()
            self.check_unchanged()
        self._opened_again = False
        self.size = self._first.st_size if self._data is None else len(self._data)

    def _all_of_it(self) -> bytes:
        """Everything, read to its end or one byte beyond the limit."""
        found = bytearray()
        while len(found) <= MOST_IN_MEMORY and (piece := os.read(self._descriptor, _PIECE)):
            found += piece
        if len(found) > MOST_IN_MEMORY:
            raise self.too_large(MOST_IN_MEMORY)
        return bytes(found)

    def too_large(self, most: int) -> UnreadableFileError:
        """What to say of a file with more bytes than `most`."""
        return UnreadableFileError(
            f"`{self.name}` has more than {most:,} bytes, too many for a roster of its kind",
            "give a smaller file, or save it as CSV UTF-8 and give that file",
        )

    def check_unchanged(self) -> None:
        """Raise UnreadableFileError where the content changed since it was opened."""
        if not (self._close.alive and stat.S_ISREG(self._first.st_mode)) or (self._data and not self._opened_again):
            return
        now = os.fstat(self._descriptor)
        if (now.st_size, now.st_mtime_ns) != (self._first.st_size, self._first.st_mtime_ns):
            says = f"`{self.name}` was changed while it was read, so what was read of it may be of two versions"
            raise UnreadableFileError(says, "close it in other programs, and run the command again")

    @contextmanager
    def content(self) -> Iterator[BinaryIO]:
        """Its bytes, from the beginning."""
        if self._data is not None:
            yield io.BytesIO(self._data)
            return
        os.lseek(self._descriptor, 0, os.SEEK_SET)
        yield io.BufferedReader(io.FileIO(self._descriptor, closefd=False))

    def in_memory(self) -> BinaryIO:
        """Its bytes, held in memory; raise UnreadableFileError where they are too many for that."""
        if self._data is None:
            raise self.too_large(MOST_IN_MEMORY)
        return io.BytesIO(self._data)

    @property
    def is_regular(self) -> bool:
        """Whether it is a file that can be read again, no pipe."""
        return stat.S_ISREG(self._first.st_mode)

    @property
    def begins(self) -> bytes:
        """Its first bytes."""
        with self.content() as file:
            return file.read(16)

    @property
    def for_library(self) -> str:
        """A path that names the open file and nothing else, for a library that opens files by path.

        A name as the user gave it may hold signs that such a library takes for a pattern, a home, or a column.
        """
        for folder in ("/proc/self/fd", "/dev/fd"):
            if self._close.alive and stat.S_ISREG(self._first.st_mode) and Path(folder, str(self._descriptor)).exists():
                self._opened_again = True
                return f"{folder}/{self._descriptor}"
        says = f"`{self.name}` cannot be read as Parquet, for which a file is needed that can be opened again"
        raise UnreadableFileError(says, f"name a file that is no pipe, or {CONVERT}")

    def digest(self) -> None:
        """Compute its SHA-256 while it is open; whoever reads its rows at the time reads on where he was."""
        from hashlib import sha256

        if self._sha256:
            return
        place = os.lseek(self._descriptor, 0, os.SEEK_CUR) if self._data is None else 0
        digest = sha256()
        with self.content() as file:
            while piece := file.read(_PIECE):
                digest.update(piece)
        self._sha256 = digest.hexdigest()
        if self._data is None:
            os.lseek(self._descriptor, place, os.SEEK_SET)

    @property
    def sha256(self) -> str:
        """What `sha256sum` says of it; of one that is closed, what was computed before."""
        self.digest()
        return self._sha256

    def close(self) -> None:
        """Let go of it; what was kept can still be read."""
        self._close()


def unopened(path: Path, fault: OSError) -> UnreadableFileError:
    """What to say of a roster file that the system does not open."""
    if isinstance(fault, FileNotFoundError):
        return UnreadableFileError(f"there is no file `{path}`", _CHECK)
    return UnreadableFileError(f"`{path}` cannot be read: {(fault.strerror or str(fault)).lower()}", _CHECK)


# ---- text ------------------------------------------------------------------------------------------


class TextFile(Frozen):
    """A roster that is text: the file, its encoding, about how many lines it has, whether it looks like JSON."""

    file: RosterFile
    encoding: str
    lines: int
    is_json: bool

    @property
    def name(self) -> str:
        """What messages call it by."""
        return self.file.name

    @contextmanager
    def open(self) -> Iterator[TextIO]:
        """Its text from the beginning, line ends as they are."""
        with self.file.content() as opened:
            text = io.TextIOWrapper(opened, encoding=self.encoding, newline="")
            yield text
            if not opened.closed:
                text.detach()


def refuse_other_kinds(path: Path) -> None:
    """Raise UnreadableFileError for a name that ends as those of files that are not read at all."""
    if kind := _OTHER_FILES.get(path.suffix.lower()):
        is_policy = kind == _OTHER_FILES[_POLICY]
        raise UnreadableFileError(f"`{path}` is {kind}; {_SAYS}", _BEHIND_IT if is_policy else CONVERT)


def examine(file: RosterFile) -> TextFile:
    """Look at a roster file without keeping it; raise UnreadableFileError with a plain sentence if it is no text."""
    with file.content() as opened:
        return _examined(file, opened)


def _examined(file: RosterFile, opened: BinaryIO) -> TextFile:
    name, first = file.name, opened.read(_PIECE)
    for beginning, kind in _OTHER_BEGINNINGS:
        if first.startswith(beginning):
            raise UnreadableFileError(f"`{name}` is {kind}; {_SAYS}", CONVERT)
    if first.startswith(_WIDE_ENCODINGS):
        raise UnreadableFileError(f"`{name}` is in UTF-16", CONVERT)
    encodings = {"utf-8": codecs.getincrementaldecoder("utf-8")(), "cp1252": codecs.getincrementaldecoder("cp1252")()}
    lines, text, piece = 0, False, first
    while piece:
        if b"\x00" in piece:
            raise UnreadableFileError(
                f"`{name}` is not text: it holds zero bytes", "give it in CSV, Excel's .xlsx, JSON or Parquet"
            )
        lines += piece.count(b"\n")
        text = text or bool(piece.removeprefix(codecs.BOM_UTF8).strip())
        following = opened.read(_PIECE)
        plain = piece.isascii()
        for encoding, decoder in list(encodings.items()):
            if plain and not decoder.getstate()[0]:
                continue  # nothing that an encoding could be told by
            try:
                decoder.decode(piece, final=not following)
            except UnicodeDecodeError:
                del encodings[encoding]
        piece = following
    if not text:
        raise UnreadableFileError(
            f"`{name}` is empty", "a table has a row of headings, and below it a row for each executive or record"
        )
    if not encodings:
        raise UnreadableFileError(f"`{name}` is neither UTF-8 nor Windows-1252 text", CONVERT)
    encoding = next(iter(encodings))
    encoding = "utf-8-sig" if encoding == "utf-8" and first.startswith(codecs.BOM_UTF8) else encoding
    begins = first.removeprefix(codecs.BOM_UTF8).lstrip()[:1]
    is_json = file.path.suffix.lower() == ".json" or begins in {b"[", b"{"}
    return TextFile(file, encoding, lines + 1, is_json)


# ---- zipped files ----------------------------------------------------------------------------------


def is_zip_with(file: RosterFile, member: str) -> bool:
    """Whether a file is a zip archive that holds a file of this name; one too large or damaged is none."""
    if not file.begins.startswith(b"PK\x03\x04") or file.size > MOST_IN_MEMORY:
        return False
    # Only who gives a zipped file waits for it.
    from sespms_rules.foundation.packed_files import PackedFileError, Unpacked

    try:
        with file.content() as opened:
            return Unpacked(opened, most_files=MOST_PARTS, most_bytes=MOST_UNPACKED, called="part").named(member)
    except PackedFileError:
        return False
