"""Why no record is judged by a sentence of a policy about the year: its true reason, one for each kind of sentence.

Three kinds of reason are kept apart: that it asks for nothing, that records do not hold what it speaks of, and that
they hold it and no judgement is made of it yet.
"""

from __future__ import annotations

from typing import Final

from sespms_rules.language.syntax import planning, steps, uses
from sespms_rules.language.syntax.nodes import Sentence
from sespms_rules.language.syntax.words import PartKind

_NO_SHAPE: Final = "its limit, moment or level has no shape yet that records could be judged by"
_CONTENT: Final = "what a plan holds beside the columns of the table `plans` is not on record"
_COLUMNS: Final = "only one measure, goal or deadline of each requirement is judged, from the table `plans`"
_CONSIDERED: Final = "what an appraisal considered is not on record"
_SAID: Final = "what was said in a review is not on record"
_DOCUMENT: Final = "of a document only its digest is on record, not what it says"
_RESTS_ON: Final = "which rating a decision rests on is not on record yet"

NEVER_JUDGED: Final[dict[type[Sentence], str]] = {
    planning.Consistency: "a review of plans for consistency is no act of the language yet",
    planning.Includes: _CONTENT,
    planning.Balances: _CONTENT,
    planning.MeasureKinds: _CONTENT,
    planning.Describes: _CONTENT,
    planning.CoversEvery: "which elements a review covered is not judged yet",
    planning.Tells: _SAID,
    planning.GivesAdvice: _SAID,
    planning.Considers: _CONSIDERED,
    planning.NotAppealable: "it gives no right of appeal and asks for no act",
    planning.ProhibitsDistribution: "it is about the ratings of many executives together",
    steps.BoardAppointed: "who appointed the members of a board is not on record",
    steps.AppraisalsConsidered: _CONSIDERED,
    steps.OtherCases: "what its own words ask for is for human review",
    uses.Allows: "it allows something and asks for nothing",
    uses.RewardLookup: "an amount that a table sets is not judged yet",
    uses.RewardOrder: "it compares what several executives are given",
    uses.UsesAppraisal: _RESTS_ON,
    uses.ForAudience: "who was trained is not on record yet",
    uses.CoversEvaluated: "it is about the evaluation of the system, not about an executive's year",
    uses.Kept: "what became of a document, and when, is not on record yet",
}
"""Kinds of sentences that no record is judged by, whatever they say."""

_IN_THIS_FORM: Final[dict[type[Sentence], str]] = {
    planning.Runs: "it leaves the days of the period open",
    planning.EachHas: _COLUMNS,
    planning.Narratives: _DOCUMENT,
    planning.ReasonsFor: "it names no level by its number",
    planning.InWriting: "the document that it asks for is no act of the language yet",
    steps.Step: "it sets no moment and names nobody whose act it must be",
    steps.BoardPublished: "it sets another moment than board service, whose day is that of a session",
    steps.CaseAppraised: "this change of job is no act of the language yet",
    uses.Given: "it names no act after which the copy is given",
    uses.RewardHappens: "only `at most 1 time each year` has a shape that records are judged by",
    uses.Pool: "its limit has no shape yet that records could be judged by",
    uses.Support: "it supports no decision on pay or awards, and of the others none names a rating",
    uses.RewardFor: "it leaves out no kind of executive",
    uses.RewardShare: "its base or its level has no shape yet that records could be judged by",
}
"""Kinds of sentences that records are judged by in other forms."""


def why_not_judged(kind: PartKind, sentence: Sentence) -> str:
    """The reason why records are not judged by a sentence of a part."""
    if isinstance(sentence, planning.Happens) and kind is PartKind.DEVELOPMENT:
        return "a review of a development plan is no act of the language yet"
    return NEVER_JUDGED.get(type(sentence)) or _IN_THIS_FORM.get(type(sentence), _NO_SHAPE)
