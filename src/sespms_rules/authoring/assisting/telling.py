"""A place in a text -> what stands there: what the sentence means, how strict it is, and what the law asks of it."""

from __future__ import annotations

from collections.abc import Iterator

from sespms_rules.authoring.analysis.analyzing import TextRead
from sespms_rules.authoring.analysis.document import Asked, PartShown, Place, RequirementShown, SentenceShown
from sespms_rules.foundation.values import Frozen
from sespms_rules.language.phrasebook import part_of_file, phrase_book
from sespms_rules.language.syntax.words import PartKind

_MOST_OF_LAW = 6


class Told(Frozen):
    """What is said of a place, in Markdown, and the place it is said of."""

    text: str
    place: Place


def told_at(read: TextRead, at: int) -> Told | None:
    """What stands at a character; None between sentences."""
    for part in read.analysis.parts:
        if part.heading.start <= at <= part.heading.end:
            return Told(_of_part(part), part.heading)
        for sentence in part.sentences:
            if sentence.place.start <= at <= sentence.place.end:
                return Told("\n\n".join(_of_sentence(read, part, sentence)), sentence.place)
    return None


def _of_part(part: PartShown) -> str:
    kind = PartKind(part.kind)
    name = f" `{part.name}`" if part.name else ""
    return f"**{part.kind}**{name}\n\n{part_of_file(kind).about}"


def _of_sentence(read: TextRead, part: PartShown, sentence: SentenceShown) -> Iterator[str]:
    phrase = next((each for each in phrase_book(part.kind) if each.name == sentence.kind), None)
    yield f"**{sentence.kind}**: {sentence.means}"
    if phrase is not None and phrase.strictness:
        yield f"Compared with what a rule asks by the order *{phrase.strictness}*."
    if sentence.authority:
        yield f"It names `{sentence.authority}` as its authority."
    answering = list(_answering(read, sentence))
    for requirement, asked in answering[:_MOST_OF_LAW]:
        yield "\n".join(_law(requirement, asked))
    if len(answering) > _MOST_OF_LAW:
        yield f"{len(answering) - _MOST_OF_LAW} more requirements rest on it."


def _answering(read: TextRead, sentence: SentenceShown) -> Iterator[tuple[RequirementShown, Asked]]:
    """What the law of the policy's own day asks that this sentence answers, whether well or not."""
    own = read.analysis.name
    for requirement in read.analysis.requirements:
        for asked in requirement.sentences:
            places = (each.place for each in asked.answers if each.path == own)
            if any(each.start < sentence.place.end and sentence.place.start < each.end for each in places):
                yield requirement, asked


def _law(requirement: RequirementShown, asked: Asked) -> Iterator[str]:
    edition = f" in the edition of {requirement.edition}" if requirement.edition else ""
    yield f"**{requirement.citation}** {requirement.title}{edition}: *{asked.said}*  "
    yield f"`{' '.join(asked.asked.split())}`  "
    yield asked.why
