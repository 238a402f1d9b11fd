"""What is missing where everyone on record is counted: a limit over all is not held over those alone who can be read.

Three answers: a limit is held or broken where it would be so whatever the missing rows hold, and else it is open.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from sespms_rules.foundation.diagnostic import Severity
from sespms_rules.foundation.letters import as_one_id
from sespms_rules.foundation.values import Frozen, replace
from sespms_rules.language.syntax.record_words import RecordThing
from sespms_rules.language.syntax.words import Act, Reward
from sespms_rules.records.findings import REPEATED, RecordFinding
from sespms_rules.records.obligations import Obligation, Standing, State
from sespms_rules.records.obligations.form import Threshold
from sespms_rules.records.reading import ExecutiveYear, NotCounted, Year
from sespms_rules.records.vocabulary import SUMS

_ANNUAL: Final = Act.ANNUAL_RATING.value
_AWARD: Final = Reward.PERFORMANCE_AWARD.value
_WAIVER: Final = RecordThing.WAIVER.value
_IN_A_ROW: Final = "whose rating may stand in a row that is set aside"
_POOL: Final = RecordThing.AWARD_POOL.value
_SUMS: Final = frozenset(each.value for each in SUMS)


class Uncounted(Frozen):
    """What could not be counted.

    `people` are executives of whom nothing is known, `unclear` those whose annual rating may stand in a row that was
    set aside. `ratings` counts such rows that do not say whose they are, `awards` rows that may hold an award and
    awards without an amount, `waivers` rows that may hold a waiver, `sums` rows that may hold a sum of the agency.
    """

    people: tuple[NotCounted, ...]
    unclear: frozenset[str]
    ratings: int
    awards: int
    waivers: int
    sums: int

    @property
    def of_ratings(self) -> str:
        """Of which ratings a count knows nothing, in words; empty where it knows all."""
        return _listed(
            *_of_people(self.people),
            *_told(len(self.unclear), f"executive {_IN_A_ROW}", f"executives {_IN_A_ROW}"),
            *_told(self.ratings, "row of acts that cannot be read", "rows of acts that cannot be read"),
        )

    @property
    def of_awards(self) -> str:
        """Of which awards a sum knows nothing, in words; empty where it knows all."""
        one, many = "award that does not count or cannot be read", "awards that do not count or cannot be read"
        return _listed(*_of_people(self.people), *_told(self.awards, one, many))


def uncounted_of(records: Year, years: Iterable[ExecutiveYear], differing: Iterable[RecordFinding]) -> Uncounted:
    """What is missing of one period; who could not be judged may be of any."""
    held = list(years)
    errors = [each for each in (*records.findings, *differing) if _sets_aside(each)]
    unknown = [each for each in records.unread if each.table == "acts" and not each.act]
    nobodys = [each for each in unknown if not each.executive]
    unclear = {as_one_id(each.executive) for each in errors if _may_be(each, _ANNUAL)}
    unclear |= {as_one_id(each.executive) for each in unknown if each.corrects}
    without = sum(each.act.act == _AWARD and each.act.amount is None for year in held for each in year.acts)
    return Uncounted(
        records.not_counted,
        frozenset(year.executive.id for year in held if as_one_id(year.executive.id) in unclear),
        len(nobodys) + _rows(each for each in errors if each.act == _ANNUAL and not each.executive),
        without + sum(each.amount for each in unknown) + _rows(each for each in errors if _may_be(each, _AWARD)),
        len(nobodys) + _rows(each for each in errors if _may_be(each, _WAIVER)),
        len(nobodys) + _rows(each for each in errors if any(_may_be(each, kind) for kind in _SUMS)),
    )


def _sets_aside(found: RecordFinding) -> bool:
    """Whether a fault keeps an act from counting; of a row that stands twice the first counts."""
    return found.severity is Severity.ERROR and (found.code != REPEATED.code or found.column == "number")


def _may_be(found: RecordFinding, kind: str) -> bool:
    """Whether the act that does not count may be of a kind: of rows that share a number the later alone is told."""
    return found.act == kind or found.code == REPEATED.code


def over_some(obligation: Obligation, standing: Standing, missing: Uncounted) -> Standing:
    """How a duty of the agency stands where awards, or the sums that they are held to, may be missing.

    More awards never keep the pool within its limit, and may well reach a least sum.
    """
    shape = obligation.shape
    if getattr(getattr(shape, "what", None), "kind", "") != _POOL or not standing.asked:
        return standing
    turned = standing.state is not State.BROKEN or (isinstance(shape, Threshold) and shape.lowest is not None)
    if missing.of_awards and turned:
        says = "whether the pool of awards is within its limit cannot be told"
        return replace(standing, state=State.OPEN, day=None, why=f"{says}: it does not hold {missing.of_awards}")
    if missing.sums and standing.state is State.BROKEN:
        says = "a row of acts that may hold a sum of the agency cannot be read, and may turn this"
        return replace(standing, state=State.OPEN, day=None, why=f"{standing.why}; {says}")
    return standing


def _rows(found: Iterable[RecordFinding]) -> int:
    return len({each.place for each in found})


def _of_people(people: tuple[NotCounted, ...]) -> Iterator[str]:
    # A row that names nobody may be that of one who stands in other tables, and is counted there.
    most = "up to " if any(not each.id for each in people) else ""
    one, many = "executive whose records cannot be judged", "executives whose records cannot be judged"
    yield from (f"{most}{each}" for each in _told(len(people), one, many))


def _told(count: int, one: str, many: str) -> Iterator[str]:
    if count:
        yield f"{count} {one if count == 1 else many}"


def _listed(*said: str) -> str:
    return ", ".join(said)
