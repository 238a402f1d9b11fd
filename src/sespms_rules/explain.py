"""rating.Rating -> Explanation: the derivation for a reader, and the smallest change that would alter the level.

Out differs from in: steps are numbered, each with the line of the policy it rests on, and one sentence says how
near the result is to another one.
"""

from __future__ import annotations

import textwrap
from collections.abc import Iterator
from fractions import Fraction
from typing import Any

from sespms_rules.engines.reference import rate
from sespms_rules.engines.refusals import listed
from sespms_rules.engines.wording import policy_line
from sespms_rules.findings.text import refusal_as_text
from sespms_rules.frozen import Frozen, replace
from sespms_rules.ir import LevelScale, Member, NumberScale, Program, Stage
from sespms_rules.rating import Appraisal, Origin, Outcome, Rated, Rating, Refusal, Step, exact

SCHEMA = "sespms.explanation.v1"

MOST_STEPS = 1_000
"""How far from its number a rating on a scale is tried."""


class Change(Frozen):
    """One other rating of one element or requirement, and the level that would follow from it.

    `requirement` is None for a change of an element; `before` and `after` are its level, or its number on a scale.
    `level` is None where the result would be "not rated".
    """

    element: str
    requirement: str | None
    before: Fraction
    after: Fraction
    scaled: bool
    level: int | None
    term: str | None
    score: Fraction | None

    def as_text(self) -> str:
        """The change in a sentence."""
        what = "rated " if self.scaled else "level "
        who = f"`{self.element}`" if self.requirement is None else f"`{self.requirement}` of `{self.element}`"
        term = "" if self.term is None else f", {self.term}"
        score = "" if self.score is None else f"{',' if term else ''} with score {exact(self.score)}"
        result = "not rated" if self.level is None else f"level {self.level}{term}"
        return f"{who} {what}{exact(self.after)} instead of {exact(self.before)} would make it {result}{score}"


class Explanation(Frozen):
    """A rating explained.

    `changes` are the smallest changes that alter its level; `no_change` says why there is none, where there is none.
    """

    policy: str
    rating: Rating
    trace: Step
    changes: tuple[Change, ...]
    no_change: str

    def as_text(self, width: int = 100) -> str:
        """The explanation as lines of at most `width` characters where words allow it."""
        lines = list(_wrapped(f"{self.policy}: {self.rating.id}", "", width))
        lines += [*_wrapped(_result(self.rating), "", width), ""]
        taken = [step for step in self.trace.steps if step.value not in {each.code for each in self.rating.refused}]
        for number, step in enumerate(taken, start=1):
            lines += _step_lines(step, str(number), 0, width)
        lines += _reported_lines(self.rating, width)
        for place, refusal in enumerate(self.rating.refused):
            lines += [""] if taken or place else []
            lines.append(refusal_as_text(refusal))
        lines += ["", *_wrapped(self._change_heading(), "", width)]
        lines += [line for change in self.changes for line in _wrapped(f"- {change.as_text()}", "  ", width)]
        return "\n".join(lines)

    def _change_heading(self) -> str:
        if not self.changes:
            return self.no_change
        if len(self.changes) == 1:
            return "The smallest change of one rating that would alter the level:"
        return f"The smallest changes of one rating that would alter the level, {len(self.changes)} of one size:"

    def as_json(self) -> dict[str, Any]:
        """The explanation as data for JSON; numbers are exact text."""
        rating = self.rating
        return {
            "schema": SCHEMA,
            "policy": self.policy,
            "id": rating.id,
            "outcome": rating.outcome.value,
            "score": None if rating.score is None else exact(rating.score),
            "level": rating.level,
            "term": rating.term,
            "values": {name: _shown(value) for name, value in rating.values},
            "reported": {name: _shown(value) for name, value in rating.reported},
            "refused": [_refusal_json(refusal) for refusal in rating.refused],
            "trace": _step_json(self.trace),
            "changes": [_change_json(change) for change in self.changes],
            "no_change": None if self.changes else self.no_change,
        }


def explanation(program: Program, appraisal: Appraisal, rating: Rating) -> Explanation:
    """Explain a rating of an appraisal under a program. A rating without a trace is derived anew to be told."""
    told = rating
    if rating.trace is None or rating.engine != "reference":
        told = rate(program, appraisal)
    trace = told.trace or Step("nothing was derived", "")
    if rating.outcome is Outcome.REFUSED:
        return Explanation(program.name, rating, trace, (), "There is no rating, so no change of one rating is shown.")
    changes = smallest_changes(program, appraisal, rating)
    return Explanation(program.name, rating, trace, changes, _no_change(program))


def _no_change(program: Program) -> str:
    inner = [member.stage for member in program.summary.members if member.stage is not None]
    members = [member for stage in (program.summary, *inner) for member in stage.members]
    long = any(
        isinstance(each.scale, NumberScale) and each.scale.high - each.scale.low > MOST_STEPS for each in members
    )
    limit = f"; numbers were tried up to {MOST_STEPS} away" if long else ""
    return f"No change of a single rating would alter the level{limit}."


# ---- the smallest change -------------------------------------------------------------------------


def smallest_changes(program: Program, appraisal: Appraisal, rating: Rating) -> tuple[Change, ...]:
    """Return the changes of one rating that alter the level and are smallest, upward ones first.

    A change is to another level that the element may get, or by whole steps on a scale of numbers; its size is the
    difference. Changes of the same size come in the order of the appraisal. A change that would have the appraisal
    refused is none.
    """
    found: list[Change] = []
    size: Fraction | None = None
    for candidate in sorted(_candidates(program.summary, appraisal), key=_nearness):
        if size is not None and candidate.size > size:
            break
        changed = rate(program, replace(appraisal, elements=candidate.elements), trace=False)
        if changed.outcome is Outcome.REFUSED or changed.level == rating.level:
            continue
        size = candidate.size
        found.append(candidate.change(changed))
    return tuple(found)


class _Candidate(Frozen):
    """One other rating of one member, and the elements with it put in."""

    element: str
    requirement: str | None
    before: Fraction
    after: Fraction
    scaled: bool
    place: int
    elements: tuple[Rated, ...]

    @property
    def size(self) -> Fraction:
        return abs(self.after - self.before)

    def change(self, changed: Rating) -> Change:
        return Change(
            self.element,
            self.requirement,
            self.before,
            self.after,
            self.scaled,
            changed.level,
            changed.term,
            changed.score,
        )


def _nearness(candidate: _Candidate) -> tuple[Fraction, bool, int]:
    return candidate.size, candidate.after < candidate.before, candidate.place


def _candidates(summary: Stage, appraisal: Appraisal) -> Iterator[_Candidate]:
    """Yield every other admissible rating of each rated element and requirement."""
    members = {member.name: member for member in summary.members}
    place = 0
    for at, rated in enumerate(appraisal.elements):
        member = members.get(rated.name)
        before, behind = appraisal.elements[:at], appraisal.elements[at + 1 :]
        place += 1
        for rating in _others(rated, member, summary):
            elements = (*before, replace(rated, rating=rating), *behind)
            yield _Candidate(rated.name, None, rated.rating or Fraction(0), rating, _scaled(member), place, elements)
        if member is None or member.stage is None:
            continue
        inner = {each.name: each for each in member.stage.members}
        for index, requirement in enumerate(rated.requirements):
            place += 1
            named = inner.get(requirement.name)
            for rating in _others(requirement, named, member.stage):
                changed = replace(requirement, rating=rating)
                requirements = (*rated.requirements[:index], changed, *rated.requirements[index + 1 :])
                elements = (*before, replace(rated, requirements=requirements), *behind)
                old = requirement.rating or Fraction(0)
                yield _Candidate(rated.name, requirement.name, old, rating, _scaled(named), place, elements)


def _scaled(member: Member | None) -> bool:
    return member is not None and isinstance(member.scale, NumberScale)


def _others(rated: Rated, member: Member | None, stage: Stage) -> Iterator[Fraction]:
    """Yield the ratings that a rated member could have instead."""
    if rated.rating is None or (member is not None and member.stage is not None):
        return
    scale = member.scale if member else LevelScale(tuple(level for level, _ in stage.points))
    if isinstance(scale, LevelScale):
        yield from (Fraction(level) for level in scale.levels if level != rated.rating)
        return
    for step in range(1, min(MOST_STEPS, int(scale.high - scale.low)) + 1):
        yield from (to for to in (rated.rating + step, rated.rating - step) if scale.low <= to <= scale.high)


# ---- text ----------------------------------------------------------------------------------------


def _result(rating: Rating) -> str:
    parts = [] if rating.score is None else [f"score {exact(rating.score)}"]
    parts.append(f"level {rating.level}" if rating.level is not None else str(rating.outcome))
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
    cited = _cited(step.origin)
    if cited and not _only_names(cited, step):
        for line in _wrapped(f"{hanging}{cited}", f"{hanging}  ", width - len(margin)):
            yield f"{margin}{line}"
    for place, inner in enumerate(step.steps, start=1):
        yield from _step_lines(inner, f"{number}.{place}", depth + 1, width)


def _cited(origin: Origin | None) -> str:
    """The line of the policy as `line 128: its words, under its authority`; empty where there is none."""
    words = policy_line(origin)
    if origin is None or not words:
        return ""
    authority = origin.authority
    under = f' (under "{authority}")' if authority is not None and authority not in words else ""
    return f"line {origin.span.line}: {words}{under}"


def _only_names(cited: str, step: Step) -> bool:
    """Whether the line of the policy is a heading that says no more than the name the step begins with."""
    name = cited.rpartition(' "')[2].removesuffix('"')
    return cited.endswith('"') and step.says.startswith(f"{name}:")


def _reported_lines(rating: Rating, width: int) -> Iterator[str]:
    if rating.reported:
        yield ""
        said = listed(f'"{name}" {_shown(value)}' for name, value in rating.reported)
        yield from _wrapped(f"Also reported: {said}", "  ", width)


def _shown(value: Fraction | str) -> str:
    return value if isinstance(value, str) else exact(value)


# ---- JSON ----------------------------------------------------------------------------------------


def _step_json(step: Step) -> dict[str, Any]:
    words = policy_line(step.origin)
    origin = step.origin if words else None
    return {
        "says": step.says,
        "value": step.value,
        "before": step.before,
        "line": None if origin is None else origin.span.line,
        "text": words or None,
        "citation": None if origin is None else origin.authority,
        "steps": [_step_json(inner) for inner in step.steps],
    }


def _refusal_json(refusal: Refusal) -> dict[str, Any]:
    words = policy_line(refusal.origin)
    return {
        "code": refusal.code,
        "name": refusal.name,
        "message": refusal.message,
        "help": refusal.help,
        "about": refusal.about,
        "line": refusal.origin.span.line if refusal.origin is not None and words else None,
        "text": words or None,
    }


def _change_json(change: Change) -> dict[str, Any]:
    return {
        "element": change.element,
        "requirement": change.requirement,
        "before": exact(change.before),
        "after": exact(change.after),
        "level": change.level,
        "term": change.term,
        "score": None if change.score is None else exact(change.score),
        "says": change.as_text(),
    }
