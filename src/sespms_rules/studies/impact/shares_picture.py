"""Distributions one below the other as pictures: by unit, and of all amendments that are compared."""

from __future__ import annotations

from collections.abc import Iterator

from sespms_rules.reports.charts import MOST_PARTS, Picture, Series, stacked
from sespms_rules.rosters.population import Distribution
from sespms_rules.studies.impact.assessing import ByKey, Case, Impact
from sespms_rules.studies.impact.reasons import said

_MOST_UNITS = 12
"""So many units are drawn, the largest; the table of units has them all."""


def by_unit(identity: str, impact: Impact, before: Case, after: Case | None = None) -> Picture | None:
    """The levels within each unit, before and after where they change; None where the roster names no units."""
    units = before.units
    if all(key is None for key, _ in units) or len(impact.levels) > MOST_PARTS:
        return None
    largest = sorted(units, key=lambda each: (-each[1].total, each[0] or ""))[:_MOST_UNITS]
    kept = tuple(each for each in units if each in largest)
    title = "Levels within each unit" + ("" if after is None else ", before and after where they change")
    if len(kept) < len(units):
        title += f" (the {len(kept)} largest of {len(units)} units)"
    rows = tuple(_units(impact, kept, None if after is None else after.units))
    return stacked(identity, title, "Unit", _parts(impact), rows, impact.notice())


def side_by_side(identity: str, impact: Impact, before: Case) -> Picture | None:
    """The levels as they are and under each amendment; None where there are more than can be told apart."""
    if len(impact.levels) > MOST_PARTS:
        return None
    cases = [("as it is", before), *((str(each.variant.name), each.case) for each in impact.comparisons)]
    rows = tuple(_row(impact, name, each.whole) for name, each in cases if each is not None)
    return stacked(identity, "Levels under each amendment", "Amendment", _parts(impact), rows, impact.notice())


def _parts(impact: Impact) -> tuple[str, ...]:
    return tuple(f"{words[:1].upper()}{words[1:]}" for words in map(said, impact.levels))


def _units(impact: Impact, before: ByKey, after: ByKey | None) -> Iterator[Series]:
    then = None if after is None else dict(after)
    for key, counted in before:
        name, new = key or "not given", counted if then is None else then[key]
        if _row(impact, name, counted) == _row(impact, name, new):
            yield _row(impact, name, counted)
        else:
            yield _row(impact, f"{name}, before", counted)
            yield _row(impact, f"{name}, after", new)


def _row(impact: Impact, name: str, counted: Distribution) -> Series:
    return Series(name, tuple(counted.count(each) for each in impact.levels), counted.rated)
