"""Lines of a report as text -> parts of a document, word for word; for what has no structure but its lines."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator
from itertools import groupby

from sespms_rules.documents.letters import plain
from sespms_rules.documents.model import Bullets, Paragraph, Part, Verbatim
from sespms_rules.documents.spoken import capital

_PASTED = "    "
"""How far a text is moved in that is to be pasted as it is."""


def parts_of_lines(lines: Iterable[str]) -> Iterator[Part]:
    """A paragraph for each line at the margin, and a list of what is moved in below it."""
    for is_text, block in groupby(lines, bool):
        if is_text:
            yield from _block(list(block))


def _block(lines: list[str]) -> Iterator[Part]:
    if all(each.startswith(_PASTED) for each in lines):
        yield Verbatim(textwrap.dedent("\n".join(lines)))
        return
    yield Paragraph(_ended(lines[0]))
    for moved_in, run in groupby(lines[1:], lambda each: each.startswith(" ")):
        if moved_in:
            yield _list(list(run))
        else:
            yield from (Paragraph(_ended(each)) for each in run)


def _list(lines: list[str]) -> Bullets:
    indents = [len(each) - len(each.lstrip()) for each in lines]
    steps = sorted(set(indents))
    depths = tuple(steps.index(each) for each in indents)
    return Bullets(tuple(map(_said, lines)), depths=depths if any(depths) else ())


def _ended(line: str) -> str:
    """A line at the margin as a sentence; one that ends with a mark keeps it."""
    said = _said(line)
    return f"{said}." if said[-1].isalnum() or said[-1] in ")”%" else said


def _said(line: str) -> str:
    return capital(plain(line.strip()))
