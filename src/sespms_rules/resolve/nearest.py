"""Finding what someone probably meant: the nearest name, the nearest sentence, and how to say them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fractions import Fraction
from functools import lru_cache

from sespms_rules.diagnostic import Fix
from sespms_rules.model import Stated
from sespms_rules.resolve.families import family
from sespms_rules.source import Span

_LONGEST_QUOTED = 160
_NEAR = Fraction(6, 10)
_SPELLING = Fraction(85, 100)
_SHORT = 3
_ROMAN = frozenset("ivxlcdm")


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


def _bare(text: str) -> str:
    return "".join(letter for letter in text.casefold() if letter.isalnum())


def nearest_name(name: str, names: Iterable[str]) -> str | None:
    """The name most like the one given, if any is near it."""
    near = sorted(
        ((likeness(name, each), each) for each in names if each != name), key=lambda found: (-found[0], found[1])
    )
    return near[0][1] if near and near[0][0] >= _NEAR else None


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
    return likeness(word, other) >= _SPELLING


def respelled(name: str, nearest: str | None, span: Span) -> tuple[Fix, ...]:
    """The change of a quoted name into the nearest one; sure only where it is a spelling."""
    if nearest is None or "\n" in span.text:
        return ()
    return (Fix(f"write `{nearest}`", span, f'"{nearest}"', sure=is_spelling(name, nearest)),)


def offered(nearest: str | None, otherwise: str) -> str:
    """The help that offers a name, or the other help where none is near."""
    return f"did you mean `{nearest}`?" if nearest else otherwise


def listed(names: Sequence[str]) -> str:
    """Names in backticks, joined as one says them."""
    quoted = [f"`{name}`" for name in names]
    return " and ".join([", ".join(quoted[:-1]), quoted[-1]] if len(quoted) > 1 else quoted)


def said(stated: Stated) -> str:
    """The words of a sentence on one line, cut where they are long."""
    text = " ".join(stated.origin.span.text.split())
    return text if len(text) <= _LONGEST_QUOTED else text[: _LONGEST_QUOTED - 1] + "…"


def nearest_sentence(sought: Stated, candidates: Sequence[Stated]) -> Stated | None:
    """The sentence that was probably meant: of the same family first, else the most alike in its words."""
    key = family(sought.sentence)
    relatives = [each for each in candidates if key is not None and family(each.sentence) == key]
    relatives += [each for each in candidates if key is None and type(each.sentence) is type(sought.sentence)]
    if len(relatives) == 1:
        return relatives[0]
    from difflib import get_close_matches

    words = {said(each): each for each in reversed(relatives or list(candidates))}
    near = get_close_matches(said(sought), list(words), n=1)
    return words[near[0]] if near else (relatives[0] if relatives else None)
