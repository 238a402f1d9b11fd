"""Settings every test shares."""

from __future__ import annotations

import compileall
import gc
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings

from nights import PROFILE

# No deadline: the machines are shared, and a slow example is not a wrong one; pytest's time limit still holds.
# Days and the gate draw the same examples each time, to judge the change and not the draw; nights draw new ones.
settings.register_profile(
    "ci",
    max_examples=200,
    derandomize=True,
    deadline=None,
    print_blob=True,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.register_profile("day", parent=settings.get_profile("ci"), max_examples=50)
settings.register_profile("nightly", parent=settings.get_profile("ci"), max_examples=5_000, derandomize=False)
# Who counts branches needs each way taken once, and every step costs several times as much.
settings.register_profile("coverage", parent=settings.get_profile("ci"), max_examples=20)
settings.load_profile(PROFILE)

gc.set_threshold(200_000)
"""New objects between two searches for garbage, as the command line has it; Python's own is 700."""


SRC = Path(__file__).resolve().parents[1] / "src"


def pytest_configure(config: pytest.Config) -> None:
    """Compile the program once, as `make` does: some hundred tests start it as a process.

    Where Python is told to keep no bytecode (`PYTHONDONTWRITEBYTECODE`), as in many containers, each of them would
    compile some hundred modules anew, which takes longer than all else it does.
    """
    if not hasattr(config, "workerinput"):
        compileall.compile_dir(SRC, quiet=2)


def pytest_collection_finish() -> None:
    """Tests as they were collected stay to the end of the run: no search for garbage has to go through them."""
    gc.collect()
    gc.freeze()


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    """A browser without a window; whoever asks for one is skipped aloud where there is none."""
    installed = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    playwright = pytest.importorskip("playwright.sync_api", reason="NO BROWSER LOOKED AT THE PAGE: install playwright")
    if installed is None:
        pytest.skip("NO BROWSER LOOKED AT THE PAGE: install chromium")
    with playwright.sync_playwright() as engine:
        opened = engine.chromium.launch(executable_path=installed, args=["--no-sandbox"])
        yield opened
        opened.close()
