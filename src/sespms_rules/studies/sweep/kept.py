"""The cap of a policy as a goal: under which variant each limit on shares of levels is kept, and by how many it is not.

A limit is counted over all executives of the roster, by appointment and unit, whomever the sweep counts; what cannot be
read or rated leaves it undecided, as in `impact`.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from sespms_rules.foundation.values import Frozen, field
from sespms_rules.language.model import System
from sespms_rules.language.syntax.steps import Cap
from sespms_rules.language.syntax.words import PartKind
from sespms_rules.program.ir import Program
from sespms_rules.program.rating import Appraisal
from sespms_rules.rosters.files import RosterRow
from sespms_rules.rosters.population import CohortVerdict, Executive, cohort_verdicts
from sespms_rules.studies.sweep.by_group import sweep_of_some
from sespms_rules.studies.sweep.sweeping import Sweep
from sespms_rules.studies.sweep.wording import AskingError, Varied

WORDS = "the cap is kept"
"""The goal as it is asked for."""

_GOOD = ("kept", "does not apply")


class Group(Frozen):
    """Executives of one appointment in one unit, and how they stand under every variant."""

    appointment: str | None
    unit: str | None
    sweep: Sweep


class CapIsKept(Frozen):
    """The goal that every cap of the system is kept, in any of the sweeps that `groups` are of."""

    system: System
    groups: tuple[Group, ...]
    inspector_general: tuple[str, ...] = field(default=())
    words: str = field(default=WORDS)

    def missed(self, of: Sweep, number: int | None) -> Fraction:
        """By how many executives the caps are missed, one for each that is undecided; `number` None means now."""
        return sum(
            (max(each.beyond, Fraction(each.standing not in _GOOD)) for each in self._verdicts(of, number)), Fraction()
        )

    def stands(self, of: Sweep, number: int | None) -> str:
        """How each cap stands, in words."""
        return "; ".join(f"{each.about}: {each.standing.value}, {each.why}" for each in self._verdicts(of, number))

    def _verdicts(self, of: Sweep, number: int | None) -> list[CohortVerdict]:
        executives: list[Executive] = []
        for group in self.groups:
            if group.sweep.settings != of.settings:
                continue
            counts = group.sweep.now if number is None else group.sweep.counts[number].tolist()
            for state, count in zip(group.sweep.states, counts, strict=True):
                first = len(executives)
                executives += (
                    Executive(first + place, "", state, None, group.appointment, group.unit) for place in range(count)
                )
        found = cohort_verdicts(self.system, executives, self.inspector_general)
        return [each for each in found if isinstance(each.rule.sentence, Cap)]


def cap_is_kept(
    system: System,
    program: Program,
    everyone: Sequence[RosterRow],
    *ranges: Sequence[Varied],
) -> CapIsKept:
    """The goal over a population, for a sweep over each of the ranges, which differ.

    `everyone` are the rows of the executives whom the system is for. Raises AskingError where the system states no cap.
    """
    if not any(isinstance(each.sentence, Cap) for each in system.sentences(PartKind.DISTRIBUTION)):
        raise AskingError(
            f"`{system.name}` states no cap that could be kept",
            "state one under `distribution`, or ask for it in numbers: `at most 30 percent at level 4 or above`",
        )
    groups: dict[tuple[str | None, str | None], list[Appraisal | None]] = {}
    for row in everyone:
        groups.setdefault((row.appointment, row.unit), []).append(row.appraisal)
    made = (Group(*key, sweep_of_some(program, members, each)) for each in ranges for key, members in groups.items())
    return CapIsKept(system, tuple(made))
