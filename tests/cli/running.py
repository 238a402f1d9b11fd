"""Running the command in tests: in this process, and as a process of its own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

from click.testing import CliRunner, Result

from sespms_rules.cli import sespms

ROOT = Path(__file__).resolve().parents[2]
OPM = str(ROOT / "policies" / "agencies" / "opm_basic.sespms")
ROSTER = str(ROOT / "examples" / "roster.csv")

SMALL = """system "Invented agency"
  has exactly 2 critical elements

critical element "Leading People"

critical element "Results Driven"

levels
  level 5 "Best"    5 points  equivalent to outstanding
  level 4 "Better"  4 points  equivalent to exceeds fully successful
  level 3 "Good"    3 points  equivalent to fully successful
  level 2 "Weak"    2 points  equivalent to minimally satisfactory
  level 1 "Poor"    1 point   equivalent to unsatisfactory

weights
  total 100
  are whole numbers

summary rating
  score is the sum of points times weight
  score 450 to 500 is level 5
  score 350 to 449 is level 4
  score 250 to 349 is level 3
  score 150 to 249 is level 2
  score 100 to 149 is level 1
  any critical element at level 1 makes the rating level 1

scenario "As planned"
  "Leading People" weight 50 rated 3
  "Results Driven" weight 50 rated 3
  expect score 300
  expect level 3
"""
FAILING = SMALL.replace("expect level 3", "expect level 4")
BROKEN = SMALL.replace("  total 100\n", "  total 100\n  totl 90\n")
HEADINGS = "id,Leading People weight,Leading People level,Results Driven weight,Results Driven level\n"


def run(*arguments: str | Path) -> Result:
    """Run the command in this process; its output holds both streams, `stdout` and `stderr` each alone."""
    return CliRunner().invoke(sespms, [str(each) for each in arguments], prog_name="sespms")


def data(*arguments: str | Path) -> tuple[Any, int]:
    """The JSON document a command prints on standard output, and its exit code."""
    result = run(*arguments, "--format", "json")
    return json.loads(result.stdout), result.exit_code


def process(
    *arguments: str | Path, code: str | None = None, seconds: int = 120, **more: Any
) -> subprocess.CompletedProcess[str]:
    """Run the command, or a line of Python, as a process."""
    start = [sys.executable, "-c", code] if code else [sys.executable, "-m", "sespms_rules"]
    environment = os.environ | {"PYTHONPATH": str(ROOT / "src")} | more.pop("environment", {})
    return subprocess.run(
        [*start, *map(str, arguments)],
        capture_output=True,
        text=True,
        timeout=seconds,
        env=environment,
        check=False,
        **more,
    )


def put(folder: Path, name: str, text: str) -> Path:
    """Write a file and return its path."""
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path
