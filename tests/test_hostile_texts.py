"""TOML and JSON that strangers wrote: whatever their libraries make of it, they answer at once and in one sentence."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from cli.running import HEADINGS, ROOT, SMALL, process, put
from review.bags import forged, placed, small_bag
from sespms_rules.foundation.json_values import json_values
from sespms_rules.foundation.toml_text import DEEPEST, TomlError, toml_values

_MANY = ".".join(["a"] * 300_000)
_DEEP = {
    "a key": f"{_MANY} = 1",
    "a heading": f"[{_MANY}]",
    "a heading of a list": f"[[{_MANY}]]",
    "parts in quotes": '"a".' * 100_000 + "'b' = 1",
    "blanks between parts": "a .\t" * 100_000 + "b = 1",
    "within a value": f"x = {{ {_MANY} = 1 }}",
    "behind a text": f'x = "a#\\"" # "\n{_MANY} = 1',
}


@pytest.mark.attack("keys of many parts")
@pytest.mark.parametrize("text", _DEEP.values(), ids=list(_DEEP))
def test_a_key_of_many_parts_is_refused_before_it_is_looked_up(text: str) -> None:
    with pytest.raises(TomlError, match=f"a key has more than {DEEPEST} parts"):
        toml_values(text)


@pytest.mark.parametrize(
    ("text", "values"),
    [
        (f'x = "{_MANY}"', {"x": _MANY}),
        (f'x = """\n{_MANY}"" \\" """', {"x": f'{_MANY}"" " '}),
        (f"x = '''{_MANY}\\'''", {"x": f"{_MANY}\\"}),
        (f"# {_MANY}\nx = 1.50", {"x": "1.50"}),
        ('a.b."c.d" = true', {"a": {"b": {"c.d": True}}}),
        (".".join(["a"] * DEEPEST) + ".b = 1", None),
    ],
)
def test_dots_that_part_no_key_do_not_count(text: str, values: object) -> None:
    if values is None:
        text = text.removeprefix("a.")
        assert toml_values(text)
    else:
        assert toml_values(text) == values


@pytest.mark.parametrize(
    ("text", "says"),
    [("x = " + "[" * 50_000, "nested too deeply"), ("x = " + "9" * 5_000, "thousands of digits"), ("x", "no TOML: ")],
)
def test_what_the_library_raises_is_one_fault(text: str, says: str) -> None:
    with pytest.raises(TomlError, match=says):
        toml_values(text)


@pytest.mark.attack("keys of many parts")
@pytest.mark.parametrize("command", ["answer", "receive", "new"])
def test_commands_that_read_answers_say_so(tmp_path: Path, command: str) -> None:
    policy = put(tmp_path, "p.sespms", SMALL)
    deep = f'schema = "sespms-answers/1"\n{".".join(["a"] * 40_000)} = 1\n'
    put(tmp_path, "p.answers.toml", deep)

    def change(payload: dict[str, bytes]) -> None:
        payload["answers.toml"] = deep.encode()

    arguments: dict[str, list[str | Path]] = {
        "answer": [policy],
        "receive": [placed(tmp_path, forged(change))],
        "new": [tmp_path / "made.sespms", "--answers", tmp_path / "p.answers.toml"],
    }
    done = process(command, *arguments[command], seconds=100)
    assert done.returncode == 2, done.stdout
    assert "a key has more than 20 parts" in " ".join(done.stderr.split())


@pytest.mark.attack("values in values")
@pytest.mark.parametrize("text", ["[" * 100_000, '{"a":' * 100_000, "9" * 5_000, b"\xff\xfe\x00", "{", ""])
def test_what_is_no_json_is_one_fault(text: str | bytes) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 - whatever it says
        json_values(text)


@pytest.mark.attack("pipes that are named")
@pytest.mark.parametrize(
    "arguments",
    [
        ["read", "PIPE"],
        ["impact", "POLICY", "ROSTER", "--details", "--pseudonyms", "PIPE"],
        ["receive", "PIPE"],
        ["receive", "BAG", "--signer-key", "PIPE"],
        ["check", "PIPE"],
        ["check", "POLICY", "PIPE"],
        ["test", "PIPE"],
        ["format", "PIPE"],
        ["rate", "PIPE", "ROSTER"],
        ["rate", "POLICY", "ROSTER", "--with", "PIPE"],
    ],
    ids=[
        "a Word file",
        "a key of pseudonyms",
        "a bag",
        "a key of a signer",
        "a policy",
        "a second policy",
        "a policy to test",
        "a policy to lay out",
        "a policy to rate by",
        "an amendment",
    ],
)
def test_a_pipe_that_is_named_is_not_waited_for(tmp_path: Path, arguments: list[str]) -> None:
    os.mkfifo(tmp_path / "pipe.sespms")
    given = {
        "PIPE": tmp_path / "pipe.sespms",
        "POLICY": put(tmp_path, "p.sespms", SMALL),
        "ROSTER": put(tmp_path, "r.csv", HEADINGS + "e,50,3,50,3\n"),
        "BAG": placed(tmp_path, small_bag(is_test=True)),
    }
    done = process(*(given.get(each, each) for each in arguments), seconds=60)
    assert done.returncode == 2, done.stdout
    assert "not a regular file" in done.stderr
    assert "fault of the program" not in done.stderr


def test_a_policy_comes_through_a_pipe_that_is_open() -> None:
    """As in `sespms check <(…)` and `… | sespms check /dev/stdin`."""
    done = subprocess.run(
        [sys.executable, "-m", "sespms_rules", "format", "/dev/stdin", "--check"],
        input=SMALL,
        capture_output=True,
        text=True,
        env=os.environ | {"PYTHONPATH": str(ROOT / "src")},
        check=False,
        timeout=60,
    )
    assert "regular file" not in done.stderr
    assert done.returncode in {0, 1}, done.stderr
