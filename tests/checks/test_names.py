"""Names that a reader takes for one: composition, signs nobody sees, letters of another script."""

from __future__ import annotations

import unicodedata

import pytest

from checks.checking import LEVELS, found, of
from sespms_rules.foundation import letters
from sespms_rules.foundation.source import Source
from sespms_rules.pipeline import compile_source


def two(one: str, other: str) -> str:
    return f'critical element "{one}"\n\ncritical element "{other}"\n'


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Results", "R\u0435sults"),  # a Cyrillic e
        ("Results", "Res\u200bults"),  # a space of no width
        ("Results", "\uff32esults"),  # a wide R
        ("Mission", "Missi\u03bfn"),  # a Greek o
        ("COP", "\u0421\u041e\u0420"),  # Cyrillic alone
    ],
)
def test_names_that_look_alike_are_told(one: str, other: str) -> None:
    (finding,) = of("SES143", two(one, other), LEVELS)
    assert finding.labels[0].message == "the other name"


@pytest.mark.attack("invisible signs in names")
@pytest.mark.parametrize(
    "sign",
    [
        "\u00ad",  # a soft hyphen
        "\u034f",  # a joiner of graphemes
        "\u061c",  # a mark of direction
        "\u115f",  # a filler of Hangul
        "\u180e",
        "\u200b",
        "\u200d",
        "\u2060",
        "\u2063",  # an invisible separator
        "\u202e",
        "\u3164",
        "\ufe0f",  # a selector of variants
        "\ufeff",
        "\uffa0",
        "\U000e0041",  # a tag
        "\U000e0100",
    ],
    ids=ascii,
)
@pytest.mark.parametrize("at", [0, 3, 7])
def test_a_sign_that_nobody_sees_makes_no_other_name(sign: str, at: int) -> None:
    """Told as a name that looks the same; or, at its ends, read as one name that is used twice."""
    other = f"{'Results'[:at]}{sign}{'Results'[at:]}"
    text = 'system "S"\n\n' + two("Results", other) + "\n" + LEVELS
    codes = {each.code for each in compile_source(Source("policy.sespms", text)).diagnostics}
    assert codes & {"SES143", "SES107"}, codes


@pytest.mark.parametrize(("one", "other"), [("Results", "Result"), ("Goal 1", "Goal 2"), ("Équité", "Equite")])
def test_names_that_a_reader_tells_apart_are_not(one: str, other: str) -> None:
    assert of("SES143", two(one, other), LEVELS) == []


def test_a_value_and_an_element_that_look_alike_are_told() -> None:
    rating = 'summary rating\n  "r\u0435sults" is the sum of points\n  score is "r\u0435sults"\n'
    assert len(of("SES143", two("Results", "Other"), LEVELS, rating)) == 1


def test_names_that_differ_in_case_are_told_once_and_a_value_may_be_called_as_its_table() -> None:
    assert of("SES143", two("Results", "RESULTS"), LEVELS) == []
    assert len(of("SES271", two("Results", "RESULTS"), LEVELS)) == 1
    rating = 'summary rating\n  "results" is the sum of points\n  score is "results"\n'
    assert of("SES143", two("Results", "Other"), LEVELS, rating) == []


@pytest.mark.attack("look-alike letters in names")
@pytest.mark.parametrize(("name", "letter"), [("R\u0435sults", "\u0435"), ("Missi\u03bfn One", "\u03bf")])
def test_a_word_in_two_scripts_is_told(name: str, letter: str) -> None:
    (finding,) = of("SES144", two(name, "Other"), LEVELS)
    assert f"the letter `{letter}`" in finding.message


@pytest.mark.parametrize("name", ["Équité", "Résumé \u03b1\u03b2", "\u0426\u0435\u043b\u044c", "Straße"])
def test_words_each_in_one_script_are_not(name: str) -> None:
    assert of("SES144", two(name, "Other"), LEVELS) == []


def test_a_name_composed_in_another_way_is_the_same_name() -> None:
    name = "Équité"
    apart = unicodedata.normalize("NFD", name)
    assert name != apart
    text = f'system "S"\n\ncritical element "{name}"\n\nscenario "x"\n  "{apart}" rated 4\n  expect level 4\n'
    assert not [each for each in found(text) if "quit" in each.message]
    twice = of("SES143", two(name, apart), LEVELS)
    assert twice == []  # one name, used twice: SES107 says so


LIKE = sorted(letters._LIKE_LATIN.items())


def test_every_look_alike_is_one_letter_of_another_script() -> None:
    assert len(LIKE) == 82
    scripts = {unicodedata.name(chr(letter)).split()[0] for letter, _ in LIKE}
    assert scripts == {"GREEK", "CYRILLIC", "ARMENIAN"}
    for letter, latin in LIKE:
        assert chr(letter).isalpha()
        assert latin.isascii()
        assert latin.isalpha()
        assert unicodedata.normalize("NFKC", chr(letter)) == chr(letter)


@pytest.mark.attack("look-alike letters in names")
@pytest.mark.parametrize(
    ("letter", "latin"),
    [
        ("GREEK SMALL LETTER ALPHA", "a"),
        ("GREEK SMALL LETTER RHO", "p"),
        ("GREEK CAPITAL LETTER IOTA", "I"),
        ("CYRILLIC SMALL LETTER WE", "w"),
        ("CYRILLIC SMALL LETTER QA", "q"),
        ("CYRILLIC LETTER PALOCHKA", "I"),
        ("ARMENIAN SMALL LETTER OH", "o"),
        ("ARMENIAN CAPITAL LETTER SEH", "U"),
        ("ARMENIAN SMALL LETTER HO", "h"),
    ],
)
def test_a_look_alike_of_unicodes_list_is_read_as_it_looks(letter: str, latin: str) -> None:
    sign = unicodedata.lookup(letter)
    assert letters.as_read(f"x{sign}x") == f"x{latin}x"
    assert len(of("SES143", two(f"Goal x{latin}x", f"Goal x{sign}x"), LEVELS)) == 1
    assert len(of("SES144", two(f"Goal x{sign}x", "Other"), LEVELS)) == 1
