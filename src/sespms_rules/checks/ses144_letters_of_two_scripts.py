"""A word that mixes Latin letters with those of another script that look like them."""

from __future__ import annotations

from collections.abc import Iterator

from sespms_rules.checks.analysis.names import declared_names
from sespms_rules.foundation.diagnostic import Diagnostic, Fix, warning
from sespms_rules.foundation.letters import as_read, foreign_letters
from sespms_rules.foundation.source import Source, Span
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
                fixes=_in_latin(name.text, name.span.source),
            )


def _in_latin(name: str, source: Source) -> tuple[Fix, ...]:
    """Write a name in Latin letters wherever it stands in its text; none where that is another name there."""
    quoted, meant = f'"{name}"', f'"{as_read(name)}"'
    text = source.text
    if foreign_letters(as_read(name)) or quoted not in text or meant in text:
        return ()
    span = Span(source, text.index(quoted), text.rindex(quoted) + len(quoted))
    return (Fix(f"write `{as_read(name)}` wherever it stands", span, span.text.replace(quoted, meant), sure=False),)
