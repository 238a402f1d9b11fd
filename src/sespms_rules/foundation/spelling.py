"""Names as people write them: how alike two are, which one was meant, and how to offer or list them."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from functools import lru_cache
from math import ceil, floor

from sespms_rules.foundation.patterns import late

NEAR = Fraction(6, 10)
"""How alike a name must be to be offered in place of another."""

_NUMBERS = late("[0-9]+|[^0-9]+")
_DIGITS = "0123456789"
_SPELLING = Fraction(85, 100)
_SHORT = 3
_ROMAN = frozenset("ivxlcdm")


_COMPARED = 100
"""So many names are compared letter by letter with one that nothing has: those that begin most like it."""


@lru_cache(maxsize=1_024)
def likeness(one: str, other: str) -> Fraction:
    """How alike two texts are, from 0 to 1; capitals, blanks and signs do not count."""
    first, second = _bare(one), _bare(other)
    if not first or not second:
        return Fraction(0)
    from difflib import SequenceMatcher  # most policies have no name that is not known

    matcher = SequenceMatcher(None, first, second, autojunk=False)
    same = sum(block.size for block in matcher.get_matching_blocks())
    return Fraction(2 * same, len(first) + len(second))


@lru_cache(maxsize=16_384)
def _bare(text: str) -> str:
    return "".join(letter for letter in text.casefold() if letter.isalnum())


def nearest_name(name: str, names: Iterable[str], least: Fraction = NEAR) -> str | None:
    """The name most like the one given, if any is as like it as `least` says."""
    shortest, longest = _sizes_as_like(name, least)
    others = [each for each in names if each != name and shortest <= len(_bare(each)) <= longest]
    if len(others) > _COMPARED:
        others.sort(key=lambda each: -_begun_alike(name, each))
    near = sorted(((likeness(name, each), each) for each in others[:_COMPARED]), key=lambda one: (-one[0], one[1]))
    return near[0][1] if near and near[0][0] >= least else None


def shortened(text: str, names: Iterable[str]) -> str | None:
    """The one name of which a text is the initials or the first words (`FS`, `Exceeds`); None for none or several."""
    said = " ".join(text.casefold().split())
    fitting = [
        each
        for each in names
        if len(words := each.casefold().split()) > 1
        and said in ("".join(word[0] for word in words), *(" ".join(words[:count]) for count in range(1, len(words))))
    ]
    return fitting[0] if len(fitting) == 1 else None


def _sizes_as_like(text: str, least: Fraction) -> tuple[int, int]:
    """How many letters a text can have at least and at most that is as like this one as `least` says."""
    size = len(_bare(text))
    return ceil(size * least / (2 - least)), floor(size * (2 - least) / least)


def _begun_alike(one: str, other: str) -> int:
    """How many letters two texts have in common from the first on."""
    if one[:1] != other[:1]:
        return 0
    return next((place for place, (left, right) in enumerate(zip(one, other, strict=False)) if left != right), len(one))


def is_spelling(name: str, other: str) -> bool:
    """Whether two different names can only be two spellings of one.

    They are where capitals, blanks or signs alone differ, or long words do by a letter or so. `Goal 1` and
    `Goal 2`, `Group A` and `Group B`, `Part II` and `Part III` are different names.
    """
    if name == other:
        return False
    if _bare(name) == _bare(other):
        return True
    ours, theirs = name.casefold().split(), other.casefold().split()
    return len(ours) == len(theirs) and all(map(_one_word, ours, theirs))


def _one_word(word: str, other: str) -> bool:
    """Whether two words can only be two spellings of one: long, without figures, and nearly the same."""
    if word == other:
        return True
    if min(len(word), len(other)) <= _SHORT or not (word + other).isalpha() or set(word + other) <= _ROMAN:
        return False
    if word[0] != other[0]:  # `Internal` and `External`, `Satisfactory` and `Unsatisfactory`
        return False
    return likeness(word, other) >= _SPELLING


def in_order(name: str) -> tuple[tuple[tuple[int, int, str], ...], str]:
    """What names are sorted by as people sort them: numbers in them by size, capitals of no account."""
    keyed = []
    for part in _NUMBERS.findall(name.casefold()):
        digits = part.lstrip("0")
        keyed.append((0, len(digits), digits) if part[0] in _DIGITS else (1, 0, part))
    return tuple(keyed), name


def did_you_mean(nearest: str | None, otherwise: str) -> str:
    """The help that offers a name, or the other help where none is near."""
    return f"did you mean `{nearest}`?" if nearest else otherwise


def listed(words: Iterable[str], last: str = "and") -> str:
    """Words in a row as people say them: `a`, `a and b`, `a, b and c`."""
    *front, end = list(words) or [""]
    return f"{', '.join(front)} {last} {end}" if front else end


def backticked(names: Iterable[str], last: str = "and") -> str:
    """Names in a row, each between backticks."""
    return listed((f"`{name}`" for name in names), last)
