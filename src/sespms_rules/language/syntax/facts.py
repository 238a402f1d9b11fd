"""Sentences on facts: what is known of an executive or a unit beside ratings, and what it can be."""

from __future__ import annotations

from sespms_rules.language.syntax.limits import Signed
from sespms_rules.language.syntax.nodes import Number, Quoted, Sentence
from sespms_rules.language.syntax.words import PartKind

_FACTS = PartKind.FACTS


class FactOfWords(
    Sentence,
    under=_FACTS,
    says='"position type" is one of "general" or "scientific professional"',
    means="something known of the executive or the unit that is one of these words; lines may ask which",
    strictness="same",
):
    """A fact that is one of several words."""

    name: Quoted
    words: tuple[Quoted, ...]


class FactOfWholeNumbers(
    Sentence,
    under=_FACTS,
    says='"days served" is a whole number from 0 to 366',
    means="something known of the executive or the unit that is a whole number; formulas may read it",
    strictness="same",
):
    """A fact that is a whole number."""

    name: Quoted
    low: Signed
    high: Signed


class FactOfDecimals(
    Sentence,
    under=_FACTS,
    says='"organization score" is a number from 0 to 5 with 2 decimals',
    means="something known of the executive or the unit that is a number with at most so many decimals",
    strictness="same",
):
    """A fact that is a number with decimals."""

    name: Quoted
    low: Signed
    high: Signed
    decimals: Number


FactSentence = FactOfWords | FactOfWholeNumbers | FactOfDecimals
