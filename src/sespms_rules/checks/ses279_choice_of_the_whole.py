"""A bonus with its condition behind a sum: the condition then chooses between the whole sum and nothing."""

from __future__ import annotations

from collections.abc import Iterator

from sespms_rules.checks.analysis.decision_rows import derivations
from sespms_rules.checks.analysis.sentences import within
from sespms_rules.foundation.diagnostic import Diagnostic, Fix, Label, warning
from sespms_rules.language.model import System
from sespms_rules.language.syntax.derivation import MemberIs, NamedIs, ScoreIs
from sespms_rules.language.syntax.formula import Add, Choose, Constant, Subtract

FINDING = warning("SES279", "choice-of-the-whole")


def check(system: System) -> Iterator[Diagnostic]:
    """Find sums that are chosen whole, with 0 in their place: as one writes who means the last term alone."""
    for derivation in derivations(system):
        for stated in derivation.part.sentences:
            if isinstance(stated.sentence, NamedIs | ScoreIs | MemberIs):
                for choice in within(stated.sentence.value.formula, Choose):
                    yield from _taken_whole(choice, stated.sentence)


def _taken_whole(choice: Choose, sentence: NamedIs | ScoreIs | MemberIs) -> Iterator[Diagnostic]:
    total, other = choice.first, choice.otherwise
    if not isinstance(total, Add | Subtract) or not isinstance(other, Constant) or other.number.value:
        return
    last = total.right.span.words
    bonus = f'"bonus" of each {sentence.noun.value}' if isinstance(sentence, MemberIs) else '"bonus"'
    sign = "+" if isinstance(total, Add) else "-"
    further = sentence.span.words.replace(choice.span.words, f'{total.left.span.words} {sign} "bonus"')
    yield FINDING.at(
        choice.span,
        f"`otherwise 0` puts 0 in the place of the whole sum, not of `{last}` alone",
        help=f"if `{last}` alone is meant, write `{bonus} is {last} when {choice.conditions.span.words} otherwise 0` "
        f"and below it `{further}`; if the whole sum is meant, put it in parentheses",
        labels=(Label(total.span, "chosen as a whole"),),
        fixes=tuple(
            _cures(sentence, total, f"{bonus} is {last} when {choice.conditions.span.words} otherwise 0", further)
        ),
    )


def _cures(sentence: NamedIs | ScoreIs | MemberIs, total: Add | Subtract, line: str, further: str) -> Iterator[Fix]:
    """The last term chosen alone, by a value with a name that the text has not; or the whole sum said to be meant."""
    last = total.right.span.words
    if '"bonus"' not in sentence.span.source.text:
        title = f"give `{last}` alone a name and a condition, so that the rest of the sum always counts"
        yield Fix(title, sentence.span, f"{line}\n  {further}", sure=False, asks=True)
    title = "put the sum in parentheses, so that the whole of it is chosen"
    yield Fix(title, total.span, f"({total.span.text})", sure=False, asks=True)
