"""The options of every command that reads a policy: whose text is law, and which day counts."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

if TYPE_CHECKING:
    from sespms_rules.law.law_texts import LawTexts

_F = TypeVar("_F", bound=Callable[..., Any])
_REPLACE = "replace:"


def as_day(ctx: click.Context, param: click.Parameter, value: str | None) -> datetime.date | None:
    """Read a day as it is written in a policy. Raises a usage error for anything else."""
    if value is None:
        return None
    try:
        return datetime.date.fromisoformat(value)
    except ValueError:
        raise click.BadParameter(f"`{value}` is no day; write it like 2025-10-15", ctx, param) from None


def law_option(function: _F) -> _F:
    """The option `--law`, given to the command as `LawTexts`."""
    return click.option(
        "--law",
        multiple=True,
        metavar="FOLDER",
        callback=_as_law,
        help="A folder whose baselines and overlays are law too; with `replace:FOLDER` they stand for shipped ones.",
    )(function)


def as_of_option(help: str) -> Callable[[_F], _F]:
    """The option `--as-of`."""
    return click.option("--as-of", metavar="DATE", callback=as_day, help=help)


def _as_law(ctx: click.Context, param: click.Parameter, value: tuple[str, ...]) -> LawTexts:
    """The texts that the reader trusts. Raises a usage error for a folder that is none or holds no rules."""
    from sespms_rules.law.law_texts import LawFolder, law_texts

    folders = []
    for each in value:
        name = each.removeprefix(_REPLACE)
        path = Path(name)
        if not path.is_dir():
            what = "is a file; name the folder it stands in" if path.exists() else "is no folder"
            raise click.BadParameter(f"`{name}` {what}", ctx, param)
        if not any(path.glob("*.sespms")):
            raise click.BadParameter(f"`{name}` holds no `.sespms` file, so no law could be read from it", ctx, param)
        folders.append(LawFolder(path, each.startswith(_REPLACE)))
    return law_texts(folders)
