"""An explanation as data for JSON; numbers are exact text."""

from __future__ import annotations

from typing import Any

from sespms_rules.foundation.origin import exact
from sespms_rules.studies.explanation.changes import Change, Flip


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
