"""Every report says what it rests on: version, files and editions with SHA-256, and the days; in text where asked."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import pytest

from cli.running import HEADINGS, OPM, ROSTER, SMALL, data, put, run
from sespms_rules.foundation.resources import policy_path
from sespms_rules.foundation.source import Source
from sespms_rules.foundation.version import version
from sespms_rules.pipeline import compile_source
from sespms_rules.rosters.files import open_roster, opening

EDITION = "5cfr430c-2025-10-15"
COMMANDS = {
    "check": ("check", OPM),
    "prove": ("prove", OPM),
    "rate": ("rate", OPM, ROSTER),
    "explain": ("explain", OPM, ROSTER, "--id", "invented-01"),
    "test": ("test", OPM),
    "baseline list": ("baseline", "list"),
    "baseline show": ("baseline", "show", EDITION),
    "baseline diff": ("baseline", "diff", "5cfr430c-2015-10-26", EDITION, OPM),
}


def digest(path: str | Path) -> str:
    """The SHA-256 of a file."""
    return hashlib.sha256(Path(path).read_bytes()).hexdigest()


@pytest.mark.parametrize("command", COMMANDS)
def test_a_document_names_version_law_days_and_files(command: str) -> None:
    arguments = COMMANDS[command]
    found, _ = data(*arguments)
    assert found["version"] == version()
    read = {each["path"]: each["sha256"] for each in found["files"]}
    assert read == {each: digest(each) for each in (OPM, ROSTER) if each in arguments}
    law = {each["path"]: each["sha256"] for each in found["law"]}
    assert law[f"policies/federal/{EDITION}.sespms"] == digest(policy_path(f"federal/{EDITION}.sespms"))
    assert [each["system"] for each in found["days"]] == ["Basic SES Appraisal System"] * (OPM in arguments)


@pytest.mark.parametrize("command", [each for each in COMMANDS if each != "check"])
def test_a_text_says_it_where_it_is_asked(command: str) -> None:
    arguments = COMMANDS[command]
    assert "This report rests on" not in run(*arguments).stdout
    said = run(*arguments, "--provenance").stdout
    assert f"This report rests on sespms {version()} and on\n" in said
    assert digest(policy_path(f"federal/{EDITION}.sespms")) in said
    assert all(digest(each) in said for each in (OPM, ROSTER) if each in arguments)


def test_a_page_says_it_without_folders() -> None:
    page = run("prove", OPM, "--format", "html").stdout
    assert digest(OPM) in page
    assert OPM not in page


def test_export_names_every_edition_it_holds() -> None:
    found = json.loads(run("baseline", "export").stdout)
    assert {each["sha256"] for each in found["law"]} == {each["sha256"] for each in found["editions"]}


def test_a_table_leaves_its_room_to_the_table(tmp_path: Path) -> None:
    result = run("rate", OPM, ROSTER, "--format", "csv", "--provenance")
    assert "sha256" not in result.stdout
    assert digest(ROSTER) in result.stderr
    result = run("sql", OPM, "--provenance")
    assert digest(OPM) not in result.stdout
    assert digest(OPM) in result.stderr


def test_amendments_and_what_a_system_is_based_on_are_named(tmp_path: Path) -> None:
    base = put(tmp_path, "base.sespms", SMALL)
    put(
        tmp_path,
        "amended.sespms",
        'amendment "Higher"\n  amends "Invented agency"\n  because "Invented."\n\nsummary rating\n'
        "  strike score 450 to 500 is level 5\n  insert score 460 to 500 is level 5\n"
        "  strike score 350 to 449 is level 4\n  insert score 350 to 459 is level 4\n",
    )
    variant = put(tmp_path, "variant.sespms", 'system "Variant" based on "Invented agency"\n')
    roster = put(tmp_path, "r.csv", HEADINGS + "a,50,3,50,3\n")
    amendment = tmp_path / "amended.sespms"
    found, _ = data("rate", base, roster, "--with", amendment)
    assert {each["path"]: each["sha256"] for each in found["files"]} == {
        str(each): digest(each) for each in (base, amendment, roster)
    }
    for command in (("check", variant), ("rate", variant, roster)):
        found, _ = data(*command)
        assert {str(base), str(variant)} <= {each["path"] for each in found["files"]}
    found, _ = data("check", amendment)
    assert {str(base), str(amendment)} == {each["path"] for each in found["files"]}


def test_the_law_named_is_that_of_the_reader_and_of_the_day(tmp_path: Path) -> None:
    law = tmp_path / "law"
    law.mkdir()
    put(
        law,
        "x.sespms",
        'baseline "Rules of Example"\n  in force from 2020-01-01\n\n'
        'requirement "1" "Levels"\n  must have levels\n  confirmed\n',
    )
    policy = put(tmp_path, "p.sespms", SMALL.replace('agency"\n', 'agency"\n  effective 2026-10-01\n', 1))
    found, _ = data("prove", policy, "--law", law, "--as-of", "2019-01-01")
    assert {each["day"] for each in found["days"]} == {"2019-01-01"}
    assert "Rules of Example" not in {each["baseline"] for each in found["law"]}
    found, _ = data("prove", policy, "--law", law)
    assert digest(law / "x.sespms") in {each["sha256"] for each in found["law"]}


def test_a_digest_leaves_whoever_reads_the_rows_where_he_was(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(opening, "MOST_IN_MEMORY", 1_000)
    monkeypatch.setattr("sespms_rules.rosters.files.reading.LOOKED_AHEAD", 10)
    roster = put(tmp_path, "r.csv", HEADINGS + "".join(f"e{number},50,3,50,3\n" for number in range(20_000)))
    opened = open_roster(roster, compile_source(Source("p", SMALL)).programs["Invented agency"])
    assert opened.file is not None
    rows = [next(opened.rows)]
    assert opened.file.sha256 == digest(roster)
    rows += opened.rows
    assert [row.id for row in rows] == [f"e{number}" for number in range(20_000)]
    assert opened.file.sha256 == digest(roster)
