"""Each kind of attack that was found from outside is held by a case and three siblings, as pytest collects them."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from attacks import AT_LEAST, COLLECTED, KINDS

TESTS = Path(__file__).resolve().parent


@pytest.fixture(scope="module")
def collected(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[str]]:
    """The tests of each kind."""
    made = tmp_path_factory.mktemp("attacks") / "collected.json"
    files = [path for path in TESTS.rglob("test_*.py") if "pytest.mark.attack(" in path.read_text(encoding="utf-8")]
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "--collect-only", "-q", "-p", "attacks", "-m", "attack", *map(str, files)],
        cwd=TESTS.parent,
        env=os.environ | {COLLECTED: str(made), "PYTHONPATH": os.pathsep.join([str(TESTS.parent / "src"), str(TESTS)])},
        capture_output=True,
        text=True,
        check=False,
        timeout=240,
    )
    assert done.returncode == 0, done.stdout[-2_000:] + done.stderr[-2_000:]
    found: dict[str, list[str]] = json.loads(made.read_text(encoding="utf-8"))
    return found


@pytest.mark.parametrize("kind", KINDS)
def test_a_kind_has_a_case_and_three_siblings(collected: dict[str, list[str]], kind: str) -> None:
    assert len(set(collected.get(kind, []))) >= AT_LEAST, collected.get(kind)


def test_no_test_is_of_a_kind_that_nobody_told(collected: dict[str, list[str]]) -> None:
    assert set(collected) <= set(KINDS)


def test_each_test_is_counted_once(collected: dict[str, list[str]]) -> None:
    for kind, tests in collected.items():
        assert len(tests) == len(set(tests)), kind
        assert all("::test_" in each for each in tests)
