"""A sentence outside the derivation that names a level which the system does not have."""

from __future__ import annotations

from collections.abc import Iterator

from sespms_rules.checks.analysis.levels import known_levels, level_number
from sespms_rules.checks.analysis.sentences import number, sentences_of, within
from sespms_rules.foundation.diagnostic import Diagnostic, error
from sespms_rules.foundation.line_edits import line_out_of_several
from sespms_rules.foundation.spelling import listed
from sespms_rules.language.model import System
from sespms_rules.language.syntax.elements import LevelDefinition, Standard
from sespms_rules.language.syntax.limits import Level
from sespms_rules.language.syntax.words import PartKind

FINDING = error("SES283", "level-named-not-there")

_DERIVED = (PartKind.RATING, PartKind.TABLE, PartKind.CRITICAL_ELEMENT, PartKind.NONCRITICAL_ELEMENT)
"""Parts whose levels lowering looks at, by the levels that can occur in each of them (SES126)."""


def check(system: System) -> Iterator[Diagnostic]:
    """Find levels that are none of the system's, in consequences, awards, limits, guarantees and wherever else."""
    known = known_levels(system)
    for part, sentence in sentences_of(system):
        if part.kind in _DERIVED or isinstance(sentence, LevelDefinition | Standard):
            continue
        for level in within(sentence, Level):
            value = level_number(level)
            if value is not None and value not in known:
                yield FINDING.at(
                    level.span,
                    f"this sentence names level {number(value)}, which the system does not have",
                    help=f"its levels are {listed(str(each) for each in known)}; name one of them, or take the "
                    "sentence out",
                    fixes=(line_out_of_several("take the sentence out", sentence.span),),
                )
