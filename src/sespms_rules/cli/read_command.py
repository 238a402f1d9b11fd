"""`sespms read`: a system description in Word becomes a first policy; what is not understood is listed."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from sespms_rules.cli.printing import format_option, print_json
from sespms_rules.cli.reading_options import law_option
from sespms_rules.documents import FirstPolicy, Taken, first_policy, pieces_of, word_file
from sespms_rules.foundation.files_written import NotWrittenError, written_whole
from sespms_rules.law.law_texts import LawTexts
from sespms_rules.reports.findings import printable

_POLICY = ".sespms"
_OWN = "captions, notes, worked examples, what was proved, digests; the examples are not taken over"


@click.command("read")
@click.argument("document", metavar="FILE.docx")
@click.option("--against", "policy", metavar="POLICY", help="Read a marked-up copy of the description of this policy.")
@click.option("--system", metavar="NAME", help="With `--against`: the system that is described, of several.")
@law_option
@click.option("--output", metavar="POLICY", help="Write the first policy, or the amendment, to this new file.")
@format_option("text", "json")
@click.pass_context
def command(
    ctx: click.Context,
    document: str,
    policy: str | None,
    system: str | None,
    law: LawTexts,
    output: str | None,
    form: str,
) -> None:
    """Read an agency's system description and say what of it was understood.

    Each sentence stands in the policy below the words it came from. What was guessed stands below `# to decide:`; what
    was not understood is listed with its place and taken over nowhere. The policy is a beginning: read each sentence,
    then `sespms check`. Ends with code 1 where anything was guessed or not understood.

    With `--against POLICY` the document is a copy of what `sespms describe POLICY` wrote, marked up in Word. Changes
    become an amendment, with what it does to every possible appraisal; comments are shown with the words they are on.
    What is not taken is told with its place. Ends with code 1 where anything is not taken, or has an error.
    """
    if output is not None:
        _refuse(output)
    if policy is not None:
        from sespms_rules.cli.read_marked import read_marked

        ctx.exit(read_marked(document, policy, system, law, output, form))
    if system is not None:
        raise click.UsageError("`--system` names one of the systems of a policy; give `--against POLICY` too")
    read = first_policy(pieces_of(document, word_file(document)), Path(document).stem)
    if output is not None:
        with written_whole(output) as file:
            file.write(read.text)
    if form == "json":
        print_json(
            "sespms-read/1", policy=read.text, sentences=[_as_data(each) for each in read.taken], own=list(read.own)
        )
    else:
        click.echo(printable(_as_text(read, output)))
    ctx.exit(int(len(read.known) < len(read.taken)))


def _refuse(output: str) -> None:
    if Path(output).suffix != _POLICY:
        raise click.UsageError(f"`{output}` is no name of a policy; end it in `{_POLICY}`")
    if Path(output).exists() or Path(output).is_symlink():
        raise NotWrittenError(f"`{output}` is there already", "name a new file; what is there is not written over")


def _as_data(each: Taken) -> dict[str, Any]:
    status = "not understood" if each.says is None else "guessed" if each.says.guessed else "understood"
    part = each.part[0].value if each.part else None
    says = each.says.sentence if each.says else None
    return {
        "place": each.place,
        "text": each.text,
        "status": status,
        "part": part,
        "says": says,
        "why": each.why or None,
    }


def _as_text(read: FirstPolicy, output: str | None) -> str:
    total = len(read.taken)
    lines = [f"{total} sentences: {len(read.known)} understood, {len(read.guessed)} guessed, {len(read.unknown)} not"]
    if read.own:
        lines += [f"{len(read.own)} pieces are the description's own and say no rule: {_OWN}"]
    for each in read.guessed:
        says = each.says.sentence if each.says else ""
        lines += ["", f"guessed, {each.place}: {each.text}", f"  as: {says}"]
    for each in read.unknown:
        lines += ["", f"not understood, {each.place}: {each.text}", f"  {each.why}"]
    lines += [
        "",
        f"The policy was written to {output}." if output else "Give --output POLICY.sespms to write the policy.",
    ]
    return "\n".join(lines)
