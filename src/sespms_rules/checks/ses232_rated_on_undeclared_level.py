"""An element rated on a level that the system does not have."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from sespms_rules.checks.analysis.levels import declared, is_level
from sespms_rules.checks.analysis.sentences import is_named, number, sentences_of
from sespms_rules.foundation.diagnostic import Diagnostic, Fix, error
from sespms_rules.foundation.line_edits import one_of_several
from sespms_rules.foundation.spelling import listed
from sespms_rules.language.model import System
from sespms_rules.language.syntax.elements import RatedOnLevels
from sespms_rules.language.syntax.nodes import Number

FINDING = error("SES232", "rated-on-undeclared-level")


def check(system: System) -> Iterator[Diagnostic]:
    """Find levels of an element that `levels` does not declare."""
    known = declared(system)
    if not known:
        return
    for part, sentence in sentences_of(system):
        if not isinstance(sentence, RatedOnLevels):
            continue
        for written in sentence.levels:
            if is_level(written.value) and int(written.value) not in known:
                yield FINDING.at(
                    written.span,
                    f"the {is_named(part)} is rated on level {number(written.value)}, which the system does not have",
                    help=f"declared are the levels {listed(str(each) for each in known)}",
                    fixes=_without(written, sentence, known),
                )


def _without(level: Number, sentence: RatedOnLevels, known: Collection[int]) -> tuple[Fix, ...]:
    """The same levels without one that is not declared, and without its like; none where fewer than two are left."""
    left = [each.span.text for each in sentence.levels if each.value in known]
    if len(left) < 2:
        return ()
    whole = sentence.levels[0].span.to(sentence.levels[-1].span)
    return (one_of_several(whole, listed(left), f"so that level {number(level.value)} is left out"),)
