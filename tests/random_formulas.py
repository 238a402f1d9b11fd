"""Formulas and conditions drawn at random as text, well-typed by construction.

The typing rule is kept while drawing: every formula comes with its kind (what it depends on), two values that depend on
weights are never multiplied, and nothing is divided by what can be zero.
"""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from enum import IntEnum

NUMBERS = ("0", "1", "2", "3", "4", "5", "0.5", "2.5", "3.75", "4.6", "12", "100")
COMPARATORS = ("at least", "at most", "more than", "less than", "exactly")
TIES = ("half up", "half down", "half even", "up", "down")


class Kind(IntEnum):
    """What a value depends on, in order."""

    FIXED = 0
    POINTS = 1
    WEIGHTED = 2


Drawn = tuple[str, Kind]
"""A formula as text, and its kind."""


@dataclass(slots=True)
class Member:
    """An element that formulas may name: its levels (none on a scale), and the kind of its score, if it has one."""

    name: str
    critical: bool
    levels: tuple[int, ...]
    score: Kind | None


@dataclass(slots=True)
class Surroundings:
    """What the formulas of one block may speak of; `values` and `own` grow while its sentences are drawn."""

    noun: str
    levels: tuple[int, ...]
    members: tuple[Member, ...]
    open: bool
    weighted: bool
    fewest: int
    further: tuple[str, ...]
    tables: tuple[str, ...]
    values: dict[str, Kind] = field(default_factory=dict)
    own: dict[str, Kind] = field(default_factory=dict)
    score: Kind | None = None

    def nouns(self) -> tuple[str, ...]:
        return (
            ("requirement",) if self.noun == "requirement" else ("element", "critical element", "noncritical element")
        )

    def of(self, noun: str) -> list[Member]:
        """The named members that a noun speaks of."""
        wanted = {"critical element": True, "noncritical element": False}.get(noun)
        return [each for each in self.members if wanted is None or each.critical is wanted]

    def have_levels(self, noun: str) -> bool:
        return all(each.levels for each in self.of(noun))


class Formulas:
    """Draws formulas, conditions and whole values from one source of chance."""

    def __init__(self, chance: random.Random) -> None:
        self.random = chance

    def chance(self, share: float) -> bool:
        return self.random.random() < share

    def names(self, names: list[str]) -> str:
        """A list as people say it: `"A", "B" and "C"`."""
        quoted = [f'"{name}"' for name in names]
        return quoted[0] if len(quoted) == 1 else f"{', '.join(quoted[:-1])} and {quoted[-1]}"

    # ---- values ----------------------------------------------------------------------------------

    def value(self, around: Surroundings, depth: int, *, inside_each: bool = False) -> Drawn:
        """A formula with its endings."""
        text, kind = self.choice(around, depth, inside_each=inside_each)
        if self.chance(0.25):
            low, high = sorted(self.random.sample((0, 1, 2, 3, 4, 5, 100), 2))
            bounds = [f"no less than {low}", f"no more than {high}"]
            text += " but " + " and ".join(bounds if self.chance(0.5) else bounds[:1])
        if self.chance(0.3):
            places = self.random.choice(("whole numbers", "1 decimal", "2 decimals", "0 decimals", "the nearest half"))
            text += f" rounded {self.random.choice(TIES)} to {places}"
        return text, kind

    def choice(self, around: Surroundings, depth: int, *, inside_each: bool) -> Drawn:
        """A formula, or a choice between several."""
        text, kind = self.formula(around, depth, inside_each=inside_each)
        if not self.chance(0.15):
            return text, kind
        condition, by = self.conditions(around, inside_each=inside_each)
        other, otherwise = self.choice(around, depth - 1, inside_each=inside_each)
        return f"{text} when {condition} otherwise {other}", max(kind, by, otherwise)

    def formula(self, around: Surroundings, depth: int, *, inside_each: bool = False) -> Drawn:
        """A formula without endings."""
        if depth <= 0 or self.chance(0.2):
            return self.leaf(around, inside_each=inside_each)
        made = [self._sum, self._product, self._quotient, self._percent, self._group, self._extreme]
        if not inside_each or self.chance(0.2):
            made += [self._aggregate] * 5
        return self.random.choice(made)(around, depth, inside_each)

    def leaf(self, around: Surroundings, *, inside_each: bool) -> Drawn:
        """The smallest formulas: a number, a name, a count, one element."""
        leaves: list[Drawn] = [(self.random.choice(NUMBERS), Kind.FIXED), self.count(around), self.count(around)]
        leaves += [(f'"{name}"', kind) for name, kind in around.values.items()]
        if around.score is not None:
            leaves.append(("score", around.score))
        leaves += [self._attribute(each, around) for each in around.members]
        if inside_each:
            leaves += [("points", Kind.POINTS)] * 3 + [(f'"{name}"', kind) for name, kind in around.own.items()]
            leaves += [(f'"{name}"', Kind.POINTS) for name in around.further] * 2
            leaves += [("weight", Kind.WEIGHTED)] if around.weighted else []
        return self.random.choice(leaves)

    def count(self, around: Surroundings) -> Drawn:
        """A count or a share."""
        noun = self.random.choice(around.nouns())
        if self.chance(0.3):
            return f"the number of {noun}s", Kind.POINTS
        word = self.random.choice(("number", "share"))
        return f"the {word} of {noun}s {self.place(around, noun)}", Kind.POINTS

    def _attribute(self, member: Member, around: Surroundings) -> Drawn:
        takes: list[Drawn] = [(f'the points of "{member.name}"', Kind.POINTS)]
        if member.levels:
            takes.append((f'the level of "{member.name}"', Kind.POINTS))
        if member.score is not None:
            takes.append((f'the score of "{member.name}"', member.score))
        if around.weighted:
            takes.append((f'the weight of "{member.name}"', Kind.WEIGHTED))
        return self.random.choice(takes)

    def _operand(self, around: Surroundings, depth: int, inside_each: bool) -> Drawn:
        """A formula in parentheses, so that every reading is the one that was meant."""
        text, kind = self.formula(around, depth - 1, inside_each=inside_each)
        return (f"({text})" if any(sign in text for sign in " -") else text), kind

    def _sum(self, around: Surroundings, depth: int, inside_each: bool) -> Drawn:
        left, a = self._operand(around, depth, inside_each)
        right, b = self._operand(around, depth, inside_each)
        return f"{left} {self.random.choice('+-')} {right}", max(a, b)

    def _product(self, around: Surroundings, depth: int, inside_each: bool) -> Drawn:
        left, a = self._operand(around, depth, inside_each)
        right, b = self._operand(around, depth, inside_each)
        if a is Kind.WEIGHTED and b is Kind.WEIGHTED:
            right, b = self.random.choice(NUMBERS), Kind.FIXED
        return f"{left} * {right}", max(a, b)

    def _quotient(self, around: Surroundings, depth: int, inside_each: bool) -> Drawn:
        left, kind = self._operand(around, depth, inside_each)
        divisors: list[Drawn] = [("4", Kind.FIXED), ("0.5", Kind.FIXED), ("(2 + 1)", Kind.FIXED)]
        if around.fewest:
            divisors.append((f"the number of {around.noun}s", Kind.POINTS))
        right, by = self.random.choice(divisors)
        return f"{left} / {right}", max(kind, by)

    def _percent(self, around: Surroundings, depth: int, inside_each: bool) -> Drawn:
        text, kind = self._operand(around, depth, inside_each)
        return f"{self.random.choice(('40', '12.5', '100'))}% of {text}", kind

    def _group(self, around: Surroundings, depth: int, inside_each: bool) -> Drawn:
        text, kind = self._operand(around, depth, inside_each)
        return (f"-{text}" if self.chance(0.4) else f"({text})"), kind

    def _extreme(self, around: Surroundings, depth: int, inside_each: bool) -> Drawn:
        atoms = [self.atom(around) for _ in range(self.random.randint(2, 3))]
        words = [text for text, _ in atoms]
        listed = f"{', '.join(words[:-1])} and {words[-1]}"
        return f"the {self.random.choice(('larger', 'smaller'))} of {listed}", max(kind for _, kind in atoms)

    def atom(self, around: Surroundings) -> Drawn:
        """A name, a number or the score."""
        atoms: list[Drawn] = [(self.random.choice((*NUMBERS, "-2", "-0.5")), Kind.FIXED)]
        atoms += [(f'"{name}"', kind) for name, kind in around.values.items()]
        if around.score is not None:
            atoms.append(("score", around.score))
        return self.random.choice(atoms)

    # ---- over members ----------------------------------------------------------------------------

    def _aggregate(self, around: Surroundings, depth: int, inside_each: bool) -> Drawn:
        del depth, inside_each
        word = self.random.choice(("sum", "average", "lowest", "highest"))
        noun = self.random.choice(around.nouns())
        of, members = f" of {noun}s", around.of(noun)
        everyone = noun == around.noun
        if around.members and self.chance(0.3):
            members = self.random.sample(around.members, self.random.randint(1, len(around.members)))
            of, everyone = f" of {self.names([each.name for each in members])}", False
        elif everyone and self.chance(0.4):
            of = ""
        measure, kind = self._measure(around, members, named=of.startswith(' of "'))
        kind = max(kind, Kind.POINTS)
        if around.weighted and kind is Kind.POINTS and self.chance(0.6):
            if word == "average" and (everyone or self.chance(0.3)) and self.chance(0.6):
                return f"the average of {measure} by weight{of}", Kind.WEIGHTED
            measure, kind = f"{measure} times weight", Kind.WEIGHTED
        return f"the {word} of {measure}{of}", kind

    def _measure(self, around: Surroundings, members: list[Member], *, named: bool) -> Drawn:
        """What is taken of each member."""
        measures: list[Drawn] = [("points", Kind.POINTS)] * 2
        if all(each.levels for each in members):
            measures.append(("levels", Kind.POINTS))
        scores = [each.score for each in members]
        if scores and None not in scores and (named or not around.open):
            measures.append(("scores", max(score for score in scores if score is not None)))
        measures += [(f'"{name}"', kind) for name, kind in around.own.items()] * 2
        measures += [(f'"{name}"', Kind.POINTS) for name in around.further] * 2
        if around.weighted:
            measures.append(("weights", Kind.WEIGHTED))
        return self.random.choice(measures)

    def place(self, around: Surroundings, noun: str) -> str:
        """Where members are."""
        if not around.have_levels(noun) or self.chance(0.1):
            return self.random.choice(("rated", "not rated"))
        level = self.random.choice(around.levels)
        return self.random.choice((f"at level {level}", f"at level {level} or better", f"below level {level}"))

    def quantity(self, noun: str) -> str:
        """How many of a noun, with the noun."""
        low = self.random.randint(0, 2)
        many = ("at least {}", "at most {}", "exactly {}")
        return self.random.choice(
            (
                f"any {noun}",
                f"no {noun}",
                f"every {noun}",
                f"more than half of the {noun}s",
                f"at least half of the {noun}s",
                *(f"{each.format(low)} {noun}s" for each in many),
                f"{low} to {low + 1} {noun}s",
                f"at least {self.random.choice((25, 50, 75))}% {noun}s",
            )
        )

    def phrase(self, around: Surroundings) -> str:
        """`no element below level 3`, as overrides and floors have it."""
        noun = self.random.choice(around.nouns())
        return f"{self.quantity(noun)} {self.place(around, noun)}"

    # ---- conditions ------------------------------------------------------------------------------

    def conditions(self, around: Surroundings, *, inside_each: bool = False) -> Drawn:
        """One to three clauses; their kind is the highest of what they compare."""
        clauses = [self._clause(around, inside_each) for _ in range(self.random.choice((1, 1, 2, 3)))]
        return " and ".join(text for text, _ in clauses), max(kind for _, kind in clauses)

    def _clause(self, around: Surroundings, inside_each: bool) -> Drawn:
        noun = self.random.choice(around.nouns())
        many = self.quantity(noun)
        verb = "is" if many.startswith(("any ", "no ", "every ")) else "are"
        made: list[Drawn] = [(f"{many} {verb} {self.place(around, noun)}", Kind.POINTS)]
        right, by = self.atom(around)
        comparison = f"is {self.random.choice(COMPARATORS)} {right}"
        made += [(f'"{name}" {comparison}', max(kind, by)) for name, kind in around.values.items()]
        if inside_each:
            made += [(f'"{name}" {comparison}', max(kind, by)) for name, kind in around.own.items()]
            made += [(f'"{name}" {comparison}', max(Kind.POINTS, by)) for name in around.further]
        if around.score is not None:
            made += [(f"score {comparison}", max(around.score, by))] * 2
        for each in around.members:
            if each.levels:
                level = self.random.choice(around.levels)
                made.append((f'"{each.name}" is at level {level} or better', Kind.POINTS))
        return self.random.choice(made)
