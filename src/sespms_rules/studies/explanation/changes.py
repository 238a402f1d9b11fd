"""What could be rated otherwise in one appraisal, and what would follow: places, moves, changes, and their words.

The plan stays as it is, weights and additional ratings included, and what is not rated stays so.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from enum import StrEnum
from fractions import Fraction

from sespms_rules.foundation.origin import exact
from sespms_rules.foundation.spelling import listed
from sespms_rules.foundation.values import Frozen, replace
from sespms_rules.program.ir import LevelScale, Member, NumberScale, Program, Stage
from sespms_rules.program.rating import Appraisal, Rated, Rating

MOST_STEPS = 1_000
"""How far from its number a rating on a scale is tried."""


class Towards(StrEnum):
    """In which direction a level is to be altered."""

    RAISE = "raise"
    LOWER = "lower"


class Place(Frozen):
    """A rated element, or a rated requirement of it, with the ratings it could have instead, the nearest first."""

    at: tuple[int, ...]
    element: str
    requirement: str | None
    before: Fraction
    others: tuple[Fraction, ...]
    scale: LevelScale | NumberScale


class Move(Frozen):
    """Another rating in one place: a level, or a number on a scale. `requirement` is None for an element.

    `steps` is how far it is from the rating before, in steps of the scale.
    """

    element: str
    requirement: str | None
    before: Fraction
    after: Fraction
    scaled: bool
    steps: Fraction

    def as_text(self) -> str:
        """The move in words."""
        what = "rated " if self.scaled else "level "
        who = f"`{self.element}`" if self.requirement is None else f"`{self.requirement}` of `{self.element}`"
        return f"{who} {what}{exact(self.after)} instead of {exact(self.before)}"


class Change(Frozen):
    """Moves made together, and what would follow; `level` is None where the result would be "not rated"."""

    moves: tuple[Move, ...]
    level: int | None
    term: str | None
    score: Fraction | None

    @property
    def steps(self) -> Fraction:
        """By how many steps ratings are moved, all together."""
        return sum((each.steps for each in self.moves), Fraction(0))

    def as_text(self) -> str:
        """The change in a sentence."""
        term = "" if self.term is None else f", {self.term}"
        score = "" if self.score is None else f"{',' if term else ''} with score {exact(self.score)}"
        result = "not rated" if self.level is None else f"level {self.level}{term}"
        together = " together" if len(self.moves) > 1 else ""
        return f"{listed(each.as_text() for each in self.moves)}{together} would make it {result}{score}"


class Flip(Frozen):
    """The smallest changes towards another level, all of one size: fewest ratings first, then fewest steps.

    `proved` says that nothing smaller does it, or nothing at all where there are no `changes`; `tried` is how many
    appraisals were rated for that, `solved` whether the solver covered the rest. `why` says why there is none, or why
    that is not proved.
    """

    towards: Towards
    changes: tuple[Change, ...]
    proved: bool
    tried: int
    solved: bool
    why: str


def places_of(program: Program, appraisal: Appraisal) -> tuple[Place, ...]:
    """Every rated element and requirement of an appraisal, in its order."""
    return tuple(_places(program.summary, appraisal))


def _places(summary: Stage, appraisal: Appraisal) -> Iterator[Place]:
    members = {member.name: member for member in summary.members}
    for at, rated in enumerate(appraisal.elements):
        member = members.get(rated.name)
        if member is None or member.stage is None:
            yield from _place((at,), rated.name, None, rated, member, summary)
            continue
        inner = {each.name: each for each in member.stage.members}
        for spot, one in enumerate(rated.requirements):
            yield from _place((at, spot), rated.name, one.name, one, inner.get(one.name), member.stage)


def _place(
    at: tuple[int, ...], element: str, requirement: str | None, rated: Rated, member: Member | None, stage: Stage
) -> Iterator[Place]:
    if rated.rating is None:
        return
    scale = member.scale if member else LevelScale(tuple(level for level, _ in stage.points))
    others = tuple(_others(rated.rating, scale))
    if others:
        yield Place(at, element, requirement, rated.rating, others, scale)


def _others(rating: Fraction, scale: LevelScale | NumberScale) -> Iterator[Fraction]:
    """The ratings it could be instead, the nearest first and higher before lower."""
    if isinstance(scale, LevelScale):
        levels = (Fraction(level) for level in scale.levels if level != rating)
        yield from sorted(levels, key=lambda each: (abs(each - rating), -each))
        return
    for step in range(1, min(MOST_STEPS, int(scale.high - scale.low)) + 1):
        yield from (to for to in (rating + step, rating - step) if scale.low <= to <= scale.high)


def moved(appraisal: Appraisal, moves: Sequence[tuple[Place, Fraction]]) -> Appraisal:
    """The appraisal with other ratings in some places."""
    elements = list(appraisal.elements)
    for place, rating in moves:
        at, *inner = place.at
        one = elements[at]
        if inner:
            requirements = list(one.requirements)
            requirements[inner[0]] = replace(requirements[inner[0]], rating=rating)
            elements[at] = replace(one, requirements=tuple(requirements))
        else:
            elements[at] = replace(one, rating=rating)
    return replace(appraisal, elements=tuple(elements))


def change_of(moves: Sequence[tuple[Place, Fraction]], rating: Rating) -> Change:
    """What was moved, and what followed."""
    made = tuple(
        Move(
            each.element,
            each.requirement,
            each.before,
            to,
            isinstance(each.scale, NumberScale),
            each.scale.steps(each.before, to),
        )
        for each, to in moves
    )
    return Change(made, rating.level, rating.term, rating.score)
