"""Which texts of a policy a command uses, alike for every command."""

from __future__ import annotations

from sespms_rules.cli.policies import program_of
from sespms_rules.cli.reading_options import Reading, reading_options
from sespms_rules.pipeline import Compilation
from sespms_rules.studies.amended_text import SideBySide, TextUsed, text_used, texts_side_by_side

_ON_A_DAY = "Use the text with the amendments in force on this day."

text_options = reading_options(
    _ON_A_DAY,
    "Use the text under an amendment: a file, or a name; `A+B` for two together.",
)
"""The options of reading, for a command that uses one text."""

texts_options = reading_options(
    _ON_A_DAY,
    "Do it for the text under an amendment: a file, or a name; `A+B` for two together, repeatable side by side.",
)
"""The options of reading, for a command that takes several texts side by side."""


def used(compilation: Compilation, system: str | None, reading: Reading) -> TextUsed:
    """What the system named, or the only one, computes under the text that was asked for, and what is told of it."""
    return text_used(compilation, program_of(compilation, system), reading.amendments, reading.as_of)


def used_side_by_side(compilation: Compilation, system: str | None, reading: Reading) -> SideBySide:
    """The text that was asked for and those to set beside it, of the system named or the only one."""
    return texts_side_by_side(compilation, program_of(compilation, system), reading.amendments, reading.as_of)
