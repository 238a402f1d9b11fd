"""What tests in Node need: Node itself and the packages of `tests/node`, or the reason for a skip."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
FOLDER = ROOT / "tests" / "node"


def run_in_node(script: str, *arguments: str | Path, needs: str, seconds: int = 240) -> str:
    """What a script of `tests/node` prints; skips where Node or the package it needs is not there."""
    node = shutil.which("node")
    if node is None:
        pytest.skip("there is no Node here")
    if not (FOLDER / "node_modules" / needs).is_dir():
        pytest.skip(f"`{needs}` is not installed: npm install --prefix tests/node --no-package-lock")
    done = subprocess.run(
        [node, script, *map(str, arguments)],
        cwd=FOLDER,
        capture_output=True,
        text=True,
        timeout=seconds,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout
