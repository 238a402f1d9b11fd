"""Planted faults: each small policy has one, and the whole output is pinned, word for word.

`tests/faults/<name>.sespms` is the faulty policy; the first line of `<name>.txt` names the code that must be found
and the fault in a few words, the second the command, the rest its output. `python scripts/fill_pages.py faults`
writes the outputs; a person reads them. Nothing here writes.
"""

from __future__ import annotations

import re
from pathlib import Path
from types import ModuleType

import pytest

from scripts_as_modules import script

ROOT = Path(__file__).resolve().parents[1]
FAULTS = ROOT / "tests" / "faults"
RECORDS = sorted(FAULTS.glob("*.txt"))
FEWEST = 60

_FIRST_LINE = re.compile(r"# (SES\d{3}): (\S.*[^.])")


@pytest.fixture(scope="module")
def fill_pages() -> ModuleType:
    """The script that runs pages, loaded as a module."""
    return script("fill_pages")


@pytest.mark.parametrize("record", RECORDS, ids=lambda path: path.stem)
def test_a_planted_fault_is_found_and_said_as_recorded(record: Path, fill_pages: ModuleType) -> None:
    text = record.read_text(encoding="utf-8")
    first = _FIRST_LINE.fullmatch(text.splitlines()[0])
    assert first, f"{record.name} begins with `# SESNNN: the fault in a few words`"
    assert text == fill_pages.filled_fault(record)
    assert re.search(rf"\b{first[1]} [a-z-]+", text.split("\n", 2)[2]), f"{first[1]} is not found"


def test_every_faulty_policy_has_its_record_and_there_are_many_kinds() -> None:
    assert {path.stem for path in FAULTS.glob("*.sespms")} == {path.stem for path in RECORDS}
    assert {path.suffix for path in FAULTS.iterdir()} <= {".sespms", ".txt", ".csv", ".law"}
    said = [path.read_text(encoding="utf-8").splitlines()[0].partition(": ")[2] for path in RECORDS]
    assert len(set(said)) == len(said) >= FEWEST


def _roster(policy: Path) -> bytes:
    beside = policy.with_suffix(".csv")
    return beside.read_bytes() if beside.exists() else b""


def test_no_two_planted_faults_are_the_same_text() -> None:
    texts = [path.read_bytes() + _roster(path) for path in FAULTS.glob("*.sespms")]
    assert len(set(texts)) == len(texts)


def test_no_output_lets_machinery_show() -> None:
    for record in RECORDS:
        output = record.read_text(encoding="utf-8")
        for word in ("Traceback", "Fraction(", "<class", "object at", "None", "{'"):
            assert word not in output, f"{record.name}: {word}"
