"""An Impact as tables for other programs: who moves where in figures, and, where they are named, everyone.

Every count stands in a row by itself, so that nothing has to be cut out of a text: the rows of one amendment and one
group add up to that group. Where counts are withheld only the table that is fit for sharing is given.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from sespms_rules.program.rating import Appraisal
from sespms_rules.reports.workbook import Cell, Sheet
from sespms_rules.rosters.population import State
from sespms_rules.studies.impact.assessing import Case, Impact
from sespms_rules.studies.impact.comparing import ranked
from sespms_rules.studies.impact.phrases import Told
from sespms_rules.studies.impact.reasons import said
from sespms_rules.studies.impact.sharing import shared_impact

WITHHELD = "withheld"
_MOVES = ("amendment", "by", "group", "before", "after", "executives")
_PEOPLE = ("amendment", "id", "unit", "appointment", "before", "score before", "after", "score after")


def moves_sheet(impact: Impact, least: int | None = None) -> Sheet:
    """How many go from which level to which under each amendment, of all, by unit and by appointment.

    Without an amendment nobody moves and `after` is empty. `least` withholds smaller counts, of all alone.
    """
    if least is not None and impact.before is not None:
        return Sheet("Moves", _MOVES, _shared(impact, least))
    return Sheet("Moves", _MOVES, _moves(impact))


def people_sheet(impact: Impact, told: Told) -> Sheet:
    """Every row of the roster under each amendment; with pseudonyms neither unit nor appointment."""
    return Sheet("Executives", _PEOPLE, _people(impact, told))


def _pairs(impact: Impact) -> Iterator[tuple[str | None, Case, Case | None]]:
    """Each amendment with where everyone stood before and stands under it; the policy alone where there is none."""
    before = impact.before
    if before is None:
        return
    if not impact.comparisons:
        yield None, before, None
    for each in impact.comparisons:
        if each.case is not None:
            yield each.variant.name, before, each.case


def _moves(impact: Impact) -> Iterator[tuple[Cell, ...]]:
    for name, before, after in _pairs(impact):
        appraisals = [row.appraisal for row in before.answers.reading.rows]
        groups: dict[str, list[str | None]] = {
            "all": [None] * len(appraisals),
            "unit": [_unit(each) for each in appraisals],
            "appointment": [_appointment(each) for each in appraisals],
        }
        states = before.answers.states
        later: tuple[State | None, ...] = (None,) * len(states) if after is None else after.answers.states
        for by, keys in groups.items():
            counts = Counter(zip(keys, states, later, strict=True))
            for key in dict.fromkeys(keys):
                for old in ranked([*dict.fromkeys(states)]):
                    for new in dict.fromkeys(later):
                        if count := counts[key, old, new]:
                            yield name, by, _group(by, key), said(old), None if new is None else said(new), count


def _group(by: str, key: str | None) -> str | None:
    return None if by == "all" else key or "not given"


def _unit(appraisal: Appraisal | None) -> str | None:
    return None if appraisal is None else appraisal.unit


def _appointment(appraisal: Appraisal | None) -> str | None:
    return None if appraisal is None else appraisal.appointment


def _shared(impact: Impact, least: int) -> Iterator[tuple[Cell, ...]]:
    fit = shared_impact(impact, least)
    name = impact.comparisons[0].variant.name if impact.comparisons else None
    if fit.matrix is None:
        for state, count in zip(fit.states, fit.before, strict=True):
            yield name, "all", None, said(state), None, WITHHELD if count is None else count
        return
    for old, row in zip(fit.states, fit.matrix.cells, strict=True):
        for new, count in zip(fit.states, row, strict=True):
            yield name, "all", None, said(old), said(new), WITHHELD if count is None else count


def _people(impact: Impact, told: Told) -> Iterator[tuple[Cell, ...]]:
    named = told.pseudonyms
    for name, before, after in _pairs(impact):
        rows = before.answers.reading.rows
        places = list(range(len(rows)))
        if named is not None:  # in the order of the file a pseudonym would point at its row
            places.sort(key=lambda place: named.of(rows[place].id))
        for place in places:
            row = rows[place]
            who = (row.id, _unit(row.appraisal), _appointment(row.appraisal))
            shown: tuple[Cell, ...] = who if named is None else (named.of(row.id), None, None)
            ends: list[Cell] = []
            for case in (before, after):
                ends += [None, None] if case is None else [said(case.answers.states[place]), case.answers.score(place)]
            yield (name, *shown, *ends)
