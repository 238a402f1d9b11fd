"""Tells how one value of a stage came about and why a condition holds or does not."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import assert_never

from sespms_rules.engines.reference.evaluation import Evaluation, LevelNotYetKnown, Present, TheValue
from sespms_rules.engines.refusals import Refused
from sespms_rules.foundation.origin import Origin, exact
from sespms_rules.foundation.spelling import listed
from sespms_rules.program.arithmetic import Exact
from sespms_rules.program.bands import band_words, split_band
from sespms_rules.program.ir import (
    Aggregate,
    Aggregation,
    All,
    Choice,
    Compare,
    Condition,
    Constant,
    Difference,
    EveryOne,
    Expression,
    Group,
    Largest,
    LookUp,
    MajorityThat,
    Members,
    MemberTest,
    NumberThat,
    Own,
    Product,
    Quotient,
    Relation,
    Rounded,
    Row,
    ShareThat,
    Smallest,
    Sum,
    Table,
    Take,
    TestKind,
    TheFact,
    Within,
)
from sespms_rules.program.rating import Step, StepKind
from sespms_rules.program.wording import RELATION_WORDS, Wording, joined, place_words, rounding_words

MOST_NAMES = 6
"""More members than this are counted in a reason, not named."""


def shown(value: TheValue) -> str:
    """A value as text: an exact number, or a code in quotes."""
    return f'"{value}"' if isinstance(value, str) else exact(value)


def label(name: str | None) -> str:
    """How a value is called: by its name in quotes, the score (None) by that word."""
    return "score" if name is None else f'"{name}"'


def kind_of(name: str | None) -> StepKind:
    """What a step tells of that says how a value of a name, or the score (None), was worked out."""
    return StepKind.SCORE if name is None else StepKind.VALUE


class Telling:
    """Tells of one stage; it asks the stage's evaluation for every value and changes nothing."""

    def __init__(self, evaluation: Evaluation) -> None:
        self.evaluation = evaluation
        self.wording = Wording(evaluation.stage)
        self._of_each: dict[tuple[int, int], Exact] = {}
        self._origins = {member.name: member.origin for member in evaluation.stage.members}

    def origin_of(self, member: Present) -> Origin | None:
        """Return where the policy names a member; None of one that only this plan has."""
        return self._origins.get(member.name)

    # ---- values ----------------------------------------------------------------------------------

    def _number(self, expression: Expression, own: Present) -> Exact:
        """What an expression is for one member; a sum asks for it as its figure, and again to tell of the member."""
        asked = id(expression), id(own)
        found = self._of_each.get(asked)
        if found is None:
            found = self._of_each[asked] = self.evaluation.number(expression, own)
        return found

    def value_step(
        self, name: str | None, expression: Expression, origin: Origin, known: TheValue | None = None
    ) -> Step:
        """Tell how the value of a name or the score (None) was worked out; `known` is what was found, if at hand."""
        told, before, value = self.worked_out(expression, known=known)
        steps = tuple(self._inner_steps(expression))
        return Step(f"{label(name)}: {told}", value, before, origin, steps, kind_of(name), name)

    def worked_out(
        self, expression: Expression, own: Present | None = None, known: TheValue | None = None
    ) -> tuple[str, str | None, str]:
        """Tell an expression: the sentence, the value before rounding or limits if these changed it, the value."""
        inner, endings = without_endings(expression)
        first = shown(self.evaluation.value(inner, own) if known is None or endings else known)
        words, figures = self.wording.expression(inner), self._top_figures(inner, own)
        told = worked_out_words(inner, words, figures, first)
        last = first
        for ending in endings:
            now = shown(self.evaluation.value(ending, own))
            told += self._ending(ending, last, now)
            last = now
        return told, None if last == first else first, last

    def _ending(self, ending: Expression, before: str, after: str) -> str:
        if isinstance(ending, Rounded):
            return f", {rounding_words(ending)} is {after}"
        assert isinstance(ending, Largest | Smallest)  # noqa: S101 - without_endings takes off nothing else
        word = "no less than" if isinstance(ending, Largest) else "no more than"
        bound = self.wording.expression(ending.operands[1])
        return f", which is {word} {bound}" if before == after else f", but {word} {bound} is {after}"

    def _top_figures(self, expression: Expression, own: Present | None) -> str:
        """The figures of an expression; those of an aggregate one by one."""
        if not isinstance(expression, Aggregate):
            return self._figures(expression, own)
        counted = self.evaluation.counted(expression.members)
        figures = [self.figure(expression, each) for each in counted]
        return figures_together(expression)(figures, [exact(each.weight or 0) for each in counted])

    def figure(self, aggregate: Aggregate, member: Present) -> str:
        """What one member adds to an aggregate."""
        return exact(self._number(aggregate.body, member))

    def _figures(self, expression: Expression, own: Present | None) -> str:
        match expression:
            case Sum(left, right) | Difference(left, right) | Product(left, right) | Quotient(left, right):
                return joined(expression, self._figures(left, own), self._figures(right, own))
            case Largest(operands) | Smallest(operands):
                which = "larger" if isinstance(expression, Largest) else "smaller"
                return f"the {which} of {listed(self._figures(each, own) for each in operands)}"
            case Choice(condition, then, otherwise):
                return self._figures(then if self.evaluation.holds(condition, own) else otherwise, own)
            case _:
                return shown(self.evaluation.value(expression, own))

    def _inner_steps(self, expression: Expression) -> Iterator[Step]:
        """Tell what an expression is made of: an aggregate's members, a choice's reason, a table's line."""
        inner, _ = without_endings(expression)
        if isinstance(inner, Aggregate):
            yield from self._member_steps(inner)
            return
        for part in self._parts(inner):
            match part:
                case Aggregate():
                    told, _, value = self.worked_out(part)
                    yield Step(told, value, None, None, tuple(self._member_steps(part)))
                case Choice(condition, then, otherwise):
                    holds, reason = self.reason(condition)
                    chosen = self.wording.expression(then if holds else otherwise)
                    yield Step(f"{reason}, so {chosen} is taken", "yes" if holds else "no")
                case LookUp(name, key):
                    yield self._table_step(self.evaluation.tables[name], key)
                case _:
                    value = shown(self.evaluation.value(part))
                    yield Step(f"{self.wording.expression(part)} is {value}", value)

    def _parts(self, expression: Expression) -> Iterator[Expression]:
        match expression:
            case Sum(left, right) | Difference(left, right) | Product(left, right) | Quotient(left, right):
                yield from self._parts(left)
                yield from self._parts(right)
            case Largest(operands) | Smallest(operands):
                for operand in operands:
                    yield from self._parts(operand)
            case Choice(condition, then, otherwise):
                yield expression
                yield from self._parts(then if self.evaluation.holds(condition) else otherwise)
            case Rounded(operand):
                yield from self._parts(operand)
                yield expression
            case LookUp(_, key):
                yield from self._parts(key)
                yield expression
            case Aggregate():
                yield expression
            case _:
                return

    def _table_step(self, table: Table, key: Expression) -> Step:
        value = self.evaluation.number(key)
        result = shown(self.evaluation.value(LookUp(table.name, key)))
        said = f'table "{table.name}": {exact(value)} gives {result}'
        for row in table.rows:
            if row.keys.holds(value):
                return Step(said, result, None, row.origin)
        return Step(
            f'table "{table.name}": {exact(value)} is in none of its lines, so `otherwise` gives {result}', result
        )

    # ---- members ---------------------------------------------------------------------------------

    def _member_steps(self, aggregate: Aggregate) -> Iterator[Step]:
        for member in self.evaluation.members_of(aggregate.members):
            yield self.member_step(aggregate, member)

    def member_step(self, aggregate: Aggregate, member: Present) -> Step:
        """Tell what one member adds to an aggregate, or that it is left out."""
        origin = self.origin_of(member)
        if not member.counts:
            said = f"{member.name}: not rated, so it is left out"
            return Step(said, "left out", None, origin, (), StepKind.MEMBER, member.name)
        value = self.figure(aggregate, member)
        said = self._contribution(aggregate.body, member)
        if aggregate.by_weight:
            said += f", counted with weight {exact(member.weight or 0)}"
        return Step(f"{member.name}: {said}", value, None, origin, (), StepKind.MEMBER, member.name)

    def _contribution(self, body: Expression, member: Present) -> str:
        match body:
            case Own(Take.POINTS):
                if member.level is None:
                    return f"rated {exact(member.points or 0)}"
                points = exact(member.points or 0)
                return f"{rating_words(member)} is {points} point{'' if points == '1' else 's'}"
            case Own(Take.LEVEL):
                return rating_words(member)
            case Own(take):
                return f"{take} {exact(self.evaluation.taken(member, take))}"
            case Product(left, Own(Take.WEIGHT)):
                value = exact(self._number(body, member))
                return f"{self._contribution(left, member)}, times weight {exact(member.weight or 0)} is {value}"
            case _:
                return self.worked_out(body, member)[0]

    def each_step(self, name: str, members: Members, expression: Expression, origin: Origin) -> Step:
        """Tell a value that is defined of each member."""
        steps: list[Step] = []
        for member in self.evaluation.members_of(members):
            if member.counts:
                told, before, value = self.worked_out(expression, member)
                origin_of = self.origin_of(member)
                steps.append(Step(f"{member.name}: {told}", value, before, origin_of, (), StepKind.MEMBER, member.name))
        who = f"each {self.wording.nouns(members, 1)}" if isinstance(members, Group) else self.wording.members(members)
        values = listed(step.value for step in steps) or "none"
        said = f'"{name}" of {who}: {self.wording.expression(expression)}'
        return Step(said, values, None, origin, tuple(steps), StepKind.VALUE, name)

    # ---- conditions ------------------------------------------------------------------------------

    def reason(self, condition: Condition, own: Present | None = None) -> tuple[bool, str]:
        """Say whether a condition holds, and why or why not."""
        holds = self.evaluation.holds(condition, own)
        match condition:
            case Compare(TheFact(name, words), Relation.EQUAL, Constant(place)) if words:
                mine = words[int(self.evaluation.facts[name]) - 1]
                wanted = "" if holds else f', not "{words[int(place) - 1]}"'
                return holds, f'"{name}" is "{mine}"{wanted}'
            case Compare(left, relation, right):
                no = "" if holds else "not "
                return holds, f"{self._side(left, own)} is {no}{RELATION_WORDS[relation]} {self._side(right, own)}"
            case Within(ends=ends):
                return holds, self._joined_reasons(ends, holds, own)
            case All(parts):
                return holds, self._joined_reasons(parts, holds, own)
            case NumberThat() | EveryOne() | MajorityThat() | ShareThat():
                return holds, self._count(condition.members, condition.test)
        assert_never(condition)

    def _joined_reasons(self, parts: Iterable[Condition], holds: bool, own: Present | None = None) -> str:
        """The reasons of the parts that agree with the whole; a part may have no answer once another decides."""
        texts: list[str] = []
        for part in parts:
            try:
                part_holds, text = self.reason(part, own)
            except (Refused, LevelNotYetKnown):
                continue
            if part_holds is holds:
                texts.append(text)
        return ", and ".join(texts)

    def _side(self, expression: Expression, own: Present | None) -> str:
        value = shown(self.evaluation.value(expression, own))
        return value if isinstance(expression, Constant) else f"{self.wording.expression(expression)} {value}"

    def _count(self, members: Members, test: MemberTest) -> str:
        """Say how many members pass a test, with their names where they are few."""
        passing, asked = self.evaluation.passing(members, test)
        place = place_words(test)
        if not isinstance(members, Group) and len(members.names) == 1:
            only = self.evaluation.member(members.names[0])
            if only is None:
                return f'"{members.names[0]}" is not in the plan'
            # Who is at level 5 need not be told so twice.
            open_ended = test.kind in (TestKind.AT_OR_BETTER, TestKind.BELOW) or (
                test.kind is TestKind.AT and not (passing and only.rated)
            )
            now = f" ({rating_words(only).rstrip(',')})" if open_ended else ""
            return f'"{only.name}" is {"" if passing else "not "}{place}{now}'
        nouns = self.wording.nouns(members, asked)
        if asked == 0:
            return f"there is no {self.wording.nouns(members, 1)} to count"
        if not passing:
            return f"none of the {asked} {nouns} is {place}" if asked > 1 else f"the 1 {nouns} is not {place}"
        names = listed(f'"{each.name}"' for each in passing)
        few = f" ({names})" if len(passing) <= MOST_NAMES and len(passing) < asked else ""
        if len(passing) == asked:
            return f"all {asked} {nouns} are {place}" if asked > 1 else f"the 1 {nouns} is {place}"
        return f"{len(passing)} of {asked} {nouns} {'is' if len(passing) == 1 else 'are'} {place}{few}"

    def row_reason(self, row: Row) -> tuple[bool, str]:
        """Say whether a line fits and why: a band of scores first, all else behind it."""
        holds, reason = self.reason(row.condition)
        band, others = split_band(row.condition)
        score = self.evaluation.score
        if band is None or score is None:
            return holds, reason
        within = band.holds(score)
        closed = band.low is not None and band.low_in and band.high is not None and band.high_in
        if closed and band.low != band.high:
            place = f"{exact(score)} {'lies' if within else 'does not lie'} in {band_words(band)}"
        else:
            place = f"score {exact(score)} is {'' if within else 'not '}{band_words(band)}"
        rest = self._joined_reasons(others, holds)
        return holds, ", and ".join(text for text in (place if within is holds else "", rest) if text)


def rating_words(member: Present) -> str:
    """A member's rating in words: `level 4`, `rated 91`, `not rated, which counts as level 3`."""
    if member.level is not None:
        return f"level {member.level}" if member.rated else f"not rated, which counts as level {member.level},"
    if member.number is not None:
        return f"rated {exact(member.number)}"
    if member.counts and member.score is not None:
        return f"score {exact(member.score)}"
    return "not rated"


def worked_out_words(inner: Expression, words: str, figures: str, first: str) -> str:
    """How a value came about, before rounding and limits: in words, in figures, and what it is."""
    if isinstance(inner, Constant):
        return first
    if isinstance(inner, Choice):
        return f"{words}, which gives {first}"
    return in_figures(words, figures, first)


def in_figures(words: str, figures: str, first: str) -> str:
    """How a value came about that is neither a constant nor a choice."""
    return f"{words} is {first}" if figures == first else f"{words}: {figures} = {first}"


def figures_together(aggregate: Aggregate) -> Callable[[list[str], list[str]], str]:
    """What puts the figures of the members of an aggregate together as it takes them; from these and their weights."""
    match aggregate.aggregation:
        case Aggregation.SUM:
            return lambda figures, _: " + ".join(figures) or "0"
        case Aggregation.LOWEST | Aggregation.HIGHEST:
            which = f"the {aggregate.aggregation} of "
            return lambda figures, _: f"{which if len(figures) > 1 else ''}{listed(figures)}"
        case Aggregation.AVERAGE if aggregate.by_weight:
            return _weighed_average
        case Aggregation.AVERAGE:
            return lambda figures, _: f"({' + '.join(figures)}) ÷ {len(figures)}"
    assert_never(aggregate.aggregation)


def _weighed_average(figures: list[str], weights: list[str]) -> str:
    products = [f"{figure} × {weight}" for figure, weight in zip(figures, weights, strict=True)]
    return f"({' + '.join(products)}) ÷ ({' + '.join(weights)})"


def without_endings(expression: Expression) -> tuple[Expression, list[Expression]]:
    """Take off rounding and limits; the endings come back in the order they are applied."""
    endings: list[Expression] = []
    while True:
        match expression:
            case Rounded(operand):
                pass
            case Largest((operand, Constant())) | Smallest((operand, Constant())):
                pass
            case _:
                return expression, endings[::-1]
        endings.append(expression)
        expression = operand
