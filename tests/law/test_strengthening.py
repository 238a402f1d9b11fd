"""To say more strictly what a system says never turns a requirement from met to not met: for every kind of sentence.

Sentences are drawn near the examples of each class. Where one satisfies the other, all that the other satisfies is
satisfied by it too, alone and among other lines of its part; so every order is transitive, and reflexive besides.
"""

from __future__ import annotations

from itertools import permutations

import pytest
from hypothesis import HealthCheck, assume, given, reject, settings
from hypothesis import strategies as st

from law.holding import held, held_if_understood, requirement, satisfies
from law.quoting import AROUND, EXAMPLES, NAMED, QUOTED, WEIGHTS_BESIDE
from law.rewording import near, stands
from nights import at_depth
from sespms_rules.law.verdict import VerdictKind

IDS = [f"{part}: {line[:40]}" for part, line in EXAMPLES]
FEW = settings(
    max_examples=max(at_depth(4, 10), settings().max_examples // 20),
    suppress_health_check=[HealthCheck.filter_too_much, HealthCheck.too_slow],
)


def _heading(part: str) -> str:
    return f'{part} "Leading People"' if part in NAMED else part


def says(part: str, lines: tuple[str, ...], asked: str) -> bool | None:
    """Whether lines of a part satisfy a sentence, among what must stand around them."""
    if part == "weights":
        lines = (
            *lines,
            *(each for each in WEIGHTS_BESIDE if each.split()[0] not in {line.split()[0] for line in lines}),
        )
    return satisfies(_heading(part), lines, asked, AROUND.get(part, ""))


def test_every_class_is_drawn() -> None:
    drawn = {line for _, line in EXAMPLES}
    passed_over = {each.__name__ for each in QUOTED if not drawn & set(each.examples)}
    assert passed_over <= {"MemberIs"}, passed_over


@pytest.mark.parametrize(("part", "example"), EXAMPLES, ids=IDS)
def test_stricter_lines_keep_what_was_met(part: str, example: str) -> None:
    lines = near(example)

    @FEW
    @given(lines, lines, lines)
    def holds(one: str, two: str, three: str) -> None:
        assume(all(stands(_heading(part), each) for each in (one, two, three)))
        if part == "weights":
            # Limits that no weights meet admit nothing and satisfy nothing, themselves included.
            assume(all(says(part, (each,), each) is True for each in (one, two, three)))
        assert says(part, (one,), one) is True, one
        for stricter, said, asked in permutations((one, two, three)):
            if says(part, (stricter,), said) is True and says(part, (said,), asked) is True:
                assert says(part, (stricter,), asked) is True, (stricter, said, asked)

    holds()


BY_PART = {part: [line for other, line in EXAMPLES if other == part] for part in {part for part, _ in EXAMPLES}}
NOT_AMONG_OTHERS = {"weights", "summary rating"}
"""Parts whose lines are one whole: a line that replaces another there may contradict a third."""


@pytest.mark.parametrize("part", sorted(set(BY_PART) - NOT_AMONG_OTHERS))
def test_stricter_lines_keep_what_was_met_among_other_lines(part: str) -> None:
    examples = st.sampled_from(BY_PART[part])

    @FEW
    @given(st.data())
    def holds(data: st.DataObject) -> None:
        example = data.draw(examples)
        stricter, said = data.draw(near(example)), data.draw(near(example))
        beside = data.draw(st.lists(examples.flatmap(near), max_size=2, unique=True))
        asked = data.draw(st.one_of(near(example), examples.flatmap(near)))
        assume(all(stands(_heading(part), each) for each in (stricter, said, asked, *beside)))
        assume(says(part, (stricter,), said) is True)
        if says(part, (said, *beside), asked) is True:
            assert says(part, (stricter, *beside), asked) is True, (stricter, said, beside, asked)

    holds()


ONE_LINE = [(part, example) for part, example in EXAMPLES if part not in (*NOT_AMONG_OTHERS, *NAMED)]


def policy_that_says(part: str, line: str) -> str:
    """A policy with one line of one part, and what must stand around it."""
    body = f"  {line}\n" if part == "system" else f"\n{part}\n  {line}\n"
    return f'system "Invented agency"\n  follows "Example rules"\n{body}\n{AROUND.get(part, "")}'


@pytest.mark.parametrize(("part", "example"), ONE_LINE, ids=[f"{part}: {line[:40]}" for part, line in ONE_LINE])
def test_a_line_meets_the_requirement_that_quotes_it(part: str, example: str) -> None:
    said = held(policy_that_says(part, example), requirement(f"must state {part}: {example}"))
    assert [each.kind for each in said.verdicts] == [VerdictKind.MET]


@FEW
@given(st.data())
def test_a_verdict_that_is_met_stays_met(data: st.DataObject) -> None:
    """The same by the verdicts of a whole edition: no requirement of it is lost by a stricter line."""
    part, example = data.draw(st.sampled_from(ONE_LINE))
    stricter, said = data.draw(near(example)), data.draw(near(example))
    assume(stands(part, stricter) and stands(part, said) and says(part, (stricter,), said) is True)
    asked = [each for each in data.draw(st.lists(near(example), min_size=1, max_size=4)) if stands(part, each)]
    rules = 'baseline "Example rules"\n  in force from 2020-01-01\n' + "".join(
        f'\nrequirement "Example {place}" "Invented"\n  {verb} state {part}: {each}\n  confirmed\n'
        for place, (verb, each) in enumerate((verb, each) for each in asked for verb in ("must", "should"))
    )
    before, after = (
        held_if_understood(policy_that_says(part, line), rules, baseline="Example rules") for line in (said, stricter)
    )
    # A sentence that only an edition may say ("any official") is a fault in a policy.
    if before is None or after is None:
        reject()
    met = [each.citation for each in before.verdicts if each.kind is VerdictKind.MET]
    still = [each.citation for each in after.verdicts if each.kind is VerdictKind.MET]
    assert set(met) <= set(still), (stricter, said, asked)
    assert not (after.fails and not before.fails)
