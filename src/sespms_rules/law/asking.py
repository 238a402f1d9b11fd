"""What a requirement says by itself, whatever text is held to it: it stays while texts change, and is read once."""

from __future__ import annotations

from collections.abc import Mapping

from sespms_rules.checks.analysis import chosen
from sespms_rules.foundation.values import Frozen, cache_by_identity, replace
from sespms_rules.language.model import Baseline, Requirement, Stated
from sespms_rules.language.syntax.baselines import (
    AppliesToEnding,
    AppliesToExecutives,
    AppliesToFollowers,
    AppliesToStarting,
    Confirmed,
    InForce,
    PartlyConfirmed,
    ReadAsOf,
    Unconfirmed,
)
from sespms_rules.language.syntax.derivation import Ask
from sespms_rules.language.syntax.nodes import AnyWording, PartName, Sentence, Text
from sespms_rules.language.syntax.requirements import EachMust, EachMustNot, MustState, Says
from sespms_rules.law.hidden_distribution import is_about_distribution
from sespms_rules.law.verdict import Confidence, Ruling, VerdictKind

_EDITIONS, _REQUIREMENTS = 64, 4_096
"""Of how many it is kept what they say."""

ASKS_NOTHING = (
    Says,
    Confirmed,
    PartlyConfirmed,
    Unconfirmed,
    InForce,
    ReadAsOf,
    AppliesToExecutives,
    AppliesToFollowers,
    AppliesToStarting,
    AppliesToEnding,
)
"""Sentences of a requirement that say of whom, when and how surely it is asked, not what."""


class Asking(Frozen):
    """A sentence of a requirement that asks something, with its words, and the ruling that it has of every text."""

    stated: Stated
    words: str
    always: Ruling | None


@cache_by_identity(_REQUIREMENTS)
def asking_of(requirement: Requirement) -> tuple[Asking, ...]:
    """What a requirement asks; it stays the same while texts change.

    A question, and a duty on records, rest on no text; but the words that may hide a distribution stand beside one.
    """
    asking = [each for each in requirement.sentences if not isinstance(each.sentence, ASKS_NOTHING)]
    hides = is_about_distribution(requirement)
    return tuple([Asking(each, each.origin.span.words, None if hides else _of_every_text(each)) for each in asking])


def _of_every_text(stated: Stated) -> Ruling | None:
    sentence = stated.sentence
    made = unread(sentence, stated.origin.span.words)
    return None if made is None else replace(made, sentence=sentence)


def unread(sentence: Sentence, words: str) -> Ruling | None:
    """The ruling on a sentence for which no text is read, None for any other."""
    if isinstance(sentence, Ask):
        return Ruling(words, VerdictKind.NEEDS_PERSON, _text(sentence.question), span=sentence.span)
    if isinstance(sentence, EachMust | EachMustNot):
        why = "a duty on records, and no record is looked at here; the text of a system cannot settle it"
        return Ruling(words, VerdictKind.EACH_RATING, why, span=sentence.span)
    return None


@cache_by_identity(_REQUIREMENTS)
def confidence_of(requirement: Requirement) -> tuple[Confidence, str]:
    """How far it was compared with the law; without a mark it cannot make a system fail."""
    for each in requirement.sentences:
        match each.sentence:
            case Confirmed(text=text):
                return Confidence.CONFIRMED, _text(text)
            case PartlyConfirmed(text=text):
                return Confidence.PARTLY, _text(text)
            case Unconfirmed(text=text):
                return Confidence.UNCONFIRMED, _text(text)
    return Confidence.UNCONFIRMED, "the edition does not say how far it was compared with the law"


def _text(text: Text | None) -> str:
    return "" if text is None or isinstance(text, AnyWording) else " ".join(text.text.split())


@cache_by_identity(_EDITIONS)
def asked_by_part(edition: Baseline) -> Mapping[PartName, tuple[Sentence, ...]]:
    """What an edition asks each part to state: `all others` and overrides are read with the rest of their part."""
    found: dict[PartName, tuple[Sentence, ...]] = {}
    for requirement in edition.requirements:
        for each in chosen(requirement.sentences, MustState):
            part = each.quotation.part
            found[part] = (*found.get(part, ()), each.quotation.sentence)
    return found
