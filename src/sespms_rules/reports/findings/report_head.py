"""The first sentence of a report, which follows from the worst line below it."""

from __future__ import annotations

from collections.abc import Iterable

from sespms_rules.foundation.diagnostic import Diagnostic, Severity
from sespms_rules.foundation.spelling import listed
from sespms_rules.law.verdict import Conformance, VerdictKind


def head(found: Iterable[Diagnostic], held: Iterable[Conformance]) -> str:
    """Say whether anything is broken; and where nothing is, what is still open."""
    every, systems = tuple(found), tuple(held)
    errors = sum(each.severity is Severity.ERROR for each in every)
    if errors:
        return f"This does not pass: {errors} error{'' if errors == 1 else 's'} must be fixed."
    warnings = sum(each.severity is Severity.WARNING for each in every)
    counted = (
        (warnings, "warning", "warnings"),
        (_count(systems, VerdictKind.UNDECIDED), "undecided requirement", "undecided requirements"),
        (_count(systems, VerdictKind.NEEDS_PERSON), "question for human review", "questions for human review"),
        (_count(systems, VerdictKind.EACH_RATING), "duty that only records show", "duties that only records show"),
        (_count(systems, VerdictKind.OPEN_ON_RECORDS), "duty open on records", "duties open on records"),
    )
    open_ = [f"{count} {one if count == 1 else several}" for count, one, several in counted if count]
    told = f"{listed(open_)} {_are(open_)} open" if open_ else ""
    if any(not each.held for each in systems):
        told = f"{told}; and it was checked against no rules" if told else "it was checked against no rules"
    return (
        f"No error was found. That is not yet a pass: {told}." if told else "No error was found, and nothing is open."
    )


def _count(systems: Iterable[Conformance], kind: VerdictKind) -> int:
    return sum(each.count(kind) for each in systems)


def _are(several: list[str]) -> str:
    return "is" if len(several) == 1 and several[0].startswith("1 ") else "are"
