"""The duties on records that editions state for a period: `each annual rating must come after board recommendation`.

The text of a system cannot settle them; whoever holds the records of a period asks here which of them count.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from sespms_rules.checks.analysis import chosen, is_outside_service, under
from sespms_rules.foundation.values import Frozen, replace
from sespms_rules.language.model import Baseline, Requirement, Stated, System
from sespms_rules.language.syntax.baselines import AppliesToExecutives
from sespms_rules.language.syntax.requirements import EachMust, EachMustNot, MustState, ShouldState
from sespms_rules.language.syntax.system import Follows
from sespms_rules.language.syntax.words import Coverage, PartKind
from sespms_rules.law import leave_undecided
from sespms_rules.law.asking import confidence_of
from sespms_rules.law.editions import followed_only
from sespms_rules.law.judging import JudgingContext, is_advisory, why_not_asked
from sespms_rules.law.periods import Period, applying
from sespms_rules.law.time_limits import read_later
from sespms_rules.law.verdict import Confidence

_OF_ALL = PartKind.DISTRIBUTION


class RecordDuty(Frozen):
    """A duty on records: its sentence and words, the edition and citation, for whom, and how far it was compared.

    `coverages` is empty where it is for all executives. `remark` is what the edition notes beside its confidence.
    """

    sentence: EachMust | EachMustNot
    words: str
    edition: str
    citation: str
    coverages: frozenset[Coverage]
    confidence: Confidence
    remark: str
    binding: bool


def record_duties(system: System, editions: Iterable[Baseline], period: Period) -> tuple[RecordDuty, ...]:
    """The duties on records that bind a system in a period, in the order of the editions.

    Overlays are left out: they speak of executives working somewhere. What a system does not follow binds it only where
    it is for senior executives, as in a check of its text.
    """
    return tuple(
        duty for each in binding_editions(system, editions, period) for duty in duties_of_edition(system, each, period)
    )


class AskedOfAll(Frozen):
    """A sentence on the distribution of ratings that an edition asks for, as `RecordDuty` holds one on records."""

    stated: Stated
    words: str
    edition: str
    citation: str
    confidence: Confidence
    remark: str


def distribution_asked(system: System, editions: Iterable[Baseline], period: Period) -> tuple[AskedOfAll, ...]:
    """What the editions that bind a system in a period ask of the distribution of ratings, in their order."""
    found = []
    for edition in binding_editions(system, editions, period):
        bench = JudgingContext(system, edition, period.end, leave_undecided)
        for requirement in edition.requirements:
            for each in requirement.sentences:
                asked = each.sentence
                if not isinstance(asked, MustState | ShouldState) or asked.quotation.part.kind is not _OF_ALL:
                    continue
                if why_not_asked(bench, requirement):
                    continue
                confidence, remark = confidence_of(requirement)
                sentence = asked.quotation.sentence
                words = f"{_OF_ALL.value}: {sentence.span.words}"
                stated = replace(each, sentence=sentence)
                found.append(AskedOfAll(stated, words, edition.name, requirement.citation, confidence, remark))
    return tuple(found)


def binding_editions(system: System, editions: Iterable[Baseline], period: Period) -> tuple[Baseline, ...]:
    """The baselines that bind a system in a period, in the order of the editions."""
    follows = {each.baseline.text for each in under(system, PartKind.SYSTEM, Follows)}
    baselines = (each for each in editions if each.kind is PartKind.BASELINE)
    found = (each.edition for each in applying(baselines, period))
    outside = is_outside_service(system)
    return tuple(each for each in found if each.name in follows or (followed_only(each) is None and not outside))


def duties_of_edition(system: System, edition: Baseline, period: Period) -> Iterator[RecordDuty]:
    """The duties on records of one edition or overlay that speak of a system in a period."""
    bench = JudgingContext(system, edition, period.end, leave_undecided)
    for requirement in edition.requirements:
        duties = [each for each in requirement.sentences if isinstance(each.sentence, EachMust | EachMustNot)]
        if not duties or why_not_asked(bench, requirement):
            continue
        confidence, remark = confidence_of(requirement)
        if older := read_later(requirement, period.end):
            confidence, remark = Confidence.UNCONFIRMED, older
        for each in duties:
            assert isinstance(each.sentence, EachMust | EachMustNot)  # noqa: S101 - chosen so just above
            words = each.origin.span.words
            spoken_of = _coverages(edition, requirement)
            yield RecordDuty(
                each.sentence,
                words,
                edition.name,
                requirement.citation,
                spoken_of,
                confidence,
                remark,
                not is_advisory(bench),
            )


def _coverages(edition: Baseline, requirement: Requirement) -> frozenset[Coverage]:
    """The kinds of executives that both the edition and the requirement speak of; empty for all."""
    found = frozenset(Coverage)
    for stated in (edition.head.sentences, requirement.sentences):
        spoken_of = {kind for each in chosen(stated, AppliesToExecutives) for kind in each.coverages}
        found &= spoken_of or found
    return frozenset() if len(found) == len(Coverage) else found
