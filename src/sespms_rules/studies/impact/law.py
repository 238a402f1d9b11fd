"""What the federal rules say of a limit on levels, and how far that was confirmed.

A System -> the verdicts of conformance that speak of its `distribution` part. Only a requirement that was compared
with the law is called law; everything else keeps the mark its edition gives it.
"""

from __future__ import annotations

import datetime

from sespms_rules.foundation.values import Frozen, field
from sespms_rules.language.model import System
from sespms_rules.language.resolution import Library
from sespms_rules.law import conformance
from sespms_rules.law.verdict import Confidence, Verdict, VerdictKind

CAP = "OPM cap on high ratings"
"""The edition that tells OPM's cap; it is read for information also where a policy does not follow it."""

_PART = "distribution"
_ASKED = tuple(f"{how} {what} {_PART}" for how in ("must", "must not", "should", "may") for what in ("state", "have"))


class LawNote(Frozen):
    """One requirement that speaks of the distribution, and how the policy stands to it.

    `held` says whether the edition binds the policy. `why` is empty where the verdict says all.
    """

    citation: str
    title: str
    kind: VerdictKind
    confidence: Confidence
    remark: str
    held: bool
    fails: bool
    why: str = field(default="")

    def as_text(self) -> str:
        """The note in a sentence: what it is, how the text of the policy stands to it, how sure the rule is.

        It speaks of the text alone: whether a roster keeps a limit stands with the limit.
        """
        mark = self.confidence.value + (f": {self.remark}" if self.remark else "")
        why = f" ({self.why})" if self.why and self.kind is not VerdictKind.MET else ""
        return f"{self.citation}, {self.title}, asked of the policy's text: {self.kind.said}{why} [{mark}]"


def distribution_in_law(system: System, law: Library, as_of: datetime.date | None = None) -> tuple[LawNote, ...]:
    """What the editions that bind a system say of a distribution, then what OPM's cap says where it does not.

    `law` holds the texts that the reader trusts; `as_of` is the day that the reader names.
    """
    held = conformance(system, law, as_of=as_of)
    names = {each.baseline for each in held.held}
    notes = [_note(each, held=True) for each in held.verdicts if _speaks(each)]
    if CAP not in names:
        cap = conformance(system, law, baseline=CAP)
        notes += [_note(each, held=False) for each in cap.verdicts if _speaks(each)]
    return tuple(notes)


def _speaks(verdict: Verdict) -> bool:
    """Whether a requirement speaks of the `distribution` part."""
    return any(ruling.asked.startswith(_ASKED) for ruling in verdict.rulings)


def _note(verdict: Verdict, *, held: bool) -> LawNote:
    about = [ruling for ruling in verdict.rulings if ruling.asked.startswith(_ASKED)]
    return LawNote(
        verdict.citation,
        verdict.title,
        about[0].kind,
        verdict.confidence,
        verdict.remark,
        held,
        verdict.fails and held,
        about[0].why,
    )
