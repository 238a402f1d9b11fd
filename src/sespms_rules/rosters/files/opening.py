"""A roster file as text: which kind of file it is, in which encoding, and sentences for what cannot be read."""

from __future__ import annotations

import codecs
import io
from pathlib import Path
from typing import TextIO

from sespms_rules.foundation.values import Frozen
from sespms_rules.language.parsing.reading import UnreadableFileError

_PIECE = 1 << 20
_SAYS = "rosters are read in CSV, Excel's .xlsx, JSON and Parquet"
_CONVERT = "save it as CSV UTF-8 and give that file"
_CHECK = "check the path and the name"
_OTHER_FILES = {
    ".xls": "an older Excel workbook",
    ".xlsb": "a binary Excel workbook",
    ".ods": "an OpenDocument spreadsheet",
}
_OTHER_BEGINNINGS = (
    (b"PK\x03\x04", "a zipped file that is no Excel workbook"),
    (b"\xd0\xcf\x11\xe0", "an older Excel workbook, or one with a password"),
)
_WIDE_ENCODINGS = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


class RosterFile(Frozen):
    """A roster's name, encoding and number of lines; `data` holds what can be read only once (a pipe)."""

    path: Path
    name: str
    encoding: str
    lines: int
    is_json: bool
    data: bytes | None

    def open(self) -> TextIO:
        """Open it as text, line ends as they are."""
        if self.data is not None:
            return io.TextIOWrapper(io.BytesIO(self.data), encoding=self.encoding, newline="")
        return self.path.open(encoding=self.encoding, newline="")


def examine(path: Path) -> RosterFile:
    """Look at a roster file without keeping it; raise UnreadableFileError with a plain sentence if it is no text."""
    name = str(path)
    if kind := _OTHER_FILES.get(path.suffix.lower()):
        raise UnreadableFileError(f"`{name}` is {kind}; {_SAYS}", _CONVERT)
    try:
        if path.is_dir():
            raise UnreadableFileError(f"`{name}` is a folder, not a file", "name a roster file inside it")
        data = None if path.is_file() else path.read_bytes()
        with io.BytesIO(data) if data is not None else path.open("rb") as file:
            return _examined(path, name, file, data)
    except OSError as fault:
        raise unopened(path, fault) from None


def unopened(path: Path, fault: OSError) -> UnreadableFileError:
    """What to say of a roster file that the system does not open."""
    if isinstance(fault, FileNotFoundError):
        return UnreadableFileError(f"there is no file `{path}`", _CHECK)
    return UnreadableFileError(f"`{path}` cannot be read: {(fault.strerror or str(fault)).lower()}", _CHECK)


def _examined(path: Path, name: str, file: io.BufferedIOBase, data: bytes | None) -> RosterFile:
    first = file.read(_PIECE)
    for beginning, kind in _OTHER_BEGINNINGS:
        if first.startswith(beginning):
            raise UnreadableFileError(f"`{name}` is {kind}; {_SAYS}", _CONVERT)
    if first.startswith(_WIDE_ENCODINGS):
        raise UnreadableFileError(f"`{name}` is in UTF-16", _CONVERT)
    encodings = {"utf-8": codecs.getincrementaldecoder("utf-8")(), "cp1252": codecs.getincrementaldecoder("cp1252")()}
    lines, text, piece = 0, False, first
    while piece:
        if b"\x00" in piece:
            raise UnreadableFileError(
                f"`{name}` is not text: it holds zero bytes", "give a roster in CSV, Excel's .xlsx, JSON or Parquet"
            )
        lines += piece.count(b"\n")
        text = text or bool(piece.removeprefix(codecs.BOM_UTF8).strip())
        following = file.read(_PIECE)
        for encoding, decoder in list(encodings.items()):
            try:
                decoder.decode(piece, final=not following)
            except UnicodeDecodeError:
                del encodings[encoding]
        piece = following
    if not text:
        raise UnreadableFileError(f"`{name}` is empty", "a roster has a row of headings and a row for each executive")
    if not encodings:
        raise UnreadableFileError(f"`{name}` is neither UTF-8 nor Windows-1252 text", _CONVERT)
    encoding = next(iter(encodings))
    encoding = "utf-8-sig" if encoding == "utf-8" and first.startswith(codecs.BOM_UTF8) else encoding
    begins = first.removeprefix(codecs.BOM_UTF8).lstrip()[:1]
    return RosterFile(path, name, encoding, lines + 1, path.suffix.lower() == ".json" or begins in {b"[", b"{"}, data)
