"""Two systems of different elements side by side: each counted over its own appraisals, for there is none of both."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from typing import Any, Final

from sespms_rules.foundation.values import Frozen
from sespms_rules.program.ir import Program
from sespms_rules.studies.comparison.result import Subject
from sespms_rules.studies.comparison.text import subject_said
from sespms_rules.studies.exhaustive import NotWalkable, Tally, tally

HOW: Final = (
    "each system is counted over its own possible appraisals, every plan and every rating alike; no appraisal is of"
    " both, so the counts say nothing of who would move, and a share of the one is no share of the other"
)


class Side(Frozen):
    """One of the systems with its counts; without, `why` says why it cannot be counted, and `help` what to do."""

    subject: Subject
    tally: Tally | None
    why: str
    help: str


class CountedApart(Frozen):
    """Both systems, and why they are not compared appraisal by appraisal."""

    why: str
    old: Side
    new: Side


def counted_apart(old: Subject, new: Subject, why: str, *, counts: bool = True) -> CountedApart:
    """Count each of two systems by itself; without `counts`, for where none is shown, neither is counted."""
    return CountedApart(why, _side(old, counts=counts), _side(new, counts=counts))


def _side(subject: Subject, *, counts: bool) -> Side:
    if not counts:
        return Side(subject, None, "", "")
    try:
        return Side(subject, tally(subject.program), "", "")
    except NotWalkable as fault:
        return Side(subject, None, fault.why, fault.help)


def ends_of(found: Tally) -> dict[int | str, int]:
    """How many appraisals end at each level, not rated and without a level."""
    ends: dict[int | str, int] = dict(found.levels)
    ends |= {"not rated": found.not_rated} if found.not_rated else {}
    left = found.domain.appraisals - sum(ends.values())
    return ends | ({"no level": left} if left else {})


def text_of_apart(found: CountedApart) -> str:
    """The answer as lines."""
    return "\n".join(_lines(found))


def _lines(found: CountedApart) -> Iterator[str]:
    yield f"old  {subject_said(found.old.subject)}"
    yield f"new  {subject_said(found.new.subject)}"
    yield ""
    yield f"not compared appraisal by appraisal: {found.why}"
    yield f"  {HOW}"
    yield ""
    sides = (("old", found.old), ("new", found.new))
    for name, side in sides:
        if side.tally is None:
            yield f"{name}: not counted: {side.why}"
            yield f"     help: {side.help}"
        else:
            domain = side.tally.domain
            plans = "1 plan" if domain.plans == 1 else f"{domain.plans:,} plans"
            yield f"{name}: {domain.appraisals:,} possible appraisals under {plans}"
    rows = ends_table(found)
    if rows:
        yield ""
        yield from _aligned(rows)


def ends_table(found: CountedApart) -> list[list[str]]:
    """The headings, and a row for each end with how many of each system come to it; empty where none was counted."""
    sides = (("old", found.old), ("new", found.new))
    counted = [(name, ends_of(side.tally), side.tally.domain.appraisals) for name, side in sides if side.tally]
    return _rows(counted, [found.old.subject.program, found.new.subject.program]) if counted else []


def _rows(counted: Sequence[tuple[str, dict[int | str, int], int]], programs: Sequence[Program]) -> list[list[str]]:
    ends = dict.fromkeys(end for _, each, _ in counted for end in each)
    levels = sorted((each for each in ends if isinstance(each, int)), reverse=True)
    listed: list[int | str] = [*levels, *(each for each in ends if isinstance(each, str))]
    terms = {level: term for program in programs for level, term in program.terms}
    rows = [["", *(cell for name, _, _ in counted for cell in (name, f"of all {name}"))]]
    for end in listed:
        term = terms.get(end) if isinstance(end, int) else None
        words = f"level {end}" + (f", {term}" if term else "")
        cells = [
            cell for _, each, whole in counted for cell in (f"{each.get(end, 0):,}", _share(each.get(end, 0), whole))
        ]
        rows.append([words if isinstance(end, int) else end, *cells])
    return rows


def _aligned(rows: Sequence[Sequence[str]]) -> Iterator[str]:
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    for first, *rest in rows:
        cells = [cell.rjust(wide) for cell, wide in zip(rest, widths[1:], strict=True)]
        yield "  ".join([first.ljust(widths[0]), *cells]).rstrip()


def _share(count: int, whole: int) -> str:
    """A share in percent to two decimals, rounded half up; more than nothing is never shown as nothing."""
    if not whole:
        return "-"
    hundredths = (Fraction(count, whole) * 10_000 + Fraction(1, 2)).__floor__()
    return "< 0.01 %" if count and not hundredths else f"{hundredths // 100}.{hundredths % 100:02} %"


def data_of_apart(found: CountedApart) -> dict[str, Any]:
    """The same for JSON; there is no verdict."""
    return {
        "verdict": None,
        "why": found.why,
        "counted_apart": {"how": HOW, "old": _side_as_data(found.old), "new": _side_as_data(found.new)},
    }


def _side_as_data(side: Side) -> dict[str, Any]:
    counted = side.tally
    return {
        "system": side.subject.system.name,
        "appraisals": None if counted is None else counted.domain.appraisals,
        "plans": None if counted is None else counted.domain.plans,
        "ends": None if counted is None else {str(end): count for end, count in ends_of(counted).items()},
        "why": side.why or None,
        "help": side.help or None,
    }
