"""`sespms answer`: what must be fixed and answered before a system is submitted, and the answers to it."""

from __future__ import annotations

import datetime
from pathlib import Path

import click

from sespms_rules.cli import answer_reports
from sespms_rules.cli.output import written_to
from sespms_rules.cli.policies import compile_policies, policy_argument
from sespms_rules.cli.printing import format_option, print_json
from sespms_rules.cli.reading_options import Reading, as_day, day_judged, reading_options
from sespms_rules.cli.register_options import by_option, named
from sespms_rules.review import (
    Answer,
    AnswerKind,
    Standing,
    answered,
    answers_path,
    asked_in_review,
    read_answers,
    reason_of,
    standing_as_data,
    standing_of,
    without,
    written_answers,
)


@click.command("answer")
@policy_argument
@click.option("--finding", metavar="FINGERPRINT", help="What is answered: the 16 digits that stand before it.")
@click.option("--reason", metavar="WORDS", help="The answer, in words.")
@click.option("--dispute", is_flag=True, help="The finding is wrong, and `--reason` says why; a reviewer decides.")
@click.option("--drop", metavar="FINGERPRINT", help="Take an answer out of the file, such as one that is out of date.")
@by_option("Who answers: an opaque id.")
@click.option("--date", "date", metavar="DATE", callback=as_day, help="When it was answered; the default is today.")
@reading_options("Read the policy by the editions of this day.")
@format_option("text", "json")
@click.pass_context
def command(
    ctx: click.Context,
    policy: str,
    finding: str | None,
    reason: str | None,
    dispute: bool,
    drop: str | None,
    by: str | None,
    date: datetime.date | None,
    reading: Reading,
    form: str,
) -> None:
    """Show what must be fixed and what must be answered before a system is submitted, and answer one finding.

    The policy is read as `check --review` reads it. Answers are kept beside it, in `NAME.answers.toml`, each with its
    reason; there is no answer to several at once. Ends with code 1 while anything is left to fix or to answer.
    """
    path = answers_path(policy)
    standing = standing_to(policy, reading)
    if drop is not None:
        _refuse_beside_drop(finding, reason, by)
        standing = _kept(path, without(standing, drop), standing)
    elif finding is not None:
        given = _given(finding, reason, AnswerKind.DISPUTE if dispute else AnswerKind.ANSWER, by, day_judged(date))
        standing = _kept(path, answered(standing, given), standing)
    elif reason is not None or dispute or date is not None:
        raise click.UsageError("name what is answered with `--finding` and its fingerprint; each is answered alone")
    if form == "json":
        print_json("sespms-answer/1", policy=policy, answers=str(path), **standing_as_data(standing))
    else:
        click.echo("\n\n".join(answer_reports.as_text(standing)))
    ctx.exit(int(not standing.is_ready))


def standing_to(policy: str, reading: Reading) -> Standing:
    """How a policy, read as a reviewer reads it, stands to the answers beside it."""
    compiled = compile_policies([policy], reading.law, tell_editions=True, heed_accepts=False)
    asked = asked_in_review(compiled.compilations, compiled.diagnostics, reading.law.library, reading.as_of)
    return standing_of(asked, read_answers(answers_path(policy)))


def _refuse_beside_drop(finding: str | None, reason: str | None, by: str | None) -> None:
    if finding is not None or reason is not None or by is not None:
        raise click.UsageError("an answer is given or dropped, one at a time; leave out `--drop`, or all but it")


def _given(finding: str, reason: str | None, kind: AnswerKind, by: str | None, date: datetime.date) -> Answer:
    if reason is None:
        raise click.UsageError(f"say the answer to `{finding}` in words, with `--reason`")
    who = named(by, "an answer is somebody's")
    return Answer(finding, kind, reason_of(reason), who, date, "", "", "")


def _kept(path: Path, answers: tuple[Answer, ...], standing: Standing) -> Standing:
    """Write the answers, and return how it stands then."""
    with written_to(str(path), in_place=True) as file:
        file.write(written_answers(answers))
    return standing_of([each for each, _ in standing.asked], answers)
