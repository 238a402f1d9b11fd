"""A ruling that is missed -> the sentence that would meet it, with what is left for the author to decide."""

from __future__ import annotations

from collections.abc import Iterator

from sespms_rules.authoring.places import order_of
from sespms_rules.foundation.values import Frozen, field
from sespms_rules.language.model import Part, Stated, System
from sespms_rules.language.syntax.elements import Evaluates, RequirementCount, RequiresText, Standard
from sespms_rules.language.syntax.limits import level_number
from sespms_rules.language.syntax.nodes import Quotation, Sentence
from sespms_rules.language.syntax.planning import EachHas
from sespms_rules.language.syntax.proof import EachCounted, EvaluatesSome, StandardsDiffer
from sespms_rules.language.syntax.requirements import (
    MustGuarantee,
    MustHave,
    MustState,
    ShouldGuarantee,
    ShouldState,
)
from sespms_rules.language.syntax.words import CountedThing, PartKind, PlanItem, PlanPart
from sespms_rules.law.comparing import Question
from sespms_rules.law.families import at_least_as_strict
from sespms_rules.law.verdict import Confidence, Ruling, Verdict

_HOLES = ("any wording", "any name", "any date", "any day", "any official", "any level")
_OWN_WORDS = "an example stands here; put your own words"


class Sought(Frozen):
    """A sentence to write: the heading of its part, its words, the provision that asks for it.

    `to_decide` is what only the author knows, empty where nothing is open; `at` is the end of the line that the words
    continue, None where they are a line of their own. `kind` and `name` say which part; `begins` is true for a sentence
    that stands there only because the law asks for the part.
    """

    part: str
    words: str
    citation: str
    to_decide: str = field(default="")
    at: int | None = field(default=None)
    unconfirmed: bool = field(default=False)
    kind: PartKind = field(default=PartKind.LEVELS)
    name: str | None = field(default=None)
    begins: bool = field(default=False)

    @property
    def key(self) -> str:
        """What it is remembered by, so that nothing is written twice."""
        return f"{self.part}: {self.words} {self.at if self.at is not None else ''}"

    @property
    def order(self) -> int:
        """The place of its part in a file."""
        return order_of(self.kind)


def sought(
    system: System, model: System, verdict: Verdict, ruling: Ruling, parts: set[PartKind], *, wanted: bool
) -> Iterator[Sought]:
    """The sentences that would meet a ruling. `wanted` is false for what is only advised and was not asked for.

    What is advised is written all the same where it begins a part that the law asks for: a part without a sentence
    says nothing.
    """
    citation = verdict.citation.partition(",")[0]
    unconfirmed = verdict.confidence is Confidence.UNCONFIRMED
    match ruling.sentence:
        case MustState(quotation=quotation) | ShouldState(quotation=quotation):
            if wanted:
                yield from _quoted(model, quotation, citation, unconfirmed)
                yield from _requirements(system, model, quotation.sentence, citation)
        case MustHave(part=part) if part.kind not in parts and wanted:
            # What OPM's basic system says there first is no more than a beginning: the law asks for no words of it.
            for each in model.sentences(part.kind)[:1]:
                decide = "the law asks for this part; say what yours is"
                yield Sought(part.kind.value, _words(each.sentence), "", decide, None, False, part.kind, None, True)
        case MustGuarantee(guarantee=guarantee) | ShouldGuarantee(guarantee=guarantee):
            if wanted:
                yield from _guaranteed(system, model, guarantee, citation)


def _quoted(model: System, quotation: Quotation, citation: str, unconfirmed: bool) -> Iterator[Sought]:
    """The edition's own sentence; where it has holes, the one by which OPM's basic system fills them."""
    named = quotation.part
    heading = f'{named.kind.value} "{named.name.text}"' if named.name else named.kind.value
    name = named.name.text if named.name and named.kind is not PartKind.SYSTEM else None
    words, decide = _words(quotation.sentence), ""
    if any(hole in words for hole in _HOLES):
        example = _example(model, quotation)
        if example is None:
            return
        words, decide = _words(example.sentence), _OWN_WORDS
    yield Sought(heading, words, citation, decide, None, unconfirmed, named.kind, name)


def _example(model: System, quotation: Quotation) -> Stated | None:
    """The sentence of the model that says what is asked."""
    kind = quotation.part.kind
    part = model.head if kind is PartKind.SYSTEM else model.part(kind)
    if part is None:
        return None
    answer = at_least_as_strict(Question(model, Part(kind, part.name, part.sentences), quotation.sentence))
    return answer.evidence[0] if answer.holds and answer.evidence else None


def _guaranteed(system: System, model: System, asked: Sentence, citation: str) -> Iterator[Sought]:
    match asked:
        case StandardsDiffer():
            yield from _standards(system, model, citation)
        case EachCounted(thing=CountedThing.LEVEL, counted=CountedThing.STANDARD):
            yield from _standards(system, model, citation)
        case EvaluatesSome():
            yield from _evaluates(system, model, asked, citation)


def _standards(system: System, model: System, citation: str) -> Iterator[Sought]:
    """A standard for each level that has none, as OPM's form describes it."""
    stated = [each.sentence for each in system.sentences(PartKind.STANDARDS)]
    has = {level_number(each.level) for each in stated if isinstance(each, Standard)}
    levels = {each.number for each in system.levels}
    for each in model.sentences(PartKind.STANDARDS):
        if isinstance(each.sentence, Standard) and level_number(each.sentence.level) in levels - has:
            words = _words(each.sentence)
            yield Sought("standards", words, citation, _OWN_WORDS, None, False, PartKind.STANDARDS)


def _requirements(system: System, model: System, asked: Sentence, citation: str) -> Iterator[Sought]:
    """A requirement for each critical element that has none, where the law asks that each has."""
    if not (
        isinstance(asked, EachHas) and asked.part is PlanPart.CRITICAL_ELEMENT and asked.item is PlanItem.REQUIREMENT
    ):
        return
    examples = {
        each.name.casefold(): _words(one.sentence)
        for each in reversed(model.elements)
        for one in each.part.sentences
        if isinstance(one.sentence, RequiresText)
    }
    first = next(reversed(examples.values()))
    for each in system.elements:
        stated = (one.sentence for one in each.part.sentences)
        if each.critical and not any(isinstance(one, RequiresText | RequirementCount) for one in stated):
            words = examples.get(each.name.casefold(), first)
            heading = f'critical element "{each.name}"'
            kind = PartKind.CRITICAL_ELEMENT
            yield Sought(heading, words, citation, _OWN_WORDS, None, False, kind, each.name)


def _evaluates(system: System, model: System, asked: EvaluatesSome, citation: str) -> Iterator[Sought]:
    """What is to be judged, said of the element that bears the name of one which judges it in OPM's basic system."""
    judging = {
        each.name.casefold()
        for each in model.elements
        if any(
            isinstance(one.sentence, Evaluates) and asked.matter in one.sentence.matters for one in each.part.sentences
        )
    }
    critical = [each for each in system.elements if each.critical]
    if not critical:
        return
    element = next((each for each in critical if each.name.casefold() in judging), critical[0])
    heading = f'critical element "{element.name}"'
    decide = f"say this of the element that evaluates {asked.matter}"
    kind = PartKind.CRITICAL_ELEMENT
    yield Sought(heading, f"evaluates {asked.matter}", citation, decide, None, False, kind, element.name)


def _words(sentence: Sentence) -> str:
    """The words of a sentence on one line; a prose text of several lines becomes a text in plain quotes."""
    words = sentence.span.words
    before, mark, rest = words.partition('""" ')
    prose, _, after = rest.partition(' """')
    return f'{before}"{prose}"{after}' if mark and '"' not in prose else words
