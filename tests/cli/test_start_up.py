"""What `check` and `rate` load before they answer: nothing that only other commands or other files need."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from cli.running import run
from sespms_rules.foundation.resources import policy_path

POLICY = str(policy_path("agencies/opm_basic.sespms"))
ROSTER = str(Path(__file__).parents[2] / "examples" / "roster.csv")
WITHOUT = (
    *("ssl", "urllib.request", "http.client", "email", "xml", "asyncio", "multiprocessing", "unittest", "pydoc"),
    *("calendar", "difflib", "heapq", "zipfile"),
    *("lark", "interegular", "numpy", "duckdb", "z3", "openpyxl", "pydantic", "sqlalchemy", "cryptography", "rich"),
)
"""What a person would wait for who has no use for it.

Networks, libraries of other commands, parsers of grammars, and what only misspelled names need.
"""

STARTED = f"""
import json, sys
from sespms_rules.cli.program import sespms
try:
    sespms.main(prog_name="sespms")
finally:
    own = [name for name in sys.modules if name.startswith("sespms_rules")]
    print(json.dumps([len(own), [name for name in {WITHOUT!r} if name in sys.modules]]), file=sys.stderr)
"""


@pytest.mark.parametrize(
    ("words", "most"), [(("check", POLICY), 335), (("rate", POLICY, ROSTER, "--format", "csv"), 350)]
)
def test_a_command_loads_what_it_needs(
    words: tuple[str, ...], most: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SESPMS_CACHE", str(tmp_path))
    run = [sys.executable, "-c", STARTED, *words]
    subprocess.run(run, capture_output=True, text=True, check=False)  # what is kept of the language is made once
    done = subprocess.run(run, capture_output=True, text=True, check=False)
    own, loaded = json.loads(done.stderr.splitlines()[-1])
    assert loaded == []
    assert 100 < own <= most, f"`{words[0]}` loads {own} modules of the program; add to them with care"


@pytest.mark.parametrize("words", [("verify", "receipt.html"), ("review", "status", "desk.sqlite3")])
def test_what_proves_nothing_loads_no_solver(
    words: tuple[str, ...], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    example = ("--scenario", "OPM's published example", "--receipt", "receipt.html")
    made = (
        run("explain", POLICY, *example) if words[0] == "verify" else run("register", "create", words[2], "--by", "R-1")
    )
    assert made.exit_code == 0, made.output
    done = subprocess.run([sys.executable, "-c", STARTED, *words], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert not {"z3", "numpy", "duckdb", "cvc5"} & set(json.loads(done.stderr.splitlines()[-1])[1])
