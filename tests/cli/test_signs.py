"""What a stranger wrote reaches nobody raw: not a terminal, not a page, not XML, not a cell that a spreadsheet runs."""

from __future__ import annotations

import csv
import io
import json
import os
import pty
import re
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree

import pytest

from cli.running import BROKEN, HEADINGS, ROOT, SMALL, put, run
from sespms_rules.cli.printing import write_json
from sespms_rules.reports.findings.display import printable
from sespms_rules.reports.findings.json_document import json_text
from sespms_rules.reports.ratings import ChangedIds
from sespms_rules.rosters.files.cells import safe_cell

SIGNS = ["\x1b[2J", "\x9b2J", "\x7f", "\u202e", "\u2066", "\u2028", "\x07"]


# ---- JSON --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("sign", [*SIGNS, "\u200f", "\ufffe", "\ud800"], ids=ascii)
def test_json_holds_no_sign_that_moves_a_cursor_and_says_the_same(sign: str) -> None:
    data = {f"a{sign}": [f"{sign}b", "é日"]}
    for indent in (None, 2):
        text = json_text(data, indent=indent)
        assert json.loads(text) == data
        assert sign not in text
        assert "é日" in text
    assert json_text(data, encoding="ascii").isascii()
    assert json.loads(json_text(data, encoding="latin-1")) == data


@pytest.mark.attack("signs for a terminal")
@pytest.mark.parametrize(
    "arguments", [["check"], ["check", "--format", "sarif"], ["rate", "ROSTER"], ["impact", "ROSTER"]]
)
def test_no_command_prints_such_a_sign_in_json(tmp_path: Path, arguments: list[str]) -> None:
    policy = put(tmp_path, "p.sespms", SMALL.replace("Leading People", "Leading\x9b2J People"))
    ids = [f"a{sign}b" for sign in ("\x1b[2J", "\x9b2J", "\x7f")]
    roster = put(tmp_path, "r.csv", HEADINGS + "".join(f"{each},50,5,50,5\n" for each in ids))
    command, *rest = arguments
    more = [roster if each == "ROSTER" else each for each in rest]
    result = run(command, policy, *more, *(() if "--format" in more else ("--format", "json")))
    json.loads(result.stdout)
    assert printable(result.stdout) == result.stdout


def test_a_standard_output_that_lacks_letters_gets_them_escaped(tmp_path: Path) -> None:
    policy = put(tmp_path, "p.sespms", SMALL.replace("Invented agency", "Agence étrange"))
    roster = put(tmp_path, "r.csv", HEADINGS + "é,50,5,50,5\n")
    done = subprocess.run(
        [sys.executable, "-m", "sespms_rules", "rate", str(policy), str(roster), "--format", "json"],
        capture_output=True,
        env=os.environ | {"PYTHONPATH": str(ROOT / "src"), "PYTHONIOENCODING": "ascii"},
        check=False,
        timeout=120,
    )
    found = json.loads(done.stdout.decode("ascii"))
    assert (found["system"], found["ratings"][0]["id"]) == ("Agence étrange", "é")


# ---- terminals ---------------------------------------------------------------------------------------


def _on_a_terminal(*arguments: str | Path, **environment: str) -> bytes:
    """What a terminal gets, from both streams."""
    master, slave = pty.openpty()
    running = subprocess.Popen(
        [sys.executable, "-m", "sespms_rules", *map(str, arguments)],
        stdin=slave,
        stdout=slave,
        stderr=slave,
        env=os.environ | {"PYTHONPATH": str(ROOT / "src"), "TERM": "xterm", **environment},
    )
    os.close(slave)
    got = b""
    while True:
        try:
            piece = os.read(master, 65_536)
        except OSError:  # the other end is closed
            break
        if not piece:
            break
        got += piece
    os.close(master)
    running.wait(60)
    return got


@pytest.mark.attack("signs for a terminal")
@pytest.mark.parametrize("command", ["cohort", "check", "rate", "sql"])
def test_a_terminal_gets_no_sign_of_a_stranger(tmp_path: Path, command: str) -> None:
    policy = put(tmp_path, "p.sespms", SMALL.replace("Leading People", "Lead\x1b]0;x\x07\x9b2J\u202eing"))
    roster = put(tmp_path, "r.csv", HEADINGS.replace("Leading People", "Lead\x1b[2J") + "a\x1b[2J,50,5,50,5\n")
    needed: dict[str, list[str | Path]] = {"rate": [roster], "cohort": ["--executives", "3"]}
    more = needed.get(command, [])
    text = _on_a_terminal(command, policy, *more, NO_COLOR="1").decode()
    assert printable(text.replace("\r", "")) == text.replace("\r", "")
    assert text


@pytest.mark.attack("signs for a terminal")
@pytest.mark.parametrize("paint", ["8", "0;8", "30;40", "31", ""])
def test_a_terminal_gets_no_colour_of_a_stranger(tmp_path: Path, paint: str) -> None:
    """What was concealed in the text of a policy, such as an amendment in it, was not seen on a terminal."""
    policy = put(tmp_path, "p.sespms", SMALL.replace("Leading People", f"Lead\x1b[{paint}ming\x1b[0m"))
    for command, *more in (["cohort", "--executives", "3"], ["format", "--check"], ["format"]):
        assert b"\x1b" not in _on_a_terminal(command, policy, *more), command


def test_our_own_colours_reach_a_terminal(tmp_path: Path) -> None:
    policy = put(tmp_path, "p.sespms", BROKEN)
    shown = _on_a_terminal("check", policy)
    assert b"\x1b[31merror\x1b[0m" in shown
    assert re.search(rb"\x1b\[31m\^+\x1b\[0m", shown)
    assert b"\x1b" not in _on_a_terminal("check", policy, NO_COLOR="1")


@pytest.mark.parametrize("engine", ["reference", "columnar"])
def test_a_bar_of_progress_is_drawn_over_itself(tmp_path: Path, engine: str) -> None:
    """The guard of the terminal took what moves the cursor out of it too, and each step stood behind the one before."""
    policy = put(tmp_path, "p.sespms", SMALL)
    roster = put(tmp_path, "r.csv", HEADINGS + "".join(f"e{row},50,5,50,5\n" for row in range(6_000)))
    told = _on_a_terminal("rate", policy, roster, "--engine", engine, "--output", tmp_path / "out.csv").decode()
    assert "rating" in told
    assert "100%" in told
    assert "\ufffd" not in told
    assert told.count("\r") > 2


@pytest.mark.parametrize("name", ["Lead\x9b2Jing", "=Leading", "@Lead;+ing", "+1"], ids=ascii)
def test_a_roster_that_was_made_can_be_read_whatever_its_elements_are_called(tmp_path: Path, name: str) -> None:
    policy = put(tmp_path, "p.sespms", SMALL.replace("Leading People", name))
    out = tmp_path / "out.csv"
    made = run("cohort", policy, "--executives", "3", "--output", out)
    assert made.exit_code == 0, made.output
    assert run("rate", policy, out).exit_code == 0


# ---- pages -------------------------------------------------------------------------------------------

SCRIPT = "<script>alert(1)</script>"


@pytest.mark.attack("pages that are none")
@pytest.mark.parametrize("command", [["prove"], ["impact", "ROSTER"], ["sweep", "ROSTER", "--vary", "x"]])
def test_html_is_a_page_or_nothing(tmp_path: Path, command: list[str]) -> None:
    """The text of a broken policy came out where a page was asked for, script and all."""
    policy = put(tmp_path, "p.sespms", BROKEN.replace("totl 90", SCRIPT))
    roster = put(tmp_path, "r.csv", HEADINGS + "a,50,5,50,5\n")
    name, *rest = (roster if each == "ROSTER" else each for each in command)
    out = put(tmp_path, "out.html", "what stood there")
    runs: list[list[str | Path]] = [[]] if name == "prove" else [[], ["--output", out]]
    for more in runs:
        result = run(name, policy, *rest, "--format", "html", *more)
        assert (result.exit_code, result.stdout) == (1, "")
        assert "error" in result.stderr
    assert out.read_text(encoding="utf-8") == "what stood there"


@pytest.mark.attack("pages that are none")
@pytest.mark.parametrize("command", [["prove"], ["check"]])
def test_a_page_escapes_what_a_policy_says(tmp_path: Path, command: list[str]) -> None:
    policy = put(tmp_path, "p.sespms", SMALL.replace("Leading People", SCRIPT))
    result = run(*command, policy, "--format", "html")
    assert result.stdout.startswith("<!DOCTYPE html>") or result.stdout.startswith("<!doctype html>")
    assert SCRIPT not in result.stdout


# ---- JUnit -------------------------------------------------------------------------------------------


@pytest.mark.case("signs that XML has not")
@pytest.mark.parametrize("sign", ["\ufffe", "\uffff", "\x08", "\x0b", "\x85", "\x00"[:0] + "\x1f"], ids=ascii)
def test_junit_is_xml_whatever_a_policy_holds(tmp_path: Path, sign: str) -> None:
    policy = put(
        tmp_path, "p.sespms", SMALL.replace("Leading People", f"Lead{sign}ing").replace("total 100", f"totl {sign}")
    )
    result = run("check", policy, "--format", "junit")
    root = ElementTree.fromstring(result.stdout)
    assert root.tag == "testsuites"
    assert root.findall("testsuite/testcase/failure")


def test_junit_names_a_file_whose_name_is_no_text(tmp_path: Path) -> None:
    name = os.fsencode(tmp_path) + b"/odd\xff.sespms"
    Path(os.fsdecode(name)).write_text(SMALL, encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-m", "sespms_rules", "check", name, "--format", "junit"],
        capture_output=True,
        env=os.environ | {"PYTHONPATH": str(ROOT / "src")},
        check=False,
        timeout=120,
    )
    assert ElementTree.fromstring(done.stdout.decode("utf-8")).tag == "testsuites"


# ---- spreadsheets ------------------------------------------------------------------------------------


@pytest.mark.attack("cells that a spreadsheet changes")
@pytest.mark.parametrize(
    ("text", "cell"),
    [
        ("=1+1", "'=1+1"),
        ("+7", "'+7"),
        ("-2+3", "'-2+3"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("\t=1", "'\t'=1"),
        ("\rx", "'\rx"),
        (" =1", "' =1"),
        ("\uff1d1", "'\uff1d1"),
        ("x;=1", "x;'=1"),
        ("x;y;-1", "x;y;'-1"),
        ("x\t@a", "x\t'@a"),
        ("x\n+1", "x\n'+1"),
        ("13/3", "'13/3"),
        ("a=1", "a=1"),
        ("x; y", "x; y"),
        ("A-101", "A-101"),
        ("0012", "0012"),
        ("", ""),
        ("half a \ud800 letter", "half a ? letter"),
    ],
)
def test_a_spreadsheet_runs_no_cell(text: str, cell: str) -> None:
    assert safe_cell(text) == cell


@pytest.mark.attack("cells that a spreadsheet changes")
@pytest.mark.parametrize(
    ("text", "changed"),
    [
        ("0012", True),
        ("1E5", True),
        ("3-4", True),
        ("123456789012", True),
        ("MAR1", True),
        ("1-Sep", True),
        ("2026-03-04", True),
        ("1.50", True),
        ("TRUE", True),
        ("10:30", True),
        ("12%", True),
        ("A-101", False),
        ("12", False),
        ("p-4", False),
        ("Smith", False),
        ("MARY1", False),
        ("1.5", False),
        ("E5", False),
        ("", False),
    ],
)
def test_an_id_that_a_spreadsheet_would_change_is_known(text: str, changed: bool) -> None:
    seen = ChangedIds()
    seen.look_at(text)
    assert bool(seen) is changed


def test_such_ids_stay_as_they_are_and_are_told_of(tmp_path: Path) -> None:
    """Another program must find the very id; who opens the file in a spreadsheet must know."""
    policy = put(tmp_path, "p.sespms", SMALL)
    ids = ["0012", "1E5", "3-4", "MAR1", "A-101"]
    roster = put(tmp_path, "r.csv", HEADINGS + "".join(f"{each},50,5,50,5\n" for each in ids))
    result = run("rate", policy, roster, "--format", "csv")
    assert [row[0] for row in csv.reader(io.StringIO(result.stdout))] == ["id", *ids]
    assert result.stderr == (
        "sespms: a spreadsheet that opens this CSV would change 4 ids (`0012`, `1E5`, `3-4`, …); import it with the"
        " column `id` as text, and do not save it over the original\n"
    )
    one = put(tmp_path, "one.csv", HEADINGS + "0012,50,5,50,5\n")
    assert "would change one id (`0012`);" in run("rate", policy, one, "--format", "csv").stderr


def test_what_is_written_as_data_turns_no_line_and_moves_no_cursor() -> None:
    held = io.StringIO()
    write_json(held, {"unit": "North\x9b2J\u202e", "name": "Zürich"})
    assert held.getvalue() == '{\n  "unit": "North\\u009b2J\\u202e",\n  "name": "Zürich"\n}\n'
    narrow = io.TextIOWrapper(io.BytesIO(), encoding="ascii")
    write_json(narrow, {"name": "Zürich"})
    narrow.seek(0)
    assert narrow.read() == '{\n  "name": "Z\\u00fcrich"\n}\n'
