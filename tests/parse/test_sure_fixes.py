"""A sure fix keeps what is meant: every place that makes one, with the reason, and every change that takes it back."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

import sespms_rules
from parse.test_no_help_astray import one
from sespms_rules.language.parsing.natural.meaning_kept import CHANGES, changes_of_meaning

PACKAGE = Path(sespms_rules.__file__).parent

ASTRAY = [
    ("rating steps", "final rating by appointing authority", "annual rating by appointing authority", "a final rating"),
    ("rating steps", "summary rating by appointing authority", "annual rating by appointing authority", "a summary"),
    (
        "summary rating",
        "any critical element at level 1 makes the annual rating level 1",
        "any critical element at level 1 makes the rating level 1",
        "the annual rating is given by a person",
    ),
    (
        "summary rating",
        "any critical element at level 1 makes the overall rating level 1",
        "any critical element at level 1 makes the rating level 1",
        "an overall rating",
    ),
    ("weights", '"Results Driven" has the highest weight', 'none above "Results Driven"', "another element may"),
    ("weights", '"Results Driven" must carry the most weight', 'none above "Results Driven"', "another element may"),
    ("weights", '"Results Driven" is the heaviest', 'none above "Results Driven"', "another element may"),
    ("weights", "no critical element may exceed 40", "all at most 40", "it then speaks of noncritical"),
    ("job changes", "details are appraised", "details are appraised in writing", "it then asks for it in writing"),
    ("progress review", "at least once", "happens at least 1 time each period", "it then says how often"),
    (
        "uses of results",
        "level 5 gets a performance award",
        "level 5 allows performance award",
        "to allow is less than to give",
    ),
    ("uses of results", "level 5 allows a bonus", "level 5 allows performance award", "it then speaks of performance"),
    (
        "awards and pay",
        "pay increase is at most 5% of base salary",
        "pay increase is at most 5% of basic pay",
        "a salary",
    ),
    (
        "rating steps",
        "rating official may change the rating for written reasons",
        "annual rating may change the rating for written reasons",
        "the annual rating is the appointing",
    ),
    ("appraisal", "may not be grieved", "is not appealable", "a grievance is no appeal"),
    ("weights", "the 3 elements total 100", "total 100", "the number of elements falls away"),
    ("weights", "the five elements sum to 100", "total 100", "the number of elements falls away"),
    ("progress review", "happens annually", "happens at least 1 time each year", "more often is then allowed"),
]


@pytest.mark.parametrize(("part", "said", "offered", "why"), ASTRAY)
def test_what_changes_the_meaning_is_proposed_and_says_how(part: str, said: str, offered: str, why: str) -> None:
    told = one(part, said)
    (fix,) = told.fixes
    assert fix.replacement == offered
    assert not fix.sure
    assert f"; {why}" in (told.help or "")


KEPT = [
    ("rating steps", "the annual rating is given by appointing authority", "annual rating by appointing authority"),
    (
        "summary rating",
        "any critical element at level 1 makes the summary rating level 1",
        "any critical element at level 1 makes the rating level 1",
    ),
    ("weights", '"Results Driven" must not weigh less than any other element', 'none above "Results Driven"'),
    ("weights", "no element may exceed 40", "all at most 40"),
    ("weights", "the elements must add up to 100%", "total 100"),
    ("progress review", "happens at least annually", "happens at least 1 time each year"),
    ("appraisal", "may not be appealed", "is not appealable"),
]


@pytest.mark.parametrize(("part", "said", "offered"), KEPT)
def test_what_keeps_the_meaning_is_written_unasked(part: str, said: str, offered: str) -> None:
    (fix,) = one(part, said).fixes
    assert (fix.replacement, fix.sure) == (offered, True)


@pytest.mark.parametrize("levels", ["level 3 and level 5", "level 4", "level 2, level 3 and level 4"])
def test_or_better_is_not_offered_where_it_lets_in_levels_that_were_not_named(levels: str) -> None:
    told = one("awards and pay", f"only {levels} are eligible for awards")
    assert told.fixes == ()
    assert "or better" not in (told.help or "")


@pytest.mark.parametrize("levels", ["level 5", "level 4 and level 5", "level 3, level 4 and level 5"])
def test_or_better_says_nothing_where_every_better_level_was_named(levels: str) -> None:
    told = one("awards and pay", f"only {levels} are eligible for awards")
    assert told.fixes[0].replacement == f"performance award needs level {levels[6]} or better"
    assert "named or not" not in (told.help or "")


def test_a_majority_of_every_board_is_not_one_for_career_executives_alone() -> None:
    told = one("performance review board", "more than half of the members must be career appointees")
    assert [(fix.replacement, fix.sure) for fix in told.fixes] == [
        ("has a career majority for career executives", False)
    ]
    assert "; it asks for the majority only where a career executive is considered" in (told.help or "")


def test_every_change_of_meaning_is_shown() -> None:
    shown = {why for _, said, offered, _ in ASTRAY for why in changes_of_meaning(said, offered)}
    beside = {
        "it then speaks of critical elements alone": ("rates every element", "rates every critical element"),
        "it then speaks of performance awards alone": ("cash awards for performance", "performance award"),
        "it then does not say when": (
            "transfers are appraised in writing at departure",
            "transfers are appraised in writing",
        ),
        "an earlier day is then allowed too": ("is communicated at the start", "is communicated by period start"),
        "an interim review need not come in the middle of the year": (
            "one interim review",
            "includes a mid-year review",
        ),
        "it then speaks of strategic goals alone": (
            "each requirement is linked to a goal",
            "each requirement has at least 1 strategic goal",
        ),
        "it then speaks of every record": ("ratings are kept for 5 years", "are kept 5 years"),
        "a period is not the time that an executive serves": (
            "executives must serve 90 days",
            "lasts at least 90 days",
        ),
    }
    for why, (said, offered) in beside.items():
        assert why in changes_of_meaning(said, offered)
    assert shown | set(beside) == {each.why for each in CHANGES}


SURE = {
    ("language/parsing/faults.py", "write `to`"): "a dash between two numbers of a range is `to`",
    (
        "language/parsing/faults.py",
        "write `{meant}`",
    ): "sure where the word is one of the language but for a letter, and the sentence then goes on",
    ("language/parsing/headings.py", "indent it"): "the whole sentence is one of the part it stands in",
    ("language/parsing/headings.py", "leave it out"): "sure for a colon, a point or a semicolon behind a heading",
    (
        "language/parsing/headings.py",
        "write `{meant.heading}`",
    ): "sure where capitals, the plural or signs alone differ",
    ("language/parsing/headings.py", "write `{part}`"): "sure where a letter or so differs, and not the first",
    ("language/parsing/lexical_faults.py", "leave it out"): "a sign that nobody sees says nothing",
    ("language/parsing/lexical_faults.py", "put it in double quotes"): "single quotes mean the same",
    ("language/parsing/natural/saying.py", "title"): "sure where each way says so and no meaning is changed (above)",
    ("language/resolution/chapters.py", "leave out `insert`"): "a new block stands in the amendment without it",
    ("language/resolution/nearest.py", "write `{nearest}`"): "sure where both can only be spellings of one name",
    ("program/lowering/limits.py", "write `{words}`"): "sure where percent of 100 are the number itself",
}
"""Every place that may make a sure fix, and why it keeps what is meant."""


def _places() -> set[tuple[str, str]]:
    found = set()
    for path in PACKAGE.rglob("*.py"):
        text = path.read_text(encoding="utf-8")
        if "Fix(" not in text:
            continue
        for node in ast.walk(ast.parse(text)):
            if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "Fix"):
                continue
            given = {each.arg: each.value for each in node.keywords}
            value = given.get("sure", node.args[3] if len(node.args) > 3 else None)
            if not (isinstance(value, ast.Constant) and value.value is False):
                title = ast.unparse(node.args[0])
                found.add((str(path.relative_to(PACKAGE)), title.removeprefix("f").strip("'\"")))
    return found


def test_every_place_that_makes_a_sure_fix_is_in_the_table() -> None:
    assert _places() == set(SURE)


@pytest.mark.parametrize(("heading", "sure"), [("uncritical element", False), ("critcal element", True)])
def test_a_heading_is_put_right_unasked_only_where_it_begins_alike(heading: str, sure: bool) -> None:
    from sespms_rules.foundation.source import Source
    from sespms_rules.language.parsing import parse

    found = parse(Source("policy.sespms", f'system "Invented agency"\n\n{heading} "Results"\n  requires "A."\n'))[1]
    (fix,) = found[0].fixes
    assert (fix.replacement, fix.sure) == ("critical element", sure)
