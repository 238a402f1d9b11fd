"""The one way in which every command writes a file: whole or not at all, and never over what the run has read.

While it is unfinished a file has no name (or, where the system knows no nameless files, a hidden one beside its
place) and is its owner's alone; at its end it gets the permissions that it should have and its name, in one step.
A nameless file is gone with the process, whatever ended it. The decision 0037 says what becomes of links, pipes
and devices.
"""

from __future__ import annotations

import contextlib
import errno
import io
import os
import signal
import stat
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from functools import partial
from pathlib import Path
from types import FrameType
from typing import Any, TextIO

from sespms_rules.foundation.files_read import read_as
from sespms_rules.foundation.values import Frozen, field

NAMELESS = getattr(os, "O_TMPFILE", 0)
"""How a system opens a file without a name; 0 where it cannot."""

_CLOSED_AND_EXACT = getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_BINARY", 0)

_Handler = Callable[[int, FrameType | None], object] | int

_MOST_LINKS = 40
_BUFFER = 1 << 16
_ANYONE = 0o666
_STOPS = tuple(getattr(signal, each) for each in ("SIGTERM", "SIGHUP", "SIGINT") if hasattr(signal, each))
_CHOOSE = "name another file"
_REASONS = {
    errno.ENOSPC: ("there is no space left on the disk", "make room, or write to another disk"),
    errno.EDQUOT: ("your share of the disk is used up", "make room, or write to another disk"),
    errno.EFBIG: ("the file grows larger than this system allows", "write to another disk, or rate fewer rows at once"),
    errno.EROFS: ("the disk can only be read", "write to another disk"),
    errno.EACCES: ("you may not write there", "ask for permission, or write somewhere else"),
    errno.EPERM: ("you may not write there", "ask for permission, or write somewhere else"),
    errno.ENAMETOOLONG: ("its name is too long", "choose a shorter name"),
    errno.EBADF: ("it is closed", "leave it open"),
}


class NotWrittenError(Exception):
    """What was to be written was not: `message` says what and why, `help` what to do."""

    def __init__(self, message: str, help: str) -> None:
        super().__init__(message)
        self.message = message
        self.help = help


def not_written(name: str, fault: OSError) -> NotWrittenError:
    """Say in a sentence why the system would not write something; `name` is what its user calls it."""
    said = (fault.strerror or str(fault)).lower()
    why, help = _REASONS.get(fault.errno or 0, (said, "check the disk, or write somewhere else"))
    return NotWrittenError(f"{name} could not be written: {why}", help)


class Stream(io.FileIO):
    """An open file whose faults are sentences; once it is abandoned, what is still written to it goes nowhere.

    One that nobody calls anything is abandoned at its first fault: there is no place left to tell of it. Only a regular
    file has places to go back to: a device may say that it has, and tell of places that are none (`/dev/null`).
    """

    def __init__(self, descriptor: int, called: str) -> None:
        super().__init__(descriptor, "wb", closefd=True)
        self._called = called
        self._has_places = stat.S_ISREG(os.fstat(descriptor).st_mode)
        self.abandoned = False

    def seekable(self) -> bool:
        """Whether one can go back in it."""
        return self._has_places and super().seekable()

    def tell(self) -> int:
        """The place where it stands; raise UnsupportedOperation where it has none."""
        if not self._has_places:
            raise io.UnsupportedOperation("this is no regular file")
        return super().tell()

    def seek(self, offset: int, whence: int = io.SEEK_SET, /) -> int:
        """Go to a place; raise UnsupportedOperation where there is none."""
        if not self._has_places:
            raise io.UnsupportedOperation("this is no regular file")
        return super().seek(offset, whence)

    def write(self, data: Any, /) -> int:
        """Write bytes; raise NotWrittenError where the system takes none, BrokenPipeError where nobody reads them."""
        if self.abandoned:
            return memoryview(data).nbytes
        try:
            return super().write(data)
        except BrokenPipeError:
            self.abandoned = True
            raise
        except OSError as fault:
            self.abandoned = True
            if self._called:
                raise not_written(self._called, fault) from None
            return memoryview(data).nbytes


class _Place(Frozen):
    """Where something is to be written: `open` is a descriptor to write through, else a file takes the place.

    `facts` are those of the file that stands there now, None where there is none.
    """

    name: str
    path: Path
    facts: os.stat_result | None = field(default=None)
    open: int | None = field(default=None)


@contextmanager
def written_whole(name: str, *, in_place: bool = False) -> Iterator[TextIO]:
    """A text file in UTF-8 that appears under its name once the block has ended well; line ends stay as written.

    Pipes, devices and open descriptors are written through. `in_place` is for a command whose work is to change the
    file that it read. Raises NotWrittenError for a place that cannot be written and for a disk that is full.
    """
    place = _place(name, in_place=in_place)
    if place.open is not None:
        with _text(Stream(place.open, f"`{name}`")) as file:
            yield file
        return
    with _unfinished(place, in_place=in_place) as file:
        yield file


@contextmanager
def _text(raw: Stream) -> Iterator[TextIO]:
    """Text over a stream; where the block ends badly nothing more is written."""
    file = io.TextIOWrapper(io.BufferedWriter(raw, _BUFFER), encoding="utf-8", newline="")
    try:
        yield file
        file.flush()
    except BaseException:
        raw.abandoned = True
        raise
    finally:
        file.close()


def made_together(files: Sequence[tuple[Path, bytes]]) -> None:
    """New files, private and whole, that get their names one right after the other; none takes the place of another.

    Raises FileExistsError with the name of the first that is there already, and OSError for what the system refuses;
    then none of them is left.
    """
    with contextlib.ExitStack() as kept:
        made = [(_unnamed(path, content, kept), path) for path, content in files]
        with _stops_held():
            named: list[Path] = []
            try:
                for link, path in made:
                    if not link(path):
                        raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), str(path))
                    named.append(path)
            finally:
                if len(named) < len(made):
                    for path in named:
                        path.unlink(missing_ok=True)


def _unnamed(path: Path, content: bytes, kept: contextlib.ExitStack) -> Callable[[Path], bool]:
    """Write what is to stand under a path into a file without a name, or a hidden one; return how it gets its name."""
    descriptor, hidden = _nameless(path.parent), None
    if descriptor is None:
        hidden = path.with_name(f".{path.name[:100]}.{os.urandom(8).hex()}")
        kept.enter_context(_removed(hidden))
        descriptor = os.open(hidden, os.O_RDWR | os.O_CREAT | os.O_EXCL | _CLOSED_AND_EXACT, 0o600)
    file = kept.enter_context(os.fdopen(descriptor, "wb"))
    file.write(content)
    file.flush()
    os.fsync(descriptor)
    return partial(_linked, descriptor) if hidden is None else partial(_named_too, hidden)


def _named_too(hidden: Path, path: Path) -> bool:
    """Give a hidden file a second name that is free; False where it is taken."""
    try:
        path.hardlink_to(hidden)
    except FileExistsError:
        return False
    return True


# ---- where to ----------------------------------------------------------------------------------------


def _place(name: str, *, in_place: bool) -> _Place:
    """Find out what stands under a name, following links; raise NotWrittenError for what must not be written over."""
    path = Path(name)
    try:
        for _ in range(_MOST_LINKS):
            if (descriptor := _own_descriptor(path)) is not None:
                _refuse_input(name, os.fstat(descriptor), in_place=False)
                return _Place(name, path, open=os.dup(descriptor))
            if not path.is_symlink():
                break
            path = path.parent / path.readlink()
        return _found(name, path, in_place=in_place)
    except OSError as fault:
        raise not_written(f"`{name}`", fault) from None
    except ValueError:  # a name with a zero byte in it
        raise NotWrittenError("the name of the file to write holds a sign that no name may hold", _CHOOSE) from None


def _own_descriptor(path: Path) -> int | None:
    """The number of this process's own open file that a path such as `/dev/stdout` leads to."""
    if not path.name.isdecimal() or not path.is_symlink():
        return None
    return int(path.name) if str(path.parent.resolve()) == f"/proc/{os.getpid()}/fd" else None


def _found(name: str, path: Path, *, in_place: bool) -> _Place:
    try:
        facts = path.stat()
    except FileNotFoundError:
        if not path.parent.is_dir():
            raise NotWrittenError(
                f"there is no folder `{path.parent}` to write `{path.name}` into", "make the folder, or name another"
            ) from None
        return _Place(name, path)
    mode = facts.st_mode
    if stat.S_ISDIR(mode):
        raise NotWrittenError(f"`{name}` is a folder", "name the file to write")
    if stat.S_ISFIFO(mode) or stat.S_ISCHR(mode):
        return _Place(name, path, open=os.open(path, os.O_WRONLY | getattr(os, "O_NOCTTY", 0)))
    if not stat.S_ISREG(mode):
        kind = "a disk" if stat.S_ISBLK(mode) else "no file that can be written"
        raise NotWrittenError(f"`{name}` is {kind}", _CHOOSE)
    _refuse_input(name, facts, in_place=in_place)
    if not os.access(path, os.W_OK):
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))
    return _Place(name, path, facts)


def _refuse_input(name: str, facts: os.stat_result, *, in_place: bool) -> None:
    read = None if in_place else read_as(facts)
    if read is not None:
        same = "" if read == name else f" as `{read}`"
        raise NotWrittenError(
            f"`{name}` was read in this run{same}; the result would take its place", "name another file for the result"
        )


# ---- while it is unfinished --------------------------------------------------------------------------


@contextmanager
def _unfinished(place: _Place, *, in_place: bool) -> Iterator[TextIO]:
    """A file without a name in the folder of its place, which gets its name at the end."""
    with contextlib.ExitStack() as kept:
        try:
            made = _nameless(place.path.parent)
            hidden = None
            if made is None:
                # The name is known to what removes the file before there is one: a signal may come at any moment.
                hidden = str(place.path.with_name(f".{place.path.name[:100]}.{os.urandom(8).hex()}"))
                kept.enter_context(_removed(Path(hidden)))
                made = os.open(hidden, os.O_RDWR | os.O_CREAT | os.O_EXCL | _CLOSED_AND_EXACT, 0o600)
        except OSError as fault:
            raise not_written(f"`{place.name}`", fault) from None
        with _text(Stream(made, f"`{place.name}`")) as file:
            yield file
            file.flush()
            _named(place, made, hidden, in_place=in_place)


def _nameless(folder: Path) -> int | None:
    """Open a file without a name in a folder; None where the system or its disk knows none such."""
    if not NAMELESS:
        return None
    try:
        return os.open(folder, NAMELESS | os.O_RDWR | getattr(os, "O_CLOEXEC", 0), 0o600)
    except OSError as fault:
        if fault.errno in (errno.EOPNOTSUPP, errno.EISDIR, errno.EINVAL, errno.ENOENT):
            return None
        raise


@contextmanager
def _stops_held() -> Iterator[None]:
    """Signals that stop the process wait until the block has ended, where the system knows how to hold them."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, _STOPS)
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


@contextmanager
def _removed(hidden: Path) -> Iterator[None]:
    """Remove a hidden file whatever ends the block, a signal among it; what was renamed meanwhile is not there."""
    before: dict[int, _Handler] = {}

    def stop(number: int, frame: FrameType | None) -> None:
        del frame
        hidden.unlink(missing_ok=True)
        signal.signal(number, before[number])
        signal.raise_signal(number)

    with suppress(ValueError):  # another thread than the first may not say what signals do
        for each in _STOPS:
            handler = signal.getsignal(each)
            if handler is not None and handler != signal.SIG_IGN:  # what is ignored (`nohup`) stays so
                before[each] = handler
                signal.signal(each, stop)
    try:
        yield
    finally:
        hidden.unlink(missing_ok=True)
        for number, handler in before.items():
            signal.signal(number, handler)


def _named(place: _Place, descriptor: int, hidden: str | None, *, in_place: bool) -> None:
    """Give a finished file its permissions and its name. What stands there is looked at once more before."""
    try:
        with suppress(OSError):  # not every disk can; what it cannot promise is no reason to lose the result
            os.fsync(descriptor)
        now = _found(place.name, place.path, in_place=in_place)
        if now.open is not None:
            os.close(now.open)
            raise NotWrittenError(f"`{place.name}` became something else while it was written", _CHOOSE)
        _allow(descriptor, hidden, now.facts)
        if hidden is not None:
            Path(hidden).replace(place.path)
        elif now.facts is not None or not _linked(descriptor, place.path):
            _replaced(descriptor, place.path)
    except OSError as fault:
        raise not_written(f"`{place.name}`", fault) from None


def _allow(descriptor: int, hidden: str | None, facts: os.stat_result | None) -> None:
    """The permissions of the file that stood there, or those of any new file."""
    mask = os.umask(0)
    os.umask(mask)
    mode = _ANYONE & ~mask if facts is None else facts.st_mode & 0o777
    if hasattr(os, "fchmod"):
        os.fchmod(descriptor, mode)
    elif hidden is not None:
        Path(hidden).chmod(mode)


def _linked(descriptor: int, path: Path) -> bool:
    """Give a nameless file a name that is free; False where it is taken."""
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.link(f"/proc/self/fd/{descriptor}", path.name, src_dir_fd=folder, dst_dir_fd=folder, follow_symlinks=True)
    except FileExistsError:
        return False
    finally:
        os.close(folder)
    return True


def _replaced(descriptor: int, path: Path) -> None:
    """Put a nameless file in the place of another: two calls with a hidden name between them, no signal between."""
    hidden = path.with_name(f".{path.name[:100]}.{os.urandom(8).hex()}")
    with _stops_held():
        try:
            _linked(descriptor, hidden)
            hidden.replace(path)
        finally:
            hidden.unlink(missing_ok=True)
