"""A text that only holds the place of one, such as `TBD`."""

from __future__ import annotations

from collections.abc import Iterator

from sespms_rules.checks.analysis.sentences import sentences_of, within
from sespms_rules.checks.analysis.wording import folded_wording, says_nothing
from sespms_rules.foundation.diagnostic import Diagnostic, warning
from sespms_rules.foundation.line_edits import line_out_of_several
from sespms_rules.language.model import System
from sespms_rules.language.syntax.elements import RequiresText, Standard
from sespms_rules.language.syntax.nodes import Node, Prose, Quoted
from sespms_rules.language.syntax.steps import OtherCases
from sespms_rules.language.syntax.system import Adapts, Agency, LeavesOut, Oversight, Purpose

FINDING = warning("SES295", "says-nothing")

_SAYS_IT = (Agency, Purpose, Oversight, LeavesOut, Adapts, Standard, RequiresText, OtherCases)


def check(system: System) -> Iterator[Diagnostic]:
    """Find texts without a word of their own where the agency has to say something."""
    terms = {folded_wording(each.term) for each in system.levels}
    for _, sentence in sentences_of(system):
        if not isinstance(sentence, _SAYS_IT):
            continue
        own = terms if isinstance(sentence, Standard) else ()
        for text in within(sentence, Node):
            if isinstance(text, Quoted | Prose) and says_nothing(text, own):
                yield FINDING.at(
                    text.span,
                    f"`{' '.join(text.text.split())}` only holds the place of a text, so nothing is said here",
                    help="write the text itself, or take the sentence out",
                    fixes=(line_out_of_several("take the sentence out", sentence.span),),
                )
