"""What follows from a level, sentence by sentence, where the policy says it and only there."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from impact.assessed import COMMISSION, impact_of, written
from sespms_rules.foundation.source import Source
from sespms_rules.language.model import System
from sespms_rules.language.parsing import parse
from sespms_rules.language.resolution import EMPTY_LIBRARY, resolve
from sespms_rules.program.rating import Outcome
from sespms_rules.rosters.population.level_distribution import State
from sespms_rules.studies.impact.consequences import Follows, what_follows
from sespms_rules.studies.impact.tables import consequence_table, paired
from systems import system_of

STATES: tuple[State, ...] = (5, 4, 3, 2, 1, Outcome.NOT_RATED, Outcome.REFUSED)
CAREER = ("career",) * len(STATES)
AWARD = "may get a performance award by level and appointment"


def system(uses: Sequence[str] = (), pay: Sequence[str] = ()) -> System:
    parts = [("uses of results", uses), ("awards and pay", pay)]
    blocks = ["\n  ".join([heading, *lines]) for heading, lines in parts if lines]
    document, found = parse(Source("p", "\n\n".join(['system "Invented"', *blocks]) + "\n"))
    assert not found
    return resolve(document, EMPTY_LIBRARY)[0].systems[0]


def found(made: System, appointments: Sequence[str | None] = CAREER) -> dict[str, Follows]:
    return {each.words: each for each in what_follows(made, STATES, appointments)}


@pytest.mark.parametrize(
    ("sentence", "places", "repeat"),
    [
        ("level 1 requires reassignment, transfer or removal", (4,), False),
        ("below level 3 bars performance award", (3, 4), False),
        ("level 1 twice in 5 years requires removal", (4,), True),
        ("below level 3 twice in 3 years requires removal", (3, 4), True),
        ("level 2 requires improvement plan", (3,), False),
    ],
)
def test_a_sentence_fits_those_it_speaks_of(sentence: str, places: tuple[int, ...], repeat: bool) -> None:
    follows = found(system([sentence]))[sentence]
    assert (follows.places, follows.repeat) == (places, repeat)


@pytest.mark.parametrize(
    ("uses", "pay", "places"),
    [
        (["level 5 allows performance award"], [], (0,)),
        (["below level 4 bars performance award"], [], (0, 1)),
        ([], ["performance award needs level 3 or better"], (0, 1, 2)),
        (["level 3 allows performance award"], ["performance award needs level 4 or better"], ()),
        (["level 5 allows pay increase"], ["performance award needs level 5 or better"], (0,)),
        # A bar that takes a second such rating does not bar after the first.
        (
            ["below level 3 twice in 3 years bars performance award"],
            ["performance award needs level 2 or better"],
            (0, 1, 2, 3),
        ),
    ],
)
def test_who_may_get_an_award(uses: list[str], pay: list[str], places: tuple[int, ...]) -> None:
    assert found(system(uses, pay))[AWARD].places == places


def test_who_is_not_covered_gets_none_and_an_unknown_appointment_is_told() -> None:
    made = system(["level 5 allows performance award"], ["performance award is for career executives only"])
    assert found(made)[AWARD].places == (0,)
    assert found(made, ("noncareer", *CAREER[1:]))[AWARD].places == ()
    unknown = found(made, (None, *CAREER[1:]))[AWARD]
    assert (unknown.places, unknown.unknown) == ((), (0,))


def test_nothing_is_told_of_a_reward_the_policy_does_not_speak_of() -> None:
    assert found(system()) == {}
    assert AWARD not in found(system(["level 5 allows pay increase"]))


def test_authorities_are_those_of_the_policy() -> None:
    made = what_follows(system_of("agencies/opm_basic.sespms"), STATES, CAREER)
    cited = {each.words.split(" under ")[0]: each.authority for each in made}
    assert cited["level 1 requires reassignment, transfer or removal"] == "5 CFR 430.312(c)(1)"
    assert cited["below level 3 twice in 3 years requires removal"] == "5 CFR 430.312(c)(3)"


def test_a_sentence_that_an_amendment_strikes_or_adds_is_set_against_nothing() -> None:
    (change,) = written(
        'amendment "Uses"\n  amends "Basic SES Appraisal System"\n\nuses of results\n'
        "  strike level 2 requires improvement plan\n  insert level 3 requires improvement plan\n"
    )
    impact = impact_of(COMMISSION, change)
    before, after = impact.before, impact.comparisons[0].case
    assert before is not None
    assert after is not None
    pairs = {name: (old, new, joined, left) for name, old, new, joined, left in paired(before.follows, after.follows)}
    struck, added = pairs["level 2 requires improvement plan"], pairs["level 3 requires improvement plan"]
    assert (struck[1], added[0]) == (None, None)
    assert [place + 1 for place in struck[3]] == [13]
    assert [place + 1 for place in added[2]] == [10, 11, 12, 20, 21]
    table = consequence_table(before, after)
    assert table is not None
    assert ("level 3 requires improvement plan", "", "not said", "5", "5", "0") in table.rows
