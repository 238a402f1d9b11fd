"""The report of a check in a real browser: axe finds nothing, and nothing sticks out of the window.

In the light scheme and wide, in the dark one and narrow, and on paper; for a system that misses a great deal, one
with every verdict, and one whose text has errors. Skipped aloud where there is no browser.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from browsing import looked_at
from cli.running import BROKEN, put, run
from findings.test_independent_readers import MADE, made_in
from sespms_rules.foundation.resources import policy_path


@pytest.fixture(scope="module")
def reports(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Reports of three policies, each in a file."""
    folder = tmp_path_factory.mktemp("reports")
    policies = {
        "misses much": str(policy_path("agencies/usda_ses_2015.sespms")),
        "every verdict": made_in(folder, "every.sespms", MADE["every verdict"]),
        "errors": str(put(folder, "errors.sespms", BROKEN)),
    }
    asked = {"misses much": ["--as-of", "2016-01-01"], "every verdict": ["--law", str(folder / "law")]}
    found = {}
    for name, policy in policies.items():
        result = run("check", policy, "--format", "html", *asked.get(name, []))
        assert result.exit_code == 1
        found[name] = folder / f"{name}.html"
        found[name].write_text(result.stdout, encoding="utf-8")
    return found


@pytest.mark.parametrize("name", ["misses much", "every verdict", "errors"])
@pytest.mark.parametrize(("scheme", "width"), [("light", 1280), ("dark", 320)])
def test_axe_finds_nothing(browser: Any, reports: dict[str, Path], name: str, scheme: str, width: int) -> None:
    with looked_at(browser, reports[name], scheme, width) as opened:
        dangling = opened.evaluate(
            "[...document.querySelectorAll('a[href^=\"#\"]')]"
            ".filter(a => !document.getElementById(a.hash.slice(1))).length"
        )
        assert dangling == 0, "every link leads somewhere"


def test_the_page_runs_no_script_and_is_printed_whole(browser: Any, reports: dict[str, Path]) -> None:
    context = browser.new_context(java_script_enabled=False)
    opened = context.new_page()
    opened.goto(reports["every verdict"].as_uri())
    opened.emulate_media(media="print")
    words = opened.inner_text("main")
    for number in range(1, 9):
        assert f"Example {number}" in words
    assert "Is it so, & why <not>?" in words
    context.close()
