"""`sespms serve`: the workbench, in a browser on this machine."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from sespms_rules.cli.register_options import key_option

if TYPE_CHECKING:
    from sespms_rules.web import Office


@click.command("serve")
@click.argument("folder", metavar="[FOLDER]", default=".")
@click.option("--port", type=click.IntRange(0, 65_535), default=0, help="The port to serve on; a free one if left out.")
@click.option(
    "--register", metavar="REGISTER", help="A register outside FOLDER, such as an office's in PostgreSQL, for Review."
)
@key_option
@click.option("--open", "opens", is_flag=True, help="Open the address in your browser.")
def command(folder: str, port: int, register: str | None, key: str | None, opens: bool) -> None:
    """Work on the policies of FOLDER in a browser: write, try, compare, and see what changes do.

    Prints the address to open, which lets in whoever has it. Everything stays on this machine, and nothing outside
    FOLDER is read or written but the register that `--register` names. Control-C ends it.
    """
    from sespms_rules.web import NotInFolderError, serve

    if key is not None and register is None:
        raise click.UsageError("`--key` belongs to a register; name it with `--register`")

    def tell(address: str) -> None:
        click.echo(f"the workbench of `{folder}` is at {address}")
        click.echo("  help: open the address in your browser; Control-C here ends the workbench", err=True)
        if opens:
            import webbrowser

            webbrowser.open(address)

    try:
        serve(Path(folder), port, tell, None if register is None else _office(register, key))
    except NotInFolderError as fault:
        raise click.UsageError(f"{fault}; name a folder that is there") from None


def _office(register: str, key: str | None) -> Office:
    """The register that is named, with its keys where it has any. Raises RegisterError."""
    from sespms_rules.register import default_key_file, place_of, read_keys
    from sespms_rules.web import Office

    place = place_of(register)
    path = Path(key) if key is not None else default_key_file(place)
    return Office(place, read_keys(path) if key is not None or path.exists() else None)
