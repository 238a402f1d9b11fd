"""Derived levels of many executives -> exact counts and shares, for all of them and for each unit or appointment.

Every executive is counted in exactly one place: at a level, as not rated, or as refused.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from fractions import Fraction

from sespms_rules.foundation.spelling import in_order
from sespms_rules.foundation.values import Frozen, field
from sespms_rules.program.arithmetic import rounded
from sespms_rules.program.ir import Program, Tie
from sespms_rules.program.rating import Outcome

State = int | Outcome
"""Where one executive stands: a level by its number, or `Outcome.NOT_RATED` or `Outcome.REFUSED`."""

SAID_ROUNDING = "shares are exact in the data; percentages shown are rounded half up to one decimal"
"""How `percent` rounds, in the words of a report."""


class Executive(Frozen, often=True):
    """One row of a population: who it is, and what was derived for it.

    `row` is what a spreadsheet shows beside it. `state` is its level, or why it has none. `score` is None where the
    policy derives none. `appointment` and `unit` are None where the roster does not say.
    """

    row: int
    id: str
    state: State
    score: Fraction | None = field(default=None)
    appointment: str | None = field(default=None)
    unit: str | None = field(default=None)

    @property
    def level(self) -> int | None:
        """The level, None where there is none."""
        return None if isinstance(self.state, Outcome) else self.state


class Distribution(Frozen):
    """How many executives stand at each level, best first, and how many have no level.

    `levels` holds every level of the policy, also those that nobody has.
    """

    levels: tuple[tuple[int, int], ...]
    not_rated: int = field(default=0)
    refused: int = field(default=0)

    @property
    def rated(self) -> int:
        """How many have a level; shares are shares of these."""
        return sum(count for _, count in self.levels)

    @property
    def total(self) -> int:
        """How many there are at all."""
        return self.rated + self.not_rated + self.refused

    def count(self, level: int) -> int:
        """How many have this level."""
        return dict(self.levels).get(level, 0)

    def share(self, level: int) -> Fraction | None:
        """The exact share of those rated that have this level; None where nobody is rated."""
        return Fraction(self.count(level), self.rated) if self.rated else None


def levels_of(program: Program) -> tuple[int, ...]:
    """The levels a policy can give, best first."""
    return tuple(sorted({level for level, _ in program.summary.points} | dict(program.terms).keys(), reverse=True))


def distribution(levels: Sequence[int], states: Iterable[State]) -> Distribution:
    """Count where executives stand. `levels` are those to show even if nobody has them."""
    counted: Counter[State] = Counter(states)
    not_rated, refused = counted.pop(Outcome.NOT_RATED, 0), counted.pop(Outcome.REFUSED, 0)
    numbers = sorted({*levels, *(each for each in counted if isinstance(each, int))}, reverse=True)
    return Distribution(tuple((number, counted[number]) for number in numbers), not_rated, refused)


def distributions_by(
    levels: Sequence[int], keys: Sequence[str | None], states: Sequence[State]
) -> tuple[tuple[str | None, Distribution], ...]:
    """Count apart for each key (a unit, an appointment), as people sort them; None (not given) comes last."""
    apart: dict[str | None, Counter[State]] = {}
    for (key, state), count in Counter(zip(keys, states, strict=True)).items():
        apart.setdefault(key, Counter())[state] += count
    order = sorted(apart, key=lambda key: (key is None, in_order(key or "")))
    return tuple((key, distribution(levels, apart[key].elements())) for key in order)


def percent(share: Fraction | None) -> str:
    """A share as a percentage for display, rounded half up to one decimal (`33.3 %`); `-` where there is none."""
    if share is None:
        return "-"
    tenths = Fraction(rounded(share * 100, Tie.HALF_UP, per_one=10)) * 10
    whole, tenth = divmod(tenths.numerator, 10)
    return f"{whole}.{tenth} %"
