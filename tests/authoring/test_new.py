"""A first system from a dozen answers: it is read, checked, completed, and its examples hold."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from cli.running import process, run
from sespms_rules.api import load
from sespms_rules.authoring.questions import QUESTIONS, WrongAnswerError, answers_from
from sespms_rules.authoring.starting import started
from sespms_rules.cli import sespms
from sespms_rules.foundation.source import Source
from sespms_rules.pipeline import compile_source

CLOSED = (
    "import os, sys; os.close(0); os.execv(sys.executable, [sys.executable, '-m', 'sespms_rules', 'new', sys.argv[1]])"
)


def test_the_defaults_make_a_system_without_an_error_whose_examples_hold(tmp_path: Path) -> None:
    file = tmp_path / "first.sespms"
    made = CliRunner().invoke(sespms, ["new", str(file)], input="\n" * len(QUESTIONS))
    assert made.exit_code == 0, made.output
    assert run("check", file).exit_code == 0
    tested = run("test", file)
    assert tested.exit_code == 0
    assert "7 scenarios: 7 passed" in tested.stdout
    assert run("complete", file).stderr.startswith("nothing is missing")


def test_a_wrong_answer_is_asked_once_more(tmp_path: Path) -> None:
    file = tmp_path / "first.sespms"
    answers = ["", "", "1 October", "2026-10-01", *[""] * (len(QUESTIONS) - 3)]
    made = CliRunner().invoke(sespms, ["new", str(file)], input="\n".join(answers) + "\n")
    assert made.exit_code == 0, made.output
    assert "`effective` is `1 October`: a day is written like 2026-10-01" in made.output


@pytest.mark.parametrize(
    ("given", "says"),
    [
        (b"", "standard input ends before `agency` is answered"),
        (b"Example Agency\n\n", "standard input ends before `effective` is answered"),
        (b"\xff\n" * 20, "the answer to `agency` is no text in UTF-8"),
        (b"\xed\xa0\x80\n" * 20, "the answer to `agency` is no text in UTF-8"),
        (b"x" * 200_000, "the answer to `agency` has more than 100,000 letters"),
        (b"yes\n" * 500, "`effective` was answered 20 times and never so that it can be used"),
    ],
    ids=["nothing", "too little", "no text", "half a letter", "one line without an end", "one answer for ever"],
)
def test_what_is_no_keyboard_ends_in_a_sentence(tmp_path: Path, given: bytes, says: str) -> None:
    """It was a fault of the program, or the same question for ever."""
    file = tmp_path / "first.sespms"
    made = CliRunner().invoke(sespms, ["new", str(file)], input=given)
    assert made.exit_code == 2
    assert f"{says}" in made.stderr
    assert not file.exists()


def test_a_closed_keyboard_is_a_sentence(tmp_path: Path) -> None:
    made = process(tmp_path / "first.sespms", code=CLOSED, stdin=None)
    assert (made.returncode, made.stdout.strip()) == (2, "")
    assert "nobody can answer `agency`: standard input is closed" in made.stderr
    assert not (tmp_path / "first.sespms").exists()


@pytest.mark.parametrize(
    ("cuts", "points", "least"),
    [("475, 400, 300, 200", "5, 4, 3, 2, 0", "5"), ("4.5, 3.5, 2.5, 1.5", "10, 7.5, 5, 2.5, 0", "33")],
)
def test_no_score_falls_between_two_levels(cuts: str, points: str, least: str) -> None:
    answers = answers_from({"cuts": cuts, "points": points, "least_weight": least, "elements": "A, B, C"})
    found = compile_source(Source("first.sespms", started(answers)))
    assert not {"SES214", "SES215", "SES501"} & {each.code for each in found.diagnostics}
    assert all(each.passed for each in found.scenarios)
    assert len(found.scenarios) == 7


def test_one_element_is_enough() -> None:
    answers = answers_from({"elements": "Everything", "least_weight": "100"})
    found = compile_source(Source("first.sespms", started(answers)))
    assert [each.passed for each in found.scenarios] == [True] * 5


@pytest.mark.parametrize(
    ("key", "answer", "message"),
    [
        ("agency", 'The "best" agency', "a name has letters and no quotation mark"),
        ("agency", "  ", "a name has letters"),
        ("effective", "2026-13-01", "a day is written like 2026-10-01"),
        ("period", "October 1 - September 30", "write both days"),
        ("period", "Octobre 1 to September 30", "did you mean `October`?"),
        ("period", "February 30 to September 30", "February has no day 30 in every year"),
        ("covers", "carer", "`carer` is no kind of appointment; did you mean `career`?"),
        ("covers", ",", "name at least one of"),
        ("elements", "A, B, a", "`a` is named twice"),
        ("elements", "", "name 1 to 20 elements"),
        ("terms", "Best, Good, Fair, Poor", "name five different terms"),
        ("terms", "Best, best, Good, Fair, Poor", "name five different terms"),
        ("points", "5, 4, 3, 2", "write 5 numbers"),
        ("points", "5, 4, 4, 2, 0", "each of the 5 numbers is smaller than the one before it"),
        ("points", "5, 4, 1e0, 0.5, 0", "write 5 numbers"),
        ("cuts", "200, 300, 400, 475", "each of the 4 numbers is smaller"),
        ("least_weight", "0", "the least weight is a whole number from 1 to 100"),
        ("least_weight", "21", "5 elements of at least 21 are more than 100"),
        ("failing", "maybe", "answer yes or no"),
        ("elment", "A", "there is no question `elment`; did you mean `elements`?"),
    ],
)
def test_an_answer_that_cannot_be_used_is_named_with_what_would_do(key: str, answer: str, message: str) -> None:
    with pytest.raises(WrongAnswerError) as caught:
        answers_from({key: answer})
    assert message in str(caught.value)
    assert key in str(caught.value)


def test_answers_in_a_file_are_asked_nothing(tmp_path: Path) -> None:
    answers, file = tmp_path / "answers.toml", tmp_path / "first.sespms"
    answers.write_text('agency = "Invented Agency"\nelements = ["One", "Two"]\npoints = [4, 3.5, 3, 2, 1]\n'
                       "cuts = [380, 320, 250, 150]\neffective = 2026-11-01\n", "utf-8")  # fmt: skip
    assert run("new", file, "--answers", answers).exit_code == 0
    program = load(file).program()
    assert [member.name for member in program.summary.members] == ["One", "Two"]
    assert run("test", file).exit_code == 0


def test_an_answer_that_breaks_the_law_is_written_and_told(tmp_path: Path) -> None:
    answers, file = tmp_path / "answers.toml", tmp_path / "first.sespms"
    answers.write_text("failing = false\n", "utf-8")
    made = run("new", file, "--answers", answers)
    assert made.exit_code == 1
    assert "any critical element at level 1 gives level 1" in made.stderr


@pytest.mark.parametrize("there", ["file", "link"])
def test_nothing_is_written_over(tmp_path: Path, there: str) -> None:
    file = tmp_path / "first.sespms"
    if there == "file":
        file.write_text("kept", "utf-8")
    else:
        file.symlink_to(tmp_path / "nowhere.sespms")
    made = run("new", file)
    assert made.exit_code == 2
    assert "is there already" in made.output
    assert there == "link" or file.read_text("utf-8") == "kept"
    assert run("new", tmp_path / "first.txt").exit_code == 2


def test_a_file_of_answers_that_is_none_is_said(tmp_path: Path) -> None:
    answers = tmp_path / "answers.toml"
    answers.write_text("agency = ", "utf-8")
    assert "is no TOML" in run("new", tmp_path / "a.sespms", "--answers", answers).output
    assert run("new", tmp_path / "a.sespms", "--answers", tmp_path / "none.toml").exit_code == 2


@pytest.mark.parametrize("model", ["blank", "opm_basic", "opm_2025"])
def test_what_is_begun_from_a_model_checks_and_its_examples_hold(tmp_path: Path, model: str) -> None:
    file = tmp_path / "own.sespms"
    asked = len(QUESTIONS) if model == "blank" else 3
    made = CliRunner().invoke(sespms, ["new", str(file), "--from", model], input="\n" * asked)
    assert made.exit_code == 0, made.output
    policy = load(file)
    assert not policy.has_errors
    assert policy.systems == ("SES Performance Appraisal System",)
    assert "U.S. Office of Personnel Management" not in file.read_text(encoding="utf-8")
    assert run("check", file).exit_code == 0, run("check", file).output
    tested = run("test", file)
    assert tested.exit_code == 0, tested.output
    assert run("prove", file).exit_code == 0


def test_a_model_that_there_is_not_and_an_answer_that_it_gives_itself_are_refused(tmp_path: Path) -> None:
    assert "did you mean `opm_basic`?" in run("new", tmp_path / "a.sespms", "--from", "opm_basc").output
    (tmp_path / "answers.toml").write_text('elements = ["Safety"]\n', encoding="utf-8")
    refused = run("new", tmp_path / "a.sespms", "--from", "opm_basic", "--answers", tmp_path / "answers.toml")
    assert refused.exit_code == 2
    assert "`elements` is not asked where a system begins from `opm_basic`" in refused.output
    assert not (tmp_path / "a.sespms").exists()
