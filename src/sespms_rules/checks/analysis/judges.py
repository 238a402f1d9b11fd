"""Acts of judgment on an executive that a sentence gives to that executive."""

from __future__ import annotations

from collections.abc import Iterator

from sespms_rules.checks.analysis.sentences import sentences_of
from sespms_rules.language.model import System
from sespms_rules.language.syntax.nodes import Sentence
from sespms_rules.language.syntax.planning import EarlyEnd
from sespms_rules.language.syntax.steps import BoardAppointed, CapExcess, CapWaiver, Step
from sespms_rules.language.syntax.words import Act, Role

_OWN_ACTS = frozenset({Act.WRITTEN_RESPONSE, Act.EXECUTIVE_NARRATIVE})


def judged_by_themselves(system: System) -> Iterator[tuple[Sentence, str]]:
    """Each sentence by which the executive who is appraised would decide about it, and what they would do."""
    for _, sentence in sentences_of(system):
        what = _decided(sentence)
        if what and getattr(sentence, "role", None) is Role.EXECUTIVE:
            yield sentence, what


def _decided(sentence: Sentence) -> str:
    """What is decided by such a sentence; empty where nothing is."""
    match sentence:
        case Step(act=act) if act not in _OWN_ACTS:
            return f"take the step `{act}`"
        case EarlyEnd():
            return "decide when their own appraisal period ends"
        case BoardAppointed():
            return "appoint the board that reviews their own rating"
        case CapWaiver() | CapExcess():
            return "decide about the limit on their own rating"
    return ""
