"""The page of proofs in a real browser: axe finds nothing, in the light and the dark scheme, wide and narrow."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from browsing import looked_at
from cli.running import run

ROOT = Path(__file__).resolve().parents[2]
OPM = str(ROOT / "policies" / "agencies" / "opm_basic.sespms")
BREAKS = ("--guarantee", "level 5 needs no critical element below level 3")


@pytest.fixture(scope="module", params=[(), BREAKS], ids=["all proved", "one refuted"])
def text(request: pytest.FixtureRequest) -> str:
    """A page with proofs alone, and one with a counterexample."""
    return run("prove", OPM, *request.param, "--format", "html").stdout


@pytest.mark.parametrize(("scheme", "width"), [("light", 1280), ("dark", 360)])
def test_axe_finds_nothing(browser: Any, text: str, tmp_path: Path, scheme: str, width: int) -> None:
    file = tmp_path / "page.html"
    file.write_text(text, encoding="utf-8")
    with looked_at(browser, file, scheme, width):
        pass
