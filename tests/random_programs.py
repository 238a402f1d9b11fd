"""Programs and appraisals drawn at random: every kind of formula, condition, row, and missing rating."""

from __future__ import annotations

import itertools
import random
from fractions import Fraction

from sespms_rules.foundation.interval import Interval
from sespms_rules.program import ir
from sespms_rules.program.rating import Appraisal, Rated

LEVELS = (5, 4, 3, 2, 1)


class Draw:
    """Draws one program after another from a seed; with `facts` some of them read facts about the executive."""

    def __init__(self, seed: int, *, facts: bool = False) -> None:
        self.with_facts = facts
        self.random = random.Random(seed)
        self.of_facts = random.Random(seed + 1)  # what is drawn of facts changes nothing else that is drawn
        self.facts: tuple[ir.Fact, ...] = ()

    def number(self) -> Fraction:
        return Fraction(self.random.randint(-2, 12), self.random.choice((1, 1, 1, 2, 3, 10)))

    def chance(self, share: float) -> bool:
        return self.random.random() < share

    # ---- parts of a stage ------------------------------------------------------------------------

    def program(self) -> ir.Program:
        tables = (self.table("T"),)
        self.facts = self.declared() if self.with_facts and self.of_facts.random() < 0.4 else ()
        summary = self.stage("summary rating", ir.Kind.ELEMENT, nested=True)
        return ir.Program(
            "drawn", summary, tables, tuple((level, f"term {level}") for level in LEVELS), facts=self.facts
        )

    def declared(self) -> tuple[ir.Fact, ...]:
        """A fact of words, and two that are numbers."""
        return (
            ir.Fact("kind", Fraction(1), Fraction(3), 1, ("general", "special", "other")),
            ir.Fact("days", Fraction(0), Fraction(9)),
            ir.Fact("worth", Fraction(-1), Fraction(2), 10),
        )

    def known(self, program: ir.Program) -> tuple[tuple[str, Fraction | str], ...]:
        """What an appraisal says of the facts, rarely something that they cannot be."""
        given: list[tuple[str, Fraction | str]] = []
        for fact in program.facts:
            number = fact.low + Fraction(self.of_facts.randrange(fact.count), fact.per_one)
            value = fact.shown(number)
            drawn = self.of_facts.random()
            if drawn < 0.02:
                value = self.of_facts.choice((Fraction(99), Fraction(1, 7), "no such word"))
            if drawn < 0.97:
                given.append((fact.name, value))
        return tuple(given)

    def of_a_fact(self) -> ir.Condition:
        """A condition on a fact."""
        fact = self.of_facts.choice(self.facts)
        number = fact.low + Fraction(self.of_facts.randrange(fact.count), fact.per_one)
        relation = ir.Relation.EQUAL if fact.words else self.of_facts.choice(tuple(ir.Relation))
        return ir.Compare(ir.TheFact(fact.name, fact.words), relation, ir.Constant(number))

    def table(self, name: str) -> ir.Table:
        edges = sorted({self.number() for _ in range(3)})
        ends = [None, *edges, None]
        rows = [
            ir.TableRow(Interval(low, self.chance(0.7), high, self.chance(0.5)), self.number())
            for low, high in itertools.pairwise(ends)
        ]
        return ir.Table(name, tuple(rows), self.number() if self.chance(0.6) else None)

    def stage(self, name: str, kind: ir.Kind, *, nested: bool) -> ir.Stage:
        self.kind = kind
        names = [f"{kind.value} {number}" for number in range(self.random.randint(1, 4))]
        members = []
        for each in names:
            inner = self.stage(each, ir.Kind.REQUIREMENT, nested=False) if nested and self.chance(0.25) else None
            scale: ir.LevelScale | ir.NumberScale = ir.LevelScale(LEVELS)
            if inner is None and self.chance(0.15):
                scale = ir.NumberScale(Fraction(0), Fraction(10))
            members.append(ir.Member(each, self.chance(0.7), scale, inner))
        self.kind, self.names, self.scored = kind, names, False
        self.values: list[str] = []
        self.own: list[str] = []
        self.weighted = self.chance(0.5)
        self.further = (ir.Further("extra", Fraction(-1), Fraction(1)),) if self.chance(0.3) else ()
        definitions = self.definitions()
        first = self.chance(0.5)
        rows = [self.row() for _ in range(self.random.randint(1, 5))]
        if first and self.chance(0.7):
            rows.append(ir.Row(ir.All(()), ir.ToLevel(3)))
        return ir.Stage(
            name,
            kind,
            tuple(members),
            kind is ir.Kind.REQUIREMENT and self.chance(0.5),
            tuple((level, Fraction(level if level > 1 else 0)) for level in LEVELS),
            self.weighted,
            (ir.WholeWeights(),) if self.weighted and self.chance(0.3) else (),
            self.unrated(),
            self.further,
            definitions,
            ir.HitPolicy.FIRST if first else ir.HitPolicy.UNIQUE,
            tuple(
                ir.Row(self.quantified(), ir.ToLevel(self.random.choice(LEVELS)))
                for _ in range(self.random.randint(0, 2))
            ),
            tuple(rows),
            tuple(self.values),
            caps=self.caps(),
            questions=self.questions(name if kind is ir.Kind.REQUIREMENT else None),
        )

    def questions(self, about: str | None) -> tuple[ir.Question, ...]:
        """Up to two questions for the reviewer, of which one may be asked about everyone."""
        before = self.random.getstate()
        made = tuple(
            ir.Question(f"Is this so ({number})?", None if self.chance(0.2) else self.condition(), about)
            for number in range(self.random.choice((0, 0, 1, 2)))
        )
        self.random.setstate(before)  # what is asked changes nothing else that is drawn
        return made

    def caps(self) -> tuple[ir.Row, ...]:
        """Up to two caps, the lower first, as lowering has them."""
        drawn = [self.random.choice(LEVELS) for _ in range(self.random.choice((0, 0, 1, 2)))]
        return tuple(ir.Row(self.condition(), ir.ToLevel(level)) for level in sorted(drawn))

    def unrated(self) -> tuple[ir.UnratedRule, ...]:
        what = self.random.choice((None, *ir.Unrated))
        if what is None:
            return ()
        level = 3 if what is ir.Unrated.COUNT_AS else None
        return (ir.UnratedRule(self.kind, what, level),)

    def definitions(self) -> tuple[ir.Definition | ir.ScoreDefinition, ...]:
        made: list[ir.Definition | ir.ScoreDefinition] = []
        for number in range(self.random.randint(0, 3)):
            name = f"value {number}"
            if self.chance(0.3):
                made.append(ir.Definition(name, self.expression(2, member=True), each=ir.Group(self.kind)))
                self.own.append(name)
            else:
                made.append(ir.Definition(name, self.expression(3)))
                self.values.append(name)
        if self.chance(0.9):
            made.append(ir.ScoreDefinition(self.expression(3)))
            self.scored = True
        return tuple(made)

    def row(self) -> ir.Row:
        outcome: ir.ToLevel | ir.ToNotRated = ir.ToLevel(self.random.choice(LEVELS))
        if self.chance(0.1):
            outcome = ir.ToNotRated()
        parts = [self.condition() for _ in range(self.random.randint(1, 2))]
        if self.facts and self.of_facts.random() < 0.3:
            parts.append(self.of_a_fact())
        return ir.Row(ir.All(tuple(parts)), outcome)

    # ---- formulas --------------------------------------------------------------------------------

    def members(self) -> ir.Members:
        if self.chance(0.3):
            return ir.Names(tuple(sorted(self.random.sample(self.names, self.random.randint(1, len(self.names))))))
        if self.kind is ir.Kind.ELEMENT and self.chance(0.4):
            return ir.Group(self.random.choice((ir.Kind.CRITICAL, ir.Kind.NONCRITICAL)))
        return ir.Group(self.kind)

    def test(self) -> ir.MemberTest:
        kind = self.random.choice(tuple(ir.TestKind))
        plain = kind in (ir.TestKind.RATED, ir.TestKind.NOT_RATED)
        return ir.MemberTest(kind, None if plain else self.random.choice(LEVELS))

    def leaf(self, *, member: bool) -> ir.Expression:
        leaves: list[ir.Expression] = [ir.Constant(self.number()), ir.CountOf(self.members(), None)]
        leaves += [ir.CountOf(self.members(), self.test()), ir.ShareOf(self.members(), self.test())]
        leaves += [ir.Named(name) for name in self.values]
        leaves += [ir.OfMember(ir.Take.POINTS, self.random.choice(self.names))]
        if member:
            leaves += [ir.Own(ir.Take.POINTS)] * 3 + [ir.Own(ir.Take.SCORE)] + [ir.OwnNamed(name) for name in self.own]
            leaves += [ir.OwnFurther("extra")] if self.further else []
            leaves += [ir.Own(ir.Take.WEIGHT)] if self.weighted else []
        found = self.random.choice(leaves)
        if self.facts and self.of_facts.random() < 0.1:
            return ir.TheFact(self.of_facts.choice(("days", "worth")))
        return found

    def aggregate(self) -> ir.Expression:
        kind = self.random.choice(tuple(ir.Aggregation))
        by_weight = kind is ir.Aggregation.AVERAGE and self.weighted and self.chance(0.5)
        body = self.expression(1, member=True)
        return ir.Aggregate(kind, body, by_weight, self.members())

    def expression(self, depth: int, *, member: bool = False) -> ir.Expression:
        if depth == 0 or self.chance(0.15):
            return self.leaf(member=member)
        if not member and self.chance(0.4):
            return self.aggregate()
        a, b = self.expression(depth - 1, member=member), self.expression(depth - 1, member=member)
        made: list[ir.Expression] = [ir.Sum(a, b), ir.Difference(a, b), ir.Product(a, b), ir.Quotient(a, b)]
        made += [ir.Largest((a, b)), ir.Smallest((a, b)), ir.LookUp("T", a)]
        made += [ir.Rounded(a, tie, self.random.choice((1, 2, 10, 100))) for tie in ir.Tie]
        condition: ir.Condition = self.quantified()
        if member and self.chance(0.6):
            condition = ir.Compare(
                self.leaf(member=True), self.random.choice(tuple(ir.Relation)), ir.Constant(self.number())
            )
        if self.facts and self.of_facts.random() < 0.3:
            condition = self.of_a_fact()
        made.append(ir.Choice(condition, a, b))
        return self.random.choice(made)

    def quantified(self) -> ir.Condition:
        members, test, low = self.members(), self.test(), self.random.randint(0, 2)
        made: list[ir.Condition] = [
            ir.NumberThat(members, test, low, None),
            ir.NumberThat(members, test, None, low),
            ir.NumberThat(members, test, low, low + 1),
            ir.EveryOne(members, test),
            ir.MajorityThat(members, test),
            ir.ShareThat(members, test, Fraction(self.random.choice((25, 50, 67))), None),
        ]
        return self.random.choice(made)

    def condition(self) -> ir.Condition:
        if self.scored and self.chance(0.6):
            low = self.number()
            above = ir.Compare(ir.TheScore(), self.random.choice(tuple(ir.Relation)), ir.Constant(low))
            if self.chance(0.5):
                return above
            return ir.All((above, ir.Compare(ir.TheScore(), ir.Relation.LESS, ir.Constant(low + 2))))
        if self.values and self.chance(0.5):
            left = ir.Named(self.random.choice(self.values))
            right = ir.Named(self.random.choice(self.values)) if self.chance(0.5) else ir.Constant(self.number())
            return ir.Compare(left, self.random.choice(tuple(ir.Relation)), right)
        return self.quantified()

    # ---- appraisals ------------------------------------------------------------------------------

    def appraisal(self, program: ir.Program) -> Appraisal:
        elements = tuple(self.rated(member, program.summary) for member in program.summary.members)
        return Appraisal("drawn", elements, facts=self.known(program))

    def rated(self, member: ir.Member, stage: ir.Stage) -> Rated:
        rating: Fraction | None = Fraction(self.random.choice((*LEVELS, 5, 4, 3)))
        if isinstance(member.scale, ir.NumberScale):
            rating = Fraction(self.random.randint(0, 40), 4)
        if self.chance(0.12):
            rating = None
        inner: tuple[Rated, ...] = ()
        if member.stage is not None:
            rating = None
            inner = tuple(self.rated(each, member.stage) for each in member.stage.members)
        weight = Fraction(self.random.randint(1, 30), self.random.choice((1, 1, 1, 2))) if stage.weighted else None
        further = tuple(
            (each.name, Fraction(self.random.randint(-1, 1))) for each in stage.further if rating is not None or inner
        )
        return Rated(member.name, rating, weight, further, inner)
