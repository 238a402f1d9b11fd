"""A page as a real browser has it, looked at by axe."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest


@contextmanager
def looked_at(browser: Any, file: Path, scheme: str, width: int) -> Iterator[Any]:
    """Open a page and see that axe finds nothing, that it asks for nothing, and that it fits; then look further."""
    axe = pytest.importorskip(
        "axe_playwright_python.sync_playwright", reason="AXE DID NOT READ THE PAGE: install axe-playwright-python"
    )
    # The page forbids every script; only the test, which brings one, is let past that.
    context = browser.new_context(color_scheme=scheme, viewport={"width": width, "height": 900}, bypass_csp=True)
    opened = context.new_page()
    asked: list[str] = []
    opened.on("request", lambda request: asked.append(request.url))
    opened.goto(file.as_uri())
    found = axe.Axe().run(opened)
    assert found.violations_count == 0, found.generate_report()
    assert asked == [file.as_uri()], "the page asks for nothing else"
    wide = opened.evaluate(
        "[...document.querySelectorAll('body *')]"
        ".filter(each => each.getBoundingClientRect().right > document.documentElement.clientWidth + 1)"
        ".map(each => each.tagName + ': ' + each.textContent.slice(0, 80))"
    )
    within = opened.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
    assert within, f"nothing sticks out of the window: {wide}"
    yield opened
    context.close()
