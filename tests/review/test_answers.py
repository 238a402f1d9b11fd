"""What must be fixed or answered, and the answers: kept by fingerprint, read with distrust; with invented policies."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest

from cli.running import SMALL, data, put, run
from sespms_rules.foundation.resources import policy_path
from sespms_rules.review import Answer, AnswerKind, AnswersError, read_answers, written_answers
from sespms_rules.review.answers import answers_in

MARITIME = policy_path("examples/maritime_commission.sespms").read_text(encoding="utf-8")
"""Read for a review it has one warning, of `half up to 2 decimals`, and no error."""


def asked(policy: Path) -> list[dict[str, object]]:
    told, _ = data("answer", policy)
    found: list[dict[str, object]] = told["asked"]
    return found


def give(policy: Path, finding: str, *more: str) -> str:
    done = run("answer", policy, "--finding", finding, "--by", "O-7", "--date", "2026-11-29", *more)
    return done.output


def one(policy: Path, must: str) -> dict[str, object]:
    return next(each for each in asked(policy) if each["must"] == must and each["code"] != "question")


@pytest.fixture(scope="module")
def warning(tmp_path_factory: pytest.TempPathFactory) -> dict[str, object]:
    """The warning of MARITIME: the same in whatever folder it stands."""
    return one(put(tmp_path_factory.mktemp("warned"), "p.sespms", MARITIME), "answer")


def test_errors_are_fixed_and_warnings_and_questions_answered(tmp_path: Path) -> None:
    policy = put(tmp_path, "p.sespms", MARITIME)
    told, code = data("answer", policy)
    found = told["asked"]
    review, _ = data("check", policy, "--review")
    wanted = {each["fingerprint"] for each in review["findings"] if each["severity"] != "note"}
    assert {each["fingerprint"] for each in found if each["code"] != "question"} == wanted
    assert {each["must"] for each in found} == {"answer"}
    assert len([each for each in found if each["code"] == "question"]) > 30
    assert code == 1
    assert {each["must"] for each in asked(put(tmp_path, "faulty.sespms", SMALL))} == {"fix"}


def test_an_answer_is_kept_and_moves_with_its_words(tmp_path: Path, warning: dict[str, object]) -> None:
    policy, finding = put(tmp_path, "p.sespms", MARITIME), warning
    give(policy, str(finding["fingerprint"]), "--reason", "Scores are kept to hundredths.")
    (kept,) = read_answers(tmp_path / "p.answers.toml")
    assert (kept.finding, kept.by, kept.date) == (finding["fingerprint"], "O-7", datetime.date(2026, 11, 29))
    assert (kept.code, kept.words) == (finding["code"], finding["text"])
    put(tmp_path, "p.sespms", "# A note above moves every line.\n\n" + MARITIME)
    again = next(each for each in asked(policy) if each["fingerprint"] == finding["fingerprint"])
    assert again["answer"] is not None
    assert again["place"] != finding["place"]


def test_an_answer_to_other_words_is_out_of_date_and_shown_with_the_old_ones(
    tmp_path: Path, warning: dict[str, object]
) -> None:
    policy, finding = put(tmp_path, "p.sespms", MARITIME), warning
    give(policy, str(finding["fingerprint"]), "--reason", "Scores are kept to hundredths.")
    put(tmp_path, "p.sespms", MARITIME.replace("half up to 2 decimals", "half up to 1 decimal"))
    told, code = data("answer", policy)
    assert code == 1
    (stale,) = told["stale"]
    assert stale["words"] == finding["text"]
    assert all(each["answer"] is None for each in told["asked"])
    shown = run("answer", policy).output
    assert "out of date: what it answered is found no more" in shown
    assert str(finding["text"]) in shown
    assert run("answer", policy, "--drop", stale["finding"]).exit_code == 1
    assert read_answers(tmp_path / "p.answers.toml") == ()


def test_an_error_is_disputed_and_not_answered(tmp_path: Path) -> None:
    policy = put(tmp_path, "p.sespms", SMALL)
    finding = one(policy, "fix")
    refused = give(policy, str(finding["fingerprint"]), "--reason", "We see no need for it.")
    assert "which is fixed and not answered" in refused
    assert not (tmp_path / "p.answers.toml").exists()
    give(policy, str(finding["fingerprint"]), "--dispute", "--reason", "The rule does not bind this agency.")
    told, _ = data("answer", policy)
    (disputed,) = [each["answer"] for each in told["asked"] if each["answer"]]
    assert disputed["kind"] == "dispute"
    assert "1 disputed" in run("check", policy, "--review").output
    told, _ = data("check", policy, "--review")
    assert [each["path"] for each in told["answers"]] == [str(policy)]


@pytest.mark.parametrize(
    ("options", "says"),
    [
        (["--reason", "All of them are meant."], "each is answered alone"),
        (["--finding", "0123456789abcdef", "--by", "O-7"], "in words, with `--reason`"),
        (["--finding", "0123456789abcdef", "--reason", "It is meant."], "say who asks with `--by`"),
        (["--finding", "0123456789abcdef", "--by", "O-7", "--reason", "It is so."], "nothing that must be fixed or"),
        (["--finding", "0123456789abcdef", "--by", "O-7", "--reason", "-"], "gives no reason"),
        (["--finding", "0123456789abcdef", "--by", "Jane Roe", "--reason", "It is so."], "opaque id"),
        (["--drop", "0123456789abcdef"], "no answer to `0123456789abcdef` is kept"),
        (["--drop", "0123456789abcdef", "--by", "O-7"], "given or dropped"),
    ],
)
def test_what_is_no_answer_is_refused(tmp_path: Path, options: list[str], says: str) -> None:
    policy = put(tmp_path, "p.sespms", SMALL)
    done = run("answer", policy, *options)
    assert done.exit_code == 2
    assert says in done.output
    assert not (tmp_path / "p.answers.toml").exists()


ANSWER = Answer(
    "0123456789abcdef",
    AnswerKind.ANSWER,
    'It says "so" \\ and é, in words.',
    "O-7",
    datetime.date(2026, 11, 29),
    "SES213",
    "a floor `\u202e` above\x7f",
    "score 1\tto 2",
)


def test_what_is_written_is_read(tmp_path: Path) -> None:
    text = written_answers([ANSWER])
    assert answers_in(text.encode(), "it") == (ANSWER,)
    assert read_answers(tmp_path / "none.answers.toml") == ()


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("sespms-answers/1", "sespms-answers/9", "holds no answers of this kind"),
        ('by = "O-7"', "by = 7", "`by` in answer 1 of `it` is no text"),
        ("2026-11-29", "2026-11-29T10:00:00", "is no day"),
        ('"0123456789abcdef"', '"every one"', "is no fingerprint"),
        ('kind = "answer"', 'kind = "tick"', "it is `answer` or `dispute`"),
        ("[[answer]]", "all = true\n[[answer]]", "holds more than answers"),
        ("[[answer]]", "[[answer]]\nall = true", "does not have just"),
        ('reason = "It says', 'reason = "."\nx = "', "does not have just"),
        ("[[answer]]", "[[", "`it` is no TOML"),
        ("schema", "x = " + "[" * 50_000 + "]" * 50_000 + "\nschema", "`it` is nested too deeply"),
        ("schema", "x = " + "9" * 5_000 + "\nschema", "a number of thousands of digits"),
    ],
)
def test_a_file_that_someone_changed_is_read_with_distrust(old: str, new: str, says: str) -> None:
    text = written_answers([ANSWER])
    assert old in text
    with pytest.raises(AnswersError, match=says.replace("`", "`")):
        answers_in(text.replace(old, new, 1).encode(), "it")


def test_two_answers_to_one_finding_are_refused() -> None:
    table = written_answers([ANSWER]).partition("[[answer]]")[2]
    with pytest.raises(AnswersError, match="answers `0123456789abcdef` twice"):
        answers_in((written_answers([ANSWER]) + "[[answer]]" + table).encode(), "it")
    with pytest.raises(AnswersError, match="larger than"):
        answers_in(b"#" * 3_000_000, "it")
