"""The lines of a derivation, and what they say of one set of levels.

Out differs from in: each band, row and override answers for a profile (the level of every member): yes, no, or
None where it reads more than levels and the score.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from fractions import Fraction
from operator import eq, ge, lt

from sespms_rules.checks.analysis.intervals import EVERYTHING, Interval, of_range
from sespms_rules.checks.analysis.levels import level_number
from sespms_rules.checks.analysis.sentences import chosen
from sespms_rules.foundation.values import Frozen, cache_by_identity
from sespms_rules.language.model import Element, Part, Stated, System
from sespms_rules.language.syntax.derivation import Band, FirstFits, LevelCap, Override, Row, RowOtherwise
from sespms_rules.language.syntax.formula import (
    Clause,
    ClauseOfPlace,
    ClauseOfScore,
    Outcome,
)
from sespms_rules.language.syntax.limits import (
    AtLevel,
    AtOrBetter,
    BelowLevel,
    IsRated,
    Limit,
    Negative,
    Phrase,
    Phrases,
    Place,
    is_percent,
    limit_ends,
    signed_value,
)
from sespms_rules.language.syntax.nodes import Number
from sespms_rules.language.syntax.words import Comparator, Noun, PartKind, Quantifier

Line = Band | Row | RowOtherwise


class Derivation(Frozen):
    """A part that derives a rating: the summary rating (`element` is None) or an element from its requirements."""

    part: Part
    element: Element | None

    @property
    def lines(self) -> tuple[Line, ...]:
        """Bands and rows in the order of the text."""
        return _lines_of(self.part.sentences)

    @property
    def overrides(self) -> tuple[Override, ...]:
        """What is read before all lines."""
        return chosen(self.part.sentences, Override)

    @property
    def caps(self) -> tuple[LevelCap, ...]:
        """What is read after all lines, and only lowers the level."""
        return chosen(self.part.sentences, LevelCap)

    @property
    def in_order(self) -> bool:
        """Whether the first line that fits holds."""
        return bool(chosen(self.part.sentences, FirstFits))


class RatedMember(Frozen, often=True):
    """A member with its level; None where it is rated by a number.

    `name` is empty for an element that only the plan names, and None for a requirement.
    """

    name: str | None
    critical: bool
    level: int | None


Profile = tuple[RatedMember, ...]


@cache_by_identity(256)
def _lines_of(sentences: tuple[Stated, ...]) -> tuple[Line, ...]:
    return tuple(each.sentence for each in sentences if isinstance(each.sentence, Line))


def derivations(system: System) -> Iterator[Derivation]:
    """The summary rating, then every element that is derived from its requirements."""
    summary = system.part(PartKind.RATING)
    if summary is not None:
        yield Derivation(summary, None)
    for element in system.elements:
        if element.requirements_rated:
            yield Derivation(element.part, element)


def outcome_of(line: Line | Override | LevelCap) -> Outcome:
    """What a line gives."""
    return line.level if isinstance(line, Override | LevelCap) else line.outcome


def covered(line: Line, profile: Profile) -> Interval | None:
    """The scores that a line may give its outcome to; None where it does not fit these levels.

    A condition that cannot be read from the levels alone is taken to hold, so that nothing is called a gap that
    might be none.
    """
    match line:
        case RowOtherwise():
            return EVERYTHING
        case Band(score_range, floor, _):
            fits = floor is None or holds(floor, profile) is not False
            return of_range(score_range) if fits else None
        case Row(_, conditions):
            reached = EVERYTHING
            for clause in conditions.parts:
                if isinstance(clause, ClauseOfScore):
                    reached = reached.meet(_compared(clause))
                elif _clause_holds(clause, profile) is False:
                    return None
            return None if reached.is_empty else reached


def is_read(line: Line, profile: Profile) -> bool:
    """Whether all that a line asks can be read from these levels and the score."""
    match line:
        case Band(_, floor, _):
            return floor is None or holds(floor, profile) is not None
        case Row(_, conditions):
            return all(
                isinstance(clause.comparison.operand, Number | Negative)
                if isinstance(clause, ClauseOfScore)
                else _clause_holds(clause, profile) is not None
                for clause in conditions.parts
            )
    return True


def holds(phrases: Phrases, profile: Profile) -> bool | None:
    """Whether all phrases hold of these levels; None where one cannot be read."""
    answers = [_phrase_holds(phrase, profile) for phrase in phrases.parts]
    return False if False in answers else None if None in answers else True


def _clause_holds(clause: Clause, profile: Profile) -> bool | None:
    match clause:
        case Phrase():
            return _phrase_holds(clause, profile)
        case ClauseOfPlace(name, place):
            found = next((member for member in profile if member.name == name.text), None)
            return None if found is None else _standing([found], place)[0]
    return None


def _phrase_holds(phrase: Phrase, profile: Profile) -> bool | None:
    if [member for member in profile if (member.name is None) is not (phrase.noun is Noun.REQUIREMENT)]:
        return None  # it speaks of the members of another derivation
    standing = _standing([member for member in profile if _is_meant(phrase.noun, member)], phrase.place)
    if None in standing:
        return None
    count, all_of_them = standing.count(True), len(standing)
    match phrase.quantity:
        case Quantifier.ANY:
            return count > 0
        case Quantifier.NO:
            return count == 0
        case Quantifier.EVERY:
            return count == all_of_them
        case Quantifier.MAJORITY:
            return 2 * count > all_of_them
        case Quantifier.HALF:
            return 2 * count >= all_of_them if all_of_them else None
    return _within(phrase.quantity, count, all_of_them)


def _within(limit: Limit, count: int, all_of_them: int) -> bool | None:
    low, high = limit_ends(limit)
    if is_percent(limit):
        if all_of_them == 0:
            return None
        counted = Fraction(100 * count, all_of_them)
    else:
        counted = Fraction(count)
    return (low is None or counted >= low) and (high is None or counted <= high)


def _is_meant(noun: Noun, member: RatedMember) -> bool:
    if noun is Noun.CRITICAL_ELEMENT:
        return member.critical
    return not (noun is Noun.NONCRITICAL_ELEMENT and member.critical)


_TESTS: dict[type[Place], Callable[[int, int | Fraction], bool]] = {AtLevel: eq, AtOrBetter: ge, BelowLevel: lt}


def _standing(members: Sequence[RatedMember], place: Place) -> list[bool | None]:
    """Whether each member stands at a place; None where that cannot be read."""
    if not isinstance(place, AtLevel | AtOrBetter | BelowLevel):
        return [isinstance(place, IsRated)] * len(members)
    wanted, test = level_number(place.level), _TESTS[type(place)]
    if wanted is None:
        return [None] * len(members)
    # Whole numbers are compared many times faster than fractions.
    number = int(wanted) if wanted.denominator == 1 else wanted
    return [None if member.level is None else test(member.level, number) for member in members]


def _compared(clause: ClauseOfScore) -> Interval:
    """The scores that a comparison with a fixed number allows; everything where it is no fixed number."""
    operand = clause.comparison.operand
    if not isinstance(operand, Number | Negative):
        return EVERYTHING
    value = signed_value(operand)
    match clause.comparison.comparator:
        case Comparator.AT_LEAST:
            return Interval(value, True, None, False)
        case Comparator.MORE_THAN:
            return Interval(value, False, None, False)
        case Comparator.AT_MOST:
            return Interval(None, False, value, True)
        case Comparator.LESS_THAN:
            return Interval(None, False, value, False)
        case Comparator.EXACTLY:
            return Interval(value, True, value, True)
