"""Editions as data: every requirement with its citation, force, days, confidence and questions, for other programs.

The shape is published in docs/schemas/baseline-export.schema.json. Nothing is added to what the edition says: where it
states no first day there is none, and `read_as_of` is the day of the copy that was read.
"""

from __future__ import annotations

import datetime
import hashlib
from collections.abc import Iterable
from typing import Any

from sespms_rules.checks.analysis import chosen
from sespms_rules.language.model import Baseline, Part, Requirement, Stated
from sespms_rules.language.syntax.baselines import (
    Advisory,
    AppliesToEnding,
    AppliesToExecutives,
    AppliesToPlace,
    AppliesToStarting,
    Confirmed,
    IssuedBy,
    ListItem,
    Meaning,
    PartlyConfirmed,
    ReadAsOf,
    Replaces,
    Savings,
    SourceOf,
    Unconfirmed,
)
from sespms_rules.language.syntax.derivation import Ask
from sespms_rules.language.syntax.nodes import AnyWording, PartName, Sentence, Text
from sespms_rules.language.syntax.requirements import (
    EachMust,
    EachMustNot,
    MayHave,
    MustGuarantee,
    MustHave,
    MustNotContradict,
    MustNotHave,
    MustNotHaveNoncritical,
    MustNotState,
    MustState,
    Says,
    ShouldGuarantee,
    ShouldState,
)
from sespms_rules.law.editions import days_of, file_of, followed_only

FORCES: dict[type[Sentence], str] = {
    MustState: "must state",
    ShouldState: "should state",
    MustNotState: "must not state",
    MustNotContradict: "must not contradict",
    MustHave: "must have",
    MustNotHave: "must not have",
    MustNotHaveNoncritical: "must not have noncritical elements",
    MayHave: "may have",
    MustGuarantee: "must guarantee",
    ShouldGuarantee: "should guarantee",
    EachMust: "each must",
    EachMustNot: "each must not",
}
"""What each kind of sentence asks, as the document names it."""

_MARKS = {Confirmed: "confirmed", PartlyConfirmed: "partly confirmed", Unconfirmed: "unconfirmed"}


def edition_as_data(edition: Baseline) -> dict[str, Any]:
    """One edition, ready for JSON: days as `YYYY-MM-DD`, texts with plain blanks, null where the edition is silent."""
    head = edition.head.sentences
    first, last = days_of(head)
    return {
        "id": file_of(edition),
        "kind": edition.kind.value,
        "name": edition.name,
        "issued_by": next((each.name.text for each in chosen(head, IssuedBy)), None),
        "source": next((_text(each.text) for each in chosen(head, SourceOf)), None),
        "in_force_from": _day(first),
        "in_force_to": _day(last),
        "read_as_of": _read_as_of(head),
        "replaces_edition_of": next((_day(each.day.value) for each in chosen(head, Replaces)), None),
        "for_systems_that_follow": followed_only(edition),
        "applies_to": _scope(head),
        "advisory_for": [kind.value for each in chosen(head, Advisory) for kind in each.coverages],
        "savings": [_savings(each) for each in chosen(head, Savings)],
        "terms": [{"term": each.term.text, "means": _text(each.text)} for each in chosen(head, Meaning)],
        "lists": [_list(each) for each in edition.lists],
        "requirements": [_requirement(each) for each in edition.requirements],
        "sha256": hashlib.sha256(edition.origin.span.source.text.encode()).hexdigest(),
    }


def _scope(sentences: Iterable[Stated]) -> dict[str, Any]:
    said = tuple(sentences)
    return {
        "executives": [kind.value for each in chosen(said, AppliesToExecutives) for kind in each.coverages],
        "periods_starting_from": next((_day(each.day.value) for each in chosen(said, AppliesToStarting)), None),
        "periods_ending_from": next((_day(each.day.value) for each in chosen(said, AppliesToEnding)), None),
        "places": [each.place.text for each in chosen(said, AppliesToPlace)],
    }


def _savings(each: Savings) -> dict[str, Any]:
    return {
        "systems_effective_before": _day(each.before.value),
        "until": _day(each.last.value),
        "unless_they_follow": each.unless.name.text if each.unless else None,
    }


def _list(part: Part) -> dict[str, Any]:
    items = chosen(part.sentences, ListItem)
    return {
        "name": part.name,
        **_confidence(part.sentences),
        "items": [{"name": each.name.text, "includes": [item.text for item in each.items]} for each in items],
    }


def _requirement(requirement: Requirement) -> dict[str, Any]:
    said = requirement.sentences
    first, last = days_of(said)
    return {
        "citation": requirement.citation,
        "title": requirement.title,
        "summary": next((_text(each.text) for each in chosen(said, Says)), None),
        "in_force_from": _day(first),
        "in_force_to": _day(last),
        "read_as_of": _read_as_of(said),
        "applies_to": _scope(said),
        **_confidence(said),
        "asks": [_asked(each) for each in said if type(each.sentence) in FORCES],
        "questions": [_text(each.question) for each in chosen(said, Ask)],
    }


def _asked(stated: Stated) -> dict[str, Any]:
    """One duty: its force, the part of a system that it speaks of (null for records and guarantees), its words."""
    sentence = stated.sentence
    quotation = getattr(sentence, "quotation", None)
    inner = quotation.sentence if quotation is not None else getattr(sentence, "guarantee", None)
    part = quotation.part if quotation is not None else getattr(sentence, "part", None)
    return {
        "force": FORCES[type(sentence)],
        "part": _called(part) if isinstance(part, PartName) else None,
        "sentence": _plain((inner or sentence).span.text) if part is None or quotation is not None else None,
        "order": inner.strictness if quotation is not None and inner is not None else None,
        "words": _plain(stated.origin.span.text),
    }


def _called(part: PartName) -> str:
    return f'{part.kind.value} "{part.name.text}"' if part.name else part.kind.value


def _confidence(sentences: Iterable[Stated]) -> dict[str, Any]:
    """How far it was compared with the law; without a mark it was not, as verdicts have it."""
    for each in sentences:
        kind = _MARKS.get(type(each.sentence))
        if kind is not None:
            return {"confidence": kind, "remark": _text(getattr(each.sentence, "text", None))}
    return {"confidence": "unconfirmed", "remark": None}


def _read_as_of(sentences: Iterable[Stated]) -> str | None:
    return next((_day(each.day.value) for each in chosen(sentences, ReadAsOf)), None)


def _text(text: Text | None) -> str | None:
    return None if text is None or isinstance(text, AnyWording) else _plain(text.text)


def _plain(words: str) -> str:
    return " ".join(words.split())


def _day(day: datetime.date | None) -> str | None:
    return day.isoformat() if day else None


__all__ = ["FORCES", "edition_as_data"]
