"""Appraisals, ratings, refusals and steps as data for JSON, written here for every command; numbers are exact text."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from sespms_rules.foundation.origin import exact
from sespms_rules.program.rating import Asked, Outcome, Rated, Rating, Refusal, Step
from sespms_rules.program.wording import policy_line


def number_text(value: Fraction | None) -> str | None:
    """A number as exact text, `13/3` or `4.25`; None where there is none."""
    return None if value is None else exact(value)


def value_text(value: Fraction | str) -> str:
    """A reported value as text: words as they are, a number exactly."""
    return value if isinstance(value, str) else exact(value)


def rated_as_data(one: Rated) -> dict[str, Any]:
    """An element or requirement as an appraisal has it, with all that was handed in.

    `further` (additional ratings) and `requirements` are there where there are some, `critical` where it is false.
    """
    data: dict[str, Any] = {"name": one.name, "weight": number_text(one.weight), "rating": number_text(one.rating)}
    if not one.critical:
        data["critical"] = False
    if one.further:
        data["further"] = {name: exact(value) for name, value in one.further}
    if one.requirements:
        data["requirements"] = [rated_as_data(each) for each in one.requirements]
    return data


def rating_as_data(rating: Rating) -> dict[str, Any]:
    """How a derivation ended. How far a refused one came is no result, so it has neither score nor level."""
    refused = rating.outcome is Outcome.REFUSED
    return {
        "outcome": rating.outcome.value,
        "score": None if refused else number_text(rating.score),
        "level": None if refused else rating.level,
        "refused": [each.code for each in rating.refused],
    }


def refusal_as_data(refusal: Refusal) -> dict[str, Any]:
    """Why there is no rating: code, name, reason, what to do, and the element it speaks of (or None)."""
    return {
        "code": refusal.code,
        "name": refusal.name,
        "message": refusal.message,
        "help": refusal.help,
        "about": refusal.about,
    }


def asked_as_data(asked: Asked) -> dict[str, Any]:
    """A question for the reviewer: its words, the element it is about (or None), and why it is asked."""
    words = policy_line(asked.origin)
    line = asked.origin.span.line if asked.origin is not None and words else None
    return {"question": asked.text, "about": asked.about, "because": asked.reason, "line": line}


def asked_words(asked: Mapping[str, Any]) -> str:
    """A question for the reviewer, as `asked_as_data` gives it, in one sentence for a cell or a line."""
    about = "" if asked["about"] is None else f"{asked['about']}: "
    return f"{about}{' '.join(asked['question'].split())} (because {asked['because']})"


def refusal_with_line(refusal: Refusal) -> dict[str, Any]:
    """The same, with the line of the policy that it rests on and its number; None where it rests on none."""
    words = policy_line(refusal.origin)
    line = refusal.origin.span.line if refusal.origin is not None and words else None
    return {**refusal_as_data(refusal), "line": line, "text": words or None}


def step_as_data(step: Step) -> dict[str, Any]:
    """A step of a derivation with those below it, and the line of the policy it rests on."""
    words = policy_line(step.origin)
    origin = step.origin if words else None
    return {
        "kind": step.kind.value,
        "about": step.about,
        "says": step.says,
        "value": step.value,
        "before": step.before,
        "line": None if origin is None else origin.span.line,
        "text": words or None,
        "citation": None if origin is None else origin.authority,
        "steps": [step_as_data(inner) for inner in step.steps],
    }
