"""A table, a value or an additional rating that nothing reads."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from sespms_rules.checks.analysis.sentences import everywhere, parts_of, within
from sespms_rules.foundation.diagnostic import Diagnostic, Fix, warning
from sespms_rules.foundation.line_edits import line_out_of_several, part_out
from sespms_rules.foundation.source import Span
from sespms_rules.language.model import Part, System
from sespms_rules.language.syntax.derivation import MemberIs, NamedIs, TableLevel
from sespms_rules.language.syntax.elements import AlsoRated
from sespms_rules.language.syntax.facts import FactSentence
from sespms_rules.language.syntax.nodes import Quoted
from sespms_rules.language.syntax.words import PartKind

FINDING = warning("SES269", "definition-never-read")


def check(system: System) -> Iterator[Diagnostic]:
    """Find what is defined and then named by no sentence; a value that an example expects is read by it."""
    said = Counter(each.text for each in everywhere(system, Quoted))
    defined: dict[tuple[str, str], tuple[Span, int]] = {}
    for kind, named in _defined(system):
        span, times = defined.get((kind, named.text), (named.span, 0))
        defined[kind, named.text] = (span, times + 1)
    for (kind, name), (span, times) in defined.items():
        if said[name] <= times and not (kind == "value" and _is_expected(system, name)):
            yield FINDING.at(span, f"nothing reads the {kind} `{name}`", help=_HELP[kind], fixes=_out(span, times))
    for part in parts_of(system):
        if part.kind is PartKind.TABLE and part.name and not said[part.name]:
            yield FINDING.at(
                part.origin.span,
                f"nothing reads the table `{part.name}`",
                help=_read(part, part.name),
                fixes=part_out("take the table out", part.origin.span),
            )


def _out(span: Span, times: int) -> tuple[Fix, ...]:
    """Take out what is defined on one line; none where several lines define it."""
    return (line_out_of_several("take the line out", span),) if times == 1 else ()


def _is_expected(system: System, name: str) -> bool:
    """Whether an example of the system names it."""
    stated = (each.sentence for scenario in system.scenarios for each in scenario.sentences)
    return any(each.text == name for sentence in stated for each in within(sentence, Quoted))


def _read(part: Part, name: str) -> str:
    """How a table is read by the key that its rows have, and what is read then shown, which nothing read before."""
    key = "level" if any(isinstance(each.sentence, TableLevel) for each in part.sentences) else "score"
    value = name.lower() if name != name.lower() else f"{name} given"
    lines = f'`"{value}" is the "{name}" for {key}` and below it `also report "{value}"`'
    return f"look it up and report what it gives, as in {lines} under `summary rating`; or take it out"


_HELP = {
    "value": "use it in a formula or a line, report it with `also report`, or take it out",
    "additional rating": "use it in a formula, or take it out: every roster must have a column for it",
    "fact": "ask for it in a line or a formula, or take it out: every roster must have a column for it",
}


def _defined(system: System) -> Iterator[tuple[str, Quoted]]:
    """Every name that a sentence defines, with what it is the name of."""
    values: tuple[NamedIs | MemberIs, ...] = (*everywhere(system, NamedIs), *everywhere(system, MemberIs))
    for value in values:
        yield "value", value.name
    for stated in system.sentences(PartKind.FACTS):
        if isinstance(stated.sentence, FactSentence):
            yield "fact", stated.sentence.name
    for rating in everywhere(system, AlsoRated):
        yield "additional rating", rating.name
