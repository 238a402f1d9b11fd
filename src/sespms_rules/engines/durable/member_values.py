"""The values of a stage, worked out for one appraisal by lines of Python that the lifted evaluator wrote."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import cached_property
from typing import Any

from sespms_rules.engines.durable.algebra import Codes, LineAlgebra, Value
from sespms_rules.engines.durable.comparisons import Counted
from sespms_rules.engines.durable.listing import Line
from sespms_rules.engines.durable.tables import FactRefusedError
from sespms_rules.engines.lifted.definitions import AnyDefinition, Definitions
from sespms_rules.engines.lifted.expressions import Formulas
from sespms_rules.engines.lifted.members import Member, levels_by_lines
from sespms_rules.engines.reference.admitted_appraisal import CaseMember
from sespms_rules.program import ir
from sespms_rules.program.arithmetic import Exact
from sespms_rules.program.rating import Asked
from sespms_rules.program.unrated_rules import rule_for

MOST_OTHERS = 100
"""Members that a plan may bring beside those of the policy: for each number of them the lines are written anew."""


class MemberFrame:
    """What one member of an appraisal has, its own stage done; 0 stands for a level, number or weight it has not.

    `rated` says whether a rating was given; `counts` is False for one that was not and is left out. `further` holds
    the additional ratings in the order of the stage, `asked` the questions in its own block that are asked.
    """

    __slots__ = ("asked", "counts", "critical", "further", "level", "number", "numbered", "rated", "score", "weight")

    def __init__(self, critical: bool) -> None:
        self.asked: tuple[Asked, ...] = ()
        self.critical = critical
        self.level = 0
        self.number: Exact = 0
        self.numbered = False
        self.score: Exact = 0
        self.weight: Exact = 0
        self.rated = True
        self.counts = True
        self.further: tuple[Exact, ...] = ()


def frame_of(member: CaseMember, stage: ir.Stage) -> MemberFrame:
    """What a member of an admitted appraisal has, before its own stage is worked out where it has one."""
    made = MemberFrame(member.critical)
    made.weight = member.weight or 0
    made.level = member.level or 0
    if member.number is not None:
        made.number, made.numbered = member.number, True
    made.rated = member.rated is not False
    made.counts = made.rated or member.level is not None
    if stage.further:
        given = dict(member.further)
        made.further = tuple(given.get(rule.name, 0) for rule in stage.further)
    return made


class Tables:
    """The look-up tables of a program by their names, the words that they give, and the names of its facts."""

    def __init__(self, program: ir.Program) -> None:
        self.by_name = {table.name: table for table in program.tables}
        self.facts = tuple(fact.name for fact in program.facts)
        results = [result for table in program.tables for result in (*(r.result for r in table.rows), table.otherwise)]
        self.words = list(dict.fromkeys(each for each in results if isinstance(each, str)))


class StageValues:
    """The definitions of a stage, and the quantities its lines ask for, for plans with so many `others`.

    The members named in `absent`, which only some plans have, are not in these.

    `values` takes the members (MemberFrame) and the facts, and gives a number and a code for each definition, then two
    numbers for each quantity as `Quantities` (comparisons.py) has them. `late` takes too the level (0: none) and
    whether no rating is given; it gives a code, the same for each definition of `waiting`, and which of `questions` are
    asked. Raises `FactRefusedError` for more than MOST_OTHERS.
    """

    def __init__(
        self,
        stage: ir.Stage,
        tables: Tables,
        quantities: Iterable[ir.Expression | Counted],
        absent: frozenset[str],
        others: int,
    ) -> None:
        if others > MOST_OTHERS:
            raise FactRefusedError(
                f"the plan brings `{others}` members of its own, more than {MOST_OTHERS}", "rate it by the reference"
            )
        algebra = LineAlgebra(tables.words)
        named = [each for each in stage.members if each.name not in absent]
        policies = (*named, *(None for _ in range(others)))
        members = [_member(algebra, stage, policy, f"members[{n}]") for n, policy in enumerate(policies)]
        facts = {name: Value(algebra.given(f"facts[{place}]")) for place, name in enumerate(tables.facts)}
        formulas = Formulas(algebra, stage, members, tables.by_name, tables.words, facts)
        definitions = Definitions(algebra, formulas)
        definitions.work_out()
        results = [*_results(definitions, stage.definitions)]
        for quantity in quantities:
            if isinstance(quantity, tuple):
                results += [count.number for count in formulas.tally(*quantity)]
            else:
                value = formulas.number(quantity)
                results += [value.number, value.failed.number]
        self.values = algebra.listing.function("members, facts", results)
        self.waiting = definitions.waiting
        self.questions = stage.questions
        self._algebra, self._definitions = algebra, definitions

    @cached_property
    def late(self) -> Callable[[Sequence[MemberFrame], Sequence[Exact], int, bool], tuple[Any, ...]]:
        """Written at the first appraisal in which something waits: most that might never do."""
        definitions, not_rated = self._definitions, self._algebra.given("not_rated")
        codes = definitions.work_out_late(Value(self._algebra.given("level")))
        asked = [definitions.formulas.asked(each, not_rated) for each in self.questions]
        results = [codes.number, *_results(definitions, self.waiting), *asked]
        return self._algebra.listing.function("members, facts, level, not_rated", results)


def _results(definitions: Definitions[Line, Codes, Value], asked: Iterable[AnyDefinition]) -> Iterable[object]:
    """A number and a code for each; what is defined of each member has no number."""
    formulas = definitions.formulas
    for each in asked:
        value: Value | None
        if isinstance(each, ir.ScoreDefinition):
            value = formulas.score
        else:
            value = formulas.values.get(each.name)
        yield 0 if value is None else value.number
        yield definitions.failed(each).number


def _member(algebra: LineAlgebra, stage: ir.Stage, policy: ir.Member | None, place: str) -> Member[Line, Codes, Value]:
    """A member of an appraisal that was admitted, to be read at a place of the arguments."""

    def read(name: str) -> Line:
        return algebra.given(f"{place}.{name}")

    member = Member(algebra, policy.name if policy else None, True, policy.critical if policy else read("critical"))
    rules = [rule_for(stage, critical) for critical in ((policy.critical,) if policy else (True, False))]
    counting = frozenset(rule.level for rule in rules if rule is not None and rule.level is not None)
    leaving = any(rule is not None and rule.what is ir.Unrated.LEFT_OUT for rule in rules)
    member.counts = read("counts") if leaving else True
    member.rated = read("rated") if leaving or counting else True
    scale = policy.scale if policy else ir.LevelScale(tuple(level for level, _ in stage.points))
    if policy is not None and policy.stage is not None:
        member.level, member.derived = Value(read("level")), member.rated
        member.levels = levels_by_lines(policy.stage, always=not leaving) | counting
        if any(isinstance(each, ir.ScoreDefinition) for each in policy.stage.definitions):
            member.inner_score = Value(read("score"))
    elif isinstance(scale, ir.NumberScale):
        member.number, member.numbered = Value(read("number")), read("numbered")
    else:
        member.level = Value(read("level"))
        member.levels = frozenset(scale.levels) | counting | (frozenset({0}) if leaving else frozenset())
    if stage.weighted:
        member.weight, member.weighed, member.lacks_weight = Value(read("weight")), True, False
    member.further = {rule.name: Value(read(f"further[{n}]")) for n, rule in enumerate(stage.further)}
    member.settle(dict(stage.points))
    return member
