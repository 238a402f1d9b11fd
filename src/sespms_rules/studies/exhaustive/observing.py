"""What all programs together read of the appraisals of one shape of plan."""

from __future__ import annotations

from collections.abc import Iterator

from sespms_rules.studies.exhaustive.joint import JointStage
from sespms_rules.studies.exhaustive.sufficient_statistics import (
    Observation,
    Observed,
    Unobservable,
    observations,
    together,
)


def observed(shape: JointStage) -> list[Observation]:
    """The sums that the programs read, each once. Raises Unobservable where one reads more than sums."""
    return together(_observed(shape))


def _observed(shape: JointStage) -> Iterator[Observation]:
    if any(member.inner is not None or 0 in member.levels for member in shape.members):
        raise Unobservable
    for place, stage in enumerate(shape.stages):
        critical = [member.critical if (of := member.of[place]) is None else of.critical for member in shape.members]
        seen = tuple(Observed(member.name, each) for member, each in zip(shape.members, critical, strict=True))
        yield from observations(stage, seen)
