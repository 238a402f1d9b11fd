"""The federal editions: every collected fact of the law is held or set aside with a reason, and none is overstated."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from scripts_as_modules import script
from sespms_rules.foundation.resources import policy_path
from sespms_rules.foundation.source import Source
from sespms_rules.foundation.values import replace
from sespms_rules.language.model import Amendment, Baseline, Requirement
from sespms_rules.language.parsing import parse
from sespms_rules.language.resolution import FolderLibrary, amended_edition, resolve
from sespms_rules.language.syntax.baselines import Confirmed, InForce, ListItem, PartlyConfirmed, Unconfirmed
from sespms_rules.language.syntax.nodes import Quoted, Sentence
from sespms_rules.language.syntax.requirements import MustGuarantee, ShouldGuarantee

ROOT = Path(__file__).resolve().parents[1]
MARKS = (Confirmed, PartlyConfirmed, Unconfirmed)
CITATION = re.compile(
    r"5 CFR \d+\.\d+(\([0-9A-Za-z]+\))*(, [a-z][a-z0-9 ]+)?$"
    r"|5 USC \d+(\([0-9A-Za-z]+\))*( (to|and) (\([0-9A-Za-z]+\))+)?(, [a-z][a-z0-9 ]+)?$"
    r"|OPM (basic system 2012|system 2025|cap), [a-z][a-z0-9 ]+$"
)
NAMES = {
    "5cfr430c-2000-11-13": "5 CFR part 430, subpart C",
    "5cfr430c-2015-10-26": "5 CFR part 430, subpart C",
    "5cfr430c-2025-10-15": "5 CFR part 430, subpart C",
    "5usc-ses": "5 USC, Senior Executive Service",
    "5cfr430d-certification": "5 CFR part 430, subpart D",
    "5cfr359e-removal": "5 CFR part 359, subpart E",
    "opm-basic-2012": "OPM basic system 2012",
    "opm-system-2025": "OPM system 2025",
    "opm-cap-fy2026": "OPM cap on high ratings",
}

coverage = script("law_coverage")
ROWS = coverage.read_rows()
EDITIONS: dict[str, Baseline] = coverage.read_editions()
REQUIREMENTS = [(name, each) for name, edition in EDITIONS.items() for each in edition.requirements]


def duties(requirement: Requirement) -> set[Sentence]:
    """What a requirement says, its confidence mark aside."""
    return {each.sentence for each in requirement.sentences if not isinstance(each.sentence, MARKS)}


def the_change() -> Amendment:
    """The rule of 2025-10-15 as an amendment."""
    name = "federal/90fr44291.sespms"
    document, faults = parse(Source(name, policy_path(name).read_text(encoding="utf-8")))
    policy, findings = resolve(document, FolderLibrary())
    assert (faults, findings) == ((), ())
    (amendment,) = policy.amendments
    return amendment


# ---- the rows --------------------------------------------------------------------------------------


def test_all_rows_are_there_once() -> None:
    ids = [row.id for row in ROWS]
    assert len(ids) == len(set(ids))
    assert len(ids) >= 171
    assert {row.section for row in ROWS} == set(coverage.SECTIONS)
    for row in ROWS:
        assert row.title
        assert row.citation
        assert set(row.provenance) <= {"A", "A(old)", "B", "C", "D", "E", "none"}


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.id)
def test_a_row_is_held_or_set_aside_with_a_reason(row: Any) -> None:
    found = list(coverage.places(row, EDITIONS))
    assert bool(found) != bool(row.reason), "a row is held somewhere, or says why not"
    if row.reason:
        kind, _, words = row.reason.partition(": ")
        assert kind in coverage.REASONS
        assert words


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.id)
def test_a_row_is_not_held_with_more_confidence_than_it_was_read_with(row: Any) -> None:
    marks = [place.mark for place in coverage.places(row, EDITIONS)]
    assert not marks or list(overstated(set(row.provenance), marks)) == []


def overstated(letters: set[str], marks: list[Sentence | None]) -> Iterator[str]:
    """How the marks of a row claim more than its provenance allows."""
    if letters <= {"C", "none"} and not all(isinstance(mark, Unconfirmed) for mark in marks):
        yield "what was recalled only is unconfirmed everywhere"
    notes = [coverage.note_of(mark) for mark in marks]
    told = any("unconfirmed" in note or "recalled" in note for note in notes)
    if "C" in letters and not told and not any(isinstance(mark, Unconfirmed) for mark in marks):
        yield "the limb that was recalled is nowhere said to be unconfirmed"
    if "A" not in letters and any(isinstance(mark, Confirmed) for mark in marks):
        yield "what was not read in force is not confirmed"


@pytest.mark.parametrize(
    ("letters", "mark", "overstates"),
    [
        ("C", Confirmed(None), True),
        ("C", PartlyConfirmed(Quoted("recalled")), True),
        ("C", None, True),
        ("C", Unconfirmed(Quoted("compare it")), False),
        ("A/C", Confirmed(None), True),
        ("A/C", PartlyConfirmed(Quoted("one limb was recalled")), False),
        ("B", Confirmed(None), True),
        ("D", Confirmed(Quoted("as reported")), True),
        ("D", PartlyConfirmed(Quoted("as reported")), False),
        ("A", Confirmed(None), False),
    ],
)
def test_a_mark_that_claims_too_much_is_noticed(letters: str, mark: Sentence | None, *, overstates: bool) -> None:
    assert bool(list(overstated(set(letters.split("/")), [mark]))) is overstates


def test_a_row_that_names_what_is_not_there_is_refused() -> None:
    (row,) = (each for each in ROWS if each.id == "R430.307")
    for wrong in ("5cfr430c > 5 CFR 430.999", "5cfr999z > 5 CFR 430.307", "5cfr430c > term recess"):
        lost = coverage.Row(row.id, row.section, row.citation, row.provenance, row.title, (wrong,), "")
        with pytest.raises(ValueError, match=r"R430\.307: "):
            list(coverage.places(lost, EDITIONS))


def test_no_requirement_and_no_list_rests_on_nothing() -> None:
    held = {(place.file, place.what) for row in ROWS for place in coverage.places(row, EDITIONS)}
    there = {(name, what) for name, edition in EDITIONS.items() for what in coverage.things_of(edition)}
    again = {
        # The statute says again what a row of the regulation names; a row of the statute would only repeat it.
        ("5usc-ses", "5 USC 4312(b)(1)"),
    }
    assert there - held - again == set()


def test_the_page_is_what_the_script_makes() -> None:
    made = coverage.coverage_page(ROWS, EDITIONS)
    assert (ROOT / "docs" / "law-coverage.md").read_text(encoding="utf-8") == made, "run scripts/law_coverage.py"


# ---- the requirements ------------------------------------------------------------------------------


def test_the_editions_have_the_names_that_systems_follow() -> None:
    assert {name: edition.name for name, edition in EDITIONS.items()} == NAMES


@pytest.mark.parametrize(("name", "requirement"), REQUIREMENTS, ids=lambda each: getattr(each, "citation", each))
def test_a_requirement_has_a_citation_a_title_one_mark_and_something_to_say(
    name: str, requirement: Requirement
) -> None:
    assert CITATION.match(requirement.citation), f"{name}: {requirement.citation}"
    assert requirement.title
    marks = [each.sentence for each in requirement.sentences if isinstance(each.sentence, MARKS)]
    assert len(marks) == 1
    assert duties(requirement)
    if not isinstance(marks[0], Confirmed):
        assert len(coverage.note_of(marks[0])) > 5, "say what was read, or what to compare"


@pytest.mark.parametrize("name", EDITIONS)
def test_a_citation_stands_once_in_a_file(name: str) -> None:
    citations = [each.citation for each in EDITIONS[name].requirements]
    assert len(citations) == len(set(citations))


def test_the_tiers_that_bind_only_followers_say_so() -> None:
    text = {name: policy_path(f"federal/{name}.sespms").read_text(encoding="utf-8") for name in EDITIONS}
    for name in ("opm-basic-2012", "opm-system-2025", "5cfr430d-certification"):
        assert f'\n  applies to systems that follow "{NAMES[name]}"\n' in text[name].split("\nrequirement")[0]
    assert "\n  applies to appraisal periods ending from 2026-09-30\n" in text["opm-cap-fy2026"]


def test_the_ranges_of_2012_are_not_taken_over_into_2025() -> None:
    text = policy_path("federal/opm-system-2025.sespms").read_text(encoding="utf-8")
    assert not re.search(r"^  must state summary rating:", text, re.MULTILINE)
    assert not {"475", "400", "300", "200"} & set(re.findall(r"\d+", text))


# ---- the lists -------------------------------------------------------------------------------------


def competencies(name: str) -> list[int]:
    (part,) = EDITIONS[name].lists
    return [len(each.sentence.items) for each in part.sentences if isinstance(each.sentence, ListItem)]


def test_the_competencies_are_counted() -> None:
    of_2006 = [6, 4, 6, 3, 3, 6]
    assert sum(of_2006) == 28
    assert competencies("5cfr430c-2015-10-26") == of_2006
    assert competencies("5cfr430c-2025-10-15") == [*of_2006, 3, 3, 3, 3, 3]


# ---- the rule of 2025-10-15 ------------------------------------------------------------------------

FROM_THE_LIST = "5 CFR 430.305(a)(1), competencies"
"""What rests on the list of competencies: a memorandum changed the list, so this is no part of the rule."""


def asked_by_the_rule(edition: Baseline) -> dict[str, set[Sentence]]:
    return {each.citation: duties(each) for each in edition.requirements if each.citation != FROM_THE_LIST}


def test_the_amendment_makes_the_edition_of_2025_of_that_of_2015() -> None:
    before, after = EDITIONS["5cfr430c-2015-10-26"], EDITIONS["5cfr430c-2025-10-15"]
    made, findings = amended_edition(before, the_change())
    assert findings == ()
    assert {each.citation: each.title for each in made.requirements} == {
        each.citation: each.title for each in after.requirements
    }
    assert asked_by_the_rule(made) == asked_by_the_rule(after)


def test_a_name_that_was_only_recalled_cannot_fail_a_system_by_itself() -> None:
    kinds = {}
    for name in ("5cfr430c-2015-10-26", "5cfr430c-2025-10-15"):
        (found,) = (each for each in EDITIONS[name].requirements if each.citation == FROM_THE_LIST)
        (kinds[name],) = (type(each) for each in duties(found))
    assert kinds == {"5cfr430c-2015-10-26": MustGuarantee, "5cfr430c-2025-10-15": ShouldGuarantee}


def test_without_one_of_its_changes_the_amendment_makes_something_else() -> None:
    before, after = EDITIONS["5cfr430c-2015-10-26"], EDITIONS["5cfr430c-2025-10-15"]
    change = the_change()
    asked = asked_by_the_rule(after)
    for left_out in change.changes:
        rest = tuple(each for each in change.changes if each is not left_out)
        made, findings = amended_edition(before, replace(change, changes=rest))
        assert findings or asked_by_the_rule(made) != asked


def test_the_rule_changed_three_paragraphs() -> None:
    before, after = EDITIONS["5cfr430c-2015-10-26"], EDITIONS["5cfr430c-2025-10-15"]
    asked, was = asked_by_the_rule(after), asked_by_the_rule(before)
    assert asked.keys() <= was.keys()
    assert [citation for citation, said in was.items() if said != asked.get(citation)] == [
        "5 CFR 430.305(a)(5), distribution",
        "5 CFR 430.308(c), inclusion",
        "5 CFR 430.311(a)(1), second sentence",
    ]


def test_one_edition_ends_on_the_day_before_the_other_begins() -> None:
    days = {}
    for name in ("5cfr430c-2015-10-26", "5cfr430c-2025-10-15"):
        (force,) = (each.sentence for each in EDITIONS[name].head.sentences if isinstance(each.sentence, InForce))
        days[name] = (force.first.value, force.last.value if force.last else None)
    first, last = days["5cfr430c-2015-10-26"]
    assert (first, last) == (datetime.date(2015, 10, 26), datetime.date(2025, 10, 14))
    assert days["5cfr430c-2025-10-15"] == (datetime.date(2025, 10, 15), None)
