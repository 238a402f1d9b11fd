"""A group of commands that drops nothing a user typed, and reads a name however it is typed."""

from __future__ import annotations

import unicodedata

import click

_LINE_ENDS = frozenset("\n\r\v\f\x1c\x1d\x1e\x85\u2028\u2029")
_OF_SEVERAL_LINES = ("WORDS", "REASON", "SENTENCE", "TEXT", "COMMAND")
"""What the values of options are called in which people write more than a name."""


_NAMING = frozenset({
    "--additional", "--fact", "--guarantee", "--inspector-general", "--map", "--scenario", "--system", "--unit",
    "--until", "--vary", "--weight",
})  # fmt: skip
"""Options whose values are names of a policy or a roster, or sentences in which such names stand; no files."""


class _Composed(click.types.StringParamType):
    """A text whose accents are one with their letters (NFC), as names are read; some keyboards part them."""

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """The text as it is compared with the names of a policy."""
        return unicodedata.normalize("NFC", super().convert(value, param, ctx))


class StrictGroup(click.Group):
    """Refuses an option that holds one value and is given twice, where click would take the last and say nothing."""

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the command. Raises a usage error for one that there is not, and for wrong or repeated options of it."""
        if args and not args[0].startswith("-") and self.get_command(ctx, args[0]) is None:
            names = self.list_commands(ctx)
            from sespms_rules.cli.names_tried import offered  # most commands that are called are there

            offer = offered(args[0], names, of_program=ctx.parent is None)
            ctx.fail(f"there is no command `{' '.join([*ctx.command_path.split()[1:], args[0]])}`; {offer}")
        name, command, rest = super().resolve_command(ctx, args)
        if command is not None:
            for each in command.params:
                each.type = each.type if _NAMING.isdisjoint(each.opts) else _Composed()
            _refuse_what_is_not_meant(command, ctx, rest)
        return name, command, rest


def _refuse_what_is_not_meant(command: click.Command, ctx: click.Context, args: list[str]) -> None:
    """Raise a usage error for options and names that cannot be taken as they stand.

    Raises what else is wrong with the options too, with the context in which it is.
    """
    own = click.Context(command, info_name=command.name, parent=ctx)
    try:
        values, _, given = command.make_parser(own).parse_args(list(args))
    except click.UsageError as fault:
        if fault.ctx is None:  # the parser does not know whose command line it reads
            fault.ctx = own
        raise
    _refuse_repeated_options(given, own)
    for each in command.params:
        value = values.get(each.name)
        for name in value if isinstance(value, list | tuple) else (value,):
            if each.metavar not in _OF_SEVERAL_LINES and isinstance(name, str) and not _LINE_ENDS.isdisjoint(name):
                shown = "".join("�" if sign in _LINE_ENDS else sign for sign in name)
                says = f"`{shown}` has a line end at `�`, and what it names would pass for lines of"
                raise click.UsageError(f"{says} an answer; rename it, or leave the line end out", own)


def _refuse_repeated_options(given: list[click.Parameter], own: click.Context) -> None:
    """Raise a usage error for an option that holds one value and is given twice: the first would be dropped."""
    for option in dict.fromkeys(each for each in given if isinstance(each, click.Option)):
        if given.count(option) > 1 and not (option.multiple or option.count or option.is_flag):
            name = max(option.opts, key=len)
            raise click.UsageError(f"`{name}` holds one value and was given {given.count(option)} times; keep one", own)
