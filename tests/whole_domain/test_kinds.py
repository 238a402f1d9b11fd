"""Counting by running totals: what the walk through every appraisal counts, and far beyond where a walk ends."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cli.running import data as cli_data
from nights import at_depth
from sespms_rules.checks.by_trial import without_rounding
from sespms_rules.engines.columnar import ColumnsTooLargeError, NotInColumnsError
from sespms_rules.engines.reference import rate
from sespms_rules.foundation.resources import policy_names
from sespms_rules.foundation.source import Source
from sespms_rules.foundation.values import replace
from sespms_rules.pipeline import compile_source
from sespms_rules.program.ir import Program, WeightTotal
from sespms_rules.program.plans import covered
from sespms_rules.studies.comparison import tallying as comparing
from sespms_rules.studies.exhaustive import tallying
from sespms_rules.studies.exhaustive.residues import Residues
from sespms_rules.studies.exhaustive.tallying import Tally, tally
from sespms_rules.studies.exhaustive.walk import NotWalkable, domain, walk
from systems import systems_of
from whole_domain.running_totals import counted
from whole_domain.weighed_programs import drawn

_MOST_WALKED = at_depth(30_000, 300_000)


def _walked(made: Program, limit: int = _MOST_WALKED) -> Tally | None:
    """The tally of a walk; None where it would be too long."""
    try:
        counting = tallying._Counting(made, without_rounding(made))
        for block in walk(made, limit=limit):
            counting.add(block)
    except (NotWalkable, NotInColumnsError, ColumnsTooLargeError):
        return None
    return counting.tally(domain(made))


def _by_kinds(made: Program) -> Tally | None:
    """The tally by running totals; None where the policy reads more than sums."""
    against = without_rounding(made)
    try:
        return tallying._by_kinds(tallying._Counting(made, against), made, against, NotWalkable("", ""))
    except (NotWalkable, NotInColumnsError, ColumnsTooLargeError):
        return None


def _facts(found: Tally) -> tuple[Any, ...]:
    """All that is counted; which appraisal is shown for it is another matter."""
    lines = tuple((each.level, each.cases, each.override, each.is_cap) for each in found.lines)
    refusals = tuple((each.code, each.cases) for each in found.refusals)
    weakest = tuple((each.level, each.weakest, each.cases) for each in found.weakest)
    changes = tuple((each.here, each.there, each.cases) for each in found.changes)
    return found.domain, found.levels, found.not_rated, lines, refusals, weakest, changes


def _is_shown(made: Program, found: Tally) -> bool:
    """Whether the appraisals that are shown are what they are shown for."""
    for weak in found.weakest:
        rating = rate(made, weak.example, trace=False)
        lowest = min(each.rating or 0 for each in weak.example.elements if each.critical)
        assert (rating.level, lowest) == (weak.level, weak.weakest)
    for refusal in found.refusals:
        assert refusal.code in {each.code for each in rate(made, refusal.example, trace=False).refused}
    for change in found.changes:
        other = without_rounding(made)
        assert other is not None
        assert rate(made, change.example, trace=False).level == change.here
        assert rate(other, change.example, trace=False).level == change.there
    return True


@pytest.mark.parametrize("seed", range(40))
def test_drawn_systems_are_counted_as_the_walk_counts_them(seed: int) -> None:
    made = drawn(seed)
    walked, found = _walked(made), _by_kinds(made)
    assert walked is not None
    assert found is not None
    assert _facts(found) == _facts(walked)
    assert _is_shown(made, found)


def test_shipped_systems_are_counted_as_the_walk_counts_them() -> None:
    compared, every = 0, at_depth(4, 1)
    for made in (program for name in policy_names()[::every] for _, program in systems_of(name)):
        found = _by_kinds(made)
        walked = _walked(made) if found is not None else None
        if found is not None and walked is not None:
            assert _facts(found) == _facts(walked), made.name
            assert _is_shown(made, found)
            compared += 1
    assert compared > 25 // every


def _levels(points: str) -> list[str]:
    kinds = ("outstanding", "exceeds fully successful", "fully successful", "minimally satisfactory", "unsatisfactory")
    return [
        f'  level {level} "L{level}" {number} points equivalent to {kind}'
        for level, number, kind in zip(range(5, 0, -1), points.split(), kinds, strict=True)
    ]


def _text(elements: int, *more: str, points: str = "5 4 3 2 0", cut: int = 400) -> Program:
    named = [f'critical element "E{number}"\n' for number in range(1, elements + 1)]
    lines = ["475 to 500", f"{cut} to 474", f"300 to {cut - 1}", "200 to 299", "0 to 199"]
    text = [f'system "Invented"\n  has exactly {elements} critical elements\n', *named, "levels", *_levels(points)]
    text += ["weights", "  total 100", "  are whole numbers", "  all at least 3", *more, "summary rating"]
    text += ["  score is the sum of points times weight", "  any critical element at level 1 makes the rating level 1"]
    text += [f"  score {band} is level {level}" for band, level in zip(lines, range(5, 0, -1), strict=True)]
    (program,) = compile_source(Source("invented.sespms", "\n".join(text) + "\n")).programs.values()
    return program


@pytest.mark.parametrize(
    ("elements", "more"), [(6, ()), (7, ('  none above "E2"',)), (9, ('  "E1" at least 20',)), (12, ())]
)
def test_totals_are_what_the_proofs_count_and_levels_what_the_oracle_counts(
    elements: int, more: tuple[str, ...]
) -> None:
    made = _text(elements, *more)
    found, proved = tally(made), covered(made)
    assert (found.domain.plans, found.domain.appraisals) == (proved.plans, proved.appraisals)
    assert found.domain.appraisals > 200_000_000
    assert sum(cases for _, cases in found.levels) == found.domain.appraisals
    assert _is_shown(made, found)
    if (oracle := counted(made)) is not None:
        assert [(level, cases) for level, cases in found.levels if cases] == sorted(
            ((level, cases) for level, cases in oracle.levels if cases), reverse=True
        )


def test_thirty_elements_without_weights_are_counted() -> None:
    """Checked against the coefficients of a polynomial: the ways to come to each sum of points."""
    text = ['system "Invented"\n  has exactly 30 critical elements\n']
    text += [f'critical element "E{number}"\n' for number in range(1, 31)]
    text += ["levels", *_levels("4 3 2 1 0"), "summary rating", "  score is the sum of points"]
    text += ["  score 110 to 120 is level 5", "  score 90 to 109 is level 4", "  score 60 to 89 is level 3"]
    text += ["  score 30 to 59 is level 2", "  score 0 to 29 is level 1"]
    (made,) = compile_source(Source("invented.sespms", "\n".join(text) + "\n")).programs.values()
    ways = [1]
    for _ in range(30):
        ways = [sum(ways[max(0, at - 4) : at + 1]) for at in range(len(ways) + 4)]
    found = tally(made)
    assert found.domain.appraisals == 5**30
    ends = {5: (110, 121), 4: (90, 110), 3: (60, 90), 2: (30, 60), 1: (0, 30)}
    assert dict(found.levels) == {level: sum(ways[low:high]) for level, (low, high) in ends.items()}


def test_a_comparison_by_running_totals_is_one_by_plans(monkeypatch: pytest.MonkeyPatch) -> None:
    old, new = _text(4), _text(4, points="5 4 3 1 0")
    one = comparing.Tallier().tally((old, new))
    monkeypatch.setattr(comparing, "_SOON_LISTED", 0)
    other = comparing.Tallier().tally((old, new))
    assert (one.domain, one.ends, one.rescored) == (other.domain, other.ends, other.rescored)
    for ends, example in other.examples.items():
        assert (rate(old, example).level, rate(new, example).level) == ends


def test_ten_elements_are_compared() -> None:
    old, new = _text(10), _text(10, cut=410)
    found = comparing.Tallier().tally((old, new))
    assert sum(found.ends.values()) == covered(old).appraisals
    assert all(there <= here for here, there in found.ends)


@given(st.lists(st.lists(st.integers(0, 10**25), min_size=3, max_size=3), min_size=1, max_size=6))
def test_remainders_give_back_numbers_of_any_size(rows: list[list[int]]) -> None:
    numbers = Residues(6 * 10**25)
    assert numbers.size > 1
    total = numbers.zeros((3,))
    for row in rows:
        moduli = numbers._moduli
        total += np.array([[each % modulus for each in row] for modulus in moduli], dtype=np.int64)
        numbers.added(total)
    wanted = [sum(column) for column in zip(*rows, strict=True)]
    places = np.array([[0], [1], [2]])
    assert numbers.whole(numbers.reduced(total), places) == wanted
    assert numbers.anywhere(total).tolist() == [each > 0 for each in wanted]


@pytest.mark.parametrize("total", [10**6, 10**8])
def test_weights_in_more_steps_than_are_counted_are_refused_at_once(total: int) -> None:
    made = _text(8)
    others = [each for each in made.summary.limits if not isinstance(each, WeightTotal)]
    (limit,) = (each for each in made.summary.limits if isinstance(each, WeightTotal))
    limits = (*others, replace(limit, total=Fraction(total)))
    with pytest.raises(NotWalkable, match="more than `200,000,000` different appraisals"):
        tally(replace(made, summary=replace(made.summary, limits=limits)))


_SMALL = """system "Invented"
  has exactly 2 critical elements
  has at most 1 noncritical element

facts
  "days served" is a whole number from 0 to 366

critical element "A"

critical element "B"

levels
  level 5 "Best" 5 points equivalent to outstanding
  level 4 "Better" 4 points equivalent to exceeds fully successful
  level 3 "Good" 3 points equivalent to fully successful
  level 2 "Fair" 2 points equivalent to minimally satisfactory
  level 1 "Poor" 1 points equivalent to unsatisfactory

summary rating
  {}
  score is the average of points
  not rated when "days served" is less than 90
  score at least 4.5 is level 5
  score at least 3.5 and below 4.5 is level 4
  score at least 2.5 and below 3.5 is level 3
  score at least 1.5 and below 2.5 is level 2
  score below 1.5 is level 1
  any critical element at level 1 makes the rating level 1
"""


def test_weak_elements_are_critical_ones_and_lines_add_up_to_all(tmp_path: Path) -> None:
    policy = tmp_path / "p.sespms"
    policy.write_text(_SMALL.format("# lines in any order"), "utf-8")
    data, status = cli_data("count", policy)
    (found,) = data["systems"]
    assert status == 0
    assert sum(each["cases"] for each in found["lines"]) + found["not_rated"] == found["appraisals"]
    assert found["not_rated_lines"] == ['not rated when "days served" is less than 90']
    # By hand: of A, B and perhaps a noncritical C, averages from 3.5 to below 4.5 with the weaker of A and B at 2.
    rated = [(a, b) for a in range(1, 6) for b in range(1, 6)]
    plain = sum(min(pair) == 2 and Fraction(7, 2) <= Fraction(sum(pair), 2) < Fraction(9, 2) for pair in rated)
    with_c = sum(
        min(pair) == 2 and Fraction(7, 2) <= Fraction(sum(pair) + c, 3) < Fraction(9, 2)
        for pair in rated
        for c in range(1, 6)
    )
    weak = {each["code"]: each["cases"] for each in found["noticed"]}
    assert weak == {"SES253": (plain + with_c) * (366 - 90 + 1)}
