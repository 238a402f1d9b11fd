"""The page of proofs in a real browser: axe finds nothing, in the light and the dark scheme, wide and narrow."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from cli.running import run

BROWSER = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="axe-playwright-python is not installed")
pytestmark = pytest.mark.skipif(BROWSER is None, reason="there is no chromium on this machine")

ROOT = Path(__file__).resolve().parents[2]
OPM = str(ROOT / "policies" / "agencies" / "opm_basic.sespms")
BREAKS = ("--guarantee", "level 5 needs no critical element below level 3")


@pytest.fixture(scope="module", params=[(), BREAKS], ids=["all proved", "one refuted"])
def text(request: pytest.FixtureRequest) -> str:
    """A page with proofs alone, and one with a counterexample."""
    return run("prove", OPM, *request.param, "--format", "html").stdout


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    """A browser without a window."""
    with playwright.sync_playwright() as engine:
        opened = engine.chromium.launch(executable_path=BROWSER, args=["--no-sandbox"])
        yield opened
        opened.close()


@pytest.mark.parametrize(("scheme", "width"), [("light", 1280), ("dark", 360)])
def test_axe_finds_nothing(browser: Any, text: str, tmp_path: Path, scheme: str, width: int) -> None:
    file = tmp_path / "page.html"
    file.write_text(text, encoding="utf-8")
    # The page forbids every script; only the test, which brings one, is let past that.
    context = browser.new_context(color_scheme=scheme, viewport={"width": width, "height": 900}, bypass_csp=True)
    opened = context.new_page()
    asked: list[str] = []
    opened.on("request", lambda request: asked.append(request.url))
    opened.goto(file.as_uri())
    found = axe.Axe().run(opened)
    assert found.violations_count == 0, found.generate_report()
    assert asked == [file.as_uri()], "the page asks for nothing else"
    within = opened.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
    assert within, "nothing sticks out of the window"
    context.close()
