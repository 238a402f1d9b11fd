"""A decision -> the words of its findings: an appraisal that shows it, a score, where a line stands."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import Protocol

from sespms_rules.checks.decided.deciding import Decision
from sespms_rules.foundation.diagnostic import Diagnostic, Finding
from sespms_rules.foundation.origin import exact
from sespms_rules.foundation.source import Span
from sespms_rules.foundation.spelling import listed
from sespms_rules.program.ir import Member, Program
from sespms_rules.program.rating import Appraisal, Rated, Refusal
from sespms_rules.program.wording import said_of

_DECIMALS = 4


class Derived(Protocol):
    """What is derived: a program, and the element that it derives; None for the summary rating."""

    @property
    def program(self) -> Program:
        """The program that derives it."""

    @property
    def member(self) -> Member | None:
        """The element, if it is one."""


def in_words(decision: Derived, appraisal: Appraisal) -> str:
    """An appraisal in words; members that only the plan names are told by their ratings alone."""
    shown = _rated_in_words(decision, appraisal)
    return f"{shown}, where {said_of(appraisal.facts)}," if appraisal.facts else shown


def _rated_in_words(decision: Derived, appraisal: Appraisal) -> str:
    named = {member.name for member in decision.program.summary.members}
    noun = "element" if decision.member is None else "requirement"
    whole = "a plan" if decision.member is None else f"`{decision.member.name}`"
    plain = not any(
        each.name in named or each.weight or each.further or each.requirements for each in appraisal.elements
    )
    if plain:
        count = len(appraisal.elements)
        rated = [exact(each.rating) for each in appraisal.elements if each.rating is not None]
        left = count - len(rated)
        members = f"{whole} with {count} {noun}{'' if count == 1 else 's'}"
        if not left:
            return f"{members} rated {listed(rated)}"
        some = f"{len(rated)} of them rated {listed(rated)} and {left} not rated"
        return f"{members}, {some}" if rated else f"{members}, none of them rated"
    parts = (
        (f"`{each.name}`" if each.name in named else f"one {noun}") + _weight(each) + f" {_mark(each)}"
        for each in appraisal.elements
    )
    return f"{whole} with {listed(parts)}"


def _mark(one: Rated) -> str:
    if one.requirements:
        return f"({listed(f'a requirement{_weight(each)} {_mark(each)}' for each in one.requirements)})"
    if one.rating is None:
        return "not rated"
    further = "".join(f' with "{name}" {exact(value)}' for name, value in one.further)
    return f"rated {exact(one.rating)}{further}"


def _weight(one: Rated) -> str:
    return "" if one.weight is None else f" weight {exact(one.weight)}"


def is_partly_rated(appraisal: Appraisal) -> bool:
    """Whether somebody in it is not rated."""
    return any(_unrated(appraisal.elements))


def _unrated(rated: tuple[Rated, ...]) -> Iterator[bool]:
    for each in rated:
        yield from _unrated(each.requirements)
        yield each.is_missing


def in_backticks(score: Fraction) -> str:
    """A score in backticks; one whose decimals do not end, to a few of them."""
    if "/" not in exact(score):
        return f"`{exact(score)}`"
    short = Fraction(score.numerator * 10**_DECIMALS // score.denominator, 10**_DECIMALS)
    return f"about `{exact(short)}`"


def place_of(decision: Decision) -> Span:
    """The heading of the derivation."""
    return decision.program.summary.origin.span


def whose(decision: Decision) -> str:
    """What is derived, in words."""
    return "the summary rating" if decision.member is None else f"`{decision.member.name}`"


def refused(finding: Finding, decision: Decision, appraisal: Appraisal, refusal: Refusal) -> Diagnostic:
    """A finding about a refusal, at the line that refuses, with the appraisal that comes to it."""
    span = refusal.origin.span if refusal.origin and refusal.origin.span.text else place_of(decision)
    shown = f"{in_words(decision, appraisal)} shows it"
    return finding.at(span, refusal.message, help=f"{shown}; {refusal.help}" if refusal.help else shown)
