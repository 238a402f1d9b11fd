"""What all commands print alike: findings, JSON documents, and the option that chooses between them."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any, TextIO, TypeVar

import click

from sespms_rules.cli.output_kinds import ONLY_AS_FILES, called, endings_of, form_of, misfit
from sespms_rules.foundation.diagnostic import Diagnostic, Severity
from sespms_rules.foundation.spelling import listed, nearest_name

if TYPE_CHECKING:
    from sespms_rules.law.provenance import Provenance

_F = TypeVar("_F", bound=Callable[..., Any])


def _known_format(formats: tuple[str, ...]) -> Callable[[click.Context, click.Parameter, str | None], str]:
    def check(ctx: click.Context, param: click.Parameter, value: str | None) -> str:
        output = ctx.params.get("output") or "-"
        by_name = form_of(output)
        chosen = value or by_name or formats[0]
        named = ctx.command.get_params(ctx)
        blamed = param if value else next((each for each in named if each.name == "output"), param)
        if chosen not in formats:
            written = listed([f"`{each}`" for each in formats])
            if value is None:
                says = f"this command writes {written}, not what `{output}` is by its name"
                raise click.BadParameter(f"{says}; name a file that ends in {endings_of(formats)}", ctx, blamed)
            near = nearest_name(value, formats)
            offer = f"; did you mean `{near}`?" if near else ""
            raise click.BadParameter(f"this command writes {written}, not `{value}`{offer}", ctx, param)
        if chosen in ONLY_AS_FILES and output == "-":
            says = f"{called(chosen)} is written to a file; give `--output FILE.{chosen}` too"
            raise click.BadParameter(says, ctx, param)
        if (why := misfit(output, chosen)) is not None:
            raise click.BadParameter(why if value is None else f"{why}, or another `--format`", ctx, blamed)
        return chosen

    return check


def output_in(form: str, help: str, *, name: str = "--output") -> Callable[[_F], _F]:
    """The option that names a file of one form; a name of another form is refused."""

    def check(ctx: click.Context, param: click.Parameter, value: str | None) -> str | None:
        if (says := misfit(value, form)) is not None:
            raise click.BadParameter(says, ctx, param)
        return value

    return click.option(name, metavar="FILE", callback=check, help=help)


def output_option(function: _F) -> _F:
    """The option `--output`; its ending chooses the format where `--format` does not, so it is read first."""
    return click.option(
        "--output",
        metavar="FILE",
        is_eager=True,
        help="Write the result to a file instead; its ending says the format where `--format` does not.",
    )(function)


def format_option(*formats: str) -> Callable[[_F], _F]:
    """The option `--format`, with the first of `formats` as its default."""
    shown = "|".join(formats)
    return click.option(
        "--format",
        "form",
        default=None,
        show_default=formats[0],
        metavar=shown,
        callback=_known_format(formats),
        help="How to write the result.",
    )


def notes_option(function: _F) -> _F:
    """The option `--notes` of what rates and studies: notes are told by `check`, and here on request."""
    return click.option("--notes", is_flag=True, help="Show the notes on the policy too, as `check` does.")(function)


def shown_of_policy(found: Iterable[Diagnostic], *, notes: bool) -> tuple[tuple[Diagnostic, ...], int]:
    """What is shown of the findings of a policy beside a result, and how many notes are left to `--notes`."""
    listed = tuple(found)
    shown = tuple(each for each in listed if notes or each.severity is not Severity.NOTE)
    return shown, len(listed) - len(shown)


def notes_said(notes: int) -> str:
    """What stands in the place of notes on the policy that are not shown; empty where there are none."""
    if not notes:
        return ""
    return (
        f"{notes} {'note' if notes == 1 else 'notes'} on the policy: `--notes` shows {'it' if notes == 1 else 'them'}"
    )


def tell_of_policy(found: Iterable[Diagnostic], *, notes: bool) -> int:
    """Tell on standard error what is found in a policy that is studied; return how many notes are left to `--notes`."""
    shown, unshown = shown_of_policy(found, notes=notes)
    if shown:
        print_findings(shown, err=True)
    return unshown


def tell_notes(notes: int) -> None:
    """Say on standard error how many notes on the policy were left to `--notes`; nothing where there are none."""
    if notes:
        click.echo(f"sespms: {notes_said(notes)}", err=True)


def tell_nothing_done(what: str) -> int:
    """Say on standard error what a command did not do because of an error of its policy; return the exit code."""
    click.echo(f"sespms: {what}, because the policy has an error", err=True)
    return 1


def time_limit_option(seconds: int, help: str) -> Callable[[_F], _F]:
    """The option `--time-limit` of what asks a solver."""
    return click.option(
        "--time-limit",
        "seconds",
        type=click.IntRange(min=1),
        default=seconds,
        show_default=True,
        metavar="SECONDS",
        help=help,
    )


def wants_colour() -> bool:
    """Whether standard output is a terminal whose user has not refused colour."""
    return sys.stdout.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


def print_findings(diagnostics: Iterable[Diagnostic], *, err: bool = False) -> None:
    """Print findings as text, with the line that counts them."""
    from sespms_rules.reports.findings import as_text

    click.echo(as_text(diagnostics, colour=wants_colour() and not err), err=err)


def print_json(schema: str, **content: Any) -> None:
    """Print one JSON document; `schema` names its kind and version (`sespms-check/1`)."""
    echo_json({"schema": schema, **content})


def echo_json(data: Any) -> None:
    """Print data as JSON; no sign in it moves the cursor of a terminal."""
    from sespms_rules.reports.findings import json_text

    click.echo(json_text(data, indent=2, encoding=sys.stdout.encoding))


def write_json(file: TextIO, data: Any) -> None:
    """Write data as one JSON document to where a command writes; no sign in it moves the cursor of a terminal."""
    from sespms_rules.reports.findings import json_text

    file.write(json_text(data, indent=2, encoding=getattr(file, "encoding", None)) + "\n")


def print_provenance(provenance: Provenance, *, err: bool = False) -> None:
    """Print what a report rests on as text, below the report; on standard error for a table, which has no room."""
    from sespms_rules.reports.findings import printable
    from sespms_rules.reports.provenance import as_text

    click.echo("\n" + printable(as_text(provenance)), err=err)


def write_provenance(file: TextIO, provenance: Provenance) -> None:
    """Write what a report rests on as text, below the report, to where a command writes."""
    from sespms_rules.reports.findings import printable
    from sespms_rules.reports.provenance import as_text

    file.write("\n" + printable(as_text(provenance)) + "\n")


def provenance_as_data(provenance: Provenance) -> dict[str, Any]:
    """What a report rests on, as the keys `version`, `law`, `days` and `files` of a JSON document."""
    from sespms_rules.reports.provenance import as_json

    return as_json(provenance)


def findings_as_data(diagnostics: Iterable[Diagnostic]) -> list[dict[str, Any]]:
    """Findings for a JSON document."""
    from sespms_rules.reports.findings import as_json

    return as_json(diagnostics)


def has_errors(diagnostics: Iterable[Diagnostic]) -> bool:
    """Whether any finding is an error."""
    return any(each.severity is Severity.ERROR for each in diagnostics)
