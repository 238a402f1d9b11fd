"""The tables of a report, made of an Impact."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sespms_rules.program.rating import Outcome
from sespms_rules.reports.charts import count_text
from sespms_rules.rosters.population import (
    Distribution,
    State,
    percent,
)
from sespms_rules.studies.impact.assessing import ByKey, Case, Comparison, Impact
from sespms_rules.studies.impact.comparing import Direction, ranked
from sespms_rules.studies.impact.consequences import Follows
from sespms_rules.studies.impact.phrases import level_said, signed
from sespms_rules.studies.impact.reasons import said
from sespms_rules.studies.impact.reported import changed_places
from sespms_rules.studies.impact.sheet import Table

_NOBODY = "."
MATRIX = "From (down) to (across)"
"""What the table of the transition matrix is called."""

_FOLLOWS = "What follows from the levels"
_NO_ONE = Follows("", ())
_ENDS = (Outcome.NOT_RATED, Outcome.REFUSED)


def count_of(counted: Distribution, state: State) -> int:
    """How many stand in a place."""
    if state is Outcome.NOT_RATED:
        return counted.not_rated
    return counted.refused if isinstance(state, Outcome) else counted.count(state)


def states_shown(impact: Impact, cases: Sequence[Case]) -> tuple[State, ...]:
    """Every level, and `not rated` and `refused` where anyone stands there in any of the cases."""
    ends = [end for end in _ENDS if any(count_of(case.whole, end) for case in cases)]
    return ranked((*impact.levels, *ends))


def _share(counted: Distribution, state: State) -> str:
    return "" if isinstance(state, Outcome) else percent(counted.share(state))


def distribution_table(impact: Impact, case: Case) -> Table:
    """One distribution."""
    rows = [
        (level_said(each, impact.terms), count_text(count_of(case.whole, each)), _share(case.whole, each))
        for each in states_shown(impact, [case])
    ]
    return Table(
        "Distribution", ("level", "executives", "share of rated"), (*rows, ("all", count_text(case.whole.total), ""))
    )


def before_and_after(impact: Impact, before: Case, after: Case) -> Table:
    """Two distributions side by side."""
    rows = []
    for each in states_shown(impact, [before, after]):
        old, new = count_of(before.whole, each), count_of(after.whole, each)
        shares = (_share(before.whole, each), _share(after.whole, each))
        rows.append(
            (level_said(each, impact.terms), count_text(old), shares[0], count_text(new), shares[1], signed(new - old))
        )
    rows.append(("all", count_text(before.whole.total), "", count_text(after.whole.total), "", ""))
    return Table(
        "Distribution", ("level", "before", "share of rated", "after", "share of rated", "change"), tuple(rows)
    )


def matrix_table(impact: Impact, before: Case, comparison: Comparison) -> Table:
    """The transition matrix with its totals: every row of the roster is in exactly one cell."""
    after = comparison.case
    shown = states_shown(impact, [before] if after is None else [before, after])
    rows = []
    for old in shown:
        counts = [len(comparison.cells.get((old, new), ())) for new in shown]
        rows.append((said(old), *(count_text(each) if each else _NOBODY for each in counts), count_text(sum(counts))))
    totals = [sum(len(comparison.cells.get((old, new), ())) for old in shown) for new in shown]
    last = ("all", *(count_text(each) for each in totals), count_text(sum(totals)))
    return Table(MATRIX, ("before", *map(said, shown), "all"), (*rows, last))


def broken_down(impact: Impact, before: Case, after: Case | None) -> tuple[Table, ...]:
    """By unit and by appointment where the roster names any, then by each column that was asked for."""
    pairs: list[tuple[str, ByKey, ByKey | None]] = [
        ("unit", before.units, None if after is None else after.units),
        ("appointment", before.appointments, None if after is None else after.appointments),
    ]
    asked = {title.casefold() for title, _ in before.apart}
    found = [table for name, old, new in pairs if name not in asked and (table := apart(impact, name, old, new))]
    for place, (title, old) in enumerate(before.apart):
        found.append(_apart(impact, title, old, None if after is None else after.apart[place][1]))
    return tuple(found)


def apart(impact: Impact, name: str, before: ByKey, after: ByKey | None) -> Table | None:
    """Each unit or appointment on a line, `before > after` in its cells; None where the roster names none."""
    return None if all(key is None for key, _ in before) else _apart(impact, name, before, after)


def _apart(impact: Impact, name: str, before: ByKey, after: ByKey | None) -> Table:
    second = dict(after) if after is not None else {}
    both = [counted for _, counted in (*before, *(after or ()))]
    shown = ranked((*impact.levels, *(end for end in _ENDS if any(count_of(each, end) for each in both))))
    rows = []
    for key, counted in before:
        then = second.get(key) if after is not None else counted
        cells = (_change(counted, then, each) for each in shown)
        rows.append((key or "not given", count_text(counted.total), *cells))
    caption = f"By {name}" + (" (before > after where it changes)" if after is not None else "")
    return Table(caption, (name, "executives", *map(said, shown)), tuple(rows))


def _change(before: Distribution, after: Distribution | None, state: State) -> str:
    old, new = count_of(before, state), 0 if after is None else count_of(after, state)
    return (count_text(old) or _NOBODY) if old == new else f"{count_text(old)} > {count_text(new)}"


def margin_table(impact: Impact, before: Case, after: Case | None) -> Table | None:
    """How many stand one step of one rating away from a higher and from a lower level."""
    if before.margins is None or (after is not None and after.margins is None):
        return None
    headings: tuple[str, ...] = ("level", "could be higher", "could be lower")
    rows = []
    for place, margin in enumerate(before.margins):
        cells: tuple[str, ...] = (count_text(len(margin.higher)), count_text(len(margin.lower)))
        if after is not None and after.margins is not None:
            then = after.margins[place]
            cells = (*cells, count_text(len(then.higher)), count_text(len(then.lower)))
        rows.append((level_said(margin.level, impact.terms), *cells))
    if after is not None:
        headings = ("level", "before: higher", "before: lower", "after: higher", "after: lower")
    return Table("At the margin: executives whom one step of one rating would take", headings, tuple(rows))


def consequence_table(before: Case, after: Case | None) -> Table | None:
    """What follows from the levels, and for how many: from so many to so many where appointments are not said."""
    if after is None:
        rows = tuple((_told(_named(each), each), each.authority or "", _number(each)) for each in before.follows)
        return Table(_FOLLOWS, ("sentence", "under", "executives"), rows, 1) if rows else None
    made = tuple(
        (
            _told(name, old, new),
            _authority(old, new),
            _number(old),
            _number(new),
            _from_to(len(joined), _perhaps_more(old, new)),
            _from_to(len(left), _perhaps_more(new, old)),
        )
        for name, old, new, joined, left in paired(before.follows, after.follows)
    )
    return Table(_FOLLOWS, ("sentence", "under", "before", "after", "newly", "no longer"), made, 1) if made else None


def _authority(old: Follows | None, new: Follows | None) -> str:
    return next((each.authority for each in (new, old) if each is not None and each.authority), "")


def paired(
    before: Sequence[Follows], after: Sequence[Follows]
) -> Iterator[tuple[str, Follows | None, Follows | None, tuple[int, ...], tuple[int, ...]]]:
    """Each consequence before and after, and the places of those it surely follows for newly and no longer."""
    second = {_named(each): each for each in after}
    first = {_named(each): each for each in before}
    for name in dict.fromkeys((*first, *second)):
        old, new = first.get(name), second.get(name)
        had, has = old or _NO_ONE, new or _NO_ONE
        joined = {*has.places}.difference(had.places, had.unknown)
        left = {*had.places}.difference(has.places, has.unknown)
        yield name, old, new, tuple(sorted(joined)), tuple(sorted(left))


def _named(follows: Follows) -> str:
    once = " (counts as one)" if follows.repeat else ""
    return f"{follows.words.split(' under ')[0]}{once}"


def _told(name: str, *cases: Follows | None) -> str:
    """The name of a consequence, and for how many it hangs on an appointment that the roster does not say."""
    unknown = {place for each in cases if each is not None for place in each.unknown}
    are = "is" if len(unknown) == 1 else "are"
    return f"{name}; how {len(unknown)} {are} appointed is not said" if unknown else name


def _number(follows: Follows | None) -> str:
    if follows is None:
        return "not said"
    return _from_to(len(follows.places), len(follows.unknown))


def _from_to(sure: int, perhaps: int) -> str:
    return f"{count_text(sure)} to {count_text(sure + perhaps)}" if perhaps else count_text(sure)


def _perhaps_more(old: Follows | None, new: Follows | None) -> int:
    """For how many it may follow anew, or no more: that hangs on an appointment that the roster does not say."""
    had, has = old or _NO_ONE, new or _NO_ONE
    may_have, may_get = {*had.unknown}, {*has.unknown}
    # Who is appointed as it takes before and after has it before and after.
    both = set() if had.kinds == has.kinds else may_have & may_get
    return len((may_get - may_have - {*had.places}) | (may_have & {*has.places}) | both)


def side_by_side(impact: Impact, before: Case) -> Table:
    """All amendments, one on a line, below the policy as it is."""
    cases = [before, *(each.case for each in impact.comparisons if each.case is not None)]
    shown = states_shown(impact, cases)
    reports = any(each.reported for each in impact.comparisons)
    none = [""] if reports else []
    rows = [
        ("as it is", "", "", "", *none, *(count_text(count_of(before.whole, each)) for each in shown), _limits(before))
    ]
    for each in impact.comparisons:
        name = each.variant.name or ""
        if each.case is None:
            rows.append((f"{name} (cannot be compared)", *[""] * (len(shown) + 4 + len(none))))
            continue
        moved = (
            sum(len(move.places) for move in each.moves),
            each.count(Direction.HIGHER),
            each.count(Direction.LOWER),
        )
        counts = (count_text(count_of(each.case.whole, state)) for state in shown)
        values = [count_text(len(changed_places(each.reported)))] if reports else []
        rows.append((name, *map(count_text, moved), *values, *counts, _limits(each.case)))
    named = ["another reported value"] if reports else []
    headings = ("amendment", "move", "higher", "lower", *named, *map(said, shown), "limits")
    return Table("Each amendment alone", headings, tuple(rows))


def _limits(case: Case) -> str:
    """How the limits over the population stand, in a word each."""
    return ", ".join(dict.fromkeys(each.verdict.standing.value for each in case.limits)) or "none stated"
