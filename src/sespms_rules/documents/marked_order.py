"""Changes of a marked-up copy where the order of lines counts: an amendment puts a new line last."""

from __future__ import annotations

from sespms_rules.documents.marked_changes import MarkedChange, meant
from sespms_rules.documents.marked_places import LaidBeside
from sespms_rules.foundation.values import replace
from sespms_rules.language.model import Part
from sespms_rules.language.syntax.derivation import Band, FirstFits, Row, RowOtherwise

_LINES = Band | Row | RowOtherwise
_ORDER = (
    "the lines of this part are read in order, and an amendment would put it last; write the lines anew from here on, "
    "in the policy"
)
_MOVED = "it is moved, and the order of sentences says nothing here"


def kept_in_order(number: int, change: MarkedChange, beside: tuple[LaidBeside, ...]) -> MarkedChange:
    """A change, not taken where it puts a line above others of a part whose first line that fits holds.

    `number` is its place among those laid beside each other. What stands in the place of another line keeps it.
    """
    part = change.part
    if change.why or change.stated is not None or part is None or not _is_read_in_order(part):
        return change
    if not any(isinstance(meant(part.kind, each), _LINES) for each in change.instead):
        return change
    lines = (
        at
        for at, each in enumerate(beside)
        if each.place is not None and each.place.stated is not None and each.part is part
        if isinstance(each.place.stated.sentence, _LINES)
    )
    return replace(change, why=_ORDER) if number < max(lines, default=-1) else change


def without_moves(changes: tuple[MarkedChange, ...]) -> tuple[MarkedChange, ...]:
    """The changes, none of which takes a sentence out that another puts in: half of a move would be a loss."""
    gone = {id(each.stated): each for each in changes if each.stated is not None and not each.instead and not each.why}
    moved: dict[int, str] = {}
    for each in changes:
        if each.stated is None and each.part is not None and len(each.instead) == 1:
            sentence = meant(each.part.kind, each.instead[0])
            for other in gone.values():
                if other.part is each.part and other.stated is not None and other.stated.sentence == sentence:
                    moved[id(each)] = moved[id(other)] = _ORDER if _is_read_in_order(each.part) else _MOVED
    return tuple(replace(each, why=moved[id(each)]) if id(each) in moved else each for each in changes)


def _is_read_in_order(part: Part) -> bool:
    return any(isinstance(each.sentence, FirstFits) for each in part.sentences)
