"""What the limits of a policy over its population say of a roster that is rated: as `impact` and `sweep` read them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, Final

from sespms_rules.foundation.values import Frozen, replace
from sespms_rules.language.model import System
from sespms_rules.language.syntax.words import PartKind
from sespms_rules.program.rating import Outcome
from sespms_rules.reports.ratings import RatedRow
from sespms_rules.rosters.files import OpenRoster, RosterRow

if TYPE_CHECKING:
    from sespms_rules.rosters.population import CohortVerdict, State

MOST_MEASURED: Final = 100_000
"""Up to so many lines the executives are held in memory until the last of them is rated."""

NOT_MEASURED = "the policy states limits over the population, which are not measured here; `sespms impact` does that"


class _Known(Frozen, often=True):
    """What a row says of its executive; `member` is whether it is a member of the population at all."""

    member: bool
    appointment: str | None
    unit: str | None


class Limits:
    """Follows the rows of a roster, as they are read and as they are rated, and then says how each limit stands."""

    def __init__(self, system: System) -> None:
        self._system = system
        self._known: dict[int, _Known] = {}
        self._stood: list[tuple[RatedRow, State]] = []

    def watching(self, roster: OpenRoster) -> OpenRoster:
        """The same roster, whose rows are noted as they are read."""
        return replace(roster, rows=self._read(roster.rows))

    def _read(self, rows: Iterator[RosterRow]) -> Iterator[RosterRow]:
        for row in rows:
            self._known[row.number] = _Known(row.is_covered and not row.is_nobody, row.appointment, row.unit)
            yield row

    def noted(self, rows: Iterator[RatedRow]) -> Iterator[RatedRow]:
        """The rows as they are, each noted as it passes."""
        for row in rows:
            level = row.rating.level if row.rating is not None else None
            unrated = Outcome.NOT_RATED if row.outcome == Outcome.NOT_RATED.value else Outcome.REFUSED
            self._stood.append((row, unrated if level is None or row.outcome != Outcome.RATED.value else level))
            yield row

    def verdicts(self) -> tuple[CohortVerdict, ...]:
        """How each limit stands over those who were noted."""
        from sespms_rules.rosters.population import Executive, cohort_verdicts

        executives = []
        for row, state in self._stood:
            known = self._known[row.number]
            if known.member:
                score = row.rating.score if row.rating is not None else None
                executives.append(Executive(row.number, row.id, state, score, known.appointment, known.unit))
        return cohort_verdicts(self._system, executives)

    def lines(self) -> Iterator[str]:
        """Each limit in a line, with what else a reader must know below it."""
        from sespms_rules.studies.impact import limit_said

        for each in self.verdicts():
            yield f"- {limit_said(each)}"
            yield from (f"  - {note}" for note in each.notes)

    def as_data(self) -> list[dict[str, Any]]:
        """The same for JSON, as in an impact without the rows."""
        return [
            {
                "says": verdict.rule.origin.span.words,
                "about": verdict.about,
                "verdict": verdict.standing.value,
                "why": verdict.why,
                "notes": list(verdict.notes),
            }
            for verdict in self.verdicts()
        ]


def limits_of(system: System | None, lines: int, *, in_blocks: bool) -> Limits | None:
    """What follows a roster of so many lines; None where there is no limit, or it is too long to be held."""
    stated = states_limits(system)
    return Limits(system) if system is not None and stated and lines <= MOST_MEASURED and not in_blocks else None


def states_limits(system: System | None) -> bool:
    """Whether a policy limits how its population is distributed."""
    return system is not None and bool(system.sentences(PartKind.DISTRIBUTION))
