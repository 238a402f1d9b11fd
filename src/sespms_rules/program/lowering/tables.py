"""Look-up tables: syntax -> ir."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import assert_never

from sespms_rules.foundation.diagnostic import Label
from sespms_rules.foundation.interval import Interval
from sespms_rules.language.model import Part, Stated
from sespms_rules.language.syntax.derivation import (
    CodeResult,
    NumberResult,
    PercentResult,
    Result,
    TableLevel,
    TableOtherwise,
    TableRow,
)
from sespms_rules.language.syntax.limits import AnyLevel, Level
from sespms_rules.program import ir
from sespms_rules.program.lowering.findings import CONTRADICTING_WORDS, Findings
from sespms_rules.program.lowering.ranges import interval_of
from sespms_rules.program.lowering.scope import declared_level


def table(part: Part, levels: tuple[int, ...], findings: Findings) -> ir.Table:
    """Read a table; a percent is the number it stands for (`2%` is 1/50), a level its number."""
    rows: list[ir.TableRow] = []
    otherwise: Fraction | str | None = None
    for stated in part.sentences:
        match stated.sentence:
            case TableRow(score_range=score_range, result=result):
                found = _result(result, levels, findings)
                if found is not None:
                    rows.append(ir.TableRow(interval_of(score_range), found, stated.origin))
            case TableLevel(level=word, result=result):
                level, found = declared_level(word, levels, findings), _result(result, levels, findings)
                if level is not None and found is not None:
                    key = Fraction(level)
                    rows.append(ir.TableRow(Interval(key, True, key, True), found, stated.origin))
            case TableOtherwise(result=result):
                otherwise = _result(result, levels, findings)
    _refuse_mixture(part, findings)
    return ir.Table(part.name or "", tuple(rows), otherwise)


def gives_words(table: ir.Table) -> bool:
    """Say whether a table gives words (codes) rather than numbers."""
    return any(isinstance(result, str) for result in (*(row.result for row in table.rows), table.otherwise))


def _result(node: Result, levels: tuple[int, ...], findings: Findings) -> Fraction | str | None:
    match node:
        case NumberResult(number=number):
            return number.value
        case PercentResult(number=number):
            return number.value / 100
        case CodeResult(text=text):
            return text.text
        case Level() | AnyLevel():
            level = declared_level(node, levels, findings)
            return None if level is None else Fraction(level)
        case _:
            assert_never(node)


def _refuse_mixture(part: Part, findings: Findings) -> None:
    """A table gives words or numbers: what reads it must know which."""
    results = [result for stated in part.sentences for result in _results_of(stated)]
    words = [result for result in results if isinstance(result, CodeResult)]
    numbers = [result for result in results if not isinstance(result, CodeResult)]
    if words and numbers:
        first, other = sorted((words[0], numbers[0]), key=lambda result: result.span.start)
        findings.append(
            CONTRADICTING_WORDS.at(
                other.span,
                f"the table `{part.name}` gives words in some lines and numbers in others",
                help="give words in every line, or numbers in every line",
                labels=(Label(first.span, "the other sort"),),
            )
        )


def _results_of(stated: Stated) -> Sequence[Result]:
    sentence = stated.sentence
    return (sentence.result,) if isinstance(sentence, TableRow | TableLevel | TableOtherwise) else ()
