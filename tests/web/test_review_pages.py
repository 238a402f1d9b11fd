"""Review and Answers in a real browser: what a page enters, the command shows, and nothing outside is reached."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from cli.running import data, run
from review.reviewers import bag, name_of, text_of
from sespms_rules.review import answers_path, read_answers
from workbench_browser import axe_finds_nothing, fits, let_in
from workbench_server import Served, serving, words_of

NAME = name_of(1)
OTHER = name_of(2)
DESK = "register=desk.sqlite3"
SYSTEM = f"/review/system?{DESK}&system={OTHER.replace(' ', '+')}"
STEP = SYSTEM.replace("system?", "step?")


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A workbench on a folder with a policy, its bags of two passes, and a register that holds another system."""
    root = tmp_path_factory.mktemp("desk")
    done = run("register", "create", root / "desk.sqlite3", "--by", "R-1")
    assert done.exit_code == 0, done.output
    done = run("review", "receive", root / "desk.sqlite3", bag(root, text_of(2), "other.zip"), "--by", "R-1")
    assert done.exit_code == 0, done.output
    (root / "system.sespms").write_text(text_of(1), encoding="utf-8")
    bag(root, text_of(1), "first.zip")
    bag(root, text_of(1, "450 to 500", "440 to 500").replace("350 to 449", "350 to 439"), "second.zip")
    with serving(root) as found:
        yield found


def _status(desk: Served, name: str = NAME) -> dict[str, Any]:
    rows = data("review", "status", desk.folder / "desk.sqlite3")[0]["systems"]
    return next(dict(each) for each in rows if each["system"] == name)


def _enter(opened: Any, legend: str, **given: str) -> None:
    """Fill in one of the forms of a system, and send it by the keyboard."""
    form = opened.locator("fieldset", has=opened.locator("legend", has_text=legend))
    for name, value in given.items():
        place = form.locator(f"[name={name}]")
        if place.evaluate("each => each.tagName") == "SELECT":
            place.select_option(value)
        else:
            place.fill(value)
    form.locator("button").focus()
    with opened.expect_navigation():
        opened.keyboard.press("Enter")


def test_a_system_goes_through_two_passes_in_the_browser(browser: Any, desk: Served) -> None:
    with let_in(browser, desk, bypass_csp=True) as opened:
        opened.click("text=Review")
        assert OTHER in opened.inner_text("main")
        opened.select_option("#bag", "first.zip")
        opened.fill("#by", "R-1")
        opened.click("text=Receive it")
        opened.wait_for_url("**/review/system**")
        assert "This is the first pass" in opened.inner_text("main")
        _enter(opened, "Comment", words="score 450 to 500", text="Why 450?", by="R-1")
        assert "Why 450?" in opened.inner_text("main")
        _enter(opened, "Comment", words="total 100", text="Why <b>100</b>?", by="R-2")
        assert "Why <b>100</b>?" in opened.inner_text("main")
        first = opened.locator("#of-requirement option").first.inner_text()
        _enter(opened, "Judge", requirement=first, verdict="accepted", text="It does.", by="R-2")
        axe_finds_nothing(opened)
        assert (_status(desk)["state"], _status(desk)["comments"]) == ("under review", "2")
        _enter(opened, "Return it", by="R-1")
        assert "It is the agency's move" in opened.inner_text("main")
        assert '1. On the words "score 450 to 500": Why 450?' in opened.inner_text("pre")
        opened.goto(f"http://{desk.host}/review?{DESK}")
        opened.select_option("#bag", "second.zip")
        opened.fill("#by", "R-1")
        opened.click("text=Receive it")
        opened.wait_for_url("**/review/system**")
        read = opened.inner_text("section[aria-labelledby=changed-heading]")
        assert "3 things changed or were asked about since pass 1; the whole checklist has " in read
        assert "Looser" in read
        assert "Why 450? changed" in read
        assert "Why <b>100</b>? untouched" in read
        axe_finds_nothing(opened)
        _enter(opened, "Approve it", until="2099-09-30", conditions="Report once.\nReport twice.", by="R-1")
        assert "Condition: Report twice." in opened.inner_text("pre")
        row = _status(desk)
        assert (row["state"], row["pass"], row["approved until"]) == ("approved", "2", "2099-09-30")
    assert run("register", "verify", desk.folder / "desk.sqlite3").exit_code == 0
    shown = words_of(desk.ask(f"/review?{DESK}").text)
    assert f"{NAME} approved {row['since']} nobody 2 0 2099-09-30" in shown


@pytest.mark.parametrize(("scheme", "width"), [("light", 1280), ("dark", 320)])
def test_axe_finds_nothing_on_the_pages_of_a_review(browser: Any, desk: Served, scheme: str, width: int) -> None:
    options = {"color_scheme": scheme, "viewport": {"width": width, "height": 900}, "bypass_csp": True}
    with let_in(browser, desk, **options) as opened:
        for path in (f"/review?{DESK}", SYSTEM, "/requirements/answers?policy=system.sespms"):
            opened.goto(f"http://{desk.host}{path}")
            opened.eval_on_selector_all("details", "every => every.forEach(each => { each.open = true })")
            axe_finds_nothing(opened)
            fits(opened)


def test_the_second_of_two_reviewers_is_told_and_nothing_is_entered(desk: Served) -> None:
    last = data("review", "checklist", desk.folder / "desk.sqlite3", OTHER)[0]["last_entry"]
    step = {"do": "comment", "words": "total 100", "text": "Why?", "by": "R-2", "seen": str(last)}
    assert desk.ask(STEP, step).status == 303
    found = desk.ask(STEP, {**step, "text": "Why then?", "by": "R-1"})
    assert found.status == 422
    assert "was added to meanwhile" in words_of(found.text)
    assert _status(desk, OTHER)["comments"] == "1"


def test_an_approval_that_stands_is_shown_and_ended_whatever_a_later_pass_is(tmp_path: Path) -> None:
    register = tmp_path / "desk.sqlite3"
    first = bag(tmp_path, text_of(2), "first.zip")
    second = bag(tmp_path, text_of(2, "450 to 500", "440 to 500"), "second.zip")
    who = ("--by", "R-1", "--as-of", "2026-11-20")
    for step in (
        ("register", "create", register, "--by", "R-1"),
        ("review", "receive", register, first, *who),
        ("review", "approve", register, OTHER, "--until", "2099-09-30", *who),
        ("review", "receive", register, second, "--by", "R-1"),
        ("withdraw", second, "--because", "We begin anew.", "--by", "O-7", "--output", tmp_path / "notice.zip"),
    ):
        assert run(*step).exit_code == 0, step
    with serving(tmp_path) as desk:
        shown = desk.ask(SYSTEM).text
        assert "pass 2; the move of OPM. The approval of pass 1: until 2099-09-30." in words_of(shown)
        assert "Withdraw the approval" in shown
        assert "Approve it" in shown
        notice = {"bag": "notice.zip", "by": "R-1"}
        read = words_of(desk.ask(f"/review/receive?{DESK}", notice).text)
        assert "cannot be taken back. An approval of an earlier pass is left as it is: one that holds goes on" in read
        seen = hashlib.sha256((tmp_path / "notice.zip").read_bytes()).hexdigest()
        assert desk.ask(f"/review/receive?{DESK}", {**notice, "seen": seen}).status == 303
        shown = desk.ask(SYSTEM).text
        assert "Approved since 2026-11-20, pass 1; the move of nobody." in words_of(shown)
        assert "The approval of 2026-11-20, of pass 1, stands, until 2099-09-30." in words_of(shown)
        assert ("score 450 to 500" in shown, "score 440 to 500" in shown) == (True, False)
        assert f"{OTHER} approved 2026-11-20 nobody 1 0 2099-09-30" in words_of(desk.ask(f"/review?{DESK}").text)
        last = data("review", "checklist", register, OTHER)[0]["last_entry"]
        ended = {"do": "withdrawal", "text": "It was not followed.", "by": "R-2", "seen": str(last)}
        assert desk.ask(STEP, ended).status == 303
        shown = desk.ask(SYSTEM).text
        assert "Withdrawn since " in words_of(shown)
        assert "Withdraw the approval" not in shown


@pytest.mark.parametrize(
    ("path", "sent", "status", "says"),
    [
        ("/review?register=../desk.sqlite3", None, 404, "is not the name of a file in this folder"),
        ("/review?register=none.sqlite3", None, 404, "There is no file"),
        ("/review?register=system.sespms", None, 404, "is no file of this kind"),
        (SYSTEM.replace("02", "77"), None, 422, "No system"),
        (STEP, {"do": "erase", "by": "R-1", "seen": "3"}, 422, "no step of a review"),
        (STEP, {"do": "return", "by": "R-1", "seen": "x"}, 422, "what you saw"),
        (
            STEP,
            {"do": "return", "by": "Jane Doe", "seen": "3"},
            422,
            "write an opaque id",
        ),
        (STEP, {"do": "return", "by": "", "seen": "99999"}, 422, "Nobody is named"),
        (f"/review/receive?{DESK}", {"bag": "/etc/passwd.zip", "by": "R-1"}, 404, "is not the name of a file"),
        (f"/review/receive?{DESK}", {"bag": "other.zip", "by": "R-1"}, 422, "no submission can be entered"),
    ],
)
def test_what_cannot_be_done_is_a_plain_page(
    desk: Served, path: str, sent: dict[str, str] | None, status: int, says: str
) -> None:
    found = desk.ask(path, sent)
    assert (found.status, says in words_of(found.text)) == (status, True), words_of(found.text)


def test_what_lies_behind_a_link_is_not_opened(served: Served, tmp_path_factory: pytest.TempPathFactory) -> None:
    outside = tmp_path_factory.mktemp("outside")
    run("register", "create", outside / "desk.sqlite3", "--by", "R-1")
    (served.folder / "desk.sqlite3").symlink_to(outside / "desk.sqlite3")
    assert "There is no register in this folder yet" in words_of(served.ask("/review").text)
    assert "is a link" in words_of(served.ask(f"/review?{DESK}").text)
    (served.folder / "desk.sqlite3").unlink()
    (served.folder / "desk.sqlite3").write_bytes((outside / "desk.sqlite3").read_bytes())
    (served.folder / "desk.sqlite3.key").symlink_to(outside / "desk.sqlite3.key")
    assert "is a link" in words_of(served.ask(f"/review?{DESK}").text)


# ---- the agency's side -------------------------------------------------------------------------------


def test_an_agency_answers_on_the_page_what_the_command_asks(browser: Any, desk: Served) -> None:
    policy = desk.folder / "system.sespms"
    asked = data("answer", policy)[0]["asked"]
    first = next(each["fingerprint"] for each in asked if each["must"] == "answer")
    with let_in(browser, desk) as opened:
        opened.goto(f"http://{desk.host}/requirements?policy=system.sespms")
        opened.click("text=What a review would find")
        assert opened.locator("article").count() == len(asked)
        article = opened.locator(f"#f-{first}")
        article.locator("summary").click()
        article.locator("textarea").fill("The Board decided so.")
        article.locator("input[name=by]").fill("O-7")
        article.locator("button").click()
        opened.wait_for_url("**#f-*")
        assert "The Board decided so." in opened.inner_text(f"#f-{first}")
    (kept,) = read_answers(answers_path(policy))
    told = data("answer", policy)[0]["asked"]
    assert (kept.finding, kept.by, kept.reason) == (first, "O-7", "The Board decided so.")
    assert [each["fingerprint"] for each in told if each["answer"]] == [first]


@pytest.mark.parametrize(
    ("sent", "says"),
    [
        ({"finding": "0" * 16, "reason": "So it is.", "kind": "answer", "by": "O-7"}, "has the fingerprint"),
        ({"finding": "0" * 16, "reason": "...", "kind": "answer", "by": "O-7"}, "gives no reason"),
        ({"finding": "0" * 16, "reason": "So it is.", "kind": "tick", "by": "O-7"}, "choose one of the two"),
        ({"finding": "0" * 16, "reason": "So it is.", "kind": "answer", "by": "Jane Doe"}, "write an opaque id"),
    ],
)
def test_what_is_no_answer_is_not_kept(desk: Served, sent: dict[str, str], says: str) -> None:
    kept = desk.folder / "system.answers.toml"
    before = kept.read_bytes() if kept.exists() else b""
    found = desk.ask("/requirements/answers?policy=system.sespms", sent)
    assert found.status == 422
    assert says in words_of(found.text)
    assert before == (kept.read_bytes() if kept.exists() else b"")
