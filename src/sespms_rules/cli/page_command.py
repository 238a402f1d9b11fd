"""`sespms page`: the page of a finding, in the terminal."""

from __future__ import annotations

import click

from sespms_rules.cli.printing import format_option, print_json


@click.command("page")
@click.argument("code", metavar="CODE")
@format_option("text", "json")
def command(code: str, form: str) -> None:
    """Show the page of a finding: what it means, an example, how to fix it.

    CODE is a finding's code such as `SES214`, or its name such as `band-gap`.
    """
    from sespms_rules.authoring.finding_pages import NoSuchPageError, page_of

    try:
        page = page_of(code)
    except NoSuchPageError as fault:
        raise click.UsageError(f"{fault.message}; {fault.help}") from None
    if form == "json":
        print_json("sespms-page/1", code=page.code, name=page.name, text=page.text)
    else:
        click.echo(page.text.rstrip())
