"""Limits on weights -> what the members of a plan may weigh, read in one place by all who list, count or try plans.

The reference refuses weights by the limits themselves, and the solver turns them into its own terms, on purpose.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from math import ceil, floor

from sespms_rules.foundation.values import Frozen
from sespms_rules.program.ir import Limit, NoneAbove, WeightTotal, WholeWeights
from sespms_rules.program.plans.feasibility import WeightBox
from sespms_rules.program.plans.sizes import weight_ends

Ends = tuple[Fraction | None, Fraction | None]
"""The least and the largest weight of a member; None: not limited on that side."""


class AllowedWeights(Frozen):
    """What members of these names may weigh, each above 0.

    `totals` are the totals that are asked for, `tops` the places of members that none may be above, `whole` whether
    weights are whole numbers.
    """

    ends: tuple[Ends, ...]
    totals: tuple[Fraction, ...]
    tops: tuple[int, ...]
    whole: bool

    @property
    def fixed(self) -> tuple[Fraction, ...] | None:
        """The weights where each of them is fixed, kept limits or not; None where one is free."""
        weights = tuple(low for low, high in self.ends if low is not None and low == high)
        return weights if len(weights) == len(self.ends) else None

    @property
    def boxes(self) -> tuple[WeightBox, ...]:
        """The least and the largest weight of each member, for the question whether some weights fit them all."""
        return tuple(WeightBox(low or Fraction(0), high, at in self.tops) for at, (low, high) in enumerate(self.ends))

    @property
    def has_no_whole_total(self) -> bool:
        """Whether no whole weights can make what is asked for as their total."""
        return len(self.totals) > 1 or any(total.denominator != 1 for total in self.totals)

    @property
    def whole_ranges(self) -> tuple[tuple[int, int | None], ...]:
        """The least and the largest whole weight of each member; None where nothing bounds it above."""
        tops = [floor(each) for each in self.totals]
        return tuple(
            (max(1, ceil(low or 0)), min([*tops, *([] if high is None else [floor(high)])], default=None))
            for low, high in self.ends
        )

    def keep(self, weights: Sequence[Fraction]) -> bool:
        """Whether weights of all members, in their order, keep every limit."""
        return (
            all(each > 0 for each in weights)
            and all(sum(weights) == total for total in self.totals)
            and not (self.whole and any(each.denominator != 1 for each in weights))
            and all(weights[top] == max(weights) for top in self.tops)
            and all(
                (low is None or low <= each) and (high is None or each <= high)
                for each, (low, high) in zip(weights, self.ends, strict=True)
            )
        )


def allowed_weights(limits: Sequence[Limit], names: Sequence[str]) -> AllowedWeights:
    """What members of these names may weigh by limits; those on members that a plan does not have ask nothing."""
    return AllowedWeights(
        tuple(weight_ends(limits, name) for name in names),
        tuple(dict.fromkeys(limit.total for limit in limits if isinstance(limit, WeightTotal))),
        tuple(names.index(each.name) for each in limits if isinstance(each, NoneAbove) and each.name in names),
        any(isinstance(limit, WholeWeights) for limit in limits),
    )
