"""Rows of records -> the year of each executive: what belongs together, and which records cannot both be true.

A record with a fault is set aside and told; all others are kept. Nothing is filled in.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final

from sespms_rules.foundation.diagnostic import Finding
from sespms_rules.foundation.letters import as_one_id
from sespms_rules.foundation.values import replace
from sespms_rules.language.syntax.words import Act
from sespms_rules.records.findings import (
    ACT_BEFORE_PLAN,
    CONTRADICTING,
    INCOMPLETE,
    JUDGED_ONESELF,
    NO_PERIOD,
    POINTS_NOWHERE,
    REPEATED,
    RecordFinding,
    RecordPlace,
    of_record,
)
from sespms_rules.records.obligations.form import Sitting
from sespms_rules.records.reading.acts import PlaceAnd, standing, tell_rated_again, without_contradictions
from sespms_rules.records.reading.border import ExecutiveRow, FactRow, PlanRow
from sespms_rules.records.reading.missing import not_counted
from sespms_rules.records.reading.parts import fault_of_part
from sespms_rules.records.reading.plan_rows import Agreed
from sespms_rules.records.reading.rows import ReadRow
from sespms_rules.records.reading.set_aside import SetAside, Unclear, set_aside
from sespms_rules.records.reading.sittings import sittings_of
from sespms_rules.records.reading.tables import ReadTables, read_tables
from sespms_rules.records.reading.years import ExecutiveYear, Year
from sespms_rules.records.vocabulary import FOR_ALL
from sespms_rules.rosters.files import tidy

FOR_WANT_OF_A_PERIOD: Final = "a period"
_ANYONES: Final = "whose row this is cannot be told, so whatever it may change is open for everyone"
_OF_WHOM: Final = "executives"
_FOR_WANT_OF_A_ROW: Final = f"one row of the table `{_OF_WHOM}` that can be read"
_RESTS_ON_NO_PLAN: Final = (Act.PLAN, Act.GUIDELINES, Act.DETAIL_APPRAISAL, Act.DEPARTURE_APPRAISAL)
_RESTS_ON_A_PLAN: Final = frozenset(act.value for act in Act if act not in _RESTS_ON_NO_PLAN)
_JUDGING: Final = (
    *(Act.PROGRESS_REVIEW, Act.MID_YEAR_REVIEW, Act.INITIAL_RATING, Act.HIGHER_LEVEL_REVIEW),
    *(Act.ANNUAL_RATING, Act.RATING_CERTIFICATION),
)
_JUDGES: Final = frozenset(act.value for act in _JUDGING)
"""Acts in which an official judges the work of the executive. An executive's own account is the executive narrative."""


def read_year(records: Path | ReadTables, as_of: datetime.date | None = None) -> Year:
    """Read a folder, workbook or JSON file of records, or what a register gave.

    As of a day no correction is there that was made later: what it corrects then still counts.

    Raises UnreadableFileError for what cannot be read at all.
    """
    tables = read_tables(records) if isinstance(records, Path) else records
    return replace(_Assembly(tables, as_of).year(), files=tables.files)


class _Assembly:
    """Puts the rows of a year together."""

    def __init__(self, tables: ReadTables, as_of: datetime.date | None) -> None:
        self._rows = tables.rows
        self._lost = tables.lost
        self._refused = {as_one_id(each): each for each in sorted(tables.refused)}
        self._last = as_of or datetime.date.max
        self._found = list(tables.findings)
        self._unread = tables.unread
        self._gone = tables.gone
        self._strangers: dict[str, str] = {}
        self._told_of_sessions = False
        self._corrected: dict[str, PlaceAnd] = {}
        self._on_record: list[PlaceAnd] = []
        self._periods_differ: set[str] = set()

    def year(self) -> Year:
        executives = self._executives()
        plans = self._plans(executives)
        facts = self._facts(executives)
        sittings = sittings_of(self._rows["sessions"], self._unread, self._tell)
        by_executive, for_all = self._acts(executives, sittings)
        shared = {(row.period_start, row.period_end) for rows in plans.values() for row in rows}
        years: list[ExecutiveYear] = []
        unjudged = dict.fromkeys(self._refused.values(), _FOR_WANT_OF_A_ROW)
        for key, read in executives.items():
            plan = plans.get(key, ())
            if table := self._table_missed(by_executive.get(key, ())):
                unjudged[key] = f"the table `{table}`"
                continue
            period = None if key in self._periods_differ else self._period(read, plan, shared)
            if period is None or self._was_not_there(read, period):
                unjudged[key] = FOR_WANT_OF_A_PERIOD
                continue
            acts = tuple(self._sound(by_executive.get(key, ()), plan, period, self._unread_elements(key)))
            corrected = {number: each for number, each in self._corrected.items() if each.act.executive == key}
            own = (tuple(plan), acts, facts.get(key, ()), corrected)
            years.append(ExecutiveYear(read.values, read.place, period, *own))
        strangers = [*self._strangers.values(), *self._destroyed((*executives, *unjudged))]
        missing = tuple(not_counted(executives, unjudged, strangers, self._unread))
        aside = tuple(self._set_aside(years, for_all))
        unclear = Unclear(aside)
        judged = (replace(each, unclear=why) if (why := unclear.of(each.executive.id)) else each for each in years)
        found = tuple(sorted(_with_whose(self._found, aside), key=_place))
        return Year(tuple(judged), sittings, tuple(for_all), found, unjudged, (), missing, self._unread, aside)

    def _destroyed(self, known: Iterable[str]) -> list[str]:
        """Executives whose rows were destroyed, and of whom nothing was put in since."""
        return sorted(self._gone.difference(map(as_one_id, known), self._strangers))

    def _table_missed(self, acts: Iterable[PlaceAnd]) -> str:
        """The table without which nobody knows what was done in a year; empty where none is missed.

        What was not handed over cannot have been left undone. Only acts of a session ask who sat on it.
        """
        asked = ["acts", "plans", *(["sessions"] if any(each.act.session for each in acts) else [])]
        return next((table for table in asked if table in self._lost), "")

    # ---- who, which plan, which board ----------------------------------------------------------------

    def _executives(self) -> dict[str, ReadRow]:
        found: dict[str, ReadRow] = {}
        differing: set[str] = set()
        for read in self._rows["executives"]:
            row: ExecutiveRow = read.values
            if row.id in found:
                first = found[row.id]
                says = f"the executive `{row.id}` stands in {first.place.unit} {first.place.number} already"
                if first.values == row:
                    self._tell(REPEATED, read.place, says, "keep one of the two rows", executive=row.id)
                else:
                    says += ", where the row says something else, so neither counts"
                    self._tell(CONTRADICTING, read.place, says, "keep the row that is right", executive=row.id)
                    differing.add(row.id)
            elif row.entered and row.left and row.left < row.entered:
                says = f"the executive left on {row.left}, before entering on {row.entered}"
                self._tell(CONTRADICTING, read.place, says, "correct one of the two days", executive=row.id)
                self._refused[as_one_id(row.id)] = row.id
            else:
                found[row.id] = read
        for key in differing:
            self._refused[as_one_id(key)] = found.pop(key).values.id
        for key in found:
            self._refused.pop(as_one_id(key), None)
        return found

    def _plans(self, executives: dict[str, ReadRow]) -> dict[str, list[PlanRow]]:
        """The plan of each executive; of one whose rows name two periods, or one that cannot be, none counts."""
        found: dict[str, list[PlanRow]] = {}
        places: dict[str, list[RecordPlace]] = {}
        for read in self._rows["plans"]:
            row: PlanRow = read.values
            if not self._is_known(row.executive, executives, read.place):
                continue
            first = found.get(row.executive, [row])[0]
            if row.period_end < row.period_start:
                says = f"the period ends on {row.period_end}, before it starts on {row.period_start}"
                self._tell(CONTRADICTING, read.place, says, "correct one of the two days", executive=row.executive)
                self._periods_differ.add(row.executive)
            elif (first.period_start, first.period_end) != (row.period_start, row.period_end):
                if row.executive not in self._periods_differ:
                    where = f"{places[row.executive][0].unit} {places[row.executive][0].number}"
                    says = f"the plan is for {row.period_start} to {row.period_end} here"
                    says += f" and for {first.period_start} to {first.period_end} in {where}, so neither counts"
                    help = "give one period; the records of another period stand in a folder of their own"
                    self._tell(CONTRADICTING, read.place, says, help, executive=row.executive)
                self._periods_differ.add(row.executive)
            else:
                found.setdefault(row.executive, []).append(row)
                places.setdefault(row.executive, []).append(read.place)
        sound = ((key, rows) for key, rows in found.items() if key not in self._periods_differ)
        return {key: self._agreed(rows, places[key]) for key, rows in sound}

    def _unread_elements(self, executive: str) -> frozenset[str]:
        """The elements that stand in rows which cannot be read, of an executive's plan or of nobody can tell whose."""
        rows = (each for each in self._unread if each.table == "plans" and each.element)
        own = as_one_id(executive)
        return frozenset(" ".join(each.element.split()) for each in rows if as_one_id(each.executive) in ("", own))

    def _agreed(self, rows: list[PlanRow], places: list[RecordPlace]) -> list[PlanRow]:
        """The rows of a plan, each with the weight that its element has in any of them; with none where they differ."""
        agreed = Agreed()
        for row, place in zip(rows, places, strict=True):
            for kind, says, help in agreed.add(row, place):
                self._tell(kind, place, says, help, executive=row.executive)
        return [agreed.of(row) for row in rows]

    def _facts(self, executives: dict[str, ReadRow]) -> dict[str, tuple[ReadRow, ...]]:
        """The facts of each executive; of one that is two things at once neither counts."""
        found: dict[str, dict[str, ReadRow]] = {}
        unclear: set[tuple[str, str]] = set()
        for read in self._rows.get("facts", []):
            row: FactRow = read.values
            if not self._is_known(row.executive, executives, read.place):
                continue
            name = tidy(row.fact)
            first = found.setdefault(row.executive, {}).setdefault(name, read)
            if first is read:
                continue
            where = f"{first.place.unit} {first.place.number}"
            if tidy(first.values.value) == tidy(row.value):
                says = f"the same fact stands in {where} already"
                self._tell(REPEATED, read.place, says, "keep one of the two rows", executive=row.executive)
            else:
                unclear.add((row.executive, name))
                says = f"the fact is something else here than in {where}, so neither counts"
                self._tell(CONTRADICTING, read.place, says, "keep the row that is right", executive=row.executive)
        return {
            key: tuple(read for name, read in own.items() if (key, name) not in unclear) for key, own in found.items()
        }

    def _was_not_there(self, read: ReadRow, period: tuple[datetime.date, datetime.date]) -> bool:
        """Whether an executive entered after the period or left before it, so that nothing of it can be judged."""
        row: ExecutiveRow = read.values
        said = ""
        if row.entered and row.entered > period[1]:
            said = f"the executive entered on {row.entered}, after the period ended on {period[1]}"
        elif row.left and row.left < period[0]:
            said = f"the executive left on {row.left}, before the period started on {period[0]}"
        if said:
            self._tell(CONTRADICTING, read.place, said, "correct the day, or the period of the plan", executive=row.id)
        return bool(said)

    def _period(
        self, read: ReadRow, plan: Iterable[PlanRow], shared: set[tuple[datetime.date, datetime.date]]
    ) -> tuple[datetime.date, datetime.date] | None:
        """The period of the plan; of an executive without a plan the one that all other plans are for."""
        for row in plan:
            return (row.period_start, row.period_end)
        if len(shared) == 1:
            return next(iter(shared))
        says = "no plan is on record, and the other plans do not name one period, so nothing can be judged"
        self._tell(NO_PERIOD, read.place, says, "give the plan, with its period", executive=read.values.id)
        return None

    # ---- acts ----------------------------------------------------------------------------------------

    def _acts(
        self, executives: dict[str, ReadRow], sittings: dict[str, Sitting]
    ) -> tuple[dict[str, list[PlaceAnd]], list[PlaceAnd]]:
        by_executive: dict[str, list[PlaceAnd]] = {}
        for_all: list[PlaceAnd] = []
        rows = (read for read in self._rows["acts"] if not read.values.corrects or read.values.day <= self._last)
        self._on_record = [PlaceAnd(read.place, read.values) for read in rows]
        counting, self._corrected = standing(
            self._on_record, lambda one: self._is_placed(one, executives, sittings), self._wrong
        )
        for each in counting:
            if each.act.executive:
                self._look_for_oneself(each)
                by_executive.setdefault(each.act.executive, []).append(each)
            else:
                for_all.append(each)
        return by_executive, for_all

    def _set_aside(self, years: Iterable[ExecutiveYear], for_all: Iterable[PlaceAnd]) -> Iterator[SetAside]:
        """What does not count of acts and plans."""
        counting = {each.place.number for each in (*for_all, *self._corrected.values())}
        for year in years:
            counting |= {each.place.number for each in year.acts}
        return set_aside(self._on_record, counting, self._found, self._unread)

    def _look_for_oneself(self, each: PlaceAnd) -> None:
        act = each.act
        if act.act in _JUDGES and act.person == act.executive:
            says = f"the executive `{act.executive}` gave the {act.act} of their own work"
            help = "if the record is wrong, correct `person`; if it is right, have another official give it"
            self._wrong(JUDGED_ONESELF, each, says, help, "person")

    def _is_placed(self, each: PlaceAnd, executives: dict[str, ReadRow], sittings: dict[str, Sitting]) -> bool:
        """Whether an act is sound, and is known to concern an executive on record or everyone."""
        act = each.act
        if act.executive:
            return self._is_known(act.executive, executives, each.place) and self._is_sound(each, sittings)
        if act.act in FOR_ALL:
            return True
        help = "write the opaque id of the executive"
        self._wrong(INCOMPLETE, each, f"the {act.act} names no executive", help, "executive")
        return False

    def _is_sound(self, each: PlaceAnd, sittings: dict[str, Sitting]) -> bool:
        act = each.act
        if act.recorded and act.recorded < act.day:
            says = f"it was recorded on {act.recorded}, before it happened on {act.day}"
            self._wrong(CONTRADICTING, each, says, "correct one of the two days", "recorded")
        elif act.until and act.until < act.day:
            says = f"it lasts until {act.until}, before it begins on {act.day}"
            self._wrong(CONTRADICTING, each, says, "correct one of the two days", "until")
        elif act.session and "sessions" in self._lost:
            if not self._told_of_sessions:
                says = f"there is no table `sessions` that can be read, and so no session `{act.session}`"
                help = "give the sessions in a file such as `sessions.csv`, or in a sheet `sessions`"
                self._wrong(POINTS_NOWHERE, each, says, help, "session")
            self._told_of_sessions = True
            return True  # the executive is not judged
        elif act.session and act.session not in sittings:
            help = "correct the name, or give the session in the table `sessions`"
            self._wrong(POINTS_NOWHERE, each, f"there is no session `{act.session}`", help, "session")
        elif act.session and sittings[act.session].day > act.day.toordinal():
            sits = datetime.date.fromordinal(sittings[act.session].day)
            says = f"it rests on the session `{act.session}` of {sits}, which had not been held on {act.day}"
            self._wrong(CONTRADICTING, each, says, "correct one of the two days, or the session", "session")
        else:
            return True
        return False

    def _sound(
        self,
        acts: Iterable[PlaceAnd],
        plan: Iterable[PlanRow],
        period: tuple[datetime.date, datetime.date],
        unread: frozenset[str],
    ) -> Iterator[PlaceAnd]:
        """The acts of one executive in order, without those that contradict others or the plan."""
        in_order = sorted(acts, key=lambda each: (each.act.day, each.place.number))
        plan = tuple(plan)
        own = (None, period[1])
        plans = (each.act for each in in_order if each.act.act == Act.PLAN.value and each.act.period_end in own)
        first_plan = next((act.day for act in plans), None)
        told = [each for each in in_order if self._is_told(each, plan, unread)]
        agreeing = without_contradictions(told, period[1], self._wrong)
        tell_rated_again(agreeing, period[1], self._wrong)
        for each in agreeing:
            act = each.act
            if first_plan and act.act in _RESTS_ON_A_PLAN and act.period_end in own and act.day < first_plan:
                says = f"the {act.act} of {act.day} comes before the plan of {first_plan}"
                self._wrong(ACT_BEFORE_PLAN, each, says, "correct the day, or record the plan that it rests on", "day")
            elif act.act == Act.ANNUAL_RATING.value and act.period_end and act.period_end > max(act.day, period[1]):
                says = f"it is for a period to {act.period_end}, which had not ended on {act.day}"
                self._wrong(CONTRADICTING, each, says, "correct one of the two days", "period end")
            else:
                yield each

    def _is_told(self, each: PlaceAnd, plan: tuple[PlanRow, ...], unread: frozenset[str]) -> bool:
        """Whether it can be told which element, requirement or additional rating an act speaks of."""
        fault = fault_of_part(each.act, plan, unread)
        if fault is not None:
            self._wrong(fault.kind, each, fault.says, fault.help, fault.column)
        return fault is None

    # ---- telling -------------------------------------------------------------------------------------

    def _is_known(self, key: str, executives: dict[str, ReadRow], place: RecordPlace) -> bool:
        if key in executives:
            return True
        if as_one_id(key) in self._refused or _OF_WHOM in self._lost:
            return False  # what is wrong with the executive's own row, or with the table, is told there
        self._strangers.setdefault(as_one_id(key), key)
        help = "correct the id, or give the executive in the table `executives`"
        self._tell(POINTS_NOWHERE, place, f"there is no executive `{key}`", help, executive=key)
        return False

    def _wrong(self, kind: Finding, each: PlaceAnd, says: str, help: str, column: str) -> None:
        act = each.act
        self._found.append(
            of_record(kind, each.place, says, help, column=column, executive=act.executive, act=act.act, day=act.day)
        )

    def _tell(
        self,
        kind: Finding,
        place: RecordPlace,
        says: str,
        help: str,
        executive: str = "",
        day: datetime.date | None = None,
    ) -> None:
        self._found.append(of_record(kind, place, says, help, executive=executive, day=day))


def _with_whose(found: Iterable[RecordFinding], aside: Iterable[SetAside]) -> Iterator[RecordFinding]:
    """Findings, each on a row that may be anyone's with a note on what follows: it is told of nobody in particular."""
    nobodys = {each.place for each in aside if each.may_be_anyones}
    for each in found:
        yield replace(each, note=_ANYONES) if each.place in nobodys and not each.note else each


def _place(found: RecordFinding) -> tuple[str, str, int]:
    return (found.place.file, found.place.sheet, found.place.number)
