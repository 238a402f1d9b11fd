"""A sweep in words, as a table of plain text, as CSV and as data."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from sespms_rules.foundation.origin import Origin, exact
from sespms_rules.foundation.values import Frozen, field
from sespms_rules.reports.charts import count_text
from sespms_rules.reports.findings import printable
from sespms_rules.reports.workbook import Cell, Sheet
from sespms_rules.rosters.files import NOBODY_NOT_COUNTED
from sespms_rules.rosters.population import State
from sespms_rules.studies.sweep.by_group import ByGroup, group_rows
from sespms_rules.studies.sweep.by_group import as_data as by_group_as_data
from sespms_rules.studies.sweep.crossed_cuts import NewlyRefused, told
from sespms_rules.studies.sweep.crossed_cuts import as_data as newly_refused_as_data
from sespms_rules.studies.sweep.goals import Reached
from sespms_rules.studies.sweep.parameters import Cut, Figure, Setting, setting_text
from sespms_rules.studies.sweep.sweeping import Sweep
from sespms_rules.studies.sweep.wording import Aim

UNREAD_REFUSED = "executives refused under every variant, whose row cannot be read or whom the system is not for"
"""How a sweep tells of them, before their number."""

UNPLACED_NOT_COUNTED = "executives whose appointment the roster does not say, who are not counted"
"""How a sweep of some appointments tells of them, before their number."""

_MOST_PASSED_OVER = 3
"""How many variants that `check` would refuse are told one by one."""


class Found(Frozen):
    """A sweep with what was asked of it: whose it is, how many executives could not be read, and the goal.

    `unread` are those whose row holds no appraisal: they are refused now and under every variant. `unplaced` have no
    known appointment and are not counted where the sweep is of some appointments only.

    `reached` is what was found among the variants of the sweep, `exactly` whether nothing lies between these. `closer`
    is a sweep over what does lie between, with what was found there. `under` names the amendments of the text,
    `nobody` is how many rows of the roster are no executive's, `groups` are sweeps of its groups by each column.
    `refused` tells why the first variants refuse who is rated now, and how many variants do.
    """

    sweep: Sweep
    unread: int
    remark: str
    goal: Aim | None
    reached: Reached | None
    exactly: bool = field(default=False)
    closer: tuple[Sweep, Reached] | None = field(default=None)
    under: str | None = field(default=None)
    nobody: int = field(default=0)
    unplaced: int = field(default=0)
    groups: tuple[ByGroup, ...] = field(default=())
    refused: tuple[tuple[NewlyRefused, ...], int] = field(default=((), 0))

    @property
    def title(self) -> str:
        """The system, and what it is amended by where that is so."""
        name = self.sweep.program.name
        return f"{name}, as amended by {self.under}" if self.under else name

    @property
    def answer(self) -> tuple[Sweep, Reached | None, bool]:
        """The sweep in which the goal was answered, the answer, and whether no change is left out of it."""
        return (*self.closer, True) if self.closer is not None else (self.sweep, self.reached, self.exactly)


def state_name(state: State) -> str:
    """`level 5`, `not rated`, `refused`."""
    return f"level {state}" if isinstance(state, int) else state.value


def many(count: int, what: str) -> str:
    """`1 executive`, `6,701 executives`."""
    return f"{count_text(count)} {what}{'' if count == 1 else 's'}"


def shown_states(sweep: Sweep) -> list[int]:
    """The places of the states to show: every level, and the others where anyone stands there in some variant."""
    some = sweep.moves.sum(axis=(0, 1)) + sweep.moves.sum(axis=(0, 2))
    return [place for place, state in enumerate(sweep.states) if isinstance(state, int) or some[place]]


def settings_said(figures: tuple[Figure, ...], values: tuple[Setting, ...]) -> str:
    """`cut of level 5: 480, points of level 4: 4.5`."""
    return ", ".join(f"{each.name}: {setting_text(value)}" for each, value in zip(figures, values, strict=True))


# ---- text ----------------------------------------------------------------------------------------


def as_text(found: Found) -> str:
    """The whole report as plain lines."""
    sweep = found.sweep
    lines = [f"{found.title}: {many(sum(sweep.now), 'executive')}, {many(len(sweep), 'variant')}"]
    if found.remark:
        lines.append(found.remark)
    lines += remarks(found)
    lines += [f"{each.name}, now {setting_text(each.now)}" for each in sweep.figures]
    lines += ["", *_aligned(_table(sweep))]
    for each in found.groups:
        lines += ["", f"by {printable(each.title)}", *_aligned(_group_table(sweep, each))]
    lines += ["", *why_refused(found)] if found.refused[1] else []
    searched, reached, exactly = found.answer
    if found.goal is not None and reached is not None:
        lines += ["", *_goal(searched, found.goal, reached, exactly=exactly)]
    return "\n".join(lines) + "\n"


def remarks(found: Found, least: int = 0) -> Iterator[str]:
    """Who of the roster is refused whatever is varied, and which rows are not counted; smaller counts are withheld."""
    executives = ((UNREAD_REFUSED, found.unread), (UNPLACED_NOT_COUNTED, found.unplaced))
    for words, count in executives:
        if count:
            yield f"{words}: {count_text(count) if count >= least else f'fewer than {least}'}"
    if found.nobody:
        yield f"{NOBODY_NOT_COUNTED}: {count_text(found.nobody)}"


def why_refused(found: Found) -> Iterator[str]:
    """Why variants refuse executives who are rated now, in lines: the reason, the sentences and what to do."""
    sweep, (first, variants) = found.sweep, found.refused
    settings = [sweep.settings[each.variant] for each in first]
    said = [(settings_said(sweep.figures, each), list(sentences(sweep, each))) for each in settings]
    yield from told(first, variants, said)


def _table(sweep: Sweep) -> Iterator[list[str]]:
    shown, counts = shown_states(sweep), sweep.counts.tolist()
    yield [
        *(each.name for each in sweep.figures),
        *(state_name(sweep.states[place]) for place in shown),
        "higher",
        "lower",
    ]
    now = sweep.setting_now()
    listed = [(values, counts[number], number) for number, values in enumerate(sweep.settings)]
    if now not in sweep.settings:
        yield [*map(setting_text, now), *(f"{sweep.now[place]:,}" for place in shown), "-", "-", "now"]
    for values, count, number in listed:
        moved = [f"{sweep.raised(number):,}", f"{sweep.lowered(number):,}"]
        row = [*map(setting_text, values), *(f"{count[place]:,}" for place in shown), *moved]
        yield [*row, "now"] if values == now else row


def _group_table(sweep: Sweep, by: ByGroup) -> Iterator[list[str]]:
    """The same by group: first how each stands now, then each variant, a row a group."""
    shown = shown_states(sweep)
    figures = [each.name for each in sweep.figures]
    yield [*figures, printable(by.title), *(state_name(sweep.states[place]) for place in shown), "higher", "lower"]
    now = sweep.setting_now()
    if now not in sweep.settings:
        for name, (_, each) in zip(by.names, by.groups, strict=True):
            counts = (f"{each.now[place]:,}" for place in shown)
            yield [*map(setting_text, now), printable(name), *counts, "-", "-", "now"]
    for name, each, number in group_rows(by):
        values, counts = each.settings[number], each.counts[number].tolist()
        moved = [f"{each.raised(number):,}", f"{each.lowered(number):,}"]
        row = [*map(setting_text, values), printable(name), *(f"{counts[place]:,}" for place in shown), *moved]
        yield [*row, "now"] if values == now else row


def _aligned(rows: Iterator[list[str]]) -> Iterator[str]:
    listed = list(rows)
    columns = max(map(len, listed))
    widths = [max((len(row[place]) for row in listed if place < len(row)), default=0) for place in range(columns)]
    for row in listed:
        yield "  ".join(cell.rjust(width) for cell, width in zip(row, widths, strict=False)).rstrip()


# ---- the goal ------------------------------------------------------------------------------------


def _goal(sweep: Sweep, goal: Aim, reached: Reached, *, exactly: bool) -> Iterator[str]:
    yield f"goal: {goal.words}"
    yield f"  now {goal.stands(sweep, None)}"
    if reached.met_now:
        yield "  it is met now; nothing has to change"
        return
    if reached.variant is None:
        yield "  none of the variants tried meets it without refusing someone who is rated now"
        yield from (f"  {each}" for each in (*passed_over(sweep, reached), nearest_said(sweep, goal, reached)))
        return
    values = sweep.settings[reached.variant]
    among = "" if exactly else ", of those tried,"
    yield f"  the least change that meets it{among} is {settings_said(sweep.figures, values)}"
    yield from (f"  {each}" for each in passed_over(sweep, reached))
    yield f"  then {goal.stands(sweep, reached.variant)}"
    yield from (f"  {each}" for each in sentences(sweep, values))
    yield "what else it does"
    yield from (f"  {each}" for each in effects(sweep, reached.variant))
    yield from _written(reached)


def passed_over(sweep: Sweep, reached: Reached) -> Iterator[str]:
    """The changes that would do for the roster, and that `check` would refuse."""
    for number, error in reached.passed_over[:_MOST_PASSED_OVER]:
        said = settings_said(sweep.figures, sweep.settings[number])
        yield f"passed over: {said}; `check` refuses it, {error.code} {error.name}: {error.message}"
    if len(reached.passed_over) > _MOST_PASSED_OVER:
        yield f"passed over for the like: {len(reached.passed_over) - _MOST_PASSED_OVER:,} more"


def nearest_said(sweep: Sweep, goal: Aim, reached: Reached) -> str:
    """Which variant comes nearest to a goal that none meets."""
    if reached.nearest is None:
        return "and none of them comes nearer to it than the policy is now"
    nearest = settings_said(sweep.figures, sweep.settings[reached.nearest])
    return f"the nearest of those tried is {nearest}, {goal.stands(sweep, reached.nearest)}"


def _written(reached: Reached) -> Iterator[str]:
    """The change as an amendment, with the warnings that it would bring; or that it could not be written."""
    proposal = reached.proposal
    if proposal is None:
        return
    if proposal.text is None:
        yield "this change has no one sentence to replace, so it was not checked as a text; write it and run `check`"
        return
    for each in proposal.warned:
        yield f"  `check` would warn, {each.code} {each.name}: {each.message}"
    yield "as an amendment, which `check` accepts"
    yield from (f"  {line}".rstrip() for line in proposal.text.splitlines())


def effects(sweep: Sweep, variant: int) -> Iterator[str]:
    """What a variant does to a population, a line each: who goes where, and how many stand at each level."""
    yield f"{count_text(sweep.raised(variant))} rated higher, {count_text(sweep.lowered(variant))} rated lower"
    moves = sweep.moves[variant].tolist()
    for before, row in enumerate(moves):
        for after, count in enumerate(row):
            if count and before != after:
                names = state_name(sweep.states[before]), state_name(sweep.states[after])
                yield f"{names[0]} to {names[1]}: {count_text(count)}"
    counts = sweep.counts[variant].tolist()
    for place in shown_states(sweep):
        if counts[place] != sweep.now[place]:
            now, then = count_text(sweep.now[place]), count_text(counts[place])
            yield f"{state_name(sweep.states[place])}: {now} now, {then} then"


def sentences(sweep: Sweep, values: tuple[Setting, ...]) -> Iterator[str]:
    """The sentences of the policy that a variant changes, as they stand and, where that is plain, as they would."""
    for figure, value in zip(sweep.figures, values, strict=True):
        if value == figure.now:
            continue
        for place, origin in enumerate(figure.origins):
            if origin.span.source.name:
                yield _sentence(figure, value, place, origin)


def _sentence(figure: Figure, value: Setting, place: int, origin: Origin) -> str:
    span = origin.span
    text = " ".join(span.source.text[span.start : span.end].split())
    line = span.source.position(span.start)[0]
    where = f"line {line}: `{text}`"
    if not isinstance(figure.now, str) and not isinstance(value, str):
        shift = figure.part.ends[place].shift if isinstance(figure.part, Cut) else 0
        old, new = exact(figure.now + shift), exact(value + shift)
        if text.split().count(old) == 1:
            return f"{where} would be `{' '.join(new if each == old else each for each in text.split())}`"
    return f"{where} would change"


# ---- data ----------------------------------------------------------------------------------------


def as_data(found: Found) -> dict[str, Any]:
    """The whole report as data for JSON; numbers of figures are texts, so that nothing rounds them."""
    sweep = found.sweep
    counts = sweep.counts.tolist()
    data: dict[str, Any] = {
        "system": sweep.program.name,
        "amendment": found.under,
        "executives": sum(sweep.now),
        "unread_rows": found.unread,
        "unknown_appointment": found.unplaced,
        "not_executives": found.nobody,
        "synthetic": found.remark or None,
        "worked_out_by": sweep.by,
        "figures": [{"name": each.name, "now": setting_text(each.now)} for each in sweep.figures],
        "now": _named(sweep, sweep.now),
        "variants": [_variant(sweep, number, counts[number]) for number in range(len(sweep))],
    }
    if found.groups:
        data["by"] = [by_group_as_data(each) for each in found.groups]
    if found.refused[1]:
        data["newly_refused"] = [newly_refused_as_data(each, sweep) for each in found.refused[0]]
    searched, reached, exactly = found.answer
    if found.goal is not None and reached is not None:
        data["goal"] = {**_goal_data(searched, found.goal, reached), "exact": exactly}
    return data


def _named(sweep: Sweep, counts: tuple[int, ...] | list[int]) -> dict[str, int]:
    return {state_name(state): count for state, count in zip(sweep.states, counts, strict=True)}


def _variant(sweep: Sweep, number: int, counts: list[int]) -> dict[str, Any]:
    values = zip(sweep.figures, sweep.settings[number], strict=True)
    return {
        "settings": {figure.name: setting_text(value) for figure, value in values},
        "counts": _named(sweep, counts),
        "higher": sweep.raised(number),
        "lower": sweep.lowered(number),
    }


def _goal_data(sweep: Sweep, goal: Aim, reached: Reached) -> dict[str, Any]:
    best = reached.variant
    return {
        "goal": goal.words,
        "met_now": reached.met_now,
        "least_change": None if best is None else _variant(sweep, best, sweep.counts[best].tolist()),
        "moves": None
        if best is None
        else [
            {"from": state_name(sweep.states[before]), "to": state_name(sweep.states[after]), "count": count}
            for before, row in enumerate(sweep.moves[best].tolist())
            for after, count in enumerate(row)
            if count and before != after
        ],
        "sentences": [] if best is None else list(sentences(sweep, sweep.settings[best])),
        "amendment": None if reached.proposal is None else reached.proposal.text,
        "passed_over": [
            {**_variant(sweep, number, sweep.counts[number].tolist()), "code": error.code, "message": error.message}
            for number, error in reached.passed_over
        ],
        "nearest": None
        if reached.nearest is None
        else _variant(sweep, reached.nearest, sweep.counts[reached.nearest].tolist()),
    }


def sheet_of(found: Sequence[Found]) -> Sheet:
    """A table with a row a variant: the figures, the counts, and how many are rated higher and lower than now.

    Where a text is amended the first column says by what; texts side by side stand one below the other. Where the
    roster is broken down, `by` and `group` say of whom a row is; `all` are those of everyone.
    """
    states = list(dict.fromkeys(state for each in found for state in each.sweep.states))
    amended = ["amendment"] if any(each.under for each in found) else []
    apart = ["by", "group"] if any(each.groups for each in found) else []
    figures = (each.name for each in found[0].sweep.figures)
    headings = (*amended, *apart, *figures, *map(state_name, states), "higher", "lower")
    return Sheet("Sweep", headings, (row for each in found for row in _rows(each, states, amended=bool(amended))))


def _rows(found: Found, states: Sequence[State], *, amended: bool) -> Iterator[tuple[Cell, ...]]:
    under = (found.under,) if amended else ()
    everyone: tuple[Cell, ...] = ("all", None) if found.groups else ()
    for number in range(len(found.sweep)):
        yield (*under, *everyone, *_row(found.sweep, number, states))
    for by in found.groups:
        for name, each, number in group_rows(by):
            yield (*under, by.title, name, *_row(each, number, states))


def _row(sweep: Sweep, number: int, states: Sequence[State]) -> tuple[Cell, ...]:
    here = dict(zip(sweep.states, sweep.counts[number].tolist(), strict=True))
    placed = (here.get(state, 0) for state in states)
    return (*sweep.settings[number], *placed, sweep.raised(number), sweep.lowered(number))
