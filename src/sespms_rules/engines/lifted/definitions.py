"""The values that a stage defines, in its order, and those among them that wait for the level."""

from __future__ import annotations

from typing import Generic

from sespms_rules.engines.lifted.algebra import WAITS, C, T, V, ValueAlgebra
from sespms_rules.engines.lifted.expressions import Formulas
from sespms_rules.engines.lifted.members import Member
from sespms_rules.program import ir

AnyDefinition = ir.Definition | ir.ScoreDefinition


class Definitions(Generic[T, C, V]):
    """Works out the definitions of one stage into its `formulas`, which read them from there."""

    def __init__(self, algebra: ValueAlgebra[T, C, V], formulas: Formulas[T, C, V]) -> None:
        self._algebra = algebra
        self.formulas = formulas
        self.definitions = formulas.stage.definitions

    def work_out(self) -> None:
        """Each of them in turn; what asks for the level is left with the code WAITS."""
        for definition in self.definitions:
            self._work_out(definition)

    def _work_out(self, definition: AnyDefinition) -> None:
        formulas = self.formulas
        if isinstance(definition, ir.ScoreDefinition):
            formulas.score = formulas.value(definition.expression)
        elif definition.each is None:
            formulas.values[definition.name] = formulas.value(definition.expression)
        else:
            self._of_each(definition, definition.each)

    def _of_each(self, definition: ir.Definition, each: ir.Members) -> None:
        """A value of each member: from the first that has none on, no member of that row has one."""
        algebra = self._algebra
        found: list[tuple[Member[T, C, V], T | bool, V]] = []
        broken = algebra.always(0)
        for member, where in self.formulas.counted(each):
            value = self.formulas.value(definition.expression, member)
            failed = algebra.failed(value)
            broken = algebra.first(broken, algebra.where(where, failed))
            found.append((member, where, algebra.failing(value, algebra.first(broken, failed))))
        otherwise = algebra.constant(0, algebra.first(broken, algebra.always(WAITS)))
        for member in self.formulas.members:
            member.own[definition.name] = otherwise
        for member, where, value in found:
            member.own[definition.name] = algebra.choose(where, value, otherwise)
        self.formulas.failed_each[definition.name] = broken

    def failed(self, definition: AnyDefinition) -> C:
        """Why a definition that was worked out has no value."""
        formulas, algebra = self.formulas, self._algebra
        if isinstance(definition, ir.ScoreDefinition):
            return algebra.always(WAITS) if formulas.score is None else algebra.failed(formulas.score)
        if definition.each is not None:
            return formulas.failed_each[definition.name]
        return algebra.failed(formulas.values[definition.name])

    # ---- what waits for the level ----------------------------------------------------------------

    @property
    def waiting(self) -> list[AnyDefinition]:
        """Those that may wait for the level in some row."""
        return [each for each in self.definitions if self._algebra.may_be(self.failed(each), WAITS)]

    def work_out_late(self, level: V) -> C:
        """Work out what waited for the level, in the rows that have one now; return why some of it failed."""
        algebra, formulas, codes = self._algebra, self.formulas, self._algebra.always(0)
        known = algebra.compared(level, ir.Relation.MORE, algebra.constant(0))
        formulas.level = algebra.failing(level, algebra.code_where(algebra.negated(known), WAITS))
        late = self.waiting
        for definition in late:
            broken = self.failed(definition)
            waiting = algebra.kept(algebra.both(algebra.is_code(broken, WAITS), known))
            before = (formulas.score, dict(formulas.values), [dict(each.own) for each in formulas.members])
            self._work_out(definition)
            where_waited = algebra.where(algebra.kept(waiting), self.failed(definition))
            codes = algebra.first(codes, algebra.kept_codes(where_waited))
            self._keep(definition, waiting, before, broken)
        return codes

    def _keep(
        self,
        definition: AnyDefinition,
        waiting: T | bool,
        before: tuple[V | None, dict[str, V], list[dict[str, V]]],
        broken: C,
    ) -> None:
        """Put back what had been worked out in rows that did not wait."""
        algebra, formulas, (score, values, owned) = self._algebra, self.formulas, before
        if isinstance(definition, ir.ScoreDefinition):
            if formulas.score is not None and score is not None:
                formulas.score = algebra.choose(waiting, formulas.score, score)
        elif definition.each is None:
            name = definition.name
            formulas.values[name] = algebra.choose(waiting, formulas.values[name], values[name])
        else:
            name = definition.name
            for member, old in zip(formulas.members, owned, strict=True):
                member.own[name] = algebra.choose(waiting, member.own[name], old[name])
            after = algebra.constant(0, formulas.failed_each[name])
            kept = algebra.choose(waiting, after, algebra.constant(0, broken))
            formulas.failed_each[name] = algebra.failed(kept)
