from __future__ import annotations

from pathlib import Path

import pytest

from cli.running import BROKEN, FAILING, OPM, SMALL, data, process, put, run


def test_a_sound_policy(tmp_path: Path) -> None:
    result = run("check", put(tmp_path, "p.sespms", SMALL))
    assert result.exit_code == 0
    assert result.stdout == (
        "no findings\n\n"
        "`Invented agency` was not checked against a baseline: it follows none and states no effective day\n\n"
        "No error was found. That is not yet a pass: it was checked against no rules.\n"
    )


def test_an_error_is_shown_where_it_stands_and_ends_with_1(tmp_path: Path) -> None:
    path = put(tmp_path, "p.sespms", BROKEN)
    result = run("check", path)
    assert result.exit_code == 1
    assert result.stdout.startswith(f"{path}:17:3: error SES0")
    assert "17 |   totl 90\n" in result.stdout
    assert "\n\n1 error\n" in result.stdout


def test_what_is_broken_is_told_once_and_not_what_follows_from_it(tmp_path: Path) -> None:
    found, _ = data("check", put(tmp_path, "p.sespms", SMALL.replace("score is the sum", "score is the smu")))
    assert [each["code"] for each in found["findings"]] == ["SES001"]


def test_a_failing_scenario_is_found(tmp_path: Path) -> None:
    found, code = data("check", put(tmp_path, "p.sespms", FAILING))
    (finding,) = found["findings"]
    assert (finding["code"], finding["text"], code) == ("SES501", "expect level 4", 1)


def test_json_has_its_schema_and_every_key(tmp_path: Path) -> None:
    path = put(tmp_path, "p.sespms", BROKEN)
    found, code = data("check", path)
    assert code == 1
    assert found["schema"] == "sespms-check/1"
    (finding,) = found["findings"]
    assert {"code", "severity", "message", "path", "line", "column", "end_line", "end_column", "text", "help"} <= set(
        finding
    )
    assert finding["citations"] == []
    assert (finding["path"], finding["line"], finding["column"]) == (str(path), 17, 3)


def test_notes_and_warnings_do_not_make_it_fail() -> None:
    found, code = data("check", OPM)
    assert code == 0
    assert "note" in {each["severity"] for each in found["findings"]} <= {"note", "warning"}


def test_a_base_in_another_file_is_found_beside_it_or_named_with_it(tmp_path: Path) -> None:
    (tmp_path / "apart").mkdir()
    base = put(tmp_path / "apart", "base.sespms", SMALL)
    variant = put(tmp_path, "variant.sespms", 'system "Invented bureau" based on "Invented agency"\n')
    assert run("check", variant).exit_code == 1
    assert run("check", variant, base).exit_code == 0
    put(tmp_path, "base.sespms", SMALL)
    assert run("check", variant).exit_code == 0


def test_findings_of_several_policies_come_in_the_order_they_are_named(tmp_path: Path) -> None:
    second, first = put(tmp_path, "a.sespms", BROKEN), put(tmp_path, "b.sespms", BROKEN.replace("Invented", "Another"))
    found, _ = data("check", first, second)
    assert [each["path"] for each in found["findings"]] == [str(first), str(second)]
    again, _ = data("check", first, first)
    assert len(again["findings"]) == 1


@pytest.mark.parametrize(
    ("option", "says"),
    [
        (["--baseline", "5 CFR part 430 subpart C"], "did you mean `5 CFR part 430, subpart C`?"),
        (["--baseline", "5cfr430c-2015-10-26", "--as-of", "2026-01-01"], "is in force on 2026-01-01"),
        (["--baseline", "5 CFR part 430, subpart C", "--as-of", "1990-01-01"], "is in force on 1990-01-01"),
        (["--as-of", "next year"], "`next year` is no day; write it like `2025-10-15`"),
    ],
)
def test_an_edition_that_there_is_not_is_refused_in_plain_words(option: list[str], says: str) -> None:
    result = run("check", OPM, *option)
    assert result.exit_code == 2
    assert says in " ".join(result.stderr.split())
    assert result.stdout == ""


def test_a_format_that_is_not_written() -> None:
    result = run("check", OPM, "--format", "yaml")
    assert result.exit_code == 2
    assert "`json`, `sarif`, `junit`, `html`, `docx` and `pdf`, not `yaml`" in " ".join(result.stderr.split())


def test_files_that_cannot_be_read(tmp_path: Path) -> None:
    (tmp_path / "zeros").write_bytes(b"sys\x00tem")
    for path, says in (
        (tmp_path, "is a folder, not a file"),
        (tmp_path / "none.sespms", "there is no file"),
        (tmp_path / "zeros", "is not a text file"),
    ):
        result = run("check", path)
        assert (result.exit_code, result.stdout) == (2, "")
        assert result.stderr.startswith("sespms: ")
        assert says in result.stderr
        assert "Traceback" not in result.stderr


LOADED = {
    "engines": {"", "reference", "refusals"},
    "proofs": {"", "deciders", "effort"},
    "reports": {"", "findings", "provenance"},
    "rosters": set[str](),
    "studies": {"", "checked", "rested_on"},
}
"""The rooms of the wings above the meaning that a check of OPM's system enters; each more costs every check time."""

WRITERS = {"display", "report_head", "requirements_text", "text"}
"""What of the writers of findings a check in text loads."""


def test_check_imports_no_more_than_it_needs() -> None:
    run("check", OPM)  # the first run of all makes the tables of the language, and takes Lark for it
    code = (
        "import sys; from sespms_rules.cli import sespms\n"
        f"try: sespms(['check', {OPM!r}])\n"
        "except SystemExit as end: assert end.code == 0\n"
        "sys.stderr.write(' '.join(sorted(sys.modules)))"
    )
    done = process(code=code)
    names = [each.split(".") for each in done.stderr.split()]
    own = [each[1:] for each in names if each[0] == "sespms_rules" and len(each) > 1]
    for wing, rooms in LOADED.items():
        assert {each[1] if len(each) > 1 else "" for each in own if each[0] == wing} <= rooms, wing
    assert {each[2] for each in own if each[:2] == ["reports", "findings"] and len(each) > 2} <= WRITERS
    libraries = {each[0] for each in names} & {"click", "z3", "numpy", "lark", "pydantic", "rich", "durable", "duckdb"}
    assert libraries == {"click"}
    assert not {each[0] for each in names} & {"html", "xml", "csv", "sqlite3", "asyncio", "concurrent", "hashlib"}
    assert done.returncode == 0


def test_no_command_waits_for_word_or_records_before_it_needs_them() -> None:
    """A letterhead is an option of commands that mostly write no letter, and records one of an explanation."""
    for name, late in (
        ("explain", {"docx", "pydantic"}),
        ("form", {"docx"}),
        ("describe", {"docx"}),
        ("review", {"docx"}),
    ):
        done = process(code=f"import sys, sespms_rules.cli.{name}_command; print(' '.join(sys.modules))")
        assert done.returncode == 0
        assert not late & set(done.stdout.split()), name
