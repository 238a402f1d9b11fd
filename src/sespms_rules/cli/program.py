"""The group of commands, and what becomes of anything that goes wrong in one."""

from __future__ import annotations

import gc
import os
import signal
import sys
from importlib import import_module
from typing import Any, NoReturn

import click

from sespms_rules.cli.output import guard_streams
from sespms_rules.cli.strict_group import StrictGroup
from sespms_rules.cli.usage_faults import in_plain_words
from sespms_rules.foundation.files_read import noting_files_read
from sespms_rules.foundation.files_written import NotWrittenError

# Name -> what it does in a few words, said here so that the list of commands imports none of them.
_COMMANDS = {
    "check": "Check policies and print what is found.",
    "test": "Run the scenarios in policies.",
    "rate": "Rate the executives of a roster.",
    "sql": "Print a policy as SQL for a warehouse.",
    "cycle": "Show whose move it is in a year on record, and which duties are broken.",
    "consequences": "Show what the ratings on record require, allow and bar.",
    "harmonize": "Show what states ask beside what federal law asks.",
    "records": "Write a workbook in which a year is put on record.",
    "explain": "Show how one rating comes about, step by step.",
    "describe": "Write the description of a system for people to read and sign.",
    "form": "Write the forms that are filled in during a year.",
    "read": "Read a system description in Word into a first policy.",
    "register": "Keep records so that nothing is lost or changed unseen.",
    "export": "Write ratings, awards and acts on record for other systems.",
    "prove": "Prove or refute the guarantees of a policy and of its baseline.",
    "count": "Count every possible appraisal by level, by line and by defect.",
    "compare": "Say what a change of a policy does to every possible appraisal.",
    "impact": "Show what amendments would do to the executives of a roster.",
    "sweep": "Show how a roster would be distributed as figures of a policy change.",
    "cohort": "Make a roster of invented executives by a published distribution.",
    "baseline": "Show the editions of rules that systems are held to.",
    "format": "Lay policies out in the one agreed way.",
    "new": "Ask a dozen questions and write a first system.",
    "answer": "Answer what a reading for submission found.",
    "submit": "Write a system and all it rests on into a bag for the reviewer.",
    "seal": "Sign a bag.",
    "withdraw": "Withdraw a submission by a notice to the reviewer.",
    "review": "Review the systems of agencies, and know the state of each.",
    "receive": "Check a bag and run everything in it again.",
    "verify": "Check the proofs of a bag, or derive a receipt of a rating again.",
    "complete": "Write into a draft what the law asks for and it does not say.",
    "lsp": "Serve an editor: findings, completion, fixes while a policy is written.",
    "analyze": "Write all that is known of a policy as data, for editors and pages.",
    "serve": "Work on the policies of a folder in a browser.",
    "phrases": "Show every sentence of the language with an example.",
    "page": "Show the page of a finding: what it means and how to fix it.",
}
_DEBUG = "SESPMS_DEBUG"
_NOBODY_READS = 128 + 13
"""What shells call the end of a program whose reader has gone away (`| head`)."""


class Commands(StrictGroup):
    """Imports a command when it is called, and turns every fault into one plain sentence."""

    def make_context(self, *args: Any, **more: Any) -> click.Context:
        """Read the arguments; `--help` and `--version` are printed by it, and their reader may have gone away."""
        try:
            return super().make_context(*args, **more)
        except click.UsageError as fault:
            raise in_plain_words(fault) from None
        except BrokenPipeError:
            raise SystemExit(_NOBODY_READS) from None

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The names of the commands, in the order people meet them."""
        del ctx
        return list(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import the module of a command and return it; None for a name that is none."""
        del ctx
        if cmd_name not in _COMMANDS:
            return None
        command = import_module(f"sespms_rules.cli.{cmd_name}_command").command
        assert isinstance(command, click.Command)  # noqa: S101 - each command module has one
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List the commands without importing them."""
        del ctx
        with formatter.section("Commands"):
            formatter.write_dl(list(_COMMANDS.items()))

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command; nobody is shown a traceback unless they ask for one."""
        from sespms_rules.foundation.request import RequestError

        try:
            with noting_files_read():
                return super().invoke(ctx)
        except RequestError as fault:
            raise click.UsageError(str(fault), self._invoked(ctx)) from None
        except click.UsageError as fault:
            raise in_plain_words(fault) from None
        except (click.ClickException, click.exceptions.Exit, click.Abort):
            raise
        except BrokenPipeError:
            ctx.exit(_NOBODY_READS)
        except Exception as fault:  # noqa: BLE001 - the last net: whatever it was becomes a sentence
            _say(fault)
            ctx.exit(2)

    def _invoked(self, ctx: click.Context) -> click.Context:
        """The context of the command that was called, for the line on how to use it."""
        name = ctx.invoked_subcommand or ""
        command = self.get_command(ctx, name)
        return ctx if command is None else click.Context(command, parent=ctx, info_name=name)


def _say(fault: Exception) -> None:
    """One plain sentence about a fault, on standard error."""
    from sespms_rules.language.parsing import UnreadableFileError
    from sespms_rules.reports.findings import on_one_line

    if isinstance(fault, UnreadableFileError | NotWrittenError):
        click.echo(f"sespms: {on_one_line(fault.message)}", err=True)
        if fault.help:
            click.echo(f"  help: {fault.help}", err=True)
        return
    if isinstance(fault, OSError) and fault.filename is not None:
        click.echo(f"sespms: `{fault.filename}` cannot be used: {(fault.strerror or str(fault)).lower()}", err=True)
        return
    if isinstance(fault, MemoryError):
        click.echo("sespms: this takes more memory than the system gives", err=True)
        click.echo("  help: close other programs, or give the roster or the policy in parts", err=True)
        return
    if os.environ.get(_DEBUG):
        import traceback

        traceback.print_exception(fault, file=sys.stderr)
    click.echo(f"sespms: a fault of the program itself stopped it: {type(fault).__name__}: {fault}", err=True)
    click.echo(f"  help: please report it with the files you gave; {_DEBUG}=1 shows where it arose", err=True)


def _print_version(ctx: click.Context, param: click.Parameter, value: bool) -> None:
    del param
    if value and not ctx.resilient_parsing:
        from sespms_rules import __version__

        click.echo(f"sespms {__version__}")
        ctx.exit()


@click.command(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.option(
    "--version", is_flag=True, expose_value=False, is_eager=True, callback=_print_version, help="Show the version."
)
def sespms() -> None:
    """Performance management systems for federal senior executives, written as policies: check, test, rate, explain."""


_GARBAGE = 200_000


def search_seldom() -> None:
    """Let more new objects be made between two searches for garbage than Python's own 700.

    A command makes trees that it keeps to its end, which would be searched over and over: that is a tenth of the time
    of a `check`. A text that is typed in an editor would wait for a search through all trees at every fifth pause.
    """
    gc.set_threshold(_GARBAGE)


def main() -> None:
    """Run the command line and end the process with its exit code."""
    search_seldom()
    guard_streams()
    if signal.getsignal(signal.SIGINT) is signal.default_int_handler:
        # Ctrl-C ends the process at once, as any other signal does: there is nothing to tidy up (files_written.py),
        # and an exception in the midst of a library written in C comes out as a fault of it, or as an abort.
        signal.signal(signal.SIGINT, signal.SIG_DFL)
    try:
        sespms.main(prog_name="sespms")
    except NotWrittenError as fault:
        _say(fault)
        _end(2)
    except SystemExit as end:
        _end(end.code if isinstance(end.code, int) else 0)


def _end(code: int) -> NoReturn:
    """Hand over what is still to be written, then end at once.

    The process gives back all it holds by ending; a last search through its objects would only make people wait, and
    has libraries complain of what they think was left.
    """
    try:
        if not sys.stdout.closed:  # a language server closes it when its editor has gone
            sys.stdout.flush()
    except BrokenPipeError:
        code = _NOBODY_READS
    except NotWrittenError as fault:
        _say(fault)
        code = 2
    if code == _NOBODY_READS and hasattr(signal, "SIGPIPE"):
        signal.signal(signal.SIGPIPE, signal.SIG_DFL)  # as any other program ends whose reader has gone away
        signal.raise_signal(signal.SIGPIPE)
    sys.stderr.flush()
    os._exit(code)
