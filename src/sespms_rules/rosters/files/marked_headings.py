"""Headings that differ by the mark of a note alone: `Results level` beside `Results* level`."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Protocol, TypeVar

from sespms_rules.foundation.diagnostic import Diagnostic, Label
from sespms_rules.foundation.patterns import late
from sespms_rules.foundation.source import Span
from sespms_rules.foundation.spelling import backticked
from sespms_rules.rosters.files.blanks import seen, tidy
from sespms_rules.rosters.files.rows import REPEATED_COLUMN

_MARK = "[*\u2020\u2021\u00a7\u00b6\u00b9\u00b2\u00b3\u2070-\u2079]+"
_MARKS = late(rf"{_MARK}(?= |$)|(?<![^ ]){_MARK}")


class Headed(Protocol):
    """A heading: its text, and where it stands."""

    @property
    def text(self) -> str:
        """What stands there."""

    @property
    def span(self) -> Span:
        """Where it stands."""


_H = TypeVar("_H", bound=Headed)


def without_marks(heading: str) -> str:
    """A heading as it is seen, without the marks of notes before and behind its words."""
    text = seen(heading)
    return text if text.isascii() and "*" not in text else seen(_MARKS.sub("", text))


def alike_but_for_marks(
    headings: Sequence[Headed], strangers: Sequence[_H], is_read: Callable[[str], bool]
) -> tuple[list[Diagnostic], list[_H]]:
    """Find the headings among `strangers` that are another one but for a mark, and the strangers that are none such.

    `is_read` says whether a column under a heading would be read. Which of two such columns holds cannot be known.
    """
    found: list[Diagnostic] = []
    left: list[_H] = []
    for heading in strangers:
        plain = without_marks(heading.text)
        marked = tidy(plain) != tidy(heading.text) and is_read(plain)
        other = next((each for each in headings if marked and _is_other(each, heading, plain)), None)
        if other is None:
            left.append(heading)
        else:
            found.append(_alike(heading, other))
    return found, left


def _is_other(other: Headed, heading: Headed, plain: str) -> bool:
    return tidy(without_marks(other.text)) == tidy(plain) and tidy(other.text) != tidy(heading.text)


def _alike(heading: Headed, other: Headed) -> Diagnostic:
    both = backticked([seen(other.text), seen(heading.text)])
    same_file = other.span.source is heading.span.source
    return REPEATED_COLUMN.at(
        heading.span,
        f"the columns {both} differ by the mark of a note alone, and only one can hold",
        help="keep one of them, without the mark; if they are of two elements, name each by a word of its own",
        labels=(Label(other.span, "the other column"),) if same_file else (),
    )
