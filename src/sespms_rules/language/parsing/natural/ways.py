"""What a way of speaking is: a pattern over a sentence, what the language says instead, and how sure that is."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from decimal import Decimal
from functools import lru_cache

from sespms_rules.foundation.values import Frozen, field, replace
from sespms_rules.language.syntax.words import PartKind

Made = str | Callable[[re.Match[str]], str]

NUMBER = r"(\d+(?:\.\d+)?)"
SHARE = r"(\d+(?:\.\d+)?%?)"
MORE = r"(?:(?:or|and) (?:more|higher|above|over|better|greater|up)|\+)"
LESS = r"(?:or|and) (?:less|lower|below|under|worse|fewer)"
LEVEL = r"(?:a |an )?(?:summary )?(?:rating (?:of )?)?level (\d)"
NAME = r'("[^"]*")'
NOUN = r"((?:non)?critical )?(element|requirement)s?"


class Way(Frozen):
    """One way of speaking.

    `pattern` is searched in the sentence, letters of either case alike; `made` is put in its place. `sure` is true
    where nothing else can have been meant. `note` says what to write where something else was meant after all, and is
    told behind the offer. `part` is the part the sentence belongs to where that is not the one it stands in. With
    `advice` the sentence is shown, never written: what the words most often mean is something else. One that `asks` is
    written only where its author chooses it, and never with all other proposals.
    """

    pattern: str
    made: Made
    sure: bool = field(default=True)
    note: str = field(default="")
    part: PartKind | None = field(default=None)
    advice: bool = field(default=False)
    asks: bool = field(default=False)


def sure(*pairs: tuple[str, Made] | Way) -> tuple[Way, ...]:
    """Ways of speaking that can mean nothing else, save those among them that say so themselves."""
    return tuple(each if isinstance(each, Way) else Way(*each) for each in pairs)


def likely(*pairs: tuple[str, Made]) -> tuple[Way, ...]:
    """Ways of speaking that most probably mean this."""
    return tuple(Way(pattern, made, False) for pattern, made in pairs)


def upward(one: str, other: str) -> str:
    """A range from its lower to its upper end, in whichever order its two numbers were written."""
    return " to ".join(sorted((one, other), key=Decimal))


_QUOTED = re.compile(r'"[^"]*"')


@lru_cache(maxsize=4_096)
def _made_ready(pattern: str) -> re.Pattern[str]:
    """A pattern, ready to be searched: there are more of them than the library of patterns keeps by itself.

    Some hold a name of the policy, so that not all may be kept.
    """
    return re.compile(pattern, re.IGNORECASE)


def rewritten(way: Way, written: str) -> str:
    """The sentence with a way of speaking put into the language's own words; what stands in quotes is never changed.

    A pattern may hold a quoted name whole. One that does not is searched outside quotes only.
    """
    if '"' in way.pattern:
        return _made_ready(way.pattern).sub(way.made, written)
    names = _QUOTED.findall(written)
    changed = _made_ready(way.pattern).sub(way.made, _QUOTED.sub('"\x00"', written))
    if changed.count("\x00") != len(names):
        return written
    kept = iter(names)
    return re.sub('"\x00"', lambda _: next(kept), changed)


def spoken(ways: Iterable[Way], written: str) -> tuple[str, tuple[Way, ...]]:
    """The sentence once all ways that fit were taken, one after another, twice over; and which they were.

    The note of each speaks of what stood in the sentence.
    """
    taken: list[Way] = []
    for _ in range(2):
        for way in ways:
            further = rewritten(way, written)
            if further == written:
                continue
            found = _made_ready(way.pattern).search(written) if "\\" in way.note else None
            taken.append(way if found is None else replace(way, note=found.expand(way.note)))
            written = further
    return written, tuple(taken)
