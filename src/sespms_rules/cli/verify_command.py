"""`sespms verify`: proofs of a bag without the program that made them; a receipt of a rating, derived again."""

from __future__ import annotations

import hashlib
from pathlib import Path

import click

from sespms_rules.cli.printing import format_option, print_json
from sespms_rules.cli.reading_options import law_option
from sespms_rules.cli.receive_command import receipt_as_data, receipt_as_text, signer_keys_option
from sespms_rules.foundation.origin import exact
from sespms_rules.law.law_texts import LawTexts
from sespms_rules.reports.findings import printable
from sespms_rules.review import (
    NOT_SHOWN,
    SHOWN,
    SOLVERS,
    RatingReceipt,
    certificates_checked,
    changed_in,
    is_notice,
    opened_bag,
    questions_asked,
    read_bag,
    read_public,
    receipt_in,
    received,
    signatures_of,
    solver_name,
)


@click.command("verify")
@click.argument("file", metavar="BAG|RECEIPT")
@click.option("--with", "solver", type=click.Choice(SOLVERS), help="Ask this solver each question of a bag, too.")
@click.option("--policy", metavar="POLICY", help="The policy that a receipt should hold; another is refused.")
@signer_keys_option
@law_option
@format_option("text", "json")
@click.pass_context
def command(
    ctx: click.Context,
    file: str,
    solver: str | None,
    policy: str | None,
    keys: tuple[str, ...],
    law: LawTexts,
    form: str,
) -> None:
    """Check a bag as `receive` does and its proofs without the solver that found them, or derive a receipt again.

    A certificate is checked by a script of its own, which knows nothing of this program, and its figures are compared
    with the policy. With `--with cvc5` each question is put to a solver that is not the program's. Of the receipt of a
    rating (`explain --receipt`) the level is derived again from the policy, plan and ratings in it, and the page must
    be the one that these make; that these ratings were given to whom it names, it does not show. Ends with code 1 where
    anything differs or is refused.
    """
    held = read_bag(Path(file))
    if held[:2] == b"PK":
        if policy is not None:
            raise click.UsageError("`--policy` is for the receipt of a rating; a bag holds its policy")
        ctx.exit(_bag(file, held, solver, keys, law, form))
    if solver is not None or keys:
        raise click.UsageError("`--with` and `--signer-key` are for a bag, and the file is none")
    ctx.exit(_receipt(file, held, policy, form))


def _bag(bag: str, held: bytes, solver: str | None, keys: tuple[str, ...], law: LawTexts, form: str) -> int:
    asked = None if solver is None else solver_name()
    opened = opened_bag(held)
    if is_notice(opened):
        raise click.UsageError(
            f"`{bag}` is a notice and holds no proofs; `sespms receive {bag}` tells what it withdraws"
        )
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
    return int(bool(receipt.differences) or any(each.against for each in (*certificates, *answers)))


def _receipt(file: str, held: bytes, policy: str | None, form: str) -> int:
    receipt = receipt_in(held)
    against = changed_in(held, receipt) or _other_policy(receipt, policy)
    rating, texts = receipt.rating, _digests(receipt)
    if form == "json":
        told = {"id": rating.id, "system": receipt.program.name, **receipt.code["told"], "term": rating.term}
        print_json(
            "sespms-verify-receipt/1",
            **told,
            policy=receipt.code["policy"],
            texts=texts,
            against=against,
            shown=SHOWN,
            not_shown=NOT_SHOWN,
        )
        return int(against is not None)
    score = "no score" if rating.score is None else f"score {exact(rating.score)}"
    level = rating.outcome.value if rating.level is None else f"level {rating.level}"
    lines = [f"{receipt.program.name}, {rating.id}: derived again, {score}, {level}"]
    lines += [f"  {name}: sha256 {digest}" for name, digest in texts.items()]
    if against is None:
        lines += [f"the receipt `{file}` is whole: {SHOWN}", f"not shown: {NOT_SHOWN}"]
    else:
        lines.append(against)
    click.echo(printable("\n".join(lines)))
    return int(against is not None)


def _digests(receipt: RatingReceipt) -> dict[str, str]:
    return {name: hashlib.sha256(held.encode()).hexdigest() for name, held in sorted(receipt.code["texts"].items())}


def _other_policy(receipt: RatingReceipt, policy: str | None) -> str | None:
    """That a receipt rests on other texts than a policy and those it rests on; None where it does not."""
    if policy is None:
        return None
    from sespms_rules.cli.submit_command import texts_beside

    here = {name: hashlib.sha256(held).hexdigest() for name, held in texts_beside(policy).items()}
    return None if here == _digests(receipt) else f"the receipt rests on other texts than `{policy}`"
