"""A group of commands that drops nothing a user typed."""

from __future__ import annotations

import click


class StrictGroup(click.Group):
    """Refuses an option that holds one value and is given twice, where click would take the last and say nothing."""

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the command. Raises a usage error for an option of it that is repeated."""
        name, command, rest = super().resolve_command(ctx, args)
        if command is not None:
            _refuse_repeated_options(command, ctx, rest)
        return name, command, rest


def _refuse_repeated_options(command: click.Command, ctx: click.Context, args: list[str]) -> None:
    """Raise a usage error for an option that holds one value and is given twice: the first would be dropped."""
    own = click.Context(command, info_name=command.name, parent=ctx)
    try:
        _, _, given = command.make_parser(own).parse_args(list(args))
    except click.UsageError:
        return  # the command itself says it, with its own usage
    for option in dict.fromkeys(each for each in given if isinstance(each, click.Option)):
        if given.count(option) > 1 and not (option.multiple or option.count or option.is_flag):
            name = max(option.opts, key=len)
            raise click.UsageError(f"`{name}` holds one value and was given {given.count(option)} times", own)
