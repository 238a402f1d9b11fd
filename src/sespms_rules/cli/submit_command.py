"""`sespms submit`: a policy with all it rests on, as one bag for the reviewer."""

from __future__ import annotations

from pathlib import Path

import click

from sespms_rules.cli.output import binary, written_to
from sespms_rules.cli.policies import compile_policies, policy_argument
from sespms_rules.cli.printing import output_in
from sespms_rules.review import Submission, answers_path, held_answers, submission_bag, submitted_texts


@click.command("submit")
@policy_argument
@click.option(
    "--test", "test", is_flag=True, help="Make a bag for trial, whatever is left to fix; it cannot be signed."
)
@output_in("zip", "The bag to write; its name ends in `.zip`.")
@click.pass_context
def command(ctx: click.Context, policy: str, test: bool, output: str | None) -> None:
    """Write a bag (BagIt) that holds a system as it is submitted, and all that the program says of it.

    The policy is read by the law that comes with the program, as `check --review` reads it. While anything is left to
    fix or to answer no bag is written, and the command ends with code 1; `sespms answer` shows what. The same texts and
    answers make the same bytes.
    """
    if output is None:
        raise click.UsageError("name the bag to write with `--output`, such as `--output submission.zip`")
    submission = Submission(Path(policy).name, texts_beside(policy), held_answers(answers_path(policy)), test)
    bag, evidence = submission_bag(submission)
    standing = evidence.standing
    if not (test or standing.is_ready):
        click.echo(f"no bag was written: {standing.said}; `sespms answer {policy}` shows what is left")
        ctx.exit(1)
    with written_to(output) as file:
        binary(file).write(bag)
    click.echo(f"`{output}` holds {'a test of ' if test else ''}`{policy}`: {standing.said}")


def texts_beside(policy: str) -> dict[str, bytes]:
    """The texts of a submission by name: the policy and those of its folder that it rests on. Raises RequestError."""
    return submitted_texts(policy, compile_policies([policy]).compilations)
