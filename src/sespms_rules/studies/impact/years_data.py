"""Two rosters side by side as data for JSON, and as a page."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sespms_rules.law.provenance import Provenance
from sespms_rules.reports.charts import Series, bars
from sespms_rules.rosters.population import Distribution
from sespms_rules.studies.impact.assessing import ByKey, Case
from sespms_rules.studies.impact.phrases import Told, file_name, level_said
from sespms_rules.studies.impact.report_html import as_page
from sespms_rules.studies.impact.report_json import case_as_data
from sespms_rules.studies.impact.tables import count_of
from sespms_rules.studies.impact.years import Executive, Place, Years, beside, groups_beside
from sespms_rules.studies.impact.years_report import (
    notice_of,
    place_said,
    shared_sheet_of_years,
    shared_years,
    sheet_of_years,
)


def years_as_data(years: Years, told: Told, least: int | None = None) -> dict[str, Any]:
    """The report without its findings; with `least`, null where a count is withheld."""
    then, now = years.then, years.now
    content: dict[str, Any] = {
        "system": years.system,
        "then": {"roster": file_name(years.names[0])},
        "now": {"roster": file_name(years.names[1])},
        "detail": "rows" if told.details else "figures" if least is None else "shared",
        "synthetic": notice_of(years, counted=least is None) or None,
        "both": None,
    }
    if then is None or now is None:
        return content
    if least is not None:
        return content | _shared(years, least)
    content["then"] |= {"rows": then.whole.total, **case_as_data(then, years.levels, years.terms, told)}
    content["now"] |= {"rows": now.whole.total, **case_as_data(now, years.levels, years.terms, told)}
    return content | {
        "both": {
            "executives": len(years.both),
            "directions": dict(years.ways()),
            "matrix": [_cell(years, old, new, told) for old in years.states() for new in years.states()],
        },
        "only_then": _alone(years, told, now=False),
        "only_now": _alone(years, told, now=True),
        "by": [_group(years, title, *both) for title, *both in groups_beside(then, now)],
    }


def _shared(years: Years, least: int) -> dict[str, Any]:
    fit = shared_years(years, least)
    return {
        "least": least,
        "places": [place_said(each) for each in fit.places],
        "matrix": [list(row) for row in fit.table.cells],
        "then_totals": list(fit.table.row_totals),
        "now_totals": list(fit.table.column_totals),
        "total": fit.table.total,
    }


def _cell(years: Years, old: Place, new: Place, told: Told) -> dict[str, Any]:
    found = [each for each in years.both if (each.before, each.after) == (old, new)]
    ends = {"from": _state(old), "to": _state(new)}
    return {**ends, "count": len(found), "rows": _rows(years, found, told, now=True)}


def _alone(years: Years, told: Told, *, now: bool) -> dict[str, Any]:
    found = years.only(now=now)
    return {"count": len(found), "rows": _rows(years, found, told, now=now)}


def _rows(years: Years, found: Sequence[Executive], told: Told, *, now: bool) -> list[dict[str, Any]] | None:
    """The rows of executives in one of the rosters; None where no details were asked for."""
    case = years.now if now else years.then
    if not told.details or case is None:
        return None
    places = [place for each in found if (place := each.now if now else each.then) is not None]
    rows = [case.answers.reading.rows[place] for place in places]
    if told.pseudonyms is not None:
        return [{"row": None, "id": name} for name in sorted(told.pseudonyms.of(row.id) for row in rows)]
    return [{"row": row.number, "id": row.id} for row in rows]


def _group(years: Years, title: str, old: ByKey, new: ByKey) -> dict[str, Any]:
    return {
        "column": title,
        "groups": [
            {"group": name, "then": _counts(years, then), "now": _counts(years, now)}
            for name, then, now in beside(old, new)
        ],
    }


def _counts(years: Years, counted: Distribution) -> dict[str, Any]:
    states = {str(_state(each)): count_of(counted, each) for each in years.states()}
    return {"executives": counted.total, "states": states}


def _state(place: Place) -> int | str:
    return place if isinstance(place, int) else place.value


# ---- the page --------------------------------------------------------------------------------------


def years_as_html(years: Years, told: Told, provenance: Provenance, least: int | None = None) -> str:
    """The whole page. With `least`, smaller counts and what would tell them are withheld, and no picture is drawn."""
    if least is not None:
        return as_page(shared_sheet_of_years(years, least), {}, provenance)
    pictures = {}
    if years.then is not None and years.now is not None:
        labels = [level_said(each, years.terms) for each in years.levels]
        cases = [_series("then", years.then, years.levels), _series("now", years.now, years.levels)]
        pictures["years"] = (
            bars("years-levels", "Levels of those rated, then and now", labels, cases, notice_of(years)),
        )
    return as_page(sheet_of_years(years, told), pictures, provenance)


def _series(name: str, case: Case, levels: Sequence[int]) -> Series:
    return Series(name, tuple(case.whole.count(each) for each in levels), case.whole.rated)
