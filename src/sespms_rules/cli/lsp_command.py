"""`sespms lsp`: the language server, for editors."""

from __future__ import annotations

import click


@click.command("lsp")
def command() -> None:
    """Serve an editor over standard input and output, in the Language Server Protocol.

    An editor starts it by itself; docs/how-to/use-an-editor.md says how each is told to.
    """
    try:
        from sespms_rules.lsp.server import made
    except ModuleNotFoundError as fault:
        if fault.name not in ("pygls", "lsprotocol"):
            raise
        raise click.ClickException(
            "the language server needs the package `pygls`; install it with `pip install 'sespms-rules[lsp]'`"
        ) from None
    made().start_io()
