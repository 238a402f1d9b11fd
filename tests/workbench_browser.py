"""A window in which the workbench stands open, used by mouse or by keyboard alone, and what is asked of every page."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Protocol

import pytest

from workbench_server import Served

_NAME = """() => {
  const at = document.activeElement;
  if (!at || at === document.body) return "";
  const label = at.labels?.[0]?.textContent;
  return (at.getAttribute("aria-label") || label || at.textContent || "").replace(/\\s+/g, " ").trim();
}"""
_MOST_TABS = 150
_WIDE = "* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important; }"
_CUT_OFF = """() => [...document.querySelectorAll("button, a, label, legend, summary, th, h1, h2, h3, p")]
  .filter(each => getComputedStyle(each).overflow === "hidden" && !each.closest(".unseen")
    && (each.scrollWidth > each.clientWidth || each.scrollHeight > each.clientHeight))
  .map(each => each.textContent)"""


@contextmanager
def let_in(browser: Any, served: Served, **options: Any) -> Iterator[Any]:
    """A window of the workbench; nothing but this machine is asked for anything, and nothing is told in the console."""
    context = browser.new_context(**options)
    opened = context.new_page()
    asked: list[str] = []
    told: list[str] = []
    opened.on("request", lambda request: asked.append(request.url))
    opened.on("pageerror", lambda fault: told.append(str(fault)))
    opened.on("console", lambda message: told.append(message.text) if message.type == "error" else None)
    opened.on("response", lambda found: told.append(f"{found.status} {found.url}") if found.status >= 400 else None)
    opened.goto(served.address)
    opened.wait_for_url(f"http://{served.host}/")
    yield opened
    context.close()
    assert all(each.startswith((f"http://{served.host}/", "data:")) for each in asked), asked
    assert told == [], told


BY_LOOK = ("color-contrast", "link-in-text-block", "scrollable-region-focusable", "target-size")
"""The rules of axe whose findings depend on colors and widths; all others read what a page is made of."""


def axe_finds_nothing(opened: Any, only: Sequence[str] = ()) -> None:
    """No finding of axe: WCAG 2.2 AA, Section 508, best practice, and the size of targets, which is off by itself."""
    axe = pytest.importorskip("axe_playwright_python.sync_playwright")
    chosen = (
        {"runOnly": {"type": "rule", "values": list(only)}} if only else {"rules": {"target-size": {"enabled": True}}}
    )
    found = axe.Axe().run(opened, options={"resultTypes": ["violations"], **chosen})
    assert found.violations_count == 0, found.generate_report()


def is_read_with_wide_spacing(opened: Any) -> None:
    """Nothing is cut off and nothing scrolls sideways with the spacing of success criterion 1.4.12."""
    opened.add_style_tag(content=_WIDE)
    fits(opened)
    cut = opened.evaluate(_CUT_OFF)
    assert cut == [], cut


def fits(opened: Any) -> None:
    """The page is not scrolled sideways."""
    within = opened.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
    assert within, f"{opened.url} has to be scrolled sideways"


class Hand(Protocol):
    """Somebody at the machine: goes to what has a name, presses it, types into it, chooses in it."""

    opened: Any

    def press(self, name: str) -> None:
        """Press a button or a link."""

    def type(self, name: str, words: str) -> None:
        """Put words into a field in place of what stands there."""

    def choose(self, name: str, words: str) -> None:
        """Choose an entry of a list."""


@dataclass
class Mouse:
    """Points and clicks; types into what was clicked."""

    opened: Any

    def press(self, name: str) -> None:
        """Click it."""
        found = [self.opened.locator(f"{kind}:visible").filter(has_text=name) for kind in ("button", "summary", "a")]
        next(each for each in found if each.count()).first.click()

    def type(self, name: str, words: str) -> None:
        """Click into the field and type."""
        field = self.opened.get_by_label(name, exact=True)
        field.click()
        field.fill(words)

    def choose(self, name: str, words: str) -> None:
        """Choose in the list."""
        self.opened.get_by_label(name, exact=True).select_option(words)


@dataclass
class Keyboard:
    """Uses keys alone: Tab until what has the name is reached, as whoever cannot use a mouse does."""

    opened: Any

    def press(self, name: str) -> None:
        """Go there and press Enter."""
        self._reach(name, within=True)
        self.opened.keyboard.press("Enter")

    def type(self, name: str, words: str) -> None:
        """Go there, mark all and type over it."""
        self._reach(name)
        self.opened.keyboard.press("Control+a")
        self.opened.keyboard.insert_text(words)

    def choose(self, name: str, words: str) -> None:
        """Go there and type the begin of the entry."""
        self._reach(name)
        self.opened.keyboard.type(words)
        chosen = self.opened.evaluate("document.activeElement.selectedOptions[0].textContent.trim()")
        assert chosen == words, f"`{name}` stands at `{chosen}`"

    def _reach(self, name: str, *, within: bool = False) -> None:
        for _ in range(_MOST_TABS):
            here = self.opened.evaluate(_NAME)
            if here == name or (within and here.startswith(name)):
                return
            self.opened.keyboard.press("Tab")
        raise AssertionError(f"the keyboard does not reach {json.dumps(name)}; it stands at {json.dumps(here)}")


HANDS = (Mouse, Keyboard)
