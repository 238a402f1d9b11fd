"""A program and a claim -> a certificate that the checker accepts, where the program is of the shape for it."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from math import ceil, floor
from typing import Any

from sespms_rules.foundation.interval import Interval
from sespms_rules.program.ir import Program
from sespms_rules.proofs.certificates.check_certificate import SCHEMA, range_of, refusal
from sespms_rules.proofs.certificates.figures import NoCertificateError, figures_of


def certificate_of(program: Program, claim: str) -> dict[str, Any]:
    """A certificate that a program keeps a claim, as data for JSON.

    Raises NoCertificateError where the program is of another shape, or where the argument does not reach.
    """
    figures = figures_of(program)
    argument = [_pieces(plan, figures) for plan in figures["plans"]]
    made = {"schema": SCHEMA, "claim": claim, "figures": figures, "argument": argument}
    why = refusal(made)
    if why is not None:
        raise NoCertificateError(why)
    return made


def _pieces(plan: Any, figures: Any) -> list[list[object]]:
    """The scores of a plan in pieces in which one line holds, as far as some line does."""
    reach = range_of(plan, figures)
    if reach is None:
        return []
    bands = [_band(each["band"]) for each in figures["lines"]]
    made: list[tuple[Interval, int]] = []
    for cell in _cells(reach, bands):
        line = next((number for number, band in enumerate(bands) if not band.meet(cell).is_empty), None)
        if line is None:
            continue
        if made and made[-1][1] == line:
            last = made.pop()[0]
            cell = Interval(last.low, last.low_in, cell.high, cell.high_in)
        made.append((cell, line))
    return [[str(each.low), each.low_in, str(each.high), each.high_in, line] for each, line in made]


def _band(told: Any) -> Interval:
    low, low_in, high, high_in = told
    return Interval(None if low is None else Fraction(low), low_in, None if high is None else Fraction(high), high_in)


def _cells(reach: tuple[Fraction, Fraction, Fraction | None], bands: list[Interval]) -> Iterator[Interval]:
    """The scores there are, apart wherever some band begins or ends: each end by itself, and what lies between."""
    lowest, highest, step = reach
    ends = {end for band in bands for end in (band.low, band.high) if end is not None and lowest < end < highest}
    cuts = sorted({lowest, highest, *ends})
    for place, cut in enumerate(cuts):
        if not step or (cut - lowest) % step == 0:
            yield Interval(cut, True, cut, True)
        if place + 1 < len(cuts):
            yield from _between(cut, cuts[place + 1], lowest, step)


def _between(cut: Fraction, following: Fraction, lowest: Fraction, step: Fraction | None) -> Iterator[Interval]:
    if not step:
        yield Interval(cut, False, following, False)
        return
    first = lowest + (floor((cut - lowest) / step) + 1) * step
    last = lowest + (ceil((following - lowest) / step) - 1) * step
    if first <= last:
        yield Interval(first, True, last, True)
