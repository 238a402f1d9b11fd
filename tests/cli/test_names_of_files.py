"""Names of files that are no text in any encoding: every form of a report names the file all the same."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from cli.running import OPM, ROOT, SMALL, process, put, run


@pytest.mark.attack("signs for a terminal")
@pytest.mark.parametrize("form", ["sarif", "junit", "json", "html", "text"])
def test_a_name_that_is_no_text_is_no_fault_of_the_program(tmp_path: Path, form: str) -> None:
    name = os.fsdecode(b"p\xff.sespms")
    (tmp_path / name).write_text(SMALL.replace("  total 100\n", "  total 100\n  totl 90\n"), encoding="utf-8")
    done = process("check", name, "--format", form, cwd=tmp_path)
    assert done.returncode == 1, done.stderr
    assert "fault of the program" not in done.stderr
    assert "p%FF.sespms" in done.stdout or form != "sarif"


_FORGING = ("p\nerror: forged.sespms", "p\rforged.sespms", "p\x85forged.sespms", "p\u2028forged.sespms")


@pytest.mark.attack("lines in names")
@pytest.mark.parametrize("name", _FORGING, ids=ascii)
def test_a_name_with_a_line_end_is_refused_where_it_is_typed(tmp_path: Path, name: str) -> None:
    """Half of it stood on a line of its own, as if the program had said it."""
    put(tmp_path, name, SMALL)
    for arguments in (
        ["check", name],
        ["register", "list", name],
        ["rate", name, "r.csv"],
        ["submit", "p", "--output", name],
    ):
        done = run(*arguments)
        assert done.exit_code == 2, arguments
        assert "has a line end at `\ufffd`" in done.stderr, arguments
        assert not any(line.startswith(("error", "forged")) for line in done.output.splitlines())


def test_words_may_have_several_lines(tmp_path: Path) -> None:
    policy = put(tmp_path, "p.sespms", SMALL)
    done = run("answer", policy, "--finding", "0123456789abcdef", "--by", "O-1", "--reason", "one line\nand another")
    assert "line end" not in done.output
    assert "0123456789abcdef" in done.output


@pytest.mark.attack("lines in names")
def test_a_name_that_is_found_in_a_folder_is_shown_in_one_line(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "examples" / "year_2026", tmp_path / "year")
    (tmp_path / "year" / "acts.csv").rename(tmp_path / "year" / "x\nerror: forged.csv")
    told = run("cycle", OPM, tmp_path / "year", "--as-of", "2026-11-20").output
    assert "\nerror: forged" not in told
    assert "x\ufffderror: forged.csv" in told
