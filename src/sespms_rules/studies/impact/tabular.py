"""An Impact as tables for other programs: who moves where in figures, and, where they are named, everyone.

Every count stands in a row by itself, so that nothing has to be cut out of a text: the rows of one amendment and one
group add up to that group. Where counts are withheld only the table that is fit for sharing is given.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from sespms_rules.reports.workbook import Cell, Sheet
from sespms_rules.rosters.files import RosterRow
from sespms_rules.rosters.population import State
from sespms_rules.studies.impact.assessing import Case, Impact
from sespms_rules.studies.impact.comparing import ranked
from sespms_rules.studies.impact.phrases import Told
from sespms_rules.studies.impact.reasons import said
from sespms_rules.studies.impact.reported import ValueMoves, changed_places
from sespms_rules.studies.impact.sharing import shared_impact

WITHHELD = "withheld"
_MOVES = ("amendment", "by", "group", "before", "after", "executives")
_WHO = ("amendment", "id", "unit", "appointment")
_STOOD = ("before", "score before", "after", "score after")
ANOTHER = "with another reported value"
_VALUES = ("amendment", "value", "before", "after", "executives")


def moves_sheet(impact: Impact, least: int | None = None) -> Sheet:
    """How many go from which level to which under each amendment, of all, by unit, by appointment and by each column.

    Without an amendment nobody moves and `after` is empty. Where values are reported beside the level, a last column
    says for how many any of them would be another. `least` withholds smaller counts, of all and of the one
    column by which the roster is broken down.
    """
    if least is not None and impact.before is not None:
        return Sheet("Moves", _MOVES, _shared(impact, least))
    more = (ANOTHER,) if _reports(impact) else ()
    return Sheet("Moves", (*_MOVES, *more), _moves(impact))


def people_sheet(impact: Impact, told: Told) -> Sheet:
    """Every row of the roster under each amendment; with pseudonyms neither unit, appointment nor group."""
    titles = () if impact.before is None else impact.before.answers.reading.apart
    values = (f"{name} {when}" for name in _value_names(impact) for when in ("before", "after"))
    return Sheet("Executives", (*_WHO, *titles, *_STOOD, *values), _people(impact, told, len(titles)))


def values_sheet(impact: Impact) -> Sheet | None:
    """How many would have which other reported value under each amendment; None where nothing is reported."""
    if not _reports(impact):
        return None
    rows = (
        (each.variant.name, moves.name, change.before, change.after, len(change.places))
        for each in impact.comparisons
        for moves in each.reported
        for change in moves.changes
    )
    return Sheet("Reported values", _VALUES, rows)


def _reports(impact: Impact) -> bool:
    return any(each.reported for each in impact.comparisons)


def _value_names(impact: Impact) -> list[str]:
    return [*dict.fromkeys(moves.name for each in impact.comparisons for moves in each.reported)]


def _pairs(impact: Impact) -> Iterator[tuple[str | None, Case, Case | None, tuple[ValueMoves, ...]]]:
    """Each amendment with where everyone stood before and stands under it; the policy alone where there is none."""
    before = impact.before
    if before is None:
        return
    if not impact.comparisons:
        yield None, before, None, ()
    for each in impact.comparisons:
        if each.case is not None:
            yield each.variant.name, before, each.case, each.reported


def _moves(impact: Impact) -> Iterator[tuple[Cell, ...]]:
    reports = _reports(impact)
    for name, before, after, reported in _pairs(impact):
        another = set(changed_places(reported))
        rows, titles = before.answers.reading.rows, before.answers.reading.apart
        groups: list[tuple[str, list[str | None]]] = [
            ("all", [None] * len(rows)),
            ("unit", [each.unit for each in rows]),
            ("appointment", [each.appointment for each in rows]),
            *((title, [_group_of(each, place) for each in rows]) for place, title in enumerate(titles)),
        ]
        states = before.answers.states
        later: tuple[State | None, ...] = (None,) * len(states) if after is None else after.answers.states
        for by, keys in groups:
            ends = list(zip(keys, states, later, strict=True))
            counts, valued = Counter(ends), Counter(ends[place] for place in another)
            for key in dict.fromkeys(keys):
                for old in ranked([*dict.fromkeys(states)]):
                    for new in dict.fromkeys(later):
                        if count := counts[key, old, new]:
                            more = (valued[key, old, new],) if reports else ()
                            stood = said(old), None if new is None else said(new)
                            yield name, by, _group(by, key), *stood, count, *more


def _group(by: str, key: str | None) -> str | None:
    return None if by == "all" else key or "not given"


def _group_of(row: RosterRow, place: int) -> str | None:
    return row.groups[place] if row.groups else None


def _shared(impact: Impact, least: int) -> Iterator[tuple[Cell, ...]]:
    fit = shared_impact(impact, least)
    name = impact.comparisons[0].variant.name if impact.comparisons else None
    if fit.groups is not None:
        by = fit.groups
        for group, counts in zip(by.names, by.counts, strict=True):
            for (old, new), count in zip(by.pairs, counts, strict=True):
                ends = said(old), None if new is None else said(new)
                yield name, by.title, group, *ends, WITHHELD if count is None else count
    if fit.matrix is None:
        for state, count in zip(fit.states, fit.before, strict=True):
            yield name, "all", None, said(state), None, WITHHELD if count is None else count
        return
    for old, row in zip(fit.states, fit.matrix.cells, strict=True):
        for new, count in zip(fit.states, row, strict=True):
            yield name, "all", None, said(old), said(new), WITHHELD if count is None else count


def _people(impact: Impact, told: Told, titles: int) -> Iterator[tuple[Cell, ...]]:
    named = told.pseudonyms
    values = _value_names(impact)
    for name, before, after, _ in _pairs(impact):
        rows = before.answers.reading.rows
        places = list(range(len(rows)))
        if named is not None:  # in the order of the file a pseudonym would point at its row
            places.sort(key=lambda place: named.of(rows[place].id))
        for place in places:
            row = rows[place]
            groups = (_group_of(row, place) for place in range(titles))
            who = (row.id, row.unit, row.appointment, *groups)
            shown: tuple[Cell, ...] = who if named is None else (named.of(row.id), *[None] * (2 + titles))
            ends: list[Cell] = []
            for case in (before, after):
                ends += [None, None] if case is None else [said(case.answers.states[place]), case.answers.score(place)]
            for value in values:
                ends += [
                    None if case is None else case.answers.reported.get(place, {}).get(value)
                    for case in (before, after)
                ]
            yield (name, *shown, *ends)
