"""The page Submit, and sealed bags on Review: nothing is signed unseen, written over, or reached outside."""

from __future__ import annotations

import http.client
import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import postgres
from cli.running import data, run
from review.reviewers import bag, name_of, text_of
from sespms_rules.register import place_of, read_keys
from sespms_rules.web import Office
from workbench_browser import axe_finds_nothing, fits, let_in
from workbench_server import Answer, Served, serving, words_of

NAME = name_of(1)
PAGE = "/requirements/submit?policy=system.sespms"
DESK = "/review/receive?register=desk.sqlite3"


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a policy that has findings, a bag of it, its sealed bag, two keys and a register."""
    root = tmp_path_factory.mktemp("made")
    (root / "system.sespms").write_text(text_of(1), encoding="utf-8")
    first = bag(root, text_of(1), "first.zip")
    for each in ("ours.pem", "other.pem"):
        assert run("seal", "--new-key", root / each).exit_code == 0
    seal = ("--by", "O-7", "--output", root / "sealed.zip")
    assert run("seal", first, "--key", root / "ours.pem", *seal).exit_code == 0
    assert run("register", "create", root / "desk.sqlite3", "--by", "R-1").exit_code == 0
    return root


@pytest.fixture
def desk(made: Path, tmp_path: Path) -> Iterator[Served]:
    """A workbench on a copy of that folder."""
    shutil.copytree(made, tmp_path / "desk")
    with serving(tmp_path / "desk") as served:
        yield served


def _shown(desk: Served, name: str = "first.zip", key: str = "ours.pem") -> Answer:
    return desk.ask(PAGE, {"do": "show", "bag": name, "key": key, "by": "O-7"})


def _seen(answer: Answer) -> dict[str, str]:
    """What the form of what is signed holds."""
    form = answer.text.split('name="do" value="sign"')[1]
    return {"do": "sign"} | dict(re.findall(r'name="(bag|key|by|seen|date)" value="([^"]*)"', form)[:5])


def test_what_is_signed_was_shown_and_is_still_the_same(desk: Served) -> None:
    before = (desk.folder / "first.zip").read_bytes()
    answer = _shown(desk)
    assert answer.status == 200
    assert f"We submit the system {NAME} as it stands in this bag" in words_of(answer.text)
    assert not (desk.folder / "first-sealed.zip").exists(), "nothing is signed by looking"
    seen = _seen(answer)
    for wrong in ({"seen": "0" * 64}, {"date": "2020-01-01"}):
        told = desk.ask(PAGE, {**seen, **wrong})
        assert told.status == 422
        assert "is not what was shown to you" in words_of(told.text)
    assert desk.ask(PAGE, seen).status == 303
    assert (desk.folder / "first.zip").read_bytes() == before
    told = desk.ask(PAGE, seen)
    assert (told.status, "is not written over" in words_of(told.text)) == (404, True)
    sealed = ("receive", desk.folder / "first-sealed.zip", "--signer-key", desk.folder / "ours.pem.pub")
    assert [each["by"] for each in data(*sealed)[0]["signatures"]] == ["O-7"]


def test_no_bag_is_made_while_something_is_left_and_none_is_written_over(desk: Served) -> None:
    told = desk.ask(PAGE, {"do": "make", "to": "new.zip"})
    assert (told.status, "No bag was written: 1 to fix" in words_of(told.text)) == (422, True), words_of(told.text)
    assert not (desk.folder / "new.zip").exists()
    assert "While something is left to fix or to answer, no bag is made." in words_of(desk.ask(PAGE).text)


@pytest.mark.parametrize(
    ("sent", "status", "says"),
    [
        ({"do": "make", "to": "first.zip"}, 404, "is not written over"),
        ({"do": "make", "to": "../out.zip"}, 404, "is not the name of a file"),
        ({"do": "make", "to": ""}, 422, "The new file has no name"),
        ({"do": "key", "to": "ours.pem"}, 404, "is not written over"),
        ({"do": "key", "to": "../k.pem"}, 404, "is not the name of a file"),
        ({"do": "show", "bag": "first.zip", "key": "/etc/ssl/key.pem", "by": "O-7"}, 404, "is not the name of a file"),
        ({"do": "show", "bag": "first.zip", "key": "ours.pem.pub", "by": "O-7"}, 404, "is no file of this kind"),
        ({"do": "show", "bag": "none.zip", "key": "ours.pem", "by": "O-7"}, 404, "There is no file"),
        ({"do": "show", "bag": "sealed.zip", "key": "ours.pem", "by": "O-7"}, 422, "signed with this key already"),
        ({"do": "show", "bag": "first.zip", "key": "ours.pem", "by": "Jane Doe"}, 422, "write an opaque id"),
        ({"do": "withdraw", "bag": "first.zip", "because": "...", "by": "O-7"}, 422, "The reason says nothing"),
        ({"do": "withdraw", "bag": "first.zip", "because": "So it is.", "by": ""}, 422, "Nobody is named"),
        ({"do": "erase"}, 422, "press one of its buttons"),
    ],
)
def test_what_cannot_be_done_is_a_plain_page(desk: Served, sent: dict[str, str], status: int, says: str) -> None:
    before = {each.name: each.read_bytes() for each in desk.folder.iterdir()}
    found = desk.ask(PAGE, sent)
    assert (found.status, says in words_of(found.text)) == (status, True), words_of(found.text)
    assert str(desk.folder) not in found.text
    assert {each.name: each.read_bytes() for each in desk.folder.iterdir()} == before


def test_a_sealed_bag_is_received_by_the_keys_that_are_ticked(desk: Served) -> None:
    for ticked in ({}, {"key": "other.pem.pub"}):
        told = desk.ask(DESK, {"bag": "sealed.zip", "by": "R-1"} | ticked)
        assert (told.status, "is none of those" in words_of(told.text)) == (422, True), words_of(told.text)
    assert data("review", "status", desk.folder / "desk.sqlite3")[0]["systems"] == []
    assert desk.ask(DESK, {"bag": "sealed.zip", "by": "R-1", "key": "../ours.pem.pub"}).status == 404
    found = desk.ask(DESK, {"bag": "sealed.zip", "by": "R-1", "key": "ours.pem.pub"})
    assert found.status == 303
    assert "Signed with the key" in words_of(desk.ask(found.headers["location"]).text)


def _notice_seen(desk: Served, given: dict[str, str]) -> dict[str, str]:
    """What is sent once a notice was shown; nothing is entered before."""
    before = (desk.folder / "desk.sqlite3").read_bytes()
    shown = desk.ask(DESK, given)
    words = words_of(shown.text)
    assert (shown.status, f"withdraws the submission of {NAME}" in words) == (200, True), words
    assert "the review of this submission ends, and that cannot be taken back" in words
    assert "Reason We begin anew in spring." in words
    assert ("nothing shows who wrote it" in words) == (given["bag"] == "sealed-withdrawn.zip")
    assert desk.ask(DESK, {**given, "seen": "0" * 64}).status == 200
    assert (desk.folder / "desk.sqlite3").read_bytes() == before
    form = shown.text.split('id="withdraw-heading"')[1]
    return dict(re.findall(r'name="(bag|key|by|seen)" value="([^"]*)"', form)[:4])


def test_a_notice_is_written_sealed_and_received_on_pages(desk: Served) -> None:
    desk.ask(DESK, {"bag": "sealed.zip", "by": "R-1", "key": "ours.pem.pub"})
    sent = {"do": "withdraw", "bag": "sealed.zip", "because": "We begin anew in spring.", "by": "O-7"}
    written = desk.ask(PAGE, sent)
    assert written.status == 303
    says = f"is in the folder, and withdraws the submission of {NAME}"
    assert says in words_of(desk.ask(written.headers["location"]).text)
    given = {"by": "R-1", "key": "ours.pem.pub"}
    told = desk.ask(DESK, _notice_seen(desk, {"bag": "sealed-withdrawn.zip", **given}))
    assert "by none of the same keys" in words_of(told.text)
    shown = _shown(desk, "sealed-withdrawn.zip")
    assert f"We withdraw the submission of the system {NAME}" in words_of(shown.text)
    assert desk.ask(PAGE, _seen(shown)).status == 303
    found = desk.ask(DESK, _notice_seen(desk, {"bag": "sealed-withdrawn-sealed.zip", **given}))
    assert found.status == 303
    words = words_of(desk.ask(found.headers["location"]).text)
    assert "Withdrawn by its agency since" in words
    assert "The agency withdrew its submission, and the review ends." in words
    assert "Reason: We begin anew in spring." in words


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 400])
def test_axe_finds_nothing_where_a_notice_is_shown(browser: Any, desk: Served, scheme: str, width: int) -> None:
    desk.ask(DESK, {"bag": "sealed.zip", "by": "R-1", "key": "ours.pem.pub"})
    sent = {"do": "withdraw", "bag": "sealed.zip", "because": "We begin anew in spring.", "by": "O-7"}
    assert desk.ask(PAGE, sent).status == 303
    options = {"color_scheme": scheme, "viewport": {"width": width, "height": 900}, "bypass_csp": True}
    with let_in(browser, desk, **options) as opened:
        opened.goto(f"http://{desk.host}/review?register=desk.sqlite3")
        opened.select_option("#bag", "sealed-withdrawn.zip")
        opened.fill("#by", "R-1")
        opened.get_by_role("button", name="Receive it").click()
        opened.get_by_role("heading", name="Read the notice").wait_for()
        axe_finds_nothing(opened)
        fits(opened)
        opened.goto(f"http://{desk.host}{PAGE}")
        axe_finds_nothing(opened)
        fits(opened)


def test_a_letter_is_kept_as_the_command_writes_it(desk: Served) -> None:
    register = desk.folder / "desk.sqlite3"
    keep = f"/review/letter.docx?register=desk.sqlite3&system={NAME.replace(' ', '+')}"
    assert run("review", "receive", register, desk.folder / "first.zip", "--by", "R-1").exit_code == 0
    assert "No letter about" in words_of(desk.ask(keep).text)
    assert run("review", "return", register, NAME, "--by", "R-1").exit_code == 0
    for form in ("docx", "html"):
        made = desk.folder / f"letter.{form}"
        assert run("review", "letter", register, NAME, "--output", made).exit_code == 0
        asking = http.client.HTTPConnection("127.0.0.1", desk.port, timeout=60)
        given = {"Host": desk.host, "Cookie": f"sespms_workbench={desk.token}"}
        asking.request("GET", keep.replace("docx", form), headers=given)
        found = asking.getresponse()
        assert (found.status, found.read()) == (200, made.read_bytes())
        assert found.headers["content-disposition"] == f'attachment; filename="letter.{form}"'
        asking.close()
    assert desk.ask(keep.replace("docx", "exe")).status == 422
    assert desk.ask(keep.replace("desk.sqlite3", "../desk.sqlite3")).status == 404


def test_a_register_is_made_on_the_page_and_never_over_another(desk: Served) -> None:
    for name, status, says in (
        ("desk.sqlite3", 404, "is not written over"),
        ("../out", 404, "is not the name of a file"),
        ("", 422, "The register has no name"),
    ):
        told = desk.ask("/review/create", {"name": name, "by": "R-1"})
        assert (told.status, says in words_of(told.text)) == (status, True), words_of(told.text)
    assert desk.ask("/review/create", {"name": "second", "by": "R-1"}).status == 303
    assert run("register", "verify", desk.folder / "second.sqlite3").exit_code == 0
    assert (desk.folder / "second.sqlite3.key").stat().st_mode & 0o077 == 0


def test_an_offices_register_in_a_database_is_reviewed_on_pages(made: Path, tmp_path: Path) -> None:
    folder = tmp_path / "reviewer"
    folder.mkdir()
    shutil.copy(made / "first.zip", folder)
    with postgres.server() as server:
        place = server.schema("office")
        key = tmp_path / "office.key"
        assert run("register", "create", place, "--key", key, "--by", "R-1").exit_code == 0
        with serving(folder, Office(place_of(place), read_keys(key))) as served:
            assert "No system was submitted yet" in words_of(served.ask("/review").text)
            found = served.ask("/review/receive?register=office", {"bag": "first.zip", "by": "R-1"})
            assert found.status == 303, words_of(found.text)
            page = served.ask(found.headers["location"])
            for each in (page, served.ask("/review"), served.ask("/review?register=office")):
                assert "postgres" not in each.text
                assert str(tmp_path) not in each.text
            step = {"do": "comment", "words": "total 100", "text": "Why?", "by": "R-1", "seen": "2"}
            done = served.ask(found.headers["location"].replace("/system?", "/step?"), step)
            assert done.status == 303, words_of(done.text)
        (row,) = data("review", "status", place, "--key", key)[0]["systems"]
    assert (row["system"], row["state"], row["comments"]) == (NAME, "under review", "1")


@pytest.mark.parametrize("damage", ["gone", "damaged", "another kind of file"])
def test_where_an_offices_register_is_stands_on_no_page(made: Path, tmp_path: Path, damage: str) -> None:
    folder, register = tmp_path / "reviewer", tmp_path / "kept elsewhere.sqlite3"
    folder.mkdir()
    shutil.copy(made / "first.zip", folder)
    assert run("register", "create", register, "--by", "R-1").exit_code == 0
    key = register.with_name(f"{register.name}.key")
    with serving(folder, Office(place_of(str(register)), read_keys(key))) as served:
        register.unlink()
        if damage != "gone":
            register.write_bytes(b"SQLite format 3\0 and then nothing" if damage == "damaged" else b"a note")
        for found in (
            served.ask("/review?register=office"),
            served.ask("/review/receive?register=office", {"bag": "first.zip", "by": "R-1"}),
        ):
            assert "The register that this workbench was started with cannot be used now" in words_of(found.text)
            assert "kept elsewhere" not in found.text
            assert str(tmp_path) not in found.text


def test_a_workbench_is_not_started_on_a_register_that_does_not_open(made: Path, tmp_path: Path) -> None:
    for words, says in (
        (("--register", tmp_path / "none.sqlite3"), "none.sqlite3"),
        (("--register", made / "system.sespms"), "system.sespms"),
        (("--register", "postgresql://nobody:s3cret@127.0.0.1:1/none"), "postgresql://nobody@127.0.0.1:1/none"),
        (("--key", made / "ours.pem"), "belongs to a register"),
    ):
        done = run("serve", made, *words)
        assert done.exit_code == 2, done.output
        assert says in done.output
        assert "s3cret" not in done.output
        assert "the workbench of" not in done.output
