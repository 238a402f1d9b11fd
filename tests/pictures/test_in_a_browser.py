"""The page of pictures in a real browser: axe finds nothing, in the light and the dark scheme, wide and narrow."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from browsing import looked_at
from cli.running import SMALL, put, run
from sespms_rules.reports.charts import Curve, Cut, Series, bars, curve, histogram, matrix, page, section

LEVELS = ["Level 5, Outstanding", "Level 4, Exceeds Fully Successful", "Level 3, Fully Successful"]


@pytest.fixture(scope="module")
def text() -> str:
    """A page with every kind of picture."""
    before, after = (3464, 2727, 482), (2010, 3300, 1363)
    values = [470, 475, 480]
    curves = [Curve(name, (before[place], after[place], 7)) for place, name in enumerate(LEVELS)]
    pictures = [
        bars("bars", "Levels", LEVELS, [Series("before", before, 6673), Series("after", after, 6673)], "Synthetic"),
        matrix("moves", "Movers", LEVELS, [[2010, 1454, 0], [0, 1846, 881], [0, 0, 482]], "Synthetic"),
        curve("sweep", "Sweep", ("cut of level 5", values), curves, "Synthetic", now=475, limit=(2001, "30 %")),
        histogram("scores", "Scores", [200, 300, 400, 500], [482, 2727, 3464], [Cut(400, "level 4")], "Synthetic"),
    ]
    parts = [section(f"{each.identity}-part", each.title, "Words above it.", each) for each in pictures]
    return page("Invented executives", parts, "Every executive on this page is synthetic.")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 360])
def test_axe_finds_nothing(browser: Any, text: str, tmp_path: Path, scheme: str, width: int) -> None:
    file = tmp_path / "page.html"
    file.write_text(text, encoding="utf-8")
    _look(browser, file, scheme, width)


def test_axe_finds_nothing_on_the_page_of_a_sweep(browser: Any, tmp_path: Path) -> None:
    policy, roster, file = put(tmp_path, "small.sespms", SMALL), tmp_path / "made.csv", tmp_path / "sweep.html"
    assert run("cohort", policy, "--executives", "300", "--output", roster).exit_code == 0
    asked = ("--vary", "cut of level 5 from 450 to 490 by 5", "--until", "at most 45 percent at level 5")
    assert run("sweep", policy, roster, *asked, "--full", "--format", "html", "--output", file).exit_code == 0
    _look(browser, file, "light", 1280)


def test_axe_would_find_a_fault(browser: Any, text: str, tmp_path: Path) -> None:
    file = tmp_path / "page.html"
    file.write_text(text.replace(' lang="en"', "").replace('aria-labelledby="bars-title"', ""), encoding="utf-8")
    with pytest.raises(AssertionError, match="html-has-lang"):
        _look(browser, file, "light", 1280)


def _look(browser: Any, file: Path, scheme: str, width: int) -> None:
    """Open a page and see that axe finds nothing, that it asks for nothing, and that every word is in its place."""
    with looked_at(browser, file, scheme, width) as opened:
        inside = opened.evaluate(
            """() => [...document.querySelectorAll('svg.picture')].every(svg => {
                const frame = svg.getBoundingClientRect();
                return [...svg.querySelectorAll('text')].every(each => {
                    const box = each.getBoundingClientRect();
                    return box.left >= frame.left - 1 && box.right <= frame.right + 1
                        && box.top >= frame.top - 1 && box.bottom <= frame.bottom + 1;
                });
            })"""
        )
        assert inside, "every word lies inside its picture"
