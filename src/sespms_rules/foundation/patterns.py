"""Patterns that are made ready when something is first held against them.

Making a pattern ready takes Python a tenth of a millisecond to two, at every start of the command; most commands hold
nothing against most of those that they load.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any, cast


class _Late:
    """Stands for a pattern; what is asked of it is asked of the pattern, and remembered."""

    def __init__(self, text: str, flags: int) -> None:
        self._text = text
        self._flags = flags

    def __getattr__(self, name: str) -> Any:
        if name.startswith("_"):  # nothing that copies or inspects a value makes a pattern of it
            raise AttributeError(name)
        found = getattr(re.compile(self._text, self._flags), name)
        setattr(self, name, found)
        return found


def late(text: str, flags: int = 0) -> re.Pattern[str]:
    """Return what behaves as `re.compile(text, flags)` does, its methods and attributes; a fault in it shows late."""
    return cast("re.Pattern[str]", _Late(text, flags))


class AnyOf:
    """Several patterns, any of which may be found, capitals of no account; only those a text can hold are made ready.

    `patterns` gives for each some letters, in small, of which a text holds one wherever the pattern is found: looking
    for letters takes far less time than making a pattern of many words ready.
    """

    def __init__(self, patterns: Mapping[str, Sequence[str]]) -> None:
        self.patterns = patterns
        self._made = cache(lambda possible: re.compile("|".join(possible), re.IGNORECASE))

    def search(self, text: str) -> re.Match[str] | None:
        """The first place where one of the patterns is found, as `re.search` of all of them finds it."""
        small = text.lower() if text.isascii() else text.translate(_ALSO_SMALL).lower()
        possible = tuple([each for each, held in self.patterns.items() if any(letters in small for letters in held)])
        return self._made(possible).search(text) if possible else None


_ALSO_SMALL = {ord("\u0130"): "i", ord("\u0131"): "i", ord("\u017f"): "s"}
"""What a pattern takes for a letter although its small letter is another: i with a dot as a capital, the dotless i and
the long s."""
