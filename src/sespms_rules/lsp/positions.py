"""Characters of a text, counted from 0, and the lines and columns that an editor counts them by.

An editor counts a column in units of the encoding that was agreed on (UTF-16 where nothing was), and takes a lone
carriage return for the end of a line; the language does neither.
"""

from __future__ import annotations

import re
from bisect import bisect_right

from lsprotocol import types
from pygls.workspace import PositionCodec

_LINE_END = re.compile(r"\r\n|\n|\r")


class Positions:
    """The lines of one text, to translate places by."""

    def __init__(self, text: str, codec: PositionCodec) -> None:
        self._text = text
        self._codec = codec
        self._starts = [0, *(found.end() for found in _LINE_END.finditer(text))]

    def position(self, at: int) -> types.Position:
        """Where a character stands; one behind the end is the end."""
        at = min(max(at, 0), len(self._text))
        line = bisect_right(self._starts, at) - 1
        before = self._text[self._starts[line] : at]
        return types.Position(line, len(before) if before.isascii() else self._codec.client_num_units(before))

    def range(self, start: int, end: int) -> types.Range:
        """The characters from `start` to the one before `end`."""
        return types.Range(self.position(start), self.position(end))

    def at(self, position: types.Position) -> int:
        """The character at a position; one behind the end of its line is the end of that line."""
        if position.line >= len(self._starts):
            return len(self._text)
        start = self._starts[position.line]
        following = position.line + 1
        end = self._starts[following] if following < len(self._starts) else len(self._text)
        line = self._text[start:end].rstrip("\r\n")
        if line.isascii():
            return start + min(position.character, len(line))
        units = 0
        for number, letter in enumerate(line):
            if units >= position.character:
                return start + number
            units += self._codec.client_num_units(letter)
        return start + len(line)

    def units(self, start: int, end: int) -> int:
        """How long the characters of one line are in the editor's units."""
        words = self._text[start:end]
        return len(words) if words.isascii() else self._codec.client_num_units(words)
