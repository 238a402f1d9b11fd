"""Columns by which a study breaks a roster down: any that has a heading, read or not, told apart as people do.

A column that is named so is not told as unread, and stops no roster: who names `Pay level` says that it is no element.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sespms_rules.foundation.diagnostic import Diagnostic
from sespms_rules.foundation.request import RequestError
from sespms_rules.foundation.spelling import backticked, did_you_mean, nearest_name
from sespms_rules.foundation.values import replace
from sespms_rules.rosters.files.blanks import seen, tidy, trimmed
from sespms_rules.rosters.files.columns import ID, Layout
from sespms_rules.rosters.files.executives import Units
from sespms_rules.rosters.files.rows import COLUMN_OF_NO_ELEMENT, UNKNOWN_COLUMN, UNREAD_COLUMN_OF_LEVELS

_FEW = 10
"""With so few executives it is chance that no two of them are alike."""

_OF_STRANGERS = {each.code for each in (COLUMN_OF_NO_ELEMENT, UNKNOWN_COLUMN, UNREAD_COLUMN_OF_LEVELS)}


def broken_down(
    layout: Layout, findings: tuple[Diagnostic, ...], headings: Sequence[str], by: Sequence[str], name: str
) -> tuple[Layout, tuple[Diagnostic, ...]]:
    """The same layout with the columns that are asked for by their headings, and the findings that remain.

    Raises RequestError for a column that the roster does not have, or has twice; `name` is what the roster is called.
    """
    places = tuple(_place(each, headings, name) for each in by)
    spans = {each.span.start for each in layout.unread if each.index in places}
    kept = tuple(each for each in findings if each.code not in _OF_STRANGERS or each.span.start not in spans)
    unread = tuple(each for each in layout.unread if each.index not in places)
    apart = tuple((place, _shown(headings[place])) for place in dict.fromkeys(places))
    return replace(layout, apart=apart, unread=unread), kept


def _shown(heading: str) -> str:
    return seen(trimmed(heading))


def _place(asked: str, headings: Sequence[str], name: str) -> int:
    refuse_ids(asked)
    found = [place for place, each in enumerate(headings) if trimmed(each) and tidy(each) == tidy(asked)]
    if len(found) == 1:
        return found[0]
    if found:
        raise RequestError(f"`{name}` has {len(found)} columns `{asked}` to break it down by; keep one of them")
    raise RequestError(no_such_breakdown(asked, name, (_shown(each) for each in headings if trimmed(each)), "column"))


def refuse_ids(asked: str) -> None:
    """Raise RequestError for a breakdown by what tells every executive apart."""
    if tidy(asked) == ID:
        raise RequestError(f"a breakdown by `{ID}` would name everyone; name a column that several executives share")


def no_such_breakdown(asked: str, name: str, there: Iterable[str], kind: str) -> str:
    """What to say of a breakdown that the roster does not have; `kind` is `column` or `key`."""
    others = [each for each in dict.fromkeys(there) if tidy(each) != ID]
    near = nearest_name(asked, others)
    offer = did_you_mean(near, f"its {kind}s are {backticked(others)}" if others else f"it has no other {kind}s")
    return f"`{name}` has no {kind} `{asked}` to break it down by; {offer}"


class Groups:
    """Reads the cells of the columns by which a roster is broken down; one value spelled in several ways is one."""

    def __init__(self, titles: Iterable[str]) -> None:
        self._titles = tuple(titles)
        self._met = tuple(Units() for _ in self._titles)

    def read(self, cells: Sequence[str]) -> tuple[str | None, ...]:
        """The group of each breakdown; None where the cell is empty."""
        return tuple(met.unit(seen(trimmed(cell))) for met, cell in zip(self._met, cells, strict=True))

    @property
    def spelled_otherwise(self) -> list[tuple[str, str, list[str]]]:
        """Values that were spelled in several ways: the column, how first, and how else."""
        pairs = zip(self._titles, self._met, strict=True)
        return [(title, first, others) for title, met in pairs for first, others in met.spelled_otherwise]

    @property
    def apart_by_zeros(self) -> list[tuple[str, list[str]]]:
        """Values of a column that differ in zeros alone, and stay apart."""
        pairs = zip(self._titles, self._met, strict=True)
        return [(title, values) for title, met in pairs for values in met.apart_by_zeros]


def refuse_names(titles: Sequence[str], groups: Sequence[Sequence[str | None]]) -> None:
    """Raise RequestError where a breakdown would tell executives apart one by one; `groups` are those of each row."""
    for place, title in enumerate(titles):
        met = [each[place] for each in groups if each and each[place] is not None]
        if len(met) > _FEW and len(set(met)) == len(met):
            says = (
                f"each of the {len(met):,} executives has a `{title}` of their own, so that a breakdown would name them"
            )
            raise RequestError(f"{says}; name a column that several share")
