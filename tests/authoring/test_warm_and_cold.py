"""What is kept from pause to pause changes nothing: an analysis is that of a process that never saw a text before."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from authoring.analysed_cold import analysis_of
from authoring.drafts import DRAFT, HASTY
from cli.running import ROOT, SMALL
from edited import typed
from nights import NIGHTLY, at_depth
from sespms_rules.foundation.resources import policy_path
from sespms_rules.language.resolution import FolderLibrary

_SHIPPED = ("agencies/opm_basic.sespms", "agencies/opm_basic_2012.sespms", "what-if/raise_the_bar.sespms")
_SEEDS = range(25) if NIGHTLY else range(2)
_EDITS = at_depth(6, 14, 40)


def _cold(texts: list[str]) -> list[str]:
    script = Path(__file__).with_name("analysed_cold.py")
    # Another order of what has none, so that nothing of it comes out by chance alike.
    environment = os.environ | {"PYTHONPATH": str(ROOT / "src"), "PYTHONHASHSEED": "16"}
    done = subprocess.run(
        [sys.executable, str(script)],
        input=json.dumps(texts),
        capture_output=True,
        text=True,
        timeout=1200,
        env=environment,
        check=True,
    )
    found: list[str] = json.loads(done.stdout)
    return found


def _shipped() -> list[str]:
    return [policy_path(name).read_text(encoding="utf-8") for name in _SHIPPED]


def _noted(text: str) -> list[str]:
    """A text with notes that change from reading to reading: behind it, before it, and in the midst of it."""
    lines = text.split("\n")
    places = [len(lines), len(lines), len(lines) // 2, len(lines) // 2, len(lines) // 3, 0]
    return ["\n".join([*lines[:at], f"# note {number}", *lines[at:]]) for number, at in enumerate(places)]


@pytest.mark.skipif(not hasattr(os, "fork"), reason="a process cannot be copied here")
@pytest.mark.parametrize("seed", _SEEDS)
def test_warm_is_cold(seed: int) -> None:
    _are_alike(typed([*_shipped(), DRAFT, HASTY, SMALL], seed, _EDITS))


@pytest.mark.skipif(not hasattr(os, "fork"), reason="a process cannot be copied here")
def test_a_note_that_changes_is_read_as_if_the_text_were_seen_first() -> None:
    first, second, *_ = _shipped()
    _are_alike([*_noted(first), *_noted(second)[:3]])


def _are_alike(texts: list[str]) -> None:
    """Hold analyses of texts, one after another and back again, to those of processes that saw none before."""
    law = FolderLibrary()
    warm = [analysis_of(each, law) for each in [*texts, *reversed(texts)]]
    assert warm[: len(texts)] == warm[len(texts) :][::-1]
    for text, first, anew in zip(texts, warm, _cold(texts), strict=False):
        assert json.loads(first) == json.loads(anew), text
        assert first == anew
