"""Comparison -> what is printed: the verdict first, then who moves, one appraisal of each kind, and what causes it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sespms_rules.foundation.origin import exact
from sespms_rules.foundation.spelling import listed
from sespms_rules.program.rating import Outcome, Rated, Rating
from sespms_rules.reports.rating_json import value_text
from sespms_rules.studies.comparison.causes_text import (
    causes_lines,
    changes_lines,
    moved,
    terms_lines,
)
from sespms_rules.studies.comparison.ratings_text import NOT_THE_SAME, ratings_lines
from sespms_rules.studies.comparison.result import (
    NOT_RATED_END,
    REFUSED_END,
    Change,
    Comparison,
    Counted,
    Judgement,
    Plans,
    PlansJudgement,
    ReportedValue,
    Subject,
    Witness,
)

NOBODY = "·"
"""What stands in the place of a count where nobody is."""

_SHOWN = 12
"""So many changes without effect are listed; the rest are counted."""


def as_text(found: Comparison) -> str:
    """The whole answer as lines, plain."""
    return "\n".join(_lines(found))


def _lines(found: Comparison) -> Iterator[str]:
    yield f"old  {subject_said(found.old)}"
    yield f"new  {subject_said(found.new)}"
    if found.mapping:
        yield "     " + "; ".join(f"`{there}` stands for `{here}`" for here, there in found.mapping)
    yield ""
    yield verdict(found)
    if found.not_counted not in found.why or not found.why:
        yield f"  {how_known(found)}"
    yield ""
    yield from plans_lines(found.plans)
    yield from ratings_lines(found.ratings)
    if found.counted is not None and found.counted.moves.any:
        yield ""
        yield from _matrix(found.counted)
    for witness in found.witnesses:
        yield ""
        yield from witness_lines(witness)
    yield from reported_lines(found.reported)
    yield from causes_lines(found)
    yield from terms_lines(found)
    for title, changes in (
        (f"what these changes do was not told apart: {found.attributed.why}", found.attributed.untold),
        (idle_title(found), found.attributed.idle),
        ("changed in text alone: nobody's rating rests on it", found.attributed.text_only),
        ("the same words on another authority", found.attributed.cited),
    ):
        if changes:
            yield ""
            yield title
            yield from changes_lines(found, changes, "  ", _SHOWN)
    if not _allchanges_lines(found) and found.judgement is Judgement.SAME:
        yield ""
        yield "no sentence differs either"


def subject_said(subject: Subject) -> str:
    """The file, the system and what it is amended by."""
    told = f'{subject.path}: system "{subject.system.name}"'
    return told + (f' under amendment "{subject.under}"' if subject.under else "")


# ---- the verdict -----------------------------------------------------------------------------------


def verdict(found: Comparison) -> str:
    """The answer in one sentence, with what is said of values beside the level, so that it is not taken for all."""
    return _verdict(found) + said_of_reported(found.reported)


def _verdict(found: Comparison) -> str:
    head = {
        Judgement.SAME: "the two systems rate alike",
        Judgement.STRICTER: "the new system is stricter",
        Judgement.LOOSER: "the new system is looser",
        Judgement.INCOMPARABLE: "neither system is the stricter one",
        Judgement.UNDECIDED: "it is undecided which system is stricter",
    }[found.judgement]
    if found.judgement is Judgement.SAME and (apart := allowed_apart(found)):
        head = f"the two systems rate alike what both allow, but {apart}"
    if found.judgement is Judgement.UNDECIDED:
        return f"{head}: {found.why}"
    if found.counted is None:
        return f"{head}: {_uncounted(found)}"
    total = f"{found.counted.domain.appraisals:,}"
    possible = "appraisals that are possible under both" if found.ratings.differ else "possible appraisals"
    if found.judgement is Judgement.SAME:
        each = f"{total} {possible}"
        return f"{head}: each of the {each} gets the same level under both"
    the = "the " if found.ratings.differ else ""
    said = f"{head}: {moved(found.counted.moves, f' of {the}{total} {possible}')}"
    return f"{said}; {NOT_THE_SAME}" if found.ratings.differ else said


def allowed_apart(found: Comparison) -> str:
    """That the two systems allow other plans or take other ratings, in words that end a sentence; "" where they do not.

    Of plans nothing is said where that is undecided.
    """
    plans = found.plans.judgement not in (PlansJudgement.SAME, PlansJudgement.UNDECIDED)
    parts = ["they do not allow the same plans"] if plans else []
    return ", and ".join(parts + [NOT_THE_SAME] * bool(found.ratings.differ))


def idle_title(found: Comparison) -> str:
    """What stands over the sentences that are read by the derivation and cause no move."""
    of_whom = "none of the appraisals that are possible under both" if found.ratings.differ else "nobody"
    return f"changed, and moves {of_whom} to another level"


def _uncounted(found: Comparison) -> str:
    if found.judgement is Judgement.SAME:
        return "every possible appraisal gets the same level under both"
    ways = {each.direction for each in found.witnesses}
    words = [("higher", "a higher"), ("lower", "a lower")]
    if "higher" not in ways:
        words.reverse()
    (first, which), (second, other) = words
    said = []
    if first in ways:
        said.append(f"some appraisals get {which} level and {'some' if second in ways else 'none'} {other} one")
    said += [f"some get a level under the {way[5:]} system alone" for way in ("only old", "only new") if way in ways]
    return ", and ".join(said)


def how_known(found: Comparison) -> str:
    """How the verdict is known."""
    if found.same_program:
        return "both compute the very same thing"
    if found.counted is None:
        uncounted = f"how many there are was not counted: {found.not_counted}"
        return uncounted if found.judgement is Judgement.UNDECIDED else f"proved by the solver; {uncounted}"
    if not found.by_solver:
        return "found by counting every one; the solver left it open"
    return "proved by the solver and found by counting every one"


# ---- plans -----------------------------------------------------------------------------------------


def plans_lines(plans: Plans) -> Iterator[str]:
    """How the plans that both allow stand to each other, as lines."""
    if plans.judgement is PlansJudgement.UNDECIDED:
        yield f"plans: it is undecided whether the same plans are allowed: {plans.why}"
        return
    if plans.judgement is PlansJudgement.SAME:
        count = "" if plans.old is None or plans.old < 2 else f"{plans.old:,} "
        yield f"plans: the same {count}plans are allowed under both"
        return
    words = {
        PlansJudgement.NARROWER: "the new system allows fewer",
        PlansJudgement.WIDER: "the new system allows more",
        PlansJudgement.INCOMPARABLE: "each system allows some that the other does not",
    }[plans.judgement]
    yield f"plans: {words}{_plan_counts(plans)}"
    for which, plan in (("old", plans.only_old), ("new", plans.only_new)):
        if plan is not None:
            yield f"  allowed under the {which} system alone: {_plan(plan)}"
    yield "  levels are compared for the plans that are allowed under both"


def _plan_counts(plans: Plans) -> str:
    if plans.old is None or plans.new is None:
        return ""
    both = "" if plans.both is None else f", {plans.both:,} under both"
    return f": {plans.old:,} under the old, {plans.new:,} under the new{both}"


def _plan(plan: tuple[Rated, ...]) -> str:
    weighed = [each for each in plan if each.weight is not None]
    if not weighed:
        inner = [_plan(each.requirements) for each in plan if each.requirements]
        return inner[0] if inner else ", ".join(f'"{each.name}"' for each in plan)
    return ", ".join(f'"{each.name}" {exact(each.weight)}' for each in weighed if each.weight is not None)


# ---- who moves -------------------------------------------------------------------------------------


def end_words(end: int) -> str:
    """An end in words."""
    return {REFUSED_END: "refused", NOT_RATED_END: "not rated"}.get(end, f"level {end}")


def _matrix(counted: Counted) -> Iterator[str]:
    """From which end (down) to which (across); `·` where nobody is."""
    table = moves_table(counted)
    widths = [max(map(len, column)) for column in zip(*table, strict=True)]
    for row in table:
        first, *rest = (
            text.ljust(width) if place == 0 else text.rjust(width)
            for place, (text, width) in enumerate(zip(row, widths, strict=True))
        )
        yield "  ".join([first, *rest])
    if counted.rescored:
        yield f"{counted.rescored:,} keep their level on another score"


def moves_table(counted: Counted) -> list[tuple[str, ...]]:
    """The headings, and a row for each end of the old system: how many come from it to each end of the new."""
    found = {(each.before, each.after): each.count for each in counted.transitions}
    befores = sorted({before for before, _ in found}, reverse=True)
    afters = sorted({after for _, after in found}, reverse=True)
    table = [("from \\ to", *map(end_words, afters))]
    for before in befores:
        row = (f"{count:,}" if (count := found.get((before, after), 0)) else NOBODY for after in afters)
        table.append((end_words(before), *row))
    return table


def said_of_reported(reported: Sequence[ReportedValue]) -> str:
    """What stands behind a verdict on levels where values are reported beside them; nothing where none differs."""
    differs = [f"`{each.name}`" for each in reported if each.differs]
    open_ones = [f"`{each.name}`" for each in reported if each.differs is None]
    said = f"; what is reported beside the level differs: {listed(differs)}" if differs else ""
    return said + (f"; whether the reported {listed(open_ones)} would be another is undecided" if open_ones else "")


def reported_lines(reported: Sequence[ReportedValue]) -> Iterator[str]:
    """Which values beside the level would be others, as lines."""
    for each in reported:
        if each.differs is False:
            continue
        yield ""
        if each.differs is None:
            yield f"whether `{each.name}`, reported beside the level, would be another is undecided: {each.why}"
        elif each.witness is None:
            yield f"`{each.name}`, reported beside the level: {each.why}"
        else:
            before, after = (_value(each.name, one) for one in (each.witness.before, each.witness.after))
            shown = f"{before} under the old, {after} under the new"
            yield f"`{each.name}`, reported beside the level, would be another, for example: {shown}"
            yield from _shown(each.witness)


def _value(name: str, rating: Rating) -> str:
    value = dict(rating.reported).get(name)
    said = "nothing" if value is None else value_text(value)
    return f"{said} at {_rating(rating)}"


def witness_lines(witness: Witness) -> Iterator[str]:
    """One appraisal that ends elsewhere, ready to paste, as lines."""
    words = {
        "higher": "a higher level",
        "lower": "a lower level",
        "only old": "a level under the old system alone",
        "only new": "a level under the new system alone",
    }[witness.direction]
    yield f"{words}, for example: {_rating(witness.before)} under the old, {_rating(witness.after)} under the new"
    yield from _shown(witness)


def _shown(witness: Witness) -> Iterator[str]:
    """The appraisal, as scenarios ready to paste where its numbers can be written."""
    yield ""
    if witness.scenario is None:
        yield from (f"    {each.name}: {_rated(each)}" for each in witness.elements)
        return
    yield from (f"    {line}" for line in witness.scenario.splitlines())
    if witness.old_scenario is not None and _given(witness.old_scenario) != _given(witness.scenario):
        yield ""
        yield "  the same for the old system"
        yield ""
        yield from (f"    {line}" for line in witness.old_scenario.splitlines())


def _given(scenario: str) -> list[str]:
    return [line for line in scenario.splitlines() if not line.startswith(("scenario", "  expect", "  with amendment"))]


def _rating(rating: Rating) -> str:
    if rating.outcome is Outcome.REFUSED:
        return f"refused ({', '.join(dict.fromkeys(each.code for each in rating.refused))})"
    told = "not rated" if rating.level is None else f"level {rating.level}"
    return told if rating.score is None else f"{told} on a score of {exact(rating.score)}"


def _rated(one: Rated) -> str:
    rated = "not rated" if one.rating is None else f"rated {exact(one.rating)}"
    return rated if one.weight is None else f"{rated}, weight {exact(one.weight)}"


def _allchanges_lines(found: Comparison) -> list[Change]:
    told = found.attributed
    return [
        *(each for cause in told.causes for each in cause.changes),
        *told.terms,
        *told.idle,
        *told.text_only,
        *told.cited,
        *told.untold,
    ]
