"""Whatever is wrong with a command line is said in one plain sentence: every command, every kind of fault."""

from __future__ import annotations

import re
from collections.abc import Iterator

import click
import pytest

from cli.running import run
from sespms_rules.cli.program import sespms

SENTENCES_OF_THE_LIBRARY = re.compile(
    r"No such|Missing (?:arg|opt|param)|Invalid value|Got unexpected|requires an argument|is not one of|is not a valid|"
    r"does not take|is not in the range"
)


def commands(command: click.Command, path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], click.Command]]:
    """Every command with the words that call it."""
    if isinstance(command, click.Group):
        within = click.Context(command)
        for name in command.list_commands(within):
            found = command.get_command(within, name)
            assert found is not None
            yield from commands(found, (*path, name))
    yield path, command


COMMANDS = [each for each in commands(sespms) if each[0]]


def faulty(path: tuple[str, ...], command: click.Command) -> Iterator[list[str]]:
    """Command lines that are wrong in one way each."""
    arguments = [each for each in command.params if isinstance(each, click.Argument)]
    given = [*path, *("nothing.sespms" for _ in arguments)]
    yield [*given, "--nonsense"]
    yield [*given, "--outptu", "x"]
    if not any(each.nargs == -1 for each in arguments) and not isinstance(command, click.Group):
        yield [*given, "one too many"]
    if any(each.required for each in arguments):
        yield list(path)
    for option in (each for each in command.params if isinstance(each, click.Option)):
        name = max(option.opts, key=len)
        yield [*given, f"{name}=x"] if option.is_flag else [*given, name]
        if isinstance(option.type, click.Choice | click.IntRange):
            yield [*given, name, "n0thing"]
        if option.required:
            yield list(given)
        if not (option.is_flag or option.multiple or option.count):
            yield [*given, name, "1", name, "2"]


@pytest.mark.parametrize(("path", "command"), COMMANDS, ids=[" ".join(path) for path, _ in COMMANDS])
def test_a_fault_of_the_command_line_is_one_plain_sentence(path: tuple[str, ...], command: click.Command) -> None:
    for line in faulty(path, command):
        result = run(*line)
        said = result.stderr.strip().rpartition("Error: ")[2]
        assert result.exit_code == 2, line
        assert not SENTENCES_OF_THE_LIBRARY.search(result.stderr), (line, said)
        assert said[:1] == "`" or said[:1].islower(), (line, said)
        assert not said.endswith("."), (line, said)
        assert "`" in said, (line, said)


@pytest.mark.parametrize(
    ("line", "says"),
    [
        (("check", "--formt", "x"), "`sespms check` has no option `--formt`; did you mean `--format`?"),
        (("check", "--format"), "`--format` needs a value; write `--format text|json|sarif|junit|html|docx|pdf`"),
        (("check", "--as-of"), "`--as-of` needs a value; write `--as-of DATE`"),
        (("check", "--fix=x", "a.sespms"), "`--fix` takes no value; write `--fix` alone"),
        (("rate", "a.sespms"), "`ROSTER` is missing; the command is written `sespms rate POLICY ROSTER`"),
        (
            ("rate", "a", "b", "c"),
            "`c` is one argument too many; the command is written `sespms rate POLICY ROSTER`",
        ),
        (
            ("rate", "a", "b", "--engine", "column"),
            "`--engine` is `durable`, `reference`, `columnar` or `sql`, not `column`; did you mean `columnar`?",
        ),
        (
            ("prove", "a", "--time-limit", "0"),
            "`--time-limit` is a whole number of at least 1, not `0`",
        ),
        (("register", "lisst", "x"), "there is no command `register lisst`; did you mean `list`?"),
        (("records", "template", "a"), "`sespms records template` needs the option `--output`; add `--output FILE`"),
        (
            ("check", "a.sespms", "--format", "jsn"),
            (
                "`--format`: this command writes `text`, `json`, `sarif`, `junit`, `html`, `docx` and `pdf`, not "
                "`jsn`; "
                "did you mean `json`?"
            ),
        ),
    ],
)
def test_each_kind_of_fault_says_what_to_do(line: tuple[str, ...], says: str) -> None:
    assert run(*line).stderr.strip().rpartition("Error: ")[2] == says


@pytest.mark.parametrize(
    ("line", "option", "says"),
    [
        (
            ("rate", "a", "b", "--format", "json", "--output", "r.csv"),
            "--format",
            (
                "`r.csv` ends in `.csv`, and what is written is JSON; name a file that ends in `.json`, "
                "or another `--format`"
            ),
        ),
        (
            ("impact", "a", "b", "--format", "html", "--output", "r.xlsx"),
            "--format",
            (
                "`r.xlsx` ends in `.xlsx`, and what is written is HTML; name a file that ends in `.html` or `.htm`, "
                "or another `--format`"
            ),
        ),
        (
            ("rate", "a", "b", "--output", "r.pdf"),
            "--output",
            (
                "this command writes `text`, `json`, `csv` and `xlsx`, not what `r.pdf` is by its name; name a file "
                "that ends in `.txt`, `.json`, `.csv` or `.xlsx`"
            ),
        ),
        (
            ("cycle", "a", "b", "--output", "r.csv"),
            "--output",
            (
                "this command writes `text`, `json`, `html`, `docx` and `pdf`, not what `r.csv` is by its name; "
                "name a file that ends in `.txt`, `.json`, `.html`, `.docx` or `.pdf`"
            ),
        ),
        (
            ("cycle", "a", "b", "--calendar", "r.csv"),
            "--calendar",
            "`r.csv` ends in `.csv`, and what is written is a calendar; name a file that ends in `.ics`",
        ),
        (
            ("export", "ehri", "a", "b", "--output", "r.json"),
            "--output",
            "`r.json` ends in `.json`, and what is written is CSV; name a file that ends in `.csv`",
        ),
        (
            ("export", "quickbooks", "b", "--expense", "1", "--payable", "2", "--online", "--output", "r.iif"),
            "--output",
            "`r.iif` ends in `.iif`, and what is written is CSV; name a file that ends in `.csv`",
        ),
        (
            ("register", "head", "b", "--output", "r.txt"),
            "--output",
            "`r.txt` ends in `.txt`, and what is written is JSON; name a file that ends in `.json`",
        ),
        (
            ("register", "export", "b", "--output", "r.json"),
            "--output",
            (
                "`r.json` ends in `.json`, and what is written is JSON Lines; "
                "name a file that ends in `.jsonl` or `.ndjson`"
            ),
        ),
    ],
)
def test_a_name_of_another_form_is_refused_in_every_command(line: tuple[str, ...], option: str, says: str) -> None:
    result = run(*line)
    assert result.exit_code == 2
    assert result.stderr.strip().rpartition("Error: ")[2] == f"`{option}`: {says}"
