"""Small invented policies whose lines read facts about the executive, drawn at random, and every appraisal of each."""

from __future__ import annotations

import itertools
import random
from collections.abc import Iterator
from fractions import Fraction
from functools import cache

from sespms_rules.foundation.source import Source
from sespms_rules.language.model import System
from sespms_rules.pipeline import Compilation, compile_source, computed
from sespms_rules.program.ir import Program
from sespms_rules.program.rating import Appraisal, Rated

WORDS = ("general", "special", "other")
DAYS = 6
LEVELS = (3, 2, 1)
_NAMES = ("A", "B")

_HEAD = """system "Invented"
  is outside the Senior Executive Service

critical element "A"
critical element "B"

facts
  "kind" is one of "general", "special" or "other"
  "days" is a whole number from 0 to 6

levels
  level 3 "High"    3 points
  level 2 "Middle"  2 points
  level 1 "Low"     1 point

"""


def drawn(seed: int) -> str:
    """The text of a policy."""
    draw = random.Random(seed)
    lines = ["summary rating"]
    score = draw.choice(
        (
            "the average of points",
            'the sum of points + 0.5 when "kind" is "special" otherwise the sum of points',
            'the sum of points * "days" / 6',
            'the highest of points when "days" is at least 3 otherwise the lowest of points',
        )
    )
    lines.append(f"score is {score}")
    if draw.random() < 0.7:
        lines.append("take the first line that fits")
    for _ in range(draw.randint(2, 4)):
        outcome = draw.choice(("level 3", "level 2", "level 1", "level 2", "not rated"))
        lines.append(f"{outcome} when {' and '.join(_clauses(draw))}")
    lines = [lines[0], *dict.fromkeys(lines[1:])]
    if "take the first line that fits" in lines and draw.random() < 0.6:
        lines.append("level 1 otherwise")
    if draw.random() < 0.3:
        lines.append("any critical element at level 1 makes the rating level 1")
    return _HEAD + "\n  ".join(lines) + "\n"


def _clauses(draw: random.Random) -> Iterator[str]:
    """One to three conditions, each of another kind."""
    relations = ("at least", "at most", "less than", "more than", "exactly")
    kinds = (
        f'"kind" is "{draw.choice(WORDS)}"',
        f'"days" is {draw.choice(relations)} {draw.randint(0, DAYS)}',
        f"score is {draw.choice(('at least', 'less than'))} {draw.choice(('1.5', '2', '2.5', '4'))}",
    )
    yield from draw.sample(kinds, draw.choice((1, 1, 2, 3)))


@cache
def compiled(text: str) -> Compilation:
    """The policy with its findings."""
    return compile_source(Source("drawn.sespms", text))


def program_of(text: str) -> tuple[System, Program]:
    """The one system of a text and its program, whatever the checks say of it."""
    (system,) = compiled(text).policy.systems
    program, findings = computed(system)
    assert program is not None, findings
    return system, program


def every_appraisal() -> Iterator[Appraisal]:
    """All that there are: each kind, each number of days, each pair of ratings."""
    for kind, days in itertools.product(WORDS, range(DAYS + 1)):
        facts: tuple[tuple[str, Fraction | str], ...] = (("kind", kind), ("days", Fraction(days)))
        for levels in itertools.product(LEVELS, repeat=2):
            rated = tuple(Rated(name, Fraction(level)) for name, level in zip(_NAMES, levels, strict=True))
            yield Appraisal("one", rated, facts=facts)
