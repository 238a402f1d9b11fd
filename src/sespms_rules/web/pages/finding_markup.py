"""The page of a finding, in Markdown of our own few kinds -> its pieces, for a page of the workbench."""

from __future__ import annotations

import re
from collections.abc import Iterator
from enum import StrEnum
from typing import Final

from sespms_rules.foundation.values import Frozen

_LINK: Final = re.compile(r"\[([^\]]*)\]\([^)]*\)")
_FACT: Final = re.compile(r"(Severity|Citation): ")
_FENCE: Final = "```"


class Kind(StrEnum):
    """What a piece of the page is."""

    HEADING = "heading"
    WORDS = "words"
    CODE = "code"


class Piece(Frozen):
    """A heading, a paragraph, or lines that stand as they are."""

    kind: Kind
    text: str


def pieces_of(text: str) -> Iterator[Piece]:
    """The pieces of a page in order, without its title. Words keep their backticks; of a link its words are left."""
    held: list[str] = []
    inside = False
    for line in text.splitlines():
        if line.startswith(_FENCE):
            yield from _told(held, inside=inside)
            held, inside = [], not inside
        elif inside:
            held.append(line)
        elif line.startswith("#"):
            yield from _told(held, inside=False)
            held = []
            if not line.startswith("# "):
                yield Piece(Kind.HEADING, line.lstrip("#").strip())
        elif not line.strip() or _FACT.match(line):
            yield from _told(held, inside=False)
            held = [line] if line.strip() else []
        else:
            held.append(line)
    yield from _told(held, inside=False)


def _told(held: list[str], *, inside: bool) -> Iterator[Piece]:
    if inside:
        yield Piece(Kind.CODE, "\n".join(held))
    elif held:
        yield Piece(Kind.WORDS, _LINK.sub(r"\1", " ".join(" ".join(held).split())))
