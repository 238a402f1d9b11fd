"""The options of every command that reads a policy: whose text is law, which day counts, which amendments are tried.

`reading_options` is the one place for them: a command that takes it is given a `Reading`. The single options are for
commands in which a day or an amendment means something of its own.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from sespms_rules.foundation.values import Frozen, field

if TYPE_CHECKING:
    from sespms_rules.law.law_texts import LawTexts

_F = TypeVar("_F", bound=Callable[..., Any])
_REPLACE = "replace:"


class Reading(Frozen):
    """How a policy is to be read.

    `law` are the texts that the reader trusts, `as_of` the day that counts where one is named, `amendments` what is
    tried (names or files, `A+B` for two together). With `tells` a text says at its end what it rests on.
    """

    law: LawTexts
    as_of: datetime.date | None = field(default=None)
    amendments: tuple[str, ...] = field(default=())
    tells: bool = field(default=False)


def reading_options(as_of: str, amended: str = "") -> Callable[[_F], _F]:
    """The options `--law`, `--as-of`, `--provenance` and, where `amended` says what it does, `--with`.

    They are given to the command together, as `reading`; `as_of` says what the day does in it.
    """

    def decorated(function: _F) -> _F:
        @wraps(function)
        def reading(*args: Any, **given: Any) -> Any:
            told = (given.pop("law"), given.pop("as_of"), given.pop("amendments", ()), given.pop("provenance"))
            return function(*args, reading=Reading(*told), **given)

        options = [as_of_option(as_of), *([with_option(amended)] if amended else []), law_option, provenance_option]
        made: Any = reading
        for option in reversed(options):
            made = option(made)
        return made  # type: ignore[no-any-return]

    return decorated


def as_day(ctx: click.Context, param: click.Parameter, value: str | None) -> datetime.date | None:
    """Read a day as it is written in a policy. Raises a usage error for anything else."""
    if value is None:
        return None
    try:
        return datetime.date.fromisoformat(value)
    except ValueError:
        raise click.BadParameter(f"`{value}` is no day; write it like `2025-10-15`", ctx, param) from None


def law_option(function: _F) -> _F:
    """The option `--law`, given to the command as `LawTexts`."""
    return click.option(
        "--law",
        multiple=True,
        metavar="FOLDER",
        callback=_as_law,
        help="A folder whose baselines and overlays are law too; with `replace:FOLDER` they stand for shipped ones.",
    )(function)


def provenance_option(function: _F) -> _F:
    """The option `--provenance`: a text says at its end what it rests on, as JSON and pages always do."""
    return click.option(
        "--provenance", is_flag=True, help="Say at the end what this rests on: versions, files and law, with SHA-256."
    )(function)


def with_option(help: str) -> Callable[[_F], _F]:
    """The option `--with`, given to the command as `amendments`."""
    return click.option("--with", "amendments", multiple=True, metavar="AMENDMENT", help=help)


def by_option(function: _F) -> _F:
    """The option `--by`, given to the command as `columns`: those by which a roster is broken down."""
    return click.option(
        "--by",
        "columns",
        multiple=True,
        metavar="COLUMN",
        help="Count apart for each value of a column of the roster, named by its heading; repeatable.",
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
            what = (
                "is a file; name the folder it stands in"
                if path.exists()
                else "is no folder; name one that holds policy files"
            )
            raise click.BadParameter(f"`{name}` {what}", ctx, param)
        if not any(path.glob("*.sespms")):
            raise click.BadParameter(f"`{name}` holds no `.sespms` file, so no law could be read from it", ctx, param)
        folders.append(LawFolder(path, each.startswith(_REPLACE)))
    return law_texts(folders)


def day_judged(as_of: datetime.date | None) -> datetime.date:
    """The day that a year on record is judged as of: the one that was named, else today where the program runs."""
    return as_of or datetime.datetime.now(tz=datetime.UTC).astimezone().date()
