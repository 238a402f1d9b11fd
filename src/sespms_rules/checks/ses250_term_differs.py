"""A text that speaks of a level by another word than the levels block."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from sespms_rules.checks.analysis.levels import FEDERAL_LEVELS, declared, folded, term
from sespms_rules.checks.analysis.sentences import parts_of, within
from sespms_rules.checks.analysis.terms import MEANINGS, Mention, mentions, misspellings, terms_in
from sespms_rules.foundation.diagnostic import Diagnostic, Label, warning
from sespms_rules.foundation.line_edits import instead
from sespms_rules.foundation.source import Span
from sespms_rules.foundation.spelling import listed
from sespms_rules.foundation.values import Frozen
from sespms_rules.language.model import System
from sespms_rules.language.syntax.derivation import Ask, CodeResult, TableLevel, TableOtherwise, TableRow
from sespms_rules.language.syntax.elements import LevelDefinition, RequiresText, Standard
from sespms_rules.language.syntax.nodes import Prose, Quoted, Sentence
from sespms_rules.language.syntax.steps import OtherCases, Step
from sespms_rules.language.syntax.system import LeavesOut, Purpose

FINDING = warning("SES250", "term-differs")

_SAYS_IT = (Purpose, LeavesOut, Standard, RequiresText, OtherCases, Ask, Step, TableRow, TableLevel, TableOtherwise)
"""Sentences with wording of the agency's own. What it adapts or accepts is left out: there it speaks of others."""


class _Terms(Frozen):
    """The terms of a system by level, as written; the sentences that declare them; all of them, folded."""

    labels: dict[int, str]
    definitions: Mapping[int, LevelDefinition]
    known: frozenset[str]


def check(system: System) -> Iterator[Diagnostic]:
    """Find level terms in standards, requirements and other wording that the levels block does not declare so."""
    terms = _terms(system)
    labels = tuple(terms.labels.values())
    for where in _texts(system):
        text = where.text
        slips = [(slip, label) for slip, label in misspellings(text, labels) if folded(slip.words) not in terms.known]
        for slip, label in slips:
            yield _differs(where, slip, terms, _level_of(label, terms))
        for mention in mentions(text, terms.known):
            if any(slip.start < mention.end and mention.start < slip.end for slip, _ in slips):
                continue
            if folded(mention.words) not in terms.known:
                yield _differs(where, mention, terms, MEANINGS.get(folded(mention.words)))
            elif mention.number is not None:
                yield from _misnumbered(where, mention, terms)


def _terms(system: System) -> _Terms:
    """What the levels block says; the regulation's terms where it says nothing."""
    definitions = declared(system)
    if not definitions:
        labels = {number: federal.value for number, federal in FEDERAL_LEVELS.items()}
    else:
        labels = {number: words for number, each in definitions.items() if (words := term(each)) is not None}
    known = frozenset[str]().union(*map(terms_in, labels.values()))
    return _Terms(labels, definitions, known)


def _texts(system: System) -> Iterator[Span]:
    """Where the agency's own wording stands: in its sentences, and in the names of its worked examples."""
    for part in parts_of(system):
        for stated in part.sentences:
            if isinstance(stated.sentence, _SAYS_IT):
                yield from _wording(stated.sentence)
    for scenario in system.scenarios:
        heading = scenario.origin.span
        start, quote, _ = heading.text.partition('"')
        if quote:
            yield Span(heading.source, heading.start + len(start), heading.end)


def _wording(sentence: Sentence) -> Iterator[Span]:
    if isinstance(sentence, TableRow | TableLevel | TableOtherwise):
        yield from (each.text.span for each in within(sentence.result, CodeResult))
        return
    for kind in (Quoted, Prose):
        yield from (each.span for each in within(sentence, kind))


def _differs(where: Span, mention: Mention, terms: _Terms, number: int | None) -> Diagnostic:
    """A term that no level has; `number` is the level that is probably meant."""
    meant = terms.labels.get(number) if number is not None else None
    if meant is not None:
        help = f"if level {number} is meant, write `{meant}`; a level has one term, the one in the levels block"
    else:
        help = f"write the term of the level that is meant: {listed(_all(terms), 'or')}"
    definition = terms.definitions.get(number) if number is not None else None
    labels = (Label(definition.label.span, f"the term of level {number}"),) if definition else ()
    place = _place(where, mention)
    return FINDING.at(
        place,
        f"the text speaks of `{mention.words}`, and no level has that term",
        help=help,
        labels=labels,
        fixes=(instead(place, meant),) if meant is not None and place.text == mention.words else (),
    )


def _misnumbered(where: Span, mention: Mention, terms: _Terms) -> Iterator[Diagnostic]:
    """A term of the system beside the number of another level."""
    numbers = [number for number, label in terms.labels.items() if folded(mention.words) in terms_in(label)]
    if not numbers or mention.number in numbers:
        return
    definition = terms.definitions.get(numbers[0])
    yield FINDING.at(
        _place(where, mention),
        f"the text calls level {mention.number} `{mention.words}`, which is the term of level {numbers[0]}",
        help="let the number and the term name the same level",
        labels=(Label(definition.label.span, f"the term of level {numbers[0]}"),) if definition else (),
    )


def _level_of(label: str, terms: _Terms) -> int:
    return next(number for number, each in terms.labels.items() if each == label)


def _all(terms: _Terms) -> list[str]:
    return [f"`{terms.labels[number]}`" for number in sorted(terms.labels, reverse=True)]


def _place(where: Span, mention: Mention) -> Span:
    return Span(where.source, where.start + mention.start, where.start + mention.end)
