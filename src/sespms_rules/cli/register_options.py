"""What commands that use a register share: its place, its key file, who asks, and records that are kept in one."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from sespms_rules.foundation.request import RequestError
from sespms_rules.foundation.spelling import backticked, did_you_mean, nearest_name
from sespms_rules.foundation.values import Frozen

if TYPE_CHECKING:
    from sespms_rules.records.reading import ReadTables
    from sespms_rules.register import Register

_F = TypeVar("_F", bound=Callable[..., Any])

register_argument = click.argument("register", metavar="REGISTER")
key_option = click.option(
    "--key", metavar="FILE", help="The key file of the register; the default is the register's name with `.key` behind."
)


def by_option(help: str) -> Callable[[_F], _F]:
    """The option `--by`, an opaque id; what looks like a person's name or number is refused."""
    return click.option("--by", metavar="ID", callback=_as_opaque, help=help)


def series_option(help: str) -> Callable[[_F], _F]:
    """The option `--series`."""
    return click.option("--series", metavar="NAME", help=help)


def _as_opaque(ctx: click.Context, param: click.Parameter, value: str | None) -> str | None:
    if value is None:
        return None
    from sespms_rules.records.reading import UnreadCellError, opaque  # pydantic loads only where someone is named

    try:
        found = opaque(value)
    except UnreadCellError as fault:
        raise click.BadParameter(f"{fault.says}; write an opaque id with a digit, such as `O-7`", ctx, param) from None
    if not found:
        raise click.BadParameter("nobody is named; write an opaque id with a digit, such as `O-7`", ctx, param)
    return found


def named(by: str | None, why: str) -> str:
    """Who asks. Raises a usage error where nobody is named."""
    if by is None:
        raise click.UsageError(f"{why}; say who asks with `--by`, an opaque id such as `O-7`")
    return by


@contextmanager
def open_register(text: str, key: str | None = None, *, keys_needed: bool = True) -> Iterator[Register]:
    """The register that a user names, closed at the end.

    Its keys are read from the file that is named or stands beside it; where they are not needed, only if there.
    Raises RegisterError for what is no register and for a key file that is none of it.
    """
    from sespms_rules.register import default_key_file, opened_register, place_of, read_keys

    place = place_of(text)
    path = Path(key) if key is not None else default_key_file(place)
    keys = read_keys(path) if keys_needed or key is not None or path.exists() else None
    with opened_register(place, keys) as register:
        yield register


class KeptIn(Frozen):
    """How records are asked for where they are kept in a register: which series, who asks, with which keys."""

    series: str | None
    by: str | None
    key: str | None


def kept_options(function: _F) -> _F:
    """The options `--series`, `--by` and `--key` of commands that read records, given together as `kept`."""

    @wraps(function)
    def asked(*args: Any, **given: Any) -> Any:
        kept = KeptIn(given.pop("series"), given.pop("by"), given.pop("key"))
        return function(*args, kept=kept, **given)

    decorated: Any = asked
    for option in (
        key_option,
        by_option("Who reads, where the records are kept in a register: an opaque id, which is entered there."),
        series_option("Which series of a register to read, where it holds several."),
    ):
        decorated = option(decorated)
    return decorated  # type: ignore[no-any-return]


def _belong(given: list[str]) -> str:
    return f"{' and '.join(given)} {'belongs' if len(given) == 1 else 'belong'}"


def refuse_without_records(kept: KeptIn) -> None:
    """Raise a usage error for options of a register where no records are named at all."""
    given = [f"`--{name}`" for name in KeptIn._fields if getattr(kept, name) is not None]
    if given:
        raise click.UsageError(f"{_belong(given)} to records in a register; name it with `--records`")


def records_named(text: str, kept: KeptIn, command: str) -> Path | ReadTables:
    """The records that a user names: a path as it is, or what a register holds, once the reading is entered there.

    Raises a usage error for options of a register without one, RegisterError for what a register cannot give.
    """
    from sespms_rules.register import is_register

    if not is_register(text):
        given = [f"`--{name}`" for name in KeptIn._fields if getattr(kept, name) is not None]
        if given:
            raise click.UsageError(f"{_belong(given)} to a register, and `{text}` is none")
        return Path(text)
    from sespms_rules.records.keeping import held_records
    from sespms_rules.register import Draft

    by = named(kept.by, "a register keeps who read it")
    with open_register(text, kept.key) as register:
        register.refuse_incomplete()
        series = series_of(register, kept.series)
        register.add([Draft(by, "reading", {"command": command}, series)])
        held, tables = held_records(register, series)
    if held.destroyed:
        many = "1 entry" if held.destroyed == 1 else f"{held.destroyed} entries"
        verb = "was destroyed and is" if held.destroyed == 1 else "were destroyed and are"
        click.echo(f"sespms: {many} of `{series}` {verb} not read", err=True)
    return tables


def series_of(register: Register, named: str | None) -> str:
    """The series that is named, or the only one. Raises RequestError where it is not there or not clear."""
    from sespms_rules.records.keeping import kept_series

    there = kept_series(register)
    if named is None and len(there) == 1:
        return there[0]
    held = f"it holds {backticked(there)}" if there else "it holds none"
    if named is None:
        if not there:
            raise RequestError("the register holds no records; `sespms register add` puts a year's records in")
        raise RequestError(f"name one series with `--series`; {held}")
    if named not in there:
        raise RequestError(f"the register holds no series `{named}`; {did_you_mean(nearest_name(named, there), held)}")
    return named
