"""`sespms review`: OPM's desk. Bags come in, are commented, returned or approved; each step is a register's entry."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from sespms_rules.cli.documents_written import letterhead_option, refuse_letterhead, write_document
from sespms_rules.cli.output import written_to
from sespms_rules.cli.policies import compile_policies, policy_argument
from sespms_rules.cli.printing import format_option, output_option, print_json
from sespms_rules.cli.reading_options import as_day, as_of_option, day_judged, law_option
from sespms_rules.cli.receive_command import notice_as_text, receipt_as_text
from sespms_rules.cli.register_options import by_option, key_option, named, open_register, register_argument
from sespms_rules.cli.strict_group import StrictGroup
from sespms_rules.cli.submit_command import texts_beside
from sespms_rules.foundation.request import RequestError
from sespms_rules.law.law_texts import LawTexts, law_texts
from sespms_rules.reports.findings import printable
from sespms_rules.review import (
    ACCEPTED,
    APPROVAL,
    COMMENT,
    RETURN,
    VERDICT,
    WITHDRAWAL,
    Case,
    affected,
    approved,
    case_of,
    cases,
    comment_on,
    entered,
    held_to_approval,
    is_notice,
    notice_received,
    opened_bag,
    read_bag,
    read_public,
    received,
    returned,
    signatures_of,
    status,
    submitted,
    verdict_on,
    withdrawn,
)

if TYPE_CHECKING:
    from sespms_rules.documents import Letterhead  # it loads all of Word's format

_F = TypeVar("_F", bound=Callable[..., Any])


def _step(function: _F) -> _F:
    """What every step of a reviewer takes: the register, the system, who acts, what was seen, and the keys."""
    decorated: Any = function
    for option in (
        key_option,
        as_of_option("The day of the step; the default is today."),
        click.option(
            "--seen", type=click.IntRange(min=1), help="The last entry you saw; refused where there is another."
        ),
        by_option("Who acts: an opaque id."),
        click.argument("system", metavar="SYSTEM"),
        register_argument,
    ):
        decorated = option(decorated)
    return decorated  # type: ignore[no-any-return]


@click.group("review", cls=StrictGroup)
def command() -> None:
    """Review the systems of agencies. Each step is an entry of a register (`sespms register create`), and none is lost.

    A system is with OPM from its receipt until it is returned or approved. Two reviewers at once do not overwrite each
    other: with `--seen` the second is told what the first entered.
    """


def _enter(
    register: str,
    system: str,
    given: dict[str, Any],
    kind: str,
    body: Callable[[Case], dict[str, Any]],
) -> Case:
    """Enter one step, once its words are fit; print what state the system is in then."""
    who = named(given["by"], "each entry of a register names who made it")
    day = day_judged(given["as_of"])
    with open_register(register, given["key"]) as opened:
        case = case_of(opened, system)
        case = entered(opened, case, kind, body(case), (who, day), given["seen"] or 0)
    click.echo(f"entry {case.last.number}: `{system}` is {case.state(day).value}")
    return case


@command.command("receive")
@register_argument
@click.argument("bag", metavar="BAG")
@click.option("--signer-key", "keys", multiple=True, metavar="FILE", help="A public key (PEM) that counts; repeatable.")
@by_option("Who receives it: an opaque id.")
@as_of_option("The day of receipt; the default is today.")
@key_option
def receive(
    register: str, bag: str, keys: tuple[str, ...], by: str | None, as_of: datetime.date | None, key: str | None
) -> None:
    """Receive a bag into the register as the next pass of its system, and say what changed since the pass before.

    A notice (`sespms withdraw`) ends the review of the submission that it names, and is acknowledged by a letter.
    """
    who = named(by, "each entry of a register names who made it")
    held = read_bag(Path(bag))
    opened = opened_bag(held)
    signed = signatures_of(opened, [read_public(Path(each)) for each in keys])
    by_whom = (who, day_judged(as_of))
    if is_notice(opened):
        with open_register(register, key) as at:
            case, notice = notice_received(at, held, [each.key for each in signed], by_whom)
        click.echo(printable("\n".join(notice_as_text(bag, opened, signed, notice))))
        click.echo(printable(f"entry {case.last.number}: `{case.system}` is {case.state(by_whom[1]).value}"))
        click.echo("\n" + printable(case.last.body["letter"]), nl=False)
        return
    receipt = received(opened, law_texts())
    with open_register(register, key) as at:
        case, changes = submitted(at, held, receipt, tuple(each.key for each in signed), by_whom)
    lines = list(receipt_as_text(bag, opened, signed, receipt))
    lines.append(f"entry {case.last.number}: pass {len(case.passes)} of `{case.system}`")
    if changes is not None:
        lines.append(f"since pass {changes.since}, by behavior: {changes.behavior}")
        lines += [f"  {each}" for each in changes.requirements]
        lines += [f"comment `{text}`: {became}" for text, became in changes.comments]
    click.echo(printable("\n".join(lines)))


@command.command("checklist")
@register_argument
@click.argument("system", metavar="SYSTEM")
@key_option
@format_option("text", "json")
def checklist(register: str, system: str, key: str | None, form: str) -> None:
    """Show each requirement with the machine's verdict and the reviewer's, the comments, and what changed."""
    with open_register(register, key, keys_needed=False) as opened:
        case = case_of(opened, system)
    number = case.number
    last = case.passes[number - 1]
    verdicts = {each.body["requirement"]: each for each in case.of_pass(number, VERDICT)}
    comments = case.of_pass(number, COMMENT)
    if form == "json":
        print_json(
            "sespms-review/1",
            system=system,
            last_entry=case.last.number,
            requirements=last.body["requirements"],
            verdicts={name: each.body["verdict"] for name, each in verdicts.items()},
            comments=[dict(each.body) for each in comments],
            changes=last.body.get("changes"),
        )
        return
    lines = [f"`{system}`, pass {number}, received {last.day}; last entry {case.last.number}"]
    for name, machine in last.body["requirements"].items():
        own = next((each for asked, each in verdicts.items() if name == asked or name.endswith(f": {asked}")), None)
        said = f"; {own.body['verdict']} by {own.by}: {own.body['text']}" if own else ""
        lines.append(f"  {name}: {machine.partition(';')[0]}{said}")
    lines += [
        f"comment by {each.by} on `{each.body['requirement'] or each.body['words']}`: {each.body['text']}"
        for each in comments
    ]
    click.echo(printable("\n".join(lines)))


@command.command("comment")
@_step
@click.option("--requirement", metavar="CITATION", default="", help="The requirement that the comment is on.")
@click.option("--words", metavar="WORDS", default="", help="The words of the text that the comment is on.")
@click.option("--text", metavar="WORDS", required=True, help="The comment.")
def comment(register: str, system: str, requirement: str, words: str, text: str, **given: Any) -> None:
    """Comment on a requirement, or on words of the text."""
    if bool(requirement) == bool(words):
        raise click.UsageError("a comment is on a requirement (`--requirement`) or on words of the text (`--words`)")
    _enter(register, system, given, COMMENT, lambda case: comment_on(case, requirement, words, text))


@command.command("verdict")
@_step
@click.option("--requirement", metavar="CITATION", required=True, help="The requirement that is judged.")
@click.option("--verdict", type=click.Choice(ACCEPTED), required=True, help="Whether the reviewer accepts it as met.")
@click.option("--text", metavar="WORDS", required=True, help="Why.")
def verdict(register: str, system: str, requirement: str, verdict: str, text: str, **given: Any) -> None:
    """Enter the reviewer's own verdict on a requirement, beside that of the machine."""
    _enter(register, system, given, VERDICT, lambda case: verdict_on(case, requirement, verdict, text))


@command.command("return")
@_step
def send_back(register: str, system: str, **given: Any) -> None:
    """Return a system to its agency; the letter is written from the comments, and entered as it is printed."""
    case = _enter(register, system, given, RETURN, returned)
    click.echo("\n" + printable(case.last.body["letter"]), nl=False)


@command.command("approve")
@_step
@click.option("--until", metavar="DATE", callback=as_day, required=True, help="Until when the approval holds.")
@click.option("--condition", "conditions", multiple=True, metavar="WORDS", help="A condition; repeatable.")
def approve(register: str, system: str, until: datetime.date, conditions: tuple[str, ...], **given: Any) -> None:
    """Approve the text of the last pass, by its digest, until a day and under conditions; print the letter."""
    day = day_judged(given["as_of"])
    case = _enter(register, system, given, APPROVAL, lambda case: approved(case, until, day, conditions))
    click.echo("\n" + printable(case.last.body["letter"]), nl=False)


@command.command("letter")
@register_argument
@click.argument("system", metavar="SYSTEM")
@key_option
@output_option
@format_option("text", "html", "docx", "pdf")
@letterhead_option
def show_letter(
    register: str, system: str, key: str | None, output: str | None, form: str, letterhead: Letterhead | None
) -> None:
    """Show the last letter to the agency of a system as it was entered, or write it as a document."""
    with open_register(register, key, keys_needed=False) as opened:
        case = case_of(opened, system)
    entered_last = case.letter
    if entered_last is None:
        raise RequestError(f"no letter about `{system}` went out; it is neither returned nor approved nor withdrawn")
    text = entered_last.body["letter"]
    refuse_letterhead(form, letterhead)
    if form == "text":
        with written_to(output) as file:
            file.write(printable(text))
        return
    from sespms_rules.documents import review_letter

    write_document(
        review_letter(text, system, datetime.date.fromisoformat(entered_last.day)), form, output, letterhead=letterhead
    )


@command.command("withdraw")
@_step
@click.option("--because", metavar="REASON", required=True, help="Why the approval is withdrawn.")
def withdraw(register: str, system: str, because: str, **given: Any) -> None:
    """Withdraw an approval; the letter says of which day it was and why it ends, and is entered as it is printed."""
    case = _enter(register, system, given, WITHDRAWAL, lambda case: withdrawn(case, because))
    click.echo("\n" + printable(case.last.body["letter"]), nl=False)


@command.command("approved")
@register_argument
@policy_argument
@as_of_option("The day that the approval is to hold on; the default is today.")
@key_option
@click.pass_context
def show_approved(ctx: click.Context, register: str, policy: str, as_of: datetime.date | None, key: str | None) -> None:
    """Say whether a policy is the text that OPM approved, and how it differs by behavior where it is not.

    What a file says of its approval is its agency's claim. Ends with code 1 where it is not approved as it stands.
    """
    texts = texts_beside(policy)
    systems = compile_policies([policy]).compilations[0].policy.systems
    if not systems:
        raise click.UsageError(f"`{policy}` holds no system that could be approved")
    with open_register(register, key, keys_needed=False) as opened:
        known = cases(opened)
    found = [
        (each.name, held_to_approval(known.get(each.name), each, Path(policy).name, texts, day_judged(as_of)))
        for each in systems
    ]
    click.echo(printable("\n".join(f"`{name}`: {held.said}" for name, held in found)))
    ctx.exit(int(not all(held.is_approved for _, held in found)))


@command.command("status")
@register_argument
@as_of_option("The day of the table; the default is today.")
@key_option
@format_option("text", "json")
def show_status(register: str, as_of: datetime.date | None, key: str | None, form: str) -> None:
    """Show every system: its state, whose move it is, since when, its pass, its comments, its approval."""
    with open_register(register, key, keys_needed=False) as opened:
        rows = list(status(opened, day_judged(as_of)))
    if form == "json":
        print_json("sespms-review-status/1", systems=rows)
        return
    for each in rows:
        until = f"; approved until {each['approved until']}" if each["approved until"] else ""
        click.echo(
            printable(
                f"{each['system']}: {each['state']} since {each['since']} by {each['by']}, pass {each['pass']},"
                f" {each['comments']} comments; the move of {each['move']}{until}"
            )
        )
    if not rows:
        click.echo("no system was submitted")


@command.command("affected")
@register_argument
@law_option
@as_of_option("The day by which systems count as withdrawn; the default is today.")
@key_option
@click.pass_context
def show_affected(
    ctx: click.Context, register: str, law: LawTexts, as_of: datetime.date | None, key: str | None
) -> None:
    """Say which systems break under another law (`--law FOLDER`), which are asked anew, and which are untouched.

    What is approved is read; beside it a later pass that is not decided, each with its number.
    Ends with code 1 where one breaks.
    """
    if not law.folders:
        raise click.UsageError("name the folder of the new edition with `--law`")
    with open_register(register, key, keys_needed=False) as opened:
        found = list(affected(opened, law, day_judged(as_of)))
    for system, becomes, turned in found:
        click.echo(printable("\n  ".join((f"{system}: {becomes}", *turned))))
    ctx.exit(int(any(becomes == "breaks" for _, becomes, _ in found)))
