"""A text and a place in it -> what may be written there: headings, sentences of the part, the next words, names.

Nothing is offered that the language would refuse: whole sentences come from the phrase book of the part, single words
from the parser's automaton.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from sespms_rules.foundation.values import Frozen, field
from sespms_rules.language.parsing import part_of_line, what_follows
from sespms_rules.language.phrasebook import PARTS, phrase_book
from sespms_rules.language.syntax.words import PartKind

_EDIT = re.compile(r"(?:strike|insert)[ \t]+")
_OF_RULES = (PartKind.BASELINE, PartKind.OVERLAY, PartKind.REQUIREMENT, PartKind.LIST)
_LEVEL_BEFORE = re.compile(r"\blevel[ \t]+$")


class Names(Frozen):
    """Names that a text may use: of its elements, systems, editions; its levels with their terms; provisions."""

    elements: tuple[str, ...] = field(default=())
    systems: tuple[str, ...] = field(default=())
    editions: tuple[str, ...] = field(default=())
    levels: tuple[tuple[int, str], ...] = field(default=())
    provisions: tuple[str, ...] = field(default=())


class Proposal(Frozen):
    """Words that may be put in the place of the characters from `start` to where the author is.

    `kind` is `heading`, `sentence`, `word`, `name` or `level`; `about` says what they mean, empty where nothing is to
    be said.
    """

    words: str
    kind: str
    about: str
    start: int


def proposals(text: str, at: int, names: Names) -> tuple[Proposal, ...]:
    """What may be written at a character of a text, the most telling first; nothing inside wording or a note."""
    begin = text.rfind("\n", 0, at) + 1
    before = text[begin:at]
    if text.count('"""', 0, at) % 2 or _in_note(before):
        return ()
    if before.count('"') % 2:
        return tuple(_names(before, begin + before.rindex('"'), names))
    if not before[:1].isspace():
        return tuple(_headings(text, before, begin))
    part = _part(text, begin)
    if part is None:
        return ()
    indent = len(before) - len(before.lstrip())
    edit = _EDIT.match(before, indent)
    start = edit.end() if edit else indent
    found = {each.words: each for each in _continuing(part, before[start:], begin + start, names)}
    return tuple(found.values())


def _in_note(before: str) -> bool:
    return any(before.count('"', 0, place.start()) % 2 == 0 for place in re.finditer("#", before))


def _part(text: str, begin: int) -> PartKind | None:
    """The part of the line that begins at a character: that of the last heading above it."""
    for line in reversed(text[:begin].split("\n")):
        if line.strip() and not line[0].isspace() and not line.startswith("#"):
            return part_of_line(line)
    return None


def _headings(text: str, before: str, begin: int) -> Iterator[Proposal]:
    """Headings that begin as the line does: of rules for systems only where the text holds rules."""
    of_rules = re.search(r"^(?:baseline|overlay)\b", text, re.MULTILINE) is not None
    for part in PARTS:
        if part.heading.startswith(before.lstrip()) and (of_rules or part.kind not in _OF_RULES):
            yield Proposal(part.heading, "heading", part.about, begin)
    if "strike".startswith(before) and re.search(r"^amendment\b", text, re.MULTILINE):
        yield Proposal("strike", "word", "takes a whole part out of the system that is amended", begin)


def _continuing(part: PartKind, typed: str, begin: int, names: Names) -> Iterator[Proposal]:
    """Whole sentences of the part that begin as typed, then what may follow the words that are complete."""
    wanted = " ".join(typed.split()).casefold()
    for phrase in phrase_book(part.value):
        for example in phrase.examples:
            if example.casefold().startswith(wanted) and "\n" not in example:
                yield Proposal(example, "sentence", phrase.means, begin)
    complete = typed[: len(typed) - len(re.split(r"[ \t]", typed)[-1])]
    begun = typed[len(complete) :]
    after = what_follows(part, complete)
    at = begin + len(complete)
    if "number" in after.values and _LEVEL_BEFORE.search(complete):
        yield from (Proposal(str(number), "level", term, at) for number, term in names.levels)
    if "name" in after.values:
        yield from (each for each in _names(f'{complete}"', at, names) if each.words.startswith(begun))
    for word in after.words:
        if word.startswith(begun) and word != begun:
            yield Proposal(word, "word", "", at)


def _names(before: str, start: int, names: Names) -> Iterator[Proposal]:
    """Names in quotes, those that the words before the quote ask for."""
    asked = before[: before.rindex('"')].split()
    known, about = names.elements, "an element"
    if asked[-1:] == ["under"]:
        known, about = names.provisions, "a provision"
    elif asked[-1:] in (["amends"], ["on"]) and asked[0] in ("amends", "system"):
        known, about = names.systems, "a system"
    elif asked[-1:] == ["follows"]:
        known, about = names.editions, "an edition of rules"
    yield from (Proposal(f'"{each}"', "name", about, start) for each in dict.fromkeys(known))
