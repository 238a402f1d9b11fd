"""An Impact -> the sheet of its report: what changes, for whom, by which line, and what follows."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sespms_rules.program.rating import Outcome
from sespms_rules.reports.charts import count_text
from sespms_rules.rosters.files import NOBODY_NOT_COUNTED
from sespms_rules.rosters.population import LEAST, SAID_MARGIN, SAID_ROUNDING
from sespms_rules.studies.impact.assessing import Case, Comparison, Impact, Limited
from sespms_rules.studies.impact.comparing import Direction, Move, Reason
from sespms_rules.studies.impact.phrases import (
    NOT_COMPARED,
    Told,
    file_name,
    limit_said,
    line_said,
    people,
    score_said,
)
from sespms_rules.studies.impact.questions import questions_asked
from sespms_rules.studies.impact.reasons import Because, turning_point
from sespms_rules.studies.impact.reported import changed_places
from sespms_rules.studies.impact.reported_said import reported_of_comparison, values_headline
from sespms_rules.studies.impact.sheet import Item, Section, Sheet, listing
from sespms_rules.studies.impact.tables import (
    before_and_after,
    broken_down,
    consequence_table,
    distribution_table,
    margin_table,
    matrix_table,
    paired,
    side_by_side,
)

SMALL_GROUPS = (
    f"groups of a few can point at a person; before you pass this on, `--share` withholds counts from 1 to {LEAST - 1}"
)
_LIMITS = "Limits over the population"


def sheet_of(impact: Impact, told: Told) -> Sheet:
    """Make the report. Findings are not in it; whoever prints it prints them first."""
    before = impact.before
    if before is None:
        return Sheet(f"{impact.system}: no row was rated, because the roster has errors", ())
    title = f"{impact.system}: {people(before.whole.total)} of {file_name(impact.roster)}"
    sections: list[Section] = []
    if not impact.comparisons:
        sections.append(Section("The policy as it is", _alone(impact, before, told), "before"))
    if len(impact.comparisons) > 1:
        sections.append(Section("Side by side", (side_by_side(impact, before),), "side"))
    if impact.in_full:
        sections += [
            Section(str(each.variant.name), _compared(impact, before, each, told), f"amendment-{number}")
            for number, each in enumerate(impact.comparisons, 1)
        ]
    return Sheet(title, tuple(sections), tuple(_remarks(impact, before)), impact.notice())


def _remarks(impact: Impact, before: Case) -> Iterator[str]:
    if len(impact.comparisons) == 1 and impact.comparisons[0].case is None:
        return  # nothing was compared, and there is no table to remark on
    yield f"{people(before.whole.total)}: each is in exactly one place of every table of levels"
    if impact.nobody:
        yield f"{NOBODY_NOT_COUNTED}: {count_text(impact.nobody)}"
    if any(each.moves or changed_places(each.reported) for each in impact.comparisons):
        if impact.thorough:
            yield "the reference engine derived everyone who moves anew and agrees"
        else:
            yield "the columnar engine placed those who move; where several lines are possible the reference was asked"
    if not impact.in_full:
        yield "so many amendments are compared by their figures alone; give fewer to see each in full"
    elif before.margins is not None:
        yield SAID_MARGIN
    if before.apart:
        yield SMALL_GROUPS
    yield SAID_ROUNDING


# ---- sections --------------------------------------------------------------------------------------


def _alone(impact: Impact, before: Case, told: Told) -> tuple[Item, ...]:
    items: list[Item | None] = [distribution_table(impact, before)]
    items += broken_down(impact, before, None)
    items += [margin_table(impact, before, None), *_margin_rows(before, "now", told)]
    items += [consequence_table(before, None), *limits_of_case(before, "", told), *_law(before)]
    items += [*questions_asked(before, None, told), *refused_of_case(before, told)]
    return tuple(each for each in items if each is not None)


def _compared(impact: Impact, before: Case, comparison: Comparison, told: Told) -> tuple[Item, ...]:
    reason = [f"Why: {comparison.variant.because}"] if comparison.variant.because else []
    after = comparison.case
    if after is None:
        return (*reason, NOT_COMPARED)
    items: list[Item | None] = [*reason, headline(comparison, before), before_and_after(impact, before, after)]
    items += [matrix_table(impact, before, comparison), *_moves(before, comparison, after, told)]
    items += reported_of_comparison(comparison, before, told)
    items += broken_down(impact, before, after)
    items += [margin_table(impact, before, after)]
    items += [*_margin_rows(before, "before", told), *_margin_rows(after, "after", told)]
    items += [consequence_table(before, after), *_consequence_rows(before, after, told)]
    items += [*_both_limits(before, after, told), *_law(before, after)]
    items += [*questions_asked(before, after, told), *refused_of_case(after, told)]
    return tuple(each for each in items if each is not None)


def headline(comparison: Comparison, before: Case) -> str:
    """How many would be rated differently, and which way; the amendment fits the roster."""
    moved = sum(len(each.places) for each in comparison.moves)
    ways = [f"{count_text(comparison.count(way))} {way.value}" for way in (Direction.HIGHER, Direction.LOWER)]
    lost = sum(len(each.places) for each in comparison.moves if each.is_without_level(after=True))
    gained = sum(len(each.places) for each in comparison.moves if each.is_without_level(after=False))
    other = comparison.count(Direction.OTHER) - lost - gained
    ways += [f"{count_text(lost)} with no level any more"] if lost else []
    ways += [f"{count_text(gained)} with a level for the first time"] if gained else []
    ways += [f"{count_text(other)} without a level before and after, for another reason"] if other else []
    whole = people(before.whole.total)
    if not comparison.reported:
        return f"{count_text(moved)} of {whole} would be rated differently: {', '.join(ways)}."
    levels = f"{count_text(moved)} of {whole} would be at another level: {', '.join(ways)}."
    return f"{levels} {values_headline(comparison, whole)}"


# ---- who moves -------------------------------------------------------------------------------------


def _moves(before: Case, comparison: Comparison, after: Case, told: Told) -> tuple[Item, ...]:
    items = [
        (_reason(move, reason), _movers(before, after, reason, told))
        for move in comparison.moves
        for reason in move.reasons
    ]
    return listing("Who moves, and why", items)


def _reason(move: Move, reason: Reason) -> str:
    count = people(len(reason.places))
    return f"{count} {move.as_text()}: before, {line_said(reason.before)}; after, {line_said(reason.after)}"


def _movers(before: Case, after: Case, reason: Reason, told: Told) -> list[str]:
    if not told.details:
        return []
    return [_mover(before, after, place, told) for place in reason.places]


def _mover(before: Case, after: Case, place: int, told: Told) -> str:
    """One who moves: the scores and, where they differ, the first step that went another way."""
    row = before.answers.reading.rows[place]
    old, new = before.answers.score(place), after.answers.score(place)
    score = score_said(old, new)
    turn = _turn(before, after, place) if old is not None and new is not None and old != new else ""
    return f"{told.who(row)}{f': {score}' if score else ''}{turn}"


def _turn(before: Case, after: Case, place: int) -> str:
    """The first step of two derivations that went differently."""
    appraisal = after.answers.reading.rows[place].appraisal
    first, second = before.variant.program, after.variant.program
    if appraisal is None or first is None or second is None:
        return ""
    turn = turning_point(first, second, appraisal)
    return f"; first, {turn.before or 'nothing'}; now, {turn.after or 'nothing'}" if turn else ""


# ---- the rows behind the figures -------------------------------------------------------------------


def _margin_rows(case: Case, when: str, told: Told) -> tuple[Item, ...]:
    if not told.details or case.margins is None:
        return ()
    rows = case.answers.reading.rows
    items = [
        (f"level {margin.level} could be {way}: {told.everyone(places, rows)}", ())
        for margin in case.margins
        for way, places in (("higher", margin.higher), ("lower", margin.lower))
        if places
    ]
    return listing(f"At the margin {when}", items)


def _consequence_rows(before: Case, after: Case, told: Told) -> tuple[Item, ...]:
    if not told.details:
        return ()
    rows = before.answers.reading.rows
    items = []
    for name, old, new, joined, left in paired(before.follows, after.follows):
        unknown = tuple(dict.fromkeys((*(old.unknown if old else ()), *(new.unknown if new else ()))))
        parts = (("newly", joined), ("no longer", left), ("appointment not given", unknown))
        said = [f"{word}: {told.everyone(places, rows)}" for word, places in parts if places]
        items += [(name, said)] if said else []
    return listing("For whom that changes", items)


def limits_of_case(case: Case, when: str, told: Told) -> tuple[Item, ...]:
    """The limits over the population of one case."""
    items = [(limit_said(each.verdict), _limit_rows(each, case, told)) for each in case.limits]
    return listing(f"{_LIMITS}{when}", items)


def _both_limits(before: Case, after: Case, told: Told) -> tuple[Item, ...]:
    """The limits before and after, once where they say the same."""
    if limits_of_case(before, "", told) == limits_of_case(after, "", told):
        return limits_of_case(after, ", before and after", told)
    return (*limits_of_case(before, ", before", told), *limits_of_case(after, ", after", told))


def _law(*cases: Case) -> tuple[Item, ...]:
    """What the rules say of such limits: first those that bind, then what is told for information."""
    whens = ("",) if len({case.law for case in cases}) == 1 else (", before", ", after")
    items: list[Item] = []
    for case, when in zip(cases, whens, strict=False):
        binding, others = ([(each.as_text(), ()) for each in case.law if each.held is held] for held in (True, False))
        items += listing(f"What the rules say of such limits{when}", binding)
        items += listing(f"For information, rules that the policy is not held to{when}", others)
    return tuple(items)


def _limit_rows(limited: Limited, case: Case, told: Told) -> list[str]:
    verdict = limited.verdict
    said = list(verdict.notes)
    if limited.out is not None and limited.into is not None:
        out, into = (count_text(len(each)) for each in (limited.out, limited.into))
        said.append(f"at its edge: one step takes {out} out of it, {into} into it")
    if told.details:
        rows = case.answers.reading.rows
        places = {row.number: place for place, row in enumerate(rows)}
        counted = [places[number] for number in verdict.reached]
        parts = (("counted there", counted), ("one step takes out", limited.out), ("one step takes in", limited.into))
        said += [f"{word}: {told.everyone(found, rows)}" for word, found in parts if found]
    return said


def refused_of_case(case: Case, told: Told, when: str = "") -> tuple[Item, ...]:
    """Everyone who could not be rated, by code; with details one by one. `when` says of which roster this is."""
    program = case.variant.program
    if program is None or not case.whole.refused:
        return ()
    because = Because(program, thorough=False)
    rows = case.answers.reading.rows
    places: dict[str, set[int]] = {}
    lines: dict[str, list[str]] = {}
    for place, state in enumerate(case.answers.states):
        if state is not Outcome.REFUSED:
            continue
        for refusal in because.refusals(rows[place]):
            key = f"{refusal.code} {refusal.name}"
            places.setdefault(key, set()).add(place)
            words = "" if told.pseudonyms is not None else f": {refusal.message}"
            lines.setdefault(key, []).append(f"{told.who(rows[place])}{words}")
    items: Sequence[tuple[str, Sequence[str]]] = [
        (f"{key}: {people(len(places[key]))}", lines[key] if told.details else ()) for key in sorted(places)
    ]
    several = sum(map(len, places.values())) > case.whole.refused
    why = "; one can be refused for several reasons, and is told under each" if several else ""
    return listing(f"Refused{when}, and so without a level: {people(case.whole.refused)}{why}", items)
