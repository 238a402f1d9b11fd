"""One policy and two rosters, of two years -> where everyone stood then and stands now, and who is in both.

An executive is in both where the ids look the same. Everyone of either roster stands in exactly one cell of one table,
from where they stood then to where they stand now, with a place for those who are in one of the rosters alone; so
the two distributions are its totals, and whatever is shared is worked out from it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from enum import StrEnum

from sespms_rules.foundation.spelling import in_order
from sespms_rules.foundation.values import Frozen, field
from sespms_rules.law.provenance import FileRead
from sespms_rules.rosters.files import RosterRow, compared, tidy
from sespms_rules.rosters.population import Distribution, State, distribution, levels_of
from sespms_rules.studies.impact.assessing import ByKey, Case, LawOf, cases_of
from sespms_rules.studies.impact.comparing import direction, ranked
from sespms_rules.studies.impact.rows import Roster
from sespms_rules.studies.variants import Findings, Variant


class Elsewhere(StrEnum):
    """Where an executive is not at all."""

    ABSENT = "not in the roster"


WITHOUT = "without a level then or now"
"""How it is said of those in both that no level stands in one of the years, or in neither."""

Place = State | Elsewhere
"""Where one executive stands in one year."""


class Executive(Frozen, often=True):
    """An executive of either roster: the places of the rows, None where there is none, and where each stands."""

    then: int | None
    now: int | None
    before: Place
    after: Place

    @property
    def is_in_both(self) -> bool:
        """Whether there is a row in each roster."""
        return self.then is not None and self.now is not None


class Years(Frozen):
    """Two rosters under one policy; `then` and `now` are None where a roster does not fit it, as `findings` say.

    `names` are those of the files, `everyone` all executives of either, those of the earlier roster first.
    """

    system: str
    names: tuple[str, str]
    findings: Findings
    then: Case | None
    now: Case | None
    everyone: tuple[Executive, ...]
    levels: tuple[int, ...]
    terms: tuple[tuple[int, str], ...]
    files: tuple[FileRead, ...] = field(default=(), compare=False)

    @property
    def both(self) -> tuple[Executive, ...]:
        """Those who are in both rosters."""
        return tuple(each for each in self.everyone if each.is_in_both)

    def only(self, *, now: bool) -> tuple[Executive, ...]:
        """Those who are in one roster alone."""
        return tuple(each for each in self.everyone if (each.then if now else each.now) is None)

    def ways(self) -> Counter[str]:
        """How many of those in both are rated higher, lower, the same, or have no level in one of the years or both."""
        return Counter(_way(each.before, each.after) for each in self.both)

    def states(self) -> tuple[State, ...]:
        """The places to show: every level, and the others where anyone stands there in either year."""
        met = {each for one in self.everyone for each in (one.before, one.after) if not isinstance(each, Elsewhere)}
        return ranked([*dict.fromkeys((*self.levels, *met))])

    def count(self, before: Place, after: Place) -> int:
        """How many go from one place to another."""
        return self._cells()[before, after]

    def _cells(self) -> Counter[tuple[Place, Place]]:
        return Counter((each.before, each.after) for each in self.everyone)


def _way(before: Place, after: Place) -> str:
    """Refused twice is not the same level."""
    if isinstance(before, int) and isinstance(after, int):
        return direction(before, after).value
    return WITHOUT


def over_years(text: Variant, then: Roster, now: Roster, law: LawOf, inspector_general: Collection[str] = ()) -> Years:
    """Rate two rosters by one text, and find who is in both.

    Raises UnreadableFileError for a file that is no roster.
    """
    program = text.program
    assert program is not None  # noqa: S101 - a policy with errors is never run
    levels = tuple(sorted(levels_of(program), reverse=True))
    found = [each.answers(text, with_margins=False) for each in (then, now)]
    findings = tuple(dict.fromkeys(one for each in (then, now) for one in each.read(program).findings))
    make = cases_of(levels, law, inspector_general)
    first, second = (None if each is None else make(text, each) for each in found)
    everyone = () if first is None or second is None else tuple(_everyone(first, second))
    files = tuple(each.file for each in (then, now) if each.file is not None)
    return Years(
        text.system.name, (then.name, now.name), findings, first, second, everyone, levels, program.terms, files
    )


def _everyone(then: Case, now: Case) -> Iterator[Executive]:
    """Pair the rows of two rosters by id; a row without an id, or with one that stood above, is paired with none."""
    later, taken = _first_of_each(now.answers.reading.rows), set()
    firsts = _first_of_each(then.answers.reading.rows)
    for place, row in enumerate(then.answers.reading.rows):
        key = compared(row.id)
        other = later.get(key) if row.id and firsts[key] == place else None
        taken.add(other)
        after: Place = Elsewhere.ABSENT if other is None else now.answers.states[other]
        yield Executive(place, other, then.answers.states[place], after)
    for place, state in enumerate(now.answers.states):
        if place not in taken:
            yield Executive(None, place, Elsewhere.ABSENT, state)


def _first_of_each(rows: Sequence[RosterRow]) -> dict[str, int]:
    found: dict[str, int] = {}
    for place, row in enumerate(rows):
        if row.id:
            found.setdefault(compared(row.id), place)
    return found


def beside(then: ByKey, now: ByKey) -> Iterator[tuple[str | None, Distribution, Distribution]]:
    """The groups of two rosters side by side, as people sort them; one spelled in two ways is one group."""
    empty = distribution((), ())
    first = {None if key is None else tidy(key): (key, counted) for key, counted in then}
    second = {None if key is None else tidy(key): (key, counted) for key, counted in now}
    names = {tidied: (first.get(tidied) or second[tidied])[0] for tidied in (*first, *second)}
    for tidied in sorted(names, key=lambda each: (each is None, in_order(names[each] or ""))):
        old, new = (each[tidied][1] if tidied in each else empty for each in (first, second))
        yield names[tidied], old, new


def groups_beside(then: Case, now: Case) -> Iterator[tuple[str, ByKey, ByKey]]:
    """Each breakdown of both rosters: unit and appointment where either names any, and the columns asked for."""
    asked = {tidy(title) for title, _ in then.apart}
    for title, old, new in (
        ("unit", then.units, now.units),
        ("appointment", then.appointments, now.appointments),
    ):
        if title not in asked and any(key is not None for key, _ in (*old, *new)):
            yield title, old, new
    for (title, old), (_, new) in zip(then.apart, now.apart, strict=True):
        yield title, old, new
