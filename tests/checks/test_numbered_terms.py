"""Terms that hold the number of another level, and those that only look so."""

from __future__ import annotations

from pathlib import Path

import pytest

from rosters.every_engine import in_every_way, program_of
from sespms_rules.foundation.source import Source
from sespms_rules.pipeline import compile_source

RULES = """
system "Invented Mint Office"
critical element "Leading People"
critical element "Results"
levels
  level 5 "{five}" 5 points equivalent to outstanding
  level 4 "{four}" 4 points equivalent to exceeds fully successful
  level 3 "Fully Successful" 3 points equivalent to fully successful
  level 2 "Minimal" 2 points equivalent to minimally satisfactory
  level 1 "Unsatisfactory" 1 point equivalent to unsatisfactory
summary rating
  score is 30% of the points of "Leading People" + 70% of the points of "Results"
  score at least 4.5 is level 5
  score at least 3.5 and below 4.5 is level 4
  score at least 2.5 and below 3.5 is level 3
  score at least 1.5 and below 2.5 is level 2
  score below 1.5 is level 1
"""
FOUND = {"SES679", "SES761"}


def told(five: str, four: str = "Exceeds") -> tuple[set[str], bool]:
    """The codes about numbers in terms, and whether the policy can be run."""
    compiled = compile_source(Source("p.sespms", RULES.format(five=five, four=four)))
    return {each.code for each in compiled.diagnostics} & FOUND, bool(compiled.programs)


@pytest.mark.parametrize(
    "words",
    [
        "1",
        "Level 1",
        "level  1",
        "LEVEL-1",
        "L1",
        "L 1",
        "Lvl 1",
        "#1",
        "1.",
        "1.0",
        "1)",
        "\u0661",
        "\uff11",
        "Level\u00a01",
    ],
)
def test_a_number_alone_is_an_error_and_nothing_is_rated(words: str) -> None:
    assert told(words) == ({"SES679"}, False)


@pytest.mark.parametrize(
    "words",
    ["Tier 1", "Category 1, Distinguished", "1 - Outstanding", "1: Outstanding", "Outstanding (1)", "Rating 1",
     "Band 1",
     "1 \u2013 Outstanding", "1/Outstanding", "Outstanding - 1", "Grade 2 (Best)", "Outstanding, level 2"],
)  # fmt: skip
def test_a_number_beside_words_is_a_note(words: str) -> None:
    assert told(words) == ({"SES761"}, True)


@pytest.mark.parametrize(
    "words",
    ["5", "Level 5", "L5", "Tier 5", "5 - Outstanding", "Outstanding (5)", "Level 10", "Top 10 percent",
     "Meets 3 of 4 goals",
     "First", "Outstanding", "2026", "Class of 2025", "A1"],
)  # fmt: skip
def test_what_is_its_own_number_or_none_is_not_told(words: str) -> None:
    assert told(words) == (set(), True)


def test_a_term_is_read_before_a_number(tmp_path: Path) -> None:
    """`Level 10` is the term of level 5, and `Tier 1` too would be; all engines read it so."""
    roster = tmp_path / "r.csv"
    roster.write_text("id,Leading People level,Results level\nN-1,Level 10,level  10\nN-2,Tier 2,4\n", encoding="utf-8")
    (_, wanted), *others = in_every_way(roster, program_of(RULES.format(five="Level 10", four="Tier 2")))
    assert [row["level"] for row in wanted] == [5, 4]
    assert all(found == wanted for _, found in others)
