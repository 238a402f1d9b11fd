"""`sespms describe`: the official description of a system, in full sentences, as a page, a Word document or a PDF."""

from __future__ import annotations

from functools import partial

import click

from sespms_rules.cli.documents_written import write_document
from sespms_rules.cli.policies import Compiled, compile_policies, policy_argument, provenance_of
from sespms_rules.cli.printing import format_option, has_errors, output_option, print_findings, time_limit_option
from sespms_rules.cli.proving import coverage
from sespms_rules.cli.reading_options import Reading
from sespms_rules.cli.text_options import text_options, used
from sespms_rules.documents import Described, description
from sespms_rules.foundation.diagnostic import Diagnostic, Severity
from sespms_rules.foundation.values import replace
from sespms_rules.pipeline import program_for
from sespms_rules.proofs.guarantees import TIME_LIMIT
from sespms_rules.studies.amended_text import TextUsed
from sespms_rules.studies.proving import proved_under
from sespms_rules.studies.variants import Variant


@click.command("describe")
@policy_argument
@click.option("--system", metavar="NAME", help="The system to describe, where the policy holds several.")
@click.option("--without-proofs", is_flag=True, help="Do not prove the guarantees of the system; it takes the longest.")
@time_limit_option(TIME_LIMIT, "How much of the solver's work one proof may take, as seconds of a quiet machine.")
@text_options
@output_option
@format_option("html", "docx", "pdf")
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
        ctx.exit(1)
    text = used(compiled.compilations[0], system, reading)
    if text.program is None or text.system is None:
        print_findings(text.findings)
        ctx.exit(1)
    made = replace(
        _described(compiled, text, reading, None if without_proofs else seconds), errors=_errors(compiled, reading)
    )
    write_document(description(made), form, output)
    if made.errors:
        count = "1 error" if len(made.errors) == 1 else f"{len(made.errors)} errors"
        says = f"sespms: `sespms check` finds {count} in the policy, and the description says so at its top"
        click.echo(says, err=True)
        ctx.exit(1)


def _errors(compiled: Compiled, reading: Reading) -> tuple[Diagnostic, ...]:
    """The errors that `check` finds in a policy whose text has none: those of the law."""
    from sespms_rules.studies.checked import checked

    found = checked(compiled.compilations, compiled.diagnostics, reading.law.library, as_of=reading.as_of)
    return tuple(each for each in found.findings if each.severity is Severity.ERROR)


def _described(compiled: Compiled, text: TextUsed, reading: Reading, seconds: int | None) -> Described:
    """What is known of the system; nothing is proved where `seconds` is None."""
    from sespms_rules.checks.scenarios import run_scenarios

    assert text.system is not None  # noqa: S101 - asked before
    under = partial(program_for, compiled.compilations[0], text.system.name)
    examples = run_scenarios(text.system, text.program, under)
    rests_on = provenance_of(compiled, reading, *text.texts)
    made = Described(text.system, examples, rests_on, as_of=reading.as_of, amendments=text.amendments)
    if seconds is None:
        return made
    variant = Variant(None, text.system, text.program)
    (result,) = proved_under([variant], None, seconds, reading.law.library, reading.as_of)
    return replace(made, proved=result.verdicts, covers=coverage(result.covered))
