"""`sespms seal`: a bag is signed, once what is signed was shown in words."""

from __future__ import annotations

import datetime
from pathlib import Path

import click

from sespms_rules.cli.output import binary, written_to
from sespms_rules.cli.printing import output_in
from sespms_rules.cli.reading_options import as_day, day_judged
from sespms_rules.cli.register_options import by_option, named
from sespms_rules.review import (
    ALGORITHMS,
    PublicKey,
    Sign,
    key_id,
    made_key_pair,
    read_bag,
    read_private,
    read_public,
    sealed,
    signing_command,
    to_be_sealed,
)


@click.command("seal")
@click.argument("bag", metavar="BAG", required=False)
@click.option("--key", metavar="FILE", help="The private key to sign with (PEM).")
@click.option(
    "--signer", metavar="COMMAND", help="A command that signs: bytes at its input, the signature at its output."
)
@click.option(
    "--public", metavar="FILE", help="With `--signer`: its public key (PEM), by which the signature is checked."
)
@click.option("--says", metavar="WORDS", help="What is stated; the default is that the system is submitted for review.")
@by_option("Who signs: an opaque id.")
@click.option("--date", "date", metavar="DATE", callback=as_day, help="When it is signed; the default is today.")
@click.option("--new-key", metavar="FILE", help="Make a key pair instead: FILE, and the public key in FILE.pub.")
@click.option(
    "--algorithm", type=click.Choice(ALGORITHMS), default=ALGORITHMS[0], help="With `--new-key`: of which kind."
)
@output_in("zip", "The sealed bag to write; its name ends in `.zip`.")
def command(
    bag: str | None,
    key: str | None,
    signer: str | None,
    public: str | None,
    says: str | None,
    by: str | None,
    date: datetime.date | None,
    new_key: str | None,
    algorithm: str,
    output: str | None,
) -> None:
    """Sign a bag: a DSSE envelope over the digest of its tag manifest, which is over every file in it.

    The statement that is signed is shown in words. A bag that was made with `submit --test` cannot be signed.
    """
    if new_key is not None:
        if bag is not None or key is not None or signer is not None:
            raise click.UsageError("a key pair is made alone; leave out the bag, `--key` and `--signer`")
        click.echo(f"the private key is in `{new_key}`, the public key in `{made_key_pair(Path(new_key), algorithm)}`")
        return
    if bag is None or output is None:
        raise click.UsageError("name the bag to seal, and the sealed bag to write with `--output`")
    if (key is None) == (signer is None) or (signer is None) != (public is None):
        raise click.UsageError("sign with `--key FILE`, or with `--signer COMMAND` and its `--public FILE`")
    who = named(by, "a signature is somebody's")
    sign, public_key = (
        read_private(Path(key)) if key is not None else (signing_command(signer or ""), read_public(Path(public or "")))
    )
    sealed = _sealed(bag, (sign, public_key), (who, day_judged(date)), says)
    with written_to(output) as file:
        binary(file).write(sealed)
    click.echo(f"the sealed bag is `{output}`")


def _sealed(bag: str, key: tuple[Sign, PublicKey], who: tuple[str, datetime.date], says: str | None) -> bytes:
    """The sealed bag, once what is signed was shown. Raises BagError for a test and for one that is signed already."""
    held = read_bag(Path(bag))
    sign, public = key
    statement = to_be_sealed(held, bag, public, who, says)
    click.echo(f"{statement.by} signs on {statement.date}: {statement.says}")
    click.echo(f"  the bag `{statement.bag}`, by the SHA-256 of its tag manifest: {statement.tag_manifest}")
    click.echo(f"  with the key {key_id(public)}")
    return sealed(held, statement, sign, public)
