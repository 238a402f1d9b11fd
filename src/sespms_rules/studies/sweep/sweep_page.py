"""A sweep as a page to hand on: pictures with tables, small cells withheld unless full detail was asked for."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from sespms_rules.law.provenance import Provenance
from sespms_rules.program.rating import Outcome
from sespms_rules.reports.charts import Curve, Picture, Section, Series, bars, count_text, curve, matrix, page, section
from sespms_rules.reports.findings import (
    Markup,
    element,
    lines,
    prose,
    table,
)
from sespms_rules.reports.provenance_html import HEADING, as_html
from sespms_rules.rosters.population import (
    shared,
    shared_variants,
)
from sespms_rules.studies.sweep.by_group import ByGroup, SharedGroups, shared_groups
from sespms_rules.studies.sweep.parameters import setting_text
from sespms_rules.studies.sweep.report import (
    Found,
    many,
    nearest_said,
    passed_over,
    remarks,
    sentences,
    settings_said,
    shown_states,
    state_name,
)
from sespms_rules.studies.sweep.sweeping import Sweep

_Row = tuple[int | None, ...]
_MOST_CASES = 5


def as_page(found: Found, least: int | None, provenance: Provenance) -> str:
    """The whole page. `least` is the smallest count that is shown; None asks for full detail.

    Where counts are withheld it may be broken down by one column: tables of two could be set against each other.
    `provenance` is what the page rests on, without the roster where counts are withheld: whoever knows most of it could
    try out the rest against its digest.
    """
    sweep = found.sweep
    apart = [(each.title, _groups(each, least)) for each in found.groups]
    rows, now = _rows(sweep, least) if not apart or least is None else _sums(apart[0][1])
    parts = [_distribution(found, rows, now, least)]
    parts += [_broken_down(sweep, title, groups, number) for number, (title, groups) in enumerate(apart, 1)]
    if found.goal is not None and found.reached is not None:
        parts.append(_goal(found, rows, least))
    parts += [_reading(sweep, least), section("basis", HEADING, as_html(provenance))]
    return page(f"Sweep of {found.title}", parts, found.remark)


def _rows(sweep: Sweep, least: int | None) -> tuple[list[_Row | None], _Row]:
    """What may be shown of each variant, and of now."""
    counts = [tuple(each) for each in sweep.counts.tolist()]
    if least is None:
        return list(counts), sweep.now
    first, *others = shared_variants([sweep.now, *counts], least)
    assert first is not None  # noqa: S101 - there is nothing before it to be compared with
    return others, first


# ---- groups --------------------------------------------------------------------------------------


def _groups(by: ByGroup, least: int | None) -> SharedGroups:
    """What may be shown of each group: now, and each variant."""
    if least is not None:
        return shared_groups(by, least)
    return [
        (name, [each.now, *map(tuple, each.counts.tolist())])
        for name, (_, each) in zip(by.names, by.groups, strict=True)
    ]


def _sums(groups: SharedGroups) -> tuple[list[_Row | None], _Row]:
    """What may be shown of everyone: what is shown of the groups, added up."""
    made: list[_Row | None] = []
    for rows in zip(*(rows for _, rows in groups), strict=True):
        known = [row for row in rows if row is not None]
        added = (tuple(map(_added, zip(*known, strict=True)))) if len(known) == len(rows) else None
        made.append(added)
    first, *others = made
    assert first is not None  # noqa: S101 - there is nothing before it to be compared with
    return others, first


def _added(counts: tuple[int | None, ...]) -> int | None:
    known = [each for each in counts if each is not None]
    return sum(known) if len(known) == len(counts) else None


def _broken_down(sweep: Sweep, title: str, groups: SharedGroups, number: int) -> Section:
    """A table with a row for each variant that is shown and each group; first how the groups stand now."""
    places = shown_states(sweep)
    headings = (*(_capital(each.name) for each in sweep.figures), title, *(_name(sweep, each) for each in places))
    settings = [sweep.setting_now(), *sweep.settings]
    rows = [
        (*map(setting_text, values), name + " (now)" * (not place), *(count_text(counts[each]) for each in places))
        for place, values in enumerate(settings)
        if not place or values != sweep.setting_now()
        for name, all_counts in groups
        if (counts := all_counts[place]) is not None
    ]
    made = table(f"Counts at each level by {title}", headings, rows)
    label = f"Table: counts at each level by {title}"
    inside = element("div", made, class_="wide numbers", tabindex="0", role="group", aria_label=label)
    return section(f"by-{number}", f"By {title}", inside)


# ---- the distribution ----------------------------------------------------------------------------


def _distribution(found: Found, rows: list[_Row | None], now: _Row, least: int | None) -> Section:
    sweep = found.sweep
    shown = [(number, row) for number, row in enumerate(rows) if row is not None]
    few = least is not None and sum(sweep.now) < least
    people = f"Fewer than {least} executives" if few else many(sum(sweep.now), "executive")
    now_said = settings_said(sweep.figures, sweep.setting_now())
    content: list[Markup | Picture | str] = [
        f"{people} under {many(len(sweep), 'variant')} of {found.title}. The policy now has {now_said}."
    ]
    content += [f"{_capital(each)}." for each in remarks(found, least or 0)]
    if len(shown) < len(rows):
        content.append(
            f"Variants that are not shown: {count_text(len(rows) - len(shown))}. At some level they differ from one "
            f"that is shown by fewer than {least} executives, and the difference would tell of those."
        )
    numbers = all(isinstance(each, Fraction) for values in sweep.settings for each in values)
    if len(sweep.figures) == 1 and numbers and shown:
        content.append(_curve(found, shown, now))
    elif len(sweep.figures) == 1 and shown and len(shown) < _MOST_CASES:
        content.append(_bars(found, shown, now))
    else:
        content.append(_grid(sweep, shown, now))
    return section("distribution", "The distribution under each variant", *content)


def _curve(found: Found, shown: Sequence[tuple[int, _Row]], now: _Row) -> Picture:
    """One figure over numbers: a curve for each state whose counts may be shown."""
    sweep, figure = found.sweep, found.sweep.figures[0]
    known = {sweep.settings[number][0]: row for number, row in shown}
    known.setdefault(figure.now, now)
    values = sorted(each for each in known if isinstance(each, Fraction))
    open_ = [place for place in shown_states(sweep) if all(known[each][place] is not None for each in values)]
    places = open_[:_MOST_CASES]
    curves = [
        Curve(_name(sweep, place), tuple(count for each in values if (count := known[each][place]) is not None))
        for place in places
    ]
    if not curves:
        curves = [Curve("All executives", (sum(sweep.now),) * len(values))]
    hidden = [state_name(sweep.states[place]) for place in shown_states(sweep) if place not in places]
    title = f"Levels by the {figure.name}" + (f" (without {', '.join(hidden)})" if hidden else "")
    now_at = figure.now if isinstance(figure.now, Fraction) else None
    return curve("sweep", title, (figure.name, values), curves, found.remark, now=now_at, withheld=bool(hidden))


def _bars(found: Found, shown: Sequence[tuple[int, _Row]], now: _Row) -> Picture:
    """A few ways to round: bars for each state, a case a way."""
    sweep, figure = found.sweep, found.sweep.figures[0]
    known = {sweep.settings[number][0]: row for number, row in shown}
    known = {figure.now: now} | known
    places = shown_states(sweep)
    total = sum(sweep.now)
    cases = [
        Series(setting_text(value) + " (now)" * (value == figure.now), tuple(row[place] for place in places), total)
        for value, row in known.items()
    ]
    labels = [_name(sweep, place) for place in places]
    return bars("sweep", f"Levels by the {figure.name}", labels, cases, found.remark)


def _grid(sweep: Sweep, shown: Sequence[tuple[int, _Row]], now: _Row) -> Markup:
    """Several figures at once: a table, in which the first line is now."""
    places = shown_states(sweep)
    headings = (*(_capital(each.name) for each in sweep.figures), *(_name(sweep, each) for each in places))
    rest = [(values, row, "") for number, row in shown if (values := sweep.settings[number]) != sweep.setting_now()]
    listed = [(sweep.setting_now(), now, " (now)"), *rest]
    rows: list[tuple[str, ...]] = []
    for values, row, remark in listed:
        first, *others = map(setting_text, values)
        rows.append((first + remark, *others, *(count_text(row[place]) for place in places)))
    made = table("Counts at each level, a row a variant", headings, rows)
    label = "Table: counts at each level"
    return element("div", made, class_="wide numbers", tabindex="0", role="group", aria_label=label)


def _name(sweep: Sweep, place: int) -> str:
    return _capital(state_name(sweep.states[place]))


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


# ---- the goal ------------------------------------------------------------------------------------


def as_goal(found: Found) -> Section:
    """What was found for a goal, in full detail, for a page that holds other things too; `found` has a goal."""
    return _goal(found, [tuple(each) for each in found.sweep.counts.tolist()], None)


def _goal(found: Found, rows: list[_Row | None], least: int | None) -> Section:
    # What lies between the variants shown would tell of the few executives by whom it differs from them.
    sweep, reached, exactly = found.answer if least is None else (found.sweep, found.reached, found.exactly)
    if sweep is not found.sweep:
        rows = [tuple(each) for each in sweep.counts.tolist()]
    goal = found.goal
    assert goal is not None  # noqa: S101 - only asked for where there is one
    assert reached is not None  # noqa: S101
    content: list[Markup | Picture | str] = [f"Asked for: {goal.words}."]
    if least is None:
        content.append(f"Now: {goal.stands(sweep, None)}.")
        content += [element("p", prose(_capital(each))) for each in passed_over(sweep, reached)]
    if reached.met_now:
        content.append("It is met now; nothing has to change.")
    elif reached.variant is None:
        content.append("None of the variants tried meets it without refusing someone who is rated now.")
        content += [element("p", prose(_capital(nearest_said(sweep, goal, reached))))] if least is None else []
    else:
        values = sweep.settings[reached.variant]
        among = "" if exactly else ", of those tried,"
        content.append(f"The least change that meets it{among} is {settings_said(sweep.figures, values)}.")
        content += _texts(sweep, reached.variant)
        content += _moves(found, sweep, reached.variant, rows[reached.variant], least)
    if least is None and reached.variant is not None:
        content.append(f"Then: {goal.stands(sweep, reached.variant)}.")
    return section("goal", "The goal", *content)


def _texts(sweep: Sweep, variant: int) -> list[Markup]:
    told = list(sentences(sweep, sweep.settings[variant]))
    if not told:
        return []
    items = (element("li", prose(each, sentence=False)) for each in told)
    return [element("p", "Sentences of the policy that change:"), element("ul", lines(*items))]


def _moves(
    found: Found, sweep: Sweep, variant: int, row: _Row | None, least: int | None
) -> list[Markup | Picture | str]:
    """Who goes where; without the picture where its sums, which are the counts now and then, are not shown either."""
    places = shown_states(sweep)
    counts = sweep.moves[variant][places][:, places].tolist()
    labels = [_name(sweep, place) for place in places]
    ranks = [state if isinstance(state, int) else None for state in (sweep.states[place] for place in places)]
    cells: Sequence[Sequence[int | None]] = counts
    if least is not None and found.groups:
        return ["Who moves is not shown: set against the groups, it could tell of a few executives."]
    if least is not None:
        safe = shared(counts, least)
        if row is None or None in (*row, *safe.row_totals, *safe.column_totals, safe.total):
            return [f"Who moves is not shown: it would tell of fewer than {least} executives."]
        cells = safe.cells
    return [matrix("moves", "Levels now and then", labels, cells, found.remark, ranks=ranks)]


def _reading(sweep: Sweep, least: int | None) -> Section:
    told = [
        "Each number is counted exactly: every executive was rated under every variant.",
        "Not rated are those whom the policy gives no level; refused are appraisals that it does not let be rated.",
    ]
    if least is not None:
        told.append(
            f"Counts from 1 to {least - 1} are not shown, nor those by which they could be worked out; a dash stands "
            "for such a count. The size is a setting of this report, not a rule of OPM."
        )
    if any(state is Outcome.REFUSED and sweep.now[place] for place, state in enumerate(sweep.states)):
        told.append("Some appraisals are refused now; correct these before anything is decided on these numbers.")
    return section("reading", "How to read this page", *told)
