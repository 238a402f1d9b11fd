"""Each kind of fault that was found from outside is held by a case and three siblings, as pytest collects them."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

from kinds_found import AT_LEAST, COLLECTED, KINDS, held_by

TESTS = Path(__file__).resolve().parent
MARKS = tuple(f"pytest.mark.{mark}(" for mark in KINDS)


@pytest.fixture(scope="module")
def collected(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> dict[str, dict[str, list[str]]]:
    """The tests of each kind, by mark: those of this run where it has them all, else as another run collects them."""
    texts = {path: path.read_text(encoding="utf-8") for path in TESTS.rglob("test_*.py")}
    files = [path for path, text in texts.items() if any(mark in text for mark in MARKS)]
    if _has_all_of(request.session, files):
        return held_by(request.session.items)
    return _collected_anew(tmp_path_factory.mktemp("kinds") / "collected.json", files)


def _has_all_of(session: pytest.Session, files: Sequence[Path]) -> bool:
    """Whether a run collected every test of some files, and let none of them go."""
    asked = session.config.option
    chosen = (
        asked.keyword
        or asked.markexpr
        or asked.deselect
        or session.config.getoption("lf", default=False)
        or any("::" in each for each in session.config.args)
    )
    return not chosen and set(files) <= {item.path for item in session.items}


def _collected_anew(made: Path, files: Sequence[Path]) -> dict[str, dict[str, list[str]]]:
    done = subprocess.run(
        [
            sys.executable,
            "-m",
            "pytest",
            "--collect-only",
            "-q",
            "-p",
            "kinds_found",
            "-m",
            " or ".join(KINDS),
            *map(str, files),
        ],
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
