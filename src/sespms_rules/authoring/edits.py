"""Changes of a text, and the difference they make."""

from __future__ import annotations

import difflib
from collections.abc import Iterable

from sespms_rules.foundation.source import Source
from sespms_rules.foundation.values import Frozen


class Edit(Frozen):
    """The characters `start` to `end` (not included) of a text give way to `replacement`."""

    start: int
    end: int
    replacement: str


def edited(text: str, edits: Iterable[Edit]) -> str:
    """The text after all edits. Those at one place come in the order given. Raises ValueError where two overlap."""
    pieces, at = list[str](), 0
    for each in sorted(edits, key=lambda edit: edit.start):
        if each.start < at:
            raise ValueError(f"two edits overlap at character {each.start}")
        pieces += (text[at : each.start], each.replacement)
        at = each.end
    return "".join((*pieces, text[at:]))


def with_its_line_ends(before: str, after: str) -> str:
    """A changed text with the line ends of the text it was: CRLF where that has no other, else as it is."""
    if "\r\n" not in before or before.count("\n") != before.count("\r\n"):
        return after
    return after.replace("\r\n", "\n").replace("\n", "\r\n")


def difference(before: Source, after: str) -> str:
    """What was changed, line by line as a unified difference; empty where nothing was."""
    lines = difflib.unified_diff(
        before.text.splitlines(), after.splitlines(), before.name, f"{before.name} (changed)", n=1, lineterm=""
    )
    return "\n".join(lines)
