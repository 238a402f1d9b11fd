"""`sespms withdraw`: an agency withdraws a submission by a notice, which is a bag of its own."""

from __future__ import annotations

import datetime
from pathlib import Path

import click

from sespms_rules.cli.output import binary, written_to
from sespms_rules.cli.printing import output_in
from sespms_rules.cli.reading_options import as_day, day_judged
from sespms_rules.cli.register_options import by_option, named
from sespms_rules.review import notice_bag, notice_in, opened_bag, read_bag


@click.command("withdraw")
@click.argument("bag", metavar="BAG")
@click.option("--because", metavar="REASON", required=True, help="Why the submission is withdrawn, in words.")
@by_option("Who withdraws it: an opaque id.")
@click.option("--date", "date", metavar="DATE", callback=as_day, help="When it is withdrawn; the default is today.")
@output_in("zip", "The notice to write; its name ends in `.zip`.")
def command(bag: str, because: str, by: str | None, date: datetime.date | None, output: str | None) -> None:
    """Withdraw the submission in BAG by a notice, which goes to the reviewer as that bag did.

    The notice is a bag: `sespms seal` signs it, and where BAG was signed, the reviewer takes it only with a signature
    by the same key. `sespms review receive` enters it, and the review ends.
    """
    if output is None:
        raise click.UsageError("name the notice to write with `--output`, such as `--output notice.zip`")
    who = named(by, "a notice is somebody's")
    notice = notice_bag(opened_bag(read_bag(Path(bag))), because, who, day_judged(date))
    told = notice_in(opened_bag(notice))
    with written_to(output) as file:
        binary(file).write(notice)
    click.echo(f"`{output}` withdraws the submission of `{told.system}`, by {told.by}, {told.date}: {told.because}")
