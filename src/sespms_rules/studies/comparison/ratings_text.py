"""Ratings that one of the two systems alone takes -> what is printed of them."""

from __future__ import annotations

from collections.abc import Iterator

from sespms_rules.foundation.spelling import listed
from sespms_rules.studies.comparison.result import Ratings, RatingsOfOne

NOT_THE_SAME = "not the same ratings are possible under both"


def ratings_lines(ratings: Ratings) -> Iterator[str]:
    """Whose ratings differ, and how many appraisals one system alone takes, as lines; none where nothing differs."""
    if not ratings.differ:
        return
    yield f"ratings: {NOT_THE_SAME}"
    for which in ("old", "new"):
        for words, names in _by_words(ratings, which).items():
            yield f"  {listed(names)} can be {words} under the {which} system alone"
    yield f"  levels are compared for the appraisals that are possible under both{_counts(ratings)}"


def _by_words(ratings: Ratings, which: str) -> dict[str, list[str]]:
    """What one system alone takes, in words, with all whose ratings these are."""
    found: dict[str, list[str]] = {}
    for each in ratings.differ:
        taken = each.only_old if which == "old" else each.only_new
        if taken:
            found.setdefault(_can_be(taken), []).append(_named(each))
    return found


def _can_be(taken: tuple[str, ...]) -> str:
    """`rated level 4 or level 2, or left without a rating`."""
    rated = [each for each in taken if not each.startswith("left ")]
    said = [f"rated {listed(rated, 'or')}"] if rated else []
    return ", or ".join(said + [each for each in taken if each.startswith("left ")])


def _named(one: RatingsOfOne) -> str:
    if one.name is None:
        return "what a plan brings itself"
    return f"`{one.name}`" if one.requirement_of is None else f"`{one.name}` of `{one.requirement_of}`"


def _counts(ratings: Ratings) -> str:
    counts = [(ratings.only_old, "old"), (ratings.only_new, "new")]
    said = [
        f"{count:,} {'is' if count == 1 else 'are'} possible under the {which} alone"
        for count, which in counts
        if count
    ]
    return f"; {listed(said)}" if said else ""


__all__ = ["NOT_THE_SAME", "ratings_lines"]
