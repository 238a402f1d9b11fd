"""A policy's text and places in it.

A `Span` carries its source, so that a message can always quote the words it speaks of. Two spans are never
compared when two values are compared: where a sentence stands is not part of what it says.
"""

from __future__ import annotations

from bisect import bisect_right
from itertools import accumulate

from sespms_rules.foundation.values import Frozen


class Source:
    """A named text. `name` is what people know it by (a path as they typed it); offsets count characters.

    `data` are the bytes it was read from, where they are not the text in UTF-8.
    """

    __slots__ = ("_data", "_starts", "name", "text")

    def __init__(self, name: str, text: str, data: bytes | None = None) -> None:
        self.name = name
        self.text = text
        self._data = data
        self._starts: list[int] | None = None

    def _line_starts(self) -> list[int]:
        if self._starts is None:
            # As the language counts lines: LF and CRLF end one, and nothing else does.
            self._starts = [0, *accumulate(len(line) + 1 for line in self.text.split("\n")[:-1])]
        return self._starts

    @property
    def mark(self) -> str:
        """The byte order mark that its file begins with; whoever writes the file anew leaves it there."""
        return "\ufeff" if self._data is not None and self._data.startswith(b"\xef\xbb\xbf") else ""

    @property
    def sha256(self) -> str:
        """The SHA-256 of the file as it was read, in hexadecimal digits: what `sha256sum` says of it."""
        from hashlib import sha256  # only reports ask for it, and loading it takes some milliseconds

        return sha256(self.text.encode() if self._data is None else self._data).hexdigest()

    def position(self, offset: int) -> tuple[int, int]:
        """Return the line and column of an offset, both counted from 1."""
        starts = self._line_starts()
        line = bisect_right(starts, offset) - 1
        return line + 1, offset - starts[line] + 1

    def place(self, start: int, end: int) -> tuple[int, int, int, int]:
        """Return line and column of one offset, then those of another that is not before it."""
        starts = self._line_starts()
        line = bisect_right(starts, start)
        column = start - starts[line - 1] + 1
        if line == len(starts) or end < starts[line]:
            return line, column, line, column + end - start
        last = bisect_right(starts, end, line)
        return line, column, last, end - starts[last - 1] + 1

    def line(self, number: int) -> str:
        """Return the text of a line (counted from 1) without its end."""
        starts = self._line_starts()
        begin = starts[number - 1]
        end = starts[number] if number < len(starts) else len(self.text)
        return self.text[begin:end].rstrip("\r\n")

    def __repr__(self) -> str:
        return f"Source({self.name!r})"


class Span(Frozen):
    """The characters `start` to `end` (end not included) of a source."""

    source: Source
    start: int
    end: int

    @property
    def text(self) -> str:
        """The words the span covers."""
        return self.source.text[self.start : self.end]

    @property
    def words(self) -> str:
        """The words the span covers on one line, one blank between two."""
        return " ".join(self.text.split())

    @property
    def line(self) -> int:
        """The line of its first character, counted from 1."""
        return self.source.position(self.start)[0]

    @property
    def column(self) -> int:
        """The column of its first character, counted from 1."""
        return self.source.position(self.start)[1]

    @property
    def end_position(self) -> tuple[int, int]:
        """Line and column just behind its last character, counted from 1."""
        return self.source.position(self.end)

    def to(self, other: Span) -> Span:
        """Return the span from the start of this one to the end of the other."""
        return Span(self.source, self.start, max(self.end, other.end))


NOWHERE = Span(Source("", ""), 0, 0)
