"""Published distributions of ratings, with where they were read and how sure they are; and a number parted by one."""

from __future__ import annotations

import json
from collections.abc import Mapping
from fractions import Fraction
from functools import cache
from pathlib import Path

from sespms_rules.foundation.origin import exact
from sespms_rules.foundation.values import Frozen

_DATA = Path(__file__).with_name("distributions.json")


class Published(Frozen):
    """A distribution: how many (or which share) stand at each level, best first.

    `counts` says whether the numbers are executives, else they are shares in hundredths. `provenance` is how far it
    was compared with its source, `remark` what a reader must know of it.
    """

    name: str
    title: str
    levels: tuple[tuple[int, Fraction], ...]
    counts: bool
    source: str
    provenance: str
    remark: str

    @property
    def total(self) -> int | None:
        """How many executives it counts; None where only shares were published."""
        return int(sum(number for _, number in self.levels)) if self.counts else None


@cache
def published_distributions() -> tuple[Published, ...]:
    """All that the program knows, the latest first."""
    data = json.loads(_DATA.read_text(encoding="utf-8"))
    return tuple(
        Published(
            each["name"],
            each["title"],
            tuple((int(level), Fraction(number)) for level, number in each["levels"].items()),
            each["counts"],
            each["source"],
            each["provenance"],
            each["remark"],
        )
        for each in data["distributions"]
    )


def published(name: str) -> Published:
    """The distribution of a name; KeyError for one that is not known."""
    return {each.name: each for each in published_distributions()}[name]


def own_distribution(levels: Mapping[int, Fraction]) -> Published:
    """A distribution of one's own: how many stand at each level, or, of another number of executives, which share.

    Numbers that are not whole are shares alone.
    """
    best_first = tuple(sorted(levels.items(), reverse=True))
    said = ",".join(f"{level}={exact(number)}" for level, number in best_first)
    counts = all(number.denominator == 1 for _, number in best_first)
    remark = "it is what was asked for, and nothing that was published"
    return Published(said, "A distribution of one's own", best_first, counts, "", "your own", remark)


def allocated(distribution: Published, executives: int) -> dict[int, int]:
    """Part a number of executives by a distribution: each level its exact share, what is left to the largest rests.

    Levels with equal rests are served from the best down. A distribution of counts and its own total are given back
    as they are.
    """
    whole = sum(number for _, number in distribution.levels)
    due = {level: number * executives / whole for level, number in distribution.levels}
    parted = {level: int(share) for level, share in due.items()}
    left = executives - sum(parted.values())
    for level in sorted(due, key=lambda each: (parted[each] - due[each], -each))[:left]:
        parted[level] += 1
    return parted
