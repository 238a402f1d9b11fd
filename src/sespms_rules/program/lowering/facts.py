"""Facts about the executive or the unit: syntax -> ir, and what a fact cannot be."""

from __future__ import annotations

from fractions import Fraction
from typing import Final, assert_never

from sespms_rules.foundation.diagnostic import Fix
from sespms_rules.foundation.line_edits import exchanged, instead
from sespms_rules.foundation.spelling import backticked, did_you_mean, nearest_name
from sespms_rules.language.model import Stated, System
from sespms_rules.language.resolution import respelled
from sespms_rules.language.syntax.elements import AlsoRated
from sespms_rules.language.syntax.facts import FactOfDecimals, FactOfWholeNumbers, FactOfWords, FactSentence
from sespms_rules.language.syntax.formula import ClauseOfWord
from sespms_rules.language.syntax.limits import signed_value
from sespms_rules.language.syntax.nodes import Quoted
from sespms_rules.language.syntax.words import PartKind
from sespms_rules.program import ir
from sespms_rules.program.lowering.findings import (
    FACT_CANNOT_BE,
    NAME_WITH_TWO_MEANINGS,
    UNKNOWN_NAME,
    WORD_NOT_OF_FACT,
    WRONG_SORT_OF_NAME,
    Findings,
)
from sespms_rules.program.lowering.kinds import Typed, ValueKind, unknown
from sespms_rules.program.lowering.scope import Scope

MOST_WORDS: Final = 100
"""So many words may a fact have."""

MOST_VALUES: Final = 10**9
"""So many different numbers may a fact have."""

_MOST_DECIMALS: Final = 6

_OWN_COLUMNS: Final = ("id", "appointment", "unit")
"""What a roster says of each executive anyway."""


def facts(system: System, findings: Findings) -> tuple[ir.Fact, ...]:
    """What a system declares as facts; those with a finding are left out."""
    found: dict[str, ir.Fact] = {}
    elements = {element.name.casefold() for element in system.elements}
    said = (each.sentence for element in system.elements for each in element.part.sentences)
    further = {each.name.text.casefold() for each in said if isinstance(each, AlsoRated)}
    for stated in system.sentences(PartKind.FACTS):
        sentence = stated.sentence
        if not isinstance(sentence, FactSentence):
            continue
        name = sentence.name.text
        if name.casefold() in elements | further:
            what = "an element" if name.casefold() in elements else "an additional rating"
            message = f"`{name}` is already the name of {what}"
            findings.append(NAME_WITH_TWO_MEANINGS.at(sentence.name.span, message, help="give the fact another name"))
        elif name.casefold() in _OWN_COLUMNS:
            message = f"`{name}` is what every roster says of an executive anyway"
            findings.append(
                NAME_WITH_TWO_MEANINGS.at(
                    sentence.name.span, message, help="give the fact a name of its own, such as `position type`"
                )
            )
        elif (fact := _fact(sentence, stated, findings)) is not None:
            found.setdefault(name, fact)
    return tuple(found.values())


def _fact(sentence: FactSentence, stated: Stated, findings: Findings) -> ir.Fact | None:
    name = sentence.name.text
    match sentence:
        case FactOfWords(words=words):
            texts = tuple(word.text for word in words)
            wrong = _wrong_words(name, texts)
            made = ir.Fact(name, Fraction(1), Fraction(len(texts)), 1, texts, stated.origin)
        case FactOfWholeNumbers(low=low, high=high):
            made = ir.Fact(name, signed_value(low), signed_value(high), 1, (), stated.origin)
            wrong = _wrong_range(made, Fraction(0))
        case FactOfDecimals(low=low, high=high, decimals=decimals):
            places = decimals.value if decimals.value.denominator == 1 else Fraction(_MOST_DECIMALS + 1)
            per_one = 10 ** min(int(places), _MOST_DECIMALS)
            made = ir.Fact(name, signed_value(low), signed_value(high), per_one, (), stated.origin)
            wrong = _wrong_range(made, places)
        case _:
            assert_never(sentence)
    if wrong is None:
        return made
    findings.append(FACT_CANNOT_BE.at(sentence.span, wrong[0], help=wrong[1], fixes=_turned(sentence)))
    return None


def _turned(sentence: FactSentence) -> tuple[Fix, ...]:
    """The same range with its smaller end first; none where it runs forwards."""
    if isinstance(sentence, FactOfWords) or signed_value(sentence.low) <= signed_value(sentence.high):
        return ()
    return (instead(*exchanged(sentence.low.span, sentence.high.span)),)


def _wrong_words(name: str, words: tuple[str, ...]) -> tuple[str, str] | None:
    """Why a fact cannot be one of these words, and what to do."""
    seen: dict[str, str] = {}
    for word in words:
        first = seen.setdefault(" ".join(word.casefold().split()), word)
        if first != word or words.count(word) > 1:
            return f"`{name}` can be `{word}` twice: a roster could not tell them apart", "name each word once"
    if len(words) < 2:
        return f"`{name}` can only be `{words[0]}`, so that it says nothing", "name all the words that it can be"
    if len(words) > MOST_WORDS:
        return f"`{name}` can be {len(words)} words, more than {MOST_WORDS}", "group them, or use a number"
    return None


def _wrong_range(fact: ir.Fact, places: Fraction) -> tuple[str, str] | None:
    """Why a fact cannot lie in this range, and what to do."""
    if places > _MOST_DECIMALS:
        return f"`{fact.name}` has more decimals than {_MOST_DECIMALS}", "write a whole number of decimals, such as 2"
    if fact.low > fact.high:
        return f"the range of `{fact.name}` runs backwards", "write the smaller number first"
    if fact.low == fact.high:
        return f"`{fact.name}` can only be one number, so that it says nothing", "write all the numbers that it can be"
    if any((end * fact.per_one).denominator != 1 for end in (fact.low, fact.high)):
        return f"the ends of the range of `{fact.name}` have more decimals than it has", "write ends that it can be"
    if fact.count > MOST_VALUES:
        return f"`{fact.name}` can be more than {MOST_VALUES:,} numbers", "write a narrower range or fewer decimals"
    return None


# ---- reading -----------------------------------------------------------------------------------------


def fact_value(name: Quoted, fact: ir.Fact, scope: Scope) -> Typed:
    """The number that a fact is, where a value is wanted."""
    if fact.words:
        message = f"`{fact.name}` is one of several words, and a number is wanted here"
        help = f'ask which word it is, as in `"{fact.name}" is "{fact.words[0]}"`'
        scope.find(WRONG_SORT_OF_NAME, name.span, message, help)
        return unknown(name.span)
    return Typed(ir.TheFact(fact.name), ValueKind.FIXED, name.span, least=fact.low)


def word_condition(node: ClauseOfWord, scope: Scope) -> ir.Condition | None:
    """The condition that a fact is this word; None, with a finding, where it cannot be."""
    name, word = node.name, node.word.text
    scope.read.add(name.text)
    fact = scope.around.facts.get(name.text)
    if fact is None:
        help = f'declare it under `facts`, as in `"{name.text}" is one of "{word}" or "…"`'
        scope.unknown(UNKNOWN_NAME, name, list(scope.around.facts), f"no fact is named `{name.text}`", help)
        return None
    if not fact.words:
        message = f"`{fact.name}` is a number, and `{word}` is a word"
        scope.find(WRONG_SORT_OF_NAME, node.word.span, message, f'compare it, as in `"{fact.name}" is at least …`')
        return None
    if word not in fact.words:
        near = nearest_name(word, fact.words)
        scope.findings.append(
            WORD_NOT_OF_FACT.at(
                node.word.span,
                f"`{fact.name}` is never `{word}`",
                help=did_you_mean(near, f"it is one of {backticked(fact.words, 'or')}"),
                fixes=respelled(word, near, node.word.span),
            )
        )
        return None
    place = Fraction(fact.words.index(word) + 1)
    return ir.Compare(ir.TheFact(fact.name, fact.words), ir.Relation.EQUAL, ir.Constant(place))
