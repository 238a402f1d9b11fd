"""A summary rating that gives no level, and what its values are when nothing is rated."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction

from sespms_rules.language.model import Stated
from sespms_rules.language.syntax.derivation import (
    Band,
    GivesNoLevel,
    LevelCap,
    Override,
    Row,
    RowOtherwise,
    ScoreOfNothing,
    ValueOfNothing,
)
from sespms_rules.language.syntax.formula import NotRated
from sespms_rules.language.syntax.limits import signed_value
from sespms_rules.program import ir
from sespms_rules.program.lowering.findings import (
    CONTRADICTING_WORDS,
    MISPLACED_LEVEL,
    UNKNOWN_NAME,
    WRONG_SORT_OF_NAME,
)
from sespms_rules.program.lowering.kinds import Typed, ValueKind
from sespms_rules.program.lowering.scope import Scope
from sespms_rules.program.traversal import walk

SCORE = ""
"""What stands for the score among names; a name is never empty."""

_OF_MEMBERS = (
    ir.Aggregate,
    ir.CountOf,
    ir.ShareOf,
    ir.OfMember,
    ir.NumberThat,
    ir.EveryOne,
    ir.MajorityThat,
    ir.ShareThat,
)

Definitions = Sequence[ir.Definition | ir.ScoreDefinition]


def stated_of_nothing(sentences: Sequence[Stated]) -> dict[str, Fraction]:
    """What the values of a block are when nothing is rated, by their names; the score under `SCORE`."""
    found: dict[str, Fraction] = {}
    for sentence in (each.sentence for each in sentences):
        if isinstance(sentence, ValueOfNothing):
            found[sentence.name.text] = signed_value(sentence.value)
        elif isinstance(sentence, ScoreOfNothing):
            found[SCORE] = signed_value(sentence.value)
    return found


def or_stated(typed: Typed, name: str, stated: Mapping[str, Fraction], scope: Scope) -> ir.Expression:
    """A value, or what is stated of it where no member has a rating."""
    if name not in stated:
        return typed.expression
    if typed.kind is ValueKind.CODE:
        message = "it is a word from a table, and a number is stated for when nothing is rated"
        scope.find(WRONG_SORT_OF_NAME, typed.span, message, "state it of the value that the table is read by")
    somebody = ir.NumberThat(ir.Group(scope.stage.kind), ir.MemberTest(ir.TestKind.RATED), 1, None)
    return ir.Choice(somebody, typed.expression, ir.Constant(stated[name]))


def check_names(sentences: Sequence[Stated], scope: Scope) -> None:
    """Find what is stated of a value that the block does not define."""
    for sentence in (each.sentence for each in sentences):
        if isinstance(sentence, ValueOfNothing) and sentence.name.text not in scope.values:
            name = sentence.name
            if name.text in scope.of_each or scope.is_further(name.text):
                message = (
                    f"`{name.text}` is a value of each {scope.member_word}, and there is none when nothing is rated"
                )
                scope.find(WRONG_SORT_OF_NAME, name.span, message, "state it of a value that is made of them")
            else:
                message = f"{scope.stage.title} defines no value `{name.text}`"
                scope.unknown(UNKNOWN_NAME, name, list(scope.values), message, f'define it: `"{name.text}" is …`')
        elif isinstance(sentence, ScoreOfNothing) and scope.score is None:
            message = f"{scope.stage.title} has no score"
            scope.find(UNKNOWN_NAME, sentence.span, message, "define one, as in `score is the average of points`")


def without_level(
    sentences: Sequence[Stated], scope: Scope, reported: tuple[str, ...], definitions: Definitions
) -> tuple[bool, bool]:
    """Whether the block gives no level, and whether all that it gives is stated for when nothing is rated.

    What gives no level has no line to one, no value that reads one, and something that comes of it.
    """
    said = next((each.sentence for each in sentences if isinstance(each.sentence, GivesNoLevel)), None)
    if said is None:
        return False, False
    lines = [each.sentence for each in sentences if isinstance(each.sentence, Band | Row | RowOtherwise)]
    levels = [each.span for each in lines if not isinstance(each.outcome, NotRated)]
    levels += [each.sentence.span for each in sentences if isinstance(each.sentence, Override | LevelCap)]
    reading = [each.level_at for each in (scope.values | scope.of_each).values() if each.level_at is not None]
    if levels:
        message = "the summary rating says that it gives no level, and this line gives one"
        scope.find(CONTRADICTING_WORDS, levels[0], message, f"take the line out, or the line `{said.span.text}`")
    elif reading:
        message = "the summary rating gives no level, so there is none to read"
        scope.find(MISPLACED_LEVEL, reading[0], message, "read the score, or a value with a name")
    elif not reported and scope.score is None:
        message = "the summary rating gives no level, and nothing else comes of it"
        help = 'work something out and report it: `"credit" is …` and `also report "credit"`'
        scope.find(CONTRADICTING_WORDS, said.span, message, help)
    return True, _all_stated(sentences, scope, reported, definitions)


def _all_stated(sentences: Sequence[Stated], scope: Scope, reported: tuple[str, ...], definitions: Definitions) -> bool:
    """Whether each result is stated for when nothing is rated, or read from what is; a result that is not is found."""
    of_nothing = [each.sentence for each in sentences if isinstance(each.sentence, ValueOfNothing | ScoreOfNothing)]
    if not of_nothing:
        return False
    known = set(stated_of_nothing(sentences))
    results = [*reported, *([SCORE] if scope.score is not None else [])]
    for each in definitions:
        name = SCORE if isinstance(each, ir.ScoreDefinition) else each.name
        if not any(_reads_ratings(node, known) for node in walk(each.expression)):
            known.add(name)
    missing = [name for name in results if name not in known]
    for name in missing[:1]:
        what, line = ("the score", "score") if name == SCORE else (f"`{name}`", f'"{name}"')
        message = f"it is stated what some results are when nothing is rated, and not what {what} is"
        scope.find(
            CONTRADICTING_WORDS, of_nothing[0].span, message, f"add a line such as `when nothing is rated {line} is 0`"
        )
    return not missing


def _reads_ratings(node: object, known: set[str]) -> bool:
    """Whether a part of a formula reads ratings, or a value that does."""
    if isinstance(node, ir.Named):
        return node.name not in known
    if isinstance(node, ir.TheScore):
        return SCORE not in known
    return isinstance(node, _OF_MEMBERS)
