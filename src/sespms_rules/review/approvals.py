"""A text and the record of its approval -> whether it is what OPM approved: what a file claims is its agency's word."""

from __future__ import annotations

import datetime
import re
from collections.abc import Mapping

from sespms_rules.foundation.values import Frozen
from sespms_rules.language.model import System
from sespms_rules.language.syntax.nodes import Day
from sespms_rules.language.syntax.system import Approved
from sespms_rules.language.syntax.words import PartKind
from sespms_rules.review.bag_opening import opened_bag
from sespms_rules.review.docket import Case, State, unpacked
from sespms_rules.review.evidence import compiled_texts
from sespms_rules.review.reviewing import behavior
from sespms_rules.review.submitting import submission_in

_CLAIM = re.compile(rb"^[ \t]*approved by OPM\b[^\n]*\n?", re.MULTILINE)


class HeldToApproval(Frozen):
    """Whether a text is what was approved and the approval holds, and a sentence that says how it stands."""

    is_approved: bool
    said: str


def held_to_approval(
    case: Case | None, system: System, policy: str, texts: Mapping[str, bytes], day: datetime.date
) -> HeldToApproval:
    """Hold a system of a policy, with the texts that it rests on by their names, to what a register says of it.

    The sentence that claims the approval may have been added since: what was approved could not hold it.
    """
    claimed = _claimed(system)
    approval = case.approval if case is not None else None
    number = case.approved_pass if case is not None else None
    if case is None or approval is None or number is None:
        claim = f"says that OPM approved it on {claimed}, and " if claimed else ""
        return HeldToApproval(False, f"{claim}the register holds no approval of it that was not withdrawn")
    if claimed and claimed != approval.day:
        says = f"says that OPM approved it on {claimed}, and the register has {approval.day}"
        return HeldToApproval(False, says)
    until = str(approval.body["until"])
    then = submission_in(opened_bag(unpacked(case.passes[number - 1])))
    if _without_claims(texts) != _without_claims(then.texts):
        both = ((then.policy, then.texts), (policy, texts))
        old, new = (compiled_texts(*each, heed_accepts=False)[0] for each in both)
        return HeldToApproval(False, f"is another text than OPM approved on {approval.day}: {behavior(old, new)}")
    if case.state(day) is State.EXPIRED or datetime.date.fromisoformat(until) < day:
        return HeldToApproval(False, f"is the text that OPM approved on {approval.day}, and the approval ended {until}")
    return HeldToApproval(True, f"is the text that OPM approved on {approval.day}, until {until}")


def _claimed(system: System) -> str:
    """The day of approval that a text states; empty where it states none."""
    days = [each.sentence.day for each in system.sentences(PartKind.SYSTEM) if isinstance(each.sentence, Approved)]
    return next((each.value.isoformat() for each in days if isinstance(each, Day)), "")


def _without_claims(texts: Mapping[str, bytes]) -> list[bytes]:
    return sorted(_CLAIM.sub(b"", held.replace(b"\r\n", b"\n")) for held in texts.values())
