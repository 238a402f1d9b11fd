"""A real server on a folder of its own, as `sespms serve` starts it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from workbench_server import Served, serving

POLICIES = Path(__file__).resolve().parents[2] / "policies" / "agencies"


def with_basic_system(folder: Path) -> Path:
    """The folder, with OPM's basic system in it."""
    text = (POLICIES / "opm_basic.sespms").read_text(encoding="utf-8")
    (folder / "opm_basic.sespms").write_text(text, encoding="utf-8")
    return folder


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with OPM's basic system."""
    return with_basic_system(tmp_path)


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A workbench for the tests of a module that leave its folder as it is."""
    with serving(with_basic_system(tmp_path_factory.mktemp("shared"))) as found:
        yield found


@pytest.fixture
def served(folder: Path) -> Iterator[Served]:
    """The workbench of that folder."""
    with serving(folder) as found:
        yield found
