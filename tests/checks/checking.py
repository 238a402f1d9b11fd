"""Invented fragments of policies, read and checked, for the tests of checks."""

from __future__ import annotations

from sespms_rules.checks import CHECKS, LAST, check_system
from sespms_rules.foundation.diagnostic import Diagnostic, Finding
from sespms_rules.foundation.source import Source
from sespms_rules.language.model import System
from sespms_rules.language.parsing import parse
from sespms_rules.language.resolution import EMPTY_LIBRARY, resolve

LEVELS = """
levels
  level 5 "Outstanding" 5 points
  level 4 "Exceeds Fully Successful" 4 points
  level 3 "Fully Successful" 3 points
  level 2 "Minimally Satisfactory" 2 points
  level 1 "Unsatisfactory" 0 points
"""


def found(text: str) -> tuple[Diagnostic, ...]:
    """Everything the checks find in an invented policy."""
    document, syntax = parse(Source("policy.sespms", text))
    assert syntax == (), syntax
    policy = resolve(document, EMPTY_LIBRARY)[0]
    return tuple(finding for system in policy.systems for finding in check_system(system))


def of(code: str, *fragments: str, name: str = "Invented agency") -> list[Diagnostic]:
    """What is found under one code in a system made of fragments."""
    return [finding for finding in found(f'system "{name}"\n' + "\n".join(fragments)) if finding.code == code]


def marked(findings: list[Diagnostic]) -> list[str]:
    """The words that findings underline."""
    return [finding.span.text for finding in findings]


def system_of(text: str) -> System:
    """The last system of an invented policy."""
    return resolve(parse(Source("policy.sespms", text))[0], EMPTY_LIBRARY)[0].systems[-1]


FINDINGS: dict[str, Finding] = {
    LAST.FINDING.code: LAST.FINDING,
    **{each.FINDING.code: each.FINDING for each in CHECKS},
}
