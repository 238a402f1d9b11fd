"""An explanation for a reader: numbered steps with the policy's lines, and what would raise or lower the level."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator
from typing import Any

from sespms_rules.engines.reference import rate
from sespms_rules.foundation.origin import Origin, exact
from sespms_rules.foundation.spelling import backticked, listed
from sespms_rules.foundation.values import Frozen, field
from sespms_rules.program.ir import NumberScale, Program, Stage
from sespms_rules.program.rating import Appraisal, Outcome, Rating, Step
from sespms_rules.program.wording import policy_line
from sespms_rules.reports.findings import refusal_as_text
from sespms_rules.reports.rating_json import asked_as_data, number_text, refusal_with_line, step_as_data, value_text
from sespms_rules.studies.explanation.changes import MOST_STEPS, Change, Flip, Towards
from sespms_rules.studies.explanation.data import change_json, flip_json
from sespms_rules.studies.explanation.smallest import flips, smallest_changes

SCHEMA = "sespms.explanation.v1"

_WAYS_SHOWN = 6
"""So many changes of one size are listed for a reader; the data holds all of them."""


class Explanation(Frozen):
    """A rating explained.

    `changes` are the smallest changes of one rating that alter its level, `flips` the smallest of any number of
    ratings that raise it and that lower it. `scaled` says that some rating is a number, which is changed by whole
    steps. `no_change` says why nothing of the kind is shown, where nothing is. `kept` are
    the words for what else a rating can hang on and no change alters: facts about the executive, additional ratings.
    """

    policy: str
    rating: Rating
    trace: Step
    changes: tuple[Change, ...]
    flips: tuple[Flip, ...]
    no_change: str
    scaled: bool = field(default=False)
    kept: tuple[str, ...] = field(default=())

    @property
    def headline(self) -> str:
        """Score, level and term in a few words: `score 462, level 4, Exceeds Fully Successful`."""
        return _result(self.rating)

    @property
    def steps(self) -> tuple[Step, ...]:
        """The steps that were taken; those that a refusal ended are told as refusals."""
        codes = {each.code for each in self.rating.refused}
        return tuple(step for step in self.trace.steps if step.value not in codes)

    def as_text(self, width: int = 100) -> str:
        """The explanation as lines of at most `width` characters where words allow it."""
        lines = list(_wrapped(f"{self.policy}: {self.rating.id}", "", width))
        lines += [*_wrapped(self.headline, "", width), ""]
        taken = self.steps
        for number, step in enumerate(taken, start=1):
            lines += _step_lines(step, str(number), 0, width)
        lines += [*_reported_lines(self.rating, width), *_asked_lines(self.rating, width)]
        for place, refusal in enumerate(self.rating.refused):
            lines += [""] if taken or place else []
            lines.append(refusal_as_text(refusal))
        for paragraph in self.near():
            lines += ["", *(line for text in paragraph for line in _wrapped(text, "  ", width))]
        return "\n".join(lines)

    def near(self) -> Iterator[list[str]]:
        """How near the rating is to another level, a paragraph for each direction; what is listed begins with `- `."""
        for flip in self.flips:
            yield list(_flip_lines(flip, scaled=self.scaled))
        if not self.flips and self.changes:
            alike = f", {len(self.changes)} of one size" if len(self.changes) > 1 else ""
            heading = f"The smallest change{'s' if alike else ''} of one rating that would give a level{alike}:"
            yield [heading, *(f"- {change.as_text()}" for change in self.changes)]
        elif not self.flips:
            yield [self.no_change]
        if self.kept and self.rating.outcome is not Outcome.REFUSED:
            yield [f"Only ratings were changed: {' and '.join(self.kept)} stay as they are."]

    def as_json(self) -> dict[str, Any]:
        """The explanation as data for JSON; numbers are exact text."""
        rating = self.rating
        return {
            "schema": SCHEMA,
            "policy": self.policy,
            "id": rating.id,
            "outcome": rating.outcome.value,
            "score": number_text(rating.score),
            "level": rating.level,
            "term": rating.term,
            "values": {name: value_text(value) for name, value in rating.values},
            "reported": {name: value_text(value) for name, value in rating.reported},
            "questions": [asked_as_data(each) for each in rating.asked],
            "refused": [refusal_with_line(refusal) for refusal in rating.refused],
            "trace": step_as_data(self.trace),
            "changes": [change_json(change) for change in self.changes],
            "no_change": None if self.changes else self.no_change,
            **{f"to_{each.value}": flip_json(self._flip(each)) for each in Towards},
        }

    def _flip(self, towards: Towards) -> Flip | None:
        return next((each for each in self.flips if each.towards is towards), None)


def explanation(program: Program, appraisal: Appraisal, rating: Rating) -> Explanation:
    """Explain a rating of an appraisal under a program. A rating without a trace is derived anew to be told."""
    told = rating
    if rating.trace is None or rating.engine != "reference":
        told = rate(program, appraisal)
    trace = told.trace or Step("nothing was derived", "")
    if rating.outcome is Outcome.REFUSED:
        return Explanation(
            program.name, rating, trace, (), (), "There is no rating, so no change of one rating is shown."
        )
    changes = smallest_changes(program, appraisal, rating)
    near = flips(program, appraisal, rating)
    return Explanation(
        program.name, rating, trace, changes, near, _no_change(program), bool(_scales(program)), tuple(_kept(program))
    )


def _stages(program: Program) -> list[Stage]:
    return [program.summary, *(member.stage for member in program.summary.members if member.stage is not None)]


def _kept(program: Program) -> Iterator[str]:
    """What a level can hang on and no change here alters."""
    if program.facts:
        yield "the facts about the executive"
    further = dict.fromkeys(each.name for stage in _stages(program) for each in stage.further)
    if further:
        yield f"the additional ratings {backticked(further)}"


def _scales(program: Program) -> list[NumberScale]:
    members = [member for stage in _stages(program) for member in stage.members]
    return [each.scale for each in members if isinstance(each.scale, NumberScale)]


def _no_change(program: Program) -> str:
    if program.summary.without_level:
        return "The policy gives no level, so there is none that a change of a rating could alter."
    long = any(each.high - each.low > MOST_STEPS for each in _scales(program))
    limit = f"; numbers were tried up to {MOST_STEPS} away" if long else ""
    return f"No change of a single rating would alter the level{limit}."


# ---- how near it is ------------------------------------------------------------------------------


def _flip_lines(flip: Flip, *, scaled: bool) -> Iterator[str]:
    """The smallest changes in one direction, and how it is known that nothing smaller does it."""
    if not flip.changes:
        yield _nothing(flip)
        return
    first = flip.changes[0]
    ways = f", in {len(flip.changes)} ways" if len(flip.changes) > 1 else ""
    yield f"To {flip.towards} the level takes {_size(first)}{ways}:"
    yield from (f"- {each.as_text()}" for each in flip.changes[:_WAYS_SHOWN])
    if len(flip.changes) > _WAYS_SHOWN:
        yield f"- and {len(flip.changes) - _WAYS_SHOWN} more of the same size"
    whole = "; numbers were changed by whole steps" if scaled else ""
    yield f"proved smallest: {_smaller(first, flip.towards)} ({_how(flip)}{whole})"


def _size(change: Change) -> str:
    """How large a change is, in words."""
    count = len(change.moves)
    steps = "1 step" if change.steps == 1 else f"{exact(change.steps)} steps"
    return f"a change of 1 rating by {steps}" if count == 1 else f"a change of {count} ratings, by {steps} in all"


def _smaller(change: Change, towards: Towards) -> str:
    """That nothing smaller does it, in words."""
    count, least = len(change.moves), change.steps == len(change.moves)
    if count == 1:
        does = f"{towards}s the level"
        return "no change is smaller than 1 step" if least else f"no change of 1 rating by fewer steps {does}"
    fewer = f"no change of fewer than {count} ratings"
    return f"{fewer}{'' if least else f', and none of {count} by fewer steps,'} {towards}s the level"


def _nothing(flip: Flip) -> str:
    if not flip.proved:
        return f"What would {flip.towards} the level is not known: {flip.why} ({_how(flip)})."
    if flip.why:
        return f"Nothing could {flip.towards} the level: {flip.why}."
    return f"No change of ratings would {flip.towards} the level: proved for this plan ({_how(flip)})."


def _how(flip: Flip) -> str:
    tried = f"{flip.tried:,} other appraisal{' was' if flip.tried == 1 else 's were'} tried"
    return f"{tried}, and the solver covered the rest" if flip.solved and flip.proved else tried


# ---- steps ---------------------------------------------------------------------------------------


def _result(rating: Rating) -> str:
    parts = [] if rating.score is None else [f"score {exact(rating.score)}"]
    ending = "no level" if rating.outcome is Outcome.RATED else str(rating.outcome)
    parts.append(f"level {rating.level}" if rating.level is not None else ending)
    if rating.term is not None:
        parts.append(rating.term)
    return ", ".join(parts)


def _wrapped(text: str, indent: str, width: int) -> list[str]:
    return textwrap.wrap(
        text,
        max(width, 40),
        initial_indent="",
        subsequent_indent=indent,
        break_long_words=False,
        break_on_hyphens=False,
    ) or [""]


def _step_lines(step: Step, number: str, depth: int, width: int) -> Iterator[str]:
    margin = "   " * depth
    head = f"{number}. " if "." not in number else f"{number} "
    hanging = " " * len(head)
    for line in _wrapped(f"{head}{step.says}", hanging, width - len(margin)):
        yield f"{margin}{line}"
    if cited := cited_line(step):
        for line in _wrapped(f"{hanging}{cited}", f"{hanging}  ", width - len(margin)):
            yield f"{margin}{line}"
    for place, inner in enumerate(step.steps, start=1):
        yield from _step_lines(inner, f"{number}.{place}", depth + 1, width)


def cited_line(step: Step) -> str:
    """The line of the policy that a step rests on, as `line 128: its words`; empty where it only names something."""
    cited = _cited(step.origin)
    return "" if cited and _only_names(cited, step.about) else cited


def _cited(origin: Origin | None) -> str:
    """The line of the policy as `line 128: its words, under its authority`; empty where there is none."""
    words = policy_line(origin)
    if origin is None or not words:
        return ""
    authority = origin.authority
    under = f' (under "{authority}")' if authority is not None and authority not in words else ""
    return f"line {origin.span.line}: {words}{under}"


def _only_names(cited: str, about: str | None) -> bool:
    """Whether the line of the policy is a heading that says no more than the name that the step is about."""
    name = cited.rpartition(' "')[2].removesuffix('"')
    return cited.endswith('"') and name == about


def _asked_lines(rating: Rating, width: int) -> Iterator[str]:
    for asked in rating.asked:
        about = "" if asked.about is None else f"`{asked.about}`: "
        yield ""
        yield from _wrapped(f"Question for the reviewer: {about}{' '.join(asked.text.split())}", "  ", width)
        yield from _wrapped(f"Asked because {asked.reason}", "  ", width)


def _reported_lines(rating: Rating, width: int) -> Iterator[str]:
    if rating.reported:
        yield ""
        said = listed(f'"{name}" {value_text(value)}' for name, value in rating.reported)
        yield from _wrapped(f"Also reported: {said}", "  ", width)
