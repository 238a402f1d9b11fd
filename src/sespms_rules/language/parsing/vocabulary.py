"""The language seen from outside, for messages: its headings, and under which of them a sentence may stand.

Nothing here is written down twice: all of it is read off the parser tables by trying.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from sespms_rules.language.parsing.grammar import tables
from sespms_rules.language.parsing.lexing import END, LAYOUT, LINE, lex
from sespms_rules.language.parsing.lookahead import Stack, after, follow, reads_whole
from sespms_rules.language.syntax.limits import NUMBER_WORDS
from sespms_rules.language.syntax.words import PartKind

NAME = "STRING"


@cache
def spelling() -> dict[str, str]:
    """The word or sign of each terminal that has only one."""
    return {kind: word for word, kind in tables().words.items()}


@cache
def heading_kinds() -> dict[PartKind, tuple[str, ...]]:
    """The kinds of token each heading is made of, without its names."""
    return {part: tuple(tables().words[word] for word in part.value.split()) for part in PartKind}


@cache
def openings() -> dict[PartKind, Stack]:
    """For each part the state in which a sentence below it begins."""
    found: dict[PartKind, Stack] = {}
    for part, kinds in heading_kinds().items():
        for whole in ((*kinds, LINE), (*kinds, NAME, LINE)):
            stack, read = follow([tables().start], whole)
            if read == len(whole):
                found[part] = stack
    return found


def parts_of(kinds: Sequence[str]) -> tuple[PartKind, ...]:
    """The parts under which these tokens make a whole sentence, in the order of a policy."""
    return tuple(part for part, stack in openings().items() if reads_whole(stack, kinds))


def is_sentence_of(part: PartKind, sentence: str) -> bool:
    """Whether a sentence is a whole one of a part."""
    stream = lex(f" {sentence}")  # indented, as a sentence is
    kinds = [kind for kind in stream.kinds if kind not in LAYOUT and kind != END]
    return part in parts_of(kinds)


def run_together(stack: Stack, word: str) -> str | None:
    """Two words of the language without the blank between them, where both may follow here: not `anyone`."""
    words = tables().words
    for first, kind in words.items():
        second = words.get(word.removeprefix(first)) if word.startswith(first) else None
        between = after(stack, kind) if second is not None else None
        if between is not None and second is not None and after(between, second) is not None:
            return f"{first} {word.removeprefix(first)}"
    return None


def parts_that_begin(kinds: Sequence[str], least: int) -> tuple[PartKind, ...]:
    """The parts whose sentences share most of these tokens' beginning, when they share at least so many."""
    read = {part: follow(stack, kinds)[1] for part, stack in openings().items()}
    most = max(read.values())
    return tuple(part for part, each in read.items() if each == most) if most >= least else ()


def part_at(kinds: Sequence[str]) -> PartKind | None:
    """The part whose heading these tokens begin with; of two, the longer."""
    found = [part for part, heading in heading_kinds().items() if tuple(kinds[: len(heading)]) == heading]
    return max(found, key=lambda part: len(heading_kinds()[part])) if found else None


# ---- what may come next, in words ------------------------------------------------------------------


def _kinds(said: str) -> frozenset[str]:
    return frozenset(tables().words.get(word, word) for word in said.split())


@cache
def _groups() -> tuple[tuple[frozenset[str], str], ...]:
    """Sets of tokens that have a name of their own, the most telling first."""
    number = f"NUMBER {' '.join(NUMBER_WORDS)}"
    acts = "plan progress guidelines executive initial written higher-level alternative board annual detail departure"
    named = (
        ("( - NUMBER STRING the score points weight", "a formula"),
        ("( - NUMBER STRING the score", "a formula"),
        (acts + " period appointment request notice effective a", "an event such as `period start`"),
        (acts, "a step such as `initial rating`"),
        (
            "rating executive reviewing higher-level board appointing oversight agency gaining the any",
            "someone who acts, such as `rating official`",
        ),
        ("January February March April May June July August September October November December", "a month"),
        ("day days month months year years", "`days`, `months` or `years`"),
        ("element elements critical noncritical requirement requirements", "`elements` or `requirements`"),
        ("PROSE STRING any", "wording in double quotes"),
        (f"at exactly {number}", "a limit such as `at least 3`"),
        ("at exactly NUMBER", "a limit such as `at least 3`"),
        ("DATE any", "a day such as `2026-10-01`"),
        ("level any", "a level such as `level 3`"),
        ("career noncareer limited", "`career`, `noncareer` or another appointment"),
        (number, "a number"),
        ("NUMBER", "a number"),
        ("STRING", "a name in double quotes"),
        ("DATE", "a day such as `2026-10-01`"),
        ("CODE", "a code such as `SES214`"),
    )
    return tuple((_kinds(kinds), phrase) for kinds, phrase in named)


MOST_WORDS = 7


def said(kinds: frozenset[str]) -> str:
    """Say what may come next: `a number, `days` or the end of the line`."""
    left = {kind for kind in kinds if not kind.startswith(("_", "$"))}
    phrases: list[str] = []
    for group, phrase in _groups():
        if group <= left:
            phrases.append(phrase)
            left -= group
    words = sorted(f"`{spelling()[kind]}`" for kind in left if kind in spelling())
    if len(words) > MOST_WORDS:
        words = [*words[: MOST_WORDS - 1], f"one of {len(words) - MOST_WORDS + 1} other words"]
    return either([*phrases, *words])


def either(choices: Sequence[str]) -> str:
    """Join choices: `a, b or c`."""
    if len(choices) < 2:
        return "".join(choices)
    return f"{', '.join(choices[:-1])} or {choices[-1]}"
