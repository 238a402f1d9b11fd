"""A system goes to OPM and comes back in a real browser, by mouse and by keyboard alone, as its page tells it.

The agency and OPM have a folder and a workbench each; what goes between them are files that this test carries. The
pictures of `docs/to-opm-and-back.md` are made by it: `PICTURES=docs/pictures`.
"""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest

from cli.running import data, run
from workbench_browser import HANDS, Hand, Keyboard, axe_finds_nothing, fits, let_in
from workbench_server import Served, serving

ROOT = Path(__file__).resolve().parents[2]
PAGE = ROOT / "docs" / "to-opm-and-back.md"
NAME = "Example Harbor Board"
SCREEN: dict[str, Any] = {"viewport": {"width": 1280, "height": 860}, "bypass_csp": True}
_BLOCK = re.compile(r'^```sespms title="harbor.sespms"\n(.*?)^```', re.MULTILINE | re.DOTALL)
_IN = """button => {
  const at = document.activeElement;
  return at?.form?.querySelector("button")?.textContent.trim() === button ? at.name : "";
}"""


def _show(opened: Any, name: str, at: str = "h1") -> None:
    """Keep a picture of what is seen, where pictures are made; else see that the page shows one."""
    if folder := os.environ.get("PICTURES"):
        opened.evaluate("at => document.querySelector(at).scrollIntoView()", at)
        opened.screenshot(path=str(ROOT / folder / f"{name}.png"))
        return
    assert f"(pictures/{name}.png)" in PAGE.read_text(encoding="utf-8"), f"the page does not show {name}"
    assert (ROOT / "docs" / "pictures" / f"{name}.png").read_bytes().startswith(b"\x89PNG")


def _send(hand: Hand, button: str, fields: Mapping[str, str]) -> None:
    """Fill in the form of a button, whose labels may stand in other forms too, and press it."""
    opened = hand.opened
    for name, words in fields.items():
        _put(hand, button, name, words)
    if isinstance(hand, Keyboard):
        _reach(opened, lambda: opened.evaluate("document.activeElement.textContent.trim()") == button, button)
        with opened.expect_navigation():
            opened.keyboard.press("Enter")
        return
    with opened.expect_navigation():
        opened.locator("button:visible", has_text=button).click()


def _put(hand: Hand, button: str, name: str, words: str) -> None:
    opened = hand.opened
    if isinstance(hand, Keyboard):
        _reach(opened, lambda: opened.evaluate(_IN, button) == name, f"{name} of {button}")
        if opened.evaluate("document.activeElement.type") == "checkbox":
            opened.keyboard.press("Space")
        elif opened.evaluate("document.activeElement.tagName") == "SELECT":
            opened.keyboard.type(words)
            assert opened.evaluate("document.activeElement.value") == words
        else:
            opened.keyboard.press("Control+a")
            opened.keyboard.insert_text(words)
        return
    form = opened.locator("form", has=opened.locator(f"button:visible:text-is('{button}')"))
    place = form.locator(f"[name={name}]")
    if place.evaluate("at => at.tagName") == "SELECT":
        place.select_option(words)
    elif place.evaluate("at => at.type") == "checkbox":
        place.click()
    else:
        place.click()
        place.fill(words)


def _reach(opened: Any, is_there: Callable[[], bool], what: str) -> None:
    for _ in range(150):
        if is_there():
            return
        opened.keyboard.press("Tab")
    raise AssertionError(f"the keyboard does not reach {what}")


@pytest.mark.timeout(600)
@pytest.mark.parametrize("hand", HANDS)
def test_a_system_goes_to_opm_and_comes_back(browser: Any, tmp_path: Path, hand: Callable[[Any], Hand]) -> None:
    first, second = _BLOCK.findall(PAGE.read_text(encoding="utf-8"))
    desks = [tmp_path / each for each in ("agency", "opm")]
    for each in desks:
        each.mkdir()
    (desks[0] / "harbor.sespms").write_text(first, encoding="utf-8")
    with serving(desks[0]) as agency, serving(desks[1]) as opm:
        with let_in(browser, agency, **SCREEN) as opened:
            _submit(hand(opened), agency)
        for name in ("first-sealed.zip", "agency.pem.pub"):
            shutil.copy(desks[0] / name, desks[1])
        with let_in(browser, opm, **SCREEN) as opened:
            _return(hand(opened))
        with let_in(browser, agency, **SCREEN) as opened:
            _submit_again(hand(opened), second)
        shutil.copy(desks[0] / "second-sealed.zip", desks[1])
        with let_in(browser, opm, **SCREEN) as opened:
            _approve(hand(opened))
        with let_in(browser, opm, **SCREEN) as opened:
            _withdraw(hand(opened))
    assert (desks[0] / "harbor.sespms").read_text(encoding="utf-8") == second
    register = desks[1] / "desk.sqlite3"
    assert run("register", "verify", register).exit_code == 0
    (row,) = data("review", "status", register)[0]["systems"]
    assert (row["system"], row["state"], row["pass"]) == (NAME, "withdrawn", "2")


def _submit(author: Hand, agency: Served) -> None:
    """Dispute the one finding, make the bag and a key, and seal it."""
    opened = author.opened
    author.press("Requirements (harbor.sespms)")
    opened.wait_for_url("**/requirements?policy=harbor.sespms*")
    author.press("What a review would find")
    opened.wait_for_url("**/requirements/answers**")
    author.press("Say that the finding is wrong")
    reason = "The Board sets its first day once OPM has read its numbers."
    _send(author, "Keep the answer", {"reason": reason, "by": "O-7"})
    assert "0 to fix, 0 to answer, 0 answered, 1 disputed" in opened.inner_text("main")
    _fit(opened)
    _show(opened, "desk-1-answered")
    author.press("make the bag")
    opened.wait_for_url("**/requirements/submit**")
    _fit(opened)
    _send(author, "Make the bag", {"to": "first.zip"})
    assert "first.zip is in the folder" in opened.inner_text(".said")
    _send(author, "Make a key", {"to": "agency.pem"})
    _seal(author, "first.zip")
    told = data("receive", agency.folder / "first-sealed.zip", "--signer-key", agency.folder / "agency.pem.pub")[0]
    assert [each["by"] for each in told["signatures"]] == ["O-7"]


def _seal(author: Hand, name: str) -> None:
    opened = author.opened
    _send(author, "Show what is signed", {"bag": name, "by": "O-7"})
    assert "We submit the system Example Harbor Board as it stands in this bag" in opened.inner_text("main")
    if name == "first.zip":
        _fit(opened)
        _show(opened, "desk-2-seal", "#sign-heading")
    _send(author, "Sign it", {})
    assert f"{name.removesuffix('.zip')}-sealed.zip is in the folder" in opened.inner_text(".said")


def _return(reviewer: Hand) -> None:
    """Make a register, receive the bag, comment twice, and return the system."""
    opened = reviewer.opened
    reviewer.press("Review")
    opened.wait_for_url("**/review")
    _fit(opened)
    _send(reviewer, "Make a register", {"name": "desk.sqlite3", "by": "R-1"})
    _fit(opened)
    _send(reviewer, "Receive it", {"bag": "first-sealed.zip", "key": "agency.pem.pub", "by": "R-1"})
    opened.wait_for_url("**/review/system**")
    assert "Signed with the key " in opened.inner_text("main")
    _show(opened, "desk-3-received")
    for words, text, by in (
        ("score 450 to 500", "Why is level 5 given from 450 on?", "R-1"),
        ("are whole numbers", "Say where the weights are set.", "R-2"),
    ):
        _send(reviewer, "Enter the comment", {"words": words, "text": text, "by": by})
    _send(reviewer, "Return it", {"by": "R-1"})
    assert "It is the agency's move" in opened.inner_text("main")
    _fit(opened)
    _show(opened, "desk-4-letter", "#letter-heading")


def _submit_again(author: Hand, text: str) -> None:
    """Lower the cut, save, and make and seal the second bag; the answer still counts."""
    opened = author.opened
    author.press("harbor.sespms")
    opened.wait_for_url("**/write?policy=harbor.sespms")
    author.type("The text of the policy", text)
    author.press("Save")
    opened.wait_for_selector(".said >> text=Saved.")
    author.press("Requirements")
    opened.wait_for_url("**/requirements?policy=harbor.sespms*")
    author.press("What a review would find")
    opened.wait_for_url("**/requirements/answers**")
    author.press("make the bag")
    opened.wait_for_url("**/requirements/submit**")
    _send(author, "Make the bag", {"to": "second.zip"})
    _seal(author, "second.zip")


def _approve(reviewer: Hand) -> None:
    """Read what changed, and approve until a day under a condition."""
    opened = reviewer.opened
    reviewer.press("Review")
    opened.wait_for_url("**/review")
    assert "returned" in opened.inner_text("main")
    _send(reviewer, "Receive it", {"bag": "second-sealed.zip", "key": "agency.pem.pub", "by": "R-1"})
    opened.wait_for_url("**/review/system**")
    read = opened.inner_text("section[aria-labelledby=changed-heading]")
    assert "Looser: 38 appraisals get a higher level, 0 a lower one" in read
    assert "Why is level 5 given from 450 on? changed" in read
    assert "Say where the weights are set. untouched" in read
    _fit(opened)
    _show(opened, "desk-5-changed")
    given = {"until": "2099-09-30", "conditions": "Say where the weights are set, by October.", "by": "R-1"}
    _send(reviewer, "Approve it", given)
    assert "Condition: Say where the weights are set, by October." in opened.inner_text("pre")
    reviewer.press("All systems of")
    opened.wait_for_url("**/review?register=desk.sqlite3")
    assert "2099-09-30" in opened.inner_text("main")
    _show(opened, "desk-6-approved")


def _withdraw(reviewer: Hand) -> None:
    """End the approval before its day."""
    opened = reviewer.opened
    reviewer.press("Review")
    opened.wait_for_url("**/review")
    reviewer.press(NAME)
    opened.wait_for_url("**/review/system**")
    _send(reviewer, "Withdraw the approval", {"text": "It was not followed.", "by": "R-2"})
    letter = opened.inner_text("pre")
    assert letter.startswith("The approval is withdrawn.")
    assert "Reason: It was not followed." in letter
    _fit(opened)


def _fit(opened: Any) -> None:
    """The page as it stands, wide and narrow."""
    axe_finds_nothing(opened)
    for width in (320, 1280):
        opened.set_viewport_size({"width": width, "height": 860})
        fits(opened)
