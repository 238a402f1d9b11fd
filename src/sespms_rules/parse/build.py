"""Lark's tree to the syntax tree.

Out differs from in: every node is of its own class with named fields, numbers are exact fractions, days are
calendar days, words of closed lists are members of their list, and each node knows the characters it covers.
The grammar names the classes: alias `weight_total` is `WeightTotal`; a rule marked `!` is looked up in a
closed list.
"""

from __future__ import annotations

import datetime
import textwrap
from fractions import Fraction
from typing import Any

from lark import Token, Tree

from sespms_rules.diagnostic import Diagnostic, error
from sespms_rules.frozen import Frozen
from sespms_rules.source import Source, Span
from sespms_rules.syntax import (
    baselines,
    derivation,
    elements,
    formula,
    limits,
    nodes,
    planning,
    proof,
    requirements,
    steps,
    system,
    uses,
    words,
)

BAD_DATE = error("SES009", "no-such-day")

_MODULES = (
    nodes,
    limits,
    formula,
    derivation,
    system,
    planning,
    elements,
    steps,
    uses,
    baselines,
    requirements,
    proof,
)

_WORDS: dict[str, type[words.Word]] = {
    "edit": words.Edit,
    "record_thing": words.RecordThing,
    "count": words.Count,
    "member_noun": words.Noun,
    "noun": words.Noun,
    "aggregate": words.Aggregation,
    "attribute": words.Attribute,
    "tie": words.Tie,
    "comparator": words.Comparator,
    "quantifier": words.Quantifier,
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
}

_HEADINGS = {f"{word}_head": kind for word, kind in [(kind.value, kind) for kind in words.HEADS]} | {
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
    "list_part": words.PartKind.LIST,
    "guarantees_part": words.PartKind.GUARANTEES,
    "requirement_part": words.PartKind.REQUIREMENT,
}


def _snake(name: str) -> str:
    return "".join(f"_{letter.lower()}" if letter.isupper() else letter for letter in name).lstrip("_")


def _node_classes() -> dict[str, type[Frozen]]:
    classes: dict[str, type[Frozen]] = {}
    for module in _MODULES:
        for name, value in vars(module).items():
            if isinstance(value, type) and issubclass(value, nodes.Node) and value.__module__ == module.__name__:
                classes[_snake(name)] = value
    return classes


def _tuple_field(kind: type[Frozen]) -> int | None:
    """Where among a class's positional fields the one list is, if it has one."""
    notes: dict[str, str] = {}
    for base in reversed(kind.__mro__):
        notes |= base.__dict__.get("__annotations__", {})
    for place, name in enumerate(kind.__match_args__):
        if str(notes[name]).startswith("tuple["):
            return place
    return None


CLASSES = _node_classes()
_PLANS = {alias: (kind, _tuple_field(kind), len(kind.__match_args__)) for alias, kind in CLASSES.items()}


class Builder:
    """Makes the syntax tree of one source; days that do not exist become findings."""

    def __init__(self, source: Source) -> None:
        self.source = source
        self.diagnostics: list[Diagnostic] = []

    def build(self, item: Tree[Token] | Token | None) -> Any:
        """Return the node, word or value that a tree or token stands for."""
        if item is None:
            return None
        if isinstance(item, Token):
            return self._token(item)
        rule = str(item.data)
        if rule in _WORDS:
            return _WORDS[rule](" ".join(str(word) for word in item.children))
        if rule == "measure_word":
            return formula.MeasureWord(words.Measured(str(item.children[0])), span=self._span(item))
        if rule in _HEADINGS:
            return self._heading(item, _HEADINGS[rule])
        if rule == "block":
            return self._block(item)
        return self._node(item, rule)

    def _node(self, item: Tree[Token], rule: str) -> Frozen:
        kind, list_at, size = _PLANS[rule]
        children: list[Any] = [self.build(child) for child in item.children]
        if list_at is not None:
            behind = size - list_at - 1
            end = len(children) - behind
            found = tuple(child for child in children[list_at:end] if child is not None)
            children = [*children[:list_at], found, *children[end:]]
        return kind(*children, span=self._span(item))

    def _heading(self, item: Tree[Token], kind: words.PartKind) -> nodes.PartName:
        names = [self.build(child) for child in item.children]
        return nodes.PartName(kind, *names, span=self._span(item))

    def _block(self, item: Tree[Token]) -> nodes.Block:
        heading, *lines = [self.build(child) for child in item.children]
        end = lines[-1].span if lines else heading.span
        return nodes.Block(heading, tuple(lines), span=heading.span.to(end))

    def _span(self, item: Tree[Token]) -> Span:
        meta = item.meta
        if meta.empty:
            return Span(self.source, 0, 0)
        return Span(self.source, meta.start_pos, meta.end_pos)

    def _token(self, token: Token) -> Frozen:
        start = token.start_pos or 0
        span = Span(self.source, start, start + len(token))
        match token.type:
            case "STRING":
                return nodes.Quoted(" ".join(token[1:-1].split()), span=span)
            case "PROSE":
                return nodes.Prose(textwrap.dedent(token[3:-3]).strip(), span=span)
            case "NUMBER":
                return nodes.Number(Fraction(str(token)), str(token), span=span)
            case "CODE":
                return nodes.Code(str(token), span=span)
            case "DATE":
                return self._day(token, span)
        raise AssertionError(f"the grammar keeps a terminal that has no node: {token.type}")

    def _day(self, token: Token, span: Span) -> nodes.Day:
        try:
            return nodes.Day(datetime.date.fromisoformat(str(token)), span=span)
        except ValueError:
            finding = BAD_DATE.at(span, f"`{token}` is not a day of the calendar", help="write a day as year-month-day, such as 2026-10-01")
            self.diagnostics.append(finding)
            return nodes.Day(datetime.date.min, span=span)
