"""Two rosters side by side, as a sheet for text and pages and as tables for other programs; whole, or to be shared."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sespms_rules.foundation.values import Frozen
from sespms_rules.program.rating import Outcome
from sespms_rules.reports.charts import count_text
from sespms_rules.reports.workbook import Cell
from sespms_rules.reports.workbook import Sheet as TableSheet
from sespms_rules.rosters.files import NOBODY_NOT_COUNTED
from sespms_rules.rosters.population import SAID_ROUNDING, Shared, percent, shared, synthetic_remark
from sespms_rules.studies.impact.assessing import ByKey, Case
from sespms_rules.studies.impact.comparing import Direction
from sespms_rules.studies.impact.phrases import Told, file_name, level_said, people, signed
from sespms_rules.studies.impact.reasons import said
from sespms_rules.studies.impact.reporting import limits_of_case, refused_of_case
from sespms_rules.studies.impact.sheet import Item, Section, Sheet, Table, listing
from sespms_rules.studies.impact.tables import count_of
from sespms_rules.studies.impact.years import WITHOUT, Elsewhere, Executive, Place, Years, beside, groups_beside

IN_BOTH = "Those in both: from (down) to (across)"
"""What the table of those who are in both rosters is called."""

_WITHHELD, _NOBODY = "*", "."
_SAME_POLICY = "both rosters are rated by one text of the policy, so that what differs is the people and their ratings"
_SAME_ID = "an executive is in both rosters where the ids look the same"


class SharedYears(Frozen):
    """The table of places then by places now that is fit for sharing; the last place is that of the absent."""

    places: tuple[Place, ...]
    table: Shared


def place_said(place: Place) -> str:
    """`level 5`, `refused`, `not in the roster`."""
    return place.value if isinstance(place, Elsewhere) else said(place)


def sheet_of_years(years: Years, told: Told) -> Sheet:
    """The whole report."""
    if years.then is None or years.now is None:
        return _unread(years)
    then, now = years.then, years.now
    items: list[Item] = [_headline(years), _distributions(years, then, now), _of_both(years)]
    items += [_broken_down(years, title, old, new) for title, old, new in groups_beside(then, now)]
    items += [*_moves(years, told), *_alone(years, told)]
    items += [*limits_of_case(then, ", then", told), *limits_of_case(now, ", now", told)]
    items += [*refused_of_case(then, told, ", then"), *refused_of_case(now, told, ", now")]
    remarks = (*_nobody(years), _SAME_POLICY, _SAME_ID, SAID_ROUNDING)
    return Sheet(_title(years), (Section("Then and now", tuple(items), "years"),), remarks, notice_of(years))


def _unread(years: Years) -> Sheet:
    wrong = [file_name(name) for name, case in zip(years.names, (years.then, years.now), strict=True) if case is None]
    return Sheet(f"{years.system}: no row of {' and '.join(wrong)} was rated, because it has errors", ())


def notice_of(years: Years, *, counted: bool = True) -> str:
    """What must stand above everything that is made of a roster with synthetic executives."""
    cases = [each for each in (years.then, years.now) if each is not None]
    return synthetic_remark([key for each in cases for key in each.answers.reading.keys], counted=counted)


def _title(years: Years) -> str:
    then, now = map(file_name, years.names)
    return f"{years.system}: {then} (then) and {now} (now)"


def _headline(years: Years) -> str:
    ways = years.ways()
    moved = [f"{ways[way]} rated {way.value}" for way in (Direction.HIGHER, Direction.LOWER)]
    moved += [f"{ways[way]} {way}" for way in (Direction.SAME.value, WITHOUT)]
    gone, new = len(years.only(now=False)), len(years.only(now=True))
    return (
        f"{people(len(years.both))} {'is' if len(years.both) == 1 else 'are'} in both rosters: {', '.join(moved)}. "
        f"{people(gone)} only then, {people(new)} only now."
    )


def _distributions(years: Years, then: Case, now: Case) -> Table:
    rows = []
    for each in years.states():
        old, new = count_of(then.whole, each), count_of(now.whole, each)
        shares = ["" if isinstance(each, Outcome) else percent(case.whole.share(each)) for case in (then, now)]
        rows.append(
            (level_said(each, years.terms), count_text(old), shares[0], count_text(new), shares[1], signed(new - old))
        )
    change = signed(now.whole.total - then.whole.total)
    rows.append(("all", count_text(then.whole.total), "", count_text(now.whole.total), "", change))
    headings = ("level", "then", "share of rated", "now", "share of rated", "change")
    return Table("Distribution", headings, tuple(rows))


def _of_both(years: Years) -> Table:
    """The transition matrix of those in both, with its totals."""
    shown = years.states()
    rows = []
    for old in shown:
        counts = [years.count(old, new) for new in shown]
        rows.append((said(old), *(count_text(each) if each else _NOBODY for each in counts), count_text(sum(counts))))
    totals = [sum(years.count(old, new) for old in shown) for new in shown]
    return Table(
        IN_BOTH, ("then", *map(said, shown), "all"), (*rows, ("all", *map(count_text, totals), count_text(sum(totals))))
    )


def _broken_down(years: Years, title: str, old: ByKey, new: ByKey) -> Table:
    shown = years.states()
    rows = []
    for name, then, now in beside(old, new):
        cells = [_change(count_of(then, each), count_of(now, each)) for each in shown]
        rows.append((name or "not given", _change(then.total, now.total), *cells))
    caption = f"By {title} (then > now where it differs)"
    return Table(caption, (title, "executives", *map(said, shown)), tuple(rows))


def _change(old: int, new: int) -> str:
    return count_text(old) if old == new else f"{count_text(old)} > {count_text(new)}"


def _moves(years: Years, told: Told) -> tuple[Item, ...]:
    """Who of those in both stands elsewhere now; with details one by one."""
    found: dict[tuple[Place, Place], list[Executive]] = {}
    for each in years.both:
        if each.before != each.after:
            found.setdefault((each.before, each.after), []).append(each)
    order: dict[Place, int] = {each: place for place, each in enumerate(years.states())}
    items = [
        (
            f"{people(len(found[key]))} from {place_said(key[0])} to {place_said(key[1])}",
            _named(years, found[key], told, now=True),
        )
        for key in sorted(found, key=lambda key: (order[key[0]], order[key[1]]))
    ]
    return listing("Who of those in both stands elsewhere now", items)


def _alone(years: Years, told: Told) -> tuple[Item, ...]:
    """Who is in one roster alone, by where they stand there."""
    items = []
    for now, when in ((False, "then"), (True, "now")):
        there = years.only(now=now)
        for state in years.states():
            found = [each for each in there if (each.after if now else each.before) == state]
            if found:
                names = _named(years, found, told, now=now)
                at = "" if isinstance(state, Outcome) else "at "
                items.append((f"{people(len(found))} only {when}, {at}{said(state)}", names))
    return listing("Who is in one roster alone", items)


def _named(years: Years, found: Sequence[Executive], told: Told, *, now: bool) -> list[str]:
    case = years.now if now else years.then
    if not told.details or case is None:
        return []
    places = [place for each in found if (place := each.now if now else each.then) is not None]
    return [told.everyone(places, case.answers.reading.rows)]


def _nobody(years: Years) -> Iterator[str]:
    for case, when in ((years.then, "then"), (years.now, "now")):
        if case is not None and case.answers.reading.nobody:
            yield f"{NOBODY_NOT_COUNTED}, {when}: {count_text(case.answers.reading.nobody)}"


# ---- what may be shared ----------------------------------------------------------------------------


def shared_years(years: Years, least: int) -> SharedYears:
    """Withhold what could tell of few in the table of everyone, from where they stood to where they stand."""
    places: tuple[Place, ...] = (*years.states(), Elsewhere.ABSENT)
    return SharedYears(places, shared([[years.count(old, new) for new in places] for old in places], least))


def shared_sheet_of_years(years: Years, least: int) -> Sheet:
    """The report for sharing: the one table and its totals."""
    if years.then is None or years.now is None:
        return _unread(years)
    fit = shared_years(years, least)
    names = [place_said(each) for each in fit.places]
    rows = [
        (name, *map(_shown, cells), _shown(total))
        for name, cells, total in zip(names, fit.table.cells, fit.table.row_totals, strict=True)
    ]
    last = ("all", *map(_shown, fit.table.column_totals), _shown(fit.table.total))
    table = Table("From where they stood then (down) to now (across)", ("then", *names, "all"), (*rows, last))
    remarks = (
        f"{_WITHHELD} a count that is withheld: from 1 to {least - 1}, or one by which such a count could be found",
        "left out of what is shared: units, appointments, limits and reasons; they could be set against that table",
        _SAME_POLICY,
        _SAME_ID,
    )
    title = f"{_title(years)}, for sharing"
    return Sheet(title, (Section("Then and now", (table,), "years"),), remarks, notice_of(years, counted=False))


def _shown(count: int | None) -> str:
    return _WITHHELD if count is None else count_text(count)


# ---- tables ----------------------------------------------------------------------------------------

_MOVES = ("by", "group", "then", "now", "executives")
_PEOPLE = ("id", "unit then", "unit now", "then", "score then", "now", "score now")


def moves_of_years(years: Years, least: int | None = None) -> TableSheet:
    """How many go from where to where, of all; without `least` also how many stand where in each group, year by year.

    In a group one of `then` and `now` is empty: who is in both may have gone from one group to another.
    """
    return TableSheet("Moves", _MOVES, _move_rows(years, least))


def _move_rows(years: Years, least: int | None) -> Iterator[tuple[Cell, ...]]:
    if years.then is None or years.now is None:
        return
    fit = shared_years(years, 1 if least is None else least)
    for old, row in zip(fit.places, fit.table.cells, strict=True):
        for new, count in zip(fit.places, row, strict=True):
            if count is None or count or least is not None:
                yield "all", None, place_said(old), place_said(new), "withheld" if count is None else count
    if least is not None:
        return
    for title, old_groups, new_groups in groups_beside(years.then, years.now):
        for name, then, now in beside(old_groups, new_groups):
            for counted, is_now in ((then, False), (now, True)):
                for state in years.states():
                    if count := count_of(counted, state):
                        ends = (None, said(state)) if is_now else (said(state), None)
                        yield title, name or "not given", *ends, count


def people_of_years(years: Years, told: Told) -> TableSheet:
    """Every executive of either roster, then and now; with pseudonyms without units, in the order of these."""
    return TableSheet("Executives", _PEOPLE, _people(years, told))


def _people(years: Years, told: Told) -> Iterator[tuple[Cell, ...]]:
    named = told.pseudonyms
    found = []
    for each in years.everyone:
        rows = [
            None if case is None or place is None else (case, place, case.answers.reading.rows[place])
            for case, place in ((years.then, each.then), (years.now, each.now))
        ]
        key = next((one[2].id for one in reversed(rows) if one is not None), "")
        units = [None if one is None or named is not None else one[2].unit for one in rows]
        scores = [None if one is None else one[0].answers.score(one[1]) for one in rows]
        states = (place_said(each.before), place_said(each.after))
        who = key if named is None else named.of(key)
        found.append((who, *units, states[0], scores[0], states[1], scores[1]))
    yield from found if named is None else sorted(found, key=lambda row: str(row[0]))
