"""What a place asks beside federal law: each relation, each clock, and no cure that gives up a federal rule."""

from __future__ import annotations

from pathlib import Path

import pytest

from sespms_rules.foundation.request import RequestError
from sespms_rules.foundation.source import Source
from sespms_rules.language.model import Baseline, System
from sespms_rules.language.parsing import parse
from sespms_rules.language.resolution import EMPTY_LIBRARY, resolve
from sespms_rules.language.syntax.words import Coverage, PartKind
from sespms_rules.law.asking import confidence_of
from sespms_rules.law.edition_index import every_edition
from sespms_rules.law.editions import days_of
from sespms_rules.law.harmonizing import PlaceRow, Relation, advisory_for, beside_federal
from sespms_rules.law.law_texts import law_texts
from sespms_rules.law.places import called, place_named, places_with_rules, rules_of
from sespms_rules.law.verdict import Confidence

ROOT = Path(__file__).resolve().parents[2]
SHIPPED = sorted((ROOT / "policies" / "overlays").glob("*.sespms"))
HEAD = 'system "Invented agency"\n'
_RULES = """{kind} "{name}"
  in force from 2026-01-01

requirement "{name} 1" "Asked"
  {sentence}
  confirmed
"""


def _read(text: str) -> tuple[tuple[System, ...], tuple[Baseline, ...]]:
    document, faults = parse(Source("test.sespms", text))
    contents, findings = resolve(document, EMPTY_LIBRARY)
    assert (faults, findings) == ((), ())
    return contents.systems, contents.baselines


def beside(state: str, federal: str, policy: str = HEAD) -> PlaceRow:
    """The one row of an overlay with a sentence beside a baseline with another."""
    (system,), _ = _read(policy)
    _, (overlay,) = _read(_RULES.format(kind="overlay", name="State", sentence=state))
    _, (baseline,) = _read(_RULES.format(kind="baseline", name="Federal", sentence=federal))
    (row,) = beside_federal(system, overlay, [baseline], None)
    return row


_KEPT = "records: are kept"
_BOTH = Relation.INCOMPARABLE
_GIVEN = "records: are given to executive"
_ANSWER = "rating steps: written response by executive"
_AFTER = "after initial rating"


@pytest.mark.parametrize(
    ("state", "federal", "relation"),
    [
        (f"should state {_KEPT} at least 7 years from annual rating", "5 years from annual rating", Relation.STRICTER),
        (f"should state {_KEPT} at least 3 years from annual rating", "5 years from annual rating", Relation.LOOSER),
        (f"should state {_KEPT} at least 5 years from annual rating", "5 years from annual rating", Relation.SAME),
        (f"should state {_KEPT} at least 60 months from annual rating", "5 years from annual rating", Relation.SAME),
        (f"should state {_KEPT} at most 3 years from annual rating", "5 years from annual rating", Relation.DISPLACED),
        (f"should state {_KEPT} at most 7 years from annual rating", "5 years from annual rating", _BOTH),
        (f"should state {_KEPT} at least 3 years from separation", "5 years from annual rating", Relation.INCOMPARABLE),
        (f"should state {_KEPT} at least 9 years from separation", "5 years from annual rating", Relation.INCOMPARABLE),
    ],
)  # fmt: skip
def test_how_long_records_are_kept(state: str, federal: str, relation: Relation) -> None:
    row = beside(state, f"must state {_KEPT} at least {federal}")
    assert (row.relation, [each.relation for each in row.federal]) == (relation, [relation])


@pytest.mark.parametrize(
    ("state", "federal", "relation"),
    [
        (f"{_GIVEN} within 7 days after request", f"{_GIVEN} within 30 days after request", Relation.STRICTER),
        (f"{_GIVEN} within 30 days after request", f"{_GIVEN} within 7 days after request", Relation.LOOSER),
        (f"{_GIVEN} within 7 days after request", f"{_GIVEN} within 7 days after request", Relation.SAME),
        (f"{_GIVEN} within 7 days after request", f"{_GIVEN}", Relation.INCOMPARABLE),
        (f"{_GIVEN} within 7 days after request", f"{_GIVEN} after higher-level review", Relation.INCOMPARABLE),
        (f"{_GIVEN} within 7 days after request", f"{_GIVEN} at least 10 days after request", Relation.DISPLACED),
        (f"{_GIVEN} within 7 days after request", "records: are given to board", Relation.ADDS),
        (f"{_GIVEN} within 7 days after request", "records: go with the executive", Relation.ADDS),
        (f"{_ANSWER} within 5 days {_AFTER}", f"{_ANSWER} at least 7 days {_AFTER}", Relation.DISPLACED),
        (f"{_ANSWER} with at least 10 days {_AFTER}", f"{_ANSWER} with at least 7 days {_AFTER}", Relation.STRICTER),
        (f"{_ANSWER} with at least 5 days {_AFTER}", f"{_ANSWER} with at least 7 days {_AFTER}", Relation.LOOSER),
    ],
)  # fmt: skip
def test_copies_and_time_to_answer(state: str, federal: str, relation: Relation) -> None:
    assert beside(f"should state {state}", f"must state {federal}").relation is relation


def test_duties_on_records_and_questions_are_said_to_be_what_they_are() -> None:
    duty = "each annual rating must come at least 10 days after initial rating"
    assert beside(duty, duty).relation is Relation.SAME
    assert beside(duty, duty.replace("10", "5")).relation is Relation.INCOMPARABLE
    assert beside(duty, "must state training: is for leaders").relation is Relation.ADDS
    assert beside('ask reviewer "Is it so?"', duty).relation is Relation.PERSON


@pytest.mark.parametrize("other", ["at least 5 years from separation", "at least 3 years from annual rating"])
def test_no_cure_gives_up_what_federal_law_asks(other: str) -> None:
    """What a place asks is put beside what the policy says; in its place only where it keeps the federal rule too."""
    policy = f"{HEAD}\nrecords\n  are kept at least 5 years from annual rating\n"
    federal = f"must state {_KEPT} at least 5 years from annual rating"
    row = beside(f"should state {_KEPT} {other}", federal, policy)
    assert "instead" not in row.cure
    assert ("beside what stands there" in row.cure) == ("separation" in other)
    stricter = beside(f"should state {_KEPT} at least 9 years from annual rating", federal, policy)
    assert stricter.cure.endswith("instead")
    displaced = beside(f"should state {_KEPT} at most 3 years from annual rating", federal, policy)
    assert displaced.cure == ""


# ---- the overlays that come with the program -----------------------------------------------------


EDITIONS = every_edition(law_texts().library)
OVERLAYS = [
    each for each in EDITIONS if each.kind is PartKind.OVERLAY and each.origin.span.source.name.count("overlays")
]


def test_five_states_come_with_the_program() -> None:
    assert len(SHIPPED) == len(OVERLAYS) == 5
    known = places_with_rules(EDITIONS)
    assert set(known) >= {"California", "Illinois", "Massachusetts", "Minnesota", "Washington"}


@pytest.mark.parametrize("overlay", OVERLAYS, ids=lambda each: each.name)
def test_an_overlay_is_advice_and_none_of_it_is_said_to_be_compared_with_the_statute(overlay: Baseline) -> None:
    assert set(advisory_for(overlay)) == set(Coverage)
    for requirement in overlay.requirements:
        confidence, remark = confidence_of(requirement)
        assert confidence is not Confidence.CONFIRMED, requirement.citation
        assert len(remark.split()) >= 4, requirement.citation


def test_a_place_is_known_by_its_letters_and_its_name() -> None:
    assert called("ca") == called(" California ") == called("CALIFORNIA") == "California"
    assert called("State of Example") == "State of Example"
    assert place_named("ma", EDITIONS) == "Massachusetts"
    with pytest.raises(RequestError, match="did you mean `Washington`"):
        place_named("Washingtn", EDITIONS)
    with pytest.raises(RequestError, match="no overlay is for `TX`; there are overlays for"):
        place_named("TX", EDITIONS)


def test_an_overlay_counts_from_its_first_day() -> None:
    first = next(days_of(each.head.sentences)[0] for each in OVERLAYS if "Washington" in each.name)
    assert first is not None
    before = rules_of("Washington", EDITIONS, first.replace(year=first.year - 1))
    assert (before.overlays, [each.name for each in before.not_in_force]) == ((), ["Washington, personnel records"])
    assert [each.name for each in rules_of("Washington", EDITIONS, first).overlays] == ["Washington, personnel records"]
