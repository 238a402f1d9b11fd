"""A guarantee's sentence -> what is to be proved of the Program: the words of the policy put into its terms."""

from __future__ import annotations

from sespms_rules.foundation.spelling import listed
from sespms_rules.foundation.traversal import walk
from sespms_rules.language.model import System
from sespms_rules.language.syntax import proof
from sespms_rules.language.syntax.limits import (
    AtLevel,
    AtOrBetter,
    BelowLevel,
    IsRated,
    Level,
    LevelWord,
    Phrase,
    Phrases,
    is_percent,
    limit_ends,
)
from sespms_rules.language.syntax.nodes import Sentence
from sespms_rules.language.syntax.words import Noun, Quantifier
from sespms_rules.program import ir
from sespms_rules.program.lowering import quantified
from sespms_rules.proofs.solver import (
    Bounded,
    ExactlyOneLevel,
    Gives,
    Needs,
    NeverLowered,
    OrderOfEquals,
    Property,
    Reached,
)

_KINDS = {
    Noun.CRITICAL_ELEMENT: ir.Kind.CRITICAL,
    Noun.NONCRITICAL_ELEMENT: ir.Kind.NONCRITICAL,
    Noun.ELEMENT: ir.Kind.ELEMENT,
}


class UnprovableError(Exception):
    """A sentence that says nothing about what is derived from ratings; the text says why."""


def property_of(system: System, program: ir.Program, asked: Sentence) -> Property:
    """What a sentence asks of the derivation. Raises UnprovableError for one that cannot be asked of it."""
    _of_levels_there(asked, system, program)
    match asked:
        case proof.TotalRating():
            return ExactlyOneLevel()
        case proof.Reachable():
            return Reached(tuple(sorted(_levels(system, program), reverse=True)))
        case proof.Monotone():
            return NeverLowered()
        case proof.Bounded():
            return Bounded()
        case proof.EqualsAlike():
            return OrderOfEquals()
        case proof.Needs(level=word, phrases=phrases):
            return Needs(_level(word), _condition(phrases))
        case proof.Gives(phrases=phrases, level=word):
            return Gives(_condition(phrases), _level(word))
    raise UnprovableError("it does not speak of what is derived from ratings")


def _levels(system: System, program: ir.Program) -> list[int]:
    """The levels of a system: those it declares, else those that the derivation gives points."""
    return [each.number for each in system.levels] or [level for level, _ in program.summary.points]


def _of_levels_there(asked: Sentence, system: System, program: ir.Program) -> None:
    """Raise UnprovableError for a level that the system lacks: of it anything would be proved."""
    known = _levels(system, program)
    for word in walk(asked):
        if isinstance(word, Level) and word.number.value not in known:
            raise UnprovableError(
                f"the system has no level {word.number.text}: its levels are {listed(map(str, known))}"
            )


def _level(word: LevelWord) -> int:
    if not isinstance(word, Level):
        raise UnprovableError("`any level` leaves open which level is meant")
    return int(word.number.value)


def _condition(phrases: Phrases) -> ir.Condition:
    parts = tuple(_phrase(phrase) for phrase in phrases.parts)
    return parts[0] if len(parts) == 1 else ir.All(parts)


def _phrase(phrase: Phrase) -> ir.Condition:
    kind = _KINDS.get(phrase.noun)
    if kind is None:
        raise UnprovableError("it speaks of requirements, and the summary rating is derived from elements")
    members, test = ir.Group(kind), _test(phrase)
    if isinstance(phrase.quantity, Quantifier):
        return quantified(phrase.quantity, members, test)
    low, high = limit_ends(phrase.quantity)
    if is_percent(phrase.quantity):
        return ir.ShareThat(members, test, low, high)
    if any(end is not None and end.denominator != 1 for end in (low, high)):
        raise UnprovableError("it counts elements by a number that is not whole")
    return ir.NumberThat(members, test, None if low is None else int(low), None if high is None else int(high))


def _test(phrase: Phrase) -> ir.MemberTest:
    match phrase.place:
        case AtLevel(level=word):
            return ir.MemberTest(ir.TestKind.AT, _level(word))
        case AtOrBetter(level=word):
            return ir.MemberTest(ir.TestKind.AT_OR_BETTER, _level(word))
        case BelowLevel(level=word):
            return ir.MemberTest(ir.TestKind.BELOW, _level(word))
        case IsRated():
            return ir.MemberTest(ir.TestKind.RATED)
    return ir.MemberTest(ir.TestKind.NOT_RATED)
