"""`sespms verify`: a bag whose proofs are checked without the program that made them."""

from __future__ import annotations

from pathlib import Path

import click

from sespms_rules.cli.printing import format_option, print_json
from sespms_rules.cli.reading_options import law_option
from sespms_rules.cli.receive_command import receipt_as_data, receipt_as_text, signer_keys_option
from sespms_rules.law.law_texts import LawTexts
from sespms_rules.reports.findings import printable
from sespms_rules.review import (
    SOLVERS,
    certificates_checked,
    opened_bag,
    questions_asked,
    read_bag,
    read_public,
    received,
    signatures_of,
    solver_name,
)


@click.command("verify")
@click.argument("bag", metavar="BAG")
@click.option("--with", "solver", type=click.Choice(SOLVERS), help="Ask this solver each question of the bag, too.")
@signer_keys_option
@law_option
@format_option("text", "json")
@click.pass_context
def command(ctx: click.Context, bag: str, solver: str | None, keys: tuple[str, ...], law: LawTexts, form: str) -> None:
    """Check a bag as `receive` does, and its proofs without the solver that found them.

    A certificate is checked by a script of its own, which knows nothing of this program, and its figures are compared
    with the policy. With `--with cvc5` each question is put to a solver that is not the program's. Ends with code 1
    where a run here says something else, a certificate is refused, or the answers of two solvers differ.
    """
    asked = None if solver is None else solver_name()
    opened = opened_bag(read_bag(Path(bag)))
    signed = signatures_of(opened, [read_public(Path(each)) for each in keys])
    receipt = received(opened, law)
    certificates = certificates_checked(opened, receipt)
    answers = () if asked is None else tuple(questions_asked(receipt))
    if form == "json":
        proofs = [{"of": each.of, "said": each.said, "holds": not each.against} for each in (*certificates, *answers)]
        print_json("sespms-verify/1", **receipt_as_data(opened, signed, receipt), proofs=proofs, solver=asked)
    else:
        lines = [*receipt_as_text(bag, opened, signed, receipt)]
        lines += [f"{each.of}: {each.said}" for each in certificates]
        lines += [f"{asked}, {each.of}: {each.said}" for each in answers]
        click.echo(printable("\n".join(lines)))
    ctx.exit(int(bool(receipt.differences) or any(each.against for each in (*certificates, *answers))))
