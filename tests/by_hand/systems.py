"""How a system that is invented here is written down: its text, what plans it has, and its meaning in plain Python."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from by_hand.plans import ELEMENTS, Drawing, Plan, Result

Named = dict[str, Fraction]
"""What is reported beside the level, by its name."""


@dataclass(frozen=True)
class Invented:
    """A system: its name, its text, its plans, the rating of a plan, and what is reported beside it."""

    name: str
    text: str
    about: Drawing
    by_hand: Callable[[Plan], Result]
    reported: Callable[[Plan], Named] = field(default=lambda _: {})


FIVE = """levels
  level 5 "Outstanding" 5 points
  level 4 "Exceeds" 4 points
  level 3 "Full" 3 points
  level 2 "Minimal" 2 points
  level 1 "Unsatisfactory" 1 point
"""
USUAL = """  score at least 4.5 is level 5
  score at least 3.5 and below 4.5 is level 4
  score at least 2.5 and below 3.5 is level 3
  score at least 1.5 and below 2.5 is level 2
  score below 1.5 is level 1
"""
TOTAL = "\nweights\n  total 100\n  are whole numbers\n"


def text(
    summary: str,
    *,
    elements: Sequence[str] = ELEMENTS,
    inside: dict[str, str] | None = None,
    head: str = "",
    levels: str = FIVE,
    before: str = "",
    after: str = "",
) -> str:
    """The text of a system: `inside` are lines of elements, `before` and `after` blocks around the summary rating."""
    blocks = "".join(f'\ncritical element "{name}"\n{(inside or {}).get(name, "")}' for name in elements)
    start = f'system "Invented"\n  is outside the Senior Executive Service\n{head}'
    return f"{start}{blocks}\n{levels}{before}\nsummary rating\n{summary}{after}"
