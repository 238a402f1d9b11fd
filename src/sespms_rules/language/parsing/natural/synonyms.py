"""Words and phrases that people use for words of the language; each is put in only where the sentence then goes on."""

from __future__ import annotations

from functools import cache

_SAME: dict[str, tuple[str, ...]] = {
    "the": ("",),
    "a": ("",),
    "an": ("",),
    "all": ("every", "each"),
    "all of the": ("every",),
    "all the": ("every",),
    "each": ("every",),
    "every": ("each",),
    "both": ("every",),
    "is": ("are",),
    "are": ("is",),
    "must be": ("is", "are"),
    "shall be": ("is", "are"),
    "will be": ("is", "are"),
    "must have": ("has",),
    "shall have": ("has",),
    "must": ("",),
    "shall": ("",),
    "if": ("when",),
    "whenever": ("when",),
    "percent": ("%",),
    "per cent": ("%",),
    "pct": ("%",),
    "equals": ("is",),
    "no more than": ("at most",),
    "not more than": ("at most",),
    "no greater than": ("at most",),
    "up to": ("at most",),
    "a maximum of": ("at most",),
    "maximum of": ("at most",),
    "maximum": ("at most",),
    "no less than": ("at least",),
    "not less than": ("at least",),
    "no fewer than": ("at least",),
    "not fewer than": ("at least",),
    "a minimum of": ("at least",),
    "minimum of": ("at least",),
    "minimum": ("at least",),
    "or higher": ("or better",),
    "or above": ("or better",),
    "and above": ("or better",),
    "or greater": ("or better",),
    "under": ("below",),
    "less than": ("below",),
    "lower than": ("below",),
    "one": ("1", "at least 1"),
    "once": ("1 time",),
    "ninety": ("90",),
    "thirty": ("30",),
    "sixty": ("60",),
    "annually": ("at least 1 time each year",),
    "per": ("each",),
    "non-career": ("noncareer",),
    "prb": ("board",),
    "performance review board": ("board",),
    "supervisor": ("rating official",),
    "immediate supervisor": ("rating official",),
    "supervising official": ("rating official",),
    "rater": ("rating official",),
    "reviewer": ("reviewing official",),
    "higher level official": ("higher-level official",),
    "second-level supervisor": ("higher-level official",),
    "appointing official": ("appointing authority",),
    "secretary": ("agency head",),
    "director": ("agency head",),
    "administrator": ("agency head",),
    "head of the agency": ("agency head",),
    "employee": ("executive",),
    "senior executive": ("executive",),
    "ses member": ("executive",),
    "appointees": ("executives",),
    "final rating": ("annual rating",),
    "annual summary rating": ("annual rating",),
    "initial summary rating": ("initial rating",),
    "bonus": ("performance award",),
    "award": ("performance award",),
    "summary": ("",),
    "overall": ("",),
    "annual": ("",),
    "self-assessment": ("executive narrative",),
    "mid-year review": ("progress review",),
    "competencies": ("competency",),
    "retained": ("kept",),
    "assistance": ("help",),
    "&": ("and",),
}
"""Of several, the first that lets the sentence go on is taken."""

_ARGUABLE = frozenset(
    {
        "secretary",
        "director",
        "administrator",
        "supervisor",
        "reviewer",
        "one",
        "annually",
        "maximum",
        "minimum",
        "both",
    }
)
"""What may mean something else: what is put in for these is a proposal, not sure."""

LONGEST = max(len(each.split()) for each in _SAME)


def said_as(words: str) -> tuple[str, ...]:
    """What the language may say for these words, letters of either case alike."""
    return _SAME.get(words.casefold(), ())


def is_arguable(words: str) -> bool:
    """Whether these words may mean something else than what is put in for them."""
    return words.casefold() in _ARGUABLE


@cache
def beginnings() -> frozenset[str]:
    """The first words of all phrases."""
    return frozenset(each.split()[0] for each in _SAME)
