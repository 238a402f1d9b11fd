"""Amendments that change what another amendment says: named together, by their days, and what is told of one alone."""

from __future__ import annotations

from pathlib import Path

import pytest

from cli.running import run
from sespms_rules.foundation.source import Source
from sespms_rules.pipeline import compile_source, judged_texts

KIND = "amendments built on others"
TERMS = {5: "Best", 4: "Better", 3: "Good", 2: "Weak", 1: "Poor"}
LEVELS = "".join(f'  level {n} "{term}" {n} point{"s" * (n > 1)}\n' for n, term in TERMS.items())
POLICY = f"""system "Base"
  is outside the Senior Executive Service
  has exactly 2 critical elements

critical element "Results"

critical element "People"

levels
{LEVELS}
summary rating
  score is the average of points
  score at least 4.5 is level 5
  score at least 2.5 and below 4.5 is level 3
  score below 2.5 is level 1
"""
ROSTER = "id,Results level,People level\na,5,4\nb,4,4\nc,3,3\n"
STUDIES = (
    ("rate", True),
    ("explain", True),
    ("sql", False),
    ("impact", True),
    ("count", False),
    ("prove", False),
    ("compare", False),
    ("check", False),
)


def _amendment(name: str, before: str, after: str, day: str = "") -> str:
    lines = [
        f'amendment "{name}"',
        '  amends "Base"',
        f"  in force from {day}" if day else "",
        '  because "Tried."',
        "",
    ]
    cuts = [(f"at least {cut}", f"at least 2.5 and below {cut}") for cut in (before, after)]
    change = [
        f"  {edit} score {limit} is level {level}"
        for level, at in ((5, 0), (3, 1))
        for edit, limit in (("strike", cuts[0][at]), ("insert", cuts[1][at]))
    ]
    return "\n".join([each for each in lines if each] + ["", "summary rating", *change, ""])


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A policy, a roster, `A` that lowers a cut, `C` that takes the cut of `A` lower, `D` that does so of the text."""
    (tmp_path / "base.sespms").write_text(POLICY, encoding="utf-8")
    (tmp_path / "roster.csv").write_text(ROSTER, encoding="utf-8")
    for name, before, after in (("A", "4.5", "4"), ("C", "4", "3"), ("D", "4.5", "3.5")):
        (tmp_path / f"{name}.sespms").write_text(_amendment(name, before, after), encoding="utf-8")
    return tmp_path


def _levels(folder: Path, policy: str, *options: str) -> list[str]:
    lines = run("rate", folder / policy, folder / "roster.csv", "--format", "csv", *options).stdout.splitlines()
    return [line.split(",")[3] for line in lines[1:]]


def _named(folder: Path, *names: str) -> str:
    return "+".join(str(folder / f"{name}.sespms") for name in names)


@pytest.mark.case(KIND)
def test_one_that_builds_on_another_is_carried_out_behind_it(folder: Path) -> None:
    assert _levels(folder, "base.sespms") == ["5", "3", "3"]
    assert _levels(folder, "base.sespms", "--with", _named(folder, "A")) == ["5", "5", "3"]
    assert _levels(folder, "base.sespms", "--with", _named(folder, "A", "C")) == ["5", "5", "5"]


@pytest.mark.case(KIND)
@pytest.mark.parametrize(("command", "of_roster"), STUDIES)
def test_every_study_takes_both_together(folder: Path, command: str, of_roster: bool) -> None:
    asked = [folder / "roster.csv"] * of_roster + ["--id", "c"] * (command == "explain")
    asked += ["--guarantee", "every appraisal gets exactly one level"] * (command == "prove")
    done = run(command, folder / "base.sespms", *asked, "--with", _named(folder, "A", "C"))
    assert "SES104" not in done.output
    assert done.exit_code == 0


@pytest.mark.case(KIND)
@pytest.mark.parametrize(("command", "of_roster"), STUDIES)
def test_alone_it_is_led_to_the_other_once(folder: Path, command: str, of_roster: bool) -> None:
    """Led to the sentence of the text, it could no longer be carried out behind the other."""
    asked = [folder / "roster.csv"] * of_roster + ["--id", "c"] * (command == "explain")
    asked += ["--guarantee", "every appraisal gets exactly one level"] * (command == "prove")
    done = run(command, folder / "base.sespms", *asked, "--with", _named(folder, "C"))
    said = " ".join(done.output.split())
    assert said.count("error SES104") == 2
    assert (
        said.count(
            '`A` inserts it, and an amendment changes the text as it is written; name both, as in `--with "A+C"`'
        )
        == 2
    )
    assert "proposal: strike" not in said


@pytest.mark.case(KIND)
def test_behind_the_one_in_force_on_the_day_it_is_carried_out_on_that(folder: Path) -> None:
    dated = POLICY + "\n" + _amendment("A", "4.5", "4", "2026-01-01")
    (folder / "dated.sespms").write_text(dated, encoding="utf-8")
    named = ("--with", _named(folder, "C"))
    assert _levels(folder, "dated.sespms", "--as-of", "2026-02-01", *named) == ["5", "5", "5"]
    assert (
        "SES104" in run("rate", folder / "dated.sespms", folder / "roster.csv", "--as-of", "2025-12-31", *named).output
    )


def _in_one_file(*amendments: tuple[str, str, str, str]) -> Source:
    return Source("policy.sespms", POLICY + "".join("\n" + _amendment(*each) for each in amendments))


@pytest.mark.case(KIND)
def test_of_one_file_a_later_one_changes_the_text_of_its_day() -> None:
    made = compile_source(_in_one_file(("A", "4.5", "4", "2026-01-01"), ("C", "4", "3", "2026-07-01")))
    assert [each.code for each in made.diagnostics if each.code == "SES104"] == []
    texts = [(each.first.isoformat(), each.by) for each in judged_texts(made)[1:]]
    assert texts == [("2026-01-01", "A"), ("2026-07-01", "A and C")]
    turned = compile_source(_in_one_file(("C", "4", "3", "2026-07-01"), ("A", "4.5", "4", "2026-01-01")))
    assert [(each.first.isoformat(), each.by) for each in judged_texts(turned)[1:]] == texts


@pytest.mark.case(KIND)
@pytest.mark.parametrize("command", ["rate", "impact", "count", "check", "compare"])
def test_of_one_file_a_later_one_by_its_name_alone_is_led_to_the_earlier(folder: Path, command: str) -> None:
    """By its name it is a text by itself, and its day is not named."""
    path = folder / "dated.sespms"
    path.write_text(_in_one_file(("A", "4.5", "4", "2026-01-01"), ("C", "4", "3", "2026-07-01")).text, encoding="utf-8")
    asked = [folder / "roster.csv"] * (command in ("rate", "impact"))
    said = " ".join(run(command, path, *asked, "--with", "C").output.split())
    assert said.count("error SES104") == said.count('name both, as in `--with "A+C"`') == 2
    assert "error SES104" not in run(command, path, *asked, "--with", "A+C").output


@pytest.mark.case(KIND)
def test_of_one_file_a_text_that_cannot_be_made_on_some_day_is_told() -> None:
    """`check` passed it, and `rate --as-of` of that day had no text to rate by."""
    made = compile_source(_in_one_file(("A", "4.5", "4", "2026-01-01"), ("D", "4.5", "3.5", "2026-07-01")))
    found = [each for each in made.diagnostics if each.code == "SES104"]
    assert [each.span.text for each in found] == [
        "score at least 4.5 is level 5",
        "score at least 2.5 and below 4.5 is level 3",
    ]
    assert found[0].help == "`strike` repeats the whole sentence; the nearest there is `score at least 4 is level 5`"


@pytest.mark.case(KIND)
def test_one_that_outlives_what_it_builds_on_is_told() -> None:
    text = _in_one_file(("A", "4.5", "4", "2026-01-01 to 2026-12-31"), ("C", "4", "3", "2026-07-01"))
    found = [each for each in compile_source(text).diagnostics if each.code == "SES104"]
    assert len(found) == 2
    assert all(each.help and each.help.startswith("`A` inserts it") for each in found)


@pytest.mark.case(KIND)
def test_scenarios_under_a_later_one_are_run_on_the_text_of_its_day() -> None:
    scenario = '\nscenario "Three"\n  with amendment "C"\n  "Results" rated 3\n  "People" rated 3\n  expect level 5\n'
    source = _in_one_file(("A", "4.5", "4", "2026-01-01"), ("C", "4", "3", "2026-07-01"))
    made = compile_source(Source(source.name, source.text + scenario))
    assert [each.passed for each in made.scenarios] == [True]
    assert not made.has_errors
