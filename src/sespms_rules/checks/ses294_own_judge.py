"""A decision about an appraisal that is left to the executive who is appraised."""

from __future__ import annotations

from collections.abc import Iterator

from sespms_rules.checks.analysis.edits import words_instead
from sespms_rules.checks.analysis.judges import judged_by_themselves
from sespms_rules.foundation.diagnostic import Diagnostic, error
from sespms_rules.language.model import System
from sespms_rules.language.syntax.nodes import Sentence
from sespms_rules.language.syntax.planning import EarlyEnd
from sespms_rules.language.syntax.steps import BoardAppointed

FINDING = error("SES294", "own-judge")

_OFFICIALS: dict[type[Sentence], str] = {EarlyEnd: "rating official", BoardAppointed: "agency head"}
"""Who does it by the regulation, where that is one official."""


def check(system: System) -> Iterator[Diagnostic]:
    """Find acts of judgment that a sentence gives to the executive."""
    for sentence, what in judged_by_themselves(system):
        yield FINDING.at(
            sentence.span,
            f"the executive who is appraised would {what}",
            help="name an official who is not the executive appraised, such as rating official",
            fixes=words_instead("by executive", f"by {_OFFICIALS[type(sentence)]}", sentence.span)
            if type(sentence) in _OFFICIALS
            else (),
        )
