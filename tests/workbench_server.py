"""Start and end the workbench, in a thread or as a process of its own, and ask it as a browser would."""

from __future__ import annotations

import http.client
import os
import re
import signal
import socket
import subprocess
import sys
import threading
import urllib.parse
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from html import unescape
from pathlib import Path

from sespms_rules.web import Office
from sespms_rules.web.serving import ready


@dataclass(frozen=True)
class Answer:
    """What came back: status, headers in small letters, and the page."""

    status: int
    headers: Mapping[str, str]
    text: str


@dataclass(frozen=True)
class Served:
    """A running workbench: its port, the token that lets a browser in, and its process where it is one of its own."""

    folder: Path
    port: int
    token: str
    process: subprocess.Popen[str] | None = None

    def told(self) -> str:
        """Stop the process, and give all that it wrote since its address."""
        assert self.process is not None
        self.process.send_signal(signal.SIGTERM)
        return "".join(self.process.communicate(timeout=60))

    def kill(self) -> None:
        """End it at once, wherever it is."""
        assert self.process is not None
        self.process.send_signal(signal.SIGKILL)
        self.process.wait(timeout=60)

    @property
    def host(self) -> str:
        """The name that it is asked by."""
        return f"127.0.0.1:{self.port}"

    @property
    def address(self) -> str:
        """The address that was printed."""
        return f"http://{self.host}/?token={self.token}"

    def ask(
        self,
        path: str,
        sent: Mapping[str, str] | None = None,
        headers: Mapping[str, str] | None = None,
        method: str | None = None,
    ) -> Answer:
        """Ask as our own page would; `headers` take the place of those that a browser sends."""
        given = {"Host": self.host, "Cookie": f"sespms_workbench={self.token}"}
        body = None
        if sent is not None:
            body = urllib.parse.urlencode(sent)
            given |= {"Content-Type": "application/x-www-form-urlencoded", "Origin": f"http://{self.host}"}
            given["Sec-Fetch-Site"] = "same-origin"
        given |= headers or {}
        asking = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        try:
            kept = {name: value for name, value in given.items() if value}
            asking.request(method or ("GET" if sent is None else "POST"), path, body, kept)
            found = asking.getresponse()
            text = found.read().decode("utf-8", "replace")
            return Answer(found.status, {name.lower(): value for name, value in found.getheaders()}, text)
        finally:
            asking.close()

    def raw(self, path: str, sent: Mapping[str, str]) -> bytes:
        """What comes back of a form, byte by byte."""
        asking = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        headers = {"Host": self.host, "Cookie": f"sespms_workbench={self.token}", "Origin": f"http://{self.host}"}
        headers["Content-Type"] = "application/x-www-form-urlencoded"
        asking.request("POST", path, urllib.parse.urlencode(sent), headers)
        found = asking.getresponse().read()
        asking.close()
        return found

    def upload(self, path: str, fields: Mapping[str, str], roster: str) -> Answer:
        """Send a form with a roster in CSV, as a browser does."""
        mark = "a-line-that-stands-in-no-roster"
        parts = [f'--{mark}\r\nContent-Disposition: form-data; name="{n}"\r\n\r\n{v}\r\n' for n, v in fields.items()]
        head = f'--{mark}\r\nContent-Disposition: form-data; name="upload"; filename="ours.csv"\r\n\r\n'
        body = f"{''.join(parts)}{head}{roster}\r\n--{mark}--\r\n"
        headers = {
            "Host": self.host,
            "Cookie": f"sespms_workbench={self.token}",
            "Origin": f"http://{self.host}",
            "Content-Type": f"multipart/form-data; boundary={mark}",
        }
        asking = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        asking.request("POST", path, body.encode(), headers)
        found = asking.getresponse()
        text = found.read().decode("utf-8")
        asking.close()
        return Answer(found.status, dict(found.getheaders()), text)

    def digest(self, name: str) -> str:
        """The digest of a policy as its page has it."""
        found = re.search(r'id="digest" value="([0-9a-f]*)"', self.ask(f"/write?policy={name}").text)
        assert found is not None
        return found[1]

    def save(self, name: str, text: str, digest: str) -> Answer:
        """Save a text as the button does."""
        return self.ask(f"/write?policy={name}", {"text": text, "digest": digest, "do": "save"})


CONTACTED: list[str] = []
"""Whom this process wanted to reach or to look up while a workbench was served."""
_WATCHING = [False]


def _watch(event: str, given: tuple[object, ...]) -> None:
    """Take note of each connection and each look-up of a name; a hook cannot be taken off again."""
    if _WATCHING[0] and event in ("socket.connect", "socket.getaddrinfo", "socket.sendto", "urllib.Request"):
        CONTACTED.append(" ".join(str(each) for each in (event, *given) if not isinstance(each, socket.socket)))


sys.addaudithook(_watch)
_ADDRESS = re.compile(r"http://127\.0\.0\.1:(\d+)/\?token=(\S+)")


@contextmanager
def serving(folder: Path, office: Office | None = None) -> Iterator[Served]:
    """Serve a folder until the block has ended, by a thread of this process: the real server, on a real port."""
    made = ready(folder, 0, office)
    found = _ADDRESS.fullmatch(made.address)
    assert found is not None, made.address
    assert made.listening.getsockname()[0] == "127.0.0.1"
    answering = threading.Thread(target=made.run)
    answering.start()
    _WATCHING[0] = True
    try:
        yield Served(folder, int(found[1]), found[2])
    finally:
        _WATCHING[0] = False
        made.server.should_exit = True
        answering.join(timeout=60)
        made.listening.close()
        assert not answering.is_alive()
        elsewhere = [each for each in CONTACTED if "127.0.0.1" not in each and "localhost" not in each]
        CONTACTED.clear()
        assert elsewhere == [], f"the workbench reaches beyond this machine: {elsewhere}"


@contextmanager
def serving_apart(folder: Path, within: Sequence[str] = ()) -> Iterator[Served]:
    """The same by a process of its own, started as `sespms serve` is; `within` is a command that starts it."""
    command = [*within, sys.executable, "-m", "sespms_rules", "serve", str(folder)]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=dict(os.environ))
    try:
        assert process.stdout is not None
        line = process.stdout.readline()
        found = _ADDRESS.search(line)
        assert found is not None, line
        yield Served(folder, int(found[1]), found[2], process)
    finally:
        if process.poll() is None:
            process.send_signal(signal.SIGTERM)
        process.wait(timeout=60)
        for stream in (process.stdout, process.stderr):
            if stream is not None:
                stream.close()


def words_of(page: str) -> str:
    """What a reader sees of a page, in one line."""
    return " ".join(unescape(re.sub(r"<[^>]*>", " ", page)).split())
