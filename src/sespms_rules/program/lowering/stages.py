"""One stage: its sentences read in order, and everything a formula may read of it."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import assert_never

from sespms_rules.foundation.origin import Origin
from sespms_rules.foundation.source import Span
from sespms_rules.foundation.values import Frozen, replace
from sespms_rules.language.model import Stated
from sespms_rules.language.syntax.derivation import (
    AlsoReport,
    Ask,
    Band,
    FirstFits,
    GivesNoLevel,
    LevelCap,
    MemberIs,
    NamedIs,
    Override,
    Row,
    RowOtherwise,
    ScoreIs,
    ScoreOfNothing,
    UnratedCountAs,
    UnratedLeftOut,
    UnratedStop,
    ValueOfNothing,
)
from sespms_rules.language.syntax.nodes import AnyWording
from sespms_rules.program import ir
from sespms_rules.program.lowering.aggregates import have_levels
from sespms_rules.program.lowering.conditions import conditions
from sespms_rules.program.lowering.findings import (
    CODE_IN_FORMULA,
    MISPLACED_LEVEL,
    UNKNOWN_NAME,
    WRONG_SORT_OF_NAME,
)
from sespms_rules.program.lowering.formulas import value
from sespms_rules.program.lowering.kinds import Typed, ValueKind, unknown
from sespms_rules.program.lowering.levelless import SCORE, check_names, or_stated, stated_of_nothing, without_level
from sespms_rules.program.lowering.limits import limits_weights
from sespms_rules.program.lowering.rows import rows
from sespms_rules.program.lowering.scope import Scope

_Definition = ScoreIs | NamedIs | MemberIs
_Unrated = UnratedLeftOut | UnratedStop | UnratedCountAs
_Definitions = tuple[ir.Definition | ir.ScoreDefinition, ...]

DERIVATION = (
    ScoreIs,
    NamedIs,
    MemberIs,
    Band,
    Row,
    RowOtherwise,
    Override,
    LevelCap,
    FirstFits,
    GivesNoLevel,
    ValueOfNothing,
    ScoreOfNothing,
    UnratedLeftOut,
    UnratedStop,
    UnratedCountAs,
    AlsoReport,
    Ask,
)
"""Every sentence that has a part in deriving a rating."""


class Outside(Frozen):
    """What a stage has besides its formulas: its name, members, the points of each level, the levels it may give."""

    name: str
    members: tuple[ir.Member, ...]
    points: tuple[tuple[int, Fraction], ...]
    outcomes: tuple[int, ...]
    origin: Origin


def stage(outside: Outside, sentences: Sequence[Stated], scope: Scope) -> ir.Stage:
    """Read the sentences of a block into a stage; the scope then knows its values and its score."""
    _survey(sentences, scope)
    scope.stage = replace(scope.stage, unrated=_unrated(sentences, scope))
    definitions, reads = _definitions(sentences, scope)
    found = rows(sentences, scope, outside.outcomes)
    reported, questions = _reported(outside, sentences, scope)
    _late(sentences, reported, reads, scope)
    check_names(sentences, scope)
    no_level, of_nothing = without_level(sentences, scope, reported, definitions)
    facts = scope.stage
    return ir.Stage(
        name=outside.name,
        kind=facts.kind,
        members=outside.members,
        open=facts.open,
        points=outside.points,
        weighted=scope.reads_weights or limits_weights(facts.limits),
        limits=facts.limits,
        unrated=facts.unrated,
        further=facts.further,
        definitions=definitions,
        hit_policy=found.hit_policy,
        overrides=found.overrides,
        rows=found.rows,
        reported=reported,
        origin=outside.origin,
        caps=found.caps,
        questions=questions,
        without_level=no_level,
        of_nothing=of_nothing,
    )


def _survey(sentences: Sequence[Stated], scope: Scope) -> None:
    """Note what the block defines anywhere, so that a message can say "move it up"."""
    for stated in sentences:
        match stated.sentence:
            case ScoreIs(span=span):
                scope.score_at = scope.score_at or span
            case NamedIs(name=name) | MemberIs(name=name):
                scope.below.setdefault(name.text, name.span)


def _unrated(sentences: Sequence[Stated], scope: Scope) -> tuple[ir.UnratedRule, ...]:
    found: list[ir.UnratedRule] = []
    for stated in sentences:
        sentence = stated.sentence
        if not isinstance(sentence, _Unrated):
            continue
        kind = scope.kind_of(sentence.noun, sentence.span)
        if kind is None:
            continue
        match sentence:
            case UnratedLeftOut():
                found.append(ir.UnratedRule(kind, ir.Unrated.LEFT_OUT, None, stated.origin))
            case UnratedStop():
                found.append(ir.UnratedRule(kind, ir.Unrated.STOP, None, stated.origin))
            case UnratedCountAs(level=word):
                level = scope.level(word)
                if have_levels(ir.Group(kind), word.span, scope) and level is not None:
                    found.append(ir.UnratedRule(kind, ir.Unrated.COUNT_AS, level, stated.origin))
            case _:
                assert_never(sentence)
    return tuple(found)


# ---- definitions ------------------------------------------------------------------------------------


def _definitions(sentences: Sequence[Stated], scope: Scope) -> tuple[_Definitions, dict[str, set[str]]]:
    """Read the definitions in order; also say which names each of them reads."""
    found: list[ir.Definition | ir.ScoreDefinition] = []
    reads: dict[str, set[str]] = {}
    of_nothing = stated_of_nothing(sentences)
    for stated in sentences:
        sentence = stated.sentence
        if not isinstance(sentence, _Definition):
            continue
        scope.read = set()
        match sentence:
            case ScoreIs():
                score = _score(sentence, stated, scope)
                if scope.score is not None:
                    score = replace(score, expression=or_stated(scope.score, SCORE, of_nothing, scope))
                found.append(score)
                reads[SCORE] = scope.read
            case NamedIs():
                typed = value(sentence.value, scope)
                if scope.claim(sentence.name):
                    scope.define(sentence.name.text, typed, of_each=False)
                expression = or_stated(typed, sentence.name.text, of_nothing, scope)
                found.append(ir.Definition(sentence.name.text, expression, stated.origin))
                reads[sentence.name.text] = scope.read
            case MemberIs():
                found.append(_of_each(sentence, stated, scope))
                reads[sentence.name.text] = scope.read
            case _:
                assert_never(sentence)
    scope.read = set()
    return tuple(found), reads


def _score(sentence: ScoreIs, stated: Stated, scope: Scope) -> ir.ScoreDefinition:
    typed = value(sentence.value, scope)
    if typed.kind is ValueKind.CODE:
        message = f"`{typed.span.words}` is a word from a table, and a score is a number"
        help = "let the table give numbers, or give the word a name and report it"
        scope.find(CODE_IN_FORMULA, typed.span, message, help)
        typed = unknown(typed.span)
    if typed.level_at is not None:
        message = "the score cannot depend on the level, which follows from it"
        help = 'define a value of its own, such as `"…" is the "…" for level`, and report it'
        scope.find(MISPLACED_LEVEL, typed.level_at, message, help)
        typed = unknown(typed.span)
    scope.score = typed
    return ir.ScoreDefinition(typed.expression, stated.origin)


def _of_each(sentence: MemberIs, stated: Stated, scope: Scope) -> ir.Definition:
    between = Span(sentence.span.source, sentence.name.span.end, sentence.value.span.start)
    kind = scope.kind_of(sentence.noun, between)
    scope.inside_each = True
    typed = value(sentence.value, scope)
    scope.inside_each = False
    if scope.claim(sentence.name):
        scope.define(sentence.name.text, typed, of_each=True)
    members = ir.Group(kind or scope.stage.kind)
    return ir.Definition(sentence.name.text, typed.expression, stated.origin, members)


# ---- what is reported and asked ---------------------------------------------------------------------


def _reported(
    outside: Outside, sentences: Sequence[Stated], scope: Scope
) -> tuple[tuple[str, ...], tuple[ir.Question, ...]]:
    """The names of the values that are reported, and the questions for the reviewer."""
    found: dict[str, None] = {}
    questions: list[ir.Question] = []
    for stated in sentences:
        match stated.sentence:
            case AlsoReport(name=name):
                if name.text in scope.values:
                    found[name.text] = None
                elif name.text in scope.of_each or scope.is_further(name.text):
                    message = f"`{name.text}` is a value of each {scope.member_word}, and one value is reported"
                    help = f'define one value of them, such as the average of "{name.text}", and report that'
                    scope.find(WRONG_SORT_OF_NAME, name.span, message, help)
                elif name.text not in scope.below:  # else a finding on its definition says what is wrong
                    message = f"{scope.stage.title} defines no value `{name.text}` to report"
                    help = f'define it: `"{name.text}" is …`'
                    scope.unknown(UNKNOWN_NAME, name, list(scope.values), message, help)
            case Ask(question=question, conditions=written):
                condition = None if written is None else conditions(written, scope).condition
                about = outside.name if scope.stage.kind is ir.Kind.REQUIREMENT else None
                if not isinstance(question, AnyWording):
                    questions.append(ir.Question(question.text, condition, about, stated.origin))
    return tuple(found), tuple(questions)


def _late(sentences: Sequence[Stated], reported: tuple[str, ...], reads: dict[str, set[str]], scope: Scope) -> None:
    """A value that needs the level must be reported, or be read by one that is, or by a question."""
    used: set[str] = set()
    # Read since the definitions: by rows and questions. The score and rows that read the level have been refused.
    waiting = [*reported, *scope.read, SCORE]
    while waiting:
        name = waiting.pop()
        if name not in used:
            used.add(name)
            waiting += reads.get(name, ())
    for stated in sentences:
        sentence = stated.sentence
        if isinstance(sentence, NamedIs | MemberIs) and sentence.name.text not in used:
            typed: Typed | None = (scope.values | scope.of_each).get(sentence.name.text)
            if typed is not None and typed.level_at is not None:
                message = f"`{sentence.name.text}` depends on the level and is not reported"
                help = f'add `also report "{sentence.name.text}"`; only values that are reported may read the level'
                scope.find(MISPLACED_LEVEL, sentence.name.span, message, help)
