"""`sespms receive`: a bag is checked, and everything in it is run again."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import click

from sespms_rules.cli.printing import format_option, print_json
from sespms_rules.cli.reading_options import law_option
from sespms_rules.foundation.version import version
from sespms_rules.law.law_texts import LawTexts
from sespms_rules.reports.findings import printable
from sespms_rules.review import (
    Notice,
    OpenedBag,
    Receipt,
    Signed,
    is_notice,
    notice_in,
    opened_bag,
    read_bag,
    read_public,
    received,
    signatures_of,
    standing_as_data,
)

signer_keys_option = click.option(
    "--signer-key",
    "keys",
    multiple=True,
    metavar="FILE",
    help="A public key (PEM) whose signatures count; repeatable.",
)


@click.command("receive")
@click.argument("bag", metavar="BAG")
@signer_keys_option
@law_option
@format_option("text", "json")
@click.pass_context
def command(ctx: click.Context, bag: str, keys: tuple[str, ...], law: LawTexts, form: str) -> None:
    """Check the bytes and signatures of a bag, and run everything in it again; of a notice, say what it withdraws.

    A bag is not trusted: it is bounded before it is unpacked, nothing of it is written to a disk, and no program in it
    is run. A signature by a key that `--signer-key` does not name refuses the bag. Ends with code 1 where a run here
    says something else than the bag.
    """
    opened = opened_bag(read_bag(Path(bag)))
    signed = signatures_of(opened, [read_public(Path(each)) for each in keys])
    if is_notice(opened):
        _notice(bag, opened, signed, form)
        return
    receipt = received(opened, law)
    if form == "json":
        print_json("sespms-receipt/1", **receipt_as_data(opened, signed, receipt))
    else:
        click.echo(printable("\n".join(receipt_as_text(bag, opened, signed, receipt))))
    ctx.exit(int(bool(receipt.differences)))


def _notice(bag: str, opened: OpenedBag, signed: tuple[Signed, ...], form: str) -> None:
    notice = notice_in(opened)
    if form == "json":
        told = {name: getattr(notice, name) for name in notice._fields}
        print_json("sespms-notice/1", version=version(), bag=opened.name, notice=told, signatures=_signatures(signed))
        return
    click.echo(printable("\n".join(notice_as_text(bag, opened, signed, notice))))


def notice_as_text(bag: str, opened: OpenedBag, signed: tuple[Signed, ...], notice: Notice) -> Iterator[str]:
    """What came in, who signed it, and what it withdraws."""
    yield from _came_in(bag, opened, signed)
    yield f"it withdraws the submission of `{notice.system}`, by {notice.by}, {notice.date}: {notice.because}"
    yield f"  the submission whose tag manifest has the SHA-256 {notice.submission}"


def _came_in(bag: str, opened: OpenedBag, signed: tuple[Signed, ...], *, is_test: bool = False) -> Iterator[str]:
    size = sum(map(len, opened.files.values()))
    yield f"the bag `{bag}` is whole: {len(opened.files)} files, {size:,} bytes, each as its manifest says"
    if is_test:
        yield "it is a test, which nobody can sign or approve"
    elif not signed:
        yield "nobody signed it"
    for each in signed:
        yield f"signed with the key {each.key} ({each.algorithm})"
        yield f"  {each.statement.by}, {each.statement.date}: {each.statement.says}"


def receipt_as_text(bag: str, opened: OpenedBag, signed: tuple[Signed, ...], receipt: Receipt) -> Iterator[str]:
    """What came in, who signed it, and whether a run here says the same."""
    yield from _came_in(bag, opened, signed, is_test=receipt.submission.is_test)
    if receipt.differences:
        yield f"everything was run again by sespms {version()}, and it is not the same:"
        yield from (f"  {each}" for each in receipt.differences)
    else:
        yield f"everything was run again by sespms {version()}: the same, byte for byte"
    yield f"`{receipt.submission.policy}`: {receipt.evidence.standing.said}"


def receipt_as_data(opened: OpenedBag, signed: tuple[Signed, ...], receipt: Receipt) -> dict[str, object]:
    """The same as JSON data."""
    return {
        "version": version(),
        "bag": opened.name,
        "policy": receipt.submission.policy,
        "test": receipt.submission.is_test,
        "signatures": _signatures(signed),
        "same": not receipt.differences,
        "differences": list(receipt.differences),
        **standing_as_data(receipt.evidence.standing),
    }


def _signatures(signed: tuple[Signed, ...]) -> list[dict[str, str]]:
    return [
        {
            "key": each.key,
            "algorithm": each.algorithm,
            "by": each.statement.by,
            "date": each.statement.date,
            "says": each.statement.says,
        }
        for each in signed
    ]
