"""Telling each finding once, and in the file it belongs to."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from sespms_rules.foundation.diagnostic import Diagnostic, Label, Severity
from sespms_rules.foundation.source import Span
from sespms_rules.foundation.values import replace

Key = tuple[str, int, int, int]


def key(finding: Diagnostic) -> Key:
    """What makes two findings one: the code and the place."""
    return finding.code, id(finding.span.source), finding.span.start, finding.span.end


def each_once(findings: Iterable[Diagnostic]) -> tuple[Diagnostic, ...]:
    """Findings in the order of the text, each once."""
    return tuple(sorted({key(each): each for each in reversed(list(findings))}.values(), key=lambda each: each.order))


def without(findings: Iterable[Diagnostic], known: Callable[[], Iterable[Diagnostic]]) -> tuple[Diagnostic, ...]:
    """The findings that are not among those known already, which are asked for only where there are any."""
    found = tuple(findings)
    keys = {key(each) for each in known()} if found else set()
    return tuple(each for each in found if key(each) not in keys)


def told_here(findings: Iterable[Diagnostic], here: Span) -> tuple[Diagnostic, ...]:
    """Findings of a changed text, those about words of another file told at the change that brings them about."""
    return tuple(each if each.span.source is here.source else _moved(each, here) for each in findings)


def _moved(finding: Diagnostic, here: Span) -> Diagnostic:
    label = Label(finding.span, "in the text that is changed")
    return replace(finding, span=here, labels=(label, *finding.labels), fixes=())


def errors(findings: Iterable[Diagnostic]) -> int:
    """How many of the findings are errors."""
    return sum(each.severity is Severity.ERROR for each in findings)
