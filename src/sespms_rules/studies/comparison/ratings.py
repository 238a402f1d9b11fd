"""Two programs -> the ratings that one of them alone takes: levels are compared for appraisals that both take."""

from __future__ import annotations

from collections.abc import Iterator

from sespms_rules.foundation.origin import exact
from sespms_rules.program.ir import LevelScale, Member, NumberScale, Program, Stage, Unrated
from sespms_rules.program.plans import covered
from sespms_rules.program.unrated_rules import rule_for
from sespms_rules.studies.comparison.counting import weighed_alike
from sespms_rules.studies.comparison.result import Ratings, RatingsOfOne

UNRATED = "left without a rating"
"""How it is told that a rating may be missing."""


def ratings_of_both(old: Program, new: Program, both: int | None) -> Ratings:
    """Compare the ratings that two programs take for the members of both; `both` appraisals are taken by each of them.

    An element that one of them alone names is no difference of ratings, but of plans.
    """
    differ = tuple(_stage(old.summary, new.summary, None))
    if not differ or both is None:
        return Ratings(differ)
    counts = [covered(each).appraisals for each in weighed_alike(old, new)]
    only_old, only_new = (None if each is None else each - both for each in counts)
    return Ratings(differ, only_old, only_new)


def _stage(old: Stage, new: Stage, of: str | None) -> Iterator[RatingsOfOne]:
    others = {each.name: each for each in new.members}
    for member in old.members:
        other = others.get(member.name)
        if other is None:
            continue
        if member.stage is not None and other.stage is not None:
            yield from _stage(member.stage, other.stage, member.name)
        elif member.stage is None and other.stage is None:
            yield from _differing(member.name, _taken(old, member), _taken(new, other), of)
    if old.open and new.open:
        yield from _differing(None, _taken_of_own(old), _taken_of_own(new), of)


def _differing(name: str | None, old: list[str], new: list[str], of: str | None) -> Iterator[RatingsOfOne]:
    only_old, only_new = (tuple(each for each in one if each not in other) for one, other in ((old, new), (new, old)))
    if only_old or only_new:
        yield RatingsOfOne(name, only_old, only_new, of)


def _taken(stage: Stage, member: Member) -> list[str]:
    """The ratings that a stage takes for a member, each in words."""
    rule = rule_for(stage, member.critical)
    missing = [UNRATED] if rule is not None and rule.what is not Unrated.STOP else []
    return _scale(member.scale) + missing


def _taken_of_own(stage: Stage) -> list[str]:
    """The ratings that a stage takes for what a plan brings itself, each in words."""
    brought = [each for each in (True, False) if stage.may_bring(critical=each)]
    rules = [rule_for(stage, each) for each in brought]
    missing = any(rule is not None and rule.what is not Unrated.STOP for rule in rules)
    return [f"level {level}" for level, _ in stage.points] + [UNRATED] * missing


def _scale(scale: LevelScale | NumberScale) -> list[str]:
    if isinstance(scale, LevelScale):
        return [f"level {level}" for level in scale.levels]
    return [f"any number from {exact(scale.low)} to {exact(scale.high)}"]
