"""A JSON file as values: bounded before it is parsed, its numbers kept as the text they are written in."""

from __future__ import annotations

import json
import re
from collections import Counter
from typing import Any

from sespms_rules.language.parsing import UnreadableFileError
from sespms_rules.rosters.files.limits import DEEPEST, LONGEST_CELL, MOST_CELLS, MOST_IN_MEMORY
from sespms_rules.rosters.files.opening import TextFile

_MARKS = re.compile(r'"(?:[^"\\]++|\\.)*+"?|[\[{]|[\]}]|,', re.DOTALL)


def json_value(file: TextFile) -> Any:
    """What a JSON file holds; raise UnreadableFileError where it is no JSON, too large or too deep."""
    if file.file.size > MOST_IN_MEMORY:
        raise file.file.too_large(MOST_IN_MEMORY)
    with file.open() as text:
        content = text.read()
    file.file.check_unchanged()
    _keep_in_bounds(file.name, content)

    def pairs(found: list[tuple[str, Any]]) -> Pairs:
        if any(len(key) > LONGEST_CELL for key, _ in found):
            says = f"`{file.name}` holds a key of more than {LONGEST_CELL:,} characters"
            raise UnreadableFileError(says, "shorten it, or remove it if it is not needed")
        return Pairs.from_pairs(found)

    try:
        # Numbers stay text, so that each is read exactly, and one with an exponent can be named as it was written.
        return json.loads(content, parse_float=str, parse_int=str, parse_constant=str, object_pairs_hook=pairs)
    except json.JSONDecodeError as fault:
        what = fault.msg.lower().removesuffix(" at")  # some of its messages end where a place follows
        says = f"`{file.name}` is not JSON: {what} at line {fault.lineno}, column {fault.colno}"
        raise UnreadableFileError(says, "correct the text there") from None
    except RecursionError:
        raise UnreadableFileError(f"`{file.name}` is nested too deeply", "give a list of records") from None


def _keep_in_bounds(name: str, content: str) -> None:
    """Raise UnreadableFileError for a text nested deeper or with more values than a roster has."""
    depth = values = 0
    for found in _MARKS.finditer(content):
        mark = content[found.start()]
        if mark in "[{":
            depth += 1
        elif mark in "]}":
            depth -= 1
        values += mark in "[{,"
        if depth > DEEPEST:
            says = f"`{name}` is nested too deeply: more than {DEEPEST} levels"
            raise UnreadableFileError(says, "give a list of records")
        if values > MOST_CELLS:
            says = f"`{name}` holds more than {MOST_CELLS:,} values"
            raise UnreadableFileError(says, "save the roster as CSV UTF-8 and give that file")


class Pairs(dict[str, Any]):
    """An object of JSON that remembers which keys it gives more than once."""

    repeated: tuple[str, ...] = ()

    @classmethod
    def from_pairs(cls, pairs: list[tuple[str, Any]]) -> Pairs:
        """An object from its keys and values, as they stand in the text."""
        made = cls(pairs)
        if len(made) < len(pairs):
            made.repeated = tuple(key for key, times in Counter(key for key, _ in pairs).items() if times > 1)
        return made
