"""Every appraisal of a small program, made without any thought for what is alike, and kept where it is admitted."""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Iterator
from fractions import Fraction

from sespms_rules.engines.columnar.engine import ColumnarEngine
from sespms_rules.engines.reference.admission import admit
from sespms_rules.engines.reference.admitted_appraisal import Case
from sespms_rules.engines.reference.engine import rate
from sespms_rules.foundation.resources import policy_path
from sespms_rules.foundation.source import Source
from sespms_rules.language.parsing import parse
from sespms_rules.language.resolution import EMPTY_LIBRARY, resolve
from sespms_rules.program.ir import LevelScale, Member, Program, Stage, WeightTotal
from sespms_rules.program.lowering import lower
from sespms_rules.program.rating import Appraisal, Outcome, Rated
from sespms_rules.studies.exhaustive.walk import walk

Answer = tuple[str, int, tuple[str, ...]]
"""An outcome, the level (0: none) and the codes of refusals."""


def every_appraisal(
    program: Program,
    heaviest: int,
    own: int = 0,
    *others: Program,
    missing: bool = True,
    noncritical: int | None = None,
) -> Iterator[Appraisal]:
    """All appraisals that the programs admit, with whole weights up to `heaviest` and up to `own` further members.

    Of each sort there are so many; with `noncritical` so many at most that are not critical.
    """
    most = own, own if noncritical is None else noncritical
    for members in _members(program.summary, heaviest, most, missing):
        appraisal = Appraisal("listed", members)
        if all(isinstance(admit(each, appraisal), Case) for each in (program, *others)):
            yield appraisal


def _members(stage: Stage, heaviest: int, own: tuple[int, int], missing: bool) -> Iterator[tuple[Rated, ...]]:
    noun = "Element" if stage.kind == "element" else "Requirement"
    totals = [limit.total for limit in stage.limits if isinstance(limit, WeightTotal)]
    optional = [each for each in stage.members if each.optional]
    levels = LevelScale(tuple(level for level, _ in stage.points))
    for absent in itertools.chain.from_iterable(itertools.combinations(optional, n) for n in range(len(optional) + 1)):
        named = [each for each in stage.members if each not in absent]
        most, beside = own if stage.open else (0, 0)
        for critical, other in itertools.product(range(most + 1), range((beside if noun == "Element" else 0) + 1)):
            brought = [Member(f"{noun} {number} of the plan", True, levels, None) for number in range(critical)]
            brought += [Member(f"Other {number} of the plan", False, levels, None) for number in range(other)]
            choices = [list(_ways(each, stage, heaviest, own, missing)) for each in (*named, *brought)]
            for made in itertools.product(*choices):
                if not stage.weighted or not totals or sum(each.weight or 0 for each in made) == totals[0]:
                    yield made


def _ways(member: Member, stage: Stage, heaviest: int, own: tuple[int, int], missing: bool) -> Iterator[Rated]:
    marks: list[tuple[Fraction | None, tuple[Rated, ...]]]
    if member.stage is not None:
        marks = [(None, inner) for inner in _members(member.stage, heaviest, own, missing)]
    else:
        assert isinstance(member.scale, LevelScale)
        marks = [(rating, ()) for rating in (*map(Fraction, member.scale.levels), *([None] if missing else []))]
    weights = [Fraction(each) for each in range(1, heaviest + 1)] if stage.weighted else [None]
    for weight, (rating, inner) in itertools.product(weights, marks):
        yield Rated(member.name, rating, weight, (), inner, member.critical)


def answers_one_by_one(program: Program, appraisals: Iterator[Appraisal]) -> Counter[Answer]:
    """How often the reference engine gives each answer."""
    found: Counter[Answer] = Counter()
    for each in appraisals:
        rating = rate(program, each, trace=False)
        codes = tuple(sorted({refusal.code for refusal in rating.refused}))
        found[rating.outcome.value, rating.level or 0, codes] += 1
    return found


def answers_by_walk(program: Program, *others: Program) -> Counter[Answer]:
    """How often the columnar engine gives each answer on the walk, by what the rows stand for."""
    found: Counter[Answer] = Counter()
    engine = ColumnarEngine(program)
    outcomes = (Outcome.REFUSED, Outcome.RATED, Outcome.NOT_RATED)
    for block in walk(program, *others):
        result = engine.rate_columns(block.columns)
        for row, times in enumerate(block.times.tolist()):
            codes = tuple(kind.code for kind in result.refusals(row))
            found[outcomes[result.outcome[row]].value, int(result.level[row]), codes] += times
    return found


def shipped(path: str) -> Program:
    """The program of the first system of a shipped policy."""
    document, _ = parse(Source(path, policy_path(path).read_text(encoding="utf-8")))
    policy, _ = resolve(document, EMPTY_LIBRARY)
    made, _ = lower(policy.systems[0])
    assert made is not None
    return made
