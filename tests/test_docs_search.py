"""The documentation as it is built: searched in a folder, by a real browser, without a server or a network."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from scripts_as_modules import script

ROOT = Path(__file__).resolve().parents[1]

pytestmark = pytest.mark.page


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The documentation, built as `make docs` builds it, in a folder of its own."""
    folder = tmp_path_factory.mktemp("documentation")
    shutil.copytree(ROOT / "docs", folder / "docs")
    shutil.copy(ROOT / "mkdocs.yml", folder)
    pages = script("docs_pages")
    vars(pages).update(ROOT=folder, DOCS=folder / "docs")
    assert pages.main() == 0
    words = [sys.executable, "-m", "mkdocs", "build", "--strict", "--quiet"]
    quiet = {**os.environ, "NO_MKDOCS_2_WARNING": "1"}
    made = subprocess.run(words, cwd=folder, env=quiet, capture_output=True, text=True, check=False)
    assert made.returncode == 0, made.stderr
    return folder / "site"


@pytest.fixture(scope="module")
def browser() -> Any:
    """The machine's own Chromium, headless."""
    playwright = pytest.importorskip("playwright.sync_api", reason="THE SEARCH WAS NOT TRIED: install playwright")
    program = shutil.which("chromium")
    if program is None:
        pytest.skip("THE SEARCH WAS NOT TRIED: install chromium")
    with playwright.sync_playwright() as started:
        opened = started.chromium.launch(executable_path=program)
        yield opened
        opened.close()


@pytest.mark.parametrize(
    ("words", "page"),
    [
        ("rounding changes a level", "SES246 rounding-changes-a-level"),
        (
            "weights taken anew",
            "0086 Weights taken anew are an average by weight, rounded and in the figures of the sum",
        ),
        ("warehouse", "How to rate in a warehouse, or a file larger than memory"),
    ],
)
def test_a_word_is_found_in_the_folder(site: Path, browser: Any, words: str, page: str) -> None:
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    opened = context.new_page()
    asked: list[str] = []
    opened.on("request", lambda request: asked.append(request.url))
    opened.goto((site / "index.html").as_uri())
    opened.locator("input.md-search__input").click()
    opened.keyboard.type(words)
    opened.wait_for_selector(".md-search-result__item h1", timeout=60_000)
    found = opened.locator(".md-search-result__item h1").all_inner_texts()
    context.close()
    assert page in found
    assert [each for each in asked if not each.startswith(("file:", "about:"))] == []
