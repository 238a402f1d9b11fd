"""`sespms form`: what is filled in during a year: the performance agreement, the roster, the book of the board."""

from __future__ import annotations

import io
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from sespms_rules.cli.documents_written import letterhead_option, refuse_to_write_over, write_document
from sespms_rules.cli.named_row import row_named
from sespms_rules.cli.output import binary, written_to
from sespms_rules.cli.policies import compile_policies, policy_argument, provenance_of
from sespms_rules.cli.printing import format_option, has_errors, output_option, print_findings, tell_nothing_done
from sespms_rules.cli.reading_options import Reading
from sespms_rules.cli.text_options import text_options, used
from sespms_rules.documents import agreement, board_book, considered, executive_of
from sespms_rules.foundation.diagnostic import Diagnostic
from sespms_rules.law.provenance import Provenance
from sespms_rules.rosters.files import OpenRoster, open_roster
from sespms_rules.studies.amended_text import TextUsed

if TYPE_CHECKING:
    from sespms_rules.documents import Letterhead  # it loads all of Word's format

_KINDS = ("agreement", "roster", "board")


@click.command("form")
@policy_argument
@click.argument("roster", metavar="[ROSTER]", required=False)
@click.option(
    "--kind",
    type=click.Choice(_KINDS),
    default="agreement",
    show_default=True,
    help="The agreement of an executive, an empty roster to fill in (.xlsx), or the book of the board.",
)
@click.option("--id", "key", metavar="ID", help="Fill in what ROSTER says of the executive with this id.")
@click.option(
    "--element",
    "own",
    multiple=True,
    metavar="NAME",
    help="An element, or `ELEMENT / REQUIREMENT`, that plans bring of their own and for which the empty roster has"
    " columns; as often as needed.",
)
@click.option("--system", metavar="NAME", help="The system whose forms these are, where the policy holds several.")
@text_options
@output_option
@format_option("html", "docx", "pdf", "xlsx")
@letterhead_option
@click.pass_context
def command(
    ctx: click.Context,
    policy: str,
    roster: str | None,
    kind: str,
    key: str | None,
    own: tuple[str, ...],
    system: str | None,
    reading: Reading,
    output: str | None,
    form: str,
    letterhead: Letterhead | None,
) -> None:
    """Write the forms of a year: the agreement of an executive, the roster, the book of the board.

    The agreement is empty, or holds what ROSTER says of the executive with the id. The book needs ROSTER; it holds each
    executive with what the policy derives. A file that stands there already is not written over, since it may be filled
    in. Ends with code 1 where the text of the policy or the roster has errors, and where someone of the book cannot be
    rated. What the law asks of the policy is left to `sespms check`.
    """
    _refuse_what_does_not_fit(kind, form, roster, key, own)
    compiled = compile_policies([policy], reading.law)
    if has_errors(compiled.diagnostics):
        print_findings(compiled.diagnostics)
        ctx.exit(tell_nothing_done("no form was written"))
    text = used(compiled.compilations[0], system, reading)
    if text.program is None or text.system is None:
        print_findings(text.findings)
        ctx.exit(1)
    if kind == "roster":
        _write_roster(text, output, own)
        return
    opened = None if roster is None else open_roster(Path(roster), text.program)
    if opened is not None and has_errors(opened.findings):
        print_findings(opened.findings)
        ctx.exit(1)
    more = [opened.file] if opened is not None and opened.file is not None else []
    provenance = provenance_of(compiled, reading, *text.texts, *more)
    ctx.exit(_write(kind, text, opened, key, provenance, reading, (form, output, letterhead)))


def _refuse_what_does_not_fit(kind: str, form: str, roster: str | None, key: str | None, own: tuple[str, ...]) -> None:
    """Say what is asked for and not done, before anything is read."""
    if (kind == "roster") != (form == "xlsx"):
        says = (
            "the roster is a workbook; give `--output FILE.xlsx`" if kind == "roster" else f"the {kind} is no workbook"
        )
        raise click.UsageError(says)
    if kind == "board" and roster is None:
        raise click.UsageError("the book of the board needs a roster; give its file after the policy")
    if kind == "agreement" and (roster is None) != (key is None):
        raise click.UsageError("give a roster and `--id ID` together, or neither for an empty form")
    if kind != "agreement" and key is not None:
        raise click.UsageError(f"`--id` is for the agreement of one executive; leave it out for the {kind}")
    if kind != "roster" and own:
        raise click.UsageError(f"`--element` is for the empty roster; leave it out for the {kind}")
    if kind == "roster" and roster is not None:
        raise click.UsageError("an empty roster is written to be filled in; leave the roster out")


def _write(
    kind: str,
    text: TextUsed,
    opened: OpenRoster | None,
    key: str | None,
    provenance: Provenance,
    reading: Reading,
    to: tuple[str, str | None, Letterhead | None],
) -> int:
    """Write the agreement or the book; return the exit code."""
    assert text.system is not None  # noqa: S101 - asked before
    assert text.program is not None  # noqa: S101 - the same
    form, output, letterhead = to
    if kind == "agreement":
        executive = None if opened is None or key is None else executive_of(row_named(opened, key, "the roster"))
        made = agreement(text.system, text.program, provenance, executive, reading.as_of)
        write_document(made, form, output, to_fill_in=True, letterhead=letterhead)
        _tell(() if opened is None else (*opened.findings, *opened.told_later()))
        return 0
    assert opened is not None  # noqa: S101 - a book without a roster was refused
    before = considered(text.program, opened)
    later = opened.told_later()
    if has_errors(later):
        print_findings(later)
        return 1
    book = board_book(text.system, before, provenance, reading.as_of)
    write_document(book, form, output, to_fill_in=True, letterhead=letterhead)
    _tell((*opened.findings, *later))
    return int(any(each.rating is None or each.rating.refused for each in before.executives))


def _tell(found: Iterable[Diagnostic]) -> None:
    listed = tuple(found)
    if listed:
        print_findings(listed, err=True)


def _write_roster(text: TextUsed, output: str | None, own: tuple[str, ...]) -> None:
    from sespms_rules.documents import write_roster

    assert text.system is not None  # noqa: S101 - asked before
    assert text.program is not None  # noqa: S101 - the same
    made = io.BytesIO()
    write_roster(text.system, text.program, made, own)
    refuse_to_write_over(output, made.getvalue())
    with written_to(output) as file:
        binary(file).write(made.getvalue())
