"""An editor as its author waits for it: a real language server over its own pipe, and the analysis that it shows.

Processor time of the process that does the work; how long an editor waits before it asks is not in it. The analysis by
itself, and the parsing beside it, search for garbage as seldom as the server does.
"""

from __future__ import annotations

import gc
import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from itertools import count
from pathlib import Path
from typing import Any

from figures import Figure, medians
from goals import Goal, reached
from inputs import POLICY, ROOT

from sespms_rules.authoring.analysis import read_text
from sespms_rules.cli.program import search_seldom
from sespms_rules.foundation.source import Source
from sespms_rules.language.parsing import parse
from sespms_rules.language.resolution import FolderLibrary

_TIMES = 15
_NOTHING = "a hover where nothing stands"


class Editor:
    """A language server in a process of its own, asked one thing after another."""

    def __init__(self, path: Path, text: str) -> None:
        command = [sys.executable, "-m", "sespms_rules", "lsp"]
        self._process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=ROOT)
        if self._process.stdin is None or self._process.stdout is None:
            raise SystemExit("the language server has no pipes")
        self._to, self._from = self._process.stdin, self._process.stdout
        self._ids = count(1)
        self._versions = count(2)
        self._uri = path.as_uri()
        self.ask("initialize", {"processId": None, "rootUri": None, "capabilities": {}})
        self._tell("initialized", {})
        opened = {"uri": self._uri, "languageId": "sespms", "version": 1, "text": text}
        self._tell("textDocument/didOpen", {"textDocument": opened})
        self._answer(lambda each: each.get("method") == "textDocument/publishDiagnostics")

    def cpu(self) -> float:
        """Seconds of processor time that the server took so far, in all its threads."""
        tasks = Path(f"/proc/{self._process.pid}/task").iterdir()
        return sum(int((each / "schedstat").read_text("ascii").split()[0]) for each in tasks) / 1e9

    def ask(self, method: str, given: dict[str, Any]) -> dict[str, Any]:
        """Ask, and wait for the answer."""
        number = next(self._ids)
        self._send({"id": number, "method": method, "params": given})
        return self._answer(lambda each: each.get("id") == number)

    def change(self, text: str) -> int:
        """Change the whole text, and wait until its findings are told; how many there are."""
        version = next(self._versions)
        document = {"uri": self._uri, "version": version}
        self._tell("textDocument/didChange", {"textDocument": document, "contentChanges": [{"text": text}]})
        told = self._answer(
            lambda each: (
                each.get("method") == "textDocument/publishDiagnostics"
                and each["params"].get("version") in (None, version)
            )
        )
        return len(told["params"]["diagnostics"])

    def hover(self, line: int, column: int) -> dict[str, Any]:
        """What is told of a place."""
        at = {"textDocument": {"uri": self._uri}, "position": {"line": line, "character": column}}
        return self.ask("textDocument/hover", at)

    def complete(self, line: int, column: int) -> int:
        """How many proposals there are at a place."""
        at = {"textDocument": {"uri": self._uri}, "position": {"line": line, "character": column}}
        found = self.ask("textDocument/completion", at)["result"]
        return len(found["items"] if isinstance(found, dict) else found)

    def end(self) -> None:
        """End the server as editors do."""
        self.ask("shutdown", {})
        self._tell("exit", {})
        self._process.wait(20)

    def _tell(self, method: str, given: dict[str, Any]) -> None:
        self._send({"method": method, "params": given})

    def _send(self, message: dict[str, Any]) -> None:
        body = json.dumps({"jsonrpc": "2.0", **message}).encode()
        self._to.write(b"Content-Length: %d\r\n\r\n%b" % (len(body), body))
        self._to.flush()

    def _answer(self, wanted: Callable[[dict[str, Any]], bool]) -> dict[str, Any]:
        while True:
            size = 0
            while head := self._from.readline().strip():
                if head.lower().startswith(b"content-length:"):
                    size = int(head.split(b":")[1])
            if not size:
                raise SystemExit("the language server has ended")
            message: dict[str, Any] = json.loads(self._from.read(size))
            if wanted(message):
                return message


def editor() -> list[Figure]:
    """The analysis by itself, then findings and completion in an editor, each beside a request that asks nothing."""
    text = POLICY.read_text(encoding="utf-8")
    return [_analysis(text), *_in_an_editor(text)]


def _analysis(text: str) -> Figure:
    numbers, law, beside = count(), FolderLibrary(), FolderLibrary((), (POLICY.parent,))

    def changed() -> Source:
        return Source(POLICY.name, f"{text}\n# note {next(numbers)}\n")

    job = "analysis of OPM's text, warm"
    jobs: list[Callable[[], object]] = [lambda: read_text(changed(), beside, law), lambda: parse(changed())]
    usual = gc.get_threshold()
    search_seldom()
    try:
        own, peer = medians(jobs, _TIMES, time.process_time)
    finally:
        gc.set_threshold(*usual)
    reached(Goal(f"editor: {job}", own, "ms of CPU", most=60))
    return Figure(job, own, "parsing the same text", peer)


def _in_an_editor(text: str) -> list[Figure]:
    begun = f"{text}\nweights\n  to"
    place = begun.count("\n"), len("  to")
    numbers = count()
    with tempfile.TemporaryDirectory() as name:
        path = Path(name) / POLICY.name
        path.write_text(text, encoding="utf-8")
        server = Editor(path, text)
        try:
            found, nothing = medians(
                [lambda: server.change(f"{text}\n# note {next(numbers)}\n"), lambda: server.hover(0, 0)],
                *(_TIMES, server.cpu),
            )
            server.change(begun)
            if not server.complete(*place):
                raise SystemExit("the language server proposes nothing")
            proposed, bare = medians([lambda: server.complete(*place), lambda: server.hover(0, 0)], _TIMES, server.cpu)
        finally:
            server.end()
    reached(Goal("editor: findings of OPM's text after a pause", found, "ms of CPU", most=300))
    reached(Goal("editor: a completion in OPM's text", proposed, "ms of CPU", most=30))
    return [
        Figure("findings of OPM's text after a pause, in an editor", found, _NOTHING, nothing),
        Figure("a completion in OPM's text, in an editor", proposed, _NOTHING, bare),
    ]
