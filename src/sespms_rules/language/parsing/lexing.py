"""Text -> tokens: words, wording, numbers, days, signs, and the two kinds of line end that carry the layout.

The patterns are the grammar's own; four more catch what is no token, so that lexing never fails: wording or
prose that is never closed, empty wording, and characters the language does not use.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable
from functools import cache
from typing import NamedTuple

from sespms_rules.language.parsing.grammar import tables
from sespms_rules.language.parsing.normalization import straightened
from sespms_rules.language.syntax.words import PartKind

MARGIN, LINE, LAST, END = "_MARGIN", "_LINE", "_EOF_NL", "$END"
LAYOUT = frozenset({MARGIN, LINE, LAST, END})
OPEN_QUOTE, OPEN_PROSE, EMPTY_QUOTES, STRANGE = "open quote", "open prose", "empty quotes", "strange"
FAULTY = frozenset({OPEN_QUOTE, OPEN_PROSE, EMPTY_QUOTES, STRANGE})


MOST_TOKENS = 200_000
"""Some fifty times as many as the longest text that is known has; what has more is no policy, and would fill memory."""


class Stream(NamedTuple):
    """The tokens of a text in three lists of one length: kind, first character, character behind the last.

    `layouts` says which tokens end lines; `doubtful`, whether some prose may really be prose that was not closed.
    `rest` is where the text goes on that was not read, because it has more tokens than any policy; None: all was.
    """

    text: str
    kinds: list[str]
    starts: list[int]
    ends: list[int]
    layouts: list[int]
    doubtful: bool
    rest: int | None = None

    def words(self, first: int, end: int) -> str:
        """The text from a token to the one before `end`."""
        return self.text[self.starts[first] : self.ends[end - 1]] if end > first else ""

    def line_end(self, place: int) -> int:
        """The first token from `place` on that ends a line."""
        return self.layouts[bisect_left(self.layouts, place)]


_CAUGHT = (
    (OPEN_PROSE, '"""'),
    (EMPTY_QUOTES, '""'),
    (OPEN_QUOTE, r'"[^\n]*'),
    (STRANGE, r'_\w*|[^\s\w"#%()*+,/:\-]+|[\s\S]'),
)


@cache
def _matcher() -> tuple[Callable[[str, int], re.Match[str] | None], tuple[str, ...]]:
    """One pattern for all tokens, each with the blanks before it, and the kind of each of its groups."""
    signs = "".join(sorted(each for each in tables().words if not each[0].isalpha()))
    patterns = [*tables().patterns, ("sign", f"[{re.escape(signs)}]"), *_CAUGHT]
    tried = "|".join(f"(?P<of_{number}>{pattern})" for number, (_, pattern) in enumerate(patterns))
    made = re.compile(f"[ \t]*(?:{tried})")
    kinds = [""] * (made.groups + 1)
    for number, (kind, _) in enumerate(patterns):
        kinds[made.groupindex[f"of_{number}"]] = kind
    return made.match, tuple(kinds)


class KnownTokens(NamedTuple):
    """What is known of a text from one that was lexed before.

    Its tokens before `first` are the same, and so is all from the character `behind` on, which stood `moved` characters
    further to the front.
    """

    old: Stream
    first: int
    behind: int
    moved: int

    def joined(self, kinds: list[str], starts: list[int], ends: list[int], layouts: list[int]) -> bool:
        """Whether the tokens from the last one on, which ends a line, are those of the old text; then they are added.

        No token looks back, and what is told of words looks back to the end of the line before them alone.
        """
        old, place = self.old, starts[-1] - self.moved
        at = bisect_left(old.starts, place)
        if old.starts[at] != place or old.kinds[at] not in LAYOUT:
            return False
        count, moved = len(kinds) - 1, self.moved
        del kinds[-1], starts[-1], ends[-1]
        kinds += old.kinds[at:-1]
        starts += [each + moved for each in old.starts[at:-1]]
        ends += [each + moved for each in old.ends[at:-1]]
        layouts += [each - at + count for each in old.layouts[bisect_left(old.layouts, at) : -1]]
        return True


def lex(original: str, *, wary: bool = False) -> Stream:
    """Return the tokens of a text; `wary` takes prose with a heading inside it for prose that was not closed."""
    return lex_straightened(straightened(original), wary=wary)


def lex_straightened(text: str, known: KnownTokens | None = None, *, wary: bool = False) -> Stream:
    """The same of a text that is straightened already, of which something may be known."""
    if text.count("#") > MOST_TOKENS:  # notes are part of the line before them: a page of them is one sign to match
        size = len(text)
        return Stream(text, [END], [size], [size], [0], False, text.index("#"))
    match, kind_of = _matcher()
    words = tables().words
    kinds, starts, ends, layouts = _begun(known)
    place, size, doubtful = ends[-1] if ends else 0, len(text), False
    behind = size if known is None else known.behind
    while place < size and len(kinds) < MOST_TOKENS:
        found = match(text, place)
        if found is None:  # only blanks are left
            break
        group = found.lastindex or 0
        kind = kind_of[group]
        start, place = found.span(group)
        if kind == "WORD":
            kind = words.get(found[group]) or _in_capitals(text, kinds, layouts, start, place)
        elif kind == "sign":
            kind = words[found[group]]
        elif kind == "PROSE" and _holds_heading(text, start, place):
            doubtful = True
            kind = OPEN_PROSE if wary else kind
        if kind == OPEN_PROSE:
            place = _end_of_open_prose(text, start)
        kinds.append(kind)
        starts.append(start)
        ends.append(place)
        if kind in LAYOUT:
            if start >= behind and known and known.joined(kinds, starts, ends, layouts):
                place = size
            else:
                layouts.append(len(kinds) - 1)
    layouts.append(len(kinds))
    rest = place if len(kinds) >= MOST_TOKENS and place < size else None
    return Stream(text, [*kinds, END], [*starts, size], [*ends, size], layouts, doubtful, rest)


def _begun(known: KnownTokens | None) -> tuple[list[str], list[int], list[int], list[int]]:
    """Kinds, starts and ends of the tokens that are known, and which of them end lines."""
    if known is None:
        return [], [], [], []
    old, first = known.old, known.first
    return old.kinds[:first], old.starts[:first], old.ends[:first], old.layouts[: bisect_left(old.layouts, first)]


def _in_capitals(text: str, kinds: list[str], layouts: list[int], start: int, end: int) -> str:
    """The kind of a word that has capitals where people write them, and the language none; else that of no word.

    A sentence may begin with a capital letter, a heading may have more of them, and so may a level before its number.
    Names are always in quotes, so that nothing else can be meant.
    """
    word = text[start:end].lower()
    kind = tables().words.get(word)
    if kind is None:
        return "WORD"
    line = layouts[-1] + 1 if layouts else 0
    is_heading = kinds[layouts[-1]] == MARGIN if layouts else text[0] not in " \t"
    begins = len(kinds) == line or (len(kinds) == line + 1 and kinds[line] in ("STRIKE", "INSERT"))
    is_level = word == "level" and text[end : end + 2].strip().isdigit()
    return kind if begins or is_heading or is_level else "WORD"


@cache
def _heading_in_prose() -> re.Pattern[str]:
    headings = "|".join(re.escape(kind.value) for kind in PartKind)
    return re.compile(rf"\n(?:{headings})\b")


def _holds_heading(text: str, start: int, end: int) -> bool:
    at_the_margin = any(line[:1].isalpha() for line in text[start:end].split("\n")[1:])
    return at_the_margin and bool(_heading_in_prose().search(text, start, end))


def _end_of_open_prose(text: str, start: int) -> int:
    """Where prose that is never closed ends: before the first line that is indented no deeper than its own."""
    begin = text.rfind("\n", 0, start) + 1
    depth = len(text[begin:start]) - len(text[begin:start].lstrip())
    end = text.index("\n", start)
    while end + 1 < len(text):
        following = text.index("\n", end + 1)
        line = text[end + 1 : following]
        if line.strip() and len(line) - len(line.lstrip()) <= depth:
            break
        end = following
    return end
