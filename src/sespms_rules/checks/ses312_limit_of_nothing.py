"""A limit that asks for nothing, or gives nothing: `at least 0`, `with at least 0 days`."""

from __future__ import annotations

from collections.abc import Iterator

from sespms_rules.checks.analysis.sentences import sentences_of, within
from sespms_rules.foundation.diagnostic import Diagnostic, warning
from sespms_rules.foundation.line_edits import line_out_of_several
from sespms_rules.language.model import System
from sespms_rules.language.syntax.limits import Allowing, AtLeast, limit_ends
from sespms_rules.language.syntax.words import PartKind

FINDING = warning("SES312", "limit-of-nothing")

_NUMBERS = (PartKind.WEIGHTS, PartKind.RATING, PartKind.TABLE, PartKind.GUARANTEES)
"""Parts in which a number of zero has a meaning of its own, or is told by another check."""


def check(system: System) -> Iterator[Diagnostic]:
    """Find lines on the agency's doing with a least number of zero, which anything meets."""
    for part, sentence in sentences_of(system):
        if part.kind in _NUMBERS:
            continue
        for limit in within(sentence, AtLeast):
            if limit_ends(limit)[0] == 0:
                yield FINDING.at(
                    limit.span,
                    f"`{limit.span.text}` asks for nothing: none at all is enough",
                    help="write the least that is meant, or take the sentence out",
                    fixes=(line_out_of_several("take the sentence out", sentence.span),),
                )
        for time in within(sentence, Allowing):
            if not time.number.value:
                yield FINDING.at(
                    time.span,
                    f"`{time.span.text}` gives no time at all",
                    help="write how much time there is, or take it out and say when the step comes: `after …`",
                )
