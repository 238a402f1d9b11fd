"""A letter says of a rating what the command says of it, and refuses nothing in silence."""

from __future__ import annotations

from pathlib import Path

import docx
import pytest

from cli.running import OPM, ROSTER, data, put, run
from documents.test_files import in_word


def _letter(folder: Path, *arguments: str | Path) -> tuple[str, int]:
    made = folder / "letter.docx"
    done = run("explain", OPM, *arguments, "--output", made)
    return "\n".join(in_word(made.read_bytes())), done.exit_code


@pytest.mark.parametrize("key", ["invented-01", "invented-02", "invented-05"])
def test_a_letter_holds_every_step_and_the_way_to_another_level(tmp_path: Path, key: str) -> None:
    text, code = _letter(tmp_path, ROSTER, "--id", key)
    told, _ = data("explain", OPM, ROSTER, "--id", key)
    trace = told["trace"]
    assert code == 0
    assert f"\n{told['score']}\n" in text
    assert f"\n{told['level']}\n" in text
    for step in trace["steps"]:
        for each in (step, *step["steps"]):
            assert each["says"][1:].replace("`", "").replace("“", "").replace("”", "") in text.replace("“", "").replace(
                "”", ""
            )
    for flip in ("to_raise", "to_lower"):
        for way in (told[flip] or {"ways": []})["ways"][:6]:
            assert way["says"].replace("`", "")[1:20] in text.replace("“", "").replace("”", "")


def test_a_refused_appraisal_gets_a_letter_that_says_why(tmp_path: Path) -> None:
    text, code = _letter(tmp_path, "--scenario", "Weights that total 99")
    assert code == 1
    assert "cannot be rated as it stands" in text
    assert "SES602" in text
    assert "as the policy derives it" not in text


def test_a_letter_names_the_day_that_was_asked_for_and_no_other(tmp_path: Path) -> None:
    text, _ = _letter(tmp_path, ROSTER, "--id", "invented-01", "--as-of", "2026-11-01")
    assert "as of 2026-11-01" in text
    assert str(docx.Document(str(tmp_path / "letter.docx")).core_properties.created).startswith("2026-11-01")
    undated, _ = _letter(tmp_path, ROSTER, "--id", "invented-01")
    assert ", as of" not in undated


def test_one_letter_speaks_of_one_executive_alone(tmp_path: Path) -> None:
    text, _ = _letter(tmp_path, ROSTER, "--id", "invented-01")
    assert "invented-02" not in text
    assert str(Path(ROSTER).parent) not in text


def test_text_and_json_can_be_written_to_a_file(tmp_path: Path) -> None:
    for form, begins in (("txt", "Basic SES"), ("json", "{")):
        made = tmp_path / f"told.{form}"
        assert run("explain", OPM, ROSTER, "--id", "invented-01", "--output", made).exit_code == 0
        assert made.read_text(encoding="utf-8").startswith(begins)


def test_a_policy_with_errors_gets_no_letter(tmp_path: Path) -> None:
    broken = put(tmp_path, "p.sespms", "system 1\n")
    made = tmp_path / "letter.pdf"
    assert run("explain", broken, ROSTER, "--id", "invented-01", "--output", made).exit_code == 1
    assert not made.exists()
