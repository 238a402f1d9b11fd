"""What is kept of faults between amendments of one text. All texts are invented."""

from __future__ import annotations

from resolve.resolving import document_of, resolved, system_of
from sespms_rules.language.resolution import EMPTY_LIBRARY, amended, find_system, resolve
from sespms_rules.language.resolution.texts import Texts
from sespms_rules.language.syntax.words import PartKind

SYSTEM = """
system "Invented agency"

weights
  total 100
  all at least 5
"""

TWICE = """
amendment "{name}"
  amends "Invented agency"

weights
  insert total {total}
"""


def test_each_amendment_is_told_its_own_fault() -> None:
    text = SYSTEM + "".join(TWICE.format(name=f"Try {total}", total=total) for total in (100, 120))
    _, findings = resolved(text)
    assert [each.code for each in findings] == ["SES106", "SES106"]
    assert len({each.span.start for each in findings}) == 2
    assert "is said twice" in findings[0].message
    assert "neither wins over the other" in findings[1].message
    assert {each.help for each in findings} == {
        "leave it out, it holds already",
        "take out what `Invented agency` says first: `strike total 100` in the same part",
    }


def test_a_fault_that_stood_before_is_told_by_no_amendment_and_by_the_system_each_time() -> None:
    faulty = SYSTEM + "  total 90\n" + TWICE.format(name="Another", total=80)
    document = document_of(faulty)
    for _ in range(2):
        policy, findings = resolve(document, EMPTY_LIBRARY)
        assert [each.span.text for each in findings] == ["total 90", "total 80"]
        for _ in range(2):
            _, broken = amended(policy.systems[0], policy.amendments[0])
            assert [each.span.text for each in broken] == ["total 80"]


def test_faults_of_one_system_are_not_those_of_another_of_its_name() -> None:
    sound, faulty = (
        system_of(SYSTEM),
        find_system("Invented agency", document_of(SYSTEM + "  total 90\n"), EMPTY_LIBRARY)[0],
    )
    assert faulty is not None
    change = document_of(
        SYSTEM + TWICE.format(name="Another", total=80).replace("insert total 80", "insert are whole numbers")
    )
    (amendment,) = resolve(change, EMPTY_LIBRARY)[0].amendments
    twice = document_of(SYSTEM + TWICE.format(name="Another", total=80))
    (second,) = resolve(twice, EMPTY_LIBRARY)[0].amendments
    for _ in range(2):
        assert amended(sound, amendment)[1] == amended(faulty, amendment)[1] == ()
        assert len(amended(sound, second)[1]) == len(amended(faulty, second)[1]) == 1


def test_a_hole_is_told_in_the_text_it_stands_in() -> None:
    text = SYSTEM + "\nlevels\n  level 5 any name 5 points\n"
    for document in (document_of(text, "one.sespms"), document_of(text, "other.sespms")):
        for _ in range(2):
            (hole,) = [each for each in resolve(document, EMPTY_LIBRARY)[1] if each.code == "SES117"]
            assert hole.span.source is document.source


def test_a_text_is_looked_for_first_in_the_document_that_asks() -> None:
    here, there = document_of(SYSTEM, "here.sespms"), document_of(SYSTEM, "there.sespms")
    texts = Texts(here, EMPTY_LIBRARY)
    for _ in range(2):
        assert [each.home.source.name for each in texts.find(PartKind.SYSTEM, "Invented agency")] == ["here.sespms"]
        found = texts.find(PartKind.SYSTEM, "Invented agency", there)
        assert [each.home.source.name for each in found] == ["there.sespms", "here.sespms"]
        assert texts.find(PartKind.SYSTEM, "Nobody") == ()
