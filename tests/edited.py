"""Texts as they are while somebody types: shipped policies and invented ones with edits drawn at random."""

from __future__ import annotations

import random
import re
from collections.abc import Sequence

_LETTERS = 'a"5#% .-\u201c\t'


def edited(text: str, draw: random.Random, others: Sequence[str]) -> str:
    """The text with one edit that an author could make, or a slip; `others` are lines that may come in."""
    lines = text.split("\n")
    at = draw.randrange(len(lines))
    line = lines[at]
    place = draw.randrange(len(line) + 1)
    swapped = draw.randrange(len(lines))
    makes: tuple[list[str], ...] = (
        [],
        [line, line],
        [draw.choice(others), line],
        [line[:place] + draw.choice(_LETTERS) + line[place:]],
        [line[:place] + line[place + 1 :]],
        [re.sub(r"\d+", lambda _: str(draw.randrange(500)), line)],
        [lines[swapped]],
        [f"  {line}"],
        [line.lstrip()],
        ['"""', line],
        ["", line],
        [f"{line}  # a note"],
        [line.capitalize()],
        [line.title()],
        [f"{line}\r"],
        [f"  # {line}"],
    )
    lines[at : at + 1] = draw.choice(makes)
    return "\n".join(lines)


def typed(texts: Sequence[str], seed: int, count: int) -> list[str]:
    """States of texts as they follow one another: each differs from one before it in an edit or two."""
    draw = random.Random(seed)
    others = [line for text in texts for line in text.split("\n")]
    now, found = list(texts), list[str]()
    for _ in range(count):
        which = draw.randrange(len(now))
        now[which] = edited(now[which], draw, others)
        found.append(now[which])
        if draw.random() < 0.4:  # the author takes it back, or begins anew
            now[which] = texts[which]
            found.append(now[which])
    return found
