"""Nobody but the holder of the token is let in, nothing outside the folder is reached, and nobody else's page acts."""

from __future__ import annotations

import http.server
import os
import socket
import threading
import time
import urllib.parse
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import pytest

from workbench_server import Served, serving_apart, words_of

PAGES = (
    "/",
    "/new",
    "/phrases",
    "/findings/SES214",
    "/nothing",
    "/write?policy=opm_basic.sespms",
    "/requirements?policy=opm_basic.sespms",
    "/requirements/answers?policy=opm_basic.sespms",
    "/requirements/submit?policy=opm_basic.sespms",
    "/try?policy=opm_basic.sespms",
    "/what-if?policy=opm_basic.sespms",
    "/compare?policy=opm_basic.sespms",
    "/records?policy=opm_basic.sespms",
    "/documents?policy=opm_basic.sespms",
    "/review",
)


def test_every_page_forbids_whatever_it_does_not_need(shared: Served) -> None:
    nonces = set()
    for path in PAGES:
        found = shared.ask(path)
        policy = found.headers["content-security-policy"]
        assert policy.startswith("default-src 'none'; script-src 'nonce-"), path
        assert "unsafe" not in policy
        assert "frame-ancestors 'none'" in policy
        assert "base-uri 'none'" in policy
        assert found.headers["cache-control"] == "no-store"
        assert found.headers["x-content-type-options"] == "nosniff"
        assert "server" not in found.headers
        nonces.add(policy)
        assert "http://" not in found.text.replace('xmlns="http://www.w3.org/2000/svg"', ""), "no address of elsewhere"
    assert len(nonces) == len(PAGES), "a nonce is used once"


@pytest.mark.parametrize("path", [*PAGES, "/state?policy=opm_basic.sespms"])
def test_nobody_without_the_token_is_let_in(shared: Served, path: str) -> None:
    for cookie in ("", "sespms_workbench=", f"sespms_workbench={shared.token[:-1]}", f"other={shared.token}"):
        found = shared.ask(path, headers={"Cookie": cookie})
        assert found.status == 403
        assert "has not been let in" in words_of(found.text)
        assert "opm_basic" not in found.text


def test_the_token_becomes_a_cookie_that_no_script_reads_and_no_other_site_sends(shared: Served) -> None:
    found = shared.ask(f"/?token={shared.token}", headers={"Cookie": ""})
    cookie = found.headers["set-cookie"]
    assert found.status == 200
    assert "HttpOnly" in cookie
    assert "SameSite=strict" in cookie
    assert "Domain" not in cookie
    assert shared.token not in found.text, "the page and the addresses behind it do not hold the token"


@pytest.mark.parametrize("token", ["", "x", "%00", "é"])
def test_a_wrong_token_is_a_plain_page(shared: Served, token: str) -> None:
    from urllib.parse import quote

    found = shared.ask(f"/?token={quote(token, safe='%')}", headers={"Cookie": ""})
    assert found.status == 403
    assert "what was saved is still there" in words_of(found.text)


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1", "localhost:1", "127.0.0.1.evil.example:80", "[::1]:80"])
def test_a_request_by_another_name_is_refused(shared: Served, host: str) -> None:
    assert shared.ask("/", headers={"Host": host}).status == 421
    assert shared.ask(f"/?token={shared.token}", headers={"Host": host}).status == 421


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "http://evil.example"},
        {"Origin": "null"},
        {"Origin": "https://127.0.0.1"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Origin": "", "Sec-Fetch-Site": ""},
    ],
)
def test_what_another_site_asks_for_in_the_readers_name_is_not_done(shared: Served, headers: dict[str, str]) -> None:
    digest = shared.digest("opm_basic.sespms")
    before = (shared.folder / "opm_basic.sespms").read_bytes()
    for path, sent in (
        ("/write?policy=opm_basic.sespms", {"text": "gone", "digest": digest, "do": "save"}),
        ("/example", {}),
        ("/new", {"file": "new.sespms"}),
    ):
        found = shared.ask(path, sent, headers)
        assert found.status == 403
        assert "Another site asked for this" in words_of(found.text)
    assert (shared.folder / "opm_basic.sespms").read_bytes() == before
    assert [each.name for each in shared.folder.iterdir()] == ["opm_basic.sespms"]


OUTSIDE = (
    "../secret.sespms",
    "../../etc/passwd",
    "/etc/passwd",
    "a/../../secret.sespms",
    "..%2fsecret.sespms",
    ".hidden.sespms",
    "link.sespms",
    "linked/secret.sespms",
    "roster.csv",
    "no.sespms",
    "",
    "%00.sespms",
    "a\\..\\secret.sespms",
    "opm_basic.sespms/",
)


@pytest.fixture
def secret(folder: Path) -> Path:
    """A policy outside the folder, and ways from inside that lead there."""
    outside = folder.parent / f"{folder.name}-outside"
    outside.mkdir()
    secret = outside / "secret.sespms"
    secret.write_text('system "A secret"\n', encoding="utf-8")
    (folder / "link.sespms").symlink_to(secret)
    (folder / "linked").symlink_to(outside)
    (folder / ".hidden.sespms").write_text('system "A secret"\n', encoding="utf-8")
    return outside


def test_nothing_outside_the_folder_is_read_or_written(secret: Path, served: Served) -> None:
    before = {each.name: each.read_bytes() for each in secret.iterdir()}
    for name in (each.replace("\\", "%5C") for each in OUTSIDE):
        for page in (
            "write",
            "requirements",
            "requirements/answers",
            "requirements/submit",
            "try",
            "what-if",
            "compare",
            "records",
            "state",
        ):
            found = served.ask(f"/{page}?policy={name}")
            assert "A secret" not in found.text, name
            assert found.status in (404, 422) or page == "state", name
        saved = served.ask(f"/write?policy={name}", {"text": "x", "digest": "", "do": "save"})
        assert saved.status in (404, 422), name
    assert {each.name: each.read_bytes() for each in secret.iterdir()} == before
    assert "secret" not in served.ask("/").text


def test_more_than_a_roster_is_not_read(shared: Served) -> None:
    found = shared.ask("/what-if?policy=opm_basic.sespms", {}, {"Content-Length": "99999999999"})
    assert found.status == 413
    assert "larger than 40 megabytes" in words_of(found.text)


_FORMS = {
    "/new": "application/x-www-form-urlencoded",
    "/what-if?policy=opm_basic.sespms": "multipart/form-data; boundary=x",
}
_FILE = b'--x\r\nContent-Disposition: form-data; name="upload"; filename="ours.csv"\r\n\r\n'


def _begun(served: Served, path: str, more: str) -> socket.socket:
    """A request of our own page with a body, of which nothing was sent so far; `more` are headers of it."""
    sent = socket.create_connection(("127.0.0.1", served.port), timeout=60)
    ours = f"Host: {served.host}\r\nCookie: sespms_workbench={served.token}\r\nOrigin: http://{served.host}\r\n"
    sent.sendall(f"POST {path} HTTP/1.1\r\n{ours}Content-Type: {_FORMS[path]}\r\n{more}\r\n\r\n".encode())
    return sent


@pytest.mark.attack("bodies of requests")
@pytest.mark.parametrize("path", _FORMS)
@pytest.mark.parametrize("more", ["Content-Length: 1000", "Transfer-Encoding: chunked"])
def test_who_goes_away_while_something_is_sent_is_no_fault(folder: Path, path: str, more: str) -> None:
    """The terminal was filled with the way through the program."""
    with serving_apart(folder) as served:
        with _begun(served, path, more) as sent:
            sent.sendall(b"%x\r\n%b\r\n" % (len(_FILE), _FILE) if "chunked" in more else _FILE)
            time.sleep(0.3)
        assert served.ask("/").status == 200
        assert served.told().splitlines()[1:] == []


@pytest.mark.attack("bodies of requests")
def test_a_body_that_does_not_say_how_long_it_is_is_taken_no_further(folder: Path) -> None:
    piece = b"a" * 1_000_000
    with serving_apart(folder) as served, _begun(served, [*_FORMS][1], "Transfer-Encoding: chunked") as sent:
        with suppress(OSError):  # who answers before all was sent takes no more
            for each in (_FILE, *[piece] * 45):
                sent.sendall(b"%x\r\n%b\r\n" % (len(each), each))
        answer = sent.recv(100)
        assert answer.startswith(b"HTTP/1.1 413 ")
        assert served.told().splitlines()[1:] == []


@contextmanager
def _site(page: str) -> Iterator[str]:
    """A site of someone else, on another port of this machine."""

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("Content-Type", "text/html")
            self.end_headers()
            self.wfile.write(page.encode())

        def log_message(self, format: str, *args: Any) -> None:
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://localhost:{server.server_address[1]}/"
    finally:
        server.shutdown()


def test_a_hostile_page_in_the_same_browser_gets_nothing(shared: Served, browser: Any) -> None:
    before = (shared.folder / "opm_basic.sespms").read_bytes()
    target = f"http://{shared.host}"
    page = f"""<!DOCTYPE html><title>x</title><iframe src="{target}/"></iframe><img src="{target}/example">
    <form id="f" method="post" action="{target}/write?policy=opm_basic.sespms" target="out">
    <input name="text" value="gone"><input name="digest" value="{shared.digest("opm_basic.sespms")}">
    <input name="do" value="save"></form><iframe name="out"></iframe>
    <script>
      fetch("{target}/", {{credentials: "include"}}).then(r => r.text()).then(t => document.title = "read " + t.length)
        .catch(() => document.title = "nothing");
      fetch("{target}/example", {{method: "POST", mode: "no-cors", credentials: "include"}}).catch(() => 0);
      document.getElementById("f").submit();
    </script>"""
    context = browser.new_context()
    try:
        ours = context.new_page()
        ours.goto(shared.address)
        ours.wait_for_url(f"{target}/")
        with _site(page) as site:
            theirs = context.new_page()
            theirs.goto(site)
            theirs.wait_for_function("document.title !== 'x'")
            theirs.wait_for_timeout(500)
            assert theirs.title() == "nothing"
            assert all("Policies in this folder" not in frame.content() for frame in theirs.frames)
    finally:
        context.close()
    assert (shared.folder / "opm_basic.sespms").read_bytes() == before
    assert [each.name for each in shared.folder.iterdir()] == ["opm_basic.sespms"]


@pytest.mark.attack("names of addresses")
@pytest.mark.parametrize(
    "name", ["a" * 4_000, "a/" * 3_000 + "x", "é" * 200, "loop", "pipe"], ids=lambda name: name[:5]
)
def test_a_name_that_no_file_here_has_is_told_and_no_fault(served: Served, name: str) -> None:
    """A name too long for the disk and a circle of links were faults of the program."""
    (served.folder / "loop.sespms").symlink_to(served.folder / "loop.sespms")
    os.mkfifo(served.folder / "pipe.sespms")
    asked = urllib.parse.quote(f"{name}.sespms")
    answers = [served.ask(f"/{page}?policy={asked}") for page in ("write", "try", "what-if", "records")]
    answers.append(served.ask(f"/write?policy={asked}", {"text": "x", "digest": "", "do": "save"}))
    assert {each.status for each in answers} <= {404, 422}
    assert all("fault of the program" not in each.text for each in answers)
