"""What is wrong with a command line as it was typed, in one plain sentence with what to do about it.

The library that reads the command line has sentences of its own; they name no nearest option, show no example, and are
quoted otherwise than ours. Each kind of fault is said here once, for all commands.
"""

from __future__ import annotations

import click

from sespms_rules.foundation.spelling import backticked, nearest_name

_FLAG_GIVEN_A_VALUE = "does not take a value"
_TOO_MANY = "Got unexpected extra argument"


def in_plain_words(fault: click.UsageError) -> click.UsageError:
    """The fault as a sentence of ours; one that is a sentence of ours already is returned as it is."""
    said = _said(fault)
    return fault if said is None else click.UsageError(said, fault.ctx)


def _said(fault: click.UsageError) -> str | None:
    if isinstance(fault, click.NoSuchOption):
        return _no_such_option(fault)
    if isinstance(fault, click.MissingParameter):
        return _missing(fault)
    if isinstance(fault, click.BadParameter):
        return _bad_value(fault)
    if isinstance(fault, click.BadOptionUsage):
        return _bad_usage(fault)
    if fault.message.startswith(_TOO_MANY):
        extra = fault.message.rpartition("(")[2].rstrip(").").split()
        are = "is one argument" if len(extra) == 1 else f"are {len(extra)} arguments"
        return f"{backticked(extra)} {are} too many; the command is written {_written(fault.ctx)}"
    return None


def _no_such_option(fault: click.NoSuchOption) -> str:
    names = [] if fault.ctx is None else [name for each in _options(fault.ctx) for name in each.opts]
    near = nearest_name(fault.option_name, names)
    command = _called(fault.ctx)
    what = f"did you mean `{near}`?" if near else f"`{command} --help` shows those it has"
    return f"`{command}` has no option `{fault.option_name}`; {what}"


def _missing(fault: click.MissingParameter) -> str | None:
    param = fault.param
    if isinstance(param, click.Option):
        return f"`{_called(fault.ctx)}` needs the option `{_name(param)}`; add `{_name(param)} {_metavar(param)}`"
    if param is None:
        return None
    return f"`{_metavar(param)}` is missing; the command is written {_written(fault.ctx)}"


def _bad_value(fault: click.BadParameter) -> str | None:
    param = fault.param
    if param is None:
        return f"`{fault.param_hint}`: {fault.message}" if isinstance(fault.param_hint, str) else None
    name = f"`{_name(param)}`"
    value = _value(fault)
    if isinstance(param.type, click.Choice) and value is not None:
        choices = [str(each) for each in param.type.choices]
        near = nearest_name(value, choices)
        return f"{name} is {backticked(choices, 'or')}, not `{value}`" + (f"; did you mean `{near}`?" if near else "")
    if isinstance(param.type, click.IntRange) and value is not None:
        return f"{name} is a whole number {_range(param.type)}, not `{value}`"
    if isinstance(param.type, click.types.IntParamType) and value is not None:
        return f"{name} is a whole number, not `{value}`"
    return f"{name}: {fault.message}"


def _bad_usage(fault: click.BadOptionUsage) -> str:
    option = next((each for each in _options(fault.ctx) if fault.option_name in each.opts), None) if fault.ctx else None
    if _FLAG_GIVEN_A_VALUE in fault.message:
        return f"`{fault.option_name}` takes no value; write `{fault.option_name}` alone"
    metavar = "VALUE" if option is None else _metavar(option)
    return f"`{fault.option_name}` needs a value; write `{fault.option_name} {metavar}`"


def _range(kind: click.IntRange) -> str:
    if kind.max is None:
        return f"of at least {kind.min}"
    return f"of at most {kind.max}" if kind.min is None else f"from {kind.min} to {kind.max}"


def _value(fault: click.BadParameter) -> str | None:
    """What was given, as the library quotes it at the beginning of its sentence."""
    text = fault.message
    if text[:1] in "'\"":
        end = text.find(text[0], 1)
        return text[1:end] if end > 0 else None
    first = text.split(" ", 1)[0]
    return first if first.lstrip("-").isdigit() else None


def _options(ctx: click.Context) -> list[click.Option]:
    return [each for each in ctx.command.get_params(ctx) if isinstance(each, click.Option)]


def _name(param: click.Parameter) -> str:
    return max(param.opts, key=len) if isinstance(param, click.Option) else _metavar(param)


def _metavar(param: click.Parameter) -> str:
    own = param.metavar
    if own is not None:
        return own
    if isinstance(param.type, click.Choice):
        return "|".join(str(each) for each in param.type.choices)
    return "NUMBER" if isinstance(param.type, click.types.IntParamType) else (param.name or "").upper()


def _called(ctx: click.Context | None) -> str:
    return "sespms" if ctx is None else ctx.command_path


def _written(ctx: click.Context | None) -> str:
    """The command with its arguments, as one writes it."""
    if ctx is None:
        return "as `sespms --help` shows"
    arguments = [_metavar(each) for each in ctx.command.get_params(ctx) if isinstance(each, click.Argument)]
    return f"`{' '.join([ctx.command_path, *arguments])}`"
