"""Where results go: standard output, made safe for terminals, or the file that `--output` names."""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO, TextIO

from sespms_rules.foundation.files_read import read_as
from sespms_rules.foundation.files_written import NotWrittenError, Stream, written_whole
from sespms_rules.foundation.patterns import late
from sespms_rules.reports.findings import printable

_STANDARD = "-"
_POLICY = ".sespms"
_PAINTED_BY_US = late(r"(\x1b\[3[136]m(?:error|warning|note|\^+)\x1b\[0m)")
"""The words and marks of findings that are painted, with their colours: no text of a stranger is hidden behind one."""

_STDOUT, _STDERR = 1, 2


@contextmanager
def written_to(name: str | None, *, in_place: bool = False) -> Iterator[TextIO]:
    """Standard output (also for `-`), or a file that appears under its name only once it is whole.

    `in_place` is for a command whose work is to change the file it read. Raises NotWrittenError as `written_whole`.
    """
    if name is not None and name != _STANDARD:
        if not in_place:
            _refuse_a_policy(name)
        with written_whole(name, in_place=in_place) as file:
            yield file
        return
    _refuse_an_input_as_standard_output()
    yield sys.stdout


def binary(file: TextIO) -> BinaryIO:
    """The bytes below a text file that `written_to` opened, for what is no text; nothing may be written to both."""
    return file.buffer


def _refuse_a_policy(name: str) -> None:
    """A result in the place of a policy is a mistake, also where this run has not read that policy."""
    try:
        is_policy = Path(name).resolve().suffix.lower() == _POLICY
    except (OSError, ValueError, RuntimeError):
        return  # whoever writes says what is wrong with the name
    if is_policy:
        raise NotWrittenError(
            f"`{name}` is the name of a policy, and a result is none", "name a file that does not end in `.sespms`"
        )


def _refuse_an_input_as_standard_output() -> None:
    """`>> roster.csv` would add the result to the roster."""
    try:
        read = read_as(os.fstat(sys.stdout.fileno()))
    except (OSError, ValueError, AttributeError):  # no file stands behind it
        return
    if read is not None:
        raise NotWrittenError(
            f"the output is directed into `{read}`, which was read in this run", "direct it into another file"
        )


class _Terminal(io.TextIOWrapper):
    """Text for a terminal: whatever a file said, no sign reaches it that moves the cursor, rings or reverses a line."""

    def write(self, text: str) -> int:
        """Write text; only what we paint of findings passes as it is."""
        if text.isascii() and text.replace("\n", "").isprintable():
            return super().write(text)
        pieces = _PAINTED_BY_US.split(text)
        super().write("".join(piece if place % 2 else printable(piece) for place, piece in enumerate(pieces)))
        return len(text)


class _ForABar(io.TextIOBase):
    """The terminal for a bar of progress, in which each word is ours and which moves the cursor to draw itself anew."""

    def __init__(self, terminal: _Terminal) -> None:
        self._terminal = terminal

    @property
    def encoding(self) -> str:  # type: ignore[override]
        """The encoding of the terminal."""
        return self._terminal.encoding

    def isatty(self) -> bool:
        """It is one."""
        return True

    def write(self, text: str) -> int:
        """Write text as it is."""
        return io.TextIOWrapper.write(self._terminal, text)

    def flush(self) -> None:
        """Show what was written."""
        self._terminal.flush()


def bars_stream() -> TextIO:
    """Where bars of progress are drawn: standard error, whose guard shows what moves a cursor as no sign at all."""
    stream = sys.stderr
    return _ForABar(stream) if isinstance(stream, _Terminal) else stream  # type: ignore[return-value]


class _Closed(io.TextIOBase):
    """In the place of a standard output that was closed before the program began."""

    encoding = "utf-8"

    def write(self, text: str) -> int:
        """Say that nobody would see it."""
        if text:
            raise NotWrittenError("standard output is closed, so there is nowhere to show the result", "leave it open")
        return 0


def guard_streams() -> None:
    """Make standard output and standard error safe and their faults sentences; for a process of this program alone."""
    _occupy_closed_descriptors()
    sys.stdout = _guarded(sys.stdout, _STDOUT, "the result")
    sys.stderr = _guarded(sys.stderr, _STDERR, "")


def _occupy_closed_descriptors() -> None:
    """A file opened later must not become standard output or standard error by being the first that is opened."""
    opened = os.open(os.devnull, os.O_RDWR)
    while opened <= _STDERR:
        opened = os.open(os.devnull, os.O_RDWR)
    os.close(opened)


def _guarded(stream: TextIO | None, descriptor: int, called: str) -> TextIO:
    if stream is None:
        return _Closed() if descriptor == _STDOUT else open(os.devnull, "w")  # type: ignore[return-value] # noqa: PTH123
    if not isinstance(stream, io.TextIOWrapper) or stream.fileno() != descriptor:
        return stream  # someone has put something of their own in its place
    stream.flush()
    encoding, is_terminal = stream.encoding, stream.isatty()
    buffered = io.BufferedWriter(Stream(os.dup(descriptor), called))
    kind = _Terminal if is_terminal else io.TextIOWrapper
    # A terminal that lacks a letter shows a stand-in for it; that is no reason to stop.
    return kind(buffered, encoding=encoding, errors="replace", line_buffering=is_terminal or descriptor == _STDERR)
