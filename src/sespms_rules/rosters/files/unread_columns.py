"""Columns that nothing reads and that hold levels: where a plan may have elements of its own, one may be meant."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from fractions import Fraction
from typing import Final

from sespms_rules.foundation.diagnostic import Diagnostic
from sespms_rules.foundation.no_rating import is_no_rating
from sespms_rules.foundation.patterns import late
from sespms_rules.program.ir import Program
from sespms_rules.rosters.files.blanks import seen, tidy, trimmed
from sespms_rules.rosters.files.columns import Heading, Layout
from sespms_rules.rosters.files.level_words import LevelWords
from sespms_rules.rosters.files.marked_headings import without_marks
from sespms_rules.rosters.files.not_elements import NAME_IT, no_element
from sespms_rules.rosters.files.numbers import read_number
from sespms_rules.rosters.files.rows import UNREAD_COLUMN_OF_LEVELS

SAMPLE: Final = 10_000
"""How many rows are looked at."""

_WORD = late(r" level$", re.IGNORECASE)
_LEVEL = late(
    r" \((?:levels?|lvls?|ratings?)\)| (?:levels?|lvls?|ratings?)\b|^(?:levels?|ratings?) (?:of |for )?", re.IGNORECASE
)
_IN_BRACKETS = late(r"^\(([^()]+)\)$")


def unread_columns_of_levels(layout: Layout, rows: Iterable[Sequence[str]], program: Program) -> tuple[Diagnostic, ...]:
    """A finding for each column that is not read, holds levels, and could be an element of a plan.

    A term of the regulation says that it does, whatever the policy calls its levels; so does what is short for a term.
    What says that there is no rating is passed over, and so are initials of terms, which are degrees and states too.
    One whole term is enough, whatever stands beside it: it may be the one that fails someone. Numbers and the first
    words of terms have to outnumber other words, and with a number that is no level the column holds something else.
    """
    candidates = [each for each in layout.unread if _could_be_a_member(each, program)]
    if not candidates:
        return ()
    words, levels = LevelWords(program), {level for level, _ in program.summary.points}
    left = {each.index: each for each in candidates}
    met, stray = Counter[int](), Counter[int]()
    term: dict[int, str] = {}
    other: set[int] = set()
    for cells in rows:
        for index in [each for each in left if each < len(cells)]:
            text = trimmed(cells[index])
            if not text or is_no_rating(text):
                continue
            level = _level(text, words)
            if words.is_term(text):
                term.setdefault(index, text)
            if level in levels or (level is None and words.reads_as_one(text)):
                met[index] += 1
            elif level is None:
                stray[index] += not words.may_be_short(text)
            else:
                other.add(index)
    holding = {index for index in left if met[index] > stray[index] and index not in other}
    return tuple(
        _finding(each, program, "" if index in holding else term[index])
        for index, each in left.items()
        if index in holding or index in term
    )


def _level(text: str, words: LevelWords) -> Fraction | int | None:
    value = read_number(text)
    return value if isinstance(value, Fraction) else words.level(text)


def _could_be_a_member(heading: Heading, program: Program) -> bool:
    """Whether the heading names what could be an element or requirement that the policy leaves to each plan."""
    for element in program.summary.members:
        if element.stage and tidy(heading.text).startswith(f"{tidy(element.name)} / "):
            return element.stage.open
    return program.summary.open


def _finding(heading: Heading, program: Program, term: str) -> Diagnostic:
    """Say that levels are not read; `term` is the one that stands among other words, empty where levels are most."""
    text = seen(heading.text)
    holds = f"holds the level `{seen(term)}` among other words" if term else "holds levels"
    name = _WORD.sub("", without_marks(text).rpartition(" / ")[2]) or text
    if kind := no_element(name):
        says = f"the column `{text}` {holds} and reads as {kind}, and by `{program.name}` a plan may have its own"
        says = f"{says} elements"
        help = f"if it is an element of the plans, {NAME_IT}; otherwise remove the column"
        return UNREAD_COLUMN_OF_LEVELS.at(heading.span, says, help=help)
    says = f"the column `{text}` {holds} and is not read, though by `{program.name}` a plan may have its own elements"
    whole = _IN_BRACKETS.sub(r"\1", _LEVEL.sub("", without_marks(text))) or text
    help = f"if `{whole}` is an element, give the column the heading `{whole} level`; otherwise remove the column"
    return UNREAD_COLUMN_OF_LEVELS.at(heading.span, says, help=help)
