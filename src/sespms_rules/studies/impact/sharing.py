"""An Impact -> what of it may be shared: the transition matrix and its totals with small counts withheld.

Everything shared is worked out from that one table, so that nothing can be found by subtracting one table from
another. Units, appointments, margins and reasons of few are left out, and the report says so.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any

from sespms_rules.foundation.values import Frozen, field
from sespms_rules.reports.charts import count_text
from sespms_rules.rosters.files import NOBODY_NOT_COUNTED
from sespms_rules.rosters.population import (
    SAID_ROUNDING,
    Shared,
    State,
    shared,
    shared_row,
)
from sespms_rules.studies.impact.assessing import Case, Comparison, Impact
from sespms_rules.studies.impact.phrases import NOT_COMPARED, file_name, level_said, line_said, people
from sespms_rules.studies.impact.reasons import said
from sespms_rules.studies.impact.sheet import Item, Section, Sheet, Table, listing
from sespms_rules.studies.impact.tables import MATRIX, count_of, states_shown

_WITHHELD = "*"
_LEFT_OUT = (
    "left out of what is shared: {others}margins, what follows for whom, questions for the reviewer, "
    "values reported beside the level, and the numbers of limits; they could be set against the table above"
)


_Pair = tuple[State, State | None]


class SharedGroups(Frozen):
    """A breakdown fit for sharing: for each group how many go from where to where, and how many there are.

    `pairs` are the places before and after (None: there is no amendment) from and to which anyone goes.
    """

    title: str
    names: tuple[str, ...]
    pairs: tuple[_Pair, ...]
    counts: tuple[tuple[int | None, ...], ...]
    totals: tuple[int | None, ...]


class SharedImpact(Frozen):
    """The states of a table fit for sharing, and its counts; None where there is no amendment to move anyone."""

    states: tuple[State, ...]
    before: tuple[int | None, ...]
    total: int | None
    matrix: Shared | None
    groups: SharedGroups | None = field(default=None)


def shared_impact(impact: Impact, least: int) -> SharedImpact:
    """Withhold the small counts of the one amendment's matrix, or of the distribution where there is none.

    Where the roster is broken down by a column, the table that is shared is that of its groups, and everything else is
    added up from it. Raises ValueError for several amendments or columns, whose tables could be subtracted, and for a
    roster that was not rated.
    """
    before = impact.before
    if before is None or len(impact.comparisons) > 1 or len(before.apart) > 1:
        raise ValueError("one table is shared: of a roster that was rated, under one amendment, by one column at most")
    comparison = impact.comparisons[0] if impact.comparisons else None
    after = comparison.case if comparison is not None else None
    states = states_shown(impact, [before] if after is None else [before, after])
    if before.apart:
        return _by_groups(states, before, after, least)
    if comparison is None or after is None:
        counts, total = shared_row([count_of(before.whole, each) for each in states], least)
        return SharedImpact(states, counts, total, None)
    found = shared([[len(comparison.cells.get((old, new), ())) for new in states] for old in states], least)
    return SharedImpact(states, found.row_totals, found.total, found)


def _by_groups(states: Sequence[State], before: Case, after: Case | None, least: int) -> SharedImpact:
    """Withhold what could tell of few in the table of the groups by where they go, and add the rest up from it."""
    ((title, groups),) = before.apart
    keys = [each.groups[0] if each.groups else None for each in before.answers.reading.rows]
    later: Sequence[State | None] = [None] * len(keys) if after is None else after.answers.states
    counted = Counter(zip(keys, before.answers.states, later, strict=True))
    across: Sequence[State | None] = [None] if after is None else states
    pairs = [(old, new) for old in states for new in across if any(counted[key, old, new] for key, _ in groups)]
    fit = shared([[counted[key, old, new] for old, new in pairs] for key, _ in groups], least)
    sums = dict(zip(pairs, fit.column_totals, strict=True))
    cells = tuple(tuple(sums.get((old, new), 0) for new in across) for old in states)
    rows = tuple(map(_added, cells))
    names = tuple(key or "not given" for key, _ in groups)
    told = SharedGroups(title, names, tuple(pairs), fit.cells, fit.row_totals)
    matrix = None if after is None else Shared(cells, rows, tuple(map(_added, zip(*cells, strict=True))), fit.total)
    return SharedImpact(tuple(states), rows, fit.total, matrix, told)


def _added(counts: Sequence[int | None]) -> int | None:
    """The sum of counts, None where one of them is withheld."""
    known = [each for each in counts if each is not None]
    return sum(known) if len(known) == len(counts) else None


def group_table(fit: SharedGroups) -> Table:
    """A row for each group, with how many go from where to where; nobody goes where no column stands."""
    headings = (said(old) if new is None else f"{said(old)} > {said(new)}" for old, new in fit.pairs)
    rows = [
        (name, _shown(total), *map(_shown, counts))
        for name, total, counts in zip(fit.names, fit.totals, fit.counts, strict=True)
    ]
    return Table(f"By {fit.title}", (fit.title, "executives", *headings), tuple(rows))


def shared_sheet(impact: Impact, least: int) -> Sheet:
    """The report for sharing."""
    if impact.before is None:
        return Sheet(f"{impact.system}: no row was rated, because the roster has errors", ())
    fit = shared_impact(impact, least)
    comparison = impact.comparisons[0] if impact.comparisons else None
    title = f"{impact.system}: {file_name(impact.roster)}, for sharing"
    heading = "The policy as it is" if comparison is None else str(comparison.variant.name)
    items: list[Item] = [NOT_COMPARED] if comparison is not None and comparison.case is None else []
    items.append(distribution_table(impact, fit))
    if comparison is not None and comparison.case is not None and fit.matrix is not None:
        items += [matrix_table(fit), *_reasons(fit, comparison)]
    items += [group_table(fit.groups)] if fit.groups is not None else []
    items += _all_limits(impact.before, None if comparison is None else comparison.case)
    nobody = (f"{NOBODY_NOT_COUNTED}: {count_text(impact.nobody)}",) if impact.nobody else ()
    remarks = (
        *nobody,
        f"{_WITHHELD} a count that is withheld: from 1 to {least - 1}, or one by which such a count could be found",
        "every 0 is shown; whether it may be told that nobody stands somewhere is for a person to say",
        _LEFT_OUT.format(others="other breakdowns, " if fit.groups is not None else "units, appointments, "),
        SAID_ROUNDING,
    )
    return Sheet(title, (Section(heading, tuple(items), "shared"),), remarks, impact.notice(shared=True))


def distribution_table(impact: Impact, fit: SharedImpact) -> Table:
    """The distribution before and after, from the totals of the matrix."""
    after = fit.matrix.column_totals if fit.matrix is not None else None
    rows = []
    for place, state in enumerate(fit.states):
        cells = [_shown(fit.before[place])] + ([_shown(after[place])] if after is not None else [])
        rows.append((level_said(state, impact.terms), *cells))
    total = [_shown(fit.total)] * (1 if after is None else 2)
    headings = ("level", "executives") if after is None else ("level", "before", "after")
    return Table("Distribution", headings, (*rows, ("all", *total)))


def matrix_table(fit: SharedImpact) -> Table:
    """The transition matrix with what is withheld in it."""
    assert fit.matrix is not None  # noqa: S101 - the caller has looked
    rows = [
        (said(state), *map(_shown, cells), _shown(total))
        for state, cells, total in zip(fit.states, fit.matrix.cells, fit.matrix.row_totals, strict=True)
    ]
    last = ("all", *map(_shown, fit.matrix.column_totals), _shown(fit.matrix.total))
    return Table(MATRIX, ("before", *map(said, fit.states), "all"), (*rows, last))


def _reasons(fit: SharedImpact, comparison: Comparison) -> tuple[Item, ...]:
    """The lines behind moves whose count is shown; a reason would tell of a withheld one that it is not 0."""
    assert fit.matrix is not None  # noqa: S101 - the caller has looked
    places = {state: place for place, state in enumerate(fit.states)}
    items = []
    for move in comparison.moves:
        if fit.matrix.cells[places[move.before]][places[move.after]] is None or len(move.reasons) != 1:
            continue
        (reason,) = move.reasons
        lines = f"before, {line_said(reason.before)}; after, {line_said(reason.after)}"
        items.append((f"{people(len(move.places))} {move.as_text()}: {lines}", ()))
    return listing("Who moves, and why", items)


def _all_limits(before: Case, after: Case | None) -> tuple[Item, ...]:
    """The limits before and after, once where they say the same."""
    if after is None:
        return _limits(before, "")
    if _limits(before, "") == _limits(after, ""):
        return _limits(after, ", before and after")
    return (*_limits(before, ", before"), *_limits(after, ", after"))


def _limits(case: Case, when: str) -> tuple[Item, ...]:
    """How each limit stands, without the numbers."""
    verdicts = [each.verdict for each in case.limits if not each.verdict.about.startswith("unit ")]
    items = [(f"{each.about}, `{each.rule.origin.span.words}`: {each.standing.value}", ()) for each in verdicts]
    return listing(f"Limits over the population{when}", items)


def shared_data(impact: Impact, least: int) -> dict[str, Any]:
    """The same for JSON: null where a count is withheld."""
    content: dict[str, Any] = {"system": impact.system, "roster": file_name(impact.roster), "detail": "shared"}
    if impact.before is None:
        return content
    fit = shared_impact(impact, least)
    comparison = impact.comparisons[0] if impact.comparisons else None
    names = [said(each) for each in fit.states]
    content |= {
        "least": least,
        "synthetic": impact.notice(shared=True) or None,
        "amendment": None if comparison is None else comparison.variant.name,
        "states": names,
        "before": list(fit.before),
        "after": None if fit.matrix is None else list(fit.matrix.column_totals),
        "total": fit.total,
        "matrix": None if fit.matrix is None else [list(row) for row in fit.matrix.cells],
        "by": None if fit.groups is None else _groups_as_data(fit.groups),
    }
    return content


def _groups_as_data(fit: SharedGroups) -> dict[str, Any]:
    """The groups of a breakdown, the columns of their counts named by where executives go from and to."""
    groups = zip(fit.names, fit.totals, fit.counts, strict=True)
    return {
        "column": fit.title,
        "from_to": [[said(old), None if new is None else said(new)] for old, new in fit.pairs],
        "groups": [{"group": name, "executives": total, "counts": list(counts)} for name, total, counts in groups],
    }


def _shown(count: int | None) -> str:
    return _WITHHELD if count is None else count_text(count)
