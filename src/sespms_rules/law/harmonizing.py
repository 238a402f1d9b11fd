"""What a place asks beside what federal law asks: which is stricter, the same, or not to be compared, and why.

Two sentences are compared where they speak of one thing and their clocks start at one event; then the orders of
conformance decide, each sentence standing once for what is said and once for what is asked. An overlay is advice for
federal executives: nothing here is a verdict on a system, and no cure gives up a federal rule.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator
from enum import StrEnum

from sespms_rules.checks.analysis import chosen
from sespms_rules.foundation.values import Frozen
from sespms_rules.language.model import Baseline, Part, Requirement, Stated, System
from sespms_rules.language.syntax.baselines import Advisory
from sespms_rules.language.syntax.derivation import Ask
from sespms_rules.language.syntax.limits import AtLeastAfter, Limit, Timing, Within, limit_ends
from sespms_rules.language.syntax.nodes import Quotation, Sentence
from sespms_rules.language.syntax.requirements import EachMust, EachMustNot, MustNotContradict, MustState, ShouldState
from sespms_rules.language.syntax.steps import Step
from sespms_rules.language.syntax.uses import Given, Kept
from sespms_rules.language.syntax.words import Coverage, PartKind, Unit
from sespms_rules.law import leave_undecided
from sespms_rules.law.asking import confidence_of
from sespms_rules.law.comparing import Question
from sespms_rules.law.families import at_least_as_strict
from sespms_rules.law.judging import JudgingContext, judge, why_not_asked
from sespms_rules.law.orders import at_least_as_long, same
from sespms_rules.law.verdict import Confidence, Ruling, VerdictKind


class Relation(StrEnum):
    """How what a place asks stands to federal law; its value is how data says it, which never changes."""

    ADDS = "state adds"
    STRICTER = "state stricter"
    SAME = "same"
    LOOSER = "federal stricter"
    INCOMPARABLE = "incomparable"
    DISPLACED = "displaced"
    PERSON = "asked of a person"


class FederalBeside(Frozen):
    """A federal sentence on the same matter, and how the sentence of the place stands to it."""

    edition: str
    citation: str
    words: str
    relation: Relation
    why: str


class PlaceRow(Frozen):
    """One sentence of an overlay: what it asks, how it stands to federal law, and what the system says of it.

    `policy` is None for a requirement that does not speak of the system; `why` says then why not. `cure` says how the
    system can keep what the place asks with no federal rule given up; empty where it keeps it, or cannot.
    """

    overlay: str
    citation: str
    title: str
    words: str
    relation: Relation
    why: str
    federal: tuple[FederalBeside, ...]
    policy: Ruling | None
    confidence: Confidence
    remark: str
    cure: str


def advisory_for(overlay: Baseline) -> tuple[Coverage, ...]:
    """For whom an overlay is advice alone."""
    return tuple(kind for each in chosen(overlay.head.sentences, Advisory) for kind in each.coverages)


def beside_federal(
    system: System, overlay: Baseline, federal: Iterable[Baseline], day: datetime.date | None
) -> Iterator[PlaceRow]:
    """Each sentence of an overlay beside those of the federal editions that bind the system on the day."""
    bench = JudgingContext(system, overlay, day, leave_undecided)
    rules = [(edition, each) for edition in federal for each in _asked_of(system, edition, day)]
    for requirement in overlay.requirements:
        confidence, remark = confidence_of(requirement)
        why_not = why_not_asked(bench, requirement)
        for ruling in judge(bench, requirement).rulings:
            found: tuple[FederalBeside, ...] = ()
            if ruling.sentence is not None:
                found = tuple(_beside(ruling.sentence, rules))
                relation, why = _together(ruling.sentence, found)
            elif why_not:
                relation, why = Relation.INCOMPARABLE, why_not
            else:
                continue  # it only tells of the law
            yield PlaceRow(
                overlay.name,
                requirement.citation,
                requirement.title,
                ruling.asked,
                relation,
                why,
                found,
                None if ruling.sentence is None else ruling,
                confidence,
                remark,
                _cure(ruling, relation),
            )


def _cure(ruling: Ruling, relation: Relation) -> str:
    """What the system can say; beside what it says, unless what the place asks is stricter and takes its place."""
    quoted = None if ruling.sentence is None else _quoted(ruling.sentence)
    if quoted is None or ruling.kind is not VerdictKind.NOT_MET:
        return ""
    words, part = " ".join(quoted.sentence.span.text.split()), quoted.part.kind.value
    if relation is Relation.STRICTER and ruling.evidence:
        return f"to keep both, say `{words}` under `{part}` instead"
    if relation in (Relation.ADDS, Relation.STRICTER, Relation.INCOMPARABLE):
        return f"to keep both, put `{words}` under `{part}` beside what stands there"
    return ""


def _asked_of(system: System, edition: Baseline, day: datetime.date | None) -> Iterator[tuple[Requirement, Stated]]:
    bench = JudgingContext(system, edition, day, leave_undecided)
    for requirement in edition.requirements:
        if not why_not_asked(bench, requirement):
            yield from ((requirement, each) for each in requirement.sentences)


def _together(sentence: Sentence, found: tuple[FederalBeside, ...]) -> tuple[Relation, str]:
    """How a sentence stands to all federal ones: where one of them is at least as strict, that one settles it."""
    if isinstance(sentence, Ask):
        return Relation.PERSON, "a question for a person, and no sentence to compare"
    for relation in (Relation.DISPLACED, Relation.SAME, Relation.LOOSER, Relation.STRICTER, Relation.INCOMPARABLE):
        fitting = [each for each in found if each.relation is relation]
        if fitting:
            return relation, fitting[0].why
    return Relation.ADDS, "no federal requirement that binds the system speaks of it"


def _beside(
    sentence: Sentence, rules: Iterable[tuple[Baseline, tuple[Requirement, Stated]]]
) -> Iterator[FederalBeside]:
    for edition, (requirement, stated) in rules:
        compared = _compared(sentence, stated.sentence)
        if compared is not None:
            words = " ".join(stated.origin.span.text.split())
            yield FederalBeside(edition.name, requirement.citation, words, *compared)


# ---- two sentences -------------------------------------------------------------------------------


def _compared(place: Sentence, federal: Sentence) -> tuple[Relation, str] | None:
    """How one sentence stands to another; None where they do not speak of one thing."""
    if isinstance(place, EachMust | EachMustNot):
        return _duties(place, federal)
    own, theirs = _quoted(place), _quoted(federal)
    if own is None or theirs is None or own.part != theirs.part:
        return None
    said, asked = own.sentence, theirs.sentence
    if type(said) is not type(asked) or not _same_matter(said, asked):
        return None
    if (clocks := _clocks_differ(said, asked)) is not None:
        return Relation.INCOMPARABLE, clocks
    more, less = _as_strict(own, asked), _as_strict(theirs, said)
    if more and less:
        return Relation.SAME, "both ask the same"
    if more:
        return Relation.STRICTER, "who keeps what the state asks keeps the federal rule too"
    if less:
        return Relation.LOOSER, "who keeps the federal rule keeps what the state asks too"
    if _exclude_each_other(said, asked):
        return Relation.DISPLACED, "nobody can keep both, and the federal rule stands"
    return Relation.INCOMPARABLE, "neither follows from the other, so that both are to be kept"


def _duties(place: EachMust | EachMustNot, federal: Sentence) -> tuple[Relation, str] | None:
    if not isinstance(federal, EachMust | EachMustNot):
        return None
    if place == federal:
        return Relation.SAME, "both ask the same"
    if type(place) is type(federal) and place.record == federal.record and type(place.duty) is type(federal.duty):
        return Relation.INCOMPARABLE, "both are duties on records, each of which is held by itself"
    return None


def _quoted(sentence: Sentence) -> Quotation | None:
    return sentence.quotation if isinstance(sentence, MustState | ShouldState | MustNotContradict) else None


def _same_matter(said: Sentence, asked: Sentence) -> bool:
    if isinstance(said, Given) and isinstance(asked, Given):
        return same(said.role, asked.role)
    if isinstance(said, Step) and isinstance(asked, Step):
        return said.act is asked.act
    return True


def _clocks_differ(said: Sentence, asked: Sentence) -> str | None:
    """Why two clocks cannot be compared: they start at different events, or one has none; None where they can."""
    own, theirs = _clock(said), _clock(asked)
    if own == theirs:
        return None
    return f"the clocks differ: the state's starts {_starts(own)}, the federal one {_starts(theirs)}"


def _starts(clock: frozenset[str]) -> str:
    return "at " + " and ".join(f"`{each}`" for each in sorted(clock)) if clock else "at no event"


def _clock(sentence: Sentence) -> frozenset[str]:
    match sentence:
        case Kept(event=event):
            return frozenset({event.value})
        case Given() | Step():
            return frozenset(each.event.value for each in _timings(sentence))
    return frozenset()


def _timings(sentence: Sentence) -> tuple[Timing, ...]:
    match sentence:
        case Given(timing=timing):
            return () if timing is None else (timing,)
        case Step(timings=timings):
            return timings.parts if timings else ()
    return ()


def _as_strict(said: Quotation, asked: Sentence) -> bool:
    """Whether a system that says the one and nothing else says the other, or something stricter."""
    stated = Stated(said.sentence, "")
    part = Part(said.part.kind, None, (stated,))
    return at_least_as_strict(Question(_with(part), part, asked)).holds is True


def _with(part: Part) -> System:
    """A system that has this part and no other."""
    return System("", (), Part(PartKind.SYSTEM, None, ()), (part,), (), (), ())


def _exclude_each_other(said: Sentence, asked: Sentence) -> bool:
    if isinstance(said, Kept) and isinstance(asked, Kept):
        return _below(said.limit, said.unit, asked.limit, asked.unit) or _below(
            asked.limit, asked.unit, said.limit, said.unit
        )
    own, theirs = _timings(said), _timings(asked)
    pairs = [(one, other) for one in own for other in theirs] + [(other, one) for one in own for other in theirs]
    return any(
        isinstance(one, Within)
        and isinstance(other, AtLeastAfter)
        and one.event == other.event
        and not at_least_as_long((one.number.value, one.unit), (other.number.value, other.unit))
        for one, other in pairs
    )


def _below(one: Limit, unit: Unit, other: Limit, other_unit: Unit) -> bool:
    """Whether everything that one limit allows is less than the other asks at least."""
    most, least = limit_ends(one)[1], limit_ends(other)[0]
    return most is not None and least is not None and not at_least_as_long((most, unit), (least, other_unit))
