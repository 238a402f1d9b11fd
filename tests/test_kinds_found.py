"""Each kind of fault that was found from outside is held by a case and three siblings, as pytest collects them."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from kinds_found import AT_LEAST, COLLECTED, KINDS

TESTS = Path(__file__).resolve().parent
MARKS = tuple(f"pytest.mark.{mark}(" for mark in KINDS)


@pytest.fixture(scope="module")
def collected(tmp_path_factory: pytest.TempPathFactory) -> dict[str, dict[str, list[str]]]:
    """The tests of each kind, by mark."""
    made = tmp_path_factory.mktemp("kinds") / "collected.json"
    texts = {path: path.read_text(encoding="utf-8") for path in TESTS.rglob("test_*.py")}
    files = [str(path) for path, text in texts.items() if any(mark in text for mark in MARKS)]
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "--collect-only", "-q", "-p", "kinds_found", "-m", " or ".join(KINDS), *files],
        cwd=TESTS.parent,
        env=os.environ | {COLLECTED: str(made), "PYTHONPATH": os.pathsep.join([str(TESTS.parent / "src"), str(TESTS)])},
        capture_output=True,
        text=True,
        check=False,
        timeout=240,
    )
    assert done.returncode == 0, done.stdout[-2_000:] + done.stderr[-2_000:]
    found: dict[str, dict[str, list[str]]] = json.loads(made.read_text(encoding="utf-8"))
    return found


@pytest.mark.parametrize(("mark", "kind"), [(mark, kind) for mark, kinds in KINDS.items() for kind in kinds])
def test_a_kind_has_a_case_and_three_siblings(collected: dict[str, dict[str, list[str]]], mark: str, kind: str) -> None:
    tests = collected[mark].get(kind, [])
    assert len(set(tests)) >= AT_LEAST, tests
    assert len(tests) == len(set(tests)), "a test is counted twice"
    assert all("::test_" in each for each in tests)


@pytest.mark.parametrize("mark", KINDS)
def test_no_test_is_of_a_kind_that_nobody_told(collected: dict[str, dict[str, list[str]]], mark: str) -> None:
    assert set(collected[mark]) <= set(KINDS[mark])
