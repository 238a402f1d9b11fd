"""A weight that is limited for executives of some facts, and not for others."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from sespms_rules.checks.analysis.weights_by_facts import hangs_on_facts, weight_cases
from sespms_rules.foundation.diagnostic import Diagnostic, warning
from sespms_rules.language.model import System
from sespms_rules.language.syntax.elements import WeightAll, WeightNoneAbove, WeightOf, WeightOthers
from sespms_rules.language.syntax.limits import limit_ends
from sespms_rules.language.syntax.words import PartKind
from sespms_rules.program.wording import said_of

FINDING = warning("SES277", "weight-not-limited-for-some")

_Limiting = WeightOf | WeightAll | WeightOthers | WeightNoneAbove
_NOTHING = (Fraction(0), None)
_Subject = tuple[type[_Limiting], str]


def check(system: System) -> Iterator[Diagnostic]:
    """Find what lines with `when` limit for some executives, and no line for those of whom other facts are known."""
    if not hangs_on_facts(system):
        return
    cases = weight_cases(system)
    first: dict[_Subject, _Limiting] = {}
    for stated in system.sentences(PartKind.WEIGHTS):
        if isinstance(stated.sentence, _Limiting) and stated.sentence.when is not None:
            first.setdefault(_subject(stated.sentence), stated.sentence)
    for subject, sentence in first.items():
        for given, case in cases:
            if not any(subject == one for one in _limited(case)):
                yield FINDING.at(
                    sentence.span,
                    f"no line limits {_called(sentence)} where {said_of(given)}",
                    help="add a line for these executives too, or one without `when`, which holds of all",
                )
                break


def _limited(case: System) -> Iterator[_Subject]:
    for stated in case.sentences(PartKind.WEIGHTS):
        sentence = stated.sentence
        if isinstance(sentence, WeightOf) and limit_ends(sentence.limit) == _NOTHING:
            continue
        if isinstance(sentence, _Limiting):
            yield _subject(sentence)


def _subject(sentence: _Limiting) -> _Subject:
    return type(sentence), sentence.name.text if isinstance(sentence, WeightOf | WeightNoneAbove) else ""


def _called(sentence: _Limiting) -> str:
    match sentence:
        case WeightOf(name=name):
            return f"the weight of `{name.text}`"
        case WeightNoneAbove(name=name):
            return f"what weighs more than `{name.text}`"
        case WeightOthers():
            return "the weights of all others"
    return "the weights of all elements"
