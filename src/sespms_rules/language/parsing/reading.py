"""A file on disk -> Source: the bytes become text, and what kept them from it is said in a sentence."""

from __future__ import annotations

import os
import stat
from pathlib import Path
from typing import BinaryIO

from sespms_rules.foundation.diagnostic import Diagnostic
from sespms_rules.foundation.files_read import note_read
from sespms_rules.foundation.source import Source, Span
from sespms_rules.language.parsing.findings import NOT_UTF_8

MOST_BYTES = 20_000_000
_DESCRIPTORS = ("/dev/stdin", "/dev/fd/", "/proc/self/fd/")
_BYTE_ORDER_MARK = "\ufeff"
_NO_POLICIES = {
    **dict.fromkeys((".csv", ".tsv", ".xlsx", ".xlsm", ".xls", ".ods", ".parquet"), "a table"),
    **dict.fromkeys((".docx", ".doc", ".odt", ".rtf", ".pdf"), "no plain text"),
    **dict.fromkeys((".html", ".htm", ".json", ".xml"), "a report or data"),
}
_ASK_FOR_A_POLICY = "name the policy, a text that ends in `.sespms`; where a roster is given too, it stands behind it"
_ASK_FOR_TEXT = "save the policy as plain text in UTF-8 and name that file"


class UnreadableFileError(Exception):
    """A file that cannot be read as a policy: `message` says why, `help` what to do."""

    def __init__(self, message: str, help: str) -> None:
        super().__init__(message)
        self.message = message
        self.help = help


def read_source(path: Path, name: str, *, regular: bool = False) -> tuple[Source, tuple[Diagnostic, ...]]:
    """Read a policy file; `name` is what findings call it by.

    What someone names may be a pipe that is open already (`/dev/stdin`), or a device; of what merely lies in a folder
    only `regular` files are opened. A pipe in a folder would be waited for without an end.

    The text is UTF-8, a byte order mark dropped; where it is not, it is read as Windows-1252 and a note says so.
    Raises UnreadableFileError for what is missing, a folder, forbidden, too large, no text, or no policy by its name.
    """
    note_read(path, name)
    data = _bytes_of(path, name, regular=regular)
    ending = Path(name).suffix.lower()
    if ending in _NO_POLICIES:
        raise UnreadableFileError(f"`{name}` is {_NO_POLICIES[ending]} by its name, and no policy", _ASK_FOR_A_POLICY)
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return _source(name, _in_utf_16(data, name), "UTF-16", data)
    if b"\0" in data:
        raise UnreadableFileError(f"`{name}` is not a text file: it holds bytes no text has", _ASK_FOR_TEXT)
    try:
        text = data.decode("utf-8")
        if text.startswith(_BYTE_ORDER_MARK):
            return Source(name, text.removeprefix(_BYTE_ORDER_MARK), data), ()
        return Source(name, text), ()
    except UnicodeDecodeError:
        pass
    try:
        return _source(name, data.decode("cp1252"), "Windows-1252", data)
    except UnicodeDecodeError:
        raise UnreadableFileError(f"`{name}` is not a text file in UTF-8 or Windows-1252", _ASK_FOR_TEXT) from None


def _source(name: str, text: str, encoding: str, data: bytes) -> tuple[Source, tuple[Diagnostic, ...]]:
    source = Source(name, text.removeprefix(_BYTE_ORDER_MARK), data)
    message = f"`{name}` is not written in UTF-8; it was read as {encoding}"
    help = "save it in UTF-8 so that every reader sees it alike"
    return source, (NOT_UTF_8.at(Span(source, 0, 0), message, help=help),)


def _in_utf_16(data: bytes, name: str) -> str:
    try:
        return data.decode("utf-16")
    except UnicodeDecodeError:
        raise UnreadableFileError(f"`{name}` is not a text file", _ASK_FOR_TEXT) from None


def _bytes_of(path: Path, name: str, *, regular: bool) -> bytes:
    """The bytes of a regular file (or a pipe) of bearable size."""
    try:
        if stat.S_ISDIR(path.stat().st_mode):
            raise UnreadableFileError(f"`{name}` is a folder, not a file", "name a policy file inside it")
        with _opened(path) as file:
            mode = os.fstat(file.fileno()).st_mode
            is_waited_for = stat.S_ISFIFO(mode) and not str(path).startswith(_DESCRIPTORS)
            if is_waited_for or (regular and not stat.S_ISREG(mode)):
                raise UnreadableFileError(f"`{name}` is not a regular file", _ASK_FOR_TEXT)
            data = _to_the_end(file)
    except FileNotFoundError:
        raise UnreadableFileError(f"there is no file `{name}`", _nearest(path)) from None
    except PermissionError:
        raise UnreadableFileError(f"you may not read `{name}`", "ask its owner for permission to read it") from None
    except (OSError, ValueError) as problem:
        reason = problem.strerror if isinstance(problem, OSError) and problem.strerror else str(problem)
        raise UnreadableFileError(f"`{name}` cannot be read: {reason.lower()}", "check the name and the disk") from None
    if len(data) > MOST_BYTES:
        raise UnreadableFileError(
            f"`{name}` is larger than {MOST_BYTES // 1_000_000} megabytes",
            "a policy is a text of some hundred lines; check that this is the right file",
        )
    return data


def _opened(path: Path) -> BinaryIO:
    """A file opened to be read, without waiting for a pipe's writer, so that it can be seen to be a pipe."""
    if not hasattr(os, "O_NONBLOCK"):
        return path.open("rb")
    return os.fdopen(os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC), "rb")


def _to_the_end(file: BinaryIO) -> bytes:
    """What is in a file up to one byte more than there may be; of a pipe that is open, whatever is written into it."""
    if hasattr(os, "set_blocking"):
        os.set_blocking(file.fileno(), True)
    return file.read(MOST_BYTES + 1)


def _nearest(path: Path) -> str:
    """Offer the file beside it whose name is nearest; endings do not count, for all policies have the same."""
    from difflib import get_close_matches

    try:
        beside = sorted(each.name for each in path.parent.iterdir())
    except OSError:
        return f"there is no folder `{path.parent}` either; check the path"
    beside.sort(key=lambda each: (Path(each).suffix == path.suffix, Path(each).suffix == ".sespms"))
    by_stem = {Path(each).stem: each for each in beside}
    near = get_close_matches(path.stem, by_stem, n=1)
    return f"did you mean `{path.with_name(by_stem[near[0]])}`?" if near else "check the path and the name"
