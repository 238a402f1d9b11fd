from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from cli.running import OPM, ROOT, SMALL, process, put, run
from sespms_rules.cli import sespms


def test_the_version() -> None:
    result = run("--version")
    assert result.exit_code == 0
    assert result.output.startswith("sespms ")


@pytest.mark.parametrize("command", ["check", "test", "rate", "explain", "format", "phrases"])
def test_each_command_is_listed_and_explains_itself(command: str) -> None:
    assert f"\n  {command} " in run("--help").output
    result = run(command, "--help")
    assert result.exit_code == 0
    assert "Usage: sespms " + command in result.output


def test_listing_the_commands_imports_none_of_them() -> None:
    code = (
        "import sys; from sespms_rules.cli import sespms\n"
        "try: sespms(['--help'])\n"
        "except SystemExit: pass\n"
        "sys.stderr.write(' '.join(name for name in sys.modules if name.endswith('_command') or name == 'lark'))"
    )
    assert process(code=code).stderr == ""


def test_a_misspelled_command_is_answered_with_the_nearest() -> None:
    result = run("chek")
    assert result.exit_code == 2
    assert "there is no command `chek`; did you mean `check`?" in result.stderr


def _leaves(group: click.Group, path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], click.Command]]:
    """Every command with the words that call it."""
    ctx = click.Context(group)
    for name in group.list_commands(ctx):
        command = group.get_command(ctx, name)
        assert command is not None
        if isinstance(command, click.Group):
            yield from _leaves(command, (*path, name))
        else:
            yield (*path, name), command


_ONCE = [
    pytest.param(words, option, id=" ".join((*words, option.opts[-1])))
    for words, command in _leaves(sespms)
    for option in command.params
    if isinstance(option, click.Option) and not (option.multiple or option.is_flag)
]


@pytest.mark.parametrize(("words", "option"), _ONCE)
def test_an_option_with_one_value_is_never_dropped_in_favor_of_the_last(
    words: tuple[str, ...], option: click.Option
) -> None:
    name = max(option.opts, key=len)
    value = option.type.choices[0] if isinstance(option.type, click.Choice) else "2"
    once = (name, *[value] * option.nargs)
    result = run(*words, *once, *once)
    assert result.exit_code == 2
    assert result.stdout == ""
    assert f"`{name}` holds one value and was given 2 times" in result.stderr


def test_options_that_may_be_repeated_are_not_refused() -> None:
    result = run(
        "impact", OPM, str(ROOT / "examples" / "roster.csv"), "--inspector-general", "A", "--inspector-general", "B"
    )
    assert "was given" not in result.stderr


def test_it_runs_as_a_module() -> None:
    done = process("check", OPM)
    assert done.returncode == 0
    assert done.stderr == ""
    assert "4 notes" in done.stdout


def test_a_fault_of_the_program_is_one_sentence() -> None:
    """The one place that needs a fault which the program does not have: the last net is tried with a planted one."""
    code = (
        "import sys, sespms_rules.cli.check_command as module\n"
        "from sespms_rules.cli import main\n"
        "def broken(*names, **options): raise ZeroDivisionError('planted')\n"
        "module.compile_policies = broken\n"
        "sys.argv = ['sespms', 'check', 'x']; main()"
    )
    done = process(code=code)
    assert done.returncode == 2
    assert done.stdout == ""
    assert done.stderr == (
        "sespms: a fault of the program itself stopped it: ZeroDivisionError: planted\n"
        "  help: please report it with the files you gave; SESPMS_DEBUG=1 shows where it arose\n"
    )
    told = process(code=code, environment={"SESPMS_DEBUG": "1"})
    assert "Traceback" in told.stderr
    assert told.returncode == 2


def test_a_reader_that_goes_away_is_no_fault() -> None:
    environment = {"PYTHONPATH": str(ROOT / "src")}
    with subprocess.Popen(
        [sys.executable, "-m", "sespms_rules", "phrases"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=environment,
        text=True,
    ) as running:
        assert running.stdout is not None
        assert running.stderr is not None
        running.stdout.close()
        said = running.stderr.read()
        running.wait(timeout=60)
    assert said == ""


def test_a_terminal_without_the_letters_gets_stand_ins(tmp_path: Path) -> None:
    path = put(
        tmp_path, "p.sespms", SMALL.replace("Invented agency", "Agência 日本").replace("total 100", "totl 100 日本")
    )
    done = process("check", path, environment={"PYTHONIOENCODING": "ascii"})
    assert done.returncode == 1
    assert "Traceback" not in done.stderr


def test_nothing_is_coloured_where_no_terminal_reads(tmp_path: Path) -> None:
    path = put(tmp_path, "p.sespms", SMALL.replace("total 100", "totl 100"))
    assert "\x1b" not in process("check", path, environment={"FORCE_COLOR": "1"}).stdout
