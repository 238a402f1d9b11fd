"""Messages that no editor sends: the server says so in a line, reads no file for them and goes on."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from cli.running import ROOT, SMALL


def _message(content: Any) -> bytes:
    body = content if isinstance(content, bytes) else json.dumps(content).encode()
    return b"Content-Length: %d\r\n\r\n%b" % (len(body), body)


def _asked(method: str, **params: Any) -> bytes:
    return _message({"jsonrpc": "2.0", "id": 7, "method": method, "params": params})


def _hover(uri: object, line: object = 0) -> bytes:
    return _asked("textDocument/hover", textDocument={"uri": uri}, position={"line": line, "character": 0})


_BEGINS = _asked("initialize", processId=None, rootUri=None, capabilities={})
_ENDS = _asked("shutdown") + _message({"jsonrpc": "2.0", "method": "exit"})
HOSTILE: dict[str, bytes] = {
    "no JSON": _message(b'{"a":'),
    "no text": _message(b"\xff\xfe{}"),
    "nested": _message(b'{"jsonrpc":"2.0","id":3,"method":"x","params":' + b'{"a":' * 100_000 + b"1" + b"}" * 100_001),
    "a list": _message([1, 2, 3]) + _message(None),
    "other types": _hover(5, "x") + _hover("file:///x", -1),
    "an unknown command": _asked("workspace/executeCommand", command="rm \x1b[2J", arguments=[]),
    "an unknown method": _asked("x" * 100_000),
    "a length below nothing": b"Content-Length: -5\r\n\r\n{}",
}


def _talk(sent: bytes) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [sys.executable, "-m", "sespms_rules", "lsp"],
        input=sent,
        capture_output=True,
        check=False,
        timeout=60,
        env=os.environ | {"PYTHONPATH": str(ROOT / "src")},
    )


@pytest.mark.attack("messages of an editor")
@pytest.mark.parametrize("kind", HOSTILE)
def test_a_message_that_no_editor_sends_is_told_in_a_line_and_passed_over(kind: str) -> None:
    uri = "untitled:a"
    opened = _message(
        {
            "jsonrpc": "2.0",
            "method": "textDocument/didOpen",
            "params": {"textDocument": {"uri": uri, "languageId": "sespms", "version": 1, "text": SMALL}},
        }
    )
    done = _talk(_BEGINS + HOSTILE[kind] + opened + _hover(uri) + _ENDS)
    assert b"Traceback" not in done.stderr
    assert all(len(line) < 400 and b"\x1b" not in line for line in done.stderr.splitlines())
    assert b'"id": 7' in done.stdout or b'"id":7' in done.stdout


@pytest.mark.attack("messages of an editor")
@pytest.mark.parametrize("method", ["hover", "formatting", "documentSymbol", "codeLens", "semanticTokens/full"])
def test_a_file_that_is_not_open_is_read_for_nobody(tmp_path: Path, method: str) -> None:
    """A pipe was waited for, for ever."""
    os.mkfifo(tmp_path / "pipe.sespms")
    told = {"textDocument": {"uri": (tmp_path / "pipe.sespms").as_uri()}}
    options = {"options": {"tabSize": 2, "insertSpaces": True}, "position": {"line": 0, "character": 0}}
    done = _talk(_BEGINS + _asked(f"textDocument/{method}", **told, **options) + _ENDS)
    assert b"Traceback" not in done.stderr
    assert b'"id": 7' in done.stdout or b'"id":7' in done.stdout
