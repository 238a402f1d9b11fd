"""Terms that differ between the levels block and other wording. All agencies and their sentences are invented."""

from __future__ import annotations

import pytest

from checks.checking import LEVELS, marked, of
from sespms_rules.checks.analysis.terms import MEANINGS

VOCABULARIES = {
    "of the law": (
        "Outstanding",
        "Exceeds Fully Successful",
        "Fully Successful",
        "Minimally Satisfactory",
        "Unsatisfactory",
    ),
    "of expectations": (
        "Exceptional",
        "Exceeds Expectations",
        "Meets Expectations",
        "Partially Meets Expectations",
        "Unacceptable",
    ),
    "of achievement": (
        "Achieved Excellence",
        "Exceeded Expectations",
        "Achieved Expectations",
        "Minimally Satisfactory",
        "Unacceptable",
    ),
    "with numbers": (
        "Category 1, Distinguished",
        "Category 2, Commendable",
        "Category 3, Successful",
        "Category 4, Marginal",
        "Category 5, Unacceptable",
    ),
    "of its own": ("Shining Light", "Bright Light", "Steady Light", "Flickering Light", "Darkness"),
}


def levels(terms: tuple[str, ...]) -> str:
    lines = "".join(f'  level {5 - place} "{term}" {5 - place} points\n' for place, term in enumerate(terms))
    return f"\nlevels\n{lines}"


def said(text: str, block: str = LEVELS) -> list[str]:
    """The words that are found in the purpose of a system."""
    return marked(of("SES250", f'  purpose "{text}"', block))


PLAIN = [name for name in VOCABULARIES if name.startswith("of ") and name != "of its own"]


@pytest.mark.parametrize("own", VOCABULARIES)
@pytest.mark.parametrize("other", PLAIN)
def test_the_terms_of_others_are_found_and_never_the_own(own: str, other: str) -> None:
    mine = {term.split(", ")[-1] for term in VOCABULARIES[own]}
    for term in VOCABULARIES[other]:
        text = f"Help for those who are rated {term} or less."
        is_found = term not in mine
        assert said(text, levels(VOCABULARIES[own])) == ([term] if is_found else []), term


@pytest.mark.parametrize("own", VOCABULARIES)
def test_a_system_may_use_its_own_terms_everywhere(own: str) -> None:
    for number, term in zip((5, 4, 3, 2, 1), VOCABULARIES[own], strict=True):
        word = term.split(", ")[-1]
        for text in (f"{word} work.", f"Is {word}.", f"Rated {term}.", f"Level {number} ({word}).", word.upper()):
            assert said(text, levels(VOCABULARIES[own])) == [], text


@pytest.mark.parametrize(
    "text",
    [
        "Work is outstanding when others copy it.",
        "Outstanding work is copied by others. Exceptional care is taken; Superior courts are told.",
        "Exceeds Fully Successful standards in most respects.",
        "Exceeds what was asked, and is fully successful in the rest.",
        "Meets expectations. Minimally acceptable work gets help.",
        "Meets Fully Successful standards.",
        "The Distinguished Executive award, the Center of Excellence and the Outstanding Leadership Medal.",
        "Nothing below the fully successful level is rewarded.",
        "Rated Outstanding, or rated fully successful, or given an unsatisfactory rating.",
        "Level 3 (Fully Successful), Level 4: Exceeds Fully Successful and Outstanding (level 5).",
        "It does not say how satisfactory a needs assessment is.",
        "OUTSTANDING, EXCEEDS FULLY SUCCESSFUL, FULLY SUCCESSFUL.",
    ],
)
def test_plain_english_and_the_systems_own_terms_are_no_fault(text: str) -> None:
    assert said(text) == []


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Those at Minimally Successful get help.", "Minimally Successful"),
        ("Minimally Successful work gets help.", "Minimally Successful"),
        ("Whoever is rated minimally successful gets help.", "minimally successful"),
        ("A minimally successful rating is told at once.", "minimally successful"),
        ("Work that Exceeds Expectations.", "Exceeds Expectations"),
        ("Each is rated 'Meets Expectations'.", "Meets Expectations"),
        ("Whoever is Unacceptable gets help.", "Unacceptable"),
        ("Between Minimaly Satisfactory and better.", "Minimaly Satisfactory"),
        ("All are Fully Succesful here.", "Fully Succesful"),
        ("MINIMALLY SUCCESSFUL.", "MINIMALLY SUCCESSFUL"),
        ("Level 4 (Fully Successful) is the aim.", "Fully Successful"),
        ("Fully Successful (Level 2) is the aim.", "Fully Successful"),
    ],
)
def test_a_term_of_no_level_or_of_another_is_found(text: str, words: str) -> None:
    assert said(text) == [words]


def test_the_level_that_is_probably_meant_is_offered_by_meaning() -> None:
    (finding,) = of("SES250", '  purpose "All Exceeds Expectations."', levels(VOCABULARIES["of the law"]))
    assert finding.message == "the text speaks of `Exceeds Expectations`, and no level has that term"
    assert finding.help.startswith("if level 4 is meant, write `Exceeds Fully Successful`; ")
    assert [label.span.text for label in finding.labels] == ['"Exceeds Fully Successful"']
    (unknown,) = of("SES250", '  purpose "All who are rated Highly Acceptable."', LEVELS)
    assert unknown.help.startswith("write the term of the level that is meant: `Outstanding`, ")
    assert set(MEANINGS.values()) == {1, 2, 3, 4, 5}


def test_a_term_beside_the_number_of_another_level() -> None:
    (finding,) = of("SES250", '  purpose "Level 4, Fully Successful, is the aim."', LEVELS)
    assert finding.message == "the text calls level 4 `Fully Successful`, which is the term of level 3"


@pytest.mark.parametrize(
    "sentence",
    [
        'standards\n  level 2 means "Those rated Minimally Successful."',
        'standards\n  level 2 means """\n    A long text\n    on Minimally Successful work.\n    """',
        'critical element "One"\n  requires "No report is rated Minimally Successful."',
        'critical element "One"\n  requires "Good work." toward "Nobody at Minimally Successful"',
        'rating steps\n  initial rating "Minimally Successful review" by rating official',
        'job changes\n  other cases "A detail rated Minimally Successful counts."',
        'summary rating\n  ask reviewer "Is none Minimally Successful?" when score is at least 4',
        'table "Word"\n  level 2 gives "Minimally Successful"',
        'table "Word"\n  100 to 200 gives "Minimally Successful"\n  otherwise gives "Unsatisfactory"',
        'scenario "Rated Minimally Successful"\n  expect level 2',
    ],
)
def test_all_wording_of_the_agency_is_read(sentence: str) -> None:
    assert marked(of("SES250", LEVELS, sentence)) == ["Minimally Successful"]


def test_a_term_may_run_over_a_line() -> None:
    lines = '  purpose """\n    Between Minimally Satisfactory and Fully\n    {}.\n    """'
    assert of("SES250", lines.format("Successful"), LEVELS) == []
    assert marked(of("SES250", lines.format("Satisfactory"), LEVELS)) == ["Fully\n    Satisfactory"]


def test_what_a_system_says_of_others_is_left_alone() -> None:
    head = '  adapts "Minimally Successful" because "OPM says Minimally Satisfactory."\n'
    head += '  accepts SES250 because "Minimally Successful stands in the law of our state."\n'
    assert of("SES250", head, levels(VOCABULARIES["of expectations"])) == []


def test_without_a_levels_block_the_terms_are_the_laws() -> None:
    assert said("Those rated Minimally Satisfactory, or Fully Successful.", "") == []
    assert said("Those rated Minimally Successful.", "") == ["Minimally Successful"]
