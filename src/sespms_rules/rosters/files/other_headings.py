"""A heading as offices write it -> whether it most probably means a column that is called otherwise here.

It is never taken for that column: what it holds may be last year's, or a score. It is offered to be renamed.
"""

from __future__ import annotations

from collections.abc import Iterable

from sespms_rules.foundation.patterns import late
from sespms_rules.rosters.files.blanks import tidy

_OWN = {
    "id": "employee id, emp id, executive id, ses id, id number, employee number, employee no, employee identifier, "
    "identifier, person id, executive number, id no, emp no, record id, unique id, number",
    "appointment": "appointment type, type of appointment, appt type, appt, ses appointment, ses type, type, "
    "appointment category",
    "unit": "organization, organisation, office, bureau, component, department, division, org, organizational unit, "
    "suborganization, directorate",
}
_OWN_NAMES = {holds: frozenset(names.split(", ")) for holds, names in _OWN.items()}
_NOTHING = frozenset({""})
OWN_COLUMNS = frozenset(_OWN)
"""What the columns of the executive are called in a roster."""

_NAMES_IN_ONE = (
    "name, employee name, executive name, executive, employee, full name, name of executive, member, senior executive"
)
_NAMES = frozenset(_NAMES_IN_ONE.split(", "))
_RATING = (
    "rating",
    "level",
    "score",
    "lvl",
    "element rating",
    "element level",
    "rating level",
    "summary level",
    "points",
)
_WEIGHT = ("weight", "wt", "wgt", "weight %", "weight percent", "weighting", "percent", "%", "pct", "element weight")
_SIGNS = late(r"[^\w%]+")


def means(heading: str, holds: str, path: tuple[str, ...]) -> bool:
    """Whether a heading most probably means the column that holds `holds` of an element, or of the executive.

    `holds` is `id`, `appointment`, `unit`, `rating` or `weight`; `path` the element and its requirement, if any.
    """
    text = _plain(heading)
    if not path:
        return text in _OWN_NAMES.get(holds, _NOTHING)
    words = {"rating": _RATING, "weight": _WEIGHT}.get(holds, ())
    whole = _plain(" ".join(path))
    initials = "".join(each[0] for each in whole.split())
    return any(_is_of(text, name, holds, words) for name in (whole, initials) if len(name) > 1)


def said_with_more(heading: str, others: Iterable[str]) -> tuple[str, ...]:
    """Of several headings that say this one and more behind it, as a year does, all: any may be meant. Else none."""
    found = tuple(each for each in others if _plain(each).startswith(f"{_plain(heading)} "))
    return found if len(found) > 1 else ()


def _is_of(text: str, name: str, holds: str, words: tuple[str, ...]) -> bool:
    """Whether a heading says a rating or a weight of the one called so."""
    bare = holds == "rating" and text == name
    return bare or any(text in (f"{name} {word}", f"{word} {name}", f"{word} of {name}") for word in words)


def names_people(heading: str) -> bool:
    """Whether a heading most probably is that of the names of executives."""
    return _plain(heading) in _NAMES


def own_column(heading: str) -> str | None:
    """The column of the executive that a heading most probably means; None for any other."""
    text = _plain(heading)
    return next((holds for holds, names in _OWN_NAMES.items() if text in names), None)


def _plain(text: str) -> str:
    """A heading in small letters, its signs as blanks."""
    return " ".join(_SIGNS.sub(" ", tidy(text)).split())
