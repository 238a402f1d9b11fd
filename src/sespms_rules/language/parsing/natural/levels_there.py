"""What is offered speaks of the levels that a system has: a text with levels 5, 3 and 1 has no level 4 to be below.

`level 3 or below` is `below level 4` where there are five levels. Where level 4 is none, the next that is there stands
in its place, and a line about a level that is none is not offered.
"""

from __future__ import annotations

import re

from sespms_rules.language.parsing.natural.declared import declared_levels

_LEVEL = re.compile(r"\blevel (\d)\b", re.IGNORECASE)
_LINE_OF_A_LEVEL = re.compile(r"^level (\d)\b", re.IGNORECASE)


def of_levels_there(lines: tuple[str, ...], written: str, text: str) -> tuple[tuple[str, ...], bool]:
    """The lines with levels that the text declares; whether every level that was not written could be so.

    A level that the author wrote stays, declared or not: that is told of the sentence, not mended in passing.
    """
    there = declared_levels(text)
    own = set(_LEVEL.findall(written))
    if not there:
        return lines, True
    kept = tuple(
        line
        for line in lines
        if len(lines) == 1 or (found := _LINE_OF_A_LEVEL.match(line)) is None or found[1] in {*there, *own}
    )
    put = tuple(_next(line, there, own) for line in kept or lines)
    return put, all(set(_LEVEL.findall(line)) <= {*there, *own} for line in put)


def _next(line: str, there: frozenset[str], own: set[str]) -> str:
    """The line with the next better level in place of one that is none, where that says the same."""

    def level(found: re.Match[str]) -> str:
        better = sorted(each for each in there if each > found[2])
        same = found[2] in there or found[2] in own or not better
        return found[0] if same else f"{found[1]}{better[0]}{found[3]}"

    line = re.sub(r"\b(below level )(\d)()", level, line, flags=re.IGNORECASE)
    return re.sub(r"\b(level )(\d)( or better)\b", level, line, flags=re.IGNORECASE)
