"""What names mean in one block: values defined above, members, additional ratings, tables, levels.

A scope grows while the sentences of its block are read in order. It never raises for a fault in a policy: what
cannot be resolved becomes a finding, and an unknown value stands in its place.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType

from sespms_rules.foundation.diagnostic import Finding, Fix
from sespms_rules.foundation.line_edits import one_of_several, whole_lines
from sespms_rules.foundation.source import Span
from sespms_rules.foundation.spelling import did_you_mean, nearest_name
from sespms_rules.foundation.values import Frozen, field, replace
from sespms_rules.language.resolution import NO_SUCH_LEVEL, level_number, respelled
from sespms_rules.language.syntax.limits import AnyLevel, LevelWord
from sespms_rules.language.syntax.nodes import Quoted
from sespms_rules.language.syntax.words import Noun
from sespms_rules.program import ir
from sespms_rules.program.lowering.findings import NAME_WITH_TWO_MEANINGS, UNDECLARED_LEVEL, WRONG_MEMBERS, Findings
from sespms_rules.program.lowering.kinds import Typed, ValueKind

_MOST_OFFERED = 200
"""After so many findings no nearest name is looked for: no more of one kind are told."""


class MemberFacts(Frozen):
    """What formulas need to know of a member that the policy names.

    `on_scale` says that it is rated by a number; `has_level` is false for such a member, and for one whose own block
    gives a score and no level. `score` is the kind of its score, None where it has none;
    `through` are the names by which that score depends on weights. `span` is the heading of its block. `optional` says
    that only some plans have it.
    """

    name: str
    critical: bool
    on_scale: bool
    has_level: bool
    score: ValueKind | None
    through: tuple[str, ...]
    span: Span
    optional: bool = field(default=False)


class Surroundings(Frozen):
    """What a block finds around it.

    `levels` are those the system has, best first; `elements` the elements it names; `tables` say for each table
    whether it gives words (codes) rather than numbers. `facts` are what is known beside ratings, by name.
    """

    levels: tuple[int, ...]
    elements: tuple[str, ...]
    tables: Mapping[str, bool]
    facts: Mapping[str, ir.Fact] = field(default=MappingProxyType({}))


class StageFacts(Frozen):
    """What a stage is made of, before its formulas are read. `title` is how messages call the block."""

    kind: ir.Kind
    title: str
    members: tuple[MemberFacts, ...]
    open: bool
    limits: tuple[ir.Limit, ...]
    further: tuple[ir.Further, ...]
    unrated: tuple[ir.UnratedRule, ...] = field(default=())


class Scope:
    """The names of one block, as far as it has been read.

    `score` is the score once it is defined; `score_at` where it is defined, anywhere in the block. `below` are all
    names the block defines, with their places. `inside_each` is true within `of each`. `reads_weights` becomes
    true when an expression reads a weight. `read` are the names that something has read.
    """

    def __init__(self, stage: StageFacts, around: Surroundings, findings: Findings) -> None:
        self.stage = stage
        self.around = around
        self.findings = findings
        self.values: dict[str, Typed] = {}
        self.of_each: dict[str, Typed] = {}
        self.below: dict[str, Span] = {}
        self.score: Typed | None = None
        self.score_at: Span | None = None
        self.inside_each = False
        self.reads_weights = False
        self.read: set[str] = set()
        self._members = {member.name: member for member in stage.members}
        self._further = {further.name for further in stage.further}

    def find(
        self,
        finding: Finding,
        span: Span,
        message: str,
        help: str = "",
        fixes: tuple[Fix, ...] = (),
    ) -> None:
        """Add a finding."""
        self.findings.append(finding.at(span, message, help=help, fixes=fixes))

    @property
    def member_word(self) -> str:
        """What one member is called: `element` or `requirement`."""
        return self.stage.kind.value

    def member(self, name: str) -> MemberFacts | None:
        """The member with this name, if the policy names it."""
        return self._members.get(name)

    def is_further(self, name: str) -> bool:
        """Whether each member carries an additional rating of this name."""
        return name in self._further

    def unknown(self, finding: Finding, name: Quoted, candidates: list[str], what: str, help: str) -> None:
        """Add a finding on a name that nothing has, with the nearest name that something has."""
        many = len(self.findings) > _MOST_OFFERED  # each is compared with every name there is
        nearest = None if many else nearest_name(name.text, candidates)
        fixes = respelled(name.text, nearest, name.span)
        self.findings.append(finding.at(name.span, what, help=did_you_mean(nearest, help), fixes=fixes))

    # ---- defining ------------------------------------------------------------------------------------

    def claim(self, name: Quoted) -> bool:
        """Say whether a definition may have this name; if not, add a finding."""
        if name.text in self.around.elements:
            message = f"`{name.text}` is already the name of an element"
        elif self.is_further(name.text):
            message = f"`{name.text}` is already the name of an additional rating"
        elif name.text in self.around.facts:
            message = f"`{name.text}` is already the name of a fact"
        else:
            return True
        self.find(NAME_WITH_TWO_MEANINGS, name.span, message, "give the value a name of its own")
        return False

    def define(self, name: str, value: Typed, *, of_each: bool) -> None:
        """Let sentences below read a value."""
        (self.of_each if of_each else self.values)[name] = replace(value, expression=ir.Named(name))

    # ---- members and levels --------------------------------------------------------------------------

    def kind_of(self, noun: Noun, span: Span) -> ir.Kind | None:
        """The members a noun speaks of; None, with a finding, where this block has none of the sort."""
        wanted = noun is Noun.REQUIREMENT
        if wanted == (self.stage.kind is ir.Kind.REQUIREMENT):
            return ir.Kind(noun.value)
        if wanted:
            message = f"`{noun.value}s` cannot be read in {self.stage.title}, which reads elements"
            help = "move the sentence into the block of the element whose requirements are rated, or speak of elements"
        else:
            message = f"`{noun.value}s` cannot be read in {self.stage.title}, which reads its own requirements"
            help = "speak of `requirements`, or move the sentence under `summary rating`"
        found = _noun_in(span, noun)
        meant = (Noun.ELEMENT if wanted else Noun.REQUIREMENT).value
        so_that = f"so that {self.stage.title} reads what it has"
        self.find(WRONG_MEMBERS, found, message, help, _other_noun(found, noun, meant, so_that))
        return None

    def level(self, word: LevelWord, allowed: tuple[int, ...] | None = None) -> int | None:
        """The number of a level; None, with a finding, where it is none of `allowed` (all the system has)."""
        return declared_level(word, self.around.levels if allowed is None else allowed, self.findings)

    def of_kind(self, members: ir.Members) -> tuple[MemberFacts, ...]:
        """The members the policy names among a group or a list of names."""
        match members:
            case ir.Names(names=names):
                return tuple(each for each in self.stage.members if each.name in names)
            case ir.Group(kind=ir.Kind.CRITICAL):
                return tuple(each for each in self.stage.members if each.critical)
            case ir.Group(kind=ir.Kind.NONCRITICAL):
                return tuple(each for each in self.stage.members if not each.critical)
            case _:
                return self.stage.members

    # ---- plans ---------------------------------------------------------------------------------------

    def fewest(self, kind: ir.Kind) -> int:
        """How many members of a kind every plan has at least, by the limits and the named members.

        Where unrated members are left out, fewer may count; none at all refuses the appraisal (SES619), as it does
        an average (SES618).
        """
        if kind is ir.Kind.ELEMENT:
            return self.fewest(ir.Kind.CRITICAL) + self.fewest(ir.Kind.NONCRITICAL)
        named = sum(not each.optional for each in self.of_kind(ir.Group(kind)))
        counts = [each for each in self.stage.limits if isinstance(each, ir.MemberCount)]
        return max([named, *(each.low or 0 for each in counts if each.kind is kind)])


def declared_level(word: LevelWord, levels: tuple[int, ...], findings: Findings) -> int | None:
    """The number of a level that is among `levels`; None, with a finding, where it is not.

    A hole (`any level`) is none either; SES117 says so.
    """
    if isinstance(word, AnyLevel):
        findings.withheld = True
        return None
    number = word.number.value
    if number in levels:
        return int(number)
    if level_number(word.number) is None:
        message = f"there is no level `{word.number.text}`"
        help = "levels are the whole numbers from 1, the lowest, to 5, the highest"
        findings.append(NO_SUCH_LEVEL.at(word.span, message, help=help, citations=("5 CFR 430.305(a)(6)",)))
        return None
    listed = ", ".join(str(level) for level in levels)
    findings.append(
        UNDECLARED_LEVEL.at(
            word.span,
            f"`{word.span.text}` is not among the levels here",
            help=f"the levels here are {listed}; use one of them, or declare the level",
        )
    )
    return None


def _other_noun(found: Span, noun: Noun, meant: str, so_that: str) -> tuple[Fix, ...]:
    """Speak of other members, in all of the line: one that still speaks of both would have to be mended twice."""
    if found.text.removesuffix("s") != noun.value:
        return ()
    line = whole_lines(found)
    sort = "requirement" if noun is Noun.REQUIREMENT else "(?:(?:non)?critical )?element"
    nouns = [each for each in re.finditer(rf'"[^"]*"|#.*|\b{sort}(s?)\b', line.text) if each[1] is not None]
    first, last = nouns[0].start(), nouns[-1].end()
    said = re.sub(rf'("[^"]*")|\b{sort}(s?)\b', lambda each: each[1] or f"{meant}{each[2]}", line.text[first:last])
    fix = one_of_several(Span(line.source, line.start + first, line.start + last), said, so_that)
    return (replace(fix, title=f"write `{meant}{found.text[len(noun.value) :]}`, {so_that}"),)


def _noun_in(span: Span, noun: Noun) -> Span:
    """The noun among the words of a span, with the letter of its plural; the span itself where it is not found."""
    at = span.text.find(noun.value)
    if at < 0:
        return span
    end = at + len(noun.value)
    end += span.text[end : end + 1] == "s"
    return Span(span.source, span.start + at, span.start + end)
