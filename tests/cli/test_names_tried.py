"""A command that there is not: what does it is offered, a slip is put right, and nothing that is only spelled alike."""

from __future__ import annotations

import click
import pytest

from cli.running import run
from sespms_rules.cli import sespms
from sespms_rules.cli.names_tried import OFFERED, offered

COMMANDS = sespms.list_commands(click.Context(sespms))

TRIED = [
    ("init", "new"),
    ("create", "new"),
    ("draft", "new"),
    ("template", "new"),
    ("wizard", "new"),
    ("validate", "check"),
    ("lint", "check"),
    ("fix", "check --fix"),
    ("requirements", "check --requirements"),
    ("run", "rate"),
    ("score", "rate"),
    ("calculate", "rate"),
    ("simulate", "impact"),
    ("what-if", "impact"),
    ("diff", "compare"),
    ("report", "describe"),
    ("import", "read"),
    ("convert", "read"),
    ("view", "serve"),
    ("edit", "serve"),
    ("law", "baseline"),
    ("sentences", "phrases"),
    ("help", "--help"),
    ("scenarios", "test"),
]
"""What a new author types in her first hour."""


@pytest.mark.parametrize(("tried", "does"), TRIED)
def test_a_name_that_newcomers_try_leads_to_what_does_it(tried: str, does: str) -> None:
    result = run(tried, "a.sespms")
    assert result.exit_code == 2
    assert f"there is no command `{tried}`; did you mean `{does}`?" in result.stderr


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("chek", "check"),
        ("Check", "check"),
        ("chk", "check"),
        ("cout", "count"),
        ("comapre", "compare"),
        ("expl", "explain"),
        ("sumbit", "submit"),
    ],
)
def test_a_slip_is_put_right(typed: str, meant: str) -> None:
    assert f"did you mean `{meant}`?" in run(typed).stderr


@pytest.mark.parametrize("tried", ["zzz", "abate", "export2excel", "revise", "sweet-talk"])
def test_a_name_that_is_only_spelled_alike_is_no_offer(tried: str) -> None:
    assert "the commands are `check`" in run(tried).stderr


@pytest.mark.parametrize("does", sorted(set(OFFERED.values())))
def test_whatever_is_offered_is_there(does: str) -> None:
    name, _, option = does.partition(" ")
    if name.startswith("--"):
        assert run(name).exit_code == 0
        return
    command = sespms.get_command(click.Context(sespms), name)
    assert command is not None
    assert not option or any(option in each.opts for each in command.params)


def test_no_command_is_taken_for_another_name() -> None:
    assert OFFERED.keys().isdisjoint(COMMANDS)


def test_in_a_group_nothing_but_a_slip_is_looked_for() -> None:
    assert "did you mean `list`?" in run("register", "lisst", "x").stderr
    assert offered("draft", ["add", "list"], of_program=False) == "the commands are `add` and `list`"
