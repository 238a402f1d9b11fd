"""One derivation while it is told, and what is told of an aggregate: the figures of its members, put together."""

from __future__ import annotations

from typing import Any

from sespms_rules.engines.reference.derivation import Derivation, derive
from sespms_rules.engines.reference.engine import rate
from sespms_rules.engines.reference.evaluation import Present, aggregated
from sespms_rules.engines.reference.narration import (
    Telling,
    figures_together,
    kind_of,
    label,
    shown,
    worked_out_words,
)
from sespms_rules.engines.reference.once_admitted import Admitted, Cast
from sespms_rules.engines.reference.stage_text import Found
from sespms_rules.foundation.origin import exact
from sespms_rules.program.arithmetic import Exact
from sespms_rules.program.ir import Aggregate, Definition, Program, ScoreDefinition
from sespms_rules.program.rating import Appraisal, Rating, Step

MOST_KNOWN = 65_536
"""So many things that were told are remembered of each sort."""


class OneDerivation:
    """One appraisal while it is told; it is derived by the interpreting reference when first a piece is not known."""

    __slots__ = ("_admitted", "_derivation", "_program", "_states", "_telling", "facts", "seen")

    def __init__(self, program: Program, admitted: Admitted) -> None:
        self._program = program
        self._admitted = admitted
        self._telling: Telling | None = None
        self._derivation: Derivation | None = None
        self._states: tuple[int, ...] | None = None
        self.seen = admitted.seen
        self.facts = admitted.facts

    @property
    def states(self) -> tuple[int, ...]:
        """What each member has, but for weights and names."""
        if self._states is None:
            self._states = tuple([each.state for each in self.seen])
        return self._states

    @property
    def derivation(self) -> Derivation:
        """What the interpreting reference finds."""
        if self._derivation is None:
            case = self._admitted.case(self._program.summary)
            self._derivation = derive(case, {table.name: table for table in self._program.tables})
        return self._derivation

    @property
    def telling(self) -> Telling:
        """What tells of it."""
        if self._telling is None:
            self._telling = Telling(self.derivation.evaluation)
        return self._telling

    @property
    def rating(self) -> Rating:
        """What the interpreting reference makes of it, untold."""
        return rate(self._program, Appraisal("", ()), trace=False, admitted=self._admitted.case(self._program.summary))

    def member(self, place: int) -> Present:
        """The member at a place."""
        return self.derivation.evaluation.members[place]


class AggregateTold:
    """A value that is an aggregate over members, each of which adds what rests on nothing else than itself."""

    def __init__(
        self, cast: Cast, definition: Definition | ScoreDefinition, inner: Aggregate, place: int | None
    ) -> None:
        self._definition = definition
        self._inner = inner
        self._place = place
        self._name = None if isinstance(definition, ScoreDefinition) else definition.name
        self._label = label(self._name)
        self._kind = kind_of(self._name)
        self._places = cast.shape.places(inner.members)
        self._known: list[tuple[int, dict[int, tuple[str, str, Exact, Step]]]] = [(each, {}) for each in self._places]
        self._endings: dict[Exact, tuple[str, str | None, str]] = {}
        self._ends = definition.expression is not inner
        self._words = ""

    def piece(self, one: OneDerivation, found: Found) -> Step:
        """Tell it: the figures of the members put together, and what each adds."""
        seen = one.seen
        told = [known.get(seen[place].number) or self._of_member(one, place, known) for place, known in self._known]
        steps = tuple([each[3] for each in told])
        counted, each_adds = told, [each[0] for each in told]
        if "" in each_adds:  # someone is left out
            counted = [each for each in told if each[0]]
            each_adds = [each[0] for each in counted]
        weighed = [each[1] for each in counted] if self._inner.by_weight else []
        figures = figures_together(self._inner, each_adds, weighed)
        if not self._ends:
            value: Any = found[1] if self._place is None else found[6][self._place]
            first = shown(value) if type(value) is not int else str(value)
        else:
            by_weight = self._inner.by_weight
            weights = [seen[place].weight for place in self._places if seen[place].counts] if by_weight else []
            value = aggregated(self._inner, [each[2] for each in counted], weights)
            first = exact(value)
        self._words = self._words or one.telling.wording.expression(self._inner)
        said, before, last = worked_out_words(self._inner, self._words, figures, first), None, first
        if self._ends:
            if value not in self._endings:
                self._endings[value] = self._of_endings(one, said)
            more, before, last = self._endings[value]
            said += more
        return Step(f"{self._label}: {said}", last, before, self._definition.origin, steps, self._kind, self._name)

    def _of_member(
        self, one: OneDerivation, place: int, known: dict[int, tuple[str, str, Exact, Step]]
    ) -> tuple[str, str, Exact, Step]:
        """The figure of a member, none where it is left out; its weight; its value; and what is told of it."""
        if len(known) > MOST_KNOWN:
            known.clear()
        member, telling = one.member(place), one.telling
        step = telling.member_step(self._inner, member)
        figure: str = ""
        value: Exact = 0
        if member.counts:
            figure = telling.figure(self._inner, member)
            value = one.derivation.evaluation.number(self._inner.body, member)
        found = known[one.seen[place].number] = (figure, exact(member.weight or 0), value, step)
        return found

    def _of_endings(self, one: OneDerivation, said: str) -> tuple[str, str | None, str]:
        """What is told behind the figures: rounding and limits; it rests on the value before them alone."""
        told, before, last = one.telling.worked_out(self._definition.expression)
        if not told.startswith(said):
            raise AssertionError(f"told as `{told}`, put together as `{said}`")
        return told.removeprefix(said), before, last
