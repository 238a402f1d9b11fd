"""`sespms serve`: the workbench, in a browser on this machine."""

from __future__ import annotations

from pathlib import Path

import click


@click.command("serve")
@click.argument("folder", metavar="[FOLDER]", default=".")
@click.option("--port", type=click.IntRange(0, 65_535), default=0, help="The port to serve on; a free one if left out.")
@click.option("--open", "opens", is_flag=True, help="Open the address in your browser.")
def command(folder: str, port: int, opens: bool) -> None:
    """Work on the policies of FOLDER in a browser: write, try, compare, and see what changes do.

    Prints the address to open, which lets in whoever has it. Everything stays on this machine, and nothing outside
    FOLDER is read or written. Control-C ends it.
    """
    from sespms_rules.web import NotInFolderError, serve

    def tell(address: str) -> None:
        click.echo(f"the workbench of `{folder}` is at {address}")
        click.echo("  help: open the address in your browser; Control-C here ends the workbench", err=True)
        if opens:
            import webbrowser

            webbrowser.open(address)

    try:
        serve(Path(folder), port, tell)
    except NotInFolderError as fault:
        raise click.UsageError(f"{fault}; name a folder that is there") from None
