"""Invented policies of some thousand lines of one kind, which nobody would write and anybody may hand in."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise

_NAMED = 'critical element "A"\n\ncritical element "B"\n\n'
_HEAD = """system "Many lines"
  agency "An invented agency"
  has {count} critical elements

{named}levels
  level 5 "Outstanding"               5 points  equivalent to outstanding
  level 4 "Exceeds Fully Successful"  4 points  equivalent to exceeds fully successful
  level 3 "Fully Successful"          3 points  equivalent to fully successful
  level 2 "Minimally Satisfactory"    2 points  equivalent to minimally satisfactory
  level 1 "Unsatisfactory"            1 point   equivalent to unsatisfactory

weights
  total {total}
  are whole numbers

summary rating
"""
_SCORE = "  score is the sum of points times weight\n"
_BANDS = """  score at least 450 is level 5
  score at least 350 and below 450 is level 4
  score at least 250 and below 350 is level 3
  score at least 150 and below 250 is level 2
  score below 150 is level 1
"""


def _head(count: str = "exactly 2", named: str = _NAMED, total: int = 100) -> str:
    return _HEAD.format(count=count, named=named, total=total)


def _cuts(lines: int) -> list[str]:
    """As many scores from 100 up to 500, in order."""
    return [f"{100 + 400 * place // lines}.{40_000 * place // lines % 100:02}" for place in range(lines)]


def _bands(lines: int, level: Callable[[int], int]) -> str:
    cuts = _cuts(lines)
    told = [
        f"  score at least {low} and below {high} is level {level(place)}\n"
        for place, (low, high) in enumerate(pairwise(cuts))
    ]
    return _head() + _SCORE + "".join(told) + f"  score at least {cuts[-1]} is level 5\n"


def bands(lines: int) -> str:
    return _bands(lines, lambda place: 1 + 5 * place // lines)


def bands_in_turn(lines: int) -> str:
    return _bands(lines, lambda place: 1 + place % 5)


def lines_with_conditions(lines: int) -> str:
    told = (
        f"  level {1 + place % 5} when score is at least {cut} and no critical element is below level {1 + place % 3}\n"
        for place, cut in enumerate(reversed(_cuts(lines)))
    )
    return _head() + _SCORE + "  take the first line that fits\n" + "".join(told) + "  level 1 otherwise\n"


def values_one_on_another(lines: int) -> str:
    told = (f'  "v{place + 1}" is "v{place}" + 1\n' for place in range(lines))
    first = '  "v0" is the sum of points times weight\n'
    return _head() + first + "".join(told) + f'  score is "v{lines}"\n' + _BANDS


def values_that_nothing_reads(lines: int) -> str:
    told = (f'  "v{place}" is {place} when "A" is at level {1 + place % 5} otherwise 0\n' for place in range(lines))
    return _head() + "".join(told) + _SCORE + _BANDS


def values_of_unknown_names(lines: int) -> str:
    told = (f'  "value {place}" is "walue {place}" + 1\n' for place in range(lines))
    return _head() + "".join(told) + _SCORE + _BANDS


def any_number_of_elements(lines: int) -> str:
    return _head(f"1 to {lines:,}".replace(",", "") + "000000", named="") + _SCORE + _BANDS


def two_hundred_elements(_lines: int) -> str:
    named = "".join(f'critical element "E{place}"\n\n' for place in range(200))
    return _head("exactly 200", named, 1_000) + _SCORE + _BANDS


def scenarios(lines: int) -> str:
    told = (
        f'\nscenario "s{place}"\n  "A"  weight {1 + place % 99}  rated 3\n  "B"  weight {99 - place % 99}  rated 3\n'
        "  expect level 3\n"
        for place in range(lines)
    )
    return _head() + _SCORE + _BANDS + "".join(told)


def tables(lines: int) -> str:
    told = (f'\ntable "T{place}"\n  level 5 gives 3%\n  otherwise gives {place}%\n' for place in range(lines))
    return _head() + _SCORE + _BANDS + "".join(told)


def amendments(lines: int) -> str:
    told = (
        f'\namendment "A{place}"\n  amends "Many lines"\n  in force from 2026-10-01\n  because "a higher bar"\n\n'
        "summary rating\n  strike score at least 450 is level 5\n"
        f"  insert score at least 450.{place:04} is level 5\n"
        for place in range(lines // 10)
    )
    return _head() + _SCORE + _BANDS + "".join(told)


KINDS: dict[str, Callable[[int], str]] = {
    each.__name__.replace("_", " "): each
    for each in (
        bands,
        bands_in_turn,
        lines_with_conditions,
        values_one_on_another,
        values_that_nothing_reads,
        values_of_unknown_names,
        any_number_of_elements,
        two_hundred_elements,
        scenarios,
        tables,
        amendments,
    )
}
"""A text of so many lines of one kind, by what the kind is called."""
