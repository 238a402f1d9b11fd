"""The least change of one figure that reaches a goal, asked for in fields and told as `sweep --until` tells it."""

from __future__ import annotations

from collections.abc import Iterator

from sespms_rules.foundation.request import RequestError
from sespms_rules.foundation.values import Frozen, field
from sespms_rules.language.model import System
from sespms_rules.language.syntax.words import PartKind
from sespms_rules.program.ir import Program
from sespms_rules.reports.charts import Section
from sespms_rules.rosters.files import NumberFault, read_number
from sespms_rules.rosters.population import levels_of
from sespms_rules.studies.impact import Roster, as_it_is
from sespms_rules.studies.sweep import THE_CAP, AskingError, as_goal, found_of, people_of, setting_text
from sespms_rules.web.pages.asked import Asked
from sespms_rules.web.pages.dials import dials_of

_MOST = "at most"
_MOST_TRIED = 500
"""So many values are tried for a goal on a page; where each is rated by itself it takes some ten milliseconds."""


class GoalForm(Frozen):
    """What a goal can be put together of: figures with their first, last and next value, bounds, units and places."""

    figures: tuple[tuple[str, str], ...]
    bounds: tuple[str, ...]
    units: tuple[str, ...]
    places: tuple[str, ...]


class GoalAnswer(Frozen):
    """What was found for a goal: a section of the page, and the setting that reaches it, `figure=value`, with words."""

    section: Section
    take: str = field(default="")
    says: str = field(default="")


def goal_form(system: System, program: Program) -> GoalForm:
    """The choices of the form."""
    levels = levels_of(program)
    dials = [each for each in dials_of(program, {}) if each.slider is not None]
    figures = tuple((each.name, "{} to {} by {}".format(*each.reach)) for each in dials)
    bounds = (_MOST, "at least", *((THE_CAP,) if system.sentences(PartKind.DISTRIBUTION) else ()))
    return GoalForm(figures, bounds, ("executives", "percent"), tuple(_places(levels)))


def _places(levels: tuple[int, ...]) -> Iterator[str]:
    best = max(levels)
    for each in sorted(levels, reverse=True):
        yield f"at level {each}"
        if each < best:
            yield f"at level {each} or above"
    for each in sorted(levels, reverse=True)[:-1]:
        yield f"below level {each}"


def sought(system: System, program: Program, roster: Roster | None, asked: Asked) -> GoalAnswer:
    """Find the least change. Raises RequestError for what cannot be asked, in words."""
    if roster is None:
        raise RequestError("a goal is one for the executives of a roster; choose the roster first")
    reading = roster.read(program)
    if not reading.is_usable:
        raise RequestError("the roster has errors, so nobody was counted; the findings say what to correct")
    base = as_it_is(system, program)
    try:
        found = found_of(base, people_of(reading.rows), [_varied(program, asked)], [_until(asked)])
    except AskingError as fault:
        raise RequestError(f"{fault.message}; {fault.help}") from None
    searched, reached, _ = found.answer
    if reached is None or reached.variant is None or reached.met_now:
        return GoalAnswer(as_goal(found))
    ((figure, value),) = zip(searched.figures, searched.settings[reached.variant], strict=True)
    return GoalAnswer(as_goal(found), f"{figure.name}={setting_text(value)}", f"{figure.name} at {setting_text(value)}")


def _varied(program: Program, asked: Asked) -> str:
    """The figure over its values, in the words of a sweep; a field that is left empty takes the slider's."""
    name = asked.goal["figure"]
    dial = next((each for each in dials_of(program, {}) if each.name == name and each.slider is not None), None)
    if dial is None:
        raise RequestError(f"there is no figure `{name}` that could be varied")
    first, last, step = (
        typed or meant
        for typed, meant in zip((asked.goal[each] for each in ("from", "to", "by")), dial.reach, strict=True)
    )
    _refuse_too_many(first, last, step)
    return f"{name} from {first} to {last} by {step}"


def _refuse_too_many(*typed: str) -> None:
    """Raise RequestError for more values than a reader waits for; what is no number is told by the sweep."""
    read = [each for one in typed if not isinstance(each := read_number(one), NumberFault)]
    if len(read) == len(typed) and read[2] > 0 and (read[1] - read[0]) / read[2] >= _MOST_TRIED:
        raise RequestError(f"these are more than {_MOST_TRIED:,} values; take larger steps, or use `sespms sweep`")


def _until(asked: Asked) -> str:
    goal = asked.goal
    if goal["how"] == THE_CAP:
        return THE_CAP
    if not goal["number"]:
        raise RequestError("a goal needs a number; say how many executives, or what percentage of those rated")
    return f"{goal['how']} {goal['number']} {goal['unit']} {goal['where']}"
