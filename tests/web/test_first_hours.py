"""The first hour of each of the three users in a real browser, by mouse and by keyboard alone, as the pages tell it.

What the hands do at the marked places is shown in `docs/first-hour/in-a-browser.md`; `PICTURES=docs/pictures` with
these tests makes its pictures anew.
"""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from workbench_browser import HANDS, Hand, Keyboard, let_in
from workbench_server import serving

ROOT = Path(__file__).resolve().parents[2]
PAGE = ROOT / "docs" / "first-hour" / "in-a-browser.md"
SCREEN = {"viewport": {"width": 1280, "height": 860}}
_BLOCK = re.compile(r'^```(?:sespms|csv) title="([^"]+)"\n(.*?)^```', re.MULTILINE | re.DOTALL)

pytestmark = pytest.mark.parametrize("hand", HANDS)


def _tutorial() -> dict[str, list[str]]:
    """The texts of the tutorial by their titles, in order."""
    found: dict[str, list[str]] = {}
    for title, text in _BLOCK.findall((ROOT / "docs" / "tutorial.md").read_text(encoding="utf-8")):
        found.setdefault(title, []).append(text)
    return found


def _show(opened: Any, name: str, at: str = "h1") -> None:
    """Keep a picture of what is seen, where pictures are made; else see that the page shows one."""
    if folder := os.environ.get("PICTURES"):
        opened.evaluate("at => document.querySelector(at).scrollIntoView()", at)
        opened.screenshot(path=str(ROOT / folder / f"{name}.png"))
        return
    assert f"(../pictures/{name}.png)" in PAGE.read_text(encoding="utf-8"), f"the page does not show {name}"
    assert (ROOT / "docs" / "pictures" / f"{name}.png").read_bytes().startswith(b"\x89PNG")


def _text(opened: Any) -> str:
    found = opened.input_value("#text")
    assert isinstance(found, str)
    return found


def test_an_agency_writes_the_tutorials_system(browser: Any, tmp_path: Path, hand: Callable[[Any], Hand]) -> None:
    told = _tutorial()
    (tmp_path / "roster.csv").write_text(told["roster.csv"][0], encoding="utf-8")
    with serving(tmp_path) as served, let_in(browser, served, **SCREEN) as opened:
        author = hand(opened)
        _begin(author)
        _write(author, told)
        _mend(author, told)
        _try(author)
        _rate_the_roster(author)
    text = (tmp_path / "lighthouses.sespms").read_text(encoding="utf-8")
    assert "score 280 to 379 is level 3" in text
    assert text.endswith(told["add to lighthouses.sespms"][-1])


def _begin(author: Hand) -> None:
    opened = author.opened
    opened.wait_for_selector("text=There is no policy in this folder yet")
    _show(opened, "agency-1-empty")
    author.press("Phrase book")
    opened.wait_for_url("**/phrases")
    author.type("Find a sentence about", "weighs more")
    author.press("Find")
    opened.wait_for_selector("text=no element weighs more than this one")
    author.press("Systems")
    opened.wait_for_selector("text=There is no policy in this folder yet")
    author.press("Begin a new system")
    opened.wait_for_url("**/new")
    author.type("The name of the file", "lighthouses.sespms")
    author.press("Write the first text")
    opened.wait_for_url("**/write?policy=lighthouses.sespms")


def _write(author: Hand, told: dict[str, list[str]]) -> None:
    """The tutorial's parts 1 to 5, in the place of the first text; part 6 is what is found."""
    opened = author.opened
    parts = [*told["lighthouses.sespms"], *told["add to lighthouses.sespms"][:-1]]
    author.type("The text of the policy", "\n".join(parts))
    opened.wait_for_selector("#findings >> text=a score of 370 falls in no band")
    opened.wait_for_selector("#saved:text-is('Saved')")
    _show(opened, "agency-2-finding", "#findings-heading")


def _mend(author: Hand, told: dict[str, list[str]]) -> None:
    """Part 7: from the finding to its line, and the line written anew; then part 8, the scenarios."""
    opened = author.opened
    author.press("Line 31")
    marked = opened.eval_on_selector("#text", "at => at.value.slice(at.selectionStart, at.selectionEnd)")
    assert marked == "  score 280 to 369 is level 3"
    opened.keyboard.insert_text("  score 280 to 379 is level 3")
    opened.wait_for_selector("#findings:not(:has-text('SES214'))")
    opened.keyboard.press("Control+End")
    opened.keyboard.insert_text("\n" + told["add to lighthouses.sespms"][-1])
    author.press("Save")
    opened.wait_for_selector(".said >> text=Saved.")
    assert told["lighthouses.sespms, summary rating"][0] in _text(opened)


def _try(author: Hand) -> None:
    """Part 9: why this level."""
    opened = author.opened
    author.press("Try")
    opened.wait_for_url("**/try?policy=lighthouses.sespms*")
    for name, weight, level in (
        ("Leading People", "30", "4"),
        ("Keeping the Lights", "50", "4"),
        ("Care of Public Money", "20", "3"),
    ):
        group = opened.locator("fieldset").filter(has_text=name)
        for what, value in (("level", level), ("weight", weight)):
            label = opened.evaluate(
                "name => document.getElementsByName(name)[0].labels[0].textContent.trim()", f"{name} {what}"
            )
            assert group.get_by_text(label, exact=True).count() == 1
            _fill(author, f"{name} {what}", value)
    author.press("See the level")
    opened.wait_for_selector("text=Score 380, level 4, Bright")
    _show(opened, "agency-3-level", ".result")


def _fill(author: Hand, field: str, value: str) -> None:
    """A field by its name: those of two elements are labelled alike within their groups."""
    opened = author.opened
    if not isinstance(author, Keyboard):
        place = opened.locator(f'[name="{field}"]')
        if place.evaluate("at => at.tagName") == "SELECT":
            place.select_option(value)
        else:
            place.click()
            place.fill(value)
        return
    for _ in range(60):
        if opened.evaluate("document.activeElement.name || ''") == field:
            opened.keyboard.type(value)
            return
        opened.keyboard.press("Tab")
    raise AssertionError(f"the keyboard does not reach `{field}`")


def _rate_the_roster(author: Hand) -> None:
    """Part 10: the two executives of the roster."""
    opened = author.opened
    author.press("What if")
    opened.wait_for_url("**/what-if?policy=lighthouses.sespms*")
    author.choose("Roster in the folder", "roster.csv")
    author.press("See what it does")
    opened.wait_for_selector("text=The policy as it is")
    assert re.search(r"Level 5, Shining\s+1\s", opened.inner_text("#result"), re.IGNORECASE)


def test_policy_staff_move_a_cut_and_keep_the_change(browser: Any, tmp_path: Path, hand: Callable[[Any], Hand]) -> None:
    with serving(tmp_path) as served, let_in(browser, served, **SCREEN) as opened:
        analyst = hand(opened)
        analyst.press("Take the example")
        opened.wait_for_url("**/write?policy=example*")
        _show(opened, "staff-1-example")
        analyst.press("What if")
        opened.wait_for_url("**/what-if?policy=example*")
        analyst.choose("Roster in the folder", "example/invented-roster.csv")
        analyst.type("Cut of level 5", "480")
        opened.wait_for_selector("#told:has-text('would be rated differently')")
        _show(opened, "staff-2-moved", "#figures-heading")
        opened.wait_for_selector("text=Who moves, and why")
        _show(opened, "staff-3-pictures", "figure")
        analyst.press("Seek a goal")
        analyst.choose("Goal", "at most")
        analyst.type("How many", "20")
        analyst.choose("Where", "at level 5")
        analyst.press("Find the least change")
        opened.wait_for_selector("#goal-found >> text=The least change that meets it is cut of level 5")
        _show(opened, "staff-4-goal", "summary")
        analyst.press("Set cut of level 5 at")
        opened.wait_for_selector("#result >> text=The change as an amendment")
        analyst.type("Name of the amendment", "At most twenty")
        analyst.type("Because", "To see what it would take.")
        analyst.press("Keep it as a file")
        opened.wait_for_url("**/write?policy=example*at-most-twenty.sespms")
    assert 'amendment "At most twenty"' in (tmp_path / "example" / "at-most-twenty.sespms").read_text(encoding="utf-8")


def test_a_reviewer_reads_what_answers_the_law(browser: Any, tmp_path: Path, hand: Callable[[Any], Hand]) -> None:
    for name in ("agencies/opm_basic.sespms", "what-if/raise_the_bar.sespms"):
        shutil.copy(ROOT / "policies" / name, tmp_path)
    with serving(tmp_path) as served, let_in(browser, served, **SCREEN) as opened:
        reviewer = hand(opened)
        opened.wait_for_selector("text=That is not yet a pass >> nth=0")
        reviewer.press("Requirements (opm_basic.sespms)")
        opened.wait_for_url("**/requirements?policy=opm_basic.sespms*")
        opened.wait_for_selector("text=5 CFR 430.305 >> nth=0")
        _show(opened, "reviewer-1-requirements")
        reviewer.press("Compare")
        opened.wait_for_url("**/compare?policy=opm_basic.sespms*")
        reviewer.choose("Set beside it", "raise_the_bar.sespms")
        reviewer.press("Compare")
        opened.wait_for_selector("text=What differs")
        _show(opened, "reviewer-2-compare")
