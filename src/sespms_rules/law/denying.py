"""A ruling that rests on a sentence which the text itself denies is not `met`, whatever the sentence says alone."""

from __future__ import annotations

from sespms_rules.checks.analysis import denied
from sespms_rules.foundation.values import replace
from sespms_rules.language.model import System
from sespms_rules.law.verdict import Ruling, VerdictKind


def unless_denied(system: System, ruling: Ruling) -> Ruling:
    """The ruling as it is; `not met` where it was met by a line that another line speaks against."""
    against = denied(system) if ruling.kind is VerdictKind.MET and ruling.evidence else ()
    if not against:
        return ruling
    places = {(id(each.source), each.start) for each in ruling.evidence}
    found = next((each for each in against if (id(each.span.source), each.span.start) in places), None)
    if found is None:
        return ruling
    cure = "take one of the two lines out, or change it, so that both can be kept"
    return replace(ruling, kind=VerdictKind.NOT_MET, why=f"it says so, and {found.why}", cure=cure)
