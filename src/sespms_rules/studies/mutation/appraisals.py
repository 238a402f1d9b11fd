"""ir.Program -> appraisals that changes of it are tried on, the most readable first.

Where all different appraisals are few enough, these are all of them, and a change that none of them notices makes no
difference. Otherwise they are regular ones, those near the edges, and some drawn at random, always the same ones.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from fractions import Fraction
from itertools import combinations_with_replacement, islice, product
from math import comb, prod
from random import Random

from sespms_rules.foundation.values import Frozen, replace
from sespms_rules.program.ir import Kind, LevelScale, Member, NumberScale, Stage
from sespms_rules.program.plans import PlanSize, plan_sizes
from sespms_rules.program.rating import Appraisal, Rated
from sespms_rules.program.traversal import formulas_of, members_named
from sespms_rules.studies.mutation.nested_outcomes import ends_of
from sespms_rules.studies.mutation.plans import Weights, plans

_SEED = 20_260_101
_ALL = 100_000
"""So many appraisals are tried one and all."""

_ROWS = 40_000
_MEMBERS = 400_000
"""So many members are rated in all of them together: an appraisal of two hundred takes what a hundred of two take."""

_INNER = 300
_INNER_ROWS = 12_000
_INNER_ALL = 2_000
_ODD = 12
"""With how many ratings a plan is tried that breaks a limit: that it is refused shows by any."""

_MOST_UNLIMITED = 3
"""Where no limit bounds how many members a plan has, so many more than it must have are tried."""

Filled = tuple[Rated, ...]


class Mark(Frozen, often=True):
    """How one member is rated, its name and weight apart."""

    rating: Fraction | None
    further: tuple[tuple[str, Fraction], ...]
    requirements: tuple[Rated, ...]


class _Choice(Frozen):
    """In which ways something may be filled in: rightly, and just not; `complete` says that there is no third."""

    good: list[Mark]
    odd: list[Mark]
    complete: bool


class _Fillings(Frozen):
    """The members of a stage filled in, rightly and just not, by readability."""

    good: list[Filled]
    odd: list[Filled]
    complete: bool


class Appraisals(Frozen):
    """Appraisals by readability; `complete` says that no other could be rated differently."""

    made: tuple[Appraisal, ...]
    complete: bool


def appraisals_of(stage: Stage) -> Appraisals:
    """The appraisals that a program with this summary is tried on."""
    largest = max(1, len(stage.members), *(size.own for size, _ in _sizes(stage)[0]))
    filled = _fillings(stage, Random(_SEED), min(_ROWS, _MEMBERS // largest))  # noqa: S311 - appraisals, not secrets
    return Appraisals(tuple(Appraisal("suggested", each) for each in (*filled.good, *filled.odd)), filled.complete)


class _Shape(Frozen):
    """The members of a plan: those the policy names first, then `own` that the plan brings, critical ones first.

    `alike` says that no formula can tell its own members of one sort from each other.
    """

    names: tuple[str, ...]
    choices: tuple[_Choice, ...]
    own: tuple[int, int]
    alike: bool
    legal: bool

    @property
    def size(self) -> int:
        """In how many ways it can be rated rightly."""
        size = prod(len(each.good) for each in self._named)
        ways = len(self.choices[-1].good) if sum(self.own) else 0
        for many in (each for each in self.own if each):
            size *= comb(ways + many - 1, many) if self.alike else ways**many
        return size

    @property
    def _named(self) -> tuple[_Choice, ...]:
        return self.choices[: len(self.choices) - sum(self.own)]

    @property
    def noncritical(self) -> frozenset[str]:
        """The names of the noncritical members that the plan brings."""
        return frozenset(self.names[len(self.names) - self.own[1] :])

    def vectors(self) -> Iterator[tuple[Mark, ...]]:
        """All these ways; of those that only change places between members that are alike, one."""
        named = product(*(each.good for each in self._named))
        if not sum(self.own):
            yield from named
            return
        marks = self.choices[-1].good
        sorts = [
            list(combinations_with_replacement(marks, many) if self.alike else product(marks, repeat=many))
            for many in self.own
        ]
        rest = [(*one, *other) for one in sorts[0] for other in sorts[1]]
        for some in named:
            yield from ((*some, *others) for others in rest)


def _fillings(stage: Stage, draw: Random, many: int) -> _Fillings:
    sizes, bounded = _sizes(stage)
    marks = {member.name: _choice(stage, member, draw) for member in stage.members}
    own = _choice(stage, None, draw)
    alike = not stage.weighted and not members_named(formulas_of(stage)) - {member.name for member in stage.members}
    shapes = [_shape(stage, size, marks, own, alike=alike, legal=legal) for size, legal in sizes]
    shapes = [shape for shape in shapes if shape.names]
    whole_sizes = [(shape.size, len(shape.names)) for shape in shapes if shape.legal]
    few = sum(size for size, _ in whole_sizes) <= _ALL
    few = few and sum(size * members for size, members in whole_sizes) <= _MEMBERS
    whole = bounded and not stage.weighted and few
    complete = whole and all(each.complete for shape in shapes for each in shape.choices)
    share = _ALL if whole else max(1, many // max(1, sum(shape.legal for shape in shapes)))
    good: list[Filled] = []
    odd: list[Filled] = []
    for shape in shapes:
        right, wrong = _of_shape(stage, shape, share if shape.legal else _ODD * 4, draw)
        (good if shape.legal else odd).extend(right)
        odd += wrong
    return _Fillings(good, odd, complete)


def _shape(
    stage: Stage, size: PlanSize, marks: dict[str, _Choice], own: _Choice, *, alike: bool, legal: bool
) -> _Shape:
    named = [name for name in marks if name not in size.absent]
    choices = (*(marks[name] for name in named), *(own,) * size.own)
    names = (*named, *_own_names(stage, size))
    return _Shape(names, choices, (size.critical, size.noncritical), alike, legal)


def _of_shape(stage: Stage, shape: _Shape, most: int, draw: Random) -> tuple[list[Filled], list[Filled]]:
    """Plans of one shape with their ratings: `most` that are right, and some that are just not."""
    uneven = _unevenness(mark for each in shape.choices for mark in each.good)
    vectors = sorted(_some(shape, draw, most), key=uneven)
    wrong = list(islice(_with_one_odd(shape.choices), _ODD * 40))
    filled = _Maker(shape.names, shape.noncritical).filled
    if not stage.weighted:
        return [filled(each, None) for each in vectors], [filled(each, None) for each in wrong]
    legal, illegal = plans(stage, shape.names, draw)
    each = max(1, most // max(1, len(legal)))
    regular, rest = vectors[: each * 2 // 3 + 1], vectors[each * 2 // 3 + 1 :]
    made = [
        (uneven(vector), place, vector, plan)
        for place, plan in enumerate(legal)
        for vector in (*regular, *draw.sample(rest, min(len(rest), each - len(regular))))
    ]
    made.sort(key=lambda one: one[:2])
    right = [filled(vector, plan) for _, _, vector, plan in made]
    odd = [filled(vector, plan) for plan in illegal for vector in vectors[:_ODD]]
    return right, odd + [filled(vector, plan) for plan in legal[:1] for vector in wrong]


def _with_one_odd(choices: Sequence[_Choice]) -> Iterator[tuple[Mark, ...]]:
    """Ratings of which one is just not right."""
    if any(not each.good for each in choices):
        return
    for base in choices[0].good[:2]:
        even = tuple(_like(base, each.good) for each in choices)
        for place, each in enumerate(choices):
            for odd in each.odd:
                yield (*even[:place], odd, *even[place + 1 :])


class _Maker:
    """Puts names, marks and weights together; what is the same is made once."""

    def __init__(self, names: Sequence[str], noncritical: frozenset[str]) -> None:
        self.names = names
        self.noncritical = noncritical
        self.made: dict[tuple[str, int, Fraction | None], Rated] = {}

    def filled(self, vector: Sequence[Mark], plan: Weights | None) -> Filled:
        """The members of one appraisal; marks must outlive this maker."""
        weights = plan if plan is not None else (None,) * len(vector)
        return tuple(map(self._one, self.names, vector, weights))

    def _one(self, name: str, mark: Mark, weight: Fraction | None) -> Rated:
        key = (name, id(mark), weight)
        found = self.made.get(key)
        if found is None:
            critical = name not in self.noncritical
            found = self.made[key] = Rated(name, mark.rating, weight, mark.further, mark.requirements, critical)
        return found


def _unevenness(marks: Iterable[Mark]) -> Callable[[tuple[Mark, ...]], tuple[int, int]]:
    """How many members are rated unlike most, and how many different ratings there are, in a vector of these marks.

    Marks must outlive what is returned. Ratings are told apart once: the same few are met in each of many vectors.
    """
    numbers: dict[Fraction | None, int] = {}
    number_of = {id(mark): numbers.setdefault(mark.rating, len(numbers)) for mark in marks}

    def uneven(vector: tuple[Mark, ...]) -> tuple[int, int]:
        counts = Counter([number_of[id(mark)] for mark in vector])
        return len(vector) - max(counts.values()), len(counts)

    return uneven


# ---- members -------------------------------------------------------------------------------------


def _sizes(stage: Stage) -> tuple[list[tuple[PlanSize, bool]], bool]:
    """The members a plan may have, and one too few and too many; and whether that is all."""
    found = plan_sizes(stage)
    legal = list(found.sizes)
    if found.left:
        least = max(1, min((each.own for each in legal), default=0))
        legal = [each for each in legal if each.own <= least + _MOST_UNLIMITED]
    around = (one for each in legal for one in _neighbours(each) if stage.open)
    known = set(legal)
    odd = dict.fromkeys(each for each in around if each not in known)
    sizes = [*((each, True) for each in legal), *((each, False) for each in odd)]
    return sorted(sizes, key=lambda each: (len(each[0].absent), each[0].noncritical, each[0].critical)), not found.left


def _neighbours(size: PlanSize) -> Iterator[PlanSize]:
    """Plans with one member of their own less or more."""
    for sort in ("critical", "noncritical"):
        many = getattr(size, sort)
        yield from (replace(size, **{sort: other}) for other in (many - 1, many + 1) if other >= 0)


def _own_names(stage: Stage, size: PlanSize) -> list[str]:
    noun = "Requirement" if stage.kind is Kind.REQUIREMENT else "Element"
    noncritical = [f"Noncritical {noun.lower()} {number}" for number in range(1, size.noncritical + 1)]
    return [*(f"{noun} {number}" for number in range(1, size.critical + 1)), *noncritical]


# ---- ratings -------------------------------------------------------------------------------------


def _choice(stage: Stage, member: Member | None, draw: Random) -> _Choice:
    """How a member may be rated; None: one that a plan brings."""
    further, outside = _furthers(stage)
    if member is not None and member.stage is not None:
        inner = _fillings(member.stage, draw, _INNER_ROWS)
        good = inner.good
        if not inner.complete or len(good) > _INNER_ALL:
            good = _telling(member.stage, good)
        whole = inner.complete and len(good) == len(inner.good) and not stage.further
        return _Choice(
            [Mark(None, each, filled) for filled in good for each in further],
            [Mark(None, further[0], filled) for filled in inner.odd] + [Mark(None, each, good[0]) for each in outside],
            whole,
        )
    scale = member.scale if member is not None else LevelScale(tuple(level for level, _ in stage.points))
    ratings, beyond = _ratings(scale)
    made = [Mark(rating, each, ()) for rating in ratings for each in further]
    made += [Mark(None, (), ())] if stage.unrated else []
    odd = [Mark(rating, further[0], ()) for rating in beyond] + [Mark(ratings[0], each, ()) for each in outside]
    return _Choice(made, odd, isinstance(scale, LevelScale) and not stage.further)


def _telling(stage: Stage, filled: list[Filled]) -> list[Filled]:
    """Requirements that come to different levels or scores, of those that come to the same the most readable."""
    found: dict[tuple[int | None, Fraction | None], Filled] = {}
    for each, end in zip(filled, ends_of(stage, filled), strict=True):
        found.setdefault(end, each)
    kept = list(found.values())
    return kept[:: max(1, len(kept) // _INNER)]


def _ratings(scale: LevelScale | NumberScale) -> tuple[list[Fraction], list[Fraction]]:
    """Ratings on a scale, and some that are not."""
    if isinstance(scale, LevelScale):
        beyond = [each for each in range(min(scale.levels), max(scale.levels)) if each not in scale.levels]
        return [Fraction(each) for each in scale.levels], [Fraction(each) for each in beyond]
    size = scale.high - scale.low
    step = Fraction(1) if size.denominator == 1 and size >= 10 else size / 20
    return [scale.high - step * place for place in range(int(size / step) + 1)], [scale.low - step, scale.high + step]


_Furthers = list[tuple[tuple[str, Fraction], ...]]


def _furthers(stage: Stage) -> tuple[_Furthers, _Furthers]:
    """Additional ratings: at both ends and in the middle; and just outside."""
    inside, outside = [], []
    for each in stage.further:
        middle = each.nearest((each.low + each.high) / 2)
        plain = Fraction(0) if each.admits(Fraction(0)) else middle
        inside.append([(each.name, value) for value in dict.fromkeys((plain, each.high, each.low, middle))])
        between = [] if each.step is None or not each.steps else [(each.name, each.low + each.step / 2)]
        outside.append([(each.name, each.low - 1), (each.name, each.high + 1), *between])
    good = list(product(*inside))
    usual = good[0]
    odd = [(*usual[:place], one, *usual[place + 1 :]) for place, several in enumerate(outside) for one in several]
    return good, odd


def _some(shape: _Shape, draw: Random, most: int) -> list[tuple[Mark, ...]]:
    """All combinations where they are few; else regular ones and others drawn at random."""
    if shape.size <= most:
        return list(shape.vectors())
    options = [each.good for each in shape.choices]
    made: dict[tuple[Mark, ...], None] = {}
    for base in islice(options[0], 40):
        even = tuple(_like(base, option) for option in options)
        made[even] = None
        for place, option in enumerate(options):
            for other in option:
                made[(*even[:place], other, *even[place + 1 :])] = None
    regular = list(made)[: most // 2]
    drawn = (tuple(draw.choice(option) for option in options) for _ in range(most - len(regular)))
    return list(dict.fromkeys((*regular, *drawn)))


def _like(base: Mark, options: Sequence[Mark]) -> Mark:
    """The option most like a mark: the same rating where there is one."""
    return next((each for each in options if each.rating == base.rating and each.further == base.further), options[0])
