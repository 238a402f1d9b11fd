"""`sespms phrases`: the phrase book."""

from __future__ import annotations

import click

from sespms_rules.cli.printing import format_option, print_json
from sespms_rules.language.phrasebook import Phrase, UnknownPartError, as_text, edits_as_text, phrase_book

_OF_CHANGES = frozenset({"amendment", "strike", "insert", "change", "changes", "amend", "amends"})
"""What is asked for by whoever wants to change a part."""


@click.command("phrases")
@click.argument("part", nargs=-1, metavar="[PART]")
@click.option("--find", metavar="WORDS", help="Show only sentences about these words, such as `cap` or `due date`.")
@format_option("text", "json")
def command(part: tuple[str, ...], find: str | None, form: str) -> None:
    """Show every sentence of the language with an example.

    PART is the name of a part of a policy, such as `summary rating`; only its sentences are then shown.
    """
    asked = " ".join(part)
    book = _asked_for(asked)
    changes = not _OF_CHANGES.isdisjoint((find if find is not None else asked).casefold().split())
    if find is not None:
        from sespms_rules.authoring.phrase_search import LONGEST, searched

        if len(find) > LONGEST:
            raise click.UsageError(f"`--find` takes at most {LONGEST} letters; try one word alone")
        book = searched(book, find)
        if not book and (form == "json" or not changes):
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
        shown = ([as_text(book)] if book else []) + ([edits_as_text()] if changes else [])
        click.echo("\n\n".join(shown))


def _asked_for(asked: str) -> tuple[Phrase, ...]:
    """The sentences of a part; where it is none, what to ask instead."""
    try:
        return phrase_book("amendment" if asked in ("strike", "insert") else asked or None)
    except UnknownPartError as fault:
        from sespms_rules.authoring.phrase_search import LONGEST, searched

        is_near = fault.help.startswith("did you mean")
        if not is_near and len(asked) <= LONGEST and searched(phrase_book(), asked):
            words = f'"{asked}"' if " " in asked else asked
            raise click.UsageError(
                f"{fault.message}; `sespms phrases --find {words}` shows what speaks of it"
            ) from None
        raise click.UsageError(f"{fault.message}; {fault.help}") from None
