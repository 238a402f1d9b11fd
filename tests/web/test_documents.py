"""The page Documents gives what the commands write, and reads a Word document as they do; nothing of it is kept."""

from __future__ import annotations

import ast
import http.client
import io
from pathlib import Path
from typing import Any

import docx
import pytest

from cli.running import process
from documents.test_marked import change
from sespms_rules.foundation.resources import package_folder
from workbench_browser import axe_finds_nothing, fits, let_in
from workbench_server import Served, words_of

NAME = "opm_basic.sespms"
PAGE = f"/documents?policy={NAME}"


def sent(served: Served, data: bytes, how: str, name: str = "marked.docx") -> tuple[int, str]:
    """Hand a document in as the form does."""
    mark = "b0undary"
    parts = [
        f'--{mark}\r\nContent-Disposition: form-data; name="as"\r\n\r\n{how}\r\n'.encode(),
        f'--{mark}\r\nContent-Disposition: form-data; name="document"; filename="{name}"\r\n\r\n'.encode() + data,
        f"\r\n--{mark}--\r\n".encode(),
    ]
    headers = {
        "Host": served.host,
        "Cookie": f"sespms_workbench={served.token}",
        "Content-Type": f"multipart/form-data; boundary={mark}",
        "Origin": f"http://{served.host}",
        "Sec-Fetch-Site": "same-origin",
    }
    asking = http.client.HTTPConnection("127.0.0.1", served.port, timeout=60)
    asking.request("POST", PAGE, b"".join(parts), headers)
    answer = asking.getresponse()
    return answer.status, words_of(answer.read().decode())


def asked(
    served: Served, path: str, fields: dict[str, str], file: tuple[str, bytes] | None = None
) -> tuple[int, bytes, str]:
    """Send a form, with a letterhead where one is given; the answer is not followed to another page."""
    mark = "b0undary"
    parts = [
        f'--{mark}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'.encode()
        for name, value in fields.items()
    ]
    if file is not None:
        head = f'--{mark}\r\nContent-Disposition: form-data; name="letterhead"; filename="{file[0]}"\r\n\r\n'
        parts += [head.encode(), file[1], b"\r\n"]
    headers = {
        "Host": served.host,
        "Cookie": f"sespms_workbench={served.token}",
        "Content-Type": f"multipart/form-data; boundary={mark}",
        "Origin": f"http://{served.host}",
        "Sec-Fetch-Site": "same-origin",
    }
    asking = http.client.HTTPConnection("127.0.0.1", served.port, timeout=60)
    asking.request("POST", path, b"".join([*parts, f"--{mark}--\r\n".encode()]), headers)
    answer = asking.getresponse()
    return answer.status, answer.read(), answer.headers.get("location", "")


def letterhead() -> bytes:
    head = docx.Document()
    head.sections[0].header.paragraphs[0].text = "Invented Harbor Authority"
    out = io.BytesIO()
    head.save(out)
    return out.getvalue()


ROSTER = (
    "id,Leading Change weight,Leading Change level,Leading People weight,Leading People level,Business Acumen weight,"
    "Business Acumen level,Building Coalitions weight,Building Coalitions level,Results Driven weight,"
    "Results Driven level\nE-1,10,4,10,5,10,3,10,4,60,4\n"
)


def test_the_board_book_and_a_letterhead_are_what_the_commands_write(served: Served, tmp_path: Path) -> None:
    (served.folder / "board.csv").write_text(ROSTER, encoding="utf-8")
    (tmp_path / "head.docx").write_bytes(letterhead())
    for what, more, fields in (
        ("board", ["form", NAME, "board.csv", "--kind", "board"], {"what": "board", "roster": "board.csv"}),
        ("agreement", ["form", NAME], {"what": "agreement"}),
    ):
        made = tmp_path / f"{what}.docx"
        command = [*more, "--letterhead", str(tmp_path / "head.docx"), "--output", str(made)]
        assert process(*command, cwd=served.folder).returncode == 0
        status, data, _ = asked(
            served, f"/documents/made?policy={NAME}", fields | {"form": "docx"}, ("head.docx", letterhead())
        )
        assert (status, data) == (200, made.read_bytes())
    status, data, _ = asked(
        served, f"/documents/made?policy={NAME}", {"what": "board", "roster": "board.csv", "form": "pdf"}
    )
    assert (status, data[:5]) == (200, b"%PDF-")


@pytest.mark.parametrize(
    ("fields", "file", "says"),
    [
        ({"what": "board", "form": "pdf"}, None, "needs a roster; choose one"),
        ({"what": "agreement", "form": "pdf"}, ("h.docx", b"PK"), "only a Word document can be written on it"),
        ({"what": "agreement", "form": "docx"}, ("h.docx", b"%PDF"), "is a PDF, whatever its name says"),
        ({"what": "secret", "form": "docx"}, None, "here is no document secret"),
        ({"what": "board", "form": "docx", "roster": "../x.csv"}, None, "is not the name of a file in this folder"),
    ],
)
def test_what_cannot_be_written_is_said_on_the_page(
    shared: Served, fields: dict[str, str], file: tuple[str, bytes] | None, says: str
) -> None:
    status, data, _ = asked(shared, f"/documents/made?policy={NAME}", fields, file)
    assert (status in (404, 422), says in words_of(data.decode())) == (True, True), words_of(data.decode())


def test_the_text_of_a_document_is_saved_as_a_new_file_and_over_none(served: Served) -> None:
    text = 'amendment "A"\n  amends "x"\n'
    path = f"/documents/save?policy={NAME}"
    status, _, where = asked(served, path, {"text": text, "file": "changes"})
    assert (status, where) == (303, "/write?policy=changes.sespms")
    assert (served.folder / "changes.sespms").read_text(encoding="utf-8") == text
    status, data, _ = asked(served, path, {"text": "another", "file": "changes.sespms"})
    assert (status, "is in the folder already, and is not written over" in words_of(data.decode())) == (422, True)
    assert "another" in data.decode()
    assert (served.folder / "changes.sespms").read_text(encoding="utf-8") == text
    assert asked(served, path, {"text": text, "file": ""})[0] == 422


def fetched(served: Served, path: str) -> tuple[int, bytes, str]:
    asking = http.client.HTTPConnection("127.0.0.1", served.port, timeout=60)
    asking.request("GET", path, headers={"Host": served.host, "Cookie": f"sespms_workbench={served.token}"})
    answer = asking.getresponse()
    return answer.status, answer.read(), answer.headers["content-type"]


def test_what_is_kept_is_what_the_commands_write(shared: Served, tmp_path: Path) -> None:
    for what, form, command in (
        ("description", "docx", ["describe", NAME, "--without-proofs"]),
        ("agreement", "docx", ["form", NAME]),
        ("roster", "xlsx", ["form", NAME, "--kind", "roster"]),
    ):
        made = tmp_path / f"{what}.{form}"
        assert process(*command, "--output", str(made), cwd=shared.folder).returncode == 0
        status, data, _ = fetched(shared, f"/documents/{what}.{form}?policy={NAME}")
        assert (status, data) == (200, made.read_bytes())
    status, data, kind = fetched(shared, f"/documents/description.pdf?policy={NAME}")
    assert (status, kind, data[:5]) == (200, "application/pdf", b"%PDF-")
    assert fetched(shared, f"/documents/secret.docx?policy={NAME}")[0] == 422
    assert fetched(shared, f"/documents/description.exe?policy={NAME}")[0] == 422


def test_a_marked_copy_comes_back_and_nothing_is_kept(shared: Served) -> None:
    before = sorted(each.name for each in shared.folder.rglob("*"))
    _, data, _ = fetched(shared, f"/documents/description.docx?policy={NAME}")
    copy = docx.Document(io.BytesIO(data))
    change(next(each for each in copy.paragraphs if each.text.startswith("A score of 475")), "475", "480")
    copy.add_comment(copy.paragraphs[10].runs, text="Shorter?", author="B. Counsel", initials="B")
    out = io.BytesIO()
    copy.save(out)
    status, words = sent(shared, out.getvalue(), "marked")
    assert status == 200
    assert "Changes: 1, taken 1. Comments: 1" in words
    assert "insert score 480 to 500 is level 5" in words
    assert "comment by B. Counsel" in words
    status, words = sent(shared, data, "first", "theirs.docx")
    assert (status, "sentences:" in words) == (200, True)
    assert sorted(each.name for each in shared.folder.rglob("*")) == before


@pytest.mark.parametrize(
    ("data", "says"),
    [(b"", "is empty; name a Word document"), (bytes.fromhex("d0cf11e0a1b11ae1"), "old format")],
)
def test_what_is_no_word_document_is_refused_on_the_page(shared: Served, data: bytes, says: str) -> None:
    status, words = sent(shared, data, "marked")
    assert (status, says in words, "Nothing was kept of it" in words) == (422, True, True)


@pytest.mark.parametrize("width", [1280, 320])
def test_axe_finds_nothing_where_a_copy_was_read(browser: Any, shared: Served, tmp_path: Path, width: int) -> None:
    _, data, _ = fetched(shared, f"/documents/description.docx?policy={NAME}")
    copy = docx.Document(io.BytesIO(data))
    change(next(each for each in copy.paragraphs if each.text.startswith("A score of 475")), "475", "480")
    copy.save(str(tmp_path / "marked.docx"))
    options = {"viewport": {"width": width, "height": 900}, "bypass_csp": True}
    with let_in(browser, shared, **options) as opened:
        opened.goto(f"http://{shared.host}{PAGE}")
        opened.set_input_files("#document", str(tmp_path / "marked.docx"))
        opened.keyboard.press("Tab")
        opened.click("text=Read it")
        opened.wait_for_selector("#told")
        axe_finds_nothing(opened)
        fits(opened)


def test_no_page_works_where_requests_are_taken_in() -> None:
    """What is awaited is a form and then a thread: whoever works on the loop keeps every other reader waiting."""
    found = []
    for path in sorted((package_folder() / "web").rglob("*.py")):
        for each in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(each, ast.AsyncFunctionDef):
                names = {name.id for name in ast.walk(each) if isinstance(name, ast.Name)}
                names |= {name.attr for name in ast.walk(each) if isinstance(name, ast.Attribute)}
                working = names & {"workbench_of", "at_work", "opened", "page", "part", "_page", "compiled"}
                found += [f"{path.name}: {each.name} calls {name}" for name in working]
    assert not found
