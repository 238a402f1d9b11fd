"""The states of the United States, and the overlays that a place has among the texts the reader trusts."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from typing import Final

from sespms_rules.checks.analysis import chosen
from sespms_rules.foundation.request import RequestError
from sespms_rules.foundation.spelling import backticked, did_you_mean, nearest_name
from sespms_rules.foundation.values import Frozen
from sespms_rules.language.model import Baseline
from sespms_rules.language.syntax.baselines import AppliesToPlace
from sespms_rules.language.syntax.words import PartKind
from sespms_rules.law.periods import on_day

_CODES: Final = (
    "AL Alabama,AK Alaska,AZ Arizona,AR Arkansas,CA California,CO Colorado,CT Connecticut,DE Delaware,"
    "DC District of Columbia,FL Florida,GA Georgia,HI Hawaii,ID Idaho,IL Illinois,IN Indiana,IA Iowa,KS Kansas,"
    "KY Kentucky,LA Louisiana,ME Maine,MD Maryland,MA Massachusetts,MI Michigan,MN Minnesota,MS Mississippi,"
    "MO Missouri,MT Montana,NE Nebraska,NV Nevada,NH New Hampshire,NJ New Jersey,NM New Mexico,NY New York,"
    "NC North Carolina,ND North Dakota,OH Ohio,OK Oklahoma,OR Oregon,PA Pennsylvania,PR Puerto Rico,RI Rhode Island,"
    "SC South Carolina,SD South Dakota,TN Tennessee,TX Texas,UT Utah,VT Vermont,VA Virginia,WA Washington,"
    "WV West Virginia,WI Wisconsin,WY Wyoming"
)
STATES: Final = dict(each.split(" ", 1) for each in _CODES.split(","))
"""The two letters of the Postal Service, and the name."""


class PlaceRules(Frozen):
    """A place, its overlays in force on a day, and those that are not in force on it."""

    place: str
    overlays: tuple[Baseline, ...]
    not_in_force: tuple[Baseline, ...]


def place_of(overlay: Baseline) -> str:
    """The place an overlay speaks of; empty where it names none."""
    return next((each.place.text for each in chosen(overlay.head.sentences, AppliesToPlace)), "")


def called(text: str) -> str:
    """The name of a place as it is written in full: `CA`, `california` and `California` are one place."""
    plain = " ".join(text.split())
    by_code = STATES.get(plain.upper())
    names = {name.casefold(): name for name in STATES.values()}
    return by_code or names.get(plain.casefold(), plain)


def places_with_rules(editions: Iterable[Baseline]) -> tuple[str, ...]:
    """The places that some overlay speaks of, in the order of the overlays."""
    return tuple(dict.fromkeys(called(place) for each in editions if (place := _of_overlay(each))))


def place_named(text: str, editions: Iterable[Baseline]) -> str:
    """The place that a reader names, by its name or its two letters. Raises RequestError where no overlay is for it."""
    known = places_with_rules(editions)
    name = called(text)
    found = next((each for each in known if each.casefold() == name.casefold()), None)
    if found is None:
        says = f"no overlay is for `{text}`"
        if name in STATES.values():
            raise RequestError(f"{says}; there are overlays for {backticked(known)}")
        near = nearest_name(name, [*known, *STATES.values()])
        raise RequestError(f"{says}; {did_you_mean(near, f'there are overlays for {backticked(known)}')}")
    return found


def rules_of(place: str, editions: Iterable[Baseline], day: datetime.date | None) -> PlaceRules:
    """The overlays of a place, each by its edition of the day; with no day the newest."""
    own = [each for each in editions if called(_of_overlay(each)).casefold() == place.casefold()]
    held: list[Baseline] = []
    apart: list[Baseline] = []
    for name in dict.fromkeys(each.name for each in own):
        of_name = [each for each in own if each.name == name]
        found = on_day(of_name, day)
        held += [found] if found is not None else []
        apart += of_name if found is None else []
    return PlaceRules(place, tuple(held), tuple(apart))


def _of_overlay(edition: Baseline) -> str:
    return place_of(edition) if edition.kind is PartKind.OVERLAY else ""
