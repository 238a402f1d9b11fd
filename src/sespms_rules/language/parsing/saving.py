"""What is worth keeping between two runs of the program: plain JSON in the user's own cache folder.

JSON cannot execute anything. A file is read and written only in a folder, and is only a file, that belongs to this
user alone and is no link, so that nobody else can say what is read or where is written. It begins with a checksum and
bears the state of the program in its name. Nothing that is kept is needed: what is absent, damaged or doubtful is
made anew, and no word is said about it.
"""

from __future__ import annotations

import json
import os
import stat
import zlib
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import cache
from pathlib import Path
from typing import Any

from sespms_rules.foundation.resources import grammar_path

_FORMAT = 2
"""Raised when the files change their shape, so that no older one is read."""

_MOST_BYTES = 20_000_000
_MOST_FILES = 200
"""More are there only when many versions of the program were run; those not made for longest are removed."""

_DOORS = getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_CLOEXEC", 0)


def cache_folder() -> Path | None:
    """Return the folder that is kept; None when no home folder is known."""
    named = os.environ.get("SESPMS_CACHE")
    if named:
        return Path(named)
    try:
        return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "sespms_rules"
    except RuntimeError:
        return None


def saved_name(kind: str, text: str) -> str:
    """The name of what is kept of a text: it changes with the text and with the program that reads it."""
    return f"{kind}-{_FORMAT}-{_state_of_the_program()}-{zlib.crc32(text.encode()):08x}.json"


@cache
def _state_of_the_program() -> str:
    """The state of everything that shapes what is kept: the code of the parser and of the tree, and the grammar.

    A number of the version alone would not do: it stays the same while someone works on the program.
    """
    here = Path(__file__).parent
    files = [each for folder in (here, here.parent / "syntax") for each in os.scandir(folder) if each.is_file()]
    states = sorted((each.name, each.stat().st_size, each.stat().st_mtime_ns) for each in files)
    grammar = grammar_path().stat()
    return f"{zlib.crc32(repr((states, grammar.st_size, grammar.st_mtime_ns)).encode()):08x}"


def read_saved(path: Path) -> Any:
    """Return what a file holds; None when it is absent, another's, a link, or damaged."""
    try:
        with _folder(path.parent) as folder, open(_named(path, folder), "rb", opener=_opener(folder)) as file:
            if not _is_private(os.fstat(file.fileno()), stat.S_ISREG):
                return None
            checksum, _, body = file.read(_MOST_BYTES).partition(b"\n")
        return json.loads(body) if checksum == _checksum(body) else None
    except (OSError, ValueError, RecursionError):
        return None


def save(made: Any, path: Path) -> None:
    """Save it whole or not at all; a folder that cannot be written, or is not this user's, is no fault, only slower."""
    body = json.dumps(made, separators=(",", ":")).encode()
    with suppress(OSError):
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with _folder(path.parent) as folder:
            _put(_checksum(body) + b"\n" + body, path, folder)
            _tidy(path.parent, folder)


def _put(data: bytes, path: Path, folder: int | None) -> None:
    """Write a file of this user alone beside its place, then put it there in one step."""
    beside = path.with_name(f"{path.name}.{os.getpid()}-{os.urandom(6).hex()}")
    made = os.open(_named(beside, folder), os.O_WRONLY | os.O_CREAT | os.O_EXCL | _DOORS, 0o600, dir_fd=folder)
    try:
        with os.fdopen(made, "wb") as file:
            file.write(data)
        os.replace(_named(beside, folder), _named(path, folder), src_dir_fd=folder, dst_dir_fd=folder)
    except OSError:
        with suppress(OSError):
            os.unlink(_named(beside, folder), dir_fd=folder)
        raise


def _tidy(path: Path, folder: int | None) -> None:
    """Remove the files not made for longest where there are very many."""
    with os.scandir(folder if folder is not None else path) as entries:
        kept = [(each.stat(follow_symlinks=False).st_mtime_ns, each.name) for each in entries if ".json" in each.name]
    for _, name in sorted(kept)[: max(0, len(kept) - _MOST_FILES)]:
        os.unlink(_named(path / name, folder), dir_fd=folder)


def _checksum(body: bytes) -> bytes:
    """What tells a file that lost or changed a part; it is no secret, and keeps nobody out."""
    return f"{zlib.crc32(body):08x} {len(body)}".encode()


# ---- whose it is -----------------------------------------------------------------------------------


@contextmanager
def _folder(path: Path) -> Iterator[int | None]:
    """The folder, held open so that nothing is put in its place meanwhile; None where a system cannot do that.

    Raises OSError where it is a link, another's, or open to others.
    """
    if os.open not in os.supports_dir_fd:
        yield None
        return
    held = os.open(path, os.O_RDONLY | os.O_DIRECTORY | _DOORS)
    try:
        if not _is_private(os.fstat(held), stat.S_ISDIR):
            raise PermissionError(f"{path} is not this user's own")
        yield held
    finally:
        os.close(held)


def _named(path: Path, folder: int | None) -> str | Path:
    return path if folder is None else path.name


def _opener(folder: int | None) -> Any:
    """Open a file of the folder that is held, no link, and without waiting where it is a pipe."""
    at_once = getattr(os, "O_NONBLOCK", 0)
    return lambda name, flags: os.open(name, flags | _DOORS | at_once, dir_fd=folder)


def _is_private(facts: os.stat_result, is_kind: Any) -> bool:
    """Whether a file is of a kind, belongs to this user and no one else may write it."""
    if not is_kind(facts.st_mode):
        return False
    if not hasattr(os, "getuid"):
        return True
    return facts.st_uid == os.getuid() and not facts.st_mode & (stat.S_IWGRP | stat.S_IWOTH)
