"""Finding which sentence someone probably meant, and changing a name into the nearest one."""

from __future__ import annotations

from collections.abc import Sequence

from sespms_rules.foundation.diagnostic import Fix
from sespms_rules.foundation.source import Span
from sespms_rules.foundation.spelling import is_spelling
from sespms_rules.language.model import Stated
from sespms_rules.language.resolution.families import family

_LONGEST_QUOTED = 160
_MOST_COMPARED = 200
"""Sentences are compared letter by letter with at most so many."""


def respelled(name: str, nearest: str | None, span: Span) -> tuple[Fix, ...]:
    """The change of a quoted name into the nearest one; sure only where it is a spelling."""
    if nearest is None or "\n" in span.text:
        return ()
    return (Fix(f"write `{nearest}`", span, f'"{nearest}"', sure=is_spelling(name, nearest)),)


def said(stated: Stated) -> str:
    """The words of a sentence on one line, cut where they are long."""
    text = stated.origin.span.words
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
    near = get_close_matches(said(sought), _most_alike(said(sought), list(words)), n=1)
    return words[near[0]] if near else (relatives[0] if relatives else None)


def _most_alike(sought: str, candidates: list[str]) -> list[str]:
    """Of very many candidates those that share the most words with what is sought, in their order."""
    if len(candidates) <= _MOST_COMPARED:
        return candidates
    wanted = set(sought.split())
    shared = sorted(range(len(candidates)), key=lambda at: -len(wanted.intersection(candidates[at].split())))
    return [candidates[at] for at in sorted(shared[:_MOST_COMPARED])]
