"""Sentences that only declare, checked against what stands beside them: what the text itself denies is not kept."""

from __future__ import annotations

from fractions import Fraction

from sespms_rules.checks.analysis import (
    Distance,
    Lack,
    how_to_add,
    lacks,
    lacks_in_element,
    minimum_beyond_period,
    stated_distances,
)
from sespms_rules.foundation.spelling import listed
from sespms_rules.language.model import Stated, System
from sespms_rules.language.syntax import elements, planning, steps, uses
from sespms_rules.language.syntax import system as heads
from sespms_rules.language.syntax.nodes import AnyWording, Text
from sespms_rules.language.syntax.words import Coverage
from sespms_rules.law.comparing import Answer, Question, together, weaker
from sespms_rules.law.orders import number, number_of_units, same
from sespms_rules.law.timing_order import follows_from

_NOW = Fraction(0)


def covers(question: Question) -> Answer:
    """The order *duty list*; whom a system leaves out, and who covers the others, is asked of the reviewer.

    An agency may have several systems (5 CFR 430.304(a)), so one that covers some of the kinds is no miss by itself.
    """
    answer = together("coverages")(question)
    left_out = question.of_kind(heads.LeavesOut)
    if left_out:
        told = "; ".join(f"`{_unit(each)}`, because `{_reason(each)}`" for each in left_out)
        asked = f"it leaves out {told}: does the law let it, and who appraises them?"
        return Answer(answer.holds, (*answer.evidence, *left_out), answer.why, asked)
    if answer.holds is False and answer.evidence:
        said = {
            kind
            for each in answer.evidence
            if isinstance(each.sentence, heads.Covers)
            for kind in each.sentence.coverages
        }
        others = [kind.value for kind in Coverage if kind not in said]
        asked = f"it does not cover {listed(others)} executives: which system of the agency covers them?"
        return Answer(False, answer.evidence, answer.why, asked)
    return answer


def _unit(stated: Stated) -> str:
    return stated.sentence.unit.text if isinstance(stated.sentence, heads.LeavesOut) else ""


def _reason(stated: Stated) -> str:
    return _words(stated.sentence.reason) if isinstance(stated.sentence, heads.LeavesOut) else ""


def _words(text: Text) -> str:
    return "" if isinstance(text, AnyWording) else " ".join(text.text.split())


def lasts(question: Question) -> Answer:
    """The order *number*; a minimum longer than the period lets nobody be rated in it."""
    asked = question.asked
    assert isinstance(asked, planning.Lasts)  # noqa: S101 - this family's class
    near = question.of_kind()
    beyond = minimum_beyond_period(question.system)
    if beyond is not None:
        why = f"nobody could be rated: the period has `{beyond[1]}` days, fewer than the minimum"
        is_said = any(each.sentence == asked for each in near)
        return Answer(False, near, why, cure="let the period have as many days as its minimum" if is_said else "")
    for each in near:
        said = each.sentence
        assert isinstance(said, planning.Lasts)  # noqa: S101 - chosen above
        if number_of_units((said.limit, said.unit), (asked.limit, asked.unit)):
            return Answer(True, (each,))
    return weaker(near)


def each_has(question: Question) -> Answer:
    """The order *number*; what the system itself states without it denies what it declares."""
    asked = question.asked
    assert isinstance(asked, planning.EachHas)  # noqa: S101 - this family's class
    for each in question.of_kind():
        said = each.sentence
        assert isinstance(said, planning.EachHas)  # noqa: S101 - chosen above
        if (said.part, said.item) == (asked.part, asked.item) and number(said.limit, asked.limit):
            return _unless_denied(each, lacks(question.system, said), said.item)
    near = tuple(
        each
        for each in question.of_kind()
        if same(getattr(each.sentence, "part", None), asked.part)
        and same(getattr(each.sentence, "item", None), asked.item)
    )
    return weaker(near)


def requirement_has(question: Question) -> Answer:
    """The same for the requirements of one element."""
    asked = question.asked
    assert isinstance(asked, elements.RequirementHas)  # noqa: S101 - this family's class
    near = tuple(each for each in question.of_kind() if getattr(each.sentence, "item", None) is asked.item)
    for each in near:
        said = each.sentence
        assert isinstance(said, elements.RequirementHas)  # noqa: S101 - chosen above
        if number(said.limit, asked.limit):
            own = [one for one in question.system.elements if one.part is question.part]
            found = tuple(lack for one in own for lack in lacks_in_element(one, said))
            return _unless_denied(each, found, said.item)
    return weaker(near)


def _unless_denied(declared: Stated, lacking: tuple[Lack, ...], item: object) -> Answer:
    if not lacking:
        return Answer(True, (declared,))
    names = listed(list(dict.fromkeys(f"`{each.name}`" for each in lacking)))
    why = f"it says so, and what stands under {names} has no {item}"
    return Answer(False, (declared,), why, cure=f"under {names} {how_to_add(item)}")


def kept(question: Question) -> Answer:
    """The order *number* for how long; a clock that starts before the asked event stops earlier."""
    asked = question.asked
    assert isinstance(asked, uses.Kept)  # noqa: S101 - this family's class
    near = question.of_kind()
    for each in near:
        said = each.sentence
        assert isinstance(said, uses.Kept)  # noqa: S101 - chosen above
        long_enough = number_of_units((said.limit, said.unit), (asked.limit, asked.unit))
        if long_enough and (same(said.event, asked.event) or _starts_later(question.system, said, asked)):
            return Answer(True, (each,))
        if long_enough:
            return Answer(False, (each,), f"it counts from {said.event}, and {asked.event} is asked")
    return weaker(near)


def _starts_later(system: System, said: uses.Kept, asked: uses.Kept) -> bool:
    return follows_from(stated_distances(system), Distance(asked.event, said.event, _NOW, _NOW, strictly=False))


def waiver(question: Question) -> Answer:
    """Whoever may waive it is one that is asked for, and nobody else may."""
    asked = question.asked
    assert isinstance(asked, steps.CapWaiver)  # noqa: S101 - this family's class
    near = question.of_kind()
    others = tuple(each for each in near if not same(getattr(each.sentence, "role", None), asked.role))
    if others:
        names = listed([str(getattr(each.sentence, "role", "")) for each in others])
        return Answer(False, others, f"it may be waived by {names} too")
    return Answer(True, near) if near else weaker(near)
