"""Amendments: of a system, of an edition, and the scenarios under them."""

from __future__ import annotations

import pytest

from resolve.resolving import document_of, only, resolved, system_of, told, words
from sespms_rules.language.resolution import (
    EMPTY_LIBRARY,
    FolderLibrary,
    amended,
    amended_edition,
    find_amendment,
    find_system,
)
from sespms_rules.language.syntax.words import PartKind

SYSTEM = """
system "Invented"
  has exactly 2 critical elements
critical element "People"
critical element "Results"
weights
  total 100
  "Results" at least 20
summary rating
  score is the sum of points times weight
  score 475 to 500 is level 5
  score 400 to 474 is level 4
scenario "Today"
  "People"  weight 50 rated 5
  "Results" weight 50 rated 4
  expect level 4
scenario "Tomorrow"
  with amendment "Raise the bar"
  "People"  weight 50 rated 5
  "Results" weight 50 rated 4
  expect level 4
"""
RAISE = """
amendment "Raise the bar"
  amends "Invented"
  in force from 2027-10-01
  because "An invented reason."
summary rating
  strike score 475 to 500 is level 5
  insert score 485 to 500 is level 5
  strike score 400 to 474 is level 4
  insert score 400 to 484 is level 4
scenario "Under it"
  with amendment "Raise the bar"
  "People"  weight 50 rated 5
  "Results" weight 50 rated 4
  expect level 4
"""
BASELINE = """
baseline "Rules"
  in force from 2015-10-26
requirement "1" "First"
  must state appraisal: considers results
  confirmed
requirement "2" "Second"
  must not have distribution
  confirmed

baseline "Rules"
  in force from 2025-10-15
requirement "1" "First"
  must state appraisal: considers quality
  confirmed
"""


ADD_AN_ELEMENT = """
amendment "A third element"
  amends "Invented"
system
  strike has exactly 2 critical elements
  insert has exactly 3 critical elements
critical element "Stewardship"
  insert evaluates results
"""


def test_an_amendment_adds_an_element_and_says_how_many_there_are() -> None:
    policy, findings = resolved(SYSTEM + RAISE + ADD_AN_ELEMENT)
    assert findings == ()
    after, found = amended(policy.systems[0], policy.amendments[1])
    assert found == ()
    assert [each.name for each in after.elements] == ["People", "Results", "Stewardship"]
    assert words(after, PartKind.SYSTEM) == ["has exactly 3 critical elements"]


def test_an_amendment_drops_an_element_and_merges_two() -> None:
    text = """
amendment "One element for both"
  amends "Invented"
system
  strike has exactly 2 critical elements
  insert has exactly 1 critical elements
strike critical element "People"
strike critical element "Results"
weights
  strike "Results" at least 20
critical element "Leading for Results"
  insert evaluates results
"""
    policy, findings = resolved(SYSTEM + RAISE + text)
    assert findings == ()
    after, _ = amended(policy.systems[0], policy.amendments[1])
    assert [each.name for each in after.elements] == ["Leading for Results"]
    assert words(after, PartKind.SYSTEM) == ["has exactly 1 critical elements"]


def test_what_the_head_does_not_say_cannot_be_struck_from_it() -> None:
    text = ADD_AN_ELEMENT.replace("exactly 2", "exactly 4")
    policy, _ = resolved(SYSTEM + RAISE + text)
    after, found = amended(policy.systems[0], policy.amendments[1])
    assert any("does not say `has exactly 4 critical elements` in its head" in each.message for each in found)
    assert words(after, PartKind.SYSTEM)[0] == "has exactly 2 critical elements"


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("system\n  has exactly 1 critical elements\n", "before any head"),
        ('system "A"\n  has exactly 1 critical elements\nsystem\n  effective 2026-10-01\n', "`system` without a name"),
        ('baseline "A"\n  in force from 2026-10-01\nsystem\n  effective 2026-10-01\n', "`system` without a name"),
        ('amendment "B"\n  amends "Invented"\nsystem\n  has exactly 1 critical elements\n', "struck or inserted"),
    ],
)
def test_a_system_without_a_name_stands_in_an_amendment_alone(text: str, says: str) -> None:
    _, findings = resolved(text)
    assert any(says in each.message for each in findings)


def test_the_head_of_an_edition_is_not_changed_as_that_of_a_system() -> None:
    text = 'amendment "B"\n  amends "Rules"\nsystem\n  insert has exactly 1 critical elements\n'
    policy, findings = resolved(BASELINE + text)
    assert findings or amended_edition(policy.baselines[0], policy.amendments[0])[1]


def test_an_amendment_is_carried_out_on_a_copy() -> None:
    policy, findings = resolved(SYSTEM + RAISE)
    assert findings == ()
    (system,), (amendment,) = policy.systems, policy.amendments
    after, found = amended(system, amendment)
    assert found == ()
    assert (after.name, after.amended_by, system.amended_by) == ("Invented", "Raise the bar", None)
    assert words(after, PartKind.RATING) == [
        "score is the sum of points times weight",
        "score 485 to 500 is level 5",
        "score 400 to 484 is level 4",
    ]
    assert [each.of for each in after.sentences(PartKind.RATING)] == ["Invented", "Raise the bar", "Raise the bar"]
    assert [scenario.name for scenario in after.scenarios] == ["Tomorrow", "Under it"]
    assert words(system, PartKind.RATING)[1] == "score 475 to 500 is level 5"
    assert after.elements == system.elements


def test_an_amendment_finds_its_system_in_the_library() -> None:
    library = FolderLibrary([document_of(SYSTEM + RAISE, "system.sespms")], shipped=False)
    assert told(RAISE, library) == []
    broken = RAISE.replace("strike score 475", "strike score 470")
    assert told(broken, library) == [("nothing-to-strike", "score 470 to 500 is level 5")]


def test_what_an_amendment_says_twice_or_breaks_is_told_in_it() -> None:
    library = FolderLibrary([document_of(SYSTEM + RAISE, "system.sespms")], shipped=False)
    head = 'amendment "Other"\n  amends "Invented"\n'
    assert told(head + 'weights\n  insert "Results" at least 30\n', library) == [
        ("said-twice", '"Results" at least 30')
    ]
    assert only(head + "weights\n  insert total 90\n", library).help == (
        "take out what `Invented` says first: `strike total 100` in the same part"
    )
    findings = resolved(head + 'strike critical element "Results"\ncritical element "Outcomes"\n', library)[1]
    assert [(each.name, each.span.text, each.labels[0].span.text) for each in findings] == [
        ("unknown-element-named", 'amendment "Other"', '"Results"')
    ]


def test_an_amendment_of_another_text_changes_nothing() -> None:
    system = system_of(SYSTEM + RAISE)
    other = resolved(RAISE.replace('amends "Invented"', 'amends "Elsewhere"'))[0].amendments[0]
    after, findings = amended(system, other)
    assert after is system
    assert [each.name for each in findings] == ["nothing-to-amend"]
    assert findings[0].message == "the amendment `Raise the bar` amends `Elsewhere`, not `Invented`"


@pytest.mark.parametrize(
    ("text", "about"),
    [
        (RAISE.replace('amends "Invented"', 'amends "Inventt"'), '"Inventt"'),
        (RAISE.replace('  amends "Invented"\n', ""), 'amendment "Raise the bar"'),
        (RAISE.replace('amends "Invented"', 'amends "Rules" as of 2020-01-01'), "2020-01-01"),
    ],
)
def test_an_amendment_of_nothing_is_told(text: str, about: str) -> None:
    (finding,) = [each for each in resolved(SYSTEM + BASELINE + text)[1] if each.name == "nothing-to-amend"]
    assert (finding.code, finding.span.text) == ("SES116", about)


def test_editions_are_offered_by_their_day() -> None:
    finding = only(BASELINE + 'amendment "A"\n  amends "Rules" as of 2020-01-01\n')
    assert finding.message == "`Rules` has no edition that came into force on `2020-01-01`"
    assert finding.help == "its editions are those of `2015-10-26` and `2025-10-15`"


def test_an_amendment_of_a_system_with_errors_is_told() -> None:
    library = FolderLibrary(
        [document_of(SYSTEM.replace("total 100", "total 100\n  total 90"), "a.sespms")], shipped=False
    )
    finding = only(RAISE, library)
    assert (finding.code, finding.span.text) == ("SES116", '"Invented"')
    assert finding.help == "check `a.sespms` and fix it first"


def test_a_sentence_of_an_amendment_is_struck_or_inserted() -> None:
    finding = only(SYSTEM + RAISE + "records\n  go with the executive\n")
    assert (finding.code, finding.span.text) == ("SES111", "go with the executive")
    assert [fix.replacement for fix in finding.fixes] == ["insert "]  # the system does not say it: nothing to strike
    assert not any(fix.sure for fix in finding.fixes)
    assert all(fix.asks for fix in finding.fixes)


# ---- editions ----------------------------------------------------------------------------------------


def test_an_edition_is_amended_requirement_by_requirement() -> None:
    text = (
        BASELINE
        + """
    amendment "2025 rule"
      amends "Rules" as of 2015-10-26
    strike requirement "2"
    requirement "1"
      strike must state appraisal: considers results
      insert must state appraisal: considers quality
    requirement "3" "Third"
      insert may have distribution
      insert confirmed
    """.replace("\n    ", "\n")
    )
    policy, findings = resolved(text)
    assert findings == ()
    after, found = amended_edition(policy.baselines[0], policy.amendments[0])
    assert found == ()
    assert [(each.citation, each.title) for each in after.requirements] == [("1", "First"), ("3", "Third")]
    assert after.requirements[0] == policy.baselines[1].requirements[0] or [
        each.sentence for each in after.requirements[0].sentences
    ] == [each.sentence for each in policy.baselines[1].requirements[0].sentences]
    assert [each.citation for each in policy.baselines[0].requirements] == ["1", "2"]


def test_an_amendment_of_the_latest_edition_needs_no_day() -> None:
    text = (
        BASELINE
        + 'amendment "A"\n  amends "Rules"\nrequirement "1"\n  strike must state appraisal: considers results\n'
    )
    assert told(text) == [("nothing-to-strike", "must state appraisal: considers results")]
    assert told(text.replace('"Rules"\nreq', '"Rules" as of 2015-10-26\nreq')) == []


def test_a_new_requirement_needs_its_mark() -> None:
    text = BASELINE + 'amendment "A"\n  amends "Rules"\nrequirement "9" "New"\n  insert must have training\n'
    assert told(text) == [("confidence-not-marked", 'requirement "9" "New"')]


@pytest.mark.parametrize(
    ("amends", "part"), [("Invented", 'requirement "1"'), ("Invented", 'list "L"'), ("Rules", "weights")]
)
def test_a_part_the_amended_text_cannot_have_is_told(amends: str, part: str) -> None:
    text = SYSTEM + RAISE + BASELINE + f'amendment "A"\n  amends "{amends}"\nstrike {part}\n'
    finding = only(text)
    assert (finding.code, finding.span.text) == ("SES108", part)


# ---- scenarios ---------------------------------------------------------------------------------------


def test_a_scenario_under_an_amendment_names_it() -> None:
    silent = only(SYSTEM + RAISE.replace('  with amendment "Raise the bar"\n', ""))
    assert (silent.code, silent.span.text) == ("SES109", 'scenario "Under it"')
    assert silent.fixes[0].replacement == '\n  with amendment "Raise the bar"'
    other = only(SYSTEM + RAISE.replace('with amendment "Raise the bar"', 'with amendment "Raised the bar"'))
    assert (other.code, other.span.text) == ("SES109", '"Raised the bar"')
    assert other.fixes[0].sure


def test_a_scenario_of_a_system_names_a_known_amendment() -> None:
    finding = only(SYSTEM)
    assert (finding.code, finding.span.text) == ("SES115", '"Raise the bar"')
    assert finding.message == "there is no amendment `Raise the bar`"
    library = FolderLibrary([document_of(RAISE, "raise.sespms")], shipped=False)
    assert told(SYSTEM, library) == []


def test_a_scenario_is_held_against_the_amended_elements() -> None:
    text = SYSTEM + RAISE.replace('"People"  weight', '"Peoples"  weight')
    assert told(text) == [("unknown-element-named", '"Peoples"')]


def test_texts_are_found_by_name() -> None:
    document = document_of(RAISE)
    library = FolderLibrary([document_of(SYSTEM, "a.sespms")], shipped=False)
    system, _ = find_system("Invented", document, library)
    amendment, findings = find_amendment("Raise the bar", document, library)
    assert system is not None
    assert amendment is not None
    assert findings == ()
    assert amended(system, amendment)[1] == ()
    assert find_system("Nowhere", document, EMPTY_LIBRARY) == (None, ())
    assert find_amendment("Nowhere", document, EMPTY_LIBRARY) == (None, ())
