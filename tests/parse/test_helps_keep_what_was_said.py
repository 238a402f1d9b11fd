"""An example in a help has the numbers of the sentence it answers, and no others: whoever is offered one copies it."""

from __future__ import annotations

import re

import pytest

from parse.test_a_hundred_sentences import TOLD
from parse.test_as_people_write_it import ELSEWHERE, TABLES, plain
from sespms_rules.foundation.source import Source
from sespms_rules.language.parsing import parse
from sespms_rules.language.parsing.natural.as_said import OPEN
from sespms_rules.language.parsing.natural.beyond import _BEYOND, said_elsewhere
from sespms_rules.language.syntax.words import PartKind

WORDS = {"one": "1", "two": "2", "three": "3", "four": "4", "five": "5"}
PARTS = {each.value: each for each in PartKind}

HEAD = """system "Example"
  has exactly 2 critical elements

critical element "Safety"

critical element "Results Driven"

"""

SAID = (
    ("summary rating", 'level 1 in "Safety" caps the rating at level 2', '"Safety" is at level 2 or better'),
    ("summary rating", 'level 2 in "Safety" caps the rating at level 2', '"Safety" is at level 3 or better'),
    ("summary rating", 'level 3 in "Safety" caps the rating at level 3', '"Safety" is at level 4 or better'),
    ("summary rating", 'level 4 on "Safety" caps the summary rating at level 4', '"Safety" is at level 5 or better'),
    ("guarantees", "no level 5 with an element below level 3", "`level 5 needs no element below level 3`"),
    ("guarantees", "no level 5 with a level 2 critical element", "`level 5 needs no critical element at level 2`"),
    ("guarantees", "no level 4 with an element at level 2 or below", f"`level 4 needs no element below level {OPEN}`"),
    ("guarantees", "nobody with an element below level 2 gets level 4", "`level 4 needs no element below level 2`"),
    ("summary rating", "halves are rounded down", "`rounded half down to … decimals`"),
    ("summary rating", "half points are rounded up", "`rounded half up to … decimals`"),
    ("summary rating", "fractions are rounded up", "`rounded up to … decimals`"),
    ("summary rating", "the score is rounded down to one decimal", "`rounded down to 1 decimal`"),
    ("summary rating", "scores are rounded", "`rounded … to … decimals`"),
    ("summary rating", "the score is truncated to 2 decimals", "`rounded down to 2 decimals`"),
    (
        "summary rating",
        "rating is the highest critical element",
        "`score is the highest of points of critical elements`",
    ),
    ("summary rating", "overall rating is the average of the elements", "`score is the average of points`"),
    ("summary rating", "the overall rating is level 4", "`level 4 when score is at least …`"),
    (
        "summary rating",
        "executives with less than 120 days are not rated",
        '`not rated when "days served" is less than 120`',
    ),
    ("summary rating", "no executive with fewer than 60 days gets level 5", '`"days served" is less than 60`'),
    (
        "summary rating",
        "the majority of critical element ratings decides the rating",
        "`level … when more than half of the critical elements are at level …`",
    ),
    ("distribution", "up to 20% rated level 5", "`at most 20% of career executives at level 5`"),
    (
        "distribution",
        "at most 12.5% rated level 4 or better",
        "`at most 12.5% of career executives at level 4 or better`",
    ),
    ("distribution", "no more than 15% may be rated at level 5 or 4", "`at most 15% of career executives at level …`"),
    ("table", "above 10 gives 5%", "`at least … gives 5%`; `at least 10 gives 5%` takes 10 itself in"),
    ("table", "more than 4.5 gives 8 percent", "`at least … gives 8%`; `at least 4.5 gives 8%` takes 4.5 itself in"),
    ("facts", '"days" is a number with 1 decimal', '`"days" is a number from … to … with 1 decimal`'),
    ("facts", '"days" is over 5', '`"days" is a whole number from … to …`'),
    ("rating steps", "the board reviews the rating after the initial rating", "by board after initial rating`"),
)


def told(part: str, written: str) -> str:
    """The help for the one sentence that cannot be read."""
    heading = 'table "T"' if part == "table" else part
    (finding,) = (
        each for each in parse(Source("p.sespms", f"{HEAD}{heading}\n  {written}\n"))[1] if each.code != "SES025"
    )
    assert finding.fixes == ()
    return finding.help


def numbers(text: str) -> set[str]:
    """What stands in a text as a number, in digits or as a word."""
    counted = re.sub(r"\b[a-z]+\b", lambda each: WORDS.get(each[0].lower(), each[0]), text, flags=re.IGNORECASE)
    return set(re.findall(r"\d+(?:\.\d+)?", counted))


def offered(help: str) -> set[str]:
    """The numbers of the examples of a help."""
    return set(re.findall(r"\d+(?:\.\d+)?", " ".join(re.findall(r"`([^`]*)`", help))))


@pytest.mark.parametrize(("part", "written", "example"), SAID)
def test_a_help_keeps_the_number_and_the_direction(part: str, written: str, example: str) -> None:
    help = told(part, written)
    assert example in help
    assert (f"put your own in place of `{OPEN}`" in help) is (help.count(OPEN) > 1)
    if "caps the" not in written:  # there the level above the one named is derived, and held above
        assert offered(help) <= numbers(written)


@pytest.mark.parametrize("level", ["5"])
def test_a_cap_from_the_best_level_has_no_level_above_it_to_ask_for(level: str) -> None:
    for written in (
        f'level {level} in "Safety" caps the rating at level 3',
        f'level 3 in "Safety" caps the rating at level {level}',
    ):
        assert "or better" not in told("summary rating", written)


def test_no_help_of_the_two_lists_shows_a_number_that_was_not_said() -> None:
    lists = [(part, written, help) for part, written, help in TOLD]
    lists += [(part, plain(written), help) for written, part, help in TABLES[ELSEWHERE]]
    known = 0
    for part, written, help in lists:
        own = said_elsewhere(written, PARTS.get(part))
        if own is None or "caps the" in written:
            continue
        known += 1
        assert offered(own) <= numbers(written), (written, help)
    assert known > 30


def test_no_fixed_help_has_a_number_in_an_example() -> None:
    fixed = [each.help for each in _BEYOND if isinstance(each.help, str)]
    assert len(fixed) > 25
    for help in fixed:
        assert offered(re.sub(r"\\\d", "", help)) == set(), help


@pytest.mark.parametrize("levels", ["level 3 and level 5", "level 2, level 3 and level 5", "level 3 and level 4"])
def test_levels_that_are_named_one_by_one_let_in_no_other(levels: str) -> None:
    found = parse(Source("p.sespms", f"{HEAD}awards and pay\n  only {levels} are eligible for awards\n"))[1]
    assert found
    assert not [fix for each in found for fix in each.fixes]
    assert not any("or better" in each.help for each in found)


def test_what_its_author_has_still_to_say_is_never_read() -> None:
    sentence = re.search(r"`(level [^`]*)`", told("summary rating", 'level 3 in "Safety" caps the rating at level 3'))
    assert sentence is not None
    assert OPEN in sentence[1]
    assert parse(Source("p.sespms", f"{HEAD}summary rating\n  {sentence[1]}\n"))[1] != ()
