"""`sespms complete`: a draft with every sentence that the law asks for."""

from __future__ import annotations

import datetime
from pathlib import Path

import click

from sespms_rules.cli.output import written_to
from sespms_rules.cli.policies import policy_argument
from sespms_rules.cli.printing import format_option, print_findings, print_json
from sespms_rules.cli.reading_options import as_of_option, law_option
from sespms_rules.law.law_texts import LawTexts


@click.command("complete")
@policy_argument
@as_of_option("Complete it by the editions of this day.")
@law_option
@click.option("--advised", is_flag=True, help="Write also what the rules only advise.")
@click.option("--write", is_flag=True, help="Change the file itself; otherwise the completed text is printed.")
@format_option("text", "json")
@click.pass_context
def command(
    ctx: click.Context,
    policy: str,
    as_of: datetime.date | None,
    law: LawTexts,
    advised: bool,
    write: bool,
    form: str,
) -> None:
    """Write into a system every sentence that the rules which bind it ask for and it does not say.

    Each comes under its citation. Where the rules leave a choice an example stands there below a note `# to decide:`.
    Nothing that is there is changed. Ends with code 1 when an error is left that only you can fix.
    """
    from sespms_rules.authoring.completing import completed
    from sespms_rules.authoring.looking import judged_by
    from sespms_rules.language.parsing import read_source

    source, notes = read_source(Path(policy), policy)
    result = completed(source, judged_by(policy, law.library, as_of), advised=advised)
    if write and result.text != source.text:
        with written_to(policy, in_place=True) as file:
            file.write(source.mark + result.text)
    if form == "json":
        written = [
            {"part": each.part, "sentence": each.words, "citation": each.citation, "to decide": each.to_decide}
            for each in result.written
        ]
        print_json("sespms-complete/1", written=written, text=result.text)
    elif not write:
        click.echo(result.text, nl=False)
    open_ones = sum(bool(each.to_decide) for each in result.written)
    left = sum(each.severity == "error" for each in result.findings)
    click.echo(_summary(len(result.written), open_ones, left), err=form == "json" or not write)
    if left:
        print_findings((*notes, *(each for each in result.findings if each.severity == "error")), err=True)
    ctx.exit(int(result.has_errors))


def _summary(written: int, to_decide: int, left: int) -> str:
    """What was done, what the author has still to do."""
    if not written:
        return "nothing is missing that could be written" + (f"; {_errors(left)}" if left else "")
    decide = f", {to_decide} of them to be decided by you: look for `# to decide:`" if to_decide else ""
    return f"{written} sentence{'' if written == 1 else 's'} written{decide}" + (f"; {_errors(left)}" if left else "")


def _errors(left: int) -> str:
    return f"{left} error{' is' if left == 1 else 's are'} left for you to fix"
