"""What each reduction of the parser makes: the syntax tree, bottom up.

Out differs from in: every node is of its own class with named fields, numbers are exact fractions, days are
calendar days, words of closed lists are members of their list, and each node knows the characters it covers.
The grammar names the classes: alias `weight_total` is `WeightTotal`; a rule marked `!` is looked up in a
closed list.
"""

from __future__ import annotations

import datetime
import textwrap
import unicodedata
from collections.abc import Callable
from fractions import Fraction
from functools import cache, lru_cache
from typing import Any

from sespms_rules.foundation.diagnostic import Diagnostic
from sespms_rules.foundation.line_edits import instead
from sespms_rules.foundation.source import Source, Span
from sespms_rules.foundation.values import Frozen
from sespms_rules.foundation.values import maker as value_maker
from sespms_rules.language.parsing.findings import EMPTY_NAME, NO_SUCH_DAY, NUMBER_TOO_LONG
from sespms_rules.language.parsing.line_memory import Key, LineMemory
from sespms_rules.language.syntax import (
    baselines,
    derivation,
    elements,
    facts,
    formula,
    limits,
    nodes,
    planning,
    proof,
    record_words,
    requirements,
    steps,
    system,
    uses,
    words,
)

_MODULES = (
    nodes,
    limits,
    formula,
    derivation,
    system,
    planning,
    elements,
    facts,
    steps,
    uses,
    baselines,
    requirements,
    proof,
)

_WORDS: dict[str, type[words.Word]] = {
    "edit": words.Edit,
    "record_thing": record_words.RecordThing,
    "count": record_words.Count,
    "member_noun": words.Noun,
    "noun": words.Noun,
    "aggregate": words.Aggregation,
    "attribute": words.Attribute,
    "tie": words.Tie,
    "comparator": words.Comparator,
    "base": words.Base,
    "reward": words.Reward,
    "counted_thing": words.CountedThing,
    "unit": words.Unit,
    "month": words.Month,
    "federal_level": words.FederalLevel,
    "coverage": words.Coverage,
    "role": words.Role,
    "act": words.Act,
    "event_word": words.EventWord,
    "action": words.Action,
    "measure_kind": words.MeasureKind,
    "perspective": words.Perspective,
    "subject_matter": words.SubjectMatter,
    "plan_content": words.PlanContent,
    "plan_part_word": words.PlanPart,
    "plan_item": words.PlanItem,
    "factor_of_308": words.Factor,
    "narrative": words.Narrative,
    "case": words.Case,
    "audience": words.Audience,
    "evaluated": words.Evaluated,
    "attested": record_words.Attested,
    "safeguard": record_words.Safeguard,
}

_HEADINGS = {f"{kind.value}_head": kind for kind in words.HEADS} | {
    "requirement_head": words.PartKind.REQUIREMENT,
    "scenario_head": words.PartKind.SCENARIO,
    "system_part": words.PartKind.SYSTEM,
    "period_part": words.PartKind.PERIOD,
    "plan_part": words.PartKind.PLAN,
    "review_part": words.PartKind.REVIEW,
    "critical_part": words.PartKind.CRITICAL_ELEMENT,
    "noncritical_part": words.PartKind.NONCRITICAL_ELEMENT,
    "levels_part": words.PartKind.LEVELS,
    "standards_part": words.PartKind.STANDARDS,
    "weights_part": words.PartKind.WEIGHTS,
    "appraisal_part": words.PartKind.APPRAISAL,
    "rating_part": words.PartKind.RATING,
    "steps_part": words.PartKind.STEPS,
    "board_part": words.PartKind.BOARD,
    "changes_part": words.PartKind.CHANGES,
    "distribution_part": words.PartKind.DISTRIBUTION,
    "uses_part": words.PartKind.USES,
    "rewards_part": words.PartKind.REWARDS,
    "development_part": words.PartKind.DEVELOPMENT,
    "training_part": words.PartKind.TRAINING,
    "evaluation_part": words.PartKind.EVALUATION,
    "records_part": words.PartKind.RECORDS,
    "table_part": words.PartKind.TABLE,
    "facts_part": words.PartKind.FACTS,
    "list_part": words.PartKind.LIST,
    "guarantees_part": words.PartKind.GUARANTEES,
    "requirement_part": words.PartKind.REQUIREMENT,
}

MOST_DIGITS = 30
_MOST_DAYS = 31
_LONGEST_MONTHS = dict.fromkeys(words.Month, 31) | {
    words.Month.FEBRUARY: 29,
    words.Month.APRIL: 30,
    words.Month.JUNE: 30,
    words.Month.SEPTEMBER: 30,
    words.Month.NOVEMBER: 30,
}

_new = object.__new__
_set_span = vars(nodes.Node)["span"].__set__


class Builder:
    """Makes the values of one source's tokens; days, numbers and names that cannot be become findings.

    `chosen` are the words of closed lists with the first character of each and the one behind it, as they were read.
    """

    def __init__(self, source: Source, text: str, memory: LineMemory | None = None) -> None:
        self.source = source
        self.text = text
        self.diagnostics: list[Diagnostic] = []
        self.chosen: list[tuple[words.Word, int, int]] = []
        self.memory = memory
        self._span = value_maker(Span)
        self._beginning: tuple[Key, int, int, int] | None = None

    def span(self, start: int, end: int) -> Span:
        """The characters from `start` to `end` of the source."""
        return self._span(self.source, start, end)

    def line_begins(self, key: Key, at: int) -> None:
        """A line that is not remembered begins at a character."""
        self._beginning = key, at, len(self.chosen), len(self.diagnostics)

    def line(self, line: nodes.Line) -> nodes.Line:
        """A line that was read to its end."""
        if self.memory is not None and self._beginning is not None:
            key, at, chosen, noted = self._beginning
            self._beginning = None
            if len(self.diagnostics) == noted:
                self.memory.keep(key, line, self.source, at, self.chosen[chosen:])
        return line

    def value(self, kind: str, start: int, end: int) -> Frozen:
        """The node of a token that carries a value of its own."""
        return _TOKENS[kind](self, self.text[start:end], self.span(start, end))

    def quoted(self, words: str, span: Span) -> nodes.Quoted:
        """Wording between double quotes, its blanks made single and its accents composed (NFC)."""
        text = " ".join(words[1:-1].split())
        if not text.isascii():
            text = unicodedata.normalize("NFC", text)
        if not text:
            help = "write the name or wording between them"
            self.diagnostics.append(EMPTY_NAME.at(span, "there is nothing between these quotes", help=help))
        return nodes.Quoted(text, span=span)

    def prose(self, words: str, span: Span) -> nodes.Prose:
        """Longer wording without its common indentation, outer blank lines, and blanks nobody sees at line ends."""
        lines = (line.rstrip() for line in textwrap.dedent(words[3:-3]).split("\n"))
        return nodes.Prose("\n".join(lines).strip(), span=span)

    def number(self, words: str, span: Span) -> nodes.Number:
        """A number, exactly."""
        if len(words) > MOST_DIGITS:
            message = f"this number has more than {MOST_DIGITS} digits"
            self.diagnostics.append(NUMBER_TOO_LONG.at(span, message, help="write a shorter number"))
            return nodes.Number(Fraction(0), words[:MOST_DIGITS], span=span)
        return nodes.Number(_fraction(words), words, span=span)

    def code(self, words: str, span: Span) -> nodes.Code:
        """The code of a finding."""
        return nodes.Code(words, span=span)

    def day(self, words: str, span: Span) -> nodes.Day:
        """A calendar day."""
        try:
            return nodes.Day(datetime.date.fromisoformat(words), span=span)
        except ValueError:
            message = f"`{words}` is not a day of the calendar"
            help = "write a day as year-month-day, such as 2026-10-01"
            self.diagnostics.append(NO_SUCH_DAY.at(span, message, help=help))
            return nodes.Day(datetime.date.min, span=span)

    def month_day(self, children: list[Any], span: Span) -> planning.MonthDay:
        """A day of the year, such as `October 1`."""
        month, number = children
        if number.value.denominator != 1 or not 1 <= number.value <= _LONGEST_MONTHS[month]:
            message = f"`{month} {number.text}` is not a day of the year"
            help = f"{month} has the days 1 to {_LONGEST_MONTHS[month]}"
            last = _LONGEST_MONTHS[month]
            fixes = (instead(number.span, str(last)),) if last < number.value <= _MOST_DAYS else ()
            self.diagnostics.append(NO_SUCH_DAY.at(span, message, help=help, fixes=fixes))
        return planning.MonthDay(month, number, span=span)


_TOKENS: dict[str, Callable[[Builder, str, Span], Frozen]] = {
    "STRING": Builder.quoted,
    "PROSE": Builder.prose,
    "NUMBER": Builder.number,
    "CODE": Builder.code,
    "DATE": Builder.day,
}
VALUED = frozenset(_TOKENS)
"""The kinds of token that carry a value; all others only say which sentence it is."""


@lru_cache(maxsize=4096)
def _fraction(words: str) -> Fraction:
    return Fraction(words)


Maker = Callable[[Builder, list[Any], int, int], Any]
"""Makes a value from what a rule has read: its children, its first character, the one behind its last."""


@cache
def maker(name: str) -> Maker:
    """Return what makes the node, word or value that a rule of the grammar stands for."""
    if name in _WORDS:
        return _word_maker(_WORDS[name])
    if name == "measure_word":
        return lambda builder, children, start, end: formula.MeasureWord(
            words.Measured(children[0]), span=builder.span(start, end)
        )
    if name == "month_day":
        return lambda builder, children, start, end: builder.month_day(children, builder.span(start, end))
    if name in _SECOND_WORDINGS:
        return _SECOND_WORDINGS[name]
    if name in _HEADINGS:
        kind = _HEADINGS[name]
        return lambda builder, children, start, end: nodes.PartName(kind, *children, span=builder.span(start, end))
    if name == "start":
        return lambda _builder, children, _start, _end: tuple(children)
    if name == "block":
        return lambda builder, children, start, end: nodes.Block(
            children[0], tuple(children[1:]), span=builder.span(start, end)
        )
    if name == "line":
        make = _node_maker(nodes.Line)
        return lambda builder, children, start, end: builder.line(make(builder, children, start, end))
    return _node_maker(node_class("".join(word.capitalize() for word in name.split("_"))))


def _number_word(builder: Builder, children: list[Any], start: int, end: int) -> nodes.Number:
    value = limits.NUMBER_WORDS.index(children[0]) + 1
    return nodes.Number(Fraction(value), str(value), span=builder.span(start, end))


def _comparison_behind(builder: Builder, children: list[Any], start: int, end: int) -> formula.Comparison:
    number, comparator = children
    return formula.Comparison(comparator, number, span=builder.span(start, end))


def _weighted_average(builder: Builder, children: list[Any], start: int, end: int) -> formula.AggregateOf:
    by_weight, measure, members = children
    return formula.AggregateOf(words.Aggregation.AVERAGE, measure, by_weight, members, span=builder.span(start, end))


def _comparator_behind(_builder: Builder, children: list[Any], _start: int, _end: int) -> words.Comparator:
    return words.Comparator.AT_LEAST if children[-1] in ("more", "higher", "above") else words.Comparator.AT_MOST


_QUANTIFIERS: dict[str, words.Quantifier] = {
    **{each.value: each for each in words.Quantifier},
    **{each.value.removesuffix(" the"): each for each in (words.Quantifier.MAJORITY, words.Quantifier.HALF)},
    **dict.fromkeys(("all", "all of the"), words.Quantifier.EVERY),
}


_SECOND_WORDINGS: dict[str, Maker] = {
    "quantifier": lambda _builder, children, _start, _end: _QUANTIFIERS[" ".join(children)],
    "or_more": _comparator_behind,
    "number_word": _number_word,
    "comparison_behind": _comparison_behind,
    "weighted_aggregate": lambda builder, _children, start, end: formula.ByWeight(span=builder.span(start, end)),
    "weighted_average_of": _weighted_average,
}
"""What is read in two wordings and is one value; `formatter` writes the first of them."""


def _word_maker(kind: type[words.Word]) -> Maker:
    members: dict[str, words.Word] = {}

    def make(builder: Builder, children: list[str], start: int, end: int) -> words.Word:
        said = " ".join(children)
        member = members.get(said)
        if member is None:
            member = members[said] = kind(said)
        builder.chosen.append((member, start, end))
        return member

    return make


def _node_maker(kind: type[Frozen]) -> Maker:
    fields = kind.__match_args__
    size = len(fields)
    list_at = _tuple_field(kind)
    puts: list[Callable[[Any, Any], None]] = [getattr(kind, field).__set__ for field in fields]

    def make(builder: Builder, children: list[Any], start: int, end: int) -> Frozen:
        if list_at is not None:
            after = len(children) - (size - list_at - 1)
            found = tuple(child for child in children[list_at:after] if child is not None)
            children = [*children[:list_at], found, *children[after:]]
        if len(children) != size:
            return kind(*children, span=builder.span(start, end))
        # The same as calling the class, in a third of the time: this is done for every phrase of a policy.
        node = _new(kind)
        for put, child in zip(puts, children):  # noqa: B905 - as many
            put(node, child)
        _set_span(node, builder.span(start, end))
        return node

    return make


def _tuple_field(kind: type[Frozen]) -> int | None:
    """Where among a class's positional fields the one list is, if it has one."""
    notes = {
        name: note for base in reversed(kind.__mro__) for name, note in getattr(base, "__annotations__", {}).items()
    }
    for place, name in enumerate(kind.__match_args__):
        if str(notes[name]).startswith("tuple["):
            return place
    return None


@cache
def node_class(name: str) -> type[Frozen]:
    """The class of the syntax tree of that name. Raises KeyError where there is none."""
    for module in _MODULES:
        kind = vars(module).get(name)
        if isinstance(kind, type) and issubclass(kind, nodes.Node) and kind.__module__ == module.__name__:
            return kind
    raise KeyError(name)
