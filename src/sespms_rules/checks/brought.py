"""Findings about an amended system -> the same, with the lines of the amendments that bring them as second places.

What an amendment breaks often stands in lines that it does not touch: a cut that no score meets any more. A finding
that points at no line of the amendments gets the lines without which it would not be found; where that cannot be
told, the heads of the amendments.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from sespms_rules.foundation.diagnostic import Diagnostic, Label, Severity
from sespms_rules.foundation.source import Span
from sespms_rules.foundation.values import Frozen, replace
from sespms_rules.language.model import Amendment, Change

Findings = tuple[Diagnostic, ...]
_MOST_PIECES = 6
"""Each piece is left out once, and the rest checked; amendments of more pieces are told by their heads."""

_WHY = "this line of the amendment brings it"
_ONE_OF = "the amendment that brings it"


class _Piece(Frozen):
    """A change that can be left out alone: where it stands, and the amendments without it."""

    span: Span
    rest: tuple[Amendment, ...]


def with_their_lines(
    new: Findings, amendments: tuple[Amendment, ...], found: Callable[[tuple[Amendment, ...]], Findings | None]
) -> Findings:
    """Add to what is new under amendments the lines that bring it; `found` says what is found under others.

    `found` gives None where these cannot be carried out, which tells nothing.
    """
    open_ = [each for each in new if each.severity is not Severity.NOTE and not _points_at(each, amendments)]
    if not open_:
        return new
    pieces = list(_pieces(amendments))
    causes = {each: _labels(each, pieces, amendments, found) for each in open_} if pieces else {}
    return tuple(replace(each, labels=(*each.labels, *causes[each])) if each in causes else each for each in new)


def _labels(
    finding: Diagnostic,
    pieces: list[_Piece],
    amendments: tuple[Amendment, ...],
    found: Callable[[tuple[Amendment, ...]], Findings | None],
) -> tuple[Label, ...]:
    if len(pieces) == 1:
        return (Label(pieces[0].span, _WHY),)
    needed = []
    if len(pieces) <= _MOST_PIECES:
        for piece in pieces:
            others = found(piece.rest)
            if others is not None and not any(_same(finding, each) for each in others):
                needed.append(Label(piece.span, _WHY))
    return tuple(needed) or tuple(Label(each.origin.span, _ONE_OF) for each in amendments)


def _same(one: Diagnostic, other: Diagnostic) -> bool:
    return (one.code, one.span) == (other.code, other.span)


def _points_at(finding: Diagnostic, amendments: tuple[Amendment, ...]) -> bool:
    """Whether a finding stands at a line of an amendment, or names one as a second place."""
    places = (finding.span, *(each.span for each in finding.labels))
    lines = [*(each.origin.span for each in amendments), *(piece.span for piece in _pieces(amendments))]
    lines += [each.origin.span for one in amendments for change in one.changes for each in change.inserted]
    return any(_overlap(place, line) for place in places for line in lines)


def _overlap(one: Span, other: Span) -> bool:
    return one.source is other.source and one.start < other.end and other.start < one.end


def _pieces(amendments: tuple[Amendment, ...]) -> Iterator[_Piece]:
    for place, amendment in enumerate(amendments):
        for number, change in enumerate(amendment.changes):
            for span, rest in _parts(change):
                changes = (*amendment.changes[:number], *([rest] if rest else []), *amendment.changes[number + 1 :])
                less = replace(amendment, changes=changes)
                yield _Piece(span, (*amendments[:place], less, *amendments[place + 1 :]))


def _parts(change: Change) -> Iterator[tuple[Span, Change | None]]:
    """The lines of a change that belong together, and what is left of it without them.

    As many struck as inserted are taken two by two, in their order; else all of the change belongs together.
    """
    struck, inserted = change.struck, change.inserted
    if not struck and not inserted:
        yield change.part.span, None
    elif len(struck) == len(inserted):
        for place in range(len(struck)):
            rest = replace(
                change,
                struck=(*struck[:place], *struck[place + 1 :]),
                inserted=(*inserted[:place], *inserted[place + 1 :]),
            )
            yield inserted[place].origin.span, rest if rest.struck else None
    else:
        yield (inserted or struck)[0].origin.span, None
