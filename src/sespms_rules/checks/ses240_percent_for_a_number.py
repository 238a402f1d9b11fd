"""A percentage where a number is meant."""

from __future__ import annotations

from collections.abc import Iterator

from sespms_rules.checks.analysis.sentences import number, sentences_of, within
from sespms_rules.foundation.diagnostic import Diagnostic, Fix, error
from sespms_rules.language.model import System
from sespms_rules.language.syntax.elements import RequirementCount, WeightAll, WeightOf, WeightOthers
from sespms_rules.language.syntax.limits import Phrase
from sespms_rules.language.syntax.nodes import Percent, Sentence
from sespms_rules.language.syntax.steps import Cap
from sespms_rules.language.syntax.system import ElementCount
from sespms_rules.language.syntax.uses import Share

FINDING = error("SES240", "percent-for-a-number")

_READ_ELSEWHERE = (ElementCount, RequirementCount, WeightOf, WeightAll, WeightOthers)


def check(system: System) -> Iterator[Diagnostic]:
    """Find percentages outside the sentences that speak of a share of something.

    Those in a limit on weights, elements or requirements are found where formulas are read.
    """
    for _, sentence in sentences_of(system):
        percents = () if isinstance(sentence, _READ_ELSEWHERE) else tuple(within(sentence, Percent))
        meant = {id(percent) for percent in _shares(sentence)} if percents else set()
        for percent in percents:
            if id(percent) not in meant:
                value = number(percent.number.value)
                yield FINDING.at(
                    percent.span,
                    f"`{value}%` stands where a number is meant",
                    help=f"write `{value}`, without the percent sign, if that is the number",
                    fixes=(Fix(f"write `{value}`", percent.span, value, sure=False),),
                )


def _shares(sentence: Sentence) -> Iterator[Percent]:
    """Percentages that stand where a share is meant."""
    for place in (Cap, Share, Phrase):
        for node in within(sentence, place):
            yield from within(node, Percent)
