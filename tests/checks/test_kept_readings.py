"""What is kept between checks: it must never be that of another text. All agencies are invented."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from checks.checking import LEVELS, found, system_of
from sespms_rules.checks import check_system
from sespms_rules.checks.analysis.decision_rows import Derivation, derivations, holds
from sespms_rules.checks.analysis.levels import declared
from sespms_rules.checks.analysis.linear_score import linear_score
from sespms_rules.checks.analysis.plans import plan_shapes
from sespms_rules.checks.analysis.rating_profiles import listed_profiles, profiles
from sespms_rules.checks.analysis.sentences import chosen, everywhere, parts_of, sentences_of, within
from sespms_rules.foundation.source import Source
from sespms_rules.language.model import System
from sespms_rules.language.parsing import parse
from sespms_rules.language.resolution import FolderLibrary, amended, resolve
from sespms_rules.language.syntax.derivation import Band
from sespms_rules.language.syntax.nodes import Node, Number, Percent, Quoted, Sentence

POLICIES = Path(__file__).parents[2] / "policies"
BASIC = POLICIES / "agencies" / "opm_basic.sespms"

PLAN = """
weights
  total 100
  are whole numbers
  all at least 5
"""


def system(*lines: str, elements: int = 3, floor: str = "") -> System:
    """An invented system with some lines of its derivation; `floor` is a condition of its best band."""
    rating = "\n  ".join(
        ["summary rating", "score is the sum of points times weight", f"score 300 to 500 is level 5{floor}"]
    )
    more = "".join(f"\n  {line}" for line in lines)
    return system_of(
        f'system "Invented agency"\n  has exactly {elements} critical elements\n{LEVELS}{PLAN}\n{rating}{more}\n'
    )


def summary(of: System) -> Derivation:
    return next(iter(derivations(of)))


def naive(node: object, kind: type[Node]) -> Iterator[Node]:
    """Every node of a class, walked anew."""
    if isinstance(node, kind):
        yield node
    if isinstance(node, tuple):
        for item in node:
            yield from naive(item, kind)
    elif isinstance(node, Node):
        for name in node._fields:
            if name != "span":
                yield from naive(getattr(node, name), kind)


def basic(edit: tuple[str, str] | None = None) -> System:
    """OPM's system of 2012, read anew, with some words replaced."""
    text = BASIC.read_text(encoding="utf-8")
    if edit is not None:
        assert edit[0] in text
        text = text.replace(*edit)
    document, _ = parse(Source("basic.sespms", text))
    policy, _ = resolve(document, FolderLibrary())
    return policy.systems[0]


@pytest.mark.parametrize("kind", [Number, Percent, Quoted, Sentence, Node, Band])
def test_nodes_are_those_that_a_walk_finds_also_when_asked_again(kind: type[Node]) -> None:
    of = basic()
    for _ in range(2):
        walked = [node for _, sentence in sentences_of(of) for node in naive(sentence, kind)]
        assert [id(node) for node in everywhere(of, kind)] == [id(node) for node in walked]
        inside = [node for _, sentence in sentences_of(of) for node in within(sentence, kind)]
        assert [id(node) for node in inside] == [id(node) for node in walked]
        parts = [node for part in parts_of(of) for each in part.sentences for node in naive((each.sentence,), kind)]
        assert len(parts) == len(walked)


def test_a_part_of_a_node_is_walked_too() -> None:
    outcome = summary(system()).lines[0].outcome
    assert list(within(outcome, Number)) == list(naive(outcome, Number)) != []


def test_two_systems_that_say_the_same_keep_their_own_places() -> None:
    one, other = system(), system()
    assert one == other
    for of in (one, other, one):
        source = of.origin.span.source
        assert {node.span.source for node in everywhere(of, Number)} == {source}
        assert {line.span.source for line in summary(of).lines} == {source}
        assert {each.span.source for each in declared(of).values()} == {source}
        assert {each.span.source for each in chosen(summary(of).part.sentences, Band)} == {source}
        assert {finding.span.source for finding in check_system(of)} == {source}


def test_an_amended_system_is_read_anew_where_it_changed() -> None:
    first = basic()
    text = (
        'amendment "Try"\n  amends "Basic SES Appraisal System"\n  because "Invented."\n\nsummary rating\n'
        "  strike score 475 to 500 is level 5\n  insert score 490 to 500 is level 5\n"
    )
    policy, _ = resolve(parse(Source("try.sespms", text))[0], FolderLibrary())
    second, faults = amended(first, policy.amendments[0])
    assert faults == ()
    for _ in range(2):
        assert [finding.code for finding in check_system(first) if finding.code == "SES214"] == []
        (gap,) = [finding for finding in check_system(second) if finding.code == "SES214"]
        assert "falls in no band" in gap.message
        values = {node.text for node in everywhere(second, Number)} - {node.text for node in everywhere(first, Number)}
        assert values == {"490"}


@pytest.mark.parametrize(
    "others",
    [
        ((), ()),
        (("any critical element at level 1 makes the rating level 1",), ()),
        (("any critical element at level 2 makes the rating level 2",), ()),
        (("any critical element at level 1 makes the rating level 1",), " with no critical element below level 3"),
        ((), " with no critical element below level 3"),
        ((), " with no critical element below level 2"),
    ],
)
def test_sets_of_levels_are_listed_with_what_their_own_conditions_say(others: tuple[tuple[str, ...], str]) -> None:
    lines, floor = others
    for elements in (2, 3):
        of = system(*lines, elements=elements, floor=floor or "")
        derivation = summary(of)
        read = linear_score(derivation.part)
        assert read is not None
        (shape,) = plan_shapes(of, derivation, read[0])
        slots, listed = listed_profiles(shape, derivation, read[0])
        expected = tuple(profiles(shape, derivation, read[0]))
        assert [(each.profile, slots) for each in listed] == list(expected)
        floors = [line.floor for line in derivation.lines if isinstance(line, Band) and line.floor is not None]
        for each in listed_profiles(shape, derivation, read[0])[1]:
            is_taken = any(holds(override.phrases, each.profile) for override in derivation.overrides)
            assert each.is_taken is is_taken
            if not is_taken:
                assert each.levels == tuple(sorted({member.level for member in each.profile if member.level}))
                assert each.floors == tuple(holds(phrases, each.profile) for phrases in floors)


def test_a_long_list_of_levels_is_not_kept() -> None:
    of = system(elements=9)
    derivation = summary(of)
    read = linear_score(derivation.part)
    assert read is not None
    (shape,) = plan_shapes(of, derivation, read[0])
    assert isinstance(listed_profiles(shape, derivation, read[0])[1], tuple)
    of = system(elements=20)
    (shape,) = plan_shapes(of, summary(of), read[0])
    assert not isinstance(listed_profiles(shape, summary(of), read[0])[1], tuple)


def test_one_text_is_judged_by_the_terms_of_each_system() -> None:
    standard = '\n  purpose "Those rated Fully Successful stay."'
    law = LEVELS
    own = LEVELS.replace("Fully Successful", "Steady Light").replace("Exceeds Steady Light", "Bright Light")

    def differs(levels: str) -> int:
        return sum(each.code == "SES250" for each in found(f'system "Invented agency"{standard}\n{levels}'))

    assert [differs(law), differs(own), differs(law), differs(own)] == [0, 1, 0, 1]
