"""Counted, proved, compared and checked: what is said of policies that read facts is so of every single appraisal."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

import pytest

from facts.small_policies import DAYS, LEVELS, WORDS, compiled, drawn, every_appraisal, program_of
from nights import NIGHTLY
from sespms_rules.engines.confirmed import answer
from sespms_rules.engines.reference import rate
from sespms_rules.foundation.values import replace
from sespms_rules.program.facts import combinations, fact_classes, settled
from sespms_rules.program.plans import covered
from sespms_rules.program.rating import Appraisal, Outcome, Rating
from sespms_rules.proofs.solver import (
    ExactlyOneLevel,
    NeverLowered,
    Prover,
    Reached,
    Status,
    TwoPrograms,
    Way,
)
from sespms_rules.studies.comparison.counting import Counting
from sespms_rules.studies.exhaustive import tally

SEEDS = range(200 if NIGHTLY else 10)
_ALL = len(WORDS) * (DAYS + 1) * len(LEVELS) ** 2


@pytest.mark.parametrize("seed", SEEDS)
def test_classes_of_facts_stand_for_every_case_and_nothing_in_them_differs(seed: int) -> None:
    _, program = program_of(drawn(seed))
    classes = fact_classes(program)
    assert sum(each.cases for each in classes) == combinations(program) == len(WORDS) * (DAYS + 1)
    known = {each.given: settled(program, each.given) for each in classes}
    met: Counter[object] = Counter()
    for appraisal in every_appraisal():
        whole = rate(program, appraisal, trace=False)
        plain = replace(appraisal, facts=())
        alike = [given for given, one in known.items() if _same(rate(one, plain, trace=False), whole)]
        assert alike, appraisal
        exactly = settled(program, appraisal.facts)
        assert _same(rate(exactly, plain, trace=False), whole)
        met[appraisal.facts] += 1
    assert set(met.values()) == {len(LEVELS) ** 2}


def _same(one: Rating, other: Rating) -> bool:
    return answer(one)[:3] == answer(other)[:3]


@pytest.mark.parametrize("seed", SEEDS)
def test_what_is_counted_is_what_there_is(seed: int) -> None:
    _, program = program_of(drawn(seed))
    found = tally(program)
    ratings = [rate(program, each, trace=False) for each in every_appraisal()]
    assert found.domain.appraisals == len(ratings) == _ALL == covered(program).appraisals
    assert found.domain.facts == len(WORDS) * (DAYS + 1)
    levels = Counter(each.level for each in ratings)
    assert dict(found.levels) == {level: levels[level] for level, _ in found.levels}
    assert found.not_rated == sum(each.outcome is Outcome.NOT_RATED for each in ratings)
    refused = Counter(code for each in ratings for code in {one.code for one in each.refused})
    assert {each.code: each.cases for each in found.refusals} == dict(refused)
    for each in found.refusals:
        assert each.code in {one.code for one in rate(program, each.example, trace=False).refused}


@pytest.mark.parametrize("seed", SEEDS)
def test_what_is_proved_holds_of_every_appraisal_and_what_is_refuted_of_one(seed: int) -> None:
    _, program = program_of(drawn(seed))
    prover = Prover(program)
    cases = list(every_appraisal())
    ratings = {_key(each): rate(program, each, trace=False).level for each in cases}
    one_level = prover.prove(ExactlyOneLevel())
    assert one_level.status is (Status.REFUTED if None in ratings.values() else Status.PROVED)
    if one_level.shown:
        assert rate(program, one_level.shown[0].appraisal, trace=False).level is None
    for level in LEVELS:
        reached = prover.prove(Reached((level,)))
        assert reached.status is (Status.PROVED if level in ratings.values() else Status.REFUTED), level
    lowered = any(
        (before := ratings[_key(each)]) is not None and (after := ratings[_key(better)]) is not None and after < before
        for each in cases
        for better in _better(each)
    )
    assert prover.prove(NeverLowered()).status is (Status.REFUTED if lowered else Status.PROVED)


def _key(appraisal: Appraisal) -> tuple[object, ...]:
    return appraisal.facts, tuple(each.rating for each in appraisal.elements)


def _better(appraisal: Appraisal) -> Iterator[Appraisal]:
    for place, each in enumerate(appraisal.elements):
        assert each.rating is not None
        if each.rating < max(LEVELS):
            raised = replace(each, rating=each.rating + 1)
            elements = (*appraisal.elements[:place], raised, *appraisal.elements[place + 1 :])
            yield replace(appraisal, elements=elements)


@pytest.mark.parametrize("seed", SEEDS[::2])
def test_two_policies_are_compared_appraisal_by_appraisal(seed: int) -> None:
    _, old = program_of(drawn(seed))
    _, new = program_of(drawn(seed + 1))
    counted = Counting().counted(old, new)
    ends: Counter[tuple[int, int]] = Counter()
    for each in every_appraisal():
        pair = [rate(one, each, trace=False) for one in (old, new)]
        ends[_end(pair[0]), _end(pair[1])] += 1
    assert {(each.before, each.after): each.count for each in counted.transitions} == dict(ends)
    both = TwoPrograms(old, new)
    for way, happens in {
        Way.HIGHER: any(after > before > 0 for before, after in ends),
        Way.LOWER: any(before > after > 0 for before, after in ends),
        Way.ONLY_OLD: any(before > 0 >= after for before, after in ends),
        Way.ONLY_NEW: any(after > 0 >= before for before, after in ends),
    }.items():
        assert both.differ(way).status is (Status.REFUTED if happens else Status.PROVED), way


def _end(rating: Rating) -> int:
    if rating.level is not None:
        return rating.level
    return 0 if rating.outcome is Outcome.NOT_RATED else -1


@pytest.mark.parametrize("seed", SEEDS)
def test_check_says_of_gaps_and_levels_what_is_so(seed: int) -> None:
    text = drawn(seed)
    codes = {each.code for each in compiled(text).diagnostics}
    _, program = program_of(text)
    ratings = [rate(program, each, trace=False) for each in every_appraisal()]
    given = {each.level for each in ratings if each.level is not None}
    refused = {one.code for each in ratings for one in each.refused}
    if "SES273" not in codes:
        assert bool({"SES214", "SES245"} & codes) == ("SES612" in refused), (text, codes)
        assert ("SES215" in codes) == ("SES613" in refused), text
        if not refused & {"SES613"} and refused <= {"SES612"}:
            missing = set(LEVELS) - given
            assert missing or "SES218" not in codes, text
            assert not missing or codes & {"SES218", "SES220"}, text
