"""How long the records of a period are kept: what the system says of itself, and what the editions that bind it ask."""

from __future__ import annotations

from collections.abc import Iterable

from sespms_rules.foundation.values import Frozen
from sespms_rules.language.model import Baseline, System
from sespms_rules.language.syntax.requirements import MustState, ShouldState
from sespms_rules.language.syntax.uses import Kept
from sespms_rules.language.syntax.words import PartKind
from sespms_rules.law.asking import confidence_of
from sespms_rules.law.periods import Period
from sespms_rules.law.record_duties import binding_editions
from sespms_rules.law.verdict import Confidence


class KeepingRule(Frozen):
    """One sentence on how long records are kept: its words, where it stands, its citation, how far it was compared.

    `citation` is empty for a sentence of the system itself.
    """

    sentence: Kept
    words: str
    text: str
    citation: str
    confidence: Confidence
    remark: str


def keeping_rules(system: System, editions: Iterable[Baseline], period: Period) -> tuple[KeepingRule, ...]:
    """The sentences that count for the records of a period, the system's own first.

    An edition's mark does not matter here: keeping longer for a rule that is not confirmed does no harm.
    """
    own = [
        KeepingRule(each.sentence, _words(each.origin.span.text), system.name, "", Confidence.CONFIRMED, "")
        for each in system.sentences(PartKind.RECORDS)
        if isinstance(each.sentence, Kept)
    ]
    asked = []
    for edition in binding_editions(system, editions, period):
        for requirement in edition.requirements:
            for stated in requirement.sentences:
                sentence = stated.sentence
                if isinstance(sentence, MustState | ShouldState) and isinstance(sentence.quotation.sentence, Kept):
                    words, mark = _words(stated.origin.span.text), confidence_of(requirement)
                    kept = sentence.quotation.sentence
                    asked.append(KeepingRule(kept, words, edition.name, requirement.citation, *mark))
    return (*own, *asked)


def _words(text: str) -> str:
    return " ".join(text.split())
