"""Which text of a policy a command uses, alike for every command that rates by one text."""

from __future__ import annotations

from sespms_rules.cli.policies import program_of
from sespms_rules.cli.reading_options import Reading, reading_options
from sespms_rules.pipeline import Compilation
from sespms_rules.studies.amended_text import TextUsed, text_used

text_options = reading_options(
    "Use the text with the amendments in force on this day.",
    "Use the text under an amendment: a file, or a name; `A+B` for two together.",
)
"""The options of reading, for a command that uses one text."""


def used(compilation: Compilation, system: str | None, reading: Reading) -> TextUsed:
    """What the system named, or the only one, computes under the text that was asked for, and what is told of it."""
    return text_used(compilation, program_of(compilation, system), reading.amendments, reading.as_of)
