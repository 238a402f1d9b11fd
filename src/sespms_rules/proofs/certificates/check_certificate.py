"""Accepts or refuses a certificate: `python check_certificate.py FILE…`. It needs Python alone, nothing beside itself.

A certificate holds figures of a policy, a claim, and an argument. Whoever trusts these lines and has compared the
figures with the policy need trust nothing else: not the program that made the certificate, and no solver.

`plans` are all plans there are, each with its elements (whether critical, on which levels rated, and the two factors
with which their points count in the score: by themselves, and times the weight) and what is added; `points` of each
level; what `weights` come to (each is more than 0), and whether they are whole; `overrides` and `caps`: a level and a
condition on the ratings; `lines`: a level and a band of scores, of which the only one that fits holds (`reads` is
"unique") or the first. Overrides go before the lines, the lowest first; a cap is the most that a level can be.
The argument: for each plan pieces of the scores, in order, each with the number of the line that holds in it.
"""

from __future__ import annotations

import json
import sys
from fractions import Fraction
from itertools import pairwise
from math import gcd
from typing import Any

ONE_LEVEL = "every appraisal gets exactly one level"
NEVER_LOWERED = "a better rating never lowers the result"
SCHEMA = "sespms-certificate/1"


class Refused(Exception):
    """A certificate that does not establish its claim; the text says why."""


def refusal(certificate: Any) -> str | None:
    """Why a certificate does not establish its claim; None where it does."""
    try:
        _check(certificate)
    except Refused as why:
        return str(why)
    except (KeyError, ValueError, TypeError, IndexError, AttributeError, ZeroDivisionError, RecursionError):
        return "it is no certificate of this kind, or a part of it is missing or is none"
    return None


def _check(held: Any) -> None:
    figures, claim, plans = held["figures"], held["claim"], held["figures"]["plans"]
    _need(held["schema"] == SCHEMA and set(held) == {"schema", "claim", "figures", "argument"}, "it is of another kind")
    _need(claim in (ONE_LEVEL, NEVER_LOWERED), f"it claims `{claim}`, which is not shown in this way")
    _need(len(plans) > 0, "it speaks of no plan")
    _need(len(held["argument"]) == len(plans), "it does not argue for each plan")
    _need(figures["reads"] in ("unique", "first"), "the way its lines are read is none")
    for plan, pieces in zip(plans, held["argument"], strict=True):
        _tiled(plan, figures, pieces)
        if claim == NEVER_LOWERED:
            _in_order(plan["elements"], figures, [_line(figures, piece[4])["level"] for piece in pieces])


def _need(holds: bool, otherwise: str) -> None:
    if not holds:
        raise Refused(otherwise)


def _number(text: str) -> Fraction:
    _need(isinstance(text, str) and len(text) < 2000, "a number in it is not written as text")
    return Fraction(text)


def _points(figures: Any, level: int) -> Fraction:
    return _number(figures["points"][str(level)])


def _elements(plan: Any, figures: Any) -> dict[str, Any]:
    elements: dict[str, Any] = plan["elements"]
    _need(len(elements) > 0, "a plan has no element")
    for name, each in elements.items():
        levels = each["levels"]
        _need(len(levels) > 0 and levels == sorted(set(levels)), f"the levels of `{name}` are not in order")
        _need(isinstance(each["critical"], bool), f"it does not say whether `{name}` is critical")
        _need(figures["weights"] is not None or not _number(each["weighted"]), f"`{name}` has no weight to be read")
    return elements


def _line(figures: Any, number: int) -> Any:
    _need(type(number) is int and 0 <= number < len(figures["lines"]), f"there is no line {number}")
    _need(type(figures["lines"][number]["level"]) is int, f"line {number} gives no level")
    return figures["lines"][number]


# ---- conditions on the ratings ---------------------------------------------------------------------


def _asked(elements: dict[str, Any], condition: Any) -> dict[str, Any]:
    """The elements of a plan that a condition speaks of."""
    of = condition["of"]
    if isinstance(of, list):
        return {name: each for name, each in elements.items() if name in of}
    _need(of in ("element", "critical element", "noncritical element"), f"`{of}` names no elements")
    return {n: each for n, each in elements.items() if of == "element" or each["critical"] is (of[0] == "c")}


def _passing(levels: list[int], test: Any) -> list[int]:
    """The levels that pass a test."""
    kind, level = test
    _need(type(level) is int, f"`{kind}` asks for no level")
    return [
        each for each in levels if {"at": each == level, "below": each < level, "at or better": each >= level}[kind]
    ]


def _direction(elements: dict[str, Any], condition: Any) -> str:
    """Whether a better rating can only end a condition ("ends"), or only bring it about ("begins")."""
    kind, low, high = condition["kind"], condition["low"], condition["high"]
    _need(kind in ("number", "every", "majority", "share"), f"`{kind}` is no condition")
    _need(low is None or high is None, "a condition has two ends, so that a better rating can begin and end it")
    every = [each["levels"] for each in _asked(elements, condition).values()]
    passing = [_passing(levels, condition["test"]) for levels in every]
    ends = all(held == levels[: len(held)] for levels, held in zip(every, passing, strict=True))
    begins = all(held == levels[len(levels) - len(held) :] for levels, held in zip(every, passing, strict=True))
    _need(ends or begins, "a condition asks for a level between others, so that a better rating can begin and end it")
    return "ends" if ends is (high is None or kind in ("every", "majority")) else "begins"


def _left(elements: dict[str, Any], figures: Any) -> dict[str, list[int]]:
    """The levels that elements can be at where no override holds."""
    left = {name: list(each["levels"]) for name, each in elements.items()}
    for each in figures["overrides"]:
        when = each["when"]
        _need(type(each["level"]) is int, "an override gives no level")
        if when["kind"] == "number" and when["low"] == 1 and when["high"] is None:
            for name in _asked(elements, when):
                left[name] = [level for level in left[name] if level not in _passing(left[name], when["test"])]
    return left


def _in_order(elements: dict[str, Any], figures: Any, given: list[int]) -> None:
    """No better rating lowers the level: not by the score, not by an override, not by a cap."""
    _need(len(given) > 0, "no line is ever read in a plan, and nothing is argued of overrides alone")
    for name, each in elements.items():
        points = [_points(figures, level) for level in each["levels"]]
        _need(points == sorted(points), f"the points of `{name}` fall where its level rises")
        _need(min(_number(each["by_itself"]), _number(each["weighted"])) >= 0, f"`{name}` counts against the score")
    _need(given == sorted(given), "a higher score is given a lower level")
    begun = set()
    for each in figures["overrides"]:
        if _direction(elements, each["when"]) == "ends":
            _need(all(each["level"] <= level for level in given), "where an override ends, a line gives a lower level")
        else:
            begun.add(each["level"])
            _need(all(each["level"] >= level for level in given), "where an override begins, it gives a lower level")
    _need(len(begun) <= 1, "two overrides that begin with better ratings give different levels")
    for each in figures["caps"]:
        _need(type(each["level"]) is int, "a cap is no level")
        _need(_direction(elements, each["when"]) == "ends", "a better rating brings a cap about")


# ---- the scores, and pieces of them ----------------------------------------------------------------


def range_of(plan: Any, figures: Any) -> tuple[Fraction, Fraction, Fraction | None] | None:
    """The lowest and highest score where no override holds, and the step between scores; None where there is none."""
    elements = _elements(plan, figures)
    left = _left(elements, figures)
    if not all(left.values()):
        return None  # some override always holds
    lowest = highest = _number(plan["constant"])
    terms: list[Fraction] = []
    weighted: list[Fraction] = []
    for name, each in elements.items():
        points = [_points(figures, level) for level in left[name]]
        own = [_number(each["by_itself"]) * one for one in points]
        lowest, highest = lowest + min(own), highest + max(own)
        terms += [one - own[0] for one in own]
        weighted += [_number(each["weighted"]) * one for one in points]
    whole = True
    if any(weighted):
        total = _number(figures["weights"]["total"])
        _need(total > 0, "the weights come to nothing")
        lowest, highest = lowest + min(weighted) * total, highest + max(weighted) * total
        terms += [one - weighted[0] for one in weighted]
        whole = figures["weights"]["whole"] is True
    return lowest, highest, _common(terms) if whole else None


def _common(terms: list[Fraction]) -> Fraction:
    """The largest number of which all are multiples; 0 of nothing but 0."""
    below = 1
    for each in terms:
        below = below * each.denominator // gcd(below, each.denominator)
    return Fraction(gcd(*(int(each * below) for each in terms)), below)


def _tiled(plan: Any, figures: Any, pieces: Any) -> None:
    """Pieces follow each other from the lowest score to the highest, and in each of them one line holds."""
    reach = range_of(plan, figures)
    if reach is None:
        _need(pieces == [], "no line is ever read in a plan, and it argues with one")
        return
    lowest, highest, step = reach
    read = [(_number(low), low_in, _number(high), high_in, line) for low, low_in, high, high_in, line in pieces]
    _need(len(read) > 0, "a plan has scores, and no piece holds them")
    _need(
        all(type(end) is bool for piece in read for end in (piece[1], piece[3])), "a piece does not say where it ends"
    )
    _need(read[0][:2] == (lowest, True), f"the pieces do not begin with the lowest score, {lowest}")
    _need(read[-1][2:4] == (highest, True), f"the pieces do not end with the highest score, {highest}")
    for low, low_in, high, high_in, number in read:
        _need(low < high or (low == high and low_in and high_in), f"a piece from {low} to {high} holds no score")
        _holds(figures, number, (low, low_in, high, high_in))
    for one, other in pairwise(read):
        joined = one[2] == other[0] and one[3] is not other[1]
        if not joined and step is not None:  # nothing lies between two scores that are next to each other
            joined = one[3] and other[1] and other[0] - one[2] == step and (one[2] - lowest) % step == 0
        _need(joined, f"between {one[2]} and {other[0]} two pieces leave a gap or overlap")


def _holds(figures: Any, number: int, piece: tuple[Fraction, bool, Fraction, bool]) -> None:
    """The line holds in all of a piece, and no other that would speak against it holds in any of it."""
    low, low_in, high, high_in = piece
    first, first_in, last, last_in = _band(_line(figures, number))
    begins = first is None or first < low or (first == low and (first_in or not low_in))
    ends = last is None or last > high or (last == high and (last_in or not high_in))
    _need(begins and ends, f"the band of line {number} does not hold all scores from {low} to {high}")
    against = figures["lines"][:number] if figures["reads"] == "first" else figures["lines"]
    for place, each in enumerate(against):
        first, first_in, last, last_in = _band(each)
        above = first is not None and (first > high or (first == high and not (first_in and high_in)))
        below = last is not None and (last < low or (last == low and not (last_in and low_in)))
        _need(place == number or above or below, f"line {place} holds too between {low} and {high}")


def _band(line: Any) -> tuple[Fraction | None, bool, Fraction | None, bool]:
    low, low_in, high, high_in = line["band"]
    _need(type(low_in) is bool and type(high_in) is bool, "a band does not say whether its ends belong to it")
    return None if low is None else _number(low), low_in, None if high is None else _number(high), high_in


if __name__ == "__main__":
    worst = 0
    for path in sys.argv[1:]:
        try:
            with open(path, encoding="utf-8") as file:  # noqa: PTH123 - as few libraries as there can be
                held = json.load(file)
        except (OSError, ValueError, RecursionError):
            held = None
        why = refusal(held)
        worst = worst or int(why is not None)
        sys.stdout.write(f"{path}: {'accepted: ' + held['claim'] if why is None else 'refused: ' + why}\n")
    sys.exit(worst)
