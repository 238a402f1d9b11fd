"""`sespms phrases`: the phrase book."""

from __future__ import annotations

import click

from sespms_rules.cli.printing import format_option, print_json
from sespms_rules.language.phrasebook import UnknownPartError, as_text, phrase_book


@click.command("phrases")
@click.argument("part", nargs=-1, metavar="[PART]")
@click.option("--find", metavar="WORDS", help="Show only sentences about these words, such as `cap` or `due date`.")
@format_option("text", "json")
def command(part: tuple[str, ...], find: str | None, form: str) -> None:
    """Show every sentence of the language with an example.

    PART is the name of a part of a policy, such as `summary rating`; only its sentences are then shown.
    """
    try:
        book = phrase_book(" ".join(part) or None)
    except UnknownPartError as fault:
        raise click.UsageError(f"{fault.message}; {fault.help}") from None
    if find is not None:
        from sespms_rules.authoring.phrase_search import LONGEST, searched

        if len(find) > LONGEST:
            raise click.UsageError(f"`--find` takes at most {LONGEST} letters; try one word alone")
        book = searched(book, find)
        if not book:
            raise click.UsageError(f"no sentence speaks of `{find}`; try one word alone, or `sespms phrases` for all")
    if form == "json":
        phrases = [
            {
                "part": each.part.value,
                "name": each.name,
                "sentence": each.sentence,
                "means": each.means,
                "strictness": each.strictness,
                "examples": list(each.examples),
            }
            for each in book
        ]
        print_json("sespms-phrases/1", phrases=phrases)
    else:
        click.echo(as_text(book))
