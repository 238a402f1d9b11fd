"""Names of files that are no text in any encoding: every form of a report names the file all the same."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from cli.running import SMALL, process


@pytest.mark.attack("signs for a terminal")
@pytest.mark.parametrize("form", ["sarif", "junit", "json", "html", "text"])
def test_a_name_that_is_no_text_is_no_fault_of_the_program(tmp_path: Path, form: str) -> None:
    name = os.fsdecode(b"p\xff.sespms")
    (tmp_path / name).write_text(SMALL.replace("  total 100\n", "  total 100\n  totl 90\n"), encoding="utf-8")
    done = process("check", name, "--format", form, cwd=tmp_path)
    assert done.returncode == 1, done.stderr
    assert "fault of the program" not in done.stderr
    assert "p%FF.sespms" in done.stdout or form != "sarif"
