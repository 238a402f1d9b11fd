"""Which word was meant: the distance between two spellings, and the nearest word of a list."""

from __future__ import annotations

from collections.abc import Iterable

LONGEST = 60
"""Longer words are not compared: nobody means them, and comparing takes the product of both lengths."""

_LONG_ENOUGH = 4
"""Shorter words lie too near to one another."""


def distance(one: str, other: str, limit: int) -> int:
    """How many letters must be changed, added, dropped or swapped with a neighbour; `limit` + 1 when more."""
    if abs(len(one) - len(other)) > limit or max(len(one), len(other)) > LONGEST:
        return limit + 1
    two_above: list[int] = []
    above = list(range(len(other) + 1))
    for i, letter in enumerate(one):
        row = [i + 1]
        for j, against in enumerate(other):
            cost = min(above[j + 1] + 1, row[j] + 1, above[j] + (letter != against))
            if i and j and letter == other[j - 1] and one[i - 1] == against:
                cost = min(cost, two_above[j - 1] + 1)
            row.append(cost)
        if min(row) > limit:
            return limit + 1
        two_above, above = above, row
    return min(above[-1], limit + 1)


def allowed_distance(word: str) -> int:
    """How far a misspelling of this length may lie from what was meant."""
    return 1 if len(word) <= 4 else 2 if len(word) <= 8 else 3


def is_slip(word: str, meant: str, words: Iterable[str]) -> bool:
    """Whether a word is so near to what was meant that nothing else can have been meant; `words` are the language's.

    A short word may be another one (`now`, `not`), a word that begins otherwise may deny (`unwritten`, `written`), and
    one that lies as near to a second word of the language may be that one (`quanlity`): none of these is a slip.
    """
    plain, wanted = word.casefold(), meant.casefold()
    if plain == wanted:
        return True
    if min(len(plain), len(wanted)) < _LONG_ENOUGH or plain[0] != wanted[0]:
        return False
    limit = 1 if len(plain) < 8 else 2
    apart = distance(plain, wanted, limit)
    if apart > limit:
        return False
    others = (each.casefold() for each in words if each.casefold() != wanted)
    return not any(distance(plain, each, apart) <= apart for each in others if each != plain)


def nearest(word: str, choices: Iterable[str]) -> tuple[str, ...]:
    """The choices nearest to a word, near enough to have been meant; several when equally near, in order."""
    plain = word.casefold()
    limit = allowed_distance(word)
    best: list[str] = []
    for choice in choices:
        apart = distance(plain, choice.casefold(), limit)
        if apart < limit or (apart == limit and not best):
            best, limit = [choice], apart
        elif apart == limit and apart <= allowed_distance(word):
            best.append(choice)
    return tuple(sorted(best))
