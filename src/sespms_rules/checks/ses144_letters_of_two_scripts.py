"""A word that mixes Latin letters with those of another script that look like them."""

from __future__ import annotations

from collections.abc import Iterator

from sespms_rules.checks.analysis.names import declared_names
from sespms_rules.foundation.diagnostic import Diagnostic, warning
from sespms_rules.foundation.letters import foreign_letters
from sespms_rules.language.model import System

FINDING = warning("SES144", "letters-of-two-scripts")


def check(system: System) -> Iterator[Diagnostic]:
    """Find names in which a word has Latin and Greek or Cyrillic letters."""
    for name in declared_names(system):
        foreign = foreign_letters(name.text)
        if foreign:
            yield FINDING.at(
                name.span,
                f"`{name.text}` has the letter `{foreign[0][0]}`, which is no Latin letter: {foreign[0][1]}",
                help="type it anew in Latin letters wherever it stands; a name that only looks alike is another",
            )
