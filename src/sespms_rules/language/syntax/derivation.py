"""Sentences of a derivation and of tables: how ratings become a score, and a score a level."""

from __future__ import annotations

from sespms_rules.language.syntax.formula import Conditions, Outcome, ScoreRange, Value
from sespms_rules.language.syntax.limits import LevelWord, Phrases, Signed
from sespms_rules.language.syntax.nodes import Node, Number, Quoted, Sentence, Text
from sespms_rules.language.syntax.words import Noun, PartKind

RATED_PARTS = (PartKind.RATING, PartKind.CRITICAL_ELEMENT, PartKind.NONCRITICAL_ELEMENT)
"""The parts that may derive a rating."""


class ScoreIs(
    Sentence,
    under=RATED_PARTS,
    says=(
        "score is the sum of points times weight",
        "score is the average of points rounded half up to the nearest half",
    ),
    means="how the score is worked out; bands and rows read it",
    strictness="function",
):
    """The formula of the score."""

    value: Value


class NamedIs(
    Sentence,
    under=RATED_PARTS,
    says='"leadership" is the average of points of "Leading People" and "Stewardship" rounded half up to 2 decimals',
    means="a value with a name, which formulas and conditions below it may use",
    strictness="function",
):
    """A named value: a value with a name, which formulas and conditions below it may use."""

    name: Quoted
    value: Value


class MemberIs(
    Sentence,
    under=RATED_PARTS,
    says='"adjusted" of each requirement is points + "difficulty" but no more than 5',
    means="a value worked out for each requirement (or element) on its own",
    strictness="function",
):
    """A named value of each member."""

    name: Quoted
    noun: Noun
    value: Value


class Band(
    Sentence,
    under=RATED_PARTS,
    says=("score 400 to 474 is level 4", "score 4.6 to 5 with no element below level 4 is level 5"),
    means="the level that a range of scores gives, with a floor on the elements if one is stated",
    strictness="function",
):
    """A row that begins with a range of scores."""

    score_range: ScoreRange
    floor: Phrases | None
    outcome: Outcome


class Row(
    Sentence,
    under=RATED_PARTS,
    says=(
        'level 4 when "exceeds" is more than "meets"',
        "level 4 when at least half of the critical elements are at level 4 or better",
        "not rated when at most 1 element is rated",
    ),
    means="the level that a condition gives",
    strictness="function",
):
    """A row that begins with its outcome."""

    outcome: Outcome
    conditions: Conditions


class RowOtherwise(
    Sentence,
    under=RATED_PARTS,
    says="level 3 otherwise",
    means="the level of every appraisal that fits no line above",
    strictness="function",
):
    """The last row: the level of every appraisal that fits no line above."""

    outcome: Outcome


class Override(
    Sentence,
    under=RATED_PARTS,
    says="any critical element at level 1 makes the rating level 1",
    means="a rating that holds whatever the score; where two fit, the lower level holds",
    strictness="function",
):
    """An outcome that is read before all rows."""

    phrases: Phrases
    level: LevelWord


class LevelCap(
    Sentence,
    under=RATED_PARTS,
    says="any critical element below level 3 makes the rating no higher than level 3",
    means="a level that the rating may not exceed; a rating that is lower already stays as it is",
    strictness="function",
):
    """A cap on the level that the lines give; it never raises a rating."""

    phrases: Phrases
    level: LevelWord


class FirstFits(
    Sentence,
    under=RATED_PARTS,
    says="take the first line that fits",
    means="lines are read in order; without it no two lines may fit one appraisal",
    strictness="function",
):
    """Lines are read in order."""


class GivesNoLevel(
    Sentence,
    under=PartKind.RATING,
    says="gives no level",
    means="the result is the score and the values that are reported, and no level",
    strictness="same",
):
    """The summary rating comes to values alone."""


class ValueOfNothing(
    Sentence,
    under=PartKind.RATING,
    says='when nothing is rated "credit" is 0',
    means="what a value is where every rating is missing, whatever its formula would give",
    strictness="function",
):
    """A value where no element is rated."""

    name: Quoted
    value: Signed


class ScoreOfNothing(
    Sentence,
    under=PartKind.RATING,
    says="when nothing is rated score is 0",
    means="what the score is where every rating is missing",
    strictness="function",
):
    """The score where no element is rated."""

    value: Signed


class UnratedLeftOut(
    Sentence,
    under=RATED_PARTS,
    says="unrated elements are left out",
    means="what is not rated does not enter the formula",
    strictness="same",
):
    """Unrated members are left out."""

    noun: Noun


class UnratedStop(
    Sentence,
    under=RATED_PARTS,
    says="unrated critical elements stop the rating",
    means="nothing is derived while one is not rated; silence means the same",
    strictness="same",
):
    """Unrated members stop the rating."""

    noun: Noun


class UnratedCountAs(
    Sentence,
    under=RATED_PARTS,
    says="unrated elements count as level 3",
    means="what is not rated counts as a stated level",
    strictness="same",
):
    """Unrated members count as a level."""

    noun: Noun
    level: LevelWord


class AlsoReport(
    Sentence,
    under=RATED_PARTS,
    says='also report "payout"',
    means="a second result that is shown beside the level",
    strictness="same",
):
    """A value that is reported."""

    name: Quoted


class Ask(
    Sentence,
    under=(*RATED_PARTS, PartKind.REQUIREMENT),
    says='ask reviewer "Do the rating and the contribution score agree?" when "gap" is less than -4',
    means="a question that a named person answers",
    strictness="present",
):
    """A question for a reviewer."""

    question: Text
    conditions: Conditions | None


# ---- tables --------------------------------------------------------------------------------------


class NumberResult(Node):
    """`gives 20`."""

    number: Number


class PercentResult(Node):
    """`gives 10%`."""

    number: Number


class CodeResult(Node):
    """`gives "A"`."""

    text: Quoted


Result = NumberResult | PercentResult | CodeResult | LevelWord


class TableRow(
    Sentence,
    under=PartKind.TABLE,
    says='475 to 500 gives "A"',
    means="what a range of the key gives",
    strictness="function",
):
    """A row of a table by range."""

    score_range: ScoreRange
    result: Result


class TableLevel(
    Sentence, under=PartKind.TABLE, says="level 5 gives 10%", means="what a level gives", strictness="function"
):
    """A row of a table by level."""

    level: LevelWord
    result: Result


class TableOtherwise(
    Sentence, under=PartKind.TABLE, says="otherwise gives 0%", means="what every other key gives", strictness="function"
):
    """The last row of a table."""

    result: Result
