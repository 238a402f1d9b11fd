"""An explanation as data for JSON; numbers are exact text."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from sespms_rules.foundation.origin import exact
from sespms_rules.program.rating import Refusal, Step
from sespms_rules.program.wording import policy_line
from sespms_rules.studies.explanation.changes import Change, Flip


def shown(value: Fraction | str) -> str:
    """A reported value as text."""
    return value if isinstance(value, str) else exact(value)


def step_json(step: Step) -> dict[str, Any]:
    """A step of the derivation with those below it."""
    words = policy_line(step.origin)
    origin = step.origin if words else None
    return {
        "says": step.says,
        "value": step.value,
        "before": step.before,
        "line": None if origin is None else origin.span.line,
        "text": words or None,
        "citation": None if origin is None else origin.authority,
        "steps": [step_json(inner) for inner in step.steps],
    }


def refusal_json(refusal: Refusal) -> dict[str, Any]:
    """Why there is no rating."""
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


def change_json(change: Change) -> dict[str, Any]:
    """A change of one rating."""
    (move,) = change.moves
    return {
        "element": move.element,
        "requirement": move.requirement,
        "before": exact(move.before),
        "after": exact(move.after),
        **_effect(change),
    }


def flip_json(flip: Flip | None) -> dict[str, Any] | None:
    """The smallest changes in one direction; None where there is no level to alter."""
    if flip is None:
        return None
    size = flip.changes[0] if flip.changes else None
    return {
        "ratings": None if size is None else len(size.moves),
        "steps": None if size is None else exact(size.steps),
        "ways": [_way_json(each) for each in flip.changes],
        "proved": flip.proved,
        "tried": flip.tried,
        "solved": flip.solved,
        "why": flip.why or None,
    }


def _way_json(change: Change) -> dict[str, Any]:
    moves = [
        {
            "element": each.element,
            "requirement": each.requirement,
            "before": exact(each.before),
            "after": exact(each.after),
        }
        for each in change.moves
    ]
    return {"moves": moves, **_effect(change)}


def _effect(change: Change) -> dict[str, Any]:
    return {
        "level": change.level,
        "term": change.term,
        "score": None if change.score is None else exact(change.score),
        "says": change.as_text(),
    }
