"""Files beside policies and rosters that are made to hang, fill memory or fault: answers, keys, folders, records.

All are invented; each ends in a sentence.
"""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from cli.many_lines import KINDS
from cli.running import HEADINGS, OPM, ROOT, SMALL, put, run

YEAR = ROOT / "examples" / "year_2026"


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("name = " + "[" * 5_000 + "]" * 5_000, "is nested too deeply"),
        ("x = " + "{a=" * 900, "is nested too deeply"),
        ("a." * 3_000 + "a = 1", "an answer is a text, a number or a list of them"),
        ("name = " + "9" * 6_000, "a number of thousands of digits"),
        ("name = 0x" + "f" * 9_000, "a number of thousands of digits"),
        ("x = 1\n" * 200_000, "has more than 100,000 letters"),
        ('name = "x"\nname = {a=1}\n', "is no TOML"),
        ("name = [1, [2, [3]]]", "`name` in `"),
    ],
    ids=["lists", "tables", "keys", "digits", "hex digits", "long", "twice", "a list in a list"],
)
def test_answers_of_any_kind_end_in_a_sentence(tmp_path: Path, text: str, says: str) -> None:
    result = run("new", tmp_path / "made.sespms", "--answers", put(tmp_path, "a.toml", text))
    assert (result.exit_code, result.stdout) == (2, "")
    assert "fault of the program" not in result.output
    assert says in " ".join(result.output.split())
    assert not (tmp_path / "made.sespms").exists()


@pytest.mark.attack("not regular files")
@pytest.mark.parametrize("key", ["/dev/zero", "long", "folder", "short"])
def test_a_key_is_a_file_of_bearable_size(tmp_path: Path, key: str) -> None:
    put(tmp_path, "long", "x" * 1_000_001)
    put(tmp_path, "short", "x")
    (tmp_path / "folder").mkdir()
    policy, roster = put(tmp_path, "p.sespms", SMALL), put(tmp_path, "r.csv", HEADINGS + "a,50,5,50,5\n")
    result = run("impact", policy, roster, "--details", "--pseudonyms", tmp_path / key)
    assert (result.exit_code, result.stdout) == (2, "")
    assert "fault of the program" not in result.stderr
    assert result.stderr


@pytest.mark.parametrize("find", ["x " * 50_000, "cap" * 67, "\x1b[31m" * 41])
def test_what_is_looked_for_has_at_most_two_hundred_letters(find: str) -> None:
    result = run("phrases", "--find", find)
    assert (result.exit_code, result.stdout) == (2, "")
    assert "`--find` takes at most 200 letters; try one word alone" in result.stderr
    assert run("phrases", "--find", "cap").exit_code == 0


@pytest.mark.parametrize("kind", ["values one on another", "lines with conditions", "bands in turn"])
def test_a_roster_is_invented_for_systems_of_a_usual_length(tmp_path: Path, kind: str) -> None:
    """A hundred executives of a system with twelve thousand values took minutes: each is drawn by rating many plans."""
    result = run("cohort", put(tmp_path, "p.sespms", KINDS[kind](1_100)), "--executives", "2")
    assert (result.exit_code, result.stdout) == (2, "")
    assert "lines, values and elements, and a roster is made for at most 1,000" in " ".join(result.stderr.split())


# ---- records -----------------------------------------------------------------------------------------


def _year(folder: Path) -> Path:
    shutil.copytree(YEAR, folder / "year")
    return folder / "year"


@pytest.mark.parametrize("table", ["executives", "acts", "plans", "sessions"])
def test_a_table_of_records_has_so_many_rows_at_most(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, table: str
) -> None:
    """Half a million executives took minutes; one agency has some hundred."""
    monkeypatch.setattr("sespms_rules.records.reading.tables.MOST_EXECUTIVES", 2)
    monkeypatch.setattr("sespms_rules.records.reading.tables.MOST_ROWS", 2)
    year = _year(tmp_path)
    head = "id,appointment,unit,entered,left,basic pay\n"
    for each in ("executives", "acts", "plans", "sessions"):
        lines = (YEAR / f"{each}.csv").read_text(encoding="utf-8").splitlines(keepends=True)
        put(year, f"{each}.csv", "".join(lines[: 4 if each == table else 2]))
    assert head == (YEAR / "executives.csv").read_text(encoding="utf-8").splitlines(keepends=True)[0]
    commands: list[list[str | Path]] = [["cycle", OPM, year], ["consequences", OPM, year], ["export", "ocel", year]]
    for command in commands:
        result = run(*command)
        assert (result.exit_code, result.stdout) == (2, "")
        assert f"the table `{table}` in `{year / table}.csv` has more than 2 rows" in result.stderr


@pytest.mark.parametrize("what", ["a pipe", "a folder", "a device", "nothing", "deep JSON", "days at the ends of time"])
def test_records_that_are_no_records_end_in_a_sentence(tmp_path: Path, what: str) -> None:
    year = _year(tmp_path)
    acts = year / "acts.csv"
    text = acts.read_text(encoding="utf-8")
    acts.unlink()
    match what:
        case "a pipe":
            os.mkfifo(acts)
        case "a folder":
            acts.mkdir()
        case "a device":
            acts.symlink_to("/dev/zero")
        case "deep JSON":
            put(year, "acts.json", "[" * 100_000)
        case "days at the ends of time":
            put(year, "acts.csv", text.replace("2026-", "9999-").replace("2025-", "0001-"))
    commands: list[list[str | Path]] = [["cycle", OPM, year, "--as-of", "9999-12-31"], ["consequences", OPM, year]]
    for command in commands:
        result = run(*command)
        assert result.exit_code in (1, 2)
        assert "fault of the program" not in result.output


# ---- folders of law ----------------------------------------------------------------------------------


@pytest.mark.attack("pipes beside a policy")
@pytest.mark.parametrize("what", ["a pipe", "a device", "a folder", "a link to itself"])
def test_law_is_read_from_files(tmp_path: Path, what: str) -> None:
    policy, law = put(tmp_path, "p.sespms", SMALL), tmp_path / "law"
    law.mkdir()
    match what:
        case "a pipe":
            os.mkfifo(law / "x.sespms")
        case "a device":
            (law / "x.sespms").symlink_to("/dev/zero")
        case "a folder":
            (law / "x.sespms").mkdir()
        case _:
            (law / "x.sespms").symlink_to("x.sespms")
    result = run("check", policy, "--law", law)
    assert (result.exit_code, result.stdout) == (2, "")
    assert "fault of the program" not in result.stderr
    assert f"`{law / 'x.sespms'}`" in result.stderr
