"""`sespms describe`: the official description of a system, in full sentences, as a page, a Word document or a PDF."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from sespms_rules.cli.documents_written import letterhead_option, write_document
from sespms_rules.cli.known_system import known_of
from sespms_rules.cli.policies import compile_policies, policy_argument
from sespms_rules.cli.printing import (
    format_option,
    has_errors,
    output_option,
    print_findings,
    tell_nothing_done,
    time_limit_option,
)
from sespms_rules.cli.reading_options import Reading
from sespms_rules.cli.text_options import text_options, used
from sespms_rules.documents import description
from sespms_rules.proofs.guarantees import TIME_LIMIT

if TYPE_CHECKING:
    from sespms_rules.documents import Letterhead  # it loads all of Word's format


@click.command("describe")
@policy_argument
@click.option("--system", metavar="NAME", help="The system to describe, where the policy holds several.")
@click.option("--without-proofs", is_flag=True, help="Do not prove the guarantees of the system; it takes the longest.")
@time_limit_option(TIME_LIMIT, "How much of the solver's work one proof may take, as seconds of a quiet machine.")
@text_options
@output_option
@format_option("html", "docx", "pdf")
@letterhead_option
@click.pass_context
def command(
    ctx: click.Context,
    policy: str,
    system: str | None,
    without_proofs: bool,
    seconds: int,
    reading: Reading,
    output: str | None,
    form: str,
    letterhead: Letterhead | None,
) -> None:
    """Write the description of a system: every part in full sentences, with tables, examples and what was proved.

    Its words are those of the policy, and it looks at no clock: the day it speaks as of is the first of the system, or
    that of `--as-of`. Of a policy with an error in its text, or with an example that fails, nothing is written, and it
    ends with code 1. So it does for a policy that fails the law, which is described all the same; at the top stands
    which errors `sespms check` finds.
    """
    compiled = compile_policies([policy], reading.law, tried=reading.amendments)
    if has_errors(compiled.diagnostics):
        print_findings(compiled.diagnostics)
        ctx.exit(tell_nothing_done("no description was written"))
    text = used(compiled.compilations[0], system, reading)
    if text.program is None or text.system is None:
        print_findings(text.findings)
        ctx.exit(1)
    made = known_of(compiled, text, reading, None if without_proofs else seconds)
    write_document(description(made), form, output, letterhead=letterhead)
    if made.errors:
        count = "1 error" if len(made.errors) == 1 else f"{len(made.errors)} errors"
        says = f"sespms: `sespms check` finds {count} in the policy, and the description says so at its top"
        click.echo(says, err=True)
        ctx.exit(1)
