"""A sentence of a policy, which leaves its subject to the heading of its part -> a full sentence of English.

The words of the policy are kept as they are: what is added are a subject, articles before who acts and what is done,
curly quotation marks, and the authority in brackets. So a description cannot say what its policy does not.
"""

from __future__ import annotations

import re
from typing import Final

from sespms_rules.language.model import Part, Stated
from sespms_rules.language.syntax import derivation, elements, planning, steps, uses
from sespms_rules.language.syntax import system as head
from sespms_rules.language.syntax.nodes import Sentence
from sespms_rules.language.syntax.words import Act, PartKind, Role

_WITHOUT_ARTICLE = (Role.PRESIDENT, Role.ANY_OFFICIAL, Act.FEEDBACK, Act.TRAINING_NEEDS)
_NAMED = [each.value for each in (*Role, *Act) if each not in _WITHOUT_ARTICLE] + ["period start", "period end"]
_ARTICLES: Final = re.compile(
    r"\b(after|as|at|before|by|from|needs|of|on|than|to|with) (?=(?:"
    + "|".join(re.escape(each) for each in sorted(_NAMED, key=len, reverse=True))
    + r")\b(?! service))"
)
_WITH_ARTICLE: Final = re.compile(_ARTICLES.pattern.replace(r") (?=", r") the (?="))
_PROSE = re.compile(r'"""(.*?)"""', re.DOTALL)
_QUOTED = re.compile(r'"([^"]*)"')
_IN_QUOTES = re.compile(r"(“[^”]*”)")

_SUBJECTS: Final[dict[PartKind, str]] = {
    PartKind.SYSTEM: "the system",
    PartKind.PERIOD: "the appraisal period",
    PartKind.PLAN: "the performance plan",
    PartKind.REVIEW: "the progress review",
    PartKind.CRITICAL_ELEMENT: "the element",
    PartKind.NONCRITICAL_ELEMENT: "the element",
    PartKind.WEIGHTS: "weights",
    PartKind.APPRAISAL: "the appraisal",
    PartKind.BOARD: "the performance review board",
    PartKind.DISTRIBUTION: "the limit",
    PartKind.DEVELOPMENT: "the development plan",
    PartKind.TRAINING: "training",
    PartKind.EVALUATION: "the evaluation",
    PartKind.RECORDS: "records",
}
"""What the sentences of a part speak of; those of the other parts name it themselves."""

_SAID: Final[dict[type[Sentence], tuple[str, str]]] = {
    head.Agency: ("agency", "the agency is {}"),
    head.Effective: ("effective", "the system is effective from {}"),
    head.Purpose: ("purpose", "the purpose of the system is: {}"),
    head.Oversight: ("oversight official", "the oversight official is: {}"),
    head.Submitted: ("submitted to OPM", "the system was submitted to OPM on {}"),
    head.Approved: ("approved by OPM", "the system was approved by OPM on {}"),
    head.Certified: ("certified by OPM and OMB", "the system is certified by OPM and OMB from {}"),
    elements.Competencies: ("", "the element is {}"),
    elements.RatedOnLevels: ("", "the element is {}"),
    elements.RatedOnScale: ("", "the element is {}"),
    elements.RequirementsRated: ("requirements", "the requirements of the element {}"),
    elements.RequirementTotal: ("requirement weights", "the weights of its requirements {}"),
    elements.RequirementWhole: ("requirement weights", "the weights of its requirements {}"),
    elements.RequirementHas: ("", "{}"),
    elements.Standard: ("", "{}"),
    elements.AlsoRated: ("", "{}"),
    elements.WeightTotal: ("", "the weights of a plan {}"),
    elements.WeightAll: ("all", "the weight of every element is {}"),
    elements.WeightOthers: ("all others", "the weight of every other element is {}"),
    elements.WeightNoneAbove: ("none above", "no element weighs more than {}"),
    planning.EarlyEnd: ("may end early by", "the appraisal period may be ended early by {}"),
    planning.EachHas: ("", "{}"),
    planning.Describes: ("", "{}"),
    planning.ProhibitsDistribution: ("", "the system {}"),
    derivation.ScoreIs: ("", "the {}"),
    derivation.NamedIs: ("", "{}"),
    derivation.MemberIs: ("", "{}"),
    derivation.Band: ("score", "a score of {}"),
    derivation.Row: ("", "the result is {}"),
    derivation.RowOtherwise: ("", "the result is {}"),
    derivation.Override: ("", "{}"),
    derivation.LevelCap: ("", "{}"),
    derivation.TableRow: ("", "a value of {}"),
    derivation.FirstFits: ("take", "lines are read in order, and the result is that of {}"),
    derivation.GivesNoLevel: ("", "the summary rating {}"),
    derivation.AlsoReport: ("also report", "{} is reported beside the level"),
    derivation.Ask: ("ask reviewer", "a reviewer is asked: {}"),
    steps.BoardChance: ("needs", "the performance review board reviews no rating before the executive had {}"),
    steps.OtherCases: ("other cases", "in other cases: {}"),
    steps.Cap: ("", "the limit is {}"),
    steps.UnitAverage: ("average score", "the average score is {}"),
    uses.Support: ("", "ratings {}"),
    uses.GivesPlan: ("", "the agency {}"),
    uses.UsesAppraisal: ("", "the review of development {}"),
    uses.IdentifiesNeeds: ("", "the agency {}"),
}


def spoken(part: Part, stated: Stated) -> str:
    """A sentence of a part as a full sentence, with the authority that it names in brackets."""
    authority = f" ({stated.origin.authority})" if stated.origin.authority else ""
    said = _said(part, stated).rstrip()
    if said.endswith((".”", "?”", "!”")) and not authority:
        return said
    return f"{said.rstrip('.')}{authority}."


def in_quotes(text: str) -> str:
    """The words of a policy on one line, names and wordings in curly quotation marks."""
    plain = _PROSE.sub(lambda found: f'"{found[1].strip()}"', text)
    return _QUOTED.sub("“\\1”", " ".join(plain.split()))


def with_articles(text: str) -> str:
    """The same with articles before who acts and what is done; what stands in quotation marks is left as it is."""
    pieces = _IN_QUOTES.split(text)
    return "".join(piece if place % 2 else _ARTICLES.sub(r"\1 the ", piece) for place, piece in enumerate(pieces))


def capital(text: str) -> str:
    """The text with a capital at its beginning."""
    return text[:1].upper() + text[1:]


def _said(part: Part, stated: Stated) -> str:
    sentence = stated.sentence
    if isinstance(sentence, steps.Step):
        return _step(sentence)
    words = with_articles(in_quotes(sentence.span.text))
    if isinstance(sentence, elements.WeightOf):
        name = in_quotes(sentence.name.span.text)
        return f"The weight of {name} is {words.removeprefix(name).strip()}"
    if isinstance(sentence, elements.LevelDefinition):
        return _level(sentence)
    if isinstance(sentence, uses.Allows | uses.Requires | uses.Bars):
        return f"A rating {words}" if words.startswith("below") else f"A rating of {words}"
    known = _SAID.get(type(sentence))
    if known is not None:
        lead, whole = known
        return capital(whole.format(words.removeprefix(lead).strip()))
    return capital(f"{_subject(part, sentence)} {words}".strip())


def _subject(part: Part, sentence: Sentence) -> str:
    if isinstance(sentence, steps.MayChange | steps.MayNotChange | steps.Independent | _NAMED_BY_THEMSELVES):
        return "the"
    return _SUBJECTS.get(part.kind, "")


_NAMED_BY_THEMSELVES = (
    steps.Attests
    | uses.RewardShare
    | uses.RewardNeedsLevel
    | uses.RewardNeedsAct
    | uses.RewardFor
    | uses.RewardHappens
    | uses.RewardLookup
    | uses.Pool
)


def _level(level: elements.LevelDefinition) -> str:
    number = level.level.span.text
    label, points = in_quotes(level.label.span.text), level.points.text or str(level.points.value)
    federal = f", and is equivalent to the federal level “{level.federal.value}”" if level.federal else ""
    join = "," if federal else " and"
    word = "point" if points == "1" else "points"
    return f"{capital(number)} is called {label}{join} is worth {points} {word}{federal}"


def _step(step: steps.Step) -> str:
    term = f" ({in_quotes(step.term.span.text)})" if step.term else ""
    asked = ", where the executive asks for it," if step.on_request else ""
    when = f" {timings_of(step)}" if step.timings else ""
    who = capital(role_of(step))
    return f"{who} takes the step “{step.act.value}”{term}{asked}{when}".removesuffix(",")


def role_of(step: steps.Step) -> str:
    """Who takes a step, with the article."""
    return step.role.value if step.role in _WITHOUT_ARTICLE else f"the {step.role.value}"


def timings_of(step: steps.Step) -> str:
    """When a step is taken, in words; empty where the policy does not say."""
    return with_articles(in_quotes(step.timings.span.text)) if step.timings else ""


def ways_of_speaking() -> tuple[tuple[str, str], ...]:
    """How sentences are said: the words that a sentence begins with, and the whole that takes the place of them."""
    return tuple(dict.fromkeys(_SAID.values()))


def subject_of(kind: PartKind) -> str:
    """What the sentences of a part speak of; empty where each names it itself."""
    return _SUBJECTS.get(kind, "")


def without_articles(text: str) -> str:
    """A sentence of the language again: what `with_articles` put in is taken out, quotation marks are straight."""
    pieces = _IN_QUOTES.split(text)
    plain = (piece if place % 2 else _WITH_ARTICLE.sub("\\1 ", piece) for place, piece in enumerate(pieces))
    return "".join(plain).replace("“", '"').replace("”", '"')
