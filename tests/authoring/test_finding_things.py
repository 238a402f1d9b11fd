"""Pages of findings in the terminal, and the phrase book searched by the words that people use."""

from __future__ import annotations

import json

import pytest

from cli.running import run
from sespms_rules.authoring.phrase_search import searched
from sespms_rules.foundation.resources import package_folder
from sespms_rules.language.phrasebook import phrase_book


@pytest.mark.parametrize("asked", ["SES214", "ses214", "214", "band-gap", "Band gap"])
def test_a_page_is_found_by_its_code_and_by_its_name(asked: str) -> None:
    result = run("page", asked)
    assert result.exit_code == 0
    assert result.stdout.startswith("# SES214 band-gap\n")


def test_every_page_can_be_shown() -> None:
    for path in package_folder().rglob("ses[0-9][0-9][0-9]_*.md"):
        code = path.name[:6].upper()
        found = json.loads(run("page", code, "--format", "json").stdout)
        assert found["code"] == code
        assert found["name"], path.name
        assert found["text"] == path.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("asked", "near"), [("bandgap", "band-gap"), ("SES2144", "SES2"), ("unknwon-word", "unknown-word")]
)
def test_a_page_that_there_is_not_is_said_with_the_nearest(asked: str, near: str) -> None:
    result = run("page", asked)
    assert result.exit_code == 2
    assert f"there is no finding `{asked}`" in result.stderr
    assert near in result.stderr


def test_a_word_of_several_names_shows_them() -> None:
    said = run("page", "gap").stderr
    assert "there is no finding `gap`; names that hold it: `band-gap` (SES214), `table-gap` (SES227)" in said


def test_what_an_agency_named_in_an_example_is_not_found_by() -> None:
    assert not any(
        "The Board reviewed" in example for each in searched(phrase_book(), "appeal") for example in each.examples
    )


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ("cap", "makes the rating no higher than level"),
        ("mid-year", "tells the executive how the work stands"),
        ("PRB", "has at least"),
        ("weighted average", "average"),
        ("appeal", "is not appealable"),
        ("bonus", "performance award"),
        ("quota", "prohibits a forced distribution"),
        ("fired", "removal"),
        ("deadline response", "written response"),
        ("example", "expect level"),
        ("unsatisfactory", "any critical element at level 1 makes the rating level 1"),
        ("due date", "initial rating by rating official within 30 days"),
        ("response", "written response by executive"),
        ("supervisor", "initial rating by rating official"),
        ("self assessment", "executive narrative by executive"),
        ("PIP", "level 1 requires"),
        ("tie", "rounded half up"),
        ("signature", "is in writing"),
        ("not rated", "unrated elements are left out"),
    ],
)
def test_a_sentence_is_found_by_what_people_call_it(words: str, sentence: str) -> None:
    found = searched(phrase_book(), words)
    assert found
    assert any(sentence in example for each in found for example in each.examples), [each.sentence for each in found]


def test_a_word_that_no_sentence_speaks_of_is_said() -> None:
    result = run("phrases", "--find", "xylophone")
    assert result.exit_code == 2
    assert "no sentence speaks of `xylophone`" in result.stderr
