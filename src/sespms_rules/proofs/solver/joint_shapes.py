"""Two programs -> the plans that both admit, shape by shape: the members of one set beside those of the other.

Members are matched by name. One that only one program names may be a member of the plan's own under the other,
where that one lets plans bring members.
"""

from __future__ import annotations

from collections.abc import Sequence

from sespms_rules.foundation.spelling import backticked
from sespms_rules.foundation.values import Frozen, replace
from sespms_rules.program.ir import LevelScale, Member, Program, Stage
from sespms_rules.program.plans import Shape, ShapeMember, shapes_of


class NotComparableError(Exception):
    """Two programs that no appraisal can be handed to alike; `help` says what could be done."""

    def __init__(self, message: str, help: str) -> None:
        super().__init__(message)
        self.message = message
        self.help = help


class DifferentElementsError(NotComparableError):
    """Two programs rate elements of different names; `only_old` and `only_new` are those without a counterpart."""

    def __init__(self, only_old: Sequence[str], only_new: Sequence[str]) -> None:
        told = [f"only {which} rates {backticked(names)}" for which, names in _sides(only_old, only_new) if names]
        super().__init__(
            f"these systems do not rate the same elements: {' and '.join(told)}",
            "say which element of the new system stands for which of the old",
        )
        self.only_old = tuple(only_old)
        self.only_new = tuple(only_new)


class Joint(Frozen):
    """A shape of the old program and one of the new with the same members in the same order."""

    old: Shape
    new: Shape


class Joints(Frozen):
    """All joint shapes; `left` says which plans were not looked at; `only_old` and `only_new` fit no other shape."""

    joints: tuple[Joint, ...]
    only_old: tuple[Shape, ...]
    only_new: tuple[Shape, ...]
    left: str


def joint_shapes(old: Program, new: Program) -> Joints:
    """The shapes of plans that both programs admit. Raises NotComparableError where elements do not correspond."""
    _comparable(old.summary, new.summary, "")
    ones, others = shapes_of(old), shapes_of(new)
    made: list[Joint] = []
    fitting: set[int] = set()
    only_old: list[Shape] = []
    for one in ones.shapes:
        found = [(place, joint) for place, each in enumerate(others.shapes) if (joint := _joined(one, each))]
        made += [joint for _, joint in found]
        fitting |= {place for place, _ in found}
        only_old += [] if found else [one]
    only_new = [each for place, each in enumerate(others.shapes) if place not in fitting]
    return Joints(tuple(made), tuple(only_old), tuple(only_new), ones.left or others.left)


# ---- what corresponds ------------------------------------------------------------------------------


def _comparable(old: Stage, new: Stage, of: str) -> None:
    """Raise where members of one stage can have no counterpart in the other."""
    olds = {each.name: each for each in old.members}
    news = {each.name: each for each in new.members}
    only_old = [each.name for each in old.members if each.name not in news and not _may_differ(each, new)]
    only_new = [each.name for each in new.members if each.name not in olds and not _may_differ(each, old)]
    if only_old or only_new:
        inner = f"{of} / " if of else ""
        raise DifferentElementsError([inner + each for each in only_old], [inner + each for each in only_new])
    for name, one in olds.items():
        other = news.get(name)
        if other is None:
            continue
        if (one.stage is None) is not (other.stage is None):
            which = "old" if one.stage is not None else "new"
            raise NotComparableError(
                f"`{name}` is derived from its requirements in the {which} system alone",
                "compare systems that rate the same things: what an element is rated on cannot be mapped",
            )
        if one.stage is not None and other.stage is not None:
            _comparable(one.stage, other.stage, name)
        elif isinstance(one.scale, LevelScale) is not isinstance(other.scale, LevelScale):
            which = "old" if isinstance(one.scale, LevelScale) else "new"
            raise NotComparableError(
                f"`{name}` is rated by levels in the {which} system and by numbers in the other",
                "compare systems that rate it in one way: no level stands for a number",
            )


def _may_differ(member: Member, other: Stage) -> bool:
    """Whether there are plans of both although only one names a member: one that the plan brings, or does without."""
    return member.optional or other.may_bring(critical=member.critical)


def _joined(one: Shape, other: Shape) -> Joint | None:
    """The two shapes with the same members in one order; None where their members do not correspond."""
    if len(one.members) != len(other.members):
        return None
    named = {each.name: each for each in other.members if each.member is not None}
    without = {each.name for each in other.stage.members if each.name not in named}
    own = [each for each in other.members if each.member is None]
    here = {each.name for each in one.members if each.member is not None}
    only_other = [each for name, each in named.items() if name not in here]
    olds: list[ShapeMember] = []
    news: list[ShapeMember] = []
    for each in one.members:
        if each.name in without:
            return None  # the other plan does without it, and brings no other of its name
        if each.member is None:
            match = _taken(only_other, each.critical) or _taken(own, each.critical)
            each = replace(each, name=match.name if match is not None and match.member else each.name)
        else:
            match = named.get(each.name) or _taken(own, each.critical)
        pair = None if match is None else _paired(each, replace(match, name=each.name))
        if pair is None:
            return None
        olds.append(pair[0])
        news.append(pair[1])
    return Joint(Shape(one.stage, tuple(olds)), Shape(other.stage, tuple(news)))


def _taken(members: list[ShapeMember], critical: bool) -> ShapeMember | None:
    """The first of some members that is as critical, taken from among them."""
    place = next((place for place, each in enumerate(members) if each.critical is critical), None)
    return None if place is None else members.pop(place)


def _paired(one: ShapeMember, other: ShapeMember) -> tuple[ShapeMember, ShapeMember] | None:
    """Two members of one name; None where their requirements do not correspond."""
    if one.inner is None or other.inner is None:
        return (one, other) if one.inner is other.inner else None
    joint = _joined(one.inner, other.inner)
    return None if joint is None else (replace(one, inner=joint.old), replace(other, inner=joint.new))


def _sides(only_old: Sequence[str], only_new: Sequence[str]) -> tuple[tuple[str, Sequence[str]], ...]:
    return ("the old", only_old), ("the new", only_new)
