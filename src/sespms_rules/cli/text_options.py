"""Which text of a policy a command uses: `--as-of` and `--with`, alike for every command that rates by one text."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from typing import Any, TypeVar

import click

from sespms_rules.cli.policies import program_of
from sespms_rules.cli.reading_options import as_day
from sespms_rules.pipeline import Compilation
from sespms_rules.studies.amended_text import TextUsed, text_used

_F = TypeVar("_F", bound=Callable[..., Any])


def text_options(function: _F) -> _F:
    """The options `--as-of` and `--with`, given to the command as `day` and `amendments`."""
    with_option = click.option(
        "--with",
        "amendments",
        multiple=True,
        metavar="AMENDMENT",
        help="Use the text under an amendment: a file, or a name; `A+B` for two together.",
    )
    as_of_option = click.option(
        "--as-of", "day", metavar="DATE", callback=as_day, help="Use the text with the amendments in force on this day."
    )
    return as_of_option(with_option(function))


def used(
    compilation: Compilation, system: str | None, amendments: tuple[str, ...], day: datetime.date | None
) -> TextUsed:
    """What the system named, or the only one, computes under the text that was asked for, and what is told of it."""
    return text_used(compilation, program_of(compilation, system), amendments, day)
