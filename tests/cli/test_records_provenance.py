"""What a report on records rests on: the version, the days, and each file and edition with its SHA-256."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import pytest

from cli.running import OPM, run
from records.invented_years import InventedYear, written

DAY = ("--as-of", "2027-01-31")
COMMANDS = (("cycle", *DAY), ("consequences", *DAY), ("harmonize", "--state", "CA", *DAY))


def _sha256(path: str | Path) -> str:
    return hashlib.sha256(Path(path).read_bytes()).hexdigest()


@pytest.mark.parametrize("command", COMMANDS, ids=lambda each: each[0])
def test_each_file_and_edition_stands_in_json_with_its_digest(command: tuple[str, ...], tmp_path: Path) -> None:
    folder = written(tmp_path / "year", [InventedYear("E-101")])
    name, *options = command
    document = json.loads(run(name, OPM, folder, *options, "--format", "json").stdout)
    files = {each["path"]: each["sha256"] for each in document["files"]}
    assert files == {str(each): _sha256(each) for each in (Path(OPM), *sorted(folder.iterdir()))}
    assert all(_sha256(each["path"]) == each["sha256"] for each in document["law"])
    subpart = [each["in_force_from"] for each in document["law"] if each["baseline"] == "5 CFR part 430, subpart C"]
    assert subpart == ["2025-10-15"]  # the one that counts, and none that was replaced
    assert [each["system"] for each in document["days"]] == ["Basic SES Appraisal System"]
    assert document["version"]
    overlays = [each["baseline"] for each in document["law"] if "California" in each["baseline"]]
    assert len(overlays) == (name == "harmonize")


def test_a_text_says_it_on_request(tmp_path: Path) -> None:
    folder = written(tmp_path / "year", [InventedYear("E-101")])
    told = run("cycle", OPM, folder, *DAY, "--provenance").stdout
    assert f"    sha256 {_sha256(folder / 'acts.csv')}" in told


def test_of_a_register_it_names_the_entry_that_was_reached_and_its_digest(tmp_path: Path) -> None:
    folder, register = written(tmp_path / "year", [InventedYear("E-101")]), tmp_path / "r.sqlite3"
    run("register", "create", register, "--by", "O-1")
    run("register", "add", register, folder, "--series", "2026", "--by", "O-1")
    document = json.loads(run("cycle", OPM, register, "--by", "O-7", *DAY, "--format", "json").stdout)
    head = json.loads(run("register", "head", register).stdout)
    _, (kept) = document["files"]
    assert kept == {"path": f"{register} up to entry {head['number']}", "sha256": head["digest"]}
