"""`check`, `count`, `prove` and every appraisal rated by hand say the same of policies drawn at random."""

from __future__ import annotations

import random
import re
from fractions import Fraction

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from decided.small_policies import Drawn, Seen, counting, drawn, seen
from nights import at_depth
from sespms_rules.engines.reference import rate
from sespms_rules.foundation.diagnostic import Severity
from sespms_rules.foundation.origin import exact
from sespms_rules.foundation.source import Source
from sespms_rules.pipeline import Compilation, compile_source
from sespms_rules.program.ir import Program, Row, ToLevel
from sespms_rules.program.rating import Outcome
from sespms_rules.proofs.solver import ExactlyOneLevel, Prover, Reached, Status

SEEDS = st.integers(min_value=0, max_value=10**9)
POLICIES = settings(max_examples=at_depth(300, 300, 5_000))
"""As many by day as at the gate: no wrong level is what a person asks of a day, too."""
TABLES = settings(max_examples=at_depth(20, 60, 1_000))
FEW = settings(max_examples=at_depth(60, 300, 5_000))

pytestmark = pytest.mark.timeout(7_200)


def compiled(policy: Drawn) -> tuple[Compilation, Program] | None:
    """A drawn policy that has a program: one whose bands overlap by their words alone is refused before."""
    found = compile_source(Source("drawn.sespms", policy.text))
    unread = [each for each in found.diagnostics if each.code < "SES2"]
    assert not unread, (policy.text, unread)
    program = found.programs.get("Example Canal Office")
    return None if program is None else (found, program)


def _told(compilation: Compilation, *codes: str) -> list[str]:
    return [each.code for each in compilation.diagnostics if each.code in codes]


def _is_told_at(compilation: Compilation, row: Row, *codes: str) -> bool:
    span = row.origin.span
    return any(each.code in codes and span.start <= each.span.start < span.end for each in compilation.diagnostics)


@POLICIES
@given(SEEDS)
def test_check_knows_what_every_appraisal_shows(seed: int) -> None:
    policy = drawn(seed)
    made = compiled(policy)
    if made is None:
        return
    compilation, program = made
    shown = seen(program, policy.appraisals())
    assert not _told(compilation, "SES273"), policy.text
    assert bool(_told(compilation, "SES214", "SES245")) is ("SES612" in shown.refused), policy.text
    assert bool(_told(compilation, "SES215")) is ("SES613" in shown.refused), policy.text
    for row in program.summary.overrides:
        raises = any(each is row for each in shown.raising)
        assert _is_told_at(compilation, row, "SES265") is raises, (policy.text, row.origin.span.text)
    assert _cuts_told(compilation) == _free_cuts(policy, shown), policy.text
    if "SES613" not in shown.refused:
        _lines(policy, compilation, program, shown)


_CUT = re.compile(r"^  score (?:at least )?([0-9.]+)(?: to|.* is)", re.MULTILINE)


def _cuts_told(compilation: Compilation) -> set[tuple[str, str]]:
    """Cuts that are said to be without effect, with the range that is told."""
    told = (each for each in compilation.diagnostics if each.code == "SES251")
    return {(each.span.text, each.message.split("anywhere ")[1]) for each in told}


def _free_cuts(policy: Drawn, shown: Seen) -> set[tuple[str, str]]:
    """The least scores of lines that no score meets, none of them half-way between two."""
    found = set()
    for text in _CUT.findall(policy.text):
        cut = Fraction(text)
        below = max((each for each in shown.scores if each < cut), default=None)
        above = min((each for each in shown.scores if each >= cut), default=None)
        if below is not None and above is not None and above != cut and 2 * cut != below + above:
            ends = f"above `{exact(below)}` and up to `{exact(above)}`"
            found.add((text, f"{ends} without changing a rating"))
    return found


def _lines(policy: Drawn, compilation: Compilation, program: Program, shown: Seen) -> None:
    """Every line that decides nothing is told, or its level is, or it is a safeguard."""
    never = {level for level in (1, 2, 3) if level not in shown.levels}
    told = [each for each in compilation.diagnostics if each.code == "SES218"]
    assert {int(each.span.text.removeprefix("level ")) for each in told} == never, policy.text
    for row in (*program.summary.overrides, *program.summary.rows):
        dead = not shown.decides(row)
        if _is_told_at(compilation, row, "SES220"):
            assert dead, (policy.text, row.origin.span.text)
        elif dead and isinstance(row.outcome, ToLevel) and row.outcome.level not in never:
            spoken = _is_told_at(compilation, row, "SES222")
            assert spoken or not any(each is row for each in shown.needed), (policy.text, row.origin.span.text)


@TABLES
@example(146)  # only executives whom an override decides have a score between the lines
@given(SEEDS)
def test_check_knows_what_comes_between_two_lines_of_a_table(seed: int) -> None:
    policy = drawn(seed)
    draw = random.Random(seed)
    decimals = draw.choice([0, 0, 1, 2])
    cut = Fraction(draw.randint(1, 4 * 10**decimals), 10**decimals) * draw.choice([1, 1, 1, 3])
    below = cut - Fraction(1, 10**decimals)
    table = f'table "Bonus"\n  {exact(cut)} to 100 gives 8%\n  0 to {exact(below)} gives 5%\n  otherwise gives 0%\n'
    policy.text += f'  "bonus" is the "Bonus" for score\n  also report "bonus"\n\n{table}'
    made = compiled(policy) if "  score is " in policy.text else None
    if made is None or any(each.severity is Severity.ERROR for each in made[0].diagnostics):
        return
    compilation, program = made
    rated = (rate(program, each, trace=False) for each in policy.appraisals())
    scores = {each.score for each in rated if each.outcome is Outcome.RATED and each.score is not None}
    between = any(below < each < cut for each in scores)
    assert bool(_told(compilation, "SES282")) is between, policy.text
    for each in compilation.diagnostics:
        if each.code == "SES282":
            named, near = Fraction(each.message.split("`")[3]), Fraction("about" in each.message, 1_000)
            assert any(abs(one - named) <= near for one in scores), (policy.text, each.message)


@POLICIES
@example(855795335)  # two lines fit whoever has no rating at all, and that is no fault of theirs
@given(SEEDS)
def test_check_count_and_prove_say_the_same(seed: int) -> None:
    from sespms_rules.studies.exhaustive.findings import noticed
    from sespms_rules.studies.exhaustive.tallying import tally

    policy = drawn(seed)
    made = compiled(policy)
    if made is None:
        return
    compilation, program = made
    shown = seen(program, policy.appraisals())
    prover = Prover(program)
    verdict = prover.prove(ExactlyOneLevel())
    assert (verdict.status is Status.REFUTED) is shown.not_one, policy.text
    reached = prover.prove(Reached((3, 2, 1)))
    assert set(reached.missing) == {1, 2, 3} - shown.levels, policy.text
    spoken = frozenset(each.code for each in compilation.diagnostics)
    worth = list(noticed(tally(program), compilation.diagnostics))
    counted = {each.code for each in worth}
    for row in (*program.summary.overrides, *program.summary.rows):
        if f"no appraisal is decided by `{row.origin.span.text}`" in {each.says for each in worth}:
            assert _is_told_at(compilation, row, "SES220", "SES222"), policy.text
    assert ("SES218" in counted) is bool({1, 2, 3} - shown.levels), policy.text
    for code in ("SES214", "SES245", "SES215"):
        assert (code in counted) <= (code in spoken), (policy.text, code)


@FEW
@given(SEEDS)
def test_what_nobody_rated_counts_as_a_level_wherever_it_gives_one(seed: int) -> None:
    """Told where somebody rated a part and a level follows; that it is above or below all that was rated is so."""
    from sespms_rules.studies.exhaustive.findings import noticed
    from sespms_rules.studies.exhaustive.tallying import tally

    policy = counting(seed)
    made = compiled(policy)
    if made is None:
        return
    compilation, program = made
    listed = list(policy.appraisals())
    shown = seen(program, iter(listed))
    never = {1, 2, 3} - shown.levels
    assert set(Prover(program).prove(Reached((3, 2, 1))).missing) == never, policy.text
    counted = {each.code for each in noticed(tally(program), compilation.diagnostics)}
    assert ("SES218" in counted) is bool(never), policy.text
    ends = set()
    for appraisal in listed:
        given = [each.rating for each in appraisal.elements if each.rating is not None]
        level = rate(program, appraisal, trace=False).level
        if level is not None and 0 < len(given) < policy.count:
            ends.add("above" if level > max(given) else "below" if level < min(given) else "among")
    told = [each for each in compilation.diagnostics if each.code == "SES286"]
    assert bool(told) is bool(ends), policy.text
    for each in told:
        said = [word for word in ("above", "below") if f"{word} all that was rated" in each.message]
        assert (said or ["among"])[0] in ends, (policy.text, each.message)
        assert not said or each.span.text.startswith("unrated")


SAFEGUARD = """system "Example Canal Office"
  is outside the Senior Executive Service
  has exactly 3 critical elements

levels
  level 3 "High" 3 points
  level 2 "Middle" 2 points
  level 1 "Low" 1 point

summary rating
  take the first line that fits
  level 3 when every element is at level 3
  level 2 when no element is below level 2
  level 1 otherwise
  any critical element at level 1 makes the rating level 1
"""


def test_a_safeguard_under_lines_in_order_is_no_finding_of_either() -> None:
    from sespms_rules.studies.exhaustive.findings import noticed
    from sespms_rules.studies.exhaustive.tallying import tally

    compilation = compile_source(Source("canal.sespms", SAFEGUARD))
    program = compilation.programs["Example Canal Office"]
    assert not _told(compilation, "SES220", "SES222")
    assert [each.says for each in noticed(tally(program), compilation.diagnostics) if each.code == "SES220"] == []
