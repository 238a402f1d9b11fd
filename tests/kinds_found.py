"""Which collected tests hold which kind of fault that was found from outside.

A test is of a kind by its mark: `attack` for the kinds of `attacks.py`, `case` for those of `reported.py` and
`astray.py`. As a plugin of pytest (`-p kinds_found`) this module writes down what was collected; `test_kinds_found.py`
counts it. No list of tests is kept that could be out of date.
"""

from __future__ import annotations

import json
import os
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path

import pytest

import astray
import attacks
import reported

KINDS: dict[str, dict[str, tuple[str, str]]] = {"attack": attacks.KINDS, "case": reported.KINDS | astray.KINDS}
"""By mark, by the name of a kind: what was seen, and what is right."""

AT_LEAST = 4
"""A case and three siblings of other make."""

COLLECTED = "SESPMS_KINDS_COLLECTED"
"""The variable that names the file into which is written what was collected."""


def held_by(items: Iterable[pytest.Item]) -> dict[str, dict[str, list[str]]]:
    """Each kind with the tests among these that are of it, by mark."""
    found: dict[str, dict[str, list[str]]] = {mark: defaultdict(list) for mark in KINDS}
    for item in items:
        for name, kinds in found.items():
            for mark in item.iter_markers(name):
                for kind in mark.args:
                    kinds[kind].append(item.nodeid)
    return found


def pytest_collection_finish(session: pytest.Session) -> None:
    """Write down what was collected."""
    Path(os.environ[COLLECTED]).write_text(json.dumps(held_by(session.items)), encoding="utf-8")
