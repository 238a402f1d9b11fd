"""One requirement and one system -> a verdict, by a ruling for each sentence of the requirement."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable, Mapping

from sespms_rules.checks.analysis import (
    chosen,
    is_named,
    noncritical_counts,
    under,
)
from sespms_rules.foundation.source import Span
from sespms_rules.foundation.values import Frozen, cache_by_identity, field, replace
from sespms_rules.language.model import Baseline, Part, Requirement, Stated, System
from sespms_rules.language.syntax.baselines import (
    Advisory,
    AppliesToExecutives,
    AppliesToFollowers,
    InForce,
)
from sespms_rules.language.syntax.derivation import Override
from sespms_rules.language.syntax.nodes import PartName, Quotation, Sentence
from sespms_rules.language.syntax.proof import Gives
from sespms_rules.language.syntax.requirements import (
    MayHave,
    MustGuarantee,
    MustHave,
    MustNotContradict,
    MustNotHave,
    MustNotHaveNoncritical,
    MustNotState,
    MustState,
    ShouldGuarantee,
    ShouldState,
)
from sespms_rules.language.syntax.system import Adapts, Covers, Follows, NoncriticalCount
from sespms_rules.language.syntax.words import HEADS, Coverage, PartKind
from sespms_rules.law.asking import Asking, asking_of, confidence_of, unread
from sespms_rules.law.comparing import Answer, Compute, Question, nothing_computed
from sespms_rules.law.denying import unless_denied
from sespms_rules.law.editions import days_of, followed_only, in_force
from sespms_rules.law.families import at_least_as_strict
from sespms_rules.law.hidden_distribution import with_suspects
from sespms_rules.law.inspecting import Conclusion, inspect
from sespms_rules.law.time_limits import read_later, spared_until
from sespms_rules.law.verdict import Confidence, Ruling, Verdict, VerdictKind

Decide = Callable[[Sentence], Conclusion]
"""Decides a guarantee about what is derived from ratings."""

# The gravest ruling is the verdict; what only records or a person can tell comes before what the text settles.
_GRAVEST_FIRST = (
    VerdictKind.REFUTED,
    VerdictKind.NOT_MET,
    VerdictKind.BROKEN_ON_RECORDS,
    VerdictKind.UNDECIDED,
    VerdictKind.NEEDS_PERSON,
    VerdictKind.EACH_RATING,
    VerdictKind.OPEN_ON_RECORDS,
    VerdictKind.HELD_ON_RECORDS,
    VerdictKind.PROVED,
    VerdictKind.MET,
)
_MISSED = (VerdictKind.NOT_MET, VerdictKind.REFUTED)
_RANKS = {kind: place for place, kind in enumerate(_GRAVEST_FIRST)}
_BENCHES, _STATED = 16, 4_096


class JudgingContext(Frozen):
    """What a requirement is judged with: the system, the edition that asks, the day, the prover.

    Lists are those of the edition that asks, as it stood on the day, and of no other. `asked` is what the edition asks
    each part to state (`asked_by_part`); `compute` gives what a system computes.
    """

    system: System
    edition: Baseline
    day: datetime.date | None
    decide: Decide
    asked: Mapping[PartName, tuple[Sentence, ...]] = field(compare=False, default={})
    compute: Compute = field(compare=False, default=nothing_computed)


class _Bench(Frozen):
    """What is the same for all requirements of an edition: whether it is advisory, its first day, the day it gives.

    `covered` is whom the system says that it covers, and `spoken_of` of whom the edition speaks, as its head says it.
    """

    advisory: bool
    first: datetime.date | None
    spared_until: datetime.date | None
    covered: frozenset[Coverage]
    spoken_of: frozenset[Coverage]


@cache_by_identity(_BENCHES)
def _of_all(bench: JudgingContext) -> _Bench:
    first, _ = days_of(bench.edition.head.sentences)
    spared = spared_until(bench.system, bench.edition, bench.day)
    return _Bench(is_advisory(bench), first, spared, _covered(bench.system), _spoken_of(bench.edition.head.sentences))


def _covered(system: System) -> frozenset[Coverage]:
    return frozenset(kind for each in under(system, PartKind.SYSTEM, Covers) for kind in each.coverages)


@cache_by_identity(_STATED)
def _spoken_of(sentences: tuple[Stated, ...]) -> frozenset[Coverage]:
    return frozenset(kind for each in chosen(sentences, AppliesToExecutives) for kind in each.coverages)


def judge(bench: JudgingContext, requirement: Requirement) -> Verdict:
    """Say how a system stands to a requirement. Raises TypeError for a sentence that no requirement may hold."""
    confidence, remark = confidence_of(requirement)
    why_not = why_not_asked(bench, requirement)
    if why_not:
        rulings: tuple[Ruling, ...] = (Ruling("", VerdictKind.NOT_APPLICABLE, why_not),)
    else:
        rulings = tuple([each.always or _judged(bench, requirement, each) for each in asking_of(requirement)])
    if not rulings:
        rulings = (Ruling("", VerdictKind.NOT_APPLICABLE, "it tells of the law and asks nothing of a system"),)
    kind = gravest(rulings)
    missed = [each for each in rulings if each.kind in _MISSED]
    of_all = _of_all(bench)
    binding = (not missed or any(each.binding for each in missed)) and not of_all.advisory
    older = read_later(requirement, bench.day)
    if kind in _MISSED and older:
        confidence, remark = Confidence.UNCONFIRMED, older
    if kind in _MISSED and confidence is Confidence.UNCONFIRMED:
        kind = VerdictKind.UNCONFIRMED
    return Verdict(
        bench.edition.name,
        of_all.first,
        requirement.citation,
        requirement.title,
        kind,
        confidence,
        remark,
        binding,
        rulings,
        requirement.origin.span,
        of_all.spared_until,
    )


def _judged(bench: JudgingContext, requirement: Requirement, asking: Asking) -> Ruling:
    """The ruling on one sentence, with all that the rest of the text has to do with it."""
    sentence = asking.stated.sentence
    made = unless_denied(bench.system, _ruling(bench, sentence, asking.words))
    ruling = _adapted(bench, requirement, with_suspects(bench.system, requirement, made))
    return replace(ruling, sentence=sentence)


def gravest(rulings: Iterable[Ruling]) -> VerdictKind:
    """The verdict that some rulings make together."""
    return min((each.kind for each in rulings), key=lambda kind: _RANKS.get(kind, len(_RANKS)))


# ---- scope ---------------------------------------------------------------------------------------


def why_not_asked(bench: JudgingContext, requirement: Requirement) -> str:
    """Why a requirement does not speak of a system; empty where it does."""
    sentences = requirement.sentences
    if chosen(sentences, InForce) and not in_force(sentences, bench.day):
        first, last = days_of(sentences)
        until = f" to {last}" if last else ""
        return f"it is in force from {first}{until}, and the system is judged by {bench.day or 'the newest text'}"
    for each in chosen(sentences, AppliesToFollowers):
        if each.name.text not in {one.baseline.text for one in under(bench.system, PartKind.SYSTEM, Follows)}:
            return f"it is for systems that follow `{each.name.text}`, and this one does not"
    of_all = _of_all(bench)
    for spoken_of in (of_all.spoken_of, _spoken_of(sentences)) if of_all.covered else ():
        if spoken_of and not of_all.covered & spoken_of:
            kinds = " and ".join(sorted(kind.value for kind in spoken_of))
            return f"it is about {kinds} executives, and the system covers none"
    return ""


def is_advisory(bench: JudgingContext) -> bool:
    """Whether the edition is advisory for all whom the system covers; a system that does not say it covers all."""
    spared = {kind for each in chosen(bench.edition.head.sentences, Advisory) for kind in each.coverages}
    covered = _covered(bench.system)
    return bool(spared) and (covered <= spared if covered else len(spared) == len(Coverage))


def _adapted(bench: JudgingContext, requirement: Requirement, ruling: Ruling) -> Ruling:
    """A difference from a followed system that the system lists as an adaptation is a person's question."""
    if ruling.kind not in _MISSED or followed_only(bench.edition) is None:
        return ruling
    for each in bench.system.head.sentences:
        if isinstance(each.sentence, Adapts) and each.sentence.what.text in (requirement.citation, requirement.title):
            why = f"{ruling.why}; the system lists this as an adaptation: is it a limited one?"
            evidence = (each.origin.span, *ruling.evidence)
            return Ruling(ruling.asked, VerdictKind.NEEDS_PERSON, why, evidence, "", ruling.binding, ruling.span)
    return ruling


# ---- one sentence --------------------------------------------------------------------------------


def _ruling(bench: JudgingContext, sentence: Sentence, words: str) -> Ruling:
    match sentence:
        case MustState(quotation=quotation):
            return _stated(bench, quotation, words, True)
        case ShouldState(quotation=quotation):
            return _stated(bench, quotation, words, False)
        case MustNotState(quotation=quotation):
            return _not_stated(bench, quotation, words)
        case MustNotContradict(quotation=quotation):
            return _not_contradicted(bench, quotation, words)
        case MustNotHaveNoncritical():
            return _all_critical(bench, sentence, words)
        case MustHave(part=part):
            return _has(bench, part, words)
        case MustNotHave(part=part):
            return _has_not(bench, part, words)
        case MayHave(part=part):
            found = _part(bench.system, part)
            why = "it is allowed, and the system has it" if found else "it is allowed, and the system does not have it"
            return Ruling(words, VerdictKind.MET, why, (found.origin.span,) if found else (), span=sentence.span)
        case MustGuarantee(guarantee=guarantee) | ShouldGuarantee(guarantee=guarantee):
            finding = inspect(bench.system, (bench.edition,), guarantee) or bench.decide(guarantee)
            binding = isinstance(sentence, MustGuarantee)
            return Ruling(words, finding.kind, finding.why, finding.evidence, finding.cure, binding, sentence.span)
    made = unread(sentence, words)
    if made is None:
        raise TypeError(f"a requirement cannot hold {type(sentence).__name__}")
    return made


def _stated(bench: JudgingContext, quotation: Quotation, words: str, binding: bool) -> Ruling:
    """Whether the system says what is asked or something stricter."""
    part = _part(bench.system, quotation.part)
    question = Question(bench.system, part, quotation.sentence, bench.asked.get(quotation.part, ()), bench.compute)
    answer = _settled(bench, quotation, at_least_as_strict(question))
    evidence = _spans(answer.evidence)
    if answer.question:
        return Ruling(words, VerdictKind.NEEDS_PERSON, answer.question, evidence, span=quotation.span)
    if answer.holds:
        why = answer.why or (
            "it says so" if _same_words(answer.evidence, quotation) else "what it says is at least as strict"
        )
        return Ruling(words, VerdictKind.MET, why, evidence, binding=binding, span=quotation.span)
    kind = VerdictKind.UNDECIDED if answer.holds is None else VerdictKind.NOT_MET
    why = answer.why if part is not None else f"the system has no part `{_called(quotation.part)}`"
    instead = bool(answer.evidence) and answer.holds is False and not answer.adds
    cure = answer.cure or _paste(quotation, answer.words, instead=instead)
    return Ruling(words, kind, why, evidence, cure, binding, quotation.span)


def _settled(bench: JudgingContext, quotation: Quotation, answer: Answer) -> Answer:
    """An override that is asked for, left open by its words, holds when the rating always comes out as it says."""
    asked = quotation.sentence
    if answer.holds is not None or quotation.part.kind is not PartKind.RATING or not isinstance(asked, Override):
        return answer
    finding = bench.decide(Gives(asked.phrases, asked.level, span=asked.span))
    if finding.kind is VerdictKind.PROVED:
        return Answer(True, answer.evidence, finding.why)
    return Answer(False, answer.evidence, finding.why) if finding.kind is VerdictKind.REFUTED else answer


def _not_stated(bench: JudgingContext, quotation: Quotation, words: str) -> Ruling:
    """A sentence at least as strict as the forbidden one is forbidden."""
    part = _part(bench.system, quotation.part)
    answer = at_least_as_strict(Question(bench.system, part, quotation.sentence))
    evidence = _spans(answer.evidence) if answer.holds is not False else ()
    if answer.holds:
        line = evidence[0] if evidence else quotation.sentence.span
        cure = f"strike `{line.words}` under `{_called(quotation.part)}`"
        return Ruling(
            words, VerdictKind.NOT_MET, "the system says what is forbidden", evidence, cure, span=quotation.span
        )
    if answer.holds is None:
        return Ruling(words, VerdictKind.UNDECIDED, answer.why, evidence, span=quotation.span)
    return Ruling(words, VerdictKind.MET, "the system does not say it", span=quotation.span)


def _not_contradicted(bench: JudgingContext, quotation: Quotation, words: str) -> Ruling:
    """Silence is enough; what is said of the kind must be at least as strict."""
    part = _part(bench.system, quotation.part)
    answer = at_least_as_strict(Question(bench.system, part, quotation.sentence, bench.asked.get(quotation.part, ())))
    evidence = _spans(answer.evidence)
    if answer.holds is False and evidence:
        cure = f"say `{quotation.sentence.span.words}` under `{_called(quotation.part)}` instead, or leave it out"
        return Ruling(words, VerdictKind.NOT_MET, answer.why, evidence, cure, span=quotation.span)
    if answer.holds is None:
        return Ruling(words, VerdictKind.UNDECIDED, answer.why, evidence, span=quotation.span)
    why = "what it says is at least as strict" if answer.holds else "it says nothing against it"
    return Ruling(words, VerdictKind.MET, why, evidence, span=quotation.span)


def _all_critical(bench: JudgingContext, asked: Sentence, words: str) -> Ruling:
    """No element that the system names is noncritical."""
    others = tuple(each for each in bench.system.elements if not each.critical)
    _, most = noncritical_counts(bench.system)
    if not others and most != 0:
        said = [each.sentence for each in bench.system.head.sentences if isinstance(each.sentence, NoncriticalCount)]
        why, cure = "a plan may bring noncritical elements of its own", "take the line out, so that a plan has none"
        return Ruling(words, VerdictKind.NOT_MET, why, tuple(each.span for each in said), cure, span=asked.span)
    if not others:
        return Ruling(words, VerdictKind.MET, "the system names none", span=asked.span)
    names = " and ".join(f"`{each.name}`" for each in others)
    why = f"{names} {'is' if len(others) == 1 else 'are'} noncritical"
    cure = "make each element critical, or take out those that are not"
    return Ruling(words, VerdictKind.NOT_MET, why, tuple(each.origin.span for each in others), cure, span=asked.span)


def _has(bench: JudgingContext, named: PartName, words: str) -> Ruling:
    part = _part(bench.system, named)
    some = [each for each in bench.system.elements if each.part is part and each.in_some_plans]
    if part is not None and some:
        why, cure = "only some plans have it", "take out the line `is in some plans only`"
        return Ruling(words, VerdictKind.NOT_MET, why, (part.origin.span,), cure, span=named.span)
    if part is not None and (part.sentences or part.name is not None):
        return Ruling(words, VerdictKind.MET, "the system has it", (part.origin.span,), span=named.span)
    cure = f"add the part `{_called(named)}` with what it is to say"
    return Ruling(words, VerdictKind.NOT_MET, f"the system has no part `{_called(named)}`", (), cure, span=named.span)


def _has_not(bench: JudgingContext, named: PartName, words: str) -> Ruling:
    part = _part(bench.system, named)
    if part is None or not part.sentences:
        return Ruling(words, VerdictKind.MET, "the system does not have it", span=named.span)
    why = f"the system has the part `{is_named(part)}`, which is forbidden"
    evidence = (part.origin.span, *_spans(part.sentences))
    return Ruling(words, VerdictKind.NOT_MET, why, evidence, f"take the part `{is_named(part)}` out", span=named.span)


def _part(system: System, named: PartName) -> Part | None:
    if named.kind is PartKind.SYSTEM:
        return system.head
    name = named.name.text if named.name and named.kind not in HEADS else None
    return system.part(named.kind, name)


def _same_words(evidence: Iterable[Stated], quotation: Quotation) -> bool:
    return any(each.sentence == quotation.sentence for each in evidence)


def _paste(quotation: Quotation, better: str, *, instead: bool) -> str:
    """The sentence that would meet what is asked, or a `better` one, ready to be put into the system."""
    words = better or quotation.sentence.span.words
    place = "in its head" if quotation.part.kind is PartKind.SYSTEM else f"under `{_called(quotation.part)}`"
    start = f"say `{words}` {place} instead" if instead else f"put `{words}` {place}"
    holes = [
        hole
        for hole in ("any wording", "any name", "any date", "any day", "any official", "any level")
        if hole in words
    ]
    if not holes:
        return start
    return f"{start}, with your own words in place of {' and '.join(f'`{hole}`' for hole in holes)}"


def _called(named: PartName) -> str:
    return f'{named.kind.value} "{named.name.text}"' if named.name else named.kind.value


def _spans(stated: Iterable[Stated]) -> tuple[Span, ...]:
    return tuple(each.origin.span for each in stated)
