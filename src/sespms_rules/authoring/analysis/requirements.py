"""Conformance -> what the law asks, how the text stands to it, and the sentences that answer or would answer."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from sespms_rules.authoring.analysis.document import Answering, Asked, GuaranteeShown, Missing, RequirementShown
from sespms_rules.authoring.analysis.places import place_in, place_of, replacing
from sespms_rules.authoring.asking import Sought
from sespms_rules.authoring.completing import only_system, would_answer, writing
from sespms_rules.foundation.source import Source, Span
from sespms_rules.foundation.values import cache_by_identity
from sespms_rules.language.model import System
from sespms_rules.law.verdict import Conformance, Ruling, Verdict, VerdictKind
from sespms_rules.pipeline import Compilation

_REQUIREMENTS = 4_096
_MARGIN = re.compile(r"\n(?=\S)")


def requirements_of(compilation: Compilation, held: Iterable[Conformance]) -> tuple[RequirementShown, ...]:
    """Every requirement with its verdict, system by system, in the order of the editions."""
    system = only_system(compilation)
    return tuple(_requirement(compilation.source, system, each, one) for each in held for one in each.verdicts)


def _requirement(source: Source, system: System | None, held: Conformance, verdict: Verdict) -> RequirementShown:
    own = system if system is not None and system.name == held.system else None
    return RequirementShown(
        held.system,
        verdict.baseline,
        verdict.edition.isoformat() if verdict.edition else None,
        verdict.citation,
        verdict.title,
        _law(verdict.span),
        verdict.span.source.name,
        verdict.span.line,
        verdict.kind.value,
        verdict.said,
        verdict.fails,
        verdict.binding,
        verdict.confidence.value,
        verdict.remark,
        tuple(_asked(source, own, verdict, each) for each in verdict.rulings),
    )


@cache_by_identity(_REQUIREMENTS)
def _law(heading: Span) -> str:
    """The words of a requirement: from its heading to the next line at the margin."""
    text = heading.source.text
    end = _MARGIN.search(text, heading.end)
    return text[heading.start : end.start() if end else len(text)].rstrip()


_OF_EVERY_TEXT = (VerdictKind.NEEDS_PERSON, VerdictKind.EACH_RATING)


def _asked(source: Source, system: System | None, verdict: Verdict, ruling: Ruling) -> Asked:
    if ruling.kind in _OF_EVERY_TEXT and not ruling.evidence:
        return _question(ruling)
    missing = () if system is None else would_answer(system, verdict, ruling)
    return _shown(ruling, tuple(_missing(source, system, each) for each in missing if system is not None))


@cache_by_identity(_REQUIREMENTS)
def _question(ruling: Ruling) -> Asked:
    """What no text answers is shown as it was before: the ruling is the same one."""
    return _shown(ruling, ())


def _shown(ruling: Ruling, missing: tuple[Missing, ...]) -> Asked:
    return Asked(
        ruling.asked,
        ruling.kind.value,
        ruling.said,
        ruling.why,
        ruling.cure,
        ruling.binding,
        tuple([_answering(each) for each in ruling.evidence]),
        missing,
    )


def _answering(span: Span) -> Answering:
    return Answering(span.source.name, place_of(span), span.text)


def _missing(source: Source, system: System, sought: Sought) -> Missing:
    edits = replacing(source, writing(system, source.text, [sought]))
    return Missing(sought.part, sought.words, sought.to_decide, edits)


def guarantees_of(source: Source, held: Iterable[Conformance]) -> Iterator[GuaranteeShown]:
    """What systems guarantee themselves, and whether they do."""
    for each in held:
        for one in each.guarantees:
            place = place_in(source, one.span)
            yield GuaranteeShown(each.system, one.words, place, one.kind.value, one.why, one.cure)
