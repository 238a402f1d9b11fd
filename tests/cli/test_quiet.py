"""Engines that libraries run say nothing of themselves: standard error has what the program says, and no more."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from cli.running import HEADINGS, SMALL, put

_RATES = "from sespms_rules.cli import main; main()"


@pytest.mark.parametrize("engine", ["reference", "durable", "columnar", "sql"])
def test_nothing_is_said_of_what_a_library_leaves_behind(tmp_path: Path, engine: str) -> None:
    policy = put(tmp_path, "policy.sespms", SMALL)
    roster = put(tmp_path, "roster.csv", f"{HEADINGS.strip()}\na,40,4,60,5\nb,50,4,50,4\n")
    command = [sys.executable, "-c", _RATES, "rate", str(policy), str(roster), "--engine", engine]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert done.stderr == ""
    assert "2 rows: 2 rated" in done.stdout
