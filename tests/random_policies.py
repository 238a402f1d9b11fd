"""Whole policies drawn at random as text, well-typed by construction, and appraisals under them.

Limits on weights are drawn around a plan that keeps them, so that every policy has a plan it allows; names are odd on
purpose, and lines are laid out as carelessly as people do.
"""

from __future__ import annotations

import random
from dataclasses import dataclass
from fractions import Fraction

from random_formulas import Formulas, Kind, Member, Surroundings
from sespms_rules.program.rating import Appraisal, Rated

NAMES = (
    *("Leading People", "level 5", "score", "Größe & Zahl", "A, B and C", "the sum of points", "50%", "under way"),
    *("x", "Mission – Results", "is rated", "No. 7", "points times weight", "otherwise", "Équipe", "1", "a # b", "-"),
    *("Stewardship", "when in doubt", "Partnership", "weights", "at least", "half up", "Ω", "O'Hara", "(sum)", "+"),
)
OWN = ("Own one", "Own two", "Own three", "Own four")
ALL_LEVELS = (5, 4, 3, 2, 1)


@dataclass(slots=True)
class Part:
    """What a plan may bring: an element with its block, or a requirement."""

    name: str
    critical: bool
    scale: tuple[Fraction, ...]
    weight: int | None
    requirements: tuple[Part, ...] = ()
    further: tuple[str, ...] = ()
    named: bool = True


class RandomPolicy:
    """A policy drawn from a seed: its `text`, and appraisals that its plan allows."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)
        self.formulas = Formulas(self.random)
        self.unused = self.random.sample(NAMES, len(NAMES))
        self.tables: dict[str, list[str]] = {}
        self.reported: list[str] = []
        self.outside = self.chance(0.2)
        self.levels = ALL_LEVELS if not self.outside or self.chance(0.5) else (5, 3, 1)
        self.weighted = self.chance(0.55)
        self.number_table = self._table(numbers=True) if self.chance(0.4) else None
        self.parts: list[Part] = []
        self.members: list[Member] = []
        self.further = (self.name(),) if self.chance(0.25) else ()
        self.left_out = False
        blocks = self._elements()
        rating = self._summary()
        self.text = "\n".join(self._untidy([*self._head(), *blocks, *self._rest(), *rating, *self._written_tables()]))

    def chance(self, share: float) -> bool:
        return self.random.random() < share

    def name(self) -> str:
        """A name that nothing has yet."""
        return self.unused.pop()

    # ---- elements --------------------------------------------------------------------------------

    def _elements(self) -> list[str]:
        """The blocks of the elements that the policy names; a plan may bring others."""
        count = self.random.randint(0, 4)
        self.own = self.random.randint(0, 2) if count else self.random.randint(2, 4)
        weights = self._split(count + self.own)
        lines: list[str] = []
        for number in range(count):
            lines += self._element(self.name(), weights[number], first=number == 0)
        for number in range(self.own):
            weight = weights[count + number]
            self.parts.append(Part(OWN[number], True, self._scale(self.levels), weight, named=False))
        return lines

    def _split(self, count: int, total: int = 100) -> list[int | None]:
        """Whole weights above zero that add up to the total."""
        if not self.weighted:
            return [None] * count
        cuts = sorted(self.random.sample(range(1, total), count - 1))
        return [high - low for low, high in zip([0, *cuts], [*cuts, total], strict=True)]

    def _scale(self, levels: tuple[int, ...]) -> tuple[Fraction, ...]:
        return tuple(Fraction(level) for level in levels)

    def _element(self, name: str, weight: int | None, *, first: bool) -> list[str]:
        critical = not (self.outside and self.chance(0.4))
        part = Part(name, critical, self._scale(self.levels), weight)
        member = Member(name, critical, self.levels, None)
        lines = ["", f'{"critical" if critical else "noncritical"} element "{name}"']
        if first and self.further:
            lines.append(f'  each element is also rated "{self.further[0]}" from -1 to 2')
        drawn = self.random.random()
        if drawn < 0.15:
            lines.append("  rated on a scale of 0 to 10")
            member.levels, member.score = (), Kind.POINTS
            part.scale = tuple(Fraction(number, 4) for number in range(41))
        elif drawn < 0.25:
            member.levels = (5, 3, 1)
            part.scale = self._scale((5, 3, 1))
            lines.append("  rated on levels 5, 3 and 1")
        elif drawn < 0.45:
            lines += self._nested(part, member)
        self.parts.append(part)
        self.members.append(member)
        return lines

    def _nested(self, part: Part, member: Member) -> list[str]:
        """The block of an element whose requirements are rated."""
        count = self.random.randint(1, 3)
        weighted, total = self.chance(0.5), self.chance(0.7)
        further = (self.name(),) if self.chance(0.3) else ()
        lines = ["  requirements are rated", f"  has {self.random.randint(1, count)} to {count} requirements"]
        if weighted and total:
            lines.append(f"  requirement weights total {100}")
        if weighted and self.chance(0.4):
            lines.append("  requirement weights are whole numbers")
        limited = any("weights" in line for line in lines)
        lines += [f'  each requirement is also rated "{name}" from 0 to 1' for name in further]
        unrated, _ = self._unrated(("requirement",), scaled=False)
        around = Surroundings(
            "requirement",
            self.levels,
            (),
            True,
            weighted,
            1,
            further,
            self._keys(),
        )
        lines += unrated + self._derivation(around, self.levels, nested=True)
        member.score = around.score if around.score is not Kind.FIXED else Kind.POINTS
        reads_weights = limited or any("weight" in line for line in map(_unquoted, lines))
        self.weighted, before = reads_weights, self.weighted
        weights = self._split(count)
        self.weighted = before
        part.requirements = tuple(
            Part(f"Requirement {number}", True, self._scale(self.levels), weight, further=further)
            for number, weight in enumerate(weights)
        )
        return lines

    # ---- the summary -----------------------------------------------------------------------------

    def _summary(self) -> list[str]:
        scaled = any(not each.levels for each in self.members)
        unrated, self.left_out = self._unrated(("element", "critical element", "noncritical element"), scaled=scaled)
        critical = sum(each.critical for each in self.parts)
        named = sum(each.critical for each in self.members)
        self.low, self.high = self.random.randint(max(1, named), max(1, critical)), critical
        self.total = self.weighted and self.chance(0.8)
        self.head_counts = bool(self.own) or self.chance(0.5)
        around = Surroundings(
            "element",
            self.levels,
            tuple(self.members),
            bool(self.own),
            self.weighted,
            1 if self.members or self.head_counts else 0,
            self.further if self.members else (),
            self._keys(),
        )
        return ["", "summary rating", *unrated, *self._derivation(around, self.levels, nested=False)]

    def _unrated(self, nouns: tuple[str, ...], *, scaled: bool) -> tuple[list[str], bool]:
        lines, left_out = [], False
        for noun in self.random.sample(nouns, self.random.randint(0, min(2, len(nouns)))):
            drawn = self.random.choice(("are left out", "stop the rating", f"count as level {self.levels[1]}"))
            if scaled and drawn.startswith("count"):
                continue
            left_out |= drawn == "are left out"
            lines.append(f"  unrated {noun}s {drawn}")
        return lines, left_out

    def _derivation(self, around: Surroundings, outcomes: tuple[int, ...], *, nested: bool) -> list[str]:
        """Values, a score, lines and overrides, in an order that may be read."""
        lines = self._definitions(around)
        if self.chance(0.9):
            lines.append(self._score(around))
            lines += self._definitions(around) if self.chance(0.3) else []
        first = self.chance(0.5)
        rows = self._rows(around, outcomes, first)
        lines += ["  take the first line that fits"] if first else []
        for _ in range(self.random.randint(0, 2)):
            phrases = " and ".join(self.formulas.phrase(around) for _ in range(self.random.choice((1, 1, 2))))
            verb = "makes" if phrases.startswith(("any ", "no ", "every ")) else "make"
            most = "no higher than " if self.chance(0.3) else ""
            rows.append(f"  {phrases} {verb} the rating {most}level {self.random.choice(outcomes)}")
        lines += dict.fromkeys(rows)
        if not nested:
            lines += self._reports(around)
        return lines

    def _definitions(self, around: Surroundings) -> list[str]:
        lines = []
        for _ in range(self.random.randint(0, 2)):
            if len(self.unused) < 6:
                break
            name = self.name()
            if self.chance(0.3):
                text, kind = self.formulas.value(around, 2, inside_each=True)
                lines.append(f'  "{name}" of each {around.noun} is {text}')
                around.own[name] = kind
            elif around.values and around.tables and self.chance(0.3):
                key = self.random.choice(list(around.values))
                lines.append(f'  "{name}" is the "{around.tables[0]}" for "{key}"')
                around.values[name] = around.values[key]
            else:
                text, kind = self.formulas.value(around, 3)
                lines.append(f'  "{name}" is {text}')
                around.values[name] = kind
        return lines

    def _score(self, around: Surroundings) -> str:
        if around.weighted and self.chance(0.15):
            around.score = Kind.WEIGHTED
            return "  score is the average of points by weight"
        text, around.score = self.formulas.value(around, 3)
        return f"  score is {text}"

    def _rows(self, around: Surroundings, outcomes: tuple[int, ...], first: bool) -> list[str]:
        rows = []
        if around.score is not None:
            cuts = self.random.sample(range(-1, 12), self.random.randint(1, 4))
            cuts = sorted(cut for cut in cuts if cut >= 0) or [3]
            rows = [f"  score below {cuts[0]} is level {self.random.choice(outcomes)}"]
            for low, high in zip(cuts, [*cuts[1:], None], strict=True):
                top = f" and below {high}" if high is not None else ""
                floor = f" with {self.formulas.phrase(around)}" if self.chance(0.2) else ""
                rows.append(f"  score at least {low}{top}{floor} is level {self.random.choice(outcomes)}")
        for _ in range(self.random.randint(0 if rows else 1, 2)):
            outcome = "not rated" if self.chance(0.1) else f"level {self.random.choice(outcomes)}"
            rows.append(f"  {outcome} when {self.formulas.conditions(around)[0]}")
        if first:
            self.random.shuffle(rows)
            rows += [f"  level {self.random.choice(outcomes)} otherwise"] if self.chance(0.7) else []
        return rows

    def _reports(self, around: Surroundings) -> list[str]:
        lines = [f'  also report "{name}"' for name in around.values if self.chance(0.3)]
        if self.chance(0.3):
            name, table = self.name(), self._table(numbers=self.chance(0.5))
            key = "score" if around.score is not None and self.chance(0.5) else "level"
            lines += [f'  "{name}" is the "{table}" for {key}', f'  also report "{name}"']
        if self.chance(0.2):
            lines.append(f'  ask reviewer "Is this so?" when {self.formulas.conditions(around)[0]}')
        return lines

    # ---- tables, limits, the head ----------------------------------------------------------------

    def _keys(self) -> tuple[str, ...]:
        return (self.number_table,) if self.number_table else ()

    def _table(self, *, numbers: bool) -> str:
        name = self.name()
        results = ("0", "2%", "3.5", "12") if numbers else ('"A"', '"B, the second"', '"C"')
        low, high = sorted(self.random.sample(range(1, 9), 2))
        ranges = (f"below {low}", f"{low} to {high}", f"at least {high + 1}")
        lines = [f"  {each} gives {self.random.choice(results)}" for each in ranges]
        lines += [f"  otherwise gives {self.random.choice(results)}"] if self.chance(0.7) else []
        self.tables[name] = ["", f'table "{name}"', *lines]
        return name

    def _written_tables(self) -> list[str]:
        return [line for lines in self.tables.values() for line in lines]

    def _rest(self) -> list[str]:
        """The levels, and limits on weights that the drawn plan keeps."""
        points = sorted(self.random.sample(range(8), len(self.levels)), reverse=True)
        federal = ("outstanding", "exceeds fully successful", "fully successful", "minimally satisfactory")
        words = dict(zip(ALL_LEVELS, (*federal, "unsatisfactory"), strict=True))
        lines = ["", "levels"]
        for level, worth in zip(self.levels, points, strict=True):
            lines.append(f'  level {level} "Term {level}" {worth} points equivalent to {words[level]}')
        return lines + (self._limits() if self.weighted else [])

    def _limits(self) -> list[str]:
        lines = ["", "weights"] + (["  total 100"] if self.total else [])
        lines += ["  are whole numbers"] if self.chance(0.5) else []
        plan = [each.weight for each in self.parts if each.weight is not None]
        for each in self.parts:
            if each.named and each.weight is not None and self.chance(0.3):
                limit = self.random.choice((f"at least {max(1, each.weight - 3)}", f"at most {each.weight + 2}"))
                lines.append(f'  "{each.name}" {limit}')
        lines += [f"  all at least {min(plan)}"] if self.chance(0.3) else []
        heaviest = max(self.parts, key=lambda each: each.weight or 0)
        if heaviest.named and self.chance(0.3):
            lines.append(f'  none above "{heaviest.name}"')
        return lines if len(lines) > 2 else []

    def _head(self) -> list[str]:
        lines = ["# Drawn at random; the agency is invented.", "", f'system "Drawn {self.random.randint(1, 999)}"']
        lines += ['  agency "An invented agency" under "5 CFR 430"'] if self.chance(0.3) else []
        lines += ["  is outside the Senior Executive Service"] if self.outside else []
        if self.head_counts:
            low, high = self.low, max(self.low, self.high)
            count = f"exactly {high}" if low == high else f"{low} to {high}"
            lines.append(f"  has {count} critical elements")
        return lines

    def _untidy(self, lines: list[str]) -> list[str]:
        """The same lines with other indents, empty lines and notes here and there."""
        untidy = []
        for line in lines:
            if line.startswith("  ") and self.chance(0.15):
                line = " " * self.random.randint(1, 7) + line.strip()
            if line and self.chance(0.05):
                line += self.random.choice(("  # a note", " ", "   # 'another' \"one\""))
            untidy.append(line)
            if self.chance(0.03):
                untidy.append(self.random.choice(("", "# a note at the margin", "    # a note further in")))
        return untidy + [""] * self.random.randint(0, 2)

    # ---- appraisals ------------------------------------------------------------------------------

    def appraisal(self) -> Appraisal:
        """An appraisal under the drawn plan, some ratings missing."""
        return Appraisal("drawn", tuple(self._rated(each, self.further if self.members else ()) for each in self.parts))

    def _rated(self, part: Part, further: tuple[str, ...]) -> Rated:
        rating = None if part.requirements or self.chance(0.06) else self.random.choice(part.scale)
        inner = tuple(self._rated(each, each.further) for each in part.requirements)
        weight = None if part.weight is None else Fraction(part.weight)
        second = tuple((name, Fraction(self.random.choice((0, 1, Fraction(1, 2))))) for name in further)
        return Rated(part.name, rating, weight, second, inner, part.critical)


def _unquoted(line: str) -> str:
    """A line without its names."""
    return " ".join(line.split('"')[::2])
