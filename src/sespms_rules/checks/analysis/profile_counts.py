"""How many of the sets of ratings that a plan can end with get no level.

Counted where elements are alike and unweighted, so that only how often each level was given matters; ratings that
an override takes are not counted. Where a line reads more than levels and the score, nothing is counted.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from math import comb

from sespms_rules.checks.analysis.decision_rows import Derivation, Profile, covered, holds, is_read
from sespms_rules.checks.analysis.gap_search import unweighted
from sespms_rules.checks.analysis.intervals import rounded
from sespms_rules.checks.analysis.linear_score import LinearScore, linear_score
from sespms_rules.checks.analysis.plans import PlanShape, named_apart, plan_shapes, points_of
from sespms_rules.checks.analysis.rating_profiles import profiles
from sespms_rules.foundation.values import Frozen
from sespms_rules.language.model import System
from sespms_rules.language.syntax.formula import Precision

_MOST_PROFILES = 3_000


class Tally(Frozen):
    """Of `possible` sets of ratings for `members` elements or requirements, `without` get no level."""

    members: int
    without: int
    possible: int


def tallies(system: System, derivation: Derivation) -> tuple[Tally, ...]:
    """Count size by size, the smallest plans first; sizes too large to count quickly are left out."""
    read = linear_score(derivation.part)
    points = points_of(system)
    if read is None or not points or read[0].reads_weights:
        return ()
    return tuple(_tallies(system, derivation, points, read))


def _tallies(
    system: System, derivation: Derivation, points: dict[int, Fraction], read: tuple[LinearScore, Precision | None]
) -> Iterator[Tally]:
    score, rounding = read
    counted = 0
    for shape in plan_shapes(system, derivation, score):
        if not _are_alike(shape, derivation, score):
            return
        counted += comb(len(shape.slots) + len(shape.slots[0].levels) - 1, len(shape.slots))
        if counted > _MOST_PROFILES:
            return
        without = possible = 0
        for profile, slots in profiles(shape, derivation, score):
            overridden = [holds(override.phrases, profile) for override in derivation.overrides]
            if True in overridden:
                continue
            if None in overridden or not all(is_read(line, profile) for line in derivation.lines):
                return
            levels = tuple(Fraction(member.level or 0) for member in profile)
            worth = levels if True in score.by_levels else tuple(points[int(level)] for level in levels)
            possible += 1
            without += not _has_line(derivation, profile, rounded(unweighted(score, slots, worth), rounding))
        yield Tally(len(shape.slots), without, possible)


def _are_alike(shape: PlanShape, derivation: Derivation, score: LinearScore) -> bool:
    """Whether all members are rated by the same levels and none is treated apart from the others."""
    kinds = {(slot.critical, slot.levels, slot.scale) for slot in shape.slots}
    apart = named_apart(derivation, score) & {slot.name for slot in shape.slots}
    return len(kinds) == 1 and not apart and shape.slots[0].scale is None


def _has_line(derivation: Derivation, profile: Profile, score: Fraction) -> bool:
    taking = (covered(line, profile) for line in derivation.lines)
    return any(scores is not None and scores.holds(score) for scores in taking)
