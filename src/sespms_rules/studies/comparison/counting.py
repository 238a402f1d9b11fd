"""Two programs -> their transitions; several variants of one policy at once where their plans are the same."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any

from sespms_rules.foundation.values import replace
from sespms_rules.program.ir import Member, Program, Stage
from sespms_rules.program.rating import Appraisal
from sespms_rules.studies.comparison.result import Counted, Transition
from sespms_rules.studies.comparison.tallying import MOST_WALKED, NotTalliedError, Tallier, Tally


class Counting:
    """Counts the moves of several variants of one policy; what was listed for one serves the next."""

    def __init__(self, limit: int = MOST_WALKED, *, soon: bool = False) -> None:
        """`limit` and `soon` bound the work as they do for `Tallier`."""
        self._tallier = Tallier(limit, soon=soon)

    def counted(self, old: Program, new: Program) -> Counted:
        """Count how appraisals move from one program to the other. Raises NotTalliedError."""
        return _between(self._tallier.tally(weighed_alike(old, new)), 0, 1)

    def together(self, old: Program, variants: Sequence[Program]) -> list[Counted]:
        """Count how appraisals move from one program to each of its variants, which allow the same plans.

        Raises NotTalliedError.
        """
        made = self._tallier.tally((old, *variants))
        return [_between(made, 0, place) for place in range(1, len(variants) + 1)]


def _between(made: Tally, one: int, other: int) -> Counted:
    found: Counter[tuple[int, int]] = Counter()
    rescored = 0
    examples: dict[tuple[int, int], Appraisal] = {}
    for ends, count in made.ends.items():
        found[ends[one], ends[other]] += count
        examples.setdefault((ends[one], ends[other]), made.examples[ends])
    for ends, count in made.rescored.items():
        rescored += count if ends[one] == ends[other] and ends[one] > 0 else 0
    order = sorted(found, key=lambda pair: (-pair[0], -pair[1]))
    return Counted(made.domain, tuple(Transition(*pair, found[pair], examples[pair]) for pair in order), rescored)


# ---- plans -----------------------------------------------------------------------------------------


def weighed_alike(old: Program, new: Program) -> tuple[Program, Program]:
    """Two programs that both take weights where one of them does: the other is handed them and does not read them."""
    one, other = _weighed(old.summary, new.summary)
    return replace(old, summary=one), replace(new, summary=other)


def _weighed(old: Stage, new: Stage) -> tuple[Stage, Stage]:
    weighted = old.weighted or new.weighted
    inner_of = {each.name: each.stage for each in new.members}
    olds: list[Member] = []
    changed: dict[str, Stage] = {}
    for each in old.members:
        inner = inner_of.get(each.name)
        if each.stage is None or inner is None:
            olds.append(each)
            continue
        one, other = _weighed(each.stage, inner)
        olds.append(replace(each, stage=one))
        changed[each.name] = other
    news = [replace(each, stage=changed[each.name]) if each.name in changed else each for each in new.members]
    return replace(old, weighted=weighted, members=tuple(olds)), replace(new, weighted=weighted, members=tuple(news))


def same_plans(one: Program, other: Program) -> bool:
    """Whether two programs plainly allow the same plans and the same ratings: they say the same of them."""
    return bool(_admits(one.summary) == _admits(other.summary))


def _admits(stage: Stage) -> Any:
    members = sorted(
        (each.name, each.critical, each.optional, repr(each.scale), None if each.stage is None else _admits(each.stage))
        for each in stage.members
    )
    levels = tuple(sorted(level for level, _ in stage.points)) if stage.open else ()
    further = sorted(map(repr, stage.further))
    return (
        members,
        stage.open,
        levels,
        stage.weighted,
        sorted(map(repr, stage.limits)),
        sorted(map(repr, stage.unrated)),
        further,
    )


__all__ = ["Counting", "NotTalliedError", "same_plans", "weighed_alike"]
