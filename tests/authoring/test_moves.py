"""Whom a fix moves is counted over every possible appraisal, or it is said why not; each surface says the same."""

from __future__ import annotations

import json
from fractions import Fraction
from itertools import product
from pathlib import Path

import pytest

from cli.running import put, run
from sespms_rules.authoring.analysis import analyzed
from sespms_rules.authoring.edits import Edit
from sespms_rules.authoring.moving import MOST_LOOKED_AT, MovesCounter, with_moves
from sespms_rules.foundation.diagnostic import Moves
from sespms_rules.foundation.source import Source
from sespms_rules.language.resolution import EMPTY_LIBRARY
from sespms_rules.pipeline import compile_source
from workbench_server import serving, words_of

GAP = """system "Example Beacon Office"
  is outside the Senior Executive Service
  has exactly 2 critical elements

critical element "Leading People"

critical element "Results Driven"

levels
  level 3 "Exceeds" 3 points
  level 2 "Fully Successful" 2 points
  level 1 "Unsatisfactory" 1 point

weights
  total 100
  are whole numbers

summary rating
  score is the average of points by weight
  score at least 2.6 is level 3
  score at least 1.5 and below 2.5 is level 2
  score below 1.5 is level 1
"""
SAYS = "changes 30 of 891 possible appraisals"


def moves(text: str, code: str) -> list[Moves | None]:
    """Whom the fixes of a finding move, in their order."""
    compilation = compile_source(Source("policy.sespms", text))
    found = with_moves(compilation.diagnostics, (compilation,))
    return [fix.moves for each in found if each.code == code for fix in each.fixes]


def test_the_count_is_that_of_every_appraisal_gone_through_by_hand() -> None:
    (counted,) = moves(GAP, "SES214")
    every = [(weight, one, other) for weight in range(1, 100) for one, other in product((1, 2, 3), repeat=2)]
    scores = [Fraction(weight * one + (100 - weight) * other, 100) for weight, one, other in every]
    without_level = sum(Fraction(5, 2) <= each < Fraction(26, 10) for each in scores)
    assert counted == Moves(without_level, len(every))
    assert counted is not None
    assert counted.said == SAYS


BY_WEIGHT = GAP.replace("2.6", "2.5")
BY_PATTERN = (
    GAP[: GAP.index("  score is")]
    + """  take the first line that fits
  level 3 when every element is at level 3
  level 1 otherwise
"""
)


def test_what_moves_nobody_is_told_as_nobody_and_a_spelling_is_told_of_no_one() -> None:
    assert moves(f"{BY_PATTERN}  level 2 when any element is at level 2\n", "SES220") == [Moves(0, 891)]
    spelled = GAP.replace("  are whole numbers", '  are whole numbers\n  "Results Drivn" at least 5')
    assert moves(spelled, "SES113") == [None]  # it could not be read before, so nobody was rated


AWARDS = """system "Example Harbor Office"
  is outside the Senior Executive Service
  has exactly 3 critical elements

levels
  level 5 "Outstanding" 5 points
  level 4 "Exceeds Fully Successful" 4 points
  level 3 "Fully Successful" 3 points
  level 1 "Unsatisfactory" 1 point

summary rating
  score is the average of points
  score at least 4 is level 5
  score at least 3 and below 4 is level 3
  score below 3 is level 1

awards and pay
  performance award is the "Award" for score

table "Award"
  exactly 5 gives 8%
  4 to 4.5 gives 5%
  otherwise gives 0%
"""
UNCOUNTED = "; what it changes beside the level, such as an award, was not counted"


def moves_by(text: str, before: str, after: str) -> Moves | None:
    """Whom it moves to write some words in place of others."""
    at = text.index(before)
    return MovesCounter(compile_source(Source("policy.sespms", text))).moves_of((Edit(at, at + len(before), after),))


def test_a_change_of_an_award_is_not_told_as_one_that_changes_nobody() -> None:
    (counted,) = moves(AWARDS, "SES282")
    assert counted is not None
    assert counted.said == f"changes the level of 0 of 64 possible appraisals{UNCOUNTED}"
    lines = moves_by(AWARDS, "at least 3 and below 4 is level 3", "at least 2 and below 4 is level 3")
    assert lines is not None
    assert not lines.beside  # whoever keeps a level keeps the award of the same score
    value = AWARDS.replace(
        'awards and pay\n  performance award is the "Award" for score\n\n',
        '  "award" is the "Award" for score\n  also report "award"\n\n',
    )
    reported = moves_by(value, "gives 8%", "gives 9%")
    assert reported is not None
    assert reported.said.endswith(UNCOUNTED)


def test_who_keeps_a_level_on_another_score_is_told_apart() -> None:
    counted = moves_by(BY_WEIGHT, "average of points by weight", "lowest of points")
    every = list(product(range(1, 100), (1, 2, 3), (1, 2, 3)))
    changed = rescored = 0
    for weight, one, other in every:
        before, after = Fraction(weight * one + (100 - weight) * other, 100), Fraction(min(one, other))
        ends = [sum(score >= cut for cut in (Fraction(3, 2), Fraction(5, 2))) for score in (before, after)]
        changed += ends[0] != ends[1]
        rescored += ends[0] == ends[1] and before != after
    assert counted == Moves(changed, len(every), plans=counted is not None and counted.plans, rescored=rescored)
    assert changed > 0
    assert rescored > 0
    assert counted is not None
    assert counted.said.startswith(f"changes the level of {changed} of 891 possible appraisals")
    assert counted.said.endswith(f"; {rescored} keep their level on another score")


def test_what_has_no_end_is_not_counted_and_says_why() -> None:
    (open_ended,) = moves(GAP.replace("  are whole numbers\n", ""), "SES214")
    assert open_ended is not None
    assert (open_ended.moved, open_ended.of) == (None, None)
    assert open_ended.said == (
        "whom it moves was not counted: the weight of `Leading People` may have fractions, so there is no end of plans"
    )


def test_what_takes_too_much_work_is_not_counted_and_no_number_is_guessed() -> None:
    names = [f"Duty {letter}" for letter in "ABCDEFGHIJ"]
    elements = "\n\n".join(f'critical element "{name}"' for name in names)
    wide = GAP.replace('critical element "Leading People"\n\ncritical element "Results Driven"', elements)
    unlike = "\n".join(f'  "{name}" at least {at}' for at, name in enumerate(names, 1))
    wide = wide.replace("exactly 2 crit", "exactly 10 crit").replace("whole numbers\n", f"whole numbers\n{unlike}\n")
    (counted,) = moves(wide, "SES214")
    assert counted is not None
    assert counted.moved is None
    assert counted.said.startswith("whom it moves was not counted: there are more than")


def test_a_change_of_the_plans_is_told_beside_the_count() -> None:
    text = GAP.replace("  total 100\n", "").replace("numbers\n", "numbers\n  all at most 60\n")
    text = text.replace("average of points by weight", "sum of points times weight").replace("below 2.5", "below 2.6")
    (counted,) = moves(text, "SES225")
    assert counted is not None
    assert counted.plans
    assert counted.said.endswith("possible appraisals that both texts allow, and which plans are allowed")


def test_an_amendment_is_counted_by_what_it_makes_of_its_system() -> None:
    amended = f"""{GAP.replace("below 2.5", "below 2.6")}
amendment "A higher bar"
  amends "Example Beacon Office"
  because "An invented reason."

summary rating
  strike score at least 2.6 is level 3
  insert score at least 2.7 is level 3
"""
    found = [each for each in moves(amended, "SES214") if each is not None]
    assert [each.of for each in found] == [891]
    assert all(each.moved for each in found)


def test_no_more_fixes_are_looked_at_than_is_said() -> None:
    counter = MovesCounter(compile_source(Source("policy.sespms", GAP)))
    at = GAP.index("2.6")
    told = [counter.moves_of((Edit(at, at + 3, f"2.{number}"),)) for number in range(61, 63 + MOST_LOOKED_AT)]
    assert [each is not None and each.moved is None for each in told] == [False] * MOST_LOOKED_AT + [True] * 2
    assert told[-1] is not None
    assert told[-1].said == f"whom it moves was not counted: the first {MOST_LOOKED_AT} fixes of a text are counted"


def test_each_surface_says_the_same(tmp_path: Path) -> None:
    policy = put(tmp_path, "gap.sespms", GAP)
    assert f"proposal: write `at least 1.5 and below 2.6`; it {SAYS}" in run("check", policy).stdout
    for command in (("check", "--format", "json"), ("analyze",)):
        found = json.loads(run(*command, policy).stdout)["findings"]
        (told,) = [fix["moves"] for each in found if each["code"] == "SES214" for fix in each["fixes"]]
        assert told == {"moved": 30, "of": 891, "plans": False, "said": SAYS}
    with serving(tmp_path) as served:
        shown = served.ask("/write?policy=gap.sespms", {"text": GAP, "do": "findings"}, {"HX-Request": "true"})
    assert f"C{SAYS[1:]}" in words_of(shown.text) or SAYS in words_of(shown.text)


def test_where_nobody_asks_nothing_is_counted() -> None:
    known = analyzed(Source("p.sespms", GAP), EMPTY_LIBRARY)
    assert [fix.moves for each in known.findings for fix in each.fixes] == [None]


@pytest.mark.parametrize("every", [(), ("--all",)])
def test_the_difference_says_whom_it_moves_in_all(tmp_path: Path, every: tuple[str, ...]) -> None:
    shown = run("check", "--diff", *every, put(tmp_path, "gap.sespms", GAP)).stderr
    assert ("before it the policy could not be rated by" in shown) is bool(every), shown
