"""What people ask of a sweep, in words: which figure over which values, and what it should reach."""

from __future__ import annotations

import re
from fractions import Fraction
from typing import TYPE_CHECKING, Protocol

from sespms_rules.foundation.origin import exact
from sespms_rules.foundation.values import Frozen
from sespms_rules.program import ir
from sespms_rules.reports.charts import count_text, share_text
from sespms_rules.studies.sweep.parameters import (
    Cut,
    FactThreshold,
    Figure,
    Points,
    RoundingDecimals,
    RoundingTie,
    Setting,
    WeightLimit,
    figures_of,
)

if TYPE_CHECKING:
    from sespms_rules.studies.sweep.sweeping import Sweep

MOST_VALUES = 100_000
"""How many variants a sweep may have."""

_FORMS = "write it as `cut of level 5 from 470 to 490 by 5` or `cut of level 5 over 470, 475 and 480`"
_RANGE = re.compile(
    r"(?P<what>.+?)\s+from\s+(?P<first>\S+)\s+to\s+(?P<last>\S+)(?:\s+by\s+(?P<step>\S+))?", re.IGNORECASE
)
_LIST = re.compile(r"(?P<what>.+?)\s+over\s+(?P<values>.+)", re.IGNORECASE)
_NUMBER = re.compile(r"\d+(?:\.\d+)?|\d+/[1-9]\d*")
_GOAL = re.compile(
    r"(?P<how>at most|at least)\s+(?P<number>\S+?)\s*(?P<unit>percent|%|executives?|people)\s+"
    r"(?:(?:at\s+)?level\s+(?P<at>\d+)(?P<above>\s+or\s+(?:above|better|higher))?|below\s+level\s+(?P<below>\d+))",
    re.IGNORECASE,
)


class AskingError(Exception):
    """What was asked cannot be understood or done: `message` says why, `help` what to write."""

    def __init__(self, message: str, help: str) -> None:
        super().__init__(message)
        self.message = message
        self.help = help


class Varied(Frozen):
    """A figure and the values it is to have, in order."""

    figure: Figure
    values: tuple[Setting, ...]


class Goal(Frozen):
    """What a sweep should reach: a bound on how many stand at some levels.

    `share` is in hundredths of those with a level, where `percent`; else it is a number of executives.
    """

    most: bool
    number: Fraction
    percent: bool
    levels: tuple[int, ...]
    words: str

    def met(self, reached: int, rated: int) -> bool:
        """Whether so many of those rated meet it."""
        allowed = self.number * rated / 100 if self.percent else self.number
        return reached <= allowed if self.most else reached >= allowed

    def beyond(self, reached: int, rated: int) -> Fraction:
        """By how many executives it is missed; 0 where it is met."""
        allowed = self.number * rated / 100 if self.percent else self.number
        return max(Fraction(0), reached - allowed if self.most else allowed - reached)

    def missed(self, of: Sweep, number: int | None) -> Fraction:
        """By how many executives a variant of a sweep misses it; `number` None means the policy as it is."""
        return self.beyond(*self._standing(of, number))

    def stands(self, of: Sweep, number: int | None) -> str:
        """How many stand there under a variant, in words, and by how many it is missed."""
        there, rated = self._standing(of, number)
        says = f"{count_text(there)} of {count_text(rated)} ({share_text(there, rated)})"
        beyond = self.beyond(there, rated)
        if not beyond:
            return says
        return f"{says}, {count_text(-(-beyond.numerator // beyond.denominator))} too {'many' if self.most else 'few'}"

    def _standing(self, of: Sweep, number: int | None) -> tuple[int, int]:
        """How many stand at the levels of the goal, and how many have a level at all."""
        counts = of.now if number is None else of.counts[number].tolist()
        levels = [(state, count) for state, count in zip(of.states, counts, strict=True) if isinstance(state, int)]
        return sum(count for state, count in levels if state in self.levels), sum(count for _, count in levels)


class Aim(Protocol):
    """What a sweep should reach: how far a variant misses it, in executives, and how it stands, in words."""

    @property
    def words(self) -> str:
        """The goal as it was asked for."""

    def missed(self, of: Sweep, number: int | None) -> Fraction:
        """By how many executives a variant misses it, 0 where it is met; `number` None means the policy as it is."""

    def stands(self, of: Sweep, number: int | None) -> str:
        """How it stands under a variant."""


class Together(Frozen):
    """Several goals, met where each of them is."""

    aims: tuple[Aim, ...]

    @property
    def words(self) -> str:
        """The goals as they were asked for."""
        return "; and ".join(each.words for each in self.aims)

    def missed(self, of: Sweep, number: int | None) -> Fraction:
        """By how many executives a variant misses them, added up."""
        return sum((each.missed(of, number) for each in self.aims), Fraction(0))

    def stands(self, of: Sweep, number: int | None) -> str:
        """How each stands under a variant."""
        return "; ".join(each.stands(of, number) for each in self.aims)


# ---- figures -------------------------------------------------------------------------------------


def read_varied(program: ir.Program, words: str) -> Varied:
    """Read what to vary over which values, `cut of level 5 from 470 to 490 by 5`; raise AskingError otherwise."""
    if program.summary.without_level:
        raise AskingError(
            f"`{program.name}` gives no level, so there is no distribution of levels to see change",
            "rate the roster under each amendment: `sespms rate --with`",
        )
    said = " ".join(words.split())
    if found := _RANGE.fullmatch(said):
        figure = _figure(program, found["what"])
        step = _number(found["step"] or "1", words)
        return Varied(figure, _checked(figure, _range(figure, found["first"], found["last"], step, words)))
    if found := _LIST.fullmatch(said):
        figure = _figure(program, found["what"])
        texts = [each.strip() for each in re.split(r",|\band\b", found["values"]) if each.strip()]
        return Varied(figure, _checked(figure, tuple(dict.fromkeys(_setting(figure, each, words) for each in texts))))
    raise AskingError(f"`{words}` does not say what to vary over which values", _FORMS)


def _figure(program: ir.Program, what: str) -> Figure:
    known = {_tidy(each.name): each for each in figures_of(program)}
    figure = known.get(_tidy(what))
    if figure is not None:
        return figure
    listed = ", ".join(f"`{each.name}`" for each in known.values()) or "nothing"
    raise AskingError(f"`{program.name}` has no one `{what}` that could be varied", f"it can vary {listed}")


def _tidy(name: str) -> str:
    return " ".join(name.replace('"', " ").casefold().split())


def _range(figure: Figure, first: str, last: str, step: Fraction, words: str) -> tuple[Setting, ...]:
    if isinstance(figure.part, RoundingTie):
        raise AskingError(
            "ways to round are no range of numbers", "write `rounding over half up, half down and half even`"
        )
    low, high = _number(first, words), _number(last, words)
    if not step or low > high:
        raise AskingError(f"`{words}` goes over no values", "write the lower value first, and a step above 0")
    count = int((high - low) / step) + 1
    if count > MOST_VALUES:
        raise AskingError(f"`{words}` goes over `{count:,}` values, more than {MOST_VALUES:,}", "take larger steps")
    return tuple(low + step * place for place in range(count))


def _setting(figure: Figure, text: str, words: str) -> Setting:
    if isinstance(figure.part, RoundingTie):
        ways = [each.value for each in ir.Tie]
        if text.casefold() not in ways:
            raise AskingError(f"`{text}` is no way to round", f"the ways are {', '.join(f'`{each}`' for each in ways)}")
        return text.casefold()
    return _number(text, words)


def _number(text: str, words: str) -> Fraction:
    if not _NUMBER.fullmatch(text):
        raise AskingError(f"`{text}` in `{words}` is not a number written in plain digits", _FORMS)
    return Fraction(text)


def _checked(figure: Figure, values: tuple[Setting, ...]) -> tuple[Setting, ...]:
    """Refuse values that the figure cannot have."""
    numbers = [each for each in values if isinstance(each, Fraction)]
    if isinstance(figure.part, RoundingDecimals) and any(each.denominator != 1 or each > 9 for each in numbers):
        raise AskingError("decimals are counted in whole numbers from `0` to `9`", "take whole numbers")
    if isinstance(figure.part, Cut) and figure.step is not None and isinstance(figure.now, Fraction):
        off = next((each for each in numbers if (each - figure.now) / figure.step % 1), None)
        if off is not None:
            raise AskingError(
                f"the {figure.name} cannot move to `{exact(off)}`: the line below it ends at "
                f"`{exact(figure.now - figure.step)}`, so it moves by steps of `{exact(figure.step)}`",
                f"take values that lie whole steps of {exact(figure.step)} from {exact(figure.now)}",
            )
    return tuple(sorted(numbers)) if numbers else values


def can_vary(program: ir.Program) -> str:
    """What a program has to vary, with the values now, as a list for people."""
    return "\n".join(
        f"  {each.name}, now {each.now if isinstance(each.now, str) else exact(each.now)}"
        for each in figures_of(program)
    )


def kind_of(figure: Figure) -> str:
    """`cut`, `points`, `weights`, `rounding`, `decimals` or `threshold`."""
    match figure.part:
        case Cut():
            return "cut"
        case Points():
            return "points"
        case WeightLimit():
            return "weights"
        case RoundingDecimals():
            return "decimals"
        case FactThreshold():
            return "threshold"
        case _:
            return "rounding"


# ---- goals ---------------------------------------------------------------------------------------


def read_goal(words: str, levels: tuple[int, ...]) -> Goal:
    """Read `at most 30 percent at level 4 or above`; `levels` are those the policy has."""
    found = _GOAL.fullmatch(" ".join(words.split()))
    if found is None:
        raise AskingError(
            f"`{words}` is not a goal this command knows",
            "write it as `at most 30 percent at level 4 or above`, `at least 5 executives at level 5`, "
            "`at most 2 percent below level 3` or `the cap is kept`",
        )
    number = _number(found["number"], words)
    level = int(found["at"] or found["below"])
    if level not in levels:
        raise AskingError(f"the policy has no level `{level}`", f"its levels are {', '.join(map(str, levels))}")
    if found["below"]:
        chosen = tuple(each for each in levels if each < level)
    else:
        chosen = tuple(each for each in levels if each == level or (found["above"] and each > level))
    percent = found["unit"].casefold() in ("percent", "%")
    if percent and number > 100:
        raise AskingError(f"`{words}` asks for more than all", "a share goes from 0 to 100 percent")
    return Goal(found["how"].casefold() == "at most", number, percent, chosen, " ".join(words.split()))
