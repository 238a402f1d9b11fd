"""One derivation while it is told, and what is told of an aggregate: the figures of its members, put together."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from sespms_rules.engines.reference.derivation import derive
from sespms_rules.engines.reference.engine import rate
from sespms_rules.engines.reference.evaluation import Present, aggregated
from sespms_rules.engines.reference.narration import (
    Telling,
    figures_together,
    in_figures,
    kind_of,
    label,
    shown,
)
from sespms_rules.engines.reference.once_admitted import Admitted, Cast
from sespms_rules.engines.reference.stage_text import Found
from sespms_rules.foundation.origin import exact
from sespms_rules.foundation.values import maker
from sespms_rules.program.arithmetic import Exact
from sespms_rules.program.ir import Aggregate, Definition, Program, ScoreDefinition
from sespms_rules.program.rating import Appraisal, Rating, Step

_MOST_ENDINGS = 65_536

_made = maker(Step)

MOST_KNOWN = 65_536
"""So many things that were told are remembered of each sort."""


class OneDerivation:
    """One appraisal of which a piece is not known yet: what the interpreting reference finds, and what tells of it."""

    def __init__(self, program: Program, admitted: Admitted) -> None:
        case = admitted.case(program.summary)
        self._program = program
        self._case = case
        self.derivation = derive(case, {table.name: table for table in program.tables})
        self.telling = Telling(self.derivation.evaluation)

    @property
    def rating(self) -> Rating:
        """What the interpreting reference makes of it, untold."""
        return rate(self._program, Appraisal("", ()), trace=False, admitted=self._case)

    def member(self, place: int) -> Present:
        """The member at a place."""
        return self.derivation.evaluation.members[place]


class Derived:
    """Derives by the interpreting reference what is not known of an appraisal; of the last one asked for, once."""

    def __init__(self, program: Program) -> None:
        self._program = program
        self._last: tuple[Admitted, OneDerivation] | None = None

    def __call__(self, admitted: Admitted) -> OneDerivation:
        """What tells of it."""
        if self._last is None or self._last[0] is not admitted:
            self._last = (admitted, OneDerivation(self._program, admitted))
        return self._last[1]


class AggregateTold:
    """A value that is an aggregate over members, each of which adds what rests on nothing else than itself."""

    def __init__(
        self,
        cast: Cast,
        derived: Derived,
        definition: Definition | ScoreDefinition,
        inner: Aggregate,
        place: int | None,
    ) -> None:
        self._derived = derived
        self._definition = definition
        self._inner = inner
        self._place = place
        self._name = None if isinstance(definition, ScoreDefinition) else definition.name
        self._label = label(self._name)
        self._kind = kind_of(self._name)
        self._places = cast.shape.places(inner.members)
        self._ends = definition.expression is not inner
        self._together = figures_together(inner)
        self._is_of_all = self._places == tuple(range(len(cast.members)))
        self._before = f"{self._label}: "
        self._origin = definition.origin
        self._number = cast.aggregates
        cast.aggregates += 1
        self._endings: dict[Exact, tuple[str, str | None, str]] = {}
        self._words = ""
        plain = self._is_of_all and not self._ends and not inner.by_weight and self._place is None
        self.piece = self._score_alone() if plain else self._piece

    def _score_alone(self) -> Callable[[Admitted, Found], Step]:
        """The same for a score of all members that nothing rounds or limits: what nearly every policy has."""
        mine, before, origin, kind, together = self._number, self._before, self._origin, self._kind, self._together

        def piece(one: Admitted, found: Found) -> Step:
            try:
                told = [each.told[mine] for each in one.seen]
            except KeyError:
                return self._piece(one, found)
            figures = [each[0] for each in told]
            score = found[1]
            if "" in figures or not figures or type(score) is not int:
                return self._piece(one, found)
            last = str(score)
            words = in_figures(self._words, together(figures, []), last)
            return _made(before + words, last, None, origin, tuple([each[1] for each in told]), kind)

        return piece

    def _piece(self, one: Admitted, found: Found) -> Step:
        """Tell it: the figures of the members put together, and what each adds."""
        seen = one.seen if self._is_of_all else [one.seen[place] for place in self._places]
        mine = self._number
        try:
            told = [each.told[mine] for each in seen]
        except KeyError:
            told = self._learned(one)
        each_adds, steps = [each[0] for each in told], tuple([each[1] for each in told])
        if "" in each_adds:  # someone is left out
            told = [each for each in told if each[0]]
            each_adds = [each[0] for each in told]
        weighed = [each[2] for each in told] if self._inner.by_weight else []
        if not self._ends:
            value: Any = found[1] if self._place is None else found[6][self._place]
            first = shown(value) if type(value) is not int else str(value)
        else:
            by_weight = self._inner.by_weight
            weights = [each.weight for each in seen if each.counts] if by_weight else []
            value = aggregated(self._inner, [each[3] for each in told], weights)
            first = exact(value)
        self._words = self._words or self._derived(one).telling.wording.expression(self._inner)
        said, before, last = in_figures(self._words, self._together(each_adds, weighed), first), None, first
        if self._ends:
            if value not in self._endings:
                if len(self._endings) >= _MOST_ENDINGS:
                    self._endings.clear()
                self._endings[value] = self._of_endings(one, said)
            more, before, last = self._endings[value]
            said += more
        return _made(self._before + said, last, before, self._origin, steps, self._kind, self._name)

    def _learned(self, one: Admitted) -> list[tuple[str, Step, str, Exact]]:
        """Of each member its figure, none where it is left out; what is told of it; its weight; its value."""
        found = []
        for place in self._places:
            known = one.seen[place].told
            if self._number not in known:
                derived = self._derived(one)
                member = derived.member(place)
                step = derived.telling.member_step(self._inner, member)
                value = derived.derivation.evaluation.number(self._inner.body, member) if member.counts else 0
                figure = derived.telling.figure(self._inner, member) if member.counts else ""
                known[self._number] = (figure, step, exact(member.weight or 0), value)
            found.append(known[self._number])
        return found

    def _of_endings(self, one: Admitted, said: str) -> tuple[str, str | None, str]:
        """What is told behind the figures: rounding and limits; it rests on the value before them alone."""
        told, before, last = self._derived(one).telling.worked_out(self._definition.expression)
        if not told.startswith(said):
            raise AssertionError(f"told as `{told}`, put together as `{said}`")
        return told.removeprefix(said), before, last
