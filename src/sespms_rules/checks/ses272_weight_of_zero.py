"""A limit that seems to let a weight be zero."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from sespms_rules.foundation.diagnostic import Diagnostic, Fix, warning
from sespms_rules.foundation.line_edits import line_out_of_several
from sespms_rules.language.model import System
from sespms_rules.language.syntax.elements import WeightAll, WeightOf, WeightOthers
from sespms_rules.language.syntax.limits import AtLeast, limit_ends
from sespms_rules.language.syntax.words import PartKind

FINDING = warning("SES272", "weight-of-zero")


def check(system: System) -> Iterator[Diagnostic]:
    """Find limits on weights with zero as an end: every weight is above zero, and an appraisal with another refused."""
    said = [each.sentence for each in system.sentences(PartKind.WEIGHTS)]
    for sentence in said:
        if isinstance(sentence, WeightOf | WeightAll | WeightOthers) and 0 in limit_ends(sentence.limit):
            span = sentence.limit.span
            yield FINDING.at(
                span,
                f"`{span.text}` seems to allow a weight of `0`, and no element may weigh nothing",
                help="write the least weight that is meant, or leave what does not count out of the plan",
                fixes=_out(sentence, said) if isinstance(sentence.limit, AtLeast) else (),
            )


def _out(sentence: WeightOf | WeightAll | WeightOthers, said: Iterable[object]) -> tuple[Fix, ...]:
    """Take out a least weight of zero, which every weight has; none that a line for others would replace."""
    if isinstance(sentence, WeightOf) and any(isinstance(each, WeightOthers) for each in said):
        return ()
    return (line_out_of_several("take the line out, as it asks for nothing", sentence.span),)
