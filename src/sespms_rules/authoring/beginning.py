"""A system to begin from and three answers -> the text of an agency's own: a shipped text under its name, whole.

What the shipped text does not say of how a rating is derived, as OPM's system of 2025, is written as the questions have
it by default, and stands below `# to decide:`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from sespms_rules.authoring.completing import Completed, completed
from sespms_rules.authoring.edits import Edit, edited
from sespms_rules.authoring.looking import judged_by
from sespms_rules.authoring.questions import QUESTIONS, Answers, Question
from sespms_rules.authoring.starting import FOLLOWS, covers, examples, levels, period, started, summary_rating
from sespms_rules.checks.scenarios import appraisal_of
from sespms_rules.foundation.resources import policy_path
from sespms_rules.foundation.source import Source
from sespms_rules.language.model import System
from sespms_rules.language.parsing import parse, read_source
from sespms_rules.language.resolution import resolve
from sespms_rules.language.syntax.nodes import Block
from sespms_rules.language.syntax.system import Agency, Effective
from sespms_rules.language.syntax.words import PartKind
from sespms_rules.law.law_texts import law_texts

BLANK = "blank"
MODELS = {
    BLANK: "",
    "opm_basic": "agencies/opm_basic.sespms",
    "opm_2025": "agencies/opm_2025.sespms",
}
"""What a system can begin from, and the shipped policy that it is."""

ASKED_OF_MODELS = ("agency", "name", "effective")
"""The questions that are left where the rest is taken from a model."""

_NOTE = "# Begun from the shipped text `{name}`. Read each sentence: what was another agency's is now yours.\n\n"
_DECIDE = "  # to decide: the text it was begun from does not say this; it is what OPM's basic system of 2012 has"


def questions_of(model: str) -> tuple[Question, ...]:
    """The questions that a model leaves open."""
    return tuple(each for each in QUESTIONS if model == BLANK or each.key in ASKED_OF_MODELS)


def begun(model: str, answers: Answers) -> str:
    """The text of a system begun from a model, with examples as the reference engine rates them."""
    if model == BLANK:
        return started(answers)
    path = policy_path(MODELS[model])
    text = _as_their_own(read_source(path, MODELS[model])[0], answers)
    system = _system(text)
    if system.sentences(PartKind.RATING):
        return _NOTE.format(name=model) + text
    return _NOTE.format(name=model) + _made_whole(text, system, answers)


def begun_whole(policy: str, model: str, answers: Answers) -> Completed:
    """The same, completed with what the law asks for; `policy` is the path of the file that it is to be."""
    return completed(Source(policy, begun(model, answers)), judged_by(policy, law_texts(()).library))


def _as_their_own(source: Source, answers: Answers) -> str:
    """A shipped text from its head on, under the name, the agency and the first day that were answered."""
    head = next(each for each in parse(source)[0].blocks if isinstance(each, Block))
    name = head.heading.name
    edits = [Edit(name.span.start, name.span.end, f'"{answers.name}"')] if name else []
    for line in head.lines:
        span = line.sentence.span
        match line.sentence:
            case Agency():
                edits.append(Edit(span.start, span.end, f'agency "{answers.agency}"'))
            case Effective():
                edits.append(Edit(span.start, span.end, f"effective {answers.effective.isoformat()}"))
    return edited(source.text, edits)[head.heading.span.start :]


def _system(text: str) -> System:
    return resolve(parse(Source("begun", text))[0])[0].systems[0]


def _made_whole(text: str, system: System, answers: Answers) -> str:
    """The text with an appraisal period, levels and a summary rating, and with examples that rate."""
    first = next(iter(system.scenarios))
    rated = appraisal_of(first).elements
    own = text[: first.origin.span.start].rstrip()
    own = re.sub(r"(?:\n+#[^\n]*)+\Z", "", own)  # what introduces its examples
    head, _, rest = own.partition("\n")
    own = "\n".join((head, f'  follows "{FOLLOWS}"', covers(answers), rest))
    parts = [*period(answers), *_to_decide(levels(answers)), *_to_decide(summary_rating(answers))]
    whole = "\n".join((own, *parts)) + "\n"
    weights = [each.weight or 0 for each in rated]
    return whole + "".join(examples(answers.name, [each.name for each in rated], weights, whole))


def _to_decide(lines: Iterator[str]) -> Iterator[str]:
    """A part whose first sentence stands below a note that it is to be decided."""
    yield from (next(lines), next(lines), _DECIDE, *lines)
