"""Which files a run has read, so that nothing it writes can take the place of one.

A reader notes each file that it opens; whoever writes asks `read_as`. Files are known by what they are on the disk,
not by their names: a hard link, a symbolic link and another spelling of the path are the same file.
"""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from io import BufferedReader
from pathlib import Path

_Identity = tuple[int, int]
_READ: ContextVar[dict[_Identity, str] | None] = ContextVar("files that this run has read", default=None)


@contextmanager
def noting_files_read() -> Iterator[None]:
    """Keep account of the files that are read in this block; outside of one, none is kept."""
    token = _READ.set({})
    try:
        yield
    finally:
        _READ.reset(token)


def note_read(path: Path, name: str | None = None) -> None:
    """Note a file that is about to be read; `name` is what its user calls it. What is no regular file is not noted."""
    read = _READ.get()
    if read is None:
        return
    try:
        facts = path.stat()
    except (OSError, ValueError):
        return  # whoever opens it says why it cannot be read
    if stat.S_ISREG(facts.st_mode):
        read.setdefault((facts.st_dev, facts.st_ino), name or str(path))


def opened_regular(path: Path) -> BufferedReader:
    """A regular file, open to be read. Raises OSError, also for a pipe, which would be waited for, and for a device."""
    file = os.fdopen(os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)), "rb")
    if stat.S_ISREG(os.fstat(file.fileno()).st_mode):
        return file
    file.close()
    raise OSError(errno.EINVAL, "it is not a regular file", str(path))


def read_as(facts: os.stat_result) -> str | None:
    """The name under which this run has read the file of which `stat` tells this; None where it has not."""
    return (_READ.get() or {}).get((facts.st_dev, facts.st_ino))
